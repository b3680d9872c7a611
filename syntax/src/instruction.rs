//! From the joined text of an instruction to its parts.

use crate::file::{
    Arguments, CommandForm, CopyArguments, Diagnostic, DiagnosticKind, FromArguments, Healthcheck,
    Instruction, Keyword, Pair, Pairs, Word,
};
use crate::flags;
use crate::heredoc::{self, Opener};
use crate::json::{self, Array};
use crate::logical::LogicalText;
use crate::text::TextRange;
use crate::words::{split_blanks, split_quoted, word};

/// An instruction as far as its joined text tells.
pub(crate) struct Read {
    pub(crate) instruction: Instruction,
    pub(crate) diagnostics: Vec<Diagnostic>,
    openers: Vec<Opener>,
}

impl Read {
    /// Reads the bodies of its heredocs from `at` on; gives where they end.
    pub(crate) fn take_heredocs(&mut self, text: &str, mut at: usize) -> usize {
        for opener in std::mem::take(&mut self.openers) {
            let range = opener.range;
            let (heredoc, is_terminated) = heredoc::read(text, opener, at);
            at = heredoc.terminator.end();
            if !is_terminated {
                self.diagnostics.push(Diagnostic {
                    range,
                    kind: DiagnosticKind::UnterminatedHeredoc,
                });
            }
            self.instruction.heredocs.push(heredoc);
        }
        at
    }
}

/// How often ONBUILD may stand in ONBUILD before it is left unread; Docker refuses the second.
const MAX_NESTING: usize = 8;

/// Reads the instruction whose joined text is `joined` and which stands at `range` of the file.
pub(crate) fn read(range: TextRange, joined: &LogicalText, escape: char) -> Read {
    let mut reader = Reader {
        escape,
        diagnostics: Vec::new(),
    };
    let instruction = reader.instruction(joined, range, 0);
    let openers = if can_hold_heredocs(&instruction) {
        heredoc::openers(joined)
    } else {
        Vec::new()
    };
    Read {
        instruction,
        diagnostics: reader.diagnostics,
        openers,
    }
}

/// ADD, COPY and RUN, also below ONBUILD, and not in exec form.
fn can_hold_heredocs(instruction: &Instruction) -> bool {
    match &instruction.arguments {
        Arguments::Onbuild(inner) => can_hold_heredocs(inner),
        Arguments::Copy(copy) => !copy.exec_form,
        Arguments::Command(form) => {
            instruction.keyword == Keyword::Run && matches!(form, CommandForm::Shell)
        }
        Arguments::Opaque => matches!(
            instruction.keyword,
            Keyword::Add | Keyword::Copy | Keyword::Run
        ),
        _ => false,
    }
}

struct Reader {
    escape: char,
    diagnostics: Vec<Diagnostic>,
}

impl Reader {
    fn instruction(&mut self, joined: &LogicalText, range: TextRange, depth: usize) -> Instruction {
        let all = joined.as_str();
        let start = all.len() - all.trim_start().len();
        let end = start + all[start..].trim_end().len();
        let is_blank = |char: char| matches!(char, '\t' | '\u{b}' | '\u{c}' | '\r' | ' ');
        let keyword_end = all[start..end]
            .find(is_blank)
            .map_or(end, |length| start + length);
        let keyword_range = TextRange::new(start, keyword_end);
        let keyword = keyword(keyword_range.slice(all));
        let (flags, arguments_start) = flags::read(joined, keyword_end);
        let body = TextRange::new(arguments_start.min(end), end);
        let body = joined.sub(body);
        let mut instruction = Instruction {
            range,
            keyword,
            keyword_range: joined.range_to_source(keyword_range),
            flags,
            body,
            arguments: Arguments::Opaque,
            heredocs: Vec::new(),
            comments: Vec::new(),
        };
        let arguments = match keyword {
            Keyword::Unknown => {
                self.diagnose(
                    instruction.keyword_range,
                    DiagnosticKind::UnknownInstruction,
                );
                Some(Arguments::Opaque)
            }
            _ => self.arguments(&instruction, depth),
        };
        instruction.arguments = arguments.unwrap_or_else(|| {
            self.diagnose(range, DiagnosticKind::InvalidArguments);
            Arguments::Opaque
        });
        instruction
    }

    fn diagnose(&mut self, range: TextRange, kind: DiagnosticKind) {
        self.diagnostics.push(Diagnostic { range, kind });
    }

    /// The arguments; `None` where Docker refuses them.
    fn arguments(&mut self, instruction: &Instruction, depth: usize) -> Option<Arguments> {
        let body = &instruction.body;
        let all = TextRange::new(0, body.as_str().len());
        match instruction.keyword {
            Keyword::Run | Keyword::Cmd | Keyword::Entrypoint => command_form(body, 0)
                .filter(|_| !body.as_str().is_empty() || instruction.keyword != Keyword::Run)
                .map(Arguments::Command),
            Keyword::Healthcheck => healthcheck(body).map(Arguments::Healthcheck),
            Keyword::From => self.from(body).map(Arguments::From),
            Keyword::Add | Keyword::Copy => self.copy(body).map(Arguments::Copy),
            Keyword::Env | Keyword::Label => self.pairs(body).map(Arguments::Pairs),
            Keyword::Arg => {
                let words = split_quoted(body.as_str(), all, self.escape);
                (!words.is_empty()).then(|| {
                    Arguments::Arg(words.iter().map(|&range| self.pair(body, range)).collect())
                })
            }
            Keyword::Expose => self.blank_separated(body, all).map(Arguments::Words),
            Keyword::Volume => match json::array(body, 0) {
                Array::Strings(words) => (!words.is_empty()).then_some(Arguments::Words(words)),
                Array::OtherValues => None,
                Array::None => self.blank_separated(body, all).map(Arguments::Words),
            },
            Keyword::Shell => match json::array(body, 0) {
                Array::Strings(words) if !words.is_empty() => Some(Arguments::Words(words)),
                _ => None,
            },
            Keyword::User | Keyword::Workdir | Keyword::Stopsignal | Keyword::Maintainer => {
                (!all.is_empty()).then(|| Arguments::Text(word(body, all, self.escape)))
            }
            Keyword::Onbuild => {
                if all.is_empty() || depth >= MAX_NESTING {
                    return None;
                }
                let inner = self.instruction(body, instruction.body_range(), depth + 1);
                let is_allowed = !matches!(
                    inner.keyword,
                    Keyword::Onbuild | Keyword::From | Keyword::Maintainer
                );
                is_allowed.then(|| Arguments::Onbuild(Box::new(inner)))
            }
            Keyword::Unknown => None,
        }
    }

