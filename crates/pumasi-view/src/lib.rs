//! What one reader may see, and problems for flow out of state.
