//! `pumasi alert watch`: follows feeds and folders, tells what changes and hands it to the node.

use std::collections::BTreeSet;
use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use pumasi_base::time::{plus_seconds, seconds_between};
use pumasi_base::{OfficerId, Time};
use pumasi_node::clock::Clock;
use pumasi_node::hazard::{IncidentKey, Message, Taken};
use pumasi_node::runtime::lock::LockError;
use pumasi_node::watch::{
    Address, EVERY_S, Event, Following, Owed, Patience, SOURCES_MAX, Source, Trouble, TroubleCode,
    Watch, WatchError, Which,
};
use serde_json::{Value, json};

use crate::commands::Context;
use crate::commands::alert::magnitude;
use crate::commands::serve::causes;
use crate::desk_client::Desk;
use crate::failure::{Exit, Failure};
use crate::lookup;
use crate::output::{Answer, Page, Style, print};
use crate::words::{Words, moment};

/// The most looks of `--once` at files that are being written.
const LOOKS_MAX: usize = 4;

/// What to follow, and what to do with it.
#[derive(Args)]
pub struct Follow {
    #[arg(long, value_name = "URL", required_unless_present = "folder")]
    url: Vec<String>,
    #[arg(long, value_name = "DIR")]
    folder: Vec<PathBuf>,
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = EVERY_S,
        value_parser = clap::value_parser!(i64).range(10..=86_400)
    )]
    every: i64,
    #[arg(long, value_name = "HOST")]
    allow: Vec<String>,
    #[arg(long)]
    once: bool,
    #[arg(long, value_name = "MATTER", requires = "officer")]
    matter: Option<String>,
    #[arg(long, value_name = "ID", requires = "matter")]
    officer: Option<OfficerId>,
    #[arg(long, value_name = "TIME")]
    time: Option<Time>,
}

/// Follows the sources until it is stopped, or looks once.
///
/// # Errors
/// When what is given is no source (2), another watch runs on the data folder (6), the matter is
/// not known (3), or, with `--once`, a source cannot be followed (5).
pub fn run(follow: &Follow, context: &Context<'_>) -> Result<Answer, Failure> {
    let hand = Hand::find(follow, context)?;
    let following = following(follow, hand.is_some())?;
    let sources = following.sources.len();
    let mut watch = Watch::open(&context.data, following).map_err(|e| not_open(&e, context))?;
    let (begun, mut changes) = (Clock.now(), 0);
    // A drill plays at a time of its own, which passes as ours does.
    let now = || plus_seconds(follow.time.unwrap_or(begun), seconds_between(begun, Clock.now()));
    if !follow.once {
        say(context, "watch-begins", sources, &json!({ "event": "begins", "sources": sources }));
    }
    for look in 1.. {
        let which = if follow.once { Which::All } else { Which::Due };
        let events = watch.look(which, now());
        changes += events.iter().filter(|event| matches!(event, Event::Changed { .. })).count();
        events.iter().for_each(|event| tell(event, context));
        if let Some(hand) = &hand {
            hand.on(&mut watch, follow.time.map(|_| now()), context);
        }
        if follow.once && (look == LOOKS_MAX || !watch.is_waiting()) {
            break;
        }
        let wait_s = seconds_between(now(), watch.next(now())).clamp(1, EVERY_S);
        std::thread::sleep(Duration::from_secs(wait_s.unsigned_abs()));
    }
    if watch.failing() > 0 {
        return Err(Failure::new("watch-once-failed", Exit::Unreachable));
    }
    let value = json!({ "event": "looked", "changes": changes, "incidents": watch.incidents() });
    say(context, "watch-looked", changes, &value);
    Ok(Answer::new(Value::Null, Page::default()))
}

fn following(follow: &Follow, hands_on: bool) -> Result<Following, Failure> {
    let bad = |given: &str, argument| {
        Failure::new("usage-bad-value", Exit::Usage)
            .with("given", given)
            .with("argument", argument)
            .with("command", "pumasi alert watch")
    };
    let mut sources = BTreeSet::new();
    for url in &follow.url {
        let address = Address::read(url).map_err(|error| bad(url, "--url <URL>").because(error))?;
        sources.insert(Source::Feed(address));
    }
    for folder in &follow.folder {
        // Whole, so that it is the same source from wherever the command is called.
        let path = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.clone());
        sources.insert(Source::Folder(path));
    }
    Ok(Following {
        sources,
        every_s: follow.every,
        allowed: follow.allow.clone(),
        hands_on,
        patience: Patience::default(),
    })
}

