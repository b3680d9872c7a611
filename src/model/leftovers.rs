//! What package managers leave in a layer, who removes it, and who needs it later.

use imgfix_syntax::TextRange;

use super::Model;
use super::command::CommandFact;
use super::packages::{Leftover, Manager, Operation, Verb};
use super::run::{Run, RunScript, is_within};
use super::state::State;
use crate::context::Surroundings;

/// Why a package index is needed after a RUN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaterUse {
    /// Where.
    pub range: TextRange,
    /// By what.
    pub by: User,
    /// The command, the script or the file, for people.
    pub name: String,
}

/// What needs, or may need, an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum User {
    /// A command of this file.
    Command,
    /// A script whose text is not understood or not known.
    Script,
    /// An ONBUILD instruction.
    Onbuild,
    /// A Dockerfile of the repository that is built on this image.
    ChildImage,
}

/// The folder of a leftover for the user at `state`; `None` where it is not known.
pub fn folder(leftover: &Leftover, state: &State) -> Option<String> {
    if leftover.moved_by.iter().any(|name| state.sets(name)) {
        return None;
    }
    let Some(below_home) = leftover.folder.strip_prefix("~/") else {
        return Some(leftover.folder.to_owned());
    };
    if state.sets("HOME") || state.is_root() != Some(true) {
        return None;
    }
    Some(format!("/root/{below_home}"))
}

/// Whether an operation leaves it behind: by its verb, and with no flag that keeps it out.
pub fn fills(operation: &Operation, command: &CommandFact, leftover: &Leftover) -> bool {
    let is_dry = operation.has_option(command, &["-s", "--simulate", "--dry-run", "--help", "-h"]);
    let Some(no_cache) = &operation.manager.no_cache else {
        return leftover.filled_by.contains(&operation.verb) && !is_dry;
    };
    let kept_out = operation.option_texts(command).any(|option| {
        no_cache
            .spellings
            .iter()
            .any(|spelling| option.starts_with(spelling))
    });
    let fetches = leftover.is_index
        && operation.verb == Verb::Install
        && fetches_itself(operation, command, no_cache);
    (leftover.filled_by.contains(&operation.verb) || fetches) && !kept_out && !is_dry
}

/// Whether a command behind `operation` in the same RUN removes the leftover.
pub fn is_cleaned_after(run: &Run, operation: &Operation, leftover: &Leftover) -> bool {
    run.commands[operation.command + 1..]
        .iter()
        .any(|command| removes(command, leftover))
        || run.operations.iter().any(|other| {
            other.command > operation.command && cleans(run, other, operation.manager, leftover)
        })
}

/// `apt-get distclean`, `pip cache purge`.
fn cleans(run: &Run, operation: &Operation, manager: &Manager, leftover: &Leftover) -> bool {
    let command = run.command(operation);
    operation.manager.id == manager.id
        && leftover.cleaned_by.iter().any(|words| {
            let rest = command.words[operation.subcommand..].iter();
            rest.zip(words.iter())
                .filter(|(word, text)| word.is(text))
                .count()
                == words.len()
        })
}

/// Whether a command removes a leftover, in any of the usual spellings.
pub fn removes(command: &CommandFact, leftover: &Leftover) -> bool {
    let folder = leftover.folder;
    match command.name() {
        Some("rm") => command
            .arguments()
            .iter()
            .any(|word| is_target(&word.raw, leftover)),
        Some("find") => {
            let starts = command
                .arguments()
                .iter()
                .take_while(|word| !word.raw.starts_with('-'));
            let covers = starts.into_iter().any(|word| {
                is_within(folder, word.raw.trim_end_matches('/'))
                    || is_within(word.raw.trim_end_matches('/'), folder)
            });
            covers
                && command
                    .arguments()
                    .iter()
                    .any(|word| matches!(word.raw.as_str(), "-delete" | "-exec"))
        }
        _ => false,
    }
}

