//! Entries as an administrator words them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;
use pumasi_base::time::plus_seconds;
use pumasi_base::{Digest, Money, OfficerId, Time};
use pumasi_node::act::{
    Identity, IdentityEntry, IdentitySay, KeyRecord, Mandate, NextRoots, kinds,
};
use pumasi_node::clock::Clock;
use pumasi_node::keys::{self, RootSort, Roots, SigningKey};

use super::own::Own;
use super::sign::{Signing, key_failure, private, read_roots};
use crate::commands::Context;
use crate::failure::{Exit, Failure};
use crate::lookup;
use crate::output::Answer;

const SECONDS_A_DAY: i64 = 86_400;

/// An officer's mandate; what is left out stays as it was.
#[derive(Args)]
pub struct Grant {
    #[arg(id = "appointee", value_name = "OFFICER")]
    officer: OfficerId,
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    #[arg(long, value_name = "PERSON")]
    person: Option<String>,
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    kinds: Vec<String>,
    #[arg(long, value_name = "SUM")]
    amount_max: Option<Money>,
    #[arg(long, value_name = "DAYS", default_value_t = 90)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=366))]
    days: u32,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=7))]
    officers_needed: Option<u32>,
    #[arg(id = "public", long = "pub", value_name = "FILE")]
    public: Option<PathBuf>,
    #[command(flatten)]
    signing: Signing,
}

/// Whose mandate ends.
#[derive(Args)]
pub struct End {
    #[arg(id = "appointee", value_name = "OFFICER")]
    officer: OfficerId,
    #[command(flatten)]
    signing: Signing,
}

/// Which key ends.
#[derive(Args)]
pub struct Revoke {
    #[arg(value_name = "KEY")]
    key: String,
    #[command(flatten)]
    signing: Signing,
}

/// Which node may write; this one, begun anew, when no key is named.
#[derive(Args)]
pub struct RegisterNode {
    #[arg(long, value_name = "FILE", conflicts_with = "public")]
    key: Option<PathBuf>,
    #[arg(id = "public", long = "pub", value_name = "FILE")]
    public: Option<PathBuf>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    incarnation: Option<u32>,
    #[command(flatten)]
    signing: Signing,
}

/// Which root keys take over, and which after them.
#[derive(Args)]
pub struct Rotate {
    #[arg(long, value_name = "DIR")]
    next_roots: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    fresh: PathBuf,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=8))]
    needed: Option<u32>,
    #[arg(long)]
    recovery: bool,
    #[arg(long, value_name = "ENTRY")]
    after: Option<String>,
    #[command(flatten)]
    signing: Signing,
}

/// The entry after the newest one of `identity`.
fn entry(identity: &Identity, now: Time, say: IdentitySay) -> IdentityEntry {
    let party = identity.party.clone();
    IdentityEntry { v: 1, party, prev: Some(identity.head), time: now, say }
}

/// Signs and hands on what a command says.
fn finish(
    say: IdentitySay,
    signing: &Signing,
    roots: &[SigningKey],
    own: Own,
    context: &Context<'_>,
) -> Result<Answer, Failure> {
    let entry = entry(own.identity(), Clock.now(), say);
    signing.finish(entry, roots, own, context)
}

/// Gives or extends a mandate.
pub fn grant(grant: &Grant, context: &Context<'_>) -> Result<Answer, Failure> {
    let own = Own::open(context)?;
    // Keys are made only once it is known that the entry can be signed.
    let roots = grant.signing.roots(own.identity(), context)?;
    let mandate = mandate(grant, own.identity(), Clock.now(), context)?;
    finish(IdentitySay::GrantMandate(mandate), &grant.signing, &roots, own, context)
}

