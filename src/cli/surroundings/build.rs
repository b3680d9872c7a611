//! Every place of a repository that builds an image, and which Dockerfiles it speaks of.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;

use super::endings::Endings;
use super::{bake, base_name, compose, elsewhere, join, parent, read_small, scripts, workflows};
use crate::context::{BuildArg, ContextPlace, Target, Usage};

/// One place that builds an image.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Build {
    /// Where it stands: `path:line`.
    pub(super) origin: String,
    /// The Dockerfile.
    pub(super) file: Named,
    /// The build context.
    pub(super) context: Context,
    /// Where that is named: `path:line`.
    pub(super) context_origin: String,
    /// The build arguments, each with whether it has a value.
    pub(super) args: Vec<(String, bool)>,
    /// The stage that is built.
    pub(super) target: Option<String>,
    /// The names that the image gets.
    pub(super) images: Vec<String>,
    /// Whether it needs `BuildKit`.
    pub(super) buildkit: bool,
    /// How the image is used otherwise than as it is.
    pub(super) usages: Vec<Usage>,
    /// The service of compose files that is built: the folder of the file, and its name.
    pub(super) service: Option<(String, String)>,
}

/// Whose image something is said of without its build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// That of a service of another compose file in a folder, by its name.
    Service(String, String),
    /// One by the name that its build gives it.
    Image(String),
}

impl Whose {
    fn is_of(&self, build: &Build) -> bool {
        fn named(image: &str) -> &str {
            image.strip_suffix(":latest").unwrap_or(image)
        }
        match self {
            Self::Service(folder, name) => build
                .service
                .as_ref()
                .is_some_and(|it| it.0 == *folder && it.1 == *name),
            Self::Image(image) => build.images.iter().any(|it| named(it) == named(image)),
        }
    }
}

/// The build context that a place names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Context {
    /// This folder, from the root.
    Inside(String),
    /// One outside of the repository, so many folders above its root.
    Outside(usize),
    /// None that can be followed.
    #[default]
    Unclear,
}

/// How a place names a Dockerfile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Named {
    /// By its path from the root.
    Exactly(String),
    /// By a path that is most likely relative to `folder` or to the root, but perhaps to another folder.
    Near {
        /// The folder of the file that names it.
        folder: String,
        /// The path.
        path: String,
    },
    /// In no way that can be followed.
    #[default]
    Unclear,
}

/// What one file says.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// The builds in it.
    pub(super) builds: Vec<Build>,
    /// Where it shows that the repository is built with `BuildKit`.
    pub(super) buildkit_evidence: Option<String>,
    /// What is run in some image of the repository.
    pub(super) usages: Vec<Usage>,
    /// How images are used that other places build.
    pub(super) others: Vec<(Whose, Vec<Usage>)>,
}

/// All places of a repository that build images.
#[derive(Debug, Default)]
pub(super) struct Builds {
    by_file: BTreeMap<String, Vec<Build>>,
    unclear: Vec<Build>,
    buildkit_evidence: Option<String>,
    usages: Vec<Usage>,
}

/// What is known of one Dockerfile.
#[derive(Debug, Default)]
pub(super) struct Known<'a> {
    pub(super) targets: Vec<Target>,
    pub(super) buildkit_evidence: Option<String>,
    pub(super) place: ContextPlace,
    pub(super) args: Vec<BuildArg>,
    pub(super) images: Vec<&'a str>,
    pub(super) usages: Vec<Usage>,
}

