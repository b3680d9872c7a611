//! What the repository builds, starts and mounts of an image otherwise than the Dockerfile says.

use super::site::base_name;
use crate::context::Usage;
use crate::model::images::{BaseCommand, ImageReference, base_contract};
use crate::model::run::is_within;
use crate::model::stage::Stage;
use crate::transform::Input;

/// Whether somebody builds the stage by its name; by its number, which is that of the one that builds from now on, is
/// the error.
pub(super) fn gives_name(input: &Input<'_>, stage: &Stage) -> Result<bool, String> {
    let said = input.surroundings.targets.iter();
    let said = said.map(|target| (target.stage.as_str(), target.origin.as_str()));
    let configured = input.options.targets.iter();
    let configured = configured.map(|target| (target.as_str(), "says the configuration"));
    let mut gives = false;
    for (target, origin) in said.chain(configured) {
        if target == "0" {
            return Err(format!("`0` is built, {origin}"));
        }
        let name = stage.name.as_deref();
        gives |= name.is_some_and(|name| name.eq_ignore_ascii_case(target));
    }
    Ok(gives)
}

/// What is started in the image elsewhere, as far as that can be followed; what cannot is the error.
pub(super) fn others(
    input: &Input<'_>,
    folder: Option<&str>,
    has_entrypoint: bool,
) -> Result<Vec<(String, Vec<String>)>, String> {
    let mut others = Vec::new();
    for usage in &input.surroundings.usages {
        match usage {
            // Other arguments for the same program.
            Usage::Command {
                is_entrypoint: false,
                ..
            } if has_entrypoint => {}
            Usage::Command {
                origin, command, ..
            } => {
                let words = command.split_whitespace().map(str::to_owned);
                let words: Vec<String> = words.collect();
                let is_plain =
                    !command.contains(['$', '`', '&', '|', ';', '"', '\'', '(', '<', '>']);
                let listed = if is_plain && !words.is_empty() {
                    Some(vec![words])
                } else {
                    by_shell(command)
                };
                let listed = listed.ok_or_else(|| format!("`{command}`, {origin}"))?;
                others.extend(listed.into_iter().map(|words| (origin.clone(), words)));
            }
            Usage::Check { .. } | Usage::Elsewhere { .. } => {}
            Usage::Workplace { origin } => return Err(format!("work in it, {origin}")),
            Usage::Mount { origin, target } => {
                let is_over = folder
                    .is_none_or(|folder| is_within(folder, target) || is_within(target, folder))
                    && !is_of_data(target);
                if is_over {
                    return Err(format!("a mount at `{target}`, {origin}"));
                }
            }
        }
    }
    Ok(others)
}

/// The commands of `sh -c "one && another"`, with or without the quotes, where no word is computed.
fn by_shell(command: &str) -> Option<Vec<Vec<String>>> {
    let (shell, text) = command.trim().split_once(" -c ")?;
    let is_shell = matches!(base_name(shell), "sh" | "bash" | "ash");
    let text = text.trim();
    let quote = text.chars().next().filter(|it| matches!(it, '"' | '\''));
    let inner = quote.map_or(Some(text), |quote| {
        text.strip_prefix(quote)?.strip_suffix(quote)
    });
    let inner =
        inner.filter(|it| is_shell && !it.contains(['$', '`', '|', '"', '\'', '(', '<', '>']))?;
    let commands = inner.split("&&").flat_map(|part| part.split(';'));
    let words = commands.map(|command| {
        command
            .split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    });
    // A lone `&` starts something beside it.
    let words: Vec<Vec<String>> = words.filter(|words| !words.is_empty()).collect();
    let is_plain = !words.is_empty() && !words.iter().flatten().any(|word| word.contains('&'));
    is_plain.then_some(words)
}

