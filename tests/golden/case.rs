//! A case folder, read; and what it claims about the outcome.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read their cases from the file system"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use imgfix::context::{
    BuildArg, BuildContext, ChildImage, ContextPlace, Gap, IgnoreFile, Other, Surroundings, Usage,
};
use imgfix::settings::{Builder, CacheStyle, MergeMode, Options, Settings};
use imgfix::transform::{Applicability, TransformId};
use imgfix::{Fix, Outcome, fixes, rewrite};

/// What stands in a `case.toml`.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Claims {
    /// `safe`, `suggested` or `unsafe`.
    level: Option<String>,
    select: Option<Vec<String>>,
    ignore: Vec<String>,
    /// `all` or `saving`.
    merge: Option<String>,
    /// `cleanup` or `cache-mount`.
    style: Option<String>,
    /// `auto`, `buildkit` or `classic`.
    builder: Option<String>,
    /// What of the repository shows BuildKit.
    buildkit_evidence: Option<String>,
    all_stages: bool,
    targets: Vec<String>,
    /// Build arguments that somebody gives.
    build_args: Vec<String>,
    mirrors: Vec<String>,
    /// Reasons, `id` or `transform/id`, that must be among the declined.
    pub(crate) declines: Vec<String>,
    /// The same for which this is the near miss: what looks alike and is changed.
    pub(crate) near_misses: Vec<String>,
    /// The transforms that are applied, in order, each once.
    applies: Option<Vec<String>>,
    /// Transforms whose rewrites are held back.
    holds_back: Vec<String>,
    /// Words that must stand in the title or the reason of a rewrite, or in the evidence of a decline.
    says: Vec<String>,
    /// Why the Dockerfile stays as it is, where no decline says so.
    why: Option<String>,
    /// Folders of the context that tools fill, and that nobody looks into: `.git`, `node_modules`.
    closed: Vec<String>,
    /// Paths of the context that git ignores.
    git_ignored: Vec<String>,
    /// Names in the root that git ignores and that are not there.
    may_come: Vec<String>,
    /// The texts of other Dockerfiles that are built from the same context.
    sharing: Vec<String>,
    /// Whether these are too many.
    is_shared_by_many: bool,
    /// The folder of the Dockerfile, which is taken for the context since nobody says otherwise.
    own_folder: Option<String>,
    /// Whether the context has more entries than are looked at.
    hides_paths: bool,
    /// The text of the ignore file that is written.
    ignore_file: Option<String>,
    /// `[split-stages]`, and templates of the user's.
    split: super::split::Split,
    /// Commands that a compose file starts in the image in place of its own.
    commands: Vec<String>,
    /// Commands with which a compose file or a cluster asks for the health of the container.
    checks: Vec<String>,
    /// What the repository runs in its containers besides.
    elsewhere: Vec<String>,
    /// Dockerfiles built on this image: path and text.
    children: BTreeMap<String, String>,
}

/// A case folder.
pub(crate) struct Case {
    pub(crate) name: String,
    folder: PathBuf,
    pub(crate) text: String,
    pub(crate) claims: Claims,
    surroundings: Surroundings,
    settings: Settings,
}

impl Case {
    pub(crate) fn read(kind: &str, name: &str) -> Result<Self, String> {
        let folder = root().join("tests").join(kind).join(name);
        let text = read(&folder.join("Dockerfile"))?;
        let claims: Claims = match fs::read_to_string(folder.join("case.toml")) {
            Ok(text) => toml::from_str(&text).map_err(|error| format!("case.toml: {error}"))?,
            Err(_) => Claims::default(),
        };
        let settings = settings(&claims)?;
        let mut surroundings = Surroundings {
            context: Arc::new(read_context(&folder.join("context"), &claims)?),
            buildkit_evidence: claims.buildkit_evidence.clone(),
            sharing: claims
                .sharing
                .iter()
                .map(|text| text.as_str().into())
                .collect(),
            is_shared_by_many: claims.is_shared_by_many,
            build_args: claims.build_args.iter().map(|name| given(name)).collect(),
            context_place: claims
                .own_folder
                .clone()
                .map_or(ContextPlace::Unknown, ContextPlace::Own),
            ..Surroundings::default()
        };
        let origin = || "deploy/api.yaml:7".to_owned();
        let checks = claims.checks.iter().map(|command| Usage::Check {
            origin: origin(),
            command: command.clone(),
            by_shell: true,
        });
        let elsewhere = claims.elsewhere.iter().map(|command| Usage::Elsewhere {
            origin: origin(),
            command: command.clone(),
        });
        let commands = claims.commands.iter().map(|command| Usage::Command {
            origin: origin(),
            command: command.clone(),
            is_entrypoint: false,
        });
        let usages = checks.chain(elsewhere).chain(commands);
        surroundings.usages.extend(usages);
        for (path, text) in &claims.children {
            let from = text.lines().find_map(|line| line.strip_prefix("FROM "));
            let reference = from.ok_or_else(|| format!("{path} has no FROM"))?;
            surroundings.children.push(ChildImage {
                path: path.clone(),
                reference: reference.trim().to_owned(),
                text: text.clone(),
            });
        }
        Ok(Self {
            name: name.to_owned(),
            folder,
            text,
            claims,
            surroundings,
            settings,
        })
    }

