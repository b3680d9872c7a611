//! The file that says how large images were, and what grew since.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Image, Layer};

/// The version of the format that is written and read.
const FORMAT: u32 = 1;

/// The longest instruction that is written; a longer one is cut.
const MAX_TEXT: usize = 400;

/// The images of a baseline file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    format: u32,
    images: BTreeMap<String, Measured>,
}

/// How large an image was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Measured {
    pub(super) bytes: u64,
    layers: Vec<MeasuredLayer>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MeasuredLayer {
    bytes: u64,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    instruction: String,
}

impl Default for Baseline {
    fn default() -> Self {
        Self {
            format: FORMAT,
            images: BTreeMap::new(),
        }
    }
}

/// A layer of the baseline that is no longer there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gone {
    /// What made it.
    pub instruction: String,
    /// Its bytes.
    pub bytes: u64,
}

impl Baseline {
    /// Reads a baseline file.
    ///
    /// # Errors
    /// Where it is none, or one for another version of imgfix.
    pub fn read(text: &str) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Format {
            format: u32,
        }
        let Format { format } = serde_json::from_str(text)
            .map_err(|error| format!("no baseline of `imgfix size`: {error}"))?;
        if format != FORMAT {
            return Err(format!(
                "a baseline of format {format}, and this imgfix reads format {FORMAT}"
            ));
        }
        serde_json::from_str(text).map_err(|error| format!("no baseline of `imgfix size`: {error}"))
    }

    /// The names of its images.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.images.keys().map(String::as_str)
    }

    /// Puts an image in, or in the place of what is there of this name.
    pub fn set(&mut self, name: &str, image: &Image) {
        let layers = image.layers.iter().map(|layer| MeasuredLayer {
            bytes: layer.bytes,
            instruction: cut(&layer.instruction).to_owned(),
        });
        let measured = Measured {
            bytes: image.bytes(),
            layers: layers.collect(),
        };
        self.images.insert(name.to_owned(), measured);
    }

    /// The file's text.
    pub fn text(&self) -> String {
        serde_json::to_string_pretty(self).expect("values have a form") + "\n"
    }

    pub(super) fn get(&self, name: &str) -> Option<&Measured> {
        self.images.get(name)
    }
}

/// The beginning of an instruction.
fn cut(text: &str) -> &str {
    let end = text.char_indices().nth(MAX_TEXT).map(|(at, _)| at);
    &text[..end.unwrap_or(text.len())]
}

/// What became of layers: for each one its bytes in the baseline, and those that are gone.
pub(super) fn compare(before: &Measured, layers: &[Layer]) -> (Vec<Option<u64>>, Vec<Gone>) {
    let old: Vec<&str> = before.layers.iter().map(|it| &*it.instruction).collect();
    let new: Vec<&str> = layers.iter().map(|it| cut(&it.instruction)).collect();
    let mut bytes = vec![None; layers.len()];
    let mut gone = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (old, new) = (op.old_range(), op.new_range());
        // An instruction that was edited stands where it stood.
        let pairs = old.len().min(new.len());
        for (old, new) in old.clone().zip(new) {
            bytes[new] = Some(before.layers[old].bytes);
        }
        if !matches!(op, DiffOp::Equal { .. }) {
            gone.extend(before.layers[old].iter().skip(pairs).map(|layer| Gone {
                instruction: layer.instruction.clone(),
                bytes: layer.bytes,
            }));
        }
    }
    (bytes, gone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image(layers: &[(&str, u64)]) -> Image {
        let layers = layers.iter().map(|&(instruction, bytes)| Layer {
            instruction: instruction.to_owned(),
            bytes,
            ..Layer::default()
        });
        Image {
            layers: layers.collect(),
            ..Image::default()
        }
    }

    #[test]
    fn a_baseline_is_read_as_it_was_written() {
        let mut baseline = Baseline::default();
        baseline.set("app", &image(&[("ADD x /", 5), ("", 6)]));
        assert_eq!(Baseline::read(&baseline.text()), Ok(baseline.clone()));
        assert_eq!(baseline.get("app").map(|it| it.bytes), Some(11));
    }

    #[test]
    fn something_else_is_refused() {
        for (text, why) in [
            ("", "no baseline"),
            ("[]", "no baseline"),
            (r#"{"format":1}"#, "missing field `images`"),
            (
                r#"{"format":2,"else":1}"#,
                "format 2, and this imgfix reads",
            ),
        ] {
            let error = Baseline::read(text).expect_err("no baseline");
            assert!(error.contains(why), "{error}");
        }
    }

    #[test]
    fn layers_are_found_again_by_what_made_them() {
        let mut baseline = Baseline::default();
        let before = [("ADD x /", 5), ("RUN a", 10), ("COPY b /", 3), ("RUN c", 1)];
        baseline.set("app", &image(&before));
        let after = image(&[
            ("ADD x /", 5),
            ("RUN a && aa", 40),
            ("RUN new", 2),
            ("RUN c", 1),
        ]);
        let before = baseline.get("app").expect("it is there");
        let (bytes, gone) = compare(before, &after.layers);
        assert_eq!(bytes, [Some(5), Some(10), Some(3), Some(1)]);
        assert_eq!(gone, []);
        let shorter = image(&[("ADD x /", 5), ("RUN c", 1), ("RUN d", 1)]);
        let (bytes, gone) = compare(before, &shorter.layers);
        assert_eq!(bytes, [Some(5), Some(1), None]);
        let gone: Vec<&str> = gone.iter().map(|it| &*it.instruction).collect();
        assert_eq!(gone, ["RUN a", "COPY b /"]);
    }
}
