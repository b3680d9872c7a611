//! What a program or library says that it needs to be loaded.

use goblin::elf::Elf;

/// The loader and the libraries of an ELF file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Linkage {
    /// The program that loads it; `None` for a library or a static program.
    pub(crate) interpreter: Option<String>,
    /// Names of libraries.
    pub(crate) needed: Vec<String>,
    /// Folders that it names itself, with `$ORIGIN` in them.
    pub(crate) search: Vec<String>,
    /// The machine that it is for, and the width of its words.
    pub(crate) machine: (u16, bool),
}

/// Reads the linkage of a file; `None` where it is no ELF file that a loader takes.
pub(super) fn read(bytes: &[u8]) -> Option<Linkage> {
    let elf = Elf::parse(bytes).ok()?;
    let search = elf.runpaths.iter().chain(&elf.rpaths);
    Some(Linkage {
        interpreter: elf.interpreter.map(str::to_owned),
        needed: elf.libraries.iter().map(|&name| name.to_owned()).collect(),
        search: search
            .flat_map(|paths| paths.split(':'))
            .map(str::to_owned)
            .collect(),
        machine: (elf.header.e_machine, elf.is_64),
    })
}
