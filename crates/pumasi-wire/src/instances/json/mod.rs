//! Our own format of planning instances, `docs/spec/flow.md`.
//!
//! [`read`] makes an instance of a file, [`write`] a file of a statement. A file is read entry by
//! entry, so that one of millions of entries is never held as JSON.

pub(super) mod build;
mod fields;
mod node;
pub(super) mod read;
mod write;

use pumasi_flow::Problem;
use pumasi_flow::statement::Statement;

use super::finding::Findings;
use super::{Finding, Format, Instance};

pub use write::write;

/// What a file of this version says of itself.
pub const FORMAT: &str = "pumasi-flow/1";

/// Reads an instance.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(bytes: &[u8]) -> Result<Instance, Vec<Finding>> {
    super::parse(bytes, Format::Pumasi).build()
}

/// Reads a statement, without asking whether its entries fit together.
///
/// # Errors
/// Everything that is wrong with an entry by itself.
pub fn read_statement(bytes: &[u8]) -> Result<Statement, Vec<Finding>> {
    let mut findings = Findings::default();
    match read::statement(bytes, &mut findings) {
        Some(statement) if findings.is_empty() => Ok(statement),
        _ => Err(findings.into_list()),
    }
}

/// A problem of a node as a document for others.
#[must_use]
pub fn of_problem(problem: &Problem) -> String {
    write(&Statement::of_problem(problem))
}
