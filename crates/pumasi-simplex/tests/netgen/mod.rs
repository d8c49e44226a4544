//! The generator NETGEN, so that its published problems can be solved without their files.
//!
//! Described in D. Klingman, A. Napier and J. Stutz (1974), "NETGEN: A program for generating large
//! scale capacitated assignment, transportation, and minimum cost flow network problems",
//! Management Science 20, 814–821. A problem is a line of numbers and a seed; what the world solves
//! is fixed by the order in which the program draws, so every draw stands here in that order.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

use pumasi_simplex::network::{MinCostFlow, NetArc};

/// A line of NETGEN input.
#[derive(Debug, Clone, Copy)]
pub struct Netgen {
    pub seed: u64,
    pub nodes: i64,
    /// Nodes with supply, those that flow may also pass through included.
    pub sources: i64,
    /// Nodes with demand, those that flow may also pass through included.
    pub sinks: i64,
    pub arcs: i64,
    pub cost: (i64, i64),
    pub supply: i64,
    pub passing_sources: i64,
    pub passing_sinks: i64,
    /// Of a hundred arcs of the skeleton, those of the highest cost.
    pub dear: i64,
    /// Of a hundred arcs, those with a capacity below the whole supply.
    pub capacitated: i64,
    pub capacity: (i64, i64),
}

impl Netgen {
    /// Reads the fifteen numbers of a line: seed, problem number, then as in the manual.
    pub fn line(line: &str) -> Self {
        let numbers: Vec<i64> = line.split_whitespace().map(|word| word.parse().unwrap()).collect();
        let [seed, _, nodes, sources, sinks, arcs, cost, cost_max, supply, rest @ ..] =
            &numbers[..]
        else {
            panic!("a line of NETGEN has fifteen numbers")
        };
        Self {
            seed: u64::try_from(*seed).unwrap(),
            nodes: *nodes,
            sources: *sources,
            sinks: *sinks,
            arcs: *arcs,
            cost: (*cost, *cost_max),
            supply: *supply,
            passing_sources: rest[0],
            passing_sinks: rest[1],
            dear: rest[2],
            capacitated: rest[3],
            capacity: (rest[4], rest[5]),
        }
    }

    /// Draws the problem.
    pub fn problem(self) -> MinCostFlow {
        let drawing = Drawing {
            line: self,
            chance: Chance(self.seed),
            arcs: Vec::new(),
            supplies: vec![0; usize::try_from(self.nodes).unwrap() + 1],
            tails_left: self.nodes - self.sinks + self.passing_sinks,
        };
        drawing.draw()
    }
}

/// The multiplicative congruential generator of Lewis, Goodman and Miller (1969): 7⁵ modulo 2³¹ − 1.
struct Chance(u64);

impl Chance {
    /// Draws from `low` to `high`; a number is spent, and `high` comes, if there is no choice.
    fn draw(&mut self, low: i64, high: i64) -> i64 {
        self.0 = self.0 * 16_807 % 2_147_483_647;
        if high <= low {
            return high;
        }
        low + i64::try_from(self.0).unwrap() % (high - low + 1)
    }
}

/// A run of whole numbers from which some have been taken.
struct Run {
    first: i64,
    length: i64,
    taken: Vec<i64>,
}

impl Run {
    fn new(first: i64, last: i64) -> Self {
        Self { first, length: last - first + 1, taken: Vec::new() }
    }

    fn left(&self) -> i64 {
        self.length - i64::try_from(self.taken.len()).unwrap()
    }

    fn take(&mut self, number: i64) {
        if let Err(place) = self.taken.binary_search(&number)
            && (self.first..self.first + self.length).contains(&number)
        {
            self.taken.insert(place, number);
        }
    }

    /// Takes the number that is the `rank`th, from 1, of those left.
    fn take_ranked(&mut self, rank: i64) -> i64 {
        let mut number = self.first + rank - 1;
        // Each number taken at or below moves it one up; the list rises, so one pass settles it.
        let mut place = 0;
        while self.taken.get(place).is_some_and(|&taken| taken <= number) {
            number += 1;
            place += 1;
        }
        self.taken.insert(place, number);
        number
    }

    /// Takes one of those left, drawn.
    fn take_any(&mut self, chance: &mut Chance) -> i64 {
        let rank = chance.draw(1, self.left());
        self.take_ranked(rank)
    }
}

