//! What a repository says of its Dockerfiles: who builds which stage, with what, and on whose image.

mod bake;
mod commands;
mod compose;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use imgfix::context::{BuildContext, ChildImage, Surroundings, Target};

use super::repository::{Tree, is_dockerfile};

/// A build that some file of the repository asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Build {
    /// The Dockerfile; `None` where it is not said.
    dockerfile: Option<PathBuf>,
    /// The build context.
    context: Option<PathBuf>,
    /// The stage that is built.
    target: Option<String>,
    /// The name that the image gets.
    image: Option<String>,
    /// Where that is said.
    origin: String,
}

/// What was found in one repository.
#[derive(Debug, Default)]
pub(super) struct Neighbourhood {
    root: PathBuf,
    builds: Vec<Build>,
    buildkit_evidence: Option<String>,
    dockerfiles: Vec<PathBuf>,
    scripts: Vec<PathBuf>,
}

/// The largest file that is looked into, in bytes.
const MAX_SIZE: u64 = 64 << 10;

impl Neighbourhood {
    /// Looks at the files of a repository.
    pub(super) fn of(root: &Path, tree: &Tree) -> Self {
        let mut found = Self {
            root: root.to_owned(),
            ..Self::default()
        };
        for file in &tree.files {
            let Some(name) = file.file_name().and_then(|name| name.to_str()) else {
                continue;
            };
            if is_dockerfile(file) {
                found.dockerfiles.push(file.clone());
            } else if is_compose(name) {
                found.note(file, compose::builds);
            } else if name.starts_with("docker-bake")
                && (name.ends_with(".hcl") || name.ends_with(".json"))
            {
                found
                    .buildkit_evidence
                    .get_or_insert_with(|| found_at(root, file));
                found.note(file, bake::builds);
            } else if runs_builds(file, name) {
                found.note(file, commands::builds);
                if let Some(text) = small_text(file)
                    && ["DOCKER_BUILDKIT=1", "buildx", "build-push-action"]
                        .iter()
                        .any(|mark| text.contains(mark))
                {
                    found
                        .buildkit_evidence
                        .get_or_insert_with(|| found_at(root, file));
                }
            }
            if is_script(name) {
                found.scripts.push(file.clone());
            }
        }
        found
    }

    fn note(&mut self, file: &Path, read: fn(&Path, &str) -> Vec<Build>) {
        if let Some(text) = small_text(file) {
            let origin = found_at(&self.root, file);
            self.builds
                .extend(read(file, &text).into_iter().map(|build| {
                    let line = build.origin.clone();
                    Build {
                        origin: if line.is_empty() {
                            origin.clone()
                        } else {
                            format!("{origin}:{line}")
                        },
                        ..build
                    }
                }));
        }
    }

    /// What it says of the Dockerfile at `path`, whose text is `text`.
    pub(super) fn surroundings(&self, path: &Path, text: &str) -> Surroundings {
        let mine: Vec<&Build> = self
            .builds
            .iter()
            .filter(|build| self.speaks_of(build, path))
            .collect();
        let targets = mine.iter().filter_map(|build| {
            Some(Target {
                stage: build.target.clone()?,
                origin: build.origin.clone(),
            })
        });
        let mut targets: Vec<Target> = targets.collect();
        targets.sort();
        targets.dedup();
        let context = mine.iter().find_map(|build| build.context.clone());
        let context = context
            .or_else(|| path.parent().map(Path::to_path_buf))
            .unwrap_or_default();
        Surroundings {
            context: self.context(&context, path, text),
            targets,
            buildkit_evidence: self.buildkit_evidence.clone(),
            children: self.children(path, &mine),
        }
    }

    /// Whether a build is one of this Dockerfile; one that names none may be, where only its folder fits.
    fn speaks_of(&self, build: &Build, path: &Path) -> bool {
        match (&build.dockerfile, &build.context) {
            (Some(dockerfile), _) => dockerfile == path,
            (None, Some(context)) => {
                path.parent() == Some(context)
                    && path
                        .file_name()
                        .is_some_and(|name| name == "Dockerfile" || name == "Containerfile")
            }
            // `docker build --target x` of who knows what.
            (None, None) => true,
        }
    }

