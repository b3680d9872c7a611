//! Parser directives: `# name=value` at the very top.
//!
//! Only `syntax`, `escape` and `check` are directives; each may stand once. The first line that is
//! none ends them, be it a comment, a blank line or an instruction.
//! <https://docs.docker.com/reference/dockerfile/#parser-directives>

use crate::file::Directive;
use crate::text::TextRange;

/// The directives that Docker knows.
const KNOWN: [&str; 3] = ["syntax", "escape", "check"];

/// The white space that Go's regular expressions call `\s`.
const BLANKS: [char; 5] = ['\t', '\n', '\u{c}', '\r', ' '];

/// What the directives read so far say.
pub(crate) struct Directives {
    seen: Vec<&'static str>,
    ended: bool,
    escape: char,
}

impl Directives {
    pub(crate) fn new() -> Self {
        Self {
            seen: Vec::new(),
            ended: false,
            escape: '\\',
        }
    }

    /// The escape character as far as it is known now.
    pub(crate) fn escape(&self) -> char {
        self.escape
    }

    /// No directive can follow.
    pub(crate) fn end(&mut self) {
        self.ended = true;
    }

    /// Reads a comment line, given without its line end, as a directive. Where Docker refuses it, the
    /// error is the part to blame.
    pub(crate) fn read(
        &mut self,
        text: &str,
        content: TextRange,
    ) -> Result<Option<Directive>, TextRange> {
        if self.ended {
            return Ok(None);
        }
        let found = Self::split(text, content).and_then(|directive| {
            let name = directive.name.slice(text).to_ascii_lowercase();
            let known = KNOWN.into_iter().find(|&known| known == name)?;
            Some((known, directive))
        });
        let Some((name, directive)) = found else {
            self.ended = true;
            return Ok(None);
        };
        if self.seen.contains(&name) {
            return Err(directive.name);
        }
        self.seen.push(name);
        if name == "escape" {
            self.escape = match directive.value.slice(text) {
                "\\" => '\\',
                "`" => '`',
                _ => return Err(directive.value),
            };
        }
        Ok(Some(directive))
    }

    /// Finds name and value: `^([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$` behind the `#`.
    fn split(text: &str, content: TextRange) -> Option<Directive> {
        let written = content.slice(text).trim_start().strip_prefix('#')?;
        let written = written.trim_start();
        let start = content.end() - written.len();
        let (before, after) = written.split_once('=')?;
        let name = before.trim_end_matches(BLANKS);
        let mut letters = name.bytes();
        let first = letters.next()?;
        if !first.is_ascii_alphabetic() || !letters.all(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        let trimmed = after.trim_start_matches(BLANKS);
        // A value of nothing but blanks is the last of them: the pattern wants one character.
        let value_start = if trimmed.is_empty() {
            content.end().checked_sub(1).filter(|_| !after.is_empty())?
        } else {
            content.end() - trimmed.len()
        };
        let value_len = trimmed.trim_end_matches(BLANKS).len().max(1);
        Some(Directive {
            name: TextRange::new(start, start + name.len()),
            value: TextRange::new(value_start, value_start + value_len),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<(&str, &str)> {
        let content = TextRange::new(0, line.len());
        let directive = Directives::new().read(line, content).ok().flatten()?;
        Some((directive.name.slice(line), directive.value.slice(line)))
    }

    #[test]
    fn blanks_are_allowed_around_name_and_value() {
        assert_eq!(read("#syntax=a"), Some(("syntax", "a")));
        assert_eq!(read(" #  Escape\t = ` "), Some(("Escape", "`")));
        assert_eq!(
            read("# check=skip=all;error=true"),
            Some(("check", "skip=all;error=true"))
        );
    }

    #[test]
    fn other_comments_are_none() {
        for line in ["# syntax", "# syntax=", "# foo=bar", "# a b=c", "#=a", "#"] {
            assert_eq!(read(line), None, "{line}");
        }
    }

    #[test]
    fn a_value_of_blanks_is_its_last_blank() {
        assert_eq!(read("# syntax=  "), Some(("syntax", " ")));
    }

    #[test]
    fn a_second_directive_of_a_name_is_refused() {
        let line = "# escape=`";
        let content = TextRange::new(0, line.len());
        let mut directives = Directives::new();
        assert!(directives.read(line, content).is_ok());
        assert!(directives.read(line, content).is_err());
    }
}