    fn blank_separated(&self, body: &LogicalText, range: TextRange) -> Option<Vec<Word>> {
        let words: Vec<Word> = split_blanks(body.as_str(), range)
            .into_iter()
            .map(|range| word(body, range, self.escape))
            .collect();
        (!words.is_empty()).then_some(words)
    }

    fn from(&self, body: &LogicalText) -> Option<FromArguments> {
        let all = TextRange::new(0, body.as_str().len());
        let mut words = self.blank_separated(body, all)?.into_iter();
        let image = words.next()?;
        let name = match (words.next(), words.next(), words.next()) {
            (None, ..) => None,
            (Some(separator), Some(name), None) if separator.text.eq_ignore_ascii_case("as") => {
                Some(name)
            }
            _ => return None,
        };
        Some(FromArguments { image, name })
    }

    fn copy(&self, body: &LogicalText) -> Option<CopyArguments> {
        let all = TextRange::new(0, body.as_str().len());
        let (mut words, exec_form) = match json::array(body, 0) {
            Array::Strings(words) => (words, true),
            Array::OtherValues => return None,
            Array::None => (self.blank_separated(body, all)?, false),
        };
        let destination = words.pop()?;
        (!words.is_empty()).then_some(CopyArguments {
            sources: words,
            destination,
            exec_form,
        })
    }

    fn pairs(&self, body: &LogicalText) -> Option<Pairs> {
        let text = body.as_str();
        let all = TextRange::new(0, text.len());
        let words = split_quoted(text, all, self.escape);
        let first = words.first()?;
        if first.slice(text).contains('=') {
            if words.iter().any(|range| !range.slice(text).contains('=')) {
                return None;
            }
            let pairs = words.iter().map(|&range| self.pair(body, range)).collect();
            return Some(Pairs {
                pairs,
                legacy: false,
            });
        }
        let is_blank = |char: char| matches!(char, ' ' | '\t' | '\u{b}' | '\u{c}' | '\r');
        let key_end = text.find(is_blank)?;
        let value_start = text.len() - text[key_end..].trim_start_matches(is_blank).len();
        let key = word(body, TextRange::new(0, key_end), self.escape);
        let value = word(body, TextRange::new(value_start, text.len()), self.escape);
        Some(Pairs {
            pairs: vec![Pair {
                key,
                value: Some(value),
            }],
            legacy: true,
        })
    }

    /// `key=value`, or a key alone.
    fn pair(&self, body: &LogicalText, range: TextRange) -> Pair {
        let raw = range.slice(body.as_str());
        let Some(equals) = raw.find('=') else {
            return Pair {
                key: word(body, range, self.escape),
                value: None,
            };
        };
        let key = TextRange::new(range.start(), range.start() + equals);
        let value = TextRange::new(range.start() + equals + 1, range.end());
        Pair {
            key: word(body, key, self.escape),
            value: Some(word(body, value, self.escape)),
        }
    }
}

fn healthcheck(body: &LogicalText) -> Option<Healthcheck> {
    let text = body.as_str();
    let kind_end = text.find(char::is_whitespace).unwrap_or(text.len());
    let command = text.len() - text[kind_end..].trim_start().len();
    match text[..kind_end].to_ascii_uppercase().as_str() {
        "NONE" if command == text.len() => Some(Healthcheck::None),
        "CMD" if command < text.len() => {
            let body = body.sub(TextRange::new(command, text.len()));
            Some(Healthcheck::Command {
                form: command_form(&body, 0)?,
                body,
            })
        }
        _ => None,
    }
}

/// Exec form where a JSON array of strings stands; `None` where Docker refuses the array.
fn command_form(body: &LogicalText, at: usize) -> Option<CommandForm> {
    match json::array(body, at) {
        Array::Strings(words) => Some(CommandForm::Exec(words)),
        Array::OtherValues => None,
        Array::None => Some(CommandForm::Shell),
    }
}

fn keyword(text: &str) -> Keyword {
    match text.to_ascii_lowercase().as_str() {
        "add" => Keyword::Add,
        "arg" => Keyword::Arg,
        "cmd" => Keyword::Cmd,
        "copy" => Keyword::Copy,
        "entrypoint" => Keyword::Entrypoint,
        "env" => Keyword::Env,
        "expose" => Keyword::Expose,
        "from" => Keyword::From,
        "healthcheck" => Keyword::Healthcheck,
        "label" => Keyword::Label,
        "maintainer" => Keyword::Maintainer,
        "onbuild" => Keyword::Onbuild,
        "run" => Keyword::Run,
        "shell" => Keyword::Shell,
        "stopsignal" => Keyword::Stopsignal,
        "user" => Keyword::User,
        "volume" => Keyword::Volume,
        "workdir" => Keyword::Workdir,
        _ => Keyword::Unknown,
    }
}
