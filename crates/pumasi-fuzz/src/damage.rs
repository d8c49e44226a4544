//! Where damaged inputs come from: a seed, and nothing else.

#![expect(
    clippy::indexing_slicing,
    reason = "a law that does not hold ends the run, which is what it is for"
)]

/// A stream of damage that can be played again from its seed.
///
/// SPEC: SplitMix64, Steele, Lea and Flood 2014.
#[derive(Debug, Clone)]
pub struct Damage(u64);

/// Pieces that mean something to a reader do more harm than random bytes.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    "\"",
    ",",
    ":",
    "\\",
    "<",
    ">",
    "</a>",
    "&amp;",
    "&x;",
    "=",
    "\n\n",
    "\t",
    "\0",
    "\u{feff}",
    "\u{202e}",
    "０",
    "震度",
    "null",
    "true",
    "-0",
    "1e999",
    "0.5",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551615",
    "-1",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "P999999Y",
    "9999-12-31",
    "-009999-01-01T00:00:00Z",
    "2024-02-30",
    "EA",
    "JPY",
    "@0",
    "@9",
    "%",
    "..",
    "/",
    "— ",
];

/// The longest input made, in bytes: what a register can hold of one act, and what a line of any
/// other format needs.
const BYTES_MAX: usize = 256 * 1024;

impl Damage {
    /// The stream of a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound.max(1)).unwrap_or(1);
        usize::try_from(self.next() % bound).unwrap_or(0)
    }

    /// One of several.
    ///
    /// # Panics
    /// When there are none.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// An input: one seed with a few faults in it, or parts of two.
    ///
    /// # Panics
    /// When there are no seeds.
    pub fn input(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = self.pick(seeds).clone();
        if self.below(8) == 0 {
            let other = self.pick(seeds);
            let (here, there) = (self.below(bytes.len()), self.below(other.len()));
            bytes.truncate(here);
            bytes.extend_from_slice(&other[there..]);
        }
        for _ in 0..=self.below(4) {
            self.hurt(&mut bytes);
        }
        bytes.truncate(BYTES_MAX);
        bytes
    }

    fn hurt(&mut self, bytes: &mut Vec<u8>) {
        let at = self.below(bytes.len() + 1);
        let end = (at + 1 + self.below(64)).min(bytes.len());
        match self.below(10) {
            0 => bytes.truncate(at),
            1 => _ = bytes.drain(at..end),
            2 => {
                let piece = self.pick(PIECES).as_bytes().to_vec();
                bytes.splice(at..at, piece);
            }
            3 => {
                let piece = self.pick(PIECES).as_bytes().to_vec();
                bytes.splice(at..end, piece);
            }
            4 => {
                // Depth and length: one piece many times over.
                let piece = bytes[at..end].repeat(1 + self.below(2000));
                bytes.splice(at..at, piece);
            }
            5 => {
                let from = self.below(bytes.len() + 1);
                let to = (from + self.below(256)).min(bytes.len());
                let piece = bytes[from..to].to_vec();
                bytes.splice(at..at, piece);
            }
            6 => self.renumber(bytes, at),
            7 => self.swap_lines(bytes),
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = u8::try_from(self.next() & 0xff).unwrap_or(0);
                }
            }
        }
    }

    /// Puts another number where the next one stands.
    fn renumber(&mut self, bytes: &mut Vec<u8>, from: usize) {
        let digit = |byte: &u8| byte.is_ascii_digit();
        let Some(start) = bytes[from..].iter().position(digit).map(|at| from + at) else { return };
        let end = bytes[start..].iter().position(|b| !digit(b)).map_or(bytes.len(), |n| start + n);
        let number = match self.below(4) {
            0 => self.next().to_string(),
            1 => u64::MAX.to_string(),
            2 => self.below(10).to_string(),
            _ => i64::MAX.to_string(),
        };
        bytes.splice(start..end, number.into_bytes());
    }

    fn swap_lines(&mut self, bytes: &mut Vec<u8>) {
        let mut lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
        let (one, other) = (self.below(lines.len()), self.below(lines.len()));
        lines.swap(one, other);
        *bytes = lines.join(&b'\n');
    }
}
