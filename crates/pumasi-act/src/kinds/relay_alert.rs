//! `relay_alert`: what a warning service published, passed on with its own words.

use std::collections::BTreeMap;

use pumasi_base::{Digest, PlaceId, Point, Time};
use serde::{Deserialize, Serialize};

use crate::fold::Context;
use crate::kinds::Kind;
use crate::refusal::Refusal;
use crate::state::State;

/// Relays one message of a warning service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelayAlert {
    /// Who published it: `jma`, `usgs`.
    pub source: String,
    /// The event, as its publisher names it.
    pub event: String,
    /// Version of the message.
    pub version: String,
    /// When it was sent.
    pub sent: Time,
    /// When the event struck.
    pub origin: Time,
    /// Where.
    pub epicentre: Point,
    /// Magnitude as printed, with its scale.
    pub magnitude: Option<String>,
    /// Depth in kilometres.
    pub depth_km: Option<i32>,
    /// The publisher's own headline.
    pub headline: String,
    /// Its language.
    pub headline_lang: String,
    /// Strongest observed intensity by province, as the publisher writes it.
    pub strongest: BTreeMap<PlaceId, String>,
    /// SHA-256 of the message as it was received.
    pub document: Digest,
}

impl Kind for RelayAlert {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        state.alerts.insert(context.id(), self);
        Ok(())
    }
}
