//! The vectors of `docs/spec/vectors/register/`: texts that any second implementation can check.
//!
//! `UPDATE_EXPECT=1` writes them anew. A change to one of them is a change to what is signed.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::path::Path;

use ed25519_dalek::SigningKey;
use expect_test::expect_file;
use pumasi_log::proof::{read_hashes, write_hashes};
use pumasi_log::tile::write_entries;
use pumasi_log::{
    AddCheckpoint, Checkpoint, Consistency, Cosigner, CosignerKey, Equivocation, LeafProof, Note,
    NoteKey, NoteSigner, Prefix, Tree, Witness,
};

const ORIGIN: &str = "pumasi/kr-45/28a9704c/1";
const WITNESS: &str = "pumasi/jp-17/78f5d8d8/1";
const SECONDS: u64 = 1_700_000_000;

fn signer() -> NoteSigner {
    NoteSigner::new(ORIGIN, SigningKey::from_bytes(&[7; 32])).unwrap()
}

fn cosigner() -> Cosigner {
    Cosigner::new(WITNESS, SigningKey::from_bytes(&[8; 32])).unwrap()
}

/// Leaf `i` is the text `leaf <i>`, or in the rewritten register from the fourth on `other <i>`.
fn leaves(rewritten: bool) -> Vec<String> {
    let word = |leaf: u32| if rewritten && leaf > 2 { "other" } else { "leaf" };
    (0..13).map(|leaf| format!("{} {leaf}", word(leaf))).collect()
}

fn tree(rewritten: bool) -> Tree {
    let mut tree = Tree::new();
    for leaf in leaves(rewritten) {
        tree.append(leaf.as_bytes());
    }
    tree
}

fn note(tree: &Tree, size: u64) -> Note {
    let root = tree.root(size).unwrap();
    let (origin, extensions) = (ORIGIN.to_owned(), Vec::new());
    Checkpoint { origin, size, root, extensions }.sign(&signer()).unwrap()
}

fn ask(tree: &Tree, old: u64, new: u64) -> AddCheckpoint {
    let proof = tree.consistency(old, new).unwrap().path;
    AddCheckpoint { old, proof, checkpoint: note(tree, new) }
}

/// A witness that has cosigned five leaves, and its cosignature of nine.
fn cosigned() -> Note {
    let key = || Some(signer().public().clone());
    let (tree, mut witness) = (tree(false), Witness::new());
    let mut line = None;
    for request in [ask(&tree, 0, 5), ask(&tree, 5, 9)] {
        let continued = witness.examine(&request, |_| key()).unwrap();
        line = Some(witness.cosign(&continued, &cosigner(), SECONDS).unwrap());
    }
    let mut note = note(&tree, 9);
    line.unwrap().add_to(&mut note, cosigner().public()).unwrap();
    note
}

fn hexadecimal(bytes: &[u8]) -> String {
    let text = bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    text + "\n"
}

fn equivocation(sizes: (u64, u64)) -> Equivocation {
    let (honest, other) = (tree(false), tree(true));
    let prefix = other.prefix(sizes.0, sizes.1).ok();
    let notes = (note(&honest, sizes.0), note(&other, sizes.1));
    let key = signer().public().clone();
    Equivocation::between(&notes.0, &notes.1, &key, prefix.as_ref()).unwrap().unwrap()
}

