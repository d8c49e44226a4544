//! Witnesses cosign one history and no other; what contradicts itself is proved to anybody.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use ed25519_dalek::SigningKey;
use proptest::prelude::*;
use proptest::sample::Index;
use pumasi_base::Digest;
use pumasi_log::tile::{TILE_WIDTH, read_entries, write_entries};
use pumasi_log::{
    AddCheckpoint, Checkpoint, Cosignature, Cosigner, CosignerKey, Equivocation, LeafHash,
    LeafProof, Note, NoteKey, NoteSigner, Prefix, TileKind, TilePath, Tree, Witness,
    WitnessRefusal,
};

const ORIGIN: &str = "pumasi/kr-45/28a9704c/1";

fn signer() -> NoteSigner {
    NoteSigner::new(ORIGIN, SigningKey::from_bytes(&[7; 32])).unwrap()
}

fn cosigner() -> Cosigner {
    Cosigner::new("pumasi/jp-17/78f5d8d8/1", SigningKey::from_bytes(&[8; 32])).unwrap()
}

/// A tree of leaves of branch `branch`, whose first `shared` leaves all branches share.
fn tree(branch: u64, shared: u64, size: u64) -> Tree {
    let mut tree = Tree::new();
    for leaf in 0..size {
        let branch = if leaf < shared { 0 } else { branch };
        tree.append(format!("{branch}/{leaf}").as_bytes());
    }
    tree
}

fn note(tree: &Tree, size: u64) -> Note {
    let root = tree.root(size).unwrap();
    let (origin, extensions) = (ORIGIN.to_owned(), Vec::new());
    Checkpoint { origin, size, root, extensions }.sign(&signer()).unwrap()
}

fn key_of(origin: &str) -> Option<NoteKey> {
    (origin == ORIGIN).then(|| signer().public().clone())
}

fn ask(tree: &Tree, old: u64, new: u64) -> AddCheckpoint {
    let proof = tree.consistency(old.min(new), new).unwrap().path;
    AddCheckpoint { old, proof, checkpoint: note(tree, new) }
}

/// Asks, and lets the witness cosign what it lets pass.
fn cosign(witness: &mut Witness, request: &AddCheckpoint) -> Result<Cosignature, WitnessRefusal> {
    let continued = witness.examine(request, key_of)?;
    witness.cosign(&continued, &cosigner(), 1_700_000_000)
}

/// A witness that cosigned five leaves is asked `request`, by a line.
#[track_caller]
fn check(request: &AddCheckpoint, expected: &str) {
    let mut witness = Witness::new();
    cosign(&mut witness, &ask(&tree(0, 0, 5), 0, 5)).unwrap();
    // What is sent is what is read.
    let request: AddCheckpoint = request.to_string().parse().unwrap();
    let shown = match cosign(&mut witness, &request) {
        Ok(cosignature) => {
            let mut note = request.checkpoint.clone();
            let seconds = cosignature.add_to(&mut note, cosigner().public()).unwrap();
            assert_eq!(cosigner().public().cosigned(&note), Ok(Some(seconds)));
            format!("200 cosigned at {seconds}")
        }
        Err(refusal) => {
            let proved = refusal.contradiction().map(|proof| {
                let proof: Equivocation = proof.to_string().parse().unwrap();
                let shown = proof.verify(signer().public()).unwrap();
                format!(", proved {} against {}", shown.smaller.size, shown.larger.size)
            });
            format!("{} {refusal}{}", refusal.status(), proved.unwrap_or_default())
        }
    };
    assert_eq!(shown, expected);
}

