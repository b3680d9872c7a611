//! The values in force, each with the place that it comes from.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use crate::settings::{
    Builder, CacheStyle, ContextChoice, MergeMode, Options, OwnTemplate, RuntimeKind, Scope,
    Settings, SmokeTests, SplitOptions,
};
use crate::size::Limits;
use crate::transform::{Applicability, TransformId};

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Nobody set it.
    Default,
    /// A line of a configuration file.
    File {
        /// What the user knows the file as.
        label: Arc<str>,
        /// The line, counted from 1.
        line: usize,
    },
    /// A flag.
    Flag(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File { label, line } => write!(f, "{label}:{line}"),
            Self::Flag(flag) => f.write_str(flag),
        }
    }
}

/// A value and where it comes from.
#[derive(Clone, Debug)]
pub(crate) struct Sourced<T> {
    /// The value.
    pub(crate) value: T,
    /// Where it comes from.
    pub(crate) origin: Origin,
}

impl<T> Sourced<T> {
    fn default_of(value: T) -> Self {
        Self {
            value,
            origin: Origin::Default,
        }
    }
}

/// What one place sets: a configuration file, an override in it, or the flags.
#[derive(Debug, Default)]
pub(crate) struct Layer {
    pub(crate) level: Option<Sourced<Applicability>>,
    pub(crate) select: Option<Sourced<Vec<TransformId>>>,
    pub(crate) ignore: Option<Sourced<Vec<TransformId>>>,
    pub(crate) builder: Option<Sourced<Builder>>,
    pub(crate) context: Option<Sourced<ContextChoice>>,
    pub(crate) all_stages: Option<Sourced<bool>>,
    pub(crate) targets: Option<Sourced<Vec<String>>>,
    pub(crate) mirrors: Option<Sourced<Vec<String>>>,
    pub(crate) merge: Option<Sourced<MergeMode>>,
    pub(crate) style: Option<Sourced<CacheStyle>>,
    pub(crate) split: SplitLayer,
    pub(crate) smoke: Option<Sourced<Vec<String>>>,
    pub(crate) smoke_http: Option<Sourced<Vec<String>>>,
    pub(crate) baseline: Option<Sourced<Option<PathBuf>>>,
    pub(crate) warn_above: Option<Sourced<f64>>,
    pub(crate) fail_above: Option<Sourced<f64>>,
}

/// What one place sets of `split-stages`.
#[derive(Debug, Default)]
pub(crate) struct SplitLayer {
    pub(crate) language: Option<Sourced<String>>,
    pub(crate) kind: Option<Sourced<RuntimeKind>>,
    pub(crate) forbid: Option<Sourced<BTreeSet<RuntimeKind>>>,
    pub(crate) images: Option<Sourced<BTreeMap<String, String>>>,
    pub(crate) packages: Option<Sourced<Vec<String>>>,
    pub(crate) artifacts: Option<Sourced<Vec<String>>>,
    pub(crate) jlink: Option<Sourced<bool>>,
    pub(crate) spring_layers: Option<Sourced<bool>>,
    pub(crate) templates: Option<Sourced<Arc<[OwnTemplate]>>>,
}

/// The values of `split-stages` in force.
#[derive(Clone, Debug)]
pub(crate) struct EffectiveSplit {
    pub(crate) language: Sourced<Option<String>>,
    pub(crate) kind: Sourced<Option<RuntimeKind>>,
    pub(crate) forbid: Sourced<BTreeSet<RuntimeKind>>,
    pub(crate) images: Sourced<BTreeMap<String, String>>,
    pub(crate) packages: Sourced<Option<Vec<String>>>,
    pub(crate) artifacts: Sourced<Vec<String>>,
    pub(crate) jlink: Sourced<bool>,
    pub(crate) spring_layers: Sourced<bool>,
    pub(crate) templates: Sourced<Arc<[OwnTemplate]>>,
}

impl EffectiveSplit {
    fn apply(&mut self, layer: &SplitLayer) {
        overlay_option(&mut self.language, layer.language.as_ref());
        overlay_option(&mut self.kind, layer.kind.as_ref());
        overlay(&mut self.forbid, layer.forbid.as_ref());
        overlay(&mut self.images, layer.images.as_ref());
        overlay_option(&mut self.packages, layer.packages.as_ref());
        overlay(&mut self.artifacts, layer.artifacts.as_ref());
        overlay(&mut self.jlink, layer.jlink.as_ref());
        overlay(&mut self.spring_layers, layer.spring_layers.as_ref());
        overlay(&mut self.templates, layer.templates.as_ref());
    }

    fn options(&self) -> SplitOptions {
        SplitOptions {
            language: self.language.value.clone(),
            kind: self.kind.value,
            forbid: self.forbid.value.clone(),
            images: self.images.value.clone(),
            packages: self.packages.value.clone(),
            artifacts: self.artifacts.value.clone(),
            jlink: self.jlink.value,
            spring_layers: self.spring_layers.value,
            templates: Arc::clone(&self.templates.value),
        }
    }
}

impl Default for EffectiveSplit {
    fn default() -> Self {
        let options = SplitOptions::default();
        Self {
            language: Sourced::default_of(options.language),
            kind: Sourced::default_of(options.kind),
            forbid: Sourced::default_of(options.forbid),
            images: Sourced::default_of(options.images),
            packages: Sourced::default_of(options.packages),
            artifacts: Sourced::default_of(options.artifacts),
            jlink: Sourced::default_of(options.jlink),
            spring_layers: Sourced::default_of(options.spring_layers),
            templates: Sourced::default_of(options.templates),
        }
    }
}

