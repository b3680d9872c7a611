//! Reads the tar archive of a layer.

use std::collections::BTreeMap;
use std::io::{self, Read};

use sha2::{Digest, Sha256};
use tar::{Archive, Entry, EntryType};

use super::elf;
use super::tree::{Content, Kind, Layer, Node};

/// The largest program whose linkage is read; its bytes are held in memory meanwhile.
const MAX_PROGRAM: u64 = 512 * 1024 * 1024;

/// The largest text that is kept.
const MAX_TEXT: u64 = 16 * 1024 * 1024;

/// What an entry of a layer's archive does.
pub(crate) enum Change<'e, 'a, R: Read> {
    /// Takes away a path of the layers below.
    Removed(String),
    /// Takes away all that the layers below have in a folder.
    Emptied(String),
    /// Puts something at an absolute path.
    Put(String, &'e mut Entry<'a, R>),
}

/// Reads the uncompressed archive of a layer from front to back.
///
/// # Errors
/// Where it cannot be read; and what `visit` finds.
pub(crate) fn walk<R: Read>(
    archive: R,
    mut visit: impl FnMut(Change<'_, '_, R>) -> io::Result<()>,
) -> io::Result<()> {
    let mut archive = Archive::new(archive);
    for entry in archive.entries()? {
        let mut entry = entry?;
        let path = absolute(&entry.path_bytes());
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
        if name == ".wh..wh..opq" {
            visit(Change::Emptied(or_root(folder)))?;
        } else if let Some(name) = name.strip_prefix(".wh.") {
            visit(Change::Removed(format!("{folder}/{name}")))?;
        } else if !name.is_empty() {
            visit(Change::Put(path, &mut entry))?;
        }
    }
    Ok(())
}

/// Reads a layer from its uncompressed archive.
pub(super) fn read(archive: impl Read) -> io::Result<Layer> {
    let mut layer = Layer::default();
    walk(archive, |change| {
        match change {
            Change::Emptied(folder) => layer.emptied.push(folder),
            Change::Removed(path) => layer.removed.push(path),
            Change::Put(path, entry) => {
                let node = node(&path, entry, &layer.nodes)?;
                if let Kind::File(content) = &node.kind
                    && entry.header().entry_type() != EntryType::Link
                {
                    layer.size += content.size;
                }
                layer.nodes.insert(path, node);
            }
        }
        Ok(())
    })?;
    Ok(layer)
}

fn or_root(folder: &str) -> String {
    if folder.is_empty() { "/" } else { folder }.to_owned()
}

/// `./usr/bin/` as `/usr/bin`. Names that are not UTF-8 keep what can be shown.
fn absolute(path: &[u8]) -> String {
    let text = String::from_utf8_lossy(path);
    let parts = text.split('/').filter(|part| !matches!(*part, "" | "."));
    parts.fold(String::new(), |path, part| path + "/" + part)
}

fn node<R: Read>(
    path: &str,
    entry: &mut Entry<'_, R>,
    before: &BTreeMap<String, Node>,
) -> io::Result<Node> {
    let attributes = attributes(entry)?;
    let header = entry.header();
    let mode = header.mode()? & 0o7777;
    let owner = (header.uid()?, header.gid()?);
    let kind = match header.entry_type() {
        EntryType::Directory => Kind::Folder,
        EntryType::Symlink => Kind::Link(link_name(entry)),
        EntryType::Link => {
            // A hard link names a file of the same layer.
            let to = absolute(link_name(entry).as_bytes());
            if let Some(node) = before.get(&to) {
                return Ok(node.clone());
            }
            Kind::Other
        }
        EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse => {
            Kind::File(content(path, mode, entry)?)
        }
        _ => Kind::Other,
    };
    Ok(Node {
        kind,
        mode,
        owner,
        attributes,
    })
}

fn link_name<R: Read>(entry: &Entry<'_, R>) -> String {
    let name = entry.link_name_bytes().unwrap_or_default();
    String::from_utf8_lossy(&name).into_owned()
}

fn attributes<R: Read>(entry: &mut Entry<'_, R>) -> io::Result<Vec<(String, Vec<u8>)>> {
    let Some(extensions) = entry.pax_extensions()? else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for extension in extensions {
        let extension = extension?;
        let name = String::from_utf8_lossy(extension.key_bytes());
        if let Some(name) = name.strip_prefix("SCHILY.xattr.") {
            found.push((name.to_owned(), extension.value_bytes().to_vec()));
        }
    }
    found.sort();
    Ok(found)
}

