//! A Merkle register and its proofs over opaque leaves.
