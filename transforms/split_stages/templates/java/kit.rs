//! A development kit that apt installs on Debian or Ubuntu: the runtime environment of the same packages takes its place.

use super::sources::is_source;
use crate::model::images::{Family, base_facts};
use crate::model::packages::Verb;
use crate::model::stage::Stage;
use crate::transform::Input;
use crate::transforms::split_stages::reasons::BASE_NOT_KNOWN;
use crate::transforms::split_stages::site::{Refusal, Site};
use crate::transforms::split_stages::survey::Survey;

/// Images of distributions, on which a kit is installed.
pub(super) const IMAGES: &[&str] = &["debian", "ubuntu"];

/// The packages of kits, those of the runtime environments that they hold, and the version; `None` for the default.
#[rustfmt::skip]
const KITS: &[(&str, &str, Option<u32>)] = &[
    ("default-jdk", "default-jre", None), ("default-jdk-headless", "default-jre-headless", None),
    ("openjdk-11-jdk", "openjdk-11-jre", Some(11)), ("openjdk-11-jdk-headless", "openjdk-11-jre-headless", Some(11)),
    ("openjdk-17-jdk", "openjdk-17-jre", Some(17)), ("openjdk-17-jdk-headless", "openjdk-17-jre-headless", Some(17)),
    ("openjdk-21-jdk", "openjdk-21-jre", Some(21)), ("openjdk-21-jdk-headless", "openjdk-21-jre-headless", Some(21)),
    ("openjdk-25-jdk", "openjdk-25-jre", Some(25)), ("openjdk-25-jdk-headless", "openjdk-25-jre-headless", Some(25)),
];

/// What `default-jre` is. An older version may come with a newer one beside it, by way of Maven or Ant, which is the
/// `java` that is found then.
const DEFAULTS: &[(&str, u32)] = &[
    ("bullseye", 11),
    ("bookworm", 17),
    ("trixie", 21),
    ("focal", 11),
    ("jammy", 11),
    ("noble", 21),
    ("resolute", 25),
];

/// The folder for manual pages that the postinst of the runtime environment links into, and that slim images lack.
/// <https://github.com/debuerreotype/docker-debian-artifacts/issues/24>
const MANUALS: &str = "/usr/share/man/man1";

/// A kit that is installed.
pub(super) struct Kit {
    package: &'static str,
    runtime: &'static str,
    pub(super) version: u32,
    is_default: bool,
}

/// The names of Java's packages that a stage installs, without versions.
fn installed<'a>(input: &Input<'a>, stage: &Stage) -> Vec<&'a str> {
    let runs = input.model.runs_of(stage.index);
    let names = runs.flat_map(|run| {
        let installs = run.operations.iter();
        let installs = installs.filter(|it| it.manager.is_system && it.verb == Verb::Install);
        installs.flat_map(|it| it.packages(run.command(it)).unwrap_or_default())
    });
    names
        .filter(|name| name.starts_with("openjdk-") || name.starts_with("default-j"))
        .collect()
}

/// Whether a stage installs a kit.
pub(super) fn is_installed(input: &Input<'_>, stage: &Stage) -> bool {
    installed(input, stage)
        .iter()
        .any(|name| name.contains("-jdk"))
}

