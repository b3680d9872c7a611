//! Which line of the original file a line of the present text comes from.

use crate::edit::Edits;

/// For each line of the present text, the line of the original one; both counted from 1.
#[derive(Clone, Debug)]
pub(super) struct LineOrigins(Vec<usize>);

impl LineOrigins {
    /// Those of an untouched text.
    pub(super) fn of(text: &str) -> Self {
        Self((1..=text.bytes().filter(|&byte| byte == b'\n').count() + 1).collect())
    }

    /// The original line of an offset of `text`.
    pub(super) fn line(&self, text: &str, offset: usize) -> usize {
        let before = text.as_bytes()[..offset]
            .iter()
            .filter(|&&byte| byte == b'\n')
            .count();
        self.0[before]
    }

    /// Those of the text after `edits`: new lines come from the line where their edit begins.
    pub(super) fn after(&self, text: &str, edits: &Edits) -> Self {
        let mut origins = vec![self.0[0]];
        let (mut at, mut line) = (0, 0);
        let keep = |until: usize, at: &mut usize, line: &mut usize, origins: &mut Vec<usize>| {
            for _ in text[*at..until].bytes().filter(|&byte| byte == b'\n') {
                *line += 1;
                origins.push(self.0[*line]);
            }
            *at = until;
        };
        for edit in edits.iter() {
            keep(edit.range.start(), &mut at, &mut line, &mut origins);
            let origin = self.0[line];
            origins.extend(
                edit.text
                    .bytes()
                    .filter(|&byte| byte == b'\n')
                    .map(|_| origin),
            );
            line += edit
                .range
                .slice(text)
                .bytes()
                .filter(|&byte| byte == b'\n')
                .count();
            at = edit.range.end();
        }
        keep(text.len(), &mut at, &mut line, &mut origins);
        Self(origins)
    }
}

#[cfg(test)]
mod tests {
    use imgfix_syntax::TextRange;

    use super::LineOrigins;
    use crate::edit::{Edit, Edits};

    #[test]
    fn lines_below_an_edit_keep_their_origin() {
        let text = "a\nb\nc\nd\n";
        let edits = Edits::new(vec![
            Edit::replace(TextRange::new(1, 3), " &&\n  x\n  "),
            Edit::insert(6, "y"),
        ]);
        let edits = edits.expect("disjoint");
        let origins = LineOrigins::of(text).after(text, &edits);
        let after = edits.splice(text, imgfix_syntax::NewlineStyle::Lf, '\\');
        assert_eq!(after, "a &&\n  x\n  \nc\nyd\n");
        assert_eq!(origins.0, [1, 1, 1, 3, 4, 5]);
    }
}
