//! The one connection that writes, its thread and its queue.
//!
//! What waits is taken into one transaction, which begins by locking the row of the head under
//! the fence of this decider: positions are dense and in the order of commits, and a decider
//! that was replaced changes nothing.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use pumasi_base::Digest;
use tokio::sync::watch;

use super::address::Address;
use super::change::{self, Outcome};
use super::schema::{self, Fence};
use super::session::Session;
use crate::store::{SettingChange, StoreError, StoredAct};

/// The most changes that wait; whoever comes next waits to hand in.
const QUEUE_MAX: usize = 1024;

/// The most changes that share a transaction.
const GROUP_MAX: usize = 1024;

/// The bytes after which a transaction takes no further change.
const GROUP_BYTES_MAX: usize = 8 * 1024 * 1024;

/// How often an idle decider asks whether its session still stands.
const IDLE_CHECK: Duration = Duration::from_secs(1);

/// How long a decider that lost its session waits for the server to notice the same.
const RETURN_WAIT: Duration = Duration::from_secs(5);

/// How long it waits between two attempts.
const RETURN_PAUSE: Duration = Duration::from_millis(50);

/// One change.
#[derive(Debug)]
pub(super) enum Change {
    /// Append acts and store blobs beside them.
    Append(Vec<StoredAct>, Vec<Vec<u8>>),
    /// Set and remove settings.
    Settings(Vec<SettingChange>),
    /// Store a blob.
    PutBlob(Digest, Vec<u8>),
    /// Remove a blob.
    RemoveBlob(Digest),
    /// Say where the store was moved to, or that it was not.
    MarkMoved(Option<String>),
    /// Nothing: everything before is safe once this is answered.
    Settle,
}

impl Change {
    fn bytes(&self) -> usize {
        match self {
            Self::Append(batch, blobs) => {
                let beside = blobs.iter().map(Vec::len);
                batch.iter().map(|act| act.bytes.len()).chain(beside).sum()
            }
            Self::Settings(changes) => {
                changes.iter().map(|c| c.value.as_ref().map_or(0, Vec::len)).sum()
            }
            Self::PutBlob(_, bytes) => bytes.len(),
            Self::RemoveBlob(_) | Self::MarkMoved(_) | Self::Settle => 0,
        }
    }
}

type Reply = SyncSender<Result<Outcome, StoreError>>;

/// The writing side of a ledger; dropping it finishes what waits and ends the thread.
pub(super) struct Writer {
    // INVARIANT: present until drop, which must close the queue before it joins the thread.
    queue: Option<SyncSender<(Change, Reply)>>,
    thread: Option<JoinHandle<()>>,
    shared: Arc<Shared>,
}

/// What the writer tells everybody else.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) address: Address,
    pub(super) at: PathBuf,
    pub(super) fence: Fence,
    pub(super) head: watch::Sender<u64>,
    pub(super) decides: watch::Sender<bool>,
    /// Whether the database may hold what no caller was told of.
    pub(super) unsure: AtomicBool,
}

impl Shared {
    /// Raises the head; a reader that looked earlier never lowers it again.
    pub(super) fn tell_head(&self, head: u64) {
        self.head.send_if_modified(|known| {
            let higher = head > *known;
            *known = head.max(*known);
            higher
        });
    }

    /// Tells that another server decides.
    pub(super) fn tell_fenced(&self) {
        self.decides.send_if_modified(|decides| std::mem::replace(decides, false));
    }
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").field("at", &self.shared.at).finish_non_exhaustive()
    }
}

impl Writer {
    /// Starts the thread on the session that decides.
    pub(super) fn start(session: Session, shared: Arc<Shared>) -> Result<Self, StoreError> {
        let (queue, requests) = sync_channel(QUEUE_MAX);
        let worker =
            Worker { session: Some(session), shared: Arc::clone(&shared), replaced: false };
        let thread = std::thread::Builder::new()
            .name("ledger-writer".to_owned())
            .spawn(move || worker.run(&requests))
            .map_err(|source| StoreError::Io {
                doing: "start the writer of",
                at: shared.at.clone(),
                source: Arc::new(source),
            })?;
        Ok(Self { queue: Some(queue), thread: Some(thread), shared })
    }

    /// Makes a change and returns its outcome once the standby has it, where there is one.
    pub(super) fn write(&self, change: Change) -> Result<Outcome, StoreError> {
        let closed = || StoreError::Closed { at: self.shared.at.clone() };
        let (reply, answer) = sync_channel(1);
        let queue = self.queue.as_ref().ok_or_else(closed)?;
        queue.send((change, reply)).map_err(|_| closed())?;
        answer.recv().map_err(|_| closed())?
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.queue.take());
        if let Some(thread) = self.thread.take() {
            // A writer that panicked has told its callers already, by hanging up.
            let _panicked = thread.join();
        }
    }
}

