//! The book: mdBook makes it without complaint, and every link in it leads to a page, and to a heading of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use regex::Regex;

use super::programs::exists;
use super::{Release, Seen, Verdict};

pub(super) fn check(release: &Release) -> Verdict {
    if !exists("mdbook") {
        return Ok(Seen::Skipped(
            "`cargo install mdbook --no-default-features` was not done".to_owned(),
        ));
    }
    let book = release.scratch.join("book");
    let done = Command::new("mdbook")
        .args(["build", "--dest-dir"])
        .arg(&book)
        .current_dir(&release.project)
        .output()
        .map_err(|error| format!("mdbook: {error}"))?;
    let said = String::from_utf8_lossy(&done.stderr);
    // A page that it cannot include is no failure to it, but an error in its log.
    let complaint = said
        .lines()
        .find(|line| ["WARN", "ERROR"].iter().any(|level| line.contains(level)));
    if let Some(complaint) = complaint {
        return Err(format!("mdbook: {complaint}"));
    }
    if !done.status.success() {
        return Err(format!("mdbook ends with {}: {said}", done.status));
    }
    let pages = pages(&book)?;
    let links = follow(&pages)?;
    Ok(Seen::Holds(format!("{} pages, {links} links", pages.len())))
}

/// A page of the book.
struct Page {
    /// The names of its headings and other places.
    places: BTreeSet<String>,
    /// Where its links lead.
    links: Vec<String>,
}

/// The pages, by their path from the folder of the book.
fn pages(book: &Path) -> Result<BTreeMap<PathBuf, Page>, String> {
    let place = Regex::new(r#"\bid="([^"]+)""#).map_err(|error| error.to_string())?;
    let link = Regex::new(r#"<a [^>]*href="([^"]+)""#).map_err(|error| error.to_string())?;
    let all = |pattern: &Regex, text: &str| -> Vec<String> {
        let found = pattern.captures_iter(text);
        found.map(|it| it[1].to_owned()).collect()
    };
    let mut pages = BTreeMap::new();
    let mut folders = vec![book.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries =
            fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "html") {
                let text = fs::read_to_string(&path)
                    .map_err(|error| format!("{}: {error}", path.display()))?;
                let page = Page {
                    places: all(&place, &text).into_iter().collect(),
                    links: all(&link, &text),
                };
                let name = path.strip_prefix(book).unwrap_or(&path).to_owned();
                pages.insert(name, page);
            }
        }
    }
    Ok(pages)
}

/// Follows the links within the book; how many there are.
fn follow(pages: &BTreeMap<PathBuf, Page>) -> Result<usize, String> {
    let mut count = 0;
    for (name, page) in pages {
        // The page for what is not found is shown anywhere; its links are those of the contents.
        if name == Path::new("404.html") {
            continue;
        }
        for link in &page.links {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            let (file, place) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() {
                name.clone()
            } else {
                normal(&name.with_file_name(file))
            };
            let found = pages.get(&target);
            let leads = found.is_some_and(|it| place.is_empty() || it.places.contains(place));
            if !leads {
                return Err(format!("{}: the link {link} leads nowhere", name.display()));
            }
            count += 1;
        }
    }
    Ok(count)
}

/// A path without `..`.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(out.pop()),
            Component::CurDir => {}
            part => out.push(part),
        }
    }
    out
}
