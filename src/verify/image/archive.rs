//! Archives of images, as `docker save` and its kin write them, and as the OCI describes them. Each is read
//! once, from front to back; a layer is handed on while it passes by, and only what its reader makes of it
//! is kept.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;

use flate2::bufread::MultiGzDecoder;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tar::{Archive, EntryType};

/// So much JSON is held in memory of one archive at most.
const MAX_JSON: u64 = 64 * 1024 * 1024;

/// An index may name further indexes; so many levels are followed.
const MAX_DEPTH: usize = 4;

/// An image of an archive.
#[derive(Clone, Debug)]
pub(crate) struct Saved<L> {
    /// What it is called.
    pub(crate) tags: Vec<String>,
    /// The platform, where the archive names one for it.
    pub(crate) platform: Option<String>,
    /// Its layers, the lowest one first.
    pub(crate) layers: Vec<Arc<L>>,
    config: Vec<u8>,
}

impl<L> Saved<L> {
    /// Its configuration file, read as `T`.
    ///
    /// # Errors
    /// Where it says something else.
    pub(crate) fn config<T: DeserializeOwned>(&self) -> io::Result<T> {
        parse("the image's configuration", &self.config)
    }
}

/// What a member of the archive is.
enum Member<L> {
    Json(Vec<u8>),
    Layer(Arc<L>),
    /// The same as another one.
    Same(String),
}

/// `manifest.json` of `docker save`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ManifestEntry {
    config: String,
    repo_tags: Option<Vec<String>>,
    layers: Vec<String>,
}

/// An index or a manifest of the OCI; which one, its members say.
/// <https://github.com/opencontainers/image-spec/blob/main/image-layout.md>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    #[serde(default)]
    manifests: Vec<Descriptor>,
    config: Option<Descriptor>,
    #[serde(default)]
    layers: Vec<Descriptor>,
}

#[derive(Debug, Deserialize)]
struct Descriptor {
    digest: String,
    #[serde(default)]
    annotations: BTreeMap<String, String>,
    platform: Option<Platform>,
}

#[derive(Debug, Deserialize)]
struct Platform {
    os: String,
    architecture: String,
    variant: Option<String>,
}

/// Reads all images of an archive, which may be compressed with gzip. `read_layer` gets the uncompressed
/// archive of each layer.
///
/// # Errors
/// Where it cannot be read or is no such archive; and what `read_layer` finds.
pub(crate) fn read<L>(
    archive: impl Read,
    mut read_layer: impl FnMut(&mut dyn Read) -> io::Result<L>,
) -> io::Result<Vec<Saved<L>>> {
    let mut archive = BufReader::with_capacity(128 * 1024, archive);
    if archive.fill_buf()?.starts_with(&[0x1f, 0x8b]) {
        return members(MultiGzDecoder::new(archive), &mut read_layer)?.images();
    }
    members(archive, &mut read_layer)?.images()
}

fn members<L>(
    archive: impl Read,
    read_layer: &mut dyn FnMut(&mut dyn Read) -> io::Result<L>,
) -> io::Result<Members<L>> {
    let mut members = Members {
        by_name: BTreeMap::new(),
        json: 0,
    };
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
            EntryType::Regular | EntryType::Continuous => {
                member(&mut entry, &mut members.json, read_layer).map_err(|error| {
                    io::Error::new(error.kind(), format!("{name} in the archive: {error}"))
                })?
            }
            _ => None,
        };
        if let Some(member) = member {
            members.by_name.insert(name, member);
        }
    }
    Ok(members)
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

fn member<L>(
    entry: &mut impl Read,
    json_held: &mut u64,
    read_layer: &mut dyn FnMut(&mut dyn Read) -> io::Result<L>,
) -> io::Result<Option<Member<L>>> {
    // A pipe gives what it has; a header of tar is 512 bytes.
    let mut head = Vec::new();
    entry.by_ref().take(512).read_to_end(&mut head)?;
    if head.is_empty() {
        return Ok(None);
    }
    let reader = head.as_slice().chain(entry);
    let mut reader = BufReader::with_capacity(128 * 1024, reader);
    if head.get(257..262) == Some(b"ustar") || head.iter().all(|&byte| byte == 0) {
        return Ok(Some(Member::Layer(Arc::new(read_layer(&mut reader)?))));
    }
    if matches!(head[0], b'{' | b'[') {
        let mut json = Vec::new();
        let left = MAX_JSON - *json_held;
        reader.take(left + 1).read_to_end(&mut json)?;
        if json.len() as u64 > left {
            return Err(invalid(format!(
                "more than {} MiB of descriptions",
                MAX_JSON / 1024 / 1024
            )));
        }
        *json_held += json.len() as u64;
        return Ok(Some(Member::Json(json)));
    }
    if head.starts_with(&[0x1f, 0x8b]) {
        let layer = read_layer(&mut MultiGzDecoder::new(reader))?;
        return Ok(Some(Member::Layer(Arc::new(layer))));
    }
    if head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        let message = "a layer is compressed with zstd, which is not read; let the engine save it uncompressed";
        return Err(io::Error::new(io::ErrorKind::Unsupported, message));
    }
    Ok(None)
}

