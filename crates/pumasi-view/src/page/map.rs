//! The map of what exists and what is missing between parties.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ClauseLine, PartyName, Words};

pages! {
    /// `GET /api/v1/agreements/map`: what exists and what is missing between parties.
    ///
    /// Parties, groups, steps, agreements and clauses are named by their ids in the lists and told
    /// in words once, under `names`, `groups`, `steps`, `titles` and `clauses`.
    pub struct MapPage {
        /// The parties asked about; a single one is shown with all its partners.
        pub parties: Vec<String>,
        /// The day asked about, at the first party's offset.
        pub on: String,
        /// The purpose, by its id.
        pub purpose: String,
        /// What the purpose is called.
        pub purpose_words: Words,
        /// actual, exercise or test.
        pub status: String,
        /// Hours after an event in which help must be under way.
        pub first_hours: i64,
        /// Days ahead in which what ends is listed.
        pub within_days: i64,
        /// Every party named below.
        pub names: Vec<PartyName>,
        /// Every agreement named below.
        pub titles: Vec<TitleLine>,
        /// Every clause cited below.
        pub clauses: Vec<ClauseLine>,
        /// The groups of categories, in the order of the cells.
        pub groups: Vec<GroupLine>,
        /// The steps of cooperation, the least sensitive first.
        pub steps: Vec<LadderStep>,
        /// Who may do what with whom.
        pub rows: Vec<MapRow>,
        /// Pairs of parties that no agreement binds.
        pub unbound: Vec<PairLine>,
        /// With how many partners each party has taken each step.
        pub counts: Vec<CountsLine>,
        /// What ends soon, soonest first.
        pub lapses: Vec<LapseLine>,
        /// What nobody can send to whom.
        pub gaps: Vec<GapLine>,
        /// Which steps two parties have taken, and which comes next.
        pub relations: Vec<RelationLine>,
    }

    /// An agreement with its title.
    pub struct TitleLine {
        /// Its id.
        pub id: String,
        /// Its title.
        pub title: Words,
        /// How it stands: in_force, drafted, …
        pub standing: String,
    }

    /// A group of categories.
    pub struct GroupLine {
        /// Its id.
        pub id: String,
        /// What it is called.
        pub names: Words,
        /// Its categories.
        pub categories: Vec<CategoryLine>,
    }

    /// A category.
    pub struct CategoryLine {
        /// Its id.
        pub id: String,
        /// What it is called.
        pub names: Words,
    }

    /// A step of cooperation.
    pub struct LadderStep {
        /// Its id.
        pub id: String,
        /// What it is called.
        pub names: Words,
        /// Why it stands where it stands.
        pub why: Words,
        /// Where the idea of its place comes from.
        pub source: String,
    }

    /// Two parties; the giver first where that matters.
    pub struct PairLine {
        /// The giver, or the first by id.
        pub one: String,
        /// The receiver, or the second by id.
        pub other: String,
    }

    /// Pairs between which the same clauses let the same happen.
    pub struct MapRow {
        /// The pairs, giver first.
        pub pairs: Vec<PairLine>,
        /// Whether giver and receiver are of one country.
        pub domestic: bool,
        /// One cell for each group.
        pub cells: Vec<MapCellLine>,
    }

    /// What may be done with one group.
    pub struct MapCellLine {
        /// The group.
        pub group: String,
        /// The most that is in force: unasked, on_request, shared, transit, talk, consent,
        /// forbidden or nothing.
        pub answer: String,
        /// Whether that holds for the whole group.
        pub whole: bool,
        /// What more there would be if what is drafted or signed were in force.
        pub coming: Option<String>,
        /// Every act of which the agreements have something to say.
        pub acts: Vec<MapActLine>,
    }

    /// One act with one group.
    pub struct MapActLine {
        /// request, offer, order, push, transit or share.
        pub action: String,
        /// permitted, needs (a consent), coming (by an agreement not in force) or forbidden.
        pub answer: String,
        /// The categories for which that holds.
        pub categories: Vec<String>,
        /// Whether it holds for goods alone that a clause names.
        pub named_only: bool,
        /// The clauses that say so.
        pub clauses: Vec<ClauseRefLine>,
    }

    /// A clause by its ids.
    pub struct ClauseRefLine {
        /// The agreement.
        pub agreement: String,
        /// The clause within it.
        pub clause: String,
    }

    /// With how many partners a party has taken each step, whatever parties were asked about.
    pub struct CountsLine {
        /// The party.
        pub party: String,
        /// In one or two sentences.
        pub words: Words,
        /// Step by step.
        pub steps: Vec<CountLine>,
    }

    /// With how many partners a party has taken one step.
    pub struct CountLine {
        /// The step.
        pub step: String,
        /// The partners with whom it is in force.
        pub in_force: Vec<String>,
        /// How many of these are of another country or of none.
        pub in_force_abroad: u32,
        /// The further partners with whom it is drafted or signed only.
        pub coming: Vec<String>,
        /// How many of these are of another country or of none.
        pub coming_abroad: u32,
    }

    /// Something in force that is about to end.
    pub struct LapseLine {
        /// term_ends, notice_due, notice_takes_effect, notice_may_take_effect or consent_hours.
        pub kind: String,
        /// The clause.
        pub clause: ClauseRefLine,
        /// The first day without it, or the last day for notice.
        pub on: Option<String>,
        /// Days until then.
        pub days_left: Option<i64>,
        /// In words.
        pub words: Words,
    }

    /// Something that nobody can send to a party in the first hours.
    pub struct GapLine {
        /// To whom.
        pub receiver: String,
        /// What.
        pub group: String,
        /// The categories of the group that nobody can send.
        pub categories: Vec<String>,
        /// even_if_asked or if_unreachable.
        pub lack: String,
        /// How many bodies of the receiver's own country can send it all the same.
        pub at_home: u32,
        /// In a sentence.
        pub words: Words,
        /// What comes near, nearest first.
        pub near: Vec<NearLine>,
        /// The least sensitive step that would bring it.
        pub step: Option<String>,
        /// A commodity of these categories, to ask about.
        pub commodity: Option<String>,
    }

    /// What comes near closing a gap.
    pub struct NearLine {
        /// coming, too_late, consent, suspended, ended, coming_too_late, other_step,
        /// other_purpose, other_category or forbidden.
        pub near: String,
        /// From whom.
        pub givers: Vec<String>,
        /// The agreement.
        pub agreement: Option<String>,
        /// The clauses that come near.
        pub clauses: Vec<ClauseRefLine>,
        /// In a sentence.
        pub words: Words,
    }

    /// Pairs that have taken the same steps by the same clauses.
    pub struct RelationLine {
        /// The pairs, each in order of their ids.
        pub pairs: Vec<PairLine>,
        /// Every step, the least sensitive first.
        pub rungs: Vec<RungLine>,
        /// The least sensitive step that makes sense between them and is not in force.
        pub next: Option<String>,
        /// In a sentence.
        pub words: Words,
    }

    /// One step between two parties.
    pub struct RungLine {
        /// The step.
        pub step: String,
        /// in_force, coming or missing.
        pub state: String,
        /// The clauses that permit it, or would.
        pub clauses: Vec<ClauseRefLine>,
    }
}
