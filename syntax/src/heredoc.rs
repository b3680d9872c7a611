//! Heredocs: their openers on an instruction's line, and the lines they take.
//!
//! Only ADD, COPY and RUN have them, also below ONBUILD, never in exec form. Openers are words of the
//! whole line as Docker's lexer cuts it, always with `\` as escape character; where that lexer fails
//! there are none. So `<<EOF;` waits for `EOF;`, and `$(( 1 <<2 ))` waits for `2`, as in `BuildKit`.
//! <https://docs.docker.com/reference/dockerfile/#here-documents>

use crate::file::{Arguments, Diagnostic, DiagnosticKind, Heredoc, Instruction, Keyword};
use crate::json::{self, Json};
use crate::lexer::{self, Escapes, Quotes};
use crate::line::{self, Lines};
use crate::logical::LogicalText;
use crate::text::TextRange;
use crate::variable::ExpandError;

/// The escape character of heredoc words, whatever the `escape` directive says.
const ESCAPE: char = '\\';

/// Finds the openers on `line` and reads the bodies from `lines` into `instruction`.
pub(crate) fn read(
    text: &str,
    line: &LogicalText,
    instruction: &mut Instruction,
    lines: &mut Lines<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let holder = match &instruction.arguments {
        Arguments::Onbuild(inner) => &**inner,
        _ => &*instruction,
    };
    if !line.as_str().contains("<<") || !can_hold(holder) {
        return;
    }
    let docker_expands = holder.keyword != Keyword::Run;
    let words = lexer::split(line.as_str(), ESCAPE, Quotes::Keep, Escapes::Keep);
    let mut heredocs = Vec::new();
    for word in words.unwrap_or_default() {
        let range = line.range_to_source(word.range);
        let opener = match Opener::read(&word.text) {
            Ok(Some(opener)) => opener,
            Ok(None) => continue,
            Err(_) => {
                diagnostics.push(Diagnostic {
                    range,
                    kind: DiagnosticKind::InvalidArguments,
                });
                continue;
            }
        };
        let heredoc = opener.read_body(text, range, lines);
        if heredoc.terminator.is_empty() {
            diagnostics.push(Diagnostic {
                range,
                kind: DiagnosticKind::UnterminatedHeredoc,
            });
        }
        heredocs.push(heredoc);
    }
    if docker_expands {
        for heredoc in heredocs.iter_mut().filter(|heredoc| heredoc.expand) {
            find_variables(text, heredoc, diagnostics);
        }
    }
    if let Arguments::Onbuild(inner) = &mut instruction.arguments {
        inner.heredocs.clone_from(&heredocs);
    }
    instruction.heredocs = heredocs;
}

/// Whether an instruction may have heredocs.
fn can_hold(instruction: &Instruction) -> bool {
    matches!(
        instruction.keyword,
        Keyword::Add | Keyword::Copy | Keyword::Run
    ) && json::read(instruction.body.as_str()) == Json::None
}

fn find_variables(text: &str, heredoc: &mut Heredoc, diagnostics: &mut Vec<Diagnostic>) {
    let body = heredoc.body;
    match lexer::references_unquoted(body.slice(text), ESCAPE) {
        Ok(found) => {
            let placed = found.into_iter();
            let placed = placed.map(|found| found.place(|range| range.shifted(body.start())));
            heredoc.variables = placed.collect();
        }
        Err(_) => diagnostics.push(Diagnostic {
            range: heredoc.opener,
            kind: DiagnosticKind::InvalidWord,
        }),
    }
}

/// Whether Docker takes `word` for a heredoc.
pub(crate) fn is_opener(word: &str) -> bool {
    matches!(Opener::read(word), Ok(Some(_)))
}

/// A word that opens a heredoc.
#[derive(Debug, PartialEq, Eq)]
struct Opener {
    delimiter: String,
    expand: bool,
    strip_tabs: bool,
}

impl Opener {
    /// Reads `^(\d*)<<(-?)\s*([^<]*)$`, whose last part must be one word.
    fn read(word: &str) -> Result<Option<Self>, ExpandError> {
        let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
        let Some(after) = digits.strip_prefix("<<") else {
            return Ok(None);
        };
        let dash = after.strip_prefix('-');
        let name = dash.unwrap_or(after);
        let name = name.trim_start_matches(['\t', '\n', '\u{c}', '\r', ' ']);
        if name.is_empty() || name.contains('<') {
            return Ok(None);
        }
        let plain = lexer::split(name, ESCAPE, Quotes::Remove, Escapes::Remove)?;
        let [delimiter] = &plain[..] else {
            return Ok(None);
        };
        let quoted = lexer::split(name, ESCAPE, Quotes::Keep, Escapes::Remove)?;
        let [quoted] = &quoted[..] else {
            return Err(ExpandError::Refused);
        };
        Ok(Some(Self {
            delimiter: delimiter.text.clone(),
            expand: quotes_in(&delimiter.text) == quotes_in(&quoted.text),
            strip_tabs: dash.is_some(),
        }))
    }

    /// Takes lines up to the one that is the delimiter.
    fn read_body(self, text: &str, opener: TextRange, lines: &mut Lines<'_>) -> Heredoc {
        let start = lines.offset();
        let mut terminator = None;
        for line in lines.by_ref() {
            let mut written = line::content(text, line).slice(text);
            if self.strip_tabs {
                written = written.trim_start_matches('\t');
            }
            if written == self.delimiter {
                terminator = Some(line);
                break;
            }
        }
        let terminator = terminator.unwrap_or(TextRange::empty(lines.offset()));
        Heredoc {
            opener,
            delimiter: self.delimiter,
            expand: self.expand,
            strip_tabs: self.strip_tabs,
            body: TextRange::new(start, terminator.start()),
            terminator,
            variables: Vec::new(),
        }
    }
}

fn quotes_in(text: &str) -> usize {
    text.matches(['\'', '"']).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opener(word: &str) -> Option<(String, bool, bool)> {
        let opener = Opener::read(word).ok()??;
        Some((opener.delimiter, opener.expand, opener.strip_tabs))
    }

    #[test]
    fn openers() {
        let eof = |expand, strip| Some(("EOF".to_owned(), expand, strip));
        assert_eq!(opener("<<EOF"), eof(true, false));
        assert_eq!(opener("<<-EOF"), eof(true, true));
        assert_eq!(opener("3<< \tEOF"), eof(true, false));
        assert_eq!(opener("<<'EOF'"), eof(false, false));
        assert_eq!(opener("<<-\"E\"OF"), eof(false, true));
        assert_eq!(opener("<<EOF;"), Some(("EOF;".to_owned(), true, false)));
    }

    #[test]
    fn other_words_open_nothing() {
        for word in ["<<", "<<<EOF", "a<<EOF", "<<''", "<EOF", "<<a<b"] {
            assert_eq!(opener(word), None, "{word}");
        }
    }
}
