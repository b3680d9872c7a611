//! What a RUN asks for: an owner or a mode, of which paths; and the flag of COPY that says the same.

use super::Doubt;
use crate::model::Model;
use crate::model::builder::buildkit_evidence;
use crate::model::folders;
use crate::model::run::{Run, RunScript};
use crate::model::state::State;
use crate::model::users::{self, Kind};
use crate::transform::{Input, Reason};

pub(super) const OWNER_NOT_LITERAL: Reason = Reason {
    id: "owner-not-literal",
    message: "the owner is a variable, or in a form that COPY does not have",
};
pub(super) const USER_UNKNOWN: Reason = Reason {
    id: "user-unknown",
    message: "that the image itself has the user or group is not shown; BuildKit takes an unknown one for root",
};
pub(super) const MODE_NOT_OCTAL: Reason = Reason {
    id: "mode-not-octal",
    message: "the mode depends on the one that the file has, or is more than three octal digits",
};
pub(super) const NEEDS_BUILDKIT: Reason = Reason {
    id: "needs-buildkit",
    message: "nothing shows that BuildKit builds it, and no other builder need know `COPY --chmod`",
};

/// What is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// The owner.
    Owner,
    /// The mode.
    Mode,
}

/// A `chown` or `chmod` of a RUN.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) what: What,
    /// The owner or the mode; `None` where it is not literal.
    pub(super) value: Option<String>,
    /// Whether it goes down into folders.
    pub(super) is_recursive: bool,
    /// An option that is not known to leave the result alone.
    pub(super) option: Option<String>,
    pub(super) targets: Vec<Target>,
    /// Which command of the RUN it is; `None` in an exec form.
    pub(super) command: Option<usize>,
}

/// A path that is changed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// This one.
    Path(String),
    /// Those that a pattern matches, all of which begin with this.
    Pattern(String),
    /// A variable or a spelling that is not read.
    NotLiteral,
}

/// The first `chown` or `chmod` of a RUN.
pub(super) fn asked(model: &Model, run: &Run) -> Option<Change> {
    let state = model.state(run.item)?;
    if let RunScript::Exec(words) = &run.script {
        let words: Vec<Written<'_>> = words
            .iter()
            .map(|word| Written {
                raw: word,
                literal: Some(word),
            })
            .collect();
        let name = words.first()?.raw;
        return read(name, &words[1..], None, state);
    }
    run.commands.iter().enumerate().find_map(|(at, command)| {
        let words: Vec<Written<'_>> = command
            .arguments()
            .iter()
            .map(|word| Written {
                raw: &word.raw,
                literal: word.literal.as_deref(),
            })
            .collect();
        read(command.name()?, &words, Some(at), state)
    })
}

/// A word, as written and as the program gets it.
struct Written<'w> {
    raw: &'w str,
    literal: Option<&'w str>,
}

