//! `--output-format`: what each form says of one repository is in `snapshots/reports/`; `IMGFIX_BLESS=1` writes
//! it down.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::sandbox::{FINE, Run, Sandbox, UNREADABLE};

/// The forms, and what their snapshots are called.
const FORMATS: [(&str, &str); 12] = [
    ("diff", "report.diff"),
    ("text", "report.txt"),
    ("json", "report.json"),
    ("jsonl", "report.jsonl"),
    ("sarif", "report.sarif"),
    ("github", "report.github.txt"),
    ("gitlab", "report.gitlab.json"),
    ("rdjson", "report.rdjson"),
    ("rdjsonl", "report.rdjsonl"),
    ("checkstyle", "report.checkstyle.xml"),
    ("junit", "report.junit.xml"),
    ("markdown", "report.md"),
];

/// A repository with something for each part of a report.
pub(super) fn repository() -> Sandbox {
    let sandbox = Sandbox::repository(&[
        (
            "api/Dockerfile",
            "# The API.\nFROM debian:12\nRUN apt-get update\nRUN apt-get install -y curl\n\
             RUN useradd é && \\\n    curl -fsSLO https://example.org/tool.tgz && tar xf tool.tgz\n\
             CMD [\"curl\"]\n",
        ),
        ("fine/Dockerfile", FINE),
        (
            "lib/Dockerfile",
            "FROM fedora:41\nRUN dnf -y install nginx && dnf clean all\nCMD [\"nginx\"]\n",
        ),
        (
            "service/Dockerfile",
            "FROM golang:1.22-bookworm\nWORKDIR /app\nCOPY . .\nRUN go build -o service .\n\
             ENTRYPOINT [\"/app/service\"]\n",
        ),
        ("service/go.mod", "module example.org/service\n\ngo 1.22\n"),
        (
            "service/main.go",
            "package main\n\nfunc main() { println(\"here\") }\n",
        ),
        (
            "shop/Dockerfile",
            "FROM node:20-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD [\"node\", \"server.js\"]\n",
        ),
        ("shop/package.json", "{ \"name\": \"shop\" }\n"),
        ("shop/.gitignore", "node_modules\n"),
        ("shop/node_modules/express/index.js", "\n"),
        ("shop/.dockerignore", "*.log\n"),
        (
            "web/Dockerfile",
            "FROM nginx:1.27-alpine\r\nRUN apk update && \\\r\n    apk add curl\r\nCOPY site /srv",
        ),
        ("web/site/index.html", "\n"),
    ]);
    sandbox.write("broken/Dockerfile", UNREADABLE);
    sandbox
}

