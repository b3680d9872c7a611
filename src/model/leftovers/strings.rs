//! Commands that stand in the arguments of others: `su app -c "…"`, `find -exec …`, `chroot / …`.

use super::scripts::{
    is_harmless_download, is_script_path, is_settings, is_shell, known_script, mentions,
};
use crate::context::Surroundings;
use crate::model::command::CommandFact;
use crate::model::packages::{Manager, Operation, Verb};

/// Programs that run none of their arguments: to them they are text, paths or names.
const PRINTERS: &[&str] = &[
    "echo",
    "printf",
    "cat",
    "sed",
    "grep",
    "egrep",
    "tee",
    "test",
    "[",
    "curl",
    "wget",
    "cp",
    "mv",
    "rm",
    "rmdir",
    "ls",
    "cd",
    "mkdir",
    "chmod",
    "chown",
    "touch",
    "ln",
    "export",
    "useradd",
    "usermod",
    "adduser",
    "groupadd",
    "addgroup",
    "tar",
    "unzip",
    "rsync",
    "which",
    "type",
    "sleep",
    "dpkg",
    "dpkg-divert",
    "apt-key",
    "add-apt-repository",
    "update-alternatives",
];

/// Programs beside the shells that run the text of an argument.
const STRING_RUNNERS: &[&str] = &[
    "su", "runuser", "sg", "script", "flock", "watch", "parallel",
];

/// Whether a program runs none of its arguments.
pub fn runs_no_argument(name: &str) -> bool {
    PRINTERS.contains(&name)
}

/// Whether a command runs a script that stands in its arguments.
pub(super) fn is_inline(name: &str, command: &CommandFact) -> bool {
    if !is_shell(name) {
        return STRING_RUNNERS.contains(&name);
    }
    command.arguments().iter().any(|word| {
        word.raw.starts_with('-') && word.raw.ends_with('c') && !word.raw.starts_with("--")
    })
}

/// What in the script of an argument may use a manager's index: a script whose text is not known, or a
/// variable.
pub(super) fn of_inline(
    command: &CommandFact,
    surroundings: &Surroundings,
    manager: &Manager,
) -> Option<String> {
    let name = command.name()?;
    let text = joined(command);
    if mentions(&text, manager) {
        return Some(format!("`{name}`"));
    }
    let downloads = text.contains("curl ") || text.contains("wget ");
    let runs_output = ["$(", "`", "<(", "| sh", "|sh", "| bash", "|bash"]
        .iter()
        .any(|sign| text.contains(sign));
    if downloads && runs_output && !is_harmless_download(&text) {
        return Some(format!("a downloaded script in `{name}`"));
    }
    let is_variable = |text: &str| text.starts_with('$') && !text.contains(char::is_whitespace);
    let mut options = command.arguments().iter();
    let script = options
        .by_ref()
        .find(|word| word.raw.starts_with('-') && word.raw.ends_with('c'))
        .and_then(|_| options.next());
    if let Some(script) = script
        && is_variable(script.raw.trim_matches(['"', '\'']))
        && !script.raw.contains("$(")
    {
        return Some(script.raw.clone());
    }
    let is_border = |char: char| char.is_whitespace() || "\"';&|()".contains(char);
    let words: Vec<&str> = text
        .split(is_border)
        .filter(|word| !word.is_empty())
        .collect();
    let found = words.iter().enumerate().find(|(at, word)| {
        let is_sourced = at
            .checked_sub(1)
            .is_some_and(|before| matches!(words[before], "." | "source"));
        let is_systems = ["/opt/", "/usr/", "/etc/"]
            .iter()
            .any(|folder| word.starts_with(folder));
        let has_extension = word.ends_with(".sh") || word.ends_with(".bash");
        has_extension
            && is_script_path(word)
            && !is_harmless_download(word)
            && !(is_sourced && (is_systems || is_settings(word) || word.ends_with("/setup.bash")))
            && known_script(surroundings, word).is_none_or(|text| mentions(text, manager))
    });
    found.map(|(_, word)| (*word).to_owned())
}

/// A manager's program among the arguments of a command that may run it.
pub(super) fn names_program(
    command: &CommandFact,
    operation: Option<&Operation>,
    manager: &Manager,
) -> Option<String> {
    let name = command.name();
    // To a package manager they are packages.
    let takes_packages =
        operation.is_some_and(|it| !matches!(it.verb, Verb::Other | Verb::Unknown));
    if takes_packages || name.is_some_and(runs_no_argument) {
        return None;
    }
    mentions(&joined(command), manager).then(|| format!("`{}`", name.unwrap_or("a variable")))
}

/// The arguments as written, or all words where no program is known.
fn joined(command: &CommandFact) -> String {
    let words = match command.program {
        Some(program) => &command.words[program + 1..],
        None => &command.words[..],
    };
    let words: Vec<&str> = words.iter().map(|word| word.raw.as_str()).collect();
    words.join(" ")
}
