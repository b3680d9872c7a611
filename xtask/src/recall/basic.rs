//! The smells of apt, apk and pip.

use super::smells::{Mend, NONE, Smell};

/// Their rows, in the order of the report.
pub(super) const BASIC: &[Smell] = &[
    Smell {
        id: "apt-lists",
        manager: "apt",
        command: r"(?:^|[\s/])apt(?:-get|itude)?\s(?:.*\s)?update(?:\s|$)",
        cleaned_by: r"apt(?:-get)?\s+(?:-\S+\s+)*distclean",
        folders: LISTS,
        mends: &[LISTS_GO, MERGE],
        smelly: "apt-get -qq update && apt-get install -y curl",
        clean: "apt update && apt install -y curl && rm -rf /var/lib/apt/lists/*",
        ..NONE
    },
    Smell {
        id: "apt-lists-script",
        manager: "apt",
        command: r"(?:^|[\s/])(?:add-apt-repository|apt-add-repository)\s|deb\.nodesource\.com/setup|packagecloud\.io/.*script\.deb",
        except: r"\s(?:-n|--no-update)\b|\s-[oO]\s*\w",
        with: r"(?:^|[\s/])apt(?:-get|itude)?\s(?:.*\s)?install(?:\s|$)",
        without: r"(?:^|[\s/])apt(?:-get|itude)?\s(?:.*\s)?update(?:\s|$)",
        cleaned_by: r"apt(?:-get)?\s+(?:-\S+\s+)*distclean",
        folders: LISTS,
        mends: &[LISTS_GO, MERGE],
        smelly: "curl -sL https://deb.nodesource.com/setup_12.x | bash - && apt-get install -y nodejs",
        clean: "add-apt-repository -y ppa:a/b && apt-get install -y c && rm -rf /var/lib/apt/lists/*",
        ..NONE
    },
    Smell {
        id: "apt-script-alone",
        manager: "apt",
        command: r"deb\.nodesource\.com/setup|packagecloud\.io/.*script\.deb",
        except: r"\s-[oO]\s*\w",
        without: r"(?:^|[\s/])apt(?:-get|itude)?\s(?:.*\s)?(?:install|update)(?:\s|$)",
        folders: LISTS,
        mends: &[LISTS_GO, MERGE],
        smelly: "curl -sL https://deb.nodesource.com/setup_12.x | bash -",
        clean: "curl -sL https://deb.nodesource.com/setup_12.x | bash - && apt-get install nodejs",
        ..NONE
    },
    Smell {
        id: "apt-recommends",
        manager: "apt",
        command: r"(?:^|[\s/])apt(?:-get)?\s(?:.*\s)?install(?:\s|$)",
        except: r"\s--(?:dry-run|simulate|download-only|print-uris|help)\b|\sinstall\s*$|\s(?:-f|--fix-broken)\s+install(?:\s+-\S+)*\s*$|\sinstall(?:\s+-\S+)*\s*$",
        unless: r"--no-install-recommends|--without-recommends|--install-recommends=(?:no|false|0)|[Ii]nstall-[Rr]ecommends",
        elsewhere: r"APT::Install-Recommends|Install-Recommends",
        each: true,
        mends: &[Mend {
            transform: "tighten-package-flags",
            title: "--no-install-recommends",
            reasons: &[
                "opaque-script-after",
                "packages-not-literal",
                "package-unknown",
                "recommends-belong-to-the-package",
                "local-package",
                "other-release",
                "foreign-source",
                "recommends-wanted",
                "kept-package-may-be-missing",
                "nothing-dropped",
                "release-not-in-tables",
                "installed-before",
                "auto-removed",
                "not-a-plain-install",
            ],
        }],
        smelly: "apt-get -y install git",
        clean: "apt-get install -y --no-install-recommends git",
        ..NONE
    },
    Smell {
        id: "apt-yes",
        manager: "apt",
        command: r"(?:^|[\s/])apt(?:-get|itude)?\s(?:.*\s)?(?:install|build-dep|upgrade|dist-upgrade|full-upgrade|remove|purge|autoremove)(?:\s|$)",
        except: r"\s--(?:dry-run|simulate|download-only|print-uris|help)\b|\s-[sd]\s",
        unless: r"\s-[a-zA-Z]*y|\s--(?:yes|assume-yes|force-yes|assume-no)\b|\s-[a-zA-Z]*q[a-zA-Z]*q|\s-q\s(?:.*\s)?-q\b|-q=2|Assume-Yes",
        elsewhere: r"Assume-Yes",
        each: true,
        mends: &[Mend {
            transform: "tighten-package-flags",
            title: "add `-y`",
            reasons: &["failure-is-ignored", "input-is-piped"],
        }],
        smelly: "apt-get install git",
        clean: "apt-get install -qqf git && apt-get -fy install git",
        ..NONE
    },
    Smell {
        id: "apt-update-alone",
        manager: "apt",
        command: r"(?:^|[\s/])apt(?:-get|itude)?\s(?:.*\s)?update(?:\s|$)",
        without: r"install|INSTALL|build-dep|satisfy|upgrade|apt(?:-get)?\s(?:.*\s)?(?:source|download)\s|\bdpkg\b|\bpuppet\b|\bansible|\.sh(?:\s|$)",
        mends: &[MERGE, LISTS_STAY],
        smelly: "apt-get update -y",
        clean: "apt-get update && apt-get upgrade -y",
        ..NONE
    },
    Smell {
        id: "apt-late-rm",
        manager: "apt",
        command: r"\brm\s.*/var/lib/(?:apt(?:/?\*|/?(?:\s|$|,)|/lists)|\{[^}]*apt)",
        without: r"(?:^|[\s/])apt(?:-get|itude)?\s(?:.*\s)?(?:install|update|\S*upgrade)(?:\s|$)",
        after: r"(?:^|[\s/])apt(?:-get|itude)?\s(?:.*\s)?update(?:\s|$)",
        mends: &[MERGE, LISTS_GO],
        smelly: "apt-get update && apt-get install -y x\nrm -rf /var/lib/apt/lists/*",
        clean: "apt-get update\napt-get install -y x && rm -rf /var/lib/apt/lists/*",
        ..NONE
    },
    Smell {
        id: "apt-late-clean",
        manager: "apt",
        command: r"(?:^|[\s/])apt(?:-get|itude)?\s(?:.*\s)?(?:auto)?clean(?:\s|$)|\brm\s.*/var/cache/apt",
        without: r"(?:^|[\s/])apt(?:-get|itude)?\s(?:.*\s)?(?:install|update|\S*upgrade)(?:\s|$)|\brm\s.*/var/lib/apt",
        after: r"(?:^|[\s/])apt(?:-get|itude)?\s(?:.*\s)?(?:install|update)(?:\s|$)",
        mends: &[MERGE, LISTS_GO],
        smelly: "apt-get update && apt-get install -y x\napt-get clean",
        clean: "apt-get update\napt-get install -y x && apt-get clean",
        ..NONE
    },
    Smell {
        id: "apk-cache",
        manager: "apk",
        command: r"(?:^|[\s/])apk\s(?:.*\s)?(?:add|update)(?:\s|$)|(?:^|[\s/])apk\s.*(?:-U|--update).*\supgrade|(?:^|[\s/])apk\s.*upgrade\s.*(?:-U|--update)",
        unless: r"--no-cache\b",
        folders: r"/var/cache/(?:apk|\*|\s|$)|/var/cache(?:/?\s|$)|/etc/apk/cache",
        mends: &[
            Mend {
                transform: "tighten-package-flags",
                title: "--no-cache`",
                reasons: FLAG,
            },
            Mend {
                transform: "tighten-package-flags",
                title: "drop the needless update",
                reasons: FLAG,
            },
            Mend {
                transform: "clean-package-caches",
                title: "apk index",
                reasons: KEEPS_INDEX,
            },
        ],
        smelly: "apk add --update curl",
        clean: "apk --no-cache add curl",
        ..NONE
    },
    Smell {
        id: "apk-late-rm",
        manager: "apk",
        command: r"\brm\s.*/var/cache/apk",
        unless: r"--no-cache\b",
        without: r"(?:^|[\s/])apk\s(?:.*\s)?(?:add|update|upgrade)(?:\s|$)",
        after: r"(?:^|[\s/])apk\s(?:.*\s)?(?:add|update|upgrade)(?:\s|$)",
        mends: &[
            MERGE,
            Mend {
                transform: "tighten-package-flags",
                title: "--no-cache`",
                reasons: FLAG,
            },
            Mend {
                transform: "tighten-package-flags",
                title: "drop the needless update",
                reasons: FLAG,
            },
            Mend {
                transform: "clean-package-caches",
                title: "apk index",
                reasons: KEEPS_INDEX,
            },
        ],
        smelly: "apk add curl\nrm -rf /var/cache/apk/*",
        clean: "apk add curl && rm -rf /var/cache/apk/*",
        ..NONE
    },
    Smell {
        id: "pip-cache",
        manager: "pip",
        command: r"(?:^|[\s/])(?:pip(?:[23](?:\.\d+)?)?|-m\s*pip)\s(?:.*\s)?(?:install|wheel|download)(?:\s|$)",
        except: r"^\s*(?:\S*/)?uv\s|\s--(?:help|version)\b|apt-get\s|apk\s",
        unless: r"--no-cache\b|--no-cache-dir\b",
        cleaned_by: r"pip[\d.]*\s+cache\s+purge",
        folders: r#"(?:/root|~|HOME\}?|/home/[^/\s]+)/\.cache(?:/pip|/?\*|/?(?:[\s,"]|$))"#,
        elsewhere: r"PIP_NO_CACHE|no-cache-dir\s*=|global\.no-cache-dir",
        each: true,
        mends: &[
            Mend {
                transform: "tighten-package-flags",
                title: "--no-cache-dir",
                reasons: FLAG,
            },
            Mend {
                transform: "clean-package-caches",
                title: "pip cache",
                reasons: KEEPS_CACHE,
            },
        ],
        smelly: "python3 -m pip install flask",
        clean: "pip3.11 install flask --no-cache-dir",
        ..NONE
    },
    Smell {
        id: "pip-late-rm",
        manager: "pip",
        command: r#"\brm\s.*(?:/root|~|HOME\}?)/\.cache(?:/pip|/?\*|/?(?:[\s,"]|$))|pip[\d.]*\s+cache\s+purge"#,
        unless: r"--no-cache\b|--no-cache-dir\b",
        without: r"(?:^|[\s/])(?:pip(?:[23](?:\.\d+)?)?|-m\s*pip)\s(?:.*\s)?install(?:\s|$)",
        after: r"(?:^|[\s/])(?:pip(?:[23](?:\.\d+)?)?|-m\s*pip)\s(?:.*\s)?install(?:\s|$)",
        mends: &[
            MERGE,
            Mend {
                transform: "tighten-package-flags",
                title: "--no-cache-dir",
                reasons: FLAG,
            },
        ],
        smelly: "pip install flask\nrm -rf /root/.cache/pip",
        clean: "pip install flask && rm -rf ~/.cache",
        ..NONE
    },
];

