//! An agreement from its proposal to the withdrawal of a notice, by two parties on two nodes that
//! hand each other bundles.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails, loudly"
)]

mod running;

use running::Node;
use serde_json::Value;

const ID: &str = "kr-45--jp-17";
const FIRST: &str = include_str!("../../../agreements/kr-45--jp-17.toml");

/// Jeonbuk, where two officers must sign together, and Ishikawa, where one may.
struct Two {
    kr: Node,
    jp: Node,
}

impl Two {
    fn start() -> Self {
        let joint = ["--joint", "legal", "--joint", "governor"];
        let officers = ["--officer", "duty:Duty", "--officer", "legal:Legal"];
        let officers = [&officers[..], &["--officer", "governor:Governor"], &joint[..]].concat();
        let two = Self {
            kr: Node::start_with("kr-45", &officers),
            jp: Node::start_with("jp-17", &["--officer", "duty:Duty"]),
        };
        for (one, other) in [(&two.kr, &two.jp), (&two.jp, &two.kr)] {
            let file = one.folder.path().join("own.identity");
            let name = file.to_str().unwrap();
            one.check(&["party", "export", "--out", name], 0, &[]);
            other.check(&["party", "trust", name], 0, &["is trusted now"]);
        }
        two
    }

    /// Carries what one node holds of a matter to the other.
    fn carry(from: &Node, to: &Node, matter: &str) {
        let file = from.folder.path().join("carried.bundle");
        // Of the last journey nothing is needed.
        let _ = std::fs::remove_file(&file);
        let name = file.to_str().unwrap();
        from.check(&["matter", "export", matter, "--out", name], 0, &[]);
        to.check(&["import", name], 0, &["imported"]);
    }
}

/// A step of an agreement's life with its officers, written on one line.
#[track_caller]
fn step(node: &Node, line: &str, exit: i32, said: &[&str]) -> String {
    let mut arguments = vec!["agreement"];
    arguments.extend(line.split(' '));
    node.check(&arguments, exit, said)
}

