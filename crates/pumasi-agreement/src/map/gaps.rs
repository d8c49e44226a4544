//! What nobody can send to whom in the first hours, what comes near, and which step would bring it.

use std::collections::BTreeSet;

use pumasi_base::{AgreementId, CategoryId, GroupId, PartyId, StepId};

use super::asking::{Asking, Point, level_of};
use super::ladder::{Group, Ladder};
use super::matrix::Level;
use crate::decide::decide;
use crate::grid::{WORST, WORST_UNREACHABLE};
use crate::permission::{Permission, Situation};
use crate::question::{Action, ClauseRef, Decision, Event};
use crate::reason::{Reason, Rule};
use crate::scope::same_country;

/// When a gap shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lack {
    /// Even if the receiver can ask.
    EvenIfAsked,
    /// If the receiver cannot be reached; it would be sent if it asked.
    IfUnreachable,
}

impl Lack {
    /// The word interfaces use.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::EvenIfAsked => "even_if_asked",
            Self::IfUnreachable => "if_unreachable",
        }
    }
}

/// What of a gap is nearly there, nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Near {
    /// An agreement to come would close it.
    Coming,
    /// A permit holds, but dispatch comes too late.
    TooLate,
    /// Somebody's consent would do.
    Consent,
    /// What would permit it is suspended.
    Suspended,
    /// What permitted it has ended.
    Ended,
    /// An agreement to come would permit it, but dispatch would come too late.
    ComingTooLate,
    /// It is covered for another step, such as asking without sending.
    OtherStep,
    /// It is covered for another purpose.
    OtherPurpose,
    /// The step is covered for another category.
    OtherCategory,
    /// A clause forbids it.
    Forbidden,
}

impl Near {
    /// The word interfaces use.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Coming => "coming",
            Self::TooLate => "too_late",
            Self::Consent => "consent",
            Self::Suspended => "suspended",
            Self::Ended => "ended",
            Self::ComingTooLate => "coming_too_late",
            Self::OtherStep => "other_step",
            Self::OtherPurpose => "other_purpose",
            Self::OtherCategory => "other_category",
            Self::Forbidden => "forbidden",
        }
    }
}

/// What comes near closing a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMiss {
    /// How near.
    pub near: Near,
    /// From whom.
    pub givers: Vec<PartyId>,
    /// The agreement it would rest on, when one speaks of it.
    pub agreement: Option<AgreementId>,
    /// The clauses that come near.
    pub clauses: Vec<ClauseRef>,
    /// Why they do not suffice.
    pub reasons: Vec<Reason>,
    /// Hours between the order and the earliest dispatch.
    pub delay_hours: i64,
}

/// Something that nobody can send to a party within the first hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// To whom.
    pub receiver: PartyId,
    /// What.
    pub group: GroupId,
    /// The categories of the group that nobody can send.
    pub categories: Vec<CategoryId>,
    /// Whether these are all of the group.
    pub whole: bool,
    /// When.
    pub lack: Lack,
    /// The bodies of the receiver's own country that can send it all the same; empty when nobody
    /// can at all.
    pub at_home: Vec<PartyId>,
    /// What comes near, from other countries; nearest first.
    pub near: Vec<NearMiss>,
    /// The least sensitive step that would bring it.
    pub step: Option<StepId>,
}

/// The most near misses that are told of one gap.
const NEAR_MAX: usize = 4;

/// The gaps of every party asked about, in the order of groups.
pub(super) fn gaps(asking: &mut Asking<'_>, ladder: &Ladder) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let inquiry = asking.inquiry;
    for receiver in &inquiry.parties {
        let reach = Reach::of(asking, receiver);
        for group in ladder.groups.iter().filter(|group| group.relief) {
            for lack in [Lack::EvenIfAsked, Lack::IfUnreachable] {
                gaps.extend(gap(asking, ladder, &reach, receiver, group, lack));
            }
        }
    }
    gaps
}

/// Who can send what to one receiver in time.
struct Reach<'a> {
    givers: BTreeSet<&'a PartyId>,
    /// Permissions when the receiver asks, and when it is silent.
    asked: Vec<Permission>,
    silent: Vec<Permission>,
    first_hours: i64,
}

impl<'a> Reach<'a> {
    fn of(asking: &Asking<'a>, receiver: &'a PartyId) -> Self {
        let inquiry = asking.inquiry;
        let permissions = |event: Event| {
            asking.agreements.permissions(&Situation {
                purpose: inquiry.purpose.clone(),
                status: inquiry.status,
                on: inquiry.on,
                event: Some(event),
                receivers: vec![receiver.clone()],
            })
        };
        let mut silent = permissions(WORST_UNREACHABLE);
        silent.retain(|permission| permission.push);
        let (asked, first_hours) = (permissions(WORST), inquiry.first_hours);
        Self { givers: asking.others(receiver), asked, silent, first_hours }
    }

    /// The parties that can send a category in time.
    fn senders(&self, category: &CategoryId, lack: Lack) -> BTreeSet<&'a PartyId> {
        let rows = match lack {
            Lack::EvenIfAsked => &self.asked,
            Lack::IfUnreachable => &self.silent,
        };
        let in_time = |giver: &&PartyId| {
            rows.iter().any(|row| {
                row.giver == **giver
                    && row.categories.contains(category)
                    && row.delay_hours <= self.first_hours
            })
        };
        self.givers.iter().copied().filter(in_time).collect()
    }
}

