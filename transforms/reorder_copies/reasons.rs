//! Why a COPY stays where it is.

use crate::model::reads::Obstacle;
use crate::transform::Reason;
use crate::transform::reasons::FILE_TOO_LONG;

pub(super) const CONTEXT_NOT_KNOWN: Reason = Reason {
    id: "context-not-known",
    message: "without the build context it is not known which files the install reads",
};
pub(super) const FLAGS_NOT_FOLLOWED: Reason = Reason {
    id: "copy-flag-not-followed",
    message: "the COPY has a flag with which a part of it would mean something else",
};
pub(super) const SYSTEM_FOLDER: Reason = Reason {
    id: "copied-over-the-system",
    message: "the COPY brings files into folders of the system, where an install writes too",
};
pub(super) const SETTINGS_IN_HOME: Reason = Reason {
    id: "settings-in-home",
    message: "the COPY brings settings into the home folder, which an install may read",
};
pub(super) const WOULD_OVERWRITE: Reason = Reason {
    id: "copy-would-overwrite",
    message: "the COPY brings what the install makes, and would overwrite it",
};
pub(super) const ACCOUNT_IS_MADE_LATER: Reason = Reason {
    id: "account-is-made-later",
    message: "the RUN makes accounts, and `--chown` names one: it would mean another owner behind it",
};
pub(super) const FOLDER_OF_ANOTHER_OWNER: Reason = Reason {
    id: "folder-of-another-owner",
    message: "a WORKDIR on the way would make the folder of the COPY, for another owner than the COPY does",
};
pub(super) const LATER_COPY_NEEDED: Reason = Reason {
    id: "later-copy-needed",
    message: "a later COPY to the same place is needed before the install, and must stay the later one",
};
pub(super) const NAME_NOT_PLAIN: Reason = Reason {
    id: "name-not-plain",
    message: "a file that the install reads has a name that would have to be quoted",
};
pub(super) const RUN_NOT_READ: Reason = Reason {
    id: "run-not-read",
    message: "what the RUN of the install reads is not known: its script is not understood, or mounts sources",
};
pub(super) const RUNS_IN_UNKNOWN_FOLDER: Reason = Reason {
    id: "runs-in-unknown-folder",
    message: "in which folder the install runs, or to which one the COPY brings the sources, is not known",
};
pub(super) const USES_SOURCES: Reason = Reason {
    id: "uses-sources",
    message: "a command of the RUN may use any of the sources",
};
pub(super) const LIFECYCLE_SCRIPT: Reason = Reason {
    id: "lifecycle-script",
    message: "the install runs a script of the project",
};
pub(super) const LOCAL_DEPENDENCY: Reason = Reason {
    id: "local-dependency",
    message: "a dependency is a part of the project",
};
pub(super) const INSTALLS_THE_PROJECT: Reason = Reason {
    id: "installs-the-project",
    message: "the install needs the project itself",
};
pub(super) const MANIFEST_NOT_FOUND: Reason = Reason {
    id: "manifest-not-found",
    message: "a file that the install reads is not brought by a COPY from the build context",
};
pub(super) const MANIFEST_NOT_READ: Reason = Reason {
    id: "manifest-not-read",
    message: "a file that the install reads cannot be read here",
};
pub(super) const CHANGES_MANIFEST: Reason = Reason {
    id: "changes-a-manifest",
    message: "the install changes a file that the COPY brings",
};
pub(super) const NOT_FOLLOWED: Reason = Reason {
    id: "manager-feature-not-followed",
    message: "the install uses something of which it is not known what it reads",
};

pub(super) const CLEANS_UP_BEHIND: Reason = Reason {
    id: "cleans-up-behind",
    message: "the end of the RUN removes what its start leaves: in two steps, that would free nothing",
};
pub(super) const STEP_RUNS_ELSEWHERE: Reason = Reason {
    id: "step-runs-elsewhere",
    message: "the step would have to run in another folder than the RUN",
};

/// All of them.
pub(super) const ALL: &[&Reason] = &[
    &FILE_TOO_LONG,
    &CONTEXT_NOT_KNOWN,
    &FLAGS_NOT_FOLLOWED,
    &SYSTEM_FOLDER,
    &SETTINGS_IN_HOME,
    &WOULD_OVERWRITE,
    &ACCOUNT_IS_MADE_LATER,
    &FOLDER_OF_ANOTHER_OWNER,
    &LATER_COPY_NEEDED,
    &NAME_NOT_PLAIN,
    &RUN_NOT_READ,
    &RUNS_IN_UNKNOWN_FOLDER,
    &USES_SOURCES,
    &LIFECYCLE_SCRIPT,
    &LOCAL_DEPENDENCY,
    &INSTALLS_THE_PROJECT,
    &MANIFEST_NOT_FOUND,
    &MANIFEST_NOT_READ,
    &CHANGES_MANIFEST,
    &NOT_FOLLOWED,
    &CLEANS_UP_BEHIND,
    &STEP_RUNS_ELSEWHERE,
];

/// The reason for an obstacle.
pub(super) fn of(obstacle: Obstacle) -> &'static Reason {
    match obstacle {
        Obstacle::NotRead => &RUN_NOT_READ,
        Obstacle::FolderNotKnown => &RUNS_IN_UNKNOWN_FOLDER,
        Obstacle::UsesSources => &USES_SOURCES,
        Obstacle::LifecycleScript => &LIFECYCLE_SCRIPT,
        Obstacle::LocalDependency => &LOCAL_DEPENDENCY,
        Obstacle::InstallsProject => &INSTALLS_THE_PROJECT,
        Obstacle::ManifestNotFound => &MANIFEST_NOT_FOUND,
        Obstacle::ManifestNotRead => &MANIFEST_NOT_READ,
        Obstacle::ChangesManifest => &CHANGES_MANIFEST,
        Obstacle::NotFollowed => &NOT_FOLLOWED,
    }
}
