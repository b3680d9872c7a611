//! Commands that read nothing but what they name, and package managers of the system.

use super::{Reads, Unread, View, uses_sources};
use crate::context::Found;
use crate::model::command::{CommandFact, CommandWord};
use crate::model::packages::{Operation, Verb};
use crate::model::placed::{Placed, PlacedSource, resolved};

/// Programs that read and write only the paths among their arguments, and places of the system.
#[rustfmt::skip]
const BY_NAME: &[&str] = &[
    "mkdir", "chown", "chmod", "rm", "rmdir", "ln", "cp", "mv", "touch", "echo", "printf", "test", "[", "install",
    "useradd", "adduser", "groupadd", "addgroup", "usermod", "groupmod", "passwd", "chsh", "deluser", "userdel",
    "locale-gen", "ldconfig", "update-ca-certificates", "update-alternatives", "dpkg-reconfigure", "apt-key",
    "add-apt-repository", "debconf-set-selections", "tee", "sed", "cat", "grep", "gpg", "setcap",
    "a2enmod", "a2dismod", "a2ensite", "a2dissite", "docker-php-ext-install", "docker-php-ext-enable",
    "docker-php-ext-configure", "pecl", "phpenmod", "curl", "wget", "tar", "unzip", "gunzip", "which", "type",
    "ls", "stat", "df", "uname", "id", "whoami", "date", "sleep", "env", "arch", "dpkg-architecture", "sha256sum",
];

/// Builtins that leave files alone.
#[rustfmt::skip]
const BUILTINS: &[&str] = &[
    "set", "export", "true", "false", ":", "exit", "unset", "readonly", "umask", "ulimit", "shopt", "cd", "hash",
    "local", "trap",
];

/// Programs of which a form that changes settings or says a version reads nothing.
const BY_FORM: &[(&str, &[&str])] = &[
    ("corepack", &["enable", "prepare"]),
    ("node", &["-v", "--version"]),
    ("npm", &["-v", "--version"]),
    ("yarn", &["-v", "--version"]),
    ("python", &["-V", "--version"]),
    ("python3", &["-V", "--version"]),
    ("php", &["-v", "--version"]),
    ("ruby", &["-v", "--version"]),
    ("go", &["version", "env"]),
    ("git", &["config", "--version"]),
    ("rustup", &["component", "target", "toolchain", "default"]),
];

/// The words behind `python -m venv` that are no options.
fn environment(command: &CommandFact) -> Option<impl Iterator<Item = &CommandWord>> {
    let is_python = command
        .name()
        .is_some_and(|name| name == "python" || name.starts_with("python3"));
    let [module, venv, rest @ ..] = command.arguments() else {
        return None;
    };
    let is_it = is_python && module.is("-m") && (venv.is("venv") || venv.is("virtualenv"));
    let is_path = |word: &&CommandWord| !word.raw.starts_with('-');
    is_it.then(|| rest.iter().filter(is_path))
}

/// What a command reads that is no package manager of a language.
pub(super) fn reads(
    view: &View<'_>,
    command: &CommandFact,
    operation: Option<&Operation>,
) -> Result<Reads, Unread> {
    let mut reads = Reads::default();
    if command.words.is_empty() {
        // `name=value`: an expansion in it is a command of its own.
        return redirections(view, command, &mut reads).map(|()| reads);
    }
    if let Some(paths) = environment(command) {
        for word in paths {
            let path = word
                .literal
                .as_deref()
                .ok_or_else(|| uses_sources(command))?;
            reads.makes.insert(view.path(path)?);
        }
        return redirections(view, command, &mut reads).map(|()| reads);
    }
    let by_name = match operation {
        Some(operation) => is_of_system(operation).then_some(operation),
        None => None,
    };
    if command.takes_more_arguments {
        return Err(uses_sources(command));
    }
    if let Some(operation) = by_name {
        if matches!(operation.verb, Verb::Install | Verb::Upgrade | Verb::Fetch) {
            reads.installs = Some(operation.manager.id);
        }
    } else {
        let name = command.name().ok_or_else(|| uses_sources(command))?;
        let by_form = BY_FORM.iter().any(|(program, forms)| {
            let first = command.arguments().first();
            *program == name && first.is_some_and(|word| forms.iter().any(|form| word.is(form)))
        });
        let is_known = BY_NAME.contains(&name) || BUILTINS.contains(&name) || by_form;
        let makes_home = matches!(name, "useradd" | "adduser" | "usermod")
            && command.words.iter().any(|word| {
                let user = word.literal.as_deref().unwrap_or_default();
                touches(view, &format!("/home/{user}"))
            });
        if !is_known || makes_home {
            return Err(uses_sources(command));
        }
        let writes_here = match name {
            "curl" => has_letter(command, 'O') || command.has_argument("--remote-name"),
            "wget" => !has_letter(command, 'O') && !has_letter(command, 'P'),
            "tar" => !has_letter(command, 'C') && !command.has_argument("--directory"),
            "unzip" => !has_letter(command, 'd'),
            "gunzip" | "ls" => true,
            _ => false,
        };
        if writes_here && touches(view, &view.folder) {
            return Err(uses_sources(command));
        }
    }
    if BUILTINS.contains(&command.name().unwrap_or_default()) {
        return redirections(view, command, &mut reads).map(|()| reads);
    }
    let is_first_no_path = matches!(command.name(), Some("chmod" | "chown" | "sed" | "grep"));
    let mut operands = 0;
    for word in command.arguments() {
        let is_operand = !word.raw.starts_with('-');
        operands += usize::from(is_operand);
        let is_path = !(is_first_no_path && is_operand && operands == 1);
        if let Some(file) = of_mode(view, command, word.literal.as_deref()).filter(|_| is_path) {
            // What brings the file again would undo it.
            reads.file(&file);
            reads.makes.insert(file);
        } else if is_path {
            named(view, command, word.literal.as_deref(), &word.raw)?;
        }
    }
    redirections(view, command, &mut reads)?;
    Ok(reads)
}

