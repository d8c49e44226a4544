//! Words for people exist in all four languages, with the same places for figures and names.

use std::collections::{BTreeMap, BTreeSet};

use super::{File, Finding, Tree};

const RULE: &str = "captions";
/// The languages, as BCP 47 tags and folder names.
const LANGUAGES: [&str; 4] = ["ko", "ja", "zh-Hans", "en"];
/// Where each kind of act has its file.
const KINDS: &str = "crates/pumasi-act/src/kinds/";

/// Checks caption tables, Fluent files and the captions of the kinds of act.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.with_suffix(".i18n.toml") {
        check_table(file, &mut findings);
    }
    check_fluent(tree, &mut findings);
    check_kinds(tree, &mut findings);
    findings
}

fn check_table(file: &File, findings: &mut Vec<Finding>) {
    match toml::from_str::<toml::Table>(&file.text) {
        Ok(table) => check_entry(file, "", &table, findings),
        Err(error) => {
            let what = format!("no TOML: {}", error.message());
            findings.push(Finding::new(&file.path, 1, RULE, what, "repair it"));
        }
    }
}

/// Checks one table: an entry when it holds a value, otherwise a group of further tables.
fn check_entry(file: &File, name: &str, table: &toml::Table, findings: &mut Vec<Finding>) {
    for (key, value) in table {
        if let Some(inner) = value.as_table() {
            let name = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
            check_entry(file, &name, inner, findings);
        }
    }
    if !table.is_empty() && table.values().all(toml::Value::is_table) {
        return;
    }
    let line = line_of_entry(file, name);
    let mut found = |what: String, to_do: &str| {
        findings.push(Finding::new(&file.path, line, RULE, what, to_do));
    };
    for (key, value) in table {
        if !value.is_table() && !LANGUAGES.contains(&key.as_str()) {
            let what = format!("`{name}` has a key `{key}`, which is no language");
            found(what, "keep to ko, ja, zh-Hans and en");
        }
    }
    let caption = |lang: &str| table.get(lang).and_then(|value| value.as_str()).unwrap_or_default();
    for lang in LANGUAGES {
        if caption(lang).trim().is_empty() {
            found(format!("`{name}` has no caption in {lang}"), "write it as a native would");
        }
    }
    let english = placeholders(caption("en"));
    for lang in LANGUAGES {
        if !caption(lang).trim().is_empty() && placeholders(caption(lang)) != english {
            let what = format!("`{name}` has other placeholders in {lang} than in en");
            found(what, "use every placeholder in every language");
        }
    }
}

/// The line of the table header or key that opens an entry.
fn line_of_entry(file: &File, name: &str) -> usize {
    let last = name.rsplit('.').next().unwrap_or(name);
    let opens = |line: &str| {
        let line = line.trim();
        let header = line.trim_matches(['[', ']']);
        let inline = line.split('=').next().unwrap_or_default().trim().trim_matches('"');
        (line.starts_with('[') && header == name) || inline == last || inline == name
    };
    file.text.lines().position(opens).map_or(1, |at| at + 1)
}

/// The `{names}` in a caption.
fn placeholders(caption: &str) -> BTreeSet<&str> {
    caption.split('{').skip(1).filter_map(|rest| rest.split('}').next()).map(str::trim).collect()
}

/// Checks that each Fluent file is there in all four languages, with the same messages.
fn check_fluent(tree: &Tree, findings: &mut Vec<Finding>) {
    let fluent = |file: &&File| file.path.starts_with("locales/");
    let names: BTreeSet<&str> = tree.with_suffix(".ftl").filter(fluent).map(File::name).collect();
    for file in tree.with_suffix(".ftl").filter(fluent) {
        let lang = file.folder().trim_start_matches("locales/");
        if !LANGUAGES.contains(&lang) {
            let what = format!("`{lang}` is no language folder");
            let to_do = "use locales/ko, ja, zh-Hans and en";
            findings.push(Finding::new(&file.path, 1, RULE, what, to_do));
        }
    }
    for name in names {
        let mut all: BTreeMap<&str, BTreeMap<String, Message>> = BTreeMap::new();
        for lang in LANGUAGES {
            let path = format!("locales/{lang}/{name}");
            match tree.file(&path) {
                Some(file) => {
                    all.insert(lang, read_fluent(file, findings));
                }
                None => findings.push(Finding::new(
                    &path,
                    1,
                    RULE,
                    "the file is missing",
                    "write the same messages in this language",
                )),
            }
        }
        compare(name, &all, findings);
    }
}

