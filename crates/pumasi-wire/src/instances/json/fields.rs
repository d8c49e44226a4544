//! Takes the fields of one object apart, with a finding for each that is not as it must be.

#![expect(
    clippy::as_conversions,
    reason = "counts and whole figures stay below 2^53, and figures were asked to be whole and in range"
)]

use std::collections::BTreeSet;

use pumasi_flow::model::{ENTRIES_MAX, FIGURE_MAX};
use pumasi_flow::problem::PERIODS_MAX;
use pumasi_flow::statement::{ByPeriod, Id};

use super::super::finding::{Code, Finding, Findings};
use super::node::Node;

/// The least share that may be left of what is stored or under way.
const SHARE_LEAST: f64 = 1e-6;

/// All ids of a file, each held once.
#[derive(Debug, Default)]
pub(in super::super) struct Ids(BTreeSet<Id>);

impl Ids {
    pub(in super::super) fn id(&mut self, text: &str) -> Id {
        if let Some(id) = self.0.get(text) {
            return Id::clone(id);
        }
        let id = Id::from(text);
        self.0.insert(Id::clone(&id));
        id
    }
}

/// The fields of one object that are not taken yet.
pub(in super::super) struct Fields<'a> {
    place: String,
    fields: Vec<(String, Node)>,
    ids: &'a mut Ids,
    findings: &'a mut Findings,
}

impl<'a> Fields<'a> {
    /// Those of `node`, which stands at `place`; none where it is no object.
    pub(in super::super) fn of(
        place: String,
        node: Node,
        ids: &'a mut Ids,
        findings: &'a mut Findings,
    ) -> Option<Self> {
        let Node::Object(fields) = node else {
            findings.add(place, Code::MustBeObject);
            return None;
        };
        Some(Self { place, fields, ids, findings })
    }

    fn at(&self, name: &str) -> String {
        if self.place.is_empty() { name.to_owned() } else { format!("{}.{name}", self.place) }
    }

    fn found(&mut self, name: &str, code: Code) {
        let place = self.at(name);
        self.findings.add(place, code);
    }

    /// The value of a field; `None` where it is not given, or null.
    pub(in super::super) fn take(&mut self, name: &str) -> Option<Node> {
        let mut taken = None;
        while let Some(at) = self.fields.iter().position(|(field, _)| field == name) {
            let (_, node) = self.fields.remove(at);
            if taken.is_some() {
                self.found(name, Code::FieldTwice);
            }
            taken = Some(node);
        }
        taken.filter(|node| *node != Node::Null)
    }

    fn required(&mut self, name: &str) -> Option<Node> {
        let taken = self.take(name);
        if taken.is_none() {
            self.found(name, Code::Missing);
        }
        taken
    }

    /// Whether nothing was found since there were `before` findings; see [`Findings::len`].
    pub(in super::super) const fn fine_since(&self, before: usize) -> bool {
        self.findings.len() == before
    }

    /// How many findings there are.
    pub(in super::super) const fn told(&self) -> usize {
        self.findings.len()
    }

    /// Tells of the fields nobody took.
    pub(in super::super) fn end(mut self) {
        for (name, _) in std::mem::take(&mut self.fields) {
            self.found(&name, Code::UnknownField);
        }
    }

    /// An id, which must be given.
    pub(in super::super) fn id(&mut self, name: &str) -> Id {
        let node = self.required(name);
        node.and_then(|node| self.id_of(name, &node)).unwrap_or_else(|| Id::from(""))
    }

    /// An id that may be left out.
    pub(in super::super) fn id_if(&mut self, name: &str) -> Option<Id> {
        let node = self.take(name)?;
        self.id_of(name, &node)
    }

    fn id_of(&mut self, name: &str, node: &Node) -> Option<Id> {
        match node {
            Node::Text(text) if !text.trim().is_empty() => Some(self.ids.id(text)),
            _ => {
                self.found(name, Code::MustBeText);
                None
            }
        }
    }

    /// A list of ids, which must be given.
    pub(in super::super) fn ids(&mut self, name: &str) -> Vec<Id> {
        let node = self.required(name);
        node.map_or_else(Vec::new, |node| self.ids_of(name, &node))
    }

    /// A list of ids that may be left out.
    pub(in super::super) fn ids_if(&mut self, name: &str) -> Option<Vec<Id>> {
        let node = self.take(name)?;
        Some(self.ids_of(name, &node))
    }

    fn ids_of(&mut self, name: &str, node: &Node) -> Vec<Id> {
        let Node::List(nodes) = node else {
            self.found(name, Code::MustBeList);
            return Vec::new();
        };
        let of = |(at, node)| self.id_of(&format!("{name}[{at}]"), node);
        let ids: Vec<Id> = nodes.iter().enumerate().filter_map(of).collect();
        let mut seen = BTreeSet::new();
        if let Some(id) = ids.iter().find(|id| !seen.insert(*id)) {
            let place = self.at(name);
            self.findings.push(Finding::new(place, Code::IdTwice).with("id", id));
        }
        ids
    }

