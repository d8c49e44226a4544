//! Every rule broken once.

use super::*;
use crate::case;
use crate::plan::Serving;
use crate::problem::PermitIndex;
use crate::solve::{planned, solve};

/// Four litres go from `a` by road to `b` and by ferry to `c`, leaving at 0 and 100.
const WORLD: &str = "
    water 1000 perishing 3
    blanket 1000 lasting 1
    site a ground=kr
    site b ground=kr
    site c ground=jp take=10
    link road a b road 100 10 1000
    link sea b c sea 30 10 1000
    link shut a c sea 10 10 10 closed=0..4
    stock kr a water 4 @0
    need p c jp water 0,0,0,4
    permit x#1 kr jp water road,sea through=kr,jp ceiling=5
    permit x#2 kr kr water road
    permit x#3 jp jp blanket air through=kr from=1 suspended
";

/// Changes the one allocation of the plan, states the figures anew and judges.
#[track_caller]
fn check(change: impl Fn(&mut Allocation), expected: &str) {
    check_in("", change, expected);
}

#[track_caller]
fn check_in(more: &str, change: impl Fn(&mut Allocation), expected: &str) {
    let problem = case::problem(&format!("{WORLD}{more}"));
    let mut allocations = solve(&problem).allocations;
    assert_eq!(allocations.len(), 1);
    allocations.iter_mut().for_each(change);
    let found = match super::check(&problem, &planned(&problem, allocations)) {
        Ok(checked) => format!("burden {}", checked.plan().terms.burden),
        Err(violations) => {
            violations.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        }
    };
    assert_eq!(found, expected);
}

fn leg(allocation: &mut Allocation, index: usize) -> &mut Leg {
    &mut allocation.route[index]
}

#[test]
fn a_plan_that_keeps_every_rule_passes() {
    check(|_| {}, "burden 0");
    check(|a| a.units = 3, "burden 3");
    // To wait is no fault.
    check(
        |a| {
            leg(a, 1).depart_min = 125;
            leg(a, 1).depart_period = 2;
            leg(a, 1).arrive_min = 160;
            a.arrives_min = 160;
        },
        "burden 0",
    );
}

#[test]
fn amounts_are_held_to_stocks_needs_and_ceilings() {
    check(|a| a.units = 0, "allocation 0: it moves no unit");
    check(
        |a| a.units = 5,
        "5 units are taken from stock 0, more than it holds; need 0 gets 1 units it cannot use",
    );
    check(
        |a| a.units = 6,
        "6 units are taken from stock 0, more than it holds; \
         6000 g move under ceiling 0, more than it allows; need 0 gets 2 units it cannot use",
    );
}

#[test]
fn a_route_leads_link_by_link_from_the_stock_to_the_need() {
    let broken = "allocation 0: the route does not lead from the stock to the need";
    check(|a| _ = a.route.remove(0), broken);
    check(|a| leg(a, 0).link = LinkIndex(1), broken);
    check(
        |a| {
            a.route.pop();
            a.arrives_min = 100;
        },
        broken,
    );
    check(|a| leg(a, 0).from = SiteIndex(2), broken);
    check(
        |a| leg(a, 0).link = LinkIndex(9),
        "allocation 0: it names something the problem does not have; \
         4000 g leave site 0 on link 9 in period 0, more than it carries",
    );
    check(
        |a| a.stock = StockIndex(9),
        "allocation 0: it names something the problem does not have; \
         the unmet figures of need 0 are not what the allocations leave; \
         the terms stated are not what the plan is worth",
    );
    check_in(
        "stock kr a blanket 4 @0",
        |a| a.stock = StockIndex(0),
        "allocation 0: the stock holds another commodity than is needed; allocation 0: the permit does not cover the commodity",
    );
}

#[test]
fn time_runs_forward_at_the_speed_of_the_links() {
    check(
        |a| {
            leg(a, 1).arrive_min = 129;
            a.arrives_min = 129;
        },
        "allocation 0: a leg takes less time than its link",
    );
    check(|a| leg(a, 0).arrive_min = 101, "allocation 0: a leg leaves before the goods are there");
    check(|a| a.arrives_min = 60, "allocation 0: the arrival stated is not that of the route");
    check(
        |a| leg(a, 1).depart_period = 2,
        "allocation 0: a leg states another period than it leaves in",
    );
    check(
        |a| {
            leg(a, 1).arrive_min = 181;
            a.arrives_min = 181;
        },
        "allocation 0: it comes after the horizon",
    );
}