    /// The scripts below the build context, where the Dockerfile copies anything.
    fn context(&self, folder: &Path, path: &Path, text: &str) -> BuildContext {
        let own = path.with_file_name(format!(
            "{}.dockerignore",
            path.file_name().unwrap_or_default().to_string_lossy()
        ));
        let dockerignore = small_text(&own).or_else(|| small_text(&folder.join(".dockerignore")));
        let mut files = BTreeMap::new();
        let copies = text.lines().any(|line| {
            let word = line
                .trim_start()
                .get(..4)
                .unwrap_or_default()
                .to_ascii_lowercase();
            word == "copy" || word.starts_with("add")
        });
        if copies {
            let start = self
                .scripts
                .partition_point(|script| script.as_path() < folder);
            for script in self.scripts[start..]
                .iter()
                .take_while(|script| script.starts_with(folder))
            {
                let name = script
                    .strip_prefix(folder)
                    .unwrap_or(script)
                    .to_string_lossy()
                    .into_owned();
                files.insert(name, small_text(script));
            }
        }
        BuildContext {
            known: folder.is_dir(),
            files,
            dockerignore,
        }
    }

    /// The Dockerfiles whose FROM names an image that one of `builds` makes.
    fn children(&self, path: &Path, builds: &[&Build]) -> Vec<ChildImage> {
        let images: Vec<&str> = builds
            .iter()
            .filter_map(|build| build.image.as_deref())
            .map(without_tag)
            .collect();
        if images.is_empty() {
            return Vec::new();
        }
        let others = self
            .dockerfiles
            .iter()
            .filter(|other| other.as_path() != path);
        others
            .filter_map(|other| {
                let text = small_text(other)?;
                let reference = text.lines().find_map(|line| {
                    let mut words = line.split_ascii_whitespace();
                    let is_from = words.next()?.eq_ignore_ascii_case("from");
                    let reference = words.find(|word| !word.starts_with("--"))?;
                    (is_from && images.contains(&without_tag(reference)))
                        .then(|| reference.to_owned())
                })?;
                let path = found_at(&self.root, other);
                Some(ChildImage {
                    path,
                    reference,
                    text,
                })
            })
            .collect()
    }
}

/// An image reference without tag and digest.
fn without_tag(reference: &str) -> &str {
    let reference = reference.split('@').next().unwrap_or(reference);
    match reference.rsplit_once(':') {
        Some((name, tag)) if !tag.contains('/') => name,
        _ => reference,
    }
}

fn found_at(root: &Path, file: &Path) -> String {
    file.strip_prefix(root)
        .unwrap_or(file)
        .to_string_lossy()
        .into_owned()
}

fn small_text(path: &Path) -> Option<String> {
    let about = std::fs::metadata(path).ok()?;
    if !about.is_file() || about.len() > MAX_SIZE {
        return None;
    }
    std::fs::read_to_string(path).ok()
}

fn is_compose(name: &str) -> bool {
    let is_yaml = name.ends_with(".yml") || name.ends_with(".yaml");
    is_yaml
        && (name.starts_with("docker-compose")
            || name.starts_with("compose")
            || name.contains(".compose."))
}

/// Whether a file may run `docker build`.
fn runs_builds(file: &Path, name: &str) -> bool {
    let in_workflows = file
        .parent()
        .is_some_and(|folder| folder.ends_with(".github/workflows"));
    let is_yaml = name.ends_with(".yml") || name.ends_with(".yaml");
    (in_workflows && is_yaml)
        || matches!(
            name,
            "Makefile"
                | "makefile"
                | "GNUmakefile"
                | "Jenkinsfile"
                | "justfile"
                | "Justfile"
                | ".gitlab-ci.yml"
                | ".drone.yml"
                | ".travis.yml"
                | "azure-pipelines.yml"
                | "bitbucket-pipelines.yml"
                | "cloudbuild.yaml"
                | "skaffold.yaml"
                | "package.json"
        )
        || name.starts_with("Taskfile.")
        || name.ends_with(".mk")
        || is_script(name)
}

/// Whether a file is a shell script by its name.
fn is_script(name: &str) -> bool {
    name.ends_with(".sh") || name.ends_with(".bash") || name.contains("entrypoint")
}
