//! The one suite every engine of [`pumasi_node::store`] passes.
//!
//! Integration tests include this file; it is no part of the shipped crate.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use pumasi_base::Digest;
use pumasi_node::store::{
    ACT_BYTES_MAX, Appended, BLOB_BYTES_MAX, Ledger, PAGE_BYTES_MAX, SettingChange, StoreError,
    StoredAct, Underway,
};

/// Opens the engine under test on a folder of its own.
pub type Open = fn(&Path) -> Arc<dyn Ledger>;

/// What the suite needs of an engine.
#[derive(Clone, Copy)]
pub struct Engine {
    /// Opens it, waiting for a process that was just killed to be gone.
    pub open: Open,
    /// Asks once to open it while it may be open already.
    pub second: fn(&Path) -> Result<Arc<dyn Ledger>, StoreError>,
    /// Cuts off whoever has it open, for engines where that can happen.
    pub cut: Option<fn(&Path)>,
    /// How many random sequences of steps it is compared with its model in.
    pub sequences: u32,
}

/// Overrides how many random sequences are tried.
const SEQUENCES: &str = "PUMASI_SEQUENCES";

/// Overrides how many times a process is killed.
const CYCLES: &str = "PUMASI_CYCLES";

/// The longest a store may take to serve again after a kill.
pub const RECOVERY_MAX: Duration = Duration::from_secs(10);

/// A number from the environment, or the one given.
pub fn number(variable: &str, default: u32) -> u32 {
    std::env::var(variable).map_or(default, |text| text.parse().unwrap())
}

/// How many times a process is killed.
pub fn cycles(default: u32) -> u32 {
    number(CYCLES, default)
}

/// Tells the child of a kill test which folder to write to.
const CHILD_FOLDER: &str = "PUMASI_CONTRACT_FOLDER";

/// Runs everything but [`survives_kill`], which needs a test of its own.
pub fn all(engine: Engine) {
    let open = engine.open;
    for law in [
        appends_are_idempotent,
        a_bad_batch_leaves_nothing,
        batches_land_in_turn,
        blobs_come_with_their_acts_or_not_at_all,
        pages_cover_the_log_without_gaps,
        pages_are_bounded_in_bytes,
        matters_keep_to_themselves,
        watchers_hear_of_the_head,
        settings_change_together,
        blobs_are_listed_in_order,
        concurrent_appends_lose_nothing,
    ] {
        let folder = tempfile::tempdir().unwrap();
        law(open, folder.path());
    }
    one_decides(engine);
    behaves_like_its_model(engine);
}

/// An act whose content is its number.
pub fn act(matter: u64, number: u64) -> StoredAct {
    let bytes = format!("act {number} of matter {matter}").into_bytes();
    StoredAct { id: Digest::of(&bytes), matter: Digest::of(&matter.to_be_bytes()), bytes }
}

/// Everything in the log, read page by page, after checking that positions are dense.
pub fn everything(ledger: &dyn Ledger, page_max: usize) -> Vec<StoredAct> {
    let mut acts = Vec::new();
    let mut after = 0;
    loop {
        let page = ledger.scan(after, page_max).unwrap();
        for (position, act) in &page.acts {
            after += 1;
            assert_eq!(*position, after, "positions are dense");
            acts.push(act.clone());
        }
        assert_eq!(page.end, after, "a page ends at its last act");
        if page.acts.is_empty() {
            assert_eq!(ledger.head().unwrap(), after);
            return acts;
        }
    }
}

