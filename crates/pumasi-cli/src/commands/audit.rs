//! `pumasi audit`: verifies copies offline, each on its own and against the others, and draws the
//! chain of every log.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use pumasi_base::{Digest, PartyId, Time};
use pumasi_node::log::{Equivocation, NoteKey};
use pumasi_node::service::audit::{self, AuditError, Audited, Chain, Finding, Holding, Report};
use pumasi_node::service::register::Cosigned;
use serde_json::{Value, json};

use crate::commands::matter::fingerprints;
use crate::commands::serve::service_failure;
use crate::commands::{Context, matter};
use crate::failure::{Exit, Failure};
use crate::output::{Answer, Page, Progress, short};

/// What to audit.
#[derive(Args)]
pub struct Audit {
    #[arg(value_name = "PATH", required = true)]
    path: Vec<PathBuf>,
    #[arg(long, value_name = "DIR")]
    export: Option<PathBuf>,
    #[arg(long = "key", value_name = "KEY")]
    key: Vec<NoteKey>,
    #[arg(long = "trust", value_name = "PARTY=FINGERPRINT")]
    trust: Vec<String>,
}

/// Audits the copies named.
///
/// # Errors
/// When one of them cannot be read at all; an answer that ends with 7 when something in them does
/// not hold.
pub fn run(audit: &Audit, context: &Context<'_>) -> Result<Answer, Failure> {
    let words = context.words;
    let wanted = fingerprints(&audit.trust, "pumasi audit")?;
    let mut holdings = Vec::new();
    for path in &audit.path {
        let name = path.display().to_string();
        let progress = Progress::start(&words.say_with("verifying", &[("file", name.into())]));
        holdings.push(Holding::read(path).map_err(|error| failure(error, path))?);
        drop(progress);
    }
    let audited = audit::audit(&holdings);
    for report in &audited.reports {
        check_fingerprints(report, &wanted)?;
        for proof in &report.evidence {
            check_key(proof, &audit.key, &report.source)?;
        }
    }
    let mut page = Page::default();
    let holds = audited.findings.is_empty();
    page.line(words.say(if holds { "audit-holds" } else { "audit-fails" }));
    for report in &audited.reports {
        add_report(&mut page, report, &audit.key, &wanted, context);
    }
    add_findings(&mut page, &audited, context);
    let mut value = value(&audited);
    if let Some(out) = &audit.export {
        let holding = holdings.first().filter(|_| holdings.len() == 1);
        let holding = holding.ok_or_else(|| Failure::new("audit-one-export", Exit::Usage))?;
        let size = audit::publish(holding, out).map_err(|error| failure(error, out))?;
        let folder = out.display().to_string();
        let size = i64::try_from(size).unwrap_or(i64::MAX);
        let fillings = [("folder", folder.as_str().into()), ("count", size.into())];
        page.line(words.say_with("audit-exported", &fillings));
        if let Some(value) = value.as_object_mut() {
            value.insert("exported".to_owned(), json!({ "folder": folder, "size": size }));
        }
    }
    Ok(Answer::new(value, page).ending((!holds).then_some(Exit::BadFile)))
}

fn failure(error: AuditError, path: &Path) -> Failure {
    let name = path.display().to_string();
    match error {
        AuditError::Missing(_) => {
            Failure::new("failure-file-missing", Exit::NotFound).with("file", name)
        }
        AuditError::Unknown(_) => Failure::new("audit-unknown", Exit::BadFile).with("file", name),
        AuditError::File { path, error } => Failure::new("audit-file", Exit::BadFile)
            .with("file", path.display().to_string())
            .because(error),
        AuditError::Folder(error) => service_failure(error, &name),
        AuditError::Bundle(error) => matter::broken(&error, &name),
        AuditError::Evidence(error) => {
            Failure::new("audit-evidence", Exit::BadFile).with("file", name).because(error)
        }
        AuditError::Published { path, what } => Failure::new("audit-published", Exit::BadFile)
            .with("file", path.display().to_string())
            .because(what),
    }
}

