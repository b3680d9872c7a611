//! Measures images, compares them with a baseline, and says which instruction ships what for nothing.
//!
//! Images come as archives, from a file or from an engine that saves them, and are read once from front to
//! back. Nothing is written here.
#![allow(
    clippy::disallowed_methods,
    reason = "archives are streams; `cli` opens them"
)]

mod contents;
mod hidden;
mod history;

mod recipe;

mod baseline;

mod show;

use std::io::{self, Read};

use imgfix_syntax::Keyword;
use serde::{Deserialize, Serialize};

pub use baseline::{Baseline, Gone};
pub use hidden::{Hidden, How};
pub use recipe::{Recipe, Saving, State};
pub use show::{Summary, text as show_text};

use crate::verify::image::archive;
use history::{Entry, Step};

/// An image, measured.
#[derive(Clone, Debug, Default)]
pub struct Image {
    /// What its archive calls it.
    pub tags: Vec<String>,
    /// The platform, where the archive names one for it.
    pub platform: Option<String>,
    /// Its layers, the lowest one first.
    pub layers: Vec<Layer>,
    /// What its layers hide of one another, the most bytes first.
    pub hidden: Vec<Hidden>,
    history: Vec<Step>,
}

/// A layer, measured.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Layer {
    /// Bytes of its files, uncompressed.
    pub bytes: u64,
    /// How many files.
    pub files: usize,
    /// Bytes of those that a later layer hides.
    pub hidden_bytes: u64,
    /// The instruction that made it, as the history tells it; empty where it does not.
    pub instruction: String,
}

impl Image {
    /// Bytes of all layers, as `docker image ls` counts them.
    pub fn bytes(&self) -> u64 {
        self.layers.iter().map(|layer| layer.bytes).sum()
    }

    /// What made a layer.
    fn keyword(&self, layer: usize) -> Keyword {
        let step = self.history.iter().find(|step| step.layer == Some(layer));
        step.map_or(Keyword::Unknown, |step| step.keyword)
    }
}

/// How much an image may grow, in per cent of the baseline.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Limits {
    /// Above this it is told.
    pub warn_above: f64,
    /// Above this it is a failure.
    pub fail_above: f64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            warn_above: 10.0,
            fail_above: 25.0,
        }
    }
}

/// What the comparison with the baseline says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// There is no baseline.
    Measured,
    /// The baseline does not know the image.
    New,
    /// It grew by no more than is allowed, or shrank.
    Within,
    /// It grew by more than what is told.
    Warning,
    /// It grew by more than is allowed.
    TooLarge,
}

/// What was found about one image.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The name under which the baseline knows it.
    pub name: String,
    /// What the comparison says.
    pub verdict: Verdict,
    /// Bytes of all layers, uncompressed.
    pub bytes: u64,
    /// Those of the baseline.
    pub baseline_bytes: Option<u64>,
    /// The growth in per cent; `None` without a baseline, or where that is of 0 bytes.
    pub growth_percent: Option<f64>,
    /// The layers, the lowest one first.
    pub layers: Vec<LayerReport>,
    /// Layers of the baseline that are no longer there.
    pub gone: Vec<Gone>,
    /// Bytes that a later layer hides.
    pub hidden_bytes: u64,
    /// What they are, the most bytes first.
    pub hidden: Vec<HiddenReport>,
    /// What else is to be said.
    pub notes: Vec<String>,
}

/// What was found about a layer.
#[derive(Clone, Debug, Serialize)]
pub struct LayerReport {
    /// The layer.
    #[serde(flatten)]
    pub layer: Layer,
    /// The line of the Dockerfile.
    pub line: Option<usize>,
    /// Its bytes in the baseline; `None` where it is new, or without a baseline.
    pub baseline_bytes: Option<u64>,
}

/// Hidden bytes, with the rewrite that saves them.
#[derive(Clone, Debug, Serialize)]
pub struct HiddenReport {
    /// What is hidden.
    #[serde(flatten)]
    pub hidden: Hidden,
    /// The rewrite; `None` where none is known.
    pub saving: Option<Saving>,
}

