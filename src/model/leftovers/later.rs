//! Who needs a package index after the RUN that fetched it.

use imgfix_syntax::TextRange;

use super::fetches_itself;
use super::removals::may_name_unknown;
use super::scripts::{
    base_name, installs_without_update, known_script, may_use_index, mentions, runs_a_script,
};
use super::strings::runs_no_argument;
use crate::context::Surroundings;
use crate::model::command::CommandFact;
use crate::model::packages::{Manager, Verb};
use crate::model::run::{Run, RunScript, is_within};
use crate::model::stage::UseKind;
use crate::model::{Model, Readers};

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

/// Finds the first use of `manager`'s index after `run`: by a later RUN of its stage or of a stage made
/// from it, by an ONBUILD instruction, by an image built on it, or by a script that may.
pub fn later_use(
    model: &Model,
    surroundings: &Surroundings,
    run: &Run,
    manager: &Manager,
) -> Option<LaterUse> {
    first_use(model, surroundings, run, manager, &|_, _| true)
}

/// The same, but for commands of the manager in later RUNs that have the index in a mount.
pub fn later_use_beside_mounts(
    model: &Model,
    surroundings: &Surroundings,
    run: &Run,
    manager: &Manager,
    has_mount: &dyn Fn(&Run) -> bool,
) -> Option<LaterUse> {
    first_use(model, surroundings, run, manager, &|later, by| {
        by != User::Command || !has_mount(later)
    })
}

fn first_use(
    model: &Model,
    surroundings: &Surroundings,
    run: &Run,
    manager: &Manager,
    counts: &dyn Fn(&Run, User) -> bool,
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
                if counts(later, by) {
                    return Some(LaterUse { range, by, name });
                }
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
    child_use(model, surroundings, run, manager)
}

/// A start command or health check that installs, by itself or through a script of the context.
fn use_at_start(
    model: &Model,
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
        let script = start_words(text)
            .filter(|word| word.contains(['/', '.']))
            .find(|word| {
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

/// The words of a start command, of either form.
fn start_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|char: char| char.is_whitespace() || matches!(char, '"' | '[' | ']' | ',' | '\''))
}

/// A script, by its name, that a start command of a stage names and whose text is not here.
pub fn unknown_start_script<'m>(
    model: &'m Model,
    surroundings: &Surroundings,
    stage: usize,
) -> Option<&'m str> {
    use imgfix_syntax::Keyword;
    let stage = &model.stages[stage];
    let starts = (stage.item..stage.end)
        .filter_map(|item| model.instruction(item))
        .filter(|instruction| {
            matches!(
                instruction.keyword,
                Keyword::Cmd | Keyword::Entrypoint | Keyword::Healthcheck
            )
        });
    starts
        .flat_map(|instruction| start_words(instruction.body.as_str()))
        .find(|word| {
            let name = base_name(word);
            let is_script = [".sh", ".bash", ".py", ".rb", ".pl"]
                .iter()
                .any(|extension| name.ends_with(extension));
            let is_own =
                word.contains('/') || model.copied_programs().any(|program| program == name);
            is_script && is_own && known_script(surroundings, word).is_none()
        })
}

/// A stage that takes the folder of the index by `COPY --from` and installs without an update.
fn use_of_copy(
    model: &Model,
    surroundings: &Surroundings,
    stage: usize,
    manager: &Manager,
) -> Option<LaterUse> {
    let folder = manager
        .leftovers
        .iter()
        .find(|leftover| leftover.is_index())?
        .folder;
    model.stages[stage].uses.iter().find_map(|used| {
        let UseKind::Copy(sources) = &used.kind else {
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
    model: &Model,
    surroundings: &Surroundings,
    run: &Run,
    manager: &Manager,
) -> Option<(TextRange, String, User)> {
    let text = model.instruction(run.item)?.range.slice(&model.text);
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
            let uses = mentions(&words.join(" "), manager) && !runs_no_argument(name)
                || runs_a_script(name, words.get(1).map(String::as_str));
            uses.then(|| (run.range, name.to_owned(), User::Script))
        }
        RunScript::Shell(_) => {
            let updates = |at: usize| {
                let mut operations = run.operations_of(manager);
                operations.any(|it| {
                    it.command == at && it.verb == Verb::Update && run.commands[at].is_top_level
                })
            };
            (0..run.commands.len())
                .take_while(|&at| !updates(at))
                .find_map(|at| {
                    let (name, by) = use_by_command(model, surroundings, run, at, manager)?;
                    Some((run.commands[at].range, name, by))
                })
        }
    }
}

/// Whether one of some commands of a RUN needs, or may need, the index of `manager`.
pub fn is_used_by(
    model: &Model,
    surroundings: &Surroundings,
    run: &Run,
    commands: std::ops::Range<usize>,
    manager: &Manager,
) -> bool {
    commands
        .into_iter()
        .any(|at| use_by_command(model, surroundings, run, at, manager).is_some())
}

/// What in a command needs, or may need, the index that was there before it.
fn use_by_command(
    model: &Model,
    surroundings: &Surroundings,
    run: &Run,
    at: usize,
    manager: &Manager,
) -> Option<(String, User)> {
    let command = &run.commands[at];
    if may_name_unknown(model, run, at, manager) {
        return Some((command_text(command), User::Command));
    }
    let Some(operation) = run.operations_of(manager).find(|it| it.command == at) else {
        let name = may_use_index(model, surroundings, run, at, manager)?;
        return Some((name, User::Script));
    };
    let has_flag = manager.no_cache.as_ref().is_some_and(|no_cache| {
        no_cache.replaces_update
            && (operation.has_option(command, no_cache.spellings)
                || fetches_itself(operation, command, no_cache))
    });
    let uses = matches!(
        operation.verb,
        Verb::Install | Verb::Fetch | Verb::Upgrade | Verb::Query | Verb::Unknown
    );
    (uses && !has_flag).then(|| (command_text(command), User::Command))
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

/// A Dockerfile of the repository, built on this image, that uses the index without fetching it.
fn child_use(
    base: &Model,
    surroundings: &Surroundings,
    run: &Run,
    manager: &Manager,
) -> Option<LaterUse> {
    surroundings.children.iter().find_map(|child| {
        let nothing = Surroundings::default();
        let model = Model::new(
            child.text.clone(),
            &nothing,
            &crate::settings::Options::default(),
            &Readers::new(base.managers),
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
