//! Reads an instruction from its joined line: keyword, flags, body, arguments.
//!
//! Each file here reads the arguments of a family of instructions. They see the body only; what Docker
//! refuses comes back as a [`Refusal`], and the arguments become [`Arguments::Opaque`].

mod command;
mod copy;
mod from;
mod options;
mod pairs;
mod plain;
mod trigger;

use crate::file::{Arguments, Diagnostic, DiagnosticKind, Instruction, Keyword, Word, WordKind};
use crate::json::JsonString;
use crate::logical::LogicalText;
use crate::text::TextRange;
use crate::words::{BLANKS, trimmed};
use crate::{flags, lexer};

/// Who refuses arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refusal {
    /// Docker's parser, wherever the instruction stands.
    Parser,
    /// Docker's check of instructions, which does not look below ONBUILD.
    Check,
}

/// Where an instruction stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// On lines of its own.
    File,
    /// Behind ONBUILD.
    Trigger,
}

/// Reads the instruction on `line`, whose last line's content ends at `end` in the file.
pub(crate) fn read(
    file: &str,
    line: &LogicalText,
    end: usize,
    escape: char,
    diagnostics: &mut Vec<Diagnostic>,
) -> Instruction {
    let mut reader = Reader {
        file,
        line,
        end,
        escape,
        diagnostics,
    };
    reader.read(TextRange::new(0, line.as_str().len()), Place::File)
}

struct Reader<'a> {
    file: &'a str,
    line: &'a LogicalText,
    end: usize,
    escape: char,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Reads the instruction in `part` of the line.
    fn read(&mut self, part: TextRange, place: Place) -> Instruction {
        let part = trimmed(part.slice(self.line.as_str())).shifted(part.start());
        let written = part.slice(self.line.as_str());
        let keyword_len = written.find(BLANKS).unwrap_or(written.len());
        let keyword_part = TextRange::new(part.start(), part.start() + keyword_len);
        let keyword = Keyword::of(&written[..keyword_len]);
        let after = TextRange::new(keyword_part.end(), part.end());
        let (flags, at) = flags::read(self.file, self.line, after, self.escape);
        let rest = trimmed(&self.line.as_str()[at..part.end()]).shifted(at);
        let keyword_range = self.line.range_to_source(keyword_part);
        let mut instruction = Instruction {
            range: TextRange::new(keyword_range.start(), self.end.max(keyword_range.end())),
            keyword,
            keyword_range,
            flags,
            body: self.line.sub(rest),
            arguments: Arguments::Opaque,
            heredocs: Vec::new(),
            comments: Vec::new(),
        };
        instruction.arguments = self.arguments(&instruction, rest, place);
        if place == Place::File {
            for range in options::refused(&instruction) {
                self.report(range, DiagnosticKind::InvalidFlag);
            }
        }
        instruction
    }

    fn arguments(&mut self, instruction: &Instruction, rest: TextRange, place: Place) -> Arguments {
        let mut body = Body {
            text: &instruction.body,
            escape: self.escape,
            refused: Vec::new(),
        };
        let arguments = match instruction.keyword {
            Keyword::Run | Keyword::Cmd | Keyword::Entrypoint => command::read(&mut body),
            Keyword::Healthcheck => command::healthcheck(&mut body),
            Keyword::Shell => command::shell(&mut body),
            Keyword::From => from::read(&mut body),
            Keyword::Add | Keyword::Copy => copy::read(&mut body),
            Keyword::Env | Keyword::Label => pairs::read(&mut body),
            Keyword::Arg => pairs::arg(&mut body),
            Keyword::Expose => plain::expose(&mut body),
            Keyword::Volume => plain::volume(&mut body),
            Keyword::User | Keyword::Workdir | Keyword::Stopsignal => plain::text(&mut body),
            Keyword::Maintainer => plain::maintainer(&mut body),
            Keyword::Onbuild => trigger::read(self, rest, place),
            Keyword::Unknown => {
                if place == Place::File {
                    let range = instruction.keyword_range;
                    self.report(range, DiagnosticKind::UnknownInstruction);
                }
                Ok(Arguments::Opaque)
            }
        };
        if place == Place::File {
            for range in body.refused {
                self.report(range, DiagnosticKind::InvalidWord);
            }
        }
        arguments.unwrap_or_else(|refusal| {
            if place == Place::File || refusal == Refusal::Parser {
                self.report(instruction.range, DiagnosticKind::InvalidArguments);
            }
            Arguments::Opaque
        })
    }

    fn report(&mut self, range: TextRange, kind: DiagnosticKind) {
        self.diagnostics.push(Diagnostic { range, kind });
    }
}

impl Keyword {
    /// The instruction of this name, in whatever case.
    pub fn of(name: &str) -> Self {
        match &*name.to_lowercase() {
            "add" => Self::Add,
            "arg" => Self::Arg,
            "cmd" => Self::Cmd,
            "copy" => Self::Copy,
            "entrypoint" => Self::Entrypoint,
            "env" => Self::Env,
            "expose" => Self::Expose,
            "from" => Self::From,
            "healthcheck" => Self::Healthcheck,
            "label" => Self::Label,
            "maintainer" => Self::Maintainer,
            "onbuild" => Self::Onbuild,
            "run" => Self::Run,
            "shell" => Self::Shell,
            "stopsignal" => Self::Stopsignal,
            "user" => Self::User,
            "volume" => Self::Volume,
            "workdir" => Self::Workdir,
            _ => Self::Unknown,
        }
    }
}

/// A body whose words are being read.
struct Body<'a> {
    text: &'a LogicalText,
    escape: char,
    /// Words that Docker's lexer refuses.
    refused: Vec<TextRange>,
}

impl<'a> Body<'a> {
    fn as_str(&self) -> &'a str {
        self.text.as_str()
    }

    /// The whole body.
    fn whole(&self) -> TextRange {
        TextRange::new(0, self.as_str().len())
    }

    /// A word that Docker takes as it is.
    fn verbatim(&self, range: TextRange) -> Word {
        Word {
            range: self.text.range_to_source(range),
            text: range.slice(self.as_str()).to_owned(),
            variables: Vec::new(),
            kind: WordKind::Verbatim,
        }
    }

    /// A word that Docker's lexer reads.
    fn lexed(&mut self, range: TextRange) -> Word {
        let word = self.verbatim(range);
        self.lex(word, |offset| range.start() + offset)
    }

    /// A JSON string that Docker takes as it is.
    fn string(&self, string: &JsonString) -> Word {
        Word {
            range: self.text.range_to_source(string.range),
            text: string.value.clone(),
            variables: Vec::new(),
            kind: WordKind::Verbatim,
        }
    }

    /// A JSON string that Docker's lexer reads.
    fn lexed_string(&mut self, string: &JsonString) -> Word {
        let word = self.string(string);
        self.lex(word, |offset| string.to_text(offset))
    }

    /// Lets Docker's lexer read a word; `map` tells where in the body a byte of it stands.
    fn lex(&mut self, mut word: Word, map: impl Fn(usize) -> usize) -> Word {
        word.kind = WordKind::Lexed;
        let Ok(found) = lexer::references(&word.text, self.escape) else {
            self.refused.push(word.range);
            return word;
        };
        let place = |range: TextRange| {
            let last = range.end() - 1;
            self.text.range_to_source(TextRange::new(
                map(range.start()),
                map(last).max(map(range.start())) + 1,
            ))
        };
        word.variables = found.into_iter().map(|found| found.place(place)).collect();
        word
    }
}
