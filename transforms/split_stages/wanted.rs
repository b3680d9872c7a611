//! What the user has said, and which images can be had.

use imgfix_syntax::TextRange;

use super::reasons::{BASE_NOT_KNOWN, NEEDS_THE_TOOLCHAIN, TEMPLATE_DOES_NOT_FIT};
use super::site::{Refusal, Site};
use super::survey::Survey;
use crate::model::images::{Family, base_facts, names_release, version_of};
use crate::model::placed::resolved;
use crate::model::run::is_within;
use crate::settings::RuntimeKind;
use crate::transform::Reason;

/// What sources name of the system that the slim images lack: certificates, fonts, types of files.
#[rustfmt::skip]
const OF_SYSTEM: &[&str] = &[
    "/etc/ssl/", "/etc/mime.types", "/usr/share/fonts", "/usr/share/ca-certificates", "/usr/lib/", "/usr/bin/",
    ".truetype(", "<text", "fillText(",
];

/// Whether a text has a call, a path, or a tag that does not go on behind it: `<textarea` is no text of a picture.
fn has_word(text: &str, what: &str) -> bool {
    let mut ends = text.match_indices(what).map(|(at, _)| at + what.len());
    let goes_on = |end: usize| text[end..].starts_with(|char: char| char.is_ascii_alphanumeric());
    ends.any(|end| !what.starts_with('<') || !goes_on(end))
}

