//! What a template decides, as data.

use std::collections::BTreeMap;

use crate::edit::Edit;
use crate::transform::{Applicability, Effect};

/// Where an instruction belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// To the stage that builds.
    Build,
    /// To the stage that runs.
    Moves,
    /// To both.
    Repeats,
}

/// What is copied from the stage that builds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Brought {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) owner: Option<String>,
}

impl Brought {
    /// A path that stays where it is.
    pub(super) fn in_place(path: impl Into<String>) -> Self {
        let path = path.into();
        Self {
            from: path.clone(),
            to: path,
            owner: None,
        }
    }
}

/// What a template of the user's says of the stage that runs, in place of the author.
#[derive(Default)]
pub(super) struct ToldPlan {
    /// Whether the template is the user's.
    pub(super) is_own: bool,
    /// `CMD` or `ENTRYPOINT`, and the words.
    pub(super) start: Option<(&'static str, Vec<String>)>,
    /// Whether the author's `CMD` stays, behind another `ENTRYPOINT`.
    pub(super) keeps_command: bool,
    pub(super) user: Option<String>,
    /// A jar that is taken apart into layers.
    pub(super) layered_jar: Option<String>,
    /// A RUN in front of what is brought, which gives away the folders that hold it.
    pub(super) gives: Option<String>,
}

/// What becomes of a stage.
pub(super) struct Plan {
    /// The image of the stage that runs.
    pub(super) runtime: String,
    /// Where each instruction belongs.
    pub(super) roles: BTreeMap<usize, Role>,
    /// What changes in the stage that builds, and what that means.
    pub(super) edits: Vec<Edit>,
    pub(super) effects: Vec<Effect>,
    /// RUNs at the end of the stage that builds.
    pub(super) build_end: Vec<String>,
    /// The command that installs what the stage that runs needs of the system, and the item in whose place.
    pub(super) install: Option<(String, usize)>,
    /// Variables that the stage that runs is given.
    pub(super) variables: Vec<String>,
    /// Whether its image has no shell, and what runs needs none.
    pub(super) is_without_shell: bool,
    /// Whether its image has an entry point that the author's words are not for.
    pub(super) resets_entry_point: bool,
    /// What is copied from the stage that builds.
    pub(super) brought: Vec<Brought>,
    /// Variables that stay behind.
    pub(super) left_behind: Vec<String>,
    /// What a template of the user's says in place of the author.
    pub(super) told: ToldPlan,
    pub(super) applicability: Applicability,
    /// Whether the edits are enough: a stage of its own would have nothing else to leave behind.
    pub(super) stays: bool,
    pub(super) because: String,
}
