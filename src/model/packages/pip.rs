//! pip: <https://pip.pypa.io/en/stable/topics/caching/>.

use super::{Leftover, Manager, NoCache, Verb};

pub(super) const PIP: Manager = Manager {
    id: "pip",
    programs: &["pip"],
    versioned: true,
    python_module: Some("pip"),
    value_options: &[
        "-r", "--requirement", "-c", "--constraint", "-e", "--editable", "-t", "--target", "-i", "--index-url",
        "--extra-index-url", "-f", "--find-links", "--trusted-host", "--prefix", "--root", "--src", "-b",
        "--build", "--cache-dir", "--log", "--proxy", "--retries", "--timeout", "--cert", "--client-cert",
        "--progress-bar", "--platform", "--python-version", "--implementation", "--abi", "--no-binary",
        "--only-binary", "-w", "--wheel-dir", "-d", "--dest", "--global-option", "--install-option",
        "--upgrade-strategy", "--exists-action", "--python", "--report", "--use-feature",
        "--use-deprecated", "--config-settings", "-C",
    ],
    verbs: &[
        ("install", Verb::Install),
        ("wheel", Verb::Install),
        ("download", Verb::Install),
        ("uninstall", Verb::Remove),
        ("cache", Verb::Clean),
        ("config", Verb::Other),
        ("freeze", Verb::Other),
        ("list", Verb::Other),
        ("show", Verb::Other),
        ("check", Verb::Other),
    ],
    assume_yes: None,
    no_cache: Some(NoCache {
        flag: "--no-cache-dir",
        // pip reads any unambiguous beginning of an option.
        spellings: &["--no-cache"],
        variables: &["PIP_NO_CACHE_DIR", "PIP_NO_CACHE"],
        opposed_by: &["--cache-dir"],
        verbs: &[Verb::Install],
        replaces: &[],
        replaces_letter: None,
        replaces_update: false,
        // pip 1.5 and older (before 2014-12) has no such flag, and no cache of this kind.
        unknown_in: &["squeeze", "wheezy", "jessie", "precise", "trusty"],
    }),
    no_recommends: None,
    leftovers: &[Leftover {
        what: "pip cache",
        folder: "~/.cache/pip",
        parents: &["~/.cache"],
        moved_by: &["PIP_CACHE_DIR", "XDG_CACHE_HOME"],
        filled_by: &[Verb::Install],
        cleanup: &["rm", "-rf", "~/.cache/pip"],
        cleaned_by: &[&["cache", "purge"]],
        is_index: false,
        typical_bytes: 0,
    }],
    is_system: false,
};