fn appends_are_idempotent(open: Open, folder: &Path) {
    let ledger = open(folder);
    let batch = [act(1, 1), act(1, 2), act(1, 1)];
    let first = ledger.append(&batch).unwrap();
    let shown: Vec<_> = first.iter().map(|a| (a.position, a.new)).collect();
    assert_eq!(shown, [(1, true), (2, true), (1, false)], "also within one batch");
    let again = ledger.append(&[act(1, 2), act(1, 3)]).unwrap();
    let shown: Vec<_> = again.iter().map(|a| (a.id, a.position, a.new)).collect();
    assert_eq!(shown, [(act(1, 2).id, 2, false), (act(1, 3).id, 3, true)]);
    let resigned =
        StoredAct { bytes: b"the same act with one signature more".to_vec(), ..act(1, 1) };
    assert_eq!(ledger.append(&[resigned]).unwrap()[0].position, 1);
    assert_eq!(everything(&*ledger, 10), [act(1, 1), act(1, 2), act(1, 3)]);
    assert!(ledger.append(&[]).unwrap().is_empty());
}

fn a_bad_batch_leaves_nothing(open: Open, folder: &Path) {
    let ledger = open(folder);
    ledger.append(&[act(1, 1)]).unwrap();
    let misfiled = StoredAct { matter: act(2, 1).matter, ..act(1, 1) };
    let error = ledger.append(&[act(3, 5), act(1, 2), misfiled.clone()]).unwrap_err();
    assert!(matches!(error, StoreError::Misfiled { .. }), "{error}");
    let large = StoredAct { bytes: vec![0; ACT_BYTES_MAX + 1], ..act(1, 9) };
    let error = ledger.append(&[act(1, 3), large]).unwrap_err();
    assert!(matches!(error, StoreError::ActTooLarge { .. }), "{error}");
    assert_eq!(everything(&*ledger, 10), [act(1, 1)]);
    assert_eq!(ledger.matters().unwrap(), [act(1, 1).matter]);
    assert_eq!(ledger.append(&[act(1, 4)]).unwrap()[0].position, 2, "no position was burnt");
}

fn batches_land_in_turn(open: Open, folder: &Path) {
    let ledger = open(folder);
    let underway: Vec<_> =
        (0..20).map(|n| ledger.append_after(n, &[act(n % 3, n)], &[]).unwrap()).collect();
    underway.into_iter().for_each(|batch| batch.wait().unwrap());
    let expected: Vec<_> = (0..20).map(|n| act(n % 3, n)).collect();
    assert_eq!(everything(&*ledger, 10), expected);
    // One that fails takes along those that were to follow it, and nothing else.
    let misfiled = StoredAct { matter: act(9, 0).matter, ..act(0, 0) };
    let waits = |batch: Result<Underway, StoreError>| batch.and_then(Underway::wait);
    let first = ledger.append_after(20, &[act(1, 20), act(1, 21), misfiled], &[]);
    let second = ledger.append_after(23, &[act(1, 23)], &[]);
    assert!(matches!(waits(first), Err(StoreError::Misfiled { .. })));
    assert!(matches!(waits(second), Err(StoreError::OutOfTurn { after: 23, head: 20 })));
    assert!(waits(ledger.append_after(19, &[act(1, 24)], &[])).is_err(), "that place is taken");
    assert_eq!(everything(&*ledger, 10), expected);
    waits(ledger.append_after(20, &[act(1, 20)], &[])).unwrap();
    assert_eq!(ledger.head().unwrap(), 21);
}

