//! From the parser's tree to ours. Whatever has no place in ours is not understood.

use shuck_ast as ast;
use shuck_parser::parser::{ParseStatus, Parser};

use super::ast::{
    AndOr, AndOrLink, Assignment, Command, CommandKind, Compound, CompoundKind, List, ListItem,
    Operator, Pipeline, Redirection, RedirectionKind, SimpleCommand, Terminator, Word,
};
use super::{Dialect, Opaque};
use crate::text::TextRange;

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

    fn simple(&self, simple: &ast::SimpleCommand) -> Converted<SimpleCommand> {
        let words = std::iter::once(&simple.name).chain(&simple.args);
        self.words_command(&simple.assignments, words)
    }

    fn builtin(&self, builtin: &ast::BuiltinCommand) -> Converted<SimpleCommand> {
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

    fn declaration(&self, declaration: &ast::DeclClause) -> Converted<SimpleCommand> {
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

    fn words_command<'a>(
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

    fn assignments(&self, assignments: &[ast::Assignment]) -> Converted<Vec<Assignment>> {
        assignments
            .iter()
            .map(|assignment| self.assignment(assignment))
            .collect()
    }

    fn assignment(&self, assignment: &ast::Assignment) -> Converted<Assignment> {
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
    fn keyword_word(&self, from: usize, keyword: &str) -> Converted<Word> {
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

    /// A word of which only the place is known.
    fn word_at(&self, span: ast::Span) -> Converted<Word> {
        Ok(Word {
            range: self.range(span)?,
            is_static: false,
            substitutions: Vec::new(),
        })
    }

    fn word(&self, word: &ast::Word) -> Converted<Word> {
        let mut converted = Word {
            range: self.range(word.span)?,
            is_static: true,
            substitutions: Vec::new(),
        };
        for part in &word.parts {
            self.closed(part)?;
            self.part(&part.kind, &mut converted)?;
        }
        Ok(converted)
    }

    /// Fails where a part that opens with a bracket or a quote does not end with its partner: the parser
    /// takes the end of the text for it.
    fn closed(&self, part: &ast::WordPartNode) -> Converted<()> {
        let text = self.range(part.span)?.slice(self.text);
        let partners = [
            ("${", '}'),
            ("$((", ')'),
            ("$(", ')'),
            ("`", '`'),
            ("'", '\''),
            ("\"", '"'),
            ("<(", ')'),
            (">(", ')'),
        ];
        let opened = match part.kind {
            ast::WordPart::Literal(_) => None,
            _ => partners.iter().find(|(open, _)| text.starts_with(open)),
        };
        match opened {
            Some((open, close)) if text.len() <= open.len() || !text.ends_with(*close) => {
                Err(Opaque::NotParsed)
            }
            _ => Ok(()),
        }
    }

    fn part(&self, part: &ast::WordPart, word: &mut Word) -> Converted<()> {
        match part {
            ast::WordPart::Literal(_) => return Ok(()),
            ast::WordPart::SingleQuoted { dollar, .. } => {
                if *dollar {
                    self.not_dash()?;
                    word.is_static = false;
                }
                return Ok(());
            }
            ast::WordPart::DoubleQuoted { parts, dollar } => {
                if *dollar {
                    self.not_dash()?;
                    word.is_static = false;
                }
                return parts.iter().try_for_each(|part| {
                    self.closed(part)?;
                    self.part(&part.kind, word)
                });
            }
            ast::WordPart::CommandSubstitution { body, .. } => {
                word.substitutions.push(self.list(body)?);
            }
            ast::WordPart::ProcessSubstitution { body, .. } => {
                self.only_bash()?;
                word.substitutions.push(self.list(body)?);
            }
            ast::WordPart::ArithmeticExpansion {
                expression_word_ast,
                ..
            } => {
                self.inner(Some(expression_word_ast), word)?;
            }
            ast::WordPart::Parameter(parameter) => self.parameter(parameter, word)?,
            ast::WordPart::ParameterExpansion {
                operand_word_ast,
                operator,
                ..
            } => {
                self.operator(operator)?;
                self.inner(operand_word_ast.as_deref(), word)?;
            }
            ast::WordPart::IndirectExpansion {
                operand_word_ast, ..
            } => {
                self.only_bash()?;
                self.inner(operand_word_ast.as_deref(), word)?;
            }
            ast::WordPart::Substring {
                offset_word_ast,
                length_word_ast,
                ..
            }
            | ast::WordPart::ArraySlice {
                offset_word_ast,
                length_word_ast,
                ..
            } => {
                self.not_dash()?;
                self.inner(Some(offset_word_ast), word)?;
                self.inner(length_word_ast.as_deref(), word)?;
            }
            ast::WordPart::ArrayAccess(_)
            | ast::WordPart::ArrayLength(_)
            | ast::WordPart::ArrayIndices(_)
            | ast::WordPart::PrefixMatch { .. }
            | ast::WordPart::Transformation { .. } => self.only_bash()?,
            ast::WordPart::Variable(_) | ast::WordPart::Length(_) => {}
            ast::WordPart::ZshQualifiedGlob(_) => return Err(Opaque::NotParsed),
        }
        word.is_static = false;
        Ok(())
    }

    fn inner(&self, inner: Option<&ast::Word>, word: &mut Word) -> Converted<()> {
        if let Some(inner) = inner {
            word.substitutions
                .append(&mut self.word(inner)?.substitutions);
        }
        Ok(())
    }

    fn parameter(&self, parameter: &ast::ParameterExpansion, word: &mut Word) -> Converted<()> {
        use ast::BourneParameterExpansion as Expansion;
        let ast::ParameterExpansionSyntax::Bourne(expansion) = &parameter.syntax else {
            return Err(Opaque::NotParsed);
        };
        match expansion {
            Expansion::Access { reference } | Expansion::Length { reference } => {
                if reference.subscript.is_some() {
                    self.only_bash()?;
                }
                Ok(())
            }
            Expansion::Operation {
                operator,
                operand_word_ast,
                ..
            } => {
                self.operator(operator)?;
                self.inner(operand_word_ast.as_deref(), word)
            }
            Expansion::Slice {
                offset_word_ast,
                length_word_ast,
                ..
            } => {
                self.not_dash()?;
                self.inner(Some(offset_word_ast), word)?;
                self.inner(length_word_ast.as_deref(), word)
            }
            Expansion::Indirect {
                operand_word_ast, ..
            } => {
                self.only_bash()?;
                self.inner(operand_word_ast.as_deref(), word)
            }
            Expansion::Indices { .. }
            | Expansion::PrefixMatch { .. }
            | Expansion::Transformation { .. } => self.only_bash(),
        }
    }

    fn operator(&self, operator: &ast::ParameterOp) -> Converted<()> {
        match operator {
            ast::ParameterOp::ReplaceFirst { .. } | ast::ParameterOp::ReplaceAll { .. } => {
                self.not_dash()
            }
            ast::ParameterOp::UpperFirst
            | ast::ParameterOp::UpperAll
            | ast::ParameterOp::LowerFirst
            | ast::ParameterOp::LowerAll => self.only_bash(),
            _ => Ok(()),
        }
    }

    fn redirection(&self, redirect: &ast::Redirect) -> Converted<Redirection> {
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

    fn compound(&self, compound: &ast::CompoundCommand) -> Converted<Compound> {
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

    fn prefixed(&self, statement: Option<&ast::Stmt>) -> Converted<Vec<List>> {
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

/// Subshells and groups carry no span of their own: the statement's stands in.
fn compound_span(compound: &ast::CompoundCommand, statement: &ast::Stmt) -> ast::Span {
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
