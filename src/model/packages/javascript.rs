//! npm, yarn, pnpm and bun, each by its own documentation.

use super::{CacheMount, Leftover, Manager, NOTHING, Needed, SHARED, UNKNOWN, Verb};

/// npm: <https://docs.npmjs.com/cli/v11/commands/npm-cache>. It has no flag that keeps the cache out.
pub(super) const NPM: Manager = Manager {
    id: "npm",
    family: "npm",
    programs: &["npm"],
    value_options: &[
        "--prefix",
        "-C",
        "--cache",
        "--registry",
        "--loglevel",
        "-w",
        "--workspace",
        "--userconfig",
        "--globalconfig",
        "--tag",
        "--omit",
        "--include",
        "--only",
    ],
    verbs: &[
        ("install", Verb::Install),
        ("i", Verb::Install),
        ("in", Verb::Install),
        ("add", Verb::Install),
        ("isntall", Verb::Install),
        ("ci", Verb::Install),
        ("clean-install", Verb::Install),
        ("ic", Verb::Install),
        ("install-clean", Verb::Install),
        ("install-test", Verb::Install),
        ("it", Verb::Install),
        ("update", Verb::Install),
        ("up", Verb::Install),
        ("upgrade", Verb::Install),
        ("uninstall", Verb::Remove),
        ("remove", Verb::Remove),
        ("rm", Verb::Remove),
        ("prune", Verb::Remove),
        ("cache", Verb::Clean),
    ],
    other: Verb::Other,
    configuration: &["cache=", "npm config set cache", "npm_config_cache"],
    leftovers: &[Leftover {
        what: "npm cache",
        folder: "~/.npm/_cacache",
        parents: &["~/.npm"],
        moved_by: &["npm_config_cache", "NPM_CONFIG_CACHE"],
        options: &["--cache", "--offline", "--dry-run", "--package-lock-only"],
        filled_by: &[Verb::Install],
        // Without `--force` it is an error since npm 5.
        cleanup: &["{program}", "cache", "clean", "--force"],
        cleaned_by: &[&["cache", "clean"], &["cache", "rm"], &["cache", "clear"]],
        offline: &["--offline"],
        ..NOTHING
    }],
    mounts: &[CacheMount {
        folder: "~/.npm",
        ..SHARED
    }],
    ..UNKNOWN
};

/// yarn 1: <https://classic.yarnpkg.com/lang/en/docs/cli/cache/>. The cache of root lies outside its home
/// (measured). yarn 2 and later keep theirs elsewhere, where programs may run from it.
pub(super) const YARN: Manager = Manager {
    id: "yarn",
    family: "yarn",
    programs: &["yarn", "yarnpkg"],
    value_options: &[
        "--cwd",
        "--cache-folder",
        "--registry",
        "--modules-folder",
        "--network-timeout",
        "--network-concurrency",
        "--mutex",
        "--prefix",
        "--global-folder",
    ],
    verbs: &[
        ("install", Verb::Install),
        ("add", Verb::Install),
        ("upgrade", Verb::Install),
        ("global add", Verb::Install),
        ("global upgrade", Verb::Install),
        ("remove", Verb::Remove),
        ("global remove", Verb::Remove),
        ("cache", Verb::Clean),
        ("global", Verb::Other),
    ],
    bare: Verb::Install,
    other: Verb::Other,
    // yarn 2 and later keep nothing there.
    configuration: &[
        "cache-folder",
        "yarn-offline-mirror",
        ".yarnrc.yml",
        "--immutable",
        "yarn set version",
        "yarn workspaces focus",
    ],
    leftovers: &[Leftover {
        what: "yarn cache",
        folder: "/usr/local/share/.cache/yarn/v6",
        parents: &["/usr/local/share/.cache", "/usr/local/share/.cache/yarn"],
        moved_by: &["YARN_CACHE_FOLDER", "XDG_CACHE_HOME"],
        options: &["--cache-folder", "--offline", "--version", "-v", "--help"],
        filled_by: &[Verb::Install],
        cleanup: &["rm", "-rf", "/usr/local/share/.cache/yarn"],
        cleaned_by: &[&["cache", "clean"]],
        offline: &["--offline"],
        ..NOTHING
    }],
    mounts: &[CacheMount {
        folder: "/usr/local/share/.cache/yarn",
        is_locked: true,
        ..SHARED
    }],
    ..UNKNOWN
};

/// pnpm: <https://pnpm.io/cli/store>. What it installs are links into its store: only what nothing links
/// to is a leftover.
pub(super) const PNPM: Manager = Manager {
    id: "pnpm",
    family: "pnpm",
    programs: &["pnpm"],
    value_options: &[
        "-C",
        "--dir",
        "--filter",
        "-F",
        "--store-dir",
        "--loglevel",
        "--reporter",
    ],
    verbs: &[
        ("install", Verb::Install),
        ("i", Verb::Install),
        ("add", Verb::Install),
        ("update", Verb::Install),
        ("up", Verb::Install),
        ("deploy", Verb::Install),
        // It fills the store for a later `install --offline`.
        ("fetch", Verb::Fetch),
        ("remove", Verb::Remove),
        ("rm", Verb::Remove),
        ("prune", Verb::Remove),
        ("store", Verb::Clean),
    ],
    other: Verb::Other,
    configuration: &["store-dir", "package-import-method"],
    leftovers: &[Leftover {
        what: "pnpm store",
        folder: "~/.local/share/pnpm/store",
        parents: &["~/.local/share/pnpm", "~/.local/share"],
        options: &[
            "--store-dir",
            "--offline",
            "--lockfile-only",
            "--virtual-store-dir",
        ],
        filled_by: &[Verb::Install, Verb::Fetch],
        cleanup: &["{program}", "store", "prune"],
        cleaned_by: &[&["store", "prune"]],
        needed: Needed::ByLaterUse,
        offline: &["--offline", "--prefer-offline"],
        ..NOTHING
    }],
    ..UNKNOWN
};

/// bun: <https://bun.com/docs/install/cache>.
pub(super) const BUN: Manager = Manager {
    id: "bun",
    family: "bun",
    programs: &["bun"],
    value_options: &[
        "--cwd",
        "--cache-dir",
        "--registry",
        "-c",
        "--config",
        "--backend",
        "--filter",
    ],
    verbs: &[
        ("install", Verb::Install),
        ("i", Verb::Install),
        ("add", Verb::Install),
        ("a", Verb::Install),
        ("ci", Verb::Install),
        ("update", Verb::Install),
        ("remove", Verb::Remove),
        ("rm", Verb::Remove),
        ("pm", Verb::Clean),
    ],
    other: Verb::Other,
    configuration: &["bunfig", "install.cache"],
    leftovers: &[Leftover {
        what: "bun install cache",
        folder: "~/.bun/install/cache",
        parents: &["~/.bun", "~/.bun/install"],
        moved_by: &["BUN_INSTALL_CACHE_DIR", "XDG_CACHE_HOME"],
        places: &[(super::Where::Below("BUN_INSTALL"), "install/cache")],
        // A symbolic link needs what it points to.
        options: &["--cache-dir", "--no-cache", "--backend", "--dry-run"],
        filled_by: &[Verb::Install],
        cleanup: &["rm", "-rf", "{folder}"],
        cleaned_by: &[&["pm", "cache", "rm"]],
        ..NOTHING
    }],
    mounts: &[CacheMount {
        folder: "~/.bun/install/cache",
        ..SHARED
    }],
    ..UNKNOWN
};
