//! `pumasi doctor`: a node that is well, one in trouble, running and stopped.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod running;

use std::path::Path;

use running::{Node, call};

const PROOF: &str = "../../docs/spec/vectors/register/equivocation-same-size.txt";

/// Asks the doctor about a folder, and expects how it ends and the words.
#[track_caller]
fn check(folder: &Path, arguments: &[&str], exit: i32, said: &[&str]) {
    let output = call(folder, &[&["doctor"], arguments].concat());
    let out = String::from_utf8(output.stdout).unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(exit), "{arguments:?}\n{out}\n{err}");
    for words in said {
        assert!(out.contains(words), "`{words}` in\n{out}\n{err}");
    }
}

fn node_is_well(node: &Node) {
    let path = node.folder.path();
    check(path, &[], 0, &["Ishikawa", "the clocks of neighbours agree", "no register contradicts"]);
    check(path, &["--json"], 0, &["\"running\": true", "\"code\": \"divergence_ok\""]);
}

#[test]
fn a_node_is_examined_while_it_runs_and_when_it_does_not() {
    let mut node = Node::start("jp-17");
    node_is_well(&node);
    node.stop();
    let path = node.folder.path();
    check(path, &["--json"], 0, &["\"running\": false", "\"code\": \"keys_ok\""]);
    check(path, &["--lang", "ko"], 0, &["실행 중이 아니어서"]);

    // What neighbours proved of a register is kept as a file, and somebody must act on it.
    let proof = Path::new(env!("CARGO_MANIFEST_DIR")).join(PROOF);
    std::fs::create_dir(path.join("evidence")).unwrap();
    std::fs::copy(proof, path.join("evidence/proof.txt")).unwrap();
    check(path, &[], 8, &["! ACT", "a register contradicts itself", "why:", "what to do:"]);
    check(path, &["--lang", "ko"], 8, &["등록부가 스스로 모순됩니다", "evidence/proof.txt"]);
    check(path, &["--lang", "ja"], 8, &["登録簿が自らと矛盾しています", "対処:"]);
    check(path, &["--lang", "zh-Hans"], 8, &["登记簿自相矛盾", "处理办法："]);
    check(path, &["--json"], 8, &["\"alarm\": true", "\"severity\": \"act\""]);
    let empty = tempfile::tempdir().unwrap();
    check(empty.path(), &[], 3, &[]);
}
