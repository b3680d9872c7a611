//! `imgfix report --html`. What the page looks like is in `snapshots/reports/report.html`; what it does in a
//! browser is tried by `cargo xtask release-check --only html-report`.

use std::fs;

use serde_json::{Value, json};

use super::formats::repository;
use super::sandbox::{FINE, REWRITABLE, Sandbox};
use crate::root;

fn page(sandbox: &Sandbox, arguments: &[&str]) -> String {
    let arguments = [&["report", "--html", "-"][..], arguments].concat();
    sandbox.run(&arguments).stdout
}

/// What stands between two texts, each time.
fn between<'t>(text: &'t str, start: &str, end: &str) -> Vec<&'t str> {
    let pieces = text.split(start).skip(1);
    pieces
        .map(|it| it.split(end).next().expect("a piece"))
        .collect()
}

#[test]
fn the_page_says_what_was_found() {
    let sandbox = repository();
    let run = sandbox.run(&["report", "--html", "page.html"]);
    run.ends_with(2).says("page.html: written");
    let page = sandbox.read("page.html");
    assert_eq!(sandbox.run(&["report", "--html=-"]).stdout, page);
    // Neither version, style nor script are what the snapshot is about, nor where a line ends.
    let mut said = page.replace(env!("CARGO_PKG_VERSION"), "0.0.0");
    for (start, end) in [("<style>", "</style>"), ("<script>", "</script>")] {
        let inner = between(&said, start, end)[0].to_owned();
        said = said.replace(&inner, "");
    }
    for digest in between(&page, "sha256-", "'") {
        said = said.replace(digest, "");
    }
    for mark in [
        "<section",
        "<div class=\"hunk\"",
        "<tr",
        "<li",
        "<h3",
        "<svg",
        "</main",
    ] {
        said = said.replace(mark, &format!("\n{mark}"));
    }
    let path = root().join("snapshots/reports/report.html");
    if std::env::var_os("IMGFIX_BLESS").is_some() {
        fs::write(&path, &said).expect("a snapshot");
    }
    let known = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        known == said,
        "{} is not what came out:\n{said}",
        path.display()
    );
}

#[test]
fn the_page_says_what_the_other_formats_say() {
    let sandbox = repository();
    let page = page(&sandbox, &[]);
    let report = sandbox.run(&["--output-format", "json"]).stdout;
    let report: Value = serde_json::from_str(&report).expect("JSON");
    for state in ["applied", "held_back", "declined"] {
        let mark = format!("data-kind=\"{}\"", state.replace('_', "-"));
        let shown = page.matches(&mark).count();
        assert_eq!(
            Some(shown as u64),
            report["totals"][state].as_u64(),
            "{state}"
        );
        assert!(shown > 0, "{state}");
    }
    for file in report["files"].as_array().expect("files") {
        let path = file["path"].as_str().expect("a path");
        assert!(page.contains(&format!(">{path}</h2>")), "{path}");
    }
    for state in [
        "api/.dockerignore",
        "broken/Dockerfile: not UTF-8",
        "Dropped",
        "→",
    ] {
        let expected = !matches!(state, "api/.dockerignore" | "Dropped");
        assert_eq!(page.contains(state), expected, "{state}");
    }
}

#[test]
fn the_page_is_sealed() {
    let page = page(&repository(), &[]);
    let policy = between(&page, "Content-Security-Policy\" content=\"", "\"")[0];
    assert!(
        policy.starts_with("default-src 'none'; style-src 'sha256-"),
        "{policy}"
    );
    assert!(!policy.contains("unsafe"), "{policy}");
    for fetched in [
        " src=", "url(", "@import", "<link", "<iframe", " style=", " onclick",
    ] {
        assert!(!page.contains(fetched), "{fetched}");
    }
    for address in between(&page, "href=\"", "\"") {
        let is_known = address.starts_with('#')
            || address.starts_with(concat!(
                env!("CARGO_PKG_REPOSITORY"),
                "/blob/main/transforms/"
            ))
            || address == env!("CARGO_PKG_REPOSITORY");
        assert!(is_known, "{address}");
    }
    let ids = between(&page, " id=\"", "\"");
    for id in &ids {
        assert_eq!(ids.iter().filter(|other| *other == id).count(), 1, "{id}");
    }
}

#[test]
fn a_stranger_writes_nothing_into_the_page() {
    let evil = "</code></script><script>alert(1)</script><img src=x onerror=alert(2)>\"&amp;";
    let name = "a\"><img src=x>|&\u{1b}[2J/Dockerfile";
    let text = format!(
        "FROM debian:12\n# {evil} \u{202e}\u{7}\u{85}\u{fffe}\nRUN apt-get update\n\
         RUN apt-get install -y curl && echo '{evil}'\n\
         COPY --from=i/<script>alert(3)</script> /<img> /\n"
    );
    let broken = format!("FROM debian:12 AS x{evil}\nRUN '{evil}\n");
    let sandbox = Sandbox::repository(&[(name, &text), ("b/Dockerfile", &broken)]);
    let plain = page(&Sandbox::repository(&[("Dockerfile", REWRITABLE)]), &[]);
    let page = page(&sandbox, &[]);
    assert!(
        page.contains("&lt;img src=x onerror=alert(2)&gt;"),
        "{page}"
    );
    assert!(page.contains("\\u{202e}\\u{7}\\u{85}\\u{fffe}"), "{page}");
    for forged in ["<img", "<script>alert", "\u{202e}", "\u{fffe}"] {
        assert!(!page.contains(forged), "{forged:?}: {page}");
    }
    for mark in ["<script", "</script", "<style", "</style"] {
        assert_eq!(
            page.matches(mark).count(),
            plain.matches(mark).count(),
            "{mark}"
        );
    }
    let control = page.chars().find(|it| it.is_control() && *it != '\n');
    assert_eq!(control, None);
}

