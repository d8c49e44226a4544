//! What is worked out beside a drill whose pages stay open: a small readiness run.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use pumasi_node::readiness;

use crate::failure::{Exit, Failure};

/// The folder of the run among those of the drill.
const RUN: &str = "exercise";
/// So few that a laptop has them done while the first page is read.
const SCENARIOS: &str = "40";

/// A readiness run in a process of its own, which ends with this value at the latest.
///
/// It goes on where an earlier one stopped and ends at once where all is done. As in every
/// exercise drafts count. Whether it succeeds is seen on the page; no drill waits for it.
pub struct Beside(Child);

impl Beside {
    /// Starts it for the drill in `data`.
    ///
    /// # Errors
    /// When the system starts no process.
    pub fn start(data: &Path) -> Result<Self, Failure> {
        let failed = |error| Failure::new("failure-system", Exit::Ours).because(error);
        let program = std::env::current_exe().map_err(failed)?;
        Command::new(program)
            .args(["readiness", "run", "--drills", "--drafts", "--threads", "1"])
            .args(["--scenarios", SCENARIOS, "--out"])
            .arg(data.join(readiness::FOLDER).join(RUN))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map(Self)
            .map_err(failed)
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // It may have ended long ago; what it wrote is whole either way.
        let _gone = self.0.kill();
        let _reaped = self.0.wait();
    }
}
