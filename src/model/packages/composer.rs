//! Composer: <https://getcomposer.org/doc/03-cli.md>.

use super::{Leftover, Manager, NOTHING, UNKNOWN, Verb};

pub(super) const COMPOSER: Manager = Manager {
    id: "composer",
    family: "composer",
    programs: &["composer", "composer.phar"],
    dry_options: &["--no-cache", "--dry-run", "--help", "-h", "--version"],
    value_options: &[
        "-d",
        "--working-dir",
        "--apcu-autoloader-prefix",
        "--ignore-platform-req",
    ],
    verbs: &[
        ("install", Verb::Install),
        ("i", Verb::Install),
        ("require", Verb::Install),
        ("update", Verb::Install),
        ("u", Verb::Install),
        ("upgrade", Verb::Install),
        ("create-project", Verb::Install),
        ("global require", Verb::Install),
        ("global install", Verb::Install),
        ("global update", Verb::Install),
        ("remove", Verb::Remove),
        ("global clear-cache", Verb::Clean),
        ("global clearcache", Verb::Clean),
        ("clear-cache", Verb::Clean),
        ("clearcache", Verb::Clean),
        ("cc", Verb::Clean),
    ],
    other: Verb::Other,
    configuration: &["cache-dir", "cache-files-dir"],
    leftovers: &[Leftover {
        what: "composer cache",
        folder: "~/.composer/cache",
        parents: &["~/.composer", "~/.cache/composer"],
        moved_by: &["COMPOSER_CACHE_DIR", "COMPOSER_HOME"],
        options: &["--dry-run"],
        filled_by: &[Verb::Install],
        cleanup: &["{program}", "clear-cache"],
        cleaned_by: &[&["clear-cache"], &["clearcache"], &["cc"]],
        ..NOTHING
    }],
    ..UNKNOWN
};
