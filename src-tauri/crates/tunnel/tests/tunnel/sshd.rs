//! OpenSSH's real server, in the foreground on a loopback port, with keys of its own in a folder of its own.

use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

const PROGRAM: &str = "/usr/sbin/sshd";

/// A folder with the keys of one server and its user.
pub struct Keys {
    folder: TempDir,
}

impl Keys {
    pub fn new() -> Keys {
        let keys = Keys {
            folder: tempfile::tempdir().unwrap(),
        };
        keys.make("host", "");
        keys.make("mine", "");
        keys
    }

    /// Makes a key with OpenSSH's own tool.
    pub fn make(&self, name: &str, passphrase: &str) -> PathBuf {
        self.make_as(name, passphrase, &["-t", "ed25519"])
    }

    /// Makes one of another kind.
    pub fn make_as(&self, name: &str, passphrase: &str, kind: &[&str]) -> PathBuf {
        let file = self.folder.path().join(name);
        let _ = fs::remove_file(&file);
        let mut command = Command::new("ssh-keygen");
        run(command
            .args(["-q", "-C", "", "-N", passphrase])
            .args(kind)
            .arg("-f")
            .arg(&file));
        file
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The public line of a key.
    pub fn line(&self, name: &str) -> String {
        let line = fs::read_to_string(self.file(&format!("{name}.pub"))).unwrap();
        line.trim().to_owned()
    }

    /// Lets these keys in, to forward ports of this computer and nothing else.
    pub fn admit(&self, names: &[&str]) {
        let line = |name: &&str| {
            format!(
                "restrict,port-forwarding,permitlisten=\"127.0.0.1:*\" {}\n",
                self.line(name)
            )
        };
        fs::write(self.file("admitted"), names.iter().map(line).collect::<String>()).unwrap();
    }
}

/// The server at work.
pub struct Sshd {
    pub address: SocketAddr,
    child: Child,
}

impl Sshd {
    pub fn start(keys: &Keys) -> Sshd {
        assert!(
            Path::new(PROGRAM).exists(),
            "{PROGRAM} is missing: install openssh-server"
        );
        if !keys.file("admitted").exists() {
            keys.admit(&["mine"]);
        }
        // As root it insists on this folder, though it uses it for nothing here.
        if whoami() == "root" {
            fs::create_dir_all("/run/sshd").unwrap();
        }
        // Another program may take the port before sshd does.
        loop {
            let port = free_port();
            if let Some(child) = spawn(keys, port) {
                return Sshd {
                    address: ([127, 0, 0, 1], port).into(),
                    child,
                };
            }
        }
    }

    /// Kills it with everything that it has started, as if the machine had died.
    pub fn kill(&mut self) {
        let mut family = vec![self.child.id()];
        let mut next = 0;
        while next < family.len() {
            family.extend(children_of(family[next]));
            next += 1;
        }
        // None: all of them are gone already.
        let ids = family.iter().map(u32::to_string);
        let _ = Command::new("kill")
            .arg("-KILL")
            .args(ids)
            .stderr(Stdio::null())
            .status();
        let _ = self.child.wait();
    }

    /// Processes that serve a connection.
    pub fn sessions(&self) -> usize {
        children_of(self.child.id()).len()
    }
}

impl Drop for Sshd {
    fn drop(&mut self) {
        self.kill();
    }
}

fn spawn(keys: &Keys, port: u16) -> Option<Child> {
    let config = keys.file("config");
    let [host, admitted] = ["host", "admitted"].map(|name| keys.file(name).display().to_string());
    let text = format!(
        "Port {port}\nListenAddress 127.0.0.1\nHostKey {host}\nAuthorizedKeysFile {admitted}\nStrictModes no\n\
         PasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin prohibit-password\nUsePAM no\n\
         AllowTcpForwarding remote\nGatewayPorts no\nPidFile none\nMaxStartups 100\n"
    );
    fs::write(&config, text).unwrap();
    fs::set_permissions(keys.file("host"), fs::Permissions::from_mode(0o600)).unwrap();
    let mut child = Command::new(PROGRAM)
        .args(["-D", "-e", "-f"])
        .arg(&config)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    loop {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return Some(child);
        }
        if child.try_wait().unwrap().is_some() {
            return None;
        }
        std::thread::yield_now();
    }
}

pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

/// Who runs the tests.
pub fn whoami() -> String {
    let output = Command::new("id").arg("-un").output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

pub fn run(command: &mut Command) {
    let status = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success(), "{command:?}");
}

fn children_of(id: u32) -> Vec<u32> {
    let tasks = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
    tasks.split_whitespace().map(|id| id.parse().unwrap()).collect()
}
