//! `pumasi agreement history`: how an agreement stands, how it came to that, and what may follow.

use clap::Args;
use pumasi_base::{AgreementId, Date};
use pumasi_node::view::page::{
    ClauseLine, LifeLine, LifePage, NoticeLine, SignatureLine, StandingLine, StepLine,
};

use crate::commands::Context;
use crate::failure::Failure;
use crate::output::{Answer, Page, short};
use crate::words::moment;

/// Whose history to show, and on which day.
#[derive(Args)]
pub struct History {
    #[arg(value_name = "AGREEMENT")]
    agreement: AgreementId,
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
}

/// Shows every life of an agreement.
pub(super) fn run(history: &History, context: &Context<'_>) -> Result<Answer, Failure> {
    let words = context.words;
    let on = history.on.map(|date| date.to_string());
    let parameters: Vec<(&str, &str)> = on.iter().map(|on| ("on", on.as_str())).collect();
    let path = format!("/agreements/{}/life", history.agreement);
    let fetched = context.desk()?.read::<LifePage>(&path, &parameters)?;
    let mut page = Page::default();
    page.title(words.of(&fetched.page.title));
    if fetched.page.lives.is_empty() {
        page.line(words.say("none-lives"));
    }
    for life in &fetched.page.lives {
        let audience: Vec<String> =
            life.audience.iter().map(|party| context.party(party)).collect();
        page.field(words.say("column-matter"), life.matter.clone())
            .field(words.say("column-status"), words.code("status", &life.status))
            .field(words.say("column-parties"), audience.join(" · "));
        standing(&life.standing, &mut page, context);
        versions(life, &mut page, context);
        suspensions(life, &mut page, context);
        notices(life, &mut page, context);
        days(life, &mut page, context);
        survivors(life, &mut page, context);
        events(life, &mut page, context);
        steps(&fetched.page.agreement, life, &mut page, context);
    }
    Ok(Answer::new(fetched.value, page))
}

/// Adds how an agreement stands, with every way in which it is read.
pub(super) fn standing(line: &StandingLine, page: &mut Page, context: &Context<'_>) {
    let words = context.words;
    let said = format!("{} ({})", words.of(&line.words), line.on);
    page.field(words.say("column-standing"), said)
        .field(words.say("column-force"), words.code("force", &line.force))
        .field_if(words.say("column-since"), line.since.clone().filter(|_| line.force != "none"))
        .field_if(words.say("column-ends"), line.ends.clone());
    let waits: Vec<String> = line.waits_for.iter().map(|party| context.party(party)).collect();
    page.field_if(words.say("column-waits-for"), (!waits.is_empty()).then(|| waits.join(" · ")));
    for reading in &line.readings {
        page.field(words.say("column-reading"), words.of(&reading.words));
    }
}

fn signatures(lines: &[SignatureLine], context: &Context<'_>) -> String {
    let line = |line: &SignatureLine| {
        format!("{} ({})", context.party(&line.party), line.officers.join(", "))
    };
    if lines.is_empty() { "—".to_owned() } else { joined(lines.iter().map(line)) }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(" · ")
}

fn versions(life: &LifeLine, page: &mut Page, context: &Context<'_>) {
    let words = context.words;
    let headings =
        ["draft#", "digest", "party", "time", "initialled", "signatures", "ratified", "enters"];
    let mut table = context.table(&headings);
    for line in &life.versions {
        table.row([
            line.version.to_string(),
            short(&line.digest),
            context.party(&line.by),
            moment(&line.time),
            signatures(&line.initialled, context),
            signatures(&line.signed, context),
            signatures(&line.ratified, context),
            match &line.enters {
                Some(day) if line.in_force => {
                    words.say_with("in-force-since", &[("date", day.as_str().into())])
                }
                Some(day) => day.clone(),
                None => "—".to_owned(),
            },
        ]);
    }
    page.title(words.say("title-versions")).table(table, words.say("none-versions"));
}

