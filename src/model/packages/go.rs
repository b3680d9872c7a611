//! The go command: <https://go.dev/ref/mod#module-cache>, `go help cache`.

use super::{CacheMount, Leftover, Manager, NOTHING, Needed, SHARED, UNKNOWN, Verb, Where};

pub(super) const GO: Manager = Manager {
    id: "go",
    family: "go",
    programs: &["go"],
    value_options: &[
        "-o",
        "-C",
        "-p",
        "-tags",
        "-ldflags",
        "-gcflags",
        "-asmflags",
        "-mod",
        "-modfile",
    ],
    verbs: &[
        ("build", Verb::Install),
        ("install", Verb::Install),
        ("get", Verb::Install),
        ("run", Verb::Install),
        ("test", Verb::Install),
        ("generate", Verb::Install),
        ("vet", Verb::Install),
        ("mod download", Verb::Fetch),
        ("mod tidy", Verb::Install),
        ("mod vendor", Verb::Fetch),
        ("list", Verb::Query),
        ("clean", Verb::Clean),
        ("env", Verb::Other),
        ("version", Verb::Other),
        ("fmt", Verb::Other),
        ("mod", Verb::Other),
        ("work", Verb::Other),
        ("telemetry", Verb::Other),
    ],
    configuration: &["go env -w"],
    leftovers: &[
        Leftover {
            what: "go build cache",
            folder: "~/.cache/go-build",
            parents: &["~/.cache"],
            moved_by: &["GOCACHE", "XDG_CACHE_HOME"],
            // A download of modules writes nothing there (measured).
            filled_by: &[Verb::Install],
            cleanup: &["rm", "-rf", "{folder}"],
            since: Some(("golang", &[1, 10])),
            cleaned_by: &[&["clean", "-cache"], &["clean", "--cache"]],
            needed: Needed::ByLaterUse,
            ..NOTHING
        },
        Leftover {
            what: "go module cache",
            folder: "~/go/pkg/mod",
            places: &[(Where::Below("GOPATH"), "pkg/mod")],
            parents: &["~/go", "~/go/pkg", "/go", "/go/pkg", "/go/pkg/mod"],
            moved_by: &["GOMODCACHE", "GOFLAGS"],
            options: &["-modcacherw", "-mod=vendor"],
            filled_by: &[Verb::Install, Verb::Fetch],
            cleanup: &["rm", "-rf", "{folder}"],
            is_read_only: true,
            since: Some(("golang", &[1, 11])),
            cleaned_by: &[&["clean", "-modcache"], &["clean", "--modcache"]],
            needed: Needed::ByLaterUse,
            ..NOTHING
        },
    ],
    used_by: &[
        "make",
        "mage",
        "task",
        "goreleaser",
        "dep",
        "glide",
        "buffalo",
        "revel",
        "gin",
        "air",
    ],
    mounts: &[
        CacheMount {
            folder: "~/go/pkg/mod",
            places: &[(Where::Below("GOPATH"), "pkg/mod")],
            ..SHARED
        },
        CacheMount {
            folder: "~/.cache/go-build",
            ..SHARED
        },
    ],
    ..UNKNOWN
};
