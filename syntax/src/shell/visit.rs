//! Visits every simple command of a script, with where it stands in it.

use crate::text::TextRange;

use super::{
    AndOr, Command, CommandKind, CompoundKind, List, Operator, Pipeline, SimpleCommand, Terminator,
    Word,
};

/// Something that holds a command, between it and the top of the script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enclosure {
    /// A compound command.
    Compound(CompoundKind),
    /// The body of a function.
    Function,
    /// A command or process substitution.
    Substitution,
    /// An and/or list that runs in the background.
    Background,
    /// A pipeline of more than one command.
    Pipe,
    /// A pipeline with `!` before it.
    Negation,
    /// The condition of `if`, `while` or `until`.
    Condition,
}

/// Where a simple command stands.
#[derive(Clone, Copy, Debug)]
pub struct Position<'v> {
    /// What holds it, from the outside in.
    pub enclosures: &'v [Enclosure],
    /// The operator before it in its and/or list; `None` for the first one.
    pub operator: Option<(Operator, TextRange)>,
    /// The and/or list.
    pub and_or: &'v AndOr,
    /// Which pipeline of the and/or list it is in.
    pub pipeline: usize,
    /// Which item of its list the and/or list is.
    pub item: usize,
    /// The list.
    pub list: &'v List,
    /// The command around it, with its redirections.
    pub command: &'v Command,
}

impl Position<'_> {
    /// Whether it stands at the top of the script: in no compound, substitution or background job.
    pub fn is_top_level(&self) -> bool {
        self.enclosures
            .iter()
            .all(|enclosure| matches!(enclosure, Enclosure::Pipe | Enclosure::Negation))
    }
}

/// Calls `visit` for each simple command of `list` in the order of the text; one in a substitution comes
/// before the command whose word holds it.
pub fn visit_commands<'v>(list: &'v List, visit: &mut impl FnMut(&'v SimpleCommand, Position<'_>)) {
    Visitor {
        enclosures: Vec::new(),
        visit,
    }
    .list(list);
}

struct Visitor<'f, F> {
    enclosures: Vec<Enclosure>,
    visit: &'f mut F,
}

impl<'v, F: FnMut(&'v SimpleCommand, Position<'_>)> Visitor<'_, F> {
    fn within(&mut self, enclosure: Option<Enclosure>, inner: impl FnOnce(&mut Self)) {
        self.enclosures.extend(enclosure);
        inner(self);
        if enclosure.is_some() {
            self.enclosures.pop();
        }
    }

    fn list(&mut self, list: &'v List) {
        for (item, entry) in list.items.iter().enumerate() {
            let background = matches!(entry.terminator, Terminator::Background(_))
                .then_some(Enclosure::Background);
            self.within(background, |this| {
                for (at, pipeline) in entry.and_or.pipelines().enumerate() {
                    this.pipeline(list, item, &entry.and_or, at, pipeline);
                }
            });
        }
    }

    fn pipeline(
        &mut self,
        list: &'v List,
        item: usize,
        and_or: &'v AndOr,
        at: usize,
        pipeline: &'v Pipeline,
    ) {
        let operator = at
            .checked_sub(1)
            .map(|link| (and_or.rest[link].operator, and_or.rest[link].operator_range));
        self.within(pipeline.negated.then_some(Enclosure::Negation), |this| {
            this.within(
                (pipeline.commands.len() > 1).then_some(Enclosure::Pipe),
                |this| {
                    for command in &pipeline.commands {
                        let place = Place {
                            operator,
                            and_or,
                            pipeline: at,
                            item,
                            list,
                        };
                        this.command(command, place);
                    }
                },
            );
        });
    }

    fn command(&mut self, command: &'v Command, place: Place<'v>) {
        for redirection in &command.redirections {
            self.substitutions(redirection.target.as_ref());
        }
        match &command.kind {
            CommandKind::Simple(simple) => {
                for assignment in &simple.assignments {
                    self.substitutions(assignment.value.as_ref());
                }
                self.substitutions(&simple.words);
                let Place {
                    operator,
                    and_or,
                    pipeline,
                    item,
                    list,
                } = place;
                let enclosures = &self.enclosures;
                (self.visit)(
                    simple,
                    Position {
                        enclosures,
                        operator,
                        and_or,
                        pipeline,
                        item,
                        list,
                        command,
                    },
                );
            }
            CommandKind::Function { body } => {
                self.within(Some(Enclosure::Function), |this| this.command(body, place));
            }
            CommandKind::Compound(compound) => {
                self.substitutions(&compound.words);
                self.within(Some(Enclosure::Compound(compound.kind)), |this| {
                    let last = compound.lists.len().saturating_sub(1);
                    for (at, list) in compound.lists.iter().enumerate() {
                        let is_condition = match compound.kind {
                            CompoundKind::If => at % 2 == 0 && at < last,
                            CompoundKind::While => at == 0,
                            _ => false,
                        };
                        this.within(is_condition.then_some(Enclosure::Condition), |this| {
                            this.list(list);
                        });
                    }
                });
            }
        }
    }

    fn substitutions(&mut self, words: impl IntoIterator<Item = &'v Word>) {
        for list in words.into_iter().flat_map(|word| &word.substitutions) {
            self.within(Some(Enclosure::Substitution), |this| this.list(list));
        }
    }
}

#[derive(Clone, Copy)]
struct Place<'v> {
    operator: Option<(Operator, TextRange)>,
    and_or: &'v AndOr,
    pipeline: usize,
    item: usize,
    list: &'v List,
}
