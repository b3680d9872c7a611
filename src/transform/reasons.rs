//! Reasons to decline that transforms have in common.

use super::{Input, Reason};

/// The file is longer than any that people write.
pub const FILE_TOO_LONG: Reason = Reason {
    id: "file-too-long",
    message: "the file has more than 1,000 instructions; what each step reads of what is above it is not followed",
};

/// Whether the file is too long for what compares each step with all that is above it. The longest of 4,379
/// real files has 149 instructions.
pub fn is_too_long(input: &Input<'_>) -> bool {
    input.model.file.instructions().nth(1_000).is_some()
}

/// Nothing is gained in the stage.
pub const NOT_SHIPPED: Reason = Reason {
    id: "stage-not-shipped",
    message: "the layers of this stage reach no final image; nothing is gained there",
};

/// The release cannot be built any more.
pub const RELEASE_GONE: Reason = Reason {
    id: "release-gone",
    message: "the package mirrors of this release are gone; what cannot be built cannot be shown to be equivalent",
};
