//! Packages of the system: which the build alone needs, and which libraries take the place of those for
//! development.

use std::collections::BTreeMap;

use super::plan::Role;
use super::site::Site;
use crate::model::images::Family;
use crate::model::packages::{Operation, Verb};
use crate::model::run::Run;

/// Compilers, headers and what builds are driven with; Debian's and Alpine's names.
#[rustfmt::skip]
const OF_BUILDS: &[&str] = &[
    "ant", "autoconf", "automake", "bison", "build-base", "build-essential", "cargo", "ccache", "clang", "cmake", "cpp",
    "dh-autoreconf", "dpkg-dev", "flex", "g++", "gcc", "gfortran", "gobject-introspection", "gradle", "libc-dev",
    "libc6-dev", "libstdc++-dev", "libtool", "linux-headers", "llvm", "m4", "make", "maven", "meson", "musl-dev",
    "nasm", "ninja-build", "node-gyp", "patch", "pkg-config", "pkgconf", "pkgconfig", "protobuf-compiler", "python-dev",
    "python2-dev", "python3-dev", "python3-distutils", "rust", "rustc", "swig", "yasm",
];

/// What sets up other sources of packages, and is used by nobody else; programs that do say so.
#[rustfmt::skip]
const SET_UP: &[&str] = &[
    "apt-transport-https", "apt-utils", "dirmngr", "gnupg", "gnupg2", "gpg", "lsb-release", "python3-setuptools",
    "python3-wheel", "software-properties-common",
];

/// Tools that builds fetch and unpack with, and their programs; what no step of the build runs somebody wants in the
/// container.
#[rustfmt::skip]
const TOOLS: &[(&str, &[&str])] = &[
    ("bzip2", &["bzip2", "tar"]), ("curl", &["curl"]), ("file", &["file"]), ("git", &["git"]), ("jq", &["jq"]),
    ("mercurial", &["hg"]), ("openssh-client", &["ssh", "scp", "ssh-keyscan", "ssh-keygen"]), ("python", &["python"]),
    ("python3", &["python3"]), ("python3-pip", &["pip", "pip3"]), ("rsync", &["rsync"]), ("subversion", &["svn"]),
    ("sudo", &["sudo"]), ("unzip", &["unzip"]), ("wget", &["wget"]), ("xz-utils", &["xz", "tar"]), ("zip", &["zip"]),
];

/// What a package for development is replaced by, where only the libraries are needed: bullseye, bookworm, trixie.
/// From the archive's own `Depends` of these packages, September 2026.
#[rustfmt::skip]
const LIBRARIES: &[(&str, [&str; 3])] = &[
    ("default-libmysqlclient-dev", ["libmariadb3", "libmariadb3", "libmariadb3"]),
    ("libbz2-dev", ["libbz2-1.0", "libbz2-1.0", "libbz2-1.0"]),
    ("libcairo2-dev", ["libcairo2", "libcairo2", "libcairo2"]),
    ("libcurl4-openssl-dev", ["libcurl4", "libcurl4", "libcurl4t64"]),
    ("libffi-dev", ["libffi7", "libffi8", "libffi8"]),
    ("libfreetype-dev", ["libfreetype6", "libfreetype6", "libfreetype6"]),
    ("libfreetype6-dev", ["libfreetype6", "libfreetype6", "libfreetype6"]),
    ("libgif-dev", ["libgif7", "libgif7", "libgif7"]),
    ("libjpeg-dev", ["libjpeg62-turbo", "libjpeg62-turbo", "libjpeg62-turbo"]),
    ("libjpeg62-turbo-dev", ["libjpeg62-turbo", "libjpeg62-turbo", "libjpeg62-turbo"]),
    ("liblzma-dev", ["liblzma5", "liblzma5", "liblzma5"]),
    ("libpango1.0-dev", ["libpangocairo-1.0-0", "libpangocairo-1.0-0", "libpangocairo-1.0-0"]),
    ("libpcap-dev", ["libpcap0.8", "libpcap0.8", "libpcap0.8t64"]),
    ("librdkafka-dev", ["librdkafka1", "librdkafka1", "librdkafka1"]),
    ("librsvg2-dev", ["librsvg2-2", "librsvg2-2", "librsvg2-2"]),
    ("libmagic-dev", ["libmagic1", "libmagic1", "libmagic1t64"]),
    ("libmariadb-dev", ["libmariadb3", "libmariadb3", "libmariadb3"]),
    ("libpng-dev", ["libpng16-16", "libpng16-16", "libpng16-16t64"]),
    ("libpq-dev", ["libpq5", "libpq5", "libpq5"]),
    ("libsasl2-dev", ["libsasl2-2", "libsasl2-2", "libsasl2-2"]),
    ("libsqlite3-dev", ["libsqlite3-0", "libsqlite3-0", "libsqlite3-0"]),
    ("libssl-dev", ["libssl1.1", "libssl3", "libssl3t64"]),
    ("libxml2-dev", ["libxml2", "libxml2", "libxml2"]),
    ("libxslt-dev", ["libxslt1.1", "libxslt1.1", "libxslt1.1"]),
    ("libxslt1-dev", ["libxslt1.1", "libxslt1.1", "libxslt1.1"]),
    ("libyaml-dev", ["libyaml-0-2", "libyaml-0-2", "libyaml-0-2"]),
    ("zlib1g-dev", ["zlib1g", "zlib1g", "zlib1g"]),
];