/// A problem half drawn; nodes count from 1, sources first and sinks last.
struct Drawing {
    line: Netgen,
    chance: Chance,
    arcs: Vec<NetArc>,
    supplies: Vec<i64>,
    /// How many nodes may still be given arcs to anywhere.
    tails_left: i64,
}

impl Drawing {
    fn draw(mut self) -> MinCostFlow {
        let Netgen { nodes, sources, sinks, passing_sources, passing_sinks, .. } = self.line;
        let pure = (sources - passing_sources, sinks - passing_sinks);
        if pure.0 + pure.1 == nodes && pure.0 == pure.1 && sources == self.line.supply {
            self.assignment();
        } else {
            self.supply();
            let chains = self.chains();
            for (source, chain) in (1..).zip(&chains) {
                self.skeleton(source, chain);
            }
            for sink in nodes - sinks + 1..=nodes - sinks + passing_sinks {
                let mut heads = self.heads(sink);
                self.fill(sink, &mut heads, nodes - sources + passing_sources - 1);
            }
        }
        let supplies = self.supplies.split_off(1);
        MinCostFlow::new(supplies.len(), supplies, self.arcs).unwrap()
    }

    fn supply_at(&mut self, node: i64) -> &mut i64 {
        &mut self.supplies[usize::try_from(node).unwrap()]
    }

    fn arc(&mut self, from: i64, to: i64, capacity: i64, cost: i64) {
        let node = |node: i64| u32::try_from(node - 1).unwrap();
        self.arcs.push(NetArc::new(node(from), node(to), capacity, cost));
    }

    fn cost(&mut self) -> i64 {
        self.chance.draw(self.line.cost.0, self.line.cost.1)
    }

    fn one_in_hundred(&mut self, percent: i64) -> bool {
        self.chance.draw(1, 100) <= percent
    }

    /// The nodes an arc from `tail` may lead to.
    fn heads(&self, tail: i64) -> Run {
        let mut heads =
            Run::new(self.line.sources - self.line.passing_sources + 1, self.line.nodes);
        heads.take(tail);
        heads
    }

    /// Every source keeps part of its share and gives the rest to any.
    fn supply(&mut self) {
        let Netgen { sources, supply, .. } = self.line;
        let share = supply / sources;
        for source in 1..=sources {
            let kept = self.chance.draw(1, share);
            let other = self.chance.draw(1, sources);
            *self.supply_at(source) += kept;
            *self.supply_at(other) += share - kept;
        }
        let lucky = self.chance.draw(1, sources);
        *self.supply_at(lucky) += supply % sources;
    }

    /// For each source the nodes in between that its flow runs through, in the order drawn: six in
    /// ten dealt out in turn, the rest to any.
    fn chains(&mut self) -> Vec<Vec<i64>> {
        let Netgen { nodes, sources, sinks, .. } = self.line;
        let between = nodes - sources - sinks;
        let mut pool = Run::new(sources + 1, nodes - sinks);
        let mut chains = vec![Vec::new(); usize::try_from(sources).unwrap()];
        for turn in 0..between {
            let node = pool.take_any(&mut self.chance);
            let source = if turn < 6 * between / 10 {
                turn % sources
            } else {
                self.chance.draw(1, sources) - 1
            };
            chains[usize::try_from(source).unwrap()].push(node);
        }
        chains
    }

    /// Ties a source by its chain to some sinks, then fills up with arcs to anywhere.
    fn skeleton(&mut self, source: i64, chain: &[i64]) {
        // From the last node drawn back to the source.
        let mut ties: Vec<(i64, i64)> = Vec::new();
        for (place, &head) in chain.iter().enumerate().rev() {
            ties.push((if place == 0 { source } else { chain[place - 1] }, head));
        }
        self.tie_sinks(source, chain, &mut ties);
        shell_sort(&mut ties);
        let Netgen { nodes, sources, passing_sources, supply, cost, dear, capacitated, .. } =
            self.line;
        let sent = *self.supply_at(source);
        for group in ties.chunk_by(|one, other| one.0 == other.0) {
            let tail = group[0].0;
            let mut heads = self.heads(tail);
            for &(_, head) in group {
                heads.take(head);
                let bounded = self.one_in_hundred(capacitated);
                let capacity = if bounded { sent.max(self.line.capacity.0) } else { supply };
                let price = if self.one_in_hundred(dear) { cost.1 } else { self.cost() };
                self.arc(tail, head, capacity, price);
            }
            // The program counts the tail and all heads as taken, even those that never were there.
            let counted = nodes - sources + passing_sources - 1;
            let left = counted - i64::try_from(group.len()).unwrap();
            self.fill(tail, &mut heads, left);
        }
    }

