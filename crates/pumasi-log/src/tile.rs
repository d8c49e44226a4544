//! Tiles: the hashes and the leaves of a register as files that never change.
//!
//! SPEC: C2SP `tlog-tiles`.

use std::fmt;
use std::str::FromStr;

use crate::checkpoint::whole_number;
use crate::tree::Tree;

/// How many hashes or leaves a full tile has.
pub const TILE_WIDTH: u16 = 256;

/// The most bytes a leaf may have, because its length takes two bytes in a tile of leaves.
pub const LEAF_BYTES_MAX: usize = 65_535;

/// The highest level of a tile.
const LEVEL_MAX: u8 = 63;

/// What a tile holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TileKind {
    /// Hashes, each over 256 to the power of this level leaves.
    Hashes(u8),
    /// The leaves themselves.
    Entries,
}

/// Where a tile is found: its path below the register's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TilePath {
    /// What it holds.
    pub kind: TileKind,
    /// Its index among those of its kind.
    pub index: u64,
    /// How many hashes or leaves it holds: 1 to 256.
    pub width: u16,
}

/// Why a tile does not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TileError {
    /// The path is none of a tile.
    #[error("this is no path of a tile")]
    Path,
    /// The bytes are none of a tile with that path.
    #[error("the tile is cut off or has something behind its end")]
    Bytes,
    /// A leaf is too long for a tile.
    #[error("a leaf has more than {LEAF_BYTES_MAX} bytes")]
    LeafTooLong,
}

impl TilePath {
    /// The index of the first leaf under this tile.
    #[must_use]
    pub fn first(&self) -> u64 {
        self.index.saturating_mul(u64::from(TILE_WIDTH))
    }

    /// Every tile of a register of `size` leaves, those of leaves last.
    #[must_use]
    pub fn all(size: u64) -> Vec<Self> {
        let mut paths = Vec::new();
        for level in 0..=LEVEL_MAX {
            let hashes = size.checked_shr(u32::from(level) * 8).unwrap_or(0);
            if hashes == 0 {
                break;
            }
            paths.extend(row(TileKind::Hashes(level), hashes));
        }
        paths.extend(row(TileKind::Entries, size));
        paths
    }
}

/// The tiles of one kind: full ones, and one for what is left.
fn row(kind: TileKind, count: u64) -> impl Iterator<Item = TilePath> {
    let width = u64::from(TILE_WIDTH);
    let full = (0..count / width).map(move |index| TilePath { kind, index, width: TILE_WIDTH });
    let rest = u16::try_from(count % width).ok().filter(|rest| *rest > 0);
    full.chain(rest.map(|rest| TilePath { kind, index: count / width, width: rest }))
}

impl fmt::Display for TilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            TileKind::Hashes(level) => write!(f, "tile/{level}/")?,
            TileKind::Entries => f.write_str("tile/entries/")?,
        }
        let mut groups = vec![self.index % 1000];
        let mut rest = self.index / 1000;
        while rest > 0 {
            groups.push(rest % 1000);
            rest /= 1000;
        }
        for (place, group) in groups.iter().enumerate().rev() {
            if place > 0 {
                write!(f, "x{group:03}/")?;
            } else {
                write!(f, "{group:03}")?;
            }
        }
        if self.width < TILE_WIDTH { write!(f, ".p/{}", self.width) } else { Ok(()) }
    }
}

impl FromStr for TilePath {
    type Err = TileError;

    fn from_str(text: &str) -> Result<Self, TileError> {
        let read = || {
            let (kind, rest) = text.strip_prefix("tile/")?.split_once('/')?;
            let kind = match kind {
                "entries" => TileKind::Entries,
                level => TileKind::Hashes(u8::try_from(whole_number(level)?).ok()?),
            };
            let (index, width) = match rest.split_once(".p/") {
                Some((index, width)) => (index, u16::try_from(whole_number(width)?).ok()?),
                None => (rest, TILE_WIDTH),
            };
            let index = index.split('/').try_fold(0_u64, |index, group| {
                let group: u64 = group.strip_prefix('x').unwrap_or(group).parse().ok()?;
                index.checked_mul(1000)?.checked_add(group)
            })?;
            Some(Self { kind, index, width })
        };
        // A path has one spelling.
        let path = read().filter(|path| path.to_string() == text).ok_or(TileError::Path)?;
        let level_is_known = !matches!(path.kind, TileKind::Hashes(level) if level > LEVEL_MAX);
        let is_path = level_is_known && path.width > 0;
        is_path.then_some(path).ok_or(TileError::Path)
    }
}

impl Tree {
    /// The bytes of a tile of hashes, when its register of `size` leaves has it.
    ///
    /// A partial tile is there as long as the tree has at least that many hashes, since others
    /// may hold an earlier checkpoint.
    #[must_use]
    pub fn tile(&self, path: &TilePath, size: u64) -> Option<Vec<u8>> {
        let TileKind::Hashes(level) = path.kind else { return None };
        let height = u32::from(level) * 8;
        let first = path.index.checked_mul(u64::from(TILE_WIDTH))?;
        let end = first.checked_add(u64::from(path.width))?;
        if size > self.size() || end > size.checked_shr(height).unwrap_or(0) {
            return None;
        }
        let hashes: Option<Vec<_>> = (first..end).map(|index| self.node(height, index)).collect();
        Some(hashes?.iter().flat_map(|hash| *hash.as_bytes()).collect())
    }
}

/// Writes leaves as a tile of entries.
///
/// # Errors
/// [`TileError::LeafTooLong`].
pub fn write_entries<'a>(leaves: impl IntoIterator<Item = &'a [u8]>) -> Result<Vec<u8>, TileError> {
    let mut bytes = Vec::new();
    for leaf in leaves {
        let length = u16::try_from(leaf.len()).map_err(|_| TileError::LeafTooLong)?;
        bytes.extend(length.to_be_bytes());
        bytes.extend(leaf);
    }
    Ok(bytes)
}

/// Reads a tile of entries that holds `width` leaves.
///
/// # Errors
/// [`TileError::Bytes`] when it holds fewer or more, or is cut off.
pub fn read_entries(bytes: &[u8], width: u16) -> Result<Vec<&[u8]>, TileError> {
    let mut leaves = Vec::new();
    let mut rest = bytes;
    for _ in 0..width {
        let (length, after) = rest.split_first_chunk::<2>().ok_or(TileError::Bytes)?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (leaf, after) = after.split_at_checked(length).ok_or(TileError::Bytes)?;
        leaves.push(leaf);
        rest = after;
    }
    if rest.is_empty() { Ok(leaves) } else { Err(TileError::Bytes) }
}
