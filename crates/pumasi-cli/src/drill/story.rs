//! What a drill tells: progress on standard error, the story on standard output.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::time::Duration;

use pumasi_base::{AgreementId, CommodityId, PartyId, Quantity};
use pumasi_node::drill::{Message, Outage, Script, Situation};
use pumasi_node::service::{AlertAnswer, PlanAnswer};
use pumasi_node::view::page::{CasePage, Problem};
use pumasi_node::view::{Lexicon, page};
use serde_json::Value;

use super::fleet::Address;
use crate::words::{Filling, Words, number};

/// Tells a drill in the reader's language.
pub struct Story<'w> {
    words: &'w Words,
    script: &'w Script,
    lexicon: Lexicon,
    aside: bool,
}

impl<'w> Story<'w> {
    /// A story told in the language of `words`; `aside` tells it on standard error, where the
    /// report goes to a program.
    #[must_use]
    pub fn new(words: &'w Words, script: &'w Script, lexicon: Lexicon, aside: bool) -> Self {
        Self { words, script, lexicon, aside }
    }

    fn party(&self, party: &PartyId) -> Filling {
        self.words.of(&self.lexicon.party(party).names).into()
    }

    fn parties<'p>(&self, parties: impl IntoIterator<Item = &'p PartyId>) -> Filling {
        let names: Vec<String> = parties
            .into_iter()
            .map(|party| self.words.of(&self.lexicon.party(party).names).to_owned())
            .collect();
        names.join(", ").into()
    }

    fn commodity(&self, commodity: &CommodityId) -> Filling {
        self.words.of(&self.lexicon.commodity(commodity)).into()
    }

    fn quantity(&self, quantity: Quantity) -> Filling {
        self.lexicon.quantity(quantity, self.words.lang()).into()
    }

    /// A line of the story; the pipe may be read by a program that waits for it.
    fn line(&self, text: &str) {
        if self.aside {
            eprintln!("{text}");
            return;
        }
        let mut out = std::io::stdout().lock();
        // Nobody reads any more: the drill goes on, its report is on disk.
        let _unread = writeln!(out, "{text}").and_then(|()| out.flush());
    }

    fn say(&self, minute: i64, key: &str, fillings: &[(&'static str, Filling)]) {
        let (hours, minutes) = (minute.div_euclid(60), minute.rem_euclid(60));
        self.line(&format!("+{hours:02}:{minutes:02}  {}", self.words.say_with(key, fillings)));
    }

    fn progress(&self, key: &str, fillings: &[(&'static str, Filling)]) {
        eprintln!("{}", self.words.say_with(key, fillings));
    }

    /// The title, and what the drill asks.
    pub fn opening(&self, again: bool) {
        let title = page::Words::from(&self.script.title);
        let summary = page::Words::from(&self.script.summary);
        self.line(&format!("{} — {}", self.words.of(&title), self.words.say("story-exercise")));
        self.line(self.words.of(&summary));
        if again {
            self.progress("story-again", &[]);
        }
    }

    /// The nodes that start.
    pub fn nodes(&self, up: &BTreeSet<PartyId>, all: &BTreeSet<PartyId>) {
        let fillings = [("up", up.len().into()), ("all", all.len().into())];
        self.progress("story-starting", &fillings);
        for party in all.difference(up) {
            self.say(0, "story-silent", &[("party", self.party(party))]);
        }
    }

    /// The common matter was opened.
    pub fn opened(&self, minute: i64, party: &PartyId, audience: &BTreeSet<PartyId>) {
        let fillings = [("party", self.party(party)), ("count", audience.len().into())];
        self.say(minute, "story-opened", &fillings);
    }

    /// A message entered.
    pub fn alert(&self, message: &Message, answer: &AlertAnswer) {
        let [low, central, high] = answer.displaced;
        let fillings = [
            ("file", message.file.as_str().into()),
            ("party", self.party(&message.party)),
            ("places", answer.places.into()),
            ("low", number(low).into()),
            ("central", number(central).into()),
            ("high", number(high).into()),
            ("millis", format!("{:.1}", milliseconds(answer.micros)).into()),
        ];
        self.say(message.at_min, "story-alert", &fillings);
    }

    /// A party counted.
    pub fn counted(&self, count: &Situation, answer: &AlertAnswer) {
        let [low, central, high] = answer.displaced;
        let fillings = [
            ("party", self.party(&count.party)),
            ("source", count.source.as_str().into()),
            ("places", count.places.len().into()),
            ("low", number(low).into()),
            ("central", number(central).into()),
            ("high", number(high).into()),
        ];
        self.say(count.at_min, "story-counted", &fillings);
    }

    /// A matter between some of the parties was opened.
    pub fn matter(
        &self,
        minute: i64,
        opener: &PartyId,
        agreement: &AgreementId,
        members: &BTreeSet<PartyId>,
    ) {
        let fillings = [
            ("party", self.party(opener)),
            ("agreement", agreement.as_str().into()),
            ("members", self.parties(members)),
        ];
        self.say(minute, "story-matter", &fillings);
    }

    /// A plan was made.
    pub fn plan(&self, minute: i64, planner: &PartyId, plan: &PlanAnswer, requested: bool) {
        let fillings = [
            ("party", self.party(planner)),
            ("moves", plan.plan.moves.len().into()),
            ("unmet", plan.plan.unmet.len().into()),
            ("millis", format!("{:.0}", milliseconds(plan.micros)).into()),
        ];
        let key = if requested { "story-plan-requested" } else { "story-plan-push" };
        self.say(minute, key, &fillings);
        let mut causes: std::collections::BTreeMap<(String, String), usize> =
            std::collections::BTreeMap::new();
        for unmet in &plan.plan.unmet {
            let what = unmet.what.clone().unwrap_or_default();
            *causes.entry((unmet.cause.clone(), what)).or_default() += 1;
        }
        let mut causes: Vec<_> = causes.into_iter().collect();
        causes.sort_by_key(|(cause, count)| (std::cmp::Reverse(*count), cause.clone()));
        for ((cause, what), count) in causes.into_iter().take(4) {
            let cause = self.words.say(&format!("cause-{}", cause.replace('_', "-")));
            let fillings =
                [("cause", cause.into()), ("what", what.into()), ("count", count.into())];
            self.say(minute, "story-binds", &fillings);
        }
    }

    /// Goods were pushed.
    pub fn pushed(
        &self,
        minute: i64,
        giver: &PartyId,
        commodity: &CommodityId,
        quantity: Quantity,
        clause: (&AgreementId, &str),
    ) {
        let fillings = [
            ("party", self.party(giver)),
            ("commodity", self.commodity(commodity)),
            ("units", self.quantity(quantity)),
            ("clause", format!("{}/{}", clause.0, clause.1).into()),
        ];
        self.say(minute, "story-pushed", &fillings);
    }

    /// Something was tried and refused.
    pub fn refused(&self, minute: i64, party: &PartyId, name: &str, problem: &Value) {
        let problem: Option<Problem> = serde_json::from_value(problem.clone()).ok();
        let why = problem.as_ref().map_or("", |problem| self.words.of(&problem.words));
        let clauses = problem.iter().flat_map(|problem| &problem.clauses);
        let clauses: Vec<String> = clauses
            .map(|clause| {
                let article = self.words.of(&clause.article);
                format!("{}/{} {article}", clause.agreement, clause.clause)
            })
            .collect();
        let fillings = [
            ("party", self.party(party)),
            ("attempt", self.words.say(&format!("attempt-{name}")).into()),
            ("why", why.to_owned().into()),
            ("clauses", clauses.join(", ").into()),
        ];
        self.say(minute, "story-refused", &fillings);
    }

    /// A node came back.
    pub fn back(&self, outage: &Outage, elapsed: Duration) {
        let fillings = [
            ("party", self.party(&outage.party)),
            ("seconds", format!("{:.1}", elapsed.as_secs_f32()).into()),
        ];
        self.say(outage.until_min, "story-back", &fillings);
    }

    /// An order was made and committed.
    pub fn ordered(
        &self,
        minute: i64,
        giver: &PartyId,
        commodity: &CommodityId,
        quantity: Quantity,
        mode: &str,
        clause: (&AgreementId, &str),
    ) {
        let fillings = [
            ("party", self.party(giver)),
            ("commodity", self.commodity(commodity)),
            ("units", self.quantity(quantity)),
            ("mode", self.words.say(&format!("mode-{}", mode.replace('_', "-"))).into()),
            ("clause", format!("{}/{}", clause.0, clause.1).into()),
        ];
        self.say(minute, "story-ordered", &fillings);
    }

    /// A shipment arrived short, with a pallet rejected.
    pub fn flawed(
        &self,
        minute: i64,
        commodity: &CommodityId,
        [accepted, rejected, short]: [Quantity; 3],
    ) {
        let fillings = [
            ("commodity", self.commodity(commodity)),
            ("accepted", self.quantity(accepted)),
            ("rejected", self.quantity(rejected)),
            ("short", self.quantity(short)),
        ];
        self.say(minute, "story-flawed", &fillings);
    }

    /// What was received.
    pub fn received(&self, case: &CasePage) {
        let shipments = case.orders.iter().flat_map(|order| &order.shipments);
        let received = shipments.filter(|shipment| shipment.received.is_some()).count();
        let minute = self.script.hours * 60;
        self.say(minute, "story-received", &[("shipments", received.into())]);
    }

    /// How orders were settled.
    pub fn settled<'o>(&self, closed: impl Iterator<Item = &'o page::OrderLine> + Clone) {
        for mode in ["gift", "replacement_in_kind", "reimbursement"] {
            let orders = closed.clone().filter(|order| order.mode == mode).count();
            let fillings = [
                ("mode", self.words.say(&format!("mode-{}", mode.replace('_', "-"))).into()),
                ("orders", orders.into()),
            ];
            self.say(self.script.hours * 60, "story-settled", &fillings);
        }
    }

    /// Ferries and flights that do not run, and why.
    pub fn suspended(&self, minute: i64, links: &[page::LinkLine]) {
        let scheduled = |link: &&page::LinkLine| {
            link.status == "suspended" && matches!(link.mode.as_str(), "sea" | "air")
        };
        for link in links.iter().filter(scheduled) {
            let cause = link.cause.as_deref().unwrap_or("operator");
            let fillings = [
                ("link", self.words.of(&link.names).into()),
                ("cause", self.words.say(&format!("link-cause-{cause}")).into()),
                ("since", link.since.clone().unwrap_or_default().into()),
            ];
            self.say(minute, "story-suspended", &fillings);
        }
    }

    /// The digests of all matters were compared.
    pub fn digests(&self, matters: usize, nodes: usize) {
        let fillings = [("matters", matters.into()), ("nodes", nodes.into())];
        self.say(self.script.hours * 60, "story-digests", &fillings);
    }

    /// One side's export was verified offline.
    pub fn proved(&self, party: &PartyId, matters: usize, acts: usize) {
        let fillings =
            [("party", self.party(party)), ("matters", matters.into()), ("acts", acts.into())];
        self.say(self.script.hours * 60, "story-proved", &fillings);
    }

    /// When aid came, and where the report lies.
    pub fn reported(&self, report: &page::ReportPage, path: &str) {
        let minute = self.script.hours * 60;
        let hours = |min: Option<i64>| -> Filling {
            min.map_or_else(|| "—".to_owned(), |min| format!("{}:{:02}", min / 60, min % 60)).into()
        };
        let fillings = [
            ("first", hours(report.first_aid_min)),
            ("foreign", hours(report.first_foreign_aid_min)),
        ];
        self.say(minute, "story-first-aid", &fillings);
        self.line(&self.words.say_with("story-report", &[("path", path.to_owned().into())]));
    }

    /// Where the pages are. Programs wait for the first of these lines.
    pub fn pages(&self, addresses: &[Address]) {
        let affected = |address: &&Address| address.party == self.script.affected;
        let first = addresses.iter().find(affected).or(addresses.first());
        if let Some(first) = first {
            self.line(&format!("UI: {}", first.url));
        }
        for address in addresses {
            let fillings =
                [("party", self.party(&address.party)), ("url", address.url.clone().into())];
            self.line(&self.words.say_with("story-page", &fillings));
        }
        self.progress("story-stop", &[]);
    }
}

#[expect(clippy::cast_precision_loss, clippy::as_conversions, reason = "shown to one decimal")]
fn milliseconds(micros: u64) -> f64 {
    micros as f64 / 1000.0
}
