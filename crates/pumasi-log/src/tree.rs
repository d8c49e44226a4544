//! The tree: leaves go in, roots and proofs come out.

use pumasi_base::Digest;
use sha2::{Digest as _, Sha256};

use crate::proof::{Consistency, Inclusion, Prefix, ProofError};

/// The hash of a leaf, which no inner node of a tree can share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LeafHash(Digest);

impl LeafHash {
    /// Hashes the bytes of a leaf.
    ///
    /// SPEC: RFC 6962, section 2.1: a zero byte stands before the leaf.
    #[must_use]
    pub fn of(leaf: &[u8]) -> Self {
        let hash = Sha256::new_with_prefix([0]).chain_update(leaf).finalize();
        Self(Digest::from_bytes(hash.into()))
    }

    /// Wraps a leaf hash that was kept.
    #[must_use]
    pub const fn from_digest(digest: Digest) -> Self {
        Self(digest)
    }

    /// The digest, to be kept.
    #[must_use]
    pub const fn digest(self) -> Digest {
        self.0
    }
}

/// Hashes two nodes into the one above them.
///
/// SPEC: RFC 6962, section 2.1: a one byte stands before the two.
pub(crate) fn join(left: Digest, right: Digest) -> Digest {
    let hash = Sha256::new_with_prefix([1])
        .chain_update(left.as_bytes())
        .chain_update(right.as_bytes())
        .finalize();
    Digest::from_bytes(hash.into())
}

/// An append-only Merkle tree; it keeps hashes, 64 bytes for each leaf, and no leaf.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    // INVARIANT: the entry `i` of level `k` is the root over the 2^k leaves from `i * 2^k` on, and
    // is there as soon as they all are.
    levels: Vec<Vec<Digest>>,
}

impl Tree {
    /// An empty tree.
    #[must_use]
    pub const fn new() -> Self {
        Self { levels: Vec::new() }
    }

    /// Appends a leaf and returns its index, counted from zero.
    pub fn append(&mut self, leaf: &[u8]) -> u64 {
        self.append_hash(LeafHash::of(leaf))
    }

    /// Appends a leaf by its hash: this is how a tree is built again from what was kept.
    pub fn append_hash(&mut self, leaf: LeafHash) -> u64 {
        let index = self.size();
        let mut node = leaf.digest();
        for level in &mut self.levels {
            let left = level.last().copied().filter(|_| level.len() % 2 == 1);
            level.push(node);
            match left {
                Some(left) => node = join(left, node),
                None => return index,
            }
        }
        self.levels.push(vec![node]);
        index
    }

