//! Builds a Dockerfile and its rewrite with the user's own builder, and compares the two images.
//!
//! Besides `cli`, this is the one module that reaches out: it runs the builder, and reads and writes
//! temporary files. It pushes nothing, and removes the images and containers that it made.
#![allow(
    clippy::disallowed_methods,
    reason = "input and output live here and in `cli` only"
)]

mod builder;
mod compare;
mod digests;
mod failure;
pub(crate) mod image;
mod process;
mod rebuild;
mod show;
mod smoke;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde::{Serialize, Serializer};

use crate::transform::Effect;
pub use builder::{Build, Builder, Kind};
pub use compare::{Comparison, Counted, Files, Group};
pub use digests::Digests;
pub(crate) use process::catch_interrupts;
pub use process::is_interrupted;
pub use rebuild::{Rebuild, Rebuilt, copy as copy_folder};
pub use show::{Format, Summary, text as show_text};
pub use smoke::{Smoke, SmokeResult};

use image::Image;

/// What is told while builds run.
pub trait Watch {
    /// Something begins.
    fn begin(&mut self, title: &str);
    /// It still runs.
    fn tick(&mut self, title: &str, elapsed: Duration);
    /// It ended.
    fn end(&mut self, title: &str, elapsed: Duration);
}

/// Tells nothing.
#[derive(Debug)]
pub struct Silent;

impl Watch for Silent {
    fn begin(&mut self, _title: &str) {}
    fn tick(&mut self, _title: &str, _elapsed: Duration) {}
    fn end(&mut self, _title: &str, _elapsed: Duration) {}
}

/// A Dockerfile and its rewrite.
#[derive(Clone, Debug)]
pub struct Subject {
    /// What the user knows it as.
    pub label: String,
    /// The Dockerfile.
    pub path: PathBuf,
    /// Its text.
    pub before: String,
    /// The text after all rewrites.
    pub after: String,
    /// What the rewrites announced.
    pub rewrites: Vec<Announced>,
    /// The text after each of the transforms, where each is to be measured.
    pub steps: Vec<(String, String)>,
    /// The files of the build context, for [`Request::cache_check`].
    pub context_files: Vec<String>,
    /// The questions to its containers.
    pub smoke: Vec<Smoke>,
}

/// A rewrite, as `verify` needs it.
#[derive(Clone, Debug, Serialize)]
pub struct Announced {
    /// The transform.
    pub transform: String,
    /// The line of the original, counted from 1.
    pub line: usize,
    /// What it does.
    pub title: String,
    /// What it means to change.
    #[serde(skip)]
    pub effects: Vec<Effect>,
    /// The bytes that it is estimated to save; `None` where that is not known.
    pub estimated_bytes: Option<u64>,
}

/// What is to be done with every Dockerfile.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// How it is built; the Dockerfile is filled in.
    pub build: Build,
    /// The network of containers, for smoke tests.
    pub network: Option<String>,
    /// Whether the original is built twice, to know what differs anyway.
    pub control: bool,
    /// The file whose change is measured; an empty one stands for the likeliest.
    pub cache_check: Option<String>,
    /// Whether images are kept.
    pub keep: bool,
}

/// Size and layers of an image.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Built {
    /// Bytes of all layers, uncompressed.
    pub bytes: u64,
    /// Bytes of files that a later layer hides or removes.
    pub hidden_bytes: u64,
    /// Bytes of each layer, the lowest one first.
    pub layers: Vec<u64>,
    /// The time of the build.
    #[serde(serialize_with = "seconds")]
    pub seconds: Duration,
    /// The tag, where the image is kept.
    pub tag: Option<String>,
}

/// The image after one of the transforms.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    /// The transform.
    pub transform: String,
    /// Bytes of all layers.
    pub bytes: u64,
    /// How many layers.
    pub layers: usize,
}

/// What was found about one Dockerfile.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// What the user knows it as.
    pub file: String,
    /// What was built: a measurement holds for these texts.
    pub digest: Digests,
    /// The builder and its version.
    pub builder: String,
    /// The rewrites.
    pub rewrites: Vec<Announced>,
    /// The image of the original.
    pub before: Built,
    /// The image of the rewritten one; `None` where it did not build.
    pub after: Option<Built>,
    /// The image after each transform, where that was asked for.
    pub steps: Vec<Step>,
    /// What the images have not in common.
    pub comparison: Comparison,
    /// The answers of containers.
    pub smoke: Vec<SmokeResult>,
    /// Rebuilds after a change of one line.
    pub rebuild: Option<Rebuild>,
    /// What was asked for and cannot be measured, with the reason.
    pub notes: Vec<String>,
    /// The images that are kept, by tag.
    pub kept: Vec<String>,
    /// What differs beyond what was announced. Empty where the rewrite is proved.
    pub findings: Vec<String>,
}

pub(super) fn seconds<S: Serializer>(time: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((time.as_secs_f64() * 100.0).round() / 100.0)
}

/// A name that no other process and no other call has.
fn unique_name(what: &str) -> String {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("imgfix-verify-{}-{count}-{what}", std::process::id())
}