#[test]
fn a_release_is_kept() {
    let problem = case::problem(&format!("{WORLD}stock jp c water 1 @2"));
    let allocation = Allocation {
        stock: StockIndex(0),
        need: NeedIndex(0),
        permit: None,
        route: Vec::new(),
        arrives_min: 119,
        units: 1,
        serving: None,
    };
    let judge = |allocation: &Allocation| {
        let plan = planned(&problem, vec![allocation.clone()]);
        super::check(&problem, &plan).map(|_| ()).map_err(|violations| violations[0].clone())
    };
    let fault = Violation::Allocation { allocation: 0, fault: Fault::BeforeRelease };
    assert_eq!(judge(&allocation), Err(fault));
    assert_eq!(judge(&Allocation { arrives_min: 120, ..allocation }), Ok(()));
}

#[test]
fn closed_links_carry_nothing() {
    let straight = |a: &mut Allocation| {
        let leg = Leg {
            link: LinkIndex(2),
            from: SiteIndex(0),
            to: SiteIndex(2),
            depart_period: 0,
            depart_min: 0,
            arrive_min: 10,
        };
        a.route = vec![leg];
        a.arrives_min = 10;
    };
    check(straight, "allocation 0: a leg uses a closed link");
    let small = "horizon 60 4\n link tiny a b road 100 0 0 oneway";
    check_in(
        small,
        |a| leg(a, 0).link = LinkIndex(3),
        "allocation 0: a leg uses a link that does not run in that period; \
         4000 g leave site 0 on link 3 in period 0, more than it carries",
    );
    check_in(
        "link back b a road 100 10 0 oneway",
        |a| leg(a, 0).link = LinkIndex(0),
        "allocation 0: the route does not lead from the stock to the need",
    );
}

#[test]
fn permits_are_kept_clause_by_clause() {
    check(
        |a| a.permit = None,
        "allocation 0: no permit is given, and the stock is not the receiver's own",
    );
    check(
        |a| a.permit = Some(PermitIndex(9)),
        "allocation 0: it names something the problem does not have",
    );
    check(
        |a| a.permit = Some(PermitIndex(1)),
        "allocation 0: the permit is for another receiver; \
         allocation 0: the permit does not cover a mode of transport used",
    );
    check(
        |a| a.permit = Some(PermitIndex(2)),
        "allocation 0: the permit is suspended; allocation 0: the permit is another giver's; \
         allocation 0: the permit does not cover the commodity; \
         allocation 0: the permit does not cover a mode of transport used; \
         allocation 0: the route passes ground the permit does not cover; \
         allocation 0: goods move before the permit can be used",
    );
    let unasked = "need q c jp water 0,0,0,4 unasked";
    check_in(
        unasked,
        |a| a.need = NeedIndex(1),
        "allocation 0: nobody has asked, and the permit is no push permit",
    );
}

#[test]
fn figures_beyond_all_measure_are_judged_too() {
    let problem = case::problem(WORLD);
    let mut plan = solve(&problem);
    let allocation = &mut plan.allocations[0];
    (allocation.units, allocation.arrives_min) = (i64::MAX, i64::MAX);
    let last = leg(allocation, 1).clone();
    let endless = Leg { depart_period: usize::MAX, depart_min: i64::MIN, ..last };
    allocation.route = vec![endless; 1000];
    let whole = allocation.clone();
    plan.allocations = vec![whole; 3];
    let violations = super::check(&problem, &plan).map(|_| ()).unwrap_err();
    assert!(violations.len() > 9, "{violations:?}");
    assert!(!crate::explain::explain(&problem, &plan).iter().any(|b| b.costs.is_empty()));
}

#[test]
fn figures_stated_are_recomputed() {
    let problem = case::problem(WORLD);
    let plan = solve(&problem);
    let judge = |plan: &Plan| super::check(&problem, plan).map(|_| ()).unwrap_err();
    let need = NeedIndex(0);
    let wrong = Plan { unmet: vec![vec![0, 0, 0, 1]], ..plan.clone() };
    assert_eq!(judge(&wrong), [Violation::UnmetDiffers { need }]);
    assert_eq!(judge(&Plan { unmet: Vec::new(), ..plan.clone() }), [Violation::NeedsDiffer]);
    let terms = Terms { cost_cents: 0, ..plan.terms };
    assert_eq!(
        judge(&Plan { terms, ..plan.clone() }),
        [Violation::TermsDiffer { found: plan.terms }]
    );
    let other = case::problem(&format!("{WORLD}site d"));
    assert_eq!(super::check(&other, &plan), Err(vec![Violation::ProblemDiffers]));
}

