//! A revised simplex for packing programmes that grow by rows and columns.
//!
//! Invariant: knows nothing of relief, of files or of clocks; no chance and no unordered iteration,
//! so that the same calls give the same bits on every machine.
