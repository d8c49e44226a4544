//! Names of things, each of its own type so that one cannot be taken for another.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Why a text is no id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is no id: use 1 to 64 of a-z, 0-9, `-`, `_` and `.`, starting with a letter or digit"
)]
pub struct IdError {
    /// The text as it was given.
    pub text: String,
}

fn check_id(text: &str) -> Result<(), IdError> {
    let first = text.bytes().next().is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    let rest = text
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_' | b'.'));
    if first && rest && text.len() <= 64 { Ok(()) } else { Err(IdError { text: text.to_owned() }) }
}

// Decisions cite ids all the time: a copy shares the text and takes no memory.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                check_id(text)?;
                Ok(Self(text.into()))
            }
        }
        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> { check_id(&text)?; Ok(Self(text.into())) }
        }
        impl From<$name> for String {
            fn from(id: $name) -> String { id.as_str().to_owned() }
        }
    )*};
}

ids! {
    /// A sovereign signatory or relief organisation, such as `jp-17`; ISO 3166-2 where one exists.
    PartyId;
    /// An officer of a party, unique within the party.
    OfficerId;
    /// An agreement in the library, such as `kr-45--jp-17`.
    AgreementId;
    /// A clause within one agreement, such as `art-3`.
    ClauseId;
    /// What flows, such as `blanket`; an entry of `catalog/commodities.toml`.
    CommodityId;
    /// A legal class of goods or services in an agreement, such as `fuel` or `ammunition`.
    CategoryId;
    /// What aid is for, such as `disaster_relief`.
    PurposeId;
    /// A place: ISO 3166-2 in lower case (`jp-17`), or that plus the official municipality code.
    PlaceId;
    /// A port, airport or road hub of the transport network.
    PortId;
    /// A link of the transport network.
    LinkId;
    /// An entry of `catalog/sources.toml`.
    SourceId;
    /// A group of categories in `catalog/steps.toml`.
    GroupId;
    /// A step of cooperation in `catalog/steps.toml`.
    StepId;
    /// Something that could be added, an entry of `catalog/candidates.toml`.
    CandidateId;
}

/// A SHA-256 digest; written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest([u8; 32]);

impl Ord for Digest {
    /// By the bytes. Almost always the first eight tell two digests apart, and those are compared
    /// as one number: folding looks up little else than digests.
    fn cmp(&self, other: &Self) -> Ordering {
        let first = |digest: &Self| digest.0.first_chunk().copied().map(u64::from_be_bytes);
        first(self).cmp(&first(other)).then_with(|| self.0.cmp(&other.0))
    }
}
impl PartialOrd for Digest {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Digest {
    /// Hashes `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
    /// Wraps a digest computed elsewhere.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
    /// The 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
    /// The first eight hexadecimal digits, for people.
    #[must_use]
    pub fn short(&self) -> String {
        self.to_string().chars().take(8).collect()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // States hold thousands of digests and are written out often: no formatting of each byte.
        let mut text = [0_u8; 64];
        let (pairs, _) = text.as_chunks_mut::<2>();
        for (pair, byte) in pairs.iter_mut().zip(self.0) {
            *pair = [hex_digit(byte >> 4), hex_digit(byte & 15)];
        }
        f.write_str(str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

/// The digit of a number below 16.
const fn hex_digit(nibble: u8) -> u8 {
    if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({})", self.short())
    }
}

/// Why a text is no digest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no digest: 64 lower-case hexadecimal digits are needed")]
pub struct DigestError {
    /// The text as it was given.
    pub text: String,
}

impl FromStr for Digest {
    type Err = DigestError;
    fn from_str(text: &str) -> Result<Self, DigestError> {
        let wrong = || DigestError { text: text.to_owned() };
        let nibble = |b: u8| match b {
            b'0'..=b'9' => Ok(b - b'0'),
            b'a'..=b'f' => Ok(b - b'a' + 10),
            _ => Err(wrong()),
        };
        let mut bytes = [0_u8; 32];
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        if pairs.len() != bytes.len() || !rest.is_empty() {
            return Err(wrong());
        }
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = (nibble(*high)? << 4) | nibble(*low)?;
        }
        Ok(Self(bytes))
    }
}
impl TryFrom<String> for Digest {
    type Error = DigestError;
    fn try_from(text: String) -> Result<Self, DigestError> {
        text.parse()
    }
}
impl From<Digest> for String {
    fn from(digest: Digest) -> String {
        digest.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_keep_to_their_alphabet() {
        for good in ["jp-17", "kr-45--jp-17", "0", "art-3.1"] {
            assert_eq!(good.parse::<PartyId>().map(String::from), Ok(good.to_owned()));
        }
        for bad in ["", "-a", "JP", "a b", "ä", &"x".repeat(65)] {
            assert!(bad.parse::<PartyId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn digests_are_ordered_as_their_text_is() {
        let digests: Vec<Digest> = (0..200_u32).map(|n| Digest::of(&n.to_be_bytes())).collect();
        let last_differs = |last: u8| {
            let mut bytes = *digests[0].as_bytes();
            bytes[31] = last;
            Digest::from_bytes(bytes)
        };
        let all: Vec<Digest> =
            digests.iter().copied().chain([1, 7, 200].map(last_differs)).collect();
        for one in &all {
            for other in &all {
                assert_eq!(one.cmp(other), one.to_string().cmp(&other.to_string()));
            }
        }
    }

    #[test]
    fn digests_read_what_they_write() {
        let digest = Digest::of(b"pumasi");
        assert_eq!(digest.to_string().parse(), Ok(digest));
        assert!("00".parse::<Digest>().is_err());
        assert!(digest.to_string().to_uppercase().parse::<Digest>().is_err());
    }
}
