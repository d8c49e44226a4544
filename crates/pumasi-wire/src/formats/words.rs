//! Words and figures as the files for people write them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use pumasi_base::{Captions, Lang};
use pumasi_view::page::{EventLine, Spread};

/// The words that several formats share.
pub(crate) static SHARED: LazyLock<Table> =
    LazyLock::new(|| Table::read(include_str!("words.i18n.toml")));

/// A table of captions.
#[derive(Debug)]
pub(crate) struct Table(BTreeMap<String, Captions>);

impl Table {
    /// Reads a table; its test proves that it reads.
    pub(crate) fn read(text: &str) -> Self {
        Self(toml::from_str(text).unwrap_or_default())
    }

    /// The caption of a key; the key itself where there is none.
    pub(crate) fn say<'a>(&'a self, key: &'a str, lang: Lang) -> &'a str {
        self.0.get(key).map_or(key, |captions| captions.in_lang(lang))
    }

    /// The caption of a code under a prefix; the code itself where there is none.
    pub(crate) fn code<'a>(&'a self, prefix: &str, code: &'a str, lang: Lang) -> &'a str {
        let caption = self.0.get(&format!("{prefix}_{code}"));
        caption.map_or(code, |captions| captions.in_lang(lang))
    }

    /// The caption of a key with its places filled.
    ///
    /// It is walked once, so that what fills one place is never taken for another.
    pub(crate) fn fill(&self, key: &str, lang: Lang, fillings: &[(&str, &str)]) -> String {
        let mut rest = self.say(key, lang);
        let mut text = String::new();
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let Some((name, behind)) = after.split_once('}') else { break };
            let filling = fillings.iter().find(|(place, _)| *place == name);
            text.push_str(filling.map_or(name, |(_, filling)| filling));
            rest = behind;
        }
        text.push_str(rest);
        text
    }

    /// Whether it has a caption for a key.
    #[cfg(test)]
    pub(crate) fn holds(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }
}

/// A whole number in groups of three digits, as all four languages write figures.
pub(crate) fn number(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut grouped = String::from(if number < 0 { "-" } else { "" });
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A range: its central figure, with the low and the high end behind it.
pub(crate) fn range(spread: Spread, lang: Lang) -> String {
    let Spread { low, central, high } = spread;
    let (low, central, high) = (number(low), number(central), number(high));
    SHARED.fill("range", lang, &[("low", &low), ("central", &central), ("high", &high)])
}

/// A text with a note in the brackets of the language behind it.
pub(crate) fn noted(text: &str, note: &str, lang: Lang) -> String {
    SHARED.fill("noted", lang, &[("text", text), ("note", note)])
}

/// What an event is, in words: all its hazards.
pub(crate) fn hazards(event: &EventLine, lang: Lang) -> String {
    let words = event.hazards.iter().map(|hazard| SHARED.code("hazard", hazard, lang));
    words.collect::<Vec<_>>().join(SHARED.say("separator", lang))
}

/// A unit of goods by its UN/CEFACT Recommendation 20 code.
pub(crate) fn unit(code: &str, lang: Lang) -> &str {
    SHARED.code("unit", code, lang)
}

/// How hard a place was hit, out of what pages write: `6+`, `MMI 7`, `wind 25`, `flood severe`.
pub(crate) fn intensity(text: &str, lang: Lang) -> String {
    if text.is_empty() {
        return "–".to_owned();
    }
    let Some((scale, value)) = text.split_once(' ') else {
        let class = SHARED.code("class", text, lang);
        return SHARED.fill("intensity_jma", lang, &[("class", class)]);
    };
    match scale {
        "MMI" => text.to_owned(),
        "wind" => SHARED.fill("intensity_wind", lang, &[("speed", value)]),
        hazard => {
            let hazard = SHARED.code("hazard", hazard, lang);
            let degree = SHARED.code("degree", value, lang);
            SHARED.fill("intensity_warned", lang, &[("hazard", hazard), ("degree", degree)])
        }
    }
}

/// A time of a page to the minute, in UTC; as it stands where it is none.
pub(crate) fn moment(text: &str) -> String {
    let parts = text.get(..10).zip(text.get(11..16)).filter(|_| text.ends_with('Z'));
    parts.map_or_else(|| text.to_owned(), |(date, time)| format!("{date} {time} UTC"))
}

/// Decimal degrees, exactly.
pub(crate) fn degrees(micro: i32) -> String {
    let whole = micro.unsigned_abs();
    let sign = if micro < 0 { "-" } else { "" };
    let part = format!("{:06}", whole % 1_000_000);
    let part = part.trim_end_matches('0');
    let dot = if part.is_empty() { "" } else { "." };
    format!("{sign}{}{dot}{part}", whole / 1_000_000)
}

#[cfg(test)]
mod tests {
    use pumasi_hazard::{Degree, Hazard};

    use super::*;

    #[test]
    fn every_hazard_degree_and_unit_has_its_words() {
        for hazard in Hazard::ALL {
            let key = format!("hazard_{}", hazard.name());
            assert!(SHARED.holds(&key), "{key}");
            for lang in Lang::ALL {
                let words = SHARED.say(&key, lang);
                assert_eq!(Hazard::of_words(words), hazard, "{words} in {lang}");
            }
        }
        for degree in Degree::ALL {
            assert!(SHARED.holds(&format!("degree_{}", degree.name())), "{degree:?}");
        }
        for unit in ["EA", "LTR", "KGM", "DAY", "KWH"] {
            assert!(SHARED.holds(&format!("unit_{unit}")), "{unit}");
        }
    }

    #[track_caller]
    fn check(shown: &str, expected: &str) {
        assert_eq!(shown, expected);
    }

    #[test]
    fn figures_and_words_are_written_as_each_language_does() {
        check(&number(-1_234_567), "-1,234,567");
        check(&number(i64::MIN), "-9,223,372,036,854,775,808");
        check(&number(999), "999");
        check(&range(Spread { low: 5, central: 1000, high: 20 }, Lang::Ja), "1,000（5～20）");
        check(&degrees(37_500_000), "37.5");
        check(&degrees(-1), "-0.000001");
        check(&degrees(i32::MIN), "-2147.483648");
        check(&moment("2024-01-01T07:10:22Z"), "2024-01-01 07:10 UTC");
        check(&moment("soon"), "soon");
        check(&intensity("6+", Lang::Ja), "震度6強");
        check(&intensity("5-", Lang::Ko), "일본 기상청 진도 5약");
        check(&intensity("7", Lang::En), "JMA 7");
        check(&intensity("MMI 7", Lang::Zh), "MMI 7");
        check(&intensity("wind 25", Lang::Zh), "风速25米/秒以上");
        check(&intensity("wildfire severe", Lang::En), "Wildfire: severe");
        check(&intensity("", Lang::En), "–");
        check(&intensity("x y", Lang::En), "x: y");
    }

    #[test]
    fn what_fills_a_place_is_not_filled_again() {
        let text = SHARED.fill("range", Lang::En, &[("central", "{low}"), ("low", "1")]);
        check(&text, "{low} (1–high)");
    }
}
