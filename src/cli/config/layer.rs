//! What a configuration file, an override in it or the flags set.

use semver::{Version, VersionReq};
use toml::Spanned;

use super::effective::{Layer, Origin, Sourced};
use super::file::{ConfigFile, Override};
use super::source::Source;
use crate::cli::args::SettingsArgs;
use crate::cli::error::{Failure, name_hint};
use crate::settings::ContextChoice;
use crate::transform::{Applicability, TransformId};

/// The transform of that name.
pub(crate) fn known_id(name: &str) -> Result<TransformId, Failure> {
    let ids: Vec<TransformId> = crate::transforms().map(|meta| meta.id).collect();
    if let Some(&id) = ids.iter().find(|id| id.0 == name) {
        return Ok(id);
    }
    let names: Vec<&str> = ids.iter().map(|id| id.0).collect();
    Err(
        Failure::new(format!("unknown transform `{name}`")).hint(name_hint(
            name,
            &names,
            "transforms",
        )),
    )
}

/// Fails where the configuration is for other versions of imgfix.
pub(super) fn check_version(source: &Source) -> Result<(), Failure> {
    let Some((wanted, span)) = source.required_version() else {
        return Ok(());
    };
    let requirement = VersionReq::parse(&wanted).map_err(|error| {
        let message = format!("`required-version` is no version requirement: `{wanted}`: {error}");
        source.failure(&span, &message)
    })?;
    let ours = env!("CARGO_PKG_VERSION");
    let fits = Version::parse(ours).is_ok_and(|version| requirement.matches(&version));
    if fits {
        return Ok(());
    }
    let message = format!("imgfix {wanted} is required, and this is imgfix {ours}");
    Err(source
        .failure(&span, &message)
        .hint("install a version that fits, or change `required-version`"))
}

/// A value of the file with its line.
pub(super) fn sourced<T, U>(
    value: &Spanned<T>,
    source: &Source,
    convert: impl FnOnce(&T) -> U,
) -> Sourced<U> {
    Sourced {
        value: convert(value.get_ref()),
        origin: Origin::File {
            label: source.label.clone(),
            line: source.line(value.span().start),
        },
    }
}

/// The transforms that a list names.
fn ids(
    names: Option<&Spanned<Vec<Spanned<String>>>>,
    source: &Source,
) -> Result<Option<Sourced<Vec<TransformId>>>, Failure> {
    let Some(names) = names else {
        return Ok(None);
    };
    let found = names.get_ref().iter().map(|name| {
        known_id(name.get_ref()).map_err(|error| Failure {
            message: source.failure(&name.span(), &error.message).message,
            ..error
        })
    });
    let found = found.collect::<Result<Vec<_>, _>>()?;
    Ok(Some(sourced(names, source, |_| found)))
}

/// The build context; a folder is relative to that of the file.
fn context(value: Option<&Spanned<String>>, source: &Source) -> Option<Sourced<ContextChoice>> {
    Some(sourced(value?, source, |text| match text.as_str() {
        "auto" => ContextChoice::Auto,
        "none" => ContextChoice::None,
        folder => ContextChoice::Folder(source.folder.join(folder)),
    }))
}

/// Whether a number can be a share that something may grow by.
pub(crate) fn is_per_cent(value: f64) -> bool {
    value.is_finite() && value >= 0.0
}

fn flag_value<T>(value: T, flag: &'static str) -> Sourced<T> {
    Sourced {
        value,
        origin: Origin::Flag(flag),
    }
}