/// Whether a path below the working folder is by its name one of data that a program keeps, or a file of settings.
fn is_of_data(path: &str) -> bool {
    const FOLDERS: &[&str] = &[
        "backup",
        "backups",
        "cache",
        "certs",
        "conf",
        "config",
        "configs",
        "data",
        "database",
        "db",
        "download",
        "downloads",
        "instance",
        "log",
        "logs",
        "media",
        "migrations",
        "models",
        "output",
        "outputs",
        "persist",
        "storage",
        "temp",
        "tmp",
        "upload",
        "uploads",
        "volume",
    ];
    let name = base_name(path.trim_end_matches('/'));
    let ends = [
        ".cfg", ".conf", ".csv", ".db", ".env", ".ini", ".json", ".log", ".pem", ".sqlite",
        ".sqlite3", ".toml", ".yaml", ".yml",
    ];
    let mut parts = name.split(['_', '-']);
    parts.any(|part| FOLDERS.contains(&part))
        || (name != "package.json" && ends.iter().any(|end| name.ends_with(end)))
}

/// The words that the image of a server starts by itself, where the stage says nothing.
pub(super) fn inherited_start(image: &ImageReference) -> Option<Vec<String>> {
    if !matches!(image.name.as_str(), "jetty" | "tomcat") {
        return None;
    }
    // Jetty's entry point starts what CMD says.
    match base_contract(&image.name, image.tag.as_deref())?.cmd? {
        BaseCommand::Exec(words) => Some(words.into_iter().map(str::to_owned).collect()),
        BaseCommand::Shell(_) => None,
    }
}

/// The words without a shell that reads a script: `bash -e start.sh` is `./start.sh`.
pub(super) fn without_shell(words: &[String]) -> Option<Vec<String>> {
    let (shell, rest) = words.split_first()?;
    let is_shell = matches!(base_name(shell), "bash" | "sh" | "ash" | "dash");
    let is_option = |word: &&String| {
        let letters = word.strip_prefix('-').unwrap_or_default();
        !letters.is_empty() && letters.chars().all(|it| matches!(it, 'e' | 'u' | 'x'))
    };
    let at = rest.iter().take_while(is_option).count();
    let (script, arguments) = rest.get(at..)?.split_first()?;
    let is_plain = is_shell && !script.starts_with('-') && !script.contains(['$', '*', ' ']);
    let script = if script.contains('/') {
        script.clone()
    } else {
        format!("./{script}")
    };
    let words = std::iter::once(script).chain(arguments.iter().cloned());
    is_plain.then(|| words.collect())
}

#[cfg(test)]
mod tests {
    use super::{by_shell, is_of_data, without_shell};

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn a_list_for_a_shell_is_its_commands() {
        let both = Some(vec![words("./main migrate"), words("./main serve")]);
        for command in [
            "sh -c \"./main migrate && ./main serve\"",
            "/bin/bash -c ./main migrate ; ./main serve",
            "ash -c './main migrate; ./main serve'",
        ] {
            assert_eq!(by_shell(command), both, "{command}");
        }
        for command in [
            "python -c 'print(1)'",
            "sh -c \"./main $PORT\"",
            "sh -c './main | tee log'",
            "sh -c './main & ./other'",
            "sh -c ''",
            "./main serve",
        ] {
            assert_eq!(by_shell(command), None, "{command}");
        }
    }

    #[test]
    fn a_script_that_a_shell_reads_is_the_program() {
        for (command, script) in [
            ("bash start.sh", "./start.sh"),
            ("sh -eux ./run.sh --port 80", "./run.sh --port 80"),
            ("/bin/sh /srv/run.sh", "/srv/run.sh"),
        ] {
            assert_eq!(
                without_shell(&words(command)),
                Some(words(script)),
                "{command}"
            );
        }
        for command in [
            "bash",
            "bash -c start.sh",
            "bash -i start.sh",
            "sh $SCRIPT",
            "python a.py",
        ] {
            assert_eq!(without_shell(&words(command)), None, "{command}");
        }
    }

    #[test]
    fn a_folder_of_data_is_known_by_its_name() {
        for path in [
            "/app/data",
            "/app/uploads/",
            "/srv/config",
            "/app/logs_mainnet",
            "/bot/app_data",
            "/app/settings.yml",
            "/app/.env",
        ] {
            assert!(is_of_data(path), "{path}");
        }
        for path in [
            "/app",
            "/app/src",
            "/app/node_modules",
            "/app/package.json",
            "/app/dist",
        ] {
            assert!(!is_of_data(path), "{path}");
        }
    }
}
