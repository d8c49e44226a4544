//! Takes the fields of a TOML table one by one, keeping where each stands in the file.
//!
//! Every fault is noted and reading goes on, so that an author sees all faults of a file at once.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::ops::Range;
use std::str::FromStr;

use pumasi_base::{Captions, Date, Lang};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A fault in an agreement file, at its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{file}:{line}:{column}: {}{what}", .clause.as_ref().map_or_else(String::new, |id| format!("clause {id}: ")))]
pub struct ReadError {
    /// The file as it was named to the reader.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The clause, when the fault lies in one.
    pub clause: Option<String>,
    /// What is wrong.
    pub what: String,
}

/// Collects the faults of one file.
pub(crate) struct Faults<'t> {
    file: &'t str,
    text: &'t str,
    errors: Vec<ReadError>,
}

impl<'t> Faults<'t> {
    pub(crate) const fn new(file: &'t str, text: &'t str) -> Self {
        Self { file, text, errors: Vec::new() }
    }

    pub(crate) fn add(&mut self, at: usize, clause: Option<&str>, what: String) {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        self.errors.push(ReadError {
            file: self.file.to_owned(),
            line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
            column: before.get(line_start..).unwrap_or("").chars().count() + 1,
            clause: clause.map(str::to_owned),
            what,
        });
    }

    pub(crate) const fn count(&self) -> usize {
        self.errors.len()
    }

    /// The faults in the order of the file.
    pub(crate) fn into_errors(mut self) -> Vec<ReadError> {
        self.errors.sort_by(|a, b| (a.line, a.column, &a.what).cmp(&(b.line, b.column, &b.what)));
        self.errors
    }
}

/// The fields of one table that have not been taken yet.
pub(crate) struct Fields<'f, 't> {
    faults: &'f mut Faults<'t>,
    table: &'f DeTable<'f>,
    start: usize,
    clause: Option<String>,
    taken: BTreeSet<&'static str>,
}

impl<'f, 't> Fields<'f, 't> {
    pub(crate) const fn new(
        faults: &'f mut Faults<'t>,
        table: &'f DeTable<'f>,
        start: usize,
    ) -> Self {
        Self { faults, table, start, clause: None, taken: BTreeSet::new() }
    }

    /// Names the clause these fields belong to, for the faults still to come.
    pub(crate) fn name_clause(&mut self, id: &str) {
        self.clause = Some(id.to_owned());
    }

    pub(crate) fn fault(&mut self, span: &Range<usize>, what: String) {
        self.faults.add(span.start, self.clause.as_deref(), what);
    }

    /// A fault of the table as a whole.
    pub(crate) fn fault_here(&mut self, what: String) {
        self.faults.add(self.start, self.clause.as_deref(), what);
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    pub(crate) const fn fault_count(&self) -> usize {
        self.faults.count()
    }

    /// Where the value of a field stands; the table's own place when it is not there.
    pub(crate) fn span_of(&self, key: &str) -> Range<usize> {
        self.table.get(key).map_or(self.start..self.start, Spanned::span)
    }

    fn take(&mut self, key: &'static str) -> Option<&'f Spanned<DeValue<'f>>> {
        self.taken.insert(key);
        self.table.get(key)
    }

    fn need<T>(&mut self, key: &'static str, value: Option<T>) -> Option<T> {
        if value.is_none() && !self.has(key) {
            self.fault_here(format!("`{key}` is missing"));
        }
        value
    }

    /// A text, when it is there; never blank.
    pub(crate) fn optional_text(&mut self, key: &'static str) -> Option<&'f str> {
        let value = self.take(key)?;
        match value.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => Some(text.as_ref()),
            DeValue::String(_) => {
                self.fault(&value.span(), format!("`{key}` is blank"));
                None
            }
            _ => {
                self.fault(&value.span(), format!("`{key}` must be a text in quotes"));
                None
            }
        }
    }

    pub(crate) fn text(&mut self, key: &'static str) -> Option<&'f str> {
        let value = self.optional_text(key);
        self.need(key, value)
    }

    /// A text that parses as `T`, when it is there.
    pub(crate) fn optional_parsed<T: FromStr<Err: Display>>(
        &mut self,
        key: &'static str,
    ) -> Option<T> {
        let text = self.optional_text(key)?;
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                let span = self.span_of(key);
                self.fault(&span, format!("{error}"));
                None
            }
        }
    }