impl Layer {
    /// What a file sets outside its overrides.
    pub(super) fn from_file(file: &ConfigFile, source: &Source) -> Result<Self, Failure> {
        let option = |value: &Option<Spanned<Vec<String>>>| {
            let value = value.as_ref()?;
            Some(sourced(value, source, Clone::clone))
        };
        let per_cent = |value: &Option<Spanned<f64>>, key: &str| match value {
            Some(value) if is_per_cent(*value.get_ref()) => {
                Ok(Some(sourced(value, source, |&value| value)))
            }
            Some(value) => Err(source.failure(
                &value.span(),
                &format!("`{key}` is no number of per cent from 0"),
            )),
            None => Ok(None),
        };
        let mut mirrors = option(&file.images.mirrors);
        for mirror in mirrors.iter_mut().flat_map(|mirrors| &mut mirrors.value) {
            if !mirror.ends_with('/') {
                mirror.push('/');
            }
        }
        Ok(Self {
            level: file
                .level
                .as_ref()
                .map(|level| sourced(level, source, |&level| level.into())),
            select: ids(file.select.as_ref(), source)?,
            ignore: ids(file.ignore.as_ref(), source)?,
            builder: file
                .builder
                .as_ref()
                .map(|builder| sourced(builder, source, |&builder| builder.into())),
            context: context(file.context.as_ref(), source),
            all_stages: file
                .all_stages
                .as_ref()
                .map(|value| sourced(value, source, |&value| value)),
            targets: option(&file.targets),
            split: super::split::layer(&file.split_stages, source)?,
            smoke: option(&file.verify.smoke),
            smoke_http: option(&file.verify.smoke_http),
            baseline: file
                .size
                .baseline
                .as_ref()
                .map(|path| sourced(path, source, |path| Some(source.folder.join(path)))),
            warn_above: per_cent(&file.size.warn_above, "warn-above")?,
            fail_above: per_cent(&file.size.fail_above, "fail-above")?,
            mirrors,
            style: file
                .clean_package_caches
                .style
                .as_ref()
                .map(|style| sourced(style, source, |&style| style.into())),
            merge: file
                .merge_runs
                .merge
                .as_ref()
                .map(|merge| sourced(merge, source, |&merge| merge.into())),
        })
    }

    /// What an override sets.
    pub(super) fn from_override(over: &Override, source: &Source) -> Result<Self, Failure> {
        let option = |value: &Option<Spanned<Vec<String>>>| {
            let value = value.as_ref()?;
            Some(sourced(value, source, Clone::clone))
        };
        Ok(Self {
            level: over
                .level
                .as_ref()
                .map(|level| sourced(level, source, |&level| level.into())),
            select: ids(over.select.as_ref(), source)?,
            ignore: ids(over.ignore.as_ref(), source)?,
            builder: over
                .builder
                .as_ref()
                .map(|builder| sourced(builder, source, |&builder| builder.into())),
            context: context(over.context.as_ref(), source),
            all_stages: over
                .all_stages
                .as_ref()
                .map(|value| sourced(value, source, |&value| value)),
            targets: option(&over.targets),
            split: super::split::layer(&over.split_stages, source)?,
            smoke: option(&over.verify.smoke),
            smoke_http: option(&over.verify.smoke_http),
            baseline: None,
            warn_above: None,
            fail_above: None,
            mirrors: None,
            style: over
                .clean_package_caches
                .style
                .as_ref()
                .map(|style| sourced(style, source, |&style| style.into())),
            merge: over
                .merge_runs
                .merge
                .as_ref()
                .map(|merge| sourced(merge, source, |&merge| merge.into())),
        })
    }

    /// What the flags set.
    pub(super) fn from_flags(args: &SettingsArgs) -> Result<Self, Failure> {
        let level = match (args.safe, args.unsafe_) {
            (true, _) => Some(flag_value(Applicability::Safe, "--safe")),
            (_, true) => Some(flag_value(Applicability::Unsafe, "--unsafe")),
            (false, false) => None,
        };
        let list = |names: &[String], flag| {
            let ids = names.iter().map(|name| {
                known_id(name.trim()).map_err(|error| Failure {
                    message: format!("{flag}: {}", error.message),
                    ..error
                })
            });
            let value = ids.collect::<Result<Vec<_>, _>>()?;
            let origin = Origin::Flag(flag);
            Ok(Sourced { value, origin })
        };
        let select = args.select.as_deref().map(|names| list(names, "--select"));
        let ignore = (!args.ignore.is_empty()).then(|| list(&args.ignore, "--ignore"));
        Ok(Self {
            level,
            select: select.transpose()?,
            ignore: ignore.transpose()?,
            context: args
                .no_context
                .then(|| flag_value(ContextChoice::None, "--no-context")),
            ..Self::default()
        })
    }
}
