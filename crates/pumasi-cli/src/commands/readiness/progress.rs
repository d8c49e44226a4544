//! How far a run is: a bar on a terminal, a line now and then elsewhere.

use std::io::{IsTerminal as _, Write as _};
use std::time::Duration;

use pumasi_readiness::Progress;
use unicode_width::UnicodeWidthStr as _;

use crate::words::{Words, number};

/// Cells of the bar.
const CELLS: u64 = 24;
/// How often a line is told where there is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(15);

/// Shows progress on standard error, and wipes a bar away when dropped.
pub struct Bar<'w> {
    words: &'w Words,
    is_terminal: bool,
    /// Columns that are written on.
    shown: usize,
    /// When a line was told last, since the beginning; nothing before the first.
    told: Option<Duration>,
}

impl<'w> Bar<'w> {
    /// A bar that shows nothing yet.
    pub fn new(words: &'w Words) -> Self {
        let is_terminal = std::io::stderr().is_terminal();
        Self { words, is_terminal, shown: 0, told: None }
    }

    /// Shows how far the run is.
    pub fn show(&mut self, progress: &Progress) {
        let says = text(progress, self.words);
        let mut err = std::io::stderr();
        // Nothing is left to tell it to when standard error is gone.
        if self.is_terminal {
            let line = format!("{} {says}", cells(progress));
            let gap = " ".repeat(self.shown.saturating_sub(line.width()));
            self.shown = line.width();
            let _ = write!(err, "\r{line}{gap}").and_then(|()| err.flush());
        } else if self.told.is_none_or(|told| progress.elapsed >= told + LINE_EVERY) {
            self.told = Some(progress.elapsed);
            let _ = writeln!(err, "{says}");
        }
    }
}

impl Drop for Bar<'_> {
    fn drop(&mut self) {
        if self.shown > 0 {
            let _ = write!(std::io::stderr(), "\r{}\r", " ".repeat(self.shown));
        }
    }
}

fn cells(progress: &Progress) -> String {
    let full = (progress.done * CELLS).checked_div(progress.of).unwrap_or(CELLS).min(CELLS);
    let cell = |at: u64| if at < full { '█' } else { '░' };
    (0..CELLS).map(cell).collect()
}

fn text(progress: &Progress, words: &Words) -> String {
    let count = |of: u64| number(i64::try_from(of).unwrap_or(i64::MAX));
    let fillings = [("done", count(progress.done).into()), ("of", count(progress.of).into())];
    let far = words.say_with("readiness-progress", &fillings);
    let Some(left) = progress.left() else { return far };
    let minutes = i64::try_from(left.as_secs().div_ceil(60)).unwrap_or(i64::MAX);
    let left = if minutes >= 60 {
        let fillings = [("hours", (minutes / 60).into()), ("minutes", (minutes % 60).into())];
        words.say_with("readiness-left-hours", &fillings)
    } else {
        words.say_with("readiness-left", &[("minutes", minutes.into())])
    };
    format!("{far} · {left}")
}

#[cfg(test)]
mod tests {
    use pumasi_base::Lang;

    use super::*;

    #[track_caller]
    fn check(done: u64, done_before: u64, elapsed_s: u64, expected: &str) {
        let elapsed = Duration::from_secs(elapsed_s);
        let progress = Progress { done, done_before, of: 1200, elapsed };
        assert_eq!(text(&progress, &Words::load(Lang::En)), expected);
    }

    #[test]
    fn the_time_left_is_that_of_what_this_run_did() {
        check(0, 0, 5, "0 of 1,200 scenarios");
        check(200, 200, 5, "200 of 1,200 scenarios");
        check(600, 0, 600, "600 of 1,200 scenarios · about 10 min left");
        check(600, 540, 600, "600 of 1,200 scenarios · about 1 h 40 min left");
        check(1200, 0, 600, "1,200 of 1,200 scenarios · about 0 min left");
    }

    #[test]
    fn a_bar_fills_up() {
        let bar = |done, of| cells(&Progress { done, done_before: 0, of, elapsed: Duration::ZERO });
        assert_eq!(bar(0, 10).matches('█').count(), 0);
        assert_eq!(bar(5, 10).matches('█').count(), 12);
        assert_eq!(bar(10, 10).matches('█').count(), 24);
        assert_eq!(bar(0, 0).matches('█').count(), 24);
    }
}