/// The same of Alpine, in all releases since 3.14.
#[rustfmt::skip]
const LIBRARIES_OF_ALPINE: &[(&str, &str)] = &[
    ("freetype-dev", "freetype"), ("jpeg-dev", "libjpeg-turbo"), ("libffi-dev", "libffi"),
    ("libjpeg-turbo-dev", "libjpeg-turbo"), ("libpng-dev", "libpng"), ("libpq-dev", "libpq"), ("librdkafka-dev", "librdkafka"), ("libxml2-dev", "libxml2"),
    ("libxslt-dev", "libxslt"), ("mariadb-connector-c-dev", "mariadb-connector-c"), ("mariadb-dev", "mariadb-connector-c"),
    ("postgresql-dev", "libpq"), ("sqlite-dev", "sqlite-libs"), ("yaml-dev", "yaml"), ("zlib-dev", "zlib"),
];

/// Programs of `gettext`, whose own name means many things.
const OF_GETTEXT: &[&str] = &[
    "compilemessages",
    "envsubst",
    "makemessages",
    "msgfmt",
    "msginit",
    "msgmerge",
    "xgettext",
];

/// Options of installs that an install of our own has too, or does without.
#[rustfmt::skip]
const PLAIN: &[&str] = &[
    "--no-cache", "--no-install-recommends", "--update", "--yes", "-U", "-q", "-qq", "-qy", "-y", "-yq", "-yqq",
];

