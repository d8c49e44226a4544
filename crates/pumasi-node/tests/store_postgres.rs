//! The engine for several servers passes the contract, and what only it must stand.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[path = "../src/store/contract.rs"]
mod contract;

mod cluster;

use std::path::Path;
use std::sync::{Arc, Mutex, Weak};
use std::time::{Duration, Instant};

use cluster::{Cluster, Flush};
use contract::{Acknowledged, Writing, act, everything};
use pumasi_base::Digest;
use pumasi_node::store::postgres::show::{Weakness, show};
use pumasi_node::store::postgres::{Address, PostgresLedger, Standing};
use pumasi_node::store::{ActLog as _, Blobs as _, Ledger, Settings as _, StoreError};

/// The file by which the folder of a test names its database.
const ADDRESS_FILE: &str = "address";

/// The cluster that tests share which start and stop none themselves.
static SHARED: Mutex<Weak<Cluster>> = Mutex::new(Weak::new());

/// Gives the shared cluster; the last test that uses it stops it.
fn shared(test: &str) -> Option<Arc<Cluster>> {
    let mut shared = SHARED.lock().unwrap();
    if let Some(cluster) = shared.upgrade() {
        return Some(cluster);
    }
    let cluster = Arc::new(Cluster::start(test, Flush::Memory)?);
    *shared = Arc::downgrade(&cluster);
    Some(cluster)
}

/// The address that belongs to a test's folder: one it names, or a schema of its own.
fn address(folder: &Path) -> Address {
    if let Ok(address) = std::fs::read_to_string(folder.join(ADDRESS_FILE)) {
        return address.parse().unwrap();
    }
    let cluster = SHARED.lock().unwrap().upgrade().unwrap();
    let schema = Digest::of(folder.as_os_str().as_encoded_bytes()).short();
    format!("{}?schema=s_{schema}", cluster.address()).parse().unwrap()
}

fn second(folder: &Path) -> Result<Arc<dyn Ledger>, StoreError> {
    let address = address(folder);
    match PostgresLedger::acquire(&address, "test", None)? {
        Standing::Decides(ledger) => Ok(Arc::new(*ledger)),
        Standing::By(_) => {
            Err(StoreError::Locked { at: address.to_string().into(), process: None })
        }
    }
}

fn open(folder: &Path) -> Arc<dyn Ledger> {
    let start = Instant::now();
    loop {
        match second(folder) {
            Ok(ledger) => return ledger,
            // The server has not noticed yet that a killed process is gone.
            Err(_) if start.elapsed() < contract::RECOVERY_MAX => std::thread::yield_now(),
            Err(error) => panic!("{error}"),
        }
    }
}

fn opened(cluster: &Cluster) -> PostgresLedger {
    match PostgresLedger::acquire(&cluster.address().parse().unwrap(), "one", None).unwrap() {
        Standing::Decides(ledger) => *ledger,
        Standing::By(decider) => panic!("{decider} decides"),
    }
}

fn cut(folder: &Path) {
    let schema = address(folder);
    let mut client = SHARED.lock().unwrap().upgrade().unwrap().connect();
    // Only the sessions of this test: others share the server.
    let sql = format!(
        "SELECT pg_terminate_backend(locks.pid) FROM pg_locks AS locks \
         WHERE locktype = 'advisory' AND (classid::bigint << 32 | objid::bigint) = \
         hashtextextended('pumasi/{}', 0)",
        schema.to_string().rsplit_once('=').unwrap().1
    );
    client.batch_execute(&sql).unwrap();
}

#[test]
fn keeps_the_contract() {
    let Some(_cluster) = shared("keeps_the_contract") else { return };
    contract::all(contract::Engine { open, second, cut: Some(cut), sequences: 60 });
}

#[test]
fn survives_kill() {
    const TEST: &str = "survives_kill";
    if contract::child_folder().is_some() {
        return contract::survives_kill(open, TEST, 0, |_| {});
    }
    let Some(cluster) = Cluster::start(TEST, Flush::Disk) else { return };
    contract::survives_kill(open, TEST, contract::cycles(3), |folder| {
        std::fs::write(folder.join(ADDRESS_FILE), cluster.address()).unwrap();
    });
}

/// The primary is lost while a process appends; its standby takes over, and the process goes on.
#[test]
fn survives_the_loss_of_the_primary() {
    const TEST: &str = "survives_the_loss_of_the_primary";
    if let Some(folder) = contract::child_folder() {
        return contract::append_until_killed(&*open(&folder));
    }
    let Some(mut primary) = Cluster::start(TEST, Flush::Disk) else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = Acknowledged::default();
    let mut recovery_max = Duration::ZERO;
    let cycles = contract::cycles(3);
    for cycle in 0..cycles {
        let standby = Cluster::standby_of(&primary);
        let both = Cluster::address_of(&[&primary, &standby]);
        std::fs::write(folder.path().join(ADDRESS_FILE), both).unwrap();
        let mut child = Writing::start(folder.path(), TEST);
        child.wait_for_lines(1 + usize::try_from(cycle).unwrap() * 7 % 40);
        let start = Instant::now();
        primary.crash();
        standby.promote();
        // What was in the pipe already says nothing of the new primary.
        child.wait_for_lines(200);
        recovery_max = recovery_max.max(start.elapsed());
        acknowledged.extend(&child.kill());
        let ledger = open(folder.path());
        acknowledged.check(&*ledger, cycle);
        drop(ledger);
        primary = standby;
    }
    contract::report(TEST, cycles, acknowledged.count(), recovery_max);
}

