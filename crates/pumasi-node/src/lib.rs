//! The node: HTTP API, sync, stores, keys, clock and accounts.