fn mandate(
    grant: &Grant,
    identity: &Identity,
    now: Time,
    context: &Context<'_>,
) -> Result<Mandate, Failure> {
    let known = identity.mandates.get(&grant.officer);
    let officer = grant.officer.clone();
    let kinds = match known {
        _ if !grant.kinds.is_empty() => known_kinds(&grant.kinds)?,
        Some(known) => known.kinds.clone(),
        None => {
            return Err(Failure::new("failure-kinds-missing", Exit::Usage)
                .with("officer", officer.to_string()));
        }
    };
    let key = match (&grant.public, known) {
        (Some(path), _) => keys::read_public(path).map_err(|error| key_failure(&error))?,
        (None, Some(known)) => known.key.clone(),
        (None, None) => officer_key(&officer, identity, &context.data)?,
    };
    let person = || format!("{}/{officer}", identity.party);
    Ok(Mandate {
        person: grant.person.clone().or(known.map(|k| k.person.clone())).unwrap_or_else(person),
        name: grant
            .name
            .clone()
            .or(known.map(|known| known.name.clone()))
            .unwrap_or_else(|| officer.to_string()),
        key,
        kinds,
        amount_max: grant.amount_max.or(known.and_then(|known| known.amount_max)),
        not_before: known.map_or(now, |known| known.not_before),
        not_after: plus_seconds(now, i64::from(grant.days) * SECONDS_A_DAY),
        officers_needed: grant
            .officers_needed
            .or(known.map(|known| known.officers_needed))
            .unwrap_or(1),
        officer,
    })
}

fn known_kinds(given: &[String]) -> Result<BTreeSet<String>, Failure> {
    for kind in given {
        if kind != "*" && kinds::find(kind).is_none() {
            return Err(
                Failure::new("failure-kind-unknown", Exit::NotFound).with("kind", kind.as_str())
            );
        }
    }
    Ok(given.iter().cloned().collect())
}

/// The key of an officer new to the log: the one in the data folder, or a fresh one. A revoked one
/// found there is set aside, never overwritten.
fn officer_key(
    officer: &OfficerId,
    identity: &Identity,
    data: &Path,
) -> Result<KeyRecord, Failure> {
    let path = keys::officer_path(data, officer);
    if path.exists() {
        let key = keys::read_private(&path).map_err(|error| key_failure(&error))?;
        let record = KeyRecord::of(&key);
        if !identity.revoked.contains(&record.id()) {
            return Ok(record);
        }
        let ended = data.join("keys/ended");
        let aside = ended.join(format!("{officer}-{}.pem", record.id().short()));
        std::fs::create_dir_all(&ended)
            .and_then(|()| std::fs::rename(&path, aside))
            .map_err(|error| Failure::new("failure-key-file", Exit::BadFile).because(error))?;
    }
    let key = keys::generate().map_err(|error| key_failure(&error))?;
    keys::write_private(&path, &key).map_err(|error| key_failure(&error))?;
    Ok(KeyRecord::of(&key))
}

/// Ends a mandate.
pub fn end(end: End, context: &Context<'_>) -> Result<Answer, Failure> {
    let own = Own::open(context)?;
    let roots = end.signing.roots(own.identity(), context)?;
    finish(IdentitySay::EndMandate { officer: end.officer }, &end.signing, &roots, own, context)
}

/// Ends a key.
pub fn revoke(revoke: &Revoke, context: &Context<'_>) -> Result<Answer, Failure> {
    let own = Own::open(context)?;
    let key = find_key(&revoke.key, own.identity())?;
    let roots = revoke.signing.roots(own.identity(), context)?;
    finish(IdentitySay::RevokeKey { key }, &revoke.signing, &roots, own, context)
}

/// The key whose id begins with `given`, among all that the identity names. A whole id may be one
/// it names no more: a key found stolen after its mandate ended must not come back either.
fn find_key(given: &str, identity: &Identity) -> Result<Digest, Failure> {
    if lookup::is_whole(given)
        && let Ok(key) = given.parse()
    {
        return Ok(key);
    }
    let nodes = identity.nodes.keys().copied();
    let officers = identity.mandates.values().map(|mandate| mandate.key.id());
    let roots = identity.roots.iter().map(KeyRecord::id).chain(identity.next.keys.iter().copied());
    let named: Vec<String> = nodes.chain(officers).chain(roots).map(|id| id.to_string()).collect();
    let found = lookup::choose(given, &named, |id| id)?;
    found.parse().map_err(|_| Failure::new("failure-not-found", Exit::NotFound).with("name", given))
}

