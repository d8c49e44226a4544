//! `pumasi matter`: threads of acts with a fixed audience.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use pumasi_base::{AgreementId, Digest, OfficerId, PartyId, Time};
use pumasi_node::act::{Bundle, BundleError, Proof};
use pumasi_node::view::page::{CaseLine, MatterLine};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::commands::sign::{Signed, signed};
use crate::commands::{Context, exchange};
use crate::failure::{Exit, Failure};
use crate::files;
use crate::lookup;
use crate::output::{Answer, Page, Progress, short};

/// What can be done with matters.
#[derive(Subcommand)]
pub enum Verb {
    /// Lists the matters this node shares.
    List,
    /// Shows one matter.
    Show(Show),
    /// Opens a matter.
    Open(Box<Open>),
    /// Verifies an exported bundle, offline.
    Verify(Verify),
    /// Exports a matter.
    Export(exchange::Export),
}

/// Which matter to show.
#[derive(Args)]
pub struct Show {
    #[arg(value_name = "MATTER")]
    matter: String,
}

/// The matter to open.
#[derive(Args)]
pub struct Open {
    #[arg(long, value_name = "CASE")]
    case: String,
    #[arg(long, value_name = "STATUS", value_parser = ["actual", "exercise", "test"])]
    status: String,
    #[arg(long = "party", value_name = "PARTY", required = true)]
    party: Vec<PartyId>,
    #[arg(long = "agreement", value_name = "AGREEMENT", required = true)]
    agreement: Vec<AgreementId>,
    #[arg(long, value_name = "TEXT")]
    title_ko: String,
    #[arg(long, value_name = "TEXT")]
    title_ja: String,
    #[arg(long, value_name = "TEXT")]
    title_zh: String,
    #[arg(long, value_name = "TEXT")]
    title_en: String,
    #[arg(long, value_name = "TIME")]
    origin: Option<Time>,
    #[arg(long = "officer", value_name = "ID", required = true)]
    officer: Vec<OfficerId>,
    #[arg(long, value_name = "TIME")]
    time: Option<Time>,
}

/// Which bundle to verify.
#[derive(Args)]
pub struct Verify {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long = "trust", value_name = "PARTY=FINGERPRINT")]
    trust: Vec<String>,
}

/// Does what is asked with matters.
///
/// # Errors
/// Why it was not done.
pub fn run(verb: Verb, context: &Context<'_>) -> Result<Answer, Failure> {
    match verb {
        Verb::List => list(context),
        Verb::Show(show) => self::show(&show, context),
        Verb::Open(open) => self::open(*open, context),
        Verb::Verify(verify) => self::verify(&verify, context),
        Verb::Export(export) => exchange::export(&export, context),
    }
}

/// A matter as the node lists it, with its case.
#[derive(Deserialize)]
struct OfCase {
    case: CaseLine,
    matter: MatterLine,
}

fn list(context: &Context<'_>) -> Result<Answer, Failure> {
    let fetched = context.desk()?.read::<Vec<OfCase>>("/matters", &[])?;
    let mut page = Page::default();
    add_table(&mut page, fetched.page.iter().map(|of| &of.matter), context);
    Ok(Answer::new(json!({ "matters": fetched.value }), page))
}

/// Adds a table of matters.
pub fn add_table<'a>(
    page: &mut Page,
    matters: impl IntoIterator<Item = &'a MatterLine>,
    context: &Context<'_>,
) {
    let words = context.words;
    let headings = ["id", "title", "status", "parties", "acts#", "waiting#", "digest"];
    let mut table = context.table(&headings);
    for line in matters {
        let parties: Vec<String> = line.audience.iter().map(|party| context.party(party)).collect();
        table.row([
            short(&line.id),
            words.of(&line.title).to_owned(),
            words.code("status", &line.status),
            parties.join(" · "),
            line.acts.to_string(),
            line.waiting.to_string(),
            short(&line.digest),
        ]);
    }
    page.table(table, words.say("none-matters"));
}

fn show(show: &Show, context: &Context<'_>) -> Result<Answer, Failure> {
    let desk = context.desk()?;
    let matter = lookup::matter(&desk, &show.matter)?;
    let fetched = desk.read::<OfCase>(&format!("/matters/{matter}"), &[])?;
    let (words, line) = (context.words, &fetched.page.matter);
    let parties: Vec<String> = line.audience.iter().map(|party| context.party(party)).collect();
    let mut page = Page::default();
    page.title(words.of(&line.title))
        .field(words.say("column-id"), line.id.clone())
        .field(words.say("column-case"), words.of(&fetched.page.case.title))
        .field(words.say("column-status"), words.code("status", &line.status))
        .field(words.say("column-parties"), parties.join(" · "))
        .field(words.say("column-agreements"), line.agreements.join(" · "))
        .field(words.say("column-acts"), line.acts.to_string())
        .field(words.say("column-waiting"), line.waiting.to_string())
        .field(words.say("column-digest"), line.digest.clone());
    Ok(Answer::new(fetched.value, page))
}

fn open(open: Open, context: &Context<'_>) -> Result<Answer, Failure> {
    let form = json!({
        "case": open.case,
        "title": {
            "ko": open.title_ko,
            "ja": open.title_ja,
            "zh-Hans": open.title_zh,
            "en": open.title_en,
        },
        "status": open.status,
        "audience": open.party,
        "agreements": open.agreement,
        "origin": open.origin,
        "officers": open.officer,
        "time": open.time,
    });
    Ok(signed(context.desk()?.send::<Signed>("/matters", &form)?, context))
}

