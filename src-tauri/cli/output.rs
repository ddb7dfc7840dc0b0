//! What a person or a script reads.

use super::words::Misplaced;
use nexwatch_feed::FeedError;
use std::io;

/// Whether output failed because nobody reads it any more.
pub(super) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let kind = match cause.downcast_ref::<FeedError>() {
            Some(FeedError::Write(kind)) => Some(*kind),
            _ => cause.downcast_ref::<io::Error>().map(io::Error::kind),
        };
        kind == Some(io::ErrorKind::BrokenPipe)
    })
}

/// What was asked for cannot be meant: a filter, a column or a kind of file that there is none of.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Misuse(pub String);

/// Whether the command was misused, rather than that it failed.
pub(super) fn is_misuse(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let asked_wrongly = matches!(
            cause.downcast_ref(),
            Some(FeedError::BadFilter(_) | FeedError::BadExport(_))
        );
        asked_wrongly || cause.is::<Misplaced>() || cause.is::<Misuse>()
    })
}

/// An error with its causes in one line, each said once.
pub(super) fn one_line(error: &anyhow::Error) -> String {
    let mut said: Vec<String> = Vec::new();
    for cause in error.chain() {
        let text = cause.to_string();
        if !said.iter().any(|before| before.contains(&text)) {
            said.push(text);
        }
    }
    said.join(": ").replace(['\n', '\r'], " ")
}

/// Text for a terminal: what could move its cursor or colour it is taken out, whoever sent it.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_one_line_without_echoes() {
        let error = anyhow::anyhow!("disk\nfull")
            .context("cannot write: disk\nfull")
            .context("export failed");
        assert_eq!(one_line(&error), "export failed: cannot write: disk full");
        assert!(is_closed_pipe(&io::Error::from(io::ErrorKind::BrokenPipe).into()));
        assert!(is_closed_pipe(
            &FeedError::Write(io::ErrorKind::BrokenPipe).into()
        ));
        assert!(!is_closed_pipe(
            &FeedError::Write(io::ErrorKind::StorageFull).into()
        ));
    }

    #[test]
    fn a_name_cannot_drive_the_terminal() {
        assert_eq!(plain("A\u{1b}[31mB"), "A\u{fffd}[31mB");
    }
}
