//! Why the engine itself leaves something alone: whole files, and what a pragma covers.

use crate::model::hands_off::HandsOff;
use crate::transform::Reason;

/// A pragma above the instruction says so.
pub const PRAGMA: Reason = Reason {
    id: "pragma",
    message: "a comment `# imgfix: ignore` above the instruction says so",
};

const FOREIGN_FRONTEND: Reason = Reason {
    id: "foreign-frontend",
    message: "the `# syntax=` directive names a frontend that is not Docker's, whose language may differ",
};
const WINDOWS_BASE: Reason = Reason {
    id: "windows-base",
    message: "the image runs on Windows; only Linux images are rewritten",
};
const TEMPLATE_MARKERS: Reason = Reason {
    id: "template-markers",
    message: "template markers stand in the file; it is rendered before it is a Dockerfile",
};
const GENERATED: Reason = Reason {
    id: "generated-file",
    message: "a comment says that the file is generated; change its source instead",
};
const INVALID: Reason = Reason {
    id: "invalid-dockerfile",
    message: "Docker refuses this file as it stands",
};
const IGNORE_FILE: Reason = Reason {
    id: "ignore-file",
    message: "a comment `# imgfix: ignore-file` says so",
};

/// All reasons of the engine.
pub const ALL: &[&Reason] = &[
    &PRAGMA,
    &FOREIGN_FRONTEND,
    &WINDOWS_BASE,
    &TEMPLATE_MARKERS,
    &GENERATED,
    &INVALID,
    &IGNORE_FILE,
];

/// The reason of a file that is left alone.
pub(super) fn of(hands_off: HandsOff) -> &'static Reason {
    match hands_off {
        HandsOff::ForeignFrontend => &FOREIGN_FRONTEND,
        HandsOff::WindowsBase => &WINDOWS_BASE,
        HandsOff::TemplateMarkers => &TEMPLATE_MARKERS,
        HandsOff::Generated => &GENERATED,
        HandsOff::Invalid => &INVALID,
        HandsOff::Pragma => &IGNORE_FILE,
    }
}
