//! A build in one stage, and what is known of it before any template looks at it.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use imgfix_syntax::{Flag, Keyword, TextRange};

use super::elsewhere::{gives_name, inherited_start, others, without_shell};
use super::reasons::{
    BASE_NOT_KNOWN, BASE_OF_OTHERS, CONTEXT_NOT_KNOWN, NATIVE_LIBRARY_NOT_KNOWN, OTHER_COMMANDS,
    START_NOT_KNOWN,
};
use super::sources::placed;
use crate::context::{BuildContext, Other, Sent, Usage};
use crate::model::command::{CommandFact, CommandWord};
use crate::model::folders::{Presence, presence};
use crate::model::images::{BaseFacts, ImageReference};
use crate::model::placed::{Placed, PlacedSource, is_context_plausible, joined, resolved};
use crate::model::run::is_within;
use crate::model::stage::{Base, Stage};
use crate::model::start::Start;
use crate::model::state::State;
use crate::transform::{Input, Reason};

/// Why a stage stays as it is: where, why, and what exactly.
pub(super) type Refusal = (TextRange, &'static Reason, String);

/// A build in one stage.
pub(super) struct Site<'a> {
    pub(super) input: &'a Input<'a>,
    pub(super) stage: &'a Stage,
    pub(super) image: &'a ImageReference,
    pub(super) facts: Option<BaseFacts>,
    pub(super) context: &'a BuildContext,
    /// What its COPYs bring.
    pub(super) placed: Vec<Placed>,
    pub(super) start: Start,
    /// The words of the process that is started.
    pub(super) words: Vec<String>,
    /// Whether a shell starts it.
    pub(super) has_shell_form: bool,
    /// The commands that the shell runs before it.
    pub(super) before: Vec<Vec<String>>,
    /// What is started in the image elsewhere: by whom, and its words.
    pub(super) others: Vec<(String, Vec<String>)>,
    /// Whether somebody builds the stage by its name, which is that of the stage that runs from now on.
    pub(super) gives_name: bool,
    /// The files of the context in the image, once they are asked for.
    copied: OnceCell<Option<Vec<Copied>>>,
    /// A script of the context that the build lays out elsewhere.
    pub(super) laid_out: OnceCell<Copied>,
}

/// A file of the build context in the image: where it is, and where it comes from.
pub(super) struct Copied {
    pub(super) path: String,
    pub(super) origin: String,
}

impl<'a> Site<'a> {
    /// The only stage of a file, where it is made from an image that is named literally.
    pub(super) fn candidate(input: &Input<'a>) -> Option<(&'a Stage, &'a ImageReference)> {
        let [stage] = input.model.stages.as_slice() else {
            return None;
        };
        let Base::Image(image) = &stage.base else {
            return None;
        };
        let own = &input.options.split.templates;
        let is_of_own = own.iter().any(|it| it.base_images.contains(&image.name));
        (image.is_well_known() || is_of_own).then_some((stage, image))
    }

