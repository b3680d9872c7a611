//! What the instructions of a stage are for, as far as that is the same for all languages.

use std::collections::{BTreeMap, BTreeSet};

use imgfix_syntax::{Arguments, Instruction, Keyword};

use super::left::is_mode;
use super::make::Made;
use super::packages::Packages;
use super::plan::Role;
use super::reasons::STEP_NOT_CLASSIFIED;
use super::site::{Refusal, Site};
use crate::model::command::{CommandFact, CommandWord};
use crate::model::packages::Verb;
use crate::model::placed::{Placed, resolved};
use crate::model::run::{Run, RunForm, RunScript, is_within};

/// What a command of the build means.
pub(super) enum Step {
    /// The build alone needs it.
    Build,
    /// What runs needs it, and the build does not.
    Runs,
    /// Both need it, and it does the same in both; it is all that the RUN does.
    Both,
    /// It is not known who needs it.
    Unknown,
}

/// What the instructions of a stage are for.
pub(super) struct Survey {
    pub(super) roles: BTreeMap<usize, Role>,
    /// The packages of the system, and the first item that installs some.
    pub(super) packages: Packages,
    /// The last item that builds something.
    pub(super) last_build: usize,
    /// Variables that only the build reads.
    pub(super) left_behind: Vec<String>,
    /// Who is given what lies below a path.
    pub(super) owners: Vec<(String, String)>,
    /// Paths whose modes are set.
    pub(super) modes: Vec<String>,
    /// Folders that are made, and that no COPY and no WORKDIR makes.
    pub(super) folders: Vec<String>,
    /// Whether something is removed that a COPY brings; what, and whether a pattern says it.
    pub(super) removes_copied: bool,
    pub(super) removed: Vec<String>,
    pub(super) removes_pattern: bool,
    /// All paths that are removed, whoever made them.
    pub(super) gone: Vec<String>,
    /// Whether commands run in the stage that runs.
    pub(super) runs_commands: bool,
}

/// Variables that tools of the build read.
const OF_BUILDS: &[&str] = &["DEBIAN_FRONTEND", "DEBCONF_NONINTERACTIVE_SEEN"];

/// What a command of a RUN means, by its index and the folder that it runs in.
type Meaning<'t, 'a> = dyn FnMut(&'a Run, usize, &str, Option<&ByMake<'_>>) -> Step + 't;

/// A command that make runs, which is a command of a RUN.
pub(super) struct ByMake<'m> {
    pub(super) made: &'m Made,
    pub(super) command: &'m CommandFact,
}

/// A template's word on a command, and on a variable that it may read.
pub(super) struct Words<'t, 'a> {
    /// What a command means, which runs in a folder, or what one means that make runs there.
    pub(super) step: &'t mut Meaning<'t, 'a>,
    /// Whether it is followed what make runs.
    pub(super) follows_make: bool,
    /// Whether a variable is one of the tools of the build, and nothing else's.
    pub(super) is_of_build: &'t dyn Fn(&str) -> bool,
    /// Whether commands that give away, set modes, make folders or remove can be run by what runs.
    pub(super) sets_up: bool,
    /// Whether a step that builds is added behind all others.
    pub(super) builds_last: bool,
    /// What a COPY is for, which stands before the last step of the build, or behind it.
    pub(super) copy: &'t dyn Fn(usize, bool) -> Role,
}

/// Says of each instruction where it belongs.
pub(super) fn survey<'a>(site: &Site<'a>, words: &mut Words<'_, 'a>) -> Result<Survey, Refusal> {
    survey_with(site, words, &mut |_| Step::Unknown)
}