/// Whether a word of an `rm` names the leftover's folder, what is in it, or a folder above it.
pub fn is_target(raw: &str, leftover: &Leftover) -> bool {
    let text: String = raw
        .chars()
        .filter(|char| !matches!(char, '"' | '\''))
        .collect();
    let text = text
        .replacen("${HOME}", "~", 1)
        .replacen("$HOME", "~", 1)
        .replacen("/root/", "~/", 1);
    let text = if text == "/root" {
        "~".to_owned()
    } else {
        text
    };
    let folder = leftover.folder.replacen("/root/", "~/", 1);
    let text = text.trim_end_matches('/');
    let inside = text
        .strip_suffix("/*")
        .or_else(|| text.strip_suffix("/**"))
        .or_else(|| text.strip_suffix("/*_*"))
        .unwrap_or(text);
    if is_within(&folder, inside) && inside.len() > 1 {
        return true;
    }
    // `/var/lib/{apt,dpkg,cache,log}/`
    if let Some((before, rest)) = inside.split_once('{')
        && let Some((names, after)) = rest.split_once('}')
    {
        return names
            .split(',')
            .any(|name| is_target(&format!("{before}{name}{after}"), leftover));
    }
    // `/var/lib/apt/lists*`
    inside
        .strip_suffix('*')
        .is_some_and(|start| start.len() > 1 && folder.starts_with(start))
}

/// Finds the first use of `manager`'s index after `run`: by a later RUN of its stage or of a stage made
/// from it, by an ONBUILD instruction, by an image built on it, or by a script that may.
pub fn later_use(
    model: &Model<'_>,
    surroundings: &Surroundings,
    run: &Run,
    manager: &Manager,
) -> Option<LaterUse> {
    for stage in model.descendants(run.stage) {
        let mut refreshed = false;
        let has_onbuild = model.stages[stage].has_onbuild;
        let from = if stage == run.stage {
            run.item
        } else {
            model.stages[stage].item
        };
        for later in model.runs_after(from) {
            if later.stage != stage || (refreshed && !has_onbuild) {
                break;
            }
            if refreshed && !later.deferred {
                continue;
            }
            if let Some((range, name, by)) = use_without_update(model, surroundings, later, manager)
            {
                let by = if later.deferred { User::Onbuild } else { by };
                return Some(LaterUse { range, by, name });
            }
            // From a RUN on that fetches the index anew and keeps it, this one's is not what is used.
            refreshed |= !later.deferred && fetches_for_good(later, manager);
        }
        let at_start = (!refreshed).then(|| use_at_start(model, surroundings, stage, manager));
        if let Some(found) = at_start
            .flatten()
            .or_else(|| use_of_copy(model, surroundings, stage, manager))
        {
            return Some(found);
        }
    }
    child_use(surroundings, run, manager)
}

/// A start command or health check that installs, by itself or through a script of the context.
fn use_at_start(
    model: &Model<'_>,
    surroundings: &Surroundings,
    stage: usize,
    manager: &Manager,
) -> Option<LaterUse> {
    use imgfix_syntax::Keyword;
    let stage = &model.stages[stage];
    if !stage.has_start_command {
        return None;
    }
    (stage.item..stage.end).find_map(|item| {
        let instruction = model.instruction(item)?;
        if !matches!(
            instruction.keyword,
            Keyword::Cmd | Keyword::Entrypoint | Keyword::Healthcheck
        ) {
            return None;
        }
        let text = instruction.body.as_str();
        let words = text.split(|char: char| {
            char.is_whitespace() || matches!(char, '"' | '[' | ']' | ',' | '\'')
        });
        let script = words.filter(|word| word.contains(['/', '.'])).find(|word| {
            known_script(surroundings, word)
                .is_some_and(|text| installs_without_update(text, manager))
        });
        let name = script.or_else(|| installs_without_update(text, manager).then_some(text))?;
        Some(LaterUse {
            range: instruction.range,
            by: User::Script,
            name: name.to_owned(),
        })
    })
}

/// Whether a text runs the manager and never fetches its index.
fn installs_without_update(text: &str, manager: &Manager) -> bool {
    mentions(text, manager)
        && !manager
            .programs
            .iter()
            .any(|program| text.contains(&format!("{program} update")))
}

/// A stage that takes the folder of the index by `COPY --from` and installs without an update.
fn use_of_copy(
    model: &Model<'_>,
    surroundings: &Surroundings,
    stage: usize,
    manager: &Manager,
) -> Option<LaterUse> {
    let folder = manager
        .leftovers
        .iter()
        .find(|leftover| leftover.is_index)?
        .folder;
    model.stages[stage].uses.iter().find_map(|used| {
        let super::stage::UseKind::Copy(sources) = &used.kind else {
            return None;
        };
        let takes = sources.as_ref().is_none_or(|sources| {
            sources
                .iter()
                .any(|source| is_within(folder, source.trim_end_matches('*')))
        });
        if !takes {
            return None;
        }
        let later = model
            .runs_after(used.item)
            .iter()
            .take_while(|run| run.stage == used.by);
        let (range, name, by) = later
            .into_iter()
            .find_map(|run| use_without_update(model, surroundings, run, manager))?;
        Some(LaterUse { range, by, name })
    })
}

