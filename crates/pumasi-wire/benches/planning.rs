//! Times planning on instances: the plan, closing everything that could be closed, and planning
//! again after something used is closed or a need doubles.
//!
//! `cargo bench -p pumasi-wire --bench planning -- FILE…` prints one line of JSON for each file;
//! with `--draw FIRST LAST FOLDER` it draws instances of the reference family into files instead.
//! `cargo xtask peers` runs it beside the solvers of others. Seconds are of the processor's time of
//! one thread, reading excluded, building the model included.

#![expect(clippy::expect_used, clippy::panic, reason = "a bench that cannot go on ends")]

use std::time::Duration;

use pumasi_flow::counterfactual::{Closeness, Proof, sweep};
use pumasi_flow::generate::region::{Draw, draw};
use pumasi_flow::optimum::{Alteration, Effort, Optimiser};
use pumasi_wire::instances::{Format, json, parse};

fn main() {
    // Cargo hands `--bench` on to every bench.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--draw", first, last, folder] => {
            let bounds = (first.parse::<u64>(), last.parse::<u64>());
            let (Ok(first), Ok(last)) = bounds else { panic!("`{first}` to `{last}` is no range") };
            for scenario in first..=last {
                let said = draw(Draw { scenario, ..Draw::default() });
                let file = format!("{folder}/scenario-{scenario}.json");
                std::fs::write(&file, json::write(&said)).expect("the folder can be written to");
            }
        }
        files => files.iter().for_each(|file| measure(file)),
    }
}

/// Measures what this thread was given of the processor, which other work does not make longer.
struct Clock(Duration);

impl Clock {
    fn start() -> Self {
        Self(Self::now())
    }

    fn seconds(&self) -> f64 {
        (Self::now() - self.0).as_secs_f64()
    }

    #[cfg(unix)]
    fn now() -> Duration {
        use rustix::time::{ClockId, clock_gettime};
        let now = clock_gettime(ClockId::ThreadCPUTime);
        Duration::try_from(now).expect("no thread has run for less than nothing")
    }

    /// Where the system is not asked for that: the time on the wall.
    #[cfg(not(unix))]
    fn now() -> Duration {
        use std::sync::OnceLock;
        use std::time::Instant;
        static FIRST: OnceLock<Instant> = OnceLock::new();
        FIRST.get_or_init(Instant::now).elapsed()
    }
}

fn measure(file: &str) {
    let bytes = std::fs::read(file).expect("the file can be read");
    let format = Format::of(&bytes).expect("the file is of a known format");
    let parsed = parse(&bytes, format);
    let started = Clock::start();
    let instance = parsed.build().unwrap_or_else(|findings| panic!("{findings:?}"));
    let mut optimiser = Optimiser::new(&instance.model);
    let base = optimiser.settle(&Effort::default());
    let seconds = started.seconds();
    let cases = closings(&instance.model);
    let standing = optimiser.clone();
    let started = Clock::start();
    let effects = sweep(&mut optimiser, &base, &cases, &Closeness::default());
    let sweep_seconds = started.seconds();
    let proved = |proof| effects.iter().filter(|effect| effect.proof == proof).count();
    let used = cases.iter().zip(&effects).filter(|(_, effect)| effect.proof != Proof::Unused);
    let closed = replanning(&standing, used.map(|(case, _)| case.as_slice()).step_by(3));
    let needs = 0..instance.model.parts().needs.len();
    let doubled: Vec<Alteration> = needs.map(|need| Alteration::ScaleNeed(need, 2.0)).collect();
    let doubled = replanning(&standing, doubled.chunks(1).step_by(3));
    println!(
        "{{\"file\":{file:?},\"objective\":{:?},\"gap\":{:?},\"seconds\":{seconds:?},\"cases\":{},\"unused\":{},\"rerouted\":{},\"planned\":{},\"sweep_seconds\":{sweep_seconds:?},\"replanning_median\":{closed:?},\"doubled_median\":{doubled:?}}}",
        base.objective,
        (base.objective - base.bound).max(0.0) / base.objective.abs().max(f64::MIN_POSITIVE),
        cases.len(),
        proved(Proof::Unused),
        proved(Proof::Rerouted),
        proved(Proof::Planned),
    );
}

/// Every link closed, both ways together, and every permit or agreement suspended.
fn closings(model: &pumasi_flow::model::Model) -> Vec<Vec<Alteration>> {
    let parts = model.parts();
    // Both kinds of files list the way back of a link right after it.
    let mut links: Vec<Vec<usize>> = Vec::new();
    let mut last = None;
    for arc in &parts.arcs {
        match (last, links.last_mut()) {
            (Some(ends), Some(link)) if ends == (arc.to, arc.from) => {
                link.extend(&arc.limits);
                last = None;
            }
            _ => {
                links.push(arc.limits.clone());
                last = Some((arc.from, arc.to));
            }
        }
    }
    let close = |limits: Vec<usize>| {
        limits.into_iter().map(|limit| Alteration::ScaleLimit(limit, 0.0)).collect()
    };
    let mut cases: Vec<Vec<Alteration>> = links.into_iter().map(close).collect();
    for network in 0..parts.networks.len() {
        let lanes = (0..parts.lanes.len())
            .filter(|lane| parts.lanes.get(*lane).is_some_and(|lane| lane.network == network));
        cases.push(lanes.map(Alteration::CloseLane).collect());
    }
    cases
}

/// The median of the seconds that planning anew takes, the change itself included, each time from
/// where the plan as things are was found.
fn replanning<'a>(standing: &Optimiser, changes: impl Iterator<Item = &'a [Alteration]>) -> f64 {
    let mut seconds = Vec::new();
    for change in changes {
        let mut optimiser = standing.clone();
        let started = Clock::start();
        for alteration in change {
            optimiser.alter(alteration);
        }
        optimiser.settle(&Effort::default());
        seconds.push(started.seconds());
    }
    seconds.sort_by(f64::total_cmp);
    seconds.get(seconds.len() / 2).copied().unwrap_or(0.0)
}