fn read(
    name: &str,
    words: &[Written<'_>],
    command: Option<usize>,
    state: &State,
) -> Option<Change> {
    let what = match name.rsplit('/').next().unwrap_or(name) {
        "chown" => What::Owner,
        "chmod" => What::Mode,
        _ => return None,
    };
    // `chmod -x file` takes its mode for an option; so does every reader but this one.
    let is_mode =
        |raw: &str| what == What::Mode && raw.starts_with(['-', '+', '=']) && is_symbolic(raw);
    let (options, operands): (Vec<_>, Vec<_>) = words
        .iter()
        .partition(|word| word.raw.starts_with('-') && !is_mode(word.raw));
    let (value, targets) = operands.split_first()?;
    let plain = [
        "--recursive",
        "--verbose",
        "--changes",
        "--silent",
        "--quiet",
    ];
    let is_plain = |raw: &str| {
        plain.contains(&raw)
            || (!raw.starts_with("--") && raw[1..].chars().all(|char| "Rvcf".contains(char)))
    };
    let recursive =
        |raw: &str| raw == "--recursive" || (!raw.starts_with("--") && raw.contains('R'));
    Some(Change {
        what,
        value: value.literal.map(str::to_owned),
        is_recursive: options.iter().any(|word| recursive(word.raw)),
        option: options
            .iter()
            .find(|word| !is_plain(word.raw))
            .map(|word| word.raw.to_owned()),
        targets: targets.iter().map(|word| target(word, state)).collect(),
        command,
    })
}

/// `-x`, `+x`: a mode that begins like an option or a plus sign.
fn is_symbolic(raw: &str) -> bool {
    raw[1..].chars().all(|char| "rwxXstugo+-=,".contains(char)) && raw.len() > 1
}

fn target(word: &Written<'_>, state: &State) -> Target {
    if let Some(path) = word.literal.and_then(|path| folders::absolute(path, state)) {
        return Target::Path(path);
    }
    let is_pattern = word.raw.contains(['*', '?', '[', '{']);
    let fixed = &word.raw[..word.raw.find(['*', '?', '[', '{']).unwrap_or_default()];
    if !is_pattern || fixed.contains(['$', '`', '"', '\'', '\\', '~']) {
        return Target::NotLiteral;
    }
    let (folder, start) = fixed.rsplit_once('/').unwrap_or((".", fixed));
    let folder = if folder.is_empty() { "/" } else { folder };
    folders::absolute(folder, state).map_or(Target::NotLiteral, |folder| {
        Target::Pattern(format!("{}/{start}", folder.trim_end_matches('/')))
    })
}

impl Change {
    /// Whether the new owner is root, and the group too.
    pub(super) fn is_to_root(&self) -> bool {
        let Some(value) = self.value.as_deref().filter(|_| self.what == What::Owner) else {
            return false;
        };
        value.split(':').all(|name| matches!(name, "root" | "0"))
    }
}

/// The flag of COPY, and what shows that it means the same.
pub(super) fn flag(
    input: &Input<'_>,
    run: &Run,
    change: &Change,
) -> Result<(String, Vec<String>), Doubt> {
    match change.what {
        What::Owner => owner(input.model, run, change),
        What::Mode => mode(input, change),
    }
}

/// `chown user` leaves the group, which is root's; `--chown=user` would set the user's own one.
/// <https://docs.docker.com/reference/dockerfile/#copy---chown---chmod>
fn owner(model: &Model, run: &Run, change: &Change) -> Result<(String, Vec<String>), Doubt> {
    let value = change.value.as_deref();
    let not_literal = || {
        let detail = value.map_or_else(String::new, |value| format!("`{value}`"));
        (&OWNER_NOT_LITERAL, detail)
    };
    let value = value.ok_or_else(not_literal)?;
    let (user, group) = value.split_once(':').unwrap_or((value, "0"));
    let user = if user.is_empty() { "0" } else { user };
    if !is_name(user) || !is_name(group) {
        return Err(not_literal());
    }
    let mut evidence = Vec::new();
    for (name, kind) in [(user, Kind::User), (group, Kind::Group)] {
        let known = users::known(model, run.item, name, kind);
        let why = known.ok_or_else(|| (&USER_UNKNOWN, format!("`{name}`")))?;
        if !matches!(why.as_str(), "a number" | "root") && !evidence.contains(&why) {
            evidence.push(why);
        }
    }
    Ok((format!("--chown={user}:{group}"), evidence))
}

/// A name without anything in it that another reader may take for more.
fn is_name(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with('-')
        && text
            .chars()
            .all(|char| char.is_ascii_alphanumeric() || matches!(char, '_' | '-'))
}

fn mode(input: &Input<'_>, change: &Change) -> Result<(String, Vec<String>), Doubt> {
    let value = change.value.as_deref().unwrap_or_default();
    let digits = value
        .strip_prefix('0')
        .filter(|rest| rest.len() == 3)
        .unwrap_or(value);
    if digits.len() != 3 || !digits.bytes().all(|digit| (b'0'..=b'7').contains(&digit)) {
        return Err((&MODE_NOT_OCTAL, format!("`{value}`")));
    }
    let evidence = buildkit_evidence(input.model, input.surroundings, input.options);
    let evidence = evidence.ok_or_else(|| (&NEEDS_BUILDKIT, String::new()))?;
    Ok((
        format!("--chmod={value}"),
        vec![format!("BuildKit builds it ({evidence})")],
    ))
}
