//! Files the user names: read with a limit, written without overwriting.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::Path;

use crate::failure::{Exit, Failure};

/// The largest file read, far above any bundle or alert of a real case: 256 MiB.
const BYTES_MAX: u64 = 256 * 1024 * 1024;

/// Reads a file, or standard input for `-`.
///
/// # Errors
/// Not found (3), or unreadable or too large (7).
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    read_up_to(path, BYTES_MAX)
}

/// Reads a file, or standard input for `-`, that has at most so many bytes.
///
/// # Errors
/// Not found (3), or unreadable or larger (7).
pub fn read_up_to(path: &Path, bytes_max: u64) -> Result<Vec<u8>, Failure> {
    let bytes = read_at_most(path, bytes_max.saturating_add(1))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > bytes_max {
        let failure = Failure::new("failure-file-too-large", Exit::BadFile);
        let failure = failure.with("file", path.display().to_string());
        let mebibytes = i64::try_from(bytes_max / (1024 * 1024)).unwrap_or(i64::MAX);
        return Err(failure.with("mebibytes", mebibytes));
    }
    Ok(bytes)
}

/// Reads the first bytes of a file, or of standard input for `-`, and no more than `bytes_max`: of
/// a file that is longer no more is ever held.
///
/// # Errors
/// Not found (3), or unreadable (7).
pub fn read_at_most(path: &Path, bytes_max: u64) -> Result<Vec<u8>, Failure> {
    let name = path.display().to_string();
    let unreadable = |error: std::io::Error| {
        let failure = match error.kind() {
            ErrorKind::NotFound => Failure::new("failure-file-missing", Exit::NotFound),
            _ => Failure::new("failure-file-unreadable", Exit::BadFile).because(error),
        };
        failure.with("file", name.clone())
    };
    let mut bytes = Vec::new();
    if name == "-" {
        std::io::stdin().lock().take(bytes_max).read_to_end(&mut bytes).map_err(unreadable)?;
    } else {
        let file = File::open(path).map_err(unreadable)?;
        file.take(bytes_max).read_to_end(&mut bytes).map_err(unreadable)?;
    }
    Ok(bytes)
}

/// Reads a file that must be text.
///
/// # Errors
/// As [`read`]; also when it is not UTF-8, with the first byte at fault.
pub fn read_text(path: &Path) -> Result<String, Failure> {
    String::from_utf8(read(path)?).map_err(|error| {
        Failure::new("failure-file-not-text", Exit::BadFile)
            .with("file", path.display().to_string())
            .with("byte", error.utf8_error().valid_up_to())
    })
}

/// Writes a new file, complete and on the disk, or none at all.
///
/// # Errors
/// When it exists already (7: the user named the wrong file) or cannot be written (7).
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let name = path.display().to_string();
    let mut file = match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            return Err(Failure::new("failure-file-exists", Exit::BadFile).with("file", name));
        }
        Err(error) => return Err(unwritable(&name, error)),
    };
    if let Err(error) = file.write_all(bytes).and_then(|()| file.sync_all()) {
        // Half a file could be taken for a whole one.
        let _ = std::fs::remove_file(path);
        return Err(unwritable(&name, error));
    }
    Ok(())
}

/// Writes a file anew: whoever reads it meanwhile finds the old one or the new one, whole.
///
/// # Errors
/// When it cannot be written (7); the old one is then left as it was.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = Path::new(&beside);
    write_new(beside, bytes)?;
    std::fs::rename(beside, path).map_err(|error| unwritable(&path.display().to_string(), error))
}

fn unwritable(name: &str, error: std::io::Error) -> Failure {
    Failure::new("failure-file-unwritable", Exit::BadFile).with("file", name).because(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        write_new(&path, b"one").unwrap();
        assert_eq!(write_new(&path, b"two").unwrap_err().exit, Exit::BadFile);
        assert_eq!(read(&path).unwrap(), b"one");
        replace(&path, b"one").unwrap();
        assert_eq!(read(&folder.path().join("b")).unwrap_err().exit, Exit::NotFound);
        assert_eq!(read_at_most(&path, 2).unwrap(), b"on");
        assert_eq!(read_up_to(&path, 3).unwrap(), b"one");
        assert_eq!(read_up_to(&path, 2).unwrap_err().exit, Exit::BadFile);
        std::fs::write(&path, b"a\xff").unwrap();
        assert_eq!(read_text(&path).unwrap_err().exit, Exit::BadFile);
    }
}
