//! `cargo xtask live`: five nodes of the real binary, three days apart, then together again.
//!
//! Each node runs in a network namespace of its own where the machine allows it. The links are
//! cut, every node writes its share of a backlog through its desk, claiming times that run over 72
//! hours, and the links are healed. Measured are the seconds until all stand alike, the acts each
//! node took in a second, and then, while all write at a steady rate, how long an act takes from
//! the desk of one node to the ledger of another.

mod agent;
mod desk;
mod net;

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitCode, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::step;
use agent::now_ns;
use net::Net;

const PARTIES: [&str; 5] = ["jp-17", "kr-45", "jp-31", "kr-42", "cn-js"];

/// How long any step may take.
const PATIENCE: Duration = Duration::from_secs(600);

/// Signed acts of which one is looked for on every other node.
const SAMPLE: u64 = 20;

/// How much, how long.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Plan {
    acts: u64,
    seconds: u64,
    rate: u64,
    matters: u64,
    binary: Option<PathBuf>,
}

impl Plan {
    fn read(arguments: &[String]) -> Result<Self, String> {
        let mut plan = Self { acts: 50_000, seconds: 60, rate: 500, matters: 20, binary: None };
        let mut words = arguments.iter().filter(|word| *word != "--");
        while let Some(word) = words.next() {
            let value = words.next().ok_or_else(|| format!("`{word}` needs a value"))?;
            let number = || value.parse().map_err(|_| format!("`{value}` is no number"));
            match word.as_str() {
                "--acts" => plan.acts = number()?,
                "--seconds" => plan.seconds = number()?,
                "--rate" => plan.rate = number()?,
                "--matters" => plan.matters = number()?,
                "--binary" => plan.binary = Some(value.into()),
                _ => return Err(format!("`{word}` is no argument of live")),
            }
        }
        Ok(plan)
    }
}

/// Runs the measurement, or the hand at one node's desk when that is asked for.
///
/// # Errors
/// When an argument is unknown, or a node does not do what it should.
pub fn run(root: &Path, arguments: &[String]) -> Result<ExitCode, String> {
    if let [word, folder] = arguments
        && word == "--agent"
    {
        return agent::run(Path::new(folder)).map(|()| ExitCode::SUCCESS);
    }
    let plan = Plan::read(arguments)?;
    let binary = match &plan.binary {
        Some(binary) => binary.clone(),
        None => build(root, &["--release"])?,
    };
    measure(&plan, &binary).map(|()| ExitCode::SUCCESS)
}

/// Runs a small measurement, to see that nodes find together again; its figures say little.
///
/// # Errors
/// When they do not, or a node does not do what it should.
pub fn try_out(root: &Path) -> Result<(), String> {
    let plan = Plan { acts: 1_000, seconds: 5, rate: 50, matters: 5, binary: None };
    measure(&plan, &build(root, &[])?)
}

fn measure(plan: &Plan, binary: &Path) -> Result<(), String> {
    let folder = std::env::temp_dir().join(format!("pumasi-live-{}", std::process::id()));
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let net = Net::make(PARTIES.len());
    let outcome = Course::start(&net, binary, &folder).and_then(|mut course| course.run(plan));
    // What is left of the run is of no use to anybody.
    let _left = std::fs::remove_dir_all(&folder);
    outcome
}

fn build(root: &Path, profile: &[&str]) -> Result<PathBuf, String> {
    let mut build = step::cargo(root);
    build.args(["build", "--package", "pumasi-cli"]).args(profile);
    step::run("building the pumasi command", &mut build)?;
    let here = std::env::current_exe().map_err(|error| error.to_string())?;
    let target = here.ancestors().nth(2).unwrap_or(root);
    let folder = if profile.is_empty() { "debug" } else { "release" };
    Ok(target.join(folder).join(format!("pumasi{}", std::env::consts::EXE_SUFFIX)))
}

/// A node with the hand at its desk; both end with it.
struct Node {
    process: Child,
    hand: Child,
    orders: ChildStdin,
}

impl Drop for Node {
    fn drop(&mut self) {
        for process in [&mut self.hand, &mut self.process] {
            // One that has ended already cannot be ended.
            let _ended = process.kill();
            let _status = process.wait();
        }
    }
}

/// What a hand says, by the number of its node.
type Said = (usize, Value);

struct Course<'a> {
    net: &'a Net,
    nodes: Vec<Node>,
    said: Receiver<Said>,
    latencies: Vec<u64>,
    sampled: usize,
}

