//! Signing entries with root keys, all at once or one medium after the other.

use std::path::{Path, PathBuf};

use clap::Args;
use pumasi_node::act::{Identity, IdentityEntry, IdentitySay, Mandate, Proposal};
use pumasi_node::keys::{self, KeysError, RootSort, Roots, SigningKey};
use pumasi_node::service::IdentityChange;
use serde_json::json;

use super::own::{Own, refused};
use crate::commands::Context;
use crate::failure::{Exit, Failure};
use crate::files;
use crate::output::{Answer, Page, short};
use crate::words::moment;

/// The fewest digits by which an entry is named before it is signed.
const DIGITS_MIN: usize = 8;

/// Where the root keys are, and where an entry goes that is not yet signed by enough of them.
#[derive(Args)]
pub struct Signing {
    #[arg(id = "signing_roots", long = "roots", value_name = "DIR")]
    roots: Option<PathBuf>,
    #[arg(id = "signing_out", long = "out", value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Signing {
    /// The folder of the root keys.
    #[must_use]
    pub fn folder(&self, context: &Context<'_>) -> PathBuf {
        self.roots.clone().unwrap_or_else(|| context.data.join("keys"))
    }

    /// The root keys at hand that stand in `identity`, when they are enough or the entry goes into
    /// a file anyway.
    ///
    /// # Errors
    /// Not found (3) when too few are there.
    pub fn roots(
        &self,
        identity: &Identity,
        context: &Context<'_>,
    ) -> Result<Vec<SigningKey>, Failure> {
        let folder = self.folder(context);
        let all = read_roots(&folder, RootSort::Standing)?;
        let stands = |id: &_| identity.roots.iter().any(|root| root.id() == *id);
        let keys = private(all, stands);
        self.must_suffice(keys.len(), identity.threshold, &folder)?;
        Ok(keys)
    }

    /// Says no when an entry that is to be taken now would lack signatures.
    ///
    /// # Errors
    /// Not found (3), with what to do.
    pub fn must_suffice(&self, here: usize, needed: u32, folder: &Path) -> Result<(), Failure> {
        let enough = usize::try_from(needed).is_ok_and(|needed| here >= needed);
        if enough || self.out.is_some() {
            return Ok(());
        }
        Err(Failure::new("failure-roots-too-few", Exit::NotFound)
            .with("folder", folder.display().to_string())
            .with("here", here)
            .with("needed", needed))
    }

    /// Signs an entry and has the node take it, or writes it into a file for the other keys.
    ///
    /// # Errors
    /// What the node or the file met.
    pub fn finish(
        &self,
        entry: IdentityEntry,
        keys: &[SigningKey],
        own: Own,
        context: &Context<'_>,
    ) -> Result<Answer, Failure> {
        let mut proposal = Proposal::new(entry).map_err(unreadable)?;
        proposal.cosign(&keys.iter().collect::<Vec<_>>());
        let Some(out) = &self.out else { return take(&proposal, own, context) };
        files::write_new(out, proposal.write().as_bytes())?;
        let file = out.display().to_string();
        let mut page = Page::default();
        describe(&mut page, &proposal, context);
        page.line(context.words.say_with("identity-proposed", &[("file", file.into())]));
        Ok(Answer::new(value(&proposal), page))
    }
}

fn unreadable(error: impl ToString) -> Failure {
    Failure::new("failure-entry-unreadable", Exit::BadFile).because(error)
}

/// Reads root keys of one sort.
///
/// # Errors
/// Bad file (7) when one does not read.
pub fn read_roots(folder: &Path, sort: RootSort) -> Result<Roots, Failure> {
    keys::read_roots(folder, sort).map_err(|error| key_failure(&error))
}

/// Why a key file cannot be used.
#[must_use]
pub fn key_failure(error: &KeysError) -> Failure {
    let failure = Failure::new("failure-key-file", Exit::BadFile).because(error);
    std::error::Error::source(error).into_iter().fold(failure, Failure::because)
}

/// The private keys among `roots` that are wanted.
pub fn private(roots: Roots, wanted: impl Fn(&pumasi_base::Digest) -> bool) -> Vec<SigningKey> {
    roots.into_iter().filter(|(id, _)| wanted(id)).filter_map(|(_, (_, key))| key).collect()
}

/// An entry that travels between root keys, and those that sign it here.
#[derive(Args)]
pub struct Cosign {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(id = "signing_roots", long = "roots", value_name = "DIR")]
    roots: Option<PathBuf>,
    #[arg(long, value_name = "DIGEST")]
    digest: Option<String>,
}

/// Shows what an entry says and, once its digest is named, signs it.
///
/// No node is needed: the machine that holds a root key may know nothing else.
pub fn cosign(cosign: &Cosign, context: &Context<'_>) -> Result<Answer, Failure> {
    let words = context.words;
    let mut proposal = read(&cosign.file)?;
    let id = entry_id(&proposal);
    let mut page = Page::default();
    let Some(digest) = &cosign.digest else {
        describe(&mut page, &proposal, context);
        page.line(words.say_with("identity-compare", &[("digest", short(&id).into())]));
        return Ok(Answer::new(value(&proposal), page));
    };
    if digest.len() < DIGITS_MIN || !id.starts_with(digest.as_str()) {
        return Err(Failure::new("failure-entry-other", Exit::Refused)
            .with("given", digest.as_str())
            .because(id));
    }
    let folder = cosign.roots.clone().unwrap_or_else(|| context.data.join("keys"));
    let before = proposal.signers().len();
    let mut signing = private(read_roots(&folder, RootSort::Standing)?, |_| true);
    if let IdentitySay::RotateRoots { roots, recovery, .. } = &proposal.entry().say {
        let brought = |id: &_| roots.iter().any(|root| root.id() == *id);
        // In a recovery only the keys it brings may sign; elsewhere those in use sign too.
        if *recovery {
            signing = private(read_roots(&folder, RootSort::Standing)?, brought);
        }
        signing.extend(private(read_roots(&folder, RootSort::Next)?, brought));
    }
    proposal.cosign(&signing.iter().collect::<Vec<_>>());
    let added = proposal.signers().len().saturating_sub(before);
    if added == 0 {
        return Err(Failure::new("failure-roots-none", Exit::NotFound)
            .with("folder", folder.display().to_string()));
    }
    files::replace(&cosign.file, proposal.write().as_bytes())?;
    describe(&mut page, &proposal, context);
    page.line(words.say_with("identity-cosigned", &[("count", added.into())]));
    Ok(Answer::new(value(&proposal), page))
}

