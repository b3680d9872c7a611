//! gem and bundler: <https://guides.rubygems.org/command-reference/>, <https://bundler.io/man/>.

use super::{Leaner, Leftover, Manager, NOTHING, UNKNOWN, Verb, Where};

/// The downloaded `.gem` files, which both managers leave beside what they install.
const GEM_FILES: Leftover = Leftover {
    what: "downloaded gem files",
    places: &[
        (Where::Below("GEM_HOME"), "cache"),
        (Where::Debian, "/var/lib/gems/*/cache"),
        (Where::Alpine, "/usr/lib/ruby/gems/*/cache"),
    ],
    moved_by: &["BUNDLE_PATH", "BUNDLE_DEPLOYMENT"],
    options: &[
        "--install-dir",
        "-i",
        "--user-install",
        "--path",
        "--deployment",
        "--local",
        "-l",
        "--build-root",
    ],
    filled_by: &[Verb::Install],
    cleanup: &["rm", "-rf", "{folder}/*.gem"],
    ..NOTHING
};

pub(super) const GEM: Manager = Manager {
    id: "gem",
    family: "gem",
    programs: &["gem"],
    versioned: true,
    // `--version` chooses one of the gem.
    dry_options: &["--explain", "--help", "-h"],
    value_options: &[
        "-v",
        "--version",
        "-s",
        "--source",
        "-i",
        "--install-dir",
        "-n",
        "--bindir",
        "--platform",
        "-P",
        "--trust-policy",
    ],
    verbs: &[
        ("install", Verb::Install),
        ("i", Verb::Install),
        ("update", Verb::Install),
        ("uninstall", Verb::Remove),
        ("cleanup", Verb::Other),
        ("sources", Verb::Other),
        ("env", Verb::Other),
        ("environment", Verb::Other),
        ("build", Verb::Other),
        ("fetch", Verb::Other),
        ("list", Verb::Other),
    ],
    // Known since RubyGems 2.0; Debian's before jessie is older.
    leaner: Some(Leaner {
        flag: "--no-document",
        spellings: &[
            "--no-document",
            "-N",
            "--document",
            "--no-rdoc",
            "--no-ri",
            "--rdoc",
            "--ri",
        ],
        configuration: &["gemrc", "no-document", "--no-ri", "--no-rdoc"],
        images: &["ruby", "jruby"],
        is_suggested: true,
        what: "the documentation that `ri` shows",
        folders: &[
            "/var/lib/gems/*/doc",
            "/usr/lib/ruby/gems/*/doc",
            "/usr/local/bundle/doc",
            "/usr/local/lib/ruby/gems/*/doc",
            "~/.local/share/rdoc",
        ],
        unknown_in: &["squeeze", "wheezy", "lucid", "precise", "trusty"],
        unknown_with: &["ruby1.", "ruby-1.", "ruby18", "ruby19"],
    }),
    leftovers: &[GEM_FILES],
    ..UNKNOWN
};

pub(super) const BUNDLER: Manager = Manager {
    id: "bundler",
    family: "bundler",
    programs: &["bundle", "bundler"],
    value_options: &[
        "-j",
        "--jobs",
        "--retry",
        "--gemfile",
        "--path",
        "--without",
        "--with",
        "--binstubs",
    ],
    verbs: &[
        ("install", Verb::Install),
        ("update", Verb::Install),
        ("config", Verb::Other),
        ("exec", Verb::Other),
        ("check", Verb::Other),
        ("clean", Verb::Other),
        ("package", Verb::Query),
        ("cache", Verb::Query),
        ("pack", Verb::Query),
        ("lock", Verb::Other),
    ],
    bare: Verb::Install,
    other: Verb::Other,
    configuration: &[
        "deployment",
        "BUNDLE_PATH",
        "config set path",
        "config path",
        "config --global path",
        "config --local path",
        "config set --local path",
        "config set --global path",
        "vendor/bundle",
        "vendor/cache",
    ],
    leftovers: &[GEM_FILES],
    ..UNKNOWN
};
