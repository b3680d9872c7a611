//! The contract between the engine and a transform. Knows neither.

pub mod block;
pub mod layout;
pub mod reasons;
mod template;
pub mod words;

use std::fmt;

use imgfix_syntax::{Keyword, TextRange};

use crate::context::Surroundings;
use crate::edit::Edits;
use crate::model::Model;
use crate::settings::Options;

pub use template::{Answer, TemplateMeta, TemplateVerdict};

/// How sure a rewrite is, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicability {
    /// May change what the container does; the assumption is named. Applied only when asked for.
    Unsafe,
    /// Equivalent on the evidence found in Dockerfile and build context; the evidence and the remaining
    /// assumption are named. Applied by default.
    Suggested,
    /// A file that built still builds; the runtime contract is equal; the image differs only by caches,
    /// package lists and layer borders. Applied by default, and alone with `--safe`.
    Safe,
}

impl fmt::Display for Applicability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Unsafe => "unsafe",
            Self::Suggested => "suggested",
            Self::Safe => "safe",
        })
    }
}

/// The name of a transform as users write it, in kebab case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TransformId(pub &'static str);

impl fmt::Display for TransformId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

impl fmt::Debug for TransformId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// A reason to decline. Each has a name, a message and a test.
#[derive(Debug, PartialEq, Eq)]
pub struct Reason {
    /// Its name, in kebab case.
    pub id: &'static str,
    /// What it says to a user, without the place.
    pub message: &'static str,
}

/// What there is to know about a transform without running it.
#[derive(Debug)]
pub struct Meta {
    /// Its name.
    pub id: TransformId,
    /// One line: what it does.
    pub summary: &'static str,
    /// Its page: the `.md` file beside it.
    pub page: &'static str,
    /// The reasons for which it declines.
    pub reasons: &'static [&'static Reason],
}

/// One kind of rewrite.
pub trait Transform: Sync {
    /// What there is to know about it.
    fn meta(&self) -> &'static Meta;

    /// Looks at the model and says what it would change, and what it declines to change.
    fn propose(&self, input: &Input<'_>, proposals: &mut Proposals);
}

/// What a transform sees.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The facts about the Dockerfile.
    pub model: &'a Model,
    /// What the repository says of it.
    pub surroundings: &'a Surroundings,
    /// What the user configured.
    pub options: &'a Options,
}

/// What a transform says.
#[derive(Debug, Default)]
pub struct Proposals {
    /// What it would change.
    pub rewrites: Vec<Rewrite>,
    /// What it declines to change.
    pub declined: Vec<Declined>,
}

impl Proposals {
    /// Proposes a rewrite.
    pub fn rewrite(&mut self, rewrite: Rewrite) {
        self.rewrites.push(rewrite);
    }

    /// Declines, at `range`.
    pub fn decline(
        &mut self,
        range: TextRange,
        reason: &'static Reason,
        detail: impl Into<String>,
    ) {
        self.declined.push(Declined {
            range,
            reason,
            detail: detail.into(),
        });
    }
}

/// An atomic group of edits: all of it lands, or none.
#[derive(Clone, Debug)]
pub struct Rewrite {
    /// The place it speaks of; its line is shown to the user.
    pub anchor: TextRange,
    /// What changes.
    pub edits: Edits,
    /// How sure it is.
    pub applicability: Applicability,
    /// What it does, in a few words: `join 2 RUN instructions`.
    pub title: String,
    /// Why that is better and why it is equivalent: the evidence, and any assumption that remains.
    pub because: String,
    /// What it means to change; the invariants read these.
    pub effects: Vec<Effect>,
}

