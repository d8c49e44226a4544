//! Functions of at most 70 lines, files of at most 800.

use super::source::{Language, Source, byte_at, is_word};
use super::{File, Finding, Tree};

const FUNCTION_LINES_MAX: usize = 70;
const FILE_LINES_MAX: usize = 800;
const RULE: &str = "length";

/// Checks every Rust and TypeScript file; generated `.d.ts` files are nobody's to read.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let language = |file: &File| match file.name().rsplit_once('.') {
        Some((_, "rs")) => Some(Language::Rust),
        Some((stem, "ts")) if !stem.ends_with(".d") => Some(Language::Script),
        Some((_, "tsx")) => Some(Language::Script),
        _ => None,
    };
    let mut findings = Vec::new();
    for file in &tree.files {
        if let Some(language) = language(file) {
            check_file(file, language, &mut findings);
        }
    }
    findings
}

fn check_file(file: &File, language: Language, findings: &mut Vec<Finding>) {
    let lines = file.text.lines().count();
    if lines > FILE_LINES_MAX {
        let what = format!("{lines} lines, {FILE_LINES_MAX} are allowed");
        let to_do = "split the file by what its parts are for";
        findings.push(Finding::new(&file.path, FILE_LINES_MAX + 1, RULE, what, to_do));
    }
    let source = Source::new(&file.text, language);
    let bodies = match language {
        Language::Rust => rust_functions(&source),
        Language::Script => script_functions(&source),
    };
    for Function { name, start, end } in bodies {
        let first = source.line_at(start);
        let lines = source.line_at(end.saturating_sub(1)) + 1 - first;
        if lines > FUNCTION_LINES_MAX {
            let what = format!("{name} has {lines} lines, {FUNCTION_LINES_MAX} are allowed");
            let to_do = "keep the branches here and move the leaves into functions of their own";
            findings.push(Finding::new(&file.path, first, RULE, what, to_do));
        }
    }
}

struct Function {
    name: String,
    start: usize,
    end: usize,
}

fn word_after(code: &str, at: usize) -> String {
    let rest = code.get(at..).unwrap_or_default().trim_start();
    rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '$')).collect()
}

/// Every `fn` that has a name and a body.
fn rust_functions(source: &Source) -> Vec<Function> {
    let mut functions = Vec::new();
    for start in source.find("fn") {
        let name = word_after(&source.code, start + "fn".len());
        if name.is_empty() {
            continue;
        }
        if let Some(open) = rust_body(source, start)
            && let Some(end) = source.closing(open)
        {
            functions.push(Function { name: format!("`{name}`"), start, end });
        }
    }
    functions
}

