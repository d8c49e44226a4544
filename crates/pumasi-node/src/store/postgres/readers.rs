//! A few connections that read, each on a thread of its own.

use std::fmt;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use super::address::Address;
use super::session::Session;
use crate::store::StoreError;

/// How many read at a time.
const READERS: usize = 2;

/// The most questions that wait.
const QUEUE_MAX: usize = 256;

type Job = Box<dyn FnOnce(&mut Seat) + Send>;

/// The reading side of a ledger.
pub(super) struct Readers {
    // INVARIANT: present until drop, which must close the queue before it joins the threads.
    queue: Option<SyncSender<Job>>,
    threads: Vec<JoinHandle<()>>,
    at: PathBuf,
}

impl fmt::Debug for Readers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Readers").field("at", &self.at).finish_non_exhaustive()
    }
}

/// Where one reader sits; it connects when it is first asked.
struct Seat {
    address: Address,
    session: Option<Session>,
}

impl Seat {
    /// Asks, and once more over a new connection when the old one turns out to be gone.
    fn read<T>(
        &mut self,
        query: &impl Fn(&mut Session) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if let Some(session) = &mut self.session {
            let outcome = query(session);
            if outcome.is_ok() || !session.is_closed() {
                return outcome;
            }
        }
        let session = self.session.insert(Session::open(&self.address)?);
        query(session)
    }
}

impl Readers {
    /// Starts the threads.
    pub(super) fn start(address: &Address) -> Result<Self, StoreError> {
        let at = PathBuf::from(address.to_string());
        let (queue, jobs) = sync_channel::<Job>(QUEUE_MAX);
        let jobs = Arc::new(Mutex::new(jobs));
        let mut readers = Self { queue: Some(queue), threads: Vec::new(), at };
        for _ in 0..READERS {
            let mut seat = Seat { address: address.clone(), session: None };
            let jobs = Arc::clone(&jobs);
            let thread = std::thread::Builder::new()
                .name("ledger-reader".to_owned())
                .spawn(move || {
                    while let Some(job) = next(&jobs) {
                        job(&mut seat);
                    }
                })
                .map_err(|source| StoreError::Io {
                    doing: "start a reader of",
                    at: readers.at.clone(),
                    source: Arc::new(source),
                })?;
            readers.threads.push(thread);
        }
        Ok(readers)
    }

    /// Has one of the readers run `query`, and waits for its answer.
    pub(super) fn read<T: Send + 'static>(
        &self,
        query: impl Fn(&mut Session) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let closed = || StoreError::Closed { at: self.at.clone() };
        let (reply, answer) = sync_channel(1);
        let job: Job = Box::new(move |seat| {
            // A caller that no longer waits needs no answer.
            let _gone = reply.send(seat.read(&query));
        });
        self.queue.as_ref().ok_or_else(closed)?.send(job).map_err(|_| closed())?;
        answer.recv().map_err(|_| closed())?
    }
}

/// The next question, or none once the ledger is closed. Only taking it is guarded.
fn next(jobs: &Mutex<Receiver<Job>>) -> Option<Job> {
    jobs.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

impl Drop for Readers {
    fn drop(&mut self) {
        drop(self.queue.take());
        for thread in self.threads.drain(..) {
            // A reader that panicked has told its caller already, by hanging up.
            let _panicked = thread.join();
        }
    }
}