fn blobs_come_with_their_acts_or_not_at_all(open: Open, folder: &Path) {
    let ledger = open(folder);
    let beside = |text: &str| (text.as_bytes().to_vec(), Digest::of(text.as_bytes()));
    let ((first, first_digest), (second, second_digest)) = (beside("first"), beside("second"));
    ledger.append_with(&[act(1, 1)], &[first.clone(), second.clone()]).unwrap();
    assert_eq!(ledger.blob(&first_digest).unwrap(), Some(first.clone()));
    assert!(ledger.erase_blob(&first_digest).unwrap());
    // What is here already may come again with nothing new beside it, or alone.
    ledger.append_with(&[act(1, 1)], std::slice::from_ref(&second)).unwrap();
    assert_eq!(ledger.blob(&first_digest).unwrap(), None);
    ledger.append_with(&[], std::slice::from_ref(&first)).unwrap();
    assert_eq!(ledger.blob(&first_digest).unwrap(), Some(first));
    assert_eq!(ledger.blob(&second_digest).unwrap(), Some(second));
    let (third, third_digest) = beside("third");
    let misfiled = StoredAct { matter: act(2, 1).matter, ..act(1, 1) };
    let error = ledger.append_with(&[act(1, 2), misfiled], std::slice::from_ref(&third));
    assert!(matches!(error, Err(StoreError::Misfiled { .. })));
    let large = vec![0; BLOB_BYTES_MAX + 1];
    let error = ledger.append_with(&[act(1, 2)], &[third.clone(), large]);
    assert!(matches!(error, Err(StoreError::BlobTooLarge { .. })));
    let out_of_turn = ledger.append_after(7, &[act(1, 2)], std::slice::from_ref(&third));
    assert!(out_of_turn.and_then(Underway::wait).is_err());
    assert_eq!(ledger.blob(&third_digest).unwrap(), None);
    ledger.append_after(1, &[act(1, 2)], std::slice::from_ref(&third)).unwrap().wait().unwrap();
    assert_eq!(ledger.blob(&third_digest).unwrap(), Some(third));
    assert_eq!(everything(&*ledger, 10), [act(1, 1), act(1, 2)]);
}

fn pages_cover_the_log_without_gaps(open: Open, folder: &Path) {
    let ledger = open(folder);
    let empty = ledger.scan(0, 10).unwrap();
    assert_eq!((empty.acts.len(), empty.end), (0, 0));
    let batch: Vec<_> = (0..25).map(|n| act(n % 3, n)).collect();
    ledger.append(&batch).unwrap();
    for page_max in [1, 7, 25, 100] {
        assert_eq!(everything(&*ledger, page_max), batch);
    }
    assert_eq!(ledger.scan(25, 10).unwrap().end, 25, "the head itself is a valid cursor");
    assert_eq!(ledger.scan(10, 0).unwrap().end, 10, "an empty page moves no cursor");
    let error = ledger.scan(26, 10).unwrap_err();
    assert!(matches!(error, StoreError::BeyondHead { after: 26, head: 25 }), "{error}");
    assert!(ledger.scan(u64::MAX, 10).is_err());
}

fn pages_are_bounded_in_bytes(open: Open, folder: &Path) {
    let ledger = open(folder);
    let large = |n: u64| StoredAct { bytes: vec![7; ACT_BYTES_MAX], ..act(1, n) };
    let count = u64::try_from(PAGE_BYTES_MAX / ACT_BYTES_MAX).unwrap() + 2;
    let batch: Vec<_> = (0..count).map(large).collect();
    ledger.append(&batch).unwrap();
    let page = ledger.scan(0, 1000).unwrap();
    assert_eq!(page.acts.len(), PAGE_BYTES_MAX / ACT_BYTES_MAX);
    assert_eq!(ledger.scan(page.end, 1000).unwrap().acts.len(), 2);
}

fn matters_keep_to_themselves(open: Open, folder: &Path) {
    let ledger = open(folder);
    ledger.append(&[act(2, 1), act(1, 2), act(2, 3)]).unwrap();
    assert_eq!(ledger.matters().unwrap(), [act(2, 0).matter, act(1, 0).matter]);
    assert_eq!(ledger.matter(&act(2, 0).matter).unwrap(), [act(2, 1), act(2, 3)]);
    assert!(ledger.matter(&act(9, 0).matter).unwrap().is_empty());
    let asked = [act(2, 3).id, act(9, 9).id, act(1, 2).id];
    assert_eq!(ledger.get(&asked).unwrap(), [act(2, 3), act(1, 2)]);
}

