//! From the parser's tree to ours. Whatever has no place in ours is not understood.

mod commands;
mod compounds;
mod words;

use shuck_ast as ast;
use shuck_parser::parser::{ParseStatus, Parser};

use super::ast::{
    AndOr, AndOrLink, Command, CommandKind, List, ListItem, Operator, Pipeline, Terminator,
};
use super::{Dialect, Opaque};
use crate::text::TextRange;
use compounds::compound_span;

type Converted<T> = Result<T, Opaque>;

/// Parses `text`. Only the parser's Bash dialect is used: it is the one that was measured.
pub(super) fn parse(text: &str, dialect: Dialect) -> Converted<List> {
    let result = Parser::new(text).parse();
    if result.status != ParseStatus::Clean {
        return Err(Opaque::NotParsed);
    }
    let converter = Converter { text, dialect };
    let list = converter.list(&result.file.body)?;
    Ok(list)
}

struct Converter<'t> {
    text: &'t str,
    dialect: Dialect,
}

impl Converter<'_> {
    /// Fails where the shell is not known to be bash: dash reads the construct in another way.
    fn only_bash(&self) -> Converted<()> {
        if self.dialect == Dialect::Bash {
            Ok(())
        } else {
            Err(Opaque::DependsOnShell)
        }
    }

    /// Fails where the shell may be dash.
    fn not_dash(&self) -> Converted<()> {
        if self.dialect == Dialect::Sh {
            Err(Opaque::DependsOnShell)
        } else {
            Ok(())
        }
    }

    fn range(&self, span: ast::Span) -> Converted<TextRange> {
        let (start, end) = (span.start.offset(), span.end.offset());
        if start > end || !self.text.is_char_boundary(start) || !self.text.is_char_boundary(end) {
            return Err(Opaque::NotParsed);
        }
        Ok(TextRange::new(start, end))
    }

    fn list(&self, sequence: &ast::StmtSeq) -> Converted<List> {
        let mut list = List {
            items: Vec::with_capacity(sequence.stmts.len()),
            has_comment: false,
        };
        list.has_comment =
            !sequence.leading_comments.is_empty() || !sequence.trailing_comments.is_empty();
        for statement in sequence.iter() {
            list.has_comment |=
                !statement.leading_comments.is_empty() || statement.inline_comment.is_some();
            list.items.push(self.item(statement)?);
        }
        Ok(list)
    }

    fn item(&self, statement: &ast::Stmt) -> Converted<ListItem> {
        let at = |this: &Self| {
            statement
                .terminator_span
                .map_or(Err(Opaque::NotParsed), |span| this.range(span))
        };
        let terminator = match statement.terminator {
            None => Terminator::Newline,
            Some(ast::StmtTerminator::Semicolon) => Terminator::Semicolon(at(self)?),
            Some(ast::StmtTerminator::Background(ast::BackgroundOperator::Plain)) => {
                Terminator::Background(at(self)?)
            }
            Some(ast::StmtTerminator::Background(_)) => return Err(Opaque::NotParsed),
        };
        Ok(ListItem {
            and_or: self.and_or(statement)?,
            terminator,
        })
    }

    fn and_or(&self, statement: &ast::Stmt) -> Converted<AndOr> {
        let mut links = Vec::new();
        let first = self.collect_links(statement, &mut links)?;
        let end = links
            .last()
            .map_or(first.range, |link: &AndOrLink| link.pipeline.range);
        let range = first.range.cover(end);
        Ok(AndOr {
            first,
            rest: links,
            range,
        })
    }

    /// Adds the links of an and/or list, left to right, and gives its first pipeline.
    fn collect_links(
        &self,
        statement: &ast::Stmt,
        links: &mut Vec<AndOrLink>,
    ) -> Converted<Pipeline> {
        let ast::Command::Binary(binary) = &statement.command else {
            return self.pipeline(statement);
        };
        let operator = match binary.op {
            ast::BinaryOp::And => Operator::And,
            ast::BinaryOp::Or => Operator::Or,
            ast::BinaryOp::Pipe | ast::BinaryOp::PipeAll => return self.pipeline(statement),
        };
        if statement.negated || !statement.redirects.is_empty() {
            return Err(Opaque::NotParsed);
        }
        let first = self.collect_links(&binary.left, links)?;
        let at = links.len();
        let pipeline = self.collect_links(&binary.right, links)?;
        links.insert(
            at,
            AndOrLink {
                operator,
                operator_range: self.range(binary.op_span)?,
                pipeline,
            },
        );
        Ok(first)
    }

    fn pipeline(&self, statement: &ast::Stmt) -> Converted<Pipeline> {
        let mut commands = Vec::new();
        let negated = self.collect_pipe(statement, &mut commands)?;
        let (Some(first), Some(last)) = (commands.first(), commands.last()) else {
            return Err(Opaque::NotParsed);
        };
        let mut range = first.range.cover(last.range);
        if negated {
            let bang = self.text[..range.start()]
                .rfind('!')
                .ok_or(Opaque::NotParsed)?;
            range = TextRange::new(bang, range.end());
        }
        Ok(Pipeline {
            negated,
            commands,
            range,
        })
    }

    fn collect_pipe(&self, statement: &ast::Stmt, commands: &mut Vec<Command>) -> Converted<bool> {
        let ast::Command::Binary(binary) = &statement.command else {
            commands.push(self.command(statement)?);
            return Ok(statement.negated);
        };
        match binary.op {
            ast::BinaryOp::Pipe => {}
            ast::BinaryOp::PipeAll => self.only_bash()?,
            ast::BinaryOp::And | ast::BinaryOp::Or => return Err(Opaque::NotParsed),
        }
        if !statement.redirects.is_empty() {
            return Err(Opaque::NotParsed);
        }
        let negated = self.collect_pipe(&binary.left, commands)?;
        if self.collect_pipe(&binary.right, commands)? {
            return Err(Opaque::NotParsed);
        }
        Ok(negated || statement.negated)
    }

    fn command(&self, statement: &ast::Stmt) -> Converted<Command> {
        let mut range = None;
        let kind = match &statement.command {
            ast::Command::Simple(simple) => CommandKind::Simple(self.simple(simple)?),
            ast::Command::Builtin(builtin) => CommandKind::Simple(self.builtin(builtin)?),
            ast::Command::Decl(declaration) => CommandKind::Simple(self.declaration(declaration)?),
            ast::Command::Compound(compound) => {
                range = Some(compound_span(compound, statement));
                CommandKind::Compound(self.compound(compound)?)
            }
            ast::Command::Function(function) => {
                if function.header.uses_function_keyword() {
                    self.not_dash()?;
                }
                range = Some(function.span);
                CommandKind::Function {
                    body: Box::new(self.command(&function.body)?),
                }
            }
            ast::Command::Binary(_) | ast::Command::AnonymousFunction(_) => {
                return Err(Opaque::NotParsed);
            }
        };
        let redirections = statement
            .redirects
            .iter()
            .map(|redirect| self.redirection(redirect))
            .collect::<Converted<Vec<_>>>()?;
        let mut covered = match (&kind, range) {
            (CommandKind::Simple(simple), _) => {
                Some(simple.range).filter(|range| !range.is_empty())
            }
            (_, Some(span)) => Some(self.trimmed(self.range(span)?)),
            (_, None) => None,
        };
        for redirection in &redirections {
            covered =
                Some(covered.map_or(redirection.range, |range| range.cover(redirection.range)));
        }
        let range = covered.ok_or(Opaque::NotParsed)?;
        Ok(Command {
            kind,
            redirections,
            range,
        })
    }

    /// The range without the white space that the parser may leave at its end.
    fn trimmed(&self, range: TextRange) -> TextRange {
        let text = range.slice(self.text).trim_end();
        TextRange::new(range.start(), range.start() + text.len())
    }
}
