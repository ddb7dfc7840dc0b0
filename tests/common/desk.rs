//! The desk over HTTP, as a page in a browser asks it.

use super::Serve;
use serde_json::Value;
use std::io::{BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// An answer: status, head, body.
pub struct Answer {
    /// Of HTTP.
    pub status: u16,
    /// In lower case.
    pub head: String,
    /// As text.
    pub body: String,
}

/// The desk's address and token.
pub struct Door {
    /// `127.0.0.1:PORT`
    pub address: String,
    /// Opens it.
    pub token: String,
}

impl Door {
    /// Of a program that was started with one.
    pub fn of(serve: &Serve) -> Door {
        let desk = serve.desk.as_deref().expect("it was asked for");
        let (address, token) = desk
            .strip_prefix("http://")
            .and_then(|rest| rest.split_once("/?token="))
            .expect("an address with a token");
        Door {
            address: address.to_owned(),
            token: token.to_owned(),
        }
    }

    /// One request over HTTP/1.0, so that the answer ends with the connection.
    pub fn request(&self, line: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut text = String::new();
        BufReader::new(self.open(line, headers, body))
            .read_to_string(&mut text)
            .expect("an answer");
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        Answer {
            status: head[9..12].parse().expect("a status"),
            head: head.to_ascii_lowercase(),
            body: body.to_owned(),
        }
    }

    /// A request whose answer is read by the caller.
    pub fn open(&self, line: &str, headers: &[(&str, &str)], body: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        let mut text = format!("{line} HTTP/1.0\r\nContent-Length: {}\r\n", body.len());
        if !headers.iter().any(|(name, _)| *name == "Host") {
            text.push_str(&format!("Host: {}\r\n", self.address));
        }
        for (name, value) in headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        text.push_str("\r\n");
        text.push_str(body);
        stream.write_all(text.as_bytes()).expect("it is read");
        stream
    }

    /// What the header `Authorization` says.
    pub fn bearer(&self) -> String {
        format!("Bearer {}", self.token)
    }

    /// Asks.
    pub fn ask(&self, question: &Value) -> Answer {
        self.request(
            "POST /ask",
            &[
                ("Authorization", &self.bearer()),
                ("Content-Type", "application/json"),
            ],
            &question.to_string(),
        )
    }

    /// Asks what is answered.
    pub fn answer(&self, question: &Value) -> Value {
        let answer = self.ask(question);
        assert_eq!(answer.status, 200, "{question}: {}", answer.body);
        serde_json::from_str(&answer.body).expect("JSON")
    }
}

/// The program and its desk.
pub fn start(data: &std::path::Path) -> (Serve, Door) {
    let serve = Serve::start_with(data, &["--listen", "127.0.0.1:0", "--desk", "127.0.0.1:0"]);
    let door = Door::of(&serve);
    (serve, door)
}

/// Asks until an answer is as awaited; the answer.
pub fn wait_for(door: &Door, question: &Value, awaited: impl Fn(&Value) -> bool) -> Value {
    let end = Instant::now() + Duration::from_secs(60);
    loop {
        let answer = door.answer(question);
        if awaited(&answer) {
            return answer;
        }
        assert!(Instant::now() < end, "never as awaited: {answer:#}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
