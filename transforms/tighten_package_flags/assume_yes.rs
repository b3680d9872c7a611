//! `-y` where it is missing: a build has nobody to ask.

use imgfix_syntax::shell::Enclosure;

use crate::edit::Edits;
use crate::model::command::Failure;
use crate::transform::words::WordEdits;
use crate::transform::{Applicability, Effect, Input, Proposals, Reason, Rewrite};

use super::Site;
use super::survey::Survey;

pub(super) const FAILURE_IGNORED: Reason = Reason {
    id: "failure-is-ignored",
    message: "the script goes on when this command stops at its prompt; answering it would do what was not done before",
};
pub(super) const INPUT_PIPED: Reason = Reason {
    id: "input-is-piped",
    message: "something answers the prompt already",
};

/// Whether the command may prompt.
pub(super) fn is_missing(survey: &Survey, site: &Site<'_>) -> bool {
    let Some(yes) = &site.operation.manager.assume_yes else {
        return false;
    };
    if !yes.verbs.contains(&site.operation.verb) {
        return false;
    }
    let answered = site.operation.option_texts(site.command).any(|option| {
        let is_cluster = option.starts_with('-') && !option.starts_with("--");
        let letters = option.trim_start_matches('-');
        yes.spellings.contains(&option)
            || (is_cluster && !option.starts_with("-o") && letters.contains(yes.letter))
            || (is_cluster
                && yes
                    .implied_by_double
                    .is_some_and(|letter| letters.matches(letter).count() > 1))
            || option
                .strip_prefix("-q=")
                .is_some_and(|level| level != "1" && level != "0")
            || matches!(
                option,
                "-s" | "--simulate"
                    | "--just-print"
                    | "--dry-run"
                    | "--recon"
                    | "--no-act"
                    | "-d"
                    | "--download-only"
                    | "--print-uris"
            )
            || option.contains('$')
    });
    let quiet_twice = yes.implied_by_double.is_some_and(|letter| {
        let short = format!("-{letter}");
        site.operation
            .option_texts(site.command)
            .filter(|option| *option == short)
            .count()
            > 1
    });
    let configured = site
        .command
        .words
        .iter()
        .any(|word| word.raw.contains(yes.configuration))
        || survey.answers_prompts();
    !answered && !quiet_twice && !configured
}

pub(super) fn propose(
    input: &Input<'_>,
    survey: &Survey,
    site: &Site<'_>,
    proposals: &mut Proposals,
) {
    if !is_missing(survey, site) {
        return;
    }
    let range = site.command.range;
    if site.command.is_in(Enclosure::Pipe) || reads_input(input, site) {
        return proposals.decline(range, &INPUT_PIPED, "");
    }
    if site.command.failure != Failure::Fatal {
        return proposals.decline(range, &FAILURE_IGNORED, "");
    }
    let yes = site
        .operation
        .manager
        .assume_yes
        .as_ref()
        .expect("a manager that prompts");
    let mut words = WordEdits::new(site.command);
    words.insert_after(site.operation.subcommand, " ", yes.flag);
    let (edits, effect) = words.finish(input.model);
    proposals.rewrite(Rewrite {
        anchor: range,
        edits: Edits::new(edits).expect("one edit does not overlap"),
        applicability: Applicability::Safe,
        title: format!("add `{}`", yes.flag),
        because: "a build has nobody to answer a prompt: what builds today does not prompt, and what would fail goes on".to_owned(),
        effects: vec![effect, Effect::BytesSaved(0)],
    });
}

/// Whether a redirection gives the command its input.
fn reads_input(input: &Input<'_>, site: &Site<'_>) -> bool {
    let text = site.run.range.slice(&input.model.text);
    site.command.has_redirections && text.contains('<')
}
