//! Killed at random points, again and again: whatever was acknowledged is there exactly once, as it was sent;
//! nothing that was not sent is there; the database is sound; a fresh delivery still works.

mod common;

use common::{Serve, booking, run_with, send};
use nexwatch::client::Client;
use nexwatch_nexudus::signature::{HEADER, Key, Rule, sign};
use nexwatch_store::{EventId, Options, Reader, Store};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

const ROUNDS: u64 = 32;
const SENDERS: u64 = 6;
const SECRET: &str = "kill test secret";

/// What the sender has written down.
#[derive(Default)]
struct Book {
    next: AtomicU64,
    sent: Mutex<BTreeSet<u64>>,
    acknowledged: Mutex<BTreeSet<u64>>,
}

impl Book {
    fn count(&self) -> usize {
        self.acknowledged.lock().unwrap().len()
    }
}

/// Sends numbered deliveries until the connection breaks; what got no answer is sent again by whoever comes next,
/// as the platform would.
async fn sender(book: Arc<Book>, listen: String, path: String, mut open: Option<u64>) -> Option<u64> {
    let key = Key::new(SECRET).unwrap();
    let Ok(mut client) = Client::connect(&listen).await else {
        return open;
    };
    loop {
        let number = open
            .take()
            .unwrap_or_else(|| book.next.fetch_add(1, Ordering::Relaxed));
        let body = booking(number);
        let signature = sign(body.as_bytes(), &key, Rule::AsciiFolded);
        book.sent.lock().unwrap().insert(number);
        match client.post(&path, &[(HEADER, &signature)], body.into()).await {
            Ok(reply) if reply.status == 200 => {
                book.acknowledged.lock().unwrap().insert(number);
            }
            Ok(reply) => panic!("answered {}", reply.status),
            Err(_) => return Some(number),
        }
    }
}

/// The numbers that are there, each with how often and whether its body is what was sent and its words find it.
fn kept(data: &Path) -> BTreeMap<u64, u32> {
    // As the next start finds it: what had been acknowledged but not entered into the search is now.
    Store::open(data, Options::serving(), Box::new(|_| {}))
        .unwrap()
        .close();
    let reader = Reader::open(data).unwrap();
    let verdict: String = reader
        .read(|db| Ok(db.query_row("PRAGMA integrity_check", [], |row| row.get(0))?))
        .unwrap();
    assert_eq!(verdict, "ok");
    let mut ids: Vec<EventId> = Vec::new();
    reader.keys(|key| ids.push(key.id)).unwrap();
    let searched = |words: &str| -> Vec<i64> {
        let find = "SELECT rowid FROM words WHERE words MATCH ?1 ORDER BY rowid";
        reader
            .read(|db| {
                let mut find = db.prepare_cached(find)?;
                let rows = find.query_map([words], |row| row.get(0))?;
                Ok(rows.collect::<Result<_, _>>()?)
            })
            .unwrap()
    };
    let all: Vec<i64> = ids.iter().map(|id| id.0).collect();
    assert_eq!(searched("lighthouse"), all);
    let mut found = BTreeMap::new();
    for row in reader.rows(&ids).unwrap() {
        assert_eq!(searched(&row.entity_id.unwrap().to_string()), [row.id.0]);
        let number = (row.entity_id.unwrap() - 1_428_000_000) as u64;
        let body = reader.body(row.delivery).unwrap().unwrap();
        assert_eq!(body, booking(number).as_bytes(), "the body of {number}");
        *found.entry(number).or_default() += 1;
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_again_and_again_it_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let set = run_with(data, &["secret", "set"], SECRET);
    assert!(set.status.success());
    let book = Arc::new(Book::default());
    let mut open: Vec<Option<u64>> = vec![None; SENDERS as usize];
    for round in 0..ROUNDS {
        let serve = Serve::start(data);
        let path = format!("{}/BookingCreate/1420900101", serve.hook);
        let senders: Vec<_> = open
            .iter()
            .map(|open| tokio::spawn(sender(book.clone(), serve.listen.clone(), path.clone(), *open)))
            .collect();
        // A number of acknowledgements that is another each round; the kill falls wherever the senders are then.
        let wanted = book.count() + 1 + (rand::random::<u32>() % 60) as usize;
        while book.count() < wanted {
            assert!(!senders.iter().all(|sender| sender.is_finished()));
            tokio::task::yield_now().await;
        }
        serve.kill();
        for (place, sender) in senders.into_iter().enumerate() {
            open[place] = sender.await.unwrap();
        }
        if round % 8 == 7 {
            check(data, &book);
        }
    }
    check(data, &book);

    let serve = Serve::start(data);
    let fresh = book.next.fetch_add(1, Ordering::Relaxed);
    let mut client = Client::connect(&serve.listen).await.unwrap();
    let path = format!("{}/BookingCreate/1420900101", serve.hook);
    let reply = send(&mut client, &path, &booking(fresh), Some(SECRET)).await;
    assert_eq!(reply.status, 200);
    assert!(serve.stop().success());
    assert_eq!(kept(data).get(&fresh), Some(&1));
}

fn check(data: &Path, book: &Book) {
    let kept = kept(data);
    let (sent, acknowledged) = (book.sent.lock().unwrap(), book.acknowledged.lock().unwrap());
    for number in acknowledged.iter() {
        assert_eq!(kept.get(number), Some(&1), "acknowledged {number} is there once");
    }
    for (number, count) in &kept {
        assert_eq!(*count, 1, "{number} is there once");
        assert!(sent.contains(number), "{number} was sent");
    }
}