fn gap(
    asking: &mut Asking<'_>,
    ladder: &Ladder,
    reach: &Reach<'_>,
    receiver: &PartyId,
    group: &Group,
    lack: Lack,
) -> Option<Gap> {
    let abroad = |giver: &PartyId| !same_country(giver, receiver);
    let mut categories = Vec::new();
    let mut at_home: Option<BTreeSet<&PartyId>> = None;
    for category in &group.categories {
        let senders = reach.senders(category, lack);
        // What cannot be sent even on request is told once.
        let told = lack == Lack::IfUnreachable
            && !reach.senders(category, Lack::EvenIfAsked).iter().any(|giver| abroad(giver));
        if told || senders.iter().any(|giver| abroad(giver)) {
            continue;
        }
        categories.push(category.clone());
        at_home = Some(match at_home {
            None => senders,
            Some(others) => others.intersection(&senders).copied().collect(),
        });
    }
    let first = categories.first()?;
    let action = action_of(lack);
    let purpose = &asking.inquiry.purpose;
    let step = ladder.steps.iter().find(|step| step.brings(action, first, purpose));
    let step = step.map(|step| step.id.clone());
    let givers: Vec<&PartyId> = reach.givers.iter().copied().filter(|g| abroad(g)).collect();
    Some(Gap {
        receiver: receiver.clone(),
        group: group.id.clone(),
        whole: categories.len() == group.categories.len(),
        near: near_misses(asking, &givers, receiver, &categories, lack),
        categories,
        lack,
        at_home: at_home.into_iter().flatten().cloned().collect(),
        step,
    })
}

const fn action_of(lack: Lack) -> Action {
    match lack {
        Lack::EvenIfAsked => Action::Order,
        Lack::IfUnreachable => Action::Push,
    }
}

fn near_misses(
    asking: &mut Asking<'_>,
    givers: &[&PartyId],
    receiver: &PartyId,
    categories: &[CategoryId],
    lack: Lack,
) -> Vec<NearMiss> {
    let mut found: Vec<NearMiss> = Vec::new();
    for giver in givers {
        for category in categories {
            let (purpose, status) = (&asking.inquiry.purpose, asking.inquiry.status);
            let action = action_of(lack);
            let point = Point { action, giver, receiver, category, purpose, status };
            let Some(miss) = near_miss(asking, point) else { continue };
            let same = |known: &&mut NearMiss| {
                known.near == miss.near
                    && known.agreement == miss.agreement
                    && known.clauses == miss.clauses
            };
            match found.iter_mut().find(same) {
                Some(known) if known.givers.contains(giver) => {}
                Some(known) => known.givers.push((*giver).clone()),
                None => found.push(miss),
            }
        }
    }
    found.sort_by_key(|miss| miss.near);
    // What covers something else is news only where nothing covers this.
    if found.first().is_some_and(|nearest| nearest.near < Near::OtherStep) {
        found.retain(|miss| miss.near < Near::OtherPurpose);
    }
    found.truncate(NEAR_MAX);
    found
}

/// What comes near at a point where nothing is permitted in time.
fn near_miss(asking: &mut Asking<'_>, point: Point<'_>) -> Option<NearMiss> {
    let question = asking.question(point);
    let now = decide(asking.agreements, &question);
    let hours = asking.inquiry.first_hours;
    let late = |asking: &Asking<'_>, decision: &Decision| {
        point.action == Action::Order && asking.delay_hours(&decision.clauses) > hours
    };
    let (near, decision) = match level_of(&now) {
        Level::Permitted => (Near::TooLate, now),
        Level::Needs => (Near::Consent, now),
        Level::Forbidden => (Near::Forbidden, now),
        Level::Coming | Level::Nothing => match asking.in_prospect(&question, |_| true) {
            Some(coming) if late(asking, &coming) => (Near::ComingTooLate, coming),
            Some(coming) => (Near::Coming, coming),
            None => (near_of(&now.reasons.first()?.rule)?, now),
        },
    };
    Some(NearMiss {
        near,
        givers: vec![point.giver.clone()],
        delay_hours: asking.delay_hours(&decision.clauses),
        agreement: decision.under,
        clauses: decision.clauses,
        reasons: decision.reasons,
    })
}

/// How near a refusal for this rule comes; none where no agreement says anything of the matter.
const fn near_of(rule: &Rule) -> Option<Near> {
    match rule {
        Rule::Suspended { .. } => Some(Near::Suspended),
        Rule::NotInForce { .. } | Rule::StandingDisputed { .. } | Rule::AfterTerm { .. } => {
            Some(Near::Ended)
        }
        Rule::ActionNotCovered { .. } | Rule::NoStandingConsent { .. } => Some(Near::OtherStep),
        Rule::PurposeNotCovered { .. } => Some(Near::OtherPurpose),
        Rule::CategoryNotCovered { .. } => Some(Near::OtherCategory),
        _ => None,
    }
}
