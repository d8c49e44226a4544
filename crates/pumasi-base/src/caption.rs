//! Words for people, always in all four languages.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language Pumasi speaks; written as its BCP 47 tag.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default,
)]
pub enum Lang {
    /// Korean.
    #[serde(rename = "ko")]
    Ko,
    /// Japanese.
    #[serde(rename = "ja")]
    Ja,
    /// Chinese in simplified characters.
    #[serde(rename = "zh-Hans")]
    Zh,
    /// English.
    #[default]
    #[serde(rename = "en")]
    En,
}

impl Lang {
    /// Every language, in the order pages list them.
    pub const ALL: [Self; 4] = [Self::Ko, Self::Ja, Self::Zh, Self::En];

    /// The BCP 47 tag, which is also the folder name under `locales/`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Ko => "ko",
            Self::Ja => "ja",
            Self::Zh => "zh-Hans",
            Self::En => "en",
        }
    }

    /// The language a POSIX locale or BCP 47 tag asks for, English when it is none of ours.
    #[must_use]
    pub fn from_locale(locale: &str) -> Self {
        match locale.get(..2) {
            Some("ko") => Self::Ko,
            Some("ja") => Self::Ja,
            Some("zh") => Self::Zh,
            _ => Self::En,
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Lang {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|lang| lang.tag() == text)
            .ok_or_else(|| format!("`{text}` is no language of Pumasi: use ko, ja, zh-Hans or en"))
    }
}

/// One caption in the four languages; none can be left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Captions {
    /// Korean.
    pub ko: String,
    /// Japanese.
    pub ja: String,
    /// Chinese in simplified characters.
    #[serde(rename = "zh-Hans")]
    pub zh: String,
    /// English.
    pub en: String,
}

impl Captions {
    /// The caption in `lang`.
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ko => &self.ko,
            Lang::Ja => &self.ja,
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// The languages whose caption is blank.
    #[must_use]
    pub fn missing(&self) -> Vec<Lang> {
        Lang::ALL.into_iter().filter(|lang| self.in_lang(*lang).trim().is_empty()).collect()
    }
}