/// The brace that opens the body of the function at `start`; none before a `;`.
fn rust_body(source: &Source, start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (offset, byte) in source.code.bytes().enumerate().skip(start) {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.checked_sub(1)?,
            b'{' if depth == 0 => return Some(offset),
            b';' if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

/// Every `function`, every arrow function with a block or a bracketed body, and every method.
fn script_functions(source: &Source) -> Vec<Function> {
    let mut functions = Vec::new();
    for start in source.find("function") {
        let name = word_after(&source.code, start + "function".len());
        let parameters = source.code.get(start..).and_then(|rest| rest.find('('));
        if let Some(end) = parameters.and_then(|at| script_body_end(source, start + at)) {
            functions.push(Function { name: format!("`{name}`"), start, end });
        }
    }
    for start in source.find("=>") {
        let rest = source.code.get(start + 2..).unwrap_or_default();
        let open = start + 2 + rest.len() - rest.trim_start().len();
        if !matches!(byte_at(&source.code, open), b'{' | b'(') || holds_tests(source, start) {
            continue;
        }
        if let Some(end) = source.closing(open) {
            functions.push(Function { name: "a function".to_owned(), start, end });
        }
    }
    functions.extend(script_methods(source));
    functions
}

/// Whether the arrow at `start` is the body of a `describe`, which groups tests and does nothing.
fn holds_tests(source: &Source, start: usize) -> bool {
    let before = source.code.get(..start).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default().trim_start();
    line.starts_with("describe") || line.starts_with("test.describe")
}

/// Methods: a name, parameters and a block, where the name is no keyword of a statement.
fn script_methods(source: &Source) -> Vec<Function> {
    const STATEMENTS: [&str; 6] = ["if", "for", "while", "switch", "catch", "function"];
    let mut methods = Vec::new();
    for (open, _) in source.code.match_indices('(') {
        let head = source.code.get(..open).unwrap_or_default();
        let start = head.rfind(|c: char| !c.is_alphanumeric() && c != '_').map_or(0, |at| at + 1);
        let name = head.get(start..).unwrap_or_default();
        let before = head.get(..start).unwrap_or_default().trim_end();
        let called = before.ends_with('.') || before.ends_with("new");
        let declared = before.ends_with("function") || STATEMENTS.contains(&name);
        if name.is_empty() || called || declared || !name.bytes().all(is_word) {
            continue;
        }
        if let Some(end) = script_body_end(source, open) {
            methods.push(Function { name: format!("`{name}`"), start, end });
        }
    }
    methods
}

/// The end of the body that follows parameters opening at `open`, past a return type if there is
/// one; none when no block follows.
fn script_body_end(source: &Source, open: usize) -> Option<usize> {
    let mut at = source.closing(open)?;
    let mut in_type = false;
    let mut angles = 0_usize;
    // The last byte of a type after which a brace still belongs to the type.
    let mut last = b')';
    loop {
        let byte = *source.code.as_bytes().get(at)?;
        match byte {
            b'{' if angles == 0 && !(in_type && b":|&".contains(&last)) => {
                return source.closing(at);
            }
            b'{' | b'(' | b'[' => {
                at = source.closing(at)?;
                last = b'}';
                continue;
            }
            b':' if !in_type => in_type = true,
            b'<' if in_type => angles += 1,
            b'>' if in_type && last != b'=' => angles = angles.saturating_sub(1),
            byte if byte.is_ascii_whitespace() => {}
            _ if in_type && !b";})=,".contains(&byte) => {}
            _ => return None,
        }
        if !byte.is_ascii_whitespace() {
            last = byte;
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::super::shown;
    use super::*;

    /// Replaces `LINES` by sixty-nine filler lines, so that a block around it has 71.
    #[track_caller]
    fn check_in(path: &str, text: &str, expected: &str) {
        for (filler, expected) in [(69, expected), (68, "")] {
            let text = text.replace("LINES", "x;\n".repeat(filler).trim_end());
            assert_eq!(shown(&super::check(&Tree::of(&[(path, &text)]))), expected, "{filler}");
        }
    }

    #[test]
    fn long_rust_functions_are_found() {
        let check = |text: &str, expected: &str| check_in("a.rs", text, expected);
        check("fn f() {\nLINES\n}", "a.rs:1: length: `f` has 71 lines, 70 are allowed");
        check(
            "impl A {\n    fn g(&self, x: [u8; 4]) -> B {\nLINES\n}\n}",
            "a.rs:2: length: `g` has 71 lines, 70 are allowed",
        );
        check("mod tests {\nLINES\n}", "");
        check("trait T {\nfn f();\nLINES\nx; }", "");
        check("fn f(g: fn(u8) -> u8) {}\nconst X: A = A {\nLINES\n};", "");
        check(
            "fn f() { let s = \"}\";\nLINES\n}",
            "a.rs:1: length: `f` has 71 lines, 70 are allowed",
        );
        check(
            "fn f<'a>(c: char) {\nmatch c { '}' => 1 }\nLINES }",
            "a.rs:1: length: `f` has 71 lines, 70 are allowed",
        );
    }

    #[test]
    fn long_script_functions_are_found() {
        let check = |text: &str, expected: &str| check_in("a.tsx", text, expected);
        check(
            "export function Page({ a }: { a: string }): { b: A<{ c: D }> } {\nLINES\n}",
            "a.tsx:1: length: `Page` has 71 lines, 70 are allowed",
        );
        check(
            "const f = (a: A) => {\nLINES\n}",
            "a.tsx:1: length: a function has 71 lines, 70 are allowed",
        );
        check(
            "const f = (a) => (\nLINES\n)",
            "a.tsx:1: length: a function has 71 lines, 70 are allowed",
        );
        check(
            "class A {\nread(a: string): Promise<void> {\nLINES\n}\n}",
            "a.tsx:2: length: `read` has 71 lines, 70 are allowed",
        );
        check("describe('a', () => {\nLINES\n});", "");
        check("const a = {\nLINES\n};", "");
        check("type A = (b: C) => void;\ninterface D {\nLINES\n}", "");
    }

    #[test]
    fn long_files_are_found() {
        let check = |path: &str, lines: usize, expected: &str| {
            let text = "// a\n".repeat(lines);
            assert_eq!(shown(&super::check(&Tree::of(&[(path, &text)]))), expected);
        };
        check("a.rs", 800, "");
        check("a.rs", 801, "a.rs:801: length: 801 lines, 800 are allowed");
        check("a.ts", 801, "a.ts:801: length: 801 lines, 800 are allowed");
        check("api.d.ts", 801, "");
        check("a.md", 801, "");
    }
}
