//! A `PostgreSQL` of a test's own: on a socket in a temporary folder, stopped with the test.

use std::fmt::Write as _;
use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// When this is set, a machine without the programs is a failure.
const REQUIRED: &str = "PUMASI_POSTGRES_REQUIRED";

/// Whether commits of a cluster reach the disk before they are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flush {
    /// As in earnest.
    Disk,
    /// Not: for tests in which no server is stopped.
    Memory,
}

/// One running server and its data.
pub struct Cluster {
    programs: PathBuf,
    folder: TempDir,
}

impl Cluster {
    /// Starts an empty one, or says loudly that a test is not run.
    pub fn start(test: &str, flush: Flush) -> Option<Self> {
        let Some(programs) = programs() else {
            assert!(std::env::var_os(REQUIRED).is_none(), "PostgreSQL is not installed");
            let line = format!("NOT RUN: {test}: PostgreSQL is not installed on this machine\n");
            // Past the capture of the harness: who reads the results shall see it.
            std::io::stderr().write_all(line.as_bytes()).unwrap();
            return None;
        };
        let cluster = Self { programs, folder: folder() };
        cluster.run("initdb", |command| {
            command.args(["--no-sync", "--auth=trust", "--username=pumasi", "--encoding=UTF8"]);
            command.arg("--locale=C").arg("--pgdata").arg(cluster.data());
        });
        let flush = if flush == Flush::Disk { "on" } else { "off" };
        cluster.configure(&[
            ("listen_addresses", ""),
            ("unix_socket_directories", &cluster.folder.path().display().to_string()),
            ("fsync", flush),
            ("shared_buffers", "16MB"),
            ("max_connections", "100"),
            ("max_wal_size", "128MB"),
            // A standby that is promoted asks its lost primary at most this long.
            ("wal_retrieve_retry_interval", "200ms"),
            ("log_min_messages", "fatal"),
        ]);
        cluster.up();
        Some(cluster)
    }

    /// A standby that follows `primary`, which waits for it from now on.
    pub fn standby_of(primary: &Self) -> Self {
        let standby = Self { programs: primary.programs.clone(), folder: folder() };
        primary.configure(&[("synchronous_standby_names", "")]);
        primary.reload();
        standby.run("pg_basebackup", |command| {
            command.args(["--no-sync", "--checkpoint=fast", "--write-recovery-conf"]);
            command.arg("--pgdata").arg(standby.data());
            command.arg("--dbname").arg(format!(
                "host={} user=pumasi application_name=standby",
                primary.folder.path().display()
            ));
        });
        let sockets = standby.folder.path().display().to_string();
        standby.configure(&[("unix_socket_directories", &sockets)]);
        standby.up();
        primary.configure(&[("synchronous_standby_names", "ANY 1 (standby)")]);
        primary.reload();
        primary.wait_for(
            "SELECT count(*) = 1 FROM pg_stat_replication WHERE sync_state = 'quorum'",
            "the standby follows",
        );
        standby
    }

    /// The address of its database.
    pub fn address(&self) -> String {
        Self::address_of(&[self])
    }

    /// The address of several servers, of which one takes changes.
    pub fn address_of(clusters: &[&Self]) -> String {
        let hosts: Vec<String> = clusters
            .iter()
            .map(|cluster| cluster.folder.path().display().to_string().replace('/', "%2F"))
            .collect();
        format!("postgres://pumasi@{}/postgres", hosts.join(","))
    }

    /// A connection of the administrator's own.
    pub fn connect(&self) -> postgres::Client {
        postgres::Client::connect(&self.address(), postgres::NoTls).unwrap()
    }

    /// Ends every session of a ledger, as a network that fails would.
    pub fn cut(&self) {
        let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                   WHERE application_name = 'pumasi'";
        self.connect().batch_execute(sql).unwrap();
    }

    /// Stops the server as a crash would: nothing is written any more.
    pub fn crash(&self) {
        self.run("pg_ctl", |command| {
            command.args(["stop", "--mode=immediate", "--silent", "--pgdata"]).arg(self.data());
        });
    }

