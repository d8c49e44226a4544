//! A revised simplex for packing programmes that grow by rows and columns.
//!
//! A [`Programme`] maximises a profit over columns that are not negative, under rows that may not
//! be exceeded. Where no right-hand side is negative, doing nothing is allowed, and no first phase
//! is ever needed: [`Programme::primal`] goes uphill from there, [`Programme::dual`] mends what a
//! smaller right-hand side broke, and both go on from the basis at hand, so that a programme that
//! changes a little is solved again in a few pivots.
//!
//! ```
//! use pumasi_simplex::Programme;
//!
//! let mut programme = Programme::default();
//! let stock = programme.add_row(3.0);
//! let road = programme.add_row(2.0);
//! let by_road = programme.add_column(5.0, &[(stock, 1.0), (road, 1.0)]);
//! let by_hand = programme.add_column(1.0, &[(stock, 1.0)]);
//! programme.primal();
//! assert_eq!((programme.value(by_road), programme.value(by_hand)), (2.0, 1.0));
//! assert_eq!((programme.price(stock), programme.price(road)), (1.0, 4.0));
//! programme.set_rhs(road, 1.0);
//! programme.dual();
//! assert_eq!(programme.profit(), 7.0);
//! ```
//!
//! # How it is fast
//!
//! Only rows that are tight are factorised ([`lu`]): a row whose slack is basic costs nothing until
//! something binds there, so a programme may have many times more rows than ever matter. Bases of
//! flow problems are almost triangular and their inverses sparse, and every step skips zeros.
//!
//! Flow of one commodity in whole numbers needs no rows and has its own solver, [`network`].
//!
//! Invariant: knows nothing of relief, of files or of clocks; no chance and no unordered iteration,
//! so that the same calls give the same bits on every machine.

mod basis;
mod lu;
pub mod network;
mod programme;
mod sparse;

pub use programme::{Column, Ended, Programme, Row, Snapshot};
