//! Archives that a RUN downloads, unpacks and leaves behind.

use imgfix_syntax::TextRange;

use crate::edit::Edits;
use crate::model::command::CommandFact;
use crate::model::run::{Run, is_within};
use crate::transform::reasons::NOT_SHIPPED;
use crate::transform::{Applicability, Effect, Input, Proposals, Reason, Rewrite};

use super::reasons::NO_SAFE_PLACE;
use super::{added, place};

pub(super) const USED_LATER: Reason = Reason {
    id: "archive-used-later",
    message: "something later names the archive, or may mean it with a pattern",
};

/// Endings of archives.
const ENDINGS: &[&str] = &[
    ".tar", ".tgz", ".tbz", ".tbz2", ".txz", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst",
    ".tar.Z", ".zip",
];

/// Removes each archive directly behind the command that unpacks it.
pub(super) fn propose(input: &Input<'_>, run: &Run, proposals: &mut Proposals) {
    if run.deferred || run.script().is_none() {
        return;
    }
    for (at, unpack) in run.commands.iter().enumerate() {
        let Some(archive) = unpacked(unpack) else {
            continue;
        };
        let is_fresh = run.commands[..at]
            .iter()
            .rev()
            .take_while(|command| archive.starts_with('/') || command.changes_shell() != Some("cd"))
            .any(|command| downloads(command, archive));
        if is_fresh && !is_gone(run, at, archive) && !is_mounted(input, run, archive) {
            propose_one(input, run, at, archive, proposals);
        }
    }
}

fn propose_one(input: &Input<'_>, run: &Run, at: usize, archive: &str, proposals: &mut Proposals) {
    let model = input.model;
    let unpack = &run.commands[at];
    let range = unpack.range;
    if !input.options.all_stages && !model.reaches_final_image(run.stage) {
        return proposals.decline(range, &NOT_SHIPPED, format!("`{archive}`"));
    }
    if let Some(line) = named_later(input, run, at, archive) {
        return proposals.decline(range, &USED_LATER, format!("`{archive}` in line {line}"));
    }
    let name = base_name(archive);
    let mut texts = input.surroundings.context.files.iter();
    let named = texts.find(|(_, text)| text.as_ref().is_some_and(|text| text.contains(name)));
    if let Some((file, _)) = named {
        return proposals.decline(range, &USED_LATER, format!("`{archive}` in `{file}`"));
    }
    let Some(place) = place::behind(run, unpack) else {
        return proposals.decline(range, &NO_SAFE_PLACE, format!("`{archive}`"));
    };
    let mut words = vec!["rm".to_owned(), archive.to_owned()];
    if unpack.words[0].is("sudo") {
        words.insert(0, "sudo".to_owned());
    }
    let (edits, effect) = added(model, run, words, &place);
    proposals.rewrite(Rewrite {
        anchor: range,
        edits: Edits::new(edits).expect("one edit does not overlap"),
        applicability: Applicability::Suggested,
        title: "remove the downloaded archive where it is unpacked".to_owned(),
        because: format!(
            "the layer keeps `{archive}` beside what was in it otherwise; assumes that nothing reads it again"
        ),
        effects: vec![effect, Effect::PathRemoved(archive.to_owned())],
    });
}

/// The archive that a command unpacks, as written.
fn unpacked(command: &CommandFact) -> Option<&str> {
    let is_plain = command.is_top_level
        && command.enclosures.is_empty()
        && command.assignments.is_empty()
        && !command.takes_more_arguments;
    if !is_plain {
        return None;
    }
    let words = command.arguments();
    let file = match command.name()? {
        "unzip" => words.iter().find(|word| !word.raw.starts_with('-'))?,
        "tar" | "bsdtar" => {
            let flags = words.first()?.raw.as_str();
            let is_option = |raw: &str| raw.starts_with('-') && !raw.starts_with("--");
            let extracts = words.iter().any(|word| {
                word.is("--extract") || (is_option(&word.raw) && word.raw.contains('x'))
            }) || (!flags.starts_with('-') && flags.contains('x'));
            let long = words.iter().find(|word| word.raw.starts_with("--file="));
            if let Some(word) = long.filter(|_| extracts) {
                return archive_name(word.raw.strip_prefix("--file=")?);
            }
            // The file follows the option, or the old cluster, that ends in `f`.
            let at = words.iter().position(|word| {
                (is_option(&word.raw) && word.raw.ends_with('f')) || word.is("--file")
            });
            let at =
                at.or_else(|| (!flags.starts_with('-') && flags.ends_with('f')).then_some(0))?;
            words.get(at + 1).filter(|_| extracts)?
        }
        _ => return None,
    };
    archive_name(&file.raw)
}

/// A path of an archive, where it can be named again.
fn archive_name(raw: &str) -> Option<&str> {
    let plain = raw.trim_matches('"');
    let is_one = !plain.contains(['*', '?', '[', '`', '\'', ' ', '('])
        && ENDINGS.iter().any(|ending| plain.ends_with(ending));
    is_one.then_some(raw)
}

