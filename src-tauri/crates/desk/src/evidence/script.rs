//! `send-again.sh`: one delivery, sent by curl.

use super::Case;
use super::body::Body;
use nexwatch_nexudus::time;

/// Where it goes if nothing else is said.
const LOCAL: &str = "http://127.0.0.1:3000/";

/// A POSIX shell script. Whatever a stranger chose stands in it only as a quoted word.
pub(super) fn script(case: &Case, headers: &[(String, String)], body: &Body) -> String {
    let mut text = format!(
        "#!/bin/sh\n\
         # Sends this delivery again:  sh send-again.sh [URL]\n\
         # URL is {LOCAL} unless another is given. It came at {}.\n",
        time::rfc3339(case.delivery.received_at),
    );
    text.push_str(match body.as_received {
        true => "# The body is sent as it came, byte for byte.\n",
        false => "# Private fields of the body are masked: it is not the body that was signed.\n",
    });
    text.push_str(&format!(
        "# It is not signed: the shared secret is not here. Signed anew, Nexwatch sends it by\n\
         #   nexwatch send --event {} --to URL\n\
         set -eu\n\
         url=${{1:-{LOCAL}}}\n\
         cd \"$(dirname \"$0\")\"\n\
         exec curl --silent --show-error --include --max-time 15 --globoff --request POST \\\n",
        case.row.id.0
    ));
    for (name, value) in headers.iter().filter(|(name, _)| is_sent(name)) {
        // curl takes a header without a value for one to be left out, unless it ends so.
        let header = match value.trim() {
            "" => format!("{name};"),
            value => format!("{name}: {value}"),
        };
        text.push_str(&format!("  --header {} \\\n", quoted(&header)));
    }
    // Without a type of its own curl would call the body a form; asking first whether it may send confuses some.
    if !headers.iter().any(|(name, _)| name == "content-type") {
        text.push_str("  --header 'content-type:' \\\n");
    }
    text.push_str("  --header 'expect:' \\\n  --header 'x-nexwatch-sent-again: 1' \\\n");
    text.push_str(&format!("  --data-binary @{} --url \"$url\"\n", body.file));
    text
}

/// What a sender said of itself or of the body, not what the way added.
fn is_sent(name: &str) -> bool {
    let token = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    token && name != "x-forwarded-for"
}

/// A text as one word of a POSIX shell, whatever is in it. Control characters, which no header can have, are left out.
fn quoted(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_stays_a_word() {
        for (text, word) in [
            ("plain", "'plain'"),
            ("", "''"),
            ("$(reboot) `x` \"y\" \\", "'$(reboot) `x` \"y\" \\'"),
            ("it's", r"'it'\''s'"),
            ("a\n'; reboot; '\0", r"'a'\''; reboot; '\'''"),
        ] {
            assert_eq!(quoted(text), word, "{text:?}");
        }
        assert!(is_sent("content-type") && is_sent("x-nexudus-business"));
        assert!(!is_sent(":path") && !is_sent("x-forwarded-for") && !is_sent("") && !is_sent("a b"));
    }
}