/// The values in force.
#[derive(Clone, Debug)]
pub(crate) struct Effective {
    pub(crate) level: Sourced<Applicability>,
    /// `None` for all.
    pub(crate) select: Sourced<Option<BTreeSet<TransformId>>>,
    pub(crate) ignore: BTreeMap<TransformId, Origin>,
    pub(crate) builder: Sourced<Builder>,
    pub(crate) context: Sourced<ContextChoice>,
    pub(crate) all_stages: Sourced<bool>,
    pub(crate) targets: Sourced<Vec<String>>,
    pub(crate) mirrors: Sourced<Vec<String>>,
    pub(crate) merge: Sourced<MergeMode>,
    pub(crate) style: Sourced<CacheStyle>,
    pub(crate) split: EffectiveSplit,
    pub(crate) smoke: Sourced<Vec<String>>,
    pub(crate) smoke_http: Sourced<Vec<String>>,
    /// The baseline of sizes, where one is named.
    pub(crate) baseline: Sourced<Option<PathBuf>>,
    pub(crate) warn_above: Sourced<f64>,
    pub(crate) fail_above: Sourced<f64>,
}

impl Default for Effective {
    fn default() -> Self {
        let Settings {
            level,
            select,
            ignore: _,
            dockerfile_alone: _,
            scope: _,
            options,
            context,
            smoke,
        } = Settings::default();
        let limits = Limits::default();
        Self {
            level: Sourced::default_of(level),
            select: Sourced::default_of(select),
            ignore: BTreeMap::new(),
            builder: Sourced::default_of(options.builder),
            context: Sourced::default_of(context),
            all_stages: Sourced::default_of(options.all_stages),
            targets: Sourced::default_of(options.targets),
            mirrors: Sourced::default_of(options.mirrors),
            merge: Sourced::default_of(options.merge),
            style: Sourced::default_of(options.cache_style),
            split: EffectiveSplit::default(),
            smoke: Sourced::default_of(smoke.commands),
            smoke_http: Sourced::default_of(smoke.http),
            baseline: Sourced::default_of(None),
            warn_above: Sourced::default_of(limits.warn_above),
            fail_above: Sourced::default_of(limits.fail_above),
        }
    }
}

impl Effective {
    /// The values with a layer put on top. A selection starts anew: what was ignored below it runs if
    /// it is selected.
    pub(crate) fn apply(&mut self, layer: &Layer) {
        overlay(&mut self.level, layer.level.as_ref());
        overlay(&mut self.builder, layer.builder.as_ref());
        overlay(&mut self.context, layer.context.as_ref());
        overlay(&mut self.all_stages, layer.all_stages.as_ref());
        overlay(&mut self.targets, layer.targets.as_ref());
        overlay(&mut self.mirrors, layer.mirrors.as_ref());
        overlay(&mut self.merge, layer.merge.as_ref());
        overlay(&mut self.style, layer.style.as_ref());
        self.split.apply(&layer.split);
        overlay(&mut self.smoke, layer.smoke.as_ref());
        overlay(&mut self.smoke_http, layer.smoke_http.as_ref());
        overlay(&mut self.baseline, layer.baseline.as_ref());
        overlay(&mut self.warn_above, layer.warn_above.as_ref());
        overlay(&mut self.fail_above, layer.fail_above.as_ref());
        if let Some(select) = &layer.select {
            self.select = Sourced {
                value: Some(select.value.iter().copied().collect()),
                origin: select.origin.clone(),
            };
            self.ignore.clear();
        }
        if let Some(ignore) = &layer.ignore {
            for &id in &ignore.value {
                self.ignore.insert(id, ignore.origin.clone());
            }
        }
    }

    /// The values as the pipeline takes them.
    pub(crate) fn settings(&self) -> Settings {
        Settings {
            dockerfile_alone: false,
            scope: Scope::default(),
            level: self.level.value,
            select: self.select.value.clone(),
            ignore: self.ignore.keys().copied().collect(),
            options: Options {
                all_stages: self.all_stages.value,
                merge: self.merge.value,
                cache_style: self.style.value,
                builder: self.builder.value,
                mirrors: self.mirrors.value.clone(),
                targets: self.targets.value.clone(),
                split: self.split.options(),
            },
            context: self.context.value.clone(),
            smoke: SmokeTests {
                commands: self.smoke.value.clone(),
                http: self.smoke_http.value.clone(),
            },
        }
    }
}

fn overlay<T: Clone>(value: &mut Sourced<T>, layer: Option<&Sourced<T>>) {
    if let Some(layer) = layer {
        *value = layer.clone();
    }
}

fn overlay_option<T: Clone>(value: &mut Sourced<Option<T>>, layer: Option<&Sourced<T>>) {
    if let Some(layer) = layer {
        *value = Sourced {
            value: Some(layer.value.clone()),
            origin: layer.origin.clone(),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: TransformId = TransformId("a");
    const B: TransformId = TransformId("b");

    fn ids(ids: &[TransformId]) -> Sourced<Vec<TransformId>> {
        Sourced::default_of(ids.to_vec())
    }

    #[test]
    fn ignoring_adds_up_and_a_selection_starts_anew() {
        let mut effective = Effective::default();
        effective.apply(&Layer {
            ignore: Some(ids(&[A])),
            ..Layer::default()
        });
        effective.apply(&Layer {
            ignore: Some(ids(&[B])),
            ..Layer::default()
        });
        let settings = effective.settings();
        assert!(!settings.runs(A) && !settings.runs(B));
        effective.apply(&Layer {
            select: Some(ids(&[A])),
            ..Layer::default()
        });
        let settings = effective.settings();
        assert!(settings.runs(A) && !settings.runs(B));
    }
}