impl Kit {
    /// The kit of a build on an image of a distribution.
    pub(super) fn of(site: &Site<'_>) -> Result<Self, Refusal> {
        let refuse = |what: String| site.refuse(&BASE_NOT_KNOWN, what);
        let release = site.facts.and_then(|facts| facts.release);
        let default = DEFAULTS.iter().find(|(name, _)| Some(*name) == release);
        let Some((_, default)) = default else {
            return refuse("which Java its packages are is not known".to_owned());
        };
        if site.facts.is_some_and(|facts| facts.gone) {
            return refuse("its packages are gone from the mirrors".to_owned());
        }
        let names = installed(site.input, site.stage);
        let rows = names
            .iter()
            .map(|name| KITS.iter().find(|(kit, ..)| kit == name));
        let runtimes = |name: &str| KITS.iter().any(|(_, runtime, _)| *runtime == name);
        let unknown = names
            .iter()
            .zip(rows.clone())
            .find(|(name, row)| row.is_none() && !runtimes(name));
        if let Some((name, _)) = unknown {
            return refuse(format!("`{name}` is no kit that is known"));
        }
        let mut kits: Vec<&(&str, &str, Option<u32>)> = rows.flatten().collect();
        kits.dedup();
        let [(package, runtime, version)] = kits.as_slice() else {
            return refuse("several kits are installed".to_owned());
        };
        let kit = Self {
            package,
            runtime,
            version: version.unwrap_or(*default),
            is_default: version.is_none(),
        };
        let is_other = |name: &&&str| **name != kit.package && **name != kit.runtime;
        match names.iter().find(is_other) {
            Some(name) => refuse(format!("`{name}` stands beside `{}`", kit.package)),
            None if kit.version < *default => refuse(format!(
                "Java {default} may be installed beside Java {}",
                kit.version
            )),
            None => kit.refuse_other_homes(site).map(|()| kit),
        }
    }

    /// Nobody names the folder of another Java, nor what the kit alone has in its own.
    fn refuse_other_homes(&self, site: &Site<'_>) -> Result<(), Refusal> {
        const FOLDER: &str = "/usr/lib/jvm/";
        let starts = [
            format!("java-{}-openjdk-", self.version),
            format!("java-1.{}.0-openjdk-", self.version),
        ];
        let is_home = |home: &str| {
            starts.iter().any(|it| home.starts_with(it))
                || (self.is_default && home == "default-java")
        };
        let is_there = |path: &str| {
            let (home, rest) = path.split_once('/').unwrap_or((path, ""));
            let is_of_runtime = ["", "bin", "bin/java", "bin/keytool", "lib/security/cacerts"]
                .contains(&rest.trim_end_matches('/'));
            is_home(home) && is_of_runtime
        };
        let is_end = |char: char| char.is_whitespace() || "\"':;,)}=<".contains(char);
        let other = |text: &str| {
            let mut named = text.match_indices(FOLDER).map(|(at, _)| {
                let rest = &text[at + FOLDER.len()..];
                &rest[..rest.find(is_end).unwrap_or(rest.len())]
            });
            named.find(|path| !is_there(path)).map(str::to_owned)
        };
        let files = site.copied().unwrap_or_default().iter();
        let files = files.filter(|file| !is_source(&file.path) || file.path.ends_with(".java"));
        let files = files.filter_map(|file| site.context.text(&file.origin).ok());
        match site.said().chain(files).find_map(other) {
            Some(path) => {
                let what = format!("`{FOLDER}{path}` may not be there without the kit");
                site.refuse(&BASE_NOT_KNOWN, what)
            }
            None => Ok(()),
        }
    }

    /// The runtime environment takes the place of the kit, where the image does not hold one; whether the author makes
    /// the folder for manual pages.
    pub(super) fn settle(&self, survey: &mut Survey, is_given: bool) -> bool {
        let runtime = (!is_given).then_some(self.runtime);
        survey.packages.replace(self.package, runtime);
        let folders = survey.folders.len();
        survey.folders.retain(|folder| folder != MANUALS);
        folders != survey.folders.len()
    }
}

/// The image below what runs: the author's, in its slim variant where Debian has one.
pub(super) fn image(site: &Site<'_>) -> String {
    let tag = site.image.tag.as_deref().unwrap_or("latest");
    let is_plain = !tag.contains('-') && tag != "latest";
    let slim = format!("{tag}-slim");
    let facts = base_facts(&site.image.name, Some(&slim));
    let is_debian = site.facts.is_some_and(|it| it.family == Family::Debian);
    if is_debian && is_plain && facts.is_some_and(|it| it.slim) {
        format!("{}{}:{slim}", site.image.prefix, site.image.name)
    } else {
        site.image_text()
    }
}

/// An install, behind the folder for manual pages.
pub(super) fn with_manuals(install: &str) -> String {
    let line = format!("RUN mkdir -p {MANUALS} \\\n    && ");
    install.replacen("RUN ", &line, 1)
}
