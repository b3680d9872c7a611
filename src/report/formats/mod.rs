//! The forms in which a run's findings are printed, one file each. A form renders [`Report`]; what it says
//! stands there.

mod checkstyle;
mod github;
mod gitlab;
mod html;
mod json;
mod junit;
mod markdown;
mod rdjson;
mod sarif;
mod text;
mod xml;

pub(crate) use html::GENERATOR;

use schemars::Schema;

use super::Palette;
use super::findings::{Finding, Report, TOOL};

/// A form in which findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Annotated excerpts of the files, for a terminal.
    Text,
    /// One document of our own form.
    Json,
    /// The same, an object a line.
    JsonLines,
    /// SARIF 2.1.0, with fixes.
    Sarif,
    /// Workflow commands of GitHub Actions, which annotate files.
    Github,
    /// The Code Quality report of GitLab.
    Gitlab,
    /// reviewdog's form, with suggestions.
    Rdjson,
    /// The same, a diagnostic a line.
    RdjsonLines,
    /// The XML of Checkstyle.
    Checkstyle,
    /// The XML of `JUnit`.
    Junit,
    /// A comment for a pull request.
    Markdown,
    /// A page for a browser.
    Html,
}

/// Prints a report. Only [`Format::Text`] has colours.
pub fn render(format: Format, report: &Report, palette: Palette) -> String {
    match format {
        Format::Text => text::render(report, palette),
        Format::Json => json::document(report),
        Format::JsonLines => json::lines(report),
        Format::Sarif => sarif::render(report),
        Format::Github => github::render(report),
        Format::Gitlab => gitlab::render(report),
        Format::Rdjson => rdjson::document(report),
        Format::RdjsonLines => rdjson::lines(report),
        Format::Checkstyle => checkstyle::render(report),
        Format::Junit => junit::render(report),
        Format::Markdown => markdown::render(report),
        Format::Html => html::render(report),
    }
}

/// The schema of [`Format::Json`].
pub fn json_schema() -> Schema {
    json::schema()
}

/// The page of a transform on the web.
pub(crate) fn page(transform: &str) -> String {
    let file = transform.replace('-', "_");
    format!("{}/blob/main/transforms/{file}.md", TOOL.url)
}

/// What a rewrite does and why, as one sentence.
pub(crate) fn sentence(finding: &Finding) -> String {
    format!("{}: {}", finding.title, finding.because)
}

/// A value as JSON, in lines.
fn pretty(value: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(value).expect("values have a form") + "\n"
}

/// A value as JSON, on one line.
fn compact(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("values have a form") + "\n"
}
