//! Scripts and programs that may use a package index without fetching it.

use super::strings;
use crate::context::Surroundings;
use crate::model::Model;
use crate::model::command::{CommandFact, CommandWord};
use crate::model::packages::Manager;
use crate::model::run::{Run, RunForm};

/// Parts of the addresses of much-used install scripts, which install nothing from the archive or fetch its
/// index first (read 2026-08).
const HARMLESS_SCRIPTS: &[&str] = &[
    "deb.nodesource.com",
    "sh.rustup.rs",
    "/nvm/",
    "get-pip.py",
    "install.python-poetry.org",
    "get-poetry.py",
    "get.sdkman.io",
    "astral.sh",
    "bun.sh",
    "deno.land",
    "ohmyzsh",
    "oh-my-zsh",
    "yarnpkg.com/install.sh",
    "getcomposer.org",
    "get.docker.com",
    "get.pnpm.io",
    "packagecloud.io/install",
];

/// Whether a text speaks of one of the scripts that are known to be harmless.
pub(super) fn is_harmless_download(text: &str) -> bool {
    HARMLESS_SCRIPTS.iter().any(|url| text.contains(url))
}

/// Why a command that is not the manager's own may use its index: the program or the script.
pub(super) fn may_use_index(
    model: &Model,
    surroundings: &Surroundings,
    run: &Run,
    at: usize,
    manager: &Manager,
) -> Option<String> {
    let command = &run.commands[at];
    let operation = run.operations.iter().find(|it| it.command == at);
    by_its_program(model, surroundings, run, command, manager)
        .or_else(|| strings::names_program(command, operation, manager))
}

fn by_its_program(
    model: &Model,
    surroundings: &Surroundings,
    run: &Run,
    command: &CommandFact,
    manager: &Manager,
) -> Option<String> {
    let Some(name) = command.name() else {
        // `$INSTALLER x`: the program itself is a variable.
        let program = command.program.map(|at| command.words[at].raw.clone());
        return program;
    };
    if manager.used_by.contains(&name) {
        return Some(name.to_owned());
    }
    // `bash -c "…"` holds a script of its own; `curl … | bash` runs what it downloads.
    if strings::is_inline(name, command) {
        return strings::of_inline(command, surroundings, manager);
    }
    let first = if is_shell(name) {
        script_of_shell(command)
    } else {
        let mut words = command.arguments().iter();
        words.find(|word| !word.raw.starts_with('-'))
    };
    let first = first.map(|word| word.raw.as_str());
    let path = command.words[command.program?].raw.as_str();
    let script = if is_shell(name) || matches!(name, "." | "source") {
        let reads_input = runs_input(command);
        if reads_input && command.is_in(imgfix_syntax::shell::Enclosure::Pipe) {
            let text = run.range.slice(&model.text);
            return (!is_harmless_download(text))
                .then(|| format!("a downloaded script, piped into {name}"));
        }
        if reads_input && command.has_redirections {
            let text = run.script().map_or("", |script| script.text());
            let is_read = run.form == RunForm::HeredocInput;
            return (!is_read || installs_without_update(text, manager))
                .then(|| format!("a script that {name} reads"));
        }
        first.filter(|script| !is_settings(script))?
    } else if matches!(name, "eval") {
        return Some("eval".to_owned());
    } else if path.contains('/') && is_script_path(path) {
        path
    } else if is_copied_program(model, name) {
        name
    } else {
        interpreted_installer(name, first)?
    };
    match known_script(surroundings, script) {
        Some(text) => mentions(text, manager).then(|| script.to_owned()),
        None => Some(script.to_owned()),
    }
}

pub(super) fn is_shell(name: &str) -> bool {
    matches!(name, "sh" | "bash" | "dash" | "ash" | "zsh" | "ksh")
}

/// The file that a shell runs: its first argument that is neither an option nor the name behind `-o`.
fn script_of_shell(command: &CommandFact) -> Option<&CommandWord> {
    let mut words = command.arguments().iter();
    while let Some(word) = words.next() {
        if !word.raw.starts_with(['-', '+']) {
            return Some(word);
        }
        if word.raw.ends_with('o') && !word.raw.starts_with("--") {
            words.next();
        }
    }
    None
}

/// Whether a command is a shell that runs what it reads from a here-document or a pipe.
pub fn runs_input(command: &CommandFact) -> bool {
    let Some(name) = command.name().filter(|name| is_shell(name)) else {
        return false;
    };
    !strings::is_inline(name, command)
        && (script_of_shell(command).is_none() || command.has_argument("-s"))
}

/// Whether a file is one that a shell reads for what it sets.
pub(super) fn is_settings(path: &str) -> bool {
    SETTINGS.contains(&base_name(path))
}

