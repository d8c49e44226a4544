//! The one thread that writes, and its queue.

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use rusqlite::Connection;
use tokio::sync::watch;

use super::change::Failure;
use super::{StoreError, Underway, classify, read_head};

/// The most changes that wait; whoever comes next waits to hand in.
const QUEUE_MAX: usize = 1024;

/// The most changes that share a transaction.
const GROUP_MAX: usize = 1024;

/// The bytes after which a transaction takes no further change.
const GROUP_BYTES_MAX: usize = 8 * 1024 * 1024;

/// The writing side of a ledger; dropping it finishes what waits and ends the thread.
pub(super) struct Writer {
    // INVARIANT: present until drop, which must close the queue before it joins the thread.
    queue: Option<SyncSender<Request>>,
    thread: Option<JoinHandle<()>>,
    head: watch::Sender<u64>,
    file: Arc<Path>,
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").field("file", &self.file).finish_non_exhaustive()
    }
}

enum Request {
    /// Make a change of about so many bytes.
    Change { bytes: usize, change: Box<dyn Change> },
    /// Move all of the journal into the database and cut it to nothing.
    EmptyJournal(SyncSender<Result<(), StoreError>>),
}

impl Request {
    fn change<T: Send + 'static>(
        bytes: usize,
        change: impl FnOnce(&Connection) -> Result<T, Failure> + Send + 'static,
        reply: SyncSender<Result<T, StoreError>>,
    ) -> Self {
        let change = Box::new(Pending { change: Some(change), outcome: None, reply });
        Self::Change { bytes, change }
    }
}

impl Writer {
    /// Starts the thread on its connection; `head` is the position of the last act.
    pub(super) fn start(
        connection: Connection,
        file: Arc<Path>,
        head: u64,
    ) -> Result<Self, StoreError> {
        let (queue, requests) = sync_channel(QUEUE_MAX);
        let head = watch::Sender::new(head);
        let worker = Worker { connection, file: Arc::clone(&file), head: head.clone() };
        let thread = std::thread::Builder::new()
            .name("ledger-writer".to_owned())
            .spawn(move || worker.run(&requests))
            .map_err(|source| StoreError::Io {
                doing: "start the writer of",
                at: file.to_path_buf(),
                source: Arc::new(source),
            })?;
        Ok(Self { queue: Some(queue), thread: Some(thread), head, file })
    }

    /// Follows the head.
    pub(super) fn watch(&self) -> watch::Receiver<u64> {
        self.head.subscribe()
    }

    /// Makes a change of about `bytes` bytes and returns its result once it is on disk.
    pub(super) fn write<T: Send + 'static>(
        &self,
        bytes: usize,
        change: impl FnOnce(&Connection) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.ask(|reply| Request::change(bytes, change, reply))
    }

    /// Hands in a change of about `bytes` bytes and returns before it is made.
    pub(super) fn hand_in(
        &self,
        bytes: usize,
        change: impl FnOnce(&Connection) -> Result<(), Failure> + Send + 'static,
    ) -> Result<Underway, StoreError> {
        let answer = self.send(|reply| Request::change(bytes, change, reply))?;
        let file = Arc::clone(&self.file);
        Ok(Underway::until(move || answer.recv().map_err(|_| closed(&file))?))
    }

    /// Moves all of the journal into the database, so that no deleted byte stays in it.
    pub(super) fn empty_journal(&self) -> Result<(), StoreError> {
        self.ask(Request::EmptyJournal)
    }

    fn ask<T>(
        &self,
        request: impl FnOnce(SyncSender<Result<T, StoreError>>) -> Request,
    ) -> Result<T, StoreError> {
        self.send(request)?.recv().map_err(|_| closed(&self.file))?
    }

    /// Puts a request into the queue; the answer comes once it is done.
    fn send<T>(
        &self,
        request: impl FnOnce(SyncSender<Result<T, StoreError>>) -> Request,
    ) -> Result<Receiver<Result<T, StoreError>>, StoreError> {
        let (reply, answer) = sync_channel(1);
        let queue = self.queue.as_ref().ok_or_else(|| closed(&self.file))?;
        queue.send(request(reply)).map_err(|_| closed(&self.file))?;
        Ok(answer)
    }
}

