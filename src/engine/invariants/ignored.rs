//! A new ignore file: rules are only added, and what a COPY names still reaches the builder.

use super::{Checked, ensure};
use crate::context::BuildContext;
use crate::model::Model;
use crate::model::copy::{self, Source};

/// Checks the context with the new ignore file against the one before.
pub(in crate::engine) fn ignore_file(
    model: &Model,
    before: &BuildContext,
    after: &BuildContext,
) -> Checked {
    let text = |context: &BuildContext| {
        let file = context.dockerignore.as_ref();
        file.and_then(|file| file.text.clone()).unwrap_or_default()
    };
    let (old, new) = (text(before), text(after));
    ensure(new.starts_with(&old) && new.len() > old.len(), || {
        "the ignore file lost a rule".to_owned()
    })?;
    let is_understood = after
        .dockerignore
        .as_ref()
        .is_some_and(|file| file.rules.is_ok());
    ensure(is_understood, || {
        "the ignore file is not understood".to_owned()
    })?;
    let copies = model.file.instructions();
    let copies = copies.filter(|(_, it)| it.flag("from").is_none());
    for copy in copies.filter_map(|(_, instruction)| copy::arguments(instruction)) {
        for source in copy::sources(copy) {
            if let Source::Path(path) = source {
                ensure(before.sends(&path) == after.sends(&path), || {
                    format!("`{path}` would no longer reach the builder")
                })?;
            }
        }
    }
    Ok(())
}
