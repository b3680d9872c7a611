//! The pages of the transforms: their headings, their examples, and the reasons they explain.

use std::fs;
use std::sync::Arc;

use imgfix::context::{BuildContext, Other, Surroundings};
use imgfix::settings::Settings;
use imgfix::transform::Meta;
use imgfix::{Outcome, rewrite};

use super::root;

/// The headings of a page, in order.
const HEADINGS: &[&str] = &[
    "What it does",
    "Why",
    "Example",
    "Safety",
    "Declines when",
    "References",
];

#[test]
fn each_page_has_the_headings() {
    for meta in imgfix::transforms() {
        let found: Vec<&str> = meta
            .page
            .lines()
            .filter_map(|line| line.strip_prefix("## "))
            .collect();
        assert_eq!(found, HEADINGS, "{}", file(meta));
        for heading in HEADINGS {
            let text = section(meta, heading);
            assert!(
                !text.trim().is_empty(),
                "{}: nothing below `{heading}`",
                file(meta)
            );
        }
    }
}

#[test]
fn each_page_stands_beside_its_transform() {
    for meta in imgfix::transforms() {
        let path = root().join(file(meta));
        let text = fs::read_to_string(&path).expect("a page");
        assert_eq!(text, meta.page, "{}", path.display());
    }
}

#[test]
fn examples_hold() {
    for meta in imgfix::transforms() {
        let example = section(meta, "Example");
        let blocks = blocks(example);
        assert!(!blocks.is_empty(), "{}: no example", file(meta));
        assert_eq!(blocks.len() % 2, 0, "{}: before without after", file(meta));
        for pair in blocks.chunks(2) {
            let outcome = run(meta, &pair[0], example);
            assert_eq!(outcome.text, pair[1], "{}: the example", file(meta));
            if let Some((path, text)) = &outcome.ignore_file {
                let shown = format!("`{path}` is added:\n\n```text\n{text}```");
                assert!(
                    example.contains(&shown),
                    "{}: `{path}` is not shown",
                    file(meta)
                );
            }
            assert!(
                !outcome.applied.is_empty(),
                "{}: nothing is done",
                file(meta)
            );
        }
    }
}

#[test]
fn each_reason_is_explained() {
    for meta in imgfix::transforms() {
        let declines = bullets(section(meta, "Declines when"));
        for reason in meta.reasons {
            let named = declines.iter().any(|(id, _)| id == reason.id);
            assert!(named, "{}: `{}` is not explained", file(meta), reason.id);
        }
        for (id, _) in &declines {
            let known = meta.reasons.iter().any(|reason| reason.id == id);
            assert!(known, "{}: `{id}` is no reason", file(meta));
        }
    }
}

#[test]
fn declines_with_an_example_hold() {
    for meta in imgfix::transforms() {
        for (id, text) in bullets(section(meta, "Declines when")) {
            for block in blocks(&text) {
                let outcome = run(meta, &block, &text);
                let found: Vec<&str> = outcome.declined.iter().map(|it| it.reason.id).collect();
                assert!(
                    found.contains(&id.as_str()),
                    "{}: the example of `{id}` declines for {found:?}",
                    file(meta)
                );
            }
        }
    }
}

/// The page of a transform, from the package's folder.
fn file(meta: &Meta) -> String {
    format!("transforms/{}.md", meta.id.0.replace('-', "_"))
}

/// The Dockerfile with this transform alone: the example of one is not about the others. Its build context is
/// what `page` shows of it.
fn run(meta: &Meta, text: &str, page: &str) -> Outcome {
    let settings = Settings {
        select: Some([meta.id].into()),
        ..Settings::default()
    };
    let surroundings = Surroundings {
        context: Arc::new(context(page)),
        ..Surroundings::default()
    };
    let outcome = rewrite(text, &surroundings, &settings);
    outcome.unwrap_or_else(|error| panic!("{}: {error}", file(meta)))
}

/// The build context that a text shows: the blocks whose fence names a file behind the language.
/// Not known where there is none.
fn context(text: &str) -> BuildContext {
    let mut context = BuildContext::default();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let fence = line.trim_start();
        let Some((_, name)) = fence.strip_prefix("```").and_then(|it| it.split_once(' ')) else {
            continue;
        };
        let indent = line.len() - fence.len();
        let body: Vec<&str> = lines
            .by_ref()
            .take_while(|line| line.trim_start() != "```")
            .map(|line| line.get(indent..).unwrap_or_default())
            .collect();
        let body = body.join("\n") + "\n";
        context.known = true;
        if let Some(folder) = name.strip_suffix("/ (ignored by git)") {
            let seen = Arc::make_mut(&mut context.seen);
            seen.others.insert(folder.to_owned(), Other::Closed);
            seen.git_ignored.insert(folder.to_owned());
        } else {
            Arc::make_mut(&mut context.files).insert(name.to_owned(), Some(body));
        }
    }
    context
}

/// The text below a heading.
fn section<'m>(meta: &'m Meta, heading: &str) -> &'m str {
    let mark = format!("## {heading}\n");
    let Some(at) = meta.page.find(&mark) else {
        panic!("{}: no heading `{heading}`", file(meta));
    };
    let rest = &meta.page[at + mark.len()..];
    rest.find("\n## ").map_or(rest, |end| &rest[..=end])
}

/// The Dockerfiles in a text, without the indent of their fences.
fn blocks(text: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for line in text.lines() {
        let trimmed = line.trim_start();
        match &mut open {
            None if trimmed == "```dockerfile" => {
                open = Some((line.len() - trimmed.len(), String::new()));
            }
            None => {}
            Some(_) if trimmed == "```" => blocks.extend(open.take().map(|(_, block)| block)),
            Some((indent, block)) => {
                block.push_str(line.get(*indent..).unwrap_or_default());
                block.push('\n');
            }
        }
    }
    assert!(open.is_none(), "a block without an end");
    blocks
}

/// The bullets of a list, each with the reason that its first code span names.
fn bullets(text: &str) -> Vec<(String, String)> {
    let mut bullets: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if let Some(bullet) = line.strip_prefix("- ") {
            let id = bullet.split('`').nth(1).unwrap_or_default();
            bullets.push((id.to_owned(), String::new()));
        }
        if let Some((_, text)) = bullets.last_mut() {
            text.push_str(line);
            text.push('\n');
        }
    }
    bullets
}
