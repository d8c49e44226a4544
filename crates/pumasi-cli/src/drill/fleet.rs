//! The nodes of a drill: one process each, with its own folder, keys, ledger and ports.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use pumasi_base::{PartyId, Time};
use pumasi_node::act::Envelope;
use pumasi_node::drill::Script;
use pumasi_node::library::Library;
use pumasi_node::readiness;
use pumasi_node::service::Service;
use pumasi_node::service::files::NodeFile;
use pumasi_node::service::init::{NewOfficer, init};
use serde_json::{Value, json};

use super::Stop;
use crate::desk_client::Desk;
use crate::failure::{Exit, Failure};

/// How long a node may take to answer for the first time.
const START_MAX: Duration = Duration::from_secs(30);
/// How long a node may take to stop by itself.
const STOP_MAX: Duration = Duration::from_secs(8);

/// One party's node.
struct Node {
    folder: PathBuf,
    listen: u16,
    desk: u16,
    identity: Vec<String>,
    process: Option<Child>,
}

/// Every node of a drill.
pub struct Fleet {
    readiness: PathBuf,
    nodes: BTreeMap<PartyId, Node>,
    stop: Stop,
}

/// A node's address for its officers.
pub struct Address {
    /// Whose.
    pub party: PartyId,
    /// The address with its token.
    pub url: String,
}

fn failed(error: impl ToString) -> Failure {
    Failure::new("failure-node-start", Exit::Ours).because(error)
}

impl Fleet {
    /// Makes the nodes that do not exist yet; none runs.
    ///
    /// # Errors
    /// When a folder cannot be written or a port cannot be had.
    pub fn prepare(
        data: &Path,
        script: &Script,
        library: &Library,
        first_port: Option<u16>,
        stop: Stop,
    ) -> Result<Self, Failure> {
        let mut nodes = BTreeMap::new();
        let mut desks = first_port.into_iter().flat_map(|first| first..=u16::MAX);
        // Held until all are known, so that no port is given twice.
        let mut held = Vec::new();
        for party in &script.parties {
            let folder = data.join("nodes").join(party.as_str());
            if NodeFile::read(&folder).is_err() {
                make(&folder, party, script, library)?;
            }
            let service = Service::open(&folder, library.clone()).map_err(failed)?;
            let chain = service.with_identities(|all| all.chain(party));
            let identity = chain.iter().map(Envelope::write).collect();
            let listen = free_port(None, &mut held)?;
            let desk = free_port(desks.next(), &mut held)?;
            nodes.insert(party.clone(), Node { folder, listen, desk, identity, process: None });
        }
        Ok(Self { readiness: data.join(readiness::FOLDER), nodes, stop })
    }

    /// Starts nodes and acquaints every running node with every party.
    ///
    /// # Errors
    /// When one does not answer in time; its log is named.
    pub fn start(&mut self, parties: &BTreeSet<PartyId>) -> Result<(), Failure> {
        let program = std::env::current_exe().map_err(failed)?;
        for party in parties {
            let Some(node) = self.nodes.get_mut(party) else { continue };
            if node.process.is_none() {
                node.process = Some(spawn(&program, node, &self.readiness)?);
            }
        }
        for party in parties {
            self.wait_for(party)?;
        }
        self.acquaint(parties)
    }

