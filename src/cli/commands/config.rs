//! `imgfix config`: the values in force and where each comes from, as TOML; or the schema.

use std::fmt::Write;
use std::path::Path;

use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use toml::Value;

use crate::cli::Status;
use crate::cli::args::SettingsArgs;
use crate::cli::config::{Config, ConfigFile, Configs, Effective, EffectiveSplit, Origin, Sourced};
use crate::cli::error::Failure;
use crate::cli::output::Output;
use crate::cli::place::Places;
use crate::report::{formats, printable};
use crate::settings::{Builder, CacheStyle, ContextChoice, MergeMode};

/// Prints the configuration for a path, or for the current folder.
pub(crate) fn run(
    path: Option<&Path>,
    args: &SettingsArgs,
    output: &mut Output,
) -> Result<Status, Failure> {
    let mut places = Places::new()?;
    let mut configs = Configs::new(args, &mut places)?;
    let path = path.unwrap_or(Path::new("."));
    let label = places.label(path);
    let real = path
        .canonicalize()
        .map_err(|error| Failure::io(&label, &error))?;
    let folder = match real.parent() {
        Some(parent) if !real.is_dir() => parent,
        _ => &real,
    };
    let config = configs.of_folder(folder, &mut places)?;
    let effective = config.effective(Some(&real), &configs);
    let mut text = head(&label, &config);
    values(&mut text, &config, &effective);
    output.print(&text)?;
    Ok(Status::Done)
}

/// Prints the JSON schema of `imgfix.toml`.
pub(crate) fn schema(output: &mut Output) -> Result<Status, Failure> {
    let schema = SchemaSettings::default()
        .with_transform(RecursiveTransform(tidy))
        .into_generator()
        .into_root_schema_for::<ConfigFile>();
    print(&schema, output)
}

/// Prints the JSON schema of the report.
pub(crate) fn report_schema(output: &mut Output) -> Result<Status, Failure> {
    let mut schema = formats::json_schema();
    RecursiveTransform(one_line).transform(&mut schema);
    print(&schema, output)
}

fn print(schema: &Schema, output: &mut Output) -> Result<Status, Failure> {
    let text = serde_json::to_string_pretty(schema)
        .map_err(|error| Failure::new(format!("the schema cannot be printed: {error}")))?;
    output.print(&text)?;
    output.print("\n")?;
    Ok(Status::Done)
}

/// Takes out what TOML cannot say (`null`), and the line breaks of the source.
fn tidy(schema: &mut Schema) {
    if schema
        .get("default")
        .is_some_and(serde_json::Value::is_null)
    {
        schema.remove("default");
    }
    one_line(schema);
}

fn one_line(schema: &mut Schema) {
    if let Some(serde_json::Value::String(text)) = schema.get_mut("description") {
        *text = text.replace('\n', " ");
    }
}

fn head(label: &str, config: &Config) -> String {
    let from = config
        .label
        .as_deref()
        .unwrap_or("no imgfix.toml was found");
    let label = crate::report::printable(label);
    let mut out = format!("# imgfix {}\n", env!("CARGO_PKG_VERSION"));
    let _ = writeln!(out, "# for: {label}");
    let _ = writeln!(out, "# read: {}", crate::report::printable(from));
    if config.overrides_len > 0 {
        let _ = writeln!(
            out,
            "# overrides: {} in the file; those that match the path are applied",
            config.overrides_len
        );
    }
    out.push('\n');
    out
}

