//! What has to hold of the two instructions, whatever is copied.

use imgfix_syntax::{Instruction, ItemKind, Keyword};

use super::Doubt;
use super::change::{Change, Target, What};
use crate::model::Model;
use crate::model::copy;
use crate::model::folders;
use crate::model::images;
use crate::model::run::{Run, RunForm, is_within};
use crate::transform::Reason;

pub(super) const INSTRUCTION_BETWEEN: Reason = Reason {
    id: "instruction-between",
    message: "another instruction stands between the COPY and the RUN",
};
pub(super) const NOT_A_PLAIN_RUN: Reason = Reason {
    id: "not-a-plain-run",
    message: "the RUN has flags, is an exec form or a heredoc, or its command has an option that COPY has not",
};
pub(super) const NOT_ALONE: Reason = Reason {
    id: "not-alone",
    message: "the RUN does more than that, and its layer stays",
};
pub(super) const BROUGHT_BY_ADD: Reason = Reason {
    id: "brought-by-add",
    message: "an ADD that fetches or unpacks, or may do so, brought it",
};
pub(super) const HAS_FLAGS: Reason = Reason {
    id: "has-flags",
    message: "the COPY has the flag already, or one that does not go with it",
};
pub(super) const COMMENT_IN_THE_WAY: Reason = Reason {
    id: "comment-in-the-way",
    message: "a comment would lose its place",
};
pub(super) const NOT_ROOT: Reason = Reason {
    id: "not-root",
    message: "the user is not root, who alone may change what COPY made",
};
pub(super) const IN_VOLUME: Reason = Reason {
    id: "in-volume",
    message: "it lies in a volume, where the classic builder forgets what a RUN changes",
};

/// Flags of COPY with which it is left alone.
const OTHER_FLAGS: &[&str] = &["link", "parents", "exclude"];

pub(super) fn check(model: &Model, run: &Run, change: &Change, copy: usize) -> Result<(), Doubt> {
    let between = (copy + 1..run.item).find_map(|item| model.instruction(item));
    if let Some(between) = between {
        let keyword = between.keyword_range.slice(&model.text);
        return Err((&INSTRUCTION_BETWEEN, format!("`{keyword}`")));
    }
    is_plain(run, change)?;
    let instruction = model.instruction(copy).expect("a COPY is an instruction");
    if instruction.keyword == Keyword::Add {
        return Err((&BROUGHT_BY_ADD, String::new()));
    }
    let own = match change.what {
        What::Owner => "chown",
        What::Mode => "chmod",
    };
    let flag = instruction
        .flags
        .iter()
        .find(|flag| flag.name == own || OTHER_FLAGS.contains(&flag.name.as_str()));
    if let Some(flag) = flag {
        return Err((&HAS_FLAGS, format!("`--{}`", flag.name)));
    }
    comments(model, run, copy, instruction)?;
    let state = model.state(run.item).expect("a RUN stands in a stage");
    if state.is_root() == Some(false) {
        return Err((&NOT_ROOT, String::new()));
    }
    in_volume(model, run, change)
}

/// Whether only comments and blank lines stand between the two.
pub(super) fn is_directly_below(model: &Model, run: &Run, copy: usize) -> bool {
    (copy + 1..run.item).all(|item| model.instruction(item).is_none())
}

