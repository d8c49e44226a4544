//! The guards of the design, each of which can be left out to see what it is for.

use std::fmt;

/// One guard.
///
/// That a cursor moves only after the sync of the disk, and that a restored ledger has another
/// name, are none: with repair by heights their lack costs time and loses nothing, as playing
/// hundreds of seeds without them showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guard {
    /// A restored node writes nothing until its neighbours have returned its own acts.
    Recovery,
    /// A restored node begins a new incarnation and never continues an old log.
    Incarnation,
    /// A restored node closes its old logs, and so does one whose key was stolen.
    Closing,
    /// Members read everything from each other when they differ, so that one carries for others.
    Sweep,
    /// A feed gives acts only to the audience of their matter.
    Audience,
    /// Signatures are checked.
    Signatures,
    /// Nodes acknowledge what they receive.
    Receipts,
    /// Acts beyond a fork or a closing count only where they were received in good faith.
    Contests,
    /// An act follows the identity entries its party cited before.
    IdentityTrail,
    /// What an author had not seen does not bind it, and what it had seen does.
    CausalPast,
    /// A deadline is kept by what others witnessed, and not by what an author claims.
    WitnessedTime,
}

impl Guard {
    /// Every guard.
    pub const ALL: [Self; 11] = [
        Self::Recovery,
        Self::Incarnation,
        Self::Closing,
        Self::Sweep,
        Self::Audience,
        Self::Signatures,
        Self::Receipts,
        Self::Contests,
        Self::IdentityTrail,
        Self::CausalPast,
        Self::WitnessedTime,
    ];
}

impl fmt::Display for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}