    /// The number of leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        let leaves = self.levels.first().map_or(0, Vec::len);
        u64::try_from(leaves).unwrap_or(u64::MAX)
    }

    /// The hash of a leaf.
    #[must_use]
    pub fn leaf(&self, index: u64) -> Option<LeafHash> {
        self.node(0, index).map(LeafHash)
    }

    /// The root over the first `size` leaves.
    ///
    /// # Errors
    /// [`ProofError::BeyondTree`] when there are fewer.
    pub fn root(&self, size: u64) -> Result<Digest, ProofError> {
        if size == 0 { Ok(Digest::of(b"")) } else { self.over(0, size) }
    }

    /// Proves that the leaf at `index` is among the first `size`.
    ///
    /// # Errors
    /// [`ProofError::BeyondTree`] when it is not, or when there are fewer leaves.
    pub fn inclusion(&self, index: u64, size: u64) -> Result<Inclusion, ProofError> {
        if index >= size {
            return Err(ProofError::BeyondTree { asked: index, size });
        }
        let (mut start, mut end) = (0, size);
        let mut path = Vec::new();
        // SPEC: RFC 6962, section 2.1.1, walked from the root down instead of up from the leaf.
        while end - start > 1 {
            let middle = start + split(end - start);
            if index < middle {
                path.push(self.over(middle, end)?);
                end = middle;
            } else {
                path.push(self.over(start, middle)?);
                start = middle;
            }
        }
        path.reverse();
        Ok(Inclusion { index, size, path })
    }

    /// Proves that the first `new` leaves begin with the first `old`.
    ///
    /// # Errors
    /// [`ProofError::BeyondTree`] when `old` exceeds `new`, or `new` the leaves there are.
    pub fn consistency(&self, old: u64, new: u64) -> Result<Consistency, ProofError> {
        if old > new {
            return Err(ProofError::BeyondTree { asked: old, size: new });
        }
        if new > self.size() {
            return Err(ProofError::BeyondTree { asked: new, size: self.size() });
        }
        // SPEC: RFC 6962, section 2.1.2. Nothing needs proof over an empty tree or no growth.
        if old == 0 || old == new {
            return Ok(Consistency { old, new, path: Vec::new() });
        }
        let mut path = self.prefix(old, new)?.path;
        // The old tree itself is known to whoever verifies; a part of it is not.
        if old.is_power_of_two() {
            path.remove(0);
        }
        Ok(Consistency { old, new, path })
    }

    /// Shows the root of the first `old` leaves to whoever knows the root of the first `new`.
    ///
    /// # Errors
    /// [`ProofError::BeyondTree`] when `old` is not from 1 below `new`, or `new` exceeds the
    /// leaves there are.
    pub fn prefix(&self, old: u64, new: u64) -> Result<Prefix, ProofError> {
        if old == 0 || old >= new {
            return Err(ProofError::BeyondTree { asked: old, size: new });
        }
        let mut path = Vec::new();
        let (mut start, mut end) = (0, new);
        while end != old {
            let middle = start + split(end - start);
            if old <= middle {
                path.push(self.over(middle, end)?);
                end = middle;
            } else {
                path.push(self.over(start, middle)?);
                start = middle;
            }
        }
        path.push(self.over(start, end)?);
        path.reverse();
        Ok(Prefix { old, new, path })
    }

    /// Where a leaf stands first, searched from the beginning.
    #[must_use]
    pub fn find(&self, leaf: LeafHash) -> Option<u64> {
        let leaves = self.levels.first()?;
        let place = leaves.iter().position(|found| *found == leaf.0)?;
        u64::try_from(place).ok()
    }

    /// The root over the leaves from `start` up to `end`, which is more.
    fn over(&self, start: u64, end: u64) -> Result<Digest, ProofError> {
        let count = end - start;
        if count.is_power_of_two() && start.is_multiple_of(count) {
            let level = count.trailing_zeros();
            let beyond = ProofError::BeyondTree { asked: end, size: self.size() };
            return self.node(level, start >> level).ok_or(beyond);
        }
        let middle = start + split(count);
        Ok(join(self.over(start, middle)?, self.over(middle, end)?))
    }

    pub(crate) fn node(&self, level: u32, index: u64) -> Option<Digest> {
        let level = self.levels.get(usize::try_from(level).ok()?)?;
        level.get(usize::try_from(index).ok()?).copied()
    }
}

/// The largest power of two below `count`, which is at least 2: how many leaves go to the left.
const fn split(count: u64) -> u64 {
    1 << (u64::BITS - 1 - (count - 1).leading_zeros())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The eight leaves by which implementations of Certificate Transparency compare themselves.
    const LEAVES: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];

    #[track_caller]
    fn check(size: u64, root: &str) {
        let mut tree = Tree::new();
        for (index, leaf) in (0..).zip(LEAVES) {
            assert_eq!(tree.append(leaf), index);
        }
        assert_eq!(tree.size(), 8);
        assert_eq!(tree.root(size).unwrap().to_string(), root);
    }

    #[test]
    fn roots_are_those_of_certificate_transparency() {
        check(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        check(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
        check(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
        check(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77");
        check(4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
        check(5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4");
        check(6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef");
        check(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c");
        check(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
    }

    #[test]
    fn asking_beyond_the_tree_is_refused() {
        let mut tree = Tree::new();
        tree.append(b"only");
        assert_eq!(tree.root(2), Err(ProofError::BeyondTree { asked: 2, size: 1 }));
        assert_eq!(tree.inclusion(1, 1), Err(ProofError::BeyondTree { asked: 1, size: 1 }));
        assert!(tree.inclusion(0, 2).is_err());
        assert_eq!(tree.consistency(2, 1), Err(ProofError::BeyondTree { asked: 2, size: 1 }));
        assert_eq!(tree.consistency(1, 2), Err(ProofError::BeyondTree { asked: 2, size: 1 }));
        assert_eq!(tree.consistency(0, 2), Err(ProofError::BeyondTree { asked: 2, size: 1 }));
        assert_eq!(tree.leaf(0), Some(LeafHash::of(b"only")));
        assert_eq!(tree.leaf(1), None);
        assert!(tree.root(u64::MAX).is_err());
    }

    #[test]
    fn the_left_side_takes_the_largest_power_of_two() {
        for (count, left) in [(2, 1), (3, 2), (4, 2), (5, 4), (8, 4), (9, 8), (u64::MAX, 1 << 63)] {
            assert_eq!(split(count), left, "{count}");
        }
    }
}