/// Whether a RUN always fetches the index, first of all.
fn fetches_for_good(run: &Run, manager: &Manager) -> bool {
    let first = run.operations_of(manager).next();
    first.is_some_and(|operation| {
        operation.verb == Verb::Update
            && run.command(operation).is_top_level
            && operation.command == 0
    })
}

fn use_without_update(
    model: &Model<'_>,
    surroundings: &Surroundings,
    run: &Run,
    manager: &Manager,
) -> Option<(TextRange, String, User)> {
    let text = model.instruction(run.item)?.range.slice(model.text);
    match &run.script {
        RunScript::Opaque(_) => {
            let mentions = manager
                .programs
                .iter()
                .any(|program| text.contains(program))
                || !text.contains(' ');
            mentions.then(|| {
                (
                    run.range,
                    "a script that is not understood".to_owned(),
                    User::Script,
                )
            })
        }
        RunScript::Exec(words) => {
            let name = words.first().map(|word| base_name(word))?;
            let uses =
                manager.is_program(name) || runs_a_script(name, words.get(1).map(String::as_str));
            uses.then(|| (run.range, name.to_owned(), User::Script))
        }
        RunScript::Shell(_) => {
            let mut updated = false;
            for (at, command) in run.commands.iter().enumerate() {
                if let Some(operation) = run
                    .operations
                    .iter()
                    .find(|it| it.command == at && it.manager.id == manager.id)
                {
                    let has_flag = manager.no_cache.as_ref().is_some_and(|no_cache| {
                        no_cache.replaces_update
                            && (operation.has_option(command, no_cache.spellings)
                                || fetches_itself(operation, command, no_cache))
                    });
                    match operation.verb {
                        Verb::Update => updated |= command.is_top_level,
                        Verb::Install | Verb::Upgrade | Verb::Query | Verb::Unknown
                            if !updated && !has_flag =>
                        {
                            return Some((command.range, command_text(command), User::Command));
                        }
                        _ => {}
                    }
                } else if !updated
                    && let Some(name) = may_use_index(model, text, surroundings, command, manager)
                {
                    return Some((command.range, name, User::Script));
                }
            }
            None
        }
    }
}

fn fetches_itself(
    operation: &Operation,
    command: &CommandFact,
    no_cache: &super::packages::NoCache,
) -> bool {
    operation.has_option(command, no_cache.replaces)
        || no_cache.replaces_letter.is_some_and(|letter| {
            operation
                .option_texts(command)
                .any(|option| super::state::is_short_option(option, letter))
        })
}

fn command_text(command: &CommandFact) -> String {
    let words: Vec<&str> = command
        .words
        .iter()
        .take(4)
        .map(|word| word.raw.as_str())
        .collect();
    words.join(" ")
}

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

/// Programs, other than its command line, that use the index of apt without fetching it.
const USE_APT: &[&str] = &[
    "rosdep",
    "mk-build-deps",
    "gdebi",
    "tasksel",
    "apt-fast",
    "apt-cache",
    "apt-file",
    "apt-rdepends",
    "ansible",
    "ansible-playbook",
    "ansible-pull",
    "puppet",
    "chef-solo",
    "chef-client",
    "salt-call",
    "aptdcon",
    "nala",
    "unattended-upgrade",
    "apt-show-versions",
    "equivs-build",
    "dselect",
    "synaptic",
    "wajig",
];

