//! Finds `imgfix.toml`, reads it, and puts flags, overrides and defaults together.

mod effective;
mod file;
mod read;

pub(super) use effective::print;

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, bail};
use globset::{Glob, GlobSet, GlobSetBuilder};
use imgfix::settings::{self, MergeMode, Settings};
use imgfix::transform::{Applicability, TransformId};

use super::args::Choice;
use file::{Builder, ConfigFile, Level, Merge};
pub(super) use read::schema;

/// The name of the configuration file.
pub(super) const FILE_NAME: &str = "imgfix.toml";

/// A configuration file, read.
#[derive(Debug)]
pub(super) struct Loaded {
    path: PathBuf,
    folder: PathBuf,
    file: ConfigFile,
    exclude: GlobSet,
    overrides: Vec<GlobSet>,
}

/// Reads configuration files, each one once.
pub(super) struct Configs<'c> {
    choice: &'c Choice,
    explicit: Option<Arc<Loaded>>,
    by_folder: HashMap<PathBuf, Option<Arc<Loaded>>>,
}

impl<'c> Configs<'c> {
    /// Checks the flags, and reads the file that `--config` names.
    pub(super) fn new(choice: &'c Choice) -> Result<Self> {
        for id in choice.select.iter().chain(&choice.ignore) {
            transform_id(id)?;
        }
        let explicit = choice
            .config
            .as_deref()
            .map(load)
            .transpose()?
            .map(Arc::new);
        Ok(Self {
            choice,
            explicit,
            by_folder: HashMap::new(),
        })
    }

    /// The configuration file for a file in `folder`: the nearest one, up to the repository's root.
    pub(super) fn for_folder(&mut self, folder: &Path, root: &Path) -> Result<Option<Arc<Loaded>>> {
        if let Some(explicit) = &self.explicit {
            return Ok(Some(Arc::clone(explicit)));
        }
        if let Some(known) = self.by_folder.get(folder) {
            return Ok(known.clone());
        }
        let path = folder.join(FILE_NAME);
        let found = if path.is_file() {
            Some(Arc::new(load(&path)?))
        } else {
            match folder.parent().filter(|_| folder != root) {
                Some(parent) => self.for_folder(parent, root)?,
                None => None,
            }
        };
        self.by_folder.insert(folder.to_owned(), found.clone());
        Ok(found)
    }

    /// The settings for one file.
    pub(super) fn settings(&self, loaded: Option<&Loaded>, file: &Path) -> Result<Settings> {
        let mut settings = Settings::default();
        if let Some(loaded) = loaded {
            loaded.apply(&mut settings, file)?;
        }
        if self.choice.safe {
            settings.level = Applicability::Safe;
        }
        if self.choice.r#unsafe {
            settings.level = Applicability::Unsafe;
        }
        if !self.choice.select.is_empty() {
            settings.select = Some(ids(&self.choice.select)?);
        }
        settings.ignore.extend(ids(&self.choice.ignore)?);
        Ok(settings)
    }
}

impl Loaded {
    /// Whether a search leaves `file` out.
    pub(super) fn excludes(&self, file: &Path) -> bool {
        file.strip_prefix(&self.folder)
            .is_ok_and(|path| self.exclude.is_match(path))
    }

    fn apply(&self, settings: &mut Settings, file: &Path) -> Result<()> {
        let config = &self.file;
        settings.options.mirrors = config
            .images
            .mirrors
            .iter()
            .map(|mirror| with_slash(mirror))
            .collect();
        let base = Layer {
            level: config.level,
            select: config.select.as_ref(),
            ignore: config.ignore.as_ref(),
            builder: config.builder,
            all_stages: config.all_stages,
            targets: config.targets.as_ref(),
            merge: config.merge_runs.merge,
        };
        base.apply(settings)?;
        let relative = file.strip_prefix(&self.folder).unwrap_or(file);
        for (over, paths) in config.overrides.iter().zip(&self.overrides) {
            if paths.is_match(relative) {
                let layer = Layer {
                    level: over.level,
                    select: over.select.as_ref(),
                    ignore: over.ignore.as_ref(),
                    builder: over.builder,
                    all_stages: over.all_stages,
                    targets: over.targets.as_ref(),
                    merge: over.merge_runs.merge,
                };
                layer.apply(settings)?;
            }
        }
        Ok(())
    }
}

