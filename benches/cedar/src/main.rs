//! Asks the same questions of agreements and of Cedar policies, and compares the time.
//!
//! Every agreement is one between a hub and a partner of its own: a permit for orders of three
//! categories for disaster relief, a forbid of arms, a ceiling on fuel, a term from a day on. Each
//! is translated to two Cedar policies of the same meaning, a permit and a forbid, which compare
//! giver, receiver, category, purpose, quantity and time with the context of the request. First
//! all questions are asked of both, and every answer must be the same; then each is timed.
//!
//! Cedar is used as its authors advise: the policies are parsed once, the request with its context
//! and the entities are built before the clock starts, one authorizer serves all. The pair is in
//! the head of the policies, as principal and resource, where Cedar can tell soonest that a policy
//! does not apply.
//!
//! Cedar evaluates every policy it is given. A host that keeps its policies apart by pair of
//! parties, and hands over the few that can apply, spares it most of that; this bench measures the
//! engines, not such a host, so all policies are handed over, as all agreements are on our side.
//!
//! What is left out of the Cedar side, because its language has no place for it: which clause
//! settles the aid, what is needed instead of a refusal, and which clause comes nearest. Ours is
//! timed twice: for the outcome with the clause it rests on, which is what Cedar gives with the
//! policies that determined its answer, and for the decision in full. The ratio is of the first. Validation against a
//! schema and the building of requests are left out on Cedar's side, the parsing of the question
//! on ours.

use std::error::Error;
use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use cedar_policy::{
    Authorizer, Context, Decision as CedarDecision, Entities, EntityUid, PolicySet, Request,
    RestrictedExpression,
};
use pumasi_agreement::{Agreement, Agreements, Question, decide, read};

/// How many agreements there are, and how many times faster ours should be.
const SIZES: [(usize, u128); 2] = [(10, 40), (1000, 1000)];

/// How many samples a median is taken of, and how long each lasts at least.
const SAMPLES: usize = 31;
const SAMPLE: Duration = Duration::from_millis(5);

/// The second from which the agreements hold, 2020-01-01 at nine hours east of Greenwich.
const FROM_SECOND: i64 = 1_577_804_400;

fn main() -> Result<(), Box<dyn Error>> {
    println!("agreements  question                  cedar ns  judged ns  decided ns  ratio");
    for (count, wanted) in SIZES {
        let ours = ours(count)?;
        let cedar = Cedar::of(count)?;
        let mut least = u128::MAX;
        for (name, asked) in questions(count) {
            let question: Question = asked.sentence().parse()?;
            let request = asked.request()?;
            let permitted = ours.judge(&question).is_permitted();
            assert_eq!(permitted, decide(&ours, &question).is_permitted(), "{}", asked.sentence());
            assert_eq!(permitted, cedar.allows(&request), "{}", asked.sentence());
            let theirs = median_ns(|| {
                black_box(cedar.allows(black_box(&request)));
            });
            let judged = median_ns(|| {
                let ruling = black_box(&ours).judge(black_box(&question));
                black_box((ruling.answer(), ruling.clause()));
            });
            let decided = median_ns(|| {
                black_box(decide(black_box(&ours), black_box(&question)));
            });
            let ratio = theirs / judged.max(1);
            least = least.min(ratio);
            println!(
                "{count:>10}  {name:<24}  {theirs:>8}  {judged:>9}  {decided:>10}  {ratio:>5}"
            );
        }
        let met = if least >= wanted { "met" } else { "not met" };
        println!("{count:>10}  at least {least} times as fast; {wanted} wanted: {met}");
    }
    Ok(())
}

/// A question in the words of both.
struct Asked {
    giver: String,
    receiver: String,
    category: &'static str,
    purpose: &'static str,
    quantity_kg: i64,
    day: &'static str,
}

impl Asked {
    fn sentence(&self) -> String {
        let Self { giver, receiver, category, purpose, quantity_kg, day } = self;
        format!(
            "{receiver} orders {quantity_kg} KGM {category} from {giver} for {purpose} on {day}"
        )
    }

    fn request(&self) -> Result<Request, Box<dyn Error>> {
        let uid = |sort: &str, id: &str| format!("{sort}::\"{id}\"").parse::<EntityUid>();
        let noon: pumasi_base::Time = format!("{}T12:00:00Z", self.day).parse()?;
        let text = |text: &str| RestrictedExpression::new_string(text.to_owned());
        let context = Context::from_pairs([
            ("category".to_owned(), text(self.category)),
            ("purpose".to_owned(), text(self.purpose)),
            ("quantity_kg".to_owned(), RestrictedExpression::new_long(self.quantity_kg)),
            ("on".to_owned(), RestrictedExpression::new_long(noon.as_second())),
        ])?;
        let (giver, receiver) = (uid("Party", &self.giver)?, uid("Party", &self.receiver)?);
        Ok(Request::new(receiver, uid("Action", "order")?, giver, context, None)?)
    }
}

