//! Effective ENV, ARG, USER, WORKDIR and SHELL at an instruction, with the place that set them.

use imgfix_syntax::shell::Dialect;

use super::variables::Variables;

/// A value, or the knowledge that it is not known here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// The value.
    Known(String),
    /// It depends on what this file does not show: a build argument, an unknown base image.
    Ambiguous,
}

impl Value {
    /// The value, where it is known.
    pub fn known(&self) -> Option<&str> {
        match self {
            Self::Known(value) => Some(value),
            Self::Ambiguous => None,
        }
    }
}

/// A setting, and the item of the file that made it; `None` where it comes from the base image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its value.
    pub value: Value,
    /// The item that set it.
    pub item: Option<usize>,
}

impl Setting {
    pub(super) fn new(value: Value, item: Option<usize>) -> Self {
        Self { value, item }
    }
}

/// The shell that runs shell forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shell {
    /// The SHELL instruction's words; the builder's default where there is none.
    pub words: Vec<String>,
    /// How it reads a text.
    pub dialect: Dialect,
}

impl Shell {
    pub(super) fn default_for(dialect: Dialect) -> Self {
        Self {
            words: vec!["/bin/sh".to_owned(), "-c".to_owned()],
            dialect,
        }
    }

    /// Whether the shell is started with `-e`.
    pub fn exits_on_error(&self) -> bool {
        let options = self.words.iter().skip(1);
        options
            .clone()
            .any(|word| word == "errexit" || is_short_option(word, 'e'))
    }

    /// Whether the shell is started with `-o pipefail`.
    pub fn has_pipefail(&self) -> bool {
        self.words.iter().any(|word| word == "pipefail")
    }
}

/// Whether `word` is a cluster of single-letter options with `letter` among them.
pub(super) fn is_short_option(word: &str, letter: char) -> bool {
    word.len() > 1 && word.starts_with('-') && !word.starts_with("--") && word[1..].contains(letter)
}

/// What holds at an instruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// The environment.
    pub env: Variables,
    /// Whether the base image may set variables that are not in `env`.
    pub env_is_open: bool,
    /// The build arguments declared so far in the stage. Their values are ambiguous: `--build-arg` sets them.
    pub args: Variables,
    /// The user.
    pub user: Setting,
    /// The working directory.
    pub workdir: Setting,
    /// The shell.
    pub shell: Shell,
}

impl State {
    /// Whether commands run as root; `None` where that is not known.
    pub fn is_root(&self) -> Option<bool> {
        let user = self.user.value.known()?;
        let name = user.split(':').next().unwrap_or(user);
        Some(matches!(name, "" | "root" | "0"))
    }

    /// What Docker puts in place of `$name`: empty where nothing sets it.
    pub fn lookup(&self, name: &str) -> Value {
        if let Some(setting) = self.env.get(name) {
            return setting.value.clone();
        }
        if self.args.contains(name) || self.env_is_open {
            return Value::Ambiguous;
        }
        Value::Known(String::new())
    }

    /// Whether a variable is set for the commands of a RUN, by ENV, ARG or the base image as far as known.
    pub fn sets(&self, name: &str) -> bool {
        self.env.contains(name) || self.args.contains(name)
    }
}
