//! The steps in an agreement's life: `pumasi agreement propose`, `sign`, `suspend` and the others.

use std::path::PathBuf;

use clap::Args;
use pumasi_base::{AgreementId, ClauseId, Date, OfficerId, PartyId};
use pumasi_node::view::page::{
    LifeLine, LifePage, NodePage, OfficerLine, StepAnswer, StepForm, VersionLine,
};
use serde_json::json;

use super::history::standing;
use super::read_file;
use crate::commands::Context;
use crate::commands::sign::Officers;
use crate::desk_client::Desk;
use crate::failure::{Exit, Failure};
use crate::lookup;
use crate::output::{Answer, Page, short};
use crate::words::moment;

/// The fewest digits by which officers name the text they sign: as many as tables show.
const DIGEST_DIGITS_MIN: usize = 8;
/// The most officers whose places a command shows.
const OFFICERS_MAX: usize = 9;

/// Who takes a step, and whether it is real.
#[derive(Args)]
pub struct Taken {
    #[arg(
        id = "life_status",
        long = "status",
        value_name = "STATUS",
        default_value = "actual",
        value_parser = ["actual", "exercise", "test"]
    )]
    status: String,
    #[command(flatten)]
    officers: Officers,
}

/// An agreement to propose.
#[derive(Args)]
pub struct Propose {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long, value_name = "PARTY")]
    audience: Vec<PartyId>,
    #[command(flatten)]
    taken: Taken,
}

/// A draft to lay down.
#[derive(Args)]
pub struct Draft {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    taken: Taken,
}

/// A text to initial, sign or ratify.
#[derive(Args)]
pub struct Endorse {
    #[arg(id = "life_agreement", value_name = "AGREEMENT")]
    agreement: AgreementId,
    #[arg(id = "life_version", long = "version", value_name = "VERSION")]
    version: Option<u32>,
    #[arg(id = "life_digest", long = "digest", value_name = "DIGEST", value_parser = digits)]
    digest: Option<String>,
    #[command(flatten)]
    taken: Taken,
}

/// What to suspend.
#[derive(Args)]
pub struct Suspend {
    #[arg(id = "life_agreement", value_name = "AGREEMENT")]
    agreement: AgreementId,
    #[arg(long = "clause", id = "clauses", value_name = "CLAUSE")]
    clauses: Vec<ClauseId>,
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
    #[arg(id = "life_cause", long = "cause", value_name = "TEXT")]
    cause: String,
    #[command(flatten)]
    taken: Taken,
}

/// A suspension or a notice to do something with.
#[derive(Args)]
pub struct About {
    #[arg(id = "life_agreement", value_name = "AGREEMENT")]
    agreement: AgreementId,
    #[arg(id = "life_target", long = "target", value_name = "ACT")]
    target: Option<String>,
    #[command(flatten)]
    taken: Taken,
}

/// A notice to give.
#[derive(Args)]
pub struct Notice {
    #[arg(id = "life_agreement", value_name = "AGREEMENT")]
    agreement: AgreementId,
    #[arg(long, value_name = "DATE")]
    ends: Option<Date>,
    #[arg(id = "life_cause", long = "cause", value_name = "TEXT")]
    cause: String,
    #[command(flatten)]
    taken: Taken,
}

/// An end to agree to.
#[derive(Args)]
pub struct Terminate {
    #[arg(id = "life_agreement", value_name = "AGREEMENT")]
    agreement: AgreementId,
    #[arg(long, value_name = "DATE")]
    ends: Date,
    #[arg(id = "life_cause", long = "cause", value_name = "TEXT")]
    cause: String,
    #[command(flatten)]
    taken: Taken,
}

/// The beginning of a digest, as typed.
fn digits(text: &str) -> Result<String, String> {
    let text = text.to_ascii_lowercase();
    let is_hex = text.bytes().all(|digit| digit.is_ascii_hexdigit());
    if is_hex && text.len() >= DIGEST_DIGITS_MIN {
        Ok(text)
    } else {
        Err(format!("at least {DIGEST_DIGITS_MIN} digits from 0 to f"))
    }
}

/// The form of a step with nothing but who takes it.
fn form(step: &str, agreement: Option<&AgreementId>, taken: &Taken) -> StepForm {
    StepForm {
        agreement: agreement.map(ToString::to_string),
        step: step.to_owned(),
        officers: taken.officers.officer.iter().map(ToString::to_string).collect(),
        status: Some(taken.status.clone()),
        matter: None,
        text: None,
        version: None,
        digest: None,
        audience: None,
        clauses: None,
        from: None,
        until: None,
        ends: None,
        cause: None,
        target: None,
        time: taken.officers.time.map(|time| time.to_string()),
    }
}

