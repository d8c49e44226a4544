//! Notes, checkpoints and leaf proofs read what they write, and refuse everything else.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use ed25519_dalek::SigningKey;
use proptest::prelude::*;
use pumasi_log::{Checkpoint, LeafProof, Note, NoteError, NoteKey, NoteSigner, Tree};

const ORIGIN: &str = "register.example/kr-45";

/// The key, root and signature below were computed with Python's `hashlib` and `cryptography`
/// from the definitions in RFC 6962, RFC 8032 and C2SP `signed-note`.
const KEY: &str = "register.example/kr-45+0106357e+AepKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs";

const SIGNED: &str = "\
register.example/kr-45
8
XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=

\u{2014} register.example/kr-45 AQY1fvJLnirvylIdD1E94lFBisMseFhSCEIsyCKoYBa87AZQ7TpEag7GcFRelv1Q/w9PgU9nMQSfLIDxcx23JvzPJgU=
";

const PROOF_HEAD: &str = "\
c2sp.org/tlog-proof@v1
index 5
vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=
yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=
037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=

";

fn signer(name: &str, seed: u8) -> NoteSigner {
    NoteSigner::new(name, SigningKey::from_bytes(&[seed; 32])).unwrap()
}

/// The tree of the eight leaves known from Certificate Transparency.
fn tree() -> Tree {
    let leaves: [&[u8]; 8] = [
        b"",
        b"\0",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];
    let mut tree = Tree::new();
    for leaf in leaves {
        tree.append(leaf);
    }
    tree
}

#[test]
fn texts_are_those_other_implementations_write() {
    let signer = signer(ORIGIN, 7);
    assert_eq!(signer.public().to_string(), KEY);
    assert_eq!(KEY.parse::<NoteKey>().as_ref(), Ok(signer.public()));
    let root = tree().root(8).unwrap();
    let checkpoint =
        Checkpoint { origin: ORIGIN.to_owned(), size: 8, root, extensions: Vec::new() };
    let note = checkpoint.sign(&signer).unwrap();
    assert_eq!(note.to_string(), SIGNED);
    assert_eq!(Checkpoint::verify(&SIGNED.parse().unwrap(), signer.public()), Ok(checkpoint));
    let proof =
        LeafProof { index: 5, path: tree().inclusion(5, 8).unwrap().path, checkpoint: note };
    assert_eq!(proof.to_string(), format!("{PROOF_HEAD}{SIGNED}"));
}

/// Reads a leaf proof and checks it for a leaf; shows what comes of it.
#[track_caller]
fn check_proof(text: &str, leaf: &[u8], expected: &str) {
    let key: NoteKey = KEY.parse().unwrap();
    let outcome = text.parse::<LeafProof>().and_then(|proof| proof.verify(leaf, &key));
    let shown = match outcome {
        Ok(checkpoint) => format!("in {} of {}", checkpoint.size, checkpoint.origin),
        Err(error) => {
            let cause = std::error::Error::source(&error).map(|c| format!(": {c}"));
            format!("{error}{}", cause.unwrap_or_default())
        }
    };
    assert_eq!(shown, expected);
}

#[test]
fn leaf_proofs_hold_for_their_leaf_alone() {
    let leaf: &[u8] = b"\x40\x41\x42\x43";
    let good = format!("{PROOF_HEAD}{SIGNED}");
    let kind = "this is no proof of the kind `c2sp.org/tlog-proof@v1`: ";
    check_proof(&good, leaf, "in 8 of register.example/kr-45");
    let extra = good.replace("index", "extra AAAA\nindex");
    check_proof(&extra, leaf, "in 8 of register.example/kr-45");
    let absent = "the leaf is not in the register at this place: ";
    let root = format!("{absent}the proof does not lead to this root");
    check_proof(&good, b"\x40\x41\x42\x44", &root);
    check_proof(&good.replace("index 5", "index 4"), leaf, &root);
    let beyond = format!("{absent}8 lies beyond a tree of 8 leaves");
    check_proof(&good.replace("index 5", "index 8"), leaf, &beyond);
    check_proof(&good.replace("index 5", "index 05"), leaf, &format!("{kind}its index is missing"));
    check_proof(&good.replace("@v1", "@v2"), leaf, &format!("{kind}its first line is another"));
    let no_hash = format!("{kind}a line of its path is no hash");
    check_proof(&good.replace("vBoGQ", "vBoG"), leaf, &no_hash);
    check_proof(PROOF_HEAD.trim_end(), leaf, &format!("{kind}its checkpoint is missing"));
    let unsigned = "the checkpoint of the proof does not hold: the signature of \
                    `register.example/kr-45` is wrong";
    check_proof(&good.replace("\n8\n", "\n9\n"), leaf, unsigned);
}

