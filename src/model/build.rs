//! Computes the model, instruction by instruction.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use imgfix_syntax::shell::Dialect;
use imgfix_syntax::{
    Arguments, File, FromArguments, Instruction, Keyword, LineIndex, Pair, TextRange, Word, parse,
};

use super::images::{self, Family, ImageReference};
use super::run;
use super::stage::{Base, Stage, Use, UseKind, mark_final, reaches};
use super::state::{Setting, Shell, State, Value};
use super::variables::Variables;
use super::{Model, Readers, hands_off, pragma};
use crate::context::Surroundings;
use crate::settings::Options;

pub(super) fn model(
    text: String,
    surroundings: &Surroundings,
    options: &Options,
    readers: &Readers,
) -> Model {
    let file = parse(&text);
    let mut builder = Builder {
        text: &text,
        file: &file,
        options,
        readers,
        global_args: BTreeMap::new(),
        stages: Vec::new(),
        states: Vec::new(),
        current: None,
        ends: Vec::new(),
        windows: None,
        model_runs: Vec::new(),
        places: vec![None; file.items.len()],
    };
    for (item, instruction) in file.instructions() {
        builder.instruction(item, instruction);
    }
    if let Some(last) = builder.stages.last_mut() {
        last.end = file.items.len();
    }
    builder.ends.extend(builder.current.take());
    mark_final(&mut builder.stages, surroundings, options);
    let windows = builder
        .windows
        .map(|range| (hands_off::HandsOff::WindowsBase, range));
    Model {
        lines: LineIndex::new(&text),
        reaches: reaches(&builder.stages),
        copied_programs: copied_programs(&file),
        stages: builder.stages,
        states: builder.states,
        ends: builder.ends,
        places: builder.places,
        runs: builder.model_runs,
        hands_off: hands_off::find(&text, &file).or(windows),
        pragmas: pragma::find(&text, &file),
        mentions: RefCell::default(),
        managers: readers.managers,
        text,
        file,
    }
}

struct Builder<'a, 'o> {
    text: &'a str,
    file: &'a File,
    options: &'o Options,
    readers: &'o Readers,
    global_args: BTreeMap<String, Setting>,
    stages: Vec<Stage>,
    states: Vec<Rc<State>>,
    /// What holds now, in the stage that is being read.
    current: Option<Rc<State>>,
    /// What holds at the end of each stage before it.
    ends: Vec<Rc<State>>,
    windows: Option<TextRange>,
    model_runs: Vec<run::Run>,
    places: Vec<Option<(usize, usize)>>,
}

impl Builder<'_, '_> {
    fn instruction(&mut self, item: usize, instruction: &Instruction) {
        if let Arguments::From(from) = &instruction.arguments {
            self.from(item, instruction, from);
        }
        let Some(state) = self.current.clone() else {
            if let Arguments::Arg(pairs) = &instruction.arguments {
                self.declare_global(item, pairs);
            }
            return;
        };
        let stage = self.stages.len() - 1;
        if !self
            .states
            .last()
            .is_some_and(|last| Rc::ptr_eq(last, &state))
        {
            self.states.push(Rc::clone(&state));
        }
        self.places[item] = Some((self.states.len() - 1, stage));
        self.uses(item, instruction, &state);
        match &instruction.arguments {
            Arguments::Pairs(pairs) if instruction.keyword == Keyword::Env => {
                // All values of one ENV see the environment before it.
                for pair in &pairs.pairs {
                    let value = pair
                        .value
                        .as_ref()
                        .map_or(Value::Ambiguous, |word| self.expand(word, &state));
                    let setting = Setting::new(value, Some(item));
                    self.now().env.set(pair.key.text.clone(), setting);
                }
            }
            Arguments::Arg(pairs) => {
                for pair in pairs {
                    self.now().args.set(
                        pair.key.text.clone(),
                        Setting::new(Value::Ambiguous, Some(item)),
                    );
                }
            }
            Arguments::Text(word) if instruction.keyword == Keyword::User => {
                let value = self.expand(word, &state);
                self.now().user = Setting::new(value, Some(item));
            }
            Arguments::Text(word) if instruction.keyword == Keyword::Workdir => {
                let value = join_path(&state.workdir.value, &self.expand(word, &state));
                self.now().workdir = Setting::new(value, Some(item));
            }
            Arguments::Words(words) if instruction.keyword == Keyword::Shell => {
                let words: Vec<String> = words.iter().map(|word| word.text.clone()).collect();
                let dialect = Dialect::of_program(words.first().map_or("", String::as_str));
                self.now().shell = Shell { words, dialect };
            }
            Arguments::Command(_) if instruction.keyword == Keyword::Run => {
                self.read_run(item, instruction, &state, false);
            }
            Arguments::Command(_) => {
                self.stages[stage].has_start_command |= !is_bare_shell(instruction.body.as_str());
            }
            Arguments::Onbuild(inner) => {
                self.stages[stage].has_onbuild = true;
                if inner.keyword == Keyword::Run {
                    self.read_run(item, inner, &state, true);
                }
            }
            _ => {}
        }
    }

