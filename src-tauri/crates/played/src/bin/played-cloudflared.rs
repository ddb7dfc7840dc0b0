//! A stand-in for Cloudflare's program: takes the same arguments, prints what the real one prints (2025.11), serves
//! the same metrics, and carries visitors to the service. What it plays stands in files beside it, see
//! `nexwatch_played::cloudflared`.

use std::error::Error;
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("played cloudflared: {error}");
            ExitCode::from(70)
        }
    }
}

/// The folder that it lies in, with what it plays and what it notes.
#[derive(Clone)]
struct Folder(PathBuf);

impl Folder {
    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name))
            .unwrap_or_default()
            .trim()
            .to_owned()
    }

    fn note(&self, name: &str, text: &str) -> io::Result<()> {
        // Whole or not at all: somebody waits for it.
        let (half, whole) = (self.0.join(format!("{name}.half")), self.0.join(name));
        fs::write(&half, text)?;
        fs::rename(half, whole)
    }
}

fn run() -> Result<ExitCode, Box<dyn Error>> {
    let me = std::env::current_exe()?;
    let folder = Folder(me.parent().unwrap_or(Path::new(".")).to_owned());
    let args: Vec<String> = std::env::args().skip(1).collect();
    if args == ["--version"] {
        writeln!(io::stdout(), "{}", folder.read("version"))?;
        return Ok(ExitCode::SUCCESS);
    }
    let value = |flag: &str| {
        args.iter()
            .position(|arg| arg == flag)
            .and_then(|at| args.get(at + 1))
    };
    folder.note("arguments", &args.join("\n"))?;
    let starts: u32 = folder.read("starts").parse().unwrap_or(0) + 1;
    if let Some(file) = value("--token-file") {
        folder.note("token", &fs::read_to_string(file)?)?;
        folder.note("token-rights", &rights(file)?)?;
    }
    folder.note("process", &std::process::id().to_string())?;
    folder.note("starts", &starts.to_string())?;
    let plan = folder.read("plan");
    let (what, text) = plan.split_once('\n').unwrap_or((plan.as_str(), ""));
    if what == "says" {
        // What it is told to print, then its end.
        eprintln!("{text}");
        return Ok(ExitCode::from(1));
    }
    if what == "insists" {
        // The real one does not end by itself when it is refused.
        eprintln!("{text}");
        loop {
            thread::park();
        }
    }
    let metrics = TcpListener::bind(value("--metrics").ok_or("--metrics is missing")?)?;
    let front = TcpListener::bind("127.0.0.1:0")?;
    folder.note("front", &front.local_addr()?.to_string())?;
    let quick = value("--url").cloned();
    if quick.is_some() {
        print_quick(starts);
    }
    let service = quick.clone().unwrap_or_else(|| folder.read("service"));
    let service = service.trim_start_matches("http://").to_owned();
    let hostname = quick
        .map(|_| format!("played-{starts}.trycloudflare.com"))
        .unwrap_or_default();
    let about = folder.clone();
    thread::spawn(move || {
        for stream in metrics.incoming().flatten() {
            // Whoever does not stay for the answer needs none.
            let _ = answer(stream, &about, &hostname);
        }
    });
    for visitor in front.incoming().flatten() {
        let service = service.clone();
        thread::spawn(move || carry(visitor, &service));
    }
    Ok(ExitCode::SUCCESS)
}

fn print_quick(starts: u32) {
    let line =
        "+--------------------------------------------------------------------------------------------+";
    let time = "2026-11-24T09:00:00Z INF";
    eprintln!(
        "{time} Thank you for trying Cloudflare Tunnel. Doing so, without a Cloudflare account, is a quick way"
    );
    eprintln!("{time} Requesting new quick Tunnel on trycloudflare.com...");
    eprintln!("{time} {line}");
    eprintln!(
        "{time} |  Your quick Tunnel has been created! Visit it at (it may take some time to be reachable):  |"
    );
    eprintln!("{time} |  https://played-{starts}.trycloudflare.com  |");
    eprintln!("{time} {line}");
    eprintln!("{time} Registered tunnel connection connIndex=0 location=lo01 protocol=quic");
}

/// The metrics server: `/ready` and `/quicktunnel` as the real one answers them.
fn answer(stream: TcpStream, folder: &Folder, hostname: &str) -> io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    if folder.read("plan") == "hangs" {
        loop {
            thread::park();
        }
    }
    let ready = folder.read("plan") != "unconnected";
    let (status, body) = match first.split_whitespace().nth(1) {
        Some("/ready") if ready => (
            "200 OK",
            r#"{"status":200,"readyConnections":4,"connectorId":"c"}"#.to_owned(),
        ),
        Some("/ready") => (
            "503 Service Unavailable",
            r#"{"status":503,"readyConnections":0}"#.to_owned(),
        ),
        Some("/quicktunnel") => ("200 OK", format!(r#"{{"hostname":"{hostname}"}}"#)),
        _ => ("404 Not Found", String::new()),
    };
    let mut stream = stream;
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )?;
    stream.flush()
}

/// Carries a visitor to the service.
fn carry(visitor: TcpStream, service: &str) {
    let Ok(served) = TcpStream::connect(service) else {
        return;
    };
    let (Ok(from), Ok(to)) = (visitor.try_clone(), served.try_clone()) else {
        return;
    };
    let _ = (visitor.set_nodelay(true), served.set_nodelay(true));
    let up = thread::spawn(move || pump(from, to));
    pump(served, visitor);
    let _ = up.join();
}

fn pump(mut from: TcpStream, mut to: TcpStream) {
    let mut bytes = [0; 16 * 1024];
    while let Ok(read @ 1..) = from.read(&mut bytes) {
        if to.write_all(&bytes[..read]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(std::net::Shutdown::Write);
}

#[cfg(unix)]
fn rights(file: &str) -> io::Result<String> {
    use std::os::unix::fs::PermissionsExt;
    Ok(format!("{:o}", fs::metadata(file)?.permissions().mode() & 0o777))
}

#[cfg(not(unix))]
fn rights(_file: &str) -> io::Result<String> {
    Ok(String::new())
}
