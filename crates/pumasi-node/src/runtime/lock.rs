//! The exclusive lock on a data folder.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// The name of the lock file within the folder.
const LOCK_FILE: &str = "lock";

/// The exclusive use of a data folder by this process, until dropped or the process ends.
///
/// The operating system holds the lock, so that a killed process leaves nothing to clean up;
/// the file itself stays and names the last holder.
#[derive(Debug)]
pub struct FolderLock {
    folder: PathBuf,
    file: File,
}

/// Why a data folder could not be locked.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another process holds it.
    #[error("`{folder}` is in use by {}", holder(*process))]
    Held {
        /// The folder.
        folder: PathBuf,
        /// The id of the holder, where it is known.
        process: Option<u32>,
    },
    /// The folder or its lock file cannot be made or opened.
    #[error("could not lock the data folder `{folder}`")]
    Io {
        /// The folder.
        folder: PathBuf,
        /// What the operating system reported.
        source: io::Error,
    },
}

fn holder(process: Option<u32>) -> String {
    process.map_or_else(|| "another process".to_owned(), |id| format!("process {id}"))
}

impl LockError {
    /// What the operator can do.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::Held { .. } => "stop the other process, or give this node its own data folder",
            Self::Io { .. } => "check that the folder can be written by this user",
        }
    }
}

impl FolderLock {
    /// Locks `folder` for this process, making it first where it is missing, readable by its
    /// owner alone.
    ///
    /// # Errors
    /// [`LockError::Held`] at once when another process holds it; [`LockError::Io`] otherwise.
    pub fn hold(folder: &Path) -> Result<Self, LockError> {
        let failed = |source| LockError::Io { folder: folder.to_owned(), source };
        make(folder).map_err(failed)?;
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(folder.join(LOCK_FILE))
            .map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let process = read_process(&mut file);
                return Err(LockError::Held { folder: folder.to_owned(), process });
            }
            Err(TryLockError::Error(source)) => return Err(failed(source)),
        }
        // The id only helps people; a full disk must not keep the node from starting.
        let _unwritten = write_process(&mut file);
        Ok(Self { folder: folder.to_owned(), file })
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for FolderLock {
    /// Gives the lock back, and does not leave that to closing the file: a program that another
    /// thread is just starting holds a copy of every open file for a moment, and the lock with it.
    fn drop(&mut self) {
        // Closing the file follows, so a failure costs no more than that moment.
        let _still_held = self.file.unlock();
    }
}

fn make(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn write_process(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{}", std::process::id())
}

/// The id in the lock file. The holder may be writing it right now, and some systems forbid
/// reading a locked file; then it is unknown.
fn read_process(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    text.strip_suffix('\n')?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_holder_is_refused_and_told_the_first() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("a").join("data");
        let held = FolderLock::hold(&folder).unwrap();
        let error = FolderLock::hold(&folder).unwrap_err();
        let expected =
            format!("`{}` is in use by process {}", folder.display(), std::process::id());
        assert_eq!(error.to_string(), expected);
        drop(held);
        assert_eq!(FolderLock::hold(&folder).unwrap().folder(), folder);
    }

    #[test]
    fn a_copy_of_the_open_file_does_not_keep_the_lock() {
        let folder = tempfile::tempdir().unwrap();
        let held = FolderLock::hold(folder.path()).unwrap();
        let copy = held.file.try_clone().unwrap();
        drop(held);
        FolderLock::hold(folder.path()).unwrap();
        drop(copy);
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_named() {
        let parent = tempfile::tempdir().unwrap();
        let file = parent.path().join("file");
        std::fs::write(&file, "not a folder").unwrap();
        let error = FolderLock::hold(&file).unwrap_err();
        assert!(matches!(error, LockError::Io { .. }), "{error}");
        assert!(error.to_string().contains("file"), "{error}");
    }
}
