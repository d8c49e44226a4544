//! What commands answer with: a value for programs and a page for people.

use std::fmt::Write as _;
use std::io::{IsTerminal as _, Write as _};

use pumasi_node::view::page::ClauseLine;
use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

use crate::failure::{Exit, Failure};
use crate::words::Words;

/// What a command answers: the same content twice, so that none can lack `--json`.
#[derive(Debug)]
pub struct Answer {
    /// For programs.
    pub value: Value,
    /// For people.
    pub page: Page,
    /// How the process ends when the answer is a no; none for success.
    pub exit: Option<Exit>,
}

impl Answer {
    /// A successful answer.
    #[must_use]
    pub const fn new(value: Value, page: Page) -> Self {
        Self { value, page, exit: None }
    }

    /// An answer that was found but says no.
    #[must_use]
    pub const fn ending(mut self, exit: Option<Exit>) -> Self {
        self.exit = exit;
        self
    }
}

/// A page of blocks, one under the other.
#[derive(Debug, Default)]
pub struct Page {
    blocks: Vec<Block>,
}

#[derive(Debug)]
enum Block {
    Title(String),
    Line(String),
    Fields(Vec<(String, String)>),
    Table(Table),
    Verbatim(String),
}

impl Page {
    /// A text that is printed byte for byte, such as an exported bundle.
    #[must_use]
    pub fn verbatim(text: String) -> Self {
        Self { blocks: vec![Block::Verbatim(text)] }
    }

    /// Adds a heading.
    pub fn title(&mut self, text: impl Into<String>) -> &mut Self {
        self.blocks.push(Block::Title(text.into()));
        self
    }

    /// Adds a line.
    pub fn line(&mut self, text: impl Into<String>) -> &mut Self {
        self.blocks.push(Block::Line(text.into()));
        self
    }

    /// Adds a name with its value; neighbouring ones are aligned.
    pub fn field(&mut self, name: impl Into<String>, value: impl Into<String>) -> &mut Self {
        let pair = (name.into(), value.into());
        if let Some(Block::Fields(fields)) = self.blocks.last_mut() {
            fields.push(pair);
        } else {
            self.blocks.push(Block::Fields(vec![pair]));
        }
        self
    }

    /// Adds a name with its value when there is one.
    pub fn field_if(
        &mut self,
        name: impl Into<String>,
        value: Option<impl Into<String>>,
    ) -> &mut Self {
        if let Some(value) = value {
            self.field(name, value);
        }
        self
    }

    /// Adds a table, or `empty` when it has no rows.
    pub fn table(&mut self, table: Table, empty: impl Into<String>) -> &mut Self {
        if table.rows.is_empty() {
            return self.line(empty);
        }
        self.blocks.push(Block::Table(table));
        self
    }

    /// The page as text.
    #[must_use]
    pub fn text(&self, style: Style) -> String {
        let mut text = String::new();
        for (place, block) in self.blocks.iter().enumerate() {
            match block {
                Block::Title(title) => {
                    let gap = if place == 0 { "" } else { "\n" };
                    let _ = writeln!(text, "{gap}{}", style.strong(&clean(title)));
                }
                Block::Line(line) => {
                    let _ = writeln!(text, "{}", clean(line));
                }
                Block::Fields(fields) => write_fields(&mut text, fields, style),
                Block::Table(table) => table.write(&mut text, style),
                Block::Verbatim(exact) => text.push_str(exact),
            }
        }
        text
    }
}

fn write_fields(text: &mut String, fields: &[(String, String)], style: Style) {
    let width = fields.iter().map(|(name, _)| name.width()).max().unwrap_or(0);
    for (name, value) in fields {
        let gap = " ".repeat(width.saturating_sub(name.width()));
        let _ = writeln!(text, "{}{gap}  {}", style.faint(name), clean(value));
    }
}

/// On which side of a column its cells stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Words.
    Left,
    /// Figures.
    Right,
}

/// A table whose columns align on every terminal, wide characters counted as two.
#[derive(Debug)]
pub struct Table {
    columns: Vec<(String, Side)>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these headings.
    #[must_use]
    pub fn new(columns: impl IntoIterator<Item = (String, Side)>) -> Self {
        Self { columns: columns.into_iter().collect(), rows: Vec::new() }
    }

    /// Adds a row, with one cell for each column.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().map(|cell| clean(&cell)).collect());
    }

    /// How many rows it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    fn write(&self, text: &mut String, style: Style) {
        let widths: Vec<usize> = self
            .columns
            .iter()
            .enumerate()
            .map(|(place, (heading, _))| {
                let cells = self.rows.iter().filter_map(|row| row.get(place));
                cells.map(|cell| cell.width()).chain([heading.width()]).max().unwrap_or(0)
            })
            .collect();
        let headings: Vec<String> = self.columns.iter().map(|(name, _)| name.clone()).collect();
        let _ = writeln!(text, "{}", style.faint(&self.aligned(&headings, &widths)));
        for row in &self.rows {
            let _ = writeln!(text, "{}", self.aligned(row, &widths));
        }
    }

    fn aligned(&self, cells: &[String], widths: &[usize]) -> String {
        let mut line = String::new();
        for ((cell, width), (_, side)) in cells.iter().zip(widths).zip(&self.columns) {
            let gap = " ".repeat(width.saturating_sub(cell.width()));
            match side {
                Side::Left => line.extend([cell, gap.as_str(), "  "]),
                Side::Right => line.extend([gap.as_str(), cell, "  "]),
            }
        }
        line.truncate(line.trim_end().len());
        line
    }
}

