//! Planning instances as people hand them to the command: solved, checked, refused, never a panic.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails, loudly")]

use std::path::PathBuf;
use std::process::{Command, Output};

/// Calls the command in English.
fn pumasi(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pumasi"))
        .args(arguments)
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", "C")
        .output()
        .unwrap()
}

/// Solves `text` as a file named `name` and expects the command to end with `exit` and say `said`.
#[track_caller]
fn check(name: &str, text: &str, exit: i32, said: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    let output = pumasi(&["flow", "solve", "--json", path.to_str().unwrap()]);
    let out = String::from_utf8(output.stdout).unwrap();
    let told = format!("{out}{}", String::from_utf8(output.stderr).unwrap());
    assert_eq!(output.status.code(), Some(exit), "{told}");
    for words in said {
        assert!(told.contains(words), "`{words}` in\n{told}");
    }
    assert!(exit == 0 || !told.contains("\"flows\""), "no plan with a fault: {told}");
    out
}

const TWO_WAYS: &str = "p min 3 3\nn 1 4\nn 3 -4\na 1 2 0 2 1\na 2 3 0 9 1\na 1 3 0 9 5\n";

#[test]
fn a_minimum_cost_flow_is_solved_and_its_proof_checked() {
    let plan = check("a.min", TWO_WAYS, 0, &["\"optimal\"", "14", "\"prices\""]);
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| -> PathBuf { folder.path().join(name) };
    std::fs::write(path("a.min"), TWO_WAYS).unwrap();
    let shown = pumasi(&["flow", "solve", path("a.min").to_str().unwrap()]);
    let shown = String::from_utf8(shown.stdout).unwrap();
    for words in ["3 nodes, 3 arcs", "Objective", "14", "3 flows"] {
        assert!(shown.contains(words), "`{words}` in\n{shown}");
    }
    let judged = |plan: &str| {
        std::fs::write(path("plan.json"), plan).unwrap();
        let (file, plan) = (path("a.min"), path("plan.json"));
        let (file, plan) = (file.to_str().unwrap(), plan.to_str().unwrap());
        let output = pumasi(&["flow", "check", file, "--plan", plan]);
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (exit, said) = judged(&plan);
    assert_eq!(exit, Some(0), "{said}");
    assert!(said.contains("prove that no flow costs less"), "{said}");
    let (exit, said) = judged("{\"objective\":20,\"flows\":[[3,4]]}");
    assert_eq!(exit, Some(0), "{said}");
    assert!(said.contains("is not proved"), "{said}");
    for (plan, fault) in [
        ("{\"objective\":20,\"flows\":[[3,4]],\"prices\":[0,1,5]}", "arc 2 would still pay"),
        ("{\"objective\":19,\"flows\":[[3,4]]}", "the objective is 20, but 19 is stated"),
        ("{\"objective\":15,\"flows\":[[3,3]]}", "at node 1"),
        ("{\"objective\":20,\"flows\":[[3,10]]}", "arc 3 carries"),
    ] {
        let (exit, said) = judged(plan);
        assert_eq!(exit, Some(7), "{plan}: {said}");
        assert!(said.contains(fault), "{plan}: {said}");
    }
}

#[test]
fn what_cannot_be_met_is_told_with_the_nodes_that_prove_it() {
    let narrow = "p min 3 2\nn 1 4\nn 3 -4\na 1 2 0 9 1\na 2 3 0 3 1\n";
    check("a.min", narrow, 7, &["\"infeasible\"", "\"cut\"", "\"missing\""]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.min");
    std::fs::write(&path, narrow).unwrap();
    let output = pumasi(&["flow", "solve", path.to_str().unwrap()]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("From 2 nodes together, 1 units more must leave"), "{said}");
    assert!(said.contains("Nodes: 1 2"), "{said}");
}

#[test]
fn every_format_tells_what_is_broken_with_its_place() {
    let line = |at: u32| format!("line {at}");
    for (name, text, place) in [
        ("a.min", "p min 2 1\na 1 2 0 1e300 1\n", line(2)),
        ("a.min", "p min 2 1\na 1 2 3 2 1\n", line(2)),
        ("a.min", "p min 2 1\na 1 2 0 NaN 1\n", line(2)),
        ("a.min", "p min 2 0\nn 1 1\nn 1 1\n", line(3)),
        ("a.mnetgen", "1 2 1 0\n1 1 2 1 -3 5 0\n", line(2)),
        ("a.mnetgen", "1 2 1 0\n1 1 2 1 3 1e300 0\n", line(2)),
        ("a.dow", "MULTIGEN.DAT:\n2 1 0\n1 2 3 -5 0 0 0\n", line(3)),
        ("a.json", "{\"format\":\"pumasi-flow/1\"}", "horizon".to_owned()),
        (
            "a.json",
            "{\"format\":\"pumasi-flow/1\",\"needs\":[{\"id\":1e300}]}",
            "needs[0].id".to_owned(),
        ),
        ("a.json", "{\"base\":{\"periods\":-1}}", "line 1".to_owned()),
        ("a.txt", "", String::new()),
        ("a.txt", "hello", String::new()),
    ] {
        check(name, text, 7, &[&place]);
    }
}

#[test]
fn a_chain_of_a_hundred_thousand_nodes_is_solved() {
    let nodes = 100_000;
    let mut text = format!("p min {nodes} {}\nn 1 3\nn {nodes} -3\n", nodes - 1);
    for node in 1..nodes {
        text += &format!("a {node} {} 0 5 2\n", node + 1);
    }
    check("chain.min", &text, 0, &["\"optimal\"", "599994"]);
}
