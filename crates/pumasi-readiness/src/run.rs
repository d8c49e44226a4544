//! Goes through the scenarios of a shard, several at a time, and writes what is done in chunks.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use crate::case;
use crate::folder::{Folder, FolderError, Manifest};
use crate::job::{Item, Job};
use crate::rows;
use crate::shard::Shard;
use crate::table::Table;
use crate::world::{World, WorldError};

/// Scenarios after which a chunk is written, however soon.
const CHUNK_MAX: usize = 256;
/// Time after which one is written, however few there are: what a power cut loses at most.
const CHUNK_EVERY: Duration = Duration::from_secs(5);
/// How often progress is told while no scenario is done.
const TOLD_EVERY: Duration = Duration::from_secs(1);

/// What to run, where, and with how many threads.
pub struct Run<'a> {
    /// The facts and agreements.
    pub world: &'a World,
    /// The job.
    pub job: &'a Job,
    /// Which part of it.
    pub shard: Shard,
    /// The folder that the tables go to; a run of the same job and part that was begun in it goes
    /// on.
    pub folder: &'a Path,
    /// How many scenarios are worked on at a time.
    pub threads: usize,
    /// Set from elsewhere to stop: the scenarios at hand are finished and written.
    pub stop: &'a AtomicBool,
}

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Scenarios of the part that are done.
    pub done: u64,
    /// Those of them that were done before this run.
    pub done_before: u64,
    /// Scenarios the part has.
    pub of: u64,
    /// Since this run began.
    pub elapsed: Duration,
}

impl Progress {
    /// How long the rest takes if it goes on as it did; nothing before one is done.
    #[must_use]
    pub fn left(&self) -> Option<Duration> {
        let now = u32::try_from(self.done - self.done_before).ok().filter(|done| *done > 0)?;
        let rest = u32::try_from(self.of - self.done).ok()?;
        Some(self.elapsed.saturating_mul(rest) / now)
    }
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// Everything is done and in tables.
    Complete(Manifest),
    /// It was stopped; so many of so many scenarios are done, and the same run goes on from there.
    Stopped(Progress),
}

/// Why a run failed.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// A scenario cannot be run.
    #[error(transparent)]
    World(#[from] WorldError),
    /// The folder cannot be used.
    #[error(transparent)]
    Folder(#[from] FolderError),
}

/// A scenario that is done, by its rank.
type Done = (u64, Result<Vec<Table>, WorldError>);

/// Runs a shard of a job, telling how far it is.
///
/// # Errors
/// When the folder holds another job or cannot be written, or a scenario cannot be planned.
pub fn run(run: &Run<'_>, told: &mut dyn FnMut(&Progress)) -> Result<Ended, RunError> {
    let items = run.world.items(run.job);
    let total = u64::try_from(items.items.len()).unwrap_or(u64::MAX);
    let manifest = Manifest {
        job: run.job.clone(),
        digest: run.job.digest(),
        shard: run.shard,
        scenarios: total,
        yearly_micro: items.yearly_micro,
        done: 0,
        tables: BTreeMap::new(),
    };
    let mut folder = Folder::open(run.folder, manifest.begun())?;
    if folder.manifest().is_complete() {
        return Ok(Ended::Complete(folder.manifest().clone()));
    }
    let range = run.shard.range(total);
    let next = AtomicU64::new(folder.manifest().done);
    let ended = AtomicBool::new(false);
    let mut collector = Collector {
        progress: Progress {
            done: folder.manifest().done - range.start,
            done_before: folder.manifest().done - range.start,
            of: range.end - range.start,
            elapsed: Duration::ZERO,
        },
        first: range.start,
        began: Instant::now(),
        written: Instant::now(),
        waiting: BTreeMap::new(),
        chunk: rows::empty(),
        held: 0,
    };
    let threads = run.threads.max(1);
    std::thread::scope(|scope| {
        let (send, receive) = sync_channel::<Done>(threads);
        for _ in 0..threads {
            let (send, next, ended) = (send.clone(), &next, &ended);
            let items = items.items.as_slice();
            scope.spawn(move || work(run, items, next, range.end, ended, &send));
        }
        drop(send);
        let result = collector.collect(&receive, &mut folder, told);
        // Whoever still works on a scenario finishes it and finds nobody to give it to.
        ended.store(true, Ordering::SeqCst);
        result
    })?;
    let progress = collector.progress;
    if progress.done < progress.of {
        return Ok(Ended::Stopped(progress));
    }
    folder.finish()?;
    Ok(Ended::Complete(folder.manifest().clone()))
}

/// Takes scenarios one after the other until there are none or it is to stop.
///
/// Scenarios are taken in rank and every one that is taken is finished, so that what is done has no
/// holes when it stops.
fn work(
    run: &Run<'_>,
    items: &[Item],
    next: &AtomicU64,
    until: u64,
    ended: &AtomicBool,
    send: &SyncSender<Done>,
) {
    let draw = run.world.draw(run.job);
    while !run.stop.load(Ordering::SeqCst) && !ended.load(Ordering::SeqCst) {
        let rank = next.fetch_add(1, Ordering::SeqCst);
        let item = usize::try_from(rank).ok().and_then(|at| items.get(at));
        let Some(item) = item.filter(|_| rank < until) else { break };
        let scenario = i64::try_from(rank).unwrap_or(i64::MAX);
        let tables = case::run(run.world, run.job, &draw, scenario, item);
        if send.send((rank, tables)).is_err() {
            break;
        }
    }
}

/// Puts what is done in rank and writes it.
struct Collector {
    progress: Progress,
    /// The first rank of the shard.
    first: u64,
    began: Instant,
    written: Instant,
    /// Done before one of a lower rank.
    waiting: BTreeMap<u64, Vec<Table>>,
    chunk: Vec<Table>,
    /// Scenarios in the chunk.
    held: usize,
}

impl Collector {
    fn collect(
        &mut self,
        receive: &Receiver<Done>,
        folder: &mut Folder,
        told: &mut dyn FnMut(&Progress),
    ) -> Result<(), RunError> {
        told(&self.progress);
        loop {
            match receive.recv_timeout(TOLD_EVERY) {
                Ok((rank, tables)) => {
                    self.waiting.insert(rank, tables?);
                    self.line_up();
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            self.progress.elapsed = self.began.elapsed();
            if self.held >= CHUNK_MAX || self.written.elapsed() >= CHUNK_EVERY {
                self.write(folder)?;
            }
            told(&self.progress);
        }
        self.write(folder)
    }

    /// Adds to the chunk whatever follows on it.
    fn line_up(&mut self) {
        while let Some(tables) = self.waiting.remove(&(self.first + self.progress.done)) {
            for (all, one) in self.chunk.iter_mut().zip(tables) {
                all.append(one);
            }
            self.progress.done += 1;
            self.held += 1;
        }
    }

    fn write(&mut self, folder: &mut Folder) -> Result<(), RunError> {
        if self.held > 0 {
            let chunk = std::mem::replace(&mut self.chunk, rows::empty());
            folder.add(self.first + self.progress.done, chunk)?;
            self.held = 0;
        }
        self.written = Instant::now();
        Ok(())
    }
}
