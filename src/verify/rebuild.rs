//! How long a build takes after one line of the source has changed.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Serialize;

/// Beginnings of a comment, by the extension of a source file; the first ones are looked for first.
const SOURCES: &[(&str, &str)] = &[
    ("go", "//"),
    ("ts", "//"),
    ("tsx", "//"),
    ("js", "//"),
    ("jsx", "//"),
    ("mjs", "//"),
    ("py", "#"),
    ("java", "//"),
    ("kt", "//"),
    ("rs", "//"),
    ("rb", "#"),
    ("php", "//"),
    ("cs", "//"),
    ("c", "//"),
    ("cpp", "//"),
    ("sh", "#"),
];

/// Names that configure a build rather than make up the program.
const NOT_SOURCES: &[&str] = &["setup.py", "conftest.py", "build.rs", "gulpfile.js"];

/// The rebuilds of two Dockerfiles.
#[derive(Clone, Debug, Serialize)]
pub struct Rebuild {
    /// The file that changed by a line.
    pub file: String,
    /// The original.
    pub before: Rebuilt,
    /// The rewritten one.
    pub after: Rebuilt,
}

/// A rebuild.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Rebuilt {
    /// Its time.
    #[serde(serialize_with = "super::seconds")]
    pub seconds: Duration,
    /// Steps that came from the cache.
    pub cached: usize,
    /// All steps.
    pub steps: usize,
    /// The instructions that ran again.
    pub ran: Vec<String>,
    /// The instructions of which the builder says that they came from the cache.
    pub from_cache: Vec<String>,
}

impl Rebuilt {
    /// Reads what a builder printed.
    pub(super) fn of(log: &str, seconds: Duration) -> Self {
        let mut rebuilt = Self {
            seconds,
            ..Self::default()
        };
        // BuildKit: `#7 [2/5] RUN x`, then `#7 CACHED`.
        let mut steps: Vec<(&str, String)> = Vec::new();
        for line in log.lines() {
            let Some((number, rest)) = line.strip_prefix('#').and_then(|rest| rest.split_once(' '))
            else {
                continue;
            };
            if rest == "CACHED" {
                rebuilt.cached += 1;
                if let Some(at) = steps.iter().position(|(known, _)| *known == number) {
                    rebuilt.from_cache.push(steps.remove(at).1);
                }
            } else if let Some(step) = step_of(rest)
                && !steps.iter().any(|(known, _)| *known == number)
            {
                rebuilt.steps += 1;
                steps.push((number, step));
            }
        }
        rebuilt.ran = steps.into_iter().map(|(_, step)| step).collect();
        if rebuilt.steps > 0 {
            return rebuilt;
        }
        // Podman and Buildah: `STEP 2/5: RUN x`, then `--> Using cache …`.
        let mut last = None;
        for line in log.lines() {
            if let Some((_, step)) = line
                .strip_prefix("STEP ")
                .and_then(|it| it.split_once(": "))
            {
                rebuilt.ran.extend(last.take());
                rebuilt.steps += 1;
                last = Some(step.to_owned());
            } else if line.starts_with("--> Using cache") {
                rebuilt.cached += 1;
                rebuilt.from_cache.extend(last.take());
            }
        }
        rebuilt.ran.extend(last);
        rebuilt
    }
}

/// The instruction of `[stage 2/5] RUN x`; FROM is no step.
fn step_of(text: &str) -> Option<String> {
    let (place, step) = text.strip_prefix('[')?.split_once("] ")?;
    let number = place.rsplit(' ').next()?;
    let (at, of) = number.split_once('/')?;
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(at) && is_number(of) && !step.starts_with("FROM ")).then(|| step.to_owned())
}

/// The source file that a change is most likely to touch.
pub(super) fn source_of<'f>(files: impl IntoIterator<Item = &'f str>) -> Option<&'f str> {
    let rank = |file: &'f str| {
        let name = file.rsplit('/').next().unwrap_or(file);
        let (stem, extension) = name.rsplit_once('.')?;
        if NOT_SOURCES.contains(&name) || stem.contains("config") || stem.contains("test") {
            return None;
        }
        let kind = SOURCES.iter().position(|(known, _)| *known == extension)?;
        let is_main = ["main", "app", "index", "server", "Main", "App", "lib"].contains(&stem);
        let depth = file.matches('/').count();
        Some((kind, !is_main, depth, file))
    };
    files
        .into_iter()
        .filter_map(rank)
        .min()
        .map(|(.., file)| file)
}