/// The same, with a word on what a RUN in exec form means, by its words.
pub(super) fn survey_with<'a>(
    site: &Site<'a>,
    words: &mut Words<'_, 'a>,
    exec: &mut dyn FnMut(&[String]) -> Step,
) -> Result<Survey, Refusal> {
    let model = site.input.model;
    let mut survey = Survey {
        roles: BTreeMap::new(),
        packages: Packages::default(),
        last_build: site.stage.item,
        left_behind: Vec::new(),
        owners: Vec::new(),
        modes: Vec::new(),
        folders: Vec::new(),
        removes_copied: false,
        removed: Vec::new(),
        removes_pattern: false,
        gone: Vec::new(),
        runs_commands: false,
    };
    let items = site.stage.item + 1..site.stage.end;
    for item in items.clone() {
        let Some(instruction) = model.instruction(item) else {
            continue;
        };
        match instruction.keyword {
            Keyword::Run => {
                let run = model.run_at(item);
                let run = run.ok_or((instruction.range, &STEP_NOT_CLASSIFIED, String::new()))?;
                let role = match &run.script {
                    RunScript::Exec(said) if matches!(exec(said), Step::Build) => Role::Build,
                    _ => survey.run(site, run, words)?,
                };
                survey.roles.insert(item, role);
                if role != Role::Moves {
                    survey.last_build = item;
                }
            }
            Keyword::Shell | Keyword::Onbuild | Keyword::Unknown => {
                let text = format!("`{}`", instruction.keyword_range.slice(&model.text));
                return Err((instruction.range, &STEP_NOT_CLASSIFIED, text));
            }
            _ => {}
        }
    }
    if words.builds_last {
        survey.last_build = site.stage.end - 1;
    }
    for item in items {
        let Some(instruction) = model.instruction(item) else {
            continue;
        };
        let role = match instruction.keyword {
            Keyword::Run => continue,
            Keyword::Copy | Keyword::Add => (words.copy)(item, item < survey.last_build),
            _ => survey.other(item, instruction, words),
        };
        survey.roles.insert(item, role);
    }
    survey.left_folders(site);
    survey.wanted_folders(site);
    survey.used_up(site);
    survey.accounts(site);
    survey.arguments(site);
    Ok(survey)
}

