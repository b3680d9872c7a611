//! From the text to its items.

use std::collections::BTreeSet;

use crate::file::{Diagnostic, DiagnosticKind, Directive, File, Item, ItemKind, Keyword};
use crate::instruction;
use crate::line::{self, Line};
use crate::text::TextRange;

/// Reads a Dockerfile. Any text gives a tree; what Docker would refuse is a diagnostic.
///
/// ```
/// let file = imgfix_syntax::parse("FROM debian\nRUN apt-get update && \\\n    apt-get install -y git\n");
/// assert_eq!(file.instructions().count(), 2);
/// assert!(file.diagnostics.is_empty());
/// ```
pub fn parse(text: &str) -> File {
    let mut parser = Parser {
        text,
        file: File {
            items: Vec::new(),
            diagnostics: Vec::new(),
            escape: '\\',
        },
        directives: Some(BTreeSet::new()),
        at: 0,
    };
    parser.run();
    let mut file = parser.file;
    check_from(text, &mut file);
    if let Some(nul) = text.find('\0') {
        file.diagnostics.push(Diagnostic {
            range: TextRange::new(nul, nul + 1),
            kind: DiagnosticKind::NulByte,
        });
    }
    debug_assert!(tiles(&file, text.len()), "items tile the text");
    file
}

struct Parser<'t> {
    text: &'t str,
    file: File,
    /// The directives seen so far; `None` once something else was read.
    directives: Option<BTreeSet<String>>,
    at: usize,
}

impl Parser<'_> {
    fn run(&mut self) {
        if self.text.starts_with('\u{feff}') {
            self.push(
                TextRange::new(0, '\u{feff}'.len_utf8()),
                ItemKind::ByteOrderMark,
            );
        }
        while self.at < self.text.len() {
            let line = line::line_at(self.text, self.at);
            let trimmed = line::trim_start(self.text, line.content);
            if self.directives.is_some() && self.directive(line, trimmed) {
                continue;
            }
            if trimmed.is_empty() {
                self.push(line.full, ItemKind::Blank);
            } else if line::is_comment(self.text, trimmed) {
                self.push(line.full, ItemKind::Comment);
            } else {
                self.instruction(line);
            }
        }
    }

    fn push(&mut self, range: TextRange, kind: ItemKind) {
        self.at = range.end();
        self.file.items.push(Item { range, kind });
    }

    /// Reads a parser directive; tells whether the line is one.
    fn directive(&mut self, line: Line, trimmed: TextRange) -> bool {
        let Some((name, value)) = directive_parts(self.text, trimmed) else {
            self.directives = None;
            return false;
        };
        let key = name.slice(self.text).to_ascii_lowercase();
        let seen = self.directives.as_mut().expect("directives may still come");
        if !matches!(key.as_str(), "escape" | "syntax" | "check") {
            self.directives = None;
            return false;
        }
        let is_new = seen.insert(key.clone());
        let escape = value.slice(self.text);
        if !is_new || (key == "escape" && !matches!(escape, "\\" | "`")) {
            let kind = DiagnosticKind::InvalidDirective;
            self.file.diagnostics.push(Diagnostic {
                range: trimmed,
                kind,
            });
        } else if key == "escape" {
            self.file.escape = escape.chars().next().unwrap_or('\\');
        }
        self.push(line.full, ItemKind::Directive(Directive { name, value }));
        true
    }

    fn instruction(&mut self, first: Line) {
        let joined = line::join(self.text, first, self.file.escape);
        let start = joined.text.to_source(0);
        if joined.text.as_str().trim().is_empty() {
            // Nothing but continuations: Docker reads an instruction without a name.
            let range = TextRange::new(first.full.start(), joined.end);
            self.diagnose(range, DiagnosticKind::UnknownInstruction);
        }
        if let Some(range) = joined.empty_continuation {
            self.diagnose(range, DiagnosticKind::EmptyContinuation);
        }
        if joined.is_cut_off {
            self.diagnose(
                TextRange::new(start, joined.end),
                DiagnosticKind::DanglingContinuation,
            );
        }
        let content = TextRange::new(start.min(joined.content_end), joined.content_end);
        let mut read = instruction::read(content, &joined.text, self.file.escape);
        let end = read.take_heredocs(self.text, joined.end);
        read.instruction.comments = joined.comments;
        for diagnostic in read.diagnostics {
            self.file.diagnostics.push(diagnostic);
        }
        let range = TextRange::new(first.full.start(), end);
        self.push(range, ItemKind::Instruction(Box::new(read.instruction)));
    }

    fn diagnose(&mut self, range: TextRange, kind: DiagnosticKind) {
        self.file.diagnostics.push(Diagnostic { range, kind });
    }
}

/// Name and value of `# name = value`.
fn directive_parts(text: &str, trimmed: TextRange) -> Option<(TextRange, TextRange)> {
    let line = trimmed.slice(text);
    let rest = line.strip_prefix('#')?.trim_start();
    let name_length = rest
        .find(|char: char| !char.is_ascii_alphanumeric())
        .unwrap_or(rest.len());
    let name = &rest[..name_length];
    if !name.starts_with(|char: char| char.is_ascii_alphabetic()) {
        return None;
    }
    let value = rest[name_length..].trim_start().strip_prefix('=')?.trim();
    if value.is_empty() {
        return None;
    }
    let offset = |part: &str| trimmed.start() + (part.as_ptr().addr() - line.as_ptr().addr());
    let range = |part: &str| TextRange::new(offset(part), offset(part) + part.len());
    Some((range(name), range(value)))
}

/// Whether a FROM stands before everything but ARG.
fn check_from(text: &str, file: &mut File) {
    let first = file
        .instructions()
        .find(|(_, instruction)| instruction.keyword != Keyword::Arg);
    let range = match first {
        Some((_, instruction)) if instruction.keyword == Keyword::From => return,
        Some((_, instruction)) => instruction.range,
        None => TextRange::empty(text.len()),
    };
    file.diagnostics.push(Diagnostic {
        range,
        kind: DiagnosticKind::MissingFrom,
    });
}

fn tiles(file: &File, length: usize) -> bool {
    let mut at = 0;
    file.items.iter().all(|item| {
        let fits = item.range.start() == at && !item.range.is_empty();
        at = item.range.end();
        fits
    }) && at == length
}
