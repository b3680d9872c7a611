//! uv, pipenv, poetry and pdm, each by its own documentation.

use super::{CacheMount, Leftover, Manager, NOTHING, NoCache, SHARED, UNKNOWN, Verb};

/// uv: <https://docs.astral.sh/uv/concepts/cache/>.
pub(super) const UV: Manager = Manager {
    id: "uv",
    family: "uv",
    programs: &["uv"],
    python_module: Some("uv"),
    value_options: &[
        "-r",
        "--requirement",
        "--requirements",
        "-c",
        "--constraint",
        "--constraints",
        "-p",
        "--python",
        "--extra",
        "--group",
        "--only-group",
        "--no-group",
        "--package",
        "--project",
        "--directory",
        "--index",
        "--default-index",
        "--index-url",
        "-i",
        "--extra-index-url",
        "--find-links",
        "-f",
        "--cache-dir",
        "--config-file",
        "--target",
        "--prefix",
        "-e",
        "--editable",
        "--with",
        "--link-mode",
        "--index-strategy",
        "--no-binary",
        "--only-binary",
        "--no-binary-package",
        "--no-build-package",
        "--refresh-package",
        "--upgrade-package",
        "-P",
        "--color",
        "--resolution",
        "--prerelease",
    ],
    verbs: &[
        ("sync", Verb::Install),
        ("add", Verb::Install),
        ("pip install", Verb::Install),
        ("pip sync", Verb::Install),
        ("tool install", Verb::Install),
        ("cache", Verb::Clean),
        ("pip uninstall", Verb::Remove),
        ("remove", Verb::Remove),
        ("pip", Verb::Other),
        ("venv", Verb::Other),
        ("python", Verb::Other),
        ("lock", Verb::Other),
        ("export", Verb::Other),
        ("run", Verb::Other),
        ("build", Verb::Other),
        ("tool", Verb::Other),
        ("version", Verb::Other),
    ],
    no_cache: Some(NoCache {
        flag: "--no-cache",
        spellings: &["--no-cache", "-n"],
        variables: &["UV_NO_CACHE"],
        opposed_by: &["--cache-dir", "--offline"],
        verbs: &[Verb::Install],
        replaces: &[],
        replaces_letter: None,
        replaces_update: false,
        unknown_in: &[],
        known_since: None,
        known_in: &[],
    }),
    // With symbolic links, what is installed is the cache.
    configuration: &[
        "uv.toml",
        "tool.uv",
        "no-cache = ",
        "cache-dir = ",
        "UV_LINK_MODE=symlink",
        "UV_LINK_MODE symlink",
        "link-mode=symlink",
        "link-mode symlink",
    ],
    leftovers: &[Leftover {
        what: "uv cache",
        folder: "~/.cache/uv",
        parents: &["~/.cache"],
        moved_by: &["UV_CACHE_DIR", "XDG_CACHE_HOME"],
        filled_by: &[Verb::Install],
        cleanup: &["{program}", "cache", "clean"],
        cleaned_by: &[&["cache"]],
        offline: &["--offline"],
        ..NOTHING
    }],
    mounts: &[CacheMount {
        id: Some("uv"),
        folder: "~/.cache/uv",
        ..SHARED
    }],
    ..UNKNOWN
};

/// pipenv: <https://pipenv.pypa.io/>. It runs pip, whose cache it fills too.
pub(super) const PIPENV: Manager = Manager {
    id: "pipenv",
    family: "pipenv",
    programs: &["pipenv"],
    python_module: Some("pipenv"),
    dry_options: &["--clear", "--dry-run", "--help", "-h", "--version"],
    value_options: &[
        "-r",
        "--requirements",
        "--python",
        "-i",
        "--index",
        "--pypi-mirror",
        "-c",
        "--categories",
        "--extra-pip-args",
    ],
    verbs: &[
        ("install", Verb::Install),
        ("sync", Verb::Install),
        ("update", Verb::Install),
        ("upgrade", Verb::Install),
        ("uninstall", Verb::Remove),
        ("lock", Verb::Other),
        ("run", Verb::Other),
        ("requirements", Verb::Other),
        ("check", Verb::Other),
        ("clean", Verb::Other),
    ],
    leftovers: &[Leftover {
        what: "caches of pipenv and pip",
        folder: "~/.cache/pipenv",
        parents: &["~/.cache"],
        moved_by: &["PIPENV_CACHE_DIR", "PIP_CACHE_DIR", "XDG_CACHE_HOME"],
        filled_by: &[Verb::Install],
        cleanup: &["rm", "-rf", "~/.cache/pipenv", "~/.cache/pip"],
        ..NOTHING
    }],
    mounts: &[
        CacheMount {
            id: Some("pipenv"),
            folder: "~/.cache/pipenv",
            ..SHARED
        },
        CacheMount {
            id: Some("pip"),
            folder: "~/.cache/pip",
            ..SHARED
        },
    ],
    ..UNKNOWN
};