impl Survey {
    fn run<'a>(
        &mut self,
        site: &Site<'a>,
        run: &'a Run,
        words: &mut Words<'_, 'a>,
    ) -> Result<Role, Refusal> {
        let refuse = |detail: String| Err((run.range, &STEP_NOT_CLASSIFIED, detail));
        let is_plain = matches!(run.form, RunForm::Shell | RunForm::HeredocScript);
        if run.script().is_none() || !is_plain {
            return refuse("a script that is not followed".to_owned());
        }
        // What a shell sets ends with it.
        if run.commands.iter().all(|it| it.name() == Some("export")) {
            return Ok(Role::Build);
        }
        let state = site.input.model.state(run.item);
        let mut folder = state.and_then(|state| resolved("/", state.workdir.value.known()?));
        let (mut builds, mut runs, mut sets_up, mut is_for_both) = (false, false, false, false);
        let mut upgrades = false;
        let noted = (self.owners.len(), self.modes.len(), self.folders.len());
        let removes_copied = self.removes_copied;
        for (at, command) in run.commands.iter().enumerate() {
            let said = || format!("`{}`", command.raw_words().join(" "));
            let here = folder.clone().unwrap_or_default();
            if command.name() == Some("cd") {
                let to = command
                    .arguments()
                    .first()
                    .and_then(|word| word.literal.as_deref());
                folder = to
                    .zip(folder)
                    .and_then(|(to, folder)| resolved(&folder, to));
                if folder.is_none() {
                    return refuse(said());
                }
                continue;
            }
            let operation = run.operations.iter().find(|it| it.command == at);
            if operation.is_some_and(|it| it.verb == Verb::Clean) {
                continue;
            }
            if let Some(operation) = operation.filter(|it| it.manager.is_system) {
                match operation.verb {
                    Verb::Update => {}
                    Verb::Upgrade if operation.operands.is_empty() => upgrades = true,
                    Verb::Install if self.packages.add(site, run, operation) => builds = true,
                    _ => return refuse(said()),
                }
                continue;
            }
            match self.common(site, run.item, command, &here) {
                Some(Common::Nothing) => {}
                Some(Common::Runs) => runs = true,
                Some(Common::SetsUp) => sets_up = true,
                None if command.name() == Some("make") && words.follows_make => {
                    self.make(site, run, at, &here, words)?;
                    builds = true;
                }
                None => match (words.step)(run, at, &here, None) {
                    Step::Build => builds = true,
                    Step::Runs => runs = true,
                    Step::Both => is_for_both = true,
                    Step::Unknown if site.is_told_artifacts() => builds = true,
                    Step::Unknown => return refuse(said()),
                },
            }
        }
        let mut folders = Vec::new();
        if !builds && (runs || (sets_up && words.sets_up)) {
            // It is run where it is wanted: nothing is left to be done for it.
            self.owners.truncate(noted.0);
            self.modes.truncate(noted.1);
            folders = self.folders.split_off(noted.2);
            self.removes_copied = removes_copied;
        }
        if !builds && sets_up && words.sets_up {
            // Folders that COPY and WORKDIR make anyway stay where they are.
            let is_made = |path: &String| {
                let last = site.folder();
                last.is_some_and(|last| is_within(&last, path))
                    || site.placed.iter().any(|it| is_within(&it.to, path))
            };
            let mut commands = run.commands.iter();
            let only_folders =
                commands.all(|it| matches!(it.name(), Some("mkdir" | "cd" | "true")));
            runs |= !only_folders || !folders.iter().all(is_made);
        }
        if upgrades && (builds || runs) {
            return refuse("one RUN upgrades the system and does something else".to_owned());
        }
        if is_for_both || upgrades {
            self.runs_commands = true;
            return Ok(Role::Repeats);
        }
        match (builds, runs) {
            (true, true) => refuse("one RUN builds and sets up what runs".to_owned()),
            (false, true) => {
                self.runs_commands = true;
                Ok(Role::Moves)
            }
            _ => Ok(Role::Build),
        }
    }

    /// Where an instruction belongs that is no RUN and no COPY.
    fn other(&mut self, item: usize, instruction: &Instruction, words: &Words<'_, '_>) -> Role {
        let is_before = item < self.last_build;
        match (&instruction.arguments, instruction.keyword) {
            (Arguments::Arg(_), _) => Role::Build,
            (Arguments::Pairs(pairs), Keyword::Env) => {
                let names: Vec<&str> = pairs
                    .pairs
                    .iter()
                    .map(|pair| pair.key.text.as_str())
                    .collect();
                let is_of_build =
                    |name: &&str| OF_BUILDS.contains(name) || (words.is_of_build)(name);
                if names.iter().all(is_of_build) && is_before {
                    self.left_behind
                        .extend(names.iter().map(|&name| name.to_owned()));
                    return Role::Build;
                }
                // Tests and bundlers read variables of the run, too.
                if is_before {
                    Role::Repeats
                } else {
                    Role::Moves
                }
            }
            (_, Keyword::Workdir | Keyword::User) if is_before => Role::Repeats,
            _ => Role::Moves,
        }
    }

    /// Accounts that the build gives something to are made there too.
    fn accounts(&mut self, site: &Site<'_>) {
        let model = site.input.model;
        let until = self.last_build;
        let mut items = self.roles.iter();
        let is_used = !self.owners.is_empty()
            || items.any(|(&item, _)| {
                let instruction = model.instruction(item).filter(|_| item < until);
                instruction
                    .is_some_and(|it| it.keyword == Keyword::User || it.flag("chown").is_some())
            });
        for (&item, role) in &mut self.roles {
            let is_run = model
                .instruction(item)
                .is_some_and(|it| it.keyword == Keyword::Run);
            if is_run && is_used && item < until && *role == Role::Moves {
                *role = Role::Repeats;
            }
        }
    }

    /// `DEBIAN_FRONTEND` is there too where packages are installed.
    pub(super) fn keep_frontend(&mut self, site: &Site<'_>) {
        let model = site.input.model;
        self.left_behind
            .retain(|name| !OF_BUILDS.contains(&name.as_str()));
        for (&item, role) in &mut self.roles {
            if let Some(Arguments::Pairs(pairs)) = model.instruction(item).map(|it| &it.arguments)
                && pairs
                    .pairs
                    .iter()
                    .any(|pair| OF_BUILDS.contains(&pair.key.text.as_str()))
                && *role == Role::Build
            {
                *role = Role::Repeats;
            }
        }
    }

    /// Build arguments that what runs names are declared there too.
    fn arguments(&mut self, site: &Site<'_>) {
        let model = site.input.model;
        let named: BTreeSet<String> = self
            .roles
            .iter()
            .filter(|(_, role)| **role != Role::Build)
            .filter_map(|(&item, _)| model.instruction(item))
            .filter(|it| {
                use Keyword::{Cmd, Entrypoint, Healthcheck};
                !matches!(it.keyword, Cmd | Entrypoint | Healthcheck)
            })
            .flat_map(|it| variables(it.range.slice(&model.text)))
            .collect();
        for (&item, role) in &mut self.roles {
            if let Some(Arguments::Arg(pairs)) = model.instruction(item).map(|it| &it.arguments)
                && pairs.iter().any(|pair| named.contains(&pair.key.text))
            {
                // Behind the last step of the build, the build sees nothing of it.
                *role = if item > self.last_build {
                    Role::Moves
                } else {
                    Role::Repeats
                };
            }
        }
    }

    /// What a command means whatever is built; `None` for the others.
    pub(super) fn common(
        &mut self,
        site: &Site<'_>,
        item: usize,
        command: &CommandFact,
        folder: &str,
    ) -> Option<Common> {
        if is_of_time_zone(site, command) {
            return Some(Common::Runs);
        }
        if !command.writes.is_empty() {
            return None;
        }
        let operands = command
            .arguments()
            .iter()
            .filter(|word| !word.raw.starts_with('-'));
        let path = |word: &CommandWord| resolved(folder, &site.value(item, word)?);
        match command.name()? {
            "echo" | "true" | "set" | "ls" | "pwd" | ":" | "cat" | "test" | "[" | "which"
            | "date" | "uname" => {}
            "useradd" | "adduser" | "groupadd" | "addgroup" => return Some(Common::Runs),
            // What a COPY brings may be brought once more.
            "rm" => {
                for word in operands {
                    // What lies in a home is of tools.
                    if word.raw.starts_with('~') {
                        continue;
                    }
                    let value = site.value(item, word);
                    let written = value.as_deref().unwrap_or(&word.raw);
                    if written.contains('$') {
                        (self.removes_copied, self.removes_pattern) = (true, true);
                        continue;
                    }
                    let path = resolved(folder, written.trim_end_matches(['*', '/']))?;
                    if !word.raw.contains(['*', '?', '[']) {
                        self.gone.push(path.clone());
                    }
                    // What is copied later is there again.
                    let is_copied = |it: &Placed| it.item < item && it.touches(&path);
                    if site.placed.iter().any(is_copied) {
                        self.removes_copied = true;
                        self.removes_pattern |= word.raw.contains(['*', '?', '[']);
                        self.removed.push(path);
                    }
                }
            }
            "mkdir" => {
                let paths: Option<Vec<String>> = operands.map(path).collect();
                self.folders.extend(paths?);
            }
            "chown" => {
                let words: Vec<&CommandWord> = operands.collect();
                let (owner, paths) = words.split_first()?;
                let owner = site.value(item, owner)?;
                for word in paths {
                    self.owners.push((path(word)?, owner.clone()));
                }
            }
            "sed" if command.has_argument("-i") => {
                let last = command.arguments().last()?;
                let path = path(last)?;
                if !site.placed.iter().any(|it| is_within(&path, &it.to)) {
                    return None;
                }
                self.modes.push(path);
            }
            "chmod" => {
                let words: Vec<&CommandWord> = operands.collect();
                let (mode, paths) = words.split_first()?;
                let is_known = mode.literal.as_deref().is_some_and(is_mode);
                let paths: Option<Vec<String>> = paths.iter().map(|word| path(word)).collect();
                let paths = paths.filter(|_| is_known)?;
                let is_there = |path: &String| {
                    let is_made = self.folders.iter().any(|it| is_within(path, it));
                    is_made || site.placed.iter().any(|it| is_within(path, &it.to))
                };
                if !paths.iter().all(is_there) {
                    return None;
                }
                self.modes.extend(paths);
            }
            _ => return None,
        }
        let sets_up = matches!(
            command.name(),
            Some("rm" | "mkdir" | "chown" | "chmod" | "sed")
        );
        Some(if sets_up {
            Common::SetsUp
        } else {
            Common::Nothing
        })
    }
}