    fn wait_for(&mut self, party: &PartyId) -> Result<(), Failure> {
        let started = Instant::now();
        loop {
            let stop = self.stop.asked();
            let Some(node) = self.nodes.get_mut(party) else { return Ok(()) };
            let ours = node.process.as_ref().map(Child::id);
            let ready = pumasi_node::run::desk_address(&node.folder)
                .is_ok_and(|(run, _)| Some(run.pid) == ours);
            if ready && Desk::open(&node.folder)?.read::<Value>("/node", &[]).is_ok() {
                return Ok(());
            }
            let ended = node.process.as_mut().and_then(|process| process.try_wait().ok().flatten());
            if ended.is_some() || stop || started.elapsed() > START_MAX {
                let log = node.folder.join("node.log");
                let last = std::fs::read_to_string(&log).unwrap_or_default();
                let last: Vec<&str> = last.lines().rev().take(6).collect();
                return Err(Failure::new("failure-node-start", Exit::Ours)
                    .because(format!("{party}: {}", log.display()))
                    .because(last.into_iter().rev().collect::<Vec<_>>().join("\n")));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Tells running nodes whom to trust and where they listen, and whom to know of those that do
    /// not run yet: fingerprints are exchanged before a disaster, not in it.
    fn acquaint(&self, started: &BTreeSet<PartyId>) -> Result<(), Failure> {
        for (party, node) in self.nodes.iter().filter(|(_, node)| node.process.is_some()) {
            let desk = Desk::open(&node.folder)?;
            for (other, theirs) in self.nodes.iter().filter(|(other, _)| *other != party) {
                if !started.contains(party) && !started.contains(other) {
                    continue;
                }
                let form = json!({
                    "identity": theirs.identity,
                    "url": format!("https://127.0.0.1:{}", theirs.listen),
                });
                desk.send::<Value>("/parties", &form)?;
            }
        }
        Ok(())
    }

    /// The desk of a running node.
    ///
    /// # Errors
    /// When it does not run.
    pub fn desk(&self, party: &PartyId) -> Result<Desk, Failure> {
        let node = self.nodes.get(party).ok_or_else(|| failed(format!("`{party}`")))?;
        Desk::open(&node.folder)
    }

    /// Who runs.
    #[must_use]
    pub fn running(&self) -> BTreeSet<PartyId> {
        let running = self.nodes.iter().filter(|(_, node)| node.process.is_some());
        running.map(|(party, _)| party.clone()).collect()
    }

    /// Every running node's address for its officers, in the order of the parties.
    ///
    /// # Errors
    /// When one does not run.
    pub fn addresses(&self) -> Result<Vec<Address>, Failure> {
        self.nodes
            .iter()
            .map(|(party, node)| {
                let (run, token) = pumasi_node::run::desk_address(&node.folder).map_err(failed)?;
                Ok(Address { party: party.clone(), url: format!("{}/?token={token}", run.desk) })
            })
            .collect()
    }

    /// Fails when a node has ended by itself.
    ///
    /// # Errors
    /// Naming the node.
    pub fn must_all_run(&mut self) -> Result<(), Failure> {
        for (party, node) in &mut self.nodes {
            let ended = node.process.as_mut().and_then(|process| process.try_wait().ok().flatten());
            if let Some(status) = ended.filter(|_| !self.stop.asked()) {
                return Err(failed(format!("`{party}` ended: {status}")));
            }
        }
        Ok(())
    }

    /// Stops every node and waits until it is gone.
    pub fn stop_all(&mut self) {
        for node in self.nodes.values_mut() {
            // A node stops when its standard input ends.
            if let Some(process) = &mut node.process {
                drop(process.stdin.take());
            }
        }
        for node in self.nodes.values_mut() {
            let Some(mut process) = node.process.take() else { continue };
            let asked = Instant::now();
            while process.try_wait().is_ok_and(|status| status.is_none()) {
                if asked.elapsed() > STOP_MAX {
                    // What it acknowledged is on disk; nothing is lost.
                    let _gone = process.kill();
                    break;
                }
                std::thread::sleep(Duration::from_millis(20));
            }
            let _reaped = process.wait();
        }
    }
}

impl Drop for Fleet {
    fn drop(&mut self) {
        self.stop_all();
    }
}

fn spawn(program: &Path, node: &Node, readiness: &Path) -> Result<Child, Failure> {
    let log = File::create(node.folder.join("node.log")).map_err(failed)?;
    let errors = log.try_clone().map_err(failed)?;
    Command::new(program)
        .arg("serve")
        .arg("--attended")
        .arg("--data")
        .arg(&node.folder)
        .args(["--listen", &format!("127.0.0.1:{}", node.listen)])
        .args(["--desk", &format!("127.0.0.1:{}", node.desk)])
        .arg("--readiness")
        .arg(readiness)
        .stdin(Stdio::piped())
        .stdout(log)
        .stderr(errors)
        .spawn()
        .map_err(failed)
}

/// Takes a port nobody listens on.
fn free_port(wanted: Option<u16>, held: &mut Vec<TcpListener>) -> Result<u16, Failure> {
    let port = wanted.unwrap_or(0);
    let taken = |error: std::io::Error| {
        Failure::new("failure-port", Exit::InUse).with("port", i64::from(port)).because(error)
    };
    let listener = TcpListener::bind(("127.0.0.1", port)).map_err(taken)?;
    let port = listener.local_addr().map_err(taken)?.port();
    held.push(listener);
    Ok(port)
}

fn make(folder: &Path, party: &PartyId, script: &Script, library: &Library) -> Result<(), Failure> {
    let entry = library.catalog.parties.get(party);
    let entry = entry.ok_or_else(|| failed(format!("`{party}` is not in the catalog")))?;
    let officers = [
        ("duty", DUTY, 1),
        ("logistics", LOGISTICS, 1),
        ("finance", FINANCE, 1),
        ("legal", AGREEMENTS, 2),
        ("head", AGREEMENTS, 2),
    ]
    .into_iter()
    .map(|(id, kinds, needed)| officer(id, kinds, needed, party, script.origin))
    .collect::<Result<Vec<_>, _>>()?;
    let now = pumasi_node::clock::Clock.now();
    init(folder, party, &entry.names, &officers, now.max(script.origin)).map_err(failed)?;
    Ok(())
}

fn officer(
    id: &str,
    kinds: &[&str],
    officers_needed: u32,
    party: &PartyId,
    not_before: Time,
) -> Result<NewOfficer, Failure> {
    Ok(NewOfficer {
        id: id.parse().map_err(failed)?,
        name: office(id, party).to_owned(),
        kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect(),
        amount_max: None,
        officers_needed,
        not_before,
    })
}

/// The office in the party's own language: it is the party that names its officers.
fn office(id: &str, party: &PartyId) -> &'static str {
    match (party.as_str().get(..2), id) {
        (Some("jp"), "duty") => "当直官",
        (Some("jp"), "logistics") => "物資調整官",
        (Some("jp"), "legal") => "法務官",
        (Some("jp"), "head") => "代表者",
        (Some("jp"), _) => "経理官",
        (Some("kr"), "duty") => "당직관",
        (Some("kr"), "logistics") => "물자조정관",
        (Some("kr"), "legal") => "법무관",
        (Some("kr"), "head") => "대표자",
        (Some("kr"), _) => "재무관",
        (Some("cn"), "duty") => "值班官员",
        (Some("cn"), "logistics") => "物资调配官员",
        (Some("cn"), "legal") => "法务官员",
        (Some("cn"), "head") => "负责人",
        (Some("cn"), _) => "财务官员",
        (_, "duty") => "duty officer",
        (_, "logistics") => "logistics officer",
        (_, "legal") => "legal officer",
        (_, "head") => "head of office",
        _ => "finance officer",
    }
}

/// What the duty officer may do.
const DUTY: &[&str] = &[
    "open_matter",
    "relay_alert",
    "report_needs",
    "report_situation",
    "choose_plan",
    "request_resource",
    "offer_resource",
    "push_resource",
    "retract_personal_data",
];
/// What the logistics officer may do.
const LOGISTICS: &[&str] = &[
    "requisition_resource",
    "commit_resource",
    "decline_resource",
    "dispatch_shipment",
    "receive_resource",
];
/// What the finance officer may do.
const FINANCE: &[&str] = &["bill_obligation", "discharge_obligation", "confirm_discharge"];

/// What the legal officer and the head of office may do together: the life of an agreement.
const AGREEMENTS: &[&str] = &[
    "open_matter",
    "draft_agreement",
    "initial_agreement",
    "sign_agreement",
    "ratify_agreement",
    "suspend_agreement",
    "resume_agreement",
    "give_notice",
    "suspend_notice",
    "resume_notice",
    "withdraw_notice",
    "agree_termination",
];

/// The officer of a party who may make an act of `kind`.
#[must_use]
pub fn officer_for(kind: &str) -> &'static str {
    if LOGISTICS.contains(&kind) {
        "logistics"
    } else if FINANCE.contains(&kind) {
        "finance"
    } else {
        "duty"
    }
}

/// The drill's time as acts write it.
#[must_use]
pub fn moment(origin: Time, minute: i64) -> Time {
    pumasi_base::time::plus_seconds(origin, minute.saturating_mul(60))
}
