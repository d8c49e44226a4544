//! Runs on the catalog and agreements of this repository: what is the same whatever the number of
//! threads and shards and however often it is interrupted, and what the figures must obey.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use pumasi_agreement::Agreement;
use pumasi_base::Catalog;
use pumasi_hazard::{Estimator, Factors};
use pumasi_readiness::rows::{EffectRow, GiverRow, LinkRow, NeedRow, ScenarioRow};
use pumasi_readiness::table::{Row, Table};
use pumasi_readiness::{
    Ended, Job, Manifest, Report, Run, Shard, Which, World, case, merge, report, run,
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let entries = std::fs::read_dir(root().join(folder)).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == ending));
    paths.sort();
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())).collect()
}

fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| world_with(|_| {}))
}

/// The world of this repository with other facts.
fn world_with(change: impl FnOnce(&mut Catalog)) -> World {
    let texts = [files("catalog", "toml"), files("catalog/places", "csv")].concat();
    let texts: Vec<_> = texts.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    let mut catalog = Catalog::read(&texts).unwrap_or_else(|errors| panic!("{errors:?}"));
    change(&mut catalog);
    let estimator = Estimator::new(&catalog, Factors::standard());
    let read = |(name, text): &(String, String)| pumasi_agreement::read(name, text).unwrap();
    let library: Vec<Agreement> = files("agreements", "toml").iter().map(read).collect();
    World::new(catalog, estimator, &library, Vec::new()).unwrap()
}

fn job(scenarios: u64, counterfactuals: Which) -> Job {
    Job {
        scenarios,
        seed: 1,
        year: 2026,
        season: None,
        drills: false,
        periods: 6,
        period_hours: 12,
        delay_hours: 6,
        commodities: ["drinking_water", "blanket"].map(|id| id.parse().unwrap()).into(),
        unreachable: std::collections::BTreeSet::new(),
        drafts: true,
        counterfactuals,
        world: world().digest(),
    }
}

fn go(job: &Job, shard: &str, threads: usize, folder: &Path) -> Ended {
    let stop = AtomicBool::new(false);
    let shard: Shard = shard.parse().unwrap();
    run(&Run { world: world(), job, shard, folder, threads, stop: &stop }, &mut |_| {}).unwrap()
}

/// Every file of a finished run with its bytes.
fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    let entries = std::fs::read_dir(folder.join("tables")).unwrap();
    for path in entries.map(|entry| entry.unwrap().path()).chain([folder.join("manifest.json")]) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        all.insert(name, std::fs::read(&path).unwrap());
    }
    all
}

#[test]
fn threads_shards_and_interruptions_change_no_byte() {
    let place = tempfile::tempdir().unwrap();
    let folder = |name: &str| place.path().join(name);
    let job = job(7, Which::Agreements);
    assert!(matches!(go(&job, "1/1", 1, &folder("one")), Ended::Complete(_)));
    let expected = bytes(&folder("one"));
    assert_eq!(expected.len(), 13, "six tables twice and the manifest");

    go(&job, "1/1", 2, &folder("two"));
    assert_eq!(bytes(&folder("two")), expected);

    let shards: Vec<PathBuf> = (1..=3).map(|n| folder(&format!("shard-{n}"))).collect();
    for (number, shard) in (1..).zip(&shards) {
        go(&job, &format!("{number}/3"), 1, shard);
    }
    let turned: Vec<PathBuf> = shards.iter().rev().cloned().collect();
    merge(&turned, &folder("merged")).unwrap();
    assert_eq!(bytes(&folder("merged")), expected);

    // Stopped once after the first scenario and once after some more.
    let stop = AtomicBool::new(false);
    for after in [1, 4] {
        stop.store(false, Ordering::SeqCst);
        let whole = Shard::WHOLE;
        let resumed = folder("resumed");
        let run_ = Run {
            world: world(),
            job: &job,
            shard: whole,
            folder: &resumed,
            threads: 1,
            stop: &stop,
        };
        let ended = run(&run_, &mut |progress| {
            if progress.done >= after {
                stop.store(true, Ordering::SeqCst);
            }
        });
        let Ended::Stopped(progress) = ended.unwrap() else { panic!("it was not stopped") };
        assert!((after..7).contains(&progress.done), "{progress:?}");
        let done = Manifest::read(&folder("resumed")).unwrap().done;
        assert_eq!(done, progress.done);
    }
    go(&job, "1/1", 2, &folder("resumed"));
    assert_eq!(bytes(&folder("resumed")), expected);
    // What is done is not done again.
    assert!(matches!(go(&job, "1/1", 1, &folder("resumed")), Ended::Complete(_)));

    let refused = |shards: &[PathBuf]| {
        let error = merge(shards, &folder("no")).unwrap_err().to_string();
        assert!(!folder("no").exists(), "{error}");
        error.replace(&place.path().display().to_string(), "")
    };
    let [one, two, three] = shards.try_into().unwrap();
    assert_eq!(refused(&[]), "no shards are given");
    assert_eq!(refused(&[one.clone(), three.clone()]), "shard 2/3 is missing");
    assert_eq!(refused(&[one.clone(), two.clone()]), "shard 3/3 is missing");
    let twice = refused(&[one.clone(), two.clone(), two.clone()]);
    assert_eq!(twice, "`/shard-2` is shard 2/3, which does not go with the others");
    let mixed = refused(&[one.clone(), folder("one")]);
    assert!(mixed.contains("which does not go with the others"), "{mixed}");
    std::fs::write(two.join("tables/needs.parquet"), b"PAR1").unwrap();
    assert_eq!(refused(&[one, two, three]), "`/shard-2/tables/needs.parquet` is damaged");
}

