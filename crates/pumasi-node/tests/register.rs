//! The register as evidence: nodes cosign each other, and one that shows two is caught.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod world;

use std::fs;
use std::path::Path;

use pumasi_log::{AddCheckpoint, Checkpoint, Equivocation, LeafProof, Note, WitnessRefusal};
use pumasi_node::act::ActId;
use pumasi_node::service::Service;
use pumasi_node::service::audit::{Holding, audit, publish};
use pumasi_node::service::register::{Origin, RegisterError, RegisterStanding};
use serde_json::{Value, json};
use world::running::{Running, until};
use world::{Node, introduce, now, open, party};

fn size(note: &Note, of: &Service) -> u64 {
    Checkpoint::verify(note, of.register_key()).unwrap().size
}

/// `one` asks `other` to cosign, as it does over the network.
fn cosign(one: &Node, other: &Node) -> Result<u64, RegisterError> {
    let seen = other.service.seen_for(one.service.party());
    let old = one.service.take_seen(other.service.party(), &seen)?;
    let request = one.service.ask_witness(old)?;
    // What travels is a text.
    let request: AddCheckpoint = request.to_string().parse().unwrap();
    let line = other.service.add_checkpoint(&request, now())?;
    Ok(one.service.keep_cosignature(&request.checkpoint, &line)?.size)
}

