//! dnf, microdnf, yum and tdnf: `dnf(8)`, `yum(8)`.

use super::{AssumeYes, CacheMount, Leaner, Leftover, Manager, NOTHING, UNKNOWN, Verb, Where};

/// dnf 4 and 5.
pub(super) const DNF: Manager = Manager {
    id: "dnf",
    family: "rpm",
    programs: &["dnf", "dnf5", "dnf-3"],
    value_options: &[
        "-c",
        "--config",
        "-d",
        "--debuglevel",
        "-e",
        "--errorlevel",
        "-R",
        "--randomwait",
        "-x",
        "--exclude",
        "--enablerepo",
        "--disablerepo",
        "--repo",
        "--repoid",
        "--installroot",
        "--releasever",
        "--setopt",
        "--forcearch",
        "--disableplugin",
        "--enableplugin",
        "--destdir",
        "--downloaddir",
        "--comment",
    ],
    verbs: &[
        ("install", Verb::Install),
        ("localinstall", Verb::Install),
        ("reinstall", Verb::Install),
        ("groupinstall", Verb::Install),
        ("group install", Verb::Install),
        ("groups install", Verb::Install),
        ("module install", Verb::Install),
        ("builddep", Verb::Install),
        ("swap", Verb::Install),
        ("update", Verb::Upgrade),
        ("upgrade", Verb::Upgrade),
        ("upgrade-minimal", Verb::Upgrade),
        ("update-minimal", Verb::Upgrade),
        ("distro-sync", Verb::Upgrade),
        ("downgrade", Verb::Upgrade),
        ("makecache", Verb::Update),
        ("check-update", Verb::Query),
        ("remove", Verb::Remove),
        ("erase", Verb::Remove),
        ("autoremove", Verb::Remove),
        ("groupremove", Verb::Remove),
        ("clean", Verb::Clean),
        ("download", Verb::Query),
        ("repoquery", Verb::Query),
        ("search", Verb::Query),
        ("info", Verb::Query),
        ("list", Verb::Query),
        ("provides", Verb::Query),
        ("config-manager", Verb::Other),
        ("copr", Verb::Other),
        ("module", Verb::Other),
        ("repolist", Verb::Query),
        ("versionlock", Verb::Other),
        ("history", Verb::Other),
        ("mark", Verb::Other),
    ],
    assume_yes: Some(YES),
    leaner: Some(Leaner {
        flag: "--setopt=install_weak_deps=False",
        spellings: &["--setopt=install_weak_deps", "--nobest-weak"],
        configuration: &["install_weak_deps"],
        images: &[],
        is_suggested: false,
        what: "packages that are only recommended (weak dependencies)",
        folders: &[],
        unknown_in: &[],
        unknown_with: &[],
    }),
    configuration: &["keepcache", "cachedir"],
    leftovers: &[Leftover {
        what: "dnf cache",
        folder: "/var/cache/dnf",
        parents: &["/var/cache", "/var/cache/libdnf5", "/var/cache/yum"],
        options: &["--installroot", "--downloadonly", "--cacheonly", "-C"],
        filled_by: FILLING,
        cleanup: &["{program}", "clean", "all"],
        offline: &["-C", "--cacheonly"],
        cleaned_by: &[&["clean", "all"], &["clean", "metadata"]],
        places: &[],
        ..NOTHING
    }],
    is_system: true,
    mounts: &[CacheMount {
        id: Some("dnf"),
        folder: "/var/cache/dnf",
        places: &[(Where::Dnf5, "/var/cache/libdnf5")],
        is_locked: true,
    }],
    ..UNKNOWN
};

/// The small dnf of minimal images; it prompts for nothing and has no weak dependencies to leave out by
/// default.
pub(super) const MICRODNF: Manager = Manager {
    id: "microdnf",
    programs: &["microdnf"],
    assume_yes: None,
    leaner: None,
    mounts: &[],
    ..DNF
};

/// yum 3 and 4: the second is dnf by another name.
pub(super) const YUM: Manager = Manager {
    id: "yum",
    programs: &["yum"],
    leaner: None,
    leftovers: &[Leftover {
        what: "yum cache",
        folder: "/var/cache/yum",
        parents: &["/var/cache", "/var/cache/dnf"],
        places: YUM_PLACES,
        options: &["--installroot", "--downloadonly", "--cacheonly", "-C"],
        filled_by: FILLING,
        cleanup: &["{program}", "clean", "all"],
        offline: &["-C", "--cacheonly"],
        cleaned_by: &[&["clean", "all"], &["clean", "metadata"]],
        ..NOTHING
    }],
    mounts: &[CacheMount {
        id: Some("yum"),
        folder: "/var/cache/yum",
        places: YUM_PLACES,
        is_locked: true,
    }],
    ..DNF
};

/// Photon's and Azure Linux's dnf.
pub(super) const TDNF: Manager = Manager {
    id: "tdnf",
    programs: &["tdnf"],
    leaner: None,
    leftovers: &[Leftover {
        what: "tdnf cache",
        folder: "/var/cache/tdnf",
        parents: &["/var/cache"],
        options: &["--installroot", "--downloadonly", "--cacheonly", "-C"],
        filled_by: FILLING,
        cleanup: &["{program}", "clean", "all"],
        offline: &["-C", "--cacheonly"],
        cleaned_by: &[&["clean", "all"], &["clean", "metadata"]],
        ..NOTHING
    }],
    mounts: &[],
    ..DNF
};

/// Where yum is a name of dnf.
const YUM_PLACES: &[(Where, &str)] = &[
    (Where::Dnf5, "/var/cache/libdnf5"),
    (Where::Dnf4, "/var/cache/dnf"),
];

const FILLING: &[Verb] = &[Verb::Install, Verb::Upgrade, Verb::Update];

const YES: AssumeYes = AssumeYes {
    flag: "-y",
    letter: 'y',
    spellings: &["--assumeyes", "--assumeno", "--downloadonly"],
    implied_by_double: None,
    configuration: "assumeyes",
    verbs: &[Verb::Install, Verb::Upgrade, Verb::Remove],
};
