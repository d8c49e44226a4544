//! `cargo xtask peers`: our planner and the solvers of others on the same files, one thread each.
//!
//! The solvers of others are installed into a Python environment of their own below `target`.
//! Ratios within one run say something on any machine; seconds do not.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use serde_json::Value;

use crate::step;

/// What is installed, in the versions the published figures were measured with.
const PACKAGES: [&str; 5] =
    ["highspy==1.15.1", "numpy==2.4.6", "ortools==9.15.6755", "PuLP==3.3.2", "scipy==1.17.1"];
/// Who is measured when nobody is named. `pulp` and `warm` take minutes for each file.
const PEERS: [&str; 2] = ["highs", "glop"];

const USAGE: &str = "\
usage: cargo xtask peers [--scenarios FIRST-LAST] [--peers highs,glop,pulp,warm] [FILE…]
  without FILEs, instances of the reference family are drawn: scenarios 1 to 12";

/// Measures and prints a table.
///
/// # Errors
/// When something cannot be installed, built or run.
pub fn run(root: &Path, arguments: &[String]) -> Result<ExitCode, String> {
    let asked = Asked::of(arguments)?;
    let folder = root.join("target").join("peers");
    std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let python = environment(&folder)?;
    let files =
        if asked.files.is_empty() { drawn(root, &folder, asked.scenarios)? } else { asked.files };
    let mut rows = Vec::new();
    for file in &files {
        let row = row(root, &python, file, &asked.peers)?;
        println!("{}", row.text(&asked.peers));
        rows.push(row);
    }
    for (at, peer) in asked.peers.iter().enumerate() {
        println!("{}", summary(peer, rows.iter().filter_map(|row| row.ratio(at)).collect()));
        let closing: Vec<f64> = rows.iter().filter_map(|row| row.closing_ratio(at)).collect();
        if !closing.is_empty() {
            println!("{}", summary(&format!("{peer}, everything closed in turn"), closing));
        }
    }
    let after = |what: &str, ratio: fn(&Row<'_>) -> f64| {
        let who = format!("a plan from nothing, against one after {what}");
        println!("{}", summary(&who, rows.iter().map(ratio).collect()));
    };
    after("closing something used", |row| row.closed_ratio());
    after("doubling a need", |row| row.doubled_ratio());
    Ok(ExitCode::SUCCESS)
}

/// Measures ours and the peers on one file.
fn row<'a>(
    root: &Path,
    python: &Path,
    file: &'a Path,
    peers: &[String],
) -> Result<Row<'a>, String> {
    let ours = measured(bench(root).arg(file), "our planner")?;
    let mut row = Row {
        file,
        seconds: number(&ours, "seconds")?,
        sweep_seconds: number(&ours, "sweep_seconds")?,
        closed_seconds: number(&ours, "replanning_median")?,
        doubled_seconds: number(&ours, "doubled_median")?,
        peers: Vec::new(),
    };
    let cases = number(&ours, "cases")?;
    for peer in peers {
        let script = root.join("bench").join("flow").join("peers.py");
        let theirs = measured(Command::new(python).arg(script).arg(peer).arg(file), peer)?;
        let all = number(&theirs, "seconds")?;
        let (seconds, closing_seconds) = match peer.as_str() {
            // A loop of plans from nothing takes as long for each case as for the first.
            "highs" => (all, Some(cases * all)),
            "warm" => {
                let closing = number(&theirs, "closing_seconds")?;
                (all - closing, Some(closing))
            }
            _ => (all, None),
        };
        let apart = (number(&ours, "objective")? / number(&theirs, "objective")? - 1.0).abs();
        row.peers.push(Peer { seconds, closing_seconds, apart });
    }
    Ok(row)
}

struct Asked {
    scenarios: (u64, u64),
    peers: Vec<String>,
    files: Vec<PathBuf>,
}

impl Asked {
    fn of(arguments: &[String]) -> Result<Self, String> {
        let peers = PEERS.iter().map(ToString::to_string).collect();
        let mut asked = Self { scenarios: (1, 12), peers, files: Vec::new() };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let mut value = || rest.next().ok_or_else(|| USAGE.to_owned());
            match argument.as_str() {
                "--scenarios" => {
                    let range = value()?;
                    let (first, last) = range.split_once('-').unwrap_or((range, range));
                    let bounds = (first.parse(), last.parse());
                    let (Ok(first), Ok(last)) = bounds else { return Err(USAGE.to_owned()) };
                    asked.scenarios = (first, last);
                }
                "--peers" => asked.peers = value()?.split(',').map(ToOwned::to_owned).collect(),
                option if option.starts_with("--") => return Err(USAGE.to_owned()),
                file => asked.files.push(PathBuf::from(file)),
            }
        }
        Ok(asked)
    }
}

