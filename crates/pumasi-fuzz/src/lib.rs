//! Hostile bytes for every reader.
//!
//! [`TARGETS`] has a function for each reader of bytes that strangers can send: it reads, goes on
//! with what it read as the product would, and holds it against laws that no input may break. The
//! same functions run in a bounded test of every build, in `cargo run -p pumasi-fuzz` for as long
//! as one likes, and under libFuzzer from the folder `fuzz/`. [`Damage`] makes inputs out of
//! [`Target::seeds`].
//!
//! Invariant: for development alone; nothing ships with it and nothing may depend on it.

#![expect(clippy::expect_used, reason = "without its seeds a run is worth nothing, and ends")]

mod damage;
mod fold;
mod instances;
mod register;
mod sealed;
mod sync;
mod texts;

use std::path::{Path, PathBuf};

pub use damage::Damage;
pub use fold::{act, bundle, fold, identity, proposal};
pub use instances::{flow_canad, flow_dimacs, flow_json, flow_mnetgen, flow_plan, flow_reference};
pub use register::{add_checkpoint, equivocation, key, leaf_proof, note, path, tile};
pub use sealed::sealed;
pub use sync::{feed_question, hello, parcel, push, recon, want};
pub use texts::{agreement, message, node_file, odrl, question, word};

/// A reader under fire.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name.
    pub name: &'static str,
    /// Reads the bytes; panics where a law does not hold.
    pub run: fn(&[u8]),
    /// Folders and files of the repository that hold good and bad examples.
    seeds: &'static [&'static str],
    /// Examples that stand in no file.
    lines: &'static [&'static str],
}

const fn target(
    name: &'static str,
    run: fn(&[u8]),
    seeds: &'static [&'static str],
    lines: &'static [&'static str],
) -> Target {
    Target { name, run, seeds, lines }
}

/// Every reader of bytes that somebody else may have written.
pub const TARGETS: &[Target] = &[
    target("act", act, &["docs/spec/vectors/act"], &[]),
    target("fold", fold, &["crates/pumasi-fuzz/seeds/fold"], &[]),
    target("identity", identity, &["docs/spec/vectors/identity"], &[]),
    target("proposal", proposal, &[], texts::PROPOSALS),
    target("bundle", bundle, &["docs/spec/vectors/matter"], &[]),
    target("agreement", agreement, &["agreements", "crates/pumasi-act/src/testing"], &[]),
    target("question", question, &[], texts::QUESTIONS),
    target("word", word, &[], texts::WORDS),
    target("odrl", odrl, &["crates/pumasi-wire/tests/golden/odrl"], &[]),
    target("jma-xml", message, &["crates/pumasi-hazard/tests/messages/jma_xml"], &[]),
    target("kma-json", message, &["crates/pumasi-hazard/tests/messages/kma_json"], &[]),
    target("usgs-geojson", message, &["crates/pumasi-hazard/tests/messages/usgs_geojson"], &[]),
    target("shakemap-grid", message, &["crates/pumasi-hazard/tests/messages/shakemap_grid"], &[]),
    target("gdacs-rss", message, &["crates/pumasi-hazard/tests/messages/gdacs_rss"], &[]),
    target("cap", message, &["crates/pumasi-hazard/tests/messages/cap"], &[]),
    target("cap-feed", message, &["crates/pumasi-hazard/tests/messages/cap_feed"], &[]),
    target("note", note, &["docs/spec/vectors/register"], &[]),
    target("key", key, &["docs/spec/vectors/register/keys.txt"], texts::ORIGINS),
    target("leaf-proof", leaf_proof, &["docs/spec/vectors/register"], &[]),
    target("path", path, &["docs/spec/vectors/register"], &[]),
    target("tile", tile, &["docs/spec/vectors/register"], texts::TILES),
    target("add-checkpoint", add_checkpoint, &["docs/spec/vectors/register"], &[]),
    target("equivocation", equivocation, &["docs/spec/vectors/register"], &[]),
    target("parcel", parcel, &[], sync::PARCELS),
    target("feed-question", feed_question, &[], sync::FEED_QUESTIONS),
    target("hello", hello, &[], sync::HELLOS),
    target("want", want, &[], sync::WANTS),
    target("recon", recon, &[], sync::RECONS),
    target("sealed", sealed, &[], &[]),
    target("push", push, &[], sync::PUSHES),
    target("node-file", node_file, &[], texts::NODE_FILES),
    target(
        "flow-json",
        flow_json,
        &[
            "crates/pumasi-wire/tests/golden/instances/strait.json",
            "crates/pumasi-wire/tests/golden/instances/faults.json",
        ],
        &[],
    ),
    target(
        "flow-reference",
        flow_reference,
        &["crates/pumasi-wire/tests/golden/instances/reference.json"],
        &[],
    ),
    target(
        "flow-dimacs",
        flow_dimacs,
        &["crates/pumasi-wire/tests/golden/instances/small.min"],
        &[],
    ),
    target(
        "flow-mnetgen",
        flow_mnetgen,
        &["crates/pumasi-wire/tests/golden/instances/two.mnetgen"],
        &[],
    ),
    target("flow-canad", flow_canad, &["crates/pumasi-wire/tests/golden/instances/small.dow"], &[]),
    target("flow-plan", flow_plan, &[], instances::PLANS),
];

impl Target {
    /// Examples to begin with, always in the same order.
    ///
    /// # Panics
    /// When a file of the repository does not read.
    #[must_use]
    pub fn seeds(&self) -> Vec<Vec<u8>> {
        let mut files = Vec::new();
        for seed in self.seeds {
            collect(&root().join(seed), &mut files);
        }
        files.sort();
        let files = files.iter().map(|file| std::fs::read(file).expect("a seed does not read"));
        let lines = self.lines.iter().map(|line| line.as_bytes().to_vec());
        let made = match self.name {
            "parcel" => sync::pages(),
            "push" => sync::pushes(),
            "sealed" => sealed::files(),
            _ => Vec::new(),
        };
        files.chain(lines).chain(made).collect()
    }
}

/// The repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    if !path.is_dir() {
        files.push(path.to_owned());
        return;
    }
    for entry in std::fs::read_dir(path).expect("a folder of seeds does not read") {
        collect(&entry.expect("an entry of a folder does not read").path(), files);
    }
}

/// A file of the repository.
fn file(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).expect("a file of the repository does not read")
}