/// The folder of apt's lists, or one above it.
const LISTS: &str = r"/var/lib/(?:apt(?:/?\*|/?(?:\s|$|,)|/lists)|\*|\{[^}]*apt)";

const LISTS_GO: Mend = Mend {
    transform: "clean-package-caches",
    title: "apt lists",
    reasons: KEEPS_INDEX,
};

/// Why an update stays where it is; removing the lists would not mend it.
const LISTS_STAY: Mend = Mend {
    title: "(declines only)",
    ..LISTS_GO
};

const MERGE: Mend = Mend {
    transform: "merge-runs",
    title: "join",
    reasons: &[],
};

/// Why a cache stays.
pub(super) const KEEPS_CACHE: &[&str] = &[
    "not-root",
    "place-unknown",
    "used-later",
    "cache-moved",
    "cache-wanted",
    "no-safe-place",
    "not-understood",
];

/// Why the lists stay.
const KEEPS_INDEX: &[&str] = &[
    "index-alone",
    "updated-alone-later",
    "later-install-needs-index",
    "later-script-may-need-index",
    "onbuild-needs-index",
    "child-image-needs-index",
    "not-root",
    "cache-moved",
    "cache-wanted",
    "no-safe-place",
    "not-understood",
    "needed-until-cleaned",
];

/// Why the flag against a cache is not added.
pub(super) const FLAG: &[&str] = &[
    "cache-configured-elsewhere",
    "cache-wanted",
    "flag-not-known",
    "no-network",
    "index-needed-later",
    "local-package",
];