/// What a rewrite means to change. Whatever differs beyond these is a bug, and the rewrite is rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The simple command at this range gets these words.
    CommandChanged {
        /// Where it stands before the rewrite.
        command: TextRange,
        /// Its words afterwards, as written.
        words: Vec<String>,
    },
    /// The simple command at this range goes, with the operator that joins it.
    CommandRemoved {
        /// Where it stands before the rewrite.
        command: TextRange,
    },
    /// A simple command is added behind the one at this range.
    CommandAdded {
        /// The command before it.
        after: TextRange,
        /// What joins the two.
        joiner: Joiner,
        /// Its words, as written.
        words: Vec<String>,
    },
    /// A simple command is added before the one at this range, joined by `&&`.
    CommandAddedBefore {
        /// The command behind it.
        before: TextRange,
        /// Its words, as written.
        words: Vec<String>,
    },
    /// The instruction gets one more flag, behind those it has.
    FlagAdded {
        /// The instruction.
        instruction: TextRange,
        /// The flag, as written.
        flag: String,
    },
    /// The RUN at `right` becomes part of the RUN at `left`.
    RunsJoined {
        /// The first instruction.
        left: TextRange,
        /// The second one.
        right: TextRange,
        /// How.
        join: Join,
    },
    /// The RUN goes as a whole: every command of it is removed.
    RunRemoved {
        /// The instruction.
        run: TextRange,
    },
    /// The instruction becomes another one, with the same flags and arguments.
    KeywordChanged {
        /// The instruction, before the rewrite.
        instruction: TextRange,
        /// What it becomes.
        keyword: Keyword,
    },
    /// A COPY or ADD stands elsewhere now.
    InstructionMoved {
        /// Where it stands before the rewrite.
        instruction: TextRange,
        /// Where it stands now.
        to: Place,
    },
    /// The declaration of a build argument moves down: what it passes does not see the argument any more.
    ArgumentMoved(String),
    /// A COPY is added: it brings a part of what another one brings, to the same places.
    CopyAdded {
        /// The other one.
        of: TextRange,
        /// The instruction in front of which it stands, behind what is added there already.
        before: TextRange,
        /// Its sources, as Docker reads them.
        sources: Vec<String>,
        /// Its destination.
        destination: String,
    },
    /// A RUN of one line is added before another instruction, behind what is added there already.
    RunAdded {
        /// The other one.
        before: TextRange,
        /// Its text behind the keyword, joined.
        text: String,
    },
    /// The file that says what of the build context is ignored is written anew.
    IgnoreFileWritten {
        /// Its path, from the root of the repository.
        path: String,
        /// All of its text.
        text: String,
    },
    /// What runs gets a stage of its own.
    StageSplit(Split),
    /// Files below this path are no longer in the image.
    PathRemoved(String),
    /// These packages are no longer installed.
    PackagesDropped(Vec<String>),
    /// These packages are named explicitly now.
    PackagesAdded(Vec<String>),
    /// An estimate of the bytes that the final image loses.
    BytesSaved(u64),
    /// An estimate of the bytes of the final image, before and after: what it is made from, and apt's packages; what
    /// else is installed and built comes on top.
    BaseEstimated {
        /// Those of the one stage.
        before: u64,
        /// Those of the one that runs.
        after: u64,
    },
}

/// A stage of which two are made: one that builds, and one that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// The name that the stage gets, which builds from now on.
    pub build: String,
    /// The name that it had and that the stage that runs has now, since somebody builds that.
    pub name: Option<String>,
    /// The RUNs that are added at its end, joined.
    pub build_end: Vec<String>,
    /// The instructions of the stage that runs, in order.
    pub runtime: Vec<StageLine>,
    /// Variables that only the build has any more.
    pub left_behind: Vec<String>,
    /// The author's variables that what runs has.
    pub kept: Vec<String>,
    /// Whether what runs has no shell, and starts no script.
    pub is_without_shell: bool,
    /// Whether the entry point of the image that runs is taken away, and the one of the image that builds only starts
    /// its arguments.
    pub resets_entry_point: bool,
    /// What the container starts and runs as from now on, as a template of the user's says it.
    pub told: Told,
}

/// What a template of the user's says of the stage that runs, in place of the author.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Whether it says that both images have the same user and working directory where that is not known.
    pub is_own: bool,
    /// The new CMD or ENTRYPOINT; the author's go.
    pub start: Option<String>,
    /// The new USER.
    pub user: Option<String>,
    /// The jar of Spring Boot, by its path, that the last RUN of the build takes apart into `/layers`: three COPYs
    /// bring it and its libraries in its place.
    pub layered_jar: Option<String>,
    /// The author's instructions that go.
    pub dropped: Vec<TextRange>,
}

/// An instruction of the stage that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StageLine {
    /// A new one, joined.
    Added(String),
    /// One that stands in the other stage too.
    Repeated(TextRange),
    /// One that stands here now.
    Moved(TextRange),
}

/// Where an instruction is moved to; behind what is moved there before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Directly in front of this instruction, behind what is added there.
    Before(TextRange),
    /// Directly behind this instruction.
    Behind(TextRange),
}

/// What joins an added command to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joiner {
    /// `&&`
    And,
    /// `;` or a newline, under `set -e`.
    Sequence,
}

/// How two RUNs are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// `left && right`
    Flat,
    /// `left && { right; }`
    RightInGroup,
    /// `( left ) && right`
    LeftInSubshell,
    /// `set -e; left; right`: both begin with the same `set`, of which one stays.
    SamePrelude,
}

/// Something a transform looked at and left alone.
#[derive(Clone, Debug)]
pub struct Declined {
    /// Where.
    pub range: TextRange,
    /// Why.
    pub reason: &'static Reason,
    /// What exactly, where the reason alone does not say it; may be empty.
    pub detail: String,
}
