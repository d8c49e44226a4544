//! What an operator wants to know of the database, read without becoming the decider.

use super::address::Address;
use super::schema;
use super::session::Session;
use crate::store::StoreError;

/// A server that follows the database's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standby {
    /// The name it gives itself (`application_name`).
    pub name: String,
    /// Whether commits wait for it: `sync` or `quorum`; `async` when not, `potential` when it
    /// would take the place of another. None when the database does not tell this user.
    pub sync_state: Option<String>,
}

/// A setting of the database under which an acknowledged act may be lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weakness {
    /// `fsync` is off: a power cut loses or damages everything.
    FsyncOff,
    /// `full_page_writes` is off: a power cut may damage pages.
    FullPageWritesOff,
    /// `synchronous_standby_names` is empty: whoever loses the server loses the last acts.
    NoSynchronousStandby,
}

/// How the database stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The position of the last act.
    pub head: u64,
    /// What its tables take on disk.
    pub bytes: u64,
    /// How often the decider has changed.
    pub fence: u64,
    /// Who decides, or decided last.
    pub decider: String,
    /// Where the store was moved to, if it was.
    pub moved_to: Option<String>,
    /// Who follows.
    pub standbys: Vec<Standby>,
    /// What is set too weakly.
    pub weaknesses: Vec<Weakness>,
}

/// Reads how the database stands.
///
/// # Errors
/// [`StoreError::Io`] when it does not answer, [`StoreError::Corrupt`] when its tables are not
/// ours.
pub fn show(address: &Address) -> Result<Shown, StoreError> {
    apart(address, |session| {
        let sql = "SELECT position, fence, decider, moved_to, \
                   (SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class \
                   WHERE relnamespace = $1::text::regnamespace AND relkind = 'r') FROM head";
        let row = session.row(sql, &[&address.schema()])?;
        let row = row.ok_or_else(|| session.damaged("it has no head"))?;
        Ok(Shown {
            head: session.count(&row, 0)?,
            fence: session.count(&row, 1)?,
            decider: session.column(&row, 2)?,
            moved_to: schema::moved_to(session)?,
            bytes: session.count(&row, 4)?,
            standbys: standbys(session)?,
            weaknesses: weaknesses_of(session)?,
        })
    })
}

/// What of the database's settings may lose an acknowledged act.
///
/// `synchronous_commit` is not asked: every session of a ledger sets it itself.
///
/// # Errors
/// [`StoreError::Io`] when it does not answer.
pub fn weaknesses(address: &Address) -> Result<Vec<Weakness>, StoreError> {
    apart(address, weaknesses_of)
}

/// Runs `read` on a session of its own, away from asynchronous tasks.
fn apart<T: Send>(
    address: &Address,
    read: impl FnOnce(&mut Session) -> Result<T, StoreError> + Send,
) -> Result<T, StoreError> {
    let asked = std::thread::scope(|scope| {
        scope.spawn(|| Session::open(address).and_then(|mut session| read(&mut session))).join()
    });
    asked.unwrap_or_else(|_| Err(StoreError::Closed { at: address.to_string().into() }))
}

fn standbys(session: &mut Session) -> Result<Vec<Standby>, StoreError> {
    let sql = "SELECT application_name, sync_state FROM pg_stat_replication ORDER BY 1";
    let rows = session.query(sql, &[])?;
    rows.iter()
        .map(|row| {
            let name: Option<String> = session.column(row, 0)?;
            Ok(Standby { name: name.unwrap_or_default(), sync_state: session.column(row, 1)? })
        })
        .collect()
}

fn weaknesses_of(session: &mut Session) -> Result<Vec<Weakness>, StoreError> {
    let sql = "SELECT current_setting('fsync') = 'off', \
               current_setting('full_page_writes') = 'off', \
               current_setting('synchronous_standby_names') = ''";
    let Some(row) = session.row(sql, &[])? else { return Ok(Vec::new()) };
    let all = [Weakness::FsyncOff, Weakness::FullPageWritesOff, Weakness::NoSynchronousStandby];
    let mut found = Vec::new();
    for (index, weakness) in all.into_iter().enumerate() {
        if session.column(&row, index)? {
            found.push(weakness);
        }
    }
    Ok(found)
}