    /// What is known of it.
    pub(super) fn of(
        input: &'a Input<'a>,
        stage: &'a Stage,
        image: &'a ImageReference,
        is_base_told: bool,
    ) -> Result<Self, Refusal> {
        let model = input.model;
        let from = model.instruction(stage.item);
        let range = from.map(|it| it.range).unwrap_or_default();
        let refuse = |reason, detail: &str| Err((range, reason, detail.to_owned()));
        if stage.has_onbuild {
            return refuse(&BASE_OF_OTHERS, "ONBUILD");
        }
        if let Some(child) = input.surroundings.children.first() {
            return refuse(&BASE_OF_OTHERS, &format!("`{}`", child.path));
        }
        let gives_name = gives_name(input, stage).map_err(|what| (range, &OTHER_COMMANDS, what))?;
        let text = from.map_or("", |it| it.body.as_str());
        if let Some(what) = unknown_variable(input, stage, image, text).filter(|_| !is_base_told) {
            return refuse(&BASE_NOT_KNOWN, &what);
        }
        let has_other = from.is_some_and(|it| !it.flags.iter().all(is_platform));
        if has_other || image.digest.is_some() {
            return refuse(&BASE_NOT_KNOWN, "a flag or a digest of FROM");
        }
        let start = Start::of(model, stage.index);
        let inherited = inherited_start(image);
        let own = start.main().next().map(|main| main.item);
        if own.is_none() && inherited.is_none() {
            return refuse(&START_NOT_KNOWN, "neither CMD nor ENTRYPOINT");
        }
        let start_range = own.and_then(|item| model.instruction(item));
        let start_range = start_range.map_or(range, |it| it.range);
        let said = start.words().or(inherited
            .filter(|_| own.is_none())
            .map(|words| (words, false, Vec::new())));
        let Some((mut words, mut has_shell_form, before)) = said else {
            return Err((start_range, &START_NOT_KNOWN, "a script".to_owned()));
        };
        let by_shell = without_shell(&words);
        let is_by_shell = by_shell.is_some();
        if let Some(script) = by_shell {
            (words, has_shell_form) = (script, true);
        }
        if is_bare(&words, has_shell_form) {
            return Err((
                start_range,
                &START_NOT_KNOWN,
                format!("`{}`", words.join(" ")),
            ));
        }
        let context = &input.surroundings.context;
        if !context.known || !is_context_plausible(model, input.surroundings) {
            return refuse(&CONTEXT_NOT_KNOWN, "");
        }
        let state = model.end_state(stage.index);
        let folder = state.workdir.value.known();
        let user = state.user.value.known();
        if folder.is_none() || (user.is_none() && !is_base_told) {
            return refuse(&BASE_NOT_KNOWN, "its user or its working directory");
        }
        let has_entrypoint = start.entrypoint.is_some();
        let others =
            others(input, folder, has_entrypoint).map_err(|what| (range, &OTHER_COMMANDS, what))?;
        let placed = placed(input, stage)?;
        let site = Self {
            input,
            stage,
            image,
            facts: stage.facts,
            context,
            placed,
            start,
            words,
            has_shell_form,
            before,
            others,
            gives_name,
            copied: OnceCell::new(),
            laid_out: OnceCell::new(),
        };
        if is_by_shell && !site.is_script(&site.words[0]) {
            let what = format!("`{}`", site.words.join(" "));
            return Err((start_range, &START_NOT_KNOWN, what));
        }
        // What a library of a vendor's needs in turn is not known.
        let is_library = |file: &Copied| {
            let name = base_name(&file.origin);
            name.ends_with(".so") || name.contains(".so.")
        };
        let mut copied = site.copied().unwrap_or_default().iter();
        if let Some(file) = copied.find(|file| is_library(file)) {
            let what = format!("`{}`", file.origin);
            site.need(range, &NATIVE_LIBRARY_NOT_KNOWN, what)?;
        }
        Ok(site)
    }

    /// Whether the image without anything has the user that the container runs as.
    pub(super) fn has_known_user(&self) -> bool {
        self.end().user.value.known().is_some_and(|user| {
            let mut parts = user.split(':');
            parts.all(|part| {
                matches!(part, "" | "root" | "nobody" | "nonroot")
                    || part.chars().all(|it| it.is_ascii_digit())
            })
        })
    }

    /// The place of an item.
    pub(super) fn range(&self, item: usize) -> TextRange {
        let instruction = self.input.model.instruction(item);
        instruction.map(|it| it.range).unwrap_or_default()
    }

    /// The place of what is started.
    pub(super) fn start_range(&self) -> TextRange {
        let item = self.start.main().next().map(|it| it.item);
        self.range(item.unwrap_or(self.stage.item))
    }

    /// The WORKDIR that the base image has set, where the author sets none, or one that starts there.
    pub(super) fn inherited_folder(&self) -> Option<String> {
        let model = self.input.model;
        let folder_at = |item: usize| resolved("/", model.state(item)?.workdir.value.known()?);
        let is_folder = |item: &usize| {
            let instruction = model.instruction(*item);
            instruction.is_some_and(|it| it.keyword == Keyword::Workdir)
        };
        let mut items = self.stage.item + 1..self.stage.end;
        let inherited = match items.find(is_folder) {
            Some(first) => {
                let body = &model.instruction(first)?.body;
                let is_relative = !body.as_str().trim().starts_with(['/', '$', '"']);
                folder_at(first).filter(|_| is_relative)
            }
            None => self.folder(),
        };
        inherited.filter(|folder| folder != "/")
    }

    /// The value of a word at an item: literal, or with variables that ENV sets.
    pub(super) fn value(&self, item: usize, word: &CommandWord) -> Option<String> {
        if let Some(literal) = &word.literal {
            return Some(literal.clone());
        }
        let state = self.input.model.state(item)?;
        let raw = word.raw.trim_matches('"');
        let mut value = String::new();
        let mut parts = raw.split('$');
        value.push_str(parts.next()?);
        for part in parts {
            let (name, rest) = if let Some(part) = part.strip_prefix('{') {
                part.split_once('}')?
            } else {
                let is_part = |char: char| char.is_ascii_alphanumeric() || char == '_';
                part.split_at(part.find(|char| !is_part(char)).unwrap_or(part.len()))
            };
            value.push_str(state.env.get(name)?.value.known()?);
            value.push_str(rest);
        }
        let is_plain = !value.contains(['"', '\'', '\\', '`', '*', '?', '(', ' ']);
        is_plain.then_some(value)
    }