fn content<R: Read>(path: &str, mode: u32, entry: &mut Entry<'_, R>) -> io::Result<Content> {
    let size = entry.size();
    let mut head = Vec::new();
    entry.take(256).read_to_end(&mut head)?;
    let is_program = head.starts_with(b"\x7fELF") && size <= MAX_PROGRAM;
    let is_text = is_kept_text(path) && size <= MAX_TEXT;
    let interpreter = (mode & 0o111 != 0).then(|| interpreter(&head)).flatten();
    let mut behind = interpreter.as_deref().and_then(|name| {
        let at = head
            .windows(name.len())
            .position(|it| it == name.as_bytes())?;
        let mut hasher = Sha256::new();
        hasher.update(&head[at + name.len()..]);
        Some(hasher)
    });
    let mut hasher = Sha256::new();
    hasher.update(&head);
    let mut update = |bytes: &[u8]| {
        hasher.update(bytes);
        if let Some(behind) = &mut behind {
            behind.update(bytes);
        }
    };
    let mut kept = Vec::new();
    if is_program || is_text {
        kept.reserve(size as usize);
        kept.extend_from_slice(&head);
        entry.read_to_end(&mut kept)?;
        update(&kept[head.len()..]);
    } else {
        let mut buffer = vec![0; 64 * 1024];
        loop {
            match entry.read(&mut buffer)? {
                0 => break,
                read => update(&buffer[..read]),
            }
        }
    }
    Ok(Content {
        size,
        digest: hasher.finalize().into(),
        linkage: is_program.then(|| elf::read(&kept)).flatten(),
        interpreter,
        behind_interpreter: behind.map(|hasher| hasher.finalize().into()),
        text: is_text.then(|| String::from_utf8_lossy(&kept).into_owned()),
    })
}

/// What the first line of a script names.
fn interpreter(head: &[u8]) -> Option<String> {
    let line = head
        .strip_prefix(b"#!")?
        .split(|&byte| byte == b'\n')
        .next()?;
    let text = String::from_utf8_lossy(line);
    text.split_ascii_whitespace().next().map(str::to_owned)
}

/// Texts that say which packages and users are there, and where libraries are looked for.
fn is_kept_text(path: &str) -> bool {
    let folder_is = |folder: &str, end: &str| {
        path.strip_prefix(folder)
            .is_some_and(|name| !name.contains('/') && name.ends_with(end))
    };
    matches!(
        path,
        "/var/lib/dpkg/status"
            | "/lib/apk/db/installed"
            | "/usr/lib/apk/db/installed"
            | "/etc/ld.so.conf"
            | "/etc/passwd"
            | "/etc/group"
    ) || folder_is("/var/lib/dpkg/info/", ".list")
        || folder_is("/var/lib/dpkg/info/", ".postinst")
        || folder_is("/var/lib/dpkg/info/", ".postrm")
        || folder_is("/etc/ld.so.conf.d/", ".conf")
        || folder_is("/usr/lib/tmpfiles.d/", ".conf")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(entries: &[(&str, EntryType, &str)]) -> Vec<u8> {
        let mut builder = tar::Builder::new(Vec::new());
        for (path, kind, content) in entries {
            let mut header = tar::Header::new_gnu();
            header.set_entry_type(*kind);
            header.set_mode(0o755);
            header.set_uid(1000);
            header.set_gid(0);
            if matches!(kind, EntryType::Link | EntryType::Symlink) {
                header.set_size(0);
                builder
                    .append_link(&mut header, path, content)
                    .expect("a link");
            } else {
                header.set_size(content.len() as u64);
                builder
                    .append_data(&mut header, path, content.as_bytes())
                    .expect("a file");
            }
        }
        builder.into_inner().expect("an archive")
    }

    #[test]
    fn files_links_and_removals_are_read() {
        let bytes = archive(&[
            ("./app/", EntryType::Directory, ""),
            (
                "./app/run",
                EntryType::Regular,
                "#!/usr/bin/env python3\nprint()\n",
            ),
            ("./app/again", EntryType::Link, "app/run"),
            ("./app/link", EntryType::Symlink, "run"),
            ("./app/.wh.old", EntryType::Regular, ""),
            ("./srv/.wh..wh..opq", EntryType::Regular, ""),
        ]);
        let layer = read(bytes.as_slice()).expect("a layer");
        assert_eq!(layer.size, 31);
        assert_eq!(layer.removed, ["/app/old"]);
        assert_eq!(layer.emptied, ["/srv"]);
        assert_eq!(layer.nodes["/app/again"], layer.nodes["/app/run"]);
        assert_eq!(layer.nodes["/app/link"].kind, Kind::Link("run".to_owned()));
        let Kind::File(content) = &layer.nodes["/app/run"].kind else {
            panic!("a file");
        };
        assert_eq!(content.interpreter.as_deref(), Some("/usr/bin/env"));
        let behind: [u8; 32] = Sha256::digest(b" python3\nprint()\n").into();
        assert_eq!(content.behind_interpreter, Some(behind));
        assert_eq!(layer.nodes["/app/run"].owner, (1000, 0));
    }

    #[test]
    fn our_own_test_program_has_a_loader() {
        let bytes = std::fs::read("/proc/self/exe").unwrap_or_default();
        if bytes.is_empty() {
            eprintln!("skipped: no /proc here");
            return;
        }
        let linkage = elf::read(&bytes).expect("an ELF file");
        assert!(!linkage.needed.is_empty() || linkage.interpreter.is_none());
    }
}