#[test]
fn a_witness_answers_as_the_standard_says() {
    let (honest, other) = (tree(0, 0, 20), tree(1, 3, 20));
    check(&ask(&honest, 5, 9), "200 cosigned at 1700000000");
    check(&ask(&honest, 5, 5), "200 cosigned at 1700000000");
    let last = "the checkpoint cosigned last has the size 5";
    check(&ask(&honest, 0, 9), &format!("409 {last}"));
    check(&ask(&honest, 3, 4), &format!("409 {last}"));
    check(&ask(&honest, 6, 9), &format!("409 {last}"));
    check(&ask(&honest, 9, 6), "400 the old size is larger than that of the checkpoint");
    check(&ask(&other, 5, 5), &format!("409 {last}, proved 5 against 5"));
    check(&ask(&other, 0, 5), &format!("409 {last}, proved 5 against 5"));
    let wrong = "422 the proof does not lead from the checkpoint cosigned last to this one";
    check(&ask(&other, 5, 9), &format!("{wrong}, proved 5 against 9"));
    // A proof of nothing proves nothing.
    let empty = AddCheckpoint { proof: Vec::new(), ..ask(&other, 5, 9) };
    check(&empty, wrong);
    let foreign = NoteSigner::new("pumasi/kr-45/00000000/1", SigningKey::from_bytes(&[7; 32]));
    let foreign = foreign.unwrap();
    let unknown = Checkpoint {
        origin: foreign.public().name().to_owned(),
        size: 9,
        root: honest.root(9).unwrap(),
        extensions: Vec::new(),
    };
    let unknown = unknown.sign(&foreign).unwrap();
    let expected = "404 the register `pumasi/kr-45/00000000/1` is not known here";
    check(&AddCheckpoint { checkpoint: unknown, ..ask(&honest, 5, 9) }, expected);
    let thief = NoteSigner::new(ORIGIN, SigningKey::from_bytes(&[9; 32])).unwrap();
    let text = Checkpoint::verify(&note(&honest, 9), signer().public()).unwrap();
    let forged = AddCheckpoint { checkpoint: text.sign(&thief).unwrap(), ..ask(&honest, 5, 9) };
    check(&forged, "403 the checkpoint does not hold");
}

#[test]
fn a_rewritten_past_of_full_size_is_proved_with_its_first_node() {
    // A proof from a power of two leaves the first node out; with it the contradiction shows.
    let (honest, other) = (tree(0, 0, 20), tree(1, 3, 20));
    let mut witness = Witness::new();
    cosign(&mut witness, &ask(&honest, 0, 8)).unwrap();
    let refusal = cosign(&mut witness, &ask(&other, 8, 13)).unwrap_err();
    assert_eq!((refusal.status(), refusal.contradiction()), (422, None));
    let (key, notes) = (signer().public().clone(), [note(&honest, 8), note(&other, 13)]);
    let prefix = other.prefix(8, 13).unwrap();
    let proof = Equivocation::between(&notes[1], &notes[0], &key, Some(&prefix)).unwrap().unwrap();
    let shown = proof.verify(&key).unwrap();
    assert_eq!((shown.smaller.size, shown.larger.size), (8, 13));
    // What agrees is no contradiction, and without a path nothing is known.
    let agreeing = [note(&honest, 8), note(&honest, 13)];
    let prefix = honest.prefix(8, 13).unwrap();
    let between = |prefix| Equivocation::between(&agreeing[0], &agreeing[1], &key, prefix);
    assert_eq!(between(Some(&prefix)), Ok(None));
    assert_eq!(between(None), Ok(None));
    assert_eq!(Equivocation::between(&agreeing[0], &agreeing[0], &key, None), Ok(None));
    // Nor can a path of another tree make one.
    assert!(between(Some(&other.prefix(8, 13).unwrap())).is_err());
}

#[test]
fn requests_that_do_not_read_are_refused() {
    let good = ask(&tree(0, 0, 9), 5, 9).to_string();
    assert!(good.parse::<AddCheckpoint>().is_ok());
    let hash = format!("{}=", "A".repeat(43));
    for (from, to) in [
        ("old 5", "old 05"),
        ("old 5", "old"),
        ("old 5", "size 5"),
        ("old 5", "old -5"),
        ("old 5", &format!("old 5\n{}", [hash.as_str(); 64].join("\n"))),
        ("\n\n", "\n"),
        ("old 5\n", "old 5\nno hash\n"),
    ] {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good);
        assert!(bad.parse::<AddCheckpoint>().is_err(), "{from} -> {to}");
    }
}

/// Reads a path of a tile, and says what it names.
#[track_caller]
fn check_path(text: &str, expected: Option<(TileKind, u64, u16)>) {
    let read = text.parse::<TilePath>().ok();
    assert_eq!(read.map(|path| (path.kind, path.index, path.width)), expected, "{text}");
    if let Some(path) = read {
        assert_eq!(path.to_string(), text);
    }
}

#[test]
fn paths_of_tiles_are_those_of_the_standard() {
    check_path("tile/0/x001/x234/067", Some((TileKind::Hashes(0), 1_234_067, 256)));
    check_path("tile/entries/000.p/1", Some((TileKind::Entries, 0, 1)));
    check_path("tile/63/000.p/255", Some((TileKind::Hashes(63), 0, 255)));
    for bad in [
        "tile/64/000",
        "tile/00/000",
        "tile/0/0",
        "tile/0/x000/000",
        "tile/0/001/002",
        "tile/0/000.p/256",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/",
        "tile/-1/000",
        "tile/0/../000",
        "tile/entries",
        "entries/000",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
    ] {
        check_path(bad, None);
    }
    // SPEC: C2SP `tlog-tiles`, section "Partial Tiles", has this example.
    let names: Vec<String> = TilePath::all(70_000)
        .iter()
        .map(ToString::to_string)
        .filter(|n| n.contains(".p/"))
        .collect();
    let expected =
        ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1", "tile/entries/273.p/112"];
    assert_eq!(names, expected);
    assert_eq!(TilePath::all(70_000).len(), 274 + 2 + 1 + 274);
    let of_256: Vec<String> = TilePath::all(256).iter().map(ToString::to_string).collect();
    assert_eq!(of_256, ["tile/0/000", "tile/1/000.p/1", "tile/entries/000"]);
    assert!(TilePath::all(0).is_empty());
}

