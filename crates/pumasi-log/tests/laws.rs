//! Every proof the tree gives holds, and none holds for anything else.

use proptest::prelude::*;
use proptest::sample::Index;
use pumasi_base::Digest;
use pumasi_log::{Consistency, Inclusion, LeafHash, ProofError, Tree};
use sha2::{Digest as _, Sha256};

/// The root as RFC 6962 section 2.1 defines it, without any tree.
fn root_by_definition(leaves: &[Vec<u8>]) -> [u8; 32] {
    match leaves {
        [] => Sha256::digest(b"").into(),
        [leaf] => Sha256::digest([b"\0", leaf.as_slice()].concat()).into(),
        _ => {
            let left = leaves.len().next_power_of_two() / 2;
            let (left, right) = leaves.split_at(left);
            let (left, right) = (root_by_definition(left), root_by_definition(right));
            Sha256::digest([b"\x01", left.as_slice(), right.as_slice()].concat()).into()
        }
    }
}

fn leaves(count: usize) -> Vec<Vec<u8>> {
    (0..count).map(|n| format!("leaf {n}").into_bytes()).collect()
}

fn tree_of(leaves: &[Vec<u8>]) -> Tree {
    let mut tree = Tree::new();
    for leaf in leaves {
        tree.append(leaf);
    }
    tree
}

#[test]
fn every_proof_of_every_small_tree_holds() {
    let leaves = leaves(66);
    let tree = tree_of(&leaves);
    for size in 0..=66 {
        let root = tree.root(size).unwrap();
        let first: Vec<_> = leaves.iter().take(usize::try_from(size).unwrap()).cloned().collect();
        assert_eq!(root.as_bytes(), &root_by_definition(&first), "size {size}");
        for (index, leaf) in (0..size).zip(&leaves) {
            let proof = tree.inclusion(index, size).unwrap();
            proof.verify(LeafHash::of(leaf), root).unwrap();
        }
        for old in 0..=size {
            let proof = tree.consistency(old, size).unwrap();
            proof.verify(tree.root(old).unwrap(), root).unwrap();
        }
    }
}

#[test]
fn a_tree_is_built_again_from_its_leaf_hashes() {
    let tree = tree_of(&leaves(37));
    let mut again = Tree::new();
    for index in 0..tree.size() {
        assert_eq!(again.append_hash(tree.leaf(index).unwrap()), index);
    }
    assert_eq!(again, tree);
}

fn flip(digest: Digest, bit: Index) -> Digest {
    let bit = bit.index(256);
    let mut bytes = *digest.as_bytes();
    if let Some(byte) = bytes.get_mut(bit / 8) {
        *byte ^= 1 << (bit % 8);
    }
    Digest::from_bytes(bytes)
}

