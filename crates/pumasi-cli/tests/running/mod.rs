//! A node that runs as a process of its own, for the tests of this crate.

#![allow(
    dead_code,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "every test uses its own part, and fails by panicking"
)]

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

const PUMASI: &str = env!("CARGO_BIN_EXE_pumasi");

/// A node that runs on a folder of its own until it goes out of scope.
pub struct Node {
    pub folder: tempfile::TempDir,
    /// What it told when it began to run.
    pub told: serde_json::Value,
    child: Child,
}

impl Node {
    /// Makes the node of `party` with one officer who may do everything.
    pub fn start(party: &str) -> Self {
        Self::start_with(party, &["--officer", "duty:Duty"])
    }

    /// Makes the node of `party` and waits until it says where it listens.
    pub fn start_with(party: &str, officers: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let made = call(folder.path(), &[&["init", "--party", party], officers].concat());
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let data = folder.path().to_owned();
        Self::serve(folder, &data)
    }

    /// Runs the node in `data`, a folder within `folder`.
    pub fn serve(folder: tempfile::TempDir, data: &Path) -> Self {
        let mut child = Command::new(PUMASI)
            .args(["serve", "--json", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let told: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert!(told["desk"].as_str().unwrap().starts_with("http://127.0.0.1:"), "{line}");
        Self { folder, told, child }
    }

    /// Ends its process as a power cut would.
    pub fn stop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub fn call(&self, arguments: &[&str]) -> Output {
        call(self.folder.path(), arguments)
    }

    /// Calls the command and expects `exit` and the words.
    #[track_caller]
    pub fn check(&self, arguments: &[&str], exit: i32, said: &[&str]) -> String {
        check_in(self.folder.path(), arguments, exit, said)
    }

    /// The id that a signing command told.
    #[track_caller]
    pub fn id(&self, arguments: &[&str]) -> String {
        self.value(arguments)["id"].as_str().unwrap().to_owned()
    }

    /// What a command answers to programs.
    #[track_caller]
    pub fn value(&self, arguments: &[&str]) -> serde_json::Value {
        let out = self.check(&[arguments, &["--json"]].concat(), 0, &[]);
        serde_json::from_str(&out).unwrap()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // It may have ended already; either way nothing is left running.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Opens a matter of two parties in an exercise.
pub const OPEN_MATTER: &[&str] = &[
    "matter",
    "open",
    "--case=noto-2024",
    "--status=exercise",
    "--party=jp-17",
    "--party=kr-45",
    "--agreement=kr-45--jp-17",
    "--title-ko=노토",
    "--title-ja=能登",
    "--title-zh=能登",
    "--title-en=Noto",
    "--origin=2024-01-01T07:10:00Z",
    "--officer=duty",
];

/// Calls the command on a folder and expects `exit` and the words.
#[track_caller]
pub fn check_in(folder: &Path, arguments: &[&str], exit: i32, said: &[&str]) -> String {
    let output = call(folder, arguments);
    let out = String::from_utf8(output.stdout).unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(exit), "{arguments:?}\n{out}\n{err}");
    for words in said {
        assert!(out.contains(words) || err.contains(words), "`{words}` in\n{out}\n{err}");
    }
    out
}

/// Calls the command on a folder.
pub fn call(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(PUMASI)
        .args(arguments)
        .arg("--data")
        .arg(folder)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .env_remove("LC_ALL")
        .env("LANG", "C")
        .output()
        .unwrap()
}
