//! Invariants that bite: for each, a rewrite that breaks it is dropped, and the text stays as it was.

mod commands;
mod copies;
mod layers;
mod order;
mod split;
mod text;

use imgfix::context::Surroundings;
use imgfix::edit::{Edit, Edits};
use imgfix::engine::{self, EngineError, Outcome};
use imgfix::model::Readers;
use imgfix::model::run::Run;
use imgfix::settings::Settings;
use imgfix::transform::{
    Applicability, Effect, Input, Join, Meta, Proposals, Rewrite, Transform, TransformId,
};
use imgfix_syntax::TextRange;

type Propose = dyn Fn(&Input<'_>) -> Vec<Rewrite> + Sync;

/// A transform that does what a test tells it to.
struct Wrong(Box<Propose>);

static META: Meta = Meta {
    id: TransformId("wrong"),
    summary: "breaks an invariant",
    page: "",
    reasons: &[],
};

impl Transform for Wrong {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn propose(&self, input: &Input<'_>, proposals: &mut Proposals) {
        proposals.rewrites.extend((self.0)(input));
    }
}

fn run(
    text: &str,
    propose: impl Fn(&Input<'_>) -> Vec<Rewrite> + Sync + 'static,
) -> Result<Outcome, EngineError> {
    let wrong = Wrong(Box::new(propose));
    engine::run(
        &[&wrong],
        text,
        &Surroundings::default(),
        &Settings::default(),
        Readers::default(),
    )
}

fn rewrite(title: &str, edits: Vec<Edit>, effects: Vec<Effect>) -> Rewrite {
    let anchor = edits.first().expect("an edit").range;
    Rewrite {
        anchor,
        edits: Edits::new(edits).expect("disjoint"),
        applicability: Applicability::Safe,
        title: title.to_owned(),
        because: String::new(),
        effects,
    }
}

/// Puts `to` in the place of the first `from`, if it is there.
fn replaced(text: &str, from: &str, to: &str) -> Option<Edit> {
    let at = text.find(from)?;
    Some(Edit::replace(TextRange::new(at, at + from.len()), to))
}

/// The command whose first words are `words`.
fn command(input: &Input<'_>, words: &str) -> TextRange {
    let runs: &[Run] = &input.model.runs;
    let mut commands = runs.iter().flat_map(|run| &run.commands);
    commands
        .find(|command| command.raw_words().join(" ").starts_with(words))
        .unwrap_or_else(|| panic!("no command `{words}`"))
        .range
}

fn words(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}

fn is_dropped(text: &str, outcome: Result<Outcome, EngineError>, violation: &str) {
    let outcome = outcome.expect("it comes to rest");
    assert_eq!(outcome.text, text, "the text stays");
    assert!(outcome.applied.is_empty(), "{:?}", outcome.applied);
    let [rejected] = outcome.rejected.as_slice() else {
        panic!("{} rewrites were rejected, not one", outcome.rejected.len());
    };
    assert!(
        rejected.violation.contains(violation),
        "rejected for another reason: {}",
        rejected.violation
    );
}

/// The replacement of `from` by `to`, with nothing declared, breaks an invariant.
fn breaks(text: &'static str, from: &'static str, to: &'static str, violation: &str) {
    let outcome = run(text, move |input| {
        let edit = replaced(&input.model.text, from, to);
        edit.map(|edit| rewrite("replace", vec![edit], Vec::new()))
            .into_iter()
            .collect()
    });
    is_dropped(text, outcome, violation);
}

/// The replacement of `from` by `to`, with effects, breaks an invariant.
fn breaks_with(
    text: &'static str,
    from: &'static str,
    to: &'static str,
    effects: impl Fn(&Input<'_>) -> Vec<Effect> + Sync + 'static,
    violation: &str,
) {
    let outcome = run(text, move |input| {
        let edit = replaced(&input.model.text, from, to);
        edit.map(|edit| rewrite("replace", vec![edit], effects(input)))
            .into_iter()
            .collect()
    });
    is_dropped(text, outcome, violation);
}

/// Joins the first two RUNs as `join`, by the replacement of `from` by `to`.
fn joins(
    text: &'static str,
    from: &'static str,
    to: &'static str,
    join: Join,
    closing: &'static str,
) -> Result<Outcome, EngineError> {
    run(text, move |input| {
        let [left, right] = input.model.runs.as_slice() else {
            return Vec::new();
        };
        let (left, right) = (left.range, right.range);
        let mut edits: Vec<Edit> = replaced(&input.model.text, from, to).into_iter().collect();
        if !closing.is_empty() {
            edits.push(Edit::insert(right.end(), closing));
        }
        let effects = vec![Effect::RunsJoined { left, right, join }];
        vec![rewrite("join", edits, effects)]
    })
}
