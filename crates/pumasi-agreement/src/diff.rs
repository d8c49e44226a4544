//! Tells two texts of one agreement apart, clause by clause and field by field.
//!
//! Where [`compare`](crate::compare()) says what two texts let happen, [`diff`] says how they are
//! written: which clauses were added, removed, moved or changed, and in which fields. Fields are
//! taken from the file as it is, so that a new kind of clause needs nothing here. Comments, blank
//! lines and the order of fields are no difference, but the digest is over all bytes:
//! [`Diff::is_only_layout`] tells of two texts that say the same and must be signed apart.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_base::ClauseId;
use toml::{Table, Value};

use crate::agreement::Agreement;

/// How two texts differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diff {
    /// What differs outside the clauses.
    pub head: Vec<FieldChange>,
    /// Every clause of either text in the order of the second; one that was removed stands after
    /// the clause it followed in the first.
    pub clauses: Vec<ClauseChange>,
    /// Whether both texts are the same bytes.
    pub same_bytes: bool,
}

/// One clause in two texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseChange {
    /// Its id.
    pub clause: ClauseId,
    /// What became of it.
    pub change: Change,
    /// The fields that differ; all of them where the clause stands in one text only.
    pub fields: Vec<FieldChange>,
}

/// What became of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// Nothing.
    Same,
    /// It says something else; [`PLACE`] is among its fields where it was moved too.
    Changed,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It says the same in another place among the others.
    Moved,
}

/// One field in two texts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FieldChange {
    /// Its name in the file, with dots between tables: `authentic.ko`, `source.1.title`.
    pub field: String,
    /// As the first text has it.
    pub before: Option<String>,
    /// As the second has it.
    pub after: Option<String>,
}

/// The name under which a clause's place among the others is told, counted from 1. No field of a
/// file has it, since a field's name is one word of lower case.
pub const PLACE: &str = "#";

impl Change {
    /// The word interfaces use.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Changed => "changed",
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Moved => "moved",
        }
    }
}

impl Diff {
    /// Whether both texts say the same in the same order, whatever their layout.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.head.is_empty() && self.clauses.iter().all(|clause| clause.change == Change::Same)
    }

    /// Whether the texts differ in comments, blank lines or the order of fields alone: they say the
    /// same and have different digests.
    #[must_use]
    pub fn is_only_layout(&self) -> bool {
        self.is_empty() && !self.same_bytes
    }
}

/// Tells two texts of one agreement apart.
#[must_use]
pub fn diff(a: &Agreement, b: &Agreement) -> Diff {
    let (before, after) = (Text::of(a), Text::of(b));
    Diff {
        head: differing(&before.head, &after.head),
        clauses: clauses(&before, &after),
        same_bytes: a.digest() == b.digest(),
    }
}

/// Every field below a table, by its name with dots.
type Fields = BTreeMap<String, Value>;

/// One text as fields.
struct Text {
    head: Fields,
    clauses: Vec<(ClauseId, Fields)>,
}

impl Text {
    fn of(agreement: &Agreement) -> Self {
        // INVARIANT: the text of an agreement was read as TOML, its clauses in this order.
        let mut table: Table = toml::from_str(agreement.text()).unwrap_or_default();
        let tables = match table.remove("clause") {
            Some(Value::Array(tables)) => tables,
            _ => Vec::new(),
        };
        let mut head = Fields::new();
        flatten("", Value::Table(table), &mut head);
        let ids = agreement.clauses().iter().map(|clause| clause.id.clone());
        let fields = tables.into_iter().map(|mut table| {
            if let Value::Table(fields) = &mut table {
                fields.remove("id");
            }
            let mut fields = Fields::new();
            flatten("", table, &mut fields);
            fields
        });
        Self { head, clauses: ids.zip(fields).collect() }
    }

    fn place(&self, id: &ClauseId) -> Option<usize> {
        self.clauses.iter().position(|(clause, _)| clause == id)
    }
}