#[track_caller]
fn check_note(text: &str, expected: &str) {
    let known = [KEY.parse().unwrap(), signer("witness.example", 9).public().clone()];
    let shown = match text.parse::<Note>() {
        Ok(note) => match note.verify(&known) {
            Ok((_, keys)) => keys.iter().map(|key| key.name()).collect::<Vec<_>>().join(", "),
            Err(error) => error.to_string(),
        },
        Err(error) => error.to_string(),
    };
    assert_eq!(shown, expected);
}

#[test]
fn notes_hold_when_known_keys_have_signed() {
    check_note(SIGNED, ORIGIN);
    let mut note: Note = SIGNED.parse().unwrap();
    note.add_signature(&signer("stranger.example", 8)).unwrap();
    check_note(&note.to_string(), ORIGIN);
    note.add_signature(&signer("witness.example", 9)).unwrap();
    note.add_signature(&signer("witness.example", 9)).unwrap();
    check_note(&note.to_string(), "register.example/kr-45, witness.example");
    assert_eq!(note.to_string().lines().count(), 7, "the same key signs once");
    // A key of the same name is another key.
    let other = Note::sign("text\n".to_owned(), &signer(ORIGIN, 8)).unwrap();
    check_note(&other.to_string(), "no known key has signed this note");
    // A wrong signature of a known key condemns the note, even beside a good one.
    let forged = note.to_string().replace("\n8\n", "\n9\n");
    check_note(&forged, "the signature of `register.example/kr-45` is wrong");
    let line = SIGNED.lines().last().unwrap();
    let cut = SIGNED.replace(line, &format!("\u{2014} {ORIGIN} AQY1fvJL"));
    check_note(&cut, "the signature of `register.example/kr-45` is wrong");
}

#[test]
fn what_is_no_note_is_refused() {
    let why = |why: &str| format!("this is no signed note: {why}");
    check_note("", &why("its text does not end with a newline"));
    check_note(SIGNED.trim_end(), &why("its text does not end with a newline"));
    check_note("text\n", &why("an empty line before signatures is missing"));
    check_note("text\n\n", &why("its signatures are missing"));
    check_note("a\tb\n\n\u{2014} a AAAAAA==\n", &why("it has control characters"));
    for line in
        ["- a AAAAAA==", "\u{2014} a AAAA", "\u{2014} a", "\u{2014}  AAAAAA==", "\u{2014} a *"]
    {
        check_note(&format!("text\n\n{line}\n"), &why("a signature line does not read"));
    }
    let many = "\u{2014} a AAAAAA==\n".repeat(101);
    check_note(&format!("text\n\n{many}"), &why("it has too many signatures"));
    check_note(&format!("{}\n\n{SIGNED}", "x".repeat(1 << 20)), &why("it is too long"));
    let signer = signer(ORIGIN, 7);
    assert!(Note::sign("no newline".to_owned(), &signer).is_err());
}

#[test]
fn keys_are_checked_when_they_are_named() {
    let shown = |text: &str| text.parse::<NoteKey>().unwrap_err().to_string();
    assert!(shown("a+b").ends_with("is no key: write name+hash+key"));
    assert!(shown(&KEY.replace("0106357e", "0106357f")).ends_with("its hash is another"));
    assert!(shown(&KEY.replace("+Aep", "+Bep")).ends_with("its type is another"));
    assert!(shown(&KEY[..KEY.len() - 4]).ends_with("it does not have 32 bytes"));
    for name in ["", "a b", "a+b", "a\n", "a\u{3000}b"] {
        assert_eq!(NoteKey::new(name, &[1; 32]), Err(NoteError::BadName(name.to_owned())));
    }
    // The neutral element of the curve: anybody can sign for it.
    let mut weak = [0; 32];
    weak[0] = 1;
    let refused = NoteKey::new("a", &weak);
    assert_eq!(refused, Err(NoteError::BadKey("a".to_owned(), "it is weak")));
}

