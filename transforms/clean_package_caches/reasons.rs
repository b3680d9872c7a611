//! Why a cache stays where it is.

use crate::transform::Reason;

pub(super) const PLACE_UNKNOWN: Reason = Reason {
    id: "place-unknown",
    message: "where the manager keeps its cache in this image is not known",
};
pub(super) const USED_LATER: Reason = Reason {
    id: "used-later",
    message: "a later command, or what starts in the container, reads or may read what the manager keeps",
};
pub(super) const INDEX_ALONE: Reason = Reason {
    id: "index-alone",
    message: "the RUN only fetches the package lists; whatever it is for needs them",
};
pub(super) const UPDATED_LATER: Reason = Reason {
    id: "updated-alone-later",
    message: "a later RUN only updates the package lists: without those of this one it fetches them all into a layer of its own",
};
pub(super) const LATER_INSTALL: Reason = Reason {
    id: "later-install-needs-index",
    message: "a later command installs, removes or marks packages without an update of its own and needs the package lists",
};
pub(super) const LATER_SCRIPT: Reason = Reason {
    id: "later-script-may-need-index",
    message: "a later script or program may install without an update of its own",
};
pub(super) const ONBUILD_INSTALL: Reason = Reason {
    id: "onbuild-needs-index",
    message: "an ONBUILD instruction installs without an update of its own",
};
pub(super) const CHILD_INSTALL: Reason = Reason {
    id: "child-image-needs-index",
    message: "a Dockerfile of the repository is built on this image and installs without an update of its own",
};
pub(super) const NOT_ROOT: Reason = Reason {
    id: "not-root",
    message: "the user is not root, or not known: where the cache lies, and who may remove it, is not known",
};
pub(super) const CACHE_MOVED: Reason = Reason {
    id: "cache-moved",
    message: "a variable moves the cache to another place",
};
pub(super) const CACHE_WANTED: Reason = Reason {
    id: "cache-wanted",
    message: "an option or a later COPY says that the cache is wanted",
};
pub(super) const NO_SAFE_PLACE: Reason = Reason {
    id: "no-safe-place",
    message: "nowhere in this RUN can a clean-up stand without changing what a failure means",
};
pub(super) const IN_EARLIER_LAYER: Reason = Reason {
    id: "in-earlier-layer",
    message: "an earlier RUN fetched what the manager keeps: removing it in this layer frees nothing",
};
pub(super) const KEEPS_NOTHING: Reason = Reason {
    id: "keeps-nothing-yet",
    message: "this version of the manager keeps no such files",
};
pub(super) const IN_CHILD_BUILD: Reason = Reason {
    id: "runs-in-child-build",
    message: "an ONBUILD instruction runs in the build of another image, whose later steps are not known",
};
pub(super) const CLEANED_LATER: Reason = Reason {
    id: "needed-until-cleaned",
    message: "a later RUN still uses the package lists and removes them itself",
};
