//! `pumasi identity`: the party's own identity, and the entries that change it.
//!
//! Root keys are read here and nowhere else. The node, running or not, gets entries that are signed
//! already; with root keys on separate media an entry travels between them as a file.

mod draft;
mod own;
mod sign;

use clap::Subcommand;
use pumasi_base::Time;
use pumasi_node::act::{Identity, KeyId, Mandate, Standing};
use pumasi_node::clock::Clock;
use serde_json::{Value, json};

use crate::commands::Context;
use crate::failure::Failure;
use crate::output::{Answer, Page, short};
use crate::words::moment;

pub use own::Own;

/// Days before the end of a mandate from which it is spoken of.
pub const ENDING_DAYS: u32 = 14;

/// What can be done with the party's own identity.
#[derive(Subcommand)]
pub enum Verb {
    /// Shows it.
    Show,
    /// Gives an officer a mandate, or extends one.
    Grant(draft::Grant),
    /// Ends an officer's mandate.
    End(draft::End),
    /// Ends a key for good.
    Revoke(draft::Revoke),
    /// Lets a node write for the party, or begin anew.
    RegisterNode(draft::RegisterNode),
    /// Replaces the root keys by those announced.
    Rotate(draft::Rotate),
    /// Adds signatures to a proposed entry.
    Cosign(sign::Cosign),
    /// Gives the node an entry that has enough signatures.
    Admit(sign::Admit),
}

/// Does what is asked with the identity.
///
/// # Errors
/// Why it was not done.
pub fn run(verb: Verb, context: &Context<'_>) -> Result<Answer, Failure> {
    match verb {
        Verb::Show => show(context),
        Verb::Grant(grant) => draft::grant(&grant, context),
        Verb::End(end) => draft::end(end, context),
        Verb::Revoke(revoke) => draft::revoke(&revoke, context),
        Verb::RegisterNode(register) => draft::register_node(&register, context),
        Verb::Rotate(rotate) => draft::rotate(&rotate, context),
        Verb::Cosign(cosign) => sign::cosign(&cosign, context),
        Verb::Admit(admit) => sign::admit(&admit, context),
    }
}

fn show(context: &Context<'_>) -> Result<Answer, Failure> {
    let words = context.words;
    let own = Own::open(context)?;
    let identity = own.identity();
    let now = Clock.now();
    let mut page = Page::default();
    page.title(identity.names.in_lang(words.lang()))
        .field(words.say("column-id"), identity.party.to_string())
        .field(words.say("column-fingerprint"), identity.founded.to_string())
        .field(words.say("identity-head"), format!("{} {}", identity.height, identity.head))
        .field(words.say("identity-roots"), roots(identity, context));
    standing(&mut page, own.standing(), context);
    page.title(words.say("column-nodes"));
    nodes(&mut page, identity, context);
    page.title(words.say("column-officers"));
    officers(&mut page, identity, now, context);
    page.title(words.say("title-entries"));
    let mut table = context.table(&["digest", "time", "says", "note"]);
    for (id, entry, stands) in own.entries() {
        table.row([
            short(&id.to_string()),
            moment(&entry.time.to_string()),
            words.say(sign::caption(&entry.say)),
            if stands { String::new() } else { words.say("identity-beside") },
        ]);
    }
    page.table(table, "");
    Ok(Answer::new(value(&own, now), page))
}

fn roots(identity: &Identity, context: &Context<'_>) -> String {
    let fillings = [
        ("needed", identity.threshold.into()),
        ("roots", identity.roots.len().into()),
        ("next-needed", identity.next.threshold.into()),
        ("next-roots", identity.next.keys.len().into()),
    ];
    context.words.say_with("identity-roots-are", &fillings)
}

