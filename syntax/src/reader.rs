//! Reads a whole file: lines in, items out.
//!
//! The order of the tests is `BuildKit`'s: comment, blank, instruction. An instruction takes as many
//! lines as its continuations and heredocs ask for; every other item is one line.
//! <https://github.com/moby/buildkit/blob/master/frontend/dockerfile/parser/parser.go>

use crate::directive::Directives;
use crate::file::{Diagnostic, DiagnosticKind, File, Instruction, Item, ItemKind, Keyword};
use crate::line::{Joined, Lines, starts_comment};
use crate::text::TextRange;
use crate::{heredoc, instruction};

/// The byte order mark that editors of Windows put first.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Reads a Dockerfile. Never fails: what `BuildKit` refuses is in [`File::diagnostics`].
///
/// Takes time in proportion to the length of `text`.
///
/// ```
/// let file = imgfix_syntax::parse("FROM debian:12\nRUN apt-get update\n");
/// assert!(file.diagnostics.is_empty());
/// assert_eq!(file.instructions().count(), 2);
/// ```
pub fn parse(text: &str) -> File {
    Reader::new(text).read()
}

/// What is known while reading.
struct Reader<'a> {
    text: &'a str,
    lines: Lines<'a>,
    directives: Directives,
    items: Vec<Item>,
    diagnostics: Vec<Diagnostic>,
    /// Whether a FROM was seen, or its absence reported.
    in_stage: bool,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            lines: Lines::new(text),
            directives: Directives::new(),
            items: Vec::new(),
            diagnostics: Vec::new(),
            in_stage: false,
        }
    }

    fn read(mut self) -> File {
        if self.text.starts_with(BYTE_ORDER_MARK) {
            let range = TextRange::new(0, BYTE_ORDER_MARK.len());
            self.lines.skip_to(range.end());
            self.push(range, ItemKind::ByteOrderMark);
        }
        while let Some(line) = self.lines.next() {
            self.read_item(line);
        }
        if !self.in_stage {
            self.report(
                TextRange::empty(self.text.len()),
                DiagnosticKind::MissingFrom,
            );
        }
        let too_long = self.lines.too_long().iter().map(|&range| Diagnostic {
            range,
            kind: DiagnosticKind::LineTooLong,
        });
        self.diagnostics.extend(too_long);
        self.diagnostics.sort_by_key(|diagnostic| diagnostic.range);
        debug_assert!(tiles(&self.items, self.text.len()), "items must tile");
        File {
            items: self.items,
            diagnostics: self.diagnostics,
            escape: self.directives.escape(),
        }
    }

    fn read_item(&mut self, line: TextRange) {
        let content = crate::line::content(self.text, line);
        let written = content.slice(self.text);
        if starts_comment(written) {
            let kind = self.comment(content);
            self.push(line, kind);
            return;
        }
        self.directives.end();
        if written.trim_start().is_empty() {
            self.push(line, ItemKind::Blank);
            return;
        }
        self.read_instruction(line, content);
    }

    fn comment(&mut self, content: TextRange) -> ItemKind {
        match self.directives.read(self.text, content) {
            Ok(Some(directive)) => ItemKind::Directive(directive),
            Ok(None) => ItemKind::Comment,
            Err(range) => {
                self.report(range, DiagnosticKind::InvalidDirective);
                ItemKind::Comment
            }
        }
    }

    fn read_instruction(&mut self, line: TextRange, content: TextRange) {
        let escape = self.directives.escape();
        let joined = Joined::read(self.text, content, &mut self.lines, escape);
        for &blank in &joined.blanks {
            self.report(blank, DiagnosticKind::EmptyContinuation);
        }
        let mut instruction = instruction::read(
            self.text,
            &joined.line,
            joined.end,
            escape,
            &mut self.diagnostics,
        );
        instruction.comments = joined.comments;
        heredoc::read(
            self.text,
            &joined.line,
            &mut instruction,
            &mut self.lines,
            &mut self.diagnostics,
        );
        if joined.dangling {
            let end = TextRange::empty(instruction.range.end());
            self.report(end, DiagnosticKind::DanglingContinuation);
        }
        let item = TextRange::new(line.start(), self.lines.offset());
        self.check_nul(item);
        self.check_stage(&instruction);
        self.push(item, ItemKind::Instruction(Box::new(instruction)));
    }

    fn check_nul(&mut self, item: TextRange) {
        if let Some(at) = item.slice(self.text).find('\0') {
            let range = TextRange::new(item.start() + at, item.start() + at + 1);
            self.report(range, DiagnosticKind::NulByte);
        }
    }

    /// Before the first FROM, only ARG may stand.
    fn check_stage(&mut self, instruction: &Instruction) {
        if self.in_stage || matches!(instruction.keyword, Keyword::Arg | Keyword::Unknown) {
            return;
        }
        self.in_stage = true;
        if instruction.keyword != Keyword::From {
            self.report(instruction.keyword_range, DiagnosticKind::MissingFrom);
        }
    }

    fn report(&mut self, range: TextRange, kind: DiagnosticKind) {
        self.diagnostics.push(Diagnostic { range, kind });
    }

    fn push(&mut self, range: TextRange, kind: ItemKind) {
        self.items.push(Item { range, kind });
    }
}

/// Whether the items stand one behind the other over `0..len`.
fn tiles(items: &[Item], len: usize) -> bool {
    let mut at = 0;
    for item in items {
        if item.range.start() != at || item.range.is_empty() {
            return false;
        }
        at = item.range.end();
    }
    at == len
}
