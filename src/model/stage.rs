//! Stages, what they are made from, and who uses them.

use super::images::{BaseFacts, ImageReference};

/// A stage.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Its number, counted from 0.
    pub index: usize,
    /// Its name, as written.
    pub name: Option<String>,
    /// The item of its FROM.
    pub item: usize,
    /// One past its last item.
    pub end: usize,
    /// What it is made from.
    pub base: Base,
    /// What is known of the image below it, through the stages it is made from.
    pub facts: Option<BaseFacts>,
    /// The image below it, through the stages it is made from.
    pub image: Option<ImageReference>,
    /// How other stages use it.
    pub uses: Vec<Use>,
    /// Why it is a final image; `None` where it is not.
    pub is_final: Option<Final>,
    /// Whether it has a CMD or an ENTRYPOINT of its own that is more than a bare shell.
    pub has_start_command: bool,
    /// Whether it has ONBUILD instructions.
    pub has_onbuild: bool,
}

/// What a stage is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Base {
    /// Nothing.
    Scratch,
    /// An earlier stage, by index.
    Stage(usize),
    /// An image.
    Image(ImageReference),
    /// A variable whose value the build gives.
    Ambiguous,
}

/// How a stage is used by another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The stage that uses it.
    pub by: usize,
    /// How.
    pub kind: UseKind,
    /// The item that says so.
    pub item: usize,
}

/// The ways to use a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UseKind {
    /// `FROM stage`.
    From,
    /// `COPY --from=stage`, with its sources; `None` where one of them is not known.
    Copy(Option<Vec<String>>),
    /// `RUN --mount=from=stage`.
    Mount,
}

/// Why a stage makes a final image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Final {
    /// It is the last one.
    Last,
    /// Somebody builds it by name.
    Target(String),
    /// No other stage uses it.
    Unused,
}