fn standing(page: &mut Page, standing: Option<&Standing>, context: &Context<'_>) {
    let words = context.words;
    match standing {
        Some(Standing::Forked { at, entries }) => {
            let fillings = [("at", short(&at.to_string()).into()), ("count", entries.len().into())];
            page.line(words.say_with("identity-forked", &fillings));
        }
        Some(Standing::Settled { aside }) => {
            page.line(words.say_with("identity-settled", &[("count", aside.len().into())]));
        }
        Some(Standing::Sound) | None => {}
    }
}

fn nodes(page: &mut Page, identity: &Identity, context: &Context<'_>) {
    let words = context.words;
    let mut table = context.table(&["key", "incarnation#", "decides"]);
    let mut nodes: Vec<_> = identity.nodes.values().collect();
    nodes.sort_by_key(|node| node.since);
    for node in nodes {
        let decides = identity.decider() == Some(node.key.id());
        table.row([
            short(&node.key.id().to_string()),
            node.incarnation.to_string(),
            if decides { words.say("identity-decides") } else { String::new() },
        ]);
    }
    page.table(table, words.say("none-nodes"));
}

fn officers(page: &mut Page, identity: &Identity, now: Time, context: &Context<'_>) {
    let words = context.words;
    let headings =
        ["id", "name", "key", "kinds", "amount-max", "until", "officers-needed#", "note"];
    let mut table = context.table(&headings);
    for mandate in identity.mandates.values() {
        table.row([
            mandate.officer.to_string(),
            mandate.name.clone(),
            short(&mandate.key.id().to_string()),
            mandate.kinds.iter().map(String::as_str).collect::<Vec<_>>().join(", "),
            mandate.amount_max.map_or_else(|| "—".to_owned(), |max| max.to_string()),
            moment(&mandate.not_after.to_string()),
            mandate.officers_needed.to_string(),
            note(mandate, now, context),
        ]);
    }
    page.table(table, words.say("none-officers"));
    if !identity.ending(now, ENDING_DAYS).is_empty() {
        page.line(words.say("identity-extend"));
    }
}

/// Says that a mandate has ended or soon will.
#[must_use]
pub fn note(mandate: &Mandate, now: Time, context: &Context<'_>) -> String {
    if mandate.not_after < now {
        return context.words.say("identity-ended");
    }
    let days = days_left(mandate, now);
    if days > i64::from(ENDING_DAYS) {
        return String::new();
    }
    context.words.say_with("identity-ends-in", &[("days", days.into())])
}

/// Days to the end of a mandate, begun ones counted whole.
fn days_left(mandate: &Mandate, now: Time) -> i64 {
    -pumasi_base::time::seconds_between(mandate.not_after, now).div_euclid(86_400)
}

fn value(own: &Own, now: Time) -> Value {
    let identity = own.identity();
    let decider: Option<KeyId> = identity.decider();
    let nodes = identity.nodes.iter().map(|(id, node)| {
        json!({
            "key": id,
            "public": node.key,
            "incarnation": node.incarnation,
            "since": node.since,
            "decides": decider == Some(*id),
        })
    });
    let officers = identity.mandates.values().map(|mandate| {
        json!({ "key": mandate.key.id(), "mandate": mandate, "days_left": days_left(mandate, now) })
    });
    let standing = match own.standing() {
        Some(Standing::Forked { at, entries }) => {
            json!({ "is": "forked", "at": at, "entries": entries })
        }
        Some(Standing::Settled { aside }) => json!({ "is": "settled", "aside": aside }),
        Some(Standing::Sound) | None => json!({ "is": "sound" }),
    };
    let entries = own
        .entries()
        .map(|(id, entry, stands)| json!({ "id": id, "entry": entry, "stands": stands }));
    json!({
        "entries": entries.collect::<Vec<_>>(),
        "party": identity.party,
        "fingerprint": identity.founded,
        "head": identity.head,
        "height": identity.height,
        "roots": identity.roots,
        "threshold": identity.threshold,
        "next": identity.next,
        "nodes": nodes.collect::<Vec<_>>(),
        "officers": officers.collect::<Vec<_>>(),
        "revoked": identity.revoked,
        "standing": standing,
    })
}