    /// Draws the sinks of a source, and spreads its supply over them.
    fn tie_sinks(&mut self, source: i64, chain: &[i64], ties: &mut Vec<(i64, i64)>) {
        let Netgen { nodes, sources, sinks, .. } = self.line;
        let length = i64::try_from(chain.len()).unwrap();
        let wanted = match nodes - sources - sinks {
            0 => sinks / sources + 1,
            between => 2 * length * sinks / between,
        };
        let mut pool = Run::new(nodes - sinks + 1, nodes);
        let mut chosen: Vec<i64> =
            (0..wanted.max(2).min(sinks)).map(|_| pool.take_any(&mut self.chance)).collect();
        if source == sources {
            for sink in nodes - sinks + 1..=nodes {
                if pool.taken.binary_search(&sink).is_err() && *self.supply_at(sink) == 0 {
                    chosen.push(sink);
                }
            }
        }
        let count = i64::try_from(chosen.len()).unwrap();
        let sent = *self.supply_at(source);
        let share = sent / count;
        let mut tail = chain.last().copied().unwrap_or(source);
        for &sink in &chosen {
            let kept = self.chance.draw(1, share);
            let other = chosen[usize::try_from(self.chance.draw(1, count) - 1).unwrap()];
            ties.push((tail, sink));
            *self.supply_at(sink) -= kept;
            *self.supply_at(other) -= share - kept;
            let back = self.chance.draw(1, length);
            tail = if back == 0 {
                source
            } else {
                chain[chain.len() - usize::try_from(back).unwrap()]
            };
        }
        *self.supply_at(chosen[0]) -= sent % count;
    }

    /// Leads a random number of arcs from a node to anywhere, so that about as many come out in the
    /// end as were asked for. `left` is how many heads the program takes to be left.
    fn fill(&mut self, tail: i64, heads: &mut Run, mut left: i64) {
        let Netgen { nodes, sources, passing_sources, supply, capacitated, .. } = self.line;
        let others = nodes - sources + passing_sources - 1;
        let wanted = self.line.arcs - i64::try_from(self.arcs.len()).unwrap();
        let tails = self.tails_left;
        self.tails_left -= 1;
        if 2 * (tails - 1) >= wanted {
            return;
        }
        let mut count = others + 1;
        if (wanted + others - left) / tails < others {
            loop {
                count = self.chance.draw(1, 2 * (wanted / tails - 1));
                if tails == 1 {
                    count = wanted;
                }
                if (tails - 1) * others >= wanted - count {
                    break;
                }
            }
        }
        for _ in 0..count {
            let head = heads.take_ranked(self.chance.draw(1, left));
            left -= 1;
            let bounded = self.one_in_hundred(capacitated);
            let (least, most) = self.line.capacity;
            let capacity = if bounded { self.chance.draw(least, most) } else { supply };
            let cost = self.cost();
            self.arc(tail, head, capacity, cost);
        }
    }

    /// One unit from each of the first half of the nodes to one of the second.
    fn assignment(&mut self) {
        let Netgen { nodes, sources, .. } = self.line;
        let mut unpaired = Run::new(sources + 1, nodes);
        for source in 1..=sources {
            *self.supply_at(source) = 1;
            *self.supply_at(source + sources) = -1;
            let partner = unpaired.take_any(&mut self.chance);
            let cost = self.cost();
            self.arc(source, partner, 1, cost);
            let mut heads = Run::new(sources + 1, nodes);
            heads.take(partner);
            let left = heads.left();
            self.fill(source, &mut heads, left);
        }
    }
}

/// Sorts by tail as Shell (1959) does, gaps halving: which of equal tails comes first decides who
/// gets which draw.
fn shell_sort(ties: &mut [(i64, i64)]) {
    let mut gap = ties.len() / 2;
    while gap > 0 {
        for start in gap..ties.len() {
            let mut place = start;
            while place >= gap && ties[place - gap].0 > ties[place].0 {
                ties.swap(place - gap, place);
                place -= gap;
            }
        }
        gap /= 2;
    }
}