#[test]
fn a_folder_takes_one_job_from_one_process() {
    let place = tempfile::tempdir().unwrap();
    let first = job(1, Which::None);
    go(&first, "1/1", 1, place.path());
    let stop = AtomicBool::new(false);
    let say = |job: &Job, shard: &str| {
        let (shard, folder) = (shard.parse().unwrap(), place.path());
        let run_ = Run { world: world(), job, shard, folder, threads: 1, stop: &stop };
        run(&run_, &mut |_| {}).unwrap_err().to_string()
    };
    assert!(say(&job(2, Which::None), "1/1").contains("not job"));
    assert!(say(&first, "1/2").contains("shard 1/1, not job"));
    let lock = std::fs::File::create(place.path().join("lock")).unwrap();
    lock.try_lock().unwrap();
    assert!(say(&first, "1/1").starts_with("another process works in"));
}

fn of<R: Row>(tables: &[Table]) -> Vec<R> {
    tables.iter().flat_map(Table::rows::<R>).collect()
}

/// The rows of the first scenarios in which something stays unmet.
fn cases(job: &Job, count: usize) -> Vec<Vec<Table>> {
    let draw = world().draw(job);
    let mut found = Vec::new();
    for (rank, item) in (0..).zip(&world().items(job).items) {
        let tables = case::run(world(), job, &draw, rank, item).unwrap();
        if of::<ScenarioRow>(&tables).iter().any(|row| row.burden_milli > 0) {
            found.push(tables);
        }
        if found.len() == count {
            break;
        }
    }
    assert_eq!(found.len(), count);
    found
}

#[test]
fn figures_add_up_and_nothing_helps_that_is_taken_away() {
    let (mut suspended, mut added) = (0, 0);
    for tables in cases(&job(60, Which::All), 4) {
        let [scenario] = of::<ScenarioRow>(&tables).try_into().unwrap();
        assert!(scenario.bound_milli <= scenario.objective_milli);
        assert!(scenario.burden_milli <= scenario.burden_without_milli);
        let needs: Vec<NeedRow> = of(&tables);
        let base: Vec<_> = needs.iter().filter(|row| row.world == "base").collect();
        let burden: i64 = base.iter().map(|row| row.unmet * row.weight * 1000).sum();
        let weights: i64 = base.iter().map(|row| row.weight * 1000).sum();
        assert!((burden - scenario.burden_milli).abs() <= weights, "rounded by a unit each");
        let without: i64 = base.iter().map(|row| row.without * row.weight * 1000).sum();
        assert_eq!(without, scenario.burden_without_milli);
        assert!(base.iter().all(|row| row.half_h.unwrap_or(99) <= row.ninety_h.unwrap_or(99)));
        let units: i64 = of::<GiverRow>(&tables).iter().map(|row| row.units).sum();
        assert!(units > 0);
        let effects: Vec<EffectRow> = of(&tables);
        for row in &effects {
            let is_addition = row.counterfactual.starts_with("add:");
            assert!(row.least_milli <= row.most_milli, "{row:?}");
            let bad = if is_addition { row.most_milli > 0 } else { row.least_milli < 0 };
            assert!(!bad, "{row:?}");
        }
        suspended += effects.iter().filter(|r| r.counterfactual.starts_with("suspend:")).count();
        added += effects.iter().filter(|r| r.counterfactual.starts_with("add:")).count();
        let told: Vec<_> = needs.iter().filter(|row| row.world == "cut-national-ties").collect();
        assert_eq!(told.len(), base.len(), "what local ties deliver is told of every need");
    }
    assert!(suspended > 0 && added > 0);
}

