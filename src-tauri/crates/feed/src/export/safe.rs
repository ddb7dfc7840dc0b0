//! Text that a spreadsheet would take for a formula, made harmless.

/// Whether a text begins, after white space and what cannot be seen, like a formula: `=`, `+`, `-`, `@`, also in
/// full width. A tab or line end before anything else counts too: some programs cut it off and look again.
pub(super) fn is_formula(text: &str) -> bool {
    // What most texts begin with.
    if text.as_bytes().first().is_none_or(u8::is_ascii_alphanumeric) {
        return false;
    }
    if text.starts_with(['\t', '\r', '\n']) {
        return true;
    }
    let shown = text.trim_start_matches(is_blank);
    shown.starts_with([
        '=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫', '−',
    ])
}

fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180e}' |
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' |
            '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_of_formulas() {
        for text in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            " =1",
            "\t=1",
            "\r=1",
            "\tAna",
            "\nAna",
            "\u{a0}=1",
            "\u{3000}@x",
            "\u{feff}=1",
            "\u{200b}-1",
            "\u{0}=1",
            "＝1",
            "＠x",
            "−1",
            "=",
            "--",
        ] {
            assert!(is_formula(text), "{text:?}");
        }
        for text in [
            "",
            " ",
            "Ana",
            "a=1",
            "'=1",
            "1-1",
            "5",
            "Émile",
            "山田",
            "(=1)",
            "#1",
            "“-”",
            "[{\"a\":1}]",
        ] {
            assert!(!is_formula(text), "{text:?}");
        }
    }
}
