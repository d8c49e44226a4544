//! What the machine and the data folder of a node say: keys, disk, database.

use pumasi_base::Time;
use pumasi_view::page::AreaCode;

use super::super::files::NodeFile;
use super::super::{Service, ServiceError, author};
use super::{ENDING_DAYS, Finding, moment, or_well};
use crate::runtime::disk;
use crate::store::StoreError;
use crate::store::place::StoreShown;
use crate::store::postgres::show::Weakness;

const MEBIBYTE: u64 = 1024 * 1024;

/// Below this much room the disk is worth watching.
const FREE_BYTES_WATCH: u64 = 1024 * MEBIBYTE;

/// Below this much room somebody must act: a large drill fills it within hours.
const FREE_BYTES_ACT: u64 = 128 * MEBIBYTE;

/// Mandates that end soon, and a key that was revoked.
pub(super) fn keys(service: &Service, now: Time) -> Vec<Finding> {
    let node = author::key_id(service.node_key());
    let found = service.with_identities(|identities| {
        let mut found = Vec::new();
        let own = identities.of(service.party());
        if own.is_some_and(|identity| !identity.nodes.contains_key(&node)) {
            found.push(Finding::act("node_key_revoked", AreaCode::Keys));
        }
        for mandate in identities.ending(service.party(), now, ENDING_DAYS) {
            let finding = if mandate.not_after < now {
                Finding::act("mandate_ended", AreaCode::Keys)
            } else {
                Finding::watch("mandate_ending", AreaCode::Keys)
            };
            let finding = finding.saying("officer", &mandate.officer).saying("name", &mandate.name);
            found.push(finding.saying("time", moment(mandate.not_after)));
        }
        found
    });
    or_well(found, Finding::ok("keys_ok", AreaCode::Keys))
}

/// How the ledger of a node lies on its store.
pub(in crate::service) fn store_of(
    service: &Service,
) -> Result<Result<StoreShown, StoreError>, ServiceError> {
    let folder = service.folder();
    Ok(NodeFile::read(folder)?.place(folder)?.show(folder))
}

/// Room left on the disk, and what the database risks.
pub(super) fn disk_and_store(service: &Service) -> Result<Vec<Finding>, ServiceError> {
    let shown = store_of(service)?;
    let ledger = shown.as_ref().map(|shown| shown.bytes).unwrap_or_default();
    let mut found = vec![disk_of(disk::free_bytes(service.folder()), ledger)];
    found.extend(match &shown {
        Ok(shown) => store_findings(shown),
        Err(error) => {
            let silent = Finding::act("store_silent", AreaCode::Store);
            vec![silent.saying("why", error)]
        }
    });
    Ok(found)
}

fn disk_of(free: Option<u64>, ledger: u64) -> Finding {
    let finding = match free {
        None => return Finding::watch("disk_unknown", AreaCode::Disk),
        Some(free) if free < FREE_BYTES_ACT => Finding::act("disk_low", AreaCode::Disk),
        Some(free) if free < FREE_BYTES_WATCH => Finding::watch("disk_low", AreaCode::Disk),
        Some(_) => Finding::ok("disk_ok", AreaCode::Disk),
    };
    finding.saying("free", mebibytes(free.unwrap_or_default())).saying("ledger", mebibytes(ledger))
}

/// Bytes in MiB with one place, cut off.
fn mebibytes(bytes: u64) -> String {
    format!("{}.{} MiB", bytes / MEBIBYTE, bytes % MEBIBYTE * 10 / MEBIBYTE)
}

fn store_findings(shown: &StoreShown) -> Vec<Finding> {
    let weaknesses = shown.database.iter().flat_map(|database| &database.weaknesses);
    let found = weaknesses.map(|weakness| match weakness {
        Weakness::FsyncOff => Finding::act("store_fsync_off", AreaCode::Store),
        Weakness::FullPageWritesOff => Finding::act("store_pages_off", AreaCode::Store),
        Weakness::NoSynchronousStandby => Finding::watch("store_no_standby", AreaCode::Store),
    });
    let well = Finding::ok("store_ok", AreaCode::Store).saying("engine", shown.engine);
    or_well(found.collect(), well)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::postgres::show::Shown;

    #[track_caller]
    fn check(free: Option<u64>, expected: &str) {
        let finding = disk_of(free, 3 * MEBIBYTE / 2);
        assert_eq!(format!("{:?} {}", finding.severity, finding.code), expected);
    }

    #[test]
    fn a_disk_is_watched_before_it_is_full() {
        check(Some(FREE_BYTES_WATCH), "Ok disk_ok");
        check(Some(FREE_BYTES_WATCH - 1), "Watch disk_low");
        check(Some(FREE_BYTES_ACT), "Watch disk_low");
        check(Some(FREE_BYTES_ACT - 1), "Act disk_low");
        check(Some(0), "Act disk_low");
        check(None, "Watch disk_unknown");
        assert_eq!(mebibytes(0), "0.0 MiB");
        assert_eq!(mebibytes(3 * MEBIBYTE / 2), "1.5 MiB");
    }

    #[test]
    fn a_database_is_asked_what_it_risks() {
        let shown = |weaknesses: &[Weakness]| StoreShown {
            engine: "PostgreSQL",
            at: "postgres://localhost/aid".to_owned(),
            head: 1,
            bytes: 1,
            moved_to: None,
            database: Some(Shown {
                head: 1,
                bytes: 1,
                fence: 1,
                decider: "a/1".to_owned(),
                moved_to: None,
                standbys: Vec::new(),
                weaknesses: weaknesses.to_vec(),
            }),
        };
        let codes = |weaknesses: &[Weakness]| -> Vec<&str> {
            store_findings(&shown(weaknesses)).iter().map(|finding| finding.code).collect()
        };
        assert_eq!(codes(&[]), ["store_ok"]);
        assert_eq!(codes(&[Weakness::FsyncOff]), ["store_fsync_off"]);
        assert_eq!(
            codes(&[Weakness::FullPageWritesOff, Weakness::NoSynchronousStandby]),
            ["store_pages_off", "store_no_standby"]
        );
    }
}
