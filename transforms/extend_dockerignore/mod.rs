#![doc = include_str!("../extend_dockerignore.md")]

mod entries;
mod users;

use imgfix_syntax::TextRange;

use crate::context::dockerignore::Ignore;
use crate::context::{BuildContext, Found, Sent};
use crate::edit::Edits;
use crate::model::placed::{Placed, PlacedSource, is_context_plausible, joined};
use crate::transform::{
    Applicability, Effect, Input, Meta, Proposals, Reason, Rewrite, Transform, TransformId,
};
use entries::{Entry, entries};
use users::User;

/// Keeps out of the build context what surely does not belong there.
pub(super) struct ExtendDockerignore;

static META: Meta = Meta {
    id: TransformId("extend-dockerignore"),
    summary: "keeps the repository, installed modules and build output out of the build context",
    page: include_str!("../extend_dockerignore.md"),
    reasons: &[
        &NOT_ALL_KNOWN,
        &RULES_NOT_UNDERSTOOD,
        &HAS_EXCEPTIONS,
        &REPOSITORY_MAY_BE_READ,
        &MAY_BE_NEEDED,
        &MAY_BE_READ_AT_RUN_TIME,
        &MANY_DOCKERFILES,
    ],
};

const NOT_ALL_KNOWN: Reason = Reason {
    id: "context-not-all-known",
    message: "not all of the build context is known",
};
const RULES_NOT_UNDERSTOOD: Reason = Reason {
    id: "rules-not-understood",
    message: "what is ignored already is not understood",
};
const HAS_EXCEPTIONS: Reason = Reason {
    id: "rules-have-exceptions",
    message: "the rules have exceptions, of which the last one counts: a rule behind them could undo one",
};
const REPOSITORY_MAY_BE_READ: Reason = Reason {
    id: "repository-may-be-read",
    message: "something in the build reads the repository, or may do so",
};
const MAY_BE_NEEDED: Reason = Reason {
    id: "may-be-needed",
    message: "what git ignores is in the context, and no step makes it anew",
};
const MAY_BE_READ_AT_RUN_TIME: Reason = Reason {
    id: "may-be-read-at-run-time",
    message: "local settings, perhaps with secrets, go into the image; whether the program reads them there is not known",
};
const MANY_DOCKERFILES: Reason = Reason {
    id: "many-dockerfiles",
    message: "too many Dockerfiles are built from the same context to look at all of them",
};

impl Transform for ExtendDockerignore {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn propose(&self, input: &Input<'_>, proposals: &mut Proposals) {
        let context = &input.surroundings.context;
        let is_known = context.known && is_context_plausible(input.model, input.surroundings);
        let Some((placed, anchor)) = takes_all(input).filter(|_| is_known) else {
            return;
        };
        let doubt = if context.hides_paths() {
            Some(&NOT_ALL_KNOWN)
        } else if input.surroundings.is_shared_by_many {
            Some(&MANY_DOCKERFILES)
        } else {
            let ignore = context.dockerignore.as_ref();
            ignore
                .is_some_and(|file| file.rules.is_err() || file.text.is_none())
                .then_some(&RULES_NOT_UNDERSTOOD)
        };
        if let Some(reason) = doubt {
            return proposals.decline(anchor, reason, "");
        }
        let mut users = vec![User::read(&input.model.text)];
        let others = input.surroundings.sharing.iter();
        users.extend(others.map(|text| User::read(text)));
        let found = entries(context, &users);
        for (reason, detail) in found.declined {
            proposals.decline(anchor, reason, detail);
        }
        if !found.entries.iter().any(|entry| entry.is_reason_enough) {
            return;
        }
        let rules = context.dockerignore.as_ref();
        let rules = rules.and_then(|file| file.rules.as_ref().ok());
        if rules.is_some_and(Ignore::has_exceptions) {
            return proposals.decline(anchor, &HAS_EXCEPTIONS, "");
        }
        proposals.rewrite(rewrite(input, &placed, anchor, &found.entries));
    }
}

/// The first COPY that takes the whole context.
fn takes_all(input: &Input<'_>) -> Option<(Placed, TextRange)> {
    let model = input.model;
    model.file.instructions().find_map(|(item, instruction)| {
        let placed = Placed::of(model, item, &input.surroundings.context)?;
        let is_all = |source: &PlacedSource| *source == PlacedSource::Folder(String::new());
        let takes_all = placed.sources.iter().any(is_all);
        takes_all.then_some((placed, instruction.range))
    })
}

fn rewrite(input: &Input<'_>, placed: &Placed, anchor: TextRange, entries: &[Entry]) -> Rewrite {
    let surroundings = input.surroundings;
    let ignore = surroundings.context.dockerignore.as_ref();
    let folder = surroundings.context_place.folder().unwrap_or_default();
    let path = ignore.map_or_else(|| joined(folder, ".dockerignore"), |file| file.path.clone());
    let before = ignore.and_then(|file| file.text.as_deref());
    let is_new = ignore.is_none();
    let entries: Vec<&Entry> = entries
        .iter()
        .filter(|entry| is_new || entry.is_reason_enough)
        .collect();
    let removed = entries.iter();
    let mut effects: Vec<Effect> = removed
        .map(|entry| Effect::PathRemoved(joined(&placed.to, &entry.path)))
        .collect();
    effects.push(Effect::IgnoreFileWritten {
        path: path.clone(),
        text: extended(before.unwrap_or_default(), &entries),
    });
    let names = entries.iter().map(|entry| match entry.why {
        Some(why) => format!("`{}` ({why})", entry.path),
        None => format!("`{}`", entry.path),
    });
    let names: Vec<String> = names.collect();
    let mut because = format!(
        "{} would be sent to the builder, and copied into the image with everything else",
        names.join(", ")
    );
    if entries.iter().any(|entry| entry.path == ".git") {
        because.push_str("; assumes that nothing in the build reads the history of the repository");
    }
    Rewrite {
        anchor,
        edits: Edits::default(),
        applicability: Applicability::Suggested,
        title: format!("{} `{path}`", if is_new { "add" } else { "extend" }),
        because,
        effects,
    }
}

/// The rules with the entries behind them, in the newline style of the file.
fn extended(before: &str, entries: &[&Entry]) -> String {
    let newline = if before.contains("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let mut text = before.to_owned();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push_str(newline);
    }
    for entry in entries {
        text.push_str(&entry.pattern);
        text.push_str(newline);
    }
    text
}

/// Whether something is there and reaches the builder.
fn is_sent(context: &BuildContext, path: &str) -> bool {
    context.sends(path) == Sent::Yes && !matches!(context.look(path), Found::Nothing)
}
