//! The end of a drill: digests compared, one side's export proved, and `report.json`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use pumasi_base::PartyId;
use pumasi_node::act::{ActId, Bundle};
use pumasi_node::view::page::{CasePage, ClauseTally, RefusalLine, ReportPage};
use serde_json::{Value, json};

use super::conduct::Conductor;
use super::story::Story;
use crate::failure::{Exit, Failure};

fn unequal(what: impl ToString) -> Failure {
    Failure::new("failure-digests", Exit::Ours).because(what)
}

fn file(error: impl ToString) -> Failure {
    Failure::new("failure-folder", Exit::BadFile).because(error)
}

/// Compares, proves and writes.
///
/// # Errors
/// When nodes that share a matter do not stand equal, or an export does not verify.
pub fn write(
    conductor: &mut Conductor<'_>,
    data: &Path,
    story: &mut Story<'_>,
) -> Result<Value, Failure> {
    let parties: BTreeSet<PartyId> = conductor.script.parties.iter().cloned().collect();
    let affected = conductor.script.affected.clone();
    let digests = conductor.digests(&parties)?;
    for (matter, nodes) in &digests {
        let states: BTreeSet<_> = nodes.values().map(|digest| digest.state).collect();
        if states.len() != 1 {
            return Err(unequal(format!("{matter}: {nodes:?}")));
        }
    }
    story.digests(digests.len(), parties.len());
    export(conductor, data, &parties)?;
    prove(data, &affected, &digests, story)?;

    let event = conductor.script.event.clone();
    let page: ReportPage =
        conductor.desk(&affected)?.read(&format!("/cases/{event}/report"), &[])?.page;
    let (clauses, refused) = all_sides(conductor, &parties, &event)?;
    let matters: Vec<Value> = digests
        .iter()
        .map(|(matter, nodes)| {
            let nodes: BTreeMap<_, _> =
                nodes.iter().map(|(party, digest)| (party, digest.state)).collect();
            json!({"matter": matter, "equal": true, "nodes": nodes})
        })
        .collect();
    let report = json!({
        "drill": conductor.script.id,
        "status": "exercise",
        "origin": conductor.script.origin,
        "first_aid_min": page.first_aid_min,
        "first_foreign_aid_min": page.first_foreign_aid_min,
        "unmet": page.unmet,
        "clauses": clauses,
        "refused": refused,
        "owed": page.owed,
        "matters": matters,
        "facts": page.facts,
    });
    let path = data.join("report.json");
    let text = serde_json::to_string_pretty(&report).map_err(file)?;
    std::fs::write(&path, text).map_err(file)?;
    conductor.once("report", |_| Ok(true))?;
    story.reported(&page, &path.display().to_string());
    Ok(report)
}

/// Writes what each side holds, as that side would hand it to an auditor.
fn export(
    conductor: &Conductor<'_>,
    data: &Path,
    parties: &BTreeSet<PartyId>,
) -> Result<(), Failure> {
    let folder = data.join("exports");
    std::fs::create_dir_all(&folder).map_err(file)?;
    for party in parties {
        let bundle = conductor.desk(party)?.text("/export", &[])?;
        std::fs::write(folder.join(format!("{party}.pumasi")), bundle).map_err(file)?;
    }
    Ok(())
}

/// Proves every matter again from one side's file alone.
fn prove(
    data: &Path,
    party: &PartyId,
    digests: &BTreeMap<ActId, BTreeMap<PartyId, pumasi_node::service::MatterDigest>>,
    story: &Story<'_>,
) -> Result<(), Failure> {
    let path = data.join("exports").join(format!("{party}.pumasi"));
    let text = std::fs::read_to_string(&path).map_err(file)?;
    let bundle = Bundle::read(&text).map_err(unequal)?;
    let proofs = bundle.verify().map_err(unequal)?;
    let mut acts = 0;
    for proof in &proofs {
        acts += proof.folded.order.len();
        let there = digests.get(&proof.matter).and_then(|nodes| nodes.values().next());
        if there.map(|digest| digest.state) != Some(proof.folded.digest()) {
            return Err(unequal(format!("{} of {}", proof.matter, path.display())));
        }
    }
    story.proved(party, proofs.len(), acts);
    Ok(())
}

/// What each clause permitted and refused, over all sides: acts count once, and attempts are kept
/// only where they were made.
fn all_sides(
    conductor: &Conductor<'_>,
    parties: &BTreeSet<PartyId>,
    event: &str,
) -> Result<(Vec<ClauseTally>, Vec<RefusalLine>), Failure> {
    let mut tallies: BTreeMap<(String, String), ClauseTally> = BTreeMap::new();
    let mut refused: Vec<RefusalLine> = Vec::new();
    let mut counted: BTreeSet<String> = BTreeSet::new();
    for party in parties {
        let page: CasePage = conductor.desk(party)?.read(&format!("/cases/{event}"), &[])?.page;
        let tally = |clause: &pumasi_node::view::page::ClauseLine| ClauseTally {
            clause: clause.clone(),
            permitted: 0,
            refused: 0,
        };
        for act in page.timeline.iter().filter(|act| !act.refused) {
            if let Some(clause) = act.clause.as_ref().filter(|_| counted.insert(act.id.clone())) {
                let key = (clause.agreement.clone(), clause.clause.clone());
                tallies.entry(key).or_insert_with(|| tally(clause)).permitted += 1;
            }
        }
        for line in page.refusals {
            let new = line.act.as_ref().is_none_or(|act| counted.insert(act.clone()));
            if !new {
                continue;
            }
            for clause in &line.clauses {
                let key = (clause.agreement.clone(), clause.clause.clone());
                tallies.entry(key).or_insert_with(|| tally(clause)).refused += 1;
            }
            refused.push(line);
        }
    }
    Ok((tallies.into_values().collect(), refused))
}