impl<'a> Course<'a> {
    fn start(net: &'a Net, binary: &Path, folder: &Path) -> Result<Self, String> {
        let (say, said) = channel();
        let mut nodes = Vec::new();
        for (index, party) in PARTIES.iter().enumerate() {
            let data = folder.join(party);
            let mut init = Command::new(binary);
            init.args(["init", "--party", party, "--officer", "duty:Duty officer", "--data"]);
            init.arg(&data).stdout(Stdio::null());
            step::run(&format!("making the node of {party}"), &mut init)?;
            nodes.push(start(net, binary, &data, index, &say)?);
        }
        Ok(Self { net, nodes, said, latencies: Vec::new(), sampled: 0 })
    }

    fn run(&mut self, plan: &Plan) -> Result<(), String> {
        let identities = self.ask_all(&json!({ "do": "identity" }))?;
        let known: Vec<Value> = identities
            .iter()
            .map(|party| if self.net.can_cut() { party.clone() } else { without_url(party) })
            .collect();
        self.ask_all(&json!({ "do": "trust", "parties": known }))?;
        self.net.cut(true)?;
        let each = plan.acts / 5;
        println!("apart: each of 5 nodes writes {each} acts in {} matters", plan.matters);
        self.ask_all(&json!({ "do": "open", "matters": plan.matters, "audience": PARTIES }))?;
        let wrote = self.ask_all(&json!({ "do": "write", "acts": each }))?;
        let slowest = wrote.iter().filter_map(|said| said.get("ns")?.as_u64()).max().unwrap_or(1);
        println!("  written: {} acts/s on each node", per_second(each, slowest));
        let positions = self.ask_all(&json!({ "do": "forget" }))?;
        let own: Vec<u64> =
            positions.iter().filter_map(|said| said.get("position")?.as_u64()).collect();
        let all: u64 = own.iter().sum();

        let healed = Instant::now();
        let healed_ns = now_ns();
        self.net.cut(false)?;
        if !self.net.can_cut() {
            self.ask_all(&json!({ "do": "trust", "parties": identities }))?;
        }
        let reached = self.ask_all(&json!({ "do": "reach", "position": all }))?;
        let took = healed.elapsed();
        self.until_alike()?;
        println!("healed: all {all} acts on every node after {}", step::seconds(took));
        println!("  equal digests after {} (wanted 60 s)", step::seconds(healed.elapsed()));
        for ((party, own), reached) in PARTIES.iter().zip(own).zip(&reached) {
            let moment = |key: &str| reached.get(key).and_then(Value::as_u64);
            let (from, to) = (moment("from").unwrap_or(healed_ns), moment("to").unwrap_or(0));
            let ns = to.saturating_sub(from);
            let rate = per_second(all - own, ns);
            println!("  {party}: {} acts in {} ms, {rate} acts/s", all - own, ns / 1_000_000);
        }
        self.steady(plan)
    }

    /// All write at a steady rate, and it is looked how soon the others have what was written.
    fn steady(&mut self, plan: &Plan) -> Result<(), String> {
        let rate = plan.rate / 5;
        let pace = json!({
            "do": "pace", "rate": rate, "seconds": plan.seconds, "sample": SAMPLE,
        });
        let done = self.ask_all(&pace)?;
        let slowest = done.iter().filter_map(|said| said.get("ns")?.as_u64()).max().unwrap_or(1);
        let acts = rate * plan.seconds * 5;
        println!("steady: {acts} acts at {} acts/s over all nodes", per_second(acts, slowest));
        let last = Instant::now();
        while self.latencies.len() < self.sampled * (PARTIES.len() - 1) {
            self.next(last)?;
        }
        self.latencies.sort_unstable();
        let at = |share: usize| {
            let index = (self.latencies.len() * share / 1000).min(self.latencies.len() - 1);
            self.latencies.get(index).copied().unwrap_or_default() / 1_000_000
        };
        println!(
            "  signed to visible elsewhere: p50 {} ms, p99 {} ms, longest {} ms, of {} looked for \
             (wanted p99 below 1000 ms)",
            at(500),
            at(990),
            at(1000),
            self.latencies.len()
        );
        self.until_alike()
    }

