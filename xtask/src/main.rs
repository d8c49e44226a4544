//! The commands of the repository: `cargo demo`, `cargo verify`, `cargo xtask tidy`,
//! `cargo xtask live` and `cargo xtask peers`.
//!
//! Small on purpose: it is compiled before anything else on a fresh machine, so it uses the
//! standard library and the two parsers it needs, and none of the product's own crates.
//!
//! Invariant: knows the product only by its commands, files and manifests.

mod demo;
mod live;
mod peers;
mod step;
mod tidy;
mod ui;
mod verify;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
usage:
  cargo demo [-- ARGUMENTS]    do the main job on a drill and leave the web page running;
                               ARGUMENTS go to `pumasi drill run` (--drill NAME, --data DIR,
                               --port N, --fresh, --exit)
  cargo verify [--all]         run every test; --all adds formatting, clippy, tidy and the browser
  cargo xtask tidy             check the law of the repository
  cargo xtask live [--acts N] [--seconds S] [--rate R] [--matters M] [--binary FILE]
                               part five nodes, let each write, bring them together and measure
  cargo xtask peers [--scenarios FIRST-LAST] [--peers highs,glop,pulp,warm] [FILE…]
                               plan with ours and with the solvers of others, and compare";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let root = root();
    let outcome = match command.as_str() {
        "demo" => demo::run(&root, &rest),
        "verify" => verify::run(&root, &rest),
        "live" => live::run(&root, &rest),
        "peers" => peers::run(&root, &rest),
        "tidy" => tidy::run(&root),
        _ => Err(USAGE.to_owned()),
    };
    outcome.unwrap_or_else(|message| {
        eprintln!("{message}");
        ExitCode::from(2)
    })
}

/// The root of the repository: cargo names the manifest folder when it runs a program, and a
/// binary started by hand falls back to where it was compiled.
fn root() -> PathBuf {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    manifest.parent().map_or_else(|| manifest.clone(), Path::to_path_buf)
}
