//! The web page: Node, its packages and its build, each redone only when its sources changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::step;

/// Where the hash of the lock file of the last install is kept.
const INSTALLED: &str = "ui/node_modules/.pumasi-stamp";
/// Where the hash of the sources of the last build is kept.
const BUILT: &str = "ui/node_modules/.pumasi-built";
/// Folders below `ui/` whose content is made, or does not reach the page.
const NOT_SOURCES: [&str; 5] = ["node_modules", "dist", "test-results", "playwright-report", "e2e"];

/// Checks that Node is here and new enough for the build of the page.
///
/// # Errors
/// What is wrong, why it matters and what to do, in one text.
pub fn check_node() -> Result<(), String> {
    let output = Command::new("node").arg("--version").output();
    let version = match output {
        Ok(output) if output.status.success() => String::from_utf8_lossy(&output.stdout).into(),
        _ => String::new(),
    };
    judge_node(version.trim())
}

/// Judges what `node --version` printed; blank when there is no Node.
fn judge_node(version: &str) -> Result<(), String> {
    const WHY: &str = "the web page is built with Vite, which needs Node 20.19 or a later 20, \
                       or 22.12 or later";
    const TO_DO: &str = "install Node from your system's packages or from nodejs.org and run this \
                         command again";
    if version.is_empty() {
        return Err(format!("Node was not found\n  why: {WHY}\n  to do: {TO_DO}"));
    }
    let mut numbers = version.trim_start_matches('v').split('.').map(str::parse::<u32>);
    let enough = match (numbers.next(), numbers.next()) {
        (Some(Ok(20)), Some(Ok(minor))) => minor >= 19,
        (Some(Ok(22)), Some(Ok(minor))) => minor >= 12,
        (Some(Ok(major)), Some(Ok(_))) => major > 22,
        _ => false,
    };
    if enough {
        Ok(())
    } else {
        Err(format!("Node {version} is not supported\n  why: {WHY}\n  to do: {TO_DO}"))
    }
}

/// Installs the packages of `ui/` if its lock file changed since the last install.
///
/// # Errors
/// When a file cannot be read or `npm ci` fails.
pub fn install(root: &Path) -> Result<(), String> {
    let wanted = hash_files(root, &[root.join("ui/package-lock.json")])?;
    if read_stamp(root, INSTALLED).as_deref() == Some(wanted.as_str()) {
        return Ok(());
    }
    let mut command = step::npm(root, &["ci", "--no-audit", "--no-fund"]);
    step::run("installing the packages of the web page", &mut command)?;
    write_stamp(root, INSTALLED, &wanted)
}

/// Builds the page if a source of it changed since the last build.
///
/// # Errors
/// When a file cannot be read or the build fails.
pub fn build(root: &Path) -> Result<(), String> {
    let wanted = hash_files(root, &sources(root)?)?;
    let current = read_stamp(root, BUILT).as_deref() == Some(wanted.as_str());
    if current && root.join("ui/dist/index.html").is_file() {
        return Ok(());
    }
    step::run("building the web page", &mut step::npm(root, &["run", "build"]))?;
    write_stamp(root, BUILT, &wanted)
}

