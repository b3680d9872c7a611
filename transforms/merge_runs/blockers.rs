//! What stands against joining two RUNs, by what two shells and one shell do differently.
//!
//! The table of measured cases is section 3.3 of the hazards; each row that refuses has a reason here.

use imgfix_syntax::ItemKind;
use imgfix_syntax::shell::{CompoundKind, Enclosure, List, Terminator};

use crate::model::Model;
use crate::model::command::CommandFact;
use crate::model::run::{Run, RunForm, RunScript};
use crate::transform::{Join, Reason};

use super::{are_adjacent, comments, replaced};

/// Why two RUNs may not be joined flatly, and how they may be joined otherwise.
#[derive(Debug)]
pub(super) struct Blocker {
    pub(super) reason: &'static Reason,
    pub(super) detail: String,
    /// The way that is left; `None` where there is none.
    pub(super) join: Option<Join>,
}

macro_rules! reasons {
    ($($name:ident, $id:literal, $message:literal;)*) => {
        $(pub(super) const $name: Reason = Reason { id: $id, message: $message };)*
    };
}

reasons! {
    INSTRUCTION_BETWEEN, "instruction-between", "another instruction stands between the two";
    FLAGS_DIFFER, "flags-differ", "the flags of the two differ, and a flag holds for its whole RUN";
    EXEC_FORM, "exec-form", "one of the two is in exec form, which no shell reads";
    HEREDOC, "heredoc", "a heredoc belongs to one of the two";
    NOT_UNDERSTOOD, "not-understood", "the script of one of the two is not understood";
    COMMENT_OUT_OF_PLACE, "comment-out-of-place", "a heading, or an instruction that is out of use, stands between the two and would land in a RUN";
    PRAGMA_BETWEEN, "pragma-between", "a comment for another tool stands directly above the second one";
    SHELL_STATE, "shell-state", "the first one changes its shell, and the second one would see it";
    SHELL_OPTIONS, "shell-options", "the first one sets shell options that would hold for the second one";
    ENDS_THE_SHELL, "ends-the-shell", "the first one may end the shell before the second one begins";
    BACKGROUND_JOB, "background-job", "a background job or daemon ends with its RUN, and would live on";
    FUNCTION, "function", "a function or alias of the first one would be known to the second one";
    COMMENT_IN_SHELL, "comment-in-shell", "a shell comment in the first one would swallow the second one";
    STATUS_MASKED, "status-masked", "joined, a failure of the first one could go unseen";
    PROGRAM_REPLACED, "program-replaced", "the first one may replace a program that both run, whose old path the shell remembers";
    SHELL_REPLACED, "shell-replaced", "the first one replaces the program that is the shell, and only a new RUN starts the new one";
    FOLDER_REPLACED, "folder-replaced", "the first one removes or moves the folder in which both run, and only a new RUN enters the new one";
    USER_DATABASE, "user-database", "the first one changes users or groups, which only a new process sees";
    PER_RUN_FILES, "per-run-files", "the first one writes where each RUN has files of its own";
    LOOP_VARIABLE, "loop-variable", "a loop of the first one leaves a variable behind that the second one may read";
    LOGIN_SHELL, "login-shell", "the shell reads its profile at the start of each RUN, and the first one may change it";
    GROUP_READS_BADLY, "group-reads-badly", "they can be joined only with a group that would not read well";
}

