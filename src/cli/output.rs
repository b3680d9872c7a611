//! Writes a file in place: all of it, or nothing.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use super::input::cause;

/// Replaces the text of `path`, which was `before` when it was read, by `after`.
///
/// The new text goes into a temporary file in the same folder, which takes the place of the old one; mode
/// and, where possible, owner are kept, and a link stays a link.
///
/// # Errors
/// The cause, in words, without the path; the file is as it was.
pub(super) fn write(path: &Path, before: &str, after: &str) -> Result<(), String> {
    let target = fs::canonicalize(path).map_err(|error| cause(&error))?;
    let about = fs::metadata(&target).map_err(|error| cause(&error))?;
    if about.permissions().readonly() {
        return Err("is read-only".to_owned());
    }
    let now = fs::read(&target).map_err(|error| cause(&error))?;
    if now != before.as_bytes() {
        return Err("changed while it was being rewritten; nothing was written".to_owned());
    }
    let folder = target.parent().unwrap_or(Path::new("."));
    let in_folder = |error: std::io::Error| format!("cannot be written: {}", cause(&error));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(in_folder)?;
    file.write_all(after.as_bytes()).map_err(in_folder)?;
    file.as_file()
        .set_permissions(about.permissions())
        .map_err(in_folder)?;
    keep_owner(file.path(), &about);
    file.as_file().sync_all().map_err(in_folder)?;
    file.persist(&target)
        .map_err(|error| in_folder(error.error))?;
    Ok(())
}

/// Gives the new file the old one's owner, where the system lets us.
#[cfg(unix)]
fn keep_owner(path: &Path, about: &fs::Metadata) {
    use std::os::unix::fs::MetadataExt as _;
    // Only root may give files away; for anybody else the file is already theirs, or it cannot be helped.
    let _ = std::os::unix::fs::chown(path, Some(about.uid()), Some(about.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_: &Path, _: &fs::Metadata) {}
