//! The kinds of clause an agreement can hold, one file each.
//!
//! A kind's file holds its parameters, how they are read, how they compile, how they judge a
//! question, and a table of questions with the decisions expected. To add a kind, write its file
//! and one line in the list below; what it compiles to goes into the tables of one agreement in
//! `compile.rs`.

use crate::compile::AgreementTables;
use crate::fault::{Fault, FaultKind};
use crate::fields::Fields;
use crate::scope::Scope;

/// What every kind of clause does.
pub(crate) trait Kind: Sized {
    /// Takes the parameters; every fault is noted in `fields`.
    fn read(fields: &mut Fields<'_, '_>) -> Option<Self>;
    /// Whom and what the clause reaches, for the kinds that have a reach.
    fn scope(&self) -> Option<&Scope>;
    /// Adds what clause number `clause` says to the tables of its agreement.
    fn compile(&self, clause: u16, tables: &mut AgreementTables, parties: &Numbers<'_>);
}

/// Turns the ids of parties into the numbers the tables hold.
pub(crate) type Numbers<'a> = dyn Fn(&pumasi_base::PartyId) -> Option<u32> + 'a;

macro_rules! kinds {
    ($($(#[$doc:meta])* $module:ident :: $name:ident = $code:literal;)*) => {
        $(pub mod $module;)*

        /// What a clause says, by its kind.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Terms {
            $($(#[$doc])* $name($module::$name),)*
        }

        impl Terms {
            /// The codes of every kind, as agreement files write them.
            pub const KINDS: &'static [&'static str] = &[$($code),*];

            /// The kind's code.
            #[must_use]
            pub const fn kind(&self) -> &'static str {
                match self { $(Self::$name(_) => $code,)* }
            }

            /// Takes the parameters of the kind that `kind` names.
            pub(crate) fn read(kind: &str, fields: &mut Fields<'_, '_>) -> Option<Self> {
                match kind {
                    $($code => <$module::$name as Kind>::read(fields).map(Self::$name),)*
                    _ => {
                        let span = fields.span_of("kind");
                        let known = Self::KINDS.join(", ");
                        let values: [&dyn std::fmt::Display; 3] = [&kind, &"kind", &known];
                        fields.fault(&span, Fault::of(FaultKind::WordUnknown, values));
                        None
                    }
                }
            }

            /// Whom and what the clause reaches; none for a kind without a reach.
            #[must_use]
            pub fn scope(&self) -> Option<&Scope> {
                match self { $(Self::$name(terms) => terms.scope(),)* }
            }

            pub(crate) fn compile(
                &self,
                clause: u16,
                tables: &mut AgreementTables,
                parties: &Numbers<'_>,
            ) {
                match self { $(Self::$name(terms) => terms.compile(clause, tables, parties),)* }
            }
        }
    };
}

kinds! {
    /// Lets something be done.
    permit::Permit = "permit";
    /// Forbids something, whatever permits it.
    forbid::Forbid = "forbid";
    /// Caps how much.
    ceiling::Ceiling = "ceiling";
    /// Lets aid be sent before it is asked for.
    standing_consent::StandingConsent = "standing_consent";
    /// Says how aid is paid back, if at all.
    settlement::Settlement = "settlement";
    /// Says whether what was received may be passed on.
    third_party::ThirdParty = "third_party";
    /// Says what brings the agreement into force, how long it holds and how it ends.
    term::Term = "term";
    /// Says what outlives the agreement.
    survival::Survival = "survival";
}