/// A message: its line and the variables it uses.
struct Message {
    line: usize,
    variables: BTreeSet<String>,
}

fn compare(
    name: &str,
    all: &BTreeMap<&str, BTreeMap<String, Message>>,
    findings: &mut Vec<Finding>,
) {
    let mut variables: BTreeMap<&String, BTreeSet<&String>> = BTreeMap::new();
    for (key, message) in all.values().flatten() {
        variables.entry(key).or_default().extend(&message.variables);
    }
    for (lang, messages) in all {
        let path = format!("locales/{lang}/{name}");
        for (key, wanted) in &variables {
            let Some(message) = messages.get(*key) else {
                let what = format!("`{key}` is missing");
                findings.push(Finding::new(&path, 1, RULE, what, "write it as a native would"));
                continue;
            };
            for variable in wanted.iter().filter(|v| !message.variables.contains(**v)) {
                let what = format!("`{key}` does not use `${variable}`");
                let to_do = "use every variable in every language";
                findings.push(Finding::new(&path, message.line, RULE, what, to_do));
            }
        }
    }
}

/// The messages, terms and attributes of a Fluent file.
///
/// SPEC: Project Fluent Syntax 1.0: an identifier at the start of a line and `=` open a message,
/// indented lines go on with it, an indented `.name =` opens an attribute.
fn read_fluent(file: &File, findings: &mut Vec<Finding>) -> BTreeMap<String, Message> {
    let mut entries: Vec<(String, usize, String)> = Vec::new();
    let mut message = String::new();
    for (number, line) in (1..).zip(file.text.lines()) {
        let indented = line.starts_with(' ');
        let (head, value) = line.split_once('=').unwrap_or((line, ""));
        let head = head.trim();
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        if !indented && is_identifier(head.trim_start_matches('-')) && line.contains('=') {
            message = head.to_owned();
            entries.push((message.clone(), number, value.to_owned()));
        } else if indented && head.strip_prefix('.').is_some_and(is_identifier) {
            entries.push((format!("{message}{head}"), number, value.to_owned()));
        } else if let (true, Some((_, _, text))) =
            (indented || line.starts_with('}'), entries.last_mut())
        {
            text.push('\n');
            text.push_str(line);
        } else {
            let what = format!("`{}` is no message", line.trim());
            findings.push(Finding::new(&file.path, number, RULE, what, "write `name = text`"));
        }
    }
    collect(file, entries, findings)
}

fn collect(
    file: &File,
    entries: Vec<(String, usize, String)>,
    findings: &mut Vec<Finding>,
) -> BTreeMap<String, Message> {
    let has_attributes: BTreeSet<String> =
        entries.iter().filter_map(|(key, _, _)| Some(key.split_once('.')?.0.to_owned())).collect();
    let mut messages = BTreeMap::new();
    for (key, line, text) in entries {
        if text.trim().is_empty() && !has_attributes.contains(&key) {
            let what = format!("`{key}` is blank");
            findings.push(Finding::new(&file.path, line, RULE, what, "write it or remove it"));
        }
        let variables = variables(&text);
        if messages.insert(key.clone(), Message { line, variables }).is_some() {
            let what = format!("`{key}` is given twice");
            findings.push(Finding::new(&file.path, line, RULE, what, "keep one"));
        }
    }
    messages
}

fn is_identifier(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

/// The `$variables` inside the braces of a message.
fn variables(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for part in text.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
        for variable in part.split('$').skip(1) {
            let name = variable.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
            found.extend(name.take(1).map(str::to_owned));
        }
    }
    found
}