/// Reads the images of an archive in the format of `docker save` or of the OCI.
///
/// ```no_run
/// for image in imgfix::size::read(std::fs::File::open("app.tar")?)? {
///     println!("{}: {} bytes in {} layers", image.tags.join(", "), image.bytes(), image.layers.len());
/// }
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// Where it cannot be read or is no such archive.
pub fn read(archive: impl Read) -> io::Result<Vec<Image>> {
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Config {
        history: Vec<Entry>,
    }
    let mut images = Vec::new();
    for saved in archive::read(archive, contents::read)? {
        let config: Config = saved.config()?;
        let history = history::steps(&config.history, saved.layers.len());
        let hidden = hidden::find(&saved.layers);
        let layers = saved.layers.iter().enumerate().map(|(at, contents)| {
            let step = history.iter().find(|step| step.layer == Some(at));
            let hidden = hidden.iter().filter(|hidden| hidden.layer == at);
            Layer {
                bytes: contents.bytes,
                files: contents.files,
                hidden_bytes: hidden.map(|hidden| hidden.bytes).sum(),
                instruction: step.map(|step| step.text.clone()).unwrap_or_default(),
            }
        });
        images.push(Image {
            layers: layers.collect(),
            tags: saved.tags,
            platform: saved.platform,
            hidden,
            history,
        });
    }
    Ok(images)
}

/// Compares an image with the baseline, and lays the Dockerfile beside it.
pub fn report(
    name: &str,
    image: &Image,
    baseline: Option<&Baseline>,
    limits: Limits,
    recipe: Option<&Recipe>,
) -> Report {
    let bytes = image.bytes();
    let before = baseline.and_then(|baseline| baseline.get(name));
    let (old_bytes, gone) = match before {
        Some(before) => baseline::compare(before, &image.layers),
        None => (vec![None; image.layers.len()], Vec::new()),
    };
    let placed = recipe.map(|recipe| (recipe, recipe.places(&image.history, image.layers.len())));
    let placed = placed.as_ref().map(|(recipe, places)| (*recipe, places));
    let layers = image
        .layers
        .iter()
        .enumerate()
        .map(|(at, layer)| LayerReport {
            layer: layer.clone(),
            line: placed.and_then(|(_, places)| places.lines[at]),
            baseline_bytes: old_bytes[at],
        });
    let hidden = image.hidden.iter().map(|hidden| HiddenReport {
        hidden: hidden.clone(),
        saving: recipe::saving(hidden, placed, |layer| image.keyword(layer)),
    });
    let mut notes = Vec::new();
    if let Some((recipe, places)) = placed
        && places.found.0 < places.found.1
    {
        notes.push(format!(
            "{} of the {} instructions of {} are in the history of the image: it was built from another \
             version of it, or of another stage (`--target`)",
            places.found.0, places.found.1, recipe.label
        ));
    }
    let old = before.map(|before| before.bytes);
    Report {
        name: name.to_owned(),
        verdict: verdict(baseline.is_some(), old, bytes, limits),
        bytes,
        baseline_bytes: old,
        growth_percent: old.filter(|&old| old > 0).map(|old| growth(old, bytes)),
        layers: layers.collect(),
        gone,
        hidden_bytes: image.hidden.iter().map(|hidden| hidden.bytes).sum(),
        hidden: hidden.collect(),
        notes,
    }
}

/// The growth in per cent, with two digits behind the point.
fn growth(before: u64, now: u64) -> f64 {
    let exact = (now as f64 - before as f64) / before as f64 * 100.0;
    (exact * 100.0).round() / 100.0
}

fn verdict(has_baseline: bool, before: Option<u64>, now: u64, limits: Limits) -> Verdict {
    let Some(before) = before else {
        return if has_baseline {
            Verdict::New
        } else {
            Verdict::Measured
        };
    };
    let is_above =
        |per_cent: f64| now as f64 > before as f64 * (1.0 + per_cent / 100.0) && now > before;
    if is_above(limits.fail_above) {
        Verdict::TooLarge
    } else if is_above(limits.warn_above) {
        Verdict::Warning
    } else {
        Verdict::Within
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_is_judged_against_both_limits() {
        let limits = Limits::default();
        let judged = |before, now| verdict(true, Some(before), now, limits);
        assert_eq!(judged(1000, 1100), Verdict::Within);
        assert_eq!(judged(1000, 1101), Verdict::Warning);
        assert_eq!(judged(1000, 1250), Verdict::Warning);
        assert_eq!(judged(1000, 1251), Verdict::TooLarge);
        assert_eq!(judged(1000, 10), Verdict::Within);
        assert_eq!(judged(0, 0), Verdict::Within);
        assert_eq!(judged(0, 1), Verdict::TooLarge);
        assert_eq!(verdict(true, None, 1, limits), Verdict::New);
        assert_eq!(verdict(false, None, 1, limits), Verdict::Measured);
    }

    #[test]
    fn growth_is_in_per_cent_of_the_baseline() {
        assert!((growth(300, 400) - 33.33).abs() < 1e-9);
        assert!((growth(400, 300) + 25.0).abs() < 1e-9);
    }
}
