//! The words of the command in four languages, from `locales/<lang>/cli*.ftl`.

use std::ffi::OsString;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use pumasi_base::Lang;
use pumasi_node::view::page;
use unic_langid::LanguageIdentifier;

/// The language of one run, and everything the command can say in it.
pub struct Words {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

/// What stands for one placeholder of a message: a text, or a number that chooses its plural.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filling {
    /// A text, shown as it is.
    Text(String),
    /// A whole number, shown in groups of three digits.
    Number(i64),
}

impl From<&str> for Filling {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Filling {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<i64> for Filling {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}
impl From<u32> for Filling {
    fn from(number: u32) -> Self {
        Self::Number(i64::from(number))
    }
}
impl From<usize> for Filling {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

/// Placeholders with what stands for them.
pub type Fillings<'a> = &'a [(&'static str, Filling)];

const fn texts(lang: Lang) -> [&'static str; 7] {
    match lang {
        Lang::Ko => [
            include_str!("../../../locales/ko/cli.ftl"),
            include_str!("../../../locales/ko/cli-help.ftl"),
            include_str!("../../../locales/ko/cli-drill.ftl"),
            include_str!("../../../locales/ko/cli-identity.ftl"),
            include_str!("../../../locales/ko/cli-flow.ftl"),
            include_str!("../../../locales/ko/cli-readiness.ftl"),
            include_str!("../../../locales/ko/hazard.ftl"),
        ],
        Lang::Ja => [
            include_str!("../../../locales/ja/cli.ftl"),
            include_str!("../../../locales/ja/cli-help.ftl"),
            include_str!("../../../locales/ja/cli-drill.ftl"),
            include_str!("../../../locales/ja/cli-identity.ftl"),
            include_str!("../../../locales/ja/cli-flow.ftl"),
            include_str!("../../../locales/ja/cli-readiness.ftl"),
            include_str!("../../../locales/ja/hazard.ftl"),
        ],
        Lang::Zh => [
            include_str!("../../../locales/zh-Hans/cli.ftl"),
            include_str!("../../../locales/zh-Hans/cli-help.ftl"),
            include_str!("../../../locales/zh-Hans/cli-drill.ftl"),
            include_str!("../../../locales/zh-Hans/cli-identity.ftl"),
            include_str!("../../../locales/zh-Hans/cli-flow.ftl"),
            include_str!("../../../locales/zh-Hans/cli-readiness.ftl"),
            include_str!("../../../locales/zh-Hans/hazard.ftl"),
        ],
        Lang::En => [
            include_str!("../../../locales/en/cli.ftl"),
            include_str!("../../../locales/en/cli-help.ftl"),
            include_str!("../../../locales/en/cli-drill.ftl"),
            include_str!("../../../locales/en/cli-identity.ftl"),
            include_str!("../../../locales/en/cli-flow.ftl"),
            include_str!("../../../locales/en/cli-readiness.ftl"),
            include_str!("../../../locales/en/hazard.ftl"),
        ],
    }
}

impl Words {
    /// Loads the words of `lang`; the tests prove that its files read.
    #[must_use]
    pub fn load(lang: Lang) -> Self {
        let tag: LanguageIdentifier = lang.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new(vec![tag]);
        // Terminals show the marks that isolate directions as boxes, and no text here runs left.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(|value, _| match value {
            FluentValue::Number(number) => Some(group(&number.as_string())),
            _ => None,
        }));
        for text in texts(lang) {
            let resource = match FluentResource::try_new(text.to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
        Self { lang, bundle }
    }

    /// The language.
    #[must_use]
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// A message without placeholders.
    #[must_use]
    pub fn say(&self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// A message with its placeholders filled; the key itself when there is no such message.
    #[must_use]
    pub fn say_with(&self, key: &str, fillings: Fillings<'_>) -> String {
        self.find(key, fillings).unwrap_or_else(|| key.to_owned())
    }

    /// A message, or an attribute written `key.attribute`, when there is one.
    #[must_use]
    pub fn find(&self, key: &str, fillings: Fillings<'_>) -> Option<String> {
        let (id, attribute) = key.split_once('.').map_or((key, None), |(id, a)| (id, Some(a)));
        let message = self.bundle.get_message(id)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        let mut arguments = FluentArgs::new();
        for (name, filling) in fillings {
            match filling {
                Filling::Text(text) => arguments.set(*name, text.as_str()),
                Filling::Number(number) => arguments.set(*name, *number),
            }
        }
        let mut errors = Vec::new();
        Some(self.bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned())
    }

    /// The caption of a code of the API, such as an order's stage; the code itself when it is new.
    #[must_use]
    pub fn code(&self, sort: &str, code: &str) -> String {
        let key = format!("{sort}-{}", code.replace('_', "-"));
        self.find(&key, &[]).unwrap_or_else(|| code.to_owned())
    }

    /// A caption of the API in this language.
    #[must_use]
    pub fn of<'a>(&self, words: &'a page::Words) -> &'a str {
        match self.lang {
            Lang::Ko => &words.ko,
            Lang::Ja => &words.ja,
            Lang::Zh => &words.zh,
            Lang::En => &words.en,
        }
    }

    /// An exact amount with its unit.
    #[must_use]
    pub fn amount(&self, amount: &page::Amount) -> String {
        let (whole, part) = (amount.milli / 1000, (amount.milli % 1000).abs());
        let mut text = number(whole);
        if part != 0 {
            text.push('.');
            text.push_str(format!("{part:03}").trim_end_matches('0'));
        }
        self.with_unit(&text, &amount.unit)
    }

    /// A figure with the name of its unit, given by its UN/CEFACT code.
    #[must_use]
    pub fn with_unit(&self, figure: &str, unit: &str) -> String {
        let key = format!("amount-{}", unit.to_lowercase());
        let plain = || format!("{figure} {unit}");
        self.find(&key, &[("amount", figure.into())]).unwrap_or_else(plain)
    }

    /// A range with its central figure.
    #[must_use]
    pub fn spread(&self, low: i64, central: i64, high: i64) -> String {
        self.say_with(
            "spread",
            &[("low", low.into()), ("central", central.into()), ("high", high.into())],
        )
    }
}

/// A whole number in groups of three digits, as all four languages write figures in tables.
#[must_use]
pub fn number(number: i64) -> String {
    group(&number.to_string())
}

fn group(text: &str) -> String {
    let (sign, rest) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, part) = rest.split_once('.').map_or((rest, None), |(w, p)| (w, Some(p)));
    let mut grouped = String::from(sign);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if let Some(part) = part {
        grouped.push('.');
        grouped.push_str(part);
    }
    grouped
}

/// An instant of the API to the minute; other texts stay as they are.
#[must_use]
pub fn moment(text: &str) -> String {
    let Ok(time) = text.parse::<pumasi_base::Time>() else { return text.to_owned() };
    let exact = time.to_string();
    let minute = exact.get(..16).unwrap_or(&exact).replace('T', " ");
    format!("{minute} UTC")
}

/// The language asked for: `--lang` before the environment's `LC_ALL`, `LC_MESSAGES` and `LANG`.
///
/// It is needed before the arguments are parsed, since their faults are told in it. A language that
/// is none of ours is left to the parser to complain of.
#[must_use]
pub fn language(arguments: &[OsString], variable: impl Fn(&str) -> Option<String>) -> Lang {
    let mut arguments = arguments.iter().map(|argument| argument.to_string_lossy());
    while let Some(argument) = arguments.next() {
        let given = match argument.strip_prefix("--lang") {
            Some("") => arguments.next().map(std::borrow::Cow::into_owned),
            Some(rest) => rest.strip_prefix('=').map(ToOwned::to_owned),
            None if argument == "--" => break,
            None => None,
        };
        if let Some(lang) = given.and_then(|given| given.parse().ok()) {
            return lang;
        }
    }
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| variable(name).filter(|value| !value.is_empty()))
        .map_or(Lang::En, |locale| Lang::from_locale(&locale))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn keys(lang: Lang) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        for text in texts(lang) {
            FluentResource::try_new(text.to_owned())
                .unwrap_or_else(|(_, errors)| panic!("{lang}: {errors:?}"));
            let mut message = "";
            for line in text.lines() {
                let Some((name, _)) = line.split_once('=') else { continue };
                let name = name.trim_end();
                if let Some(attribute) = name.trim_start().strip_prefix('.') {
                    assert!(keys.insert(format!("{message}.{attribute}")), "{lang}: {name} twice");
                } else if line.starts_with(char::is_alphabetic) {
                    message = name;
                    assert!(keys.insert(name.to_owned()), "{lang}: {name} twice");
                }
            }
        }
        keys
    }