    pub(crate) fn parsed<T: FromStr<Err: Display>>(&mut self, key: &'static str) -> Option<T> {
        let value = self.optional_parsed(key);
        self.need(key, value)
    }

    /// A list of texts read by `read`, empty when it is not there; an empty list is a fault, and
    /// so is naming one thing twice.
    pub(crate) fn list_with<T: PartialEq>(
        &mut self,
        key: &'static str,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Vec<T> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.fault(&value.span(), format!("`{key}` must be a list in brackets"));
            return Vec::new();
        };
        if items.is_empty() {
            self.fault(&value.span(), format!("`{key}` is empty: leave it out to mean all"));
        }
        let mut list = Vec::with_capacity(items.len());
        for item in items.iter() {
            let DeValue::String(text) = item.get_ref() else {
                self.fault(&item.span(), format!("`{key}` must list texts in quotes"));
                continue;
            };
            match read(text) {
                Ok(value) if list.contains(&value) => {
                    self.fault(&item.span(), format!("`{text}` is listed twice"));
                }
                Ok(value) => list.push(value),
                Err(what) => self.fault(&item.span(), what),
            }
        }
        list
    }

    pub(crate) fn list<T: FromStr<Err: Display> + PartialEq>(
        &mut self,
        key: &'static str,
    ) -> Vec<T> {
        self.list_with(key, |text| text.parse().map_err(|error: T::Err| error.to_string()))
    }

    /// A whole number of at least `least`, when it is there.
    pub(crate) fn optional_integer(&mut self, key: &'static str, least: i64) -> Option<i64> {
        let value = self.take(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix()).ok(),
            _ => None,
        };
        if number.is_none_or(|n| n < least) {
            self.fault(&value.span(), format!("`{key}` must be a whole number from {least}"));
            return None;
        }
        number
    }

    pub(crate) fn integer(&mut self, key: &'static str, least: i64) -> Option<i64> {
        let value = self.optional_integer(key, least);
        self.need(key, value)
    }

    /// Whether a flag is set; `false` when it is not there.
    pub(crate) fn flag(&mut self, key: &'static str) -> bool {
        let Some(value) = self.take(key) else { return false };
        if let DeValue::Boolean(flag) = value.get_ref() {
            return *flag;
        }
        self.fault(&value.span(), format!("`{key}` must be true or false"));
        false
    }

    /// A civil date, when it is there.
    pub(crate) fn optional_date(&mut self, key: &'static str) -> Option<Date> {
        let value = self.take(key)?;
        let date = match value.get_ref() {
            DeValue::Datetime(moment) if moment.time.is_none() && moment.offset.is_none() => {
                moment.date.and_then(|date| date.to_string().parse::<Date>().ok())
            }
            _ => None,
        };
        if date.is_none() {
            self.fault(&value.span(), format!("`{key}` must be a date such as 2024-01-31"));
        }
        date
    }

    /// Texts by language, when they are there.
    pub(crate) fn texts(&mut self, key: &'static str) -> BTreeMap<Lang, String> {
        let mut texts = BTreeMap::new();
        let Some(value) = self.take(key) else { return texts };
        let DeValue::Table(table) = value.get_ref() else {
            self.fault(&value.span(), format!("`{key}` must give a text for each language"));
            return texts;
        };
        for (lang, text) in table {
            match (lang.get_ref().parse::<Lang>(), text.get_ref()) {
                (Ok(lang), DeValue::String(text)) if !text.trim().is_empty() => {
                    texts.insert(lang, text.trim().to_owned());
                }
                (Ok(lang), _) => self.fault(&text.span(), format!("`{key}` in {lang} is blank")),
                (Err(what), _) => self.fault(&lang.span(), what),
            }
        }
        texts
    }

    /// A caption in all four languages.
    pub(crate) fn captions(&mut self, key: &'static str) -> Option<Captions> {
        let faults = self.fault_count();
        let mut texts = self.texts(key);
        if !self.has(key) {
            return self.need(key, None);
        }
        if faults != self.fault_count() {
            return None;
        }
        let missing: Vec<_> =
            Lang::ALL.into_iter().filter(|l| !texts.contains_key(l)).map(Lang::tag).collect();
        if !missing.is_empty() {
            let span = self.span_of(key);
            self.fault(&span, format!("`{key}` is missing in {}", missing.join(", ")));
        }
        Some(Captions {
            ko: texts.remove(&Lang::Ko)?,
            ja: texts.remove(&Lang::Ja)?,
            zh: texts.remove(&Lang::Zh)?,
            en: texts.remove(&Lang::En)?,
        })
    }

    /// Reads a table inside this one, when it is there.
    pub(crate) fn inside<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Fields<'_, 't>) -> Option<T>,
    ) -> Option<T> {
        let value = self.take(key)?;
        let DeValue::Table(table) = value.get_ref() else {
            self.fault(&value.span(), format!("`{key}` must be a table"));
            return None;
        };
        self.read_table(table, value.span().start, read)
    }

    /// Reads every table of a list of tables.
    pub(crate) fn each<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&mut Fields<'_, 't>) -> Option<T>,
    ) -> Vec<T> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.fault(&value.span(), format!("`{key}` must be a list of tables"));
            return Vec::new();
        };
        let mut list = Vec::with_capacity(items.len());
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(table) => {
                    list.extend(self.read_table(table, item.span().start, &mut read));
                }
                _ => self.fault(&item.span(), format!("`{key}` must list tables")),
            }
        }
        list
    }

    fn read_table<T>(
        &mut self,
        table: &DeTable<'_>,
        start: usize,
        read: impl FnOnce(&mut Fields<'_, 't>) -> Option<T>,
    ) -> Option<T> {
        let mut inner = Fields {
            faults: &mut *self.faults,
            table,
            start,
            clause: self.clause.clone(),
            taken: BTreeSet::new(),
        };
        let value = read(&mut inner);
        inner.finish();
        value
    }

    /// Reads a table whose keys are names instead of fields.
    pub(crate) fn named_lists<K: FromStr<Err: Display> + Ord, V: FromStr<Err: Display>>(
        &mut self,
        key: &'static str,
    ) -> BTreeMap<K, Vec<V>> {
        let mut map = BTreeMap::new();
        let Some(value) = self.take(key) else { return map };
        let DeValue::Table(table) = value.get_ref() else {
            self.fault(&value.span(), format!("`{key}` must be a table of lists"));
            return map;
        };
        for (name, items) in table {
            let mut list = Vec::new();
            match items.get_ref() {
                DeValue::Array(items) => {
                    for item in items.iter() {
                        match item.get_ref().as_str().map(str::parse::<V>) {
                            Some(Ok(value)) => list.push(value),
                            Some(Err(error)) => self.fault(&item.span(), error.to_string()),
                            None => self.fault(&item.span(), format!("`{key}` lists texts")),
                        }
                    }
                }
                _ => self.fault(&items.span(), format!("`{key}` must be a table of lists")),
            }
            match name.get_ref().parse::<K>() {
                Ok(name) => drop(map.insert(name, list)),
                Err(error) => self.fault(&name.span(), error.to_string()),
            }
        }
        map
    }

    /// Notes every field that nothing has taken.
    pub(crate) fn finish(self) {
        let Self { faults, table, clause, taken, .. } = self;
        for key in table.keys().filter(|key| !taken.contains(key.get_ref().as_ref())) {
            let what = format!("unknown field `{}`", key.get_ref());
            faults.add(key.span().start, clause.as_deref(), what);
        }
    }
}
