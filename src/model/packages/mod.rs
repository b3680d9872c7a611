//! Package managers: one table each, and the operations that commands perform with them.
//!
//! Adding a manager is adding a table; the code here and in the transforms reads tables only.

mod apk;
mod apt;
mod composer;
mod conda;
mod dotnet;
mod go;
mod java;
mod javascript;
mod operation;
mod pacman;
mod pip;
mod python;
mod rpm;
mod ruby;
mod rust;
mod zypper;

pub use operation::{Operation, recognise, scripted_update};

/// The managers that are known.
pub const MANAGERS: &[&Manager] = &[
    &apt::APT,
    &apk::APK,
    &rpm::DNF,
    &rpm::MICRODNF,
    &rpm::YUM,
    &rpm::TDNF,
    &zypper::ZYPPER,
    &pacman::PACMAN,
    &pip::PIP,
    &python::UV,
    &python::PIPENV,
    &python::POETRY,
    &python::PDM,
    &conda::CONDA,
    &javascript::NPM,
    &javascript::YARN,
    &javascript::PNPM,
    &javascript::BUN,
    &ruby::GEM,
    &ruby::BUNDLER,
    &composer::COMPOSER,
    &go::GO,
    &rust::CARGO,
    &java::MAVEN,
    &java::GRADLE,
    &dotnet::DOTNET,
];

/// A package manager.
#[derive(Debug)]
pub struct Manager {
    /// Its name.
    pub id: &'static str,
    /// What several managers share that work on the same packages and caches: where one of them cleans
    /// up, it does so for all.
    pub family: &'static str,
    /// The programs that are its command line.
    pub programs: &'static [&'static str],
    /// Whether a program's name may end in a version: `pip3.11`.
    pub versioned: bool,
    /// The module of `python -m` that is its command line.
    pub python_module: Option<&'static str>,
    /// Options that take the next word as their value.
    pub value_options: &'static [&'static str],
    /// Options with which it does nothing.
    pub dry_options: &'static [&'static str],
    /// Its sub-commands; one of two words has a blank between them.
    pub verbs: &'static [(&'static str, Verb)],
    /// What it does without a sub-command.
    pub bare: Verb,
    /// What it does with a sub-command that is not among its verbs.
    pub other: Verb,
    /// Where options choose what it does: the capital letter, the small letters of which one must stand
    /// with it (none: any), and the verb; the first row that fits decides.
    pub letters: &'static [(char, &'static str, Verb)],
    /// The flag that answers its prompts.
    pub assume_yes: Option<AssumeYes>,
    /// The flag that keeps its cache out of the layer.
    pub no_cache: Option<NoCache>,
    /// The flag that leaves out what is only recommended, where tables say what that is.
    pub no_recommends: Option<NoRecommends>,
    /// A flag that leaves out what most images do not need.
    pub leaner: Option<Leaner>,
    /// Texts, in files that are written or in settings, that may decide about its cache.
    pub configuration: &'static [&'static str],
    /// What it leaves behind in a layer.
    pub leftovers: &'static [Leftover],
    /// Parts of the addresses of much-used scripts that, piped into a shell, fetch its index.
    pub updaters: &'static [&'static str],
    /// The folders that cache mounts keep from build to build; none where that does not do.
    pub mounts: &'static [CacheMount],
    /// The command that makes it keep what it downloads, for a cache mount; its last word names it.
    pub keeps: &'static [&'static str],
    /// Sub-commands and goals that put what only this build has into a cache, and the manager whose cache that
    /// is.
    pub publishes: &'static [(&'static str, &'static str)],
    /// Other programs that use what it keeps.
    pub used_by: &'static [&'static str],
    /// Whether it fails to remove what it does not know: without its index, what is not installed.
    pub removes_known_only: bool,
    /// Programs that mark packages by name, and fail where it does not know them.
    pub markers: &'static [&'static str],
    /// Whether it installs for the whole system, as root: all its installs in a layer share a database,
    /// so that joining them saves bytes.
    pub is_system: bool,
}

