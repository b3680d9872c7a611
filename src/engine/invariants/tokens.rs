//! A script as a row of tokens: commands, and what joins and encloses them.

use imgfix_syntax::TextRange;
use imgfix_syntax::shell::{
    AndOr, Command, CommandKind, CompoundKind, List, Operator, Pipeline, Script, Terminator,
};

/// A token of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A simple command: its assignments, words and redirections as written, with single blanks between.
    Command(CommandToken),
    /// `&&`
    And,
    /// `||`
    Or,
    /// `;` or a newline between two and/or lists.
    Then,
    /// `&`
    Background,
    /// `|`
    Pipe,
    /// `!`
    Not,
    /// The start of a compound command, a function or a part of one, with its words.
    Open(String),
    /// Its end.
    Close,
}

/// A command in a row of tokens. Two are equal where their words are.
#[derive(Clone, Debug)]
pub(super) struct CommandToken {
    /// Where its words stand in the file.
    pub(super) range: TextRange,
    /// Its assignments and words.
    pub(super) words: Vec<String>,
    /// Its redirections, with the text of here-documents left to the comparison of bodies.
    pub(super) redirections: Vec<String>,
}

impl PartialEq for CommandToken {
    fn eq(&self, other: &Self) -> bool {
        self.words == other.words && self.redirections == other.redirections
    }
}

impl Eq for CommandToken {}

/// The tokens of a script.
pub(super) fn tokens(script: &Script) -> Vec<Token> {
    let mut row = Row {
        script,
        tokens: Vec::new(),
    };
    row.list(&script.list);
    row.tokens
}

struct Row<'s> {
    script: &'s Script,
    tokens: Vec<Token>,
}

impl Row<'_> {
    fn list(&mut self, list: &List) {
        for (at, item) in list.items.iter().enumerate() {
            self.and_or(&item.and_or);
            match item.terminator {
                Terminator::Background(_) => self.tokens.push(Token::Background),
                _ if at + 1 < list.items.len() => self.tokens.push(Token::Then),
                _ => {}
            }
        }
    }

    fn and_or(&mut self, and_or: &AndOr) {
        self.pipeline(&and_or.first);
        for link in &and_or.rest {
            self.tokens.push(match link.operator {
                Operator::And => Token::And,
                Operator::Or => Token::Or,
            });
            self.pipeline(&link.pipeline);
        }
    }

    fn pipeline(&mut self, pipeline: &Pipeline) {
        if pipeline.negated {
            self.tokens.push(Token::Not);
        }
        for (at, command) in pipeline.commands.iter().enumerate() {
            if at > 0 {
                self.tokens.push(Token::Pipe);
            }
            self.command(command);
        }
    }

    fn command(&mut self, command: &Command) {
        let redirections: Vec<String> = command
            .redirections
            .iter()
            .map(|redirection| self.script.slice(redirection.range).to_owned())
            .collect();
        match &command.kind {
            CommandKind::Simple(simple) => {
                let assignments = simple.assignments.iter().map(|assignment| assignment.range);
                let ranges = assignments.chain(simple.words.iter().map(|word| word.range));
                let words = ranges
                    .map(|range| self.script.slice(range).to_owned())
                    .collect();
                let range = self.script.source_range(simple.range);
                self.tokens.push(Token::Command(CommandToken {
                    range,
                    words,
                    redirections,
                }));
            }
            CommandKind::Function { body } => {
                let head = TextRange::new(
                    command.range.start(),
                    body.range.start().max(command.range.start()),
                );
                self.tokens
                    .push(Token::Open(self.script.slice(head).trim().to_owned()));
                self.command(body);
                self.tokens.push(Token::Close);
            }
            CommandKind::Compound(compound) => {
                // What is neither list nor command (patterns of `case`, the name of `for`) is compared as text
                // where there are no lists to compare.
                let words: Vec<&str> = compound
                    .words
                    .iter()
                    .map(|word| self.script.slice(word.range))
                    .collect();
                let mut head = format!("{:?} {}", compound.kind, words.join(" "));
                if compound.kind == CompoundKind::Test {
                    head.push_str(self.script.slice(command.range));
                }
                self.tokens.push(Token::Open(head));
                for list in &compound.lists {
                    self.tokens.push(Token::Open("part".to_owned()));
                    self.list(list);
                    self.tokens.push(Token::Close);
                }
                self.tokens.push(Token::Close);
                self.tokens
                    .extend(redirections.into_iter().map(Token::Open));
            }
        }
    }
}