#[test]
fn good_vectors_are_what_we_write() {
    let tree = tree(false);
    macro_rules! check {
        ($name:literal, $text:expr) => {
            expect_file![concat!("../../../docs/spec/vectors/register/", $name)]
                .assert_eq(&$text.to_string());
        };
    }
    check!("keys.txt", format!("{}\n{}\n", signer().public(), cosigner().public()));
    check!("checkpoint.txt", note(&tree, 9));
    check!("cosigned.txt", cosigned());
    check!("add-checkpoint.txt", ask(&tree, 5, 9));
    let path = tree.inclusion(5, 9).unwrap().path;
    check!("inclusion.txt", LeafProof { index: 5, path, checkpoint: note(&tree, 9) });
    check!("consistency.txt", write_hashes(&tree.consistency(5, 9).unwrap().path));
    check!("prefix.txt", write_hashes(&tree.prefix(8, 13).unwrap().path));
    let tile = tree.tile(&"tile/0/000.p/9".parse().unwrap(), 9).unwrap();
    check!("tile-0-000.p-9.hex", hexadecimal(&tile));
    let leaves = leaves(false);
    let entries = write_entries(leaves.iter().take(9).map(String::as_bytes)).unwrap();
    check!("tile-entries-000.p-9.hex", hexadecimal(&entries));
    check!("equivocation-same-size.txt", equivocation((5, 5)));
    check!("equivocation-rewritten.txt", equivocation((8, 13)));
}

fn read(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/spec/vectors/register");
    std::fs::read_to_string(folder.join(name)).unwrap()
}

/// Says what is found in a vector, as a reader does that has nothing but the two public keys.
fn found(sort: &str, text: &str) -> String {
    let keys = read("keys.txt");
    let mut keys = keys.lines();
    let key: NoteKey = keys.next().unwrap().parse().unwrap();
    let witness: CosignerKey = keys.next().unwrap().parse().unwrap();
    let tree = tree(false);
    let fault = |error: &dyn std::error::Error| {
        let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
        format!("refused: {error}{cause}")
    };
    match sort {
        "checkpoint" => {
            match text.parse().map_err(Into::into).and_then(|n| Checkpoint::verify(&n, &key)) {
                Ok(checkpoint) => format!("holds: {} leaves", checkpoint.size),
                Err(error) => fault(&error),
            }
        }
        "cosigned" => match text.parse::<Note>().and_then(|note| witness.cosigned(&note)) {
            Ok(Some(seconds)) => format!("holds: cosigned at {seconds}"),
            Ok(None) => "refused: not cosigned".to_owned(),
            Err(error) => fault(&error),
        },
        "add-checkpoint" => {
            let mut asked = Witness::new();
            asked.remember(&note(&tree, 5), &key).unwrap();
            match text.parse::<AddCheckpoint>() {
                Ok(request) => match asked.examine(&request, |_| Some(key)) {
                    Ok(continued) => format!("holds: {} leaves", continued.checkpoint().size),
                    Err(refusal) => format!("refused with {}", refusal.status()),
                },
                Err(error) => fault(&error),
            }
        }
        "inclusion" => {
            match text.parse::<LeafProof>().and_then(|proof| proof.verify(b"leaf 5", &key)) {
                Ok(checkpoint) => format!("holds: among {} leaves", checkpoint.size),
                Err(error) => fault(&error),
            }
        }
        "consistency" => {
            let path = read_hashes(text).unwrap_or_default();
            let proof = Consistency { old: 5, new: 9, path };
            match proof.verify(tree.root(5).unwrap(), tree.root(9).unwrap()) {
                Ok(()) => "holds: 5 begin 9".to_owned(),
                Err(error) => fault(&error),
            }
        }
        "prefix" => {
            let prefix = Prefix { old: 8, new: 13, path: read_hashes(text).unwrap_or_default() };
            match prefix.old_root(tree.root(13).unwrap()) {
                Ok(root) if root == tree.root(8).unwrap() => "holds: 8 begin 13".to_owned(),
                Ok(_) => "refused: another root".to_owned(),
                Err(error) => fault(&error),
            }
        }
        "equivocation" => match text.parse::<Equivocation>().and_then(|proof| proof.verify(&key)) {
            Ok(shown) => format!("holds: {} against {}", shown.smaller.size, shown.larger.size),
            Err(error) => fault(&error),
        },
        other => panic!("no sort of vector: {other}"),
    }
}