/// A manager of which nothing is known: what a table does not say.
pub const UNKNOWN: Manager = Manager {
    id: "",
    family: "",
    programs: &[],
    versioned: false,
    python_module: None,
    value_options: &[],
    dry_options: &["--dry-run", "--help", "-h", "--version"],
    verbs: &[],
    bare: Verb::Other,
    other: Verb::Unknown,
    letters: &[],
    assume_yes: None,
    no_cache: None,
    no_recommends: None,
    leaner: None,
    configuration: &[],
    leftovers: &[],
    updaters: &[],
    mounts: &[],
    keeps: &[],
    publishes: &[],
    used_by: &[],
    removes_known_only: false,
    markers: &[],
    is_system: false,
};

/// What a sub-command does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Fetches the package index.
    Update,
    /// Installs packages.
    Install,
    /// Fetches packages for a later command to read.
    Fetch,
    /// Installs newer versions of what is there.
    Upgrade,
    /// Removes packages.
    Remove,
    /// Removes what the manager keeps in its cache.
    Clean,
    /// Reads the index, or fetches something with it, and installs nothing.
    Query,
    /// Does nothing with index or cache.
    Other,
    /// A sub-command that is not known, or that a variable hides.
    Unknown,
}

/// How prompts are answered.
#[derive(Debug)]
pub struct AssumeYes {
    /// The flag to add.
    pub flag: &'static str,
    /// The letter of it in a cluster of short options.
    pub letter: char,
    /// Long spellings that do the same.
    pub spellings: &'static [&'static str],
    /// Letters that imply it when they stand twice (`-qq`).
    pub implied_by_double: Option<char>,
    /// Configuration text that does the same, in an option or in a file written earlier.
    pub configuration: &'static str,
    /// The verbs that prompt.
    pub verbs: &'static [Verb],
}

/// How the cache is kept out of the layer.
#[derive(Debug)]
pub struct NoCache {
    /// The flag to add, directly after the sub-command.
    pub flag: &'static str,
    /// Beginnings of options that do the same.
    pub spellings: &'static [&'static str],
    /// Variables that do the same when they are set.
    pub variables: &'static [&'static str],
    /// Options by which the author says what to do with the cache.
    pub opposed_by: &'static [&'static str],
    /// The sub-commands that take the flag.
    pub verbs: &'static [Verb],
    /// Options that the flag makes needless.
    pub replaces: &'static [&'static str],
    /// A letter of a cluster of short options that the flag makes needless.
    pub replaces_letter: Option<char>,
    /// Whether the flag fetches the index for itself, so that an update before it is needless.
    pub replaces_update: bool,
    /// Releases whose own package of the manager is too old to know the flag.
    pub unknown_in: &'static [&'static str],
    /// The version that knows it, where an image of unknown release may well have an older one.
    pub known_since: Option<&'static str>,
    /// Official images that bring a manager of their own, which knows it.
    pub known_in: &'static [&'static str],
}

/// How recommended packages are left out.
#[derive(Debug)]
pub struct NoRecommends {
    /// The flag to add.
    pub flag: &'static str,
    /// Spellings that do the same.
    pub spellings: &'static [&'static str],
    /// Spellings by which the author asks for them.
    pub opposed_by: &'static [&'static str],
    /// Configuration text, in an option or a file written earlier, that decides it.
    pub configuration: &'static str,
}

/// A flag that installs less, for people who want that: what goes is no cache.
#[derive(Debug)]
pub struct Leaner {
    /// The flag to add.
    pub flag: &'static str,
    /// Beginnings of options that decide about the same.
    pub spellings: &'static [&'static str],
    /// Texts, in a file that is written or in a setting, that decide about the same.
    pub configuration: &'static [&'static str],
    /// Official images that are configured so already.
    pub images: &'static [&'static str],
    /// How sure it is that nothing misses what goes.
    pub is_suggested: bool,
    /// What goes, for people.
    pub what: &'static str,
    /// Folders below which it lies; empty where they are not known.
    pub folders: &'static [&'static str],
    /// Releases whose own package of the manager does not know the flag.
    pub unknown_in: &'static [&'static str],
    /// Texts of packages and images with a manager that does not know it.
    pub unknown_with: &'static [&'static str],
}

/// A folder that a cache mount keeps from build to build.
#[derive(Debug)]
pub struct CacheMount {
    /// What its id begins with, where its content is not the same for all releases.
    pub id: Option<&'static str>,
    /// The folder, as in [`Leftover::folder`].
    pub folder: &'static str,
    /// As in [`Leftover::places`].
    pub places: &'static [(Where, &'static str)],
    /// Whether the manager locks it, so that two builds must not have it at once.
    pub is_locked: bool,
}