    /// The working directory of the container.
    pub(super) fn folder(&self) -> Option<String> {
        resolved("/", self.end().workdir.value.known()?)
    }

    /// What holds for a command: in the build, or in the container where no RUN has it.
    pub(super) fn state_of(&self, command: &CommandFact) -> &State {
        let mut runs = self.input.model.runs_of(self.stage.index);
        let run = runs.find(|run| run.range.contains_range(command.range));
        let state = run.and_then(|run| self.input.model.state(run.item));
        state.unwrap_or(self.end())
    }

    /// What holds in the container.
    pub(super) fn end(&self) -> &State {
        self.input.model.end_state(self.stage.index)
    }

    /// The path of the context that ends up at a path of the image, by the last COPY that brings it.
    pub(super) fn origin(&self, path: &str) -> Option<String> {
        let mut origins = self.placed.iter().rev().filter_map(|it| it.origin(path));
        origins.find(|origin| {
            self.context.sends(origin) != Sent::No && self.context.file(origin).is_some()
        })
    }

    /// The text of a file of the context, by its path in the image.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        self.context.text(&self.origin_of_script(path)?).ok()
    }

    /// Whether a word names a script of the context.
    fn is_script(&self, word: &str) -> bool {
        let path = self.folder().and_then(|folder| resolved(&folder, word));
        path.and_then(|path| Some((self.origin(&path)?, self.text(&path)?)))
            .is_some_and(|(origin, text)| origin.ends_with(".sh") || text.starts_with("#!"))
    }

    /// A folder that nobody looked into, and of which it is not known that no program reads it, and that is copied.
    pub(super) fn closed_below(&self, folder: &str) -> Option<&str> {
        let others = self.context.seen.others.iter();
        let closed = others.filter(|(_, other)| matches!(other, Other::Closed | Other::Unreadable));
        let mut paths = closed.map(|(path, _)| path.as_str());
        paths.find(|path| {
            is_within(&format!("/{path}"), &format!("/{folder}"))
                && self.context.sends(path) != Sent::No
                && !OF_TOOLS.contains(&base_name(path))
        })
    }

    /// The path of a file that a COPY brings: in a folder where its destination is one.
    fn path_of(&self, placed: &Placed, file: &str) -> String {
        let inside = joined(&placed.to, base_name(file));
        if placed.origin(&placed.to).is_none() {
            return inside;
        }
        let is_folder = self
            .folder()
            .is_some_and(|folder| is_within(&folder, &placed.to))
            || presence(self.input.model, placed.item, &placed.to) != Presence::Unknown
            || self
                .placed
                .iter()
                .any(|other| other.to != placed.to && is_within(&other.to, &placed.to));
        if is_folder { inside } else { placed.to.clone() }
    }

    /// All files of the context that are in the image; `None` where that cannot be told.
    pub(super) fn copied(&self) -> Option<&[Copied]> {
        self.copied.get_or_init(|| self.all_copied()).as_deref()
    }

    fn all_copied(&self) -> Option<Vec<Copied>> {
        let mut found = BTreeMap::new();
        for placed in &self.placed {
            for source in &placed.sources {
                match source {
                    PlacedSource::Folder(folder) => {
                        if self.context.hides_paths() || self.closed_below(folder).is_some() {
                            return None;
                        }
                        for origin in self.context.sent_below(folder)? {
                            let rest = origin[folder.len()..].trim_start_matches('/');
                            found.insert(joined(&placed.to, rest), origin.to_owned());
                        }
                    }
                    PlacedSource::File(file) => {
                        found.insert(self.path_of(placed, file), file.clone());
                    }
                    PlacedSource::Other => return None,
                }
            }
        }
        let copied = found.into_iter();
        Some(
            copied
                .map(|(path, origin)| Copied { path, origin })
                .collect(),
        )
    }
}

/// Whether the words start a shell, or what is computed.
fn is_bare(words: &[String], has_shell_form: bool) -> bool {
    let shells = [
        "bash", "sh", "ash", "zsh", "sleep", "tail", "top", "cat", "true",
    ];
    let Some(first) = words.first() else {
        return true;
    };
    // Every image of Java says where it is.
    let is_java = has_shell_form
        && matches!(
            first.as_str(),
            "$JAVA_HOME/bin/java" | "${JAVA_HOME}/bin/java"
        );
    let program = base_name(first);
    shells.contains(&program) || program.is_empty() || (first.contains('$') && !is_java)
}