    /// Returns once all nodes show the same digests.
    fn until_alike(&mut self) -> Result<(), String> {
        let start = Instant::now();
        loop {
            let digests = self.ask_all(&json!({ "do": "digests" }))?;
            if digests.windows(2).all(|pair| pair.first() == pair.last()) {
                return Ok(());
            }
            if start.elapsed() > PATIENCE {
                return Err("the nodes do not come to stand alike".to_owned());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Tells every hand the same and waits for what each answers, in the order of nodes.
    fn ask_all(&mut self, order: &Value) -> Result<Vec<Value>, String> {
        for node in &mut self.nodes {
            tell(&mut node.orders, order)?;
        }
        let mut answers = vec![Value::Null; self.nodes.len()];
        let start = Instant::now();
        while answers.contains(&Value::Null) {
            if let Some((index, answer)) = self.next(start)?
                && let Some(place) = answers.get_mut(index)
            {
                *place = answer;
            }
        }
        Ok(answers)
    }

    /// Hears what is said next; what belongs to the looking is dealt with at once.
    fn next(&mut self, start: Instant) -> Result<Option<Said>, String> {
        let left = PATIENCE.saturating_sub(start.elapsed());
        let late = |_| "a node does not do what it was told".to_owned();
        let (index, said) = self.said.recv_timeout(left).map_err(late)?;
        if let Some(ns) = said.get("seen_ns").and_then(Value::as_u64) {
            self.latencies.push(ns);
            return Ok(None);
        }
        if let Some(id) = said.get("signed") {
            let look = json!({ "do": "look", "id": id, "at": said.get("at") });
            self.sampled += 1;
            let others = self.nodes.iter_mut().enumerate().filter(|(other, _)| *other != index);
            for (_, node) in others {
                tell(&mut node.orders, &look)?;
            }
            return Ok(None);
        }
        if said == json!("ended") {
            return Err(format!("the node of {} failed", PARTIES.get(index).unwrap_or(&"?")));
        }
        Ok(Some((index, said)))
    }
}

fn tell(orders: &mut ChildStdin, order: &Value) -> Result<(), String> {
    writeln!(orders, "{order}").map_err(|error| format!("a hand does not listen: {error}"))
}

fn per_second(acts: u64, ns: u64) -> u64 {
    u64::try_from(u128::from(acts) * 1_000_000_000 / u128::from(ns.max(1))).unwrap_or(u64::MAX)
}

fn without_url(party: &Value) -> Value {
    json!({ "identity": party.get("identity") })
}

/// Starts a node where it belongs, and the hand at its desk beside it.
fn start(
    net: &Net,
    binary: &Path,
    data: &Path,
    index: usize,
    say: &Sender<Said>,
) -> Result<Node, String> {
    let number = index + 1;
    let log = std::fs::File::create(data.join("log")).map_err(|error| error.to_string())?;
    let mut serve = net.at(number, binary);
    serve.args(["serve", "--listen", &net.address(number), "--data"]).arg(data);
    serve.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
    let mut process = serve.spawn().map_err(|error| format!("cannot start a node: {error}"))?;
    let begun = Instant::now();
    while !data.join("run.json").exists() {
        let ended = process.try_wait().map_err(|error| error.to_string())?;
        if ended.is_some() || begun.elapsed() > PATIENCE {
            let said = std::fs::read_to_string(data.join("log")).unwrap_or_default();
            return Err(format!("a node does not start: {said}"));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut hand = net.at(number, &own);
    hand.args(["live", "--agent"]).arg(data).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut hand = hand.spawn().map_err(|error| format!("cannot start a hand: {error}"))?;
    let (Some(orders), Some(output)) = (hand.stdin.take(), hand.stdout.take()) else {
        return Err("a hand has no ear or no mouth".to_owned());
    };
    let say = say.clone();
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            let said = serde_json::from_str(&line).unwrap_or(Value::String(line));
            if say.send((index, said)).is_err() {
                return;
            }
        }
        // Nobody listens any more when the run itself is over.
        let _over = say.send((index, json!("ended")));
    });
    Ok(Node { process, hand, orders })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(arguments: &str, expected: &str) {
        let arguments: Vec<String> = arguments.split_whitespace().map(str::to_owned).collect();
        let shown = match Plan::read(&arguments) {
            Ok(plan) => format!("{} acts, {} s at {}", plan.acts, plan.seconds, plan.rate),
            Err(message) => message,
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_run_is_as_large_as_it_is_told() {
        check("", "50000 acts, 60 s at 500");
        check("-- --acts 100 --seconds 5", "100 acts, 5 s at 500");
        check("--rate 50", "50000 acts, 60 s at 50");
        check("--acts", "`--acts` needs a value");
        check("--acts many", "`many` is no number");
        check("--nodes 3", "`--nodes` is no argument of live");
    }

    #[test]
    fn rates_are_whole_acts_a_second() {
        assert_eq!(per_second(5000, 500_000_000), 10_000);
        assert_eq!(per_second(5, 0), 5_000_000_000);
    }
}