#[track_caller]
fn check_checkpoint(text: &str, expected: &str) {
    let shown = match text.parse::<Checkpoint>() {
        Ok(checkpoint) => {
            assert_eq!(checkpoint.to_string(), text, "what reads is written the same");
            format!("{} with {} more", checkpoint.size, checkpoint.extensions.len())
        }
        Err(error) => error.to_string(),
    };
    assert!(shown.ends_with(expected), "{shown}");
}

#[test]
fn checkpoints_have_one_spelling() {
    let root = "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=";
    check_checkpoint(&format!("a\n8\n{root}\n"), "8 with 0 more");
    check_checkpoint(&format!("a b\n0\n{root}\nmore\n"), "0 with 1 more");
    check_checkpoint(
        &format!("a\n18446744073709551615\n{root}\n"),
        "18446744073709551615 with 0 more",
    );
    check_checkpoint(&format!("a\n18446744073709551616\n{root}\n"), "its size is no number");
    for size in ["", "08", "+8", "-1", "8 ", "0x8"] {
        check_checkpoint(&format!("a\n{size}\n{root}\n"), "its size is no number");
    }
    check_checkpoint(&format!("\n8\n{root}\n"), "its origin is missing");
    check_checkpoint("a\n8\nAAAA\n", "its root is no hash");
    check_checkpoint("a\n8\n", "its root is no hash");
    check_checkpoint(&format!("a\n8\n{root}"), "it does not end with a newline");
    check_checkpoint(&format!("a\n8\n{root}\n\n"), "it has an empty line");
}

#[test]
fn a_register_speaks_for_itself_alone() {
    let (own, other) = (signer(ORIGIN, 7), signer("register.example/jp-17", 7));
    let at = |size, root: &[u8]| Checkpoint {
        origin: ORIGIN.to_owned(),
        size,
        root: pumasi_base::Digest::of(root),
        extensions: Vec::new(),
    };
    let error = at(8, b"a").sign(&other).unwrap_err();
    let expected = "the checkpoint is of `register.example/kr-45`, not of `register.example/jp-17`";
    assert_eq!(error.to_string(), expected);
    let foreign = Note::sign(at(8, b"a").to_string(), &other).unwrap();
    assert_eq!(Checkpoint::verify(&foreign, other.public()).unwrap_err(), error);
    let injected = Checkpoint { extensions: vec!["one\ntwo".to_owned()], ..at(8, b"a") };
    assert!(injected.sign(&own).is_err(), "a line cannot smuggle another");
    assert!(at(8, b"a").contradicts(&at(8, b"b")));
    assert!(!at(8, b"a").contradicts(&at(8, b"a")));
    assert!(!at(8, b"a").contradicts(&at(9, b"b")), "growth alone is no contradiction");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_flipped_bit_of_a_signed_checkpoint_is_caught(at: prop::sample::Index, bit in 0..8_u8) {
        let key: NoteKey = KEY.parse().unwrap();
        let genuine = Checkpoint::verify(&SIGNED.parse().unwrap(), &key).unwrap();
        let mut bytes = SIGNED.as_bytes().to_vec();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let read = String::from_utf8(bytes).ok().and_then(|text| text.parse::<Note>().ok());
        let verified = read.and_then(|note| Checkpoint::verify(&note, &key).ok());
        prop_assert_eq!(verified, None, "byte {} of {:?}", at, genuine);
    }

    #[test]
    fn notes_read_what_they_write(text in "([^\\x00-\\x09\\x0b-\\x1f]|\n){0,80}", seeds in 0..4_u8) {
        let mut note = Note::sign(format!("{text}\n"), &signer(ORIGIN, 7)).unwrap();
        for seed in 0..seeds {
            note.add_signature(&signer("witness.example", seed)).unwrap();
        }
        prop_assert_eq!(note.to_string().parse(), Ok(note));
    }

    #[test]
    fn foreign_texts_never_panic(text in "(\u{2014} a|\n|[+0-9A-Za-z= ]{0,9}|index |c2sp.org/tlog-proof@v1\n){0,20}") {
        let _unread = text.parse::<Note>();
        let _unread = text.parse::<Checkpoint>();
        let _unread = text.parse::<NoteKey>();
        let _unread = text.parse::<LeafProof>();
    }
}