/// The RUN is a shell form of one command, and nothing besides.
fn is_plain(run: &Run, change: &Change) -> Result<(), Doubt> {
    let Some(at) = change.command else {
        return Err((&NOT_A_PLAIN_RUN, "an exec form".to_owned()));
    };
    if let Some(flag) = run.flags.first() {
        return Err((&NOT_A_PLAIN_RUN, format!("`{flag}`")));
    }
    if run.form != RunForm::Shell {
        return Err((&NOT_A_PLAIN_RUN, "a heredoc".to_owned()));
    }
    if run.commands.len() != 1 {
        return Err((&NOT_ALONE, format!("{} commands", run.commands.len())));
    }
    let command = &run.commands[at];
    let is_alone = command.is_top_level
        && command.enclosures.is_empty()
        && !command.has_redirections
        && command.assignments.is_empty()
        && command.program == Some(0)
        && run
            .script()
            .is_some_and(|script| !script.list.has_comment && script.list.items.len() == 1);
    if !is_alone {
        return Err((&NOT_ALONE, String::new()));
    }
    match &change.option {
        Some(option) => Err((&NOT_A_PLAIN_RUN, format!("`{option}`"))),
        None => Ok(()),
    }
}

/// Comments between the two can stand above the COPY, unless they speak to a tool, or the COPY has
/// comments of its own, which they would overtake.
fn comments(model: &Model, run: &Run, copy: usize, instruction: &Instruction) -> Result<(), Doubt> {
    let own = model.instruction(run.item).map(|it| it.comments.len());
    let mut between = model.file.items[copy + 1..run.item]
        .iter()
        .filter(|item| matches!(item.kind, ItemKind::Comment))
        .map(|item| item.range.slice(&model.text).trim())
        .peekable();
    let overtakes = between.peek().is_some() && !instruction.comments.is_empty();
    if own != Some(0) || overtakes {
        return Err((&COMMENT_IN_THE_WAY, String::new()));
    }
    match between.find(|comment| speaks_to_tool(comment)) {
        Some(comment) => Err((&COMMENT_IN_THE_WAY, format!("`{comment}`"))),
        None => Ok(()),
    }
}

/// Whether a comment is a word to a linter or a scanner: `# hadolint ignore=…`, `# trivy:ignore…`.
fn speaks_to_tool(comment: &str) -> bool {
    let body = comment.trim_start_matches('#').trim_start();
    let first = body.split([' ', '\t']).next().unwrap_or_default();
    let tools = [
        "hadolint",
        "tflint",
        "semgrep",
        "nosec",
        "kics",
        "dockle",
        "shellcheck",
    ];
    tools.contains(&first.to_ascii_lowercase().as_str())
        || first.contains(['=', ':']) && !first.ends_with(':')
}

/// <https://docs.docker.com/reference/dockerfile/#notes-about-specifying-volumes>
fn in_volume(model: &Model, run: &Run, change: &Change) -> Result<(), Doubt> {
    let stage = &model.stages[run.stage];
    let image = stage.image.as_ref().filter(|image| image.is_official());
    let contract = image.and_then(|image| images::base_contract(&image.name, image.tag.as_deref()));
    let of_image = contract.into_iter().flat_map(|contract| contract.volumes);
    let mut volumes: Vec<String> = of_image.map(str::to_owned).collect();
    for (stage, until) in model.chain(run.item) {
        for item in model.stages[stage].item..until {
            volumes.extend(volumes_of(model, item));
        }
    }
    let covers = |path: &str| volumes.iter().find(|volume| is_within(path, volume));
    let found = change.targets.iter().find_map(|target| match target {
        Target::Path(path) => covers(path),
        Target::Pattern(_) | Target::NotLiteral => None,
    });
    match found {
        Some(volume) => Err((&IN_VOLUME, format!("`{volume}`"))),
        None => Ok(()),
    }
}

/// What VOLUME names; one that is not literal covers everything.
fn volumes_of(model: &Model, item: usize) -> Vec<String> {
    use imgfix_syntax::Arguments;
    let (Some(instruction), Some(state)) = (model.instruction(item), model.state(item)) else {
        return Vec::new();
    };
    let (Keyword::Volume, Arguments::Words(words)) = (instruction.keyword, &instruction.arguments)
    else {
        return Vec::new();
    };
    let path = |word| folders::absolute(&copy::value(model, word, state)?, state);
    words
        .iter()
        .map(|word| path(word).unwrap_or_else(|| "/".to_owned()))
        .collect()
}
