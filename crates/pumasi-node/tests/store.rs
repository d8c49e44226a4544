//! The embedded engine passes the contract, and says clearly what is wrong when it cannot serve.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[path = "../src/store/contract.rs"]
mod contract;

use std::path::Path;
use std::sync::Arc;

use contract::{act, everything};
use pumasi_base::Digest;
use pumasi_node::runtime::lock::FolderLock;
use pumasi_node::store::sqlite::Limits;
use pumasi_node::store::{
    ActLog as _, BLOB_BYTES_MAX, Blobs as _, Ledger, Settings as _, SqliteLedger, StoreError,
    StoredAct,
};

fn open(folder: &Path) -> Arc<dyn Ledger> {
    Arc::new(SqliteLedger::open(folder).unwrap())
}

fn second(folder: &Path) -> Result<Arc<dyn Ledger>, StoreError> {
    Ok(Arc::new(SqliteLedger::open(folder)?))
}

#[test]
fn keeps_the_contract() {
    contract::all(contract::Engine { open, second, cut: None, sequences: 300 });
}

#[test]
fn survives_kill() {
    contract::survives_kill(open, "survives_kill", contract::cycles(10), |_| {});
}

#[test]
fn a_full_disk_stops_one_change_and_harms_none() {
    let folder = tempfile::tempdir().unwrap();
    let lock = FolderLock::hold(folder.path()).unwrap();
    let ledger = SqliteLedger::open_held(lock, Limits { pages_max: Some(64) }).unwrap();
    let large = |n| StoredAct { bytes: vec![1; 20_000], ..act(1, n) };
    let mut stored = Vec::new();
    let error = loop {
        let number = u64::try_from(stored.len()).unwrap();
        match ledger.append(&[large(number), large(number + 1)]) {
            Ok(_) => stored.extend([large(number), large(number + 1)]),
            Err(error) => break error,
        }
    };
    assert_eq!(error.code(), "disk_full", "{error}");
    assert!(error.to_string().contains("is full: this change was not stored"), "{error}");
    assert!(!stored.is_empty());
    assert_eq!(everything(&ledger, 100), stored, "all or nothing");
    ledger.put_setting("small", b"still fits").unwrap();
    ledger.check().unwrap();
    drop(ledger);
    let ledger = SqliteLedger::open(folder.path()).unwrap();
    let position = ledger.append(&[large(999)]).unwrap()[0].position;
    assert_eq!(position, u64::try_from(stored.len()).unwrap() + 1);
}

#[test]
fn a_folder_serves_one_process() {
    let folder = tempfile::tempdir().unwrap();
    let _ledger = SqliteLedger::open(folder.path()).unwrap();
    let error = SqliteLedger::open(folder.path()).unwrap_err();
    let expected = format!("is in use by process {}", std::process::id());
    assert!(error.to_string().ends_with(&expected), "{error}");
    assert!(error.help().contains("its own data folder"));
}

/// Makes a ledger with two acts and a blob, lets `harm` at its file, and shows how opening and
/// checking it fail.
fn check_harmed(harm: impl FnOnce(&Path), expected: &str) {
    let folder = tempfile::tempdir().unwrap();
    let ledger = SqliteLedger::open(folder.path()).unwrap();
    ledger.append(&[act(1, 1), act(1, 2), act(1, 3)]).unwrap();
    let digest = ledger.put_blob(b"text of an agreement").unwrap();
    drop(ledger);
    harm(&folder.path().join("ledger.sqlite"));
    let outcome = SqliteLedger::open(folder.path()).and_then(|ledger| {
        ledger.check()?;
        ledger.blob(&digest)
    });
    let shown = match outcome {
        Ok(_) => "serves".to_owned(),
        Err(error) => format!("{}: {error}", error.code()),
    };
    assert!(shown.contains(expected), "{shown}");
}

fn sql(statement: &'static str) -> impl FnOnce(&Path) {
    move |file| rusqlite::Connection::open(file).unwrap().execute_batch(statement).unwrap()
}

fn overwrite(start: usize, bytes: usize) -> impl FnOnce(&Path) {
    move |file| {
        let mut content = std::fs::read(file).unwrap();
        content[start..start + bytes].fill(0x55);
        std::fs::write(file, content).unwrap();
    }
}

#[test]
fn says_what_is_wrong_with_a_database() {
    check_harmed(|_| {}, "serves");
    check_harmed(sql("PRAGMA user_version = 9"), "too_new: ");
    check_harmed(
        sql("PRAGMA user_version = 9"),
        "has format 9, and this version reads formats up to 1",
    );
    check_harmed(
        sql("PRAGMA application_id = 7"),
        "is damaged: it is the database of another program",
    );
    check_harmed(sql("PRAGMA user_version = 0"), "is damaged: it has no format number");
    check_harmed(sql("DELETE FROM acts WHERE position = 2"), "has 2 acts but ends at position 3");
    check_harmed(sql("UPDATE blobs SET bytes = x'00'"), "corrupt: ");
    check_harmed(overwrite(0, 100), "corrupt: ");
    check_harmed(overwrite(4096 * 2, 4096), "corrupt: ");
}

#[test]
fn an_erased_file_leaves_no_bytes_behind() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = SqliteLedger::open(folder.path()).unwrap();
    let secret = b"protected content that must go ".repeat(2000);
    let digest = ledger.put_blob(&secret).unwrap();
    let kept = ledger.put_blob(b"kept").unwrap();
    let holding = || files_with(folder.path(), &secret[..31]);
    assert!(!holding().is_empty(), "the scan finds what is there");
    assert!(ledger.erase_blob(&digest).unwrap());
    assert_eq!(holding(), [""; 0]);
    assert!(!ledger.erase_blob(&digest).unwrap(), "erasing again does no harm");
    assert_eq!(ledger.blob(&digest).unwrap(), None);
    assert_eq!(ledger.blob(&kept).unwrap().as_deref(), Some(&b"kept"[..]));
}

fn files_with(folder: &Path, needle: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let content = std::fs::read(&path).unwrap();
        if content.windows(needle.len()).any(|window| window == needle) {
            found.push(path.display().to_string());
        }
    }
    found
}

#[test]
fn blobs_are_bounded() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = SqliteLedger::open(folder.path()).unwrap();
    let error = ledger.put_blob(&vec![0; BLOB_BYTES_MAX + 1]).unwrap_err();
    assert!(matches!(error, StoreError::BlobTooLarge { .. }), "{error}");
    assert_eq!(ledger.blob(&Digest::of(b"")).unwrap(), None);
    assert_eq!(ledger.put_blob(b"").unwrap(), Digest::of(b""));
    assert_eq!(ledger.blob(&Digest::of(b"")).unwrap(), Some(Vec::new()));
}