    #[test]
    fn every_language_says_the_same_things() {
        let english = keys(Lang::En);
        assert!(english.len() > 200, "{}", english.len());
        for lang in Lang::ALL {
            let here = keys(lang);
            let apart: Vec<_> = english.symmetric_difference(&here).collect();
            assert!(apart.is_empty(), "{lang}: {apart:?}");
        }
    }

    /// Every key that stands in the source as `say("…")`, `say_with("…"`, or as a failure's code.
    fn keys_used() -> BTreeSet<String> {
        let mut used = BTreeSet::new();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
        let mut folders = vec![std::path::PathBuf::from(folder)];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let text = std::fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(test)]").next().unwrap();
                let joined: String = code.split_whitespace().collect::<Vec<_>>().join("");
                for opening in ["say(\"", "say_with(\"", "Failure::new(\""] {
                    for rest in joined.split(opening).skip(1) {
                        used.insert(rest.split('"').next().unwrap().to_owned());
                    }
                }
            }
        }
        used
    }

    #[test]
    fn everything_the_source_says_has_its_words() {
        let known = keys(Lang::En);
        let used = keys_used();
        assert!(used.len() > 60, "{}", used.len());
        let unknown: Vec<_> = used.iter().filter(|key| !known.contains(*key)).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }

    #[track_caller]
    fn check(arguments: &str, environment: &[(&str, &str)], expected: Lang) {
        let arguments: Vec<OsString> = arguments.split(' ').map(OsString::from).collect();
        let variable = |name: &str| {
            environment.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        };
        assert_eq!(language(&arguments, variable), expected);
    }

    #[test]
    fn the_flag_beats_the_environment() {
        check("pumasi", &[], Lang::En);
        check("pumasi", &[("LANG", "ko_KR.UTF-8")], Lang::Ko);
        check("pumasi", &[("LANG", "ko_KR.UTF-8"), ("LC_ALL", "ja_JP.UTF-8")], Lang::Ja);
        check("pumasi", &[("LANG", "ko_KR.UTF-8"), ("LC_ALL", "")], Lang::Ko);
        check("pumasi", &[("LC_MESSAGES", "zh_CN"), ("LANG", "C")], Lang::Zh);
        check("pumasi --lang=ja case list", &[("LANG", "ko_KR")], Lang::Ja);
        check("pumasi case list --lang zh-Hans", &[("LANG", "ko_KR")], Lang::Zh);
        check("pumasi case --lang klingon", &[("LANG", "ko_KR")], Lang::Ko);
        check("pumasi -- --lang ja", &[("LANG", "ko_KR")], Lang::Ko);
    }

    #[test]
    fn numbers_and_amounts_read_well() {
        for (given, expected) in
            [(0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567")]
        {
            assert_eq!(number(given), expected);
        }
        let amount = page::Amount { milli: 1_200_500, unit: "LTR".into() };
        assert_eq!(Words::load(Lang::En).amount(&amount), "1,200.5 L");
        assert_eq!(Words::load(Lang::Ko).amount(&amount), "1,200.5L");
        assert_eq!(moment("2024-01-01T07:10:33.5Z"), "2024-01-01 07:10 UTC");
        assert_eq!(moment("soon"), "soon");
    }
}