/// Reads every file that may build an image.
pub(super) fn survey(root: &Path, files: &[String], dockerfiles: &[&str]) -> Builds {
    let readers: Vec<(&str, Reader)> = files
        .iter()
        .filter_map(|path| Some((path.as_str(), reader(path)?)))
        .collect();
    let read = |&(path, reader): &(&str, Reader)| {
        let text = read_small(root, path, super::MAX_BYTES)?;
        Some(reader(path, &text))
    };
    let mut said: Vec<Said> = if readers.len() < 32 {
        readers.iter().filter_map(read).collect()
    } else {
        readers.par_iter().filter_map(read).collect()
    };
    let others = said
        .iter_mut()
        .flat_map(|it| std::mem::take(&mut it.others));
    let others: Vec<(Whose, Vec<Usage>)> = others.collect();
    let endings = Endings::new(dockerfiles);
    let mut builds = Builds::default();
    for said in said {
        if builds.buildkit_evidence.is_none() {
            builds.buildkit_evidence = said.buildkit_evidence;
        }
        builds.usages.extend(said.usages);
        for mut build in said.builds {
            for (whose, usages) in &others {
                if whose.is_of(&build) {
                    build.usages.extend(usages.iter().cloned());
                }
            }
            builds.add(build, &endings);
        }
    }
    builds
}

pub(super) type Reader = fn(&str, &str) -> Said;

/// Who reads a file, by its name.
fn reader(path: &str) -> Option<Reader> {
    let name = base_name(path);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension {
        "yml" | "yaml"
            if ["compose", "docker-compose", "docker-stack", "stack"]
                .iter()
                .any(|it| name.starts_with(it)) =>
        {
            Some(compose::read)
        }
        "yml" | "yaml" if is_workflow(path) => Some(workflows::read),
        "hcl" if name.starts_with("docker-bake") => Some(bake::read_hcl),
        "json" if name.starts_with("docker-bake") => Some(bake::read_json),
        "sh" | "bash" | "mk" | "just" => Some(scripts::read),
        _ if is_script(name) => Some(scripts::read),
        _ => elsewhere::reader(path),
    }
}

fn is_workflow(path: &str) -> bool {
    let name = base_name(path);
    [".github/", ".gitea/", ".forgejo/", ".circleci/"]
        .iter()
        .any(|folder| path.starts_with(folder))
        || name.starts_with(".gitlab-ci")
        || name.starts_with("azure-pipelines")
        || name.starts_with("bitbucket-pipelines")
        || name.starts_with("cloudbuild")
        || name.starts_with("Taskfile")
        || name.starts_with("action.")
        || name.starts_with(".travis")
}

fn is_script(name: &str) -> bool {
    matches!(
        name,
        "Makefile" | "makefile" | "GNUmakefile" | "Jenkinsfile" | "justfile" | "Justfile"
    ) || name.starts_with("Jenkinsfile.")
        || name.starts_with("Makefile.")
}

impl Builds {
    fn add(&mut self, build: Build, endings: &Endings<'_>) {
        let files = match &build.file {
            Named::Exactly(path) => vec![path.clone()],
            Named::Near { folder, path } => endings.near(folder, path),
            Named::Unclear => Vec::new(),
        };
        if files.is_empty() {
            let told = |known: &Build| known.target == build.target;
            // Of many places that name a stage, one is enough to tell.
            if build.target.is_some() && !self.unclear.iter().any(told) {
                self.unclear.push(build);
            }
            return;
        }
        for file in files {
            self.by_file.entry(file).or_default().push(build.clone());
        }
    }

    /// Whether images are built under a name.
    pub(super) fn names_images(&self) -> bool {
        self.by_file
            .values()
            .flatten()
            .any(|build| !build.images.is_empty())
    }

    /// What is known of the Dockerfile at `path`.
    pub(super) fn of(&self, path: &str) -> Known<'_> {
        let own = self.by_file.get(path).map_or(&[][..], Vec::as_slice);
        let targets: BTreeSet<Target> = own
            .iter()
            .chain(&self.unclear)
            .filter_map(|build| {
                Some(Target {
                    stage: build.target.clone()?,
                    origin: build.origin.clone(),
                })
            })
            .collect();
        let evidence = own.iter().find(|build| build.buildkit);
        let args: BTreeSet<BuildArg> = own.iter().flat_map(named_args).collect();
        Known {
            targets: targets.into_iter().collect(),
            buildkit_evidence: evidence
                .map(|build| build.origin.clone())
                .or_else(|| self.buildkit_evidence.clone()),
            place: place(parent(path), own),
            args: args.into_iter().collect(),
            usages: own
                .iter()
                .flat_map(|it| &it.usages)
                .chain(&self.usages)
                .cloned()
                .collect(),
            images: own
                .iter()
                .flat_map(|build| build.images.iter().map(String::as_str))
                .collect(),
        }
    }
}

