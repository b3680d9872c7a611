//! Words, and what the shell expands in them.

use shuck_ast as ast;

use super::{Converted, Converter};
use crate::shell::Opaque;
use crate::shell::ast::Word;

impl Converter<'_> {
    /// A word of which only the place is known.
    pub(super) fn word_at(&self, span: ast::Span) -> Converted<Word> {
        Ok(Word {
            range: self.range(span)?,
            is_static: false,
            substitutions: Vec::new(),
        })
    }

    pub(super) fn word(&self, word: &ast::Word) -> Converted<Word> {
        let mut converted = Word {
            range: self.range(word.span)?,
            is_static: true,
            substitutions: Vec::new(),
        };
        for part in &word.parts {
            self.closed(part)?;
            self.part(&part.kind, &mut converted)?;
        }
        if has_bad_substitution(converted.range.slice(self.text)) {
            return Err(Opaque::NotParsed);
        }
        Ok(converted)
    }

    /// Fails where a part that opens with a bracket or a quote does not end with its partner: the parser
    /// takes the end of the text for it.
    pub(super) fn closed(&self, part: &ast::WordPartNode) -> Converted<()> {
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

    pub(super) fn part(&self, part: &ast::WordPart, word: &mut Word) -> Converted<()> {
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

    pub(super) fn inner(&self, inner: Option<&ast::Word>, word: &mut Word) -> Converted<()> {
        if let Some(inner) = inner {
            word.substitutions
                .append(&mut self.word(inner)?.substitutions);
        }
        Ok(())
    }

    pub(super) fn parameter(
        &self,
        parameter: &ast::ParameterExpansion,
        word: &mut Word,
    ) -> Converted<()> {
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

    pub(super) fn operator(&self, operator: &ast::ParameterOp) -> Converted<()> {
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
}

/// Whether a word holds `${name` with something behind the name that no shell reads: a brace that was never
/// closed, which the parser closes somewhere else.
fn has_bad_substitution(word: &str) -> bool {
    let (mut is_single, mut is_double) = (false, false);
    let mut chars = word.char_indices();
    while let Some((at, char)) = chars.next() {
        match char {
            '\\' if !is_single => {
                chars.next();
            }
            '\'' if !is_double => is_single = !is_single,
            '"' if !is_single => is_double = !is_double,
            '$' if !is_single && word[at + 1..].starts_with('{') => {
                let name = word[at + 2..].trim_start_matches(['#', '!']);
                let rest =
                    name.trim_start_matches(|char: char| char.is_alphanumeric() || char == '_');
                let is_named = rest.len() < name.len();
                if rest.starts_with(char::is_whitespace) {
                    return true;
                }
                if is_named
                    && !rest.starts_with([
                        '}', ':', '-', '+', '=', '?', '#', '%', '/', '^', ',', '@', '[',
                    ])
                {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}