/// Finds what stands against joining `right` to `left` flatly.
pub(super) fn find(model: &Model, left: &Run, right: &Run) -> Option<Blocker> {
    let hard = |reason, detail: String| {
        Some(Blocker {
            reason,
            detail,
            join: None,
        })
    };
    if !are_adjacent(model, left, right) {
        let item = (left.item + 1..right.item).find_map(|item| model.instruction(item));
        let text = item.map_or("", |instruction| {
            instruction.keyword_range.slice(&model.text)
        });
        return hard(&INSTRUCTION_BETWEEN, format!("`{text}` stands between"));
    }
    if left.flags != right.flags {
        return hard(&FLAGS_DIFFER, describe_flags(left, right));
    }
    let forms = [left.form, right.form];
    if forms.contains(&RunForm::Exec) {
        return hard(&EXEC_FORM, String::new());
    }
    if forms.contains(&RunForm::HeredocScript) || forms.contains(&RunForm::HeredocInput) {
        return hard(&HEREDOC, String::new());
    }
    let (RunScript::Shell(left_script), RunScript::Shell(right_script)) =
        (&left.script, &right.script)
    else {
        return hard(&NOT_UNDERSTOOD, String::new());
    };
    if let Some(comment) = pragma_between(model, left, right) {
        return hard(&PRAGMA_BETWEEN, comment);
    }
    if let Some(comment) = comments::out_of_place(model, left, right)
        && !comments::can_go_down(model, left)
    {
        return hard(&COMMENT_OUT_OF_PLACE, format!("`{comment}`"));
    }
    if reads_profile(model, left) {
        return hard(&LOGIN_SHELL, String::new());
    }
    if let Some((reason, path)) = replaced::find(model, left, right) {
        return hard(reason, format!("`{path}`"));
    }
    if left_script.list.has_comment {
        return hard(&COMMENT_IN_SHELL, String::new());
    }
    if left_script.list.items.is_empty() || right_script.list.items.is_empty() {
        return hard(&NOT_UNDERSTOOD, "one of the two is empty".to_owned());
    }
    if shares_prelude(left, right)
        && is_simple_sequence(&left_script.list)
        && is_simple_sequence(&right_script.list)
    {
        let rest = &left.commands[1..];
        return forbidden(rest, right)
            .or_else(|| {
                stateful(rest).map(|(reason, detail)| Blocker {
                    reason,
                    detail,
                    join: None,
                })
            })
            .or_else(|| {
                Some(Blocker {
                    reason: &SHELL_OPTIONS,
                    detail: String::new(),
                    join: Some(Join::SamePrelude),
                })
            });
    }
    if let Some(blocker) = forbidden(&left.commands, right) {
        return Some(blocker);
    }
    state_or_status(model, left, right, &left_script.list, &right_script.list)
}

/// What a group can help with: `cd` and assignments on the left, `;` and `||` on the right.
fn state_or_status(
    model: &Model,
    left: &Run,
    right: &Run,
    left_list: &List,
    right_list: &List,
) -> Option<Blocker> {
    let left_is_and_list = is_and_list(left_list);
    let right_is_and_list = is_and_list(right_list);
    if let Some((reason, detail)) = stateful(&left.commands) {
        let only_folder = left
            .commands
            .iter()
            .all(|command| match command.changes_shell() {
                None | Some("cd") => true,
                Some(_) => command.words.is_empty(),
            });
        let possible = only_folder && left_is_and_list && right_is_and_list;
        let reads_well = reads_well(model, left);
        return Some(match (possible, reads_well) {
            (true, true) => Blocker {
                reason,
                detail,
                join: Some(Join::LeftInSubshell),
            },
            (true, false) => Blocker {
                reason: &GROUP_READS_BADLY,
                detail,
                join: None,
            },
            (false, _) => Blocker {
                reason,
                detail,
                join: None,
            },
        });
    }
    if !left_is_and_list {
        let detail = "the first one is no list of commands joined by `&&`".to_owned();
        return Some(Blocker {
            reason: &STATUS_MASKED,
            detail,
            join: None,
        });
    }
    if !right_is_and_list {
        let detail = "the second one goes on after a failure (`;` or `||`)".to_owned();
        return Some(
            if reads_well(model, right)
                && right_list
                    .items
                    .iter()
                    .all(|item| !matches!(item.terminator, Terminator::Background(_)))
            {
                Blocker {
                    reason: &STATUS_MASKED,
                    detail,
                    join: Some(Join::RightInGroup),
                }
            } else {
                Blocker {
                    reason: &GROUP_READS_BADLY,
                    detail,
                    join: None,
                }
            },
        );
    }
    None
}

