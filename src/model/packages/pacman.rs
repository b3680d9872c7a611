//! pacman of Arch Linux: `pacman(8)`.

use super::{CacheMount, Leftover, Manager, NOTHING, SHARED, UNKNOWN, Verb};

pub(super) const PACMAN: Manager = Manager {
    id: "pacman",
    family: "pacman",
    programs: &["pacman"],
    value_options: &[
        "-b",
        "--dbpath",
        "-r",
        "--root",
        "--cachedir",
        "--config",
        "--overwrite",
        "--ignore",
        "--ignoregroup",
        "--sysroot",
        "--arch",
        "--gpgdir",
        "--hookdir",
        "--logfile",
        "--color",
    ],
    // A removal of all that is in the cache asks; what it answers by itself differs with the question.
    letters: &[
        ('S', "c", Verb::Clean),
        ('S', "silgp", Verb::Query),
        ('S', "w", Verb::Other),
        ('S', "", Verb::Install),
        ('U', "", Verb::Install),
        ('R', "", Verb::Remove),
        ('F', "", Verb::Query),
        ('Q', "", Verb::Other),
        ('D', "", Verb::Other),
        ('T', "", Verb::Other),
        ('V', "", Verb::Other),
    ],
    configuration: &["CacheDir", "CleanMethod"],
    leftovers: &[Leftover {
        what: "pacman package cache",
        folder: "/var/cache/pacman/pkg",
        parents: &["/var/cache", "/var/cache/pacman"],
        options: &[
            "--cachedir",
            "--root",
            "-r",
            "--sysroot",
            "-w",
            "--downloadonly",
        ],
        filled_by: &[Verb::Install, Verb::Upgrade],
        cleanup: &["rm", "-rf", "/var/cache/pacman/pkg/*"],
        cleaned_by: &[&["-Scc"], &["-Sc"]],
        ..NOTHING
    }],
    is_system: true,
    mounts: &[CacheMount {
        id: Some("pacman"),
        folder: "/var/cache/pacman/pkg",
        is_locked: true,
        ..SHARED
    }],
    ..UNKNOWN
};
