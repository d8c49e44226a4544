//! Envelopes, signatures, kinds of act and the pure fold of a matter.
