//! Turns a row of RUNs that are to be one into edits.

use imgfix_syntax::TextRange;

use crate::edit::{Edit, Edits};
use crate::model::Model;
use crate::model::run::Run;
use crate::transform::layout::Layout;
use crate::transform::{Applicability, Effect, Input, Join, Proposals, Rewrite};

use super::blockers::{Blocker, COMMENT_OUT_OF_PLACE};
use super::comments;
use super::wants::Want;

/// Proposes to join `runs`, all of them neighbours.
pub(super) fn propose(
    input: &Input<'_>,
    runs: &[&Run],
    joins: &[Option<&Blocker>],
    whys: &[&Want],
    proposals: &mut Proposals,
) {
    let model = input.model;
    let mut plan = Plan {
        edits: Vec::new(),
        effects: Vec::new(),
        grouped: None,
    };
    for (at, pair) in runs.windows(2).enumerate() {
        let join = joins[at]
            .and_then(|blocker| blocker.join)
            .unwrap_or(Join::Flat);
        // A side that is grouped for one neighbour is no AND-list for the other any more.
        if join != Join::Flat && runs.len() > 2 {
            let blocker = joins[at].expect("a join that is not flat comes from a blocker");
            proposals.decline(pair[1].range, blocker.reason, blocker.detail.clone());
            return;
        }
        let out_of_place = comments::out_of_place(model, pair[0], pair[1]);
        if let Some(comment) = out_of_place {
            // What was joined to it before cannot go down with it.
            if at > 0 || join != Join::Flat {
                proposals.decline(pair[1].range, &COMMENT_OUT_OF_PLACE, format!("`{comment}`"));
                return;
            }
            if plan.go_down(model, pair[0], pair[1]).is_some() {
                continue;
            }
        }
        if plan
            .join(model, pair[0], pair[1], join, joins[at])
            .is_none()
        {
            proposals.decline(pair[1].range, &super::blockers::NOT_UNDERSTOOD, "");
            return;
        }
    }
    let Ok(edits) = Edits::new(plan.edits) else {
        proposals.decline(runs[0].range, &super::blockers::NOT_UNDERSTOOD, "");
        return;
    };
    if whys.iter().all(|want| want.frees_nothing) {
        plan.effects.push(Effect::BytesSaved(0));
    }
    let mut because: Vec<&str> = Vec::new();
    for want in whys {
        if !because.contains(&want.why.as_str()) {
            because.push(&want.why);
        }
    }
    let mut because = because.join("; ");
    let applicability = match plan.grouped {
        None => Applicability::Safe,
        Some(why) => {
            because = format!("{because}; grouped, because {why}");
            Applicability::Suggested
        }
    };
    proposals.rewrite(Rewrite {
        anchor: runs[0].range,
        edits,
        applicability,
        title: format!("join {} RUN instructions", runs.len()),
        because,
        effects: plan.effects,
    });
}

struct Plan {
    edits: Vec<Edit>,
    effects: Vec<Effect>,
    /// Why a group was needed.
    grouped: Option<String>,
}

impl Plan {
    fn join(
        &mut self,
        model: &Model,
        left: &Run,
        right: &Run,
        join: Join,
        blocker: Option<&Blocker>,
    ) -> Option<()> {
        let layout = layout(model, left, right);
        let left_body = body(model, left)?;
        let right_body = body(model, right)?;
        let comments = comments::between(model, left, right);
        match join {
            Join::Flat => {
                self.replace(
                    left_body.end(),
                    right_body.start(),
                    layout.and_with_comments(&comments),
                );
            }
            Join::RightInGroup => {
                self.replace(
                    left_body.end(),
                    right_body.start(),
                    format!("{}{{ ", layout.and_with_comments(&comments)),
                );
                let closing = if model.text[..right_body.end()].ends_with(';') {
                    " }"
                } else {
                    "; }"
                };
                self.edits.push(Edit::insert(right_body.end(), closing));
            }
            Join::LeftInSubshell => {
                self.edits.push(Edit::insert(left_body.start(), "( "));
                self.replace(
                    left_body.end(),
                    right_body.start(),
                    format!(" ){}", layout.and_with_comments(&comments)),
                );
            }
            Join::SamePrelude => {
                let prelude = right.commands.first()?;
                let second = right.commands.get(1)?;
                if !model.text[prelude.range.end()..second.range.start()].contains(';') {
                    return None;
                }
                self.replace(
                    left_body.end(),
                    second.range.start(),
                    sequence(&layout, &comments),
                );
            }
        }
        if join == Join::LeftInSubshell || join == Join::RightInGroup {
            self.grouped = blocker.map(|blocker| {
                let detail = if blocker.detail.is_empty() {
                    String::new()
                } else {
                    format!(" ({})", blocker.detail)
                };
                format!("{}{detail}", blocker.reason.message)
            });
        }
        self.effects.push(Effect::RunsJoined {
            left: left.range,
            right: right.range,
            join,
        });
        Some(())
    }

    /// The left one goes down to the right one, and the comments between stay where they are.
    fn go_down(&mut self, model: &Model, left: &Run, right: &Run) -> Option<()> {
        let update = body(model, left)?.slice(&model.text).trim_end();
        let text = format!("{update}{}", layout(model, left, right).and());
        self.edits
            .push(Edit::remove(comments::line_of(model, left)));
        self.edits
            .push(Edit::insert(body(model, right)?.start(), text));
        self.effects.push(Effect::RunsJoined {
            left: left.range,
            right: right.range,
            join: Join::Flat,
        });
        Some(())
    }

    fn replace(&mut self, from: usize, to: usize, text: String) {
        self.edits
            .push(Edit::replace(TextRange::new(from, to), text));
    }
}

/// The layout of whichever of the two has more than one line.
fn layout(model: &Model, left: &Run, right: &Run) -> Layout {
    let has_lines =
        |run: &Run| run.range.slice(&model.text).contains('\n') && run.commands.len() > 1;
    Layout::of(
        model,
        if !has_lines(left) && has_lines(right) {
            right
        } else {
            left
        },
    )
}

/// The body of a RUN, from its first byte to its last.
fn body(model: &Model, run: &Run) -> Option<TextRange> {
    Some(model.instruction(run.item)?.body_range())
}

/// `;` and a new line, with comments between.
fn sequence(layout: &Layout, comments: &[&str]) -> String {
    let mut text = String::from("; \\\n");
    for comment in comments {
        text.push_str(&layout.step);
        text.push_str(comment);
        text.push('\n');
    }
    text.push_str(&layout.step);
    text
}