/// The standby is gone: a commit that gives up waiting is no acknowledgement, nobody reads what
/// may yet be lost, and the same batch finds its place once the standby is back.
#[test]
fn an_unconfirmed_commit_is_unknown_and_can_be_repeated() {
    let Some(primary) = Cluster::start("an_unconfirmed_commit", Flush::Disk) else { return };
    let standby = Cluster::standby_of(&primary);
    let ledger = opened(&primary);
    ledger.append(&[act(1, 1)]).unwrap();
    standby.crash();
    let waiting = "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
    let cancel = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
    std::thread::scope(|scope| {
        let append = scope.spawn(|| ledger.append(&[act(1, 2)]));
        primary.wait_for(waiting, "the commit waits for its standby");
        primary.connect().batch_execute(cancel).unwrap();
        let error = append.join().unwrap().unwrap_err();
        assert_eq!(error.code(), "io", "{error}");
    });
    assert_eq!(*ledger.watch().borrow(), 1, "nobody is told of what may be lost");
    standby.up();
    let placed = ledger.append(&[act(1, 2), act(1, 3)]).unwrap();
    let shown: Vec<_> = placed.iter().map(|a| (a.position, a.new)).collect();
    assert_eq!(shown, [(2, false), (3, true)], "it was there, and is safe now");
    assert_eq!(everything(&ledger, 10), [act(1, 1), act(1, 2), act(1, 3)]);
}

#[test]
fn a_lost_session_is_replaced_while_nobody_else_decides() {
    let Some(cluster) = Cluster::start("a_lost_session", Flush::Memory) else { return };
    let ledger = opened(&cluster);
    ledger.append(&[act(1, 1)]).unwrap();
    for round in 2..6 {
        cluster.cut();
        let placed = loop {
            match ledger.append(&[act(1, round)]) {
                Ok(placed) => break placed,
                Err(error) => assert_eq!(error.code(), "io", "{error}"),
            }
        };
        assert_eq!(placed[0].position, round);
        assert_eq!(ledger.head().unwrap(), round);
    }
    assert!(*ledger.decides().borrow());
}

#[test]
fn an_erased_file_leaves_no_bytes_in_the_tables() {
    let Some(cluster) = Cluster::start("an_erased_file", Flush::Memory) else { return };
    let ledger = opened(&cluster);
    // Not compressible, so that the bytes stand in the file as they are.
    let secret: Vec<u8> =
        (0..400_u32).flat_map(|n| *Digest::of(&n.to_be_bytes()).as_bytes()).collect();
    let digest = ledger.put_blob(&secret).unwrap();
    let kept = ledger.put_blob(b"kept").unwrap();
    cluster.connect().batch_execute("CHECKPOINT").unwrap();
    assert!(holds(&cluster.tables(), &secret[64..128]), "the search finds what is there");
    assert!(ledger.erase_blob(&digest).unwrap());
    cluster.connect().batch_execute("CHECKPOINT").unwrap();
    assert!(!holds(&cluster.tables(), &secret[64..128]));
    assert!(!ledger.erase_blob(&digest).unwrap(), "erasing again does no harm");
    assert_eq!(ledger.blob(&kept).unwrap().as_deref(), Some(&b"kept"[..]));
}

fn holds(folder: &Path, needle: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return holds(&path, needle);
        }
        std::fs::read(&path).unwrap().windows(needle.len()).any(|window| window == needle)
    })
}

#[test]
fn says_how_the_database_stands_and_what_is_wrong_with_it() {
    let Some(cluster) = Cluster::start("says_how_the_database_stands", Flush::Memory) else {
        return;
    };
    let address: Address = cluster.address().parse().unwrap();
    assert_eq!(show(&address).unwrap_err().code(), "io", "there are no tables yet");
    let ledger = opened(&cluster);
    ledger.append(&[act(1, 1)]).unwrap();
    ledger.put_setting("a", b"1").unwrap();
    let shown = show(&address).unwrap();
    assert_eq!((shown.head, shown.fence, shown.decider.as_str()), (1, 1, "one"));
    assert_eq!(shown.weaknesses, [Weakness::FsyncOff, Weakness::NoSynchronousStandby]);
    assert!(shown.standbys.is_empty() && shown.bytes > 0 && shown.moved_to.is_none());
    drop(ledger);
    cluster.connect().batch_execute("UPDATE pumasi.head SET format = 9").unwrap();
    let error = PostgresLedger::acquire(&address, "two", None).unwrap_err();
    assert_eq!(error.code(), "too_new", "{error}");
    cluster
        .connect()
        .batch_execute("CREATE SCHEMA other; CREATE TABLE other.head (name text)")
        .unwrap();
    let other: Address = format!("{}?schema=other", cluster.address()).parse().unwrap();
    assert!(PostgresLedger::acquire(&other, "two", None).is_err(), "it is somebody else's");
}
