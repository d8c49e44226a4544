//! Takes the fields of a TOML table one by one, keeping where each stands in the file.
//!
//! Every fault is noted and reading goes on, so that an author sees all faults of a file at once.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pumasi_base::{Captions, Date, Lang};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::fault::{Fault, FaultKind as Kind};
use crate::word::Word;

/// A fault in an agreement file, at its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{file}:{line}:{column}: {}{fault}", .clause.as_ref().map_or_else(String::new, |id| format!("clause {id}: ")))]
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
    pub fault: Fault,
}

/// The most faults of one file that are told; a file can hold any number.
const FAULTS_MAX: usize = 100;

/// Collects the faults of one file.
pub(crate) struct Faults<'t> {
    file: &'t str,
    text: &'t str,
    /// Where each stands, in bytes, in which clause, and what it is.
    found: Vec<(usize, Option<String>, Fault)>,
    /// Where the first stands of those that are not told.
    more: Option<usize>,
}

impl<'t> Faults<'t> {
    pub(crate) const fn new(file: &'t str, text: &'t str) -> Self {
        Self { file, text, found: Vec::new(), more: None }
    }

    pub(crate) fn add(&mut self, at: usize, clause: Option<&str>, fault: impl Into<Fault>) {
        if self.found.len() < FAULTS_MAX {
            self.found.push((at, clause.map(str::to_owned), fault.into()));
        } else {
            self.more.get_or_insert(at);
        }
    }

    pub(crate) const fn count(&self) -> usize {
        self.found.len()
    }

    /// The faults in the order of the file; the last says so when there are more.
    pub(crate) fn into_errors(self) -> Vec<ReadError> {
        let Self { file, text, found, more } = self;
        let error = |at, clause, fault| {
            let (line, column) = place_of(text, at);
            ReadError { file: file.to_owned(), line, column, clause, fault }
        };
        let mut errors: Vec<ReadError> =
            found.into_iter().map(|(at, clause, fault)| error(at, clause, fault)).collect();
        errors.sort_by(|a, b| (a.line, a.column, &a.fault).cmp(&(b.line, b.column, &b.fault)));
        errors.extend(more.map(|at| error(at, None, Fault::of(Kind::MoreFaults, [&FAULTS_MAX]))));
        errors
    }
}

