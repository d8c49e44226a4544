//! What an estimate of a drill's messages said, held against what was observed.

use pumasi_hazard::{Estimate, Estimator, Message, Range, read_any};
use serde::{Deserialize, Serialize};

use super::{Figure, Score, Script, ScriptError};
use crate::library;

/// One observed figure beside what was estimated by then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scored {
    /// The drill.
    pub drill: String,
    /// What was counted: `displaced`, `people jma 6-`, `need blanket`.
    pub figure: String,
    /// How many there were.
    pub observed: i64,
    /// The estimate by then; nothing where no method tells.
    pub estimate: Option<Range>,
    /// Thousandths of the central estimate to one observed; nothing where nobody was observed.
    pub ratio_milli: Option<i64>,
    /// Whether the observed lies within the estimate's range.
    pub is_inside: bool,
    /// Whether a rate was tuned on this figure, so that it is no test of it.
    pub is_fitted: bool,
    /// Messages that had come by then.
    pub messages: usize,
    /// Where the observed is reported.
    pub source: String,
}

/// Scores every observed figure of a drill.
///
/// Estimated is what the messages that had entered by the figure's minute say, with no count of
/// damage.
///
/// # Errors
/// When a message of the drill is missing or does not read.
pub fn score(script: &Script, estimator: &Estimator) -> Result<Vec<Scored>, ScriptError> {
    let entered = entered(script)?;
    let scored = script.scores.iter().map(|score| {
        let known = entered.iter().filter(|(at_min, _)| *at_min <= score.at_min);
        let messages: Vec<&Message> = known.flat_map(|(_, messages)| messages).collect();
        let count = messages.len();
        scored(script, score, &estimator.estimate(messages, &[]), count)
    });
    Ok(scored.collect())
}

/// What the messages of a drill say by the minute at which enough is known to plan on.
///
/// # Errors
/// When a message of the drill is missing or does not read.
pub fn estimate(script: &Script, estimator: &Estimator) -> Result<Estimate, ScriptError> {
    let entered = entered(script)?;
    let is_known = |at_min: i64| script.known_min.is_none_or(|known_min| at_min <= known_min);
    let known = entered.iter().filter(|(at_min, _)| is_known(*at_min));
    let messages: Vec<&Message> = known.flat_map(|(_, messages)| messages).collect();
    Ok(estimator.estimate(messages, &[]))
}

/// The messages of a drill, each with the minute at which it enters.
fn entered(script: &Script) -> Result<Vec<(i64, Vec<Message>)>, ScriptError> {
    let mut entered = Vec::new();
    for message in &script.messages {
        let unreadable = |what: String| ScriptError::Unreadable {
            name: format!("{}/{}", script.id, message.file),
            what,
        };
        let bytes = library::drill_file(&script.id, &message.file)
            .ok_or_else(|| unreadable("it is not there".to_owned()))?;
        let read = read_any(&bytes).map_err(|error| unreadable(error.to_string()))?;
        entered.push((message.at_min, read.messages));
    }
    Ok(entered)
}

fn scored(script: &Script, score: &Score, estimate: &Estimate, messages: usize) -> Scored {
    let range = figure(score, estimate);
    let observed = score.value;
    let ratio = |range: Range| {
        let milli = i128::from(range.central) * 1000 / i128::from(observed.max(1));
        (observed > 0).then(|| i64::try_from(milli).unwrap_or(i64::MAX))
    };
    let intensity = score.intensity.map(|intensity| format!(" {intensity}"));
    let commodity = score.commodity.as_ref().map(|commodity| format!(" {commodity}"));
    Scored {
        drill: script.id.clone(),
        figure: format!(
            "{}{}{}",
            score.figure.name(),
            intensity.unwrap_or_default(),
            commodity.unwrap_or_default()
        ),
        observed,
        ratio_milli: range.and_then(ratio),
        is_inside: range.is_some_and(|range| range.low <= observed && observed <= range.high),
        estimate: range,
        is_fitted: score.fitted,
        messages,
        source: score.source.clone(),
    }
}

/// What an estimate says of a figure.
fn figure(score: &Score, estimate: &Estimate) -> Option<Range> {
    match score.figure {
        Figure::Displaced => Some(estimate.displaced),
        Figure::Evacuated => Some(estimate.evacuated),
        Figure::Deaths => estimate.deaths,
        Figure::WithoutWater => Some(estimate.without_water),
        Figure::People => {
            let least = score.intensity?;
            let shaken = estimate.footprint.iter().filter(|place| {
                let mut shaking = place.hits.iter().filter_map(|hit| hit.severity.shaking());
                shaking.any(|intensity| intensity.as_mmi() >= least.as_mmi())
            });
            Some(Range::exactly(shaken.map(|place| place.people).sum()))
        }
        Figure::Need => {
            let commodity = score.commodity.as_ref()?;
            let days = score.at_min.max(0).div_euclid(1440).saturating_add(1);
            let needs = estimate.needs.iter().filter(|need| need.commodity == *commodity);
            Some(needs.fold(Range::default(), |sum, need| {
                sum.plus(need.once).plus(need.per_day.times(days))
            }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Library;

    /// One row of the table in the guide.
    fn row(scored: &Scored) -> String {
        let estimate = scored.estimate.map_or_else(
            || "no method tells".to_owned(),
            |range| format!("{} ({}–{})", range.central, range.low, range.high),
        );
        let ratio = scored.ratio_milli.map_or_else(
            || "—".to_owned(),
            |milli| format!("{}.{:02}", milli / 1000, milli % 1000 / 10),
        );
        let inside = if scored.is_inside { "yes" } else { "no" };
        let fitted = if scored.is_fitted { "yes" } else { "" };
        let Scored { drill, figure, observed, .. } = scored;
        format!("| {drill} | {figure} | {observed} | {estimate} | {ratio} | {inside} | {fitted} |")
    }

    /// The guide shows every figure as it is; `UPDATE_EXPECT=1` writes them anew.
    #[test]
    fn the_guide_has_the_scores() {
        let estimator = Library::load(None).unwrap().estimator;
        let mut rows = Vec::new();
        for name in library::drills() {
            let script = Script::builtin(&name).unwrap();
            let scores = score(&script, &estimator).unwrap();
            assert!(!scores.is_empty(), "{name} is held against nothing");
            rows.extend(scores.iter().map(row));
        }
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/guide/alerts.md");
        let guide = std::fs::read_to_string(path).unwrap();
        let (begin, end) = ("<!-- scores -->\n", "<!-- end of scores -->");
        let (before, rest) = guide.split_once(begin).unwrap();
        let (_, after) = rest.split_once(end).unwrap();
        let head = "| drill | figure | observed | estimate | ratio | inside | fitted |\n\
                    |---|---|---|---|---|---|---|\n";
        let written = format!("{before}{begin}{head}{}\n{end}{after}", rows.join("\n"));
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(path, &written).unwrap();
        }
        assert_eq!(std::fs::read_to_string(path).unwrap(), written);
    }
}