/// Every file the page is made of, in a fixed order.
fn sources(root: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    let mut folders = vec![root.join("ui"), root.join("locales")];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).map_err(|error| unreadable(&folder, &error))?;
        for entry in entries {
            let path = entry.map_err(|error| unreadable(&folder, &error))?.path();
            let made = path.file_name().is_some_and(|name| NOT_SOURCES.iter().any(|n| name == *n));
            if path.is_dir() && !made {
                folders.push(path);
            } else if path.is_file() {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn unreadable(path: &Path, error: &std::io::Error) -> String {
    format!("cannot read {}: {error}", path.display())
}

/// A hash over names and contents, to notice changes; not a protection against anybody.
///
/// SPEC: FNV-1a with 64 bits, draft-eastlake-fnv.
fn hash_files(root: &Path, files: &[PathBuf]) -> Result<String, String> {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut feed = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for file in files {
        let name = file.strip_prefix(root).unwrap_or(file);
        feed(name.to_string_lossy().as_bytes());
        // A byte that UTF-8 never has, so that a name cannot run on into a content.
        feed(&[0xff]);
        feed(&fs::read(file).map_err(|error| unreadable(file, &error))?);
        feed(&[0xff]);
    }
    Ok(format!("{hash:016x}"))
}

fn read_stamp(root: &Path, stamp: &str) -> Option<String> {
    fs::read_to_string(root.join(stamp)).ok()
}

fn write_stamp(root: &Path, stamp: &str, text: &str) -> Result<(), String> {
    let path = root.join(stamp);
    fs::write(&path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(version: &str, expected: &str) {
        let shown = match judge_node(version) {
            Ok(()) => "enough".to_owned(),
            Err(message) => message,
        };
        assert!(shown.starts_with(expected), "{version}: {shown}");
    }

    #[test]
    fn node_is_judged_by_what_the_build_supports() {
        check("v20.19.0", "enough");
        check("v20.20.2", "enough");
        check("v22.12.0", "enough");
        check("v24.1.0", "enough");
        check("v20.18.3", "Node v20.18.3 is not supported");
        check("v21.7.0", "Node v21.7.0 is not supported");
        check("v22.11.9", "Node v22.11.9 is not supported");
        check("v18.0.0", "Node v18.0.0 is not supported");
        check("nonsense", "Node nonsense is not supported");
        check("", "Node was not found\n  why: ");
    }

    /// A folder of its own for one test, removed when the test ends.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str) -> Self {
            let folder = format!("pumasi-xtask-{name}-{}", std::process::id());
            let root = std::env::temp_dir().join(folder);
            for below in ["ui/src", "ui/dist", "ui/node_modules/x", "locales/ko"] {
                fs::create_dir_all(root.join(below)).unwrap();
            }
            Self(root)
        }
        fn write(&self, path: &str, text: &str) {
            fs::write(self.0.join(path), text).unwrap();
        }
        fn hash(&self) -> String {
            hash_files(&self.0, &sources(&self.0).unwrap()).unwrap()
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).unwrap();
        }
    }

    #[test]
    fn the_page_is_rebuilt_exactly_when_a_source_changes() {
        let scratch = Scratch::new("sources");
        scratch.write("ui/src/main.tsx", "one");
        scratch.write("locales/ko/ui.ftl", "a = b");
        let before = scratch.hash();
        scratch.write("ui/dist/index.html", "made");
        scratch.write("ui/node_modules/x/index.js", "installed");
        assert_eq!(scratch.hash(), before);
        scratch.write("locales/ko/ui.ftl", "a = c");
        let after_words = scratch.hash();
        assert_ne!(after_words, before);
        scratch.write("ui/src/main.tsx", "two");
        assert_ne!(scratch.hash(), after_words);
    }

    #[test]
    fn moving_text_from_one_file_to_the_next_changes_the_hash() {
        let scratch = Scratch::new("moving");
        scratch.write("ui/a", "xy");
        scratch.write("ui/b", "z");
        let before = scratch.hash();
        scratch.write("ui/a", "x");
        scratch.write("ui/b", "yz");
        assert_ne!(scratch.hash(), before);
    }

    #[test]
    fn a_current_stamp_spares_the_install() {
        let scratch = Scratch::new("stamp");
        scratch.write("ui/package-lock.json", "{}");
        let stamp = hash_files(&scratch.0, &[scratch.0.join("ui/package-lock.json")]).unwrap();
        write_stamp(&scratch.0, INSTALLED, &stamp).unwrap();
        // Without the stamp npm would run here and fail: there is no package.json.
        assert_eq!(install(&scratch.0), Ok(()));
    }
}