/// An effect told by a warm optimiser, candidates in the model but closed, is that of the problem
/// planned anew from nothing.
#[test]
fn effects_are_those_of_problems_planned_anew() {
    use pumasi_flow::optimum::{Effort, optimise};
    use pumasi_flow::posed::Posed;
    use pumasi_view::readiness::apply;

    let job = job(60, Which::All);
    let draw = world().draw(&job);
    let tables = cases(&job, 2).pop().unwrap();
    let [row] = of::<ScenarioRow>(&tables).try_into().unwrap();
    let items = world().items(&job).items;
    let item = items.get(usize::try_from(row.scenario).unwrap()).unwrap();
    let posed = world().posed(&job, &draw, item).unwrap();
    let objective = |problem: &pumasi_flow::Problem| {
        let numbers = Posed::new(problem).unwrap();
        let mut optimiser = pumasi_flow::optimum::Optimiser::new(&numbers.model);
        for lane in &numbers.closed {
            optimiser.alter(&pumasi_flow::optimum::Alteration::CloseLane(*lane));
        }
        let exact = Effort { gap: 1e-9, ..Effort::default() };
        assert!(
            optimise(&numbers.model, &exact).objective <= optimiser.settle(&exact).objective + 1.0
        );
        optimiser.settle(&exact).objective * 1000.0
    };
    let base = objective(&posed.problem);
    let as_float = |milli: i64| f64::from(i32::try_from(milli / 1000).unwrap()) * 1000.0;
    assert!((base - as_float(row.objective_milli)).abs() <= base * 2e-6 + 2000.0);
    let effects: BTreeMap<String, EffectRow> =
        of::<EffectRow>(&tables).into_iter().map(|row| (row.counterfactual.clone(), row)).collect();
    assert_eq!(effects.len(), posed.counterfactuals.len());
    let mut held = 0;
    for asked in &posed.counterfactuals {
        let row = effects.get(&asked.to_string()).unwrap();
        // Of hundreds that are told unused, some; of those that were planned, all.
        if row.proof == "unused" && held % 5 != 0 {
            held += 1;
            continue;
        }
        held += 1;
        let truth = objective(&apply(&posed.problem, asked).unwrap()) - base;
        let slack = base * 3e-6 + 3000.0;
        let (least, most) = (as_float(row.least_milli), as_float(row.most_milli));
        assert!(least - slack <= truth && truth <= most + slack, "{asked}: {truth} of {row:?}");
    }
}

#[test]
fn a_report_tells_everything_with_its_sample_and_interval() {
    let place = tempfile::tempdir().unwrap();
    let job = job(25, Which::All);
    go(&job, "1/1", 2, place.path());
    let costs: BTreeMap<String, i64> = world()
        .catalog()
        .candidates
        .values()
        .map(|candidate| (candidate.id.to_string(), candidate.cost_usd_a_year))
        .collect();
    let told: Report = report(place.path(), &costs).unwrap();
    assert_eq!(told.sample.scenarios, 25);
    assert!(0 < told.sample.harmful && told.sample.harmful <= 25);
    assert!(told.sample.effective <= 25 && told.sample.yearly_micro > 0);
    let commodities: Vec<_> = told.unmet.iter().map(|line| line.commodity.as_deref()).collect();
    assert_eq!(commodities, [None, Some("blanket"), Some("drinking_water")]);
    for (base, local) in told.unmet.iter().zip(&told.local) {
        assert_eq!(base.commodity, local.commodity);
        assert!(base.share_ppm.value <= local.share_ppm.value, "local ties alone deliver less");
        assert!(base.share_ppm.low <= base.share_ppm.value);
        assert_eq!(base.quantiles_ppm.len(), 3);
        let hours = |line: &pumasi_readiness::report::UnmetLine| {
            line.half_h.iter().map(|q| q.value.unwrap_or(i64::MAX)).collect::<Vec<_>>()
        };
        // The least burden in all is no promise that half of each comes by an earlier hour.
        assert!(hours(base).is_sorted() && hours(local).is_sorted());
        assert!(base.commodity.is_some() || hours(base) <= hours(local));
    }
    for scope in ["jp", "kr", "cn"] {
        let shares =
            told.dependence.iter().filter(|l| l.scope == scope && l.commodity == "blanket");
        let sum: i64 = shares.map(|line| line.share_ppm.value).sum();
        assert!(sum == 0 || (900_000..=1_000_100).contains(&sum), "{scope}: {sum}");
    }
    assert!(!told.steps.is_empty() && !told.cuts.is_empty());
    let ranks: Vec<i64> = told.steps.iter().map(|line| line.rank.value).collect();
    assert!(ranks.is_sorted() && ranks.first() == Some(&1));
    for line in &told.steps {
        assert!(line.share_ppm.value >= 0 && line.cost_usd_a_year.is_some());
        assert!(line.rank.low <= line.rank.value && line.rank.value <= line.rank.high);
    }
    let again = report(place.path(), &costs).unwrap();
    assert_eq!(serde_json::to_string(&again).unwrap(), serde_json::to_string(&told).unwrap());
    what_places_go_without_adds_up(&told);
    let text = pumasi_readiness::report::csv(&told);
    let mut lines = csv::Reader::from_reader(text.as_bytes());
    let lines: Vec<csv::StringRecord> = lines.records().map(Result::unwrap).collect();
    let sections: std::collections::BTreeSet<&str> = lines.iter().map(|line| &line[0]).collect();
    for section in ["unmet", "local", "dots", "places", "places_in", "dependence", "steps", "cuts"]
    {
        assert!(sections.contains(section), "{section} is missing");
    }
    assert!(lines.iter().all(|line| line[8].parse::<u64>().is_ok()));
}