#[test]
fn tiles_hold_the_hashes_of_the_tree() {
    let size = 66_000;
    let tree = tree(0, 0, size);
    let at = |text: &str, size| tree.tile(&text.parse().unwrap(), size);
    for path in TilePath::all(size) {
        let tile = tree.tile(&path, size);
        match path.kind {
            TileKind::Entries => assert_eq!(tile, None),
            TileKind::Hashes(_) => assert_eq!(tile.unwrap().len(), usize::from(path.width) * 32),
        }
    }
    // Each hash of a tile is the root over a full tile below.
    let mut below = Tree::new();
    for hash in at("tile/0/003", size).unwrap().chunks_exact(32) {
        let hash = Digest::from_bytes(hash.try_into().unwrap());
        below.append_hash(LeafHash::from_digest(hash));
    }
    let above = at("tile/1/000", size).unwrap();
    let fourth = above.chunks_exact(32).nth(3).unwrap();
    assert_eq!(fourth, below.root(u64::from(TILE_WIDTH)).unwrap().as_bytes());
    // What a checkpoint does not cover is not given.
    assert_eq!(at("tile/0/000.p/11", 10), None);
    assert!(at("tile/0/000.p/10", 10).is_some() && at("tile/0/000.p/10", 300).is_some());
    assert_eq!(at("tile/1/000.p/1", 255), None);
    assert_eq!(at("tile/0/000", size + 1), None);
}

#[test]
fn leaves_of_a_tile_read_as_they_were_written() {
    let long = vec![7; 65_535];
    let leaves: [&[u8]; 3] = [b"", b"act", &long];
    let bytes = write_entries(leaves).unwrap();
    assert_eq!(read_entries(&bytes, 3).unwrap(), leaves);
    assert!(read_entries(&bytes, 2).is_err() && read_entries(&bytes, 4).is_err());
    assert!(read_entries(&bytes[..bytes.len() - 1], 3).is_err());
    let too_long = vec![7; 65_536];
    assert!(write_entries([too_long.as_slice()]).is_err());
}