/// A fingerprint that was given must be the one the copy trusts.
fn check_fingerprints(
    report: &Report,
    wanted: &std::collections::BTreeMap<PartyId, Digest>,
) -> Result<(), Failure> {
    for (party, fingerprint) in wanted {
        let Some(found) = report.trusted.get(party) else { continue };
        if found.0 != *fingerprint {
            return Err(Failure::new("bundle-other-fingerprint", Exit::BadFile)
                .with("file", report.source.clone())
                .with("party", party.to_string())
                .with("found", found.to_string())
                .with("wanted", fingerprint.to_string()));
        }
    }
    Ok(())
}

/// Where keys are given, evidence against another key of the same register proves nothing.
fn check_key(proof: &Equivocation, keys: &[NoteKey], source: &str) -> Result<(), Failure> {
    let other = keys.iter().find(|key| key.name() == proof.key().name() && *key != proof.key());
    match other {
        Some(key) => Err(Failure::new("audit-other-key", Exit::BadFile)
            .with("file", source.to_owned())
            .with("found", proof.key().to_string())
            .with("wanted", key.to_string())),
        None => Ok(()),
    }
}

fn add_report(
    page: &mut Page,
    report: &Report,
    keys: &[NoteKey],
    wanted: &std::collections::BTreeMap<PartyId, Digest>,
    context: &Context<'_>,
) {
    let words = context.words;
    page.title(report.source.clone())
        .field(words.say("column-sort"), words.code("audit-sort", report.sort.code()))
        .field_if(words.say("column-party"), report.party.as_ref().map(ToString::to_string));
    if report.acts > 0 || report.register.is_some() {
        page.field(words.say("column-acts"), report.acts.to_string());
    }
    if let Some((origin, size, root)) = &report.register {
        page.field(words.say("column-register"), format!("{origin} · {size} · {root}"));
    }
    if let Some(checkpoint) = &report.checkpoint {
        let root = &checkpoint.root;
        page.field(words.say("column-checkpoint"), format!("{} · {root}", checkpoint.size));
    }
    for cosigned in &report.cosigned {
        let line = format!("{} · {} · {}", cosigned.witness, cosigned.size, moment(cosigned));
        page.field(words.say("column-cosigned-by"), line);
    }
    for seen in &report.seen {
        page.field(words.say("column-seen"), format!("{} · {}", seen.origin, seen.size));
    }
    for (party, identity) in &report.trusted {
        let checked = if wanted.contains_key(party) { "compared" } else { "not-compared" };
        let name = format!("{} {party}", words.say("column-fingerprint"));
        page.field(name, format!("{identity}  {}", words.say(checked)));
    }
    for proof in &report.evidence {
        add_evidence(page, proof, keys, context);
    }
    if !report.chains.is_empty() {
        page.title(words.say("title-chains")).line(words.say("audit-legend"));
        let headings = ["party", "node", "matter", "chain", "covered"];
        let mut table = context.table(&headings);
        for chain in &report.chains {
            table.row([
                chain.party.to_string(),
                format!("{}/{}", chain.node_key.short(), chain.incarnation),
                short(&chain.matter.to_string()),
                drawn(chain),
                covered(chain),
            ]);
        }
        page.table(table, String::new());
    }
}

fn add_evidence(page: &mut Page, proof: &Equivocation, keys: &[NoteKey], context: &Context<'_>) {
    let words = context.words;
    let Ok(shown) = proof.verify(proof.key()) else { return };
    let fillings = [
        ("register", shown.smaller.origin.as_str().into()),
        ("first", i64::try_from(shown.smaller.size).unwrap_or(i64::MAX).into()),
        ("second", i64::try_from(shown.larger.size).unwrap_or(i64::MAX).into()),
    ];
    page.line(words.say_with("audit-contradiction", &fillings));
    let checked = if keys.contains(proof.key()) { "compared" } else { "not-compared-key" };
    page.field(words.say("column-key"), format!("{}  {}", proof.key(), words.say(checked)));
}

fn add_findings(page: &mut Page, audited: &Audited, context: &Context<'_>) {
    if audited.findings.is_empty() {
        return;
    }
    let words = context.words;
    page.title(words.say("title-findings"));
    let mut table = context.table(&["source", "finding", "detail"]);
    for Finding { source, code, what } in &audited.findings {
        table.row([source.clone(), words.code("audit-finding", code.code()), what.clone()]);
    }
    page.table(table, String::new());
}

