//! `imgfix templates`: the templates of `split-stages`, and what each says of the Dockerfiles that are named.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::rewrite::{bug, guarded};
use crate::cli::args::SettingsArgs;
use crate::cli::config::Configs;
use crate::cli::discovery::{Found, discover};
use crate::cli::error::{Failure, name_hint};
use crate::cli::output::Output;
use crate::cli::place::Places;
use crate::cli::surroundings::Repositories;
use crate::cli::{Status, input};
use crate::report::printable;
use crate::settings::{OwnTemplate, RuntimeKind};
use crate::transform::{Answer, TemplateMeta, TemplateVerdict};

/// Lists all templates, or says of each why it fits a Dockerfile or does not.
pub(crate) fn run(
    paths: &[PathBuf],
    args: &SettingsArgs,
    output: &mut Output,
) -> Result<Status, Failure> {
    if paths.is_empty() {
        output.print(&list(&own_templates(args)?))?;
        return Ok(Status::Done);
    }
    let mut places = Places::new()?;
    let mut configs = Configs::new(args, &mut places)?;
    let found = discover(paths, &mut places, &mut configs)?;
    for failure in &found.failures {
        output.fail(failure);
    }
    let mut has_failed = !found.failures.is_empty();
    let roots = found.files.iter().map(|file| &file.root);
    let repositories = Repositories::new(roots, found.listings);
    for file in &found.files {
        match verdicts(file, &configs, &repositories) {
            Ok(verdicts) => output.print(&told(&file.label, &verdicts))?,
            Err(failure) => {
                output.fail(&failure);
                has_failed = true;
            }
        }
    }
    Ok(if has_failed {
        Status::Failed
    } else {
        Status::Done
    })
}

/// Prints the page of a template.
pub(crate) fn explain(
    name: &str,
    args: &SettingsArgs,
    output: &mut Output,
) -> Result<Status, Failure> {
    if let Some(meta) = crate::templates().find(|meta| meta.name == name) {
        output.print(meta.page)?;
        return Ok(Status::Done);
    }
    let own = own_templates(args)?;
    if let Some(own) = own.iter().find(|own| own.name == name) {
        output.print(&page(own))?;
        return Ok(Status::Done);
    }
    let names = crate::templates().map(|meta| meta.name);
    let names: Vec<&str> = names
        .chain(own.iter().map(|own| own.name.as_str()))
        .collect();
    let hint = name_hint(name, &names, "templates");
    Err(Failure::new(format!("unknown template `{name}`")).hint(hint))
}

/// The templates of the user's, by the configuration for the current folder.
fn own_templates(args: &SettingsArgs) -> Result<Arc<[OwnTemplate]>, Failure> {
    let mut places = Places::new()?;
    let mut configs = Configs::new(args, &mut places)?;
    let folder = Path::new(".")
        .canonicalize()
        .map_err(|error| Failure::io(".", &error))?;
    let config = configs.of_folder(&folder, &mut places)?;
    Ok(config.effective(None, &configs).split.templates.value)
}

fn list(own: &[OwnTemplate]) -> String {
    let mut text = String::new();
    for meta in crate::templates() {
        let TemplateMeta {
            name,
            summary,
            images,
            files,
            kinds,
            ..
        } = meta;
        let kinds: Vec<&str> = kinds.iter().copied().map(RuntimeKind::name).collect();
        let _ = writeln!(text, "{name}\n  makes   {summary}");
        let _ = writeln!(text, "  builds  on {}", images.join(", "));
        let _ = writeln!(text, "  reads   {}", files.replace('`', ""));
        let _ = writeln!(text, "  runs    on {}", kinds.join(", "));
    }
    for own in own {
        let OwnTemplate {
            name,
            summary,
            file,
            base_images,
            files,
            image,
            ..
        } = own;
        let _ = writeln!(
            text,
            "{name} ({})\n  makes   {}",
            printable(file),
            printable(summary)
        );
        let _ = writeln!(text, "  builds  on {}", printable(&base_images.join(", ")));
        if !files.is_empty() {
            let _ = writeln!(text, "  reads   {}", printable(&files.join(", ")));
        }
        let _ = writeln!(text, "  runs    on {}", printable(image));
    }
    text
}

/// What a template of the user's says, as a page.
fn page(own: &OwnTemplate) -> String {
    let mut text = format!("# {}\n\n{}\n\n", own.name, printable(&own.summary));
    let list = |items: &[String]| {
        let items: Vec<String> = items
            .iter()
            .map(|it| format!("`{}`", printable(it)))
            .collect();
        items.join(", ")
    };
    let mut line = |what: &str, said: String| {
        if !said.is_empty() {
            let _ = writeln!(text, "- {what}: {said}");
        }
    };
    line("read from", format!("`{}`", printable(&own.file)));
    line("builds on", list(&own.base_images));
    line("files that have to be there", list(&own.files));
    line("commands that have to be run", list(&own.commands));
    line("commands of the build", list(&own.build_commands));
    line("variables of the build", list(&own.build_environment));
    line("runs on", list(std::slice::from_ref(&own.image)));
    line("packages", list(&own.packages));
    line("brings", list(&own.artifacts));
    let variables = own.environment.iter();
    let variables: Vec<String> = variables.map(|(name, _)| name.clone()).collect();
    line("sets", list(&variables));
    line("user", list(own.user.as_slice()));
    line(
        "starts",
        list(own.entry_point.as_deref().unwrap_or_default()),
    );
    text
}

fn verdicts(
    file: &Found,
    configs: &Configs,
    repositories: &Repositories,
) -> Result<Vec<TemplateVerdict>, Failure> {
    let text = input::read_text(&file.path, &file.label)?;
    let settings = file.config.settings(&file.path, configs);
    let surroundings =
        repositories.surroundings(&file.root, file.relative(), &text, &settings.context);
    let label = &file.label;
    let verdicts = guarded(label, || {
        crate::template_verdicts(&text, &surroundings, &settings)
    })?;
    verdicts.map_err(|error| bug(label, &error.to_string()))
}

fn told(label: &str, verdicts: &[TemplateVerdict]) -> String {
    let mut text = format!("{}\n", printable(label));
    let width = verdicts.iter().map(|it| it.name.len()).max().unwrap_or(0);
    for TemplateVerdict { name, answer } in verdicts {
        let said = match answer {
            Answer::OtherBuild(why) => format!("no match: {why}"),
            Answer::AfterAnother(first) => format!("matches; `{first}` is asked first"),
            Answer::Declined {
                reason,
                message,
                detail,
            } => {
                let detail = if detail.is_empty() {
                    String::new()
                } else {
                    format!(": {detail}")
                };
                format!("matches, and declines ({reason}): {message}{detail}")
            }
            Answer::Nothing => "matches, and makes nothing smaller".to_owned(),
            Answer::Splits(title) => format!("matches: {title}"),
        };
        let _ = writeln!(text, "  {name:width$}  {}", printable(&said));
    }
    text
}
