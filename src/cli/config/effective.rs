//! `imgfix config`: what holds for a path, and where each value comes from.

use std::fmt::Write as _;
use std::path::Path;

use imgfix::settings::{Builder, MergeMode, Settings};

use super::Loaded;
use crate::cli::args::Choice;

/// The effective configuration as TOML, each value with its origin in a comment.
pub(crate) fn print(
    settings: &Settings,
    loaded: Option<&Loaded>,
    choice: &Choice,
    file: &Path,
) -> String {
    let origin = |key: &str, flag: bool| origin(loaded, file, key, flag);
    let mut text = String::new();
    let mut line = |key: &str, value: String, from: String| {
        let _ = writeln!(text, "{key} = {value}  # {from}");
    };
    let ids = |ids: Vec<&str>| toml_list(&ids);
    let select = match &settings.select {
        Some(select) => select.iter().map(|id| id.0).collect(),
        None => imgfix::transforms().map(|meta| meta.id.0).collect(),
    };
    line(
        "level",
        format!("\"{}\"", settings.level),
        origin("level", choice.safe || choice.r#unsafe),
    );
    line(
        "select",
        ids(select),
        origin("select", !choice.select.is_empty()),
    );
    line(
        "ignore",
        ids(settings.ignore.iter().map(|id| id.0).collect()),
        origin("ignore", !choice.ignore.is_empty()),
    );
    let exclude = loaded.map_or(&[][..], |loaded| &loaded.file.exclude);
    line(
        "exclude",
        toml_list(&exclude.iter().map(String::as_str).collect::<Vec<_>>()),
        origin("exclude", false),
    );
    let builder = match settings.options.builder {
        Builder::Auto => "auto",
        Builder::BuildKit => "buildkit",
        Builder::Classic => "classic",
    };
    line(
        "builder",
        format!("\"{builder}\""),
        origin("builder", false),
    );
    line(
        "all-stages",
        settings.options.all_stages.to_string(),
        origin("all-stages", false),
    );
    let targets: Vec<&str> = settings
        .options
        .targets
        .iter()
        .map(String::as_str)
        .collect();
    line("targets", toml_list(&targets), origin("targets", false));
    let mirrors: Vec<&str> = settings
        .options
        .mirrors
        .iter()
        .map(String::as_str)
        .collect();
    let _ = writeln!(
        text,
        "\n[images]\nmirrors = {}  # {}",
        toml_list(&mirrors),
        origin_of_table(loaded, "images", "mirrors")
    );
    let merge = match settings.options.merge {
        MergeMode::Saving => "saving",
        MergeMode::All => "all",
    };
    let _ = writeln!(
        text,
        "\n[merge-runs]\nmerge = \"{merge}\"  # {}",
        self::origin(loaded, file, "merge-runs", false)
    );
    text
}

fn toml_list(items: &[&str]) -> String {
    toml::Value::from(items.to_vec()).to_string()
}

/// Where a value comes from: a flag, an override, the file, or the default.
fn origin(loaded: Option<&Loaded>, file: &Path, key: &str, flag: bool) -> String {
    if flag {
        return "from the command line".to_owned();
    }
    let Some(loaded) = loaded else {
        return "default".to_owned();
    };
    let Some(table) = table(loaded) else {
        return "default".to_owned();
    };
    let relative = file.strip_prefix(&loaded.folder).unwrap_or(file);
    let overrides = table.get("overrides").and_then(toml::Value::as_array);
    let last = overrides
        .into_iter()
        .flatten()
        .zip(&loaded.overrides)
        .enumerate()
        .filter(|(_, (over, paths))| over.get(key).is_some() && paths.is_match(relative));
    if let Some((at, _)) = last.last() {
        return format!("from {}, override {}", loaded.path.display(), at + 1);
    }
    if table.contains_key(key) {
        format!("from {}", loaded.path.display())
    } else {
        "default".to_owned()
    }
}

fn origin_of_table(loaded: Option<&Loaded>, table_name: &str, key: &str) -> String {
    let set = loaded
        .and_then(|loaded| Some((loaded, table(loaded)?)))
        .filter(|(_, table)| {
            table
                .get(table_name)
                .and_then(|inner| inner.get(key))
                .is_some()
        });
    set.map_or("default".to_owned(), |(loaded, _)| {
        format!("from {}", loaded.path.display())
    })
}

fn table(loaded: &Loaded) -> Option<toml::Table> {
    std::fs::read_to_string(&loaded.path).ok()?.parse().ok()
}
