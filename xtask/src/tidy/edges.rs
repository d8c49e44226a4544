//! Which crate may know which: the table of `ARCHITECTURE.md`, compared with the manifests.

use super::{File, Finding, Tree};

const RULE: &str = "edges";

/// Each crate with the crates its shipped code may depend on.
///
/// Development dependencies are free: a test may use whatever shows the truth.
const ALLOWED: [(&str, &[&str]); 15] = [
    ("pumasi-base", &[]),
    ("pumasi-agreement", &["pumasi-base"]),
    ("pumasi-act", &["pumasi-agreement", "pumasi-base"]),
    ("pumasi-hazard", &["pumasi-base"]),
    ("pumasi-simplex", &[]),
    ("pumasi-flow", &["pumasi-base", "pumasi-simplex"]),
    ("pumasi-log", &["pumasi-base"]),
    ("pumasi-sync", &["pumasi-act", "pumasi-agreement", "pumasi-base"]),
    (
        "pumasi-view",
        &["pumasi-act", "pumasi-agreement", "pumasi-base", "pumasi-flow", "pumasi-hazard"],
    ),
    (
        "pumasi-wire",
        &[
            "pumasi-agreement",
            "pumasi-base",
            "pumasi-flow",
            "pumasi-hazard",
            "pumasi-simplex",
            "pumasi-view",
        ],
    ),
    (
        "pumasi-node",
        &[
            "pumasi-act",
            "pumasi-agreement",
            "pumasi-base",
            "pumasi-flow",
            "pumasi-hazard",
            "pumasi-log",
            "pumasi-readiness",
            "pumasi-sync",
            "pumasi-view",
            "pumasi-wire",
        ],
    ),
    (
        "pumasi-readiness",
        &["pumasi-agreement", "pumasi-base", "pumasi-flow", "pumasi-hazard", "pumasi-view"],
    ),
    (
        "pumasi-cli",
        &[
            "pumasi-base",
            "pumasi-flow",
            "pumasi-node",
            "pumasi-readiness",
            "pumasi-simplex",
            "pumasi-view",
            "pumasi-wire",
        ],
    ),
    // Development only: nothing ships with them and nothing may depend on them.
    (
        "pumasi-fuzz",
        &[
            "pumasi-act",
            "pumasi-agreement",
            "pumasi-base",
            "pumasi-flow",
            "pumasi-hazard",
            "pumasi-log",
            "pumasi-node",
            "pumasi-sync",
            "pumasi-wire",
        ],
    ),
    (
        "pumasi-sim",
        &[
            "pumasi-act",
            "pumasi-agreement",
            "pumasi-base",
            "pumasi-flow",
            "pumasi-hazard",
            "pumasi-log",
            "pumasi-node",
            "pumasi-sync",
            "pumasi-view",
            "pumasi-wire",
        ],
    ),
];

/// Compares every crate's manifest with the table.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.with_suffix("/Cargo.toml") {
        let folder = file.folder().strip_prefix("crates/").filter(|rest| !rest.contains('/'));
        if let Some(folder) = folder {
            check_manifest(file, folder, &mut findings);
        }
    }
    findings
}

fn check_manifest(file: &File, folder: &str, findings: &mut Vec<Finding>) {
    let mut found = |line: usize, what: String, to_do: &str| {
        findings.push(Finding::new(&file.path, line, RULE, what, to_do));
    };
    let manifest: toml::Table = match toml::from_str(&file.text) {
        Ok(manifest) => manifest,
        Err(error) => return found(1, format!("no TOML: {}", error.message()), "repair it"),
    };
    let name = manifest.get("package").and_then(|p| p.get("name")).and_then(|n| n.as_str());
    if name != Some(folder) {
        let what = format!("the folder is `{folder}` and the crate `{}`", name.unwrap_or_default());
        found(line_with(file, "name"), what, "give both one name");
    }
    let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == folder) else {
        let what = format!("`{folder}` is not in the table of crates");
        return found(1, what, "add it to xtask/src/tidy/edges.rs and ARCHITECTURE.md");
    };
    for dependency in dependencies(&manifest) {
        if dependency.starts_with("pumasi-") && !allowed.contains(&dependency.as_str()) {
            let what = format!("`{folder}` may not know `{dependency}`");
            let to_do = "move the code to the crate that may, or record a decision and change \
                         the table in xtask/src/tidy/edges.rs and ARCHITECTURE.md";
            found(line_with(file, &dependency), what, to_do);
        }
    }
}

