//! What a layer holds, as far as sizes need it: paths, bytes, and a digest that tells whether a file was only
//! given another owner or mode. A file passes by in pieces; so memory grows with the number of paths alone.

use std::collections::BTreeMap;
use std::io::{self, Read};

use sha2::{Digest, Sha256};
use tar::{Entry, EntryType};

use crate::verify::image::layer::{Change, walk};

/// The change that a layer makes.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// What it puts where, by absolute path.
    pub(super) put: BTreeMap<Box<str>, Put>,
    /// Paths that it takes away.
    pub(super) removed: Vec<String>,
    /// Folders that it empties of what is below.
    pub(super) emptied: Vec<String>,
    /// Bytes of its files.
    pub(super) bytes: u64,
    /// How many files it holds.
    pub(super) files: usize,
}

/// What a path is in a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Put {
    /// A file with its bytes, and a digest of them.
    File(u64, u64),
    /// A folder: what is below stays.
    Folder,
    /// A link, a device, a pipe; it has no bytes of its own.
    Other,
}

/// Reads a layer from its uncompressed archive.
pub(super) fn read(archive: &mut dyn Read) -> io::Result<Contents> {
    let mut contents = Contents::default();
    // One piece at a time, whatever the size of a file.
    let mut buffer = vec![0; 64 * 1024];
    walk(archive, |change| {
        match change {
            Change::Emptied(folder) => contents.emptied.push(folder),
            Change::Removed(path) => contents.removed.push(path),
            Change::Put(path, entry) => {
                let put = put(entry, &mut buffer)?;
                if let Put::File(bytes, _) = put {
                    contents.bytes += bytes;
                    contents.files += 1;
                }
                contents.put.insert(path.into_boxed_str(), put);
            }
        }
        Ok(())
    })?;
    Ok(contents)
}

fn put<R: Read>(entry: &mut Entry<'_, R>, buffer: &mut [u8]) -> io::Result<Put> {
    Ok(match entry.header().entry_type() {
        EntryType::Directory => Put::Folder,
        EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse => {
            let mut hasher = Sha256::new();
            let mut bytes = 0;
            loop {
                match entry.read(buffer)? {
                    0 => break,
                    read => {
                        bytes += read as u64;
                        hasher.update(&buffer[..read]);
                    }
                }
            }
            if bytes < entry.size() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let digest: [u8; 32] = hasher.finalize().into();
            let (start, _) = digest.split_first_chunk().expect("it has 32 bytes");
            Put::File(bytes, u64::from_be_bytes(*start))
        }
        _ => Put::Other,
    })
}
