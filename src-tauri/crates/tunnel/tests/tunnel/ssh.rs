//! Through SSH: OpenSSH's real server, and a public service that prints its address.

use crate::house::House;
use crate::service::{Door, Service};
use crate::sshd::{Keys, Sshd, free_port, run, whoami};
use crate::world::*;
use nexwatch_played::chaos::{Chaos, Mode};
use nexwatch_tunnel::{Class, Field, Options, Ssh, SshAuth, State, Tunnel, Way};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Arc, Mutex};

/// The server, a line to it, and the program's side.
struct Scene {
    keys: Keys,
    sshd: Sshd,
    line: Chaos,
    house: Arc<House>,
    public: SocketAddr,
}

impl Scene {
    async fn new() -> Scene {
        let keys = Keys::new();
        let sshd = Sshd::start(&keys);
        let line = Chaos::to(sshd.address).await.unwrap();
        Scene {
            keys,
            sshd,
            line,
            house: House::new(),
            public: ([127, 0, 0, 1], free_port()).into(),
        }
    }

    fn ssh(&self, auth: SshAuth) -> Ssh {
        Ssh {
            host: "127.0.0.1".into(),
            port: self.line.address().port(),
            user: whoami(),
            auth,
            bind_host: "127.0.0.1".into(),
            bind_port: self.public.port(),
            host_key: None,
            public_url: Some("https://hooks.example.com".into()),
        }
    }

    fn key(&self, file: PathBuf) -> SshAuth {
        SshAuth::Key {
            file,
            passphrase: None,
        }
    }

    fn mine(&self) -> Ssh {
        self.ssh(self.key(self.keys.file("mine")))
    }

    fn start(&self, ssh: Ssh, options: Options) -> Tunnel {
        Tunnel::start(Way::Ssh(ssh), self.house.clone(), options)
    }

