//! A node is moved from one store to another and back, whatever interrupts it.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[allow(dead_code, reason = "another test uses the rest")]
mod cluster;
mod world;

use std::path::Path;

use cluster::{Cluster, Flush};
use pumasi_act::ActId;
use pumasi_node::service::files::NodeFile;
use pumasi_node::service::relocate::{RelocateError, relocate};
use pumasi_node::service::{Service, ServiceError};
use pumasi_node::store::moving::{Contents, CopyError, contents, copy};
use pumasi_node::store::postgres::{PostgresLedger, Standing};
use pumasi_node::store::{Blobs as _, SqliteLedger, StoreError};
use world::{LIBRARY, Node};

fn held(folder: &Path) -> (Contents, Vec<ActId>) {
    let service = world::open(folder);
    let matters = service.with_matters(|held| {
        held.iter().flat_map(|held| held.acts.iter().map(|act| act.id())).collect()
    });
    (contents(service.ledger()).unwrap(), matters)
}

fn refusal(folder: &Path) -> StoreError {
    match Service::open(folder, LIBRARY.clone()) {
        Err(ServiceError::Store(error)) => error,
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("it opens"),
    }
}

/// A node with some history, stopped.
fn stopped() -> tempfile::TempDir {
    let node = Node::new("jp-17");
    let matter = node.open_matter(&["jp-17", "kr-45"]);
    node.request(matter, "500 EA");
    node.request(matter, "20 EA");
    node.service.ledger().put_blob(b"something an act cites").unwrap();
    let Node { service, folder } = node;
    drop(service);
    folder
}

#[test]
fn a_node_moves_to_a_database_and_back() {
    let Some(cluster) = Cluster::start("a_node_moves", Flush::Memory) else { return };
    let folder = stopped();
    let before = held(folder.path());
    let embedded = NodeFile::read(folder.path()).unwrap();

    let moved = relocate(folder.path(), &cluster.address()).unwrap();
    assert_eq!(moved.contents, Some(before.0.clone()));
    assert_eq!(held(folder.path()), before, "positions, settings and files are the same");
    let again = relocate(folder.path(), &cluster.address()).unwrap();
    assert_eq!(again.contents, None, "it is there already");

    // The old store is not opened by accident, neither by this version nor by one before.
    let database = NodeFile::read(folder.path()).unwrap();
    embedded.write(folder.path()).unwrap();
    let error = refusal(folder.path());
    assert!(matches!(&error, StoreError::Moved { to, .. } if *to == moved.to), "{error}");
    assert!(error.help().contains("pumasi store move"));

    // That is also how things stand when the power fails before `node.toml` is written.
    relocate(folder.path(), &cluster.address()).unwrap();
    assert_eq!(NodeFile::read(folder.path()).unwrap(), database);

    // The node goes on there, and comes back over the copy it left behind.
    let service = world::open(folder.path());
    service
        .open_matter(world::new_matter(&["jp-17"], pumasi_base::Status::Exercise), world::now())
        .unwrap();
    let erased = pumasi_base::Digest::of(b"something an act cites");
    service.ledger().erase_blob(&erased).unwrap();
    drop(service);
    let after = held(folder.path());
    assert_ne!(after, before);
    let back = relocate(folder.path(), "sqlite").unwrap();
    assert_eq!(back.contents, Some(after.0.clone()));
    assert_eq!(held(folder.path()), after);
    assert_eq!(NodeFile::read(folder.path()).unwrap(), embedded);
    let ledger = SqliteLedger::open(folder.path()).unwrap();
    assert_eq!(ledger.blob(&erased).unwrap(), None, "what was erased there is erased here");
    drop(ledger);
    database.write(folder.path()).unwrap();
    assert_eq!(refusal(folder.path()).code(), "moved");
}

#[test]
fn a_move_goes_on_where_it_stopped_and_overwrites_nothing_else() {
    let Some(cluster) = Cluster::start("a_move_goes_on", Flush::Memory) else { return };
    let address = cluster.address().parse().unwrap();
    let target = || match PostgresLedger::acquire(&address, "test", None).unwrap() {
        Standing::Decides(ledger) => ledger,
        Standing::By(decider) => panic!("{decider} decides"),
    };
    // Everything was copied and then the power failed; the node worked on meanwhile.
    let folder = stopped();
    copy(&SqliteLedger::open(folder.path()).unwrap(), target().as_ref()).unwrap();
    let service = world::open(folder.path());
    service
        .open_matter(world::new_matter(&["jp-17"], pumasi_base::Status::Exercise), world::now())
        .unwrap();
    drop(service);
    let (expected, _) = held(folder.path());

    // Another node has no business there.
    let other = stopped();
    let untouched = contents(target().as_ref()).unwrap();
    let error = relocate(other.path(), &cluster.address()).unwrap_err();
    assert!(matches!(error, RelocateError::Copy(CopyError::Foreign(_))), "{error}");
    assert_eq!(contents(target().as_ref()).unwrap(), untouched);
    assert_eq!(held(other.path()).0.acts, 3, "and works on where it is");

    assert_eq!(relocate(folder.path(), &cluster.address()).unwrap().contents, Some(expected));

    // While the node runs, nobody moves it.
    let running = world::open(folder.path());
    assert!(relocate(folder.path(), "sqlite").is_err());
    assert_eq!(running.ledger().head().unwrap(), 4);
}