/// Whether a flag names the platform, literally.
fn is_platform(flag: &Flag) -> bool {
    let value = flag.value.as_deref();
    flag.name == "platform" && value.is_some_and(|it| !it.contains('$'))
}

/// A variable of FROM that may make another image of it than the one that is known.
fn unknown_variable(
    input: &Input<'_>,
    stage: &Stage,
    image: &ImageReference,
    from: &str,
) -> Option<String> {
    if !from.contains('$') || image.name == "golang" {
        // A static program runs everywhere, whatever Go it is built with.
        return None;
    }
    let release = stage.facts.and_then(|facts| facts.release);
    if image.name == "rust" && release.is_some() {
        // One of Rust's wants the C library of the system, whatever compiler it is built with.
        return None;
    }
    if !matches!(image.name.as_str(), "node" | "oven/bun" | "python") {
        return Some("a variable of FROM".to_owned());
    }
    let named: Vec<String> = super::survey::variables(from).collect();
    let mut given = input.surroundings.build_args.iter();
    let given = given.find(|it| named.contains(&it.name))?;
    Some(format!("`{}` is given, {}", given.name, given.origin))
}

/// Folders that tools fill for themselves, and that no program reads when it runs.
const OF_TOOLS: &[&str] = &[
    ".git",
    ".gradle",
    ".hg",
    ".mypy_cache",
    ".nox",
    ".parcel-cache",
    ".pnpm-store",
    ".pytest_cache",
    ".ruff_cache",
    ".svn",
    ".terraform",
    ".tox",
    ".turbo",
    ".venv",
    "__pycache__",
    "node_modules",
    "target",
    "venv",
];

/// The name of a file, without its folder.
pub(super) fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

impl Site<'_> {
    /// Whether a text of the context, or what the container starts, names a program.
    pub(super) fn mentions(&self, program: &str) -> bool {
        let is_part = |char: char| char.is_ascii_alphanumeric() || char == '_' || char == '-';
        let names = |text: &str| {
            text.match_indices(program).any(|(at, _)| {
                let before = text[..at].chars().next_back();
                let after = text[at + program.len()..].chars().next();
                !before.is_some_and(is_part) && !after.is_some_and(is_part)
            })
        };
        let starts = self.start.main().chain(&self.start.check);
        let mut words = starts.flat_map(|it| it.all().unwrap_or_default()).flatten();
        let elsewhere = |usage: &Usage| match usage {
            Usage::Command { command, .. }
            | Usage::Check { command, .. }
            | Usage::Elsewhere { command, .. } => names(command),
            Usage::Mount { .. } | Usage::Workplace { .. } => false,
        };
        words.any(|word| names(&word))
            || self.input.surroundings.usages.iter().any(elsewhere)
            || self.texts().any(|(_, text)| names(text))
    }

    /// Whether a package of the system of that name is installed by name.
    pub(super) fn installs(&self, package: &str) -> bool {
        let runs = self.input.model.runs_of(self.stage.index);
        runs.flat_map(|run| run.operations.iter().map(move |it| (run, it)))
            .filter(|(_, operation)| operation.manager.is_system)
            .any(|(run, operation)| run.command(operation).has_argument(package))
    }

    /// The texts of the files of the context with these names.
    pub(super) fn texts_named<'n>(&'n self, names: &'n [&str]) -> impl Iterator<Item = &'n str> {
        let texts = self.context.texts();
        texts
            .filter(|(path, _)| names.contains(&base_name(path)))
            .map(|(_, text)| text)
    }

    /// Whether a variable has one of these values at the end of the stage.
    pub(super) fn is_set(&self, name: &str, values: &[&str]) -> bool {
        let setting = self.end().env.get(name);
        let value = setting.and_then(|it| it.value.known());
        value.is_some_and(|value| values.contains(&value))
    }

    /// The sources and scripts of the context, with their paths.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        let is_source = |path: &str| {
            let name = base_name(path);
            let end = name.rsplit_once('.').map_or("", |(_, end)| end);
            name.contains("entrypoint") || SOURCES.contains(&end)
        };
        self.context
            .texts()
            .filter(move |(path, _)| is_source(path))
    }
}

/// Ends of the names of sources and scripts.
const SOURCES: &[&str] = &[
    "sh", "go", "py", "js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx", "java", "kt", "rs",
];