fn invalid(message: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message.into())
}

fn parse<T: DeserializeOwned>(name: &str, bytes: &[u8]) -> io::Result<T> {
    serde_json::from_slice(bytes).map_err(|error| invalid(format!("{name}: {error}")))
}

/// The members of an archive by their names.
struct Members<L> {
    by_name: BTreeMap<String, Member<L>>,
    /// Bytes of JSON.
    json: u64,
}

impl<L> Members<L> {
    fn images(&self) -> io::Result<Vec<Saved<L>>> {
        // Newer engines write both kinds; the older one has the tags in full.
        if let Some(manifest) = self.json("manifest.json") {
            return self.of_docker(parse("manifest.json", manifest)?);
        }
        let Some(index) = self.json("index.json") else {
            return Err(invalid(
                "no image archive: it has neither manifest.json nor index.json",
            ));
        };
        let index: Document = parse("index.json", index)?;
        let mut images = Vec::new();
        self.of_index(&index, &[], &mut images, 0)?;
        if images.is_empty() {
            return Err(invalid("its index.json names no image that is in it"));
        }
        Ok(images)
    }

    fn of_docker(&self, manifest: Vec<ManifestEntry>) -> io::Result<Vec<Saved<L>>> {
        let images = manifest.into_iter().map(|entry| {
            let config = self.needed_json(&entry.config)?.to_owned();
            let layers = entry.layers.iter().map(|name| self.layer(name));
            Ok(Saved {
                tags: entry.repo_tags.unwrap_or_default(),
                platform: None,
                layers: layers.collect::<io::Result<_>>()?,
                config,
            })
        });
        images.collect()
    }

    fn of_index(
        &self,
        index: &Document,
        names: &[String],
        images: &mut Vec<Saved<L>>,
        depth: usize,
    ) -> io::Result<()> {
        if depth > MAX_DEPTH {
            return Err(invalid("its indexes name one another without an end"));
        }
        for descriptor in &index.manifests {
            // An engine leaves out the platforms that it has not; what is attested of an image is no image.
            let is_image = descriptor
                .platform
                .as_ref()
                .is_none_or(|it| it.os != "unknown");
            let Some(json) = self.json(&blob(&descriptor.digest)).filter(|_| is_image) else {
                continue;
            };
            let document: Document = parse(&descriptor.digest, json)?;
            let own = name(descriptor);
            let names = own.as_ref().map_or(names, std::slice::from_ref);
            match &document.config {
                None => self.of_index(&document, names, images, depth + 1)?,
                Some(config) => {
                    let layers = document
                        .layers
                        .iter()
                        .map(|it| self.layer(&blob(&it.digest)));
                    images.push(Saved {
                        tags: names.to_vec(),
                        platform: descriptor.platform.as_ref().map(Platform::text),
                        layers: layers.collect::<io::Result<_>>()?,
                        config: self.needed_json(&blob(&config.digest))?.to_owned(),
                    });
                }
            }
        }
        Ok(())
    }

    fn find(&self, name: &str) -> Option<&Member<L>> {
        let mut name = plain(name);
        for _ in 0..8 {
            match self.by_name.get(&name) {
                Some(Member::Same(to)) => name.clone_from(to),
                found => return found,
            }
        }
        None
    }

    fn json(&self, name: &str) -> Option<&[u8]> {
        match self.find(name) {
            Some(Member::Json(bytes)) => Some(bytes),
            _ => None,
        }
    }

    fn needed_json(&self, name: &str) -> io::Result<&[u8]> {
        self.json(name)
            .ok_or_else(|| invalid(format!("the image archive has no {name}")))
    }

