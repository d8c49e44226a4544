//! Readers on messages that were damaged on their way: they may refuse, they never panic, and what
//! they give keeps its promises.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::path::Path;
use std::sync::OnceLock;

use proptest::prelude::*;
use pumasi_base::Point;
use pumasi_hazard::message::standing;
use pumasi_hazard::{Message, Shape, read_any};

/// Every sample that reads.
fn samples() -> &'static [Vec<u8>] {
    static SAMPLES: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    SAMPLES.get_or_init(read_samples)
}

fn read_samples() -> Vec<Vec<u8>> {
    let mut files = Vec::new();
    for folder in Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/messages").read_dir().unwrap() {
        let entries = folder.unwrap().path().read_dir().unwrap();
        files.extend(entries.map(|entry| entry.unwrap().path()));
    }
    files.retain(|path| path.extension().is_some_and(|extension| extension != "expected"));
    files.sort();
    let read = files.iter().map(|file| std::fs::read(file).unwrap());
    read.filter(|bytes| read_any(bytes).is_ok()).collect()
}

/// One damage: what, where (a share of the length, in ten-thousandths), and with which piece or how
/// long.
#[derive(Debug, Clone)]
enum Damage {
    Insert(usize, Vec<u8>),
    Remove(usize, usize),
    Repeat(usize, usize),
    CutOff(usize),
    Swap(usize, u8),
}

fn damage() -> impl Strategy<Value = Damage> {
    // Pieces that mean something to a reader do more harm than random bytes.
    let pieces = [
        "<",
        ">",
        "&",
        "&x;",
        "\"",
        "{",
        "[",
        "-",
        ",",
        "+",
        "(",
        "9e999",
        "NaN",
        "１",
        "震度",
        "Ⅻ",
        "</info>",
        "<area>",
        "-00:00",
        "\u{1b}",
        "\0",
        "99999999999999999999",
    ];
    let piece = proptest::sample::select(pieces.to_vec()).prop_map(|p| p.as_bytes().to_vec());
    let place = 0..10_000_usize;
    prop_oneof![
        (place.clone(), piece).prop_map(|(at, piece)| Damage::Insert(at, piece)),
        (place.clone(), 1..200_usize).prop_map(|(at, count)| Damage::Remove(at, count)),
        (place.clone(), 1..400_usize).prop_map(|(at, count)| Damage::Repeat(at, count)),
        place.clone().prop_map(Damage::CutOff),
        (place, any::<u8>()).prop_map(|(at, byte)| Damage::Swap(at, byte)),
    ]
}

fn apply(bytes: &mut Vec<u8>, damage: &Damage) {
    let length = bytes.len();
    let place = |at: &usize| at * length / 10_000;
    let end = |at: &usize, count: &usize| (place(at) + count).min(length);
    match damage {
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
        Damage::Swap(at, byte) => {
            if let Some(old) = bytes.get_mut(place(at)) {
                *old = *byte;
            }
        }
    }
}

fn on_earth(point: &Point) -> bool {
    point.lat_micro.abs() <= 90_000_000 && point.lon_micro.abs() <= 180_000_000
}

fn keeps_its_promises(message: &Message) -> bool {
    let areas = || message.parts.iter().flat_map(|part| part.areas.iter().enumerate());
    let in_order = areas().all(|(index, area)| area.within.is_none_or(|within| within < index));
    let shapes = areas().flat_map(|(_, area)| &area.shapes).all(|shape| match shape {
        Shape::Point(point) | Shape::Circle { centre: point, .. } => on_earth(point),
        Shape::Polygon(ring) => {
            ring.len() >= 4 && ring.first() == ring.last() && ring.iter().all(on_earth)
        }
        Shape::Box { south_west, north_east } => on_earth(south_west) && on_earth(north_east),
    });
    let grid = message.grid.iter().all(|grid| {
        let points = grid.frame.columns * grid.frame.rows;
        grid.columns.iter().all(|column| column.milli.len() == points)
    });
    let quake = message.earthquake.iter().all(|quake| {
        quake.epicentre.iter().all(on_earth)
            && quake.magnitude_centi.is_none_or(|centi| (-300..=1_100).contains(&centi))
    });
    in_order && shapes && grid && quake && !message.id.is_empty() && !message.event.is_empty()
}

/// Four thousand cases, or as many as `PROPTEST_CASES` asks for.
fn cases() -> ProptestConfig {
    let asked = std::env::var_os("PROPTEST_CASES").is_some();
    if asked { ProptestConfig::default() } else { ProptestConfig::with_cases(4_000) }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn damaged_messages_never_panic(
        sample in any::<prop::sample::Index>(),
        damages in proptest::collection::vec(damage(), 1..4),
    ) {
        let mut bytes = sample.get(samples()).clone();
        damages.iter().for_each(|damage| apply(&mut bytes, damage));
        match read_any(&bytes) {
            Ok(read) => {
                prop_assert!(read.messages.iter().all(keeps_its_promises));
                prop_assert!(standing(&read.messages).len() <= read.messages.len());
            }
            Err(error) => prop_assert!(!error.to_string().is_empty() && !error.help().is_empty()),
        }
    }
}

/// Cuts each message after every byte: no part of one is taken for a whole.
#[test]
fn a_cut_off_message_is_never_taken_for_a_whole_one() {
    for whole in samples() {
        for end in 0..whole.trim_ascii_end().len() {
            let cut = whole.get(..end).unwrap();
            assert!(read_any(cut).is_err(), "cut after {end} bytes of {}", whole.len());
        }
    }
}