/// Copies a folder, with modes and symbolic links, into one that is there.
///
/// # Errors
/// Where something cannot be read or written.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        let kind = entry.file_type()?;
        if kind.is_dir() {
            fs::create_dir(&target)?;
            copy(&source, &target)?;
            fs::set_permissions(&target, fs::metadata(&source)?.permissions())?;
        } else if kind.is_symlink() {
            link(&fs::read_link(&source)?, &target)?;
        } else if kind.is_file() {
            fs::copy(&source, &target)?;
        }
    }
    Ok(())
}

#[cfg(unix)]
fn link(to: &Path, at: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(to, at)
}

#[cfg(not(unix))]
fn link(_to: &Path, at: &Path) -> io::Result<()> {
    let message = format!("{}: symbolic links are not copied here", at.display());
    Err(io::Error::new(io::ErrorKind::Unsupported, message))
}

/// Adds a line to a source file: a comment, where its language is known; else empty lines.
pub(super) fn change(context: &Path, file: &str, nonce: &str) -> io::Result<()> {
    let path: PathBuf = context.join(file);
    let extension = path
        .extension()
        .and_then(|it| it.to_str())
        .unwrap_or_default();
    let known = SOURCES.iter().find(|(known, _)| *known == extension);
    let line = known.map_or_else(
        // Empty lines do no harm anywhere; another number of them each time, or the cache knows the file already.
        || {
            "\n".repeat(
                nonce
                    .bytes()
                    .fold(7, |sum, byte| (sum * 31 + usize::from(byte)) % 4093)
                    + 1,
            )
        },
        |(_, sign)| format!("\n{sign} {nonce}\n"),
    );
    let mut file = fs::OpenOptions::new().append(true).open(path)?;
    file.write_all(line.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buildkit_logs_are_read() {
        let log = "#1 [internal] load build definition from Dockerfile\n#5 [build 1/4] FROM docker.io/x\n\
            #6 [build 2/4] WORKDIR /app\n#6 CACHED\n#7 [build 3/4] COPY . .\n#7 DONE 0.1s\n\
            #8 [stage-1 4/4] RUN make\n#8 0.2 [2/3] CC\n#8 DONE 1.0s\n#9 exporting to image\n";
        let rebuilt = Rebuilt::of(log, Duration::from_secs(2));
        assert_eq!((rebuilt.cached, rebuilt.steps), (1, 3));
        assert_eq!(rebuilt.ran, ["COPY . .", "RUN make"]);
        assert_eq!(rebuilt.from_cache, ["WORKDIR /app"]);
    }

    #[test]
    fn podman_logs_are_read() {
        let log = "STEP 1/3: FROM x\nSTEP 2/3: WORKDIR /app\n--> Using cache 12ab\n--> 12ab\n\
            STEP 3/3: RUN make\n";
        let rebuilt = Rebuilt::of(log, Duration::ZERO);
        assert_eq!((rebuilt.cached, rebuilt.steps), (1, 3));
        assert_eq!(rebuilt.ran, ["FROM x", "RUN make"]);
        assert_eq!(rebuilt.from_cache, ["WORKDIR /app"]);
    }

    #[test]
    fn the_main_source_is_found() {
        let files = [
            "README.md",
            "src/util.py",
            "setup.py",
            "src/app.py",
            "webpack.config.js",
        ];
        assert_eq!(source_of(files), Some("src/app.py"));
        assert_eq!(source_of(["README.md"]), None);
    }

    #[test]
    fn a_copy_is_changed_and_its_original_is_not() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::create_dir(one.path().join("src")).unwrap();
        fs::write(one.path().join("src/app.py"), "x = 1").unwrap();
        copy(one.path(), two.path()).unwrap();
        change(two.path(), "src/app.py", "n").unwrap();
        let text = |folder: &Path| fs::read_to_string(folder.join("src/app.py")).unwrap();
        assert_eq!(text(one.path()), "x = 1");
        assert_eq!(text(two.path()), "x = 1\n# n\n");
        let page = two.path().join("page.html");
        let mut changed = Vec::new();
        for nonce in ["imgfix-verify-12-3-change", "imgfix-verify-13-3-change"] {
            fs::write(&page, "<p>").unwrap();
            change(two.path(), "page.html", nonce).unwrap();
            changed.push(fs::read_to_string(&page).unwrap());
        }
        assert_ne!(changed[0], changed[1]);
        assert_eq!(changed[0].trim_end(), "<p>");
    }
}