/// Where the context of a Dockerfile in the folder `beside` is: there, if any place says so, else the first
/// folder that one names.
fn place(beside: &str, builds: &[Build]) -> ContextPlace {
    let inside: BTreeMap<&str, &str> = builds
        .iter()
        .rev()
        .filter_map(|build| match &build.context {
            Context::Inside(folder) => Some((folder.as_str(), build.context_origin.as_str())),
            Context::Outside(_) | Context::Unclear => None,
        })
        .collect();
    let found = inside
        .get_key_value(beside)
        .or_else(|| inside.first_key_value());
    if let Some((folder, origin)) = found {
        return ContextPlace::Said {
            folder: (*folder).to_owned(),
            origin: (*origin).to_owned(),
        };
    }
    let mut outside = builds
        .iter()
        .filter(|build| matches!(build.context, Context::Outside(_)));
    match outside.next() {
        Some(build) => ContextPlace::Outside {
            origin: build.context_origin.clone(),
        },
        None => ContextPlace::Own(beside.to_owned()),
    }
}

fn named_args(build: &Build) -> impl Iterator<Item = BuildArg> {
    build.args.iter().map(|(name, has_value)| BuildArg {
        name: name.clone(),
        has_value: *has_value,
        origin: build.origin.clone(),
    })
}

impl Context {
    /// The context that a file in `folder` names by `path`.
    pub(super) fn named(folder: &str, path: &str) -> Self {
        if let Some(folder) = join(folder, path) {
            return Self::Inside(folder);
        }
        // A path that is plain but for leaving the root.
        let mut depth: usize = 0;
        let mut outside = 0;
        for part in folder.split('/').chain(path.split('/')) {
            match part {
                "" | "." => {}
                ".." if depth == 0 => outside += 1,
                ".." => depth -= 1,
                _ => depth += 1,
            }
        }
        let is_plain = !path.starts_with('/') && !path.contains(['$', '{', '*', ':']);
        match outside {
            1.. if is_plain && depth == 0 => Self::Outside(outside),
            _ => Self::Unclear,
        }
    }

    /// The Dockerfile that a place names together with it.
    pub(super) fn file(&self, file: &str) -> Named {
        match self {
            Self::Inside(folder) => in_context(folder, file),
            // The way from there to the root is as long as the way out.
            Self::Outside(above) => {
                let parts = file.split('/').filter(|part| !matches!(*part, "" | "."));
                let inside: Vec<&str> = parts.skip(*above).collect();
                if inside.is_empty() {
                    return Named::Unclear;
                }
                in_context("", &inside.join("/"))
            }
            Self::Unclear => Named::Unclear,
        }
    }
}

/// The Dockerfile of a context, as every builder finds it: `file` is relative to the context or, for a
/// command, to a folder that is not known.
pub(super) fn in_context(context: &str, file: &str) -> Named {
    join(context, file).map_or(Named::Unclear, Named::Exactly)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_without_a_file_counts_for_all() {
        let mut builds = Builds::default();
        let endings = Endings::new(&["Dockerfile"]);
        builds.add(
            Build {
                origin: "Makefile:3".into(),
                target: Some("dev".into()),
                ..Build::default()
            },
            &endings,
        );
        let known = builds.of("x/Dockerfile");
        assert_eq!(known.targets[0].stage, "dev");
        assert_eq!(known.targets[0].origin, "Makefile:3");
    }
}