    /// Starts a server that was stopped.
    pub fn up(&self) {
        self.run("pg_ctl", |command| {
            command.args(["start", "--silent", "--wait", "--timeout=60", "--pgdata"]);
            command.arg(self.data()).arg("--log").arg(self.folder.path().join("log"));
        });
    }

    /// Makes a standby the server that takes changes, waiting for nobody yet.
    pub fn promote(&self) {
        self.configure(&[("synchronous_standby_names", "")]);
        self.reload();
        self.run("pg_ctl", |command| {
            command.args(["promote", "--silent", "--wait", "--pgdata"]).arg(self.data());
        });
    }

    /// Sets settings; a server that runs takes them up when it is told to.
    pub fn configure(&self, settings: &[(&str, &str)]) {
        let path = self.data().join("postgresql.conf");
        let mut text = std::fs::read_to_string(&path).unwrap();
        for (name, value) in settings {
            writeln!(text, "{name} = '{value}'").unwrap();
        }
        std::fs::write(&path, text).unwrap();
    }

    /// Tells the server to take up its settings.
    pub fn reload(&self) {
        self.run("pg_ctl", |command| {
            command.args(["reload", "--silent", "--pgdata"]).arg(self.data());
        });
    }

    /// Asks until the answer is yes.
    pub fn wait_for(&self, question: &str, what: &str) {
        let mut client = self.connect();
        for _ in 0..2000 {
            if client.query_one(question, &[]).unwrap().get(0) {
                return;
            }
            // The server itself waits: a test has no business with a clock.
            client.batch_execute("SELECT pg_sleep(0.01)").unwrap();
        }
        panic!("waited too long: {what}");
    }

    /// The files of its tables, without its journal.
    pub fn tables(&self) -> PathBuf {
        self.data().join("base")
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn run(&self, program: &str, arguments: impl FnOnce(&mut Command)) {
        let mut command = Command::new(self.programs.join(program));
        arguments(&mut command);
        // The server refuses to run for the administrator of the machine.
        if let Some((user, group)) = account() {
            command.uid(user).gid(group);
        }
        // A server that goes on running must hold no pipe of ours open.
        let log = std::fs::File::create(self.folder.path().join("output")).unwrap();
        command.current_dir("/").stdin(Stdio::null());
        command.stdout(log.try_clone().unwrap()).stderr(log);
        let status = command.status().unwrap();
        let said = std::fs::read_to_string(self.folder.path().join("output")).unwrap();
        assert!(status.success(), "{program}: {status}: {said}");
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if self.data().join("postmaster.pid").exists() {
            self.crash();
        }
    }
}

/// A folder the server can use.
fn folder() -> TempDir {
    let folder = tempfile::Builder::new().prefix("pumasi-pg").tempdir_in("/tmp").unwrap();
    if let Some((user, group)) = account() {
        std::os::unix::fs::chown(folder.path(), Some(user), Some(group)).unwrap();
    }
    folder
}

/// Whom the server runs as when the test runs as the administrator of the machine.
fn account() -> Option<(u32, u32)> {
    let own = std::fs::metadata("/proc/self").ok()?;
    if std::os::unix::fs::MetadataExt::uid(&own) != 0 {
        return None;
    }
    let accounts = std::fs::read_to_string("/etc/passwd").unwrap();
    let named = |name: &str| {
        let line = accounts.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut parts = line.split(':').skip(2);
        Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
    };
    named("postgres").or_else(|| named("nobody"))
}

/// Where the newest server on this machine is.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .filter(|(_, folder)| folder.join("initdb").exists())
        .collect();
    found.sort();
    let in_path = std::env::var_os("PATH").and_then(|path| {
        std::env::split_paths(&path).find(|folder| Path::new(folder).join("initdb").exists())
    });
    found.pop().map(|(_, folder)| folder).or(in_path)
}
