//! Figures of this node for those who watch many machines.
//!
//! SPEC: Prometheus, text-based exposition format, version 0.0.4.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use pumasi_base::time::seconds_between;
use pumasi_base::{Status, Time};
use pumasi_view::page::SeverityCode;

use super::doctor::{AllHeard, Finding};
use super::register::RegisterStanding;
use super::{Service, ServiceError};
use crate::runtime::disk;
use crate::sync;

/// The media type of [`Service::metrics`].
pub const MEDIA: &str = "text/plain; version=0.0.4; charset=utf-8";

/// A label with its value.
type Label<'a> = (&'a str, &'a str);

/// The text, metric by metric.
#[derive(Default)]
struct Exposition(String);

impl Exposition {
    /// One metric with all its samples; figures here may fall, so each is a gauge.
    fn gauge<'a>(
        &mut self,
        name: &str,
        help: &str,
        samples: impl IntoIterator<Item = (Option<Label<'a>>, u64)>,
    ) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.0, "# HELP pumasi_{name} {help}\n# TYPE pumasi_{name} gauge");
        for (label, value) in samples {
            let _ = match label {
                Some((key, text)) => {
                    writeln!(self.0, "pumasi_{name}{{{key}=\"{}\"}} {value}", escaped(text))
                }
                None => writeln!(self.0, "pumasi_{name} {value}"),
            };
        }
    }

    fn one(&mut self, name: &str, help: &str, value: u64) {
        self.gauge(name, help, [(None, value)]);
    }
}

/// The value of a label, with what would end it made harmless.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

impl Service {
    /// This node in figures.
    ///
    /// # Errors
    /// When the settings or the ledger cannot be read.
    pub fn metrics(&self, heard: &AllHeard, now: Time) -> Result<String, ServiceError> {
        let mut text = Exposition::default();
        text.one("acts", "Acts stored in the ledger.", self.ledger().head()?);
        self.matter_metrics(&mut text);
        self.neighbour_metrics(&mut text, heard, now)?;
        self.register_metrics(&mut text);
        if let Ok(store) = super::doctor::store_of(self)? {
            text.one("ledger_bytes", "Bytes the ledger takes on its store.", store.bytes);
        }
        if let Some(free) = disk::free_bytes(self.folder()) {
            text.one("disk_free_bytes", "Bytes free on the disk of the data folder.", free);
        }
        finding_metrics(&mut text, &self.examine(Some(heard), now)?);
        Ok(text.0)
    }

    fn matter_metrics(&self, text: &mut Exposition) {
        let mut by_status = BTreeMap::from([("actual", 0), ("exercise", 0), ("test", 0)]);
        let (mut forks, mut contested, mut honoured, mut waiting) = (0, 0, 0, 0);
        self.with_matters(|held| {
            for held in held {
                forks += count(held.folded.forks.len());
                contested += count(held.folded.contests.len());
                waiting += count(held.folded.waiting.len());
                let Some(state) = &held.folded.state else { continue };
                honoured += count(state.honoured.len());
                let status = match state.genesis.status {
                    Status::Actual => "actual",
                    Status::Exercise => "exercise",
                    Status::Test => "test",
                };
                *by_status.entry(status).or_default() += 1;
            }
        });
        let samples = by_status.into_iter().map(|(status, n)| (Some(("status", status)), n));
        text.gauge("matters", "Matters this node shares.", samples);
        text.one("forked_logs", "Logs in which two acts claim one place.", forks);
        text.one("contested_acts", "Acts after a fork or a closing of their log.", contested);
        text.one("honoured_acts", "Contested acts that stand.", honoured);
        text.one("waiting_acts", "Acts that wait for others.", waiting);
        let diverged = count(self.diverged().len());
        text.one("diverged_matters", "Matters with another state at a neighbour.", diverged);
    }

    fn neighbour_metrics(
        &self,
        text: &mut Exposition,
        heard: &AllHeard,
        now: Time,
    ) -> Result<(), ServiceError> {
        let known = sync::neighbours(self.ledger())?;
        let lines: Vec<_> = known
            .iter()
            .map(|known| (known.party.as_str(), heard.get(&known.party).cloned()))
            .map(|(party, heard)| (Some(("party", party)), heard.unwrap_or_default()))
            .collect();
        let reachable = lines.iter().map(|(l, heard)| (*l, u64::from(heard.is_reachable())));
        text.gauge("neighbour_reachable", "Whether a neighbour answered last.", reachable);
        let lag = lines.iter().map(|(l, heard)| (*l, heard.head.saturating_sub(heard.cursor)));
        text.gauge("neighbour_lag_acts", "Positions of its ledger not read yet.", lag);
        let silence = lines.iter().map(|(label, heard)| {
            let seconds = heard.silent_since.map_or(0, |since| seconds_between(since, now));
            (*label, u64::try_from(seconds).unwrap_or(0))
        });
        text.gauge("neighbour_silent_seconds", "Seconds since a neighbour fell silent.", silence);
        Ok(())
    }

    fn register_metrics(&self, text: &mut Exposition) {
        let shown = self.register();
        text.one("register_acts", "Acts in the register of this node.", shown.size);
        let signed = shown.checkpoint.as_ref().map_or(0, |(checkpoint, _)| checkpoint.size);
        text.one("register_signed_acts", "Acts its last checkpoint covers.", signed);
        let behind = matches!(shown.standing, RegisterStanding::Behind { .. });
        text.one("register_behind", "Whether it is behind what it signed.", u64::from(behind));
        let cosignatures = count(shown.cosigned.len());
        text.one("register_cosignatures", "Witnesses that cosigned it.", cosignatures);
        let mut by_party: BTreeMap<&str, u64> = BTreeMap::new();
        for cosigned in &shown.cosigned {
            let size = by_party.entry(cosigned.witness.party.as_str()).or_default();
            *size = cosigned.size.max(*size);
        }
        let samples = by_party.into_iter().map(|(party, size)| (Some(("party", party)), size));
        text.gauge("register_cosigned_acts", "Acts the last cosignature covers.", samples);
        let contradictions = count(shown.contradictions.len());
        text.one("contradictions", "Registers found to contradict themselves.", contradictions);
    }
}

fn finding_metrics(text: &mut Exposition, findings: &[Finding]) {
    let of = |severity| count(findings.iter().filter(|f| f.severity == severity).count());
    let samples = [("watch", SeverityCode::Watch), ("act", SeverityCode::Act)];
    let samples = samples.map(|(name, severity)| (Some(("severity", name)), of(severity)));
    text.gauge("findings", "Findings of the doctor.", samples);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_cannot_end_the_line_they_stand_in() {
        let mut text = Exposition::default();
        text.gauge("lag", "Lag.", [(Some(("party", "a\"} 1\nb\\")), 3)]);
        text.one("acts", "Acts.", u64::MAX);
        assert_eq!(
            text.0,
            "# HELP pumasi_lag Lag.\n# TYPE pumasi_lag gauge\n\
             pumasi_lag{party=\"a\\\"} 1\\nb\\\\\"} 3\n\
             # HELP pumasi_acts Acts.\n# TYPE pumasi_acts gauge\n\
             pumasi_acts 18446744073709551615\n"
        );
    }
}