/// What the shipped code and its build depend on, on any platform, by the names of the packages.
fn dependencies(manifest: &toml::Table) -> Vec<String> {
    const KINDS: [&str; 2] = ["dependencies", "build-dependencies"];
    let platforms = manifest.get("target").and_then(|target| target.as_table());
    let platforms = platforms.into_iter().flat_map(|table| table.values());
    let tables = std::iter::once(manifest).chain(platforms.filter_map(|p| p.as_table()));
    let kinds = tables.flat_map(|table| KINDS.iter().filter_map(|kind| table.get(*kind)));
    let entries = kinds.filter_map(|kind| kind.as_table()).flatten();
    let package = |(key, value): (&String, &toml::Value)| {
        let renamed = value.get("package").and_then(|package| package.as_str());
        renamed.map_or_else(|| key.clone(), str::to_owned)
    };
    entries.map(package).collect()
}

/// The first line that holds `word` at its beginning or as a value.
fn line_with(file: &File, word: &str) -> usize {
    file.text.lines().position(|line| line.contains(word)).map_or(1, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::super::shown;
    use super::*;

    #[track_caller]
    fn check_in(folder: &str, manifest: &str, expected: &str) {
        let path = format!("crates/{folder}/Cargo.toml");
        let findings = super::check(&Tree::of(&[(&path, manifest)]));
        let shown = shown(&findings).replace(&format!("{path}:"), "");
        assert_eq!(shown, expected);
    }

    #[test]
    fn an_edge_against_the_direction_is_found() {
        let agreement = "[package]\nname = \"pumasi-agreement\"\n[dependencies]\n";
        let check = |rest: &str, expected: &str| {
            check_in("pumasi-agreement", &format!("{agreement}{rest}"), expected);
        };
        check("pumasi-base.workspace = true\nserde = \"1\"", "");
        check(
            "pumasi-act.workspace = true",
            "4: edges: `pumasi-agreement` may not know `pumasi-act`",
        );
        check(
            "words = { package = \"pumasi-wire\", path = \"../pumasi-wire\" }",
            "4: edges: `pumasi-agreement` may not know `pumasi-wire`",
        );
        check(
            "[target.'cfg(unix)'.dependencies]\npumasi-node.workspace = true",
            "5: edges: `pumasi-agreement` may not know `pumasi-node`",
        );
        check(
            "[build-dependencies]\npumasi-log.workspace = true",
            "5: edges: `pumasi-agreement` may not know `pumasi-log`",
        );
        check("[dev-dependencies]\npumasi-act.workspace = true", "");
    }

    #[test]
    fn a_crate_is_named_as_its_folder_and_in_the_table() {
        check_in(
            "pumasi-log",
            "[package]\nname = \"pumasi-logs\"",
            "2: edges: the folder is `pumasi-log` and the crate `pumasi-logs`",
        );
        check_in(
            "pumasi-extra",
            "[package]\nname = \"pumasi-extra\"",
            "1: edges: `pumasi-extra` is not in the table of crates",
        );
    }

    #[test]
    fn the_table_itself_has_one_direction() {
        for (name, allowed) in ALLOWED {
            for other in allowed {
                let back = ALLOWED.iter().find(|(entry, _)| entry == other).unwrap().1;
                assert!(!back.contains(&name), "{name} and {other} know each other");
                assert!(!["pumasi-sim", "pumasi-fuzz"].contains(other), "{name} ships {other}");
            }
        }
    }
}
