//! `pumasi alert shaking` and `pumasi alert wind`, as whoever checks the models runs them.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::process::Command;

use serde_json::Value;

fn run(arguments: &str) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_pumasi"))
        .args(arguments.split(' '))
        .args(["--lang", "en"])
        .output()
        .unwrap();
    let text = if output.status.success() { output.stdout } else { output.stderr };
    (output.status.code().unwrap(), String::from_utf8(text).unwrap())
}

/// Checks values of an answer to every digit printed in a table of reference values.
#[track_caller]
fn check(arguments: &str, expected: &[(&str, &str)]) {
    let (code, text) = run(&format!("alert {arguments} --json"));
    assert_eq!(code, 0, "{text}");
    let value: Value = serde_json::from_str(&text).unwrap();
    for (key, expected) in expected {
        let digits = expected.split_once('.').map_or(0, |(_, part)| part.len());
        let found = value.get(*key).and_then(Value::as_f64).unwrap();
        assert_eq!(format!("{found:.digits$}"), *expected, "{arguments}: {key}");
    }
}

/// SPEC: the values that OpenQuake's hazard library 3.26.2 gives.
#[test]
fn shaking_agrees_with_reference_values() {
    let at = |text: &str| {
        let [tectonic, m, h, x, vs30] = text.split(' ').collect::<Vec<_>>().try_into().unwrap();
        format!(
            "shaking --tectonic {tectonic} --magnitude {m} --depth-km {h} --distance-km {x} \
             --vs30 {vs30}"
        )
    };
    check(&at("crustal 6.6 11 10 600"), &[("pgv_cm_s", "23.2833"), ("pga_g", "0.4112")]);
    check(
        &at("crustal 6.6 11 10 400"),
        &[("pgv_cm_s", "32.8295"), ("jma_intensity", "5.288"), ("mmi", "7.681")],
    );
    check(
        &at("interface 9 24 100 400"),
        &[("pgv_cm_s", "25.1007"), ("jma_intensity", "5.087"), ("mmi", "7.313")],
    );
    check(&at("slab 6.8 46 50 600"), &[("pgv_cm_s", "12.3786"), ("pga_g", "0.3029")]);
}

/// SPEC: the values that CLIMADA's implementation of Holland (2008) gives.
#[test]
fn wind_agrees_with_reference_values() {
    let at = |km: &str| {
        format!(
            "wind --pressure-hpa 955 --lat 34.9 --speed-m-s 14.4 --radius-km 40 --distance-km {km}"
        )
    };
    check(&at("80"), &[("b", "1.422"), ("vmax_m_s", "50.0"), ("wind_m_s", "41.8")]);
    check(&at("160"), &[("wind_m_s", "28.7")]);
}

#[test]
fn a_number_that_cannot_be_says_so() {
    let (code, text) = run("alert shaking --magnitude 66 --depth-km 11 --distance-km 10");
    assert_eq!(code, 2);
    assert!(text.contains("`--magnitude` cannot be 66") && text.contains("from 0 to 10"), "{text}");
    let (code, _) = run("alert shaking --tectonic moon --magnitude 6 --depth-km 1 --distance-km 1");
    assert_eq!(code, 2);
}