    fn layer(&self, name: &str) -> io::Result<Arc<L>> {
        match self.find(name) {
            Some(Member::Layer(layer)) => Ok(Arc::clone(layer)),
            _ => Err(invalid(format!("the image archive has no layer {name}"))),
        }
    }
}

/// Where the bytes of a digest lie: `sha256:ab…` in `blobs/sha256/ab…`.
fn blob(digest: &str) -> String {
    format!("blobs/{}", digest.replacen(':', "/", 1))
}

/// What an image of an index is called: containerd says it in full, others give the tag alone.
fn name(descriptor: &Descriptor) -> Option<String> {
    [
        "io.containerd.image.name",
        "org.opencontainers.image.ref.name",
    ]
    .iter()
    .find_map(|key| descriptor.annotations.get(*key))
    .cloned()
}

impl Platform {
    fn text(&self) -> String {
        let variant = self.variant.as_ref().map(|it| format!("/{it}"));
        let variant = variant.unwrap_or_default();
        format!("{}/{}{variant}", self.os, self.architecture)
    }
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
            builder
                .append_data(&mut header, path, *content)
                .expect("a member");
        }
        builder.into_inner().expect("an archive")
    }

    fn bytes(from: &mut dyn Read) -> io::Result<u64> {
        io::copy(from, &mut io::sink())
    }

    const INDEX: &[u8] = br#"{"schemaVersion":2,"manifests":[{"digest":"sha256:1d",
        "annotations":{"io.containerd.image.name":"docker.io/library/app:1",
        "org.opencontainers.image.ref.name":"1"}}]}"#;

    /// An image for two platforms, of which one is there, and what is attested of it.
    const NESTED: &[u8] = br#"{"manifests":[
        {"digest":"sha256:a0","platform":{"os":"linux","architecture":"arm64","variant":"v8"}},
        {"digest":"sha256:a1","platform":{"os":"linux","architecture":"amd64"}},
        {"digest":"sha256:a0","platform":{"os":"unknown","architecture":"unknown"}}]}"#;

    const MANIFEST: &[u8] =
        br#"{"config":{"digest":"sha256:c0"},"layers":[{"digest":"sha256:10"}]}"#;

    #[test]
    fn an_oci_layout_is_read_through_its_indexes() {
        let layer = tar_of(&[("a", b"1234")]);
        let archive = tar_of(&[
            ("./blobs/sha256/10", &layer),
            ("./blobs/sha256/1d", NESTED),
            ("./blobs/sha256/a0", MANIFEST),
            ("./blobs/sha256/c0", br#"{"history":[]}"#),
            ("./index.json", INDEX),
        ]);
        let images = read(archive.as_slice(), bytes).expect("images");
        assert_eq!(images.len(), 1);
        assert_eq!(images[0].tags, ["docker.io/library/app:1"]);
        assert_eq!(images[0].platform.as_deref(), Some("linux/arm64/v8"));
        assert_eq!(*images[0].layers[0], layer.len() as u64);
    }

    #[test]
    fn a_compressed_archive_is_read() {
        let layer = tar_of(&[("a", b"1234")]);
        let archive = tar_of(&[
            ("manifest.json", br#"[{"Config":"c","Layers":["l"]}]"#),
            ("c", b"{}"),
            ("l", &layer),
        ]);
        let mut gz = Vec::new();
        flate2::read::GzEncoder::new(archive.as_slice(), flate2::Compression::fast())
            .read_to_end(&mut gz)
            .expect("compressed");
        let images = read(gz.as_slice(), bytes).expect("images");
        assert_eq!(*images[0].layers[0], layer.len() as u64);
    }

    #[test]
    fn indexes_in_a_circle_and_parts_that_lack_are_refused() {
        let circle = br#"{"manifests":[{"digest":"sha256:1d"}]}"#;
        let error = |files: &[(&str, &[u8])]| {
            let archive = tar_of(files);
            read(archive.as_slice(), bytes)
                .expect_err("no images")
                .to_string()
        };
        let found = error(&[("blobs/sha256/1d", circle), ("index.json", INDEX)]);
        assert!(found.contains("without an end"), "{found}");
        let found = error(&[("index.json", INDEX)]);
        assert!(found.contains("names no image"), "{found}");
        let found = error(&[("blobs/sha256/1d", MANIFEST), ("index.json", INDEX)]);
        assert!(found.contains("has no layer blobs/sha256/10"), "{found}");
        let found = error(&[("index.json", b"{]")]);
        assert!(found.starts_with("index.json: "), "{found}");
    }
}