/// Checks that every kind of act has its captions beside it.
fn check_kinds(tree: &Tree, findings: &mut Vec<Finding>) {
    for file in tree.with_suffix(".rs") {
        let kind = file.path.strip_prefix(KINDS).and_then(|rest| rest.strip_suffix(".rs"));
        let Some(kind) = kind.filter(|kind| !kind.contains('/')) else { continue };
        let captions = format!("{KINDS}{kind}.i18n.toml");
        if tree.file(&captions).is_none() {
            let what = format!("the kind `{kind}` has no captions");
            let to_do = format!("write {captions} in four languages");
            findings.push(Finding::new(&file.path, 1, RULE, what, to_do));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::shown;
    use super::*;

    const WHOLE: &str = "ko = \"{n}건\"\nja = \"{n}件\"\nzh-Hans = \"{n}件\"\nen = \"{n} cases\"\n";

    #[track_caller]
    fn check_table_text(text: &str, expected: &str) {
        assert_eq!(shown(&super::check(&Tree::of(&[("a.i18n.toml", text)]))), expected);
    }

    #[test]
    fn caption_tables_are_whole() {
        let check = check_table_text;
        check(&format!("[a]\n{WHOLE}\n[b.c]\n{WHOLE}"), "");
        check(
            "[a]\nko = \"가\"\nja = \" \"\nen = \"x\"",
            "a.i18n.toml:1: captions: `a` has no caption in ja\n\
             a.i18n.toml:1: captions: `a` has no caption in zh-Hans",
        );
        check(
            &format!("[b]\n{WHOLE}\n[a]\n{}", WHOLE.replace("{n}件", "件")),
            "a.i18n.toml:7: captions: `a` has other placeholders in ja than in en\n\
             a.i18n.toml:7: captions: `a` has other placeholders in zh-Hans than in en",
        );
        check(
            &format!("[a]\n{WHOLE}fr = \"x\""),
            "a.i18n.toml:1: captions: `a` has a key `fr`, which is no language",
        );
        check(
            "[g]\na = { ko = \"가\", ja = \"あ\", zh-Hans = \"啊\", en = \"\" }",
            "a.i18n.toml:2: captions: `g.a` has no caption in en",
        );
        check("[a", "a.i18n.toml:1: captions: no TOML: unclosed table, expected `]`");
    }

    #[track_caller]
    fn check_fluent_text(korean: &str, english: &str, expected: &str) {
        let tree = Tree::of(&[
            ("locales/ko/a.ftl", korean),
            ("locales/ja/a.ftl", english),
            ("locales/zh-Hans/a.ftl", english),
            ("locales/en/a.ftl", english),
        ]);
        assert_eq!(shown(&super::check(&tree)), expected);
    }

    #[test]
    fn fluent_files_have_the_same_messages_and_variables() {
        let check = check_fluent_text;
        let plural = "a = { $n ->\n    [one] one\n   *[other] { $n } of { NUMBER($m) }\n}\n";
        check("# 말\na = { $n } { $m }건\n", plural, "");
        check("a = { $n }건\n", plural, "locales/ko/a.ftl:1: captions: `a` does not use `$m`");
        check("", "a = x\n", "locales/ko/a.ftl:1: captions: `a` is missing");
        check("a = 가\n    .title = 나\n", "a = x\n    .title = y\n", "");
        check(
            "a = 가\n",
            "a =\n    .title = y\n",
            "locales/ko/a.ftl:1: captions: `a.title` is missing",
        );
        check("a =\n", "a = x\n", "locales/ko/a.ftl:1: captions: `a` is blank");
        check("a = 가\na = 나\n", "a = x\n", "locales/ko/a.ftl:2: captions: `a` is given twice");
        check("a = 가\n나\n", "a = x\n", "locales/ko/a.ftl:2: captions: `나` is no message");
        check("-brand = 가\n", "-brand = x\n", "");
    }

    #[test]
    fn a_fluent_file_is_there_in_every_language() {
        let tree = Tree::of(&[("locales/ko/a.ftl", "a = 가"), ("locales/fr/a.ftl", "a = x")]);
        assert_eq!(
            shown(&super::check(&tree)),
            "locales/fr/a.ftl:1: captions: `fr` is no language folder\n\
             locales/ja/a.ftl:1: captions: the file is missing\n\
             locales/zh-Hans/a.ftl:1: captions: the file is missing\n\
             locales/en/a.ftl:1: captions: the file is missing"
        );
    }

    #[test]
    fn a_kind_of_act_has_its_captions() {
        let kind = "crates/pumasi-act/src/kinds/receipt.rs";
        let captions = "crates/pumasi-act/src/kinds/receipt.i18n.toml";
        assert_eq!(
            shown(&super::check(&Tree::of(&[(kind, "")]))),
            format!("{kind}:1: captions: the kind `receipt` has no captions")
        );
        assert_eq!(shown(&super::check(&Tree::of(&[(kind, ""), (captions, WHOLE)]))), "");
    }
}