fn articles(clauses: &[ClauseLine], context: &Context<'_>) -> String {
    let words = context.words;
    if clauses.is_empty() {
        return words.say("whole-agreement");
    }
    joined(clauses.iter().map(|line| format!("{} {}", line.clause, words.of(&line.article))))
}

fn suspensions(life: &LifeLine, page: &mut Page, context: &Context<'_>) {
    if life.suspensions.is_empty() {
        return;
    }
    let mut table = context.table(&["id", "party", "clause", "from", "until", "lifted", "cause"]);
    for line in &life.suspensions {
        let day = |day: &Option<String>| day.clone().unwrap_or_else(|| "—".to_owned());
        table.row([
            short(&line.act),
            context.party(&line.by),
            articles(&line.clauses, context),
            line.from.clone(),
            day(&line.until),
            day(&line.lifted),
            line.cause.clone(),
        ]);
    }
    page.title(context.words.say("title-suspensions")).table(table, "");
}

fn notices(life: &LifeLine, page: &mut Page, context: &Context<'_>) {
    let words = context.words;
    if !life.notices.is_empty() {
        let mut table = context.table(&["id", "party", "given", "ends", "since-then", "cause"]);
        let moves = |line: &NoticeLine| {
            let said = line
                .steps
                .iter()
                .map(|step| format!("{} {}", words.code("notice", &step.what), step.date));
            if line.steps.is_empty() { "—".to_owned() } else { joined(said) }
        };
        for line in &life.notices {
            table.row([
                short(&line.act),
                context.party(&line.by),
                line.given.clone(),
                line.ends.clone(),
                moves(line),
                line.cause.clone(),
            ]);
        }
        page.title(words.say("title-notices")).table(table, "");
    }
    if !life.ends_agreed.is_empty() {
        let mut table = context.table(&["party", "ends", "time"]);
        for line in &life.ends_agreed {
            table.row([context.party(&line.by), line.ends.clone(), moment(&line.time)]);
        }
        page.title(words.say("title-ends-agreed")).table(table, "");
    }
}

fn days(life: &LifeLine, page: &mut Page, context: &Context<'_>) {
    let words = context.words;
    if life.dates.is_empty() {
        return;
    }
    let mut table = context.table(&["date", "in-days#", "what"]);
    for line in &life.dates {
        let days = crate::words::number(line.in_days);
        table.row([line.date.clone(), days, words.of(&line.words).to_owned()]);
    }
    page.title(words.say("title-dates")).table(table, "");
}

fn survivors(life: &LifeLine, page: &mut Page, context: &Context<'_>) {
    let words = context.words;
    if life.survives.is_empty() {
        return;
    }
    let mut table = context.table(&["clause", "lasts", "by-clause"]);
    for line in &life.survives {
        let lasts = line.lasts.as_ref().map(|lasts| words.of(lasts).to_owned());
        table.row([
            articles(&line.clauses, context),
            lasts.unwrap_or_else(|| words.say("without-end")),
            articles(std::slice::from_ref(&line.by), context),
        ]);
    }
    page.title(words.say("title-survives")).table(table, "");
}

fn events(life: &LifeLine, page: &mut Page, context: &Context<'_>) {
    let words = context.words;
    let mut table = context.table(&["time", "party", "step", "says"]);
    for event in &life.events {
        let mut said = words.of(&event.words).to_owned();
        if let Some(refused) = &event.refused {
            said = format!("{said} {} {}", words.say("was-refused"), words.of(refused));
        }
        table.row([
            moment(&event.time),
            context.party(&event.party),
            words.of(&event.name).to_owned(),
            said,
        ]);
    }
    page.title(words.say("title-timeline")).table(table, words.say("none-acts"));
}

fn steps(agreement: &str, life: &LifeLine, page: &mut Page, context: &Context<'_>) {
    let words = context.words;
    let mut table = context.table(&["step", "officers-needed#", "command"]);
    for step in &life.steps {
        table.row([
            words.of(&step.words).to_owned(),
            step.officers_needed.to_string(),
            command(agreement, life, step),
        ]);
    }
    page.title(words.say("title-steps")).table(table, words.say("none-steps"));
}

