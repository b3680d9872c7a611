//! Images, as an engine saves them: configuration, layers, files.

mod elf;
mod layer;
mod tree;

use std::collections::BTreeMap;
use std::io::{self, BufReader, Read};
use std::sync::Arc;

use flate2::bufread::MultiGzDecoder;
use serde::Deserialize;
use tar::{Archive, EntryType};

pub(crate) use elf::Linkage;
pub(crate) use tree::{Content, Kind, Layer, Node, Tree};

/// The largest JSON file of an image archive.
const MAX_JSON: u64 = 64 * 1024 * 1024;

/// An image.
#[derive(Clone, Debug, Default)]
pub(crate) struct Image {
    /// What it says of its containers.
    pub(crate) config: Config,
    /// Its layers, the lowest one first.
    pub(crate) layers: Vec<Arc<Layer>>,
    /// Its files.
    pub(crate) tree: Tree,
}

impl Image {
    /// Bytes of all layers, as `docker image ls` counts them.
    pub(crate) fn size(&self) -> u64 {
        self.layers.iter().map(|layer| layer.size).sum()
    }
}

/// The part of an image's configuration that containers see.
/// <https://github.com/moby/docker-image-spec/blob/main/spec.md>
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Config {
    pub(crate) entrypoint: Option<Vec<String>>,
    pub(crate) cmd: Option<Vec<String>>,
    pub(crate) env: Option<Vec<String>>,
    pub(crate) user: Option<String>,
    pub(crate) working_dir: Option<String>,
    pub(crate) exposed_ports: Option<BTreeMap<String, serde_json::Value>>,
    pub(crate) volumes: Option<BTreeMap<String, serde_json::Value>>,
    pub(crate) labels: Option<BTreeMap<String, String>>,
    pub(crate) stop_signal: Option<String>,
    pub(crate) healthcheck: Option<serde_json::Value>,
    pub(crate) shell: Option<Vec<String>>,
    pub(crate) on_build: Option<Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ManifestEntry {
    config: String,
    repo_tags: Option<Vec<String>>,
    layers: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ConfigFile {
    config: Option<Config>,
}

/// What a member of the archive is.
enum Member {
    Json(Vec<u8>),
    Layer(Arc<Layer>),
    /// The same as another one.
    Same(String),
}

/// Reads all images of an archive in the format of `docker save`, by their tags. It is read once, from
/// front to back, and nothing is written.
///
/// # Errors
/// Where it cannot be read or is no such archive.
pub(crate) fn read_archive(archive: impl Read) -> io::Result<BTreeMap<String, Image>> {
    let mut members = BTreeMap::new();
    let mut archive = Archive::new(archive);
    for entry in archive.entries()? {
        let mut entry = entry?;
        let name = plain(&String::from_utf8_lossy(&entry.path_bytes()));
        let member = match entry.header().entry_type() {
            EntryType::Link | EntryType::Symlink => {
                let to = entry.link_name_bytes().unwrap_or_default();
                let to = String::from_utf8_lossy(&to).into_owned();
                let is_symbolic = entry.header().entry_type() == EntryType::Symlink;
                let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
                Some(Member::Same(if is_symbolic {
                    plain(&format!("{folder}/{to}"))
                } else {
                    plain(&to)
                }))
            }
            EntryType::Regular | EntryType::Continuous => member(&mut entry).map_err(|error| {
                io::Error::new(error.kind(), format!("{name} in the archive: {error}"))
            })?,
            _ => None,
        };
        if let Some(member) = member {
            members.insert(name, member);
        }
    }
    assemble(&members)
}

/// A path without `.`, `..` and doubled slashes.
fn plain(path: &str) -> String {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

fn member(entry: &mut impl Read) -> io::Result<Option<Member>> {
    // A pipe gives what it has; a header of tar is 512 bytes.
    let mut head = Vec::new();
    entry.by_ref().take(512).read_to_end(&mut head)?;
    if head.is_empty() {
        return Ok(None);
    }
    let reader = head.as_slice().chain(entry);
    let reader = BufReader::with_capacity(128 * 1024, reader);
    if matches!(head[0], b'{' | b'[') {
        let mut json = Vec::new();
        reader.take(MAX_JSON).read_to_end(&mut json)?;
        return Ok(Some(Member::Json(json)));
    }
    if head.starts_with(&[0x1f, 0x8b]) {
        let layer = layer::read(MultiGzDecoder::new(reader))?;
        return Ok(Some(Member::Layer(Arc::new(layer))));
    }
    if head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        let message = "a layer is compressed with zstd, which is not read; let the engine save it uncompressed";
        return Err(io::Error::new(io::ErrorKind::Unsupported, message));
    }
    if head.get(257..262) == Some(b"ustar") || head.iter().all(|&byte| byte == 0) {
        return Ok(Some(Member::Layer(Arc::new(layer::read(reader)?))));
    }
    Ok(None)
}

fn invalid(message: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message.into())
}

fn assemble(members: &BTreeMap<String, Member>) -> io::Result<BTreeMap<String, Image>> {
    let find = |name: &str| {
        let mut name = plain(name);
        for _ in 0..8 {
            match members.get(&name) {
                Some(Member::Same(to)) => name = to.clone(),
                found => return found,
            }
        }
        None
    };
    let json = |name: &str| match find(name) {
        Some(Member::Json(bytes)) => Ok(bytes.as_slice()),
        _ => Err(invalid(format!("the image archive has no {name}"))),
    };
    let manifest: Vec<ManifestEntry> = serde_json::from_slice(json("manifest.json")?)?;
    let mut images = BTreeMap::new();
    for entry in manifest {
        let file: ConfigFile = serde_json::from_slice(json(&entry.config)?)?;
        let mut image = Image {
            config: file.config.unwrap_or_default(),
            ..Image::default()
        };
        for name in &entry.layers {
            let Some(Member::Layer(layer)) = find(name) else {
                return Err(invalid(format!("the image archive has no layer {name}")));
            };
            image.tree.apply(layer);
            image.layers.push(Arc::clone(layer));
        }
        for tag in entry.repo_tags.unwrap_or_default() {
            images.insert(tag, image.clone());
        }
    }
    Ok(images)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tar_of(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut builder = tar::Builder::new(Vec::new());
        for (path, content) in files {
            let mut header = tar::Header::new_gnu();
            header.set_size(content.len() as u64);
            header.set_mode(0o644);
            header.set_uid(0);
            header.set_gid(0);
            builder
                .append_data(&mut header, path, *content)
                .expect("a member");
        }
        builder.into_inner().expect("an archive")
    }

    #[test]
    fn an_archive_gives_its_images_by_tag() {
        let lower = tar_of(&[("a", b"1234"), ("b", b"12")]);
        let upper = tar_of(&[(".wh.b", b""), ("c", b"1")]);
        let mut zipped =
            flate2::read::GzEncoder::new(upper.as_slice(), flate2::Compression::fast());
        let mut gz = Vec::new();
        zipped.read_to_end(&mut gz).expect("compressed");
        let config = br#"{"config":{"Cmd":["sh"],"Env":["A=1"]},"history":[]}"#;
        let manifest = br#"[{"Config":"config.json","RepoTags":["x:latest"],
            "Layers":["blobs/1","blobs/2"]}]"#;
        let archive = tar_of(&[
            ("blobs/2", &gz),
            ("manifest.json", manifest),
            ("config.json", config),
            ("blobs/1", &lower),
            ("repositories", b"nothing of ours"),
        ]);
        let images = read_archive(archive.as_slice()).expect("images");
        let image = &images["x:latest"];
        assert_eq!(image.size(), 7);
        assert_eq!(image.tree.hidden, 2);
        assert_eq!(image.config.cmd.as_deref(), Some(&["sh".to_owned()][..]));
        let paths: Vec<&String> = image.tree.nodes.keys().collect();
        assert_eq!(paths, ["/a", "/c"]);
    }

    /// Gives a few bytes at a time, as a pipe may.
    struct Drops<'a>(&'a [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = buffer.len().min(self.0.len()).min(100);
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    #[test]
    fn a_pipe_that_gives_little_is_read() {
        let layer = tar_of(&[("a", b"1234")]);
        let manifest = br#"[{"Config":"config.json","RepoTags":["x:latest"],"Layers":["1.tar"]}]"#;
        let archive = tar_of(&[
            ("1.tar", &layer),
            ("config.json", b"{}"),
            ("manifest.json", manifest),
        ]);
        let images = read_archive(Drops(&archive)).expect("images");
        assert_eq!(images["x:latest"].size(), 4);
    }

    #[test]
    fn an_archive_of_something_else_is_refused() {
        let archive = tar_of(&[("readme", b"hello")]);
        let error = read_archive(archive.as_slice()).expect_err("no images");
        assert!(error.to_string().contains("manifest.json"), "{error}");
    }
}
