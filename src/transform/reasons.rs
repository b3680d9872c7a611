//! Reasons to decline that transforms have in common.

use super::Reason;

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