/// The command that takes a step; what the officer has to fill in stands in capitals.
fn command(agreement: &str, life: &LifeLine, step: &StepLine) -> String {
    let mut line = format!("pumasi agreement {} ", step.step.replace('_', "-"));
    line.push_str(if step.step == "draft" { "FILE" } else { agreement });
    let version = step.version.and_then(|v| life.versions.iter().find(|line| line.version == v));
    if let Some(version) = version {
        let digest = short(&version.digest);
        line.push_str(&format!(" --version {} --digest {digest}", version.version));
    }
    if let Some(target) = &step.target {
        line.push_str(&format!(" --target {}", short(target)));
    }
    if matches!(step.step.as_str(), "give_notice" | "agree_termination") {
        line.push_str(&format!(" --ends {}", step.ends.as_deref().unwrap_or("DATE")));
    }
    if matches!(step.step.as_str(), "suspend" | "give_notice" | "agree_termination") {
        line.push_str(" --cause TEXT");
    }
    if life.status != "actual" {
        line.push_str(&format!(" --status {}", life.status));
    }
    let needed = usize::try_from(step.officers_needed).unwrap_or(usize::MAX);
    // Where any may sign, the officer chooses; where as many as there are must, they are named.
    if step.officers.len() == needed {
        step.officers.iter().for_each(|officer| line.push_str(&format!(" --officer {officer}")));
    } else {
        (0..needed.min(2)).for_each(|_| line.push_str(" --officer ID"));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use pumasi_node::view::page::{VersionLine, Words};

    fn words() -> Words {
        Words { ko: String::new(), ja: String::new(), zh: String::new(), en: String::new() }
    }

    /// The command for a step given as `step version target ends needed officers…`.
    #[track_caller]
    fn check(status: &str, given: &str, expected: &str) {
        let parts: Vec<&str> = given.split(' ').collect();
        let some = |text: &str| (text != "-").then(|| text.to_owned());
        let step = StepLine {
            step: parts[0].to_owned(),
            words: words(),
            version: parts[1].parse().ok(),
            target: some(parts[2]),
            ends: some(parts[3]),
            officers_needed: parts[4].parse().unwrap(),
            officers: parts[5..].iter().map(ToString::to_string).collect(),
        };
        let name = pumasi_node::view::page::PartyName { id: "kr".into(), names: words() };
        let version = VersionLine {
            version: 2,
            act: String::new(),
            by: name,
            time: String::new(),
            digest: "71e3740711".into(),
            bytes: 1,
            initialled: Vec::new(),
            signed: Vec::new(),
            ratified: Vec::new(),
            enters: None,
            in_force: false,
        };
        let standing = StandingLine {
            code: String::new(),
            words: words(),
            on: String::new(),
            since: None,
            ends: None,
            force: String::new(),
            waits_for: Vec::new(),
            readings: Vec::new(),
        };
        let life = LifeLine {
            matter: String::new(),
            status: status.to_owned(),
            audience: Vec::new(),
            standing,
            versions: vec![version],
            suspensions: Vec::new(),
            notices: Vec::new(),
            ends_agreed: Vec::new(),
            dates: Vec::new(),
            survives: Vec::new(),
            events: Vec::new(),
            steps: Vec::new(),
        };
        assert_eq!(command("a", &life, &step), format!("pumasi agreement {expected}"));
    }

    #[test]
    fn every_step_comes_with_its_command() {
        check("actual", "draft - - - 1 duty", "draft FILE --officer duty");
        check(
            "exercise",
            "sign 2 - - 2 legal duty",
            "sign a --version 2 --digest 71e37407 --status exercise --officer legal --officer duty",
        );
        check("actual", "resume - 0123456789 - 1 x y", "resume a --target 01234567 --officer ID");
        check(
            "actual",
            "give_notice - - 2027-01-01 2 x y z",
            "give-notice a --ends 2027-01-01 --cause TEXT --officer ID --officer ID",
        );
        check(
            "actual",
            "agree_termination - - - 1 x",
            "agree-termination a --ends DATE --cause TEXT --officer x",
        );
    }
}
