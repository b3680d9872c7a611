//! Which line of the original file a line of the present text comes from.

use crate::edit::Edits;

/// For each line of the present text: where it starts, and the line of the original text, from 1.
#[derive(Clone, Debug)]
pub(super) struct LineOrigins {
    starts: Vec<usize>,
    origins: Vec<usize>,
}

impl LineOrigins {
    /// Those of an untouched text.
    pub(super) fn of(text: &str) -> Self {
        let starts = starts(text);
        let origins = (1..=starts.len()).collect();
        Self { starts, origins }
    }

    /// The original line of an offset of the text.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.origins[self.starts.partition_point(|&start| start <= offset) - 1]
    }

    /// Those of the text `after`, which `edits` made of `text`: new lines come from the line where their
    /// edit begins, the last one from where it ends.
    pub(super) fn after(&self, text: &str, edits: &Edits, after: &str) -> Self {
        let newlines = |text: &str| text.bytes().filter(|&byte| byte == b'\n').count();
        let mut origins = vec![self.origins[0]];
        let (mut at, mut line) = (0, 0);
        for edit in edits.iter() {
            let kept = newlines(&text[at..edit.range.start()]);
            origins.extend_from_slice(&self.origins[line + 1..=line + kept]);
            line += kept;
            let added = newlines(&edit.text);
            origins.extend(std::iter::repeat_n(self.origins[line], added));
            line += newlines(edit.range.slice(text));
            // The last new line goes on with what stood behind the edit.
            if added > 0 && !edit.text.ends_with('\n') && !edit.range.is_empty() {
                let last = origins.len() - 1;
                origins[last] = self.origins[line];
            }
            at = edit.range.end();
        }
        origins.extend_from_slice(&self.origins[line + 1..]);
        Self {
            starts: starts(after),
            origins,
        }
    }
}

fn starts(text: &str) -> Vec<usize> {
    let newlines = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
    std::iter::once(0)
        .chain(newlines.map(|(at, _)| at + 1))
        .collect()
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
        let after = edits.splice(text, imgfix_syntax::NewlineStyle::Lf, '\\');
        let origins = LineOrigins::of(text).after(text, &edits, &after);
        assert_eq!(after, "a &&\n  x\n  \nc\nyd\n");
        assert_eq!(origins.origins, [1, 1, 2, 3, 4, 5]);
    }
}