fn report(sandbox: &Sandbox, format: &str) -> Run {
    sandbox.run(&["--output-format", format])
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn each_form_says_what_was_found() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots/reports");
    let sandbox = repository();
    let mut faults = Vec::new();
    for (format, name) in FORMATS {
        let run = report(&sandbox, format);
        run.ends_with(2);
        // Neither the version nor the pages of the transforms are what this is about.
        let mut said = run
            .stdout
            .replace(concat!("\"", env!("CARGO_PKG_VERSION"), "\""), "\"0.0.0\"");
        for meta in imgfix::transforms() {
            let page = serde_json::to_string(meta.page).expect("a text");
            said = said.replace(&page, "\"the page\"");
        }
        let path = folder.join(name);
        if std::env::var_os("IMGFIX_BLESS").is_some() {
            fs::create_dir_all(&folder).expect("a folder");
            fs::write(&path, &said).expect("a snapshot");
        }
        if fs::read_to_string(&path).unwrap_or_default() != said {
            faults.push(format!(
                "snapshots/reports/{name} is not what came out:\n{said}"
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn without_the_option_a_diff_is_printed() {
    let sandbox = repository();
    assert_eq!(sandbox.run(&[]).stdout, report(&sandbox, "diff").stdout);
    assert_eq!(
        sandbox.run(&["--format", "json"]).stdout,
        report(&sandbox, "json").stdout
    );
}

#[test]
fn a_report_leaves_the_sums_to_standard_error() {
    let sandbox = repository();
    let run = report(&sandbox, "json");
    run.says("6 Dockerfiles read")
        .says("broken/Dockerfile: not UTF-8");
    assert!(!run.stderr.contains("merge-runs"), "{run:#?}");
    let quiet = sandbox.run(&["-q", "--output-format", "json", "fine"]);
    quiet.ends_with(0);
    assert_eq!(quiet.stderr, "");
}

#[test]
fn exit_codes_are_those_of_a_diff() {
    let sandbox = repository();
    for (format, _) in FORMATS {
        for (arguments, status) in [
            (&["fine"][..], 0),
            (&["api"], 0),
            (&["--check", "fine"], 0),
            (&["--check", "api"], 1),
            (&["--check", "api", "broken"], 2),
        ] {
            let arguments = [&["--output-format", format][..], arguments].concat();
            sandbox.run(&arguments).ends_with(status);
        }
    }
}

#[test]
fn a_run_that_finds_nothing_is_a_whole_document_too() {
    let sandbox = repository();
    for (format, _) in FORMATS {
        let said = sandbox.run(&["--output-format", format, "fine"]).stdout;
        match format {
            "json" | "sarif" | "gitlab" | "rdjson" => {
                json(&said);
            }
            "jsonl" => assert_eq!(said.lines().map(json).count(), 2, "{said}"),
            "checkstyle" | "junit" => {
                roxmltree::Document::parse(&said).expect("XML");
            }
            "markdown" => assert_eq!(
                said,
                "### imgfix\n\n1 Dockerfile read, nothing to change.\n"
            ),
            _ => assert_eq!(said, "", "{format}"),
        }
    }
}

#[test]
fn what_is_held_back_is_named_with_verbose() {
    let sandbox = repository();
    for (format, word) in [
        ("text", "note[tighten-package-flags]"),
        ("sarif", "\"level\": \"note\""),
        ("github", "::notice file=lib/Dockerfile"),
        ("gitlab", "\"info\""),
        ("rdjson", "\"INFO\""),
        ("rdjsonl", "\"INFO\""),
        ("checkstyle", "severity=\"info\""),
        ("junit", "<skipped message=\"held back (unsafe)\"/>"),
    ] {
        let brief = report(&sandbox, format).stdout;
        let full = sandbox.run(&["-v", "--output-format", format]).stdout;
        assert!(!brief.contains(word), "{format}: {brief}");
        assert!(full.contains(word), "{format}: {full}");
    }
    for format in ["json", "jsonl", "markdown"] {
        let brief = report(&sandbox, format).stdout.to_lowercase();
        assert!(
            brief.contains("held-back") || brief.contains("held back"),
            "{brief}"
        );
    }
}

#[test]
fn names_and_texts_of_a_stranger_forge_nothing() {
    let sandbox = Sandbox::repository(&[(
        "a,b:50%<img src=x>|\"&'`]]>\n::error::x\u{1b}[2J/Dockerfile",
        "FROM debian:12\nRUN apt-get update\n\
         RUN apt-get install -y curl && echo '<script>``` ]]> %0A::error::x'\n",
    )]);
    for (format, _) in FORMATS.iter().skip(1) {
        let said = report(&sandbox, format).stdout;
        assert!(said.contains("merge-runs"), "{format}: {said}");
        assert!(!said.contains('\u{1b}'), "{format}: {said}");
        match *format {
            "json" | "sarif" | "gitlab" | "rdjson" => {
                json(&said);
            }
            "jsonl" | "rdjsonl" => said.lines().for_each(|line| {
                json(line);
            }),
            "checkstyle" | "junit" => {
                let document = roxmltree::Document::parse(&said).expect("XML");
                let is_ours = |name: &str| !["img", "script"].contains(&name);
                assert!(
                    document
                        .descendants()
                        .all(|it| is_ours(it.tag_name().name()))
                );
            }
            "github" => assert!(
                said.lines()
                    .all(|line| line.starts_with("::warning file=a%2Cb%3A50%25")),
                "{said}"
            ),
            _ => {}
        }
    }
}

#[test]
fn standard_input_is_reported_too() {
    let input = "FROM debian:12\nRUN apt-get update\nRUN apt-get install -y curl\n";
    let run = Sandbox::new().run_with(&["-", "--output-format", "json"], input);
    run.ends_with(0);
    let report = json(&run.stdout);
    assert_eq!(report["files"][0]["path"], "standard input");
    assert_eq!(report["files"][0]["findings"][0]["transform"], "merge-runs");
}

#[test]
fn a_report_says_what_was_written() {
    let sandbox = repository();
    let shown = json(&report(&sandbox, "json").stdout);
    let written = json(&sandbox.run(&["-w", "--output-format", "json"]).stdout);
    assert_eq!(shown["written"], false);
    assert_eq!(written["written"], true);
    assert_eq!(shown["files"], written["files"]);
    let again = json(&report(&sandbox, "json").stdout);
    assert_eq!(again["totals"]["applied"], 0);
}

#[test]
fn a_diff_goes_with_no_other_form() {
    let sandbox = repository();
    sandbox
        .run(&["--diff", "--output-format", "json"])
        .ends_with(2)
        .says("--diff does not go with another --output-format");
    sandbox
        .run(&["--output-format", "json", "transforms"])
        .ends_with(2)
        .says("--output-format does not go with a command");
}

#[test]
fn a_fingerprint_survives_lines_above() {
    let sandbox = repository();
    let prints = || {
        let report = json(&sandbox.run(&["--format", "json", "api"]).stdout);
        let findings = report["files"][0]["findings"].as_array().expect("findings");
        let prints = findings.iter().map(|it| it["fingerprint"].to_string());
        prints.collect::<Vec<_>>()
    };
    let before = prints();
    let text = sandbox.read("api/Dockerfile");
    sandbox.write("api/Dockerfile", format!("# One.\n\n# More.\n{text}"));
    assert_eq!(prints(), before);
    sandbox.write("api/Dockerfile", text.replace("curl\n", "wget\n"));
    assert_ne!(prints(), before);
    let mut unique = before.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), before.len());
}

#[test]
fn the_page_names_every_form() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/formats.md");
    let page = fs::read_to_string(page).expect("a page");
    let rows: Vec<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .collect();
    assert_eq!(rows, FORMATS.map(|(format, _)| format));
    let help = Sandbox::new().run(&["--help"]).stdout;
    for (format, _) in FORMATS {
        assert!(help.contains(&format!("- {format}:")), "{format}: {help}");
    }
}

#[test]
fn the_schema_of_the_report_is_current() {
    let run = Sandbox::new().run(&["config", "--report-schema"]);
    run.ends_with(0);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("imgfix-report.schema.json");
    assert_eq!(
        run.stdout,
        fs::read_to_string(file).unwrap_or_default(),
        "renew it with `cargo run -- config --report-schema > imgfix-report.schema.json`"
    );
}