#[test]
fn only_a_page_of_ours_is_replaced() {
    let sandbox = Sandbox::repository(&[("Dockerfile", REWRITABLE), ("fine/Dockerfile", FINE)]);
    let write = |file: &str| sandbox.run(&["report", "--html", file]);
    write("Dockerfile")
        .ends_with(2)
        .says("Dockerfile: is no report of imgfix, so it is left as it is\nhint: remove it");
    assert_eq!(sandbox.read("Dockerfile"), REWRITABLE);
    write("fine")
        .ends_with(2)
        .says("fine: is a folder, not a file");
    write("none/page.html")
        .ends_with(2)
        .says("none/page.html: cannot be written: there is no folder none");
    sandbox.write("page.html", "");
    write("page.html").ends_with(0).says("page.html: written");
    let first = sandbox.read("page.html");
    sandbox.write("Dockerfile", FINE);
    write("page.html").ends_with(0);
    assert_ne!(sandbox.read("page.html"), first);
    assert_eq!(sandbox.read("Dockerfile"), FINE);
    let left = fs::read_dir(sandbox.path("")).expect("a folder").count();
    assert_eq!(left, 4, "no temporary file is left");
    sandbox.run(&["report"]).ends_with(2).says("--html <FILE>");
    let quiet = sandbox.run(&["-q", "report", "--html", "page.html", "fine"]);
    quiet.ends_with(0);
    assert_eq!(quiet.stderr, "");
}

#[cfg(unix)]
#[test]
fn a_link_stays_one_and_a_device_is_refused() {
    let sandbox = Sandbox::repository(&[("Dockerfile", FINE), ("pages/page.html", "")]);
    std::os::unix::fs::symlink("pages/page.html", sandbox.path("link.html")).expect("a link");
    sandbox.run(&["report", "--html", "link.html"]).ends_with(0);
    assert!(
        sandbox
            .read("pages/page.html")
            .starts_with("<!DOCTYPE html>")
    );
    let link = sandbox
        .path("link.html")
        .symlink_metadata()
        .expect("a link");
    assert!(link.is_symlink());
    sandbox
        .run(&["report", "--html", "/dev/null"])
        .ends_with(2)
        .says("/dev/null: is no regular file (a FIFO, socket or device)\nhint: `-` is standard output");
}

#[test]
fn sizes_are_measured_estimated_or_not_known() {
    let sandbox = Sandbox::repository(&[
        ("known/Dockerfile", REWRITABLE),
        ("own/Dockerfile", "FROM example.org/own:1\nRUN true\n"),
    ]);
    let sizes = |page: &str| -> Vec<String> {
        let cells = between(page, "<td class=\"sizes\">", "</td>");
        let words = cells.iter().map(|it| {
            let words = it.split("<svg").next().unwrap_or_default();
            let pieces = words
                .split('<')
                .map(|it| it.split_once('>').map_or(it, |it| it.1));
            pieces.collect::<String>()
        });
        words.collect()
    };
    let estimated = sizes(&page(&sandbox, &[]));
    assert!(
        estimated[0].ends_with("→ 118.0 MB + project estimate −20.7 MB"),
        "{estimated:?}"
    );
    assert_eq!(estimated[1], "not known, stays as it is");
    let digest = |text: &str| {
        use sha2::{Digest, Sha256};
        let digest = Sha256::digest(text);
        let bytes = digest[..16].iter();
        bytes.fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
    };
    let rewritten = sandbox.run_with(&["-", "--stdin-filename", "known/Dockerfile"], REWRITABLE);
    let document = |before: &str| {
        json!({ "version": "0", "unchanged": [], "failed": [], "reports": [{
            "file": "known/Dockerfile", "builder": "docker 1", "findings": [], "rewrites": [],
            "digest": { "before": digest(before), "after": digest(&rewritten.stdout) },
            "before": { "bytes": 200_000_000 }, "after": { "bytes": 150_000_000 },
        }]})
        .to_string()
    };
    sandbox.write("sizes.json", document(REWRITABLE));
    let measured = sizes(&page(&sandbox, &["--measured", "sizes.json"]));
    assert_eq!(
        measured[0],
        "200.0 MB → 150.0 MB measured −50.0 MB (−25.0 %)"
    );
    sandbox.write("sizes.json", document("FROM other\n"));
    let outdated = sizes(&page(&sandbox, &["--measured", "sizes.json"]));
    assert!(
        outdated[0].ends_with("What was measured is of another state of this file."),
        "{outdated:?}"
    );
    assert!(outdated[0].contains("estimate"), "{outdated:?}");
    sandbox.write("sizes.json", "{}");
    sandbox
        .run(&["report", "--html=-", "--measured=sizes.json"])
        .ends_with(2)
        .says("sizes.json: no document of `imgfix verify --format json`: missing field `reports`");
}
