//! The configuration: `imgfix.toml` files, flags on top, and what follows for one Dockerfile.

mod effective;
mod file;
mod globs;
mod layer;
mod source;
mod split;
mod templates;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(crate) use effective::{Effective, EffectiveSplit, Origin, Sourced};
pub(crate) use layer::{is_per_cent, known_id};

use effective::Layer;
pub(crate) use file::ConfigFile;
use globs::Globs;
use source::Source;

use super::args::SettingsArgs;
use super::error::Failure;
use super::place::Places;
use crate::settings::Settings;

/// The name of the configuration file.
pub(crate) const FILE_NAME: &str = "imgfix.toml";

/// The configurations of a run; each file is read once.
#[derive(Debug)]
pub(crate) struct Configs {
    /// What the flags set.
    flags: Layer,
    /// The configuration that the command line names.
    explicit: Option<Arc<Config>>,
    /// What holds without a file.
    without: Arc<Config>,
    /// The configuration for each folder that was asked for.
    by_folder: BTreeMap<OsString, Arc<Config>>,
}

/// One configuration: a file, or none, with the flags.
#[derive(Debug)]
pub(crate) struct Config {
    /// The file as the user knows it; `None` without one.
    pub(crate) label: Option<Arc<str>>,
    /// `required-version`.
    pub(crate) required_version: Option<Sourced<String>>,
    /// `exclude`, as written.
    pub(crate) exclude: Option<Sourced<Vec<String>>>,
    /// The number of overrides.
    pub(crate) overrides_len: usize,
    folder: PathBuf,
    excluded: Globs,
    file: Layer,
    overrides: Vec<(Globs, Layer)>,
    settings: Arc<Settings>,
}

impl Configs {
    /// Reads the flags, and the file that they name.
    pub(crate) fn new(args: &SettingsArgs, places: &mut Places) -> Result<Self, Failure> {
        let flags = Layer::from_flags(args)?;
        let explicit = match &args.config {
            Some(path) => Some(Arc::new(Config::read(path, places, &flags)?)),
            None => None,
        };
        let without = Arc::new(Config::from_file(
            &ConfigFile::default(),
            &Source {
                label: "".into(),
                folder: PathBuf::new(),
                text: String::new(),
            },
            &flags,
        )?);
        Ok(Self {
            flags,
            explicit,
            without,
            by_folder: BTreeMap::new(),
        })
    }

    /// The configuration for the files of `folder`: the nearest one up to the repository's root.
    pub(crate) fn of_folder(
        &mut self,
        folder: &Path,
        places: &mut Places,
    ) -> Result<Arc<Config>, Failure> {
        if let Some(config) = self
            .explicit
            .as_ref()
            .or_else(|| self.by_folder.get(folder.as_os_str()))
        {
            return Ok(Arc::clone(config));
        }
        let path = folder.join(FILE_NAME);
        let config = if path.is_file() {
            Arc::new(Config::read(&path, places, &self.flags)?)
        } else if *places.root_of(folder) == *folder {
            Arc::clone(&self.without)
        } else {
            match folder.parent() {
                Some(parent) => self.of_folder(parent, places)?,
                None => Arc::clone(&self.without),
            }
        };
        self.by_folder
            .insert(folder.as_os_str().to_owned(), Arc::clone(&config));
        Ok(config)
    }
}

impl Config {
    fn read(path: &Path, places: &Places, flags: &Layer) -> Result<Self, Failure> {
        let label = places.label(path);
        log::debug!("configuration: {label}");
        let text = super::input::read_text(path, &label)?;
        let real = path
            .canonicalize()
            .map_err(|error| Failure::io(&label, &error))?;
        let source = Source {
            label: label.into(),
            folder: real.parent().map(Path::to_owned).unwrap_or_default(),
            text,
        };
        layer::check_version(&source)?;
        let file = toml::from_str(&source.text).map_err(|error| source.explain(&error))?;
        Self::from_file(&file, &source, flags)
    }

    fn from_file(file: &ConfigFile, source: &Source, flags: &Layer) -> Result<Self, Failure> {
        let overrides = file
            .overrides
            .iter()
            .map(|over| {
                let globs = Globs::new(&over.paths, source)?;
                Ok((globs, Layer::from_override(over, source)?))
            })
            .collect::<Result<Vec<_>, Failure>>()?;
        let top = Layer::from_file(file, source)?;
        let layers = overrides.iter().map(|(_, layer)| &layer.split);
        split::check_languages(std::iter::once(&top.split).chain(layers), source)?;
        let excluded = match &file.exclude {
            Some(patterns) => Globs::new(patterns.get_ref(), source)?,
            None => Globs::default(),
        };
        let mut config = Self {
            label: (!source.label.is_empty()).then(|| Arc::clone(&source.label)),
            required_version: file
                .required_version
                .as_ref()
                .map(|version| layer::sourced(version, source, Clone::clone)),
            exclude: file.exclude.as_ref().map(|patterns| {
                layer::sourced(patterns, source, |patterns| {
                    patterns.iter().map(|one| one.get_ref().clone()).collect()
                })
            }),
            overrides_len: overrides.len(),
            folder: source.folder.clone(),
            excluded,
            file: top,
            overrides,
            settings: Arc::default(),
        };
        config.settings = Arc::new(config.layered(flags, &[]).settings());
        Ok(config)
    }

    /// Whether a file that was not named is left out.
    pub(crate) fn excludes(&self, path: &Path) -> bool {
        self.excluded.matches(self.relative(path))
    }

    /// The values in force for a file; `None` for those of the configuration as a whole.
    pub(crate) fn effective(&self, path: Option<&Path>, configs: &Configs) -> Effective {
        self.layered(&configs.flags, &self.overrides_for(path))
    }

    /// The settings for a file.
    pub(crate) fn settings(&self, path: &Path, configs: &Configs) -> Arc<Settings> {
        let overrides = self.overrides_for(Some(path));
        if overrides.is_empty() {
            return Arc::clone(&self.settings);
        }
        Arc::new(self.layered(&configs.flags, &overrides).settings())
    }

    fn layered(&self, flags: &Layer, overrides: &[&Layer]) -> Effective {
        let mut effective = Effective::default();
        effective.apply(&self.file);
        for layer in overrides {
            effective.apply(layer);
        }
        effective.apply(flags);
        effective
    }

    fn overrides_for(&self, path: Option<&Path>) -> Vec<&Layer> {
        let Some(path) = path.map(|path| self.relative(path)) else {
            return Vec::new();
        };
        self.overrides
            .iter()
            .filter(|(globs, _)| globs.matches(path))
            .map(|(_, layer)| layer)
            .collect()
    }

    /// A path from the configuration's folder; one outside from the root of the file system.
    fn relative<'p>(&self, path: &'p Path) -> &'p Path {
        path.strip_prefix(&self.folder)
            .or_else(|_| path.strip_prefix("/"))
            .unwrap_or(path)
    }
}