/// Lets a node write.
pub fn register_node(given: &RegisterNode, context: &Context<'_>) -> Result<Answer, Failure> {
    let own = Own::open(context)?;
    let roots = given.signing.roots(own.identity(), context)?;
    let key = match (&given.public, &given.key) {
        (Some(path), _) => keys::read_public(path).map_err(|error| key_failure(&error))?,
        (None, path) => {
            let own_node = || context.data.join("keys/node.pem");
            let path = path.clone().unwrap_or_else(own_node);
            KeyRecord::of(&keys::read_private(&path).map_err(|error| key_failure(&error))?)
        }
    };
    let before = own.identity().nodes.get(&key.id()).map_or(0, |node| node.incarnation);
    let incarnation = given.incarnation.unwrap_or_else(|| before.saturating_add(1));
    let say = IdentitySay::RegisterNode { key, incarnation };
    finish(say, &given.signing, &roots, own, context)
}

/// Replaces the root keys.
pub fn rotate(rotate: &Rotate, context: &Context<'_>) -> Result<Answer, Failure> {
    let own = Own::open(context)?;
    let before = match &rotate.after {
        Some(given) => entry_named(given, &own)?,
        None => own.identity().clone(),
    };
    let folder = rotate.next_roots.clone().unwrap_or_else(|| rotate.signing.folder(context));
    let mut coming = read_roots(&folder, RootSort::Next)?;
    coming.retain(|id, _| before.next.keys.contains(id));
    let all = usize::try_from(before.next.threshold).is_ok_and(|needed| coming.len() >= needed);
    if !all {
        return Err(Failure::new("failure-next-roots-missing", Exit::NotFound)
            .with("folder", folder.display().to_string())
            .with("here", coming.len())
            .with("needed", before.next.threshold));
    }
    let mut signing =
        if rotate.recovery { Vec::new() } else { rotate.signing.roots(&before, context)? };
    let new = private(coming.clone(), |_| true);
    rotate.signing.must_suffice(new.len(), before.next.threshold, &folder)?;
    signing.extend(new);
    let next = fresh(rotate, &before, &coming)?;
    let say = IdentitySay::RotateRoots {
        roots: coming.into_values().map(|(record, _)| record).collect(),
        threshold: before.next.threshold,
        next,
        recovery: rotate.recovery,
    };
    let entry = entry(&before, Clock.now(), say);
    rotate.signing.finish(entry, &signing, own, context)
}

fn entry_named(given: &str, own: &Own) -> Result<Identity, Failure> {
    match own.at(given).as_slice() {
        [one] => Ok(one.as_ref().clone()),
        [] => Err(Failure::new("failure-not-found", Exit::NotFound).with("name", given)),
        _ => Err(Failure::new("failure-id-ambiguous", Exit::Usage).with("name", given)),
    }
}

/// The root keys that take over after those of this rotation.
///
/// Those that lie in the folder, made on other machines perhaps, or else fresh ones: then the folder
/// gets everything that is needed from here on, the keys taking over among it.
fn fresh(rotate: &Rotate, before: &Identity, coming: &Roots) -> Result<NextRoots, Failure> {
    let needed = rotate.needed.unwrap_or(before.next.threshold);
    let there = read_roots(&rotate.fresh, RootSort::Next)?;
    if !there.is_empty() {
        let records: Vec<KeyRecord> = there.into_values().map(|(record, _)| record).collect();
        return Ok(NextRoots::of(&records, needed));
    }
    let made = keys::fresh_roots(before.next.keys.len().max(coming.len()));
    let made = made.map_err(|error| key_failure(&error))?;
    let standing = private(coming.clone(), |_| true);
    keys::write_roots(&rotate.fresh, RootSort::Standing, &standing)
        .and_then(|()| keys::write_roots(&rotate.fresh, RootSort::Next, &made))
        .map_err(|error| key_failure(&error))?;
    let records: Vec<KeyRecord> = made.iter().map(KeyRecord::of).collect();
    Ok(NextRoots::of(&records, needed))
}
