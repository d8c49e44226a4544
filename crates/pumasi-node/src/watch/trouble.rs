//! What goes wrong with a source, for screens to tell in every language.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::address::Address;

macro_rules! trouble_codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// The sorts of trouble with a source.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub enum TroubleCode {$(
            $(#[$doc])*
            #[serde(rename = $text)]
            $name,
        )*}

        impl TroubleCode {
            /// Every code, so that screens can prove they caption each.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The code as text.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

trouble_codes! {
    /// The server does not answer.
    Unreachable = "unreachable",
    /// The server's certificate does not hold.
    NotTrusted = "not_trusted",
    /// The answer takes too long.
    TooSlow = "too_slow",
    /// The server answers with an error.
    Status = "status",
    /// The document is larger than any that is read.
    TooLarge = "too_large",
    /// The server sends on to a place that is not gone to, or too often.
    Redirected = "redirected",
    /// The document does not read.
    Unreadable = "unreadable",
    /// A feed points to another site, which is not gone to unasked.
    LinkElsewhere = "link_elsewhere",
    /// A feed points to more messages than are remembered.
    TooManyLinks = "too_many_links",
    /// The folder cannot be read.
    FolderUnreadable = "folder_unreadable",
    /// A file in the folder cannot be read.
    FileUnreadable = "file_unreadable",
    /// There are more files in the folder than are followed.
    TooManyFiles = "too_many_files",
    /// What is known of events could not be written down.
    NotKept = "not_kept",
    /// What was known of events did not read; it begins anew.
    NotRead = "not_read",
    /// There is no room for more events.
    NoRoom = "no_room",
    /// A message of a feed cannot be cut out of it, to be handed on alone.
    NotCutOut = "not_cut_out",
}

/// Something that went wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// What sort of trouble; screens hold its words in every language.
    pub code: TroubleCode,
    /// Where: an address or a file.
    pub at: String,
    /// What exactly, for operators, in English.
    pub what: String,
    /// For how many seconds the server asks to be left alone.
    pub retry_after_s: Option<i64>,
}

impl Trouble {
    /// Notes trouble.
    pub(super) fn new(code: TroubleCode, at: impl Into<String>, what: impl fmt::Display) -> Self {
        let what = what.to_string().chars().take(500).collect();
        Self { code, at: at.into(), what, retry_after_s: None }
    }

    /// What an error of a request means.
    pub(super) fn of(error: &ureq::Error, address: &Address) -> Self {
        let is_of_io = |kind| matches!(error, ureq::Error::Io(io) if io.kind() == kind);
        let code = match error {
            ureq::Error::Timeout(_) => TroubleCode::TooSlow,
            ureq::Error::BodyExceedsLimit(_) => TroubleCode::TooLarge,
            ureq::Error::Tls(_) | ureq::Error::Rustls(_) | ureq::Error::TlsRequired => {
                TroubleCode::NotTrusted
            }
            // A handshake that fails comes as data that do not hold.
            _ if is_of_io(std::io::ErrorKind::InvalidData) => TroubleCode::NotTrusted,
            _ if is_of_io(std::io::ErrorKind::TimedOut) => TroubleCode::TooSlow,
            _ => TroubleCode::Unreachable,
        };
        Self::new(code, address.to_string(), error)
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: `{}`: {}", self.code.name(), self.at, self.what)
    }
}