fn not_open(error: &WatchError, context: &Context<'_>) -> Failure {
    let folder = context.data.display().to_string();
    let failure = match error {
        WatchError::Lock(LockError::Held { .. }) => {
            return Failure::new("watch-in-use", Exit::InUse).with("folder", folder);
        }
        WatchError::TooManySources(given) => {
            return Failure::new("watch-too-many", Exit::Usage)
                .with("given", *given)
                .with("most", SOURCES_MAX);
        }
        WatchError::Lock(LockError::Io { .. }) | WatchError::Folder { .. } => {
            Failure::new("watch-folder", Exit::BadFile)
        }
    };
    causes(error).fold(failure, Failure::because).with("folder", folder)
}

/// What hands messages to the node.
struct Hand {
    desk: Desk,
    matter: String,
    officer: OfficerId,
}

impl Hand {
    fn find(follow: &Follow, context: &Context<'_>) -> Result<Option<Self>, Failure> {
        let (Some(matter), Some(officer)) = (&follow.matter, &follow.officer) else {
            return Ok(None);
        };
        let desk = context.desk()?;
        let matter = lookup::matter(&desk, matter)?;
        Ok(Some(Self { desk, matter, officer: officer.clone() }))
    }

    /// Hands over what is owed, in its order. What the node refuses it would refuse again; where it
    /// does not answer, everything waits for the next look.
    fn on(&self, watch: &mut Watch, time: Option<Time>, context: &Context<'_>) {
        for owed in watch.owed().to_vec() {
            let result = self.relay(&owed, time, context);
            if let Err(failure) = &result {
                warn(failure, json!({ "event": "not_relayed", "message": owed.name }), context);
                if failure.exit == Exit::Unreachable {
                    return;
                }
            } else {
                let name = [("name", owed.name.as_str().into())];
                let text = context.words.say_with("watch-relayed", &name);
                let value = json!({ "event": "relayed", "message": owed.name });
                line(&text, &value, context);
            }
            if let Some(event) = watch.settled(owed.number) {
                tell(&event, context);
            }
        }
    }

    /// Hands one message over, as `pumasi alert relay` does.
    fn relay(&self, owed: &Owed, time: Option<Time>, context: &Context<'_>) -> Result<(), Failure> {
        // The node may have been started anew, at another address.
        let desk = context.desk();
        let desk = desk.as_ref().unwrap_or(&self.desk);
        let time = time.map(|time| time.to_string());
        let mut parameters: Vec<(&str, &str)> =
            vec![("matter", &self.matter), ("officer", self.officer.as_str())];
        parameters.extend(time.as_deref().map(|time| ("time", time)));
        let bytes = owed.document.as_bytes();
        let media = "application/octet-stream";
        desk.send_bytes::<Value>("/alerts", &parameters, media, bytes).map(|_| ())
    }
}

/// Tells one event: a line for people, an object for programs.
fn tell(event: &Event, context: &Context<'_>) {
    let words = context.words;
    match event {
        Event::Changed { source, taken, message } => {
            let named = [("event", title(message, words).into())];
            let text = match taken {
                Taken::Opened { .. } => words.say_with("watch-opened", &named),
                Taken::Joined { .. } => words.say_with("watch-joined", &named),
                Taken::Parted { .. } => words.say_with("watch-parted", &named),
                Taken::Withdrawn { .. } => words.say_with("watch-withdrawn", &named),
                Taken::Ended { .. } => words.say_with("watch-ended", &named),
                _ => words.say_with("watch-updated", &named),
            };
            line(&text, &changed(source, taken, message), context);
        }
        Event::Ended(keys) => keys.iter().for_each(|key| {
            let text = words.say_with("watch-expired", &[("event", key.as_str().into())]);
            line(&text, &json!({ "event": "ended", "incident": key }), context);
        }),
        Event::Works { source } => {
            let text = words.say_with("watch-works", &[("source", source.as_str().into())]);
            line(&text, &json!({ "event": "works", "source": source }), context);
        }
        Event::Failing { source, trouble, next } => {
            let failure = failure(trouble).with("next", moment(&next.to_string()));
            let value = json!({ "event": "failing", "source": source, "next": next });
            warn(&failure, value, context);
        }
        Event::Noted { source, trouble } => {
            warn(&failure(trouble), json!({ "event": "noted", "source": source }), context);
        }
    }
}