/// A second node from a copy of the folder of the first, which has stopped.
fn copy(node: Node) -> (Node, Node) {
    let Node { service, folder } = node;
    drop(service);
    let other = tempfile::tempdir().unwrap();
    copy_folder(folder.path(), other.path());
    let again = |folder: tempfile::TempDir| Node { service: open(folder.path()), folder };
    (again(folder), again(other))
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

fn trio() -> [Node; 3] {
    let nodes = ["jp-17", "kr-45", "cn-js"].map(Node::new);
    introduce(&nodes.each_ref());
    nodes
}

#[test]
fn every_act_is_proved_under_a_cosigned_checkpoint() {
    let [jp, kr, cn] = trio();
    let matter = jp.open_matter(&["kr-45"]);
    let acts: Vec<ActId> = (1..20).map(|n| jp.request(matter, &format!("{n} EA"))).collect();
    assert_eq!(cosign(&jp, &kr).unwrap(), 20);
    assert_eq!(cosign(&jp, &cn).unwrap(), 20);
    let note = jp.service.checkpoint().unwrap();
    for witness in [&kr, &cn] {
        let cosigner = Origin::cosigner(witness.service.register_key()).unwrap();
        let seconds = u64::try_from(now().as_second()).unwrap();
        assert_eq!(cosigner.cosigned(&note), Ok(Some(seconds)));
    }
    for act in acts {
        let proof: LeafProof = jp.service.prove_act(&act).unwrap().to_string().parse().unwrap();
        let bytes = jp.service.ledger().get(&[act.0]).unwrap().remove(0).bytes;
        assert_eq!(proof.verify(&bytes, jp.service.register_key()).unwrap().size, 20);
        assert!(proof.verify(b"another", jp.service.register_key()).is_err());
    }
    let unknown = ActId(pumasi_base::Digest::of(b"none"));
    assert!(matches!(jp.service.prove_act(&unknown), Err(RegisterError::ActUnknown(_))));
    // It grows, and what was cosigned stays while it is asked again.
    jp.request(matter, "500 EA");
    assert_eq!(cosign(&jp, &kr).unwrap(), 21);
    let shown = jp.reopen().service.register();
    let sizes: Vec<_> = shown.cosigned.iter().map(|c| (c.witness.party.clone(), c.size)).collect();
    assert_eq!(sizes, [(party("cn-js"), 20), (party("kr-45"), 21)]);
    assert_eq!(shown.checkpoint.unwrap().0.size, 21);
}

#[test]
fn what_a_witness_saw_survives_its_restart_and_is_told_to_whom_it_concerns() {
    let [jp, kr, cn] = trio();
    let matter = jp.open_matter(&["kr-45"]);
    cosign(&jp, &kr).unwrap();
    let kr = kr.reopen();
    assert_eq!(kr.service.seen_for(&party("jp-17")).len(), 1);
    // It shares nothing with the third, who learns nothing.
    assert!(kr.service.seen_for(&party("cn-js")).is_empty());
    let parcel = jp.parcel("kr-45", pumasi_node::service::FeedScope::All);
    kr.service.receive(&parcel).unwrap();
    assert!(kr.service.seen_for(&party("cn-js")).is_empty());
    drop(cn);
    // The restarted witness refuses to begin anew.
    jp.request(matter, "5 EA");
    let anew = jp.service.ask_witness(0).unwrap();
    let refused = kr.service.add_checkpoint(&anew, now());
    assert!(matches!(
        refused,
        Err(RegisterError::Refused(WitnessRefusal::Conflict { size: 1, contradiction: None }))
    ));
    assert_eq!(cosign(&jp, &kr).unwrap(), 2);
}

#[test]
fn a_restored_backup_is_told_so_and_signs_nothing_more() {
    let [jp, kr, cn] = trio();
    pumasi_node::sync::put_neighbour(
        &jp.service,
        &pumasi_node::sync::Neighbour { party: party("kr-45"), url: "https://kr:1".to_owned() },
    )
    .unwrap();
    let matter = jp.open_matter(&["kr-45"]);
    cosign(&jp, &kr).unwrap();
    let (jp, backup) = copy(jp);
    for quantity in ["1 EA", "2 EA", "3 EA"] {
        jp.request(matter, quantity);
    }
    assert_eq!(cosign(&jp, &kr).unwrap(), 4);
    drop(jp);
    // The backup has acts of its own, and has heard nobody yet: it keeps to what it signed before.
    backup.request(matter, "9 EA");
    assert!(matches!(backup.service.checkpoint(), Err(RegisterError::Unconfirmed)));
    assert_eq!(size(&backup.service.last_checkpoint().unwrap(), &backup.service), 1);
    let refused = cosign(&backup, &kr);
    assert!(matches!(refused, Err(RegisterError::Behind { here: 2, signed: 4 })), "{refused:?}");
    let standing = backup.service.register_standing();
    assert!(matches!(
        standing,
        RegisterStanding::Behind { here: 2, signed: 4, shown_by: Some(by), .. } if by == party("kr-45")
    ));
    // Nor does it sign for another who has seen less.
    assert!(matches!(cosign(&backup, &cn), Err(RegisterError::Behind { .. })));
    assert!(kr.service.register().contradictions.is_empty(), "an honest node convicts nobody");
}

/// Two copies of a node write different acts and show them to different neighbours, who compare.
fn two_faces(more: usize) -> (Node, Node, Node) {
    let [jp, kr, cn] = trio();
    let matter = jp.open_matter(&["kr-45", "cn-js"]);
    for witness in [&kr, &cn] {
        let parcel = jp.parcel("kr-45", pumasi_node::service::FeedScope::All);
        witness.service.receive(&parcel).unwrap();
        cosign(&jp, witness).unwrap();
    }
    let (one, other) = copy(jp);
    one.request(matter, "1 EA");
    other.request(matter, "2 EA");
    for _ in 0..more {
        other.request(matter, "3 EA");
    }
    cosign(&one, &kr).unwrap();
    cosign(&other, &cn).unwrap();
    let seen = cn.service.seen_for(kr.service.party());
    assert_eq!(seen.len(), 1);
    kr.service.take_seen(cn.service.party(), &seen).unwrap();
    (kr, other, cn)
}

#[track_caller]
fn check_convicted(kr: Node, liar: &Node, sizes: (u64, u64)) {
    let key = liar.service.register_key().clone();
    let kr = kr.reopen();
    let kept = kr.service.register().contradictions;
    assert_eq!(kept.len(), 1);
    let text = fs::read_to_string(kr.folder.path().join(&kept[0].file)).unwrap();
    let proof: Equivocation = text.parse().unwrap();
    let shown = proof.verify(&key).unwrap();
    assert_eq!((shown.smaller.size, shown.larger.size), sizes);
    assert!(proof.verify(kr.service.register_key()).is_err());
}

#[test]
fn two_registers_of_one_size_are_proved() {
    let (kr, liar, _) = two_faces(0);
    check_convicted(kr, &liar, (2, 2));
}

#[test]
fn two_registers_of_two_sizes_are_proved_by_their_own_path() {
    let (kr, liar, _) = two_faces(3);
    let doubts = kr.service.doubts_about(&party("jp-17"));
    assert_eq!(doubts.iter().map(|d| (d.old, d.new)).collect::<Vec<_>>(), [(2, 5)]);
    // A path that leads nowhere settles nothing.
    assert_eq!(kr.service.resolve(&doubts[0], &[]).unwrap(), None);
    let path = liar.service.prove_prefix(2, 5).unwrap();
    assert_eq!(kr.service.resolve(&doubts[0], &path).unwrap(), Some(true));
    assert!(kr.service.doubts_about(&party("jp-17")).is_empty());
    check_convicted(kr, &liar, (2, 5));
}

#[test]
fn checkpoints_that_agree_are_not_asked_about_twice() {
    let [jp, kr, cn] = trio();
    let matter = jp.open_matter(&["kr-45", "cn-js"]);
    let parcel = jp.parcel("kr-45", pumasi_node::service::FeedScope::All);
    cn.service.receive(&parcel).unwrap();
    kr.service.receive(&parcel).unwrap();
    cosign(&jp, &cn).unwrap();
    jp.request(matter, "5 EA");
    cosign(&jp, &kr).unwrap();
    let seen = cn.service.seen_for(kr.service.party());
    kr.service.take_seen(cn.service.party(), &seen).unwrap();
    let doubts = kr.service.doubts_about(&party("jp-17"));
    assert_eq!(doubts.len(), 1);
    let path = jp.service.prove_prefix(1, 2).unwrap();
    assert_eq!(kr.service.resolve(&doubts[0], &path).unwrap(), Some(false));
    kr.service.take_seen(cn.service.party(), &seen).unwrap();
    assert!(kr.service.doubts_about(&party("jp-17")).is_empty());
    assert!(kr.service.register().contradictions.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_running_nodes_cosign_each_other() {
    let (jp, kr) = (Running::start("jp-17").await, Running::start("kr-45").await);
    jp.trust(&kr, true).await;
    kr.trust(&jp, true).await;
    let matter = jp.open_matter(&["kr-45"]).await;
    for (here, there) in [(&jp, &kr), (&kr, &jp)] {
        until("a cosignature", async || {
            let page = here.get("/register").await.json();
            page["standing"] == json!("sound")
                && page["cosigned"][0]["party"]["id"] == json!(there.id)
        })
        .await;
    }
    until("the checkpoint over the matter", async || {
        let page = kr.get("/register").await.json();
        page["seen"][0]["party"]["id"] == json!("jp-17") && page["seen"][0]["size"] == json!(1)
    })
    .await;
    let proof = jp.get(&format!("/register/proof/{matter}")).await;
    assert_eq!(proof.status, 200, "{}", proof.body);
    let page = jp.get("/register").await.json();
    let key = page["key"].as_str().unwrap().parse().unwrap();
    let act = jp.get("/register/tile/entries/000.p/1").await;
    // Two bytes count those of the leaf.
    assert_eq!(act.status, 200);
    let proof: LeafProof = proof.body.parse().unwrap();
    assert_eq!(proof.index, 0);
    let leaf = act.body.split_once('{').unwrap().1;
    assert!(proof.verify(format!("{{{leaf}").as_bytes(), &key).is_ok());
    let unknown = jp.get("/register/proof/00").await.json();
    assert_eq!(unknown["code"], json!("act_unknown"));
    assert_eq!(page["contradictions"], Value::Array(Vec::new()));
}

/// What an audit finds, a line each: the code and the copy.
fn found(paths: &[&Path]) -> Vec<&'static str> {
    let holdings: Vec<Holding> = paths.iter().map(|path| Holding::read(path).unwrap()).collect();
    audit(&holdings).findings.iter().map(|finding| finding.code.code()).collect()
}

#[test]
fn copies_are_audited_alone_and_against_each_other() {
    let [jp, kr, _] = trio();
    let matter = jp.open_matter(&["kr-45"]);
    cosign(&jp, &kr).unwrap();
    jp.request(matter, "1 EA");
    cosign(&jp, &kr).unwrap();
    jp.request(matter, "2 EA");
    let folders = [jp.folder, kr.folder];
    drop((jp.service, kr.service));
    let [jp, kr] = folders.each_ref().map(tempfile::TempDir::path);
    assert_eq!(found(&[jp, kr]), [""; 0]);
    let holding = Holding::read(jp).unwrap();
    let report = audit(&[holding]).reports.remove(0);
    assert_eq!((report.acts, report.register.as_ref().unwrap().1), (3, 3));
    let chain = &report.chains[0];
    assert_eq!((chain.stretches.as_slice(), chain.gaps().as_slice()), (&[(0, 2)][..], &[][..]));
    let covered: Vec<_> = chain.covered.iter().map(|c| (c.seconds.is_some(), c.to)).collect();
    assert_eq!(covered, [(false, 1), (true, 1)], "the last act came after the last checkpoint");

    // Published, it says the same, until one byte of it changes.
    let out = jp.join("published");
    assert_eq!(publish(&Holding::read(jp).unwrap(), &out).unwrap(), 2);
    assert_eq!(found(&[&out, kr]), [""; 0]);
    let mut files = Vec::new();
    list(&out, &mut files);
    assert!(files.len() >= 6, "{files:?}");
    for file in files {
        let whole = fs::read(&file).unwrap();
        for at in [0, whole.len() / 3, whole.len() - 2] {
            let mut altered = whole.clone();
            altered[at] ^= 1;
            fs::write(&file, altered).unwrap();
            let caught = Holding::read(&out).map_or(true, |h| !audit(&[h]).findings.is_empty());
            // The line that names who exported a bundle is not signed.
            let is_head = file.ends_with("identities.bundle") && at == 0;
            assert!(caught || is_head, "{} at {at}", file.display());
        }
        fs::write(&file, whole).unwrap();
    }
    assert_eq!(found(&[&out]), [""; 0]);
}

fn list(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { list(&path, files) } else { files.push(path) }
    }
}

#[test]
fn an_audit_convicts_the_copy_that_was_rewritten() {
    let (kr, liar, cn) = two_faces(3);
    let folders = [kr.folder, liar.folder, cn.folder];
    drop((kr.service, liar.service, cn.service));
    let [kr, liar, cn] = folders.each_ref().map(tempfile::TempDir::path);
    assert_eq!(found(&[liar]), [""; 0], "alone it has one face only");
    assert_eq!(found(&[liar, cn]), [""; 0]);
    let holdings = [liar, kr].map(|path| Holding::read(path).unwrap());
    let audited = audit(&holdings);
    assert!(audited.findings.iter().all(|finding| finding.code.code() == "contradiction"));
    let evidence = folders[0].path().join("handed-on.txt");
    fs::write(&evidence, audited.contradictions[0].to_string()).unwrap();
    let reports = audit(&[Holding::read(&evidence).unwrap()]).reports;
    assert_eq!(reports[0].evidence, audited.contradictions[..1]);
}
