//! ONBUILD: an instruction in an instruction.

use super::{Place, Reader, Refusal};
use crate::file::{Arguments, Keyword};
use crate::text::TextRange;

/// Reads the instruction in `rest` of the line. ONBUILD below ONBUILD is refused and not read further,
/// so that nesting costs no stack.
pub(super) fn read(
    reader: &mut Reader<'_>,
    rest: TextRange,
    place: Place,
) -> Result<Arguments, Refusal> {
    if rest.is_empty() || place == Place::Trigger {
        return Err(Refusal::Check);
    }
    let inner = reader.read(rest, Place::Trigger);
    match inner.keyword {
        Keyword::Onbuild | Keyword::Maintainer | Keyword::From => Err(Refusal::Check),
        _ => Ok(Arguments::Onbuild(Box::new(inner))),
    }
}
