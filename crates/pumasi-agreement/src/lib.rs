//! Reads agreements and answers questions with a decision and its clauses.