    /// Whether something is so; `usual` where it is not said.
    pub(in super::super) fn flag(&mut self, name: &str, usual: Option<bool>) -> bool {
        let node = if usual.is_some() { self.take(name) } else { self.required(name) };
        match node {
            None => usual.unwrap_or_default(),
            Some(Node::Flag(flag)) => flag,
            Some(_) => {
                self.found(name, Code::MustBeFlag);
                false
            }
        }
    }

    /// A figure of 0 or more; `usual` where it is not said.
    pub(in super::super) fn figure(&mut self, name: &str, usual: Option<f64>) -> f64 {
        let node = if usual.is_some() { self.take(name) } else { self.required(name) };
        match node {
            None => usual.unwrap_or_default(),
            Some(node) => self.figure_of(name, &node, FIGURE_MAX),
        }
    }

    /// A share above 0 and at most 1; 1 where it is not said.
    pub(in super::super) fn share(&mut self, name: &str) -> f64 {
        let Some(node) = self.take(name) else { return 1.0 };
        let Node::Number(share) = node else {
            self.found(name, Code::MustBeNumber);
            return 1.0;
        };
        // A share too small for its inverse to be a number would make every sum none.
        if !(SHARE_LEAST..=1.0).contains(&share) {
            let place = self.at(name);
            let finding = Finding::new(place, Code::OutOfRange).with("least", SHARE_LEAST);
            self.findings.push(finding.with("most", 1).found(share));
            return 1.0;
        }
        share
    }

    fn figure_of(&mut self, name: &str, node: &Node, most: f64) -> f64 {
        let Node::Number(number) = node else {
            self.found(name, Code::MustBeNumber);
            return 0.0;
        };
        if *number < 0.0 || *number > most {
            let place = self.at(name);
            let (code, bound) =
                if *number < 0.0 { (Code::TooSmall, 0.0) } else { (Code::OutOfRange, most) };
            let finding = Finding::new(place, code).with("least", 0);
            self.findings.push(finding.with("most", bound).found(*number));
            return 0.0;
        }
        // A zero with a sign is a zero.
        *number + 0.0
    }

    /// A whole number from `least` to `most`; `usual` where it is not said.
    pub(in super::super) fn whole(
        &mut self,
        name: &str,
        (least, most): (usize, usize),
        usual: Option<usize>,
    ) -> usize {
        let node = if usual.is_some() { self.take(name) } else { self.required(name) };
        let Some(node) = node else { return usual.unwrap_or(least) };
        let number = match node {
            Node::Number(number) if number.fract() == 0.0 => number,
            _ => {
                let place = self.at(name);
                self.findings.push(
                    Finding::new(place, Code::MustBeWhole).with("least", least).with("most", most),
                );
                return least;
            }
        };
        if number < least as f64 || number > most as f64 {
            let place = self.at(name);
            let finding = Finding::new(place, Code::OutOfRange).with("least", least);
            self.findings.push(finding.with("most", most).found(number));
            return least;
        }
        number as usize
    }

    /// A period, which may lie past the horizon; `usual` where it is not said.
    pub(in super::super) fn period(&mut self, name: &str, usual: Option<usize>) -> usize {
        self.whole(name, (0, PERIODS_MAX), usual)
    }

    /// Figures by period, or one for all, that may be left out.
    pub(in super::super) fn by_period_if(&mut self, name: &str) -> Option<ByPeriod> {
        let node = self.take(name)?;
        Some(self.by_period_of(name, &node))
    }

    /// Figures by period, or one for all, which must be given.
    pub(in super::super) fn by_period(&mut self, name: &str) -> ByPeriod {
        let node = self.required(name);
        node.map_or(ByPeriod::Same(0.0), |node| self.by_period_of(name, &node))
    }

    fn by_period_of(&mut self, name: &str, node: &Node) -> ByPeriod {
        let Node::List(nodes) = node else {
            return ByPeriod::Same(self.figure_of(name, node, FIGURE_MAX));
        };
        let figures = nodes.iter().enumerate();
        let of = |(at, node)| self.figure_of(&format!("{name}[{at}]"), node, FIGURE_MAX);
        ByPeriod::Each(figures.map(of).collect())
    }

    /// The objects of a list that may be left out, each with its place.
    pub(in super::super) fn objects(&mut self, name: &str) -> Vec<(String, Node)> {
        match self.take(name) {
            None => Vec::new(),
            Some(Node::List(nodes)) => {
                let place = self.at(name);
                let nodes = nodes.into_iter().enumerate();
                nodes.map(|(at, node)| (format!("{place}[{at}]"), node)).collect()
            }
            Some(_) => {
                self.found(name, Code::MustBeList);
                Vec::new()
            }
        }
    }

    /// The fields of an object inside this one.
    pub(in super::super) fn inside(&mut self, place: String, node: Node) -> Option<Fields<'_>> {
        Fields::of(place, node, self.ids, self.findings)
    }
}

/// Tells of a list that is too long, once; says whether it is.
pub(in super::super) fn too_long(name: &str, count: usize, findings: &mut Findings) -> bool {
    if count == ENTRIES_MAX {
        findings.push(Finding::new(name, Code::TooMany).with("most", ENTRIES_MAX));
    }
    count >= ENTRIES_MAX
}
