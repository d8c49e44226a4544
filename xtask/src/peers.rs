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
        let ours = measured(bench(root).arg(file), "our planner")?;
        let mut row = Row { ours: number(&ours, "seconds")?, file, peers: Vec::new() };
        for peer in &asked.peers {
            let script = root.join("bench").join("flow").join("peers.py");
            let theirs = measured(Command::new(&python).arg(script).arg(peer).arg(file), peer)?;
            let apart = (number(&ours, "objective")? / number(&theirs, "objective")? - 1.0).abs();
            row.peers.push((number(&theirs, "seconds")?, apart));
        }
        println!("{}", row.text(&asked.peers));
        rows.push(row);
    }
    for (at, peer) in asked.peers.iter().enumerate() {
        println!("{}", summary(peer, rows.iter().filter_map(|row| row.ratio(at)).collect()));
    }
    Ok(ExitCode::SUCCESS)
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
    ours: f64,
    /// Of each peer, its seconds and how far its objective is from ours.
    peers: Vec<(f64, f64)>,
}

impl Row<'_> {
    /// How many times longer a peer took.
    fn ratio(&self, peer: usize) -> Option<f64> {
        self.peers.get(peer).map(|(seconds, _)| seconds / self.ours)
    }

    fn text(&self, names: &[String]) -> String {
        let name = self.file.file_name().unwrap_or_default().to_string_lossy();
        let mut text = format!("{name}: ours {:.3} s", self.ours);
        for (at, (name, (seconds, apart))) in names.iter().zip(&self.peers).enumerate() {
            let ratio = self.ratio(at).unwrap_or(0.0);
            text.push_str(&format!("; {name} {seconds:.2} s, {ratio:.1} times, apart {apart:.1e}"));
        }
        text
    }
}

/// The geometric mean of the ratios and the worst of them.
fn summary(peer: &str, ratios: Vec<f64>) -> String {
    let count = ratios.len().max(1);
    let logs: f64 = ratios.iter().map(|ratio| ratio.ln()).sum();
    let mean = (logs / f64::from(u32::try_from(count).unwrap_or(u32::MAX))).exp();
    let worst = ratios.iter().copied().fold(f64::INFINITY, f64::min);
    format!("{peer}: {mean:.1} times in the geometric mean of {count}, {worst:.1} in the worst")
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
