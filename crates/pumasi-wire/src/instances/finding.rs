//! What is wrong with an instance, or odd about it, and where.

use std::fmt::{self, Display};
use std::sync::LazyLock;

use pumasi_base::Lang;
use pumasi_flow::model::{Model, ModelParts};

use crate::formats::words::Table;

/// Most findings about one file; a last one says that there are more.
pub const FINDINGS_MAX: usize = 100;

static WORDS: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("words.i18n.toml")));

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)*) => {
        /// What can be found.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The code by which programs and captions name it.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }
        }
    };
}

codes! {
    /// The file is in no format known.
    UnknownFormat = "unknown_format",
    /// The file is no JSON from some point on.
    NotJson = "not_json",
    /// The file is no text.
    NotText = "not_text",
    /// A field is not in the format.
    UnknownField = "unknown_field",
    /// A field is given twice.
    FieldTwice = "field_twice",
    /// A field is missing.
    Missing = "missing",
    /// It must be a number.
    MustBeNumber = "must_be_number",
    /// It must be a whole number.
    MustBeWhole = "must_be_whole",
    /// It must be a text that is not empty.
    MustBeText = "must_be_text",
    /// It must be true or false.
    MustBeFlag = "must_be_flag",
    /// It must be a list.
    MustBeList = "must_be_list",
    /// It must be an object.
    MustBeObject = "must_be_object",
    /// It must be one exact text.
    MustSay = "must_say",
    /// A figure is too small.
    TooSmall = "too_small",
    /// A figure is outside its range.
    OutOfRange = "out_of_range",
    /// A list by period has another length.
    WrongLength = "wrong_length",
    /// It names something that is not there.
    UnknownName = "unknown_name",
    /// Two entries of a list have one id.
    IdTwice = "id_twice",
    /// A stretch ends before it begins.
    EmptyStretch = "empty_stretch",
    /// A list has more entries than are read.
    TooMany = "too_many",
    /// Written out, the file stands for more than is held.
    TooMuch = "too_much",
    /// A line begins with no word of the format.
    UnknownLine = "unknown_line",
    /// A line has another number of fields.
    FieldCount = "field_count",
    /// A file states another number of entries than it has.
    CountDiffers = "count_differs",
    /// What is given is not what is wanted.
    Unbalanced = "unbalanced",
    /// A lower bound exceeds the capacity.
    BoundsCross = "bounds_cross",
    /// An arc leads back to the node it leaves.
    LeadsBack = "leads_back",
    /// Amounts add up to more than can be counted exactly.
    SumTooLarge = "sum_too_large",
    /// Fixed charges were left out.
    ChargesLeftOut = "charges_left_out",
    /// The model refuses what no reader found.
    Contradiction = "contradiction",
    /// There are more findings than are told.
    More = "more",
}

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Where: the path of a JSON field, such as `links[3].capacity_t`, or `line 12`; empty where it
    /// is about the whole file.
    pub place: String,
    /// What.
    pub code: Code,
    fillings: Vec<(&'static str, String)>,
}

impl Finding {
    pub(super) fn new(place: impl Into<String>, code: Code) -> Self {
        Self { place: place.into(), code, fillings: Vec::new() }
    }

    pub(super) fn with(mut self, name: &'static str, filling: impl ToString) -> Self {
        self.fillings.push((name, filling.to_string()));
        self
    }

    /// A figure that was found, in a form people can read however large it is.
    pub(super) fn found(self, figure: f64) -> Self {
        let long = figure.abs() >= 1e21;
        self.with("found", if long { format!("{figure:e}") } else { figure.to_string() })
    }

    /// What was found in `lang`, without the place.
    #[must_use]
    pub fn caption(&self, lang: Lang) -> String {
        let fillings: Vec<(&str, &str)> =
            self.fillings.iter().map(|(name, filling)| (*name, filling.as_str())).collect();
        WORDS.fill(self.code.code(), lang, &fillings)
    }