/// Who needs a package.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Need {
    Build,
    /// What runs needs this library of it.
    Library(&'static str),
    /// What runs needs this package in its place, with all that comes with it.
    Instead(&'static str),
    /// Perhaps both.
    Both,
}

/// The packages that one RUN installs.
#[derive(Debug)]
struct Installed {
    item: usize,
    /// Whether the RUN does nothing else.
    is_alone: bool,
    /// Whether its options say nothing of its own.
    is_plain: bool,
    no_recommends: bool,
    packages: Vec<(String, Need)>,
}

/// The packages of the system that a stage installs.
#[derive(Debug, Default)]
pub(super) struct Packages {
    installs: Vec<Installed>,
}

impl Packages {
    /// Notes what a command installs, where that is known.
    pub(super) fn add(&mut self, site: &Site<'_>, run: &Run, operation: &Operation) -> bool {
        let command = run.command(operation);
        let Some(names) = operation.packages(command) else {
            return false;
        };
        let is_system = |at: usize| {
            run.operations
                .iter()
                .any(|it| it.command == at && it.manager.is_system)
        };
        let clears = |name: Option<&str>| matches!(name, Some("rm" | "set" | "true"));
        let is_alone = run
            .commands
            .iter()
            .enumerate()
            .all(|(at, command)| is_system(at) || clears(command.name()));
        let is_alone = is_alone
            && (operation.manager.id != "apt" || run.does(operation.manager, &[Verb::Update]));
        let options: Vec<&str> = operation.option_texts(command).collect();
        let packages = names
            .iter()
            .map(|&name| (name.to_owned(), need(site, name)));
        self.installs.push(Installed {
            item: run.item,
            is_alone,
            is_plain: options.iter().all(|option| PLAIN.contains(option)),
            no_recommends: options.contains(&"--no-install-recommends"),
            packages: packages.collect(),
        });
        true
    }

    /// Notes that another package will do in the place of one, or none.
    pub(super) fn replace(&mut self, name: &str, by: Option<&'static str>) {
        let packages = self.installs.iter_mut().flat_map(|it| &mut it.packages);
        for (_, need) in packages.filter(|(other, _)| other == name) {
            *need = by.map_or(Need::Build, Need::Instead);
        }
    }

    /// Whether any package is installed.
    pub(super) fn are_there(&self) -> bool {
        !self.installs.is_empty()
    }

    /// The packages that what runs may need.
    pub(super) fn kept(&self) -> impl Iterator<Item = &str> {
        let packages = self.installs.iter().flat_map(|it| &it.packages);
        packages
            .filter(|(_, need)| *need == Need::Both)
            .map(|(name, _)| name.as_str())
    }

    /// The packages and the libraries that what runs may need.
    pub(super) fn needed(&self) -> impl Iterator<Item = &str> {
        let packages = self.installs.iter().flat_map(|it| &it.packages);
        packages.filter_map(|(name, need)| match need {
            Need::Build => None,
            Need::Library(package) | Need::Instead(package) => Some(*package),
            Need::Both => Some(name.as_str()),
        })
    }

    /// Those of some packages that are not kept anyway.
    pub(super) fn besides<'p>(&self, packages: impl IntoIterator<Item = &'p str>) -> Vec<&'p str> {
        let kept: Vec<&str> = self.kept().collect();
        let packages = packages.into_iter();
        packages.filter(|name| !kept.contains(name)).collect()
    }

    /// Whether a package is installed that only builds need.
    pub(super) fn has_build_tools(&self) -> bool {
        let mut packages = self.installs.iter().flat_map(|it| &it.packages);
        packages.any(|(_, need)| *need != Need::Both)
    }

    /// Whether packages for development are installed.
    pub(super) fn has_libraries(&self) -> bool {
        let mut packages = self.installs.iter().flat_map(|it| &it.packages);
        packages.any(|(name, need)| {
            matches!(need, Need::Library(_)) || (*need == Need::Both && name.ends_with("-dev"))
        })
    }

    /// Whether what runs needs some package that is not `given`.
    pub(super) fn are_needed(&self, given: &[&str]) -> bool {
        let mut packages = self.installs.iter().flat_map(|it| &it.packages);
        packages.any(|(name, need)| *need != Need::Build && !given.contains(&name.as_str()))
    }

    /// The command that installs what runs needs, with `more` of its own, in the place of the first install.
    pub(super) fn settle(
        &self,
        site: &Site<'_>,
        family: Family,
        roles: &mut BTreeMap<usize, Role>,
        given: &[&str],
        more: &[&str],
    ) -> Option<(String, usize)> {
        let told = self.besides(site.told_packages());
        let names = more.iter().copied().chain(told);
        let mut names: Vec<String> = names.map(str::to_owned).collect();
        let mut no_recommends = true;
        let mut place = None;
        let needed = |install: &Installed| {
            let packages = install
                .packages
                .iter()
                .filter(|(name, need)| *need != Need::Build && !given.contains(&name.as_str()));
            packages.cloned().collect::<Vec<_>>()
        };
        let is_whole = |install: &Installed| {
            install.is_alone
                && install
                    .packages
                    .iter()
                    .all(|(name, need)| *need == Need::Both && !given.contains(&name.as_str()))
        };
        for install in &self.installs {
            place = place.or(Some(install.item));
            let needed = needed(install);
            let mut of_run = self.installs.iter().filter(|it| it.item == install.item);
            // Where another install is written anyway, it takes these along.
            let is_joined = install.is_plain && !more.is_empty();
            if of_run.all(is_whole) && !is_joined {
                roles.insert(install.item, Role::Repeats);
                continue;
            }
            for (name, need) in needed {
                no_recommends &=
                    install.no_recommends || !matches!(need, Need::Both | Need::Instead(_));
                names.push(match need {
                    Need::Library(package) | Need::Instead(package) => package.to_owned(),
                    Need::Build | Need::Both => name,
                });
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        names.retain(|name| seen.insert(name.clone()));
        if names.is_empty() {
            return None;
        }
        let names = names.join(" ");
        let command = if family == Family::Alpine {
            format!("RUN apk add --no-cache {names}")
        } else {
            let flag = if no_recommends {
                " --no-install-recommends"
            } else {
                ""
            };
            format!(
                "RUN apt-get update && apt-get install -y{flag} {names} \\\n    && rm -rf /var/lib/apt/lists/*"
            )
        };
        Some((command, place.unwrap_or_default()))
    }
}

/// Whether a step of the build uses a tool: by its name, or where it is known to do so by itself.
fn is_used(site: &Site<'_>, tool: &str, programs: &[&str]) -> bool {
    let by_itself = match tool {
        // Go, cargo, pip and npm fetch with it, unless a program may run it.
        "git" => site.fetches_with_git() || !site.may_run_git(),
        // With a compiler beside it, for node-gyp.
        "python" | "python3" => ["g++", "gcc", "build-essential", "build-base", "make"]
            .iter()
            .any(|it| site.installs(it)),
        _ => false,
    };
    let runs = site.input.model.runs_of(site.stage.index);
    let mut commands = runs.flat_map(|run| &run.commands);
    by_itself || commands.any(|it| it.name().is_some_and(|name| programs.contains(&name)))
}

fn need(site: &Site<'_>, package: &str) -> Need {
    let name = package.split(['=', ':']).next().unwrap_or(package);
    if OF_BUILDS.contains(&name) {
        return Need::Build;
    }
    if SET_UP.contains(&name) && !site.mentions(name) {
        return Need::Build;
    }
    let tool = TOOLS.iter().find(|(tool, _)| *tool == name);
    if tool.is_some_and(|(_, programs)| is_used(site, name, programs)) && !site.mentions(name) {
        return Need::Build;
    }
    // Programs of its own name have other uses.
    if name == "gettext" && !OF_GETTEXT.iter().any(|program| site.mentions(program)) {
        return Need::Build;
    }
    if site.is_alpine() {
        let row = LIBRARIES_OF_ALPINE.iter().find(|(dev, _)| *dev == name);
        return row.map_or(Need::Both, |(_, library)| Need::Library(library));
    }
    let release = site.facts.and_then(|facts| facts.release);
    let column = ["bullseye", "bookworm", "trixie"]
        .iter()
        .position(|it| Some(*it) == release);
    let row = LIBRARIES.iter().find(|(dev, _)| *dev == name);
    match (row, column) {
        (Some((_, libraries)), Some(column)) => Need::Library(libraries[column]),
        _ => Need::Both,
    }
}
