//! Simple commands: names, arguments and assignments, whatever the parser takes them for.

use shuck_ast as ast;

use super::{Converted, Converter};
use crate::shell::Opaque;
use crate::shell::ast::{Assignment, SimpleCommand, Word};
use crate::text::TextRange;

impl Converter<'_> {
    pub(super) fn simple(&self, simple: &ast::SimpleCommand) -> Converted<SimpleCommand> {
        let words = std::iter::once(&simple.name).chain(&simple.args);
        self.words_command(&simple.assignments, words)
    }

    pub(super) fn builtin(&self, builtin: &ast::BuiltinCommand) -> Converted<SimpleCommand> {
        let (span, name, assignments, argument, extra) = match builtin {
            ast::BuiltinCommand::Break(it) => {
                (it.span, "break", &it.assignments, &it.depth, &it.extra_args)
            }
            ast::BuiltinCommand::Continue(it) => (
                it.span,
                "continue",
                &it.assignments,
                &it.depth,
                &it.extra_args,
            ),
            ast::BuiltinCommand::Return(it) => {
                (it.span, "return", &it.assignments, &it.code, &it.extra_args)
            }
            ast::BuiltinCommand::Exit(it) => {
                (it.span, "exit", &it.assignments, &it.code, &it.extra_args)
            }
        };
        let mut command = self.words_command(assignments, argument.iter().chain(extra))?;
        let from = command
            .assignments
            .last()
            .map_or(span.start.offset(), |last| last.range.end());
        command.words.insert(0, self.keyword_word(from, name)?);
        command.range = cover_all(&command).ok_or(Opaque::NotParsed)?;
        Ok(command)
    }

    pub(super) fn declaration(&self, declaration: &ast::DeclClause) -> Converted<SimpleCommand> {
        let name = declaration.variant.as_str();
        if !matches!(name, "export" | "readonly" | "local") {
            self.only_bash()?;
        }
        let range = self.range(declaration.variant_span)?;
        let mut words = vec![Word {
            range,
            is_static: true,
            substitutions: Vec::new(),
        }];
        for operand in &declaration.operands {
            words.push(match operand {
                ast::DeclOperand::Flag(word) | ast::DeclOperand::Dynamic(word) => {
                    self.word(word)?
                }
                ast::DeclOperand::Name(name) => self.word_at(name.span)?,
                ast::DeclOperand::Assignment(assignment) => {
                    let assignment = self.assignment(assignment)?;
                    let substitutions = assignment
                        .value
                        .map(|value| value.substitutions)
                        .unwrap_or_default();
                    Word {
                        range: assignment.range,
                        is_static: false,
                        substitutions,
                    }
                }
            });
        }
        let assignments = self.assignments(&declaration.assignments)?;
        let mut command = SimpleCommand {
            assignments,
            words,
            range,
        };
        command.range = cover_all(&command).ok_or(Opaque::NotParsed)?;
        Ok(command)
    }

    pub(super) fn words_command<'a>(
        &self,
        assignments: &[ast::Assignment],
        words: impl Iterator<Item = &'a ast::Word>,
    ) -> Converted<SimpleCommand> {
        let assignments = self.assignments(assignments)?;
        let mut converted = Vec::new();
        for word in words {
            // The parser gives an empty name to a command that only assigns or redirects.
            if word.span.start.offset() < word.span.end.offset() {
                converted.push(self.word(word)?);
            }
        }
        let mut command = SimpleCommand {
            assignments,
            words: converted,
            range: TextRange::empty(0),
        };
        command.range = cover_all(&command).unwrap_or_default();
        Ok(command)
    }

    pub(super) fn assignments(
        &self,
        assignments: &[ast::Assignment],
    ) -> Converted<Vec<Assignment>> {
        assignments
            .iter()
            .map(|assignment| self.assignment(assignment))
            .collect()
    }

    pub(super) fn assignment(&self, assignment: &ast::Assignment) -> Converted<Assignment> {
        if assignment.append || assignment.target.subscript.is_some() {
            self.only_bash()?;
        }
        let value = match &assignment.value {
            ast::AssignmentValue::Scalar(word)
                if word.span.start.offset() < word.span.end.offset() =>
            {
                Some(self.word(word)?)
            }
            ast::AssignmentValue::Scalar(_) => None,
            ast::AssignmentValue::Compound(array) => {
                self.only_bash()?;
                Some(self.word_at(array.span)?)
            }
        };
        let range = self.range(assignment.span)?;
        Ok(Assignment {
            name: assignment.target.name.as_str().to_owned(),
            range,
            value,
        })
    }

    /// A word that the parser read as a keyword: found at or behind `from`.
    pub(super) fn keyword_word(&self, from: usize, keyword: &str) -> Converted<Word> {
        let rest = self.text.get(from..).ok_or(Opaque::NotParsed)?;
        let skipped = rest.len() - rest.trim_start().len();
        if !rest[skipped..].starts_with(keyword) {
            return Err(Opaque::NotParsed);
        }
        let start = from + skipped;
        Ok(Word {
            range: TextRange::new(start, start + keyword.len()),
            is_static: true,
            substitutions: Vec::new(),
        })
    }
}

/// From the first to the last assignment or word.
fn cover_all(command: &SimpleCommand) -> Option<TextRange> {
    let assignments = command
        .assignments
        .iter()
        .map(|assignment| assignment.range);
    assignments
        .chain(command.words.iter().map(|word| word.range))
        .reduce(TextRange::cover)
}