/// Removes what could move the cursor or change colours: texts come from strangers.
#[must_use]
pub fn clean(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\n' | '\t' => Some(' '),
            // Marks that turn the direction of writing can make a line read as another.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
            c if c.is_control() => None,
            c => Some(c),
        })
        .collect()
}

/// A line that begins with a label, whose colon brings its own space where it is a wide one.
#[must_use]
pub fn labelled(
    label: &str,
    text: &str,
    emphasis: impl Fn(Style, &str) -> String,
    style: Style,
) -> String {
    let gap = if label.ends_with('：') { "" } else { " " };
    format!("{}{gap}{}\n", emphasis(style, label), clean(text))
}

/// A clause in one line: where it stands, its article, what it says.
#[must_use]
pub fn clause(line: &ClauseLine, words: &Words) -> String {
    let (article, caption) = (words.of(&line.article), words.of(&line.caption));
    format!("{}/{} {article}: {caption}", line.agreement, line.clause)
}

/// The first eight digits of a long id: what people type and tables show.
#[must_use]
pub fn short(id: &str) -> String {
    id.chars().take(8).collect()
}

/// Whether to use bold and colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    colour: bool,
}

impl Style {
    /// Plain text, as tests expect it.
    #[cfg(test)]
    #[must_use]
    pub const fn plain() -> Self {
        Self { colour: false }
    }

    /// Bold and colour where the stream is a terminal that can show them.
    ///
    /// SPEC: no-color.org: a `NO_COLOR` that is not empty turns colour off.
    #[must_use]
    pub fn of(terminal: bool) -> Self {
        let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
        let dumb = set("TERM").is_some_and(|term| term == "dumb");
        Self { colour: terminal && !dumb && set("NO_COLOR").is_none() }
    }

    fn wrap(self, code: &str, text: &str) -> String {
        if self.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// What matters.
    #[must_use]
    pub fn strong(self, text: &str) -> String {
        self.wrap("1", text)
    }

    /// Names beside values.
    #[must_use]
    pub fn faint(self, text: &str) -> String {
        self.wrap("2", text)
    }

    /// What went wrong.
    #[must_use]
    pub fn alarm(self, text: &str) -> String {
        self.wrap("1;31", text)
    }
}

/// Prints an answer to standard output, or a failure to standard error, and says how to end.
#[must_use]
pub fn finish(result: Result<Answer, Failure>, json: bool, words: &Words) -> u8 {
    match result {
        Ok(answer) => {
            let style = Style::of(std::io::stdout().is_terminal());
            // Nothing is left to say after a node that told where it listens has stopped.
            if !answer.value.is_null() {
                let text = if json { pretty(&answer.value) } else { answer.page.text(style) };
                print(&text);
            }
            answer.exit.map_or(0, Exit::number)
        }
        Err(failure) => {
            let style = Style::of(std::io::stderr().is_terminal());
            let text = if json { pretty(&failure.json(words)) } else { failure.text(words, style) };
            // Nothing is left to tell it to when standard error is gone.
            let _ = std::io::stderr().write_all(text.as_bytes());
            failure.exit.number()
        }
    }
}

/// Prints to standard output; a reader who has gone, as `head` does, is no failure.
pub fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Says on standard error what belongs to an answer and is no part of it, so that the answer alone
/// can go into a file.
pub fn beside(lines: &[String]) {
    let text: String = lines.iter().map(|line| format!("{}\n", clean(line))).collect();
    // Nothing is left to tell it to when standard error is gone.
    let _ = std::io::stderr().write_all(text.as_bytes());
}

fn pretty(value: &Value) -> String {
    // A JSON value always writes.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

/// Says on a terminal what takes time, and wipes it away when dropped.
pub struct Progress {
    shown: usize,
}

impl Progress {
    /// Shows `text` on standard error when that is a terminal.
    #[must_use]
    pub fn start(text: &str) -> Self {
        let mut err = std::io::stderr();
        let shown = if err.is_terminal() { text.width() } else { 0 };
        if shown > 0 {
            let _ = write!(err, "{text}").and_then(|()| err.flush());
        }
        Self { shown }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown > 0 {
            let _ = write!(std::io::stderr(), "\r{}\r", " ".repeat(self.shown));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rows: &[[&str; 3]], expected: &str) {
        let columns = [("id", Side::Left), ("수량", Side::Right), ("note", Side::Left)];
        let mut table = Table::new(columns.map(|(name, side)| (name.to_owned(), side)));
        for row in rows {
            table.row(row.map(str::to_owned));
        }
        let mut page = Page::default();
        page.table(table, "nothing");
        assert_eq!(page.text(Style::plain()), expected);
    }

    #[test]
    fn tables_align_wide_characters() {
        check(
            &[["a", "1", "x"], ["石川県", "12,345", "y"]],
            "id        수량  note\na            1  x\n石川県  12,345  y\n",
        );
        check(&[], "nothing\n");
    }

    #[test]
    fn nothing_a_stranger_writes_reaches_the_terminal_as_a_command() {
        check(&[["\u{1b}[2J", "1", "a\u{202e}b\u{7}\nc"]], "id   수량  note\n[2J     1  ab c\n");
    }

    #[test]
    fn fields_stand_in_one_column() {
        let mut page = Page::default();
        page.title("T").field("규모", "7.6").field("a", "b").field_if("none", None::<String>);
        assert_eq!(page.text(Style::plain()), "T\n규모  7.6\na     b\n");
        assert_eq!(Style { colour: true }.strong("x"), "\u{1b}[1mx\u{1b}[0m");
    }
}