/// The ways to change a path a little.
fn altered(path: &[Digest], which: Index, bit: Index) -> Vec<Vec<Digest>> {
    let mut paths = Vec::new();
    let mut longer = path.to_vec();
    longer.insert(which.index(path.len() + 1), Digest::of(b"one more"));
    paths.push(longer);
    if !path.is_empty() {
        let at = which.index(path.len());
        let mut flipped = path.to_vec();
        if let Some(hash) = flipped.get_mut(at) {
            *hash = flip(*hash, bit);
        }
        let mut shorter = path.to_vec();
        shorter.remove(at);
        let mut repeated = path.to_vec();
        repeated.extend(path.get(at).copied());
        paths.extend([flipped, shorter, repeated]);
    }
    paths
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn an_altered_inclusion_fails(
        size in 1..600_u64, index: Index, which: Index, bit: Index, other: Index,
    ) {
        let index = u64::try_from(index.index(usize::try_from(size).unwrap())).unwrap();
        let tree = tree_of(&leaves(usize::try_from(size).unwrap()));
        let (leaf, root) = (tree.leaf(index).unwrap(), tree.root(size).unwrap());
        let proof = tree.inclusion(index, size).unwrap();
        prop_assert_eq!(proof.verify(leaf, root), Ok(()));
        let wrong_leaf = LeafHash::from_digest(flip(leaf.digest(), bit));
        prop_assert_eq!(proof.verify(wrong_leaf, root), Err(ProofError::WrongRoot));
        prop_assert_eq!(proof.verify(leaf, flip(root, bit)), Err(ProofError::WrongRoot));
        for path in altered(&proof.path, which, bit) {
            let forged = Inclusion { path, ..proof.clone() };
            prop_assert!(forged.verify(leaf, root).is_err(), "{:?}", forged);
        }
        let other = u64::try_from(other.index(1000)).unwrap();
        if other != index {
            let moved = Inclusion { index: other, ..proof };
            prop_assert!(moved.verify(leaf, root).is_err());
        }
    }

    #[test]
    fn an_altered_consistency_fails(
        new in 2..600_u64, old: Index, which: Index, bit: Index,
    ) {
        let old = 1 + u64::try_from(old.index(usize::try_from(new).unwrap() - 1)).unwrap();
        let tree = tree_of(&leaves(usize::try_from(new).unwrap()));
        let (old_root, new_root) = (tree.root(old).unwrap(), tree.root(new).unwrap());
        let proof = tree.consistency(old, new).unwrap();
        prop_assert_eq!(proof.verify(old_root, new_root), Ok(()));
        prop_assert!(proof.verify(flip(old_root, bit), new_root).is_err());
        prop_assert!(proof.verify(old_root, flip(new_root, bit)).is_err());
        for path in altered(&proof.path, which, bit) {
            let forged = Consistency { path, ..proof.clone() };
            prop_assert!(forged.verify(old_root, new_root).is_err(), "{:?}", forged);
        }
    }

    #[test]
    fn a_rewritten_past_has_no_consistency(new in 2..200_usize, old: Index, changed: Index) {
        let old = 1 + old.index(new - 1);
        let honest = leaves(new);
        let mut rewritten = honest.clone();
        if let Some(leaf) = rewritten.get_mut(changed.index(old)) {
            leaf.push(b'!');
        }
        let (honest, rewritten) = (tree_of(&honest), tree_of(&rewritten));
        let (old, new) = (u64::try_from(old).unwrap(), u64::try_from(new).unwrap());
        let (old_root, new_root) = (honest.root(old).unwrap(), rewritten.root(new).unwrap());
        for tree in [&honest, &rewritten] {
            let proof = tree.consistency(old, new).unwrap();
            prop_assert_eq!(proof.verify(old_root, new_root), Err(ProofError::WrongRoot));
        }
    }

    #[test]
    fn foreign_proofs_never_panic(
        a: u64, b: u64, path in prop::collection::vec(any::<[u8; 32]>(), 0..70),
    ) {
        let path: Vec<_> = path.into_iter().map(Digest::from_bytes).collect();
        let root = Digest::of(b"root");
        let inclusion = Inclusion { index: a, size: b, path: path.clone() };
        prop_assert!(inclusion.verify(LeafHash::of(b"leaf"), root).is_err());
        let consistency = Consistency { old: a, new: b, path };
        prop_assert!(consistency.verify(Digest::of(b"old"), root).is_err());
    }
}

#[test]
fn trees_without_growth_need_no_path() {
    let (empty, root) = (Digest::of(b""), Digest::of(b"any"));
    let of = |old, new, path: &[Digest]| Consistency { old, new, path: path.to_vec() };
    assert_eq!(of(0, 5, &[]).verify(empty, root), Ok(()));
    assert_eq!(of(0, 5, &[]).verify(root, root), Err(ProofError::WrongRoot));
    assert_eq!(of(0, 0, &[]).verify(empty, empty), Ok(()));
    assert_eq!(of(0, 0, &[]).verify(root, root), Err(ProofError::WrongRoot));
    assert_eq!(of(5, 5, &[]).verify(root, root), Ok(()));
    assert_eq!(of(5, 5, &[]).verify(root, empty), Err(ProofError::WrongRoot));
    assert_eq!(of(5, 5, &[root]).verify(root, root), Err(ProofError::WrongLength));
    assert_eq!(of(3, 5, &[]).verify(root, root), Err(ProofError::WrongLength));
    assert!(of(6, 5, &[]).verify(root, root).is_err());
}
