//! The address that a public service prints.
//!
//! localhost.run, serveo and pinggy print a welcome with other addresses around it; theirs stands in a line that
//! says so, or alone in its line, and has no path.

use url::{Host, Url};

/// Reads what a service prints, as it comes.
#[derive(Default)]
pub(super) struct Printed {
    line: String,
}

/// More is no line.
const LONGEST: usize = 4096;

impl Printed {
    /// Takes a piece; gives the address that it completes, the last one if there are several.
    pub(super) fn take(&mut self, piece: &[u8]) -> Option<String> {
        let mut found = None;
        for char in String::from_utf8_lossy(piece).chars() {
            if matches!(char, '\n' | '\r') {
                found = address(&self.line).or(found);
                self.line.clear();
            } else if self.line.len() < LONGEST {
                self.line.push(char);
            }
        }
        found
    }
}

/// The address in a line that announces one.
fn address(line: &str) -> Option<String> {
    let plain = without_colours(line);
    let small = plain.to_ascii_lowercase();
    let says_so = ["tunneled", "tunnelled", "forwarding"]
        .iter()
        .any(|word| small.contains(word));
    let mut words = plain.split_whitespace();
    let alone = words.next().is_some() && words.next().is_none();
    if !says_so && !alone {
        return None;
    }
    let mut found = plain.split_whitespace().filter_map(public);
    found.next_back()
}

/// `https://name` without a path, however it is punctuated.
fn public(word: &str) -> Option<String> {
    let word = word.trim_matches(|char: char| !char.is_ascii_alphanumeric() && char != '/');
    let url = Url::parse(word).ok()?;
    let named = matches!(url.host(), Some(Host::Domain(name)) if name.contains('.'));
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    (url.scheme() == "https" && named && bare).then(|| url.as_str().trim_end_matches('/').to_owned())
}

/// Leaves out what only a terminal understands: ESC [ … letter.
fn without_colours(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut chars = line.chars();
    while let Some(char) = chars.next() {
        if char != '\u{1b}' {
            plain.push(if char.is_control() { ' ' } else { char });
        } else if chars.next() == Some('[') {
            // The loop ends with the letter.
            for _ in chars.by_ref().take_while(|char| !char.is_ascii_alphabetic()) {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCALHOST_RUN: &str = "\
===============================================================================\r
Welcome to localhost.run!\r
\r
Follow your favourite reverse tunnel at [https://twitter.com/localhost_run].\r
\r
To set up and manage custom domains go to https://admin.localhost.run/\r
\r
To explore using localhost.run visit the documentation site:\r
https://localhost.run/docs/\r
\r
** your connection id is 1a2b, please mention it if you send me a message about an issue. **\r
\r
f00dbeef.lhr.life tunneled with tls termination, https://f00dbeef.lhr.life\r
create an account. see https://localhost.run/docs/forever-free/ for more information.\r
";

    fn read(text: &str) -> Option<String> {
        let mut found = None;
        for size in 1..text.len().min(80) {
            let mut printed = Printed::default();
            let pieces = text.as_bytes().chunks(size);
            found = pieces.filter_map(|piece| printed.take(piece)).last();
        }
        found
    }

    #[test]
    fn finds_the_address_among_others() {
        assert_eq!(read(LOCALHOST_RUN).as_deref(), Some("https://f00dbeef.lhr.life"));
        let serveo = "\u{1b}[32mForwarding HTTP traffic from https://abc.serveo.net\u{1b}[0m\n";
        assert_eq!(read(serveo).as_deref(), Some("https://abc.serveo.net"));
        let pinggy =
            "You are not authenticated.\nhttp://x-1.a.free.pinggy.link\nhttps://x-1.a.free.pinggy.link\n\n";
        assert_eq!(read(pinggy).as_deref(), Some("https://x-1.a.free.pinggy.link"));
    }

    #[test]
    fn a_shell_is_no_service() {
        for text in [
            "Last login: today\n$ \n",
            "see https://wiki.example.com for help\n",
            "https://\nhttps://localhost\n",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn rubbish_without_end_is_not_kept() {
        let mut printed = Printed::default();
        for _ in 0..100 {
            assert_eq!(printed.take(&[0xff; 1_000]), None);
        }
        assert!(printed.line.len() <= LONGEST + 4);
    }
}
