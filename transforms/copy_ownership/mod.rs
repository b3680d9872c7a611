#![doc = include_str!("../copy_ownership.md")]

mod brought;
mod change;
mod guards;

use imgfix_syntax::{Instruction, ItemKind, TextRange};

use crate::edit::{Edit, Edits};
use crate::model::Model;
use crate::model::run::Run;
use crate::transform::reasons::NOT_SHIPPED;
use crate::transform::{
    Applicability, Effect, Input, Meta, Proposals, Reason, Rewrite, Transform, TransformId,
};
use brought::Brought;
use change::Change;

/// Lets COPY set the owner or the mode that a RUN behind it sets.
pub(super) struct CopyOwnership;

static META: Meta = Meta {
    id: TransformId("copy-ownership"),
    summary: "lets COPY set owner and mode, where a RUN behind it would ship the files twice",
    page: include_str!("../copy_ownership.md"),
    reasons: &[
        &NOT_SHIPPED,
        &guards::INSTRUCTION_BETWEEN,
        &guards::NOT_A_PLAIN_RUN,
        &guards::NOT_ALONE,
        &guards::BROUGHT_BY_ADD,
        &guards::HAS_FLAGS,
        &guards::COMMENT_IN_THE_WAY,
        &guards::NOT_ROOT,
        &guards::IN_VOLUME,
        &brought::SOURCE_NOT_LITERAL,
        &brought::MORE_THAN_WAS_COPIED,
        &brought::NOT_ALL_THAT_WAS_COPIED,
        &brought::OWNER_OF_THE_FOLDER,
        &brought::MAY_BE_A_FOLDER,
        &brought::FOLDER_NOT_KNOWN,
        &change::OWNER_NOT_LITERAL,
        &change::USER_UNKNOWN,
        &change::MODE_NOT_OCTAL,
        &change::NEEDS_BUILDKIT,
    ],
};

/// Why something is declined, and what exactly.
type Doubt = (&'static Reason, String);

impl Transform for CopyOwnership {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn propose(&self, input: &Input<'_>, proposals: &mut Proposals) {
        for run in input.model.runs.iter().filter(|run| !run.deferred) {
            let Some(change) = change::asked(input.model, run) else {
                continue;
            };
            let Some(copy) = brought::by(input.model, run, &change) else {
                continue;
            };
            if run.commands.len() > 1 && !guards::is_directly_below(input.model, run, copy) {
                continue;
            }
            match plan(input, run, &change, copy) {
                Ok(plan) => proposals.rewrite(rewrite(input.model, run, copy, &plan)),
                Err((reason, detail)) => proposals.decline(run.range, reason, detail),
            }
        }
    }
}

/// What is to be done.
struct Plan {
    /// The flag that COPY gets; `None` where it does so without one.
    flag: Option<String>,
    /// What shows that it is the same.
    evidence: Vec<String>,
    /// What is still assumed; empty where nothing is.
    assumed: Vec<String>,
}

fn plan(input: &Input<'_>, run: &Run, change: &Change, copy: usize) -> Result<Plan, Doubt> {
    let model = input.model;
    if !input.options.all_stages && !model.reaches_final_image(run.stage) {
        return Err((&NOT_SHIPPED, String::new()));
    }
    guards::check(model, run, change, copy)?;
    let mut assumed = Vec::new();
    let brought = brought::whole(input, change, copy)?;
    let (flag, mut evidence) = change::flag(input, run, change)?;
    brought::stands_in_folders(model, copy, change, &brought, &mut assumed)?;
    match &brought {
        Brought::Files(files) => {
            let files: Vec<String> = files.iter().map(|file| format!("`{file}`")).collect();
            evidence.push(format!("COPY makes {} and nothing else", files.join(", ")));
        }
        Brought::Tree(path) => {
            evidence.push(format!("nothing before it makes `{path}`"));
            assumed.push(format!("the base image has no `{path}`"));
        }
    }
    Ok(Plan {
        flag: Some(flag).filter(|_| !change.is_to_root()),
        evidence,
        assumed,
    })
}

fn rewrite(model: &Model, run: &Run, copy: usize, plan: &Plan) -> Rewrite {
    let instruction = model.instruction(copy).expect("a COPY is an instruction");
    let mut edits = vec![Edit::remove(removed(model, copy, run.item))];
    let mut effects = vec![Effect::RunRemoved { run: run.range }];
    if let Some(flag) = &plan.flag {
        edits.push(with_flag(instruction, flag));
        effects.push(Effect::FlagAdded {
            instruction: instruction.range,
            flag: flag.clone(),
        });
    }
    let comments = comments_between(model, copy, run.item);
    if !comments.is_empty() {
        let start = model.file.items[copy].range.start();
        edits.push(Edit::insert(start, comments));
    }
    let flag = plan.flag.as_deref().and_then(|flag| flag.split('=').next());
    let title = match flag {
        Some(name) => format!("set it with COPY's `{name}`"),
        None => "leave it to COPY, which makes everything root's".to_owned(),
    };
    let mut because = format!(
        "in a layer of its own the change ships the files a second time; {}",
        plan.evidence.join(", ")
    );
    if !plan.assumed.is_empty() {
        because.push_str("; assumed: ");
        because.push_str(&plan.assumed.join(", "));
    }
    Rewrite {
        anchor: run.range,
        edits: Edits::new(edits).expect("flag, comments and RUN stand apart"),
        applicability: if plan.assumed.is_empty() {
            Applicability::Safe
        } else {
            Applicability::Suggested
        },
        title,
        because,
        effects,
    }
}

/// The flag behind those that the COPY has, or before its first argument.
fn with_flag(copy: &Instruction, flag: &str) -> Edit {
    match copy.flags.last() {
        Some(last) => Edit::insert(last.range.end(), format!(" {flag}")),
        None => Edit::insert(copy.body_range().start(), format!("{flag} ")),
    }
}

/// What goes: the RUN, and everything between the COPY and it. The line end stays the last one's.
fn removed(model: &Model, copy: usize, run: usize) -> TextRange {
    let (copy, run) = (model.file.items[copy].range, model.file.items[run].range);
    let line_end = |text: &str| text.len() - text.trim_end_matches(['\r', '\n']).len();
    let start = if run.slice(&model.text).ends_with('\n') {
        copy.end()
    } else {
        copy.end() - line_end(copy.slice(&model.text))
    };
    TextRange::new(start, run.end())
}

/// The comment lines between two items, to stand above the first one.
fn comments_between(model: &Model, copy: usize, run: usize) -> String {
    let mut lines = String::new();
    for item in &model.file.items[copy + 1..run] {
        if matches!(item.kind, ItemKind::Comment) {
            lines.push_str(item.range.slice(&model.text).trim_end_matches(['\r', '\n']));
            lines.push('\n');
        }
    }
    lines
}
