//! Constructs that have no place here, or none in shipped code, or none in the pure crates.

use std::collections::BTreeSet;
use std::ops::Range;

use super::source::{Language, Source};
use super::{File, Finding, Tree};

const RULE: &str = "banned";

/// Where a construct is banned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// In all Rust code.
    Everywhere,

    /// In shipped code, unless `#[expect(<this lint>, reason)]` says why nothing can go wrong.
    ShippedUnlessExpected(&'static str),
    /// Where tests run.
    Tests,
}

const UNWRAP: Scope = Scope::ShippedUnlessExpected("clippy::unwrap_used");
const EXPECT: Scope = Scope::ShippedUnlessExpected("clippy::expect_used");
const PANIC: Scope = Scope::ShippedUnlessExpected("clippy::panic");
const CAST: Scope = Scope::ShippedUnlessExpected("clippy::as_conversions");
const RETURN_INSTEAD: &str = "return an error, or a default that is right";
const CONVERT_INSTEAD: &str = "use `from` or `try_from`, which cannot lose digits unseen";

/// What is banned in every crate: the construct, where, and what to do instead.
const CONSTRUCTS: [(&str, Scope, &str); 26] = [
    ("unsafe", Scope::Everywhere, "use a safe interface"),
    ("todo!", Scope::Everywhere, "write it"),
    ("unimplemented!", Scope::Everywhere, "write it"),
    ("dbg!", Scope::Everywhere, "remove it"),
    ("#[ignore", Scope::Everywhere, "repair the test or remove it"),
    ("should_panic", Scope::Everywhere, "return an error and test that"),
    (".unwrap()", UNWRAP, RETURN_INSTEAD),
    (".unwrap_err()", UNWRAP, "match on the result"),
    (".expect(", EXPECT, RETURN_INSTEAD),
    ("panic!", PANIC, "return an error or a refusal"),
    ("as u8", CAST, CONVERT_INSTEAD),
    ("as u16", CAST, CONVERT_INSTEAD),
    ("as u32", CAST, CONVERT_INSTEAD),
    ("as u64", CAST, CONVERT_INSTEAD),
    ("as u128", CAST, CONVERT_INSTEAD),
    ("as usize", CAST, CONVERT_INSTEAD),
    ("as i8", CAST, CONVERT_INSTEAD),
    ("as i16", CAST, CONVERT_INSTEAD),
    ("as i32", CAST, CONVERT_INSTEAD),
    ("as i64", CAST, CONVERT_INSTEAD),
    ("as i128", CAST, CONVERT_INSTEAD),
    ("as isize", CAST, CONVERT_INSTEAD),
    ("as f32", CAST, CONVERT_INSTEAD),
    ("as f64", CAST, CONVERT_INSTEAD),
    ("thread::sleep", Scope::Tests, "wait for the event itself"),
    ("time::sleep", Scope::Tests, "wait for the event itself"),
];

/// A family of constructs that some crates keep out of their shipped code.
struct Family {
    crates: &'static [&'static str],
    constructs: &'static [&'static str],
    to_do: &'static str,
}

const FAMILIES: [Family; 6] = [
    Family {
        crates: &["base", "agreement", "act", "log", "sync", "hazard", "flow", "view", "wire"],
        constructs: &["SystemTime", "Instant::now", "Timestamp::now", "Zoned::now"],
        to_do: "take the time as an argument",
    },
    Family {
        crates: &["base", "agreement", "act", "log", "sync", "hazard", "flow", "view", "wire"],
        constructs: &["rand::", "getrandom", "OsRng", "thread_rng"],
        to_do: "take a seed or the random bytes as an argument",
    },
    Family {
        crates: &["base", "agreement", "act", "log", "sync", "hazard", "flow", "view"],
        constructs: &["HashMap", "HashSet", "RandomState"],
        to_do: "use BTreeMap or BTreeSet, whose order is the same everywhere",
    },
    Family {
        crates: &["base", "agreement", "act", "log", "sync"],
        constructs: &["f32", "f64"],
        to_do: "use integers of a smaller unit",
    },
    Family {
        crates: &["base", "agreement", "act", "log", "sync", "hazard", "view", "wire"],
        constructs: &["std::thread"],
        to_do: "let the caller decide what runs beside what",
    },
    Family {
        crates: &["base", "agreement", "act", "log", "sync", "hazard", "flow", "view", "wire"],
        constructs: &["std::fs", "std::net", "std::env", "std::process"],
        to_do: "let the node do it and pass the result in",
    },
];