/// Images that were made and are removed in the end.
struct Made<'b> {
    builder: &'b Builder,
    tags: Vec<String>,
    /// The tags under which there is an image.
    built: Vec<String>,
    keep: bool,
}

impl Made<'_> {
    fn tag(&mut self, what: &str) -> String {
        let tag = format!("localhost/{}:latest", unique_name(what));
        self.tags.push(tag.clone());
        tag
    }
}

impl Drop for Made<'_> {
    fn drop(&mut self) {
        if !self.keep {
            for tag in &self.tags {
                self.builder.remove_image(tag);
            }
        }
    }
}

/// Why nothing can be said of a Dockerfile.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The original does not build.
    #[error("the original does not build, so there is nothing to compare with: {0}")]
    OriginalFails(String),
    /// Something else.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Builds and compares.
///
/// # Errors
/// Where the original does not build, or the builder cannot be used.
pub fn verify(
    builder: &Builder,
    request: &Request,
    subject: &Subject,
    watch: &mut dyn Watch,
) -> Result<Report, VerifyError> {
    process::catch_interrupts();
    let mut run = Run {
        builder,
        request,
        subject,
        watch,
        folder: tempfile::tempdir()?,
        made: Made {
            builder,
            tags: Vec::new(),
            built: Vec::new(),
            keep: false,
        },
        secrets: failure::secrets(request, subject),
    };
    let mut report = run.all()?;
    if request.keep {
        // Only now: where nothing is reported, nobody would learn which images there are.
        run.made.keep = true;
        report.kept.clone_from(&run.made.built);
    }
    Ok(report)
}

struct Run<'r> {
    builder: &'r Builder,
    request: &'r Request,
    subject: &'r Subject,
    watch: &'r mut dyn Watch,
    folder: tempfile::TempDir,
    made: Made<'r>,
    secrets: Vec<String>,
}

