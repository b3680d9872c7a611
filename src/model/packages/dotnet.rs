//! dotnet and its `NuGet` caches: <https://learn.microsoft.com/nuget/consume-packages/managing-the-global-packages-and-cache-folders>.

use super::{CacheMount, Leftover, Manager, NOTHING, Needed, SHARED, UNKNOWN, Verb};

pub(super) const DOTNET: Manager = Manager {
    id: "dotnet",
    family: "dotnet",
    programs: &["dotnet"],
    dry_options: &["--help", "-h"],
    value_options: &[
        "-c",
        "--configuration",
        "-o",
        "--output",
        "-r",
        "--runtime",
        "-f",
        "--framework",
        "-v",
        "--verbosity",
        "-s",
        "--source",
        "--version",
        "--tool-path",
        "--configfile",
        "--packages",
        "--version-suffix",
    ],
    verbs: &[
        ("restore", Verb::Fetch),
        ("build", Verb::Install),
        ("publish", Verb::Install),
        ("pack", Verb::Install),
        ("test", Verb::Install),
        ("run", Verb::Install),
        ("add", Verb::Install),
        ("tool install", Verb::Install),
        ("tool restore", Verb::Install),
        ("nuget locals", Verb::Clean),
        ("tool", Verb::Other),
        ("nuget", Verb::Other),
        ("new", Verb::Other),
        ("dev-certs", Verb::Other),
        ("clean", Verb::Other),
        ("ef", Verb::Query),
    ],
    configuration: &["globalPackagesFolder"],
    leftovers: &[Leftover {
        what: "NuGet caches",
        folder: "~/.nuget/packages",
        parents: &["~/.nuget", "~/.local/share/NuGet"],
        moved_by: &["NUGET_PACKAGES"],
        options: &["--packages"],
        filled_by: &[Verb::Install, Verb::Fetch],
        cleanup: &["{program}", "nuget", "locals", "all", "--clear"],
        cleaned_by: &[&["locals"]],
        needed: Needed::ByLaterUse,
        offline: &["--no-restore"],
        ..NOTHING
    }],
    used_by: &["make", "msbuild", "nuget", "cake", "nuke", "fake", "paket"],
    mounts: &[CacheMount {
        folder: "~/.nuget/packages",
        ..SHARED
    }],
    ..UNKNOWN
};
