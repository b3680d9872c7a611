//! The sections of a table: `[name]` lines, found once and then by name.

use std::collections::BTreeMap;

/// Where each section's lines start.
pub(super) struct Sections {
    text: &'static str,
    starts: BTreeMap<&'static str, usize>,
}

impl Sections {
    /// Finds the sections of `text`.
    pub(super) fn of(text: &'static str) -> Self {
        let mut starts = BTreeMap::new();
        let mut at = 0;
        while let Some(found) = text[at..].find("\n[") {
            let head = at + found + 2;
            let Some(length) = text[head..].find("]\n") else {
                break;
            };
            starts.insert(&text[head..head + length], head + length + 2);
            at = head + length;
        }
        Self { text, starts }
    }

    /// The lines of a section; `None` where there is none of that name.
    pub(super) fn lines(&self, name: &str) -> Option<impl Iterator<Item = &'static str> + use<>> {
        let text = self.text;
        let start = *self.starts.get(name)?;
        Some(
            text[start..]
                .lines()
                .take_while(|line| !line.starts_with('[')),
        )
    }
}
