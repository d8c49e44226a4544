//! A run in parts: which scenarios each shard takes, and how their folders become one.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::folder::{self, FolderError, Manifest};

/// Most shards of a job.
pub const SHARDS_MAX: u32 = 100_000;

/// One part of a run: written `3/8`, the third of eight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Shard {
    // INVARIANT: `1 <= index <= count <= SHARDS_MAX`.
    index: u32,
    count: u32,
}

/// Why a text is no shard.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no shard: write which of how many, from `1/{SHARDS_MAX}` on")]
pub struct ShardError {
    /// The text as it was given.
    pub text: String,
}

impl Shard {
    /// All of it.
    pub const WHOLE: Self = Self { index: 1, count: 1 };

    /// Which part, from one.
    #[must_use]
    pub const fn index(self) -> u32 {
        self.index
    }

    /// How many parts there are.
    #[must_use]
    pub const fn count(self) -> u32 {
        self.count
    }

    /// The ranks of its scenarios out of `total`; those of all shards follow on each other.
    #[must_use]
    pub fn range(self, total: u64) -> Range<u64> {
        let at = |index: u32| {
            let rank = u128::from(total) * u128::from(index) / u128::from(self.count);
            u64::try_from(rank).unwrap_or(total)
        };
        at(self.index - 1)..at(self.index)
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.count)
    }
}

impl FromStr for Shard {
    type Err = ShardError;
    fn from_str(text: &str) -> Result<Self, ShardError> {
        let read = || {
            let (index, count) = text.split_once('/')?;
            let (index, count) = (index.parse().ok()?, count.parse().ok()?);
            let holds = 1 <= index && index <= count && count <= SHARDS_MAX;
            holds.then_some(Self { index, count })
        };
        read().ok_or_else(|| ShardError { text: text.to_owned() })
    }
}

impl TryFrom<String> for Shard {
    type Error = ShardError;
    fn try_from(text: String) -> Result<Self, ShardError> {
        text.parse()
    }
}

impl From<Shard> for String {
    fn from(shard: Shard) -> Self {
        shard.to_string()
    }
}

/// Why shards do not make one run.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// None were given.
    #[error("no shards are given")]
    Nothing,
    /// A shard is of another job.
    #[error("`{folder}` is of job {found}, but `{first}` of job {expected}")]
    OtherJob {
        /// The folder.
        folder: PathBuf,
        /// Its job, by the first digits of its digest.
        found: String,
        /// The first folder.
        first: PathBuf,
        /// Its job.
        expected: String,
    },
    /// A shard is not finished.
    #[error("`{folder}` is not finished: {done} of {of} scenarios are done")]
    Unfinished {
        /// The folder.
        folder: PathBuf,
        /// Scenarios done.
        done: u64,
        /// Scenarios it has to do.
        of: u64,
    },
    /// Two shards hold the same scenarios, or their counts differ.
    #[error("`{folder}` is shard {shard}, which does not go with the others")]
    Overlapping {
        /// The folder.
        folder: PathBuf,
        /// Its shard.
        shard: Shard,
    },
    /// A shard is missing.
    #[error("shard {0} is missing")]
    Missing(Shard),
    /// The bytes of a table are not those that were written.
    #[error("`{0}` is damaged")]
    Damaged(PathBuf),
    /// A folder cannot be read or written.
    #[error(transparent)]
    Folder(#[from] FolderError),
}

/// Makes one folder, `out`, of the folders of all shards of a job: the same bytes as if it had been
/// run in one.
///
/// # Errors
/// When the shards are not all those of one job, each finished and as it was written, or a folder
/// cannot be read or written.
pub fn merge(shards: &[PathBuf], out: &Path) -> Result<Manifest, MergeError> {
    let mut all = Vec::new();
    for folder in shards {
        all.push((folder, Manifest::read(folder)?));
    }
    all.sort_by_key(|(_, manifest)| manifest.shard);
    let Some((first, expected)) = all.first() else { return Err(MergeError::Nothing) };
    let count = expected.shard.count;
    for (at, (folder, manifest)) in (1..).zip(&all) {
        let folder = folder.to_path_buf();
        if manifest.digest != expected.digest {
            let (found, expected) = (manifest.digest.short(), expected.digest.short());
            let first = first.to_path_buf();
            return Err(MergeError::OtherJob { folder, found, first, expected });
        }
        let shard = manifest.shard;
        if shard.count != count || shard.index < at {
            return Err(MergeError::Overlapping { folder, shard });
        }
        if shard.index > at {
            return Err(MergeError::Missing(Shard { index: at, count }));
        }
        if !manifest.is_complete() {
            let of = shard.range(manifest.scenarios);
            let (done, of) = (manifest.done.saturating_sub(of.start), of.end - of.start);
            return Err(MergeError::Unfinished { folder, done, of });
        }
        if let Some(damaged) = folder::damaged(&folder, manifest)? {
            return Err(MergeError::Damaged(damaged));
        }
    }
    let found = u32::try_from(all.len()).unwrap_or(u32::MAX);
    if found < count {
        return Err(MergeError::Missing(Shard { index: found + 1, count }));
    }
    let whole = Manifest { shard: Shard::WHOLE, ..expected.clone() }.begun();
    let sources: Vec<PathBuf> = all.iter().map(|(folder, _)| folder::tables(folder)).collect();
    Ok(folder::gather(out, whole, &sources)?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn shards_read_what_they_write() {
        for good in ["1/1", "3/8", "100000/100000"] {
            assert_eq!(good.parse::<Shard>().unwrap().to_string(), good);
        }
        for bad in ["", "1", "0/1", "2/1", "1/0", "-1/2", "1/2/3", "1/100001", "a/b"] {
            let error = bad.parse::<Shard>().unwrap_err().to_string();
            assert!(error.starts_with(&format!("`{bad}` is no shard")), "{error}");
        }
    }

    proptest! {
        #[test]
        fn shards_follow_on_each_other(total in 0_u64..5000, count in 1_u32..200) {
            let mut next = 0;
            for index in 1..=count {
                let range = Shard { index, count }.range(total);
                prop_assert_eq!(range.start, next);
                let even = total / u64::from(count);
                prop_assert!((even..=even + 1).contains(&(range.end - range.start)));
                next = range.end;
            }
            prop_assert_eq!(next, total);
        }
    }
}