/// Takes a value apart into fields; a table or list without anything in it is a field of its own.
fn flatten(name: &str, value: Value, into: &mut Fields) {
    let below =
        |part: &str| if name.is_empty() { part.to_owned() } else { format!("{name}.{part}") };
    match value {
        Value::Table(table) if !table.is_empty() || name.is_empty() => {
            for (part, value) in table {
                flatten(&below(&part), value, into);
            }
        }
        Value::Array(items) if !items.is_empty() && items.iter().all(Value::is_table) => {
            for (place, item) in items.into_iter().enumerate() {
                flatten(&below(&(place + 1).to_string()), item, into);
            }
        }
        value => {
            into.insert(name.to_owned(), value);
        }
    }
}

/// A value as the file writes it; a text without its quotes.
fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

fn differing(before: &Fields, after: &Fields) -> Vec<FieldChange> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let change = |name: &String| {
        let (before, after) = (before.get(name), after.get(name));
        (before != after).then(|| FieldChange {
            field: name.clone(),
            before: before.map(written),
            after: after.map(written),
        })
    };
    names.into_iter().filter_map(change).collect()
}

fn clauses(before: &Text, after: &Text) -> Vec<ClauseChange> {
    let mut removed: BTreeMap<Option<&ClauseId>, Vec<ClauseChange>> = BTreeMap::new();
    let mut follows = None;
    for (id, fields) in &before.clauses {
        if after.place(id).is_some() {
            follows = Some(id);
            continue;
        }
        let fields = differing(fields, &Fields::new());
        let gone = ClauseChange { clause: id.clone(), change: Change::Removed, fields };
        removed.entry(follows).or_default().push(gone);
    }
    let stayed = stayed(before, after);
    let mut all = removed.remove(&None).unwrap_or_default();
    for (place, (id, fields)) in after.clauses.iter().enumerate() {
        all.push(match before.place(id).and_then(|was| Some((was, before.clauses.get(was)?))) {
            None => {
                let fields = differing(&Fields::new(), fields);
                ClauseChange { clause: id.clone(), change: Change::Added, fields }
            }
            Some((was, (_, old))) => {
                let moved = (!stayed.contains(id)).then_some((was, place));
                in_both(id, differing(old, fields), moved)
            }
        });
        all.extend(removed.remove(&Some(id)).unwrap_or_default());
    }
    all
}

/// A clause that stands in both texts, and the places it moved from and to.
fn in_both(
    id: &ClauseId,
    mut fields: Vec<FieldChange>,
    moved: Option<(usize, usize)>,
) -> ClauseChange {
    let change = match (fields.is_empty(), moved) {
        (false, _) => Change::Changed,
        (true, Some(_)) => Change::Moved,
        (true, None) => Change::Same,
    };
    let place = |place: usize| Some((place + 1).to_string());
    fields.extend(moved.map(|(was, is)| FieldChange {
        field: PLACE.to_owned(),
        before: place(was),
        after: place(is),
    }));
    ClauseChange { clause: id.clone(), change, fields }
}

/// The clauses of both texts that kept their order: as many as can be, so that one clause put
/// elsewhere is one that moved, and not all those it passed.
fn stayed<'t>(before: &Text, after: &'t Text) -> BTreeSet<&'t ClauseId> {
    let both: Vec<(&ClauseId, usize)> =
        after.clauses.iter().filter_map(|(id, _)| Some((id, before.place(id)?))).collect();
    // How many clauses in order at most end with each.
    let mut lengths: Vec<usize> = Vec::with_capacity(both.len());
    for (_, place) in &both {
        let earlier = both.iter().zip(&lengths).filter(|((_, other), _)| other < place);
        lengths.push(earlier.map(|(_, length)| *length).max().unwrap_or(0) + 1);
    }
    let mut wanted = lengths.iter().copied().max().unwrap_or(0);
    let mut next = usize::MAX;
    let mut stayed = BTreeSet::new();
    for ((id, place), length) in both.iter().zip(&lengths).rev() {
        if *length == wanted && *place < next {
            stayed.insert(*id);
            next = *place;
            wanted -= 1;
        }
    }
    stayed
}

#[cfg(test)]
mod tests;
