//! What the editor can do, as far as that makes a difference.

use serde_json::Value;

/// What the editor can do.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Client {
    /// How it gets to know diagnostics.
    pub(super) diagnostics: Delivery,
    /// How it takes changes of a document.
    pub(super) edits: Edits,
    /// Whether it tells of files that change, where it is asked to.
    pub(super) watches: Watching,
}

/// How diagnostics reach the editor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Delivery {
    /// They are sent when they change.
    #[default]
    Push,
    /// The editor asks for them.
    Pull,
    /// It asks for them, and again where it is told to.
    PullWithRefresh,
}

/// How the editor takes changes of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Edits {
    /// By the address of the document alone.
    #[default]
    Plain,
    /// With the version of it that they are for.
    Versioned,
}

/// Whether the editor tells of files that change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Watching {
    /// It does not.
    #[default]
    Nothing,
    /// It does for those that a registration names.
    Registered,
}

impl Client {
    /// Reads the parameters of `initialize`.
    pub(super) fn of(params: &Value) -> Self {
        let has = |path: &str| params.pointer(&format!("/capabilities/{path}"));
        let can = |path: &str| has(path).and_then(Value::as_bool).unwrap_or_default();
        let pulls = has("textDocument/diagnostic").is_some_and(Value::is_object);
        Self {
            diagnostics: match (pulls, can("workspace/diagnostics/refreshSupport")) {
                (false, _) => Delivery::Push,
                (true, false) => Delivery::Pull,
                (true, true) => Delivery::PullWithRefresh,
            },
            edits: if can("workspace/workspaceEdit/documentChanges") {
                Edits::Versioned
            } else {
                Edits::Plain
            },
            watches: if can("workspace/didChangeWatchedFiles/dynamicRegistration") {
                Watching::Registered
            } else {
                Watching::Nothing
            },
        }
    }
}
