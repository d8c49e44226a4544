//! Acts that officers sign: the part every step of an order shares.

use std::path::PathBuf;
use std::str::FromStr;

use clap::Args;
use pumasi_base::{AgreementId, ClauseId, OfficerId, Time};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::commands::Context;
use crate::desk_client::{Desk, Fetched};
use crate::failure::Failure;
use crate::files;
use crate::output::{Answer, Page};

/// Who signs, under which clause, and when on the drill clock.
#[derive(Args)]
pub struct Sign {
    #[arg(long = "officer", value_name = "ID", required = true)]
    officer: Vec<OfficerId>,
    #[arg(long, value_name = "AGREEMENT/CLAUSE")]
    clause: Option<Cited>,
    #[arg(long, value_name = "TIME")]
    time: Option<Time>,
    #[command(flatten)]
    contact: Contact,
}

/// Personal data to stand beside what is signed.
#[derive(Args, Default)]
pub struct Contact {
    #[arg(long, value_name = "TEXT", conflicts_with = "personal")]
    contact: Option<String>,
    #[arg(long, value_name = "FILE")]
    personal: Option<PathBuf>,
}

impl Contact {
    /// The text, from the command line or a file.
    fn text(&self) -> Result<Option<String>, Failure> {
        let from_file = || self.personal.as_deref().map(files::read_text).transpose();
        self.contact.clone().map_or_else(from_file, |text| Ok(Some(text)))
    }
}

/// Who signs what no clause must permit.
#[derive(Args)]
pub struct Officers {
    /// Their ids.
    #[arg(long = "officer", value_name = "ID", required = true)]
    pub officer: Vec<OfficerId>,
    /// The time on the drill clock.
    #[arg(long, value_name = "TIME")]
    pub time: Option<Time>,
}

/// A clause as it is typed: `kr-45--jp-17/art-3`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cited {
    agreement: AgreementId,
    clause: ClauseId,
}

impl FromStr for Cited {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let (agreement, clause) = text.split_once('/').unwrap_or((text, ""));
        Ok(Self {
            agreement: agreement.parse().map_err(|error| format!("{error}"))?,
            clause: clause.parse().map_err(|error| format!("{error}"))?,
        })
    }
}

/// The node's answer to an act: its id.
#[derive(Debug, Deserialize)]
pub struct Signed {
    /// The id.
    pub id: String,
}

impl From<Officers> for Sign {
    fn from(officers: Officers) -> Self {
        let contact = Contact::default();
        Self { officer: officers.officer, clause: None, time: officers.time, contact }
    }
}

impl Officers {
    /// With personal data beside what they sign.
    #[must_use]
    pub fn with(self, contact: Contact) -> Sign {
        Sign { contact, ..self.into() }
    }
}

/// Has the node compose, try and sign an act.
///
/// # Errors
/// When the agreements or the rules say no, or the node does not answer.
pub fn act(
    desk: &Desk,
    matter: &str,
    kind: &str,
    body: &impl Serialize,
    sign: &Sign,
    context: &Context<'_>,
) -> Result<Answer, Failure> {
    let form = json!({
        "matter": matter,
        "kind": kind,
        "body": body,
        "officers": sign.officer,
        "clause": sign.clause,
        "time": sign.time,
        "personal": sign.contact.text()?,
    });
    Ok(signed(desk.send("/acts", &form)?, context))
}

/// Tells the id of what was signed.
#[must_use]
pub fn signed(fetched: Fetched<Signed>, context: &Context<'_>) -> Answer {
    let mut page = Page::default();
    page.line(context.words.say_with("signed", &[("id", fetched.page.id.into())]));
    Answer::new(fetched.value, page)
}

/// Turns what the parser accepted into the value of a type that reads from text.
///
/// # Errors
/// Never for the words that the parser lets through; our own fault otherwise.
pub fn word<Type: for<'de> Deserialize<'de>>(text: &str) -> Result<Type, Failure> {
    Type::deserialize(Value::String(text.to_owned())).map_err(|error| {
        Failure::new("failure-answer-unreadable", crate::failure::Exit::Ours).because(error)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_is_an_agreement_and_its_clause() {
        let cited: Cited = "kr-45--jp-17/art-3".parse().unwrap();
        assert_eq!(
            serde_json::to_value(cited).unwrap(),
            json!({ "agreement": "kr-45--jp-17", "clause": "art-3" })
        );
        for bad in ["kr-45--jp-17", "/art-3", "a/", "a/b/c", "A/b"] {
            assert!(bad.parse::<Cited>().is_err(), "{bad}");
        }
    }
}
