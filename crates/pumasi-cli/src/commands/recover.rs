//! `pumasi recover`: a node that comes back from a backup.

use clap::Args;
use pumasi_base::PartyId;
use pumasi_node::api::recovery::RecoveryShown;
use pumasi_node::service::ServiceError;
use pumasi_node::service::files::NodeFile;
use pumasi_node::service::tend::mark_restored;
use serde_json::json;

use crate::commands::{Context, serve};
use crate::failure::{Exit, Failure};
use crate::output::{Answer, Page};

/// Shows or begins it, or goes on without neighbours that cannot be reached.
#[derive(Args)]
pub struct Recover {
    #[arg(long)]
    begin: bool,
    #[arg(long, value_name = "PARTY")]
    without: Vec<PartyId>,
}

/// Shows what a restored node waits for, or changes that.
///
/// # Errors
/// When there is no node (3), it does not run and is not to be marked (5), or it says no.
pub fn run(recover: &Recover, context: &Context<'_>) -> Result<Answer, Failure> {
    let desk = match context.desk() {
        Ok(desk) => desk,
        Err(failure) if recover.begin && failure.exit == Exit::Unreachable => {
            return mark(context);
        }
        Err(failure) => return Err(failure),
    };
    let fetched = if recover.begin || !recover.without.is_empty() {
        let wish = json!({ "begin": recover.begin, "without": recover.without });
        desk.send::<RecoveryShown>("/recovery", &wish)?
    } else {
        desk.read::<RecoveryShown>("/recovery", &[])?
    };
    Ok(Answer::new(fetched.value, shown(&fetched.page, context)))
}

/// Marks a stopped node, before it is started on what the backup held.
fn mark(context: &Context<'_>) -> Result<Answer, Failure> {
    let folder = context.data.display().to_string();
    let failed = |error: ServiceError| serve::service_failure(error, &folder);
    let place = NodeFile::read(&context.data)
        .and_then(|settings| settings.place(&context.data))
        .map_err(failed)?;
    let ledger =
        place.open_alone(&context.data).map_err(|error| failed(ServiceError::from(error)))?;
    let recovery = mark_restored(ledger.as_ref()).map_err(failed)?;
    let marked = RecoveryShown { recovering: true, awaited: recovery.awaited().clone() };
    let value = json!({ "recovering": true, "awaited": marked.awaited });
    Ok(Answer::new(value, shown(&marked, context)))
}

fn shown(recovery: &RecoveryShown, context: &Context<'_>) -> Page {
    let words = context.words;
    let mut page = Page::default();
    if !recovery.recovering {
        page.line(words.say("recover-none"));
        return page;
    }
    if recovery.awaited.is_empty() {
        page.line(words.say("recover-complete")).line(words.say("recover-next"));
        return page;
    }
    let names: Vec<&str> = recovery.awaited.iter().map(PartyId::as_str).collect();
    page.line(words.say("recover-waits"))
        .field(words.say("recover-awaited"), names.join(", "))
        .line(words.say("recover-without"));
    page
}
