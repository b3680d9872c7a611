//! What lies in a build context beside readable files, and what the picture lacks.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What a look at the folder of a build context saw beside its regular files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Entries that are neither regular files nor folders with something in them.
    pub others: BTreeMap<String, Other>,
    /// Texts that are asked for by their path alone: lock files, settings of tools.
    pub texts: BTreeMap<String, String>,
    /// Why a text that is on the list is not here.
    pub unread: BTreeMap<String, Unread>,
    /// What the rules of `.gitignore` files exclude; of a folder that they exclude, the folder alone.
    pub git_ignored: BTreeSet<String>,
    /// Paths that the rules of `.gitignore` files exclude and that are not there, in the folders of projects: those
    /// that the rules spell out, and those that a source names. Such a file is written before the image is built.
    pub may_come: BTreeSet<String>,
    /// What is not in the picture. Empty where all is.
    pub gaps: Vec<Gap>,
}

/// An entry that is neither a regular file nor a folder with something in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Other {
    /// A symbolic link, with the path in it; nobody followed it.
    Link(String),
    /// A folder with nothing in it.
    Empty,
    /// A folder that tools fill, such as `node_modules` or `.git`; nobody looked into it.
    Closed,
    /// A folder that could not be read.
    Unreadable,
    /// A pipe, a socket or a device.
    Special,
}

/// Why a text is not here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// There is no such file.
    Absent,
    /// Whether there is such a file is not known.
    Unknown,
    /// It is no regular file.
    NotAFile,
    /// Files of that name are not read.
    NotListed,
    /// It is larger than what is read, or so many texts were read before it that they are.
    TooLarge,
    /// It is no UTF-8.
    NotUtf8,
    /// It could not be read.
    Unreadable,
}

/// Something that is missing in the picture of a build context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Only the files that git does not ignore were listed: the Dockerfile takes nothing from the context.
    NotTaken,
    /// There are more entries than this.
    Entries(usize),
    /// A folder lies too deep to be entered.
    Depth(String),
    /// A folder that could not be read.
    Unreadable(String),
    /// So many names are no UTF-8.
    Names(usize),
    /// So many bytes of texts were read, and then no more.
    Texts(u64),
}

impl Gap {
    /// Whether any path at all may be there without being in the picture.
    pub(super) fn hides_paths(&self) -> bool {
        match self {
            Self::NotTaken | Self::Entries(_) => true,
            // The folder itself is in the picture; a path in a Dockerfile is UTF-8.
            Self::Depth(_) | Self::Unreadable(_) | Self::Names(_) | Self::Texts(_) => false,
        }
    }
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotTaken => f.write_str("the Dockerfile takes nothing from it"),
            Self::Entries(most) => write!(f, "it has more than {most} entries"),
            Self::Depth(folder) => write!(f, "`{folder}` lies too deep to be entered"),
            Self::Unreadable(folder) => write!(f, "`{folder}` cannot be read"),
            Self::Names(1) => f.write_str("a name in it is not UTF-8"),
            Self::Names(count) => write!(f, "{count} names in it are not UTF-8"),
            Self::Texts(most) => write!(f, "its texts are larger than {} MiB", most >> 20),
        }
    }
}