/// Places and worlds are told of in several lists, which must say the same.
fn what_places_go_without_adds_up(told: &Report) {
    for line in &told.dots {
        let later = |dot: &Option<i64>| dot.unwrap_or(i64::MAX);
        for dots in [&line.share_ppm, &line.half_h, &line.ninety_h] {
            assert!(dots.len() == 20 && dots.iter().map(later).is_sorted(), "{line:?}");
        }
    }
    let in_world = |world: &str| {
        let lines = told.places_in.iter().filter(|line| line.world == world);
        lines.map(|line| (line.place.clone(), line)).collect::<BTreeMap<_, _>>()
    };
    let base = in_world("base");
    for (place, line) in &base {
        let of_place = told.places.iter().filter(|line| line.place == *place);
        let sum: i64 = of_place.map(|line| line.person_days_a_year.value).sum();
        // Each commodity is rounded by itself.
        assert!(line.person_days_a_year.value.abs_diff(sum) <= 2, "{line:?} is not {sum}");
        assert_eq!(line.change.value, 0);
    }
    for line in &told.places_in {
        let before = base.get(&line.place).unwrap().person_days_a_year.value;
        let after = line.person_days_a_year.value;
        assert!(after.abs_diff(before + line.change.value) <= 1, "{line:?} after {before}");
    }
    let gained = |world: &str| in_world(world).values().map(|line| line.change.value).sum::<i64>();
    assert!(gained("cut-national-ties") > 0, "local ties alone deliver less");
    let helps = told.steps.iter().filter(|step| step.person_days_a_year.low > 0);
    for step in helps {
        let gained = -gained(&format!("add:{}", step.candidate));
        let saved = step.person_days_a_year;
        // What is saved counts the cost of transport too, and its ends are known to a thousandth.
        let slack = saved.value / 20 + 2;
        let places = saved.low - slack..=saved.high + slack;
        assert!(places.contains(&gained), "{step:?} is not {gained}");
    }
}

/// Eastern Japan gives no electricity of its own: what it gets comes over the converters.
#[test]
fn a_line_between_grids_shows_in_what_a_region_depends_on() {
    let line = "grid-jp-east--jp-west";
    let world = world_with(|catalog| {
        catalog.stocks.retain(|stock| !["grid-jp-east", "grid-jp-01"].contains(&stock.at.as_str()));
    });
    let energy = ["electricity", "diesel"].map(|id| id.parse().unwrap());
    let job = Job { commodities: energy.into(), world: world.digest(), ..job(200, Which::Links) };
    let draw = world.draw(&job);
    let mut told = 0;
    for (rank, item) in (0..).zip(&world.items(&job).items) {
        let tables = case::run(&world, &job, &draw, rank, item).unwrap();
        let sent = of::<LinkRow>(&tables).into_iter();
        let sent = sent.filter(|row| row.link == line && row.commodity == "electricity");
        let units: i64 = sent.map(|row| row.units).sum();
        let effects = of::<EffectRow>(&tables);
        // Where nothing is needed, or the line is down anyway, nobody asks.
        let name = format!("cut:{line}");
        let Some(cut) = effects.iter().find(|row| row.counterfactual == name) else {
            assert_eq!(units, 0);
            continue;
        };
        // What nothing goes over harms nobody when it is cut.
        assert!(units > 0 || cut.least_milli == 0, "{units} {cut:?}");
        let givers = of::<GiverRow>(&tables).into_iter();
        let from_west =
            givers.filter(|row| row.commodity == "electricity" && row.giver == "jp-meti");
        assert!(units == 0 || from_west.map(|row| row.units).sum::<i64>() >= units);
        told += usize::from(units > 0 && cut.least_milli > 0);
        if told == 3 {
            return;
        }
    }
    panic!("only {told} scenarios need the line");
}
