//! Why an install stays as it is.

use crate::transform::Reason;
use crate::transform::reasons::FILE_TOO_LONG;

pub(super) const CONTEXT_NOT_KNOWN: Reason = Reason {
    id: "context-not-known",
    message: "without the build context it is not known whether a lock file is there and fits",
};
pub(super) const NOT_A_PLAIN_STEP: Reason = Reason {
    id: "not-a-plain-step",
    message: "the install stands in a loop, a condition or a subshell, or its failure is handled",
};
pub(super) const FOLDER_NOT_KNOWN: Reason = Reason {
    id: "runs-in-unknown-folder",
    message: "in which folder the install runs is not known",
};
pub(super) const LOCK_NOT_BROUGHT: Reason = Reason {
    id: "lock-not-brought",
    message: "no lock file of the build context is in the folder when the install runs",
};
pub(super) const LOCK_NOT_READ: Reason = Reason {
    id: "lock-not-read",
    message: "the lock file or a manifest cannot be read here",
};
pub(super) const LOCK_IS_STALE: Reason = Reason {
    id: "lock-is-stale",
    message: "the lock file does not fit the manifest: the stricter install would fail",
};
pub(super) const MANIFEST_MAY_DIFFER: Reason = Reason {
    id: "manifest-may-differ",
    message: "a command between the COPY and the install may change the manifest or the lock file",
};
pub(super) const MODULES_ARE_THERE: Reason = Reason {
    id: "modules-are-there",
    message: "something is, or may be, in the folder of modules already, and `npm ci` empties it first",
};
pub(super) const OPTION_NOT_FOLLOWED: Reason = Reason {
    id: "option-not-followed",
    message: "the install has an option that may mean something else beside a lock file",
};
pub(super) const SETTING_NOT_FOLLOWED: Reason = Reason {
    id: "setting-not-followed",
    message: "a setting or a part of the manifest decides about the lock file in a way that is not followed",
};
pub(super) const VERSION_NOT_KNOWN: Reason = Reason {
    id: "manager-version-not-known",
    message: "it is not known that the package manager has the stricter install",
};
pub(super) const LOCK_OF_OTHER_VERSION: Reason = Reason {
    id: "lock-of-other-version",
    message: "the lock file is of another version of the package manager, which would not take it as it is",
};

/// All of them.
pub(super) const ALL: &[&Reason] = &[
    &FILE_TOO_LONG,
    &CONTEXT_NOT_KNOWN,
    &NOT_A_PLAIN_STEP,
    &FOLDER_NOT_KNOWN,
    &LOCK_NOT_BROUGHT,
    &LOCK_NOT_READ,
    &LOCK_IS_STALE,
    &MANIFEST_MAY_DIFFER,
    &MODULES_ARE_THERE,
    &OPTION_NOT_FOLLOWED,
    &SETTING_NOT_FOLLOWED,
    &VERSION_NOT_KNOWN,
    &LOCK_OF_OTHER_VERSION,
];