struct Worker {
    session: Option<Session>,
    shared: Arc<Shared>,
    /// Whether another server decides now; it never becomes false again.
    replaced: bool,
}

impl Worker {
    fn run(mut self, requests: &Receiver<(Change, Reply)>) {
        loop {
            match requests.recv_timeout(IDLE_CHECK) {
                Ok(first) => self.write_group(first, requests),
                Err(RecvTimeoutError::Timeout) => self.look_after_session(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        if let Some(session) = self.session {
            session.close();
        }
    }

    /// Makes the first change and those that wait behind it in one transaction.
    fn write_group(&mut self, first: (Change, Reply), requests: &Receiver<(Change, Reply)>) {
        let mut bytes = first.0.bytes();
        let (mut group, mut replies) = (vec![first.0], vec![first.1]);
        while group.len() < GROUP_MAX && bytes < GROUP_BYTES_MAX {
            let Ok((change, reply)) = requests.try_recv() else { break };
            bytes = bytes.saturating_add(change.bytes());
            group.push(change);
            replies.push(reply);
        }
        match self.commit(group) {
            // A caller that no longer waits needs no answer.
            Ok(outcomes) => replies.iter().zip(outcomes).for_each(|(reply, outcome)| {
                let _gone = reply.send(outcome);
            }),
            Err(error) => replies.iter().for_each(|reply| {
                let _gone = reply.send(Err(error.clone()));
            }),
        }
    }

    fn commit(
        &mut self,
        group: Vec<Change>,
    ) -> Result<Vec<Result<Outcome, StoreError>>, StoreError> {
        let mut session = self.begun()?;
        // Until the commit is answered, what it wrote may be there and may yet be lost.
        self.shared.unsure.store(true, Ordering::SeqCst);
        match change::commit(&mut session, self.shared.fence, group) {
            Ok((head, outcomes)) => {
                self.shared.unsure.store(false, Ordering::SeqCst);
                self.session = Some(session);
                self.shared.tell_head(head);
                Ok(outcomes)
            }
            Err(error) => {
                // Whatever state the session is in, a new one begins in order.
                session.close();
                self.noticed(&error);
                Err(error)
            }
        }
    }

    /// A session with a transaction begun. Before that nothing can have been stored, so that a
    /// session that turns out to be lost is replaced without a word.
    fn begun(&mut self) -> Result<Session, StoreError> {
        if let Some(mut session) = self.session.take()
            && session.run("BEGIN").is_ok()
        {
            return Ok(session);
        }
        let mut session = self.returned(RETURN_WAIT)?;
        session.run("BEGIN")?;
        Ok(session)
    }

    /// A session in place of a lost one, if this server still decides.
    ///
    /// The server may take a moment to notice that the old session is gone, and holds its lock
    /// until then.
    fn returned(&mut self, wait: Duration) -> Result<Session, StoreError> {
        let start = Instant::now();
        loop {
            let outcome = self.try_return();
            match outcome {
                Ok(Some(session)) => return Ok(session),
                Ok(None) if start.elapsed() < wait => std::thread::sleep(RETURN_PAUSE),
                Ok(None) => {
                    let source = std::io::Error::other("another session holds the decider's lock");
                    let (doing, at) = ("write to", self.shared.at.clone());
                    return Err(StoreError::Io { doing, at, source: Arc::new(source) });
                }
                Err(error) => {
                    self.noticed(&error);
                    return Err(error);
                }
            }
        }
    }

    fn try_return(&mut self) -> Result<Option<Session>, StoreError> {
        let mut session = Session::open(&self.shared.address)?;
        if self.replaced {
            return Err(schema::fenced(&mut session)?);
        }
        let locked = schema::try_lock(&mut session, self.shared.address.schema())?;
        // Whoever waits for the lock is told at once when it is in vain.
        let head = schema::confirm(&mut session, self.shared.fence)?;
        if !locked {
            return Ok(None);
        }
        self.shared.unsure.store(false, Ordering::SeqCst);
        self.shared.tell_head(head);
        Ok(Some(session))
    }

    fn noticed(&mut self, error: &StoreError) {
        if matches!(error, StoreError::Fenced { .. }) {
            self.replaced = true;
            self.shared.tell_fenced();
        }
    }

    fn look_after_session(&mut self) {
        if self.session.as_mut().is_some_and(|session| !session.is_alive()) {
            self.session = None;
        }
        if self.session.is_none() && !self.replaced {
            // A database that is still away is asked again soon, and by the next change.
            self.session = self.returned(Duration::ZERO).ok();
        }
    }
}
