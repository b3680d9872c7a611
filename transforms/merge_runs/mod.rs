#![doc = include_str!("../merge_runs.md")]

mod blockers;
mod comments;
mod plan;
mod replaced;
pub(super) mod wants;

use crate::model::Model;
use crate::model::run::Run;
use crate::transform::reasons::RELEASE_GONE;
use crate::transform::{Input, Meta, Proposals, Reason, Transform, TransformId};
use blockers::Blocker;
use wants::Want;

/// Joins RUN instructions where that saves bytes or mends a fault.
pub(super) struct MergeRuns;

static META: Meta = Meta {
    id: TransformId("merge-runs"),
    summary: "joins RUN instructions where that saves bytes or mends a fault",
    page: include_str!("../merge_runs.md"),
    reasons: REASONS,
};

const NOT_SHIPPED: Reason = Reason {
    id: "stage-not-shipped",
    message: "the layers of this stage reach no final image; its RUNs are cache steps",
};

const REASONS: &[&Reason] = &[
    &NOT_SHIPPED,
    &RELEASE_GONE,
    &blockers::INSTRUCTION_BETWEEN,
    &blockers::FLAGS_DIFFER,
    &blockers::EXEC_FORM,
    &blockers::HEREDOC,
    &blockers::NOT_UNDERSTOOD,
    &blockers::PRAGMA_BETWEEN,
    &blockers::COMMENT_OUT_OF_PLACE,
    &blockers::SHELL_STATE,
    &blockers::SHELL_OPTIONS,
    &blockers::ENDS_THE_SHELL,
    &blockers::BACKGROUND_JOB,
    &blockers::FUNCTION,
    &blockers::COMMENT_IN_SHELL,
    &blockers::STATUS_MASKED,
    &blockers::PROGRAM_REPLACED,
    &blockers::SHELL_REPLACED,
    &blockers::FOLDER_REPLACED,
    &blockers::USER_DATABASE,
    &blockers::PER_RUN_FILES,
    &blockers::LOOP_VARIABLE,
    &blockers::LOGIN_SHELL,
    &blockers::GROUP_READS_BADLY,
];

impl Transform for MergeRuns {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn propose(&self, input: &Input<'_>, proposals: &mut Proposals) {
        for stage in &input.model.stages {
            let runs: Vec<&Run> = input.model.runs_of(stage.index).collect();
            let wants = wants::find(input.model, &runs, input.options.merge);
            if wants.is_empty() {
                continue;
            }
            if stage.facts.as_ref().is_some_and(|facts| facts.gone) {
                proposals.decline(runs[wants[0].first].range, &RELEASE_GONE, "");
                continue;
            }
            let wants = wanted_here(input, stage.index, &runs, wants, proposals);
            stage_proposals(input, &runs, &wants, proposals);
        }
    }
}

/// Leaves out what only saves bytes in a stage whose bytes nobody ships.
fn wanted_here(
    input: &Input<'_>,
    stage: usize,
    runs: &[&Run],
    wants: Vec<Want>,
    proposals: &mut Proposals,
) -> Vec<Want> {
    let ships = input.options.all_stages || input.model.reaches_final_image(stage);
    let (kept, left): (Vec<_>, Vec<_>) = wants
        .into_iter()
        .partition(|want| ships || want.mends_fault);
    for want in left {
        proposals.decline(runs[want.last].range, &NOT_SHIPPED, want.why);
    }
    kept
}

fn stage_proposals(input: &Input<'_>, runs: &[&Run], wants: &[Want], proposals: &mut Proposals) {
    let blocked: Vec<Option<Blocker>> = runs
        .windows(2)
        .map(|pair| blockers::find(input.model, pair[0], pair[1]))
        .collect();
    let mut groups: Vec<(usize, usize, Vec<&Want>)> = Vec::new();
    for want in wants {
        let hard = (want.first..want.last)
            .find_map(|at| blocked[at].as_ref().filter(|it| it.join.is_none()));
        if let Some(blocker) = hard {
            // In the mode that joins all there is, what may not be joined needs no word.
            if !want.is_adjacency {
                proposals.decline(
                    runs[want.last].range,
                    blocker.reason,
                    format!("{}: {}", want.why, blocker.detail),
                );
            }
            continue;
        }
        match groups.last_mut() {
            Some((_, last, whys)) if want.first <= *last => {
                *last = want.last.max(*last);
                whys.push(want);
            }
            _ => groups.push((want.first, want.last, vec![want])),
        }
    }
    for (first, last, whys) in groups {
        let joins: Vec<Option<&Blocker>> =
            blocked[first..last].iter().map(Option::as_ref).collect();
        plan::propose(input, &runs[first..=last], &joins, &whys, proposals);
    }
}

/// Whether every item between two RUNs is a comment or a blank line.
fn are_adjacent(model: &Model, left: &Run, right: &Run) -> bool {
    (left.item + 1..right.item).all(|item| model.instruction(item).is_none())
}
