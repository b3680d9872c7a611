//! What kind of file a path is.

use serde::Serialize;

/// What a file is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// What package managers downloaded or built.
    PackageCaches,
    /// What package managers know of packages that are not installed.
    PackageLists,
    /// What package managers know of packages that are installed.
    PackageDatabases,
    /// Manual pages, licences, translations.
    Documentation,
    /// Compilers, headers, static libraries.
    Toolchain,
    /// Logs, temporary files, indexes and byte code: made anew by each build.
    MadeAnew,
    /// Other files of the system.
    System,
    /// The application and what it brought.
    Application,
}

impl Group {
    /// The group of an absolute path.
    pub fn of(path: &str) -> Self {
        of(path)
    }

    /// The name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PackageCaches => "package caches",
            Self::PackageLists => "package lists",
            Self::PackageDatabases => "package databases",
            Self::Documentation => "documentation",
            Self::Toolchain => "toolchain",
            Self::MadeAnew => "logs, indexes, byte code",
            Self::System => "system",
            Self::Application => "application",
        }
    }

    /// Whether two builds of the same Dockerfile differ in such files.
    pub const fn is_made_anew(self) -> bool {
        matches!(self, Self::MadeAnew)
    }
}

/// Folders and the group of all below them; the first that holds decides.
const FOLDERS: &[(&str, Group)] = &[
    ("/var/lib/apt/lists", Group::PackageLists),
    ("/lib/apk/db", Group::PackageDatabases),
    ("/usr/lib/apk/db", Group::PackageDatabases),
    ("/var/lib/dpkg", Group::PackageDatabases),
    ("/var/lib/apt", Group::PackageDatabases),
    ("/var/lib/rpm", Group::PackageDatabases),
    ("/usr/lib/sysimage", Group::PackageDatabases),
    ("/var/cache/ldconfig", Group::MadeAnew),
    ("/var/cache/debconf", Group::MadeAnew),
    ("/var/cache/fontconfig", Group::MadeAnew),
    ("/var/cache/man", Group::MadeAnew),
    ("/var/cache", Group::PackageCaches),
    ("/var/log", Group::MadeAnew),
    ("/tmp", Group::MadeAnew),
    ("/var/tmp", Group::MadeAnew),
    ("/run", Group::MadeAnew),
    ("/usr/share/mime", Group::MadeAnew),
    ("/usr/share/doc", Group::Documentation),
    ("/usr/share/man", Group::Documentation),
    ("/usr/share/info", Group::Documentation),
    ("/usr/share/locale", Group::Documentation),
    ("/usr/share/lintian", Group::Documentation),
    ("/usr/share/bug", Group::Documentation),
    ("/usr/local/share/man", Group::Documentation),
    ("/usr/include", Group::Toolchain),
    ("/usr/lib/gcc", Group::Toolchain),
    ("/usr/local/go", Group::Toolchain),
    ("/usr/local/rustup", Group::Toolchain),
    ("/usr/local/cargo", Group::Toolchain),
    ("/go/pkg", Group::PackageCaches),
    ("/etc", Group::System),
    ("/usr", Group::System),
    ("/bin", Group::System),
    ("/lib", Group::System),
    ("/lib64", Group::System),
    ("/sbin", Group::System),
    ("/var", Group::System),
];

/// Files that are written anew by every build that installs something.
const MADE_ANEW: &[&str] = &[
    "/etc/ld.so.cache",
    "/etc/passwd-",
    "/etc/group-",
    "/etc/shadow-",
    "/etc/gshadow-",
    "/etc/.pwd.lock",
    "/etc/machine-id",
    "/etc/mailcap",
    "/etc/shells",
    "/usr/share/info/dir",
    "/usr/share/applications/mimeinfo.cache",
    // The shadow tools write today's date there.
    "/etc/shadow",
];

/// Caches in a home directory.
const HOME_CACHES: &[&str] = &[
    ".cache",
    ".npm",
    ".m2",
    ".gradle",
    ".cargo/registry",
    ".composer/cache",
    ".bundle/cache",
    ".nuget",
    ".yarn",
    ".conda/pkgs",
];

/// The group of a path.
fn of(path: &str) -> Group {
    if path.ends_with(".pyc") || path.ends_with("/__pycache__") || MADE_ANEW.contains(&path) {
        return Group::MadeAnew;
    }
    let home = path.strip_prefix("/root/").or_else(|| {
        path.strip_prefix("/home/")?
            .split_once('/')
            .map(|(_, rest)| rest)
    });
    if let Some(rest) = home {
        if rest.starts_with(".npm/_logs") || rest.starts_with(".npm/_update-notifier") {
            return Group::MadeAnew;
        }
        if HOME_CACHES.iter().any(|cache| is_below(rest, cache)) {
            return Group::PackageCaches;
        }
    }
    if path.ends_with(".a") && path.contains("/lib/") {
        return Group::Toolchain;
    }
    let is_application = path.contains("/site-packages/")
        || path.contains("/dist-packages/") && path.starts_with("/usr/local/")
        || path.contains("/node_modules/");
    if is_application {
        return Group::Application;
    }
    let found = FOLDERS.iter().find(|(folder, _)| is_below(path, folder));
    found.map_or(Group::Application, |&(_, group)| group)
}

/// Whether a path is a folder or lies in it.
pub(super) fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || folder.ends_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_have_their_groups() {
        for (path, group) in [
            ("/var/lib/apt/lists/partial", Group::PackageLists),
            ("/var/lib/dpkg/status", Group::PackageDatabases),
            ("/root/.npm/_cacache/x", Group::PackageCaches),
            ("/home/app/.cache/pip/x", Group::PackageCaches),
            ("/usr/share/doc/curl/copyright", Group::Documentation),
            (
                "/usr/lib/python3/dist-packages/x/__pycache__/y.pyc",
                Group::MadeAnew,
            ),
            (
                "/usr/local/lib/python3.11/site-packages/flask/app.py",
                Group::Application,
            ),
            ("/usr/bin/curl", Group::System),
            ("/usr/lib/gcc/x86_64-linux-gnu/12/cc1", Group::Toolchain),
            ("/srv/app/main.js", Group::Application),
            ("/varnish", Group::Application),
        ] {
            assert_eq!(of(path), group, "{path}");
        }
    }
}
