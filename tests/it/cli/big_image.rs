//! A large image as a stream: what `docker save` would write, made piece by piece.

use std::io::{self, Read, Write};

/// The size of an image.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// Bytes of its one large file.
    pub(super) large: u64,
    /// How many small files it has besides.
    pub(super) small: u64,
}

/// Bytes of each small file.
pub(super) const SMALL: u64 = 1000;

const CONFIG: &[u8] = br#"{"history":[{"created_by":"COPY . /srv # buildkit"},
    {"created_by":"RUN /bin/sh -c rm -rf /srv/small # buildkit"}]}"#;

const MANIFEST: &[u8] =
    br#"[{"Config":"config.json","RepoTags":["large:1"],"Layers":["a.tar","b.tar"]}]"#;

/// Writes an image whose first layer has a large file and many small ones; the second one deletes these.
pub(super) fn write(shape: Shape, to: &mut dyn Write) -> io::Result<()> {
    let entry = |bytes: u64| 512 + bytes.next_multiple_of(512);
    let layer = entry(shape.large) + shape.small * entry(SMALL) + 1024;
    to.write_all(header("a.tar", layer)?.as_bytes())?;
    to.write_all(header("srv/large", shape.large)?.as_bytes())?;

    let pattern: Vec<u8> = (0..64 * 1024u32).map(|at| (at % 4) as u8).collect();
    let mut large = Pattern(&pattern).take(shape.large);
    io::copy(&mut large, to)?;
    to.write_all(&padding(shape.large))?;
    for number in 0..shape.small {
        to.write_all(header(&format!("srv/small/file-{number:08}"), SMALL)?.as_bytes())?;
        to.write_all(&pattern[..SMALL as usize])?;
        to.write_all(&padding(SMALL))?;
    }
    to.write_all(&[0; 1024])?;
    let mut upper = header("srv/.wh.small", 0)?.as_bytes().to_vec();
    upper.extend([0; 1024]);
    for (name, content) in [
        ("b.tar", upper.as_slice()),
        ("config.json", CONFIG),
        ("manifest.json", MANIFEST),
    ] {
        to.write_all(header(name, content.len() as u64)?.as_bytes())?;
        to.write_all(content)?;
        to.write_all(&padding(content.len() as u64))?;
    }
    to.write_all(&[0; 1024])
}

fn header(path: &str, bytes: u64) -> io::Result<tar::Header> {
    let mut header = tar::Header::new_gnu();
    header.set_path(path)?;
    header.set_size(bytes);
    header.set_mode(0o644);
    header.set_entry_type(tar::EntryType::Regular);
    header.set_cksum();
    Ok(header)
}

/// What fills up a block of tar.
fn padding(bytes: u64) -> Vec<u8> {
    vec![0; (bytes.next_multiple_of(512) - bytes) as usize]
}

/// The same bytes again and again.
struct Pattern<'a>(&'a [u8]);

impl Read for Pattern<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = buffer.len().min(self.0.len());
        buffer[..count].copy_from_slice(&self.0[..count]);
        Ok(count)
    }
}
