//! One page to look at, for a browser: it needs nothing beside itself, and no network.
//!
//! Whatever a file says, it writes no markup: the templates escape it, and the page's own policy runs no script
//! and takes no style but the two that stand here, by their digests.

mod file;
mod hunks;
mod sizes;
mod stages;
mod text;

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::report::count;
use crate::report::findings::{FileReport, Finding, Level, Report, State};
use crate::report::size;
use sizes::{Scale, legend};
use text::{Prose, Shown};

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// The levels, the surest one first.
const LEVELS: [Level; 3] = [Level::Safe, Level::Suggested, Level::Unsafe];

/// By what a page is known as one of ours.
pub(crate) const GENERATOR: &str = "<meta name=\"generator\" content=\"imgfix ";

pub(super) fn render(report: &Report) -> String {
    let scale = Scale::of(&report.files);
    html! {
        (DOCTYPE)
        html lang="en" {
            (head(report))
            body {
                a.skip href="#overview" { "Skip to the overview" }
                header { (headline(report)) }
                main {
                    (overview(report, &scale))
                    (filters(report))
                    (failures(report))
                    @for (at, it) in report.files.iter().enumerate() {
                        (file::file(it, at + 1, &scale))
                    }
                }
                footer {
                    p {
                        "Made by " a href=(report.tool.url) rel="noreferrer" { "imgfix" } " "
                        (report.tool.version) ". This page loads nothing from anywhere."
                    }
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
    .into_string()
        + "\n"
}

fn head(report: &Report) -> Markup {
    let policy = format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
        digest(STYLE),
        digest(SCRIPT)
    );
    html! {
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy);
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="generator" content=(format!("imgfix {}", report.tool.version));
            title { "imgfix report" }
            style { (PreEscaped(STYLE)) }
        }
    }
}

/// What a content security policy knows an inline script or style by.
fn digest(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

fn headline(report: &Report) -> Markup {
    let totals = &report.totals;
    let verb = if report.written {
        "changed"
    } else {
        "would change"
    };
    html! {
        h1 { "imgfix report" }
        p.lead {
            (count(totals.files, "Dockerfile")) " read, "
            @if totals.changed == 0 { "nothing to change" } @else {
                (totals.changed) " " (verb) ": " (count(totals.applied, "rewrite"))
            }
            @if totals.failed > 0 { ", " strong.problem { (totals.failed) " failed" } }
            @if totals.estimated_bytes > 0 {
                ". About " strong { (size(totals.estimated_bytes)) " less" } " by estimate"
                @if totals.estimated_rewrites < totals.applied {
                    ", for " (totals.estimated_rewrites) " of " (count(totals.applied, "rewrite"))
                }
            }
            "."
        }
    }
}

fn overview(report: &Report, scale: &Scale) -> Markup {
    html! {
        section #overview aria-labelledby="overview-name" {
            h2 #overview-name { "Overview" }
            @if report.files.is_empty() {
                p { "No Dockerfile was read." }
            } @else {
                div.wide {
                    table.overview {
                        caption.hidden-text { "All Dockerfiles: rewrites and sizes of their images" }
                        thead { tr {
                            th scope="col" { "Dockerfile" }
                            th.count scope="col" { "Rewrites" }
                            th.count scope="col" { "Held back" }
                            th.count scope="col" { "Declined" }
                            th.sizes scope="col" { "Image, before → after" }
                        } }
                        tbody {
                            @for (at, it) in report.files.iter().enumerate() {
                                (row(it, at + 1, scale))
                            }
                        }
                    }
                }
                (legend())
            }
        }
    }
}

fn row(file: &FileReport, number: usize, scale: &Scale) -> Markup {
    let of = |state| file.findings.iter().filter(|it| it.state == state).count();
    html! {
        tr data-row=(number) {
            th scope="row" translate="no" { a href=(format!("#file-{number}")) { (Shown(&file.path)) } }
            td.count data-count="applied" { (of(State::Applied)) }
            td.count data-count="held-back" { (of(State::HeldBack)) }
            td.count data-count="declined" { (file.declined.len()) }
            td.sizes { (sizes::sizes(file, scale)) }
        }
    }
}

/// Shown by the script: without it they would do nothing.
fn filters(report: &Report) -> Markup {
    let findings = || report.files.iter().flat_map(|file| &file.findings);
    let mut transforms: BTreeMap<&str, usize> = BTreeMap::new();
    for id in findings().map(|finding| finding.transform) {
        *transforms.entry(id).or_default() += 1;
    }
    for file in &report.files {
        let declined = file
            .declined
            .iter()
            .map(|it| it.transform.unwrap_or("file"));
        for id in declined.chain(file.rejected.iter().map(|it| it.transform)) {
            *transforms.entry(id).or_default() += 1;
        }
    }
    let levels = LEVELS.map(|level| {
        let of = |it: &&Finding| it.level == level;
        (level.name(), findings().filter(of).count())
    });
    html! {
        section #filters hidden="" aria-labelledby="filters-name" {
            h2 #filters-name { "Filters" }
            div.filters {
                (boxes("Transform", "transform", transforms.into_iter()))
                (boxes("Level", "level", levels.into_iter().filter(|(_, count)| *count > 0)))
            }
            p.note { "What was declined has no level, and stays whichever levels are chosen." }
            p.shown {
                span #shown role="status" {}
                " " button #all type="button" { "Show all" }
            }
        }
    }
}

fn boxes<'a>(legend: &str, name: &str, values: impl Iterator<Item = (&'a str, usize)>) -> Markup {
    html! {
        fieldset {
            legend { (legend) }
            @for (value, count) in values {
                label {
                    input type="checkbox" name=(name) value=(value) checked="";
                    " " (if value == "file" { "the whole file" } else { value }) " " span.note { "(" (count) ")" }
                }
            }
        }
    }
}

fn failures(report: &Report) -> Markup {
    html! {
        @if !report.failures.is_empty() {
            section aria-labelledby="failures-name" {
                h2 #failures-name { "Failed" }
                ul.entries {
                    @for failure in &report.failures {
                        li.entry.failure {
                            p { strong.problem { (Prose(&failure.message)) } }
                            @if let Some(hint) = &failure.hint { p.note { "Hint: " (Prose(hint)) } }
                        }
                    }
                }
            }
        }
    }
}
