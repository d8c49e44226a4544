//! Lines of words and figures, with a finding for each that is not as it must be.

#![expect(
    clippy::as_conversions,
    reason = "counts and whole figures stay below 2^53, and figures were asked to be whole and in range"
)]

use pumasi_flow::model::FIGURE_MAX;

use super::finding::{Code, Finding, Findings};

/// The lines of a text that hold anything, each with its number; none where it is no text.
pub(super) fn lines<'a>(
    bytes: &'a [u8],
    findings: &mut Findings,
) -> impl Iterator<Item = Line<'a>> + use<'a> {
    let text = std::str::from_utf8(bytes).unwrap_or_else(|_| {
        findings.add("", Code::NotText);
        ""
    });
    let lines = text.lines().enumerate().map(|(at, line)| Line { number: at + 1, text: line });
    lines.filter(|line| !line.text.trim().is_empty())
}

/// One line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    number: usize,
    text: &'a str,
}

impl<'a> Line<'a> {
    /// Its number, from 1.
    pub(super) const fn number(&self) -> usize {
        self.number
    }

    pub(super) fn place(&self) -> String {
        place(self.number)
    }

    pub(super) fn words(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        // Some copies part fields by commas or semicolons.
        self.text
            .split(|c: char| c.is_whitespace() || c == ',' || c == ';')
            .filter(|w| !w.is_empty())
    }

    pub(super) fn first(&self) -> &'a str {
        self.words().next().unwrap_or_default()
    }

    /// The figures after `skipped` words, if there are exactly `N`.
    pub(super) fn figures<const N: usize>(
        &self,
        skipped: usize,
        findings: &mut Findings,
    ) -> Option<[f64; N]> {
        let found = self.words().count();
        if found != N + skipped {
            let finding = Finding::new(self.place(), Code::FieldCount).with("wanted", N + skipped);
            findings.push(finding.with("found", found));
            return None;
        }
        let mut figures = [0.0; N];
        for (figure, word) in figures.iter_mut().zip(self.words().skip(skipped)) {
            match word.parse::<f64>() {
                Ok(number) if number.abs() <= FIGURE_MAX => *figure = number,
                Ok(number) if number.is_finite() => {
                    let finding = Finding::new(self.place(), Code::OutOfRange);
                    let finding = finding.with("least", -FIGURE_MAX).with("most", FIGURE_MAX);
                    findings.push(finding.with("found", word));
                    return None;
                }
                _ => {
                    findings.push(Finding::new(self.place(), Code::MustBeNumber));
                    return None;
                }
            }
        }
        Some(figures)
    }

    /// A number of the line as a count from 1 to `most`, made to start from 0.
    pub(super) fn position(
        &self,
        figure: f64,
        most: usize,
        findings: &mut Findings,
    ) -> Option<usize> {
        if figure.fract() != 0.0 || figure < 1.0 || figure > most as f64 {
            let finding = Finding::new(self.place(), Code::OutOfRange).with("least", 1);
            findings.push(finding.with("most", most).found(figure));
            return None;
        }
        Some(figure as usize - 1)
    }

    /// A number of the line that must be 0 or more.
    pub(super) fn least_0(&self, figure: f64, findings: &mut Findings) -> Option<f64> {
        if figure < 0.0 {
            let finding = Finding::new(self.place(), Code::TooSmall).with("least", 0);
            findings.push(finding.found(figure));
            return None;
        }
        Some(figure)
    }
}

/// The place of a line as findings say it.
pub(super) fn place(line: usize) -> String {
    format!("line {line}")
}

/// Tells where a list has another number of entries than stated.
pub(super) fn counted(list: &str, stated: usize, found: usize, findings: &mut Findings) {
    if stated != found {
        let finding = Finding::new("", Code::CountDiffers).with("list", list);
        findings.push(finding.with("stated", stated).with("found", found));
    }
}