/// A file of that name in the node's folder.
fn file(node: &Node, text: &str) -> String {
    let path = node.folder.path().join(format!("{ID}.toml"));
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

/// The only life on the page of history.
fn life(node: &Node) -> Value {
    let page = node.value(&["agreement", "history", ID]);
    assert_eq!(page["lives"].as_array().unwrap().len(), 1);
    page["lives"][0].clone()
}

fn request(node: &Node, matter: &str, exit: i32, said: &[&str]) {
    let goods = ["--commodity=blanket", "--quantity=100 EA", "--place=jp-17204"];
    let order = ["order", "request", "--matter", matter, "--from=kr-45", "--officer=duty"];
    node.check(&[&order[..], &goods[..]].concat(), exit, said);
}

/// Proposes the first text, drafts a second and has it signed by all; gives the matter.
fn conclude(two: &Two) -> String {
    let (kr, jp) = (&two.kr, &two.jp);
    let propose = format!("propose {} --officer duty", file(kr, FIRST));
    step(kr, &propose, 0, &["drafted"]);
    step(kr, &propose, 4, &["error:"]);
    let matter = life(kr)["matter"].as_str().unwrap().to_owned();
    Two::carry(kr, jp, &matter);

    let second = FIRST.replace("200000 KGM", "300000 KGM").replace("200 ton", "300 ton");
    step(jp, &format!("draft {} --officer duty", file(jp, &second)), 0, &["drafted"]);
    Two::carry(jp, kr, &matter);
    let said = ["art-3", "200000 KGM", "300000 KGM", "Other limits", "version 1 → version 2"];
    step(kr, &format!("diff {ID}"), 0, &said);
    step(kr, &format!("diff {} {}", file(kr, FIRST), file(jp, &second)), 0, &["300000 KGM"]);

    let versions = life(jp)["versions"].clone();
    let digest = &versions[1]["digest"].as_str().unwrap()[..8];
    let other = &versions[0]["digest"].as_str().unwrap()[..8];
    let initial = format!("initial {ID} --version 2 --digest {digest} --officer duty");
    step(kr, &initial, 0, &[]);
    Two::carry(kr, jp, &matter);
    step(jp, &initial, 0, &["initialled"]);
    // What is not named is shown, and not signed.
    let command = format!("pumasi agreement sign {ID} --version 2 --digest {digest}");
    step(jp, &format!("sign {ID} --officer duty"), 2, &["nothing is signed yet", &command]);
    step(jp, &format!("sign {ID} --digest {other} --officer duty"), 4, &["another text"]);
    let sign = format!("sign {ID} --digest {digest} --officer");
    step(jp, &format!("{sign} duty"), 0, &["signed by some", "Waits for"]);
    Two::carry(jp, kr, &matter);
    let joint = format!("{command} --officer legal --officer ID");
    step(kr, &format!("sign {ID} --officer legal"), 2, &[&joint, "Officers needed  2"]);
    step(kr, &format!("{sign} legal"), 4, &["error:", "another officer"]);
    step(kr, &format!("{sign} legal --officer governor"), 0, &["in force", "binding"]);
    Two::carry(kr, jp, &matter);
    assert_eq!(life(jp)["standing"]["code"], "in_force");
    assert_eq!(life(jp)["versions"][1]["in_force"], true);
    matter
}

#[test]
fn two_parties_live_through_an_agreement() {
    let two = Two::start();
    let (kr, jp) = (&two.kr, &two.jp);
    let matter = conclude(&two);
    let aid = jp.id(&[
        "matter",
        "open",
        "--case=flood",
        "--status=actual",
        "--party=jp-17",
        "--party=kr-45",
        "--agreement=kr-45--jp-17",
        "--title-ko=홍수",
        "--title-ja=洪水",
        "--title-zh=洪水",
        "--title-en=Flood",
        "--officer=duty",
    ]);
    request(jp, &aid, 0, &["signed and recorded"]);
    Two::carry(jp, kr, &aid);

    step(kr, &format!("suspend {ID} --clause art-2 --cause talks --officer duty"), 0, &[&aid[..8]]);
    Two::carry(kr, jp, &aid);
    Two::carry(kr, jp, &matter);
    request(jp, &aid, 4, &["error:", "art-"]);
    step(jp, &format!("history {ID} --lang ko"), 0, &["일부 조항 정지", "talks", "art-2"]);
    step(jp, &format!("resume {ID} --officer duty"), 4, &["error:"]);
    step(kr, &format!("resume {ID} --officer duty"), 0, &["in force", &aid[..8]]);
    Two::carry(kr, jp, &aid);
    request(jp, &aid, 0, &["signed and recorded"]);

    step(kr, &format!("give-notice {ID} --cause elections --officer duty"), 0, &["notice"]);
    let ends = life(kr)["notices"][0]["ends"].as_str().unwrap().to_owned();
    // The text renews itself each 1 April and asks for 30 days before.
    assert!(ends.ends_with("-04-01"), "{ends}");
    step(kr, &format!("history {ID}"), 0, &[&ends, "elections", "Days to watch"]);
    step(kr, &format!("suspend-notice {ID} --officer duty"), 0, &["notice suspended"]);
    Two::carry(kr, jp, &matter);
    let said = ["its time runs on meanwhile", "the whole time of notice must run anew"];
    step(jp, &format!("history {ID}"), 0, &said);
    assert_eq!(life(jp)["standing"]["readings"].as_array().unwrap().len(), 2);
    step(jp, &format!("withdraw-notice {ID} --officer duty"), 4, &["error:"]);
    step(kr, &format!("withdraw-notice {ID} --officer duty"), 0, &["notice withdrawn"]);
}

#[test]
fn an_officer_of_two_is_one_of_those_appointed() {
    let folder = tempfile::tempdir().unwrap();
    let init = ["init", "--party=kr-45", "--officer=duty:Duty", "--joint=legal"];
    let output = running::call(folder.path(), &init);
    assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
}
