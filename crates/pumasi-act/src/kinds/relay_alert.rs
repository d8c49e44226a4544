//! `relay_alert`: what a warning service published, passed on with its own words.
//!
//! What an alert tells beyond an earthquake stands in fields that were added later and may be left
//! out, so that what was written before reads and is digested as it was.

use std::collections::BTreeMap;

use pumasi_base::{Digest, PlaceId, Point, Time};
use serde::{Deserialize, Serialize};

use crate::fold::Context;
use crate::kinds::Kind;
use crate::refusal::Refusal;
use crate::state::State;

/// What a message does to those before it (`msgType` of CAP 1.2, section 3.2.1).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageType {
    /// The first of its event.
    #[default]
    Alert,
    /// Replaces what its source said before.
    Update,
    /// Withdraws what its source said before.
    Cancel,
}

impl MessageType {
    /// Its name, as it is written.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Alert => "alert",
            Self::Update => "update",
            Self::Cancel => "cancel",
        }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
    fn is_alert(&self) -> bool {
        *self == Self::Alert
    }
}

/// An outline of what an alert is about, coarse enough for an act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outline {
    /// A ring of points; the last is the first.
    Ring(Vec<Point>),
    /// A circle.
    Circle {
        /// Its centre.
        centre: Point,
        /// Its radius in metres.
        radius_m: i64,
        /// The sustained wind in metres per second that is reached in it, of a cyclone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        wind_m_s: Option<i64>,
        /// The time it is of, where it is not that of the message.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<Time>,
    },
}

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
    /// What it does to those before it.
    #[serde(default, skip_serializing_if = "MessageType::is_alert")]
    pub message: MessageType,
    /// What it warns of, in short names such as `earthquake`, `wildfire`; of an earthquake when
    /// empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hazards: Vec<String>,
    /// When it was sent.
    pub sent: Time,
    /// When the event struck.
    pub origin: Time,
    /// When the last of what it says stops holding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Time>,
    /// Where: the epicentre, the centre of a cyclone; absent where it is about areas alone.
    pub epicentre: Option<Point>,
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
    /// What it outlines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outlines: Vec<Outline>,
    /// SHA-256 of the message as it was received.
    pub document: Digest,
}

impl Kind for RelayAlert {
    fn apply(self, context: &Context<'_>, state: &mut State) -> Result<(), Refusal> {
        state.alerts.insert(context.id(), self);
        Ok(())
    }
}
