//! A node as the vectors describe it, and what it answers.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use pumasi_act::{ActId, Bundle, Envelope, Identities};
use pumasi_base::PartyId;
use pumasi_sync::hello::Limits;
use pumasi_sync::{
    FeedPage, FeedQuestion, Hello, Parcel, ParcelAnswer, ParcelDraft, ReconQuestion, Replica,
    Taken, WantQuestion,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Where the vectors of every page of the specification lie.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/spec/vectors")
}

/// Files by their path below `docs/spec/vectors`; those that are not here are read from there.
#[derive(Default)]
pub struct Files(pub BTreeMap<String, String>);

impl Files {
    pub fn read(&self, path: &str) -> String {
        self.0.get(path).cloned().unwrap_or_else(|| {
            let text = std::fs::read_to_string(folder().join(path));
            text.unwrap_or_else(|error| panic!("{path}: {error}"))
        })
    }

    pub fn json<T: for<'a> Deserialize<'a>>(&self, path: &str) -> T {
        serde_json::from_str(&self.read(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn bundle(&self, path: &str) -> Bundle {
        Bundle::read(&self.read(path)).unwrap()
    }

    /// The rows of a table below its head, cut into columns.
    pub fn rows(&self, path: &str) -> Vec<Vec<String>> {
        let row = |line: &str| line.split('\t').map(str::to_owned).collect();
        self.read(path).lines().skip(1).map(row).collect()
    }
}

/// A node: what it says of itself, whom it trusts and what lies in its ledger.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    /// What it says of itself, without the limits that an answer adds.
    pub hello: Hello,
    /// The founding entries it trusts.
    pub trusted: BTreeMap<PartyId, ActId>,
    /// Where identities, texts and acts are found, below `docs/spec/vectors`.
    pub bundles: Vec<String>,
    /// The acts at positions 1, 2, 3 and so on.
    pub acts: Vec<ActId>,
}

/// A node without a disk, a network or a clock.
pub struct Node {
    pub name: String,
    pub replica: Replica,
    pub ledger: Ledger,
    disk: BTreeMap<ActId, Vec<u8>>,
}

/// Everything in a bundle as it travels.
pub fn parcel(bundle: &Bundle) -> Parcel {
    let texts = |envelopes: &[Envelope]| envelopes.iter().map(Envelope::write).collect();
    Parcel {
        identities: texts(&bundle.identities),
        agreements: bundle.agreements.values().map(|(_, text)| text.clone()).collect(),
        acts: texts(&bundle.acts),
        personal: bundle.personal.clone(),
    }
}

impl Node {
    pub fn load(files: &Files, name: &str) -> Self {
        let ledger: Ledger = files.json(&format!("sync/ledgers/{name}.json"));
        let mut identities = Identities::default();
        for (party, fingerprint) in &ledger.trusted {
            identities.trust(party.clone(), *fingerprint).unwrap();
        }
        let mut whole = Parcel::default();
        let mut disk: BTreeMap<ActId, Vec<u8>> = BTreeMap::new();
        for path in &ledger.bundles {
            let bundle = files.bundle(path);
            disk.extend(bundle.acts.iter().map(|act| (act.id(), act.write().into_bytes())));
            let Parcel { identities, agreements, .. } = parcel(&bundle);
            whole.identities.extend(identities);
            whole.agreements.extend(agreements);
        }
        disk.retain(|id, _| ledger.acts.contains(id));
        let text = |id| String::from_utf8(disk[id].clone()).unwrap();
        whole.acts = ledger.acts.iter().map(text).collect();
        let replica = Replica::new(ledger.hello.party.clone(), identities);
        let mut node = Self { name: name.to_owned(), replica, ledger, disk };
        let taken = node.take(&whole);
        assert_eq!(taken.received.new, node.ledger.acts.len(), "{name}: {:?}", taken.refused);
        node
    }

    /// Takes a parcel.
    pub fn take(&mut self, parcel: &Parcel) -> Taken {
        if let Some(admission) = self.replica.admit(&parcel.identities) {
            self.replica.know(admission);
        }
        let checked = self.replica.check(parcel);
        let received = checked.batch.received();
        self.replica.apply(checked.batch);
        let (refused, waiting, missing) = (checked.refused, checked.waiting, checked.missing);
        Taken { received, refused, waiting, missing, personal: BTreeMap::new() }
    }

    /// The act at a position.
    pub fn act(&self, position: usize) -> ActId {
        self.ledger.acts[position - 1]
    }

    fn stored(&self, ids: &[ActId]) -> Vec<(ActId, Vec<u8>)> {
        ids.iter().map(|id| (*id, self.disk[id].clone())).collect()
    }

    fn filled(&self, draft: ParcelDraft) -> ParcelAnswer {
        let stored = self.stored(draft.ids());
        draft.fill(stored)
    }

    fn page(&self, asker: &PartyId, question: &FeedQuestion) -> FeedPage {
        let draft = self.replica.page(&self.ledger.hello.epoch, asker, question);
        if draft.is_empty() {
            return draft.quiet(&self.replica, asker);
        }
        let stored = self.stored(&draft.ids());
        draft.fill(stored)
    }

    /// What it answers with status 200, or the code of what is wrong with the question, which is
    /// then answered with 400.
    pub fn answer(&self, asker: &PartyId, route: &str, body: &[u8]) -> Result<Value, &'static str> {
        let unread = |error: pumasi_sync::QuestionError| error.code();
        Ok(match route {
            "hello" => {
                Hello::read(body).map_err(unread)?;
                json!(Hello { limits: Some(Limits::default()), ..self.ledger.hello.clone() })
            }
            "feed" => json!(self.page(asker, &FeedQuestion::read(body).map_err(unread)?)),
            "want" => {
                let question = WantQuestion::read(body).map_err(unread)?;
                json!(self.filled(self.replica.wanted(asker, &question.ids)))
            }
            "recon" => match ReconQuestion::read(body).map_err(unread)? {
                ReconQuestion::Matters(message) => {
                    let answer = self.replica.recon_answer(asker, &message);
                    json!(answer.map_err(|_| "message_unreadable")?)
                }
                ReconQuestion::Above { matters, marks } => {
                    json!(self.filled(self.replica.above(asker, &matters, &marks)))
                }
            },
            other => panic!("`{other}` is no question"),
        })
    }

    /// An answer in a few words: acts by their positions, and where the reader then stands.
    pub fn summary(&self, route: &str, answer: &Value) -> String {
        let position = |act: &Value| {
            let id = id(act.as_str().unwrap());
            let index = self.ledger.acts.iter().position(|held| *held == id).unwrap();
            (index + 1).to_string()
        };
        let acts = || {
            let acts = answer["parcel"]["acts"].as_array().unwrap();
            let acts: Vec<String> = acts.iter().map(position).collect();
            if acts.is_empty() { "no acts".to_owned() } else { format!("acts {}", acts.join(" ")) }
        };
        let more = if answer["more"] == json!(true) { ", and more" } else { "" };
        match route {
            "hello" => {
                format!("{} in version {}", answer["party"].as_str().unwrap(), answer["protos"][0])
            }
            "feed" => {
                let bulk = match &answer["bulk"] {
                    Value::Null => String::new(),
                    bulk => format!(", bulk {bulk}"),
                };
                let standing = match &answer["standing"] {
                    Value::Null => String::new(),
                    standing => {
                        let listed = standing["digests"].as_array().unwrap().len();
                        let all = if standing["summary"].is_null() { "" } else { " and all" };
                        format!(", standing of {listed}{all}")
                    }
                };
                format!("{}, to {}{bulk} of {}{standing}", acts(), answer["to"], answer["head"])
            }
            _ if answer["message"].is_string() => "a message".to_owned(),
            _ => acts() + more,
        }
    }
}

/// The id of an act as it travels.
pub fn id(act: &str) -> ActId {
    Envelope::read(act.as_bytes()).unwrap().id()
}