/// A change for programs.
fn changed(source: &str, taken: &Taken, message: &Message) -> Value {
    let earthquake = message.earthquake.as_ref();
    json!({
        "event": "changed",
        "change": taken,
        "incident": taken.key(),
        "gone": taken.gone().iter().map(IncidentKey::as_str).collect::<Vec<_>>(),
        "found_in": source,
        "status": message.status,
        "hazards": message.hazards,
        "format": message.format,
        "source": message.source,
        "product": message.product,
        "source_event": message.event,
        "id": message.id,
        "serial": message.serial,
        "kind": message.kind,
        "sent": message.sent,
        "headlines": message.headlines,
        "origin": earthquake.map(|quake| quake.origin),
        "epicentre": earthquake.and_then(|quake| quake.epicentre),
        "magnitude_centi": earthquake.and_then(|quake| quake.magnitude_centi),
    })
}

/// What a message tells of, in one line: whether it is real, what threatens, how strong, in the
/// source's words, who says so and when.
fn title(message: &Message, words: &Words) -> String {
    let status = message.status.to_string();
    let status = (status != "actual").then(|| words.code("status", &status));
    let hazard = message.hazards.first().map_or("other", |hazard| hazard.name());
    let earthquake = message.earthquake.as_ref();
    let tag = words.lang().tag();
    let is_ours = |lang: &str| lang.split('-').next() == tag.split('-').next();
    let ours = message.headlines.iter().find(|one| is_ours(&one.lang));
    let headline = ours.or(message.headlines.first()).map(|one| one.text.clone());
    let region = earthquake.and_then(|quake| Some(quake.region.as_ref()?.text.clone()));
    let version = format!("{} {} {}", message.source, message.product, message.event);
    let all = [
        status,
        Some(words.code("hazard", hazard)),
        earthquake.and_then(|quake| magnitude(quake, words)),
        headline.filter(|text| !text.trim().is_empty()).or(region),
        Some(version),
        Some(moment(&message.sent.to_string())),
    ];
    all.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Trouble in the reader's words: what, why and what to do.
fn failure(trouble: &Trouble) -> Failure {
    let code = match trouble.code {
        TroubleCode::Unreachable => "trouble-unreachable",
        TroubleCode::NotTrusted => "trouble-not-trusted",
        TroubleCode::TooSlow => "trouble-too-slow",
        TroubleCode::Status => "trouble-status",
        TroubleCode::TooLarge => "trouble-too-large",
        TroubleCode::Redirected => "trouble-redirected",
        TroubleCode::Unreadable => "trouble-unreadable",
        TroubleCode::LinkElsewhere => "trouble-link-elsewhere",
        TroubleCode::TooManyLinks => "trouble-too-many-links",
        TroubleCode::FolderUnreadable => "trouble-folder-unreadable",
        TroubleCode::FileUnreadable => "trouble-file-unreadable",
        TroubleCode::TooManyFiles => "trouble-too-many-files",
        TroubleCode::NotKept => "trouble-not-kept",
        TroubleCode::NotRead => "trouble-not-read",
        TroubleCode::NoRoom => "trouble-no-room",
        TroubleCode::NotCutOut => "trouble-not-cut-out",
    };
    Failure::new(code, Exit::Unreachable).with("at", trouble.at.clone()).because(&trouble.what)
}

/// Says what went wrong, and goes on.
fn warn(failure: &Failure, mut value: Value, context: &Context<'_>) {
    if context.json {
        let told = failure.json(context.words);
        if let (Some(value), Some(told)) = (value.as_object_mut(), told.get("failure")) {
            value.insert("failure".to_owned(), told.clone());
        }
        return print(&format!("{value}\n"));
    }
    eprint!("{}", failure.text(context.words, Style::of(std::io::stderr().is_terminal())));
}

fn say(context: &Context<'_>, key: &str, count: usize, value: &Value) {
    line(&context.words.say_with(key, &[("count", count.into())]), value, context);
}

fn line(text: &str, value: &Value, context: &Context<'_>) {
    if context.json {
        return print(&format!("{value}\n"));
    }
    let mut page = Page::default();
    page.line(text);
    print(&page.text(Style::of(std::io::stdout().is_terminal())));
}

#[cfg(test)]
mod tests {
    use pumasi_base::Lang;

    use super::*;

    #[test]
    fn every_trouble_says_what_is_wrong_and_what_to_do() {
        for lang in Lang::ALL {
            let words = Words::load(lang);
            for code in TroubleCode::ALL {
                let trouble = Trouble {
                    code: *code,
                    at: "https://example.org/a".to_owned(),
                    what: "reason".to_owned(),
                    retry_after_s: None,
                };
                let failure = failure(&trouble);
                assert!(failure.what(&words).contains("https://example.org/a"), "{lang} {code:?}");
                assert_eq!(failure.why(&words), ["reason"]);
                assert!(failure.help(&words).is_some(), "{lang} {code:?}");
            }
        }
    }
}