    /// The place and what was found there, in `lang`.
    #[must_use]
    pub fn line(&self, lang: Lang) -> String {
        if self.place.is_empty() {
            return self.caption(lang);
        }
        let colon = if matches!(lang, Lang::Ja | Lang::Zh) { "：" } else { ": " };
        format!("{}{colon}{}", self.place, self.caption(lang))
    }
}

impl Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line(Lang::En))
    }
}

/// Collects findings, up to a limit.
#[derive(Debug, Default)]
pub(super) struct Findings {
    list: Vec<Finding>,
    more: usize,
}

impl Findings {
    pub(super) fn push(&mut self, finding: Finding) {
        if self.list.len() < FINDINGS_MAX { self.list.push(finding) } else { self.more += 1 }
    }

    pub(super) fn add(&mut self, place: impl Into<String>, code: Code) {
        self.push(Finding::new(place, code));
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many there are, those not kept included.
    pub(super) const fn len(&self) -> usize {
        self.list.len() + self.more
    }

    /// All, with a last one where some were not kept.
    pub(super) fn into_list(mut self) -> Vec<Finding> {
        if self.more > 0 {
            self.list.push(Finding::new("", Code::More).with("count", self.more));
        }
        self.list
    }
}

/// Where a text is no JSON, or not the JSON it must be.
pub(super) fn not_json(error: &serde_json::Error) -> Finding {
    let place = format!("line {}, column {}", error.line(), error.column());
    let why = error.to_string();
    let why = why.split_once(" at line ").map_or(why.as_str(), |(why, _)| why);
    Finding::new(place, Code::NotJson).with("why", why)
}

/// The model of `parts`, in which each site is a place; `None` where it refuses what no reader found.
pub(super) fn made(mut parts: ModelParts, findings: &mut Findings) -> Option<Model> {
    parts.group_by_site();
    match Model::new(parts) {
        Ok(model) => Some(model),
        Err(errors) => {
            for error in errors {
                findings.push(Finding::new("", Code::Contradiction).with("why", error));
            }
            None
        }
    }
}

/// How much a file may stand for when written out: figures by period and members of lanes and
/// networks, each of which takes eight bytes. So nobody fills a machine with a short file.
#[derive(Debug)]
pub(super) struct Budget {
    left: usize,
    most: usize,
}

impl Budget {
    /// What a file of `bytes` may stand for.
    pub(super) const fn of(bytes: usize) -> Self {
        let most = bytes.saturating_mul(16).saturating_add(1_000_000);
        Self { left: most, most }
    }

    /// Takes `count` off; `false`, with a finding, where it is not left.
    pub(super) fn take(&mut self, count: usize, findings: &mut Findings) -> bool {
        if let Some(left) = self.left.checked_sub(count) {
            self.left = left;
            return true;
        }
        if self.left > 0 {
            findings.push(Finding::new("", Code::TooMuch).with("most", self.most));
        }
        // Told once.
        self.left = 0;
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_words() {
        for code in Code::ALL {
            assert!(WORDS.holds(code.code()), "{code:?}");
        }
    }

    #[test]
    fn a_short_file_stands_for_little() {
        let (mut budget, mut findings) = (Budget::of(10), Findings::default());
        assert!(budget.take(1_000_000, &mut findings));
        assert!(!budget.take(161, &mut findings) && !budget.take(1, &mut findings));
        let told: Vec<String> = findings.into_list().iter().map(ToString::to_string).collect();
        assert_eq!(told, ["written out, the file stands for more than 1000160 figures"]);
    }

    #[test]
    fn a_finding_reads_in_each_language() {
        let finding = Finding::new("links[3].capacity_t", Code::TooSmall)
            .with("least", "0")
            .with("found", "-5");
        let lines = Lang::ALL.map(|lang| finding.line(lang));
        assert!(lines.contains(&"links[3].capacity_t: must be 0 or more, but is -5".to_owned()));
        assert!(
            lines.contains(&"links[3].capacity_t：0以上でなければなりませんが、-5です".to_owned())
        );
    }
}