fn watchers_hear_of_the_head(open: Open, folder: &Path) {
    let ledger = open(folder);
    let mut watcher = ledger.watch();
    assert_eq!(*watcher.borrow_and_update(), 0);
    ledger.append(&[act(1, 1), act(1, 2)]).unwrap();
    assert!(watcher.has_changed().unwrap());
    assert_eq!(*watcher.borrow_and_update(), 2);
    ledger.append(&[act(1, 1)]).unwrap();
    ledger.put_setting("a", b"1").unwrap();
    assert!(!watcher.has_changed().unwrap(), "nothing new, no noise");
}

fn settings_change_together(open: Open, folder: &Path) {
    let ledger = open(folder);
    let change = |name: &str, value: Option<&str>| SettingChange {
        name: name.to_owned(),
        value: value.map(|v| v.as_bytes().to_vec()),
    };
    let first = [change("cursor/a", Some("1")), change("cursor/b", Some("2"))];
    ledger.put_settings(&first).unwrap();
    ledger.put_setting("cursor0", b"").unwrap();
    ledger.put_setting("Cursor/c", b"x").unwrap();
    let names = |prefix: &str| -> Vec<String> {
        ledger.settings(prefix).unwrap().into_iter().map(|(name, _)| name).collect()
    };
    assert_eq!(names("cursor/"), ["cursor/a", "cursor/b"]);
    assert_eq!(names(""), ["Cursor/c", "cursor/a", "cursor/b", "cursor0"]);
    assert_eq!(names("%"), [""; 0], "a prefix is no pattern");
    ledger.put_settings(&[change("cursor/a", None), change("cursor/b", Some("3"))]).unwrap();
    assert_eq!(ledger.setting("cursor/a").unwrap(), None);
    assert_eq!(ledger.setting("cursor/b").unwrap().as_deref(), Some(&b"3"[..]));
    assert_eq!(ledger.setting("cursor0").unwrap().as_deref(), Some(&b""[..]));
}

fn concurrent_appends_lose_nothing(open: Open, folder: &Path) {
    let ledger = open(folder);
    let (threads, rounds) = (4_u64, 40_u64);
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let ledger = Arc::clone(&ledger);
            scope.spawn(move || {
                for round in 0..rounds {
                    let own = act(thread, thread * rounds + round);
                    let shared = act(100, round);
                    let placed = ledger.append(&[own.clone(), shared.clone()]).unwrap();
                    assert!(placed[0].new);
                    // A neighbour in the same group that fails must not take others with it.
                    let misfiled = StoredAct { matter: act(200, 0).matter, ..own.clone() };
                    assert!(ledger.append(&[act(300, round), misfiled]).is_err());
                    assert_eq!(ledger.get(&[own.id, shared.id]).unwrap(), [own, shared]);
                }
            });
        }
        scope.spawn(|| {
            let mut seen = 0;
            while seen < threads * rounds + rounds {
                let page = ledger.scan(seen, 16).unwrap();
                for (position, _) in &page.acts {
                    seen += 1;
                    assert_eq!(*position, seen, "nothing appears below a cursor later");
                }
            }
        });
    });
    let acts = everything(&*ledger, 1000);
    assert_eq!(acts.len(), 200);
    assert!(ledger.matter(&act(300, 0).matter).unwrap().is_empty());
}

fn blobs_are_listed_in_order(open: Open, folder: &Path) {
    let ledger = open(folder);
    assert!(ledger.blobs(None, 10).unwrap().is_empty());
    let mut all: Vec<_> = (0..7_u8).map(|n| ledger.put_blob(&[n; 40]).unwrap()).collect();
    all.sort();
    assert_eq!(ledger.blobs(None, 3).unwrap(), all[..3]);
    assert_eq!(ledger.blobs(Some(&all[2]), 100).unwrap(), all[3..]);
    assert!(ledger.blobs(all.last(), 100).unwrap().is_empty());
}