/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 4] = ["util", "utils", "helpers", "common"];

/// Checks every Rust file, and the names of modules in TypeScript too.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let rust: Vec<(&File, Source)> = tree
        .with_suffix(".rs")
        .map(|file| (file, Source::new(&file.text, Language::Rust)))
        .collect();
    let test_files = test_files(&rust);
    let mut findings = Vec::new();
    for (file, source) in &rust {
        let tests = if is_test_path(&file.path) || is_among(&test_files, &file.path) {
            std::iter::once(0..source.code.len()).collect()
        } else {
            source.test_code()
        };
        check_constructs(file, source, &tests, &mut findings);
        check_families(file, source, &tests, &mut findings);
        check_comments(file, source, &mut findings);
    }
    for file in &tree.files {
        check_name(file, &mut findings);
    }
    findings
}

/// Whether cargo compiles everything below this path for tests and measurements alone.
fn is_test_path(path: &str) -> bool {
    path.split('/').any(|part| matches!(part, "tests" | "benches" | "fuzz"))
        || path.ends_with("/tests.rs")
}

/// Files that are modules declared under `#[cfg(test)]`, or taken in by a test with `#[path]`.
fn test_files(rust: &[(&File, Source)]) -> BTreeSet<String> {
    let mut files = BTreeSet::new();
    for (file, source) in rust {
        if is_test_path(&file.path) {
            files.extend(included(file));
        }
        let folder = match file.name() {
            "lib.rs" | "main.rs" | "mod.rs" => file.folder().to_owned(),
            _ => file.path.trim_end_matches(".rs").to_owned(),
        };
        for span in source.test_code() {
            let text = source.code.get(span).unwrap_or_default();
            let declared = text.trim_end().strip_suffix(';').and_then(|t| t.rsplit_once("mod "));
            if let Some((_, name)) = declared {
                files.insert(format!("{folder}/{}.rs", name.trim()));
                files.insert(format!("{folder}/{}/mod.rs", name.trim()));
            }
        }
    }
    files
}

/// Whether a file is one of these or a module of one of them.
fn is_among(files: &BTreeSet<String>, path: &str) -> bool {
    let is_below = |file: &String| {
        let rest = path.strip_prefix(file.trim_end_matches(".rs"));
        rest.is_some_and(|rest| rest.starts_with('/'))
    };
    files.contains(path) || files.iter().any(is_below)
}

/// The files a file takes in with `#[path = "…"]`.
fn included(file: &File) -> Vec<String> {
    let lines = file.text.lines().filter_map(|line| line.trim().strip_prefix("#[path = \""));
    let relative = lines.filter_map(|rest| rest.strip_suffix("\"]"));
    let resolve = |relative: &str| {
        let mut parts: Vec<&str> = file.folder().split('/').collect();
        for part in relative.split('/') {
            if part == ".." {
                parts.pop();
            } else {
                parts.push(part);
            }
        }
        parts.join("/")
    };
    relative.map(resolve).collect()
}

fn within(spans: &[Range<usize>], offset: usize) -> bool {
    spans.iter().any(|span| span.contains(&offset))
}

fn check_constructs(
    file: &File,
    source: &Source,
    tests: &[Range<usize>],
    findings: &mut Vec<Finding>,
) {
    for (construct, scope, to_do) in CONSTRUCTS {
        for offset in source.find(construct) {
            let in_test = within(tests, offset);
            let banned = match scope {
                Scope::Everywhere => true,
                Scope::ShippedUnlessExpected(lint) => {
                    !in_test && !within(&expected(source, lint), offset)
                }
                Scope::Tests => in_test,
            };
            if banned {
                let place = match scope {
                    Scope::Everywhere => "",
                    Scope::ShippedUnlessExpected(_) => " in shipped code",
                    Scope::Tests => " in a test",
                };
                let what = format!("`{construct}`{place}");
                findings.push(Finding::new(&file.path, source.line_at(offset), RULE, what, to_do));
            }
        }
    }
}

