//! `pumasi readiness` as processes: parts that are merged, a run that is stopped and goes on, and
//! what a report says.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

/// A small job: three periods of a day, two goods.
const JOB: &str = "readiness run --lang en --seed 1 --scenarios 8 --periods 3 --hours 24 \
    --commodities drinking_water,blanket --drafts --counterfactuals candidates --threads 1";

fn start(folder: &Path, arguments: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_pumasi"))
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn call(folder: &Path, arguments: &str) -> Output {
    start(folder, arguments).wait_with_output().unwrap()
}

/// Calls it, expects `exit`, and gives what it said.
#[track_caller]
fn check(folder: &Path, arguments: &str, exit: i32, said: &[&str]) -> String {
    let output = call(folder, arguments);
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8(text).unwrap();
    assert_eq!(output.status.code(), Some(exit), "{text}");
    for said in said {
        assert!(text.contains(said), "{said} is not in: {text}");
    }
    text
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
fn parts_that_ran_as_processes_of_their_own_merge_to_the_same_bytes() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    let parts: Vec<Child> = (1..=3)
        .map(|part| start(folder, &format!("{JOB} --shard {part}/3 --out part-{part}")))
        .collect();
    for part in parts {
        let output = part.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && said.contains("pumasi readiness merge"), "{said}");
    }
    check(folder, &format!("{JOB} --out whole"), 0, &["All 8 scenarios are done"]);
    let merge = "readiness merge --lang en part-3 part-1 part-2 --out merged";
    check(folder, merge, 0, &["pumasi readiness report merged"]);
    assert_eq!(bytes(&folder.join("merged")), bytes(&folder.join("whole")));
    check(folder, "readiness merge part-1 part-3 --out no", 7, &["shard 2/3 is missing"]);
    check(folder, "readiness report part-9", 7, &["part-9"]);
    let other = format!("{JOB} --delay 12 --out whole");
    check(folder, &other, 7, &["the folder holds another run"]);

    check(
        folder,
        "readiness report whole --lang en",
        0,
        &[
            "Rests on 8 drawn scenarios (seed 1)",
            "the interval that holds 90 % of 1,000 resamples",
            "never a prediction about a state",
            "Which step helps most for its cost",
            "Busan",
        ],
    );
    let told = check(folder, "readiness report whole --json", 0, &[]);
    let told: Value = serde_json::from_str(&told).unwrap();
    let steps = told.get("steps").unwrap().as_array().unwrap();
    assert!(!steps.is_empty());
    for step in steps {
        let share = step.get("share_ppm").unwrap();
        let of = |end: &str| share.get(end).unwrap().as_i64().unwrap();
        assert!(0 <= of("low") && of("low") <= of("value") && of("value") <= of("high"));
    }
    let csv = check(folder, "readiness report whole --csv", 0, &[]);
    assert!(csv.starts_with("section,scope,commodity,subject,figure,low,value,high,scenarios\n"));
    assert!(csv.lines().count() > steps.len());
    for lang in ["ko", "ja", "zh-Hans"] {
        let page = check(folder, &format!("readiness report whole --lang {lang}"), 0, &[]);
        assert!(!page.contains("readiness-"), "a message is missing: {page}");
    }
}

/// A process is told to stop as soon as it says that it runs.
#[cfg(unix)]
#[test]
fn a_run_that_is_stopped_says_so_and_goes_on() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    let mut child = start(folder, &format!("{JOB} --out run"));
    let mut first = String::new();
    let mut told = BufReader::new(child.stderr.take().unwrap());
    told.read_line(&mut first).unwrap();
    assert_eq!(first, "0 of 8 scenarios\n");
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(9), "{said}");
    assert!(said.starts_with("Stopped as asked:") && said.contains("goes on from there"), "{said}");
    check(folder, "readiness report run", 7, &["is not finished"]);
    check(folder, &format!("{JOB} --out run"), 0, &["All 8 scenarios are done"]);
    check(folder, &format!("{JOB} --out whole"), 0, &[]);
    assert_eq!(bytes(&folder.join("run")), bytes(&folder.join("whole")));
}

#[test]
fn what_cannot_be_run_is_said_at_once() {
    let place = tempfile::tempdir().unwrap();
    let say = |arguments: &str, exit, said| {
        check(place.path(), &format!("{arguments} --lang en"), exit, &[said]);
    };
    say("readiness run --commodities 0", 2, "`0` is no choice of commodities");
    say("readiness run --commodities 99", 2, "`99` is no choice of commodities");
    say("readiness run --commodities water,gold", 2, "`water,gold` is no choice");
    say("readiness run --shard 4/3", 2, "--shard");
    say("readiness run --unreachable nobody", 3, "`nobody` is not here");
    say("readiness merge", 2, "DIR");
}