/// Whether the shell of a RUN reads a file of settings when it starts: a login or interactive shell, or one
/// whose environment names such a file.
fn reads_profile(model: &Model, run: &Run) -> bool {
    model.state(run.item).is_some_and(|state| {
        let options = state.shell.words.iter().skip(1);
        let asks = options.into_iter().any(|word| {
            let letters = word
                .strip_prefix('-')
                .filter(|letters| !letters.starts_with('-'));
            word == "--login"
                || letters.is_some_and(|letters| {
                    letters.contains(['l', 'i']) && !letters.contains("pipefail")
                })
        });
        asks || state.sets("BASH_ENV") || state.sets("ENV")
    })
}

/// Whether a list is one AND-list that nothing ends early.
fn is_and_list(list: &List) -> bool {
    list.items.len() == 1
        && list.items[0].terminator == Terminator::Newline
        && list.items[0].and_or.is_and_list()
}

/// Commands on one line, few enough for brackets around them to be seen at once.
fn reads_well(model: &Model, run: &Run) -> bool {
    run.commands.len() <= 4 && !run.range.slice(&model.text).contains('\n')
}

/// What no group helps with.
fn forbidden(left: &[CommandFact], right: &Run) -> Option<Blocker> {
    let hard = |reason, detail: &str| {
        Some(Blocker {
            reason,
            detail: detail.to_owned(),
            join: None,
        })
    };
    for command in left {
        let name = command.name().unwrap_or_default();
        if command.is_in(Enclosure::Background) || is_daemon(command) {
            return hard(&BACKGROUND_JOB, &format!("`{name}`"));
        }
        if command.is_in(Enclosure::Function)
            || matches!(command.changes_shell(), Some("alias" | "unalias"))
        {
            return hard(&FUNCTION, "");
        }
        if matches!(command.changes_shell(), Some("exit" | "exec" | "return")) {
            return hard(&ENDS_THE_SHELL, &format!("`{name}`"));
        }
        if matches!(name, "usermod" | "groupmod" | "newgrp" | "chsh") {
            return hard(&USER_DATABASE, &format!("`{name}`"));
        }
        if let Some(path) = per_run_file(command) {
            return hard(&PER_RUN_FILES, &format!("`{path}`"));
        }
        if replaces_itself(command)
            && right
                .commands
                .iter()
                .any(|other| other.name() == command.name())
        {
            return hard(&PROGRAM_REPLACED, &format!("`{name}`"));
        }
        let in_loop = command.is_in(Enclosure::Compound(CompoundKind::For));
        if in_loop
            && right
                .script()
                .is_some_and(|script| script.text().contains('$'))
        {
            return hard(&LOOP_VARIABLE, "");
        }
    }
    None
}

/// The first command that changes its shell, and which reason that is.
fn stateful(commands: &[CommandFact]) -> Option<(&'static Reason, String)> {
    commands.iter().find_map(|command| {
        let change = command.changes_shell()?;
        let reason = if matches!(change, "set" | "shopt" | "trap" | "umask" | "ulimit") {
            &SHELL_OPTIONS
        } else {
            &SHELL_STATE
        };
        Some((reason, format!("`{change}`")))
    })
}

fn is_daemon(command: &CommandFact) -> bool {
    let Some(name) = command.name() else {
        return false;
    };
    let path = command
        .program
        .and_then(|at| command.words[at].literal.as_deref())
        .unwrap_or_default();
    matches!(
        name,
        "service"
            | "pg_ctl"
            | "pg_ctlcluster"
            | "mysqld"
            | "mysqld_safe"
            | "dockerd"
            | "Xvfb"
            | "nohup"
            | "setsid"
            | "disown"
            | "wait"
            | "mongod"
            | "redis-server"
            | "postgres"
            | "systemctl"
            | "invoke-rc.d"
            | "initctl"
            | "start-stop-daemon"
            | "supervisord"
            | "rabbitmq-server"
            | "slapd"
            | "sshd"
            | "nginx"
            | "apachectl"
            | "apache2ctl"
            | "couchdb"
            | "cassandra"
            | "elasticsearch"
    ) || path.contains("/init.d/")
        || command.words.iter().any(|word| {
            word.raw.contains("$!")
                || ["nohup", "setsid", "--daemon", "--daemonize"]
                    .iter()
                    .any(|it| word.is(it))
        })
}

