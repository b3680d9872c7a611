//! Writes to the terminal and to files.

use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use super::args::ColorWhen;
use super::error::{Failure, cause};
use crate::report::Palette;

/// The columns of a line where there is no terminal.
const WIDTH: usize = 120;

/// Standard output and standard error.
pub(crate) struct Output {
    /// The colours of standard output.
    pub(crate) palette: Palette,
    /// The colours of standard error.
    pub(crate) error_palette: Palette,
    /// Nobody reads standard output any more.
    closed: bool,
}

impl Output {
    /// Looks what the streams are.
    pub(crate) fn new(when: ColorWhen) -> Self {
        let choose = |automatic: anstream::ColorChoice| match when {
            ColorWhen::Never => Palette::Plain,
            ColorWhen::Auto if automatic == anstream::ColorChoice::Never => Palette::Plain,
            ColorWhen::Always | ColorWhen::Auto => Palette::Ansi,
        };
        Self {
            palette: choose(anstream::AutoStream::choice(&io::stdout())),
            error_palette: choose(anstream::AutoStream::choice(&io::stderr())),
            closed: false,
        }
    }

    /// Prints to standard output. That its reader has gone is no failure.
    pub(crate) fn print(&mut self, text: &str) -> Result<(), Failure> {
        if self.closed || text.is_empty() {
            return Ok(());
        }
        let mut stdout = io::stdout().lock();
        match stdout
            .write_all(text.as_bytes())
            .and_then(|()| stdout.flush())
        {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            Err(error) => Err(Failure::io("standard output", &error)),
            Ok(()) => Ok(()),
        }
    }

    /// Prints to standard error; there is nowhere to report that it fails.
    #[expect(clippy::unused_self, reason = "who prints has the streams")]
    pub(crate) fn tell(&self, text: &str) {
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// The columns of a line: those of the terminal, or what `COLUMNS` says.
    #[expect(clippy::unused_self, reason = "who prints has the streams")]
    pub(crate) fn width(&self) -> usize {
        let found = || terminal_size::terminal_size_of(io::stdout());
        columns()
            .or_else(|| found().map(|(width, _)| usize::from(width.0)))
            .unwrap_or(WIDTH)
    }

    /// Reports a failure.
    pub(crate) fn fail(&self, failure: &Failure) {
        let paint = |text| match self.error_palette {
            Palette::Plain => format!("{text}:"),
            Palette::Ansi => format!("\x1b[1;31m{text}:\x1b[0m"),
        };
        let message = crate::report::printable(&failure.message).into_owned();
        let mut text = format!("{} {message}\n", paint("imgfix"));
        if let Some(hint) = &failure.hint {
            text.push_str("hint: ");
            text.push_str(&crate::report::printable(hint));
            text.push('\n');
        }
        self.tell(&text);
    }
}

/// What `COLUMNS` says.
pub(crate) fn columns() -> Option<usize> {
    let said = std::env::var("COLUMNS").ok()?;
    said.parse().ok().filter(|&columns| columns > 0)
}

/// Puts `after` in the place of `before`, which was read from `path`; all of it or nothing.
///
/// # Errors
/// Where the file is read-only or has changed since, or its folder takes no new file.
pub(crate) fn replace(path: &Path, label: &str, before: &str, after: &str) -> Result<(), Failure> {
    if before == after {
        return Ok(());
    }
    let permissions = writable(path, label, before)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let failed = |error: &io::Error| {
        Failure::new(format!("{label}: cannot be replaced: {}", cause(error)))
            .hint("the file is as it was")
    };
    let mut file = tempfile::Builder::new()
        .prefix(".imgfix-")
        .tempfile_in(folder)
        .map_err(|error| failed(&error))?;
    file.write_all(after.as_bytes())
        .and_then(|()| file.flush())
        .map_err(|error| failed(&error))?;
    keep_owner(path, file.as_file());
    file.as_file()
        .set_permissions(permissions)
        .map_err(|error| failed(&error))?;
    file.persist(path).map_err(|error| failed(&error.error))?;
    Ok(())
}

/// Makes a file that is not there yet; all of it or nothing.
///
/// # Errors
/// Where there is one now, or its folder takes no new file.
pub(crate) fn create(path: &Path, label: &str, text: &str) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let failed =
        |error: &io::Error| Failure::new(format!("{label}: cannot be written: {}", cause(error)));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".imgfix-");
    // As any new file; a temporary one would be for its owner alone.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder
        .tempfile_in(folder)
        .map_err(|error| failed(&error))?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.flush())
        .map_err(|error| failed(&error))?;
    file.persist_noclobber(path)
        .map_err(|error| failed(&error.error))?;
    Ok(())
}