/// Whether a command downloads to exactly this file.
fn downloads(command: &CommandFact, archive: &str) -> bool {
    let bare = |text: &str| text.trim_matches('"').trim_start_matches("./").to_owned();
    let archive = bare(archive);
    let Some(name @ ("curl" | "wget")) = command.name() else {
        return false;
    };
    if !command.is_top_level || !command.enclosures.is_empty() {
        return false;
    }
    let words = command.arguments();
    let is_of_url = |name: &str| {
        words.iter().any(|word| {
            let url = word.raw.trim_matches(['"', '\'']);
            url.contains("://") && url.rsplit('/').next() == Some(name)
        })
    };
    let behind = |option: &str| {
        words.iter().enumerate().any(|(at, word)| {
            let is_cluster = word.raw.starts_with('-')
                && !word.raw.starts_with("--")
                && word.raw.ends_with(option);
            is_cluster
                && words
                    .get(at + 1)
                    .is_some_and(|file| bare(&file.raw) == archive)
        })
    };
    let long = |option: &str| {
        words.iter().enumerate().any(|(at, word)| {
            let value = word.raw.strip_prefix(option);
            value
                .and_then(|value| value.strip_prefix('='))
                .is_some_and(|file| bare(file) == archive)
                || (value == Some("")
                    && words
                        .get(at + 1)
                        .is_some_and(|file| bare(&file.raw) == archive))
        })
    };
    let has_cluster = |letter: char| {
        words.iter().any(|word| {
            word.raw.starts_with('-') && !word.raw.starts_with("--") && word.raw.contains(letter)
        })
    };
    let to_file = command.writes.iter().any(|file| bare(file) == archive);
    if name == "curl" {
        let by_name = has_cluster('O') || words.iter().any(|word| word.is("--remote-name"));
        behind("o") || long("--output") || to_file || (by_name && is_of_url(&archive))
    } else {
        let is_elsewhere = has_cluster('O') || has_cluster('P');
        let in_folder = words
            .iter()
            .zip(words.iter().skip(1))
            .any(|(option, folder)| {
                (option.is("-P") || option.is("--directory-prefix"))
                    && archive
                        .strip_prefix(folder.raw.trim_matches('"').trim_end_matches('/'))
                        .and_then(|rest| rest.strip_prefix('/'))
                        .is_some_and(&is_of_url)
            });
        in_folder
            || behind("O")
            || long("--output-document")
            || to_file
            || (!is_elsewhere && is_of_url(&archive))
    }
}

/// Whether the RUN removes it later, or may: by name, with its folder, by a pattern, or moves it.
fn is_gone(run: &Run, at: usize, archive: &str) -> bool {
    let name = base_name(archive);
    let bare = archive.trim_matches('"');
    let entered = run.commands[..at]
        .iter()
        .rev()
        .find(|command| command.changes_shell() == Some("cd"));
    let path = match entered.and_then(|cd| cd.arguments().first()?.literal.as_deref()) {
        Some(folder) if folder.starts_with('/') && !bare.starts_with('/') => {
            format!("{}/{bare}", folder.trim_end_matches('/'))
        }
        _ => bare.to_owned(),
    };
    let folder = bare.strip_suffix(name).unwrap_or_default();
    run.commands[at + 1..].iter().any(|command| {
        let removes = matches!(command.name(), Some("rm" | "find" | "unlink"));
        let moves = command.name() == Some("mv");
        command.arguments().iter().any(|word| {
            let raw = word.raw.trim_matches('"');
            let pattern = raw.find(['*', '?']).map(|at| &raw[..at]);
            let may_match = pattern.is_some_and(|start| {
                let dir = start.rfind('/').map_or("", |slash| &start[..=slash]);
                dir == folder || (removes && !dir.is_empty() && path.starts_with(dir))
            });
            let covers = matches!(raw, "." | "..") || raw.contains('$') || is_within(&path, raw);
            ((removes || moves) && (raw.contains(name) || may_match)) || (removes && covers)
        })
    })
}

/// Whether a mount holds it.
fn is_mounted(input: &Input<'_>, run: &Run, archive: &str) -> bool {
    let state = input.model.state(run.item);
    let folder = if archive.starts_with('/') {
        Some(archive.to_owned())
    } else {
        state
            .and_then(|state| state.workdir.value.known())
            .map(|workdir| format!("{}/{archive}", workdir.trim_end_matches('/')))
    };
    match folder {
        Some(path) => run.is_mounted(&path),
        None => !run.mounts.is_empty(),
    }
}

/// The line of what names the archive behind the command, in its RUN or in the instructions after it.
fn named_later(input: &Input<'_>, run: &Run, at: usize, archive: &str) -> Option<usize> {
    let model = input.model;
    let name = base_name(archive);
    let is_pattern = |text: &str| {
        text.contains('*')
            && text.split_whitespace().any(|word| {
                word.contains('*') && ENDINGS.iter().any(|ending| word.contains(ending))
            })
    };
    let means = |text: &str| text.contains(name) || is_pattern(text) || checks_sums(text);
    let line = |range: TextRange| model.lines.line(range.start());
    let in_run = run.commands[at + 1..]
        .iter()
        .find(|command| means(command.range.slice(&model.text)));
    if let Some(command) = in_run {
        return Some(line(command.range));
    }
    let instructions = model
        .file
        .instructions()
        .filter(|(item, _)| *item > run.item);
    instructions
        .into_iter()
        .find(|(_, instruction)| means(instruction.range.slice(&model.text)))
        .map(|(_, instruction)| line(instruction.range))
}

/// Whether a command compares files with a list of check sums, or with signatures: with which ones is not
/// read.
fn checks_sums(text: &str) -> bool {
    if !["sum", "gpg", "minisign"]
        .iter()
        .any(|name| text.contains(name))
    {
        return false;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_sum = |word: &&str| word.ends_with("sum") || *word == "gpg" || *word == "minisign";
    words.iter().any(is_sum)
        && words
            .iter()
            .any(|word| matches!(*word, "-c" | "--check" | "--verify" | "-V" | "-sc" | "-wc"))
}

fn base_name(path: &str) -> &str {
    let path = path.trim_matches('"');
    path.rsplit('/').next().unwrap_or(path)
}