/// A path that the command names below `/dev/shm`, `/run`, `/etc/hosts` or `/etc/resolv.conf`: BuildKit
/// mounts them anew for each RUN.
fn per_run_file(command: &CommandFact) -> Option<&str> {
    let words = command
        .words
        .iter()
        .filter_map(|word| word.literal.as_deref());
    words
        .chain(command.writes.iter().map(String::as_str))
        .find(|word| {
            [
                "/dev/shm",
                "/run/",
                "/var/run/",
                "/etc/hosts",
                "/etc/resolv.conf",
            ]
            .iter()
            .any(|path| word.starts_with(path))
        })
}

/// Whether the command may put a newer one of its own name earlier in the PATH.
fn replaces_itself(command: &CommandFact) -> bool {
    let Some(name) = command.name() else {
        return false;
    };
    let base = name.trim_end_matches(|char: char| char.is_ascii_digit() || char == '.');
    match base {
        "pip" | "pipx" | "npm" | "yarn" | "gem" | "bundle" | "bundler" | "poetry" | "uv"
        | "conda" | "mamba" | "corepack" | "pnpm" | "composer" | "cpan" | "cpanm" => {
            command.arguments().iter().any(|word| {
                let text = word.literal.as_deref().unwrap_or("?");
                text == "?"
                    || text == name
                    || text.starts_with(base)
                    || matches!(text, "-r" | "--requirement" | "setuptools")
            })
        }
        _ => false,
    }
}

fn describe_flags(left: &Run, right: &Run) -> String {
    let flag = left.flags.iter().find(|flag| !right.flags.contains(flag));
    let flag = flag.or_else(|| right.flags.iter().find(|flag| !left.flags.contains(flag)));
    flag.map_or(String::new(), |flag| format!("`{flag}`"))
}

/// Both begin with the same `set -e…`.
fn shares_prelude(left: &Run, right: &Run) -> bool {
    let prelude = |run: &Run| {
        let first = run
            .commands
            .first()
            .filter(|command| command.name() == Some("set") && command.is_top_level)?;
        Some(
            first
                .words
                .iter()
                .map(|word| word.raw.clone())
                .collect::<Vec<_>>(),
        )
    };
    let exits = |words: &Vec<String>| {
        words
            .iter()
            .any(|word| word == "errexit" || (word.starts_with('-') && word.contains('e')))
    };
    matches!((prelude(left), prelude(right)), (Some(a), Some(b)) if a == b && exits(&a))
}

/// A sequence of simple commands: `set -e; a; b`, no `&&` or `||`, no compound command, no `!`.
fn is_simple_sequence(list: &List) -> bool {
    use imgfix_syntax::shell::CommandKind;
    list.items.len() > 1
        && !list.has_comment
        && list.items.iter().enumerate().all(|(at, item)| {
            let is_last = at + 1 == list.items.len();
            item.and_or.rest.is_empty()
                && !item.and_or.first.negated
                && item
                    .and_or
                    .first
                    .commands
                    .iter()
                    .all(|command| matches!(command.kind, CommandKind::Simple(_)))
                && match item.terminator {
                    Terminator::Semicolon(_) => !is_last,
                    Terminator::Newline => true,
                    Terminator::Background(_) => false,
                }
        })
}

/// A comment for a tool directly above the second RUN: it binds to that line.
fn pragma_between(model: &Model, left: &Run, right: &Run) -> Option<String> {
    (left.item + 1..right.item).find_map(|item| {
        let item = &model.file.items[item];
        let text = item.range.slice(&model.text).trim();
        let body = text
            .trim_start_matches('#')
            .trim_start()
            .to_ascii_lowercase();
        let is_pragma = matches!(item.kind, ItemKind::Comment)
            && [
                "hadolint",
                "checkov:",
                "trivy:",
                "renovate:",
                "imgfix:",
                "tflint",
                "semgrep",
                "nosec",
                "kics",
                "dockle",
                "syntax=",
                "check=",
                "escape=",
            ]
            .iter()
            .any(|tool| body.starts_with(tool));
        is_pragma.then(|| format!("`{text}`"))
    })
}
