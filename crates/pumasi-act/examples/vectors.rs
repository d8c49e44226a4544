//! Writes the vectors of `docs/spec/vectors/act` and `docs/spec/vectors/matter` anew.
//!
//! A change to one of them is a change to what is signed or to what it means: it needs a new kind
//! or a new version of the rules, or must be right because nothing of it was ever used.

use std::path::Path;

use pumasi_act::testing::vectors;

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/spec/vectors");
    let files = vectors::files();
    for (path, text) in &files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, text)?;
    }
    println!("{} files written", files.len());
    Ok(())
}