/// Nobody decides beside another, and who was replaced changes nothing, however late it wakes up.
fn one_decides(engine: Engine) {
    let folder = tempfile::tempdir().unwrap();
    let first = (engine.open)(folder.path());
    first.append(&[act(1, 1)]).unwrap();
    let error = (engine.second)(folder.path()).err().unwrap();
    assert!(matches!(error, StoreError::Locked { .. }), "{error}");
    first.append(&[act(1, 2)]).unwrap();
    assert!(*first.decides().borrow());
    let Some(cut) = engine.cut else { return };
    // The first is asleep while it is cut off: nothing makes it look before the second decides.
    let second = loop {
        cut(folder.path());
        if let Ok(second) = (engine.second)(folder.path()) {
            break second;
        }
    };
    let attempts = [
        first.append(&[act(1, 3)]).map(|_| ()),
        first.append(&[act(1, 1)]).map(|_| ()),
        first.put_setting("a", b"1"),
        first.put_blob(b"text").map(|_| ()),
        first.erase_blob(&Digest::of(b"text")).map(|_| ()),
    ];
    for attempt in attempts {
        let error = attempt.unwrap_err();
        assert!(matches!(error, StoreError::Fenced { .. }), "{error}");
        assert_eq!(error.code(), "fenced");
    }
    assert!(!*first.decides().borrow());
    assert!(*second.decides().borrow());
    assert_eq!(second.append(&[act(1, 4)]).unwrap()[0].position, 3, "no position was burnt");
    assert_eq!(everything(&*second, 10), [act(1, 1), act(1, 2), act(1, 4)]);
    assert_eq!(everything(&*first, 10), [act(1, 1), act(1, 2), act(1, 4)], "it may still read");
    assert_eq!(second.setting("a").unwrap(), None);
    drop(first);
    assert_eq!(second.append(&[act(1, 5)]).unwrap()[0].position, 4, "nor does its end harm");
}

#[derive(Debug, Clone)]
enum Step {
    Append(Vec<u8>),
    AppendMisfiled(Vec<u8>),
    Set(u8, Option<u8>),
    PutBlob(u8),
    EraseBlob(u8),
    Reopen,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let few = 0..6_u8;
    let batch = prop::collection::vec(0..24_u8, 0..6);
    let step = prop_oneof![
        4 => batch.clone().prop_map(Step::Append),
        1 => batch.prop_map(Step::AppendMisfiled),
        2 => (few.clone(), prop::option::of(few.clone())).prop_map(|(n, v)| Step::Set(n, v)),
        1 => few.clone().prop_map(Step::PutBlob),
        1 => few.prop_map(Step::EraseBlob),
        1 => Just(Step::Reopen),
    ];
    prop::collection::vec(step, 1..14)
}

/// What a ledger is, said with ordinary collections.
#[derive(Default)]
struct Model {
    acts: Vec<StoredAct>,
    settings: BTreeMap<String, Vec<u8>>,
    blobs: BTreeSet<u8>,
}

fn numbered(number: u8) -> StoredAct {
    act(u64::from(number % 3), u64::from(number))
}

impl Model {
    fn append(&mut self, ledger: &dyn Ledger, numbers: &[u8]) {
        let batch: Vec<_> = numbers.iter().map(|n| numbered(*n)).collect();
        let placed = ledger.append(&batch).unwrap();
        for (act, placed) in batch.into_iter().zip(placed) {
            let known = self.acts.iter().position(|a| *a == act);
            let index = known.unwrap_or(self.acts.len());
            assert_eq!((placed.new, placed.id), (known.is_none(), act.id));
            assert_eq!(placed.position, u64::try_from(index).unwrap() + 1);
            if known.is_none() {
                self.acts.push(act);
            }
        }
    }