/// Whether a manager's packages come from an index, and nothing is read of the folder it runs in.
fn is_of_system(operation: &Operation) -> bool {
    operation.manager.is_system || matches!(operation.manager.family, "gem" | "conda")
}

/// The file that `chmod` is about, where COPY has brought it: `chmod +x mvnw`.
fn of_mode(view: &View<'_>, command: &CommandFact, word: Option<&str>) -> Option<String> {
    let is_chmod = command.name() == Some("chmod") && !has_letter(command, 'R');
    let path = resolved(&view.folder, word?).filter(|_| is_chmod)?;
    // An archive, or another stage, may bring it again.
    let is_sure = |placed: &Placed| !placed.sources.contains(&PlacedSource::Other);
    let mut touching = view.placed.iter().filter(|it| it.touches(&path));
    (touching.all(is_sure) && view.look(&path) == Ok(Some(Found::File))).then_some(path)
}

/// A word that is a path which COPY may have brought, or holds one: the command reads or writes it.
fn named(
    view: &View<'_>,
    command: &CommandFact,
    literal: Option<&str>,
    raw: &str,
) -> Result<(), Unread> {
    let text = literal.unwrap_or(raw);
    let text = text.trim_matches(['"', '\'']);
    // `--option=path`, `if=path`.
    let path = match text.split_once('=') {
        Some((_, value)) => value,
        None if text.starts_with('-') => return Ok(()),
        None => text,
    };
    // What a variable or a pattern stands for begins with what stands before it.
    let start = path.find(['$', '*', '?', '`', '[', '{']);
    let known = &path[..start.unwrap_or(path.len())];
    let may_be = match start {
        Some(0) => !(raw.contains("$(") || raw.contains('`')),
        _ => resolved(&view.folder, known).is_none_or(|path| touches(view, &path)),
    };
    // A bare name is a path only for programs that work on files.
    let is_bare = start.is_none() && !known.contains('/') && !matches!(known, "." | "..");
    if may_be && (!is_bare || works_on_files(command)) {
        Err(uses_sources(command))
    } else {
        Ok(())
    }
}

/// Whether the words of a command are names of files rather than of packages, users and settings.
fn works_on_files(command: &CommandFact) -> bool {
    #[rustfmt::skip]
    const PROGRAMS: &[&str] = &[
        "mkdir", "chown", "chmod", "rm", "rmdir", "ln", "cp", "mv", "touch", "tee", "sed", "cat", "grep", "tar",
        "unzip", "gunzip", "install", "setcap", "stat", "ls", "test", "[", "sha256sum", "gpg", "curl", "wget",
    ];
    command.name().is_some_and(|name| PROGRAMS.contains(&name))
}

/// Whether COPY has brought, or may have brought, something at, above or below a path.
fn touches(view: &View<'_>, path: &str) -> bool {
    view.placed.iter().any(|placed| placed.touches(path))
}

/// The files that redirections write are made by the command; one that reads may read a source.
pub(super) fn redirections(
    view: &View<'_>,
    command: &CommandFact,
    reads: &mut Reads,
) -> Result<(), Unread> {
    for written in &command.writes {
        let path = resolved(&view.folder, written).ok_or_else(|| uses_sources(command))?;
        if path.starts_with("/dev/") {
            continue;
        }
        if touches(view, &path) {
            return Err(uses_sources(command));
        }
        reads.makes.insert(path);
    }
    Ok(())
}

/// Whether a cluster of short options holds a letter.
fn has_letter(command: &CommandFact, letter: char) -> bool {
    command.arguments().iter().any(|word| {
        let is_cluster = word.raw.starts_with('-') && !word.raw.starts_with("--");
        is_cluster && word.raw.contains(letter)
    })
}