    fn read_run(&mut self, item: usize, run: &Instruction, state: &State, deferred: bool) {
        let place = run::Place {
            item,
            stage: self.stages.len() - 1,
            deferred,
        };
        let run = run::read(self.text, place, run, state, self.readers);
        self.model_runs.push(run);
    }

    fn now(&mut self) -> &mut State {
        Rc::make_mut(self.current.as_mut().expect("inside a stage"))
    }

    fn expand(&self, word: &Word, state: &State) -> Value {
        expand(word, self.file.escape, |name| state.lookup(name))
    }

    fn declare_global(&mut self, item: usize, pairs: &[Pair]) {
        for pair in pairs {
            let value = match &pair.value {
                Some(word) => expand(word, self.file.escape, |name| {
                    self.global_args
                        .get(name)
                        .map_or(Value::Known(String::new()), |setting| setting.value.clone())
                }),
                None => Value::Ambiguous,
            };
            self.global_args
                .insert(pair.key.text.clone(), Setting::new(value, Some(item)));
        }
    }

    fn from(&mut self, item: usize, instruction: &Instruction, from: &FromArguments) {
        let index = self.stages.len();
        if let Some(last) = self.stages.last_mut() {
            last.end = item;
            self.ends.extend(self.current.take());
        }
        // A default of an ARG is what the author builds; `--build-arg` may say otherwise, so that what
        // follows from it holds for the default only.
        let reference = expand(&from.image, self.file.escape, |name| {
            self.global_args
                .get(name)
                .map_or(Value::Ambiguous, |setting| setting.value.clone())
        });
        let is_default = !from.image.variables.is_empty();
        let base = self.base(reference.known());
        let other_bases = self.other_bases(item, &from.image, &base);
        let mut image = None;
        let mut facts = None;
        let mut state = match &base {
            Base::Stage(parent) => {
                image.clone_from(&self.stages[*parent].image);
                facts.clone_from(&self.stages[*parent].facts);
                let used = Use {
                    by: index,
                    kind: UseKind::From,
                    item,
                };
                self.stages[*parent].uses.push(used);
                self.end_state(*parent)
            }
            Base::Image(reference) => {
                if hands_off::is_windows(reference) {
                    self.windows = self.windows.or(Some(instruction.range));
                }
                let known = reference
                    .is_well_known()
                    .then(|| images::base_facts(&reference.name, reference.tag.as_deref()));
                facts = known.flatten().or_else(|| images::hinted(reference));
                // A release that stands behind the variable is that of every value.
                let behind = from
                    .image
                    .text
                    .rsplit_once('}')
                    .map_or("", |(_, rest)| rest);
                let is_said = images::names_release(&reference.name, behind);
                if is_default
                    && !is_said
                    && let Some(facts) = &mut facts
                {
                    facts.release = None;
                    facts.gone = false;
                }
                image = Some(reference.clone());
                image_state(reference, facts.as_ref())
            }
            Base::Scratch => open_state(Dialect::Sh, false),
            Base::Ambiguous => open_state(Dialect::Sh, true),
        };
        // ARGs end with their stage.
        state.args = Variables::default();
        self.current = Some(Rc::new(state));
        self.stages.push(Stage {
            index,
            name: from.name.as_ref().map(|name| name.text.clone()),
            item,
            end: item,
            base,
            other_bases,
            facts,
            image,
            uses: Vec::new(),
            is_final: None,
            has_start_command: false,
            has_onbuild: false,
        });
    }