    fn step(&mut self, ledger: &dyn Ledger, step: &Step) {
        match step {
            Step::Append(numbers) => self.append(ledger, numbers),
            Step::AppendMisfiled(numbers) => {
                let mut batch: Vec<_> = numbers.iter().map(|n| numbered(*n)).collect();
                batch.push(StoredAct { matter: act(50, 0).matter, ..act(0, 99) });
                batch.push(StoredAct { matter: act(51, 0).matter, ..act(0, 99) });
                assert!(ledger.append(&batch).is_err());
            }
            Step::Set(number, value) => {
                let (name, value) = (format!("setting/{number}"), value.map(|v| vec![v]));
                let change = SettingChange { name: name.clone(), value: value.clone() };
                ledger.put_settings(&[change]).unwrap();
                match value {
                    Some(value) => self.settings.insert(name, value),
                    None => self.settings.remove(&name),
                };
            }
            Step::PutBlob(number) => {
                assert_eq!(ledger.put_blob(&[*number; 9]).unwrap(), Digest::of(&[*number; 9]));
                self.blobs.insert(*number);
            }
            Step::EraseBlob(number) => {
                let erased = ledger.erase_blob(&Digest::of(&[*number; 9])).unwrap();
                assert_eq!(erased, self.blobs.remove(number));
            }
            Step::Reopen => {}
        }
    }

    fn check(&self, ledger: &dyn Ledger) {
        assert_eq!(everything(ledger, 5), self.acts);
        let settings: BTreeMap<_, _> = ledger.settings("setting/").unwrap().into_iter().collect();
        assert_eq!(settings, self.settings);
        for number in 0..6 {
            let kept = ledger.blob(&Digest::of(&[number; 9])).unwrap();
            assert_eq!(kept, self.blobs.contains(&number).then(|| vec![number; 9]));
        }
        for matter in 0..3 {
            let expected: Vec<_> =
                self.acts.iter().filter(|a| a.matter == act(matter, 0).matter).cloned().collect();
            assert_eq!(ledger.matter(&act(matter, 0).matter).unwrap(), expected);
        }
    }
}

fn behaves_like_its_model(engine: Engine) {
    let open = engine.open;
    let cases = number(SEQUENCES, engine.sequences);
    let config = ProptestConfig { cases, failure_persistence: None, ..Default::default() };
    proptest!(config, |(steps in steps())| {
        let folder = tempfile::tempdir().unwrap();
        let mut model = Model::default();
        let mut ledger = open(folder.path());
        for step in &steps {
            model.step(&*ledger, step);
            if matches!(step, Step::Reopen) {
                drop(ledger);
                ledger = open(folder.path());
                model.check(&*ledger);
            }
        }
        model.check(&*ledger);
    });
}

/// What writing processes were told, over all their lives.
#[derive(Default)]
pub struct Acknowledged {
    acts: BTreeMap<u64, Digest>,
}

impl Acknowledged {
    /// Takes up the lines of a process: a position and an id in each.
    pub fn extend(&mut self, lines: &[String]) {
        for line in lines {
            let (position, id) = line.split_once(' ').unwrap();
            let id: Digest = id.parse().unwrap();
            let told = self.acts.insert(position.parse().unwrap(), id);
            assert!(told.is_none_or(|told| told == id), "two acts at position {position}");
        }
    }

    /// Whatever was acknowledged is there, at the position it was told to be at.
    pub fn check(&self, ledger: &dyn Ledger, cycle: u32) {
        let acts = everything(ledger, 1000);
        for (position, id) in &self.acts {
            let index = usize::try_from(*position).unwrap() - 1;
            assert_eq!(acts.get(index).map(|a| a.id), Some(*id), "cycle {cycle}");
        }
        assert!(acts.iter().all(|a| Digest::of(&a.bytes) == a.id), "no act is torn");
        let ids: BTreeSet<_> = acts.iter().map(|a| a.id).collect();
        assert_eq!(ids.len(), acts.len(), "no act lies at two positions");
    }

    /// How many acts were acknowledged.
    pub fn count(&self) -> usize {
        self.acts.len()
    }
}