/// Why a command that is not the manager's own may use its index: the program or the script.
fn may_use_index(
    model: &Model<'_>,
    run_text: &str,
    surroundings: &Surroundings,
    command: &CommandFact,
    manager: &Manager,
) -> Option<String> {
    let name = command.name();
    if name.is_some_and(|name| manager.id == "apt" && USE_APT.contains(&name)) {
        return name.map(str::to_owned);
    }
    let Some(name) = name else {
        // `$INSTALLER x`: the program itself is a variable.
        let program = command.program.map(|at| command.words[at].raw.clone());
        return program;
    };
    let first = command
        .arguments()
        .iter()
        .find(|word| !word.raw.starts_with('-'))
        .map(|word| word.raw.as_str());
    let path = command.words[command.program?].raw.as_str();
    let script = if is_shell(name) || matches!(name, "." | "source") {
        // `bash -c "…"` holds a script of its own; `curl … | bash` runs what it downloads.
        let inline = command.has_argument("-c")
            || command.arguments().iter().any(|word| {
                word.raw.starts_with('-') && word.raw.ends_with('c') && !word.raw.starts_with("--")
            });
        if inline {
            let text = command
                .arguments()
                .iter()
                .map(|word| word.raw.as_str())
                .collect::<Vec<_>>()
                .join(" ");
            return mentions(&text, manager).then(|| format!("{name} -c"));
        }
        if first.is_none() && command.is_in(imgfix_syntax::shell::Enclosure::Pipe) {
            let is_known = HARMLESS_SCRIPTS.iter().any(|url| run_text.contains(url));
            return (!is_known).then(|| format!("a downloaded script, piped into {name}"));
        }
        first.filter(|script| base_name(script) != "activate")?
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

fn is_shell(name: &str) -> bool {
    matches!(name, "sh" | "bash" | "dash" | "ash" | "zsh" | "ksh")
}

/// Whether a COPY or ADD puts a program of that name into a folder of programs.
fn is_copied_program(model: &Model<'_>, name: &str) -> bool {
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
            says_so && file.contains('.') && file != "setup.py"
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
fn is_script_path(path: &str) -> bool {
    let name = base_name(path);
    let has_extension = [".sh", ".bash", ".py", ".pl", ".rb"]
        .iter()
        .any(|extension| name.ends_with(extension));
    // `./configure`, `./gradlew`: what builds a program does not install packages.
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
    !builds && !is_tool && (has_extension || !in_bin)
}

/// The text of a script of the build context, by the last part of its path.
fn known_script<'s>(surroundings: &'s Surroundings, path: &str) -> Option<&'s str> {
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

fn runs_a_script(name: &str, argument: Option<&str>) -> bool {
    is_shell(name) && argument.is_some() || name.ends_with(".sh")
}

/// Whether a script's text speaks of the manager, or of another script whose text is not here.
fn mentions(text: &str, manager: &Manager) -> bool {
    text.split(|char: char| !(char.is_ascii_alphanumeric() || matches!(char, '-' | '_')))
        .any(|word| {
            manager.programs.contains(&word) || (manager.id == "apt" && USE_APT.contains(&word))
        })
}

fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A Dockerfile of the repository, built on this image, that uses the index without fetching it.
fn child_use(surroundings: &Surroundings, run: &Run, manager: &Manager) -> Option<LaterUse> {
    surroundings.children.iter().find_map(|child| {
        let file = imgfix_syntax::parse(&child.text);
        let nothing = Surroundings::default();
        let model = Model::new(
            &child.text,
            &file,
            &nothing,
            &crate::settings::Options::default(),
        );
        let stage = model.stages.iter().find(|stage| {
            stage
                .image
                .as_ref()
                .is_some_and(|image| child.reference.contains(image.name.as_str()))
        })?;
        let found = model.descendants(stage.index).into_iter().any(|stage| {
            model
                .runs_of(stage)
                .next()
                .is_some_and(|first| use_without_update(&model, &nothing, first, manager).is_some())
        });
        found.then(|| LaterUse {
            range: run.range,
            by: User::ChildImage,
            name: child.path.clone(),
        })
    })
}

/// Where a stage's cache is copied from on purpose: a `COPY --from` of the cache folder itself.
pub fn copied_elsewhere(model: &Model<'_>, stage: usize, leftover: &Leftover) -> Option<String> {
    model
        .descendants(stage)
        .iter()
        .flat_map(|&stage| &model.stages[stage].uses)
        .find_map(|used| {
            let super::stage::UseKind::Copy(Some(sources)) = &used.kind else {
                return None;
            };
            let source = sources.iter().find(|source| {
                let source = source.replacen("/root/", "~/", 1);
                is_within(&source, leftover.folder)
                    || leftover.parents.contains(&source.trim_end_matches('/'))
            })?;
            Some(format!("`COPY --from` takes `{source}`"))
        })
}

/// A configuration file, written by the RUN or before it, that may decide about a manager's cache.
pub fn configured(model: &Model<'_>, run: &Run, manager: &Manager) -> Option<String> {
    let names: &[&str] = match manager.id {
        "pip" => &[
            "pip.conf",
            "no-cache-dir",
            "no_cache_dir",
            "PIP_CONFIG_FILE",
            "/etc/pip",
        ],
        "apk" => &["/etc/apk/cache"],
        _ => return None,
    };
    let stage = &model.stages[run.stage];
    let texts =
        (stage.item..=run.item).filter_map(|item| Some(model.instruction(item)?.body.as_str()));
    let mut hits = texts.flat_map(|text| {
        let is_flag = text.contains("--no-cache-dir");
        names
            .iter()
            .filter(move |name| !is_flag && text.contains(**name))
    });
    hits.next().map(|name| format!("`{name}`"))
}
