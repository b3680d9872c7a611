//! Why a build stays in one stage.

use crate::transform::Reason;

pub(super) const START_NOT_KNOWN: Reason = Reason {
    id: "start-not-known",
    message: "what the container starts is not one known program",
};
pub(super) const DEVELOPMENT_IMAGE: Reason = Reason {
    id: "development-image",
    message: "the container starts a build tool, a watcher or a development server: this is a development image",
};
pub(super) const SEVERAL_SERVICES: Reason = Reason {
    id: "several-services",
    message: "the container starts something that runs other programs; what they need is not known",
};
pub(super) const ARTIFACT_NOT_FOUND: Reason = Reason {
    id: "artifact-not-found",
    message: "no step is found that makes what the container starts; `[split-stages] artifacts = [\"…\"]` can name it",
};
pub(super) const STEP_NOT_CLASSIFIED: Reason = Reason {
    id: "step-not-classified",
    message: "of a step it is not known whether the running container needs what it does; `[split-stages] artifacts = [\"…\"]` can name all that it needs of the build",
};
pub(super) const SCRIPT_NOT_FOLLOWED: Reason = Reason {
    id: "script-not-followed",
    message: "the container starts a script, and what that runs is not followed",
};
pub(super) const BASE_NOT_KNOWN: Reason = Reason {
    id: "base-not-known",
    message: "for this base image no smaller one is known that runs the same; a template of your own can name one",
};
pub(super) const CONTEXT_NOT_KNOWN: Reason = Reason {
    id: "context-not-known",
    message: "without the build context it is not known what the program reads",
};
pub(super) const BASE_OF_OTHERS: Reason = Reason {
    id: "base-of-others",
    message: "other images are built on this one, and may need what it has",
};
pub(super) const OTHER_COMMANDS: Reason = Reason {
    id: "other-commands",
    message: "the repository starts other commands in the image, or mounts files over it",
};
pub(super) const VOLUME_OVER_OUTPUT: Reason = Reason {
    id: "volume-over-output",
    message: "a VOLUME covers what is built",
};
pub(super) const NATIVE_LIBRARY_NOT_KNOWN: Reason = Reason {
    id: "native-library-not-known",
    message: "which shared libraries a dependency needs is not known; `[split-stages] runtime-packages = [\"…\"]` can name their packages",
};
pub(super) const FILES_NOT_KNOWN: Reason = Reason {
    id: "files-not-known",
    message: "what the program reads when it runs cannot be told; `[split-stages] artifacts = [\"…\"]` can name it",
};
pub(super) const NEEDS_THE_TOOLCHAIN: Reason = Reason {
    id: "needs-the-toolchain",
    message: "the program runs other programs, which the smaller image may not have; `[split-stages] runtime-packages = [\"…\"]` can name their packages",
};
pub(super) const TOOLCHAIN_IS_SHIPPED: Reason = Reason {
    id: "toolchain-is-shipped",
    message: "there are several stages, and the last one is made from an image with a toolchain: a smaller base image may be enough",
};
pub(super) const TEMPLATE_DOES_NOT_FIT: Reason = Reason {
    id: "template-does-not-fit",
    message: "what the configuration asks for cannot be made of this build",
};
pub(super) const NOTHING_IS_BUILT: Reason = Reason {
    id: "nothing-is-built",
    message: "what the container starts comes from the build context: a smaller base image is enough",
};
pub(super) const WORKSPACE: Reason = Reason {
    id: "workspace",
    message: "the project is a workspace, or one of several: links between its parts would break",
};
pub(super) const NOTHING_TO_LEAVE_BEHIND: Reason = Reason {
    id: "nothing-to-leave-behind",
    message: "the image has nothing that only the build needs",
};

pub(super) const ALL: &[&Reason] = &[
    &START_NOT_KNOWN,
    &DEVELOPMENT_IMAGE,
    &SEVERAL_SERVICES,
    &ARTIFACT_NOT_FOUND,
    &STEP_NOT_CLASSIFIED,
    &SCRIPT_NOT_FOLLOWED,
    &BASE_NOT_KNOWN,
    &CONTEXT_NOT_KNOWN,
    &BASE_OF_OTHERS,
    &OTHER_COMMANDS,
    &VOLUME_OVER_OUTPUT,
    &NATIVE_LIBRARY_NOT_KNOWN,
    &FILES_NOT_KNOWN,
    &NEEDS_THE_TOOLCHAIN,
    &NOTHING_TO_LEAVE_BEHIND,
    &NOTHING_IS_BUILT,
    &WORKSPACE,
    &TEMPLATE_DOES_NOT_FIT,
    &TOOLCHAIN_IS_SHIPPED,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_that_the_user_can_get_past_says_how() {
        for (reason, key) in [
            (&ARTIFACT_NOT_FOUND, "artifacts = ["),
            (&FILES_NOT_KNOWN, "artifacts = ["),
            (&NATIVE_LIBRARY_NOT_KNOWN, "runtime-packages = ["),
            (&NEEDS_THE_TOOLCHAIN, "runtime-packages = ["),
            (&STEP_NOT_CLASSIFIED, "artifacts = ["),
        ] {
            assert!(reason.message.contains(key), "{}", reason.id);
        }
    }
}