/// Permitted and refused in every way the agreements know, of a partner in the middle.
fn questions(count: usize) -> Vec<(&'static str, Asked)> {
    let middle = format!("p-{}", count / 2);
    let base = |category, purpose, quantity_kg, day| Asked {
        giver: "hub".to_owned(),
        receiver: middle.clone(),
        category,
        purpose,
        quantity_kg,
        day,
    };
    let relief = "disaster_relief";
    vec![
        ("permitted", base("fuel", relief, 200, "2024-01-02")),
        ("permitted without limit", base("water", relief, 5000, "2024-01-02")),
        ("over the ceiling", base("fuel", relief, 2000, "2024-01-02")),
        ("forbidden", base("weapons", relief, 1, "2024-01-02")),
        ("for another purpose", base("food", "peacekeeping", 1, "2024-01-02")),
        ("before the term", base("food", relief, 1, "2019-06-01")),
        (
            "between strangers",
            Asked { giver: "p-1".to_owned(), ..base("food", relief, 1, "2024-01-02") },
        ),
    ]
}

fn ours(count: usize) -> Result<Agreements, Box<dyn Error>> {
    let list: Result<Vec<Agreement>, Box<dyn Error>> = (0..count).map(agreement).collect();
    Ok(Agreements::compile(&list?)?)
}

fn agreement(number: usize) -> Result<Agreement, Box<dyn Error>> {
    let words = r#"article = { ko = "x", ja = "x", zh-Hans = "x", en = "x" }
caption = { ko = "x", ja = "x", zh-Hans = "x", en = "x" }
authentic = { ja = "x" }
"#;
    let mut text = format!(
        r#"id = "g-{number}"
nature = "real"
law_level = "provincial"
parties = ["hub", "p-{number}"]
utc_offset_hours = 9
title = {{ ko = "x", ja = "x", zh-Hans = "x", en = "x" }}
source = [{{ title = "x", publisher = "x", date = "2024" }}]
"#
    );
    for (id, terms) in [
        (
            "a",
            "kind = \"permit\"\nactions = [\"order\"]\ncategories = [\"food\", \"water\", \"fuel\"]\npurposes = [\"disaster_relief\"]\n",
        ),
        ("b", "kind = \"forbid\"\ncategories = [\"weapons\", \"ammunition\"]\n"),
        (
            "c",
            "kind = \"ceiling\"\ncategories = [\"fuel\"]\nquantity = \"1000 KGM\"\nper = \"order\"\n",
        ),
        ("e", "kind = \"term\"\nfrom = 2020-01-01\n"),
    ] {
        write!(text, "[[clause]]\nid = \"{id}\"\n{terms}{words}")?;
    }
    read(&format!("g-{number}.toml"), &text).map_err(|errors| format!("{errors:?}").into())
}

/// Cedar with everything built that can be built beforehand.
struct Cedar {
    authorizer: Authorizer,
    policies: PolicySet,
    entities: Entities,
}

impl Cedar {
    fn of(count: usize) -> Result<Self, Box<dyn Error>> {
        let mut text = String::new();
        for number in 0..count {
            // Either may give to the other, so each agreement has a policy for each direction.
            for (giver, receiver) in
                [("hub", &*format!("p-{number}")), (&*format!("p-{number}"), "hub")]
            {
                write!(
                    text,
                    r#"
permit (principal == Party::"{receiver}", action == Action::"order", resource == Party::"{giver}")
when {{
    ["food", "water", "fuel"].contains(context.category) &&
    context.purpose == "disaster_relief" &&
    (context.category != "fuel" || context.quantity_kg <= 1000) &&
    context.on >= {FROM_SECOND}
}};
forbid (principal == Party::"{receiver}", action, resource == Party::"{giver}")
when {{
    ["weapons", "ammunition"].contains(context.category) && context.on >= {FROM_SECOND}
}};
"#
                )?;
            }
        }
        Ok(Self {
            authorizer: Authorizer::new(),
            policies: text.parse()?,
            entities: Entities::empty(),
        })
    }

    fn allows(&self, request: &Request) -> bool {
        let response = self.authorizer.is_authorized(request, &self.policies, &self.entities);
        response.decision() == CedarDecision::Allow
    }
}

/// The median time of one call, in nanoseconds.
fn median_ns(mut call: impl FnMut()) -> u128 {
    let mut calls = 1_u32;
    while timed(calls, &mut call) < SAMPLE {
        calls = calls.saturating_mul(2);
    }
    let mut samples: Vec<u128> =
        (0..SAMPLES).map(|_| timed(calls, &mut call).as_nanos() / u128::from(calls)).collect();
    samples.sort_unstable();
    samples.get(SAMPLES / 2).copied().unwrap_or_default()
}

fn timed(calls: u32, call: &mut impl FnMut()) -> Duration {
    let start = Instant::now();
    (0..calls).for_each(|_| call());
    start.elapsed()
}
