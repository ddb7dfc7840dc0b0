//! Prints the sentence of every action with its sample body, to be read by a person.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use nexwatch_nexudus::{Action, Arrival, Entity, read};

fn main() {
    for action in Action::all() {
        let file = match action.entity() {
            Entity::ChatUserMessage => "ChatMessage".to_owned(),
            _ if action.number() == Some(61) => "AccessControl".to_owned(),
            _ if action.number() == Some(20) => "CreditNote".to_owned(),
            entity => entity.name().to_owned(),
        };
        let path = format!("{}/fixtures/payloads/{file}.json", env!("CARGO_MANIFEST_DIR"));
        let body = std::fs::read(path)
            .unwrap_or_else(|_| br#"[{"Id":1,"Name":"Blue","ToStringText":"Blue"}]"#.to_vec());
        let received_at = 1_780_998_072_000;
        let name = action.name();
        for reading in read(&Arrival {
            route_action: Some(&name),
            route_location: None,
            received_at,
            body: &body,
            voice: &nexwatch_nexudus::Voice::default(),
        }) {
            println!(
                "{:>2} {:<36} {}",
                action.number().unwrap(),
                name,
                reading.sentence
            );
        }
        let bare = read(&Arrival {
            route_action: Some(&name),
            route_location: None,
            received_at,
            body: b"[{\"Id\":1}]",
            voice: &nexwatch_nexudus::Voice::default(),
        });
        println!("   {:<36} {}", "", bare[0].sentence);
    }
}