/// The line and the column, in characters, of a byte of a text; both from 1.
pub(crate) fn place_of(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    (line, before.get(line_start..).unwrap_or("").chars().count() + 1)
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

    pub(crate) fn fault(&mut self, span: &Range<usize>, fault: impl Into<Fault>) {
        self.faults.add(span.start, self.clause.as_deref(), fault);
    }

    /// A fault of the table as a whole.
    pub(crate) fn fault_here(&mut self, fault: impl Into<Fault>) {
        self.faults.add(self.start, self.clause.as_deref(), fault);
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
            self.fault_here(Fault::of(Kind::FieldMissing, [&key]));
        }
        value
    }

    /// A text, when it is there; never blank.
    pub(crate) fn optional_text(&mut self, key: &'static str) -> Option<&'f str> {
        let value = self.take(key)?;
        match value.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => Some(text.as_ref()),
            DeValue::String(_) => {
                self.fault(&value.span(), Fault::of(Kind::Blank, [&key]));
                None
            }
            _ => {
                self.fault(&value.span(), Fault::of(Kind::NoText, [&key]));
                None
            }
        }
    }

    pub(crate) fn text(&mut self, key: &'static str) -> Option<&'f str> {
        let value = self.optional_text(key);
        self.need(key, value)
    }

    /// A text that parses as `T`, when it is there.
    pub(crate) fn optional_parsed<T: Word>(&mut self, key: &'static str) -> Option<T> {
        let text = self.optional_text(key)?;
        match T::read(key, text) {
            Ok(value) => Some(value),
            Err(fault) => {
                let span = self.span_of(key);
                self.fault(&span, fault);
                None
            }
        }
    }

    pub(crate) fn parsed<T: Word>(&mut self, key: &'static str) -> Option<T> {
        let value = self.optional_parsed(key);
        self.need(key, value)
    }

    /// A list of texts, empty when it is not there; an empty list is a fault, and so is naming one
    /// thing twice.
    pub(crate) fn list<T: Word + PartialEq>(&mut self, key: &'static str) -> Vec<T> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.fault(&value.span(), Fault::of(Kind::NoList, [&key]));
            return Vec::new();
        };
        if items.is_empty() {
            self.fault(&value.span(), Fault::of(Kind::ListEmpty, [&key]));
        }
        let mut list = Vec::with_capacity(items.len());
        for item in items.iter() {
            let DeValue::String(text) = item.get_ref() else {
                self.fault(&item.span(), Fault::of(Kind::NoListOfTexts, [&key]));
                continue;
            };
            match T::read(key, text) {
                Ok(value) if list.contains(&value) => {
                    self.fault(&item.span(), Fault::of(Kind::ListedTwice, [text]));
                }
                Ok(value) => list.push(value),
                Err(fault) => self.fault(&item.span(), fault),
            }
        }
        list
    }

    /// A whole number of at least `least`, when it is there.
    pub(crate) fn optional_integer(&mut self, key: &'static str, least: i64) -> Option<i64> {
        let value = self.take(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix()).ok(),
            _ => None,
        };
        if number.is_none_or(|n| n < least) {
            self.fault(&value.span(), Fault::of(Kind::NoNumber, [&key, &least]));
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
        self.fault(&value.span(), Fault::of(Kind::NoFlag, [&key]));
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
            self.fault(&value.span(), Fault::of(Kind::NoDate, [&key]));
        }
        date
    }

    /// Texts by language, when they are there.
    pub(crate) fn texts(&mut self, key: &'static str) -> BTreeMap<Lang, String> {
        let mut texts = BTreeMap::new();
        let Some(value) = self.take(key) else { return texts };
        let DeValue::Table(table) = value.get_ref() else {
            self.fault(&value.span(), Fault::of(Kind::NoTexts, [&key]));
            return texts;
        };
        for (lang, text) in table {
            match (lang.get_ref().parse::<Lang>(), text.get_ref()) {
                (Ok(lang), DeValue::String(text)) if !text.trim().is_empty() => {
                    texts.insert(lang, text.trim().to_owned());
                }
                (Ok(lang), _) => {
                    self.fault(&text.span(), Fault::of(Kind::BlankInLanguage, [&key, &lang]))
                }
                (Err(_), _) => {
                    let fault = Fault::of(Kind::LanguageUnknown, [lang.get_ref()]);
                    self.fault(&lang.span(), fault);
                }
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
            self.fault(&span, Fault::of(Kind::LanguagesMissing, [&key, &missing.join(", ")]));
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
            self.fault(&value.span(), Fault::of(Kind::NoTable, [&key]));
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
            self.fault(&value.span(), Fault::of(Kind::NoListOfTables, [&key]));
            return Vec::new();
        };
        let mut list = Vec::with_capacity(items.len());
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(table) => {
                    list.extend(self.read_table(table, item.span().start, &mut read));
                }
                _ => self.fault(&item.span(), Fault::of(Kind::NoListOfTables, [&key])),
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
    pub(crate) fn named_lists<K: Word + Ord, V: Word>(
        &mut self,
        key: &'static str,
    ) -> BTreeMap<K, Vec<V>> {
        let mut map = BTreeMap::new();
        let Some(value) = self.take(key) else { return map };
        let DeValue::Table(table) = value.get_ref() else {
            self.fault(&value.span(), Fault::of(Kind::NoTableOfLists, [&key]));
            return map;
        };
        for (name, items) in table {
            let mut list = Vec::new();
            match items.get_ref() {
                DeValue::Array(items) => {
                    for item in items.iter() {
                        match item.get_ref().as_str().map(|text| V::read(key, text)) {
                            Some(Ok(value)) => list.push(value),
                            Some(Err(fault)) => self.fault(&item.span(), fault),
                            None => {
                                self.fault(&item.span(), Fault::of(Kind::NoTableOfLists, [&key]))
                            }
                        }
                    }
                }
                _ => self.fault(&items.span(), Fault::of(Kind::NoTableOfLists, [&key])),
            }
            match K::read(key, name.get_ref()) {
                Ok(name) => drop(map.insert(name, list)),
                Err(fault) => self.fault(&name.span(), fault),
            }
        }
        map
    }

    /// Notes every field that nothing has taken.
    pub(crate) fn finish(self) {
        let Self { faults, table, clause, taken, .. } = self;
        for key in table.keys().filter(|key| !taken.contains(key.get_ref().as_ref())) {
            let fault = Fault::of(Kind::FieldUnknown, [key.get_ref()]);
            faults.add(key.span().start, clause.as_deref(), fault);
        }
    }
}
