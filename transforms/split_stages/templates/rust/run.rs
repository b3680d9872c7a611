//! A program that `cargo run` starts, where a step has built it.

use crate::model::command::CommandFact;
use crate::model::placed::joined;
use crate::transform::Applicability;
use crate::transforms::split_stages::plan::Plan;
use crate::transforms::split_stages::site::{Site, base_name};

/// What `cargo run` starts: the program, and its arguments.
pub(super) struct RunByCargo {
    pub(super) words: Vec<String>,
}

/// What the container starts with `cargo run`, where its words say it all and a step builds the same.
pub(super) fn run_by_cargo(site: &Site<'_>) -> Option<RunByCargo> {
    let [cargo, verb, options @ ..] = site.words.as_slice() else {
        return None;
    };

    let is_run = base_name(cargo) == "cargo" && matches!(verb.as_str(), "run" | "r");

    if !is_run || !site.has_plain_command() {
        return None;
    }
    let end = options.iter().position(|word| word == "--");
    let (options, arguments) = options.split_at(end.unwrap_or(options.len()));
    let (mut is_release, mut name) = (false, None);
    let mut options = options.iter();
    while let Some(option) = options.next() {
        match option.as_str() {
            "--release" | "-r" => is_release = true,
            "--quiet" | "-q" | "--locked" | "--offline" | "--frozen" => {}
            "--bin" => name = Some(options.next()?.clone()),
            _ => return None,
        }
    }
    let runs = site.input.model.runs_of(site.stage.index);
    let mut builds = runs.flat_map(|run| &run.commands).filter(|command| {
        command.name() == Some("cargo")
            && command.arguments().first().is_some_and(|it| it.is("build"))
    });
    let says_release =
        |command: &CommandFact| command.has_argument("--release") || command.has_argument("-r");
    if !builds.any(|command| says_release(command) == is_release) {
        return None;
    }
    let profile = if is_release { "release" } else { "debug" };
    let program = joined(
        &joined(&site.folder()?, &format!("target/{profile}")),
        &name.or_else(|| only_program(site))?,
    );
    let arguments = arguments.iter().skip(1).cloned();
    let words = std::iter::once(program).chain(arguments);
    Some(RunByCargo {
        words: words.collect(),
    })
}

/// The name of the only program of the project.
fn only_program(site: &Site<'_>) -> Option<String> {
    let text = site.text(&joined(&site.folder()?, "Cargo.toml"))?;
    let table: toml::Table = toml::from_str(text).ok()?;
    let package = table.get("package")?;
    let named = table.get("bin").and_then(toml::Value::as_array);
    let names: Vec<&str> = named
        .into_iter()
        .flatten()
        .filter_map(|it| it.get("name")?.as_str())
        .collect();
    let has_more = site
        .copied()?
        .iter()
        .any(|file| file.origin.contains("src/bin/"));
    let wanted = package.get("default-run").and_then(toml::Value::as_str);
    match (wanted, names.as_slice()) {
        (Some(wanted), _) => Some(wanted.to_owned()),
        (None, [name]) if !has_more => Some((*name).to_owned()),
        (None, []) if !has_more => package.get("name")?.as_str().map(str::to_owned),
        _ => None,
    }
}

impl RunByCargo {
    /// The plan of one that starts the program itself: it stops for other signals, and with other exit codes.
    pub(super) fn applied_to(&self, mut plan: Plan) -> Plan {
        plan.told.start = Some(("CMD", self.words.clone()));
        plan.applicability = Applicability::Unsafe;
        let because = "the program that was built is started, and not built anew where a source is newer; what \
                       `cargo run` makes of signals, exit codes and variables is not the same";
        because.clone_into(&mut plan.because);
        plan
    }
}