fn moment(cosigned: &Cosigned) -> String {
    time(cosigned.seconds).map(|time| time.to_string()).unwrap_or_default()
}

fn time(seconds: u64) -> Option<Time> {
    Time::from_second(i64::try_from(seconds).ok()?).ok()
}

/// A chain as a line: `0━━12` for acts that are here, `┄13–14┄` for those that are missing, `⑂16`
/// for a height that more than one act claims, `┫12` where it was closed.
fn drawn(chain: &Chain) -> String {
    let mut line = String::new();
    let mut gaps = chain.gaps().into_iter();
    let mut next = 0;
    for (first, last) in &chain.stretches {
        if *first > next
            && let Some((from, to)) = gaps.next()
        {
            let _ = write!(line, "┄{}┄", stretch(from, to, "–"));
        }
        line.push_str(&stretch(*first, *last, "━━"));
        next = last.saturating_add(1);
    }
    for fork in &chain.forks {
        let _ = write!(line, " ⑂{fork}");
    }
    for closing in &chain.closings {
        let last = closing.last.map_or_else(|| "—".to_owned(), |last| last.to_string());
        let _ = write!(line, " ┫{last}");
    }
    line
}

fn stretch(first: u64, last: u64, between: &str) -> String {
    if first == last { first.to_string() } else { format!("{first}{between}{last}") }
}

fn covered(chain: &Chain) -> String {
    let by = |covered: &audit::Covered| {
        let name = covered.by.split('/').nth(1).unwrap_or(&covered.by);
        let time = covered.seconds.and_then(time).map(|time| format!(" ({time})"));
        format!("{name} ≤{}{}", covered.to, time.unwrap_or_default())
    };
    chain.covered.iter().map(by).collect::<Vec<_>>().join(" · ")
}

fn value(audited: &Audited) -> Value {
    let contradictions: Vec<String> =
        audited.contradictions.iter().map(ToString::to_string).collect();
    let findings: Vec<Value> = audited
        .findings
        .iter()
        .map(|found| json!({"source": found.source, "code": found.code.code(), "what": found.what}))
        .collect();
    json!({
        "holds": audited.findings.is_empty(),
        "sources": audited.reports.iter().map(report_value).collect::<Vec<_>>(),
        "findings": findings,
        "contradictions": contradictions,
    })
}

fn report_value(report: &Report) -> Value {
    let register = report.register.as_ref().map(
        |(origin, size, root)| json!({"origin": origin.to_string(), "size": size, "root": root}),
    );
    let cosigned: Vec<Value> = report
        .cosigned
        .iter()
        .map(|cosigned| {
            let (witness, note) = (cosigned.witness.to_string(), cosigned.note.to_string());
            json!({
                "witness": witness, "size": cosigned.size, "time": moment(cosigned), "note": note,
            })
        })
        .collect();
    let checkpoint = |c: &pumasi_node::log::Checkpoint| json!({ "origin": c.origin, "size": c.size, "root": c.root });
    json!({
        "source": report.source,
        "sort": report.sort.code(),
        "party": report.party,
        "fingerprints": report.trusted,
        "acts": report.acts,
        "register": register,
        "checkpoint": report.checkpoint.as_ref().map(checkpoint),
        "cosigned": cosigned,
        "seen": report.seen.iter().map(checkpoint).collect::<Vec<_>>(),
        "evidence": report.evidence.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "chains": report.chains.iter().map(chain_value).collect::<Vec<_>>(),
    })
}

fn chain_value(chain: &Chain) -> Value {
    let covered: Vec<Value> = chain
        .covered
        .iter()
        .map(|covered| {
            let time = covered.seconds.and_then(time).map(|time| time.to_string());
            json!({ "by": covered.by, "to": covered.to, "time": time })
        })
        .collect();
    let closings: Vec<Value> = chain
        .closings
        .iter()
        .map(|closing| json!({ "act": closing.act, "last": closing.last }))
        .collect();
    json!({
        "party": chain.party,
        "node_key": chain.node_key,
        "incarnation": chain.incarnation,
        "matter": chain.matter,
        "stretches": chain.stretches,
        "gaps": chain.gaps(),
        "forks": chain.forks,
        "broken": chain.broken,
        "closings": closings,
        "covered": covered,
    })
}
