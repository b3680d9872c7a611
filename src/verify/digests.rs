//! Which texts were built: a measurement holds for them alone.

use serde::Serialize;

use crate::report::findings::digest;

/// The first half of the SHA-256 of both texts.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Digests {
    /// Of the original.
    pub before: String,
    /// Of the rewritten one.
    pub after: String,
}

impl Digests {
    /// Those of two texts.
    pub(super) fn of(before: &str, after: &str) -> Self {
        Self {
            before: digest(before),
            after: digest(after),
        }
    }
}
