//! Puts Markdown together: headings, fields, lists and tables of text that stays text.

use pumasi_base::Lang;

use crate::formats::words::Table;

/// A report being written in one language.
pub(super) struct Report {
    text: String,
    words: &'static Table,
    lang: Lang,
    colon: &'static str,
}

impl Report {
    pub(super) const fn new(words: &'static Table, colon: &'static str, lang: Lang) -> Self {
        Self { text: String::new(), words, lang, colon }
    }

    /// A word of the report's own.
    pub(super) fn say(&self, key: &'static str) -> &'static str {
        self.words.say(key, self.lang)
    }

    /// The word of a code of pages, such as `status_actual`.
    pub(super) fn code(&self, prefix: &str, code: &str) -> String {
        self.words.code(prefix, code, self.lang).to_owned()
    }

    /// The title of the whole report.
    pub(super) fn title(&mut self, text: &str) {
        self.push("# ", text);
        self.text.push('\n');
    }

    /// Begins a section.
    pub(super) fn section(&mut self, key: &'static str) {
        let heading = self.say(key);
        self.gap();
        self.push("## ", heading);
        self.text.push('\n');
    }

    /// A line of its own.
    pub(super) fn paragraph(&mut self, text: &str) {
        self.gap();
        self.push("", text);
    }

    /// A line in strong letters, for what must not be overlooked.
    pub(super) fn strong(&mut self, text: &str) {
        self.gap();
        self.text.push_str("**");
        self.text.push_str(&escaped(text));
        self.text.push_str("**\n");
    }

    /// A point of a list: a name and what it is; nothing where there is nothing.
    pub(super) fn field(&mut self, key: &'static str, value: &str) {
        if !value.is_empty() {
            let line = format!("{}{}{value}", self.say(key), self.colon);
            self.push("- ", &line);
        }
    }

    /// A point of a list.
    pub(super) fn point(&mut self, text: &str) {
        self.push("- ", text);
    }

    /// A table with captions; the words for none when it has no rows. The columns from `figures`
    /// on hold figures and are set to the right.
    pub(super) fn table(
        &mut self,
        captions: &[&'static str],
        figures: usize,
        rows: &[Vec<String>],
    ) {
        self.gap();
        if rows.is_empty() {
            let none = self.say("none");
            return self.push("", none);
        }
        let captions: Vec<String> = captions.iter().map(|key| self.say(key).to_owned()).collect();
        self.row(&captions);
        let rule = |column| if column < figures { "---" } else { "---:" };
        let rules: Vec<&str> = (0..captions.len()).map(rule).collect();
        self.text.push_str(&format!("| {} |\n", rules.join(" | ")));
        for row in rows {
            self.row(row);
        }
    }

    pub(super) fn finish(self) -> String {
        self.text
    }

    fn row(&mut self, cells: &[String]) {
        let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
        self.text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }

    fn push(&mut self, mark: &str, text: &str) {
        self.text.push_str(mark);
        self.text.push_str(&escaped(text));
        self.text.push('\n');
    }

    /// An empty line before what begins anew, such as a list after a paragraph.
    pub(super) fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }
}

/// A text on one line in which no character means anything to Markdown or HTML.
pub(super) fn escaped(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        if word.is_empty() {
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        for c in word.chars() {
            if "\\`*_[]<>|&#~".contains(c) {
                line.push('\\');
            }
            line.push(c);
        }
    }
    line
}
