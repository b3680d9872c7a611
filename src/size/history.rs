//! The instruction behind each layer, as the history of an image tells it.
//!
//! Each builder writes it in its own way: `BuildKit` the instruction with the shell in it, such as
//! `RUN /bin/sh -c make # buildkit`; the classic builder and Buildah a command for everything, such as
//! `/bin/sh -c #(nop) COPY file:0a in /`. Values of build arguments stand before a RUN; they are left out,
//! for they may be secrets.

use serde::Deserialize;

use imgfix_syntax::Keyword;

/// An entry of the history, as the configuration of an image has it.
/// <https://github.com/opencontainers/image-spec/blob/main/config.md#properties>
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Entry {
    pub(super) created_by: Option<String>,
    pub(super) comment: Option<String>,
    pub(super) empty_layer: bool,
}

/// What an entry says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// The instruction, where it is one.
    pub(super) keyword: Keyword,
    /// The instruction with its arguments, white space collapsed.
    pub(super) text: String,
    /// The layer that it made, counted from 0.
    pub(super) layer: Option<usize>,
}

/// The steps of a history with so many layers. Where it does not fit the layers, none of them has one.
pub(super) fn steps(history: &[Entry], layers: usize) -> Vec<Step> {
    let with_layer = history.iter().filter(|entry| !entry.empty_layer).count();
    let mut next = 0;
    let steps = history.iter().map(|entry| {
        let mut step = read(entry);
        if !entry.empty_layer && with_layer == layers {
            step.layer = Some(next);
            next += 1;
        }
        step
    });
    steps.collect()
}

fn read(entry: &Entry) -> Step {
    let said = entry.created_by.as_deref().unwrap_or_default();
    let said = said.strip_suffix("# buildkit").unwrap_or(said).trim();
    let text = match said.strip_prefix("RUN ") {
        Some(run) => format!("RUN {}", command(run.trim_start())),
        None => match said.split_once("#(nop) ") {
            Some((_, instruction)) => instruction.to_owned(),
            None if is_instruction(said) => said.to_owned(),
            None if said.starts_with('|') || shell(said).is_some() => {
                format!("RUN {}", command(said))
            }
            None if said.is_empty() => entry.comment.clone().unwrap_or_default(),
            None => said.to_owned(),
        },
    };
    let text = collapsed(&text);
    let name = text.split(' ').next().unwrap_or_default();
    Step {
        keyword: Keyword::of(name),
        text,
        layer: None,
    }
}

/// Whether a text begins with an instruction in capitals, as builders write it.
fn is_instruction(text: &str) -> bool {
    let name = text.split_ascii_whitespace().next().unwrap_or_default();
    Keyword::of(name) != Keyword::Unknown && name == name.to_uppercase()
}

/// A RUN without shell and build arguments.
fn command(text: &str) -> &str {
    let Some((count, rest)) = text.strip_prefix('|').and_then(|it| it.split_once(' ')) else {
        return shell(text).unwrap_or(text);
    };
    // A value may hold blanks, so what is behind the shell counts where there is one.
    let words = rest.match_indices(' ').map(|(at, _)| at + 1);
    let behind_shell = words.clone().find_map(|at| shell(&rest[at..]));
    let count: usize = count.parse().unwrap_or(0);
    let behind_arguments = || match count {
        0 => Some(rest),
        count => words.clone().nth(count - 1).map(|at| &rest[at..]),
    };
    shell(rest)
        .or(behind_shell)
        .or_else(behind_arguments)
        .unwrap_or_default()
}

/// What is behind `/bin/sh -c` and its kin.
fn shell(text: &str) -> Option<&str> {
    let (program, mut rest) = text.split_once(' ')?;
    if !program.ends_with("sh") || !program.starts_with('/') {
        return None;
    }
    // `-o pipefail -c` is as long as it gets.
    for _ in 0..6 {
        let (word, behind) = rest.trim_start().split_once(' ')?;
        rest = behind;
        if word.starts_with('-') && word.ends_with('c') {
            return Some(rest.trim_start());
        }
    }
    None
}

/// A text with one blank for each run of white space.
pub(super) fn collapsed(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(created_by: &str, keyword: Keyword, text: &str) {
        let entry = Entry {
            created_by: Some(created_by.to_owned()),
            ..Entry::default()
        };
        let step = read(&entry);
        assert_eq!((step.keyword, step.text.as_str()), (keyword, text));
    }

    #[test]
    fn each_builder_is_read() {
        let run = "RUN apt-get update && x";
        check(
            "RUN /bin/sh -c apt-get update     && x # buildkit",
            Keyword::Run,
            run,
        );
        check(
            "RUN |2 TOKEN=a b V=/bin/x /bin/bash -o pipefail -c apt-get update && x # buildkit",
            Keyword::Run,
            run,
        );
        check("/bin/sh -c apt-get update && x", Keyword::Run, run);
        check(
            "|1 TOKEN=secret /bin/sh -c apt-get update && x",
            Keyword::Run,
            run,
        );
        check(
            "RUN |1 TOKEN=secret ls -l # buildkit",
            Keyword::Run,
            "RUN ls -l",
        );
        check(
            "/bin/sh -c #(nop) COPY dir:0a1 in /app ",
            Keyword::Copy,
            "COPY dir:0a1 in /app",
        );
        check("COPY . /app # buildkit", Keyword::Copy, "COPY . /app");
        check("WORKDIR /app", Keyword::Workdir, "WORKDIR /app");
        check(
            "# debian.sh --arch 'amd64' out/ 'bookworm' '@1'",
            Keyword::Unknown,
            "# debian.sh --arch 'amd64' out/ 'bookworm' '@1'",
        );
    }

    #[test]
    fn an_import_has_its_comment() {
        let entry = Entry {
            comment: Some("Imported from -".to_owned()),
            ..Entry::default()
        };
        assert_eq!(read(&entry).text, "Imported from -");
    }

    #[test]
    fn a_history_that_does_not_fit_says_nothing_of_layers() {
        let entry = |text: &str, empty_layer| Entry {
            created_by: Some(text.to_owned()),
            empty_layer,
            ..Entry::default()
        };
        let history = [
            entry("ADD x /", false),
            entry("ENV A=1", true),
            entry("COPY a /", false),
        ];
        let layers: Vec<_> = steps(&history, 2).iter().map(|step| step.layer).collect();
        assert_eq!(layers, [Some(0), None, Some(1)]);
        assert!(steps(&history, 3).iter().all(|step| step.layer.is_none()));
    }
}
