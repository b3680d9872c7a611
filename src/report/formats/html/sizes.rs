//! Sizes before and after, as words and as bars of one scale. What is not known is drawn as not known.

use maud::{Markup, html};

use crate::report::findings::{BeforeAndAfter, FileReport, ImageSize, Measured};
use crate::report::size;

/// The scale of all bars of a page: the bytes of the longest one.
pub(super) struct Scale(u64);

/// Per cent of the width that a bar may take; the rest is for the end that is not known.
const WIDTH: f64 = 92.0;

impl Scale {
    pub(super) fn of(files: &[FileReport]) -> Self {
        let largest = files.iter().map(|file| match file.image_size() {
            ImageSize::Measured { bytes, .. } | ImageSize::Estimated(bytes) => {
                bytes.before.max(bytes.after)
            }
            ImageSize::Less(bytes) => bytes,
            ImageSize::Unknown => 0,
        });
        Self(largest.max().unwrap_or(0).max(1))
    }

    fn per_cent(&self, bytes: u64) -> f64 {
        bytes as f64 / self.0 as f64 * WIDTH
    }
}

/// The sizes of one file: words, and bars that say the same.
pub(super) fn sizes(file: &FileReport, scale: &Scale) -> Markup {
    let size_of = file.image_size();
    html! {
        p.size { (words(file, &size_of)) }
        @if size_of != ImageSize::Unknown { (bars(&size_of, scale)) }
    }
}

fn words(file: &FileReport, size_of: &ImageSize) -> Markup {
    html! {
        @match size_of {
            ImageSize::Measured { bytes, .. } => {
                strong { (size(bytes.before)) " → " (size(bytes.after)) }
                " " span.tag { "measured" } " " (change(*bytes))
            }
            ImageSize::Estimated(bytes) if bytes.before == bytes.after => {
                strong { (size(bytes.before)) " + project" }
                " " span.tag { "estimate" }
                @if file.changed { " no saving known" } @else { " stays as it is" }
            }
            ImageSize::Estimated(bytes) => {
                strong { (size(bytes.before)) " → " (size(bytes.after)) " + project" }
                " " span.tag { "estimate" } " −" (size(bytes.before.saturating_sub(bytes.after)))
                (or_more(file))
            }
            ImageSize::Less(bytes) => {
                strong { "size not known" }
                " " span.tag { "estimate" } " −" (size(*bytes)) (or_more(file))
            }
            ImageSize::Unknown => {
                strong { "not known" }
                @if !file.changed { ", stays as it is" }
            }
        }
        (note(file, size_of))
    }
}

/// The rewrites without an estimate save something, too, or nothing.
fn or_more(file: &FileReport) -> &'static str {
    if file.without_estimate() > 0 {
        " or more"
    } else {
        ""
    }
}

fn note(file: &FileReport, size_of: &ImageSize) -> Markup {
    html! {
        @match (&file.measured, size_of) {
            (Measured::Outdated, _) => {
                " " span.note { "What was measured is of another state of this file." }
            }
            (Measured::DoesNotBuild, _) => {
                " " strong.problem { "The rewritten file does not build." }
            }
            (_, ImageSize::Measured { findings: 1.., .. }) => {
                " " strong.problem { "imgfix verify found differences that no rewrite announces." }
            }
            _ => {}
        }
    }
}

fn change(bytes: BeforeAndAfter) -> Markup {
    let BeforeAndAfter { before, after } = bytes;
    let (sign, difference) = if after > before {
        ("+", after - before)
    } else {
        ("−", before - after)
    };
    html! {
        @if difference == 0 { "the same" } @else {
            (sign) (size(difference))
            @if before > 0 { " (" (sign) (format!("{:.1}", difference as f64 / before as f64 * 100.0)) " %)" }
        }
    }
}

/// The words above say the same, so that readers of the page's text miss nothing.
fn bars(size_of: &ImageSize, scale: &Scale) -> Markup {
    let (before, after, kept, is_open) = match size_of {
        ImageSize::Measured { bytes, .. } => (bytes.before, bytes.after, bytes.before, false),
        ImageSize::Estimated(it) => (it.before, it.after, it.before.min(it.after), true),
        ImageSize::Less(bytes) => (*bytes, 0, 0, true),
        ImageSize::Unknown => (0, 0, 0, true),
    };
    let at = |bytes: u64| format!("{:.2}%", scale.per_cent(bytes));
    html! {
        svg.bars width="100%" height="30" aria-hidden="true" focusable="false" {
            rect.track x="0" y="1" width="100%" height="12" rx="2" {}
            rect.before x="0" y="1" width=(at(kept)) height="12" rx="2" {}
            @if kept < before {
                rect.goes x=(at(kept)) y="1" width=(at(before - kept)) height="12" rx="2" {}
            }
            @if is_open { rect.open x=(at(before)) y="1.5" width="5%" height="11" rx="2" {} }
            rect.track x="0" y="17" width="100%" height="12" rx="2" {}
            rect.after x="0" y="17" width=(at(after)) height="12" rx="2" {}
            @if is_open { rect.open x=(at(after)) y="17.5" width="5%" height="11" rx="2" {} }
        }
    }
}

/// What the words and the bars mean.
pub(super) fn legend() -> Markup {
    html! {
        ul.legend {
            li { svg.key width="14" height="12" aria-hidden="true" { rect.before width="14" height="12" rx="2" {} } " before" }
            li { svg.key width="14" height="12" aria-hidden="true" { rect.goes width="14" height="12" rx="2" {} } " what goes" }
            li { svg.key width="14" height="12" aria-hidden="true" { rect.after width="14" height="12" rx="2" {} } " after" }
            li { svg.key width="14" height="12" aria-hidden="true" { rect.open x="0.5" y="0.5" width="13" height="11" rx="2" {} } " not known" }
        }
        p.note {
            "An estimate is of what the image is made from and of what the rewrites save; what the project itself \
             installs and builds (“+ project”) comes on top and is not known. Measured sizes come from "
            code { "imgfix verify" } ". One unit of size is 10⁶ bytes, all layers, uncompressed."
        }
    }
}