/// A folder that is the same for all releases and that builds may share.
const SHARED: CacheMount = CacheMount {
    id: None,
    folder: "",
    places: &[],
    is_locked: false,
};

/// Files that a manager leaves in the layer.
#[derive(Debug)]
pub struct Leftover {
    /// What it is, for people.
    pub what: &'static str,
    /// The folder; `~/` stands for the home directory. Empty where only `places` say it.
    pub folder: &'static str,
    /// Where it lies under certain conditions; the first that holds decides.
    pub places: &'static [(Where, &'static str)],
    /// Other folders that a clean-up may name and that hold it.
    pub parents: &'static [&'static str],
    /// Variables that move it.
    pub moved_by: &'static [&'static str],
    /// Options that move it, or say that it is wanted.
    pub options: &'static [&'static str],
    /// The verbs that fill it.
    pub filled_by: &'static [Verb],
    /// The command that removes it. `{program}` stands for the manager as its command names it: such a
    /// command finds the cache by itself. `{folder}` stands for the folder.
    pub cleanup: &'static [&'static str],
    /// Sub-commands that remove it, each as the words after the program.
    pub cleaned_by: &'static [&'static [&'static str]],
    /// Who needs it later.
    pub needed: Needed,
    /// Whether its folders are read-only, so that only root can remove them.
    pub is_read_only: bool,
    /// Options with which a later command works from it.
    pub offline: &'static [&'static str],
    /// An official image, and the version of it from which on the manager keeps this.
    pub since: Option<(&'static str, &'static [u32])>,
    /// Its bytes, measured, by the release of the image; an empty name stands for all others.
    pub bytes: &'static [(&'static str, u64)],
}

/// A condition for a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// The variable is set, and the place is below its value.
    Below(&'static str),
    /// Debian, Ubuntu and their kin.
    Debian,
    /// Alpine.
    Alpine,
    /// Fedora, Red Hat and their kin since dnf 4 took the place of yum.
    Dnf4,
    /// Fedora since dnf 5.
    Dnf5,
}

/// Who needs a leftover after the RUN that made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needed {
    /// Nobody: what is missing is fetched again.
    Never,
    /// A later command of the manager fails without it, unless it fetches the index itself.
    AsIndex,
    /// A later command of the manager, or a program that runs it, reads it.
    ByLaterUse,
}

/// A leftover of which nothing is known: what a table does not say.
pub const NOTHING: Leftover = Leftover {
    what: "",
    folder: "",
    places: &[],
    parents: &[],
    moved_by: &[],
    options: &[],
    filled_by: &[],
    cleanup: &[],
    cleaned_by: &[],
    needed: Needed::Never,
    is_read_only: false,
    offline: &[],
    since: None,
    bytes: &[],
};

impl Leftover {
    /// Whether a later command of the manager fails without it.
    pub fn is_index(&self) -> bool {
        self.needed == Needed::AsIndex
    }

    /// An estimate of its bytes in a release; `None` where nothing is known.
    pub fn estimated_bytes(&self, release: Option<&str>) -> Option<u64> {
        let fits = |name: &str| name.is_empty() || Some(name) == release;
        let found = self.bytes.iter().find(|(name, _)| fits(name));
        found.map(|(_, bytes)| *bytes)
    }

    /// Whether the command that removes it finds it by itself, wherever it lies.
    pub fn is_found_by_program(&self) -> bool {
        self.cleanup.first() == Some(&"{program}")
    }

    /// All folders where it may lie; those below a variable are left out.
    pub fn folders(&self) -> impl Iterator<Item = &'static str> {
        let places = self
            .places
            .iter()
            .filter(|(place, _)| !matches!(place, Where::Below(_)));
        std::iter::once(self.folder)
            .chain(places.map(|(_, folder)| *folder))
            .filter(|folder| !folder.is_empty())
    }
}

impl Manager {
    /// Whether `program` is its command line.
    pub fn is_program(&self, program: &str) -> bool {
        let base = if self.versioned {
            program.trim_end_matches(|char: char| char.is_ascii_digit() || char == '.')
        } else {
            program
        };
        self.programs.contains(&program) || (self.versioned && self.programs.contains(&base))
    }
}
