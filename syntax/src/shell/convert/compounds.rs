//! Compound commands and redirections.

use shuck_ast as ast;

use super::{Converted, Converter};
use crate::shell::Opaque;
use crate::shell::ast::{Compound, CompoundKind, List, Redirection, RedirectionKind, Word};
use crate::text::TextRange;

impl Converter<'_> {
    pub(super) fn redirection(&self, redirect: &ast::Redirect) -> Converted<Redirection> {
        let kind = match redirect.kind {
            ast::RedirectKind::Input => RedirectionKind::Input,
            ast::RedirectKind::Output
            | ast::RedirectKind::Clobber
            | ast::RedirectKind::Append
            | ast::RedirectKind::ReadWrite => RedirectionKind::Output,
            ast::RedirectKind::OutputBoth => {
                self.not_dash()?;
                RedirectionKind::Output
            }
            ast::RedirectKind::DupOutput | ast::RedirectKind::DupInput => {
                RedirectionKind::Duplicate
            }
            ast::RedirectKind::HereDoc | ast::RedirectKind::HereDocStrip => {
                RedirectionKind::Heredoc
            }
            ast::RedirectKind::HereString => {
                self.not_dash()?;
                RedirectionKind::HereString
            }
        };
        let range = self.range(redirect.span)?;
        match &redirect.target {
            // The parser gives the target of `2>&1` no place; it ends where the redirection does.
            ast::RedirectTarget::Word(_) if kind == RedirectionKind::Duplicate => {
                let operator = range.slice(self.text).find('&').ok_or(Opaque::NotParsed)?;
                let target = TextRange::new(range.start() + operator + 1, range.end());
                let target = Word {
                    range: target,
                    is_static: false,
                    substitutions: Vec::new(),
                };
                Ok(Redirection {
                    kind,
                    range,
                    target: Some(target),
                })
            }
            ast::RedirectTarget::Word(word) => {
                let target = self.word(word)?;
                if target.range.start() <= range.start() {
                    return Err(Opaque::NotParsed);
                }
                Ok(Redirection {
                    kind,
                    range: range.cover(target.range),
                    target: Some(target),
                })
            }
            ast::RedirectTarget::Heredoc(heredoc) => {
                let delimiter = self.range(heredoc.delimiter.span)?;
                Ok(Redirection {
                    kind,
                    range: TextRange::new(range.start(), delimiter.end()),
                    target: None,
                })
            }
        }
    }

    pub(super) fn compound(&self, compound: &ast::CompoundCommand) -> Converted<Compound> {
        use ast::CompoundCommand as From;
        let mut words = Vec::new();
        let (kind, lists) = match compound {
            From::Subshell(body) => (CompoundKind::Subshell, vec![self.list(body)?]),
            From::BraceGroup(body) => (CompoundKind::Group, vec![self.list(body)?]),
            From::If(command) => {
                let mut lists = vec![
                    self.list(&command.condition)?,
                    self.list(&command.then_branch)?,
                ];
                for (condition, branch) in &command.elif_branches {
                    lists.extend([self.list(condition)?, self.list(branch)?]);
                }
                if let Some(branch) = &command.else_branch {
                    lists.push(self.list(branch)?);
                }
                (CompoundKind::If, lists)
            }
            From::For(command) => {
                for word in command.words.iter().flatten() {
                    words.push(self.word(word)?);
                }
                (CompoundKind::For, vec![self.list(&command.body)?])
            }
            From::While(command) => (
                CompoundKind::While,
                vec![self.list(&command.condition)?, self.list(&command.body)?],
            ),
            From::Until(command) => (
                CompoundKind::While,
                vec![self.list(&command.condition)?, self.list(&command.body)?],
            ),
            From::Case(command) => {
                words.push(self.word(&command.word)?);
                let lists = command
                    .cases
                    .iter()
                    .map(|case| self.list(&case.body))
                    .collect::<Converted<_>>()?;
                (CompoundKind::Case, lists)
            }
            From::Conditional(_) => {
                self.not_dash()?;
                (CompoundKind::Test, Vec::new())
            }
            From::Arithmetic(_) => {
                self.only_bash()?;
                (CompoundKind::Test, Vec::new())
            }
            From::ArithmeticFor(command) => {
                self.only_bash()?;
                (CompoundKind::For, vec![self.list(&command.body)?])
            }
            From::Time(command) => (
                CompoundKind::Prefixed,
                self.prefixed(command.command.as_deref())?,
            ),
            From::Select(_)
            | From::Coproc(_)
            | From::Repeat(_)
            | From::Foreach(_)
            | From::Always(_) => {
                return Err(Opaque::NotParsed);
            }
        };
        Ok(Compound { kind, lists, words })
    }

    pub(super) fn prefixed(&self, statement: Option<&ast::Stmt>) -> Converted<Vec<List>> {
        let items = statement
            .map(|statement| self.item(statement))
            .transpose()?
            .into_iter()
            .collect();
        Ok(vec![List {
            items,
            has_comment: false,
        }])
    }
}

/// Subshells and groups carry no span of their own: the statement's stands in.
pub(super) fn compound_span(compound: &ast::CompoundCommand, statement: &ast::Stmt) -> ast::Span {
    use ast::CompoundCommand as From;
    match compound {
        From::If(command) => command.span,
        From::For(command) => command.span,
        From::While(command) => command.span,
        From::Until(command) => command.span,
        From::Case(command) => command.span,
        From::Conditional(command) => command.span,
        From::Arithmetic(command) => command.span,
        From::ArithmeticFor(command) => command.span,
        From::Time(command) => command.span,
        _ => statement.span,
    }
}
