//! The life of an agreement: drafts, signatures, suspension, notice, end, and the steps open to
//! this party.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ClauseDetail, ClauseLine, PartyName, Words};

pages! {
    /// `GET /api/v1/agreements/{id}/life`: every matter about one agreement, newest first.
    pub struct LifePage {
        /// The agreement.
        pub agreement: String,
        /// Its title in the text in use, or in the newest draft.
        pub title: Words,
        /// Its lives: one actual at a time, exercises beside it.
        pub lives: Vec<LifeLine>,
    }

    /// One life.
    pub struct LifeLine {
        /// The matter.
        pub matter: String,
        /// actual, exercise or test.
        pub status: String,
        /// Who shares the matter.
        pub audience: Vec<PartyName>,
        /// How it stands on the day of the page.
        pub standing: StandingLine,
        /// Its drafts, oldest first.
        pub versions: Vec<VersionLine>,
        /// Suspensions, oldest first.
        pub suspensions: Vec<SuspensionLine>,
        /// Notices, oldest first.
        pub notices: Vec<NoticeLine>,
        /// Ends that parties agreed to, oldest first.
        pub ends_agreed: Vec<EndAgreedLine>,
        /// Days to watch, soonest first: entry, end, renewal, last day of notice, end of a
        /// suspension.
        pub dates: Vec<DateLine>,
        /// The clauses that outlive the end.
        pub survives: Vec<SurvivalLine>,
        /// What was said, oldest first.
        pub events: Vec<LifeEvent>,
        /// What this party may do next.
        pub steps: Vec<StepLine>,
    }

    /// How an agreement stands.
    pub struct StandingLine {
        /// proposed, drafted, initialled, signed_by_some, signed, in_force, suspended,
        /// suspended_in_part, notice_given, notice_suspended, notice_resumed, notice_withdrawn,
        /// termination_agreed, terminated or expired.
        pub code: String,
        /// In words.
        pub words: Words,
        /// The day it speaks of.
        pub on: String,
        /// First day in force.
        pub since: Option<String>,
        /// First day without it, when its end is settled.
        pub ends: Option<String>,
        /// binding, none or disputed: whether something actual may rest on it that day.
        pub force: String,
        /// Whose step it waits for.
        pub waits_for: Vec<PartyName>,
        /// The ways in which it is read, where parties read it differently; none is chosen here.
        pub readings: Vec<ReadingLine>,
    }

    /// One way of reading a suspended notice.
    pub struct ReadingLine {
        /// What it says.
        pub words: Words,
        /// First day without the agreement by this reading, where that is settled.
        pub ends: Option<String>,
    }

    /// One draft.
    pub struct VersionLine {
        /// Its number.
        pub version: u32,
        /// The act that laid it down.
        pub act: String,
        /// Who laid it down.
        pub by: PartyName,
        /// When.
        pub time: String,
        /// The digest of its bytes: what every party signs.
        pub digest: String,
        /// Its size in bytes.
        pub bytes: u64,
        /// Who initialled it.
        pub initialled: Vec<SignatureLine>,
        /// Who signed it.
        pub signed: Vec<SignatureLine>,
        /// Who notified that its own procedures are completed.
        pub ratified: Vec<SignatureLine>,
        /// The day it enters into force, once that is settled.
        pub enters: Option<String>,
        /// Whether it is the text in force on the day of the page.
        pub in_force: bool,
    }

    /// A party's initials, signature or notification.
    pub struct SignatureLine {
        /// The party.
        pub party: PartyName,
        /// The act.
        pub act: String,
        /// When.
        pub time: String,
        /// The officers who signed for it.
        pub officers: Vec<String>,
    }

    /// One suspension.
    pub struct SuspensionLine {
        /// The act.
        pub act: String,
        /// Who.
        pub by: PartyName,
        /// The clauses; empty means the whole agreement.
        pub clauses: Vec<ClauseLine>,
        /// First day.
        pub from: String,
        /// First day without it, where it ends by itself.
        pub until: Option<String>,
        /// The day it was lifted.
        pub lifted: Option<String>,
        /// Why, in the party's own words.
        pub cause: String,
        /// Whether it holds on the day of the page.
        pub holds: bool,
    }

    /// One notice.
    pub struct NoticeLine {
        /// The act.
        pub act: String,
        /// Who.
        pub by: PartyName,
        /// The day it was given.
        pub given: String,
        /// First day without the agreement by it.
        pub ends: String,
        /// Why, in the party's own words.
        pub cause: String,
        /// What was done with it since: suspend, resume, withdraw, each with its day.
        pub steps: Vec<NoticeStepLine>,
    }

    /// Something done with a notice.
    pub struct NoticeStepLine {
        /// suspend, resume or withdraw.
        pub what: String,
        /// The day.
        pub date: String,
        /// The act.
        pub act: String,
    }

    /// A party's agreement to an end.
    pub struct EndAgreedLine {
        /// The act.
        pub act: String,
        /// Who.
        pub by: PartyName,
        /// First day without the agreement.
        pub ends: String,
        /// When it said so.
        pub time: String,
    }

    /// A day to watch.
    pub struct DateLine {
        /// enters, ends, renews, last_notice_day or suspension_ends.
        pub code: String,
        /// In words.
        pub words: Words,
        /// The day.
        pub date: String,
        /// Days from the day of the page; negative when past.
        pub in_days: i64,
    }

    /// What outlives the agreement.
    pub struct SurvivalLine {
        /// The clause that says so.
        pub by: ClauseLine,
        /// The clauses that survive.
        pub clauses: Vec<ClauseLine>,
        /// For how long, in words; without end when absent.
        pub lasts: Option<Words>,
    }

    /// One act of a life.
    pub struct LifeEvent {
        /// The act.
        pub act: String,
        /// Its kind.
        pub kind: String,
        /// What the kind is called.
        pub name: Words,
        /// What it says.
        pub words: Words,
        /// Who.
        pub party: PartyName,
        /// When.
        pub time: String,
        /// Why it was refused, when it was.
        pub refused: Option<Words>,
    }

    /// A step open to this party.
    pub struct StepLine {
        /// draft, initial, sign, ratify, suspend, resume, give_notice, suspend_notice,
        /// resume_notice, withdraw_notice or agree_termination.
        pub step: String,
        /// What it is called.
        pub words: Words,
        /// The draft it would be about.
        pub version: Option<u32>,
        /// The suspension or notice it would be about.
        pub target: Option<String>,
        /// For a notice: the earliest first day without the agreement.
        pub ends: Option<String>,
        /// How many different persons must sign, by the mandates of this node's officers.
        pub officers_needed: u32,
        /// The officers at this node whose mandates cover it.
        pub officers: Vec<String>,
    }

    /// `POST /api/v1/agreements/steps`: takes a step in the life of an agreement.
    pub struct StepForm {
        /// The agreement; read from the text when a new one is proposed.
        pub agreement: Option<String>,
        /// propose, draft, initial, sign, ratify, suspend, resume, give_notice, suspend_notice,
        /// resume_notice, withdraw_notice or agree_termination.
        pub step: String,
        /// The officers who sign; their keys lie at this node.
        pub officers: Vec<String>,
        /// actual, exercise or test; actual when absent.
        pub status: Option<String>,
        /// The matter, where an agreement has lived more than once; the life in force, else the
        /// newest one, when absent.
        pub matter: Option<String>,
        /// For propose and draft: the agreement file, exactly as it is to be signed.
        pub text: Option<String>,
        /// For initial, sign and ratify: the number of the draft; the newest one open to this
        /// party when absent.
        pub version: Option<u32>,
        /// For initial, sign and ratify: the digest its officers compared; refused when another.
        pub digest: Option<String>,
        /// For propose: parties to share the matter beside those of the text.
        pub audience: Option<Vec<String>>,
        /// For suspend: the clauses; the whole agreement when empty.
        pub clauses: Option<Vec<String>>,
        /// For suspend: the first day; today when absent.
        pub from: Option<String>,
        /// For suspend: the first day without it.
        pub until: Option<String>,
        /// For give_notice and agree_termination: the first day without the agreement; the
        /// earliest one for a notice when absent.
        pub ends: Option<String>,
        /// For suspend, give_notice and agree_termination: why, in the party's own words.
        pub cause: Option<String>,
        /// For resume and the steps of a notice: the act it is about; the only one open when
        /// absent.
        pub target: Option<String>,
        /// The drill's time; ignored where actual.
        pub time: Option<String>,
    }

    /// What a step did.
    pub struct StepAnswer {
        /// The agreement's matter.
        pub matter: String,
        /// The acts made there.
        pub acts: Vec<String>,
        /// The acts made in matters under the agreement, so that orders there follow.
        pub relayed: Vec<RelayedLine>,
        /// How the agreement stands now.
        pub standing: StandingLine,
    }

    /// A matter under an agreement that was told of a step.
    pub struct RelayedLine {
        /// The matter.
        pub matter: String,
        /// The act made there, unless it was refused.
        pub act: Option<String>,
        /// Why it was refused.
        pub refused: Option<Words>,
    }

    /// `GET /api/v1/agreements/{id}/diff?matter=…&from=1&to=2`: clause by clause.
    pub struct DiffPage {
        /// The agreement.
        pub agreement: String,
        /// The older version; absent when the text in use here is compared.
        pub from: Option<u32>,
        /// The digest of the older text. Texts that differ in layout alone say the same and have
        /// different digests.
        pub from_digest: String,
        /// The newer version.
        pub to: u32,
        /// The digest of the newer text.
        pub to_digest: String,
        /// What differs outside the clauses: title, parties, sources, law level.
        pub head: Vec<FieldDiff>,
        /// Every clause of either, in the order of the newer text.
        pub clauses: Vec<ClauseDiff>,
        /// What the newer text newly permits and forbids, in words.
        pub effects: Vec<Words>,
    }

    /// One clause in two versions.
    pub struct ClauseDiff {
        /// Its id.
        pub clause: String,
        /// same, changed, added, removed or moved.
        pub change: String,
        /// As it was.
        pub before: Option<ClauseDetail>,
        /// As it would be.
        pub after: Option<ClauseDetail>,
        /// The fields that differ; all of them where it stands in one text only. One called `#`
        /// is its place among the clauses.
        pub fields: Vec<FieldDiff>,
    }

    /// One field in two versions.
    pub struct FieldDiff {
        /// Its name in the file, such as `authentic.ko` or `categories`.
        pub field: String,
        /// As it was.
        pub before: Option<String>,
        /// As it would be.
        pub after: Option<String>,
    }
}