    fn base(&self, reference: Option<&str>) -> Base {
        let Some(reference) = reference else {
            return Base::Ambiguous;
        };
        if let Some(stage) = self.stage_named(reference) {
            return Base::Stage(stage);
        }
        if reference == "scratch" {
            return Base::Scratch;
        }
        let public = self.options.split.public_image(reference);
        let reference = public.unwrap_or(reference);
        ImageReference::parse(reference, &self.options.mirrors).map_or(Base::Ambiguous, Base::Image)
    }

    /// The earlier stages that a variable may choose, noted as used.
    fn other_bases(&mut self, item: usize, reference: &Word, base: &Base) -> Vec<usize> {
        let by = self.stages.len();
        let text = self.text;
        let others = self.stages.iter_mut().filter(|stage| {
            !reference.variables.is_empty()
                && *base != Base::Stage(stage.index)
                && stage.may_be_named(reference, text)
        });
        let note = |stage: &mut Stage| {
            let kind = UseKind::From;
            stage.uses.push(Use { by, kind, item });
            stage.index
        };
        others.map(note).collect()
    }

    /// The last earlier stage of that name; names are matched without regard to case.
    fn stage_named(&self, name: &str) -> Option<usize> {
        let is_it = |stage: &&Stage| {
            stage
                .name
                .as_deref()
                .is_some_and(|own| own.eq_ignore_ascii_case(name))
        };
        self.stages
            .iter()
            .rev()
            .find(is_it)
            .map(|stage| stage.index)
    }

    /// What holds at the end of an earlier stage.
    fn end_state(&self, stage: usize) -> State {
        self.ends
            .get(stage)
            .or(self.current.as_ref())
            .map(Rc::as_ref)
            .cloned()
            .expect("a stage that was begun has a state")
    }

    /// Notes which stages `COPY --from` and `RUN --mount=from=` use.
    fn uses(&mut self, item: usize, instruction: &Instruction, state: &State) {
        let by = self.stages.len() - 1;
        let inner = match &instruction.arguments {
            Arguments::Onbuild(inner) => inner,
            _ => instruction,
        };
        if let (Some(flag), Arguments::Copy(copy)) = (inner.flag("from"), &inner.arguments) {
            let sources = copy
                .sources
                .iter()
                .map(|word| Some(self.expand(word, state).known()?.to_owned()))
                .collect();
            self.note_use(
                flag.value.as_deref().unwrap_or_default(),
                Use {
                    by,
                    kind: UseKind::Copy(sources),
                    item,
                },
            );
        }
        for flag in inner.flags.iter().filter(|flag| flag.name == "mount") {
            let fields = flag.value.as_deref().unwrap_or_default();
            if let Some(from) = fields
                .split(',')
                .find_map(|field| field.strip_prefix("from="))
            {
                self.note_use(
                    from,
                    Use {
                        by,
                        kind: UseKind::Mount,
                        item,
                    },
                );
            }
        }
    }

    fn note_use(&mut self, from: &str, used: Use) {
        let by = used.by;
        if from.contains('$') {
            // Any earlier stage may be meant.
            for stage in &mut self.stages[..by] {
                stage.uses.push(used.clone());
            }
            return;
        }
        let number = from.parse::<usize>().ok().filter(|&number| number < by);
        if let Some(stage) = number
            .or_else(|| self.stage_named(from))
            .filter(|&stage| stage < by)
        {
            self.stages[stage].uses.push(used);
        }
    }
}