fn verify(verify: &Verify, context: &Context<'_>) -> Result<Answer, Failure> {
    let name = verify.file.display().to_string();
    let words = context.words;
    let text = files::read_text(&verify.file)?;
    let wanted = fingerprints(&verify.trust, "pumasi matter verify")?;
    let shown = words.say_with("verifying", &[("file", name.as_str().into())]);
    let progress = Progress::start(&shown);
    let bundle = Bundle::read(&text).map_err(|error| broken(&error, &name))?;
    for (party, fingerprint) in &wanted {
        let found = bundle.trusted.get(party).map(|id| id.to_string()).unwrap_or_default();
        if found != fingerprint.to_string() {
            return Err(Failure::new("bundle-other-fingerprint", Exit::BadFile)
                .with("file", name)
                .with("party", party.to_string())
                .with("found", if found.is_empty() { "—".to_owned() } else { found })
                .with("wanted", fingerprint.to_string()));
        }
    }
    let proofs = bundle.verify().map_err(|error| broken(&error, &name))?;
    drop(progress);
    let mut page = Page::default();
    page.line(words.say_with("bundle-holds", &[("file", name.as_str().into())]));
    for proof in &proofs {
        add_proof(&mut page, proof, context);
    }
    // Signatures prove only that one key signed all of it; whose key it is must be compared.
    page.title(words.say("title-fingerprints"));
    for (party, identity) in &bundle.trusted {
        let checked = if wanted.contains_key(party) { "compared" } else { "not-compared" };
        page.field(party.to_string(), format!("{identity}  {}", words.say(checked)));
    }
    let fingerprints: BTreeMap<String, String> =
        bundle.trusted.iter().map(|(party, id)| (party.to_string(), id.to_string())).collect();
    let value = json!({
        "file": name,
        "holds": true,
        "exported_by": bundle.exported_by,
        "fingerprints": fingerprints,
        "matters": proofs.iter().map(proof_value).collect::<Vec<_>>(),
    });
    Ok(Answer::new(value, page))
}

/// Reads fingerprints given to `command` as party=fingerprint.
///
/// # Errors
/// Usage (2) when one does not read.
pub fn fingerprints(
    given: &[String],
    command: &'static str,
) -> Result<BTreeMap<PartyId, Digest>, Failure> {
    let read = |text: &String| {
        let (party, fingerprint) = text.split_once('=').unwrap_or((text, ""));
        let pair = party.parse::<PartyId>().ok().zip(fingerprint.parse::<Digest>().ok());
        pair.ok_or_else(|| {
            Failure::new("usage-bad-value", Exit::Usage)
                .with("given", text.clone())
                .with("argument", "--trust <PARTY=FINGERPRINT>")
                .with("command", command)
        })
    };
    given.iter().map(read).collect()
}

fn add_proof(page: &mut Page, proof: &Proof, context: &Context<'_>) {
    let words = context.words;
    let folded = &proof.folded;
    let (title, refused) = match &folded.state {
        Some(state) => (state.genesis.title.in_lang(words.lang()).to_owned(), state.refused.len()),
        None => (words.say("matter-without-opening"), 0),
    };
    let signed: Vec<String> =
        proof.signed.iter().map(|(party, count)| format!("{party}: {count}")).collect();
    let state = folded.state.as_ref().map(|state| state.genesis.status.to_string());
    page.title(title)
        .field(words.say("column-id"), proof.matter.to_string())
        .field_if(words.say("column-status"), state.map(|code| words.code("status", &code)))
        .field(words.say("column-digest"), folded.digest().to_string())
        .field(words.say("column-signed-by"), signed.join(" · "))
        .field(words.say("column-acts"), folded.order.len().to_string())
        .field(words.say("column-refused"), refused.to_string())
        .field(words.say("column-waiting"), folded.waiting.len().to_string())
        .field(words.say("column-forks"), folded.forks.len().to_string());
}

fn proof_value(proof: &Proof) -> Value {
    let folded = &proof.folded;
    json!({
        "matter": proof.matter.to_string(),
        "title": folded.state.as_ref().map(|state| &state.genesis.title),
        "status": folded.state.as_ref().map(|state| state.genesis.status),
        "digest": folded.digest(),
        "frontier": folded.frontier_digest(),
        "acts": folded.order.len(),
        "refused": folded.state.as_ref().map_or(0, |state| state.refused.len()),
        "waiting": folded.waiting.len(),
        "missing": folded.missing.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "forks": folded.forks.len(),
        "signed": proof.signed,
    })
}

/// Why a bundle does not hold, in words, with the exact fault below.
#[must_use]
pub fn broken(error: &BundleError, file: &str) -> Failure {
    let failure = match error {
        BundleError::NoBundle => Failure::new("bundle-none", Exit::BadFile),
        BundleError::Line { line, what } => {
            Failure::new("bundle-line", Exit::BadFile).with("line", *line).because(what)
        }
        BundleError::CutOff { found, stated } => Failure::new("bundle-cut-off", Exit::BadFile)
            .with("found", *found)
            .with("stated", *stated),
        BundleError::Identity { error, .. } => {
            Failure::new("bundle-identity", Exit::BadFile).because(error)
        }
        BundleError::Act { id, error } => {
            Failure::new("bundle-act", Exit::BadFile).with("id", id.to_string()).because(error)
        }
        BundleError::AgreementMissing { id, .. } => {
            Failure::new("bundle-agreement-missing", Exit::BadFile).with("id", id.to_string())
        }
        BundleError::AgreementUnreadable { id, what } => {
            Failure::new("bundle-agreement-unreadable", Exit::BadFile)
                .with("id", id.to_string())
                .because(what)
        }
        BundleError::AgreementsClash(what) => {
            Failure::new("bundle-agreements-clash", Exit::BadFile).because(what)
        }
    };
    failure.with("file", file)
}