/// What one file took.
struct Row<'a> {
    file: &'a Path,
    /// A plan from nothing.
    seconds: f64,
    /// Everything that could be closed, closed in turn.
    sweep_seconds: f64,
    /// At the median, planning anew after closing something used, and after doubling a need.
    closed_seconds: f64,
    doubled_seconds: f64,
    peers: Vec<Peer>,
}

/// What a peer took for one file.
struct Peer {
    /// A plan from nothing.
    seconds: f64,
    /// Closing in turn: in a loop everything, warm what the plan uses.
    closing_seconds: Option<f64>,
    /// How far its objective is from ours.
    apart: f64,
}

impl Row<'_> {
    /// How many times longer a peer took.
    fn ratio(&self, peer: usize) -> Option<f64> {
        self.peers.get(peer).map(|peer| peer.seconds / self.seconds)
    }

    /// How many times longer a peer took to close in turn.
    fn closing_ratio(&self, peer: usize) -> Option<f64> {
        Some(self.peers.get(peer)?.closing_seconds? / self.sweep_seconds)
    }

    /// How many times longer a plan from nothing took than one after closing something used.
    fn closed_ratio(&self) -> f64 {
        self.seconds / self.closed_seconds
    }

    /// How many times longer a plan from nothing took than one after doubling a need.
    fn doubled_ratio(&self) -> f64 {
        self.seconds / self.doubled_seconds
    }

    fn text(&self, names: &[String]) -> String {
        let name = self.file.file_name().unwrap_or_default().to_string_lossy();
        let mut text = format!(
            "{name}: ours {:.3} s, closing everything {:.2} s, anew after closing 1/{:.1}, after \
             doubling 1/{:.1}",
            self.seconds,
            self.sweep_seconds,
            self.closed_ratio(),
            self.doubled_ratio()
        );
        for (at, (name, peer)) in names.iter().zip(&self.peers).enumerate() {
            let Peer { seconds, apart, .. } = peer;
            let ratio = self.ratio(at).unwrap_or(0.0);
            text.push_str(&format!("; {name} {seconds:.2} s, {ratio:.1} times, apart {apart:.1e}"));
            if let Some(ratio) = self.closing_ratio(at) {
                text.push_str(&format!(", closing {ratio:.0} times"));
            }
        }
        text
    }
}

/// The geometric mean and the median of the ratios, and the worst of them.
fn summary(peer: &str, mut ratios: Vec<f64>) -> String {
    let count = ratios.len().max(1);
    ratios.sort_by(f64::total_cmp);
    let middle = |at: usize| ratios.get(at).copied().unwrap_or(0.0);
    let median = f64::midpoint(middle((count - 1) / 2), middle(count / 2));
    let logs: f64 = ratios.iter().map(|ratio| ratio.ln()).sum();
    let mean = (logs / f64::from(u32::try_from(count).unwrap_or(u32::MAX))).exp();
    let worst = ratios.iter().copied().fold(f64::INFINITY, f64::min);
    format!(
        "{peer}: {mean:.1} times in the geometric mean of {count}, {median:.1} at the median, \
         {worst:.1} in the worst"
    )
}

/// The Python of the environment, made where it is not there yet.
fn environment(folder: &Path) -> Result<PathBuf, String> {
    let python = folder.join("python").join("bin").join("python");
    if !python.exists() {
        let mut make = Command::new("python3");
        step::run("Python environment", make.args(["-m", "venv"]).arg(folder.join("python")))?;
        let mut install = Command::new(&python);
        step::run(
            "solvers of others",
            install.args(["-m", "pip", "install", "-q"]).args(PACKAGES),
        )?;
    }
    Ok(python)
}

/// A command that runs our bench.
fn bench(root: &Path) -> Command {
    let mut command = step::cargo(root);
    command.args(["bench", "-q", "-p", "pumasi-wire", "--bench", "planning", "--"]);
    command
}

/// Draws instances and names their files.
fn drawn(root: &Path, folder: &Path, (first, last): (u64, u64)) -> Result<Vec<PathBuf>, String> {
    let mut draw = bench(root);
    draw.args(["--draw", &first.to_string(), &last.to_string()]).arg(folder);
    step::run("instances", &mut draw)?;
    Ok((first..=last).map(|n| folder.join(format!("scenario-{n}.json"))).collect())
}

/// Runs a command that prints one line of JSON.
fn measured(command: &mut Command, who: &str) -> Result<Value, String> {
    let output = command.output().map_err(|error| format!("{who}: cannot start: {error}"))?;
    let said = String::from_utf8_lossy(&output.stdout);
    let line = said.lines().rev().find(|line| line.starts_with('{'));
    let Some(line) = line.filter(|_| output.status.success()) else {
        return Err(format!("{who}: {}", String::from_utf8_lossy(&output.stderr)));
    };
    serde_json::from_str(line).map_err(|error| format!("{who}: {error}"))
}

fn number(said: &Value, field: &str) -> Result<f64, String> {
    said.get(field).and_then(Value::as_f64).ok_or_else(|| format!("`{field}` is missing: {said}"))
}