    async fn reached(&self) {
        assert_eq!(
            visit(self.public, "x", "/hooks", None).await.unwrap(),
            (200, None)
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn comes_online_and_pins_the_servers_key() {
    let scene = Scene::new().await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let (mut options, _) = quick();
    let hear = told.clone();
    options.on_host_key = Box::new(move |line| hear.lock().unwrap().push(line.to_owned()));
    let tunnel = scene.start(scene.mine(), options);
    assert_eq!(until_online(&tunnel).await, "https://hooks.example.com");
    scene.reached().await;
    scene.line.cut();
    until_lost(&tunnel).await;
    until_online(&tunnel).await;
    assert_eq!(
        *told.lock().unwrap(),
        [scene.keys.line("host")],
        "told once, as it is kept"
    );
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_host_key_is_refused() {
    let mut scene = Scene::new().await;
    let pinned = Ssh {
        host_key: Some(format!("example.com {}", scene.keys.line("host"))),
        ..scene.mine()
    };
    // The one that is set, and the one that was shown first.
    for ssh in [pinned, scene.mine()] {
        let tunnel = scene.start(ssh, quick().0);
        until_online(&tunnel).await;
        scene.sshd.kill();
        scene.keys.make("host", "");
        scene.sshd = Sshd::start(&scene.keys);
        scene.line.lead_to(scene.sshd.address);
        let why = until_failed(&tunnel).await;
        assert_eq!(
            (why.class, why.code.as_str()),
            (Class::Settings, "ssh-host-key-changed")
        );
        assert_eq!(why.field, Some(Field::HostKey));
        assert_eq!(why.message.matches("SHA256:").count(), 2, "{}", why.message);
        tunnel.close().await;
    }
    let rubbish = Ssh {
        host_key: Some("ssh-ed25519 rubbish".into()),
        ..scene.mine()
    };
    let tunnel = scene.start(rubbish, quick().0);
    assert_eq!(until_failed(&tunnel).await.code, "ssh-host-key-unreadable");
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_does_not_open_is_said_so() {
    let scene = Scene::new().await;
    let other = scene.keys.make("other", "");
    let locked = scene.keys.make("locked", "open sesame");
    let with = |file: &PathBuf, passphrase: &str| SshAuth::Key {
        file: file.clone(),
        passphrase: Some(passphrase.into()),
    };
    for (auth, code) in [
        (scene.key(other), "ssh-key-refused"),
        (scene.key(scene.keys.file("none")), "ssh-key-unreadable"),
        (scene.key(scene.keys.file("mine.pub")), "ssh-key-wrong"),
        (scene.key(locked.clone()), "ssh-key-locked"),
        (with(&locked, "wrong"), "ssh-key-locked"),
    ] {
        let tunnel = scene.start(scene.ssh(auth), quick().0);
        let why = until_failed(&tunnel).await;
        assert_eq!(
            (why.class, why.code.as_str(), why.field),
            (Class::Settings, code, Some(Field::Key))
        );
        let line = scene.keys.line("other");
        assert_eq!(
            why.remedy.contains(&line),
            code == "ssh-key-refused",
            "{}",
            why.remedy
        );
        tunnel.close().await;
    }
    scene.keys.admit(&["locked"]);
    let tunnel = scene.start(scene.ssh(with(&locked, "open sesame")), quick().0);
    until_online(&tunnel).await;
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_of_every_kind_open() {
    let scene = Scene::new().await;
    for (name, kind) in [
        ("rsa", &["-t", "rsa", "-b", "2048"][..]),
        ("pem", &["-t", "rsa", "-b", "2048", "-m", "PEM"]),
        ("pkcs8", &["-t", "rsa", "-b", "2048", "-m", "PKCS8"]),
        ("ecdsa", &["-t", "ecdsa"]),
    ] {
        let file = scene.keys.make_as(name, "sesame", kind);
        scene.keys.admit(&[name]);
        let auth = SshAuth::Key {
            file,
            passphrase: Some("sesame".into()),
        };
        let tunnel = scene.start(scene.ssh(auth), quick().0);
        let state = until(&tunnel, "done", |state| {
            !matches!(state, State::Connecting { .. } | State::Off)
        })
        .await;
        assert!(state.is_online(), "{name}: {state:?}");
        tunnel.close().await;
    }
}

/// Runs itself again under an agent, whose place only the environment tells.
#[tokio::test(flavor = "multi_thread")]
async fn the_agents_keys_open() {
    const MARK: &str = "NEXWATCH_TEST_AGENT";
    let keys = Keys::new();
    if std::env::var_os(MARK).is_none() {
        let me = std::env::current_exe().unwrap();
        // Not the key that is let in alone: it is found among others.
        let adding = "ssh-add -q \"$KEYS/first\" && ssh-add -q \"$KEYS/mine\" && exec \"$0\" --exact ssh::the_agents_keys_open";
        keys.make("first", "");
        run(Command::new("ssh-agent")
            .args(["sh", "-c", adding])
            .arg(me)
            .env("KEYS", keys.file("."))
            .env(MARK, keys.line("mine")));
        let tunnel = {
            let scene = Scene::new().await;
            let tunnel = scene.start(scene.ssh(SshAuth::Agent), quick().0);
            assert_eq!(
                until_failed(&tunnel).await.code,
                "ssh-agent",
                "there is none here"
            );
            tunnel
        };
        tunnel.close().await;
        return;
    }
    let scene = Scene::new().await;
    std::fs::write(scene.keys.file("mine.pub"), std::env::var(MARK).unwrap()).unwrap();
    scene.keys.admit(&["mine"]);
    let tunnel = scene.start(scene.ssh(SshAuth::Agent), quick().0);
    until_online(&tunnel).await;
    scene.reached().await;
    scene.keys.admit(&[]);
    scene.line.cut();
    assert_eq!(until_failed(&tunnel).await.code, "ssh-key-refused");
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_taken_on_the_server_is_awaited() {
    let scene = Scene::new().await;
    let other = tokio::net::TcpListener::bind(scene.public).await.unwrap();
    let tunnel = scene.start(scene.mine(), quick().0);
    let why = until_waiting(&tunnel).await;
    assert_eq!((why.class, why.code.as_str()), (Class::Busy, "ssh-port-taken"));
    drop(other);
    until_online(&tunnel).await;
    scene.reached().await;
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_server_may_choose_the_port() {
    let scene = Scene::new().await;
    let ssh = Ssh {
        bind_port: 0,
        public_url: Some("http://127.0.0.1:{port}".into()),
        ..scene.mine()
    };
    let tunnel = scene.start(ssh, quick().0);
    let url = until_online(&tunnel).await;
    let at: SocketAddr = url.strip_prefix("http://").unwrap().parse().unwrap();
    assert_eq!(visit(at, "x", "/hooks", None).await.unwrap(), (200, None));
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_cut_frozen_or_dead_with_its_server_comes_back() {
    let mut scene = Scene::new().await;
    let tunnel = scene.start(scene.mine(), quick().0);
    until_online(&tunnel).await;
    scene.line.cut();
    until_lost(&tunnel).await;
    until_online(&tunnel).await;
    scene.reached().await;
    scene.line.set(Mode::Freeze);
    until_lost(&tunnel).await;
    scene.line.set(Mode::Pass);
    until_online(&tunnel).await;
    scene.reached().await;
    scene.sshd.kill();
    until_lost(&tunnel).await;
    scene.sshd = Sshd::start(&scene.keys);
    scene.line.lead_to(scene.sshd.address);
    until_online(&tunnel).await;
    scene.reached().await;
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_none_is_tried_again() {
    let scene = Scene::new().await;
    let (mut options, _) = patient();
    options.limits.dial = std::time::Duration::from_millis(100);
    scene.line.set(Mode::Freeze);
    let silent = scene.start(scene.mine(), options);
    assert_eq!(until_waiting(&silent).await.code, "network");
    silent.close().await;
    let nobody = Ssh {
        port: 1,
        ..scene.mine()
    };
    let tunnel = scene.start(nobody, patient().0);
    let why = until_waiting(&tunnel).await;
    assert_eq!((why.class, why.field), (Class::Network, Some(Field::Host)));
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_said_before_anything_is_tried() {
    let scene = Scene::new().await;
    let ssh = |change: fn(&mut Ssh)| {
        let mut ssh = scene.mine();
        change(&mut ssh);
        ssh
    };
    for (ssh, field) in [
        (ssh(|ssh| ssh.host = " ".into()), Field::Host),
        (ssh(|ssh| ssh.port = 0), Field::Port),
        (ssh(|ssh| ssh.user.clear()), Field::User),
        (ssh(|ssh| ssh.public_url = Some("no address".into())), Field::Url),
    ] {
        let tunnel = scene.start(ssh, quick().0);
        assert_eq!(until_failed(&tunnel).await.field, Some(field));
        tunnel.close().await;
    }
    assert_eq!(scene.line.connections(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_orderly_close_finishes_what_is_in_flight() {
    let scene = Scene::new().await;
    let before = tasks();
    let tunnel = scene.start(scene.mine(), quick().0);
    until_online(&tunnel).await;
    let slow = tokio::spawn(visit(scene.public, "x", "/slow", None));
    scene.house.busy_with(1).await;
    let closing = tokio::spawn(async move { tunnel.close().await });
    let closed = || std::net::TcpStream::connect(scene.public).is_err();
    eventually("the server listens no more", closed).await;
    assert!(!slow.is_finished() && !closing.is_finished());
    scene.house.let_go();
    assert_eq!(slow.await.unwrap().unwrap(), (200, None));
    closing.await.unwrap();
    eventually("no session is left", || scene.sshd.sessions() == 0).await;
    eventually("no task is left", || tasks() <= before).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_starts_and_stops_leave_nothing() {
    let scene = Scene::new().await;
    let before = tasks();
    for round in 0..200 {
        let tunnel = scene.start(scene.mine(), quick().0);
        // Every other one in the middle of being set up.
        if round % 2 == 0 {
            until_online(&tunnel).await;
        }
        tunnel.close().await;
    }
    eventually("no session is left", || scene.sshd.sessions() == 0).await;
    eventually("no task is left", || tasks() <= before).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_deliveries_arrive_through_five_cuts() {
    let scene = Scene::new().await;
    let tunnel = scene.start(scene.mine(), quick().0);
    until_online(&tunnel).await;
    let lost = async || {
        until_online(&tunnel).await;
        scene.line.cut();
        until_lost(&tunnel).await;
    };
    deliver_through_trouble(scene.public, "x", 1_000, 5, lost).await;
    assert_eq!(scene.house.ids(), 1_000);
    tunnel.close().await;
}

fn public(service: &Service, auth: SshAuth) -> Way {
    Way::Ssh(Ssh {
        host: "127.0.0.1".into(),
        port: service.address.port(),
        user: "nokey".into(),
        auth,
        bind_host: "localhost".into(),
        bind_port: 80,
        host_key: None,
        public_url: None,
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_is_read_from_what_a_service_prints() {
    let prints =
        "Welcome! See https://example.com/docs\r\nab12.lhr.life tunneled with tls, https://ab12.lhr.life\r\n";
    let service = Service::start(Door::Open, prints).await;
    let house = House::new();
    let (options, diary) = quick();
    let tunnel = Tunnel::start(public(&service, SshAuth::None), house.clone(), options);
    assert_eq!(until_online(&tunnel).await, "https://ab12.lhr.life");
    assert_eq!(service.visit().await, 200);
    service
        .print("cd34.lhr.life tunneled with tls, https://cd34.lhr.life\r\n")
        .await;
    let moved = |state: &State| state.url() == Some("https://cd34.lhr.life");
    until(&tunnel, "moved", moved).await;
    assert!(diary.states().iter().all(|state| state.trouble().is_none()));
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_prints_no_address_is_asked_for_one() {
    let service = Service::start(
        Door::Open,
        "Last login: today, see https://wiki.example.com/\r\n$ ",
    )
    .await;
    let (mut options, _) = patient();
    options.limits.open = std::time::Duration::from_secs(4);
    let tunnel = Tunnel::start(public(&service, SshAuth::None), House::new(), options);
    let why = until_waiting(&tunnel).await;
    assert_eq!(
        (why.code.as_str(), why.field),
        ("ssh-no-address", Some(Field::Url))
    );
    tunnel.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_opens_however_it_is_asked_for() {
    for (door, word) in [
        (Door::Password("sesame"), "sesame"),
        (Door::Question("sesame"), "sesame"),
    ] {
        let service = Service::start(door, "https://ab12.lhr.life\n").await;
        let tunnel = Tunnel::start(
            public(&service, SshAuth::Password(word.into())),
            House::new(),
            quick().0,
        );
        until_online(&tunnel).await;
        tunnel
            .change(public(&service, SshAuth::Password("wrong".into())))
            .await;
        let why = until_failed(&tunnel).await;
        assert_eq!(
            (why.code.as_str(), why.field),
            ("ssh-password-refused", Some(Field::Password))
        );
        tunnel.change(public(&service, SshAuth::None)).await;
        let wanted = |state: &State| {
            state
                .trouble()
                .is_some_and(|why| why.code == "ssh-sign-in-wanted")
        };
        until(&tunnel, "told to sign in", wanted).await;
        tunnel.close().await;
    }
}
