//! Measure.
use nexwatch_nexudus::{Arrival, read};
use nexwatch_sample::{Options as O, Platform};
use nexwatch_store::*;
use std::time::Instant;

fn cpu() -> f64 {
    let s = std::fs::read_to_string("/proc/thread-self/stat").unwrap_or_default();
    let f: Vec<&str> = s.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    (f[11].parse::<f64>().unwrap_or(0.0) + f[12].parse::<f64>().unwrap_or(0.0)) / 100.0
}
fn writer_cpu() -> f64 {
    let mut sum = 0.0;
    for t in std::fs::read_dir("/proc/self/task").unwrap().flatten() {
        let name = std::fs::read_to_string(t.path().join("comm")).unwrap_or_default();
        if name.trim() == "store" {
            let s = std::fs::read_to_string(t.path().join("schedstat")).unwrap_or_default();
            sum += s
                .split_whitespace()
                .next()
                .unwrap_or("0")
                .parse::<f64>()
                .unwrap_or(0.0)
                / 1e9;
        }
    }
    sum
}
fn main() {
    let n: usize = std::env::args()
        .nth(1)
        .and_then(|a| a.parse().ok())
        .unwrap_or(20000);
    let batches: Vec<usize> = std::env::args()
        .nth(2)
        .map(|a| a.split(',').map(|x| x.parse().unwrap()).collect())
        .unwrap_or(vec![1, 16, 64, 256]);
    let start = 1_790_000_000_000i64;
    let mut platform = Platform::with(
        7,
        start,
        O {
            mean_bytes: Some(2048),
            ..O::default()
        },
    );
    let made: Vec<_> = (0..n as i64)
        .map(|i| platform.next(start + 3_600_000 * i / n as i64))
        .collect();
    let _ = cpu();
    for batch in batches {
        let folder = tempfile::Builder::new().prefix("m-").tempdir_in("/tmp").unwrap();
        let store = Store::open(folder.path(), Options::default(), Box::new(|_| {})).unwrap();
        let w = store.writer.clone();
        let t = Instant::now();
        let (mut pack, mut rd) = (0.0, 0.0);
        let ready: Vec<Incoming> = made
            .iter()
            .map(|d| {
                let name = d.action.name();
                let at = start + 3_600_000 + 5;
                let t0 = Instant::now();
                let readings = read(&Arrival {
                    route_action: Some(&name),
                    route_location: Some(d.location),
                    received_at: at,
                    body: &d.body,
                });
                let t1 = Instant::now();
                let body = w.pack(&d.body);
                rd += (t1 - t0).as_secs_f64();
                pack += t1.elapsed().as_secs_f64();
                Incoming {
                    received_at: at,
                    source: Source::Webhook,
                    readings,
                    route: Route {
                        action: Some(name),
                        location: Some(d.location),
                    },
                    headers: vec![("content-type".into(), "application/json; charset=utf-8".into())],
                    signature: Signature::Verified {
                        rule: SignatureRule::AsciiFolded,
                        secret: SecretId(1),
                    },
                    body,
                    released: None,
                }
            })
            .collect();
        let _ = t;
        let c0 = writer_cpu();
        let t = Instant::now();
        let rt = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let count = if batch == 1 { n / 5 } else { n };
        let mut it = ready.into_iter().take(count);
        rt.block_on(async {
            loop {
                let futures: Vec<_> = it.by_ref().take(batch).map(|i| w.store(i).unwrap()).collect();
                if futures.is_empty() {
                    break;
                }
                for f in futures {
                    f.await.unwrap();
                }
            }
        });
        let wall = t.elapsed().as_secs_f64();
        let c = writer_cpu() - c0;
        println!(
            "batch {batch:4}: {:8.0}/s  writer cpu {:6.1} us/event   read {:.1} us pack {:.1} us",
            count as f64 / wall,
            c * 1e6 / count as f64,
            rd * 1e6 / n as f64,
            pack * 1e6 / n as f64
        );
        store.close();
    }
}
