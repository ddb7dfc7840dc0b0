//! The self-test of this program: its two ends, and how it is told.

use nexwatch_desk::protocol::SelfTest;
use nexwatch_tunnel::{Checked, Part};

/// A key by which tests of this run are known.
pub(crate) fn key() -> [u8; 32] {
    rand::random()
}

/// A test for a person.
pub(super) fn told(checked: &Checked) -> SelfTest {
    let took = u32::try_from(checked.took.as_millis()).unwrap_or(u32::MAX);
    match &checked.result {
        Ok(()) => SelfTest {
            at: checked.at,
            took,
            came_back: true,
            part: None,
            message: format!("The self-test came back in {took} ms."),
            remedy: String::new(),
        },
        Err(broken) => SelfTest {
            at: checked.at,
            took,
            came_back: false,
            part: Some(part_name(broken.part).to_owned()),
            message: broken.message.clone(),
            remedy: broken.remedy.clone(),
        },
    }
}

fn part_name(part: Part) -> &'static str {
    match part {
        Part::Internet => "internet",
        Part::Tunnel => "tunnel",
        Part::Address => "address",
        Part::Tls => "tls",
        Part::Path => "path",
        Part::Listener => "listener",
        Part::Plan => "plan",
    }
}