    pub(crate) fn rewrite(&self, text: &str) -> Result<Outcome, String> {
        rewrite(text, &self.surroundings, &self.settings).map_err(|error| error.to_string())
    }

    pub(crate) fn fixes(&self, outcome: &Outcome) -> Vec<Fix> {
        fixes(&self.text, &self.surroundings, &self.settings, outcome)
    }

    /// What `case.toml` says of the outcome.
    pub(crate) fn check_claims(&self, outcome: &Outcome) -> Result<(), String> {
        let claims = &self.claims;
        let declined = declined(outcome);
        for wanted in &claims.declines {
            if !declined.iter().any(|reason| names(wanted, reason)) {
                return Err(format!(
                    "`{wanted}` is not declined; declined are {declined:?}"
                ));
            }
        }
        for missed in &claims.near_misses {
            if declined.iter().any(|reason| names(missed, reason)) {
                return Err(format!("`{missed}` is declined, and this is its near miss"));
            }
        }
        let applied = applied(outcome);
        if let Some(wanted) = &claims.applies
            && *wanted != applied
        {
            return Err(format!("applied are {applied:?}, not {wanted:?}"));
        }
        let written = outcome.ignore_file.as_ref().map(|(_, text)| text);
        if written != claims.ignore_file.as_ref() {
            return Err(format!("the ignore file is {written:?}"));
        }
        let held: BTreeSet<&str> = outcome.held_back.iter().map(|it| it.transform.0).collect();
        for wanted in &claims.holds_back {
            if !held.contains(wanted.as_str()) {
                return Err(format!(
                    "`{wanted}` is not held back; held back are {held:?}"
                ));
            }
        }
        for words in &claims.says {
            let mut said = outcome.applied.iter().chain(&outcome.held_back);
            let declines = outcome.declined.iter().any(|it| it.detail.contains(words));
            if !declines && !said.any(|it| it.title.contains(words) || it.because.contains(words)) {
                return Err(format!("nothing says `{words}`: {:#?}", outcome.applied));
            }
        }
        let stays = outcome.text == self.text && outcome.ignore_file.is_none();
        if stays && claims.declines.is_empty() && claims.why.is_none() {
            return Err(format!(
                "nothing changes, and case.toml has neither `declines` nor `why`; declined are {declined:?}"
            ));
        }
        if !stays && claims.why.is_some() {
            return Err("`why` is for what stays as it is".to_owned());
        }
        if stays && !claims.near_misses.is_empty() {
            return Err("a near miss is one that changes".to_owned());
        }
        Ok(())
    }

    /// The snapshot is the result.
    pub(crate) fn check_snapshot(&self, result: &str) -> Result<(), String> {
        let path = snapshot(&self.name);
        if std::env::var_os("IMGFIX_BLESS").is_some() {
            return bless(&path, (result != self.text).then_some(result));
        }
        let expected = fs::read_to_string(&path).unwrap_or_else(|_| self.text.clone());
        same(&expected, result)
    }

    /// The result that a pending case hopes for.
    pub(crate) fn check_expected(&self, result: &str) -> Result<(), String> {
        same(&read(&self.folder.join("expected.Dockerfile"))?, result)
    }
}

/// Whether `wanted`, an id with or without its transform, names a reason.
pub(crate) fn names(wanted: &str, reason: &str) -> bool {
    wanted == reason || reason.rsplit('/').next() == Some(wanted)
}

/// The reasons of an outcome, as `transform/id`; those of the file as a whole are `file/id`.
pub(crate) fn declined(outcome: &Outcome) -> BTreeSet<String> {
    outcome
        .declined
        .iter()
        .map(|it| {
            format!(
                "{}/{}",
                it.transform.map_or("file", |id| id.0),
                it.reason.id
            )
        })
        .collect()
}

/// The transforms that were applied, in order, each once.
pub(crate) fn applied(outcome: &Outcome) -> Vec<&str> {
    let mut ids: Vec<&str> = Vec::new();
    for it in &outcome.applied {
        if !ids.contains(&it.transform.0) {
            ids.push(it.transform.0);
        }
    }
    ids
}