/// What `#[expect(<lint>, reason = …)]` governs.
fn expected(source: &Source, lint: &str) -> Vec<Range<usize>> {
    let reasoned = |(_, text): &(usize, &str)| text.contains("reason") && text.contains(lint);
    if source.attributes("#![expect(").iter().any(reasoned) {
        return std::iter::once(0..source.code.len()).collect();
    }
    let attributes = source.attributes("#[expect(").into_iter().filter(reasoned);
    attributes.map(|(at, _)| source.governed(at)).collect()
}

fn check_families(
    file: &File,
    source: &Source,
    tests: &[Range<usize>],
    findings: &mut Vec<Finding>,
) {
    let Some(crate_name) = file
        .path
        .strip_prefix("crates/pumasi-")
        .and_then(|rest| rest.split_once("/src/"))
        .map(|(name, _)| name)
    else {
        return;
    };
    for family in FAMILIES.iter().filter(|family| family.crates.contains(&crate_name)) {
        for construct in family.constructs {
            for offset in source.find(construct) {
                if !within(tests, offset) {
                    let what = format!("`{construct}` in the pure crate `pumasi-{crate_name}`");
                    let line = source.line_at(offset);
                    findings.push(Finding::new(&file.path, line, RULE, what, family.to_do));
                }
            }
        }
    }
}

/// Finds notes that promise work, and known faults that do not say what is wrong.
fn check_comments(file: &File, source: &Source, findings: &mut Vec<Finding>) {
    for (number, line) in (1..).zip(source.comments.lines()) {
        if line.split(|c: char| !c.is_alphanumeric()).any(|word| word == "TODO") {
            let to_do = "do it now, or assert the wrong behaviour with `FIXME: <what is wrong>`";
            findings.push(Finding::new(&file.path, number, RULE, "`TODO` in a comment", to_do));
        }
        if let Some((_, rest)) = line.split_once("FIXME")
            && rest.trim_start_matches(':').trim().is_empty()
        {
            let to_do = "write `FIXME: <what is wrong>`";
            findings.push(Finding::new(&file.path, number, RULE, "`FIXME` without a text", to_do));
        }
    }
}

fn check_name(file: &File, findings: &mut Vec<Finding>) {
    if !["rs", "ts", "tsx"].iter().any(|end| file.path.ends_with(&format!(".{end}"))) {
        return;
    }
    let stem = file.name().split('.').next().unwrap_or_default();
    let folder = file.folder().rsplit('/').next().unwrap_or_default();
    let module = if matches!(stem, "mod" | "index") { folder } else { stem };
    if EMPTY_NAMES.contains(&module) {
        let what = format!("a module named `{module}`");
        let to_do = "name it for what it holds";
        findings.push(Finding::new(&file.path, 1, RULE, what, to_do));
    }
}

#[cfg(test)]
mod tests {
    use super::super::shown;
    use super::*;

    #[track_caller]
    fn check_in(path: &str, text: &str, expected: &str) {
        let found = shown(&super::check(&Tree::of(&[(path, text)])));
        assert_eq!(found.replace(&format!("{path}:"), "").replace(" banned: ", " "), expected);
    }

    const NODE: &str = "crates/pumasi-node/src/a.rs";
    const BASE: &str = "crates/pumasi-base/src/a.rs";

    #[test]
    fn every_construct_is_caught_in_its_scope_and_only_there() {
        for (construct, scope, _) in CONSTRUCTS {
            let code = format!("fn f() {{ {construct} }}\n");
            let shipped = super::check(&Tree::of(&[(NODE, &code)])).len();
            let inline = format!("#[cfg(test)]\nmod tests {{ {code} }}");
            let inline = super::check(&Tree::of(&[(NODE, &inline)])).len();
            let beside = super::check(&Tree::of(&[("crates/pumasi-node/tests/a.rs", &code)])).len();
            let expected = match scope {
                Scope::Everywhere => (1, 1, 1),
                Scope::ShippedUnlessExpected(_) => (1, 0, 0),
                Scope::Tests => (0, 1, 1),
            };
            assert_eq!((shipped, inline, beside), expected, "{construct}");
            let quoted = format!("// {construct}\nconst A: &str = r#\"{construct}\"#;\n");
            assert_eq!(super::check(&Tree::of(&[(NODE, &quoted)])), [], "{construct}");
        }
    }

