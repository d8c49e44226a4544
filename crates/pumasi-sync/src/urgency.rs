//! Which acts go first on a thin line.
//!
//! What stops, promises, orders or receives is urgent; what informs and what is long is bulk.
//! An urgent act takes its past along: bulk that lies in it travels with it, parents first.

/// Whether an act goes first in a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// Goes first.
    Urgent,
    /// Fills what room is left.
    Bulk,
}

/// The kinds that can wait. Every other kind is urgent, also one this software does not know: it
/// may stop something.
const BULK: [&str; 4] = ["choose_plan", "draft_agreement", "relay_alert", "report_needs"];

/// Whether acts of a kind go first.
#[must_use]
pub fn urgency_of(kind: &str) -> Urgency {
    if BULK.contains(&kind) { Urgency::Bulk } else { Urgency::Urgent }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stops_or_binds_goes_first() {
        for kind in BULK {
            assert!(pumasi_act::kinds::find(kind).is_some(), "`{kind}` is no kind of act");
        }
        let urgent = [
            "open_matter",
            "requisition_resource",
            "commit_resource",
            "receive_resource",
            "suspend_agreement",
            "give_notice",
            "sign_agreement",
            "a_kind_of_tomorrow",
        ];
        assert!(urgent.iter().all(|kind| urgency_of(kind) == Urgency::Urgent));
    }
}