/// Files that a shell reads for the variables and functions they set.
const SETTINGS: &[&str] = &[
    "activate",
    ".bashrc",
    ".bash_profile",
    ".profile",
    "profile",
    "bashrc",
    "environment",
    "os-release",
    "lsb-release",
    "nvm.sh",
    "sdkman-init.sh",
    "conda.sh",
    "rvm",
    "rvm.sh",
    "env",
    "envvars",
];

/// Whether a COPY or ADD puts a program of that name into a folder of programs.
fn is_copied_program(model: &Model, name: &str) -> bool {
    model.copied_programs().any(|program| program == name)
}

/// A script for another interpreter, or a target of make, whose name says that it installs.
fn interpreted_installer<'c>(name: &str, first: Option<&'c str>) -> Option<&'c str> {
    let base = name.trim_end_matches(|char: char| char.is_ascii_digit() || char == '.');
    let script = first?;
    let file = base_name(script);
    let says_so = ["deps", "depend", "install", "bootstrap", "provision"]
        .iter()
        .any(|word| file.contains(word));
    let is_it = match base {
        "python" | "perl" | "ruby" | "php" | "node" => {
            // A text in quotes is a program of its own.
            says_so && !script.contains(['(', ' ']) && file.contains('.') && file != "setup.py"
        }
        "make" => file.contains("deps") || file.contains("depend"),
        "opam" => script == "depext" || script == "install",
        _ => false,
    };
    is_it.then_some(script)
}

/// Programs that virtual environments and local installs hold, and that install nothing from the archive.
const KNOWN_TOOLS: &[&str] = &[
    "activate",
    "pip",
    "python",
    "conda",
    "mamba",
    "npm",
    "npx",
    "node",
    "yarn",
    "pnpm",
    "gem",
    "bundle",
    "rake",
    "cargo",
    "rustup",
    "poetry",
    "uv",
    "pipenv",
    "composer",
    "artisan",
    "manage.py",
    "gunicorn",
    "flask",
    "java",
    "mvn",
    "gradle",
    "go",
];

/// Whether a path is that of a script rather than of an installed program.
pub(super) fn is_script_path(path: &str) -> bool {
    let name = base_name(path);
    let has_extension = [".sh", ".bash", ".py", ".pl", ".rb"]
        .iter()
        .any(|extension| name.ends_with(extension));
    // `./configure`, `./gradlew`: what builds a program does not install packages.
    let is_systems_own = ["/etc/init.d/", "/var/lib/dpkg/info/", "/usr/share/"]
        .iter()
        .any(|folder| path.starts_with(folder));
    let builds = matches!(
        name,
        "configure"
            | "autogen.sh"
            | "bootstrap.sh"
            | "gradlew"
            | "mvnw"
            | "config"
            | "Configure"
            | "buildconf"
            | "waf"
            | "b2"
            | "bootstrap"
    );
    let in_bin = ["/usr/", "/bin/", "/sbin/", "/opt/"]
        .iter()
        .any(|folder| path.starts_with(folder));
    let is_tool = KNOWN_TOOLS
        .contains(&name.trim_end_matches(|char: char| char.is_ascii_digit() || char == '.'));
    !builds && !is_tool && !is_systems_own && (has_extension || !in_bin)
}

/// The text of a script of the build context, by the last part of its path.
pub(super) fn known_script<'s>(surroundings: &'s Surroundings, path: &str) -> Option<&'s str> {
    let name = base_name(path);
    let mut found = surroundings
        .context
        .files
        .iter()
        .filter(|(file, _)| base_name(file) == name);
    let (_, text) = found.next()?;
    // Two scripts of one name: no telling which is meant.
    if found.next().is_some() {
        return None;
    }
    text.as_deref()
}

pub(super) fn runs_a_script(name: &str, argument: Option<&str>) -> bool {
    is_shell(name) && argument.is_some() || name.ends_with(".sh")
}

/// Programs whose names folders have, too: `/etc/apt` and `https://example.com/apt` are none.
const FOLDERS: &[&str] = &["apt", "apk", "go"];

/// Whether a script's text speaks of the manager, or of another script whose text is not here.
pub(super) fn mentions(text: &str, manager: &Manager) -> bool {
    text.split(|char: char| {
        !(char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '/' | '.'))
    })
    .any(|word| {
        let name = base_name(word);
        let folder = word.strip_suffix(name).unwrap_or_default();
        let is_elsewhere = folder.starts_with('/') && !folder.ends_with("bin/");
        let is_program = !(is_elsewhere && FOLDERS.contains(&name));
        is_program && (manager.is_program(name) || manager.used_by.contains(&name))
    })
}

/// Whether a text runs the manager and never fetches its index.
pub(super) fn installs_without_update(text: &str, manager: &Manager) -> bool {
    mentions(text, manager)
        && !manager
            .programs
            .iter()
            .any(|program| text.contains(&format!("{program} update")))
}

pub(super) fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