/// The settings that the file and its overrides have in common.
struct Layer<'f> {
    level: Option<Level>,
    select: Option<&'f Vec<String>>,
    ignore: Option<&'f Vec<String>>,
    builder: Option<Builder>,
    all_stages: Option<bool>,
    targets: Option<&'f Vec<String>>,
    merge: Option<Merge>,
}

impl Layer<'_> {
    fn apply(&self, settings: &mut Settings) -> Result<()> {
        if let Some(level) = self.level {
            settings.level = match level {
                Level::Safe => Applicability::Safe,
                Level::Suggested => Applicability::Suggested,
                Level::Unsafe => Applicability::Unsafe,
            };
        }
        if let Some(select) = self.select {
            settings.select = Some(ids(select)?);
        }
        if let Some(ignore) = self.ignore {
            settings.ignore = ids(ignore)?;
        }
        if let Some(builder) = self.builder {
            settings.options.builder = match builder {
                Builder::Auto => settings::Builder::Auto,
                Builder::BuildKit => settings::Builder::BuildKit,
                Builder::Classic => settings::Builder::Classic,
            };
        }
        if let Some(all_stages) = self.all_stages {
            settings.options.all_stages = all_stages;
        }
        if let Some(targets) = self.targets {
            settings.options.targets.clone_from(targets);
        }
        if let Some(merge) = self.merge {
            settings.options.merge = match merge {
                Merge::Saving => MergeMode::Saving,
                Merge::All => MergeMode::All,
            };
        }
        Ok(())
    }
}

/// Reads a configuration file.
fn load(path: &Path) -> Result<Loaded> {
    let path = std::path::absolute(path)?;
    let file = read::read(&path)?;
    let folder = path.parent().map_or_else(PathBuf::new, Path::to_path_buf);
    let globs = |patterns: &[String]| -> Result<GlobSet> {
        let mut set = GlobSetBuilder::new();
        for pattern in patterns {
            let glob = Glob::new(pattern)
                .map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))?;
            set.add(glob);
            // A folder's name means what is in it.
            set.add(Glob::new(&format!("{}/**", pattern.trim_end_matches('/')))?);
        }
        Ok(set.build()?)
    };
    for id in file.select.iter().chain(&file.ignore).flatten() {
        transform_id(id)
            .map_err(|error| anyhow::anyhow!("{}: {error}", read::place_of(&path, id)))?;
    }
    for over in &file.overrides {
        for id in over.select.iter().chain(&over.ignore).flatten() {
            transform_id(id)
                .map_err(|error| anyhow::anyhow!("{}: {error}", read::place_of(&path, id)))?;
        }
    }
    let exclude = globs(&file.exclude)?;
    let overrides = file
        .overrides
        .iter()
        .map(|over| globs(&over.paths))
        .collect::<Result<_>>()?;
    Ok(Loaded {
        path,
        folder,
        file,
        exclude,
        overrides,
    })
}

fn with_slash(mirror: &str) -> String {
    format!("{}/", mirror.trim_end_matches('/'))
}

fn ids(names: &[String]) -> Result<BTreeSet<TransformId>> {
    names.iter().map(|name| transform_id(name)).collect()
}

/// The transform of that name.
pub(super) fn transform_id(name: &str) -> Result<TransformId> {
    if let Some(meta) = imgfix::transforms().find(|meta| meta.id.0 == name) {
        return Ok(meta.id);
    }
    let names: Vec<&str> = imgfix::transforms().map(|meta| meta.id.0).collect();
    bail!("no transform is called `{name}`{}", hint(name, &names))
}

/// `hint: did you mean …`, with what there is.
pub(super) fn hint(name: &str, valid: &[&str]) -> String {
    let nearest = valid
        .iter()
        .min_by_key(|candidate| distance(name, candidate));
    match nearest.filter(|candidate| distance(name, candidate) <= candidate.len().max(4) / 2) {
        Some(nearest) => format!(
            "\nhint: did you mean `{nearest}`? valid are {}",
            valid.join(", ")
        ),
        None => format!("\nhint: valid are {}", valid.join(", ")),
    }
}

/// The number of insertions, deletions and replacements between two names.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, right) in b.iter().enumerate() {
            let cost = diagonal + usize::from(left != *right);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