impl Run<'_> {
    fn all(&mut self) -> Result<Report, VerifyError> {
        let subject = self.subject;
        let mut report = Report {
            file: subject.label.clone(),
            digest: Digests::of(&subject.before, &subject.after),
            builder: self.builder.name(),
            rewrites: subject.rewrites.clone(),
            before: Built::default(),
            after: None,
            steps: Vec::new(),
            comparison: Comparison::default(),
            smoke: Vec::new(),
            rebuild: None,
            notes: Vec::new(),
            kept: Vec::new(),
            findings: Vec::new(),
        };
        let changed = self.changed_file(&mut report.notes)?;
        let before = self.build("before", "the original", &subject.before)?;
        let (before_tag, before_time) = before.map_err(VerifyError::OriginalFails)?;
        let after = self.build("after", "the rewritten one", &subject.after)?;
        let (after_tag, after_time) = match after {
            Ok(after) => after,
            Err(why) => {
                let finding = format!("the rewritten one does not build: {why}");
                report.findings.push(finding);
                return Ok(report);
            }
        };
        let mut tags = vec![before_tag.clone(), after_tag.clone()];
        let control = if self.request.control {
            let again = self.build("control", "the original again", &subject.before)?;
            Some(again.map_err(VerifyError::OriginalFails)?.0)
        } else {
            None
        };
        tags.extend(control.clone());
        let mut steps = Vec::new();
        for (transform, text) in &subject.steps {
            let title = format!("after {transform}");
            match self.build("step", &title, text)? {
                Ok((tag, _)) => {
                    tags.push(tag.clone());
                    steps.push((transform.clone(), tag));
                }
                Err(why) => report
                    .findings
                    .push(format!("after {transform} it does not build: {why}")),
            }
        }
        let images = self.images(&tags)?;
        let noise =
            control.map(|tag| compare::noise(&images[&before_tag].tree, &images[&tag].tree));
        let (before, after) = (&images[&before_tag], &images[&after_tag]);
        let effects = subject.rewrites.iter().flat_map(|rewrite| &rewrite.effects);
        report.comparison = compare::images(before, after, effects, &noise.unwrap_or_default());
        report.findings.append(&mut report.comparison.findings);
        if let [first, rest @ ..] = report.comparison.helpers.as_slice() {
            let more = match rest.len() {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            report.notes.push(format!(
                "`{first}`{more}: no interpreter any more, which went with a package that a rewrite announced"
            ));
        }
        report.before = self.built(before, &before_tag, before_time);
        report.after = Some(self.built(after, &after_tag, after_time));
        report.steps = steps
            .into_iter()
            .map(|(transform, tag)| Step {
                transform,
                bytes: images[&tag].size(),
                layers: images[&tag].layers.len(),
            })
            .collect();
        for smoke in &subject.smoke {
            let network = self.request.network.as_deref();
            let tags = (before_tag.as_str(), after_tag.as_str());
            let result = smoke::compare(self.builder, smoke, tags, network, self.watch)?;
            if let Some(difference) = &result.difference {
                report
                    .findings
                    .push(format!("{}: {difference}", result.question));
            }
            report.smoke.push(result);
        }
        if let Some(file) = changed {
            report.rebuild = Some(self.rebuild(&file)?);
        }
        Ok(report)
    }

    /// Writes a Dockerfile beside which nothing of the context lies, with its own ignore file.
    fn write(&self, what: &str, text: &str) -> io::Result<PathBuf> {
        let folder = self.folder.path().join(what);
        fs::create_dir_all(&folder)?;
        let path = folder.join("Dockerfile");
        fs::write(&path, text)?;
        let mut ignore = self.subject.path.clone().into_os_string();
        ignore.push(".dockerignore");
        if Path::new(&ignore).is_file() {
            fs::copy(&ignore, folder.join("Dockerfile.dockerignore"))?;
        }
        Ok(path)
    }

    /// Builds a text; the tag, or the last words of a build that failed.
    fn build(
        &mut self,
        what: &str,
        title: &str,
        text: &str,
    ) -> io::Result<Result<(String, Duration), String>> {
        let build = Build {
            dockerfile: self.write(what, text)?,
            ..self.request.build.clone()
        };
        let tag = self.made.tag(what);
        let title = format!("{}: building {title}", self.subject.label);
        let done = self.builder.build(&build, &tag, &title, self.watch)?;
        Ok(if done.succeeded() {
            self.made.built.push(tag.clone());
            Ok((tag, done.elapsed))
        } else {
            Err(self.masked(&failure::told(&(done.output + &done.errors))))
        })
    }

    fn images(&mut self, tags: &[String]) -> io::Result<BTreeMap<String, Image>> {
        let title = format!("{}: reading the images", self.subject.label);
        let read = |from: &mut dyn io::Read| image::read_archive(from);
        let found = self.builder.save(tags, &title, self.watch, read)?;
        let images: BTreeMap<String, Image> = found.into_iter().flatten().collect();
        match tags.iter().find(|tag| !images.contains_key(*tag)) {
            Some(tag) => Err(io::Error::other(format!("the builder did not save {tag}"))),
            None => Ok(images),
        }
    }

    fn built(&self, image: &Image, tag: &str, time: Duration) -> Built {
        Built {
            bytes: image.size(),
            hidden_bytes: image.tree.hidden,
            layers: image.layers.iter().map(|layer| layer.size).collect(),
            seconds: time,
            tag: self.request.keep.then(|| tag.to_owned()),
        }
    }

    /// The file that is changed for the rebuild, looked for before anything is built.
    fn changed_file(&self, notes: &mut Vec<String>) -> io::Result<Option<String>> {
        let Some(wanted) = &self.request.cache_check else {
            return Ok(None);
        };
        if !wanted.is_empty() {
            let path = self.request.build.context.join(wanted);
            if !path.is_file() {
                let message = format!("--cache-check: {wanted} is no file of the build context");
                return Err(io::Error::new(io::ErrorKind::NotFound, message));
            }
            return Ok(Some(wanted.clone()));
        }
        let files = self.subject.context_files.iter().map(String::as_str);
        let found = rebuild::source_of(files);
        if found.is_none() {
            notes.push(
                "no rebuild was measured: the build context has no source file that is known as such; \
                 `--cache-check=FILE` names one"
                    .to_owned(),
            );
        }
        Ok(found.map(str::to_owned))
    }

    /// Changes a line in a copy of the context and builds both again, with the cache of a first build.
    fn rebuild(&mut self, file: &str) -> io::Result<Rebuild> {
        let context = self.folder.path().join("context");
        fs::create_dir(&context)?;
        rebuild::copy(&self.request.build.context, &context)?;
        let texts = [
            ("before", &self.subject.before),
            ("after", &self.subject.after),
        ];
        let mut rebuilds = Vec::new();
        for round in ["first", "changed"] {
            if round == "changed" {
                rebuild::change(&context, file, &unique_name("change"))?;
            }
            for (what, text) in texts {
                let build = Build {
                    dockerfile: self.write(what, text)?,
                    context: context.clone(),
                    uses_cache: true,
                    ..self.request.build.clone()
                };
                let tag = self.made.tag(what);
                let label = &self.subject.label;
                let title = if round == "changed" {
                    format!("{label}: rebuilding {what} after a change of {file}")
                } else {
                    format!("{label}: building {what} for the cache")
                };
                let done = self.builder.build(&build, &tag, &title, self.watch)?;
                if !done.succeeded() {
                    let why = self.masked(&failure::told(&(done.output + &done.errors)));
                    return Err(io::Error::other(format!(
                        "with a line more in {file}: {why}"
                    )));
                }
                self.made.built.push(tag);
                if round == "changed" {
                    let log = self.masked(&(done.output + &done.errors));
                    rebuilds.push(Rebuilt::of(&log, done.elapsed));
                }
            }
        }
        let after = rebuilds.pop().expect("the second of two");
        let before = rebuilds.pop().expect("the first of two");
        Ok(Rebuild {
            file: file.to_owned(),
            before,
            after,
        })
    }

    /// A text without the values of build arguments and variables.
    fn masked(&self, text: &str) -> String {
        let secrets = self.secrets.iter();
        secrets.fold(text.to_owned(), |text, secret| text.replace(secret, "…"))
    }
}
