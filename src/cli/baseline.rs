//! The findings that are known and left as they are for now, in a file beside the code.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::error::Failure;
use super::input::read_text;
use super::output::{create, replace};
use crate::report::findings::{FileReport, State};

/// The version of the file's form.
const SCHEMA_VERSION: u32 = 1;

/// A baseline file.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Baseline {
    schema_version: u32,
    findings: Vec<Known>,
}

/// A finding that is known. Its fingerprint is what counts; the rest is for who reads the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Known {
    path: String,
    line: usize,
    transform: String,
    title: String,
    pub(crate) fingerprint: String,
}

impl Known {
    /// The findings of a file.
    pub(crate) fn of(file: &FileReport) -> Vec<Self> {
        let applied = file.findings.iter().filter(|it| it.state == State::Applied);
        applied
            .map(|finding| Self {
                path: file.repository_path.clone(),
                line: finding.region.start.line,
                transform: finding.transform.to_owned(),
                title: finding.title.clone(),
                fingerprint: finding.fingerprint.clone(),
            })
            .collect()
    }
}

impl Baseline {
    /// Reads a baseline file.
    ///
    /// # Errors
    /// Where it cannot be read, is no baseline, or is one of a later version.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let label = path.display().to_string();
        let hint = format!("`--write-baseline {label}` makes it");
        let text = read_text(path, &label).map_err(|failure| failure.hint(hint.as_str()))?;
        let baseline: Self = serde_json::from_str(&text).map_err(|error| {
            Failure::new(format!("{label}: is no baseline: {error}")).hint(hint.as_str())
        })?;
        if baseline.schema_version != SCHEMA_VERSION {
            let version = baseline.schema_version;
            return Err(Failure::new(format!(
                "{label}: is a baseline of version {version}, and this imgfix reads version {SCHEMA_VERSION}"
            ))
            .hint(hint));
        }
        Ok(baseline)
    }

    /// The fingerprints, by the path of their file.
    pub(crate) fn by_path(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut by_path: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for known in &self.findings {
            let of_path = by_path.entry(known.path.as_str()).or_default();
            of_path.insert(known.fingerprint.as_str());
        }
        by_path
    }

    /// The findings of a file that are known: their fingerprints.
    pub(crate) fn known_in<'f>(&self, file: &'f FileReport) -> BTreeSet<&'f str> {
        let known: BTreeSet<&str> = self
            .findings
            .iter()
            .filter(|known| known.path == file.repository_path)
            .map(|known| known.fingerprint.as_str())
            .collect();
        let found = file.findings.iter().map(|it| it.fingerprint.as_str());
        found.filter(|it| known.contains(it)).collect()
    }

    /// Writes a baseline file with these findings, in the order of files and lines.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(crate) fn write(path: &Path, mut findings: Vec<Known>) -> Result<(), Failure> {
        let label = path.display().to_string();
        findings.sort();
        let baseline = Self {
            schema_version: SCHEMA_VERSION,
            findings,
        };
        let text = serde_json::to_string_pretty(&baseline).expect("values have a form") + "\n";
        // A symbolic link is followed: what it leads to is replaced.
        match path.canonicalize() {
            Ok(real) => replace(&real, &label, &read_text(&real, &label)?, &text),
            Err(_) => create(path, &label, &text),
        }
    }
}
