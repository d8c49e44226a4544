//! One whole exchange that finds out which matters differ.

use std::collections::{BTreeMap, BTreeSet};

use pumasi_act::ActId;
use pumasi_base::Digest;
use pumasi_sync::recon::Differing;
use pumasi_sync::{ReconAnswer, ReconQuestion};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::node::Node;

/// Who asks whom, message by message, and what comes out.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exchange {
    /// The ledger of the asker.
    pub asker: String,
    /// The ledger of who is asked.
    pub asked: String,
    /// The questions, each with its answer.
    pub messages: Vec<Message>,
    /// The matters held by the asker that differ.
    pub matters: BTreeSet<ActId>,
    /// The marks that the asker does not have.
    pub marks: BTreeSet<Digest>,
    /// What the asker asks then, and the ids of the acts it gets.
    pub above: Value,
    /// Those acts.
    pub acts: Vec<ActId>,
}

/// A question and its answer.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// What is asked.
    pub question: ReconQuestion,
    /// What is answered.
    pub answer: ReconAnswer,
}

impl Exchange {
    pub fn play(asker: &Node, asked: &Node) -> Self {
        let (here, there) = (&asker.replica, &asked.replica);
        let put = |question: &ReconQuestion| {
            let body = json!(question).to_string();
            asked.answer(here.party(), "recon", body.as_bytes()).unwrap()
        };
        let (mut messages, mut differing) = (Vec::new(), Differing::default());
        let mut next = Some(here.recon_begin(there.party()).unwrap());
        while let Some(message) = next {
            let question = ReconQuestion::Matters(message);
            let answer: ReconAnswer = serde_json::from_value(put(&question)).unwrap();
            next = here.recon_next(there.party(), &answer.message, &mut differing).unwrap();
            messages.push(Message { question, answer });
        }
        let above = here.recon_above(&differing);
        let answer = put(&above);
        let acts = answer["parcel"]["acts"].as_array().unwrap();
        let acts = acts.iter().map(|act| super::node::id(act.as_str().unwrap())).collect();
        let name = |node: &Node| node.name.clone();
        let (matters, marks) = (differing.matters, differing.marks);
        Self {
            asker: name(asker),
            asked: name(asked),
            messages,
            matters,
            marks,
            above: json!(above),
            acts,
        }
    }
}

/// The marks of the matters that two nodes share, as they stand at the first.
///
/// SPEC: docs/spec/sync.md, Standing.
pub fn marks(here: &Node, there: &Node) -> BTreeMap<Digest, ActId> {
    let mark = |stands: pumasi_sync::MatterDigest| {
        let text = format!("{}\n{}\n{}\n", stands.matter, stands.frontier, stands.state);
        (Digest::of(text.as_bytes()), stands.matter)
    };
    here.replica.digests(there.replica.party()).into_iter().map(mark).collect()
}