/// Bad vectors are good ones with one thing changed.
fn worsened() -> Vec<(&'static str, String)> {
    let swap = |name: &str, from: &str, to: &str| {
        let good = read(name);
        let bad = good.replacen(from, to, 1);
        assert_ne!(good, bad, "{name}: {from}");
        bad
    };
    let signed = note(&tree(false), 9).to_string();
    let line = signed.lines().last().unwrap();
    let same = read("equivocation-same-size.txt");
    let agreeing = {
        let tree = tree(false);
        let (head, path) =
            (format!("pumasi/equivocation@v1\n{}\n", signer().public()), tree.prefix(8, 13));
        let path = write_hashes(&path.unwrap().path);
        format!("{head}{path}\n{}\n{}", note(&tree, 8), note(&tree, 13))
    };
    let thief = NoteSigner::new(ORIGIN, SigningKey::from_bytes(&[9; 32])).unwrap();
    let forged = Checkpoint::verify(&note(&tree(false), 9), signer().public()).unwrap();
    vec![
        ("checkpoint size-changed", swap("checkpoint.txt", "\n9\n", "\n8\n")),
        ("checkpoint leading-zero", swap("checkpoint.txt", "\n9\n", "\n09\n")),
        ("checkpoint other-key", forged.sign(&thief).unwrap().to_string()),
        ("checkpoint no-signature", swap("checkpoint.txt", &format!("{line}\n"), "")),
        ("cosigned none", signed.clone()),
        ("cosigned root-changed", swap("cosigned.txt", "\n9\n", "\n7\n")),
        ("add-checkpoint old-too-large", swap("add-checkpoint.txt", "old 5", "old 10")),
        ("add-checkpoint other-old", swap("add-checkpoint.txt", "old 5", "old 4")),
        ("add-checkpoint rewritten", ask(&tree(true), 5, 9).to_string()),
        ("inclusion other-index", swap("inclusion.txt", "index 5", "index 4")),
        ("inclusion other-first-line", swap("inclusion.txt", "@v1", "@v2")),
        ("consistency cut", read("consistency.txt").split_inclusive('\n').skip(1).collect()),
        ("prefix rewritten", write_hashes(&tree(true).prefix(8, 13).unwrap().path)),
        ("equivocation agreeing", agreeing),
        ("equivocation one-twice", {
            let parts: Vec<&str> = same.splitn(4, "\n\n").collect();
            let [head, text, by, _] = parts.as_slice() else { panic!("{same}") };
            format!("{head}\n\n{text}\n\n{by}\n\n{text}\n\n{by}\n")
        }),
        (
            "equivocation needless-path",
            swap("equivocation-same-size.txt", "\n\n", &format!("\n{}\n", read("prefix.txt"))),
        ),
    ]
}

#[test]
fn every_vector_is_found_as_its_table_says() {
    let mut table = String::new();
    for (sort, name) in [
        ("checkpoint", "checkpoint.txt"),
        ("cosigned", "cosigned.txt"),
        ("add-checkpoint", "add-checkpoint.txt"),
        ("inclusion", "inclusion.txt"),
        ("consistency", "consistency.txt"),
        ("prefix", "prefix.txt"),
        ("equivocation", "equivocation-same-size.txt"),
        ("equivocation", "equivocation-rewritten.txt"),
    ] {
        let _ = writeln!(table, "{name}\t{sort}\t{}", found(sort, &read(name)));
    }
    for (name, text) in worsened() {
        let (sort, _) = name.split_once(' ').unwrap();
        let file = format!("bad/{}.txt", name.replace(' ', "-"));
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../docs/spec/vectors/register")
            .join(&file);
        expect_file![path].assert_eq(&text);
        let outcome = found(sort, &read(&file));
        assert!(outcome.starts_with("refused"), "{file}: {outcome}");
        let _ = writeln!(table, "{file}\t{sort}\t{outcome}");
    }
    expect_file!["../../../docs/spec/vectors/register/table.tsv"].assert_eq(&table);
}
