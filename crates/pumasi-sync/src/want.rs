//! Acts asked for by id: what an act that came too early is missing.

use pumasi_act::ActId;
use pumasi_base::PartyId;
use serde::{Deserialize, Serialize};

use crate::feed::{FEED_BYTES_MAX, ParcelDraft, Writer};
use crate::replica::Replica;

/// The most ids in one question.
pub const WANT_IDS_MAX: usize = 256;

/// Asks for acts by id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WantQuestion {
    /// Version of the protocol: 1.
    pub v: u32,
    /// The acts, at most [`WANT_IDS_MAX`]; what lies beyond is not looked at.
    pub ids: Vec<ActId>,
}

impl Replica {
    /// Chooses those of the acts that are here and that `reader` may see, parents first, up to the
    /// limits of a page. What is left out is as if it were not here.
    #[must_use]
    pub fn wanted(&self, reader: &PartyId, ids: &[ActId]) -> ParcelDraft {
        let mut positions: Vec<u64> =
            ids.iter().take(WANT_IDS_MAX).filter_map(|id| self.position(id)).collect();
        positions.sort_unstable();
        positions.dedup();
        let mut writer = Writer::new();
        for position in positions {
            let Some(place) = self.place_at(position) else { continue };
            if self.is_shared(reader, place) && !writer.add(self, place, FEED_BYTES_MAX) {
                return writer.into_parcel(true);
            }
        }
        writer.into_parcel(false)
    }
}
