//! How large the image of a Dockerfile is, before and after: as it was measured, else as far as estimates go.

use serde::Deserialize;

use super::{BeforeAndAfter, FileReport, State};
use crate::engine::StageOutline;

/// The size of an image, before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImageSize {
    /// Both were built.
    Measured {
        /// All layers.
        bytes: BeforeAndAfter,
        /// What built them.
        builder: String,
        /// How many differences `imgfix verify` found that no rewrite announces.
        findings: usize,
    },
    /// What the image is made from, and with it before what the rewrites save. What the project itself installs
    /// and builds comes on top, on both sides.
    Estimated(BeforeAndAfter),
    /// Nothing but what the rewrites save.
    Less(u64),
    /// Nothing is known.
    Unknown,
}

/// What was measured of a Dockerfile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Measured {
    /// Nothing.
    #[default]
    Nothing,
    /// Images of other texts than these.
    Outdated,
    /// The rewritten one does not build.
    DoesNotBuild,
    /// Both images.
    Sizes(ImageSize),
}

/// The documents of `imgfix verify --format json`, as far as they are about sizes.
#[derive(Debug, Default, Deserialize)]
pub struct Measurements {
    reports: Vec<Measurement>,
}

#[derive(Debug, Deserialize)]
struct Measurement {
    file: String,
    builder: String,
    digest: Digests,
    before: Bytes,
    after: Option<Bytes>,
    findings: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Digests {
    before: String,
    after: String,
}

#[derive(Debug, Deserialize)]
struct Bytes {
    bytes: u64,
}

impl Measurements {
    /// Reads a document.
    ///
    /// # Errors
    /// Where it is none.
    pub fn read(text: &str) -> Result<Self, String> {
        serde_json::from_str(text)
            .map_err(|error| format!("no document of `imgfix verify --format json`: {error}"))
    }

    /// What was measured of the Dockerfile at `path`. A measurement holds for the two texts that were built.
    pub fn of(&self, path: &str, before: &str, after: &str) -> Measured {
        let Some(found) = self.reports.iter().find(|it| it.file == path) else {
            return Measured::Nothing;
        };
        if found.digest.before != super::digest(before)
            || found.digest.after != super::digest(after)
        {
            return Measured::Outdated;
        }
        let Some(built) = &found.after else {
            return Measured::DoesNotBuild;
        };
        Measured::Sizes(ImageSize::Measured {
            bytes: BeforeAndAfter {
                before: found.before.bytes,
                after: built.bytes,
            },
            builder: found.builder.clone(),
            findings: found.findings.len(),
        })
    }
}

impl FileReport {
    /// How large the image is, before and after.
    pub fn image_size(&self) -> ImageSize {
        if let Measured::Sizes(size) = &self.measured {
            return size.clone();
        }
        let saved = self.estimated_bytes.unwrap_or(0);
        let bases = self.base_image.or_else(|| {
            let before = base_of_only_image(&self.stages_before)?;
            let after = base_of_only_image(&self.stages_after)?;
            // Another base, and nobody says what that means.
            (before == after).then_some(BeforeAndAfter { before, after })
        });
        let Some(BeforeAndAfter { before, after }) = bases else {
            return match saved {
                0 => ImageSize::Unknown,
                saved => ImageSize::Less(saved),
            };
        };
        // The sum has what the other base saves already.
        let more = saved.saturating_sub(before.saturating_sub(after));
        match before + more {
            0 => ImageSize::Unknown,
            before => ImageSize::Estimated(BeforeAndAfter { before, after }),
        }
    }

    /// How many rewrites have no estimate of what they save.
    pub fn without_estimate(&self) -> usize {
        let applied = self.findings.iter().filter(|it| it.state == State::Applied);
        applied.count().saturating_sub(self.estimated_rewrites)
    }
}

/// What is below the only image of a Dockerfile. Where there are several, it is not known which one a rewrite
/// makes smaller.
fn base_of_only_image(stages: &[StageOutline]) -> Option<u64> {
    let mut images = stages.iter().filter(|stage| stage.image.is_some());
    match (images.next(), images.next()) {
        (Some(only), None) => only.base_bytes,
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Outcome;
    use crate::engine::ImageOf;
    use crate::report::findings::Rewritten;

    /// A file whose images are made from bases of so many bytes, before and after.
    fn report(before: &[Option<u64>], after: &[Option<u64>]) -> FileReport {
        let outcome = Outcome::default();
        let stages = |bases: &[Option<u64>]| {
            let stage = |&base_bytes: &Option<u64>| StageOutline {
                name: None,
                line: 1,
                from: String::new(),
                instructions: 0,
                image: Some(ImageOf::Last),
                base_bytes,
                takes: Vec::new(),
            };
            bases.iter().map(stage).collect()
        };
        FileReport::of(Rewritten {
            path: "D",
            repository_path: "D",
            text: "",
            outcome: &outcome,
            fixes: &[],
            ignore_file: None,
        })
        .with_stages(stages(before), stages(after))
    }

    fn estimated(before: u64, after: u64) -> ImageSize {
        ImageSize::Estimated(BeforeAndAfter { before, after })
    }

    #[test]
    fn an_estimate_starts_with_what_the_image_is_made_from() {
        let mut report = report(&[Some(76_000_000)], &[Some(76_000_000)]);
        assert_eq!(report.image_size(), estimated(76_000_000, 76_000_000));
        report.estimated_bytes = Some(20_000_000);
        assert_eq!(report.image_size(), estimated(96_000_000, 76_000_000));
        report.estimated_bytes = Some(820_000_000);
        report.base_image = Some(BeforeAndAfter {
            before: 830_000_000,
            after: 21_000_000,
        });
        assert_eq!(report.image_size(), estimated(841_000_000, 21_000_000));
    }

    #[test]
    fn what_is_not_known_stays_so() {
        let mut unknown = report(&[None], &[None]);
        assert_eq!(unknown.image_size(), ImageSize::Unknown);
        unknown.estimated_bytes = Some(5);
        assert_eq!(unknown.image_size(), ImageSize::Less(5));
        for (before, after) in [
            (&[Some(7), Some(7)][..], &[Some(7), Some(7)][..]),
            (&[Some(7)], &[Some(5)]),
            (&[Some(0)], &[Some(0)]),
        ] {
            assert_eq!(report(before, after).image_size(), ImageSize::Unknown);
        }
    }

    #[test]
    fn a_measurement_holds_for_the_texts_that_were_built() {
        let document = serde_json::json!({ "version": "1", "reports": [{
            "file": "D",
            "builder": "docker 1",
            "digest": { "before": super::super::digest("a"), "after": super::super::digest("b") },
            "before": { "bytes": 9, "layers": [] },
            "after": { "bytes": 7 },
            "findings": [],
        }]});
        let mut measured = Measurements::read(&document.to_string()).expect("a document");
        let size = ImageSize::Measured {
            bytes: BeforeAndAfter {
                before: 9,
                after: 7,
            },
            builder: "docker 1".to_owned(),
            findings: 0,
        };
        assert_eq!(measured.of("D", "a", "b"), Measured::Sizes(size));
        assert_eq!(measured.of("D", "a", "c"), Measured::Outdated);
        assert_eq!(measured.of("E", "a", "b"), Measured::Nothing);
        measured.reports[0].after = None;
        assert_eq!(measured.of("D", "a", "b"), Measured::DoesNotBuild);
        assert!(Measurements::read("[]").is_err());
    }
}
