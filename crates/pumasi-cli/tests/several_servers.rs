//! Two servers of one party on one database, as real processes.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails, loudly"
)]

#[path = "../../pumasi-node/tests/cluster/mod.rs"]
#[allow(dead_code, clippy::panic, reason = "another crate's tests use the rest")]
mod cluster;
mod running;

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use cluster::{Cluster, Flush};
use running::{OPEN_MATTER, call};
use serde_json::Value;

/// One server, killed when it goes out of scope.
struct Server {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Server {
    fn start(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_pumasi"))
            .args(["serve", "--json", "--data"])
            .arg(folder)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Self { child, out }
    }

    fn signal(&self, signal: &str) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
    }

    /// Waits for a line that says this, passing over others.
    #[track_caller]
    fn wait_for(&mut self, what: &str) -> Value {
        loop {
            let mut line = String::new();
            assert!(self.out.read_line(&mut line).unwrap() > 0, "it ended before it said `{what}`");
            let told: Value = serde_json::from_str(&line).unwrap();
            if !told[what].is_null() {
                return told;
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already; either way nothing is left running.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[track_caller]
fn check(folder: &Path, arguments: &[&str], said: &[&str]) {
    let output = call(folder, arguments);
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    let out = out + &String::from_utf8_lossy(&output.stderr);
    for words in said {
        assert!(out.contains(words), "`{words}` in\n{out}");
    }
    assert!(!out.contains("hush"), "no password is shown: {out}");
}

/// Gives a second server what it needs: the settings, the keys and the token.
fn second_server(from: &Path, to: &Path) {
    for name in ["node.toml", "desk.token", "keys"] {
        let mut copy = Command::new("cp");
        copy.arg("-r").arg(from.join(name)).arg(to);
        assert!(copy.status().unwrap().success());
    }
}

#[test]
fn a_second_server_takes_over_with_everything() {
    let Some(cluster) = Cluster::start("a_second_server", Flush::Memory) else { return };
    let address = cluster.address().replace("pumasi@", "pumasi:hush@");
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let init = ["init", "--party=jp-17", "--officer=duty:Duty", "--store", &address];
    check(one.path(), &init, &["Fingerprint"]);
    second_server(one.path(), other.path());
    let third = tempfile::tempdir().unwrap();
    check(third.path(), &init, &["holds the ledger of a node already", "several-servers.md"]);

    let mut first = Server::start(one.path());
    assert_eq!(first.wait_for("warning")["warning"], "weak-fsync");
    first.wait_for("desk");
    check(one.path(), OPEN_MATTER, &["signed and recorded"]);
    let mut second = Server::start(other.path());
    let told = second.wait_for("standing_by");
    let name = format!("/{}", first.child.id());
    assert!(told["decider"].as_str().unwrap().ends_with(&name), "{told}");
    check(one.path(), &["store", "show"], &["PostgreSQL", &name]);
    check(one.path(), &["store", "move", "--to=sqlite"], &["another process"]);

    // The decider falls asleep and its session is lost: the other takes over. When the first
    // wakes up it finds that out, changes nothing and stands by.
    first.signal("-STOP");
    cluster.cut();
    second.wait_for("desk");
    first.signal("-CONT");
    first.wait_for("replaced");
    first.wait_for("standing_by");
    check(other.path(), &["matter", "list"], &["Noto"]);

    // The new decider is killed: the first decides again.
    drop(second);
    first.wait_for("desk");
    check(one.path(), &["matter", "list"], &["Noto"]);
    check(one.path(), OPEN_MATTER, &["signed and recorded"]);
}