    #[test]
    fn every_family_is_caught_in_its_crates_and_only_there() {
        for family in FAMILIES {
            for construct in family.constructs {
                let code = format!("fn f() {{ {construct} }}\n");
                let test = format!("#[cfg(test)]\nmod tests {{ {code} }}");
                for name in
                    ["base", "agreement", "act", "log", "hazard", "flow", "view", "wire", "node"]
                {
                    let path = format!("crates/pumasi-{name}/src/a.rs");
                    let found = super::check(&Tree::of(&[(&path, &code)])).len();
                    assert_eq!(found == 1, family.crates.contains(&name), "{construct} {name}");
                    assert_eq!(
                        super::check(&Tree::of(&[(&path, &test)])),
                        [],
                        "{construct} {name}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_reason_makes_a_proven_panic_lawful() {
        let check = |text: &str, expected: &str| check_in(NODE, text, expected);
        let reasoned = "#[expect(clippy::unwrap_used, reason = \"twelve is a number\")]";
        check(&format!("fn f() {{\n {reasoned}\n let a = b.unwrap();\n}}"), "");
        check(
            &format!("{reasoned}\nfn f() {{ a.unwrap() }}\nfn g() {{ a.unwrap() }}"),
            "3: `.unwrap()` in shipped code",
        );
        check(&format!("#!{}\nfn f() {{ a.unwrap() }}", reasoned.trim_start_matches('#')), "");
        check(&format!("{reasoned}\nfn f() {{ a as u8 }}"), "2: `as u8` in shipped code");
        check(
            "#[expect(clippy::unwrap_used)]\nfn f() { a.unwrap() }",
            "2: `.unwrap()` in shipped code",
        );
    }

    #[test]
    fn look_alikes_pass() {
        let check = |text: &str| check_in(BASE, text, "");
        check("fn f() { a.unwrap_or_default(); a.expect_err; operand::x(); b.is_f64x(); }");
        check("#![forbid(unsafe_code)]\nfn f() -> &'static str { \"f64\" }");
        check("use std::collections::BTreeMap; use std::fmt; use a as u8_table; <A as B>::c();");
    }

    #[test]
    fn modules_declared_for_tests_are_tests() {
        let tree = Tree::of(&[
            ("crates/pumasi-base/src/a.rs", "#[cfg(test)]\nmod laws;\n"),
            ("crates/pumasi-base/src/a/laws.rs", "mod sums;\nfn f() { g().unwrap(); }"),
            ("crates/pumasi-base/src/a/laws/sums.rs", "fn f() { g().unwrap(); }"),
            ("crates/pumasi-base/src/laws.rs", "fn f() { g().unwrap(); }"),
        ]);
        assert_eq!(
            shown(&super::check(&tree)),
            "crates/pumasi-base/src/laws.rs:1: banned: `.unwrap()` in shipped code"
        );
    }

    #[test]
    fn files_a_test_takes_in_are_tests() {
        let suite = ("crates/pumasi-node/src/store/contract.rs", "fn f() { g().unwrap(); }");
        let test =
            ("crates/pumasi-node/tests/a.rs", "#[path = \"../src/store/contract.rs\"]\nmod c;");
        assert_eq!(super::check(&Tree::of(&[suite, test])), []);
        assert_eq!(super::check(&Tree::of(&[suite])).len(), 1);
    }

    #[test]
    fn notes_say_what_is_wrong() {
        let check = |text: &str, expected: &str| check_in(NODE, text, expected);
        check("// TODO: later\n", "1: `TODO` in a comment");
        check("/// FIXME:\n", "1: `FIXME` without a text");
        check("// FIXME: leap seconds are not counted\nconst TODO: u8 = 1;\n", "");
    }

    #[test]
    fn modules_are_named_for_what_they_hold() {
        check_in("crates/pumasi-base/src/util.rs", "", "1: a module named `util`");
        check_in("crates/pumasi-base/tests/common/mod.rs", "", "1: a module named `common`");
        check_in("ui/src/helpers.ts", "", "1: a module named `helpers`");
        check_in("ui/src/utils/index.tsx", "", "1: a module named `utils`");
        check_in("docs/common.md", "", "");
    }
}
