//! The demo as a user meets it: started by its command, read in a browser, ended by Ctrl-C.

use std::fs;
use std::io::{BufRead as _, BufReader, Read};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::tally::{Runner, Tally};
use crate::step;

/// How the demo names its address on standard output.
const ANNOUNCEMENT: &str = "UI: ";
/// How long the demo may take, a first build included.
const READY_MAX: Duration = Duration::from_secs(25 * 60);
/// How long the demo may take to end after Ctrl-C.
const END_MAX: Duration = Duration::from_secs(30);
/// How much longer than the demo the processes it started may take to be gone: an orphan stays in
/// the process table until the first process of the machine collects it.
const STRAGGLER_MAX: Duration = Duration::from_secs(10);

/// Runs the browser tests against a demo started for them, and checks that it ends cleanly.
///
/// # Errors
/// When the demo does not start, does not say where its page is, or does not end.
pub fn run(root: &Path) -> Result<Tally, String> {
    let data = Data::new()?;
    let mut demo = Demo::start(root, &data.0)?;
    let url = demo.wait_for_address()?;
    println!("    the page is at {url}");
    let mut tests = step::npm(root, &["run", "e2e"]);
    let tally = super::test(Runner::Playwright, tests.env("PUMASI_URL", &url));
    demo.end(&url)?;
    Ok(tally)
}

/// A data folder for one run, removed afterwards.
struct Data(PathBuf);

impl Data {
    fn new() -> Result<Self, String> {
        let folder = std::env::temp_dir().join(format!("pumasi-demo-{}", std::process::id()));
        fs::create_dir_all(&folder)
            .map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
        Ok(Self(folder))
    }
}

impl Drop for Data {
    fn drop(&mut self) {
        // A folder left behind is a nuisance and no failure of the run.
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("cannot remove {}: {error}", self.0.display());
        }
    }
}

/// The running demo, in a process group of its own so that one signal reaches all of it.
struct Demo {
    child: Child,
    ended: bool,
}

impl Demo {
    fn start(root: &Path, data: &Path) -> Result<Self, String> {
        let mut command = step::cargo(root);
        command.args(["demo", "--", "--data"]).arg(data.join("demo"));
        Self::spawn(&mut command)
    }

    fn spawn(command: &mut Command) -> Result<Self, String> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("cannot start the demo: {error}"))?;
        Ok(Self { child, ended: false })
    }

    /// Waits for the line that says where the page is; shows all others.
    fn wait_for_address(&mut self) -> Result<String, String> {
        let stdout = self.child.stdout.take().ok_or("the demo has no standard output")?;
        let (sender, lines) = mpsc::channel();
        // The reader outlives this call: a full pipe would stop the demo.
        std::thread::spawn(move || forward(stdout, &sender));
        lines.recv_timeout(READY_MAX).map_err(|error| match error {
            RecvTimeoutError::Disconnected => {
                format!("the demo ended without a line `{ANNOUNCEMENT}<address>`")
            }
            RecvTimeoutError::Timeout => "the demo did not get ready in time".to_owned(),
        })
    }

    /// Interrupts the demo as Ctrl-C would and checks that it ends well and leaves nothing behind.
    fn end(&mut self, url: &str) -> Result<(), String> {
        self.signal("INT")?;
        let status = self.wait_at_most(END_MAX)?;
        if !ended_well(status) {
            return Err(format!("after Ctrl-C the demo ended with {status}"));
        }
        self.check_nothing_runs(STRAGGLER_MAX)?;
        match address(url).map(|address| TcpStream::connect_timeout(&address, END_MAX)) {
            Some(Ok(_)) => Err(format!("the demo has ended and {url} still answers")),
            Some(Err(_)) => Ok(()),
            None => Err(format!("`{url}` names no address on this machine")),
        }
    }

    /// Checks that the demo ended every process it started, and ends those it did not.
    fn check_nothing_runs(&self, limit: Duration) -> Result<(), String> {
        let deadline = Instant::now() + limit;
        // Signal 0 reaches nobody and fails once the group is empty.
        while self.signal("0").is_ok() {
            if Instant::now() >= deadline {
                self.signal("KILL")?;
                return Err("the demo has ended and left processes behind".to_owned());
            }
            std::thread::park_timeout(Duration::from_millis(50));
        }
        Ok(())
    }

    fn wait_at_most(&mut self, limit: Duration) -> Result<ExitStatus, String> {
        let deadline = Instant::now() + limit;
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => {
                    self.ended = true;
                    return Ok(status);
                }
                Ok(None) if Instant::now() < deadline => {
                    std::thread::park_timeout(Duration::from_millis(50));
                }
                Ok(None) => {
                    return Err(format!("the demo did not end in {}", step::seconds(limit)));
                }
                Err(error) => return Err(format!("cannot wait for the demo: {error}")),
            }
        }
    }

    fn signal(&self, signal: &str) -> Result<(), String> {
        let group = format!("-{}", self.child.id());
        let mut kill = Command::new("kill");
        let status = kill.args(["-s", signal, "--", &group]).stderr(Stdio::null()).status();
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("cannot signal the demo: kill ended with {status}")),
            Err(error) => Err(format!("cannot signal the demo: {error}")),
        }
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        if !self.ended {
            // Whatever went wrong has been reported; nothing of it may run on.
            let killed = self
                .signal("KILL")
                .and_then(|()| self.child.wait().map(|_| ()).map_err(|error| error.to_string()));
            if let Err(message) = killed {
                eprintln!("{message}");
            }
        }
    }
}