/// Proposes an agreement.
pub(super) fn propose(propose: &Propose, context: &Context<'_>) -> Result<Answer, Failure> {
    let agreement = read_file(&propose.file, context)?;
    let mut form = form("propose", Some(agreement.id()), &propose.taken);
    form.text = Some(agreement.text().to_owned());
    form.audience = Some(propose.audience.iter().map(ToString::to_string).collect());
    take(&context.desk()?, &form, context)
}

/// Lays down the next draft.
pub(super) fn draft(draft: &Draft, context: &Context<'_>) -> Result<Answer, Failure> {
    let agreement = read_file(&draft.file, context)?;
    let mut form = form("draft", Some(agreement.id()), &draft.taken);
    form.text = Some(agreement.text().to_owned());
    take(&context.desk()?, &form, context)
}

/// Initials, signs or ratifies the text whose digest the officers name; shows what there is to
/// sign when they name none.
pub(super) fn endorse(
    step: &str,
    endorse: &Endorse,
    context: &Context<'_>,
) -> Result<Answer, Failure> {
    let desk = context.desk()?;
    let path = format!("/agreements/{}/life", endorse.agreement);
    let fetched = desk.read::<LifePage>(&path, &[])?;
    let life = fetched.page.lives.iter().find(|life| life.status == endorse.taken.status);
    let name = || endorse.agreement.to_string();
    let life = life
        .ok_or_else(|| Failure::new("failure-no-life", Exit::NotFound).with("agreement", name()))?;
    let open = life.steps.iter().find(|open| open.step == step).and_then(|open| open.version);
    let newest = life.versions.iter().map(|line| line.version).max();
    let number = endorse.version.or(open).or(newest);
    let line = life.versions.iter().find(|line| Some(line.version) == number).ok_or_else(|| {
        let version = number.unwrap_or_default();
        Failure::new("failure-no-version", Exit::NotFound).with("version", version)
    })?;
    let Some(digest) = &endorse.digest else {
        let officers = desk.read::<NodePage>("/node", &[])?.page.officers;
        let title = context.words.of(&fetched.page.title);
        return Ok(before((step, title), endorse, (life, line), &officers, context));
    };
    if !line.digest.starts_with(digest) {
        return Err(Failure::new("failure-other-text", Exit::Refused)
            .with("version", line.version)
            .with("given", digest.clone())
            .because(&line.digest));
    }
    let mut form = form(step, Some(&endorse.agreement), &endorse.taken);
    form.version = Some(line.version);
    form.digest = Some(line.digest.clone());
    take(&desk, &form, context)
}

/// What would be signed, who has signed it, who must, and how.
fn before(
    (step, title): (&str, &str),
    endorse: &Endorse,
    (life, line): (&LifeLine, &VersionLine),
    officers: &[OfficerLine],
    context: &Context<'_>,
) -> Answer {
    let words = context.words;
    let mut page = Page::default();
    page.title(title)
        .field(words.say("column-draft"), line.version.to_string())
        .field(words.say("column-digest"), line.digest.clone())
        .field(words.say("column-laid-down"), {
            format!("{} · {}", context.party(&line.by), moment(&line.time))
        });
    let signed = line.signed.iter().map(|by| context.party(&by.party)).collect::<Vec<_>>();
    page.field_if(words.say("column-signatures"), (!signed.is_empty()).then(|| signed.join(" · ")));
    let given = &endorse.taken.officers.officer;
    let officers = signers(given, officers);
    page.field(words.say("column-officers-needed"), officers.len().to_string());
    if let Some(open) = life.steps.iter().find(|open| open.step == step) {
        page.field(words.say("column-officers"), open.officers.join(" · "));
    }
    let status = match endorse.taken.status.as_str() {
        "actual" => String::new(),
        other => format!(" --status {other}"),
    };
    let command = format!(
        "pumasi agreement {step} {} --version {} --digest {}{status}{}",
        endorse.agreement,
        line.version,
        short(&line.digest),
        officers.iter().map(|officer| format!(" --officer {officer}")).collect::<String>(),
    );
    page.line(words.say("sign-compare")).line(command.clone());
    let value = json!({ "signed": false, "version": line, "command": command });
    Answer::new(value, page).ending(Some(Exit::Usage))
}

/// Who is to sign with the officers given: as many more as the strictest of their mandates asks
/// for. Who they are is the party's choice, so that their places stand in capitals.
fn signers(given: &[OfficerId], officers: &[OfficerLine]) -> Vec<String> {
    let mut signers: Vec<String> = given.iter().map(ToString::to_string).collect();
    let mandates = officers.iter().filter(|line| signers.contains(&line.id));
    let needed = mandates.map(|line| line.officers_needed).max().unwrap_or(1);
    let needed = usize::try_from(needed).unwrap_or(usize::MAX).min(OFFICERS_MAX);
    signers.resize(needed.max(signers.len()), "ID".to_owned());
    signers
}

