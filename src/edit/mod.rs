//! Byte-range edits over an untouched text.
//!
//! What no edit covers cannot change. New text is made with `\n` and `\`; [`Edits::splice`] is the one
//! point where it takes the file's newline and escape character.

use imgfix_syntax::{NewlineStyle, TextRange};

/// The replacement of one range by a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty for an insertion.
    pub range: TextRange,
    /// What stands there afterwards, with `\n` as newline and `\` as escape character.
    pub text: String,
}

impl Edit {
    /// Replaces `range` by `text`.
    pub fn replace(range: TextRange, text: impl Into<String>) -> Self {
        Self {
            range,
            text: text.into(),
        }
    }

    /// Inserts `text` at `offset`.
    pub fn insert(offset: usize, text: impl Into<String>) -> Self {
        Self::replace(TextRange::empty(offset), text)
    }

    /// Removes `range`.
    pub fn remove(range: TextRange) -> Self {
        Self::replace(range, "")
    }

    /// Its text with the newline and the escape character of the file.
    pub fn rendered(&self, newline: NewlineStyle, escape: char) -> String {
        let mut out = String::with_capacity(self.text.len());
        push_translated(&mut out, &self.text, newline, escape);
        out
    }
}

/// Two edits of one rewrite touch the same bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("edits overlap at byte {0}")]
pub struct Overlap(pub usize);

/// Edits, sorted and disjoint. Two insertions at one place are an overlap too: their order would be a guess.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Edits(Vec<Edit>);

impl Edits {
    /// Sorts `edits`.
    ///
    /// ```
    /// use imgfix::edit::{Edit, Edits};
    /// use imgfix_syntax::NewlineStyle;
    ///
    /// let text = "FROM debian\n";
    /// let edits = Edits::new(vec![Edit::insert(text.find('\n').unwrap(), ":12")]).unwrap();
    /// assert_eq!(edits.splice(text, NewlineStyle::Lf, '\\'), "FROM debian:12\n");
    /// ```
    ///
    /// # Errors
    /// [`Overlap`] where two of them touch the same bytes or the same place.
    pub fn new(mut edits: Vec<Edit>) -> Result<Self, Overlap> {
        edits.sort_by_key(|edit| (edit.range.start(), edit.range.end()));
        for pair in edits.windows(2) {
            if collide(pair[0].range, pair[1].range) {
                return Err(Overlap(pair[1].range.start()));
            }
        }
        Ok(Self(edits))
    }

    /// The edits in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Edit> {
        self.0.iter()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The range from the first edit's start to the last one's end.
    pub fn extent(&self) -> Option<TextRange> {
        Some(self.0.first()?.range.cover(self.0.last()?.range))
    }

    /// Applies the edits to `text`, whose newline and escape character new text takes.
    pub fn splice(&self, text: &str, newline: NewlineStyle, escape: char) -> String {
        let added: usize = self.0.iter().map(|edit| edit.text.len()).sum();
        let mut result = String::with_capacity(text.len() + added);
        let mut at = 0;
        for edit in &self.0 {
            result.push_str(&text[at..edit.range.start()]);
            push_translated(&mut result, &edit.text, newline, escape);
            at = edit.range.end();
        }
        result.push_str(&text[at..]);
        result
    }
}

/// Whether two ranges share a byte, or start as insertions at one place.
fn collide(a: TextRange, b: TextRange) -> bool {
    a.overlaps(b)
        || (a.is_empty() && b.is_empty() && a.start() == b.start())
        || (a.is_empty() && b.start() < a.start() && a.start() < b.end())
        || (b.is_empty() && a.start() < b.start() && b.start() < a.end())
}

fn push_translated(out: &mut String, text: &str, newline: NewlineStyle, escape: char) {
    for line in text.split_inclusive('\n') {
        let Some(body) = line.strip_suffix('\n') else {
            out.push_str(line);
            continue;
        };
        let body = body.strip_suffix('\r').unwrap_or(body);
        match body.strip_suffix('\\') {
            Some(before) if escape != '\\' => {
                out.push_str(before);
                out.push(escape);
            }
            _ => out.push_str(body),
        }
        out.push_str(newline.as_str());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edits(edits: Vec<Edit>) -> Edits {
        Edits::new(edits).expect("disjoint")
    }

    #[test]
    fn edits_are_applied_in_the_order_of_the_text() {
        let edits = edits(vec![
            Edit::insert(4, "X"),
            Edit::remove(TextRange::new(0, 2)),
        ]);
        assert_eq!(edits.splice("abcdef", NewlineStyle::Lf, '\\'), "cdXef");
    }

    #[test]
    fn overlapping_edits_are_refused() {
        let a = Edit::remove(TextRange::new(0, 3));
        assert_eq!(
            Edits::new(vec![a.clone(), Edit::remove(TextRange::new(2, 4))]),
            Err(Overlap(2))
        );
        assert!(Edits::new(vec![a.clone(), Edit::insert(1, "x")]).is_err());
        assert!(Edits::new(vec![Edit::insert(1, "x"), Edit::insert(1, "y")]).is_err());
        assert!(Edits::new(vec![a, Edit::insert(3, "x")]).is_ok());
    }

    #[test]
    fn new_text_takes_the_newline_and_the_escape_character_of_the_file() {
        let edits = edits(vec![Edit::insert(1, " \\\n  b")]);
        assert_eq!(edits.splice("a", NewlineStyle::CrLf, '`'), "a `\r\n  b");
    }
}
