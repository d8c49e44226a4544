//! Readers on messages that were damaged on their way: they may refuse, they never panic.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::path::Path;

use proptest::prelude::*;
use pumasi_wire::read_alert;

/// The samples that are damaged.
fn samples() -> Vec<Vec<u8>> {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let names = [
        "jma_xml/vxse53.xml",
        "jma_xml/vxse53-silent-stations.xml",
        "jma_xml/vxse61.xml",
        "usgs_geojson/detail.json",
        "usgs_geojson/summary.json",
    ];
    names.iter().map(|name| std::fs::read(golden.join(name)).unwrap()).collect()
}

/// One damage: what, where (a share of the length, in ten-thousandths), and with which byte or how
/// long.
#[derive(Debug, Clone)]
enum Damage {
    Replace(usize, u8),
    Insert(usize, Vec<u8>),
    Remove(usize, usize),
    Repeat(usize, usize),
    CutOff(usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    // Pieces that mean something to a reader do more harm than random bytes.
    let pieces =
        ["<", ">", "&", "&x;", "\"", "{", "[", "-", "9e999", "１", "震度", "</City>", "\0"];
    let piece = proptest::sample::select(pieces.to_vec()).prop_map(|p| p.as_bytes().to_vec());
    prop_oneof![
        (0..10_000_usize, any::<u8>()).prop_map(|(at, byte)| Damage::Replace(at, byte)),
        (0..10_000_usize, piece).prop_map(|(at, piece)| Damage::Insert(at, piece)),
        (0..10_000_usize, 1..200_usize).prop_map(|(at, count)| Damage::Remove(at, count)),
        (0..10_000_usize, 1..400_usize).prop_map(|(at, count)| Damage::Repeat(at, count)),
        (0..10_000_usize).prop_map(Damage::CutOff),
    ]
}

fn apply(bytes: &mut Vec<u8>, damage: &Damage) {
    let length = bytes.len();
    let place = |at: &usize| at * length / 10_000;
    let end = |at: &usize, count: &usize| (place(at) + count).min(length);
    match damage {
        Damage::Replace(at, byte) => {
            bytes.splice(place(at)..end(at, &1), [*byte]);
        }
        Damage::Insert(at, piece) => {
            bytes.splice(place(at)..place(at), piece.clone());
        }
        Damage::Remove(at, count) => {
            bytes.splice(place(at)..end(at, count), []);
        }
        Damage::Repeat(at, count) => {
            let piece: Vec<u8> = bytes.iter().skip(place(at)).take(*count).copied().collect();
            bytes.splice(place(at)..place(at), piece);
        }
        Damage::CutOff(at) => bytes.truncate(place(at)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn damaged_messages_never_panic(
        sample in 0..5_usize,
        damages in proptest::collection::vec(damage(), 1..4),
    ) {
        let mut bytes = samples().swap_remove(sample);
        damages.iter().for_each(|damage| apply(&mut bytes, damage));
        match read_alert(&bytes) {
            Ok(read) => for alert in read.alerts {
                let pumasi_hazard::Event::Earthquake(earthquake) = alert.event;
                if let Some(point) = earthquake.epicentre {
                    prop_assert!(point.lat_micro.abs() <= 90_000_000);
                    prop_assert!(point.lon_micro.abs() <= 180_000_000);
                }
                prop_assert!(earthquake.magnitude_centi.is_none_or(|m| (-300..=1_100).contains(&m)));
                prop_assert!(!alert.version.id.is_empty());
            },
            Err(error) => prop_assert!(!error.to_string().is_empty() && !error.help().is_empty()),
        }
    }
}

/// Cuts one message after every byte: all but the whole are refused, and none is taken for a
/// message that withdraws its event.
#[test]
fn a_cut_off_message_is_never_taken_for_a_whole_one() {
    for whole in samples() {
        let trimmed = whole.trim_ascii_end().len();
        assert!(read_alert(&whole).is_ok());
        for end in 0..trimmed {
            let cut = whole.get(..end).unwrap();
            assert!(read_alert(cut).is_err(), "cut after {end} bytes of {trimmed}");
        }
    }
}
