//! What the sources say.

use super::reasons::FILES_NOT_KNOWN;
use super::site::{Copied, Refusal, Site};

impl Site<'_> {
    /// Why it is not known what the sources say.
    pub(super) fn unread(&self) -> Refusal {
        let what = "the sources cannot all be read".to_owned();
        (self.range(self.stage.item), &FILES_NOT_KNOWN, what)
    }

    /// The files of the context in the image that are wanted, each with its text.
    ///
    /// # Errors
    /// Where they are not all known, or one cannot be read.
    pub(super) fn sources<'s>(
        &'s self,
        is_wanted: impl Fn(&Copied) -> bool + 's,
    ) -> Result<impl Iterator<Item = Result<(&'s Copied, &'s str), Refusal>>, Refusal> {
        let copied = self.copied().ok_or_else(|| self.unread())?;
        let wanted = copied.iter().filter(move |file| is_wanted(file));
        Ok(wanted.map(|file| {
            let text = self.context.text(&file.origin);
            text.map(|text| (file, text)).map_err(|_| self.unread())
        }))
    }

    /// What the Dockerfile says that a program may take for a path: its own variables, and the start.
    pub(super) fn said(&self) -> impl Iterator<Item = &str> {
        let state = self.input.model.state(self.stage.end - 1);
        let variables = state.into_iter().flat_map(|state| state.env.iter());
        let own = variables.filter(|(_, setting)| setting.item.is_some());
        let values = own.filter_map(|(_, setting)| setting.value.known());
        values.chain(self.words.iter().map(String::as_str))
    }
}
