//! What was found in one Dockerfile.

use maud::{Markup, html};

use super::hunks::{Hunk, hunks, whole};
use super::sizes::{Scale, sizes};
use super::stages::stages;
use super::text::{Prose, Shown, counted};
use crate::report::findings::{
    Decline, FileReport, Finding, IgnoreFileReport, Level, Rejection, State,
};
use crate::report::formats::page;

/// An effect with so many commas is a list that is folded.
const MANY: usize = 12;

/// A section; `number` counts the files of the page from 1.
pub(super) fn file(file: &FileReport, number: usize, scale: &Scale) -> Markup {
    let heading = format!("file-{number}");
    let held = of_state(file, State::HeldBack);
    html! {
        section.file id=(heading) aria-labelledby=(format!("{heading}-name")) data-file=(number) {
            h2 id=(format!("{heading}-name")) translate="no" { (Shown(&file.path)) }
            (headline(file))
            h3 { "Size of the image" }
            (sizes(file, scale))
            h3 { "Stages" }
            (stages(&file.stages_before, &file.stages_after))
            (changes(file))
            @if !held.is_empty() {
                div data-group="" {
                    h3 { "Held back" }
                    p.note { "Below the level that is wanted, so nothing of it is in the result." }
                    ul.entries { @for finding in held { (entry(finding)) } }
                }
            }
            (declined(&file.declined))
            (rejected(&file.rejected))
            p.up { a href="#overview" { "Back to the overview" } }
        }
    }
}

fn of_state(file: &FileReport, state: State) -> Vec<&Finding> {
    let mut found: Vec<&Finding> = file
        .findings
        .iter()
        .filter(|it| it.state == state)
        .collect();
    found.sort_by_key(|finding| finding.region.start.offset);
    found
}

fn headline(file: &FileReport) -> Markup {
    let applied = of_state(file, State::Applied).len();
    let held = of_state(file, State::HeldBack).len();
    html! {
        p.headline {
            @if applied == 0 { "Nothing to change" } @else { (counted(applied, "rewrite")) }
            @if held > 0 { ", " (held) " held back" }
            @if !file.declined.is_empty() { ", " (file.declined.len()) " declined" }
            "."
        }
    }
}

fn changes(file: &FileReport) -> Markup {
    let hunks = hunks(file);
    html! {
        @if !hunks.is_empty() || file.ignore_file.is_some() {
            div data-group="" {
                h3 { "Changes" }
                @for hunk in &hunks { (change(file, hunk)) }
                @if let Some(ignore_file) = &file.ignore_file {
                    (ignore_file_change(file, ignore_file))
                }
            }
        }
    }
}

fn change(file: &FileReport, hunk: &Hunk<'_>) -> Markup {
    let (first, last) = hunk.lines;
    let title = match last.saturating_sub(first) {
        0 => format!("Line {first}"),
        _ => format!("Lines {first} to {last}"),
    };
    let fix = &file.fixes[hunk.fix];
    let all: Vec<&Finding> = file.findings_of(fix).collect();
    html! {
        div.hunk data-keys=(keys(all.iter().copied())) {
            div.both { h4 { (title) } (hunk.table(&format!("{title}, before and after"))) }
            div.why {
                h5 { "Why" }
                @if hunk.findings.is_empty() {
                    p { "Part of " @for (at, finding) in all.iter().enumerate() {
                        @if at > 0 { ", " } (transform(finding.transform)) " (line " (finding.region.start.line) ")"
                    } "." }
                } @else {
                    ul.entries { @for &at in &hunk.findings { (entry(&file.findings[at])) } }
                }
                @if fix.needs_ignore_file {
                    p.note { "Holds only with the change of the ignore file." }
                }
            }
        }
    }
}