fn closed(file: &Path) -> StoreError {
    StoreError::Closed { at: file.to_path_buf() }
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

/// A change in the queue, whatever its result is.
trait Change: Send {
    /// Runs it inside the transaction.
    fn apply(&mut self, on: &Connection, file: &Path) -> Result<(), StoreError>;
    /// Tells the caller, once the transaction has ended.
    fn answer(self: Box<Self>, committed: Result<(), StoreError>);
}

struct Pending<T, F> {
    change: Option<F>,
    outcome: Option<Result<T, StoreError>>,
    reply: SyncSender<Result<T, StoreError>>,
}

impl<T, F> Change for Pending<T, F>
where
    T: Send,
    F: FnOnce(&Connection) -> Result<T, Failure> + Send,
{
    fn apply(&mut self, on: &Connection, file: &Path) -> Result<(), StoreError> {
        let Some(change) = self.change.take() else { return Ok(()) };
        let outcome = change(on).map_err(|failure| match failure {
            Failure::Engine(error) => classify(file, "write to", error),
            Failure::Change(error) => error,
        });
        let result = outcome.as_ref().map(|_| ()).map_err(Clone::clone);
        self.outcome = Some(outcome);
        result
    }

    fn answer(self: Box<Self>, committed: Result<(), StoreError>) {
        let outcome = match (self.outcome, committed) {
            (Some(Err(own)), _) => Err(own),
            (_, Err(shared)) => Err(shared),
            (Some(Ok(value)), Ok(())) => Ok(value),
            // Never applied: hanging up says that the store is closed.
            (None, Ok(())) => return,
        };
        // A caller that no longer waits needs no answer.
        let _gone = self.reply.send(outcome);
    }
}

struct Worker {
    connection: Connection,
    file: Arc<Path>,
    head: watch::Sender<u64>,
}

impl Worker {
    fn run(self, requests: &Receiver<Request>) {
        let mut waiting = None;
        while let Some(request) = waiting.take().or_else(|| requests.recv().ok()) {
            match request {
                Request::EmptyJournal(reply) => {
                    let _gone = reply.send(self.empty_journal());
                }
                Request::Change { bytes, change } => {
                    waiting = self.write_group(bytes, change, requests);
                }
            }
        }
    }

    /// Makes the first change and those that wait behind it in one transaction; returns the
    /// request that ended the group, if one did.
    fn write_group(
        &self,
        bytes: usize,
        first: Box<dyn Change>,
        requests: &Receiver<Request>,
    ) -> Option<Request> {
        let mut group = vec![first];
        let mut bytes_total = bytes;
        let mut next = None;
        while group.len() < GROUP_MAX && bytes_total < GROUP_BYTES_MAX {
            match requests.try_recv() {
                Ok(Request::Change { bytes, change }) => {
                    bytes_total = bytes_total.saturating_add(bytes);
                    group.push(change);
                }
                Ok(other) => {
                    next = Some(other);
                    break;
                }
                Err(_) => break,
            }
        }
        let committed = self.commit(&mut group);
        for change in group {
            change.answer(committed.clone());
        }
        next
    }

    fn commit(&self, group: &mut [Box<dyn Change>]) -> Result<(), StoreError> {
        let result = self.try_commit(group);
        // Also after a failed commit the transaction may be open; ending it twice does no harm.
        if !self.connection.is_autocommit() {
            let _ended = self.connection.execute_batch("ROLLBACK");
        }
        result
    }

    fn try_commit(&self, group: &mut [Box<dyn Change>]) -> Result<(), StoreError> {
        let run = |sql: &str| {
            self.connection
                .execute_batch(sql)
                .map_err(|error| classify(&self.file, "write to", error))
        };
        run("BEGIN IMMEDIATE")?;
        for change in group {
            run("SAVEPOINT change")?;
            match change.apply(&self.connection, &self.file) {
                Ok(()) => run("RELEASE change")?,
                // SQLite itself ends the transaction after some failures, a full disk for one:
                // then every change of the group is gone and its callers must hear so.
                Err(error) if self.connection.is_autocommit() => return Err(error),
                Err(_) => run("ROLLBACK TO change; RELEASE change")?,
            }
        }
        run("COMMIT")?;
        self.tell_head();
        Ok(())
    }

    /// The head is a hint, so a failure to read it is left for the next reader to meet.
    fn tell_head(&self) {
        if let Ok(head) = read_head(&self.connection) {
            self.head.send_if_modified(|known| std::mem::replace(known, head) != head);
        }
    }

    fn empty_journal(&self) -> Result<(), StoreError> {
        let busy: i64 = self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
            .map_err(|error| classify(&self.file, "write to", error))?;
        if busy == 0 {
            Ok(())
        } else {
            Err(StoreError::Locked { at: self.file.to_path_buf(), process: None })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Moved, schema};
    use super::*;

    /// Passes by itself and fails at the commit: a row that refers to nothing, found late.
    const POISON: &str = "PRAGMA defer_foreign_keys = ON;
        INSERT INTO acts (id, matter, bytes) VALUES (zeroblob(32), 99, x'00')";

    const HARMLESS: &str = "INSERT INTO settings (name, value) VALUES ('a', x'01')";

    fn run(sql: &'static str) -> impl FnOnce(&Connection) -> Result<(), Failure> + Send {
        move |on| Ok(on.execute_batch(sql)?)
    }

    fn code(outcome: Result<(), StoreError>) -> &'static str {
        outcome.map_or_else(|error| error.code(), |()| "stored")
    }

    #[test]
    fn who_shares_a_failed_commit_hears_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let file: Arc<Path> = Arc::from(folder.path().join("test.sqlite"));
        let mut connection = schema::connect(&file).unwrap();
        schema::prepare(&mut connection, &file, Moved::Refused).unwrap();
        let writer = Writer::start(connection, Arc::clone(&file), 0).unwrap();
        let queue = writer.queue.as_ref().unwrap();
        // While one change holds the writer, two more come and are taken together.
        let (started, start) = sync_channel(1);
        let (open, gate) = sync_channel(1);
        let hold = move |_: &Connection| {
            started.send(()).unwrap();
            gate.recv().unwrap();
            Ok(())
        };
        let (reply, held) = sync_channel(1);
        queue.send(Request::change(0, hold, reply)).unwrap();
        start.recv().unwrap();
        let (reply, harmless) = sync_channel(1);
        queue.send(Request::change(0, run(HARMLESS), reply)).unwrap();
        let (reply, poison) = sync_channel(1);
        queue.send(Request::change(0, run(POISON), reply)).unwrap();
        open.send(()).unwrap();
        assert_eq!(code(held.recv().unwrap()), "stored", "its own group was taken before");
        assert_eq!(code(poison.recv().unwrap()), "io");
        assert_eq!(code(harmless.recv().unwrap()), "io");
        // Nothing of the group stayed, and the writer goes on.
        assert_eq!(code(writer.write(0, run(HARMLESS))), "stored");
        let acts = writer.write(0, |on| {
            Ok(on.query_row("SELECT count(*) FROM acts", [], |row| row.get::<_, i64>(0))?)
        });
        assert_eq!(acts.unwrap(), 0);
    }

    #[test]
    fn what_waits_when_the_writer_is_dropped_is_still_stored() {
        let folder = tempfile::tempdir().unwrap();
        let file: Arc<Path> = Arc::from(folder.path().join("test.sqlite"));
        let mut connection = schema::connect(&file).unwrap();
        schema::prepare(&mut connection, &file, Moved::Refused).unwrap();
        let writer = Writer::start(connection, Arc::clone(&file), 0).unwrap();
        let (reply, answer) = sync_channel(1);
        writer.queue.as_ref().unwrap().send(Request::change(0, run(HARMLESS), reply)).unwrap();
        drop(writer);
        assert_eq!(code(answer.recv().unwrap()), "stored");
    }
}