#[test]
fn links_and_sites_are_held_to_each_period() {
    let text = "
        water 1000 perishing 3
        site a\n site b take=3
        link road a b road 30 4 0
        stock jp a water 9 @0
        need p b jp water 0,0,0,9";
    let problem = case::problem(text);
    let plan = solve(&problem);
    assert_eq!(super::check(&problem, &plan).map(|_| ()), Ok(()));
    let mut allocations = plan.allocations;
    // Everything leaves and arrives with the first.
    let first = allocations[0].clone();
    let units = allocations.iter().map(|a| a.units).sum();
    allocations = vec![Allocation { units, ..first }];
    let (link, from, site) = (LinkIndex(0), SiteIndex(0), SiteIndex(1));
    assert_eq!(
        super::check(&problem, &planned(&problem, allocations)),
        Err(vec![
            Violation::CapacityExceeded { link, from, period: 0, mass_g: 9000 },
            Violation::HandlingExceeded { site, period: 0, mass_g: 9000 },
        ])
    );
}

/// Hydrogen that loses a tenth in each period goes from `a` to `b`, leaving in the first.
const FADING: &str = "
    horizon 1440 4
    hydrogen 1000 perishing 3 loses=100000
    site a\n site b take=10
    link tanker a b sea 1440 10 1000 carries=hydrogen
    link ferry a b sea 1440 10 1000 carries=water,rice
    stock jp a hydrogen 10 @0
    need p b jp hydrogen 0,9,0,0
";

/// Changes the one allocation of the plan, states the figures anew and judges.
#[track_caller]
fn check_fading(change: impl Fn(&mut Allocation), expected: &str) {
    let problem = case::problem(FADING);
    let mut allocations = solve(&problem).allocations;
    assert_eq!(allocations.len(), 1);
    allocations.iter_mut().for_each(change);
    let found = match super::check(&problem, &planned(&problem, allocations)) {
        Ok(_) => String::new(),
        Err(found) => found.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
    };
    assert_eq!(found, expected);
}

fn serve(allocation: &mut Allocation, period: usize, units: i64) {
    allocation.serving = Some(Serving { period, units });
}

#[test]
fn no_more_is_handed_out_than_is_left() {
    check_fading(
        |a| assert_eq!((a.units, &a.serving), (10, &Some(Serving { period: 1, units: 9 }))),
        "",
    );
    check_fading(|a| serve(a, 1, 8), "");
    let too_much = "allocation 0: more is handed out than is left by then";
    check_fading(|a| a.units = 9, too_much);
    check_fading(|a| serve(a, 1, 10), &format!("{too_much}; need 0 gets 1 units it cannot use"));
    check_fading(|a| serve(a, 1, 0), "allocation 0: it moves no unit");
    check_fading(
        |a| serve(a, 0, 1),
        "allocation 0: it is handed out before it is there; need 0 gets 1 units it cannot use",
    );
    // What comes too late is of no use, and what is kept is less.
    check_fading(|a| serve(a, 2, 8), "need 0 gets 8 units it cannot use");
    check_fading(|a| serve(a, 9, 1), "allocation 0: it comes after the horizon");
    check_fading(
        |a| a.serving = None,
        "allocation 0: nothing says what is left of what is lost with time; \
         need 0 gets 1 units it cannot use",
    );
    check(|a| serve(a, 3, 4), "allocation 0: it states a loss of what loses nothing");
}

#[test]
fn a_bound_link_carries_its_own_goods_alone() {
    check_fading(
        |a| leg(a, 0).link = LinkIndex(0),
        "allocation 0: link 0 does not carry the commodity",
    );
    let bound = "link oil a b sea 100 10 1000 carries=blanket oneway";
    check_in(
        bound,
        |a| leg(a, 0).link = LinkIndex(0),
        "allocation 0: link 0 does not carry the commodity",
    );
}
