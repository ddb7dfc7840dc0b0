//! `README.txt`: what the bundle is and how to read it.

/// The note. Lines are short enough for any editor.
pub(super) fn readme(folders: &[String], unmasked: bool) -> String {
    let count = folders.len();
    let events = if count == 1 { "event" } else { "events" };
    let title = format!("Evidence of {count} {events} that a Nexudus webhook delivered");
    let line = "=".repeat(title.len());
    let mut text = format!(
        "{title}\n\
         {line}\n\n\
         Made by Nexwatch, which receives and keeps the webhooks of a coworking space.\n\
         All times are UTC. Each event has a folder, named by its arrival, its action and\n\
         its number in Nexwatch:\n\n"
    );
    for folder in folders {
        text.push_str(&format!("  {folder}\n"));
    }
    text.push_str(
        "\nIn each folder\n\
         --------------\n\n\
         body.json      the body of the request (body.bin where it is not JSON)\n\
         delivery.json  when and how it came: path, headers, signature, repeats, and what\n\
        \x20              Nexwatch read in it\n\
         send-again.sh  sends it again with curl:  sh send-again.sh http://127.0.0.1:3000/\n\n\
         \"path_after_key\" is the address after the hook's secret key; the key itself is left\n\
         out. \"repeats\" are later arrivals of the same event; \"identical\" says whether they\n\
         had the same bytes. A body with several objects is one delivery of several events;\n\
         \"place_in_body\" says which of them this event is, counted from 0. Of the request's\n\
         headers those are kept that say something of the sender or the body.\n\n\
         What is masked\n\
         --------------\n\n",
    );
    text.push_str(match unmasked {
        true => {
            "Nothing: the bodies are exactly the bytes that came, with everything private that is\n\
             in them (PINs, card numbers, bank data, passwords). Hand this on with care, and\n\
             delete it when it has done its work.\n"
        }
        false => {
            "Private fields (PINs, card numbers, bank data, passwords) are replaced by four dots, in\n\
             headers and sentences too. A body that has any is therefore written anew: spaces, the\n\
             writing of numbers and line ends may differ from what came, and A MASKED BODY CANNOT\n\
             PROVE ITS SIGNATURE. For that, make the bundle again with the bodies unmasked.\n\
             \"as_received\" in delivery.json says of each body whether it is as it came.\n\
             Fields are known by their names: what somebody wrote into a note is not searched for\n\
             private things, unless a private field holds the same.\n"
        }
    });
    text.push_str(
        "\nThe shared secret is never in a bundle, only its number in Nexwatch. The signature's\n\
         own text is not kept either: whoever has the secret can make it again.\n\n\
         How the signature is made\n\
         -------------------------\n\n\
         Nexudus signs with HMAC-SHA256 under the shared secret and sends the result in upper-case\n\
         hexadecimal digits as the header X-Nexudus-Hook-Signature. What is signed depends on the\n\
         rule that delivery.json names; for a body of plain ASCII both are the same.\n\n\
         raw-bytes     the bytes of the body as they came:\n\n\
        \x20 openssl dgst -sha256 -hmac \"$SECRET\" body.json\n\n\
         ascii-folded  what the platform's published .NET code does: the body is read as UTF-8,\n\
        \x20             every UTF-16 unit above 0x7F becomes a question mark (\"é\" one, an emoji\n\
        \x20             two), and the result is signed:\n\n\
        \x20 python3 -c 'import sys; t = open(\"body.json\", \"rb\").read().decode(\"utf-8\", \"replace\");\n\
         u = t.encode(\"utf-16-le\"); sys.stdout.buffer.write(bytes(u[i] if u[i] < 128 and u[i+1] == 0\n\
         else 63 for i in range(0, len(u), 2)))' | openssl dgst -sha256 -hmac \"$SECRET\"\n\n\
         \"verified\" means that Nexwatch did this when the delivery came, with the secret of the\n\
         number given, and that the result was the one in the header. \"unsigned\" means that no\n\
         secret was set at that time.\n",
    );
    text
}