/// What holds at the start of a stage made from an image.
fn image_state(image: &ImageReference, facts: Option<&images::BaseFacts>) -> State {
    let dialect = match facts.map(|facts| facts.family) {
        Some(Family::Alpine) => Dialect::Ash,
        Some(Family::Rpm) => Dialect::Bash,
        _ => Dialect::Sh,
    };
    let is_known = image.is_well_known() || image.name.starts_with("gcr.io/distroless/");
    let contract = is_known
        .then(|| images::base_contract(&image.name, image.tag.as_deref()))
        .flatten();
    let Some(contract) = contract else {
        return open_state(dialect, true);
    };
    let mut state = open_state(dialect, false);
    for (name, value) in contract.env {
        let value = value.map_or(Value::Ambiguous, |value| Value::Known(value.to_owned()));
        state.env.set(name.to_owned(), Setting::new(value, None));
    }
    state.user.value = Value::Known(contract.user.unwrap_or("root").to_owned());
    state.workdir.value = Value::Known(contract.workdir.unwrap_or("/").to_owned());
    state
}

/// A state of which only the shell is known; `open` where a base image may have set more.
fn open_state(dialect: Dialect, open: bool) -> State {
    let default = |value: &str| {
        if open {
            Value::Ambiguous
        } else {
            Value::Known(value.to_owned())
        }
    };
    State {
        env: Variables::default(),
        env_is_open: open,
        args: Variables::default(),
        user: Setting::new(default("root"), None),
        workdir: Setting::new(default("/"), None),
        shell: Shell::default_for(dialect),
    }
}

/// Docker's expansion of a word.
fn expand(word: &Word, escape: char, lookup: impl Fn(&str) -> Value) -> Value {
    let known = |name: &str| match lookup(name) {
        // An unset variable and an empty one differ in `${name-word}` only, where emptiness decides here.
        Value::Known(value) if value.is_empty() => imgfix_syntax::Value::Unset,
        Value::Known(value) => imgfix_syntax::Value::Known(value),
        Value::Ambiguous => imgfix_syntax::Value::Unknown,
    };
    word.expand(escape, &known)
        .map_or(Value::Ambiguous, Value::Known)
}

fn join_path(folder: &Value, path: &Value) -> Value {
    match (folder, path) {
        (_, Value::Known(path)) if path.starts_with('/') => Value::Known(path.clone()),
        (Value::Known(folder), Value::Known(path)) => {
            Value::Known(format!("{}/{path}", folder.trim_end_matches('/')))
        }
        _ => Value::Ambiguous,
    }
}

/// The last parts of the sources and destinations of COPY and ADD into a folder called `bin` or `sbin`.
fn copied_programs(file: &File) -> Vec<String> {
    let base_name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let mut names = Vec::new();
    for (_, instruction) in file.instructions() {
        if let Arguments::Copy(copy) = &instruction.arguments
            && copy.destination.text.contains("bin")
            && instruction.flag("from").is_none()
        {
            names.push(base_name(&copy.destination.text));
            names.extend(copy.sources.iter().map(|source| base_name(&source.text)));
        }
    }
    names.retain(|name| !name.is_empty() && name != "bin" && name != "sbin" && name != ".");
    names.sort();
    names.dedup();
    names
}

/// Whether a start command is a shell that waits for somebody: it says nothing of what the image is for.
fn is_bare_shell(command: &str) -> bool {
    let mut words = command
        .split(|char: char| char.is_whitespace() || matches!(char, '"' | '[' | ']' | ',' | '\''))
        .filter(|word| !word.is_empty());
    let first = words.next().and_then(|word| word.rsplit('/').next());
    first.is_some_and(|name| matches!(name, "bash" | "sh" | "ash" | "dash" | "zsh"))
        && words.all(|word| matches!(word, "-l" | "-i" | "-il" | "-li" | "--login"))
}
