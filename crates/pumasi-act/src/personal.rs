//! Personal data beside an act: a name and a telephone, the contact on the spot, a list of a team.
//!
//! An act carries a commitment alone; the text travels and is stored beside it, so that it can be
//! erased everywhere while every signature, digest and proof stays as it was. The salt keeps a
//! commitment from being matched against telephone numbers once the text is gone.
//!
//! Invariant: the fold reads commitments and never what they stand for.

use pumasi_base::{Digest, PartyId};
use serde::{Deserialize, Serialize};

use crate::envelope::ActId;

/// The largest text beside one act, in bytes of its UTF-8: 16 KiB.
pub const PERSONAL_BYTES_MAX: usize = 16 * 1024;

/// The most bytes such a text takes in JSON: of what may stand in it a quotation mark, a backslash,
/// a tab or a line feed takes two.
pub const PERSONAL_JSON_BYTES_MAX: usize = 2 * PERSONAL_BYTES_MAX + 256;

/// What a commitment begins with: no other digest of the product is over bytes that do.
const DOMAIN: &str = "pumasi/personal/1";

/// Personal data as they travel beside an act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Personal {
    /// 32 random bytes in hexadecimal, new for each text.
    pub salt: Digest,
    /// The text.
    pub text: String,
}

/// Why personal data are not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PersonalFault {
    /// There is no text.
    #[error("there is no text")]
    Empty,
    /// It is too long.
    #[error("the text has more than {PERSONAL_BYTES_MAX} bytes")]
    TooLarge,
    /// It holds a control character other than a tab or a line feed.
    #[error("the text holds a control character")]
    Unprintable,
    /// They are not what the act committed to.
    #[error("they are not what the act commits to")]
    Mismatch,
}

impl PersonalFault {
    /// The stable name of what is wrong, as in `docs/spec/act.md`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "personal_empty",
            Self::TooLarge => "personal_too_large",
            Self::Unprintable => "personal_unprintable",
            Self::Mismatch => "personal_mismatch",
        }
    }
}

impl Personal {
    /// Says whether the text may be committed to at all; nothing is hashed before that.
    ///
    /// # Errors
    /// `Empty`, `TooLarge` or `Unprintable`.
    pub fn check(&self) -> Result<(), PersonalFault> {
        if self.text.is_empty() {
            return Err(PersonalFault::Empty);
        }
        if self.text.len() > PERSONAL_BYTES_MAX {
            return Err(PersonalFault::TooLarge);
        }
        if self.text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            return Err(PersonalFault::Unprintable);
        }
        Ok(())
    }

    /// What a commitment to this text is the SHA-256 of, in an act of `party` in `matter`.
    ///
    /// Matter and party are in it so that nobody else can name the commitment as its own, to have
    /// the text told in another circle or erased.
    #[must_use]
    pub fn bytes(&self, matter: &ActId, party: &PartyId) -> Vec<u8> {
        let mut bytes = opening(matter, party);
        bytes.extend_from_slice(self.salt.as_bytes());
        bytes.extend_from_slice(self.text.as_bytes());
        bytes
    }

    /// The commitment that an act of `party` in `matter` carries.
    #[must_use]
    pub fn commitment(&self, matter: &ActId, party: &PartyId) -> Digest {
        Digest::of(&self.bytes(matter, party))
    }

    /// The bytes to store beside an act of `party` in `matter` that carries `commitment`.
    ///
    /// # Errors
    /// What [`Personal::check`] finds, or `Mismatch`; the act stands all the same.
    pub fn committed(
        &self,
        commitment: &Digest,
        matter: &ActId,
        party: &PartyId,
    ) -> Result<Vec<u8>, PersonalFault> {
        self.check()?;
        let bytes = self.bytes(matter, party);
        if Digest::of(&bytes) == *commitment { Ok(bytes) } else { Err(PersonalFault::Mismatch) }
    }

    /// Reads what [`Personal::bytes`] wrote for the same matter and party.
    #[must_use]
    pub fn read(bytes: &[u8], matter: &ActId, party: &PartyId) -> Option<Self> {
        let rest = bytes.strip_prefix(opening(matter, party).as_slice())?;
        let (salt, text) = rest.split_first_chunk::<32>()?;
        let text = std::str::from_utf8(text).ok()?.to_owned();
        Some(Self { salt: Digest::from_bytes(*salt), text })
    }
}

/// What the bytes of one party in one matter begin with; ids hold no line feed.
fn opening(matter: &ActId, party: &PartyId) -> Vec<u8> {
    format!("{DOMAIN}\n{matter}\n{party}\n").into_bytes()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;

    fn personal(text: &str) -> Personal {
        Personal { salt: Digest::of(b"salt"), text: text.to_owned() }
    }

    fn place(matter: &str, party: &str) -> (ActId, PartyId) {
        (ActId(Digest::of(matter.as_bytes())), party.parse().unwrap())
    }

    #[track_caller]
    fn check(text: &str, expected: Expect) {
        let outcome = personal(text).check().map_or_else(PersonalFault::code, |()| "taken");
        expected.assert_eq(outcome);
    }

    #[test]
    fn a_text_is_short_and_printable() {
        check("김 기사 010-0000-0000\n\t二台目", expect!["taken"]);
        check("", expect!["personal_empty"]);
        check("a\u{0}b", expect!["personal_unprintable"]);
        check("a\rb", expect!["personal_unprintable"]);
        check(&"x".repeat(PERSONAL_BYTES_MAX), expect!["taken"]);
        check(&"x".repeat(PERSONAL_BYTES_MAX + 1), expect!["personal_too_large"]);
        check(&"가".repeat(PERSONAL_BYTES_MAX / 3 + 1), expect!["personal_too_large"]);
    }

    #[test]
    fn the_commitment_is_what_the_specification_says() {
        let (matter, party) = place("matter", "kr-42");
        let mut bytes = format!("pumasi/personal/1\n{matter}\nkr-42\n").into_bytes();
        bytes.extend_from_slice(Digest::of(b"salt").as_bytes());
        bytes.extend_from_slice("운전".as_bytes());
        assert_eq!(personal("운전").commitment(&matter, &party), Digest::of(&bytes));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(text in "[^\\p{Cc}]{1,40}", salt: [u8; 32]) {
            let (matter, party) = place("matter", "kr-42");
            let personal = Personal { salt: Digest::from_bytes(salt), text };
            let bytes = personal.bytes(&matter, &party);
            prop_assert_eq!(Personal::read(&bytes, &matter, &party), Some(personal.clone()));
            for (matter, party) in [place("other", "kr-42"), place("matter", "jp-17")] {
                prop_assert_eq!(Personal::read(&bytes, &matter, &party), None);
                prop_assert_ne!(personal.commitment(&matter, &party), Digest::of(&bytes));
            }
        }

        #[test]
        fn a_text_in_json_stays_within_its_bound(text in "[\"\\\\\n\t가a]{1,200}") {
            let personal = Personal { salt: Digest::of(b"salt"), text };
            let json = serde_json::to_string(&personal).unwrap();
            prop_assert!(json.len() <= 2 * personal.text.len() + 256);
        }
    }
}
