//! What the tests over the corpus share.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "each test uses a part; tests read files"
)]

use std::path::PathBuf;

use base64::Engine as _;

/// A file of the corpus; `None`, with a word about it, where the corpus is absent.
pub fn corpus(name: &str) -> Option<String> {
    let folder = std::env::var_os("IMGFIX_CORPUS").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus"),
        PathBuf::from,
    );
    let text = std::fs::read_to_string(folder.join(name));
    if text.is_err() {
        println!("skipped: the corpus is absent ({name})");
    }
    text.ok()
}

/// A Dockerfile of the corpus.
#[derive(serde::Deserialize)]
pub struct Dockerfile {
    pub id: String,
    pub text: Option<String>,
    pub base64: Option<String>,
}

impl Dockerfile {
    /// Its text; `None` where it is not UTF-8.
    pub fn text(&self) -> Option<String> {
        if let Some(text) = &self.text {
            return Some(text.clone());
        }
        let bytes = base64::engine::general_purpose::STANDARD
            .decode(self.base64.as_ref()?)
            .expect("base64");
        String::from_utf8(bytes).ok()
    }
}

/// The Dockerfiles of the corpus.
pub fn dockerfiles() -> Option<Vec<Dockerfile>> {
    let lines = corpus("dockerfiles.jsonl")?;
    Some(
        lines
            .lines()
            .map(|line| serde_json::from_str(line).expect("a record"))
            .collect(),
    )
}
