//! apk of Alpine and Wolfi: `apk(8)`.

use super::{Leftover, Manager, NoCache, Verb};

pub(super) const APK: Manager = Manager {
    id: "apk",
    programs: &["apk"],
    versioned: false,
    python_module: None,
    value_options: &[
        "-p", "--root", "-X", "--repository", "--arch", "--cache-dir", "--cache-max-age", "--keys-dir",
        "--progress-fd", "--repositories-file", "--wait", "--timeout", "-t", "--virtual",
    ],
    verbs: &[
        ("update", Verb::Update),
        ("add", Verb::Install),
        ("upgrade", Verb::Upgrade),
        ("fix", Verb::Upgrade),
        ("del", Verb::Remove),
        ("cache", Verb::Clean),
        ("search", Verb::Query),
        ("list", Verb::Query),
        ("policy", Verb::Query),
        ("fetch", Verb::Query),
        ("info", Verb::Other),
        ("version", Verb::Query),
        ("dot", Verb::Query),
    ],
    assume_yes: None,
    no_cache: Some(NoCache {
        flag: "--no-cache",
        spellings: &["--no-cache"],
        variables: &[],
        opposed_by: &["--cache-dir", "--no-network", "--root", "-p", "--cache-max-age", "--initdb"],
        verbs: &[Verb::Install],
        replaces: &["--update", "--update-cache"],
        replaces_letter: Some('U'),
        replaces_update: true,
        unknown_in: &["2.6", "2.7", "3.0", "3.1", "3.2"],
    }),
    no_recommends: None,
    leftovers: &[Leftover {
        what: "apk index",
        folder: "/var/cache/apk",
        parents: &["/var/cache"],
        moved_by: &[],
        filled_by: &[Verb::Update],
        cleanup: &["rm", "-rf", "/var/cache/apk/*"],
        cleaned_by: &[],
        is_index: true,
        typical_bytes: 2_500_000,
    }],
    is_system: true,
};
