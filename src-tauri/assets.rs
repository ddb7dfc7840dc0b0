//! The screen's files (`ui/dist`), within the program: the desk in a browser needs no files beside it.

use nexwatch_desk::http::Asset;

#[derive(rust_embed::RustEmbed)]
#[folder = "ui/dist"]
struct Files;

/// A file of the screen by its path, e.g. `index.html`.
pub fn find(path: &str) -> Option<Asset> {
    let file = Files::get(path)?;
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let media_type = match (kind.type_(), kind.subtype()) {
        (mime_guess::mime::TEXT, _) | (_, mime_guess::mime::JAVASCRIPT) => format!("{kind}; charset=utf-8"),
        _ => kind.to_string(),
    };
    Some(Asset {
        bytes: file.data,
        media_type,
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_screen_is_in_the_program() {
        let page = super::find("index.html").expect("ui/dist was built before the program");
        assert_eq!(page.media_type, "text/html; charset=utf-8");
        assert!(super::find("../Cargo.toml").is_none());
    }
}
