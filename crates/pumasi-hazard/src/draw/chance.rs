//! Chance out of a seed: the same numbers on every machine, and streams that do not disturb each
//! other.

/// SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA
/// 2014.
///
/// A stream is begun for a seed, a scenario and a purpose. What is drawn in one stream changes no
/// other, so that a question asked later never moves an answer given before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chance(u64);

/// The odd number closest to two to the 64th over the golden ratio.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
/// Two to the 32nd.
const HALF_RANGE: f64 = 4_294_967_296.0;

const fn mixed(of: u64) -> u64 {
    let of = (of ^ (of >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let of = (of ^ (of >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    of ^ (of >> 31)
}

impl Chance {
    /// The stream of a purpose of a scenario.
    ///
    /// Each of the three is mixed in before the next joins, so that neighbouring seeds, numbers and
    /// purposes have nothing in common, and none can take another's part.
    #[must_use]
    pub const fn of(seed: u64, number: u64, purpose: u64) -> Self {
        let seed = mixed(seed.wrapping_add(STEP));
        let scenario = mixed(seed.wrapping_add(number).wrapping_add(STEP));
        Self(mixed(scenario.wrapping_add(purpose).wrapping_add(STEP)))
    }

    /// A stream of its own for whatever goes by `name`, such as a link: what befalls it depends on
    /// no other thing, nor on how many there are.
    #[must_use]
    pub fn named(&self, name: &str) -> Self {
        let fold = |state: u64, byte: u8| mixed(state.wrapping_add(STEP) ^ u64::from(byte));
        Self(name.bytes().fold(mixed(self.0), fold))
    }

    /// The next number of the stream.
    pub const fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mixed(self.0)
    }

    /// A whole number from 0 to below `bound`; 0 where the bound is.
    ///
    /// The bias of the multiplication is `bound` over two to the 64th.
    pub fn below(&mut self, bound: u64) -> u64 {
        let product = u128::from(self.draw()) * u128::from(bound);
        u64::try_from(product >> 64).unwrap_or(0)
    }

    /// A share from 0 to below 1, in steps of one over two to the 32nd.
    pub fn share(&mut self) -> f64 {
        f64::from(u32::try_from(self.draw() >> 32).unwrap_or(0)) / HALF_RANGE
    }

    /// A number from `low` to `high`, evenly.
    pub fn between(&mut self, [low, high]: [f64; 2]) -> f64 {
        low + (high - low) * self.share()
    }

    /// Whether something happens that does so millionths of the time.
    pub fn happens(&mut self, micro: i64) -> bool {
        self.below(1_000_000) < u64::try_from(micro).unwrap_or(0)
    }

    /// The position of one of `weights`, as often as its weight says; nothing where all are 0.
    pub fn choice(&mut self, weights: impl Iterator<Item = u64> + Clone) -> Option<usize> {
        let total = weights.clone().fold(0_u64, u64::saturating_add);
        if total == 0 {
            return None;
        }
        let mut left = self.below(total);
        for (index, weight) in weights.enumerate() {
            if left < weight {
                return Some(index);
            }
            left -= weight;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SPEC: the first numbers of the published generator from the seed 1234567.
    #[test]
    fn agrees_with_the_published_generator() {
        let mut chance = Chance(1_234_567);
        let first: Vec<u64> = (0..3).map(|_| chance.draw()).collect();
        assert_eq!(
            first,
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

    #[test]
    fn streams_of_neighbours_differ_and_repeat() {
        let first = |seed, number, purpose| Chance::of(seed, number, purpose).draw();
        let all = [first(1, 1, 1), first(1, 1, 2), first(1, 2, 1), first(2, 1, 1)];
        assert_eq!(all, [first(1, 1, 1), first(1, 1, 2), first(1, 2, 1), first(2, 1, 1)]);
        let distinct: std::collections::BTreeSet<u64> = all.into_iter().collect();
        assert_eq!(distinct.len(), 4);
        let named = |name: &str| Chance::of(1, 1, 1).named(name).draw();
        assert_eq!(named("road-a"), named("road-a"));
        let names = ["road-a", "road-b", "a-road", ""].map(named);
        assert!(names.iter().all(|one| names.iter().filter(|other| one == *other).count() == 1));
    }

    #[test]
    fn choices_come_as_often_as_they_weigh() {
        let (mut chance, weights, rounds) = (Chance::of(7, 7, 7), [1_u64, 0, 3, 6], 100_000_u32);
        let mut counts = [0_u32; 4];
        for _ in 0..rounds {
            counts[chance.choice(weights.into_iter()).unwrap()] += 1;
        }
        for (count, weight) in counts.into_iter().zip(weights) {
            let expected = f64::from(rounds) * f64::from(u32::try_from(weight).unwrap()) / 10.0;
            let error = libm::sqrt(expected.max(1.0));
            assert!((f64::from(count) - expected).abs() <= 4.0 * error, "{count} of {expected}");
        }
        assert_eq!(chance.choice([0, 0].into_iter()), None);
        assert_eq!(chance.below(0), 0);
    }
}