/// poetry: <https://python-poetry.org/docs/configuration/>. Its virtual environments lie in the same
/// folder as its cache unless they are configured away: only the cache's own folders go.
pub(super) const POETRY: Manager = Manager {
    id: "poetry",
    family: "poetry",
    programs: &["poetry"],
    python_module: Some("poetry"),
    dry_options: &["--no-cache", "--dry-run", "--help", "-h", "--version"],
    value_options: &[
        "-C",
        "--directory",
        "-P",
        "--project",
        "--without",
        "--with",
        "--only",
        "-E",
        "--extras",
        "-G",
        "--group",
    ],
    verbs: &[
        ("install", Verb::Install),
        ("sync", Verb::Install),
        ("add", Verb::Install),
        ("update", Verb::Install),
        ("remove", Verb::Remove),
        ("cache", Verb::Clean),
        ("config", Verb::Other),
        ("export", Verb::Other),
        ("run", Verb::Other),
        ("build", Verb::Other),
        ("lock", Verb::Other),
        ("check", Verb::Other),
        ("env", Verb::Other),
        ("show", Verb::Other),
        ("self", Verb::Other),
        ("version", Verb::Other),
    ],
    configuration: &["config cache-dir", "poetry.toml"],
    leftovers: &[Leftover {
        what: "poetry cache",
        folder: "~/.cache/pypoetry/cache",
        parents: &["~/.cache", "~/.cache/pypoetry"],
        moved_by: &["POETRY_CACHE_DIR", "XDG_CACHE_HOME"],
        filled_by: &[Verb::Install],
        cleanup: &[
            "rm",
            "-rf",
            "~/.cache/pypoetry/cache",
            "~/.cache/pypoetry/artifacts",
        ],
        cleaned_by: &[&["cache", "clear"]],
        ..NOTHING
    }],
    mounts: &[
        CacheMount {
            id: Some("poetry"),
            folder: "~/.cache/pypoetry/cache",
            ..SHARED
        },
        CacheMount {
            id: Some("poetry-artifacts"),
            folder: "~/.cache/pypoetry/artifacts",
            ..SHARED
        },
    ],
    ..UNKNOWN
};

/// pdm: <https://pdm-project.org/latest/usage/config/>. With `install.cache` on, what is installed are
/// links into the cache.
pub(super) const PDM: Manager = Manager {
    id: "pdm",
    family: "pdm",
    programs: &["pdm"],
    python_module: Some("pdm"),
    dry_options: &["--no-cache", "--dry-run", "--help", "-h", "--version"],
    value_options: &[
        "-p",
        "--project",
        "-G",
        "--group",
        "-c",
        "--config",
        "-L",
        "--lockfile",
    ],
    verbs: &[
        ("install", Verb::Install),
        ("sync", Verb::Install),
        ("add", Verb::Install),
        ("update", Verb::Install),
        ("remove", Verb::Remove),
        ("cache", Verb::Clean),
        ("config", Verb::Other),
        ("export", Verb::Other),
        ("run", Verb::Other),
        ("build", Verb::Other),
        ("lock", Verb::Other),
        ("use", Verb::Other),
        ("venv", Verb::Other),
    ],
    configuration: &["install.cache", "cache_dir", "pdm.toml"],
    leftovers: &[Leftover {
        what: "pdm cache",
        folder: "~/.cache/pdm",
        parents: &["~/.cache"],
        moved_by: &[
            "PDM_CACHE_DIR",
            "PDM_INSTALL_CACHE",
            "PDM_USE_CACHE",
            "XDG_CACHE_HOME",
        ],
        filled_by: &[Verb::Install],
        cleanup: &["rm", "-rf", "~/.cache/pdm"],
        cleaned_by: &[&["cache", "clear"]],
        ..NOTHING
    }],
    mounts: &[CacheMount {
        id: Some("pdm"),
        folder: "~/.cache/pdm",
        ..SHARED
    }],
    ..UNKNOWN
};