/// Kills a writing process `cycles` times: whatever it had acknowledged is there afterwards, at
/// the position it named, and the store serves again within [`RECOVERY_MAX`].
///
/// `test` is the name of the calling test, which the child process runs again; `prepare` lays
/// what `open` needs into the folder.
pub fn survives_kill(open: Open, test: &str, cycles: u32, prepare: impl Fn(&Path)) {
    if let Some(folder) = child_folder() {
        append_until_killed(&*open(&folder));
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    prepare(folder.path());
    let mut acknowledged = Acknowledged::default();
    let mut recovery_max = Duration::ZERO;
    for cycle in 0..cycles {
        let mut child = Writing::start(folder.path(), test);
        child.wait_for_lines(1 + usize::try_from(cycle).unwrap() * 7 % 40);
        acknowledged.extend(&child.kill());
        let start = Instant::now();
        let ledger = open(folder.path());
        recovery_max = recovery_max.max(start.elapsed());
        acknowledged.check(&*ledger, cycle);
    }
    assert!(acknowledged.count() >= usize::try_from(cycles).unwrap(), "every cycle told something");
    report(test, cycles, acknowledged.count(), recovery_max);
}

/// Tells past the harness how a kill test went, and fails it when recovery took too long.
pub fn report(test: &str, cycles: u32, acts: usize, recovery_max: Duration) {
    let line = format!(
        "{test}: {cycles} cycles, {acts} acknowledged acts, none lost, recovery at most {} ms\n",
        recovery_max.as_millis()
    );
    std::io::stderr().write_all(line.as_bytes()).unwrap();
    assert!(recovery_max <= RECOVERY_MAX, "{line}");
}

/// The folder of the test that started this process, when one did.
pub fn child_folder() -> Option<PathBuf> {
    std::env::var_os(CHILD_FOLDER).map(PathBuf::from)
}

/// A process that appends and tells what was acknowledged.
pub struct Writing {
    child: Child,
    out: BufReader<ChildStdout>,
    lines: Vec<String>,
}

impl Writing {
    /// Starts this program again, with `test` alone.
    pub fn start(folder: &Path, test: &str) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", test, "--nocapture", "--test-threads=1"])
            .env(CHILD_FOLDER, folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Self { child, out, lines: Vec::new() }
    }

    /// Waits until so many more acts were acknowledged.
    pub fn wait_for_lines(&mut self, count: usize) {
        let wanted = self.lines.len() + count;
        while self.lines.len() < wanted {
            assert!(self.read_line(), "the child ended by itself");
        }
    }

    fn read_line(&mut self) -> bool {
        let mut line = String::new();
        if self.out.read_line(&mut line).unwrap() == 0 {
            return false;
        }
        // The harness prints lines of its own; ours are marked. The last may be cut short.
        if let Some((_, line)) = line.strip_suffix('\n').and_then(|l| l.split_once("stored ")) {
            self.lines.push(line.to_owned());
        }
        true
    }

    /// Kills it and gives every line: what stands in the pipe was acknowledged as well.
    pub fn kill(mut self) -> Vec<String> {
        self.child.kill().unwrap();
        while self.read_line() {}
        self.child.wait().unwrap();
        self.lines
    }
}

/// Appends until the process is killed; a batch whose outcome is unknown is appended again.
pub fn append_until_killed(ledger: &dyn Ledger) {
    let start = ledger.head().unwrap();
    std::thread::scope(|scope| {
        for thread in 0..3_u64 {
            scope.spawn(move || {
                for round in 0.. {
                    let number = (start + round) * 10 + thread;
                    let batch = [act(thread, number), act(7, number)];
                    let placed = append_at_last(ledger, &batch);
                    let mut out = std::io::stdout().lock();
                    for placed in placed {
                        writeln!(out, "stored {} {}", placed.position, placed.id).unwrap();
                    }
                    out.flush().unwrap();
                }
            });
        }
    });
}

fn append_at_last(ledger: &dyn Ledger, batch: &[StoredAct]) -> Vec<Appended> {
    let start = Instant::now();
    loop {
        match ledger.append(batch) {
            Ok(placed) => return placed,
            Err(StoreError::Io { .. }) if start.elapsed() < RECOVERY_MAX => {
                std::thread::yield_now()
            }
            Err(error) => panic!("{error}"),
        }
    }
}