fn ignore_file_change(file: &FileReport, ignore_file: &IgnoreFileReport) -> Markup {
    let fixes = file.fixes.iter().filter(|fix| fix.ignore_file);
    let of_fixes: Vec<&Finding> = fixes
        .clone()
        .flat_map(|fix| file.findings_of(fix))
        .collect();
    // Those of a fix that has lines of the Dockerfile, too, stand beside these.
    let alone = fixes.filter(|fix| fix.changes.is_empty());
    let own: Vec<&Finding> = alone.flat_map(|fix| file.findings_of(fix)).collect();
    let path = &ignore_file.repository_path;
    let caption = format!("{}, before and after", crate::report::printable(path));
    html! {
        div.hunk data-keys=(keys(of_fixes.iter().copied())) {
            div.both {
                h4 { span translate="no" { (Shown(path)) } @if ignore_file.created { " (new)" } }
                @if ignore_file.diff.is_empty() {
                    p.note { "Shown with another Dockerfile of the same build context." }
                } @else {
                    (whole(&ignore_file.before, &ignore_file.text).table(&caption))
                }
            }
            div.why {
                h5 { "Why" }
                @if own.is_empty() { p { "Belongs to a change above." } }
                @else { ul.entries { @for finding in own { (entry(finding)) } } }
            }
        }
    }
}

/// What the filters look for, one word for each finding: `transform:level`.
fn keys<'a>(findings: impl Iterator<Item = &'a Finding>) -> String {
    let mut keys: Vec<String> = findings
        .map(|finding| format!("{}:{}", finding.transform, finding.level.name()))
        .collect();
    keys.sort();
    keys.dedup();
    keys.join(" ")
}

fn entry(finding: &Finding) -> Markup {
    let kind = match finding.state {
        State::Applied => "applied",
        State::HeldBack => "held-back",
    };
    html! {
        li.entry data-kind=(kind) data-keys=(keys(std::iter::once(finding))) {
            p.what {
                (transform(finding.transform)) " " (level(finding.level))
                " " span.place { "line " (finding.region.start.line) }
            }
            p { strong { (Prose(&capitalised(&finding.title))) } ": " (Prose(&finding.because)) }
            @if !finding.effects.is_empty() {
                ul.effects { @for it in &finding.effects { li { (effect(it)) } } }
            }
            @if finding.state == State::HeldBack && finding.level == Level::Unsafe {
                p.note { code { "--unsafe" } " applies it." }
            }
        }
    }
}

/// A list of a hundred packages is folded.
fn effect(text: &str) -> Markup {
    let items = text.matches(", ").count();
    html! {
        @match text.split_once(": ") {
            Some((what, list)) if items >= MANY => {
                details { summary { (Prose(what)) ": " (items + 1) } (Prose(list)) }
            }
            _ => (Prose(text)),
        }
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

fn transform(id: &str) -> Markup {
    html! { a.transform href=(page(id)) rel="noreferrer" { (id) } }
}

fn level(level: Level) -> Markup {
    html! { span.level.(level.name()) { (level.name()) } }
}

fn declined(declined: &[Decline]) -> Markup {
    html! {
        @if !declined.is_empty() {
            details open="" data-group="" {
                summary { h3 { "Declined" } }
                p.note { "Looked at and left alone, each for a reason." }
                ul.entries {
                    @for it in declined {
                        li.entry data-kind="declined" data-keys=(format!("{}:", it.transform.unwrap_or("file"))) {
                            p.what {
                                @match it.transform { Some(id) => (transform(id)), None => "the whole file" }
                                " " code.reason { (it.reason) }
                                " " span.place { "line " (it.line) }
                            }
                            p {
                                (Prose(&capitalised(it.message)))
                                @if !it.detail.is_empty() { " (" (Prose(&it.detail)) ")" }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn rejected(rejected: &[Rejection]) -> Markup {
    html! {
        @if !rejected.is_empty() {
            div data-group="" {
                h3 { "Dropped by a safety check" }
                p.note { "A bug of imgfix, not of the file: please report it." }
                ul.entries {
                    @for it in rejected {
                        li.entry data-kind="rejected" data-keys=(format!("{}:", it.transform)) {
                            p.what { (transform(it.transform)) " " span.place { "line " (it.line) } }
                            p { strong { (Prose(&capitalised(&it.title))) } ": " (Prose(&it.violation)) }
                        }
                    }
                }
            }
        }
    }
}