/// The names of the cases below `tests/<kind>`, `topic/sentence`.
pub(crate) fn names_of_folders(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// The cases below `tests/<kind>`, in order.
pub(crate) fn names_in(kind: &str) -> Vec<String> {
    let folder = root().join("tests").join(kind);
    let topics = names_of_folders(&folder).into_iter();
    topics
        .flat_map(|topic| {
            let names = names_of_folders(&folder.join(&topic)).into_iter();
            names.map(move |name| format!("{topic}/{name}"))
        })
        .collect()
}

/// Fails for snapshots whose case is gone.
pub(crate) fn orphans() -> Result<(), String> {
    let folder = root().join("snapshots");
    // Those of reports belong to tests of the program.
    let topics = names_of_folders(&folder);
    for topic in topics.into_iter().filter(|topic| topic != "reports") {
        for entry in fs::read_dir(folder.join(&topic)).map_err(|error| error.to_string())? {
            let file = entry.map_err(|error| error.to_string())?.file_name();
            let file = file.to_string_lossy().into_owned();
            let name = format!("{topic}/{}", file.trim_end_matches(".Dockerfile"));
            if !root().join("tests/cases").join(&name).is_dir() {
                return Err(format!("snapshots/{topic}/{file} has no case"));
            }
        }
    }
    Ok(())
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn snapshot(name: &str) -> PathBuf {
    root().join("snapshots").join(format!("{name}.Dockerfile"))
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Writes a snapshot down, or takes away that of a Dockerfile which stays as it is.
fn bless(path: &Path, result: Option<&str>) -> Result<(), String> {
    let done = match (result, path.parent()) {
        (Some(text), Some(folder)) => {
            fs::create_dir_all(folder).and_then(|()| fs::write(path, text))
        }
        _ if path.exists() => fs::remove_file(path),
        _ => Ok(()),
    };
    done.map_err(|error| format!("{}: {error}", path.display()))
}

fn same(expected: &str, found: &str) -> Result<(), String> {
    if expected == found {
        return Ok(());
    }
    let diff = similar::TextDiff::from_lines(expected, found);
    let diff = diff.unified_diff().header("accepted", "found").to_string();
    Err(format!("not what was accepted:\n{diff}"))
}

fn given(name: &str) -> BuildArg {
    BuildArg {
        name: name.to_owned(),
        has_value: true,
        origin: "compose.yaml:4".to_owned(),
    }
}

fn settings(claims: &Claims) -> Result<Settings, String> {
    let level = match claims.level.as_deref() {
        None | Some("suggested") => Applicability::Suggested,
        Some("safe") => Applicability::Safe,
        Some("unsafe") => Applicability::Unsafe,
        Some(level) => return Err(format!("no level `{level}`")),
    };
    let merge = match claims.merge.as_deref() {
        None | Some("saving") => MergeMode::Saving,
        Some("all") => MergeMode::All,
        Some(mode) => return Err(format!("no merge mode `{mode}`")),
    };
    let cache_style = match claims.style.as_deref() {
        None | Some("cleanup") => CacheStyle::Cleanup,
        Some("cache-mount") => CacheStyle::CacheMount,
        Some(style) => return Err(format!("no style `{style}`")),
    };
    let builder = match claims.builder.as_deref() {
        None | Some("auto") => Builder::Auto,
        Some("buildkit") => Builder::BuildKit,
        Some("classic") => Builder::Classic,
        Some(builder) => return Err(format!("no builder `{builder}`")),
    };
    Ok(Settings {
        dockerfile_alone: false,
        scope: imgfix::settings::Scope::default(),
        context: imgfix::settings::ContextChoice::default(),
        smoke: imgfix::settings::SmokeTests::default(),
        level,
        select: claims.select.as_deref().map(ids).transpose()?,
        ignore: ids(&claims.ignore)?,
        options: Options {
            all_stages: claims.all_stages,
            merge,
            cache_style,
            builder,
            targets: claims.targets.clone(),
            mirrors: claims.mirrors.clone(),
            split: claims.split.options()?,
        },
    })
}

fn ids(names: &[String]) -> Result<BTreeSet<TransformId>, String> {
    let find = |name: &String| {
        let meta = imgfix::transforms().find(|meta| meta.id.0 == name);
        meta.map(|meta| meta.id)
            .ok_or_else(|| format!("no transform `{name}`"))
    };
    names.iter().map(find).collect()
}

fn read_context(folder: &Path, claims: &Claims) -> Result<BuildContext, String> {
    let mut context = BuildContext::default();
    let seen = Arc::make_mut(&mut context.seen);
    let closed = claims.closed.iter();
    seen.others
        .extend(closed.map(|path| (path.clone(), Other::Closed)));
    if claims.hides_paths {
        seen.gaps.push(Gap::Entries(1));
    }
    seen.git_ignored.extend(claims.git_ignored.iter().cloned());
    seen.may_come.extend(claims.may_come.iter().cloned());
    if !folder.is_dir() {
        return Ok(context);
    }
    context.known = true;
    let mut pending = vec![folder.to_owned()];
    while let Some(next) = pending.pop() {
        for entry in fs::read_dir(&next).map_err(|error| error.to_string())? {
            let path = entry.map_err(|error| error.to_string())?.path();
            let below = path
                .strip_prefix(folder)
                .map_err(|error| error.to_string())?;
            let name = below.to_string_lossy().replace('\\', "/");
            if path.is_dir() {
                pending.push(path);
            } else if name == ".dockerignore" {
                context.dockerignore = Some(IgnoreFile::read(name, read(&path)?));
            } else {
                let text = fs::read_to_string(&path).ok();
                Arc::make_mut(&mut context.files).insert(name, text);
            }
        }
    }
    Ok(context)
}
