//! conda, mamba and micromamba: <https://docs.conda.io/projects/conda/en/stable/commands/clean.html>.

use super::{Leftover, Manager, NOTHING, UNKNOWN, Verb};

pub(super) const CONDA: Manager = Manager {
    id: "conda",
    family: "conda",
    programs: &["conda", "mamba", "micromamba"],
    value_options: &[
        "-n",
        "--name",
        "-p",
        "--prefix",
        "-c",
        "--channel",
        "-f",
        "--file",
        "--solver",
        "-r",
        "--root-prefix",
        "--platform",
        "--subdir",
    ],
    verbs: &[
        ("install", Verb::Install),
        ("create", Verb::Install),
        ("env create", Verb::Install),
        ("env update", Verb::Install),
        ("update", Verb::Install),
        ("upgrade", Verb::Install),
        ("remove", Verb::Remove),
        ("uninstall", Verb::Remove),
        ("env remove", Verb::Remove),
        ("clean", Verb::Clean),
        ("env", Verb::Other),
        ("config", Verb::Other),
        ("init", Verb::Other),
        ("activate", Verb::Other),
        ("run", Verb::Other),
        ("build", Verb::Other),
        ("info", Verb::Other),
        ("list", Verb::Other),
        ("shell", Verb::Other),
    ],
    configuration: &["pkgs_dirs", "allow_softlinks", "always_softlink"],
    leftovers: &[Leftover {
        what: "conda package cache",
        folder: "/opt/conda/pkgs",
        parents: &["/opt/conda"],
        moved_by: &["CONDA_PKGS_DIRS"],
        options: &[
            "--offline",
            "--download-only",
            "--use-local",
            "--dry-run",
            "-d",
        ],
        filled_by: &[Verb::Install],
        // `-f` would take what is linked too: nothing is gained, and conda before 4.6 does not know it.
        cleanup: &["{program}", "clean", "-ay"],
        cleaned_by: &[&["clean"]],
        offline: &["--offline", "--use-index-cache", "-C"],
        ..NOTHING
    }],
    used_by: &["conda-pack", "constructor"],
    ..UNKNOWN
};
