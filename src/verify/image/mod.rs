//! Images, as an engine saves them: configuration, layers, files.

pub(crate) mod archive;
mod elf;
pub(crate) mod layer;
mod tree;

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::Arc;

use serde::Deserialize;

pub(crate) use elf::Linkage;
pub(crate) use tree::{Content, Kind, Layer, Node, Tree};

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

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ConfigFile {
    config: Option<Config>,
}

/// Reads all images of an archive, by their tags. It is read once, from front to back, and nothing is
/// written.
///
/// # Errors
/// Where it cannot be read or holds no images.
pub(crate) fn read_archive(archive: impl Read) -> io::Result<BTreeMap<String, Image>> {
    let mut images = BTreeMap::new();
    for saved in archive::read(archive, |from| layer::read(from))? {
        let file: ConfigFile = saved.config()?;
        let mut image = Image {
            config: file.config.unwrap_or_default(),
            ..Image::default()
        };
        for layer in saved.layers {
            image.tree.apply(&layer);
            image.layers.push(layer);
        }
        for tag in saved.tags {
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
