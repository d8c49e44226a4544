//! Builds the node again when the files it carries come or go.

fn main() {
    for folder in ["../../catalog", "../../agreements", "../../drills", "../../ui/dist"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
