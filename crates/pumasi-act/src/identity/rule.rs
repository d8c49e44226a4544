//! Why an identity entry is not taken.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use pumasi_base::{Captions, Lang, PartyId};

use crate::envelope::{ActId, KeyError};

/// Why an identity entry is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// The envelope holds no identity entry.
    #[error("the identity entry does not read: {0}")]
    Unreadable(String),
    /// The party's fingerprint is not known here.
    #[error("the identity of `{0}` is not trusted here")]
    NotTrusted(PartyId),
    /// The founding entry is not the one whose fingerprint is trusted.
    #[error("the identity of `{party}` has the fingerprint {found}, but {trusted} is trusted")]
    OtherFingerprint {
        /// The party.
        party: PartyId,
        /// The fingerprint given.
        found: ActId,
        /// The one trusted.
        trusted: ActId,
    },
    /// The entry before it has not arrived.
    #[error("the identity entry before it, {0}, has not arrived")]
    PrevUnknown(ActId),
    /// Too few root keys signed.
    #[error("{signed} root keys signed, but {needed} are needed")]
    TooFewRoots {
        /// How many signed.
        signed: usize,
        /// How many are needed.
        needed: u32,
    },
    /// Too few of the root keys that come next signed their own taking over.
    #[error("{signed} of the next root keys signed, but {needed} are needed")]
    TooFewNextRoots {
        /// How many signed.
        signed: usize,
        /// How many are needed.
        needed: u32,
    },
    /// A key is weak, or a signature does not fit.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The entry breaks a rule of identity logs.
    #[error("{0}")]
    Rule(IdentityRule),
}

impl IdentityError {
    /// The name of the reason, for programs and for test vectors.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable",
            Self::NotTrusted(_) => "not_trusted",
            Self::OtherFingerprint { .. } => "other_fingerprint",
            Self::PrevUnknown(_) => "prev_unknown",
            Self::TooFewRoots { .. } => "too_few_roots",
            Self::TooFewNextRoots { .. } => "too_few_next_roots",
            Self::Key(KeyError::WeakKey) => "weak_key",
            Self::Key(KeyError::BadSignature) => "bad_signature",
            Self::Rule(rule) => rule.code(),
        }
    }

    /// What is wrong and what to do, in one language.
    #[must_use]
    pub fn caption(&self, lang: Lang) -> String {
        let code = self.code();
        let Some(captions) = captions().get(code) else { return self.to_string() };
        let mut text = captions.in_lang(lang).to_owned();
        for (name, value) in self.fields() {
            text = text.replace(&format!("{{{name}}}"), &value);
        }
        text
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Unreadable(detail) => vec![("detail", detail.clone())],
            Self::PrevUnknown(prev) => vec![("detail", prev.to_string())],
            Self::NotTrusted(party) => vec![("party", party.to_string())],
            Self::OtherFingerprint { party, found, trusted } => vec![
                ("party", party.to_string()),
                ("found", found.to_string()),
                ("trusted", trusted.to_string()),
            ],
            Self::TooFewRoots { signed, needed } | Self::TooFewNextRoots { signed, needed } => {
                vec![("signed", signed.to_string()), ("needed", needed.to_string())]
            }
            Self::Key(_) | Self::Rule(_) => Vec::new(),
        }
    }
}

/// The captions of all reasons by code.
///
/// INVARIANT: the file is part of the source and a test reads it, so it always parses.
fn captions() -> &'static BTreeMap<String, Captions> {
    static CAPTIONS: OnceLock<BTreeMap<String, Captions>> = OnceLock::new();
    CAPTIONS.get_or_init(|| toml::from_str(include_str!("rule.i18n.toml")).unwrap_or_default())
}

impl From<IdentityRule> for IdentityError {
    fn from(rule: IdentityRule) -> Self {
        Self::Rule(rule)
    }
}

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $code:literal: $words:literal,)*) => {
        /// A rule of identity logs; named for what it asks.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum IdentityRule {
            $($(#[$doc])* $name,)*
        }

        impl IdentityRule {
            /// Every rule.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its name, for programs and for test vectors.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }

        impl fmt::Display for IdentityRule {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $(Self::$name => $words,)* })
            }
        }
    };
}

rules! {
    /// Only one layout is known.
    VersionMustBeKnown = "version_must_be_known": "only version 1 is known",
    /// A log is not empty.
    LogMustNotBeEmpty = "log_must_not_be_empty": "the identity log is empty",
    /// An entry without one before it founds.
    FirstMustFound = "first_must_found": "the first entry must found the identity",
    /// There is one founding entry.
    FoundingMustBeFirst = "founding_must_be_first": "an identity is founded only once",
    /// A log speaks of one party.
    PartyMustStay = "party_must_stay": "the entry continues another party's log",
    /// A threshold that can be reached, over keys that differ.
    ThresholdMustFit = "threshold_must_fit":
        "the threshold must lie between 1 and the number of distinct keys",
    /// A rotation bears the signatures of two thresholds.
    SignaturesMustFit = "signatures_must_fit":
        "both thresholds together must not be more than the 8 signatures of one envelope",
    /// Who takes over was named before.
    RootsMustBeCommitted = "roots_must_be_committed":
        "a root key is none of those whose hashes were announced",
    /// So was how many of them sign.
    ThresholdMustBeCommitted = "threshold_must_be_committed":
        "the threshold is not the one that was announced",
    /// A stolen key of one role is not a stolen key of another.
    KeyMustHaveOneRole = "key_must_have_one_role":
        "the key stands for something else in this identity already",
    /// An end is an end.
    RevokedKeyMustNotReturn = "revoked_key_must_not_return": "a revoked key cannot come back",
    /// Nor does it happen twice.
    KeyMustNotBeRevokedTwice = "key_must_not_be_revoked_twice": "the key was revoked already",
    /// Root keys end by rotation.
    RootMustBeRotated = "root_must_be_rotated":
        "a root key is not revoked: the root keys are rotated",
    /// A new beginning has a higher number.
    IncarnationMustRise = "incarnation_must_rise":
        "the node's incarnation must be 1 or more, and higher than before",
    /// Only what was granted ends.
    OfficerMustHaveMandate = "officer_must_have_mandate": "the officer has no mandate to end",
    /// A mandate covers some act of some person at some time.
    MandateMustHold = "mandate_must_hold":
        "a mandate needs a person, a kind of act, an officer who signs, and an end after its beginning",
    /// Nobody else signs.
    SignerMustBeRoot = "signer_must_be_root":
        "a signature is by none of the root keys that may sign the entry",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_words_in_four_languages() {
        let party: PartyId = "jp-17".parse().unwrap();
        let id = ActId(pumasi_base::Digest::of(b""));
        let mut errors = vec![
            IdentityError::Unreadable("at line 1".to_owned()),
            IdentityError::NotTrusted(party.clone()),
            IdentityError::OtherFingerprint { party, found: id, trusted: id },
            IdentityError::PrevUnknown(id),
            IdentityError::TooFewRoots { signed: 1, needed: 2 },
            IdentityError::TooFewNextRoots { signed: 1, needed: 2 },
            IdentityError::Key(KeyError::WeakKey),
            IdentityError::Key(KeyError::BadSignature),
        ];
        errors.extend(IdentityRule::ALL.iter().map(|rule| IdentityError::from(*rule)));
        for error in &errors {
            assert!(captions().contains_key(error.code()), "{}", error.code());
            for lang in Lang::ALL {
                let caption = error.caption(lang);
                assert!(!caption.is_empty() && !caption.contains('{'), "{lang}: {caption}");
            }
        }
        assert_eq!(errors.len(), captions().len());
    }
}