/// Makes sure that the file may be written and still holds `before`.
fn writable(path: &Path, label: &str, before: &str) -> Result<Permissions, Failure> {
    let refuse = |error: io::Error| Failure::io(label, &error);
    let permissions = path.metadata().map_err(refuse)?.permissions();
    if permissions.readonly() {
        return Err(
            Failure::new(format!("{label}: is read-only; nothing was written"))
                .hint("make it writable, or run without `--write`"),
        );
    }
    // A rename would not ask whether the file itself may be written.
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .open(path)
        .map_err(|error| Failure::new(format!("{label}: cannot be written: {}", cause(&error))))?;
    let mut now = Vec::with_capacity(before.len() + 1);
    file.read_to_end(&mut now).map_err(refuse)?;
    if now != before.as_bytes() {
        return Err(Failure::new(format!(
            "{label}: changed while it was being rewritten; nothing was written"
        ))
        .hint("run imgfix again"));
    }
    Ok(permissions)
}

/// Gives a new file the owner and group of the old one, where we may.
#[cfg(unix)]
fn keep_owner(path: &Path, file: &File) {
    use std::os::unix::fs::{MetadataExt, fchown};

    if let (Ok(old), Ok(new)) = (path.metadata(), file.metadata())
        && (old.uid(), old.gid()) != (new.uid(), new.gid())
    {
        // Only the superuser may give a file away; the content counts more than its owner.
        let _ = fchown(file, Some(old.uid()), Some(old.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_path: &Path, _file: &File) {}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("Dockerfile");
        std::fs::write(&path, text).expect("a file");
        (folder, path)
    }

    fn text(path: &Path) -> String {
        std::fs::read_to_string(path).expect("a text")
    }

    #[test]
    fn a_file_is_replaced_as_a_whole() {
        let (folder, path) = file("before");
        assert_eq!(replace(&path, "D", "before", "after"), Ok(()));
        assert_eq!(text(&path), "after");
        assert_eq!(
            std::fs::read_dir(folder.path()).expect("a folder").count(),
            1
        );
    }

    #[test]
    fn a_file_that_changed_meanwhile_is_left_alone() {
        let (folder, path) = file("other");
        let failure = replace(&path, "D", "before", "after").expect_err("a failure");
        assert_eq!(
            failure.message,
            "D: changed while it was being rewritten; nothing was written"
        );
        assert_eq!(text(&path), "other");
        assert_eq!(
            std::fs::read_dir(folder.path()).expect("a folder").count(),
            1
        );
    }

    #[test]
    fn an_equal_text_is_not_written() {
        assert_eq!(replace(Path::new("/nowhere"), "D", "same", "same"), Ok(()));
    }

    #[cfg(unix)]
    #[test]
    fn mode_and_owner_are_kept_and_a_read_only_file_is_refused() {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};

        let (_folder, path) = file("before");
        std::fs::set_permissions(&path, Permissions::from_mode(0o640)).expect("a mode");
        // Only the superuser can give a file away; the owner then must stay.
        let given = chown(&path, Some(12_345), Some(12_345)).is_ok();
        assert_eq!(replace(&path, "D", "before", "after"), Ok(()));
        let meta = path.metadata().expect("a file");
        assert_eq!(meta.mode() & 0o777, 0o640);
        assert!(!given || (meta.uid(), meta.gid()) == (12_345, 12_345));
        std::fs::set_permissions(&path, Permissions::from_mode(0o440)).expect("a mode");
        let failure = replace(&path, "D", "after", "more").expect_err("a failure");
        assert_eq!(failure.message, "D: is read-only; nothing was written");
        assert_eq!(text(&path), "after");
    }
}