/// Whether a command sets the time zone of the system, where the small images of the release have its table.
fn is_of_time_zone(site: &Site<'_>, command: &CommandFact) -> bool {
    let release = site.facts.and_then(|facts| facts.release);
    if !matches!(release, Some("bullseye" | "bookworm")) {
        return false;
    }
    let words: Vec<&str> = command.words.iter().map(|word| word.raw.as_str()).collect();
    match words.as_slice() {
        ["ln", options @ .., zone, "/etc/localtime"] => {
            options.iter().all(|it| it.starts_with('-')) && zone.starts_with("/usr/share/zoneinfo/")
        }
        ["echo", ..] => {
            let mut writes = command.writes.iter();
            !command.writes.is_empty() && writes.all(|it| it == "/etc/timezone")
        }
        _ => false,
    }
}

/// What a command means whatever is built.
pub(super) enum Common {
    /// Nothing that what runs could miss.
    Nothing,
    /// What runs needs it, and nothing else.
    Runs,
    /// It changes files that are there.
    SetsUp,
}

/// The names behind each `$` of a text.
pub(super) fn variables(text: &str) -> impl Iterator<Item = String> {
    text.split('$').skip(1).map(|rest| {
        let rest = rest.trim_start_matches('{');
        rest.chars()
            .take_while(|char| char.is_ascii_alphanumeric() || *char == '_')
            .collect()
    })
}