/// Suspends an agreement or some of its clauses.
pub(super) fn suspend(suspend: &Suspend, context: &Context<'_>) -> Result<Answer, Failure> {
    let mut form = form("suspend", Some(&suspend.agreement), &suspend.taken);
    form.clauses = Some(suspend.clauses.iter().map(ToString::to_string).collect());
    form.from = suspend.from.map(|date| date.to_string());
    form.until = suspend.until.map(|date| date.to_string());
    form.cause = Some(suspend.cause.clone());
    take(&context.desk()?, &form, context)
}

/// Lifts a suspension, or does something with a notice.
pub(super) fn about(step: &str, about: &About, context: &Context<'_>) -> Result<Answer, Failure> {
    let desk = context.desk()?;
    let mut form = form(step, Some(&about.agreement), &about.taken);
    if let Some(given) = &about.target {
        let path = format!("/agreements/{}/life", about.agreement);
        let told = desk.read::<LifePage>(&path, &[])?.page;
        let lives = told.lives.iter().filter(|life| life.status == about.taken.status);
        let acts: Vec<&String> = lives
            .flat_map(|life| {
                let suspensions = life.suspensions.iter().map(|line| &line.act);
                suspensions.chain(life.notices.iter().map(|line| &line.act))
            })
            .collect();
        form.target = Some((*lookup::choose(given, &acts, |act| act)?).clone());
    }
    take(&desk, &form, context)
}

/// Gives notice.
pub(super) fn give_notice(notice: &Notice, context: &Context<'_>) -> Result<Answer, Failure> {
    let mut form = form("give_notice", Some(&notice.agreement), &notice.taken);
    form.ends = notice.ends.map(|date| date.to_string());
    form.cause = Some(notice.cause.clone());
    take(&context.desk()?, &form, context)
}

/// Agrees to an end.
pub(super) fn terminate(given: &Terminate, context: &Context<'_>) -> Result<Answer, Failure> {
    let mut form = form("agree_termination", Some(&given.agreement), &given.taken);
    form.ends = Some(given.ends.to_string());
    form.cause = Some(given.cause.clone());
    take(&context.desk()?, &form, context)
}

/// Has the node take a step, and tells the acts made, the matters told and the standing now.
fn take(desk: &Desk, form: &StepForm, context: &Context<'_>) -> Result<Answer, Failure> {
    let words = context.words;
    let fetched = desk.send::<StepAnswer>("/agreements/steps", &json!(form))?;
    let answer = &fetched.page;
    let mut page = Page::default();
    for act in &answer.acts {
        page.line(words.say_with("signed", &[("id", act.as_str().into())]));
    }
    page.field(words.say("column-matter"), answer.matter.clone());
    standing(&answer.standing, &mut page, context);
    if !answer.relayed.is_empty() {
        let mut table = context.table(&["matter", "act", "refused"]);
        for line in &answer.relayed {
            let refused = line.refused.as_ref().map(|refused| words.of(refused).to_owned());
            table.row([
                short(&line.matter),
                line.act.as_deref().map_or_else(|| "—".to_owned(), short),
                refused.unwrap_or_else(|| "—".to_owned()),
            ]);
        }
        page.title(words.say("title-relayed")).table(table, "");
    }
    // What one matter refused stays open there, and the officer has to see to it.
    let refused = answer.relayed.iter().any(|line| line.refused.is_some());
    Ok(Answer::new(fetched.value, page).ending(refused.then_some(Exit::Refused)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_signs_only_with_another_is_told_so() {
        let line = |id: &str, officers_needed| OfficerLine {
            id: id.to_owned(),
            name: String::new(),
            kinds: Vec::new(),
            not_after: String::new(),
            officers_needed,
        };
        let officers = [line("duty", 1), line("legal", 2), line("governor", 2)];
        let check = |given: &[&str], expected: &[&str]| {
            let given: Vec<OfficerId> = given.iter().map(|id| id.parse().unwrap()).collect();
            assert_eq!(signers(&given, &officers), expected);
        };
        check(&["duty"], &["duty"]);
        check(&["legal"], &["legal", "ID"]);
        check(&["duty", "governor"], &["duty", "governor"]);
        check(&["unknown"], &["unknown"]);
    }

    #[test]
    fn a_text_is_named_by_enough_of_its_digest() {
        assert_eq!(digits("71E37407"), Ok("71e37407".to_owned()));
        for bad in ["71e3740", "71e3740g", ""] {
            assert!(digits(bad).is_err(), "{bad}");
        }
    }
}