fn values(out: &mut String, config: &Config, effective: &Effective) {
    if let Some(version) = &config.required_version {
        line(
            out,
            "required-version",
            &string(&version.value),
            &version.origin,
        );
    }
    let level = string(&effective.level.value.to_string());
    line(out, "level", &level, &effective.level.origin);
    let selected: Vec<String> = crate::transforms()
        .map(|meta| meta.id)
        .filter(|id| {
            let select = effective.select.value.as_ref();
            select.is_none_or(|ids| ids.contains(id))
        })
        .map(|id| id.to_string())
        .collect();
    line(out, "select", &strings(&selected), &effective.select.origin);
    ignored(out, effective);
    let none = Sourced {
        value: Vec::new(),
        origin: Origin::Default,
    };
    let exclude = config.exclude.as_ref().unwrap_or(&none);
    line(out, "exclude", &strings(&exclude.value), &exclude.origin);
    let builder = match effective.builder.value {
        Builder::Auto => "auto",
        Builder::BuildKit => "buildkit",
        Builder::Classic => "classic",
    };
    line(out, "builder", &string(builder), &effective.builder.origin);
    let context = match &effective.context.value {
        ContextChoice::Auto => "auto".to_owned(),
        ContextChoice::None => "none".to_owned(),
        ContextChoice::Folder(folder) => folder.to_string_lossy().into_owned(),
    };
    line(out, "context", &string(&context), &effective.context.origin);
    let all_stages = Value::Boolean(effective.all_stages.value);
    line(out, "all-stages", &all_stages, &effective.all_stages.origin);
    let targets = &effective.targets;
    line(out, "targets", &strings(&targets.value), &targets.origin);
    out.push_str("\n[images]\n");
    let mirrors = &effective.mirrors;
    line(out, "mirrors", &strings(&mirrors.value), &mirrors.origin);
    out.push_str("\n[merge-runs]\n");
    let merge = match effective.merge.value {
        MergeMode::Saving => "saving",
        MergeMode::All => "all",
    };
    line(out, "merge", &string(merge), &effective.merge.origin);
    out.push_str("\n[clean-package-caches]\n");
    let style = match effective.style.value {
        CacheStyle::Cleanup => "cleanup",
        CacheStyle::CacheMount => "cache-mount",
    };
    line(out, "style", &string(style), &effective.style.origin);
    split(out, &effective.split);
    out.push_str("\n[verify]\n");
    for (key, texts) in [
        ("smoke", &effective.smoke),
        ("smoke-http", &effective.smoke_http),
    ] {
        line(out, key, &strings(&texts.value), &texts.origin);
    }
    out.push_str("\n[size]\n");
    let baseline = &effective.baseline;
    if let Some(path) = &baseline.value {
        let path = string(&path.to_string_lossy());
        line(out, "baseline", &path, &baseline.origin);
    }
    for (key, per_cent) in [
        ("warn-above", &effective.warn_above),
        ("fail-above", &effective.fail_above),
    ] {
        line(out, key, &Value::Float(per_cent.value), &per_cent.origin);
    }
}

fn split(out: &mut String, split: &EffectiveSplit) {
    out.push_str("\n[split-stages]\n");
    // What is not set has no value that TOML could say.
    if let Some(language) = &split.language.value {
        line(out, "language", &string(language), &split.language.origin);
    }
    if let Some(kind) = split.kind.value {
        line(out, "template", &string(kind.name()), &split.kind.origin);
    }
    let kinds = split.forbid.value.iter().map(|kind| string(kind.name()));
    let kinds = Value::Array(kinds.collect());
    line(out, "forbid", &kinds, &split.forbid.origin);
    let images = split.images.value.iter();
    let images = images.map(|(public, own)| (public.clone(), string(own)));
    let images = Value::Table(images.collect());
    line(out, "images", &images, &split.images.origin);
    if let Some(packages) = &split.packages.value {
        line(
            out,
            "runtime-packages",
            &strings(packages),
            &split.packages.origin,
        );
    }
    let artifacts = &split.artifacts;
    line(
        out,
        "artifacts",
        &strings(&artifacts.value),
        &artifacts.origin,
    );
    for (key, wanted) in [
        ("jlink", &split.jlink),
        ("spring-layers", &split.spring_layers),
    ] {
        line(out, key, &Value::Boolean(wanted.value), &wanted.origin);
    }
    for template in split.templates.value.iter() {
        let _ = writeln!(
            out,
            "# template `{}`: {}",
            template.name,
            printable(&template.file)
        );
    }
}

/// Each id that is ignored may come from another place.
fn ignored(out: &mut String, effective: &Effective) {
    if effective.ignore.is_empty() {
        line(out, "ignore", &Value::Array(Vec::new()), &Origin::Default);
        return;
    }
    out.push_str("ignore = [\n");
    for (id, origin) in &effective.ignore {
        let _ = writeln!(out, "  {},  # {origin}", string(id.0));
    }
    out.push_str("]\n");
}

fn line(out: &mut String, key: &str, value: &Value, origin: &Origin) {
    let _ = writeln!(out, "{key} = {value}  # {origin}");
}

fn string(text: &str) -> Value {
    Value::String(text.to_owned())
}

fn strings(texts: &[String]) -> Value {
    Value::Array(texts.iter().map(|text| string(text)).collect())
}
