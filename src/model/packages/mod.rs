//! Package managers: one table each, and the operations that commands perform with them.
//!
//! Adding a manager is adding a table; the code here and in the transforms reads tables only.

mod apk;
mod apt;
mod operation;
mod pip;

pub use operation::{Operation, recognise};

/// The managers that are known.
pub const MANAGERS: &[&Manager] = &[&apt::APT, &apk::APK, &pip::PIP];

/// A package manager.
#[derive(Debug)]
pub struct Manager {
    /// Its name.
    pub id: &'static str,
    /// The programs that are its command line.
    pub programs: &'static [&'static str],
    /// Whether a program's name may end in a version: `pip3.11`.
    pub versioned: bool,
    /// The module of `python -m` that is its command line.
    pub python_module: Option<&'static str>,
    /// Options that take the next word as their value.
    pub value_options: &'static [&'static str],
    /// Its sub-commands.
    pub verbs: &'static [(&'static str, Verb)],
    /// The flag that answers its prompts.
    pub assume_yes: Option<AssumeYes>,
    /// The flag that keeps its cache out of the layer.
    pub no_cache: Option<NoCache>,
    /// The flag that leaves out what is only recommended.
    pub no_recommends: Option<NoRecommends>,
    /// What it leaves behind in a layer.
    pub leftovers: &'static [Leftover],
    /// Whether all installs of a layer share a database, so that joining them saves bytes.
    pub is_system: bool,
}

/// What a sub-command does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Fetches the package index.
    Update,
    /// Installs packages.
    Install,
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

/// Files that a manager leaves in the layer.
#[derive(Debug)]
pub struct Leftover {
    /// What it is, for people.
    pub what: &'static str,
    /// The folder, for root; `~/` stands for the home directory.
    pub folder: &'static str,
    /// Other folders that a clean-up may name and that hold it.
    pub parents: &'static [&'static str],
    /// Variables that move it.
    pub moved_by: &'static [&'static str],
    /// The verbs that fill it.
    pub filled_by: &'static [Verb],
    /// The command that removes it.
    pub cleanup: &'static [&'static str],
    /// Sub-commands that remove it, each as the words after the program.
    pub cleaned_by: &'static [&'static [&'static str]],
    /// Whether a later command of the manager fails without it.
    pub is_index: bool,
    /// An estimate of its bytes.
    pub typical_bytes: u64,
}

impl Manager {
    /// The sub-command that installs what it names.
    pub fn install_verb(&self) -> &'static str {
        let install = self.verbs.iter().find(|(_, verb)| *verb == Verb::Install);
        install.map_or("install", |(name, _)| name)
    }

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