/// The note in every reading that differs from it in one bit, when it reads at all.
fn flipped<T: std::str::FromStr>(text: &str, at: Index, bit: u8) -> Option<T> {
    let mut bytes = text.as_bytes().to_vec();
    let at = at.index(bytes.len());
    *bytes.get_mut(at)? ^= 1 << bit;
    String::from_utf8(bytes).ok()?.parse().ok()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_witness_never_signs_two_roots_for_one_size(
        questions in prop::collection::vec((0..3_u64, 0..12_u64, 0..12_u64, any::<bool>()), 1..40),
    ) {
        let branches = [0, 1, 2].map(|branch| tree(branch, 4, 12));
        let mut witness = Witness::new();
        let mut signed: Vec<(u64, Digest)> = Vec::new();
        // Answers that were kept back and come later, as those of two threads do.
        let mut pending = Vec::new();
        for (branch, old, new, at_once) in questions {
            let tree = &branches[usize::try_from(branch).unwrap()];
            let request = ask(tree, old, new);
            if let Ok(continued) = witness.examine(&request, key_of) {
                pending.push(continued);
            }
            if !at_once {
                continue;
            }
            for continued in pending.drain(..) {
                if witness.cosign(&continued, &cosigner(), 1).is_ok() {
                    signed.push((continued.checkpoint().size, continued.checkpoint().root));
                }
            }
        }
        prop_assert!(signed.is_sorted_by(|a, b| a.0 < b.0 || a == b), "{:?}", signed);
        // All of them are of one history.
        let of_one = branches.iter().any(|tree| {
            signed.iter().all(|(size, root)| tree.root(*size).unwrap() == *root)
        });
        prop_assert!(of_one);
    }

    #[test]
    fn two_histories_are_always_proved(
        shared in 0..40_u64, small in 1..40_u64, large in 1..60_u64,
    ) {
        let (one, other) = (tree(0, 0, 60), tree(1, shared, 60));
        let (small, large) = (small.min(large), small.max(large));
        let key = signer().public().clone();
        let notes = [note(&one, small), note(&other, large)];
        let prefix = (small < large).then(|| other.prefix(small, large).unwrap());
        let found = Equivocation::between(&notes[0], &notes[1], &key, prefix.as_ref()).unwrap();
        // They contradict each other exactly where the smaller one has a leaf of its own.
        prop_assert_eq!(found.is_some(), small > shared);
        if let Some(found) = found {
            let again: Equivocation = found.to_string().parse().unwrap();
            prop_assert_eq!(&again, &found);
            prop_assert!(again.verify(&key).is_ok());
        }
    }

    #[test]
    fn a_prefix_leads_to_the_earlier_root(new in 2..500_u64, old: Index, at: Index, bit in 0..8_u8) {
        let old = 1 + u64::try_from(old.index(usize::try_from(new).unwrap() - 1)).unwrap();
        let tree = tree(0, 0, new);
        let (root, earlier) = (tree.root(new).unwrap(), tree.root(old).unwrap());
        let prefix = tree.prefix(old, new).unwrap();
        prop_assert_eq!(prefix.old_root(root), Ok(earlier));
        let mut path = prefix.path.clone();
        let at = at.index(path.len() * 32);
        let mut bytes = *path[at / 32].as_bytes();
        bytes[at % 32] ^= 1 << bit;
        path[at / 32] = Digest::from_bytes(bytes);
        let altered = Prefix { path, ..prefix };
        prop_assert!(altered.old_root(root).is_err());
    }

    #[test]
    fn one_flipped_bit_of_a_text_is_caught(at: Index, bit in 0..8_u8) {
        let (honest, other) = (tree(0, 0, 20), tree(1, 3, 20));
        let (key, witness) = (signer().public().clone(), cosigner().public().clone());
        let mut noted = note(&honest, 9);
        cosign(&mut Witness::new(), &ask(&honest, 0, 9)).unwrap().add_to(&mut noted, &witness).unwrap();
        let holds = |note: &Note| {
            Checkpoint::verify(note, &key).is_ok() && witness.cosigned(note).is_ok_and(|t| t.is_some())
        };
        prop_assert!(holds(&noted));
        let altered = flipped::<Note>(&noted.to_string(), at, bit);
        prop_assert!(altered.is_none_or(|note| !holds(&note)));

        let leaf = b"0/5";
        let path = honest.inclusion(5, 9).unwrap().path;
        let proof = LeafProof { index: 5, path, checkpoint: note(&honest, 9) };
        prop_assert!(proof.verify(leaf, &key).is_ok());
        let altered = flipped::<LeafProof>(&proof.to_string(), at, bit);
        prop_assert!(altered.is_none_or(|proof| proof.verify(leaf, &key).is_err()));

        let prefix = other.prefix(8, 13).unwrap();
        let notes = [note(&honest, 8), note(&other, 13)];
        let proof = Equivocation::between(&notes[0], &notes[1], &key, Some(&prefix)).unwrap().unwrap();
        let altered = flipped::<Equivocation>(&proof.to_string(), at, bit);
        prop_assert!(altered.is_none_or(|proof| proof.verify(&key).is_err()));

        let mut asked = Witness::new();
        cosign(&mut asked, &ask(&honest, 0, 5)).unwrap();
        let altered = flipped::<AddCheckpoint>(&ask(&honest, 5, 9).to_string(), at, bit);
        prop_assert!(altered.is_none_or(|request| cosign(&mut asked, &request).is_err()));
    }

    #[test]
    fn one_flipped_bit_of_a_tile_is_caught(size in 1..600_u64, at: Index, bit in 0..8_u8) {
        let tree = tree(0, 0, size);
        let leaves: Vec<Vec<u8>> = (0..size).map(|leaf| format!("0/{leaf}").into_bytes()).collect();
        let mut bytes = write_entries(leaves.iter().map(Vec::as_slice)).unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let again = read_entries(&bytes, u16::try_from(size).unwrap()).map(|leaves| {
            let mut tree = Tree::new();
            leaves.iter().for_each(|leaf| { tree.append(leaf); });
            tree.root(size).unwrap()
        });
        prop_assert!(again.is_err() || again != Ok(tree.root(size).unwrap()));
    }

    #[test]
    fn foreign_texts_never_panic(text in "\\PC{0,200}", bytes: Vec<u8>, width: u16) {
        let _ = text.parse::<Equivocation>();
        let _ = text.parse::<AddCheckpoint>();
        let _ = text.parse::<Cosignature>();
        let _ = text.parse::<CosignerKey>();
        let _ = text.parse::<TilePath>();
        let _ = read_entries(&bytes, width);
    }
}