/// An entry with enough signatures.
#[derive(Args)]
pub struct Admit {
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Has the node take an entry.
pub fn admit(admit: &Admit, context: &Context<'_>) -> Result<Answer, Failure> {
    let proposal = read(&admit.file)?;
    take(&proposal, Own::open(context)?, context)
}

fn read(path: &Path) -> Result<Proposal, Failure> {
    Proposal::read(&files::read_text(path)?)
        .map_err(|error| unreadable(error).with("file", path.display().to_string()))
}

fn take(proposal: &Proposal, own: Own, context: &Context<'_>) -> Result<Answer, Failure> {
    let needed = own.identity().threshold;
    let envelope = match proposal.envelope() {
        Ok(envelope) => envelope,
        Err(_) if proposal.signers().is_empty() => {
            let error = pumasi_node::act::IdentityError::TooFewRoots { signed: 0, needed };
            return Err(refused(&error, context.words.lang()));
        }
        Err(error) => return Err(unreadable(error)),
    };
    let change = own.admit(&envelope, context)?;
    let mut page = Page::default();
    describe(&mut page, proposal, context);
    page.line(context.words.say("identity-taken"));
    let mut value = value(proposal);
    if let Some(fields) = value.as_object_mut() {
        fields.insert("change".to_owned(), json!(change));
    }
    advise(&mut page, &change, context);
    Ok(Answer::new(value, page))
}

/// What is to be done after a change.
fn advise(page: &mut Page, change: &IdentityChange, context: &Context<'_>) {
    if change.rotated {
        page.line(context.words.say("identity-destroy-roots"));
    }
}

fn entry_id(proposal: &Proposal) -> String {
    proposal.id().to_string()
}

fn value(proposal: &Proposal) -> serde_json::Value {
    json!({
        "id": entry_id(proposal),
        "entry": proposal.entry(),
        "signed_by": proposal.signers(),
    })
}

/// The message that names what an entry does.
#[must_use]
pub const fn caption(say: &IdentitySay) -> &'static str {
    match say {
        IdentitySay::Found { .. } => "identity-say-found",
        IdentitySay::RotateRoots { recovery: false, .. } => "identity-say-rotate",
        IdentitySay::RotateRoots { recovery: true, .. } => "identity-say-recover",
        IdentitySay::RegisterNode { .. } => "identity-say-register",
        IdentitySay::GrantMandate(_) => "identity-say-grant",
        IdentitySay::EndMandate { .. } => "identity-say-end",
        IdentitySay::RevokeKey { .. } => "identity-say-revoke",
    }
}

/// Says what an entry says.
fn describe(page: &mut Page, proposal: &Proposal, context: &Context<'_>) {
    let words = context.words;
    let entry = proposal.entry();
    page.title(words.say(caption(&entry.say)));
    page.field(words.say("column-party"), entry.party.to_string())
        .field(words.say("column-digest"), entry_id(proposal));
    match &entry.say {
        IdentitySay::Found { roots, threshold, .. }
        | IdentitySay::RotateRoots { roots, threshold, .. } => {
            let ids: Vec<String> = roots.iter().map(|r| short(&r.id().to_string())).collect();
            page.field(words.say("identity-roots"), format!("{threshold} / {}", ids.join(" ")));
        }
        IdentitySay::RegisterNode { key, incarnation } => {
            page.field(words.say("column-key"), key.id().to_string())
                .field(words.say("column-incarnation"), incarnation.to_string());
        }
        IdentitySay::GrantMandate(mandate) => describe_mandate(page, mandate, context),
        IdentitySay::EndMandate { officer } => {
            page.field(words.say("column-officer"), officer.to_string());
        }
        IdentitySay::RevokeKey { key } => {
            page.field(words.say("column-key"), key.to_string());
        }
    }
    page.field(words.say("identity-signatures"), proposal.signers().len().to_string());
}

fn describe_mandate(page: &mut Page, mandate: &Mandate, context: &Context<'_>) {
    let words = context.words;
    page.field(words.say("column-officer"), mandate.officer.to_string())
        .field(words.say("column-name"), mandate.name.clone())
        .field(words.say("column-person"), mandate.person.clone())
        .field(words.say("column-key"), mandate.key.id().to_string())
        .field(
            words.say("column-kinds"),
            mandate.kinds.iter().map(String::as_str).collect::<Vec<_>>().join(", "),
        )
        .field_if(words.say("column-amount-max"), mandate.amount_max.map(|max| max.to_string()))
        .field(words.say("column-from"), moment(&mandate.not_before.to_string()))
        .field(words.say("column-until"), moment(&mandate.not_after.to_string()))
        .field(words.say("column-officers-needed"), mandate.officers_needed.to_string());
}
