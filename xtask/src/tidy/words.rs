//! Words no tracked file may hold: paths of one machine, and addresses of one registry.

use super::{File, Finding, Tree};

const RULE: &str = "words";

/// Folders of one machine or one user. Each is split so that this file does not hold it.
const MACHINE_PATHS: [&str; 5] = [
    concat!("/", "work/"),
    concat!("/", "root/"),
    concat!("/", "home/"),
    concat!("/", "Users/"),
    concat!("/", "tmp/"),
];
/// A folder beside the repository, which nobody else has.
const BESIDE: &str = concat!("../", "shared");
/// What cargo writes for its own public registry, whatever mirror a machine uses.
const CARGO_REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Checks every tracked text file.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in &tree.files {
        for (number, line) in (1..).zip(file.text.lines()) {
            check_line(file, number, line, &mut findings);
        }
        match file.name() {
            "Cargo.lock" => check_cargo_lock(file, &mut findings),
            "package-lock.json" => check_npm_lock(file, &mut findings),
            _ => {}
        }
    }
    findings
}

fn check_line(file: &File, number: usize, line: &str, findings: &mut Vec<Finding>) {
    let mut found = |word: &str, to_do: &str| {
        let what = format!("`{word}` means nothing elsewhere");
        findings.push(Finding::new(&file.path, number, RULE, what, to_do));
    };
    if line.contains(BESIDE) {
        found(BESIDE, "bring what is needed into the repository");
    }
    for path in MACHINE_PATHS {
        if line.match_indices(path).any(|(at, _)| begins_a_path(line, at)) {
            found(path, "name the file from the root, or ask the system for a temporary folder");
        }
    }
}

/// Whether the slash at `at` begins a path, and does not go on with one or with an address.
fn begins_a_path(line: &str, at: usize) -> bool {
    let before = line.get(..at).and_then(|head| head.chars().next_back());
    before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '.' | '-' | '_' | '}' | '/' | '~'))
}

fn check_cargo_lock(file: &File, findings: &mut Vec<Finding>) {
    for (number, line) in (1..).zip(file.text.lines()) {
        let source = line.strip_prefix("source = ").map(|rest| rest.trim_matches('"'));
        if let Some(source) = source.filter(|source| *source != CARGO_REGISTRY) {
            let what = format!("a package from `{source}`");
            let to_do = "use the public registry, which every mirror stands for";
            findings.push(Finding::new(&file.path, number, RULE, what, to_do));
        }
    }
}

fn check_npm_lock(file: &File, findings: &mut Vec<Finding>) {
    let to_do = "set omit-lockfile-registry-resolved in .npmrc and write the file anew";
    let lock: serde_json::Value = match serde_json::from_str(&file.text) {
        Ok(lock) => lock,
        Err(error) => {
            let what = format!("no JSON: {error}");
            findings.push(Finding::new(&file.path, error.line(), RULE, what, "write it anew"));
            return;
        }
    };
    let packages = lock.get("packages").and_then(|packages| packages.as_object());
    for (name, package) in packages.into_iter().flatten() {
        let resolved = package.get("resolved").and_then(|resolved| resolved.as_str());
        if let Some(address) = resolved.filter(|address| address.contains("://")) {
            let line = file.text.lines().position(|line| line.contains(address));
            let what = format!("`{name}` names the registry it came from");
            let line = line.map_or(1, |at| at + 1);
            findings.push(Finding::new(&file.path, line, RULE, what, to_do));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::shown;
    use super::*;

    #[track_caller]
    fn check_in(path: &str, text: &str, expected: &str) {
        let found = shown(&super::check(&Tree::of(&[(path, text)])));
        assert_eq!(found.replace(&format!("{path}:"), "").replace(" words: ", " "), expected);
    }

    #[test]
    fn every_machine_path_is_caught_and_addresses_pass() {
        for path in MACHINE_PATHS.into_iter().chain([BESIDE]) {
            let expected = format!("2: `{path}` means nothing elsewhere");
            for text in
                [format!("x\n{path}a"), format!("x\nsee `{path}a`"), format!("x\na={path}b")]
            {
                check_in("README.md", &text, &expected);
            }
        }
        for path in MACHINE_PATHS {
            check_in("README.md", &format!("https://example.org{path}a and ./target{path}b"), "");
        }
    }

    #[test]
    fn cargo_packages_come_from_the_public_registry() {
        let mirror = "[[package]]\nsource = \"registry+https://mirror.example/index\"\n";
        check_in("Cargo.lock", mirror, "2: a package from `registry+https://mirror.example/index`");
        check_in("Cargo.lock", &format!("source = \"{CARGO_REGISTRY}\"\n"), "");
    }

    #[test]
    fn npm_packages_do_not_name_their_registry() {
        let lock = |resolved: &str| {
            format!(
                "{{\n\"packages\": {{ \"node_modules/a\": {{\n\"resolved\": \"{resolved}\" }} }} }}"
            )
        };
        check_in(
            "ui/package-lock.json",
            &lock("https://mirror.example/a.tgz"),
            "3: `node_modules/a` names the registry it came from",
        );
        check_in("ui/package-lock.json", &lock("a.tgz"), "");
        check_in(
            "ui/package-lock.json",
            "{",
            "1: no JSON: EOF while parsing an object at line 1 column 1",
        );
    }
}