/// Shows what the demo prints and sends each address it announces.
fn forward(stdout: impl Read, addresses: &mpsc::Sender<String>) {
    for line in BufReader::new(stdout).lines().map_while(Result::ok) {
        println!("{line}");
        if let Some(url) = line.strip_prefix(ANNOUNCEMENT) {
            // Nobody waits any more after the first address.
            let _ = addresses.send(url.trim().to_owned());
        }
    }
}

/// Ended by itself, by a shell's code for an interrupt, or by the interrupt.
fn ended_well(status: ExitStatus) -> bool {
    #[cfg(unix)]
    let interrupted = std::os::unix::process::ExitStatusExt::signal(&status) == Some(2);
    #[cfg(not(unix))]
    let interrupted = false;
    interrupted || matches!(status.code(), Some(0 | 130))
}

/// The socket address in a URL such as `http://127.0.0.1:8080/x`.
fn address(url: &str) -> Option<SocketAddr> {
    url.strip_prefix("http://")?.split(['/', '?']).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs a script with the interrupt as a terminal would set it: a shell that inherits it as
    /// ignored, as every job in the background does, could not trap it.
    fn shell(script: &str) -> Demo {
        let mut env = Command::new("env");
        Demo::spawn(env.args(["--default-signal=INT", "sh", "-c", script])).unwrap()
    }

    #[test]
    fn a_demo_that_ends_on_the_interrupt_passes() {
        let script = "trap 'exit 130' INT; echo building; echo 'UI: http://127.0.0.1:1/x'; \
                      while true; do sleep 0.1; done";
        let mut demo = shell(script);
        let url = demo.wait_for_address().unwrap();
        assert_eq!(url, "http://127.0.0.1:1/x");
        assert_eq!(demo.end(&url), Ok(()));
    }

    #[test]
    fn a_demo_that_fails_on_the_interrupt_is_reported() {
        let script = "trap 'exit 3' INT; echo 'UI: http://127.0.0.1:1/'; \
                      while true; do sleep 0.1; done";
        let mut demo = shell(script);
        let url = demo.wait_for_address().unwrap();
        assert!(demo.end(&url).unwrap_err().starts_with("after Ctrl-C the demo ended with"));
    }

    #[test]
    fn a_demo_that_leaves_a_process_behind_is_reported() {
        // The inner shell ignores the interrupt, says so, and outlives the demo.
        let script = "sh -c 'trap \"\" INT; echo UI: http://127.0.0.1:1/; \
                      while true; do sleep 0.1; done' & \
                      trap 'exit 0' INT; while true; do sleep 0.1; done";
        let mut demo = shell(script);
        demo.wait_for_address().unwrap();
        demo.signal("INT").unwrap();
        demo.wait_at_most(END_MAX).unwrap();
        let left = demo.check_nothing_runs(Duration::from_millis(300)).unwrap_err();
        assert!(left.contains("left processes behind"), "{left}");
        assert_eq!(demo.check_nothing_runs(END_MAX), Ok(()), "the straggler was not ended");
    }

    #[test]
    fn a_demo_that_leaves_a_listener_behind_is_reported() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let script = format!("trap 'exit 0' INT; echo 'UI: {url}'; while true; do sleep 0.1; done");
        let mut demo = shell(&script);
        let url = demo.wait_for_address().unwrap();
        assert!(demo.end(&url).unwrap_err().contains("still answers"));
    }

    #[test]
    fn a_demo_that_never_says_where_is_reported() {
        let told = shell("echo hello").wait_for_address().unwrap_err();
        assert!(told.starts_with("the demo ended without a line"), "{told}");
    }
}