impl Site<'_> {
    /// What a source wants of the system that the smaller image may lack.
    pub(super) fn of_system(&self, text: &str) -> Option<&'static str> {
        let mut wanted = OF_SYSTEM.iter().copied();
        wanted.find(|it| has_word(text, it) && !self.is_known_use(text, it))
    }

    /// A first line that names an interpreter is none.
    fn is_known_use(&self, text: &str, what: &str) -> bool {
        let has_env = text.starts_with("#!") && text.matches(what).count() == 1;
        (what == "/usr/bin/" && has_env) || (what.contains("ext") && self.installs("fontconfig"))
    }

    /// Declines where variables or arguments point to certificates of the system.
    pub(super) fn refuse_settings_of_system(&self) -> Result<(), Refusal> {
        let is_of_system = |text: &&str| text.contains("/etc/ssl/") || text.contains("openssl-ca");
        match self.said().find(is_of_system) {
            Some(text) if !self.installs("ca-certificates") => self.need(
                self.start_range(),
                &NEEDS_THE_TOOLCHAIN,
                format!("`{text}`"),
            ),
            _ => Ok(()),
        }
    }

    /// Declines for what a program may run or load, unless the user has said which packages it needs.
    pub(super) fn need(
        &self,
        range: TextRange,
        reason: &'static Reason,
        what: impl Into<String>,
    ) -> Result<(), Refusal> {
        match self.input.options.split.packages {
            Some(_) => Ok(()),
            None => Err((range, reason, what.into())),
        }
    }

    /// Whether the user has said what the build makes.
    pub(super) fn is_told_artifacts(&self) -> bool {
        !self.input.options.split.artifacts.is_empty()
    }

    /// The paths that the user has named.
    pub(super) fn told_artifacts(&self) -> impl Iterator<Item = String> {
        let named = self.input.options.split.artifacts.iter();
        let folder = self.folder();
        named.filter_map(move |path| resolved(folder.as_deref()?, path))
    }

    /// The packages that the user has named.
    pub(super) fn told_packages(&self) -> impl Iterator<Item = &str> {
        let named = self.input.options.split.packages.iter().flatten();
        named.map(String::as_str)
    }

    /// Whether the user has named a path, or a folder above it.
    pub(super) fn is_told(&self, path: &str) -> bool {
        self.told_artifacts().any(|told| is_within(path, &told))
    }

    /// Declines for what FROM names.
    pub(super) fn refuse<T>(
        &self,
        reason: &'static Reason,
        what: impl Into<String>,
    ) -> Result<T, Refusal> {
        Err((self.range(self.stage.item), reason, what.into()))
    }

    /// Whether the user asks for an image without a shell.
    pub(super) fn wants_distroless(&self) -> bool {
        self.input.options.split.kind == Some(RuntimeKind::Distroless)
    }

    /// Declines where the user wants no image of a kind.
    pub(super) fn refuse_kind(&self, kind: RuntimeKind) -> Result<(), Refusal> {
        let split = &self.input.options.split;
        if split.allows(kind) {
            return Ok(());
        }
        let name = kind.name();
        let what = match split.kind {
            Some(wanted) if wanted != kind => {
                format!(
                    "`template` is `{}`, and `{name}` is what will do",
                    wanted.name()
                )
            }
            _ => format!("`{name}` is what will do, and forbidden"),
        };
        self.refuse(&TEMPLATE_DOES_NOT_FIT, what)
    }

    /// Whether an image of another registry can be had: a mirror that stands in FROM may be all there is, unless the
    /// user names another image in its place.
    pub(super) fn reaches(&self, image: &str) -> bool {
        let prefix = self.image.prefix.as_str();
        let is_open = prefix.is_empty() || prefix.starts_with("docker.io/") || prefix == "library/";
        is_open || self.input.options.split.images.contains_key(image)
    }

    /// Whether the build is on Alpine.
    pub(super) fn is_alpine(&self) -> bool {
        self.facts
            .is_some_and(|facts| facts.family == Family::Alpine)
    }

    /// The kind of the image that is the small one of the same system.
    pub(super) fn small_kind(&self) -> RuntimeKind {
        if self.is_alpine() {
            RuntimeKind::Alpine
        } else {
            RuntimeKind::Slim
        }
    }

    /// The image of FROM, as written.
    pub(super) fn image_text(&self) -> String {
        let from = self.input.model.instruction(self.stage.item);
        let text = from.map_or("", |it| it.body.as_str());
        text.split_whitespace()
            .next()
            .unwrap_or_default()
            .to_owned()
    }

    /// The slim image of the same version and release, as FROM would have it; `None` where the tag has another form.
    pub(super) fn slim_image(&self) -> Option<String> {
        let tag = self.image.tag.as_deref().unwrap_or("latest");
        let name = &self.image.name;
        // The release of a default is the one that both tags follow.
        let facts = base_facts(name, Some(tag))?;
        let (slim, written) = match tag.split_once('-') {
            _ if tag == "latest" => ("slim".to_owned(), None),
            None => (
                format!("{tag}-slim"),
                Some(format!("{}-slim", self.image_text())),
            ),
            Some((version, release))
                if facts.release == Some(release) && !release.contains('-') =>
            {
                let slim = format!("{version}-slim-{release}");
                let text = self.image_text();
                let written = text.strip_suffix(&format!("-{release}"));
                (slim, written.map(|it| format!("{it}-slim-{release}")))
            }
            Some(_) => return None,
        };
        let other = base_facts(name, Some(&slim))?;
        if other.release != facts.release || !other.slim {
            return None;
        }
        if self.image_text().contains('$') {
            // A version may be another one tomorrow; what stands behind it may not.
            let is_version = tag.starts_with(|char: char| char.is_ascii_digit());
            return written.filter(|_| is_version);
        }
        Some(format!("{}{name}:{slim}", self.image.prefix))
    }

    /// What links libraries of the system runs on the release that it is built on. A tag that may mean another one
    /// tomorrow does not do.
    pub(super) fn refuse_moving_release(&self) -> Result<(), Refusal> {
        let tag = self.image.tag.as_deref().unwrap_or("latest");
        let is_of_minor = version_of(tag).is_some_and(|version| version.len() > 1);
        if names_release(&self.image.name, tag) || is_of_minor {
            return Ok(());
        }
        let what = "its tag may mean another release tomorrow".to_owned();
        self.refuse(&BASE_NOT_KNOWN, what)
    }

    /// Packages that have left the mirrors cannot be installed.
    pub(super) fn refuse_gone(&self, survey: &Survey, installs: bool) -> Result<(), Refusal> {
        let is_gone = self.facts.is_some_and(|facts| facts.gone);
        if is_gone && (installs || survey.packages.are_there()) {
            let what = "its packages are gone from the mirrors".to_owned();
            return self.refuse(&BASE_NOT_KNOWN, what);
        }
        Ok(())
    }
}
