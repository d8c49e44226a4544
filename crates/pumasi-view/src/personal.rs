//! Personal data beside acts: what is on record of them, and the text for members alone.

use pumasi_act::{ActId, Verified};
use pumasi_base::{PartyId, Time};

use crate::lexicon::Lexicon;
use crate::page::{PartyName, PersonalLine, PersonalPage};
use crate::visible::{Held, Matter, Visible, cleared};

/// What a node has of personal data beside an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stored {
    /// The text.
    Here(String),
    /// Nothing any more: an officer of this node erased it.
    Erased(Time),
    /// Nothing yet.
    Missing,
}

/// The personal data beside an act; nothing when the reader does not share its matter, or when it
/// has none.
///
/// What was retracted is not shown, even where it is still stored.
#[must_use]
pub fn personal(
    lexicon: &Lexicon,
    held: &[Held<'_>],
    reader: &PartyId,
    act: &ActId,
    stored: Stored,
) -> Option<Visible<PersonalPage>> {
    let shared = cleared(held, reader);
    let matter = shared.iter().find(|matter| matter.state.personal.contains_key(act))?;
    let data = matter.state.personal.get(act)?;
    let (state, text, since) = match (retracted(matter, act), stored) {
        (Some((_, at)), _) => ("retracted", None, Some(at)),
        (None, Stored::Here(text)) => ("held", Some(text), None),
        (None, Stored::Erased(at)) => ("erased", None, Some(at)),
        (None, Stored::Missing) => ("missing", None, None),
    };
    Some(Visible::new(PersonalPage {
        act: act.to_string(),
        matter: matter.state.matter.to_string(),
        party: lexicon.party(&data.party),
        state: state.to_owned(),
        text,
        since: since.map(|at| at.to_string()),
    }))
}

/// What is on record of personal data beside an act.
pub(crate) fn personal_line(
    lexicon: &Lexicon,
    matter: &Matter<'_>,
    act: &Verified,
    reader: &PartyId,
) -> Option<PersonalLine> {
    let data = matter.state.personal.get(&act.id())?;
    let retracted = retracted(matter, &act.id());
    let (mut known_to, mut awaited): (Vec<PartyName>, Vec<PartyName>) = Default::default();
    if let Some((retraction, _)) = retracted {
        let witnessed = matter.folded.witnessed(&retraction);
        for party in matter.state.genesis.audience.iter().filter(|party| **party != data.party) {
            let side = if witnessed.by.contains(party) { &mut known_to } else { &mut awaited };
            side.push(lexicon.party(party));
        }
    }
    let own = data.party == *reader;
    let retracted = retracted.map(|(_, at)| at.to_string());
    Some(PersonalLine { own, retracted, known_to, awaited })
}

/// The act that retracted the personal data beside `act`, or beside another act of its party with
/// the same text, and the time it claims.
fn retracted(matter: &Matter<'_>, act: &ActId) -> Option<(ActId, Time)> {
    let data = matter.state.personal.get(act)?;
    let same = matter
        .state
        .personal
        .values()
        .filter(|other| (other.commitment, &other.party) == (data.commitment, &data.party));
    let retraction = same.filter_map(|other| other.retracted).min()?;
    Some((retraction, matter.act(&retraction)?.payload().time))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use pumasi_act::testing::{World, agreement};
    use pumasi_base::Status;
    use serde_json::json;

    use super::*;
    use crate::world::{lexicon, origin, party};

    /// jp wrote with a contact beside it, and maybe took that back, which maybe kr acknowledged;
    /// what `reader` is shown by a node that has `stored`.
    #[track_caller]
    fn check(reader: &str, retracts: bool, acknowledges: bool, stored: Stored, expected: &Expect) {
        let parties = ["jp", "kr", "cn"];
        let mut world = World::new(&parties, vec![agreement()], Status::Exercise, origin());
        let act = world.act_with_personal("jp", "report_needs", None, json!({}), "a contact");
        if retracts {
            world.act("jp", "retract_personal_data", None, json!({"act": act}));
        }
        if acknowledges {
            world.act("kr", "acknowledge_acts", None, json!({}));
        }
        let (folded, reader) = (world.folded(), party(reader));
        let held = [Held { folded: &folded, acts: &world.acts }];
        let page = personal(&lexicon(), &held, &reader, &act, stored).map(Visible::into_inner);
        let page = page.map_or_else(
            || "nothing".to_owned(),
            |page| format!("{} {:?} {:?}", page.state, page.text, page.since),
        );
        let line = cleared(&held, &reader).first().map(|matter| {
            let written = matter.act(&act).unwrap();
            let line = personal_line(&lexicon(), matter, written, &reader).unwrap();
            let ids = |list: &[PartyName]| -> Vec<String> {
                list.iter().map(|party| party.id.clone()).collect()
            };
            let (known, awaited) = (ids(&line.known_to), ids(&line.awaited));
            format!("; own {} known to {known:?} awaited {awaited:?}", line.own)
        });
        expected.assert_eq(&(page + &line.unwrap_or_default()));
    }

    #[test]
    fn members_see_what_is_held_and_who_knows_of_a_retraction() {
        let here = || Stored::Here("a contact".to_owned());
        check(
            "jp",
            false,
            false,
            here(),
            &expect![[r#"held Some("a contact") None; own true known to [] awaited []"#]],
        );
        check(
            "kr",
            false,
            false,
            Stored::Missing,
            &expect!["missing None None; own false known to [] awaited []"],
        );
        let erased = || Stored::Erased(origin());
        check(
            "kr",
            false,
            false,
            erased(),
            &expect![[
                r#"erased None Some("2024-01-01T00:00:00Z"); own false known to [] awaited []"#
            ]],
        );
        check("us", false, false, here(), &expect!["nothing"]);
        check(
            "jp",
            true,
            false,
            here(),
            &expect![[
                r#"retracted None Some("2024-01-01T01:00:00Z"); own true known to [] awaited ["cn", "kr"]"#
            ]],
        );
        check(
            "cn",
            true,
            true,
            erased(),
            &expect![[
                r#"retracted None Some("2024-01-01T01:00:00Z"); own false known to ["kr"] awaited ["cn"]"#
            ]],
        );
    }
}
