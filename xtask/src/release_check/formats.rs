//! The reports, held to the schemas of their forms and read by readers of other projects, as registries have them.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::programs::{empty, files, node_modules, output, python};
use super::{Release, Seen, Verdict};

/// JSON schemas, `JUnit`'s schema and reader, GitHub's Markdown.
const PYTHON: [&str; 5] = [
    "jsonschema>=4,<5",
    "xmlschema>=4,<5",
    "junitparser>=5,<6",
    "markdown-it-py>=4,<5",
    "linkify-it-py>=2,<3",
];

/// The schema of SARIF, its authors' validator, a validator of reviewdog's form, a reader of Checkstyle's, the types
/// of Code Climate and what checks them, GitHub's toolkit.
const NODE: [&str; 7] = [
    "@microsoft/jest-sarif@1.0.0-beta.0",
    "@microsoft/sarif-multitool-linux@5",
    "@umbrelladocs/rdformat-validator@1",
    "danger-plugin-lint-report@1",
    "codeclimate-types@0.3",
    "typescript@5",
    "@actions/core@3",
];

/// Its source has the schema that Jenkins reads reports by.
const JUNIT: &str = "pytest>=8,<9";

/// The forms that somebody else reads; `diff` is what git applies.
const FORMS: [&str; 10] = [
    "json",
    "jsonl",
    "sarif",
    "github",
    "gitlab",
    "rdjson",
    "rdjsonl",
    "checkstyle",
    "junit",
    "markdown",
];

/// Dockerfiles with something to find, from the root of the project.
const FOLDERS: [&str; 2] = ["examples", "tests/cases"];

pub(super) fn check(release: &Release) -> Verdict {
    let node = match node_modules(&release.scratch.join("node"), &NODE) {
        Ok(node) => node,
        Err(why) => return Ok(Seen::Skipped(why)),
    };
    let programs = match python(&release.scratch.join("python"), &PYTHON) {
        Ok(programs) => programs,
        Err(why) => return Ok(Seen::Skipped(why)),
    };
    let sources = release.scratch.join("pytest");
    let mut pip = Command::new(programs.join("pip"));
    pip.args(["download", "--quiet", "--disable-pip-version-check"])
        .args(["--no-deps", "--no-binary=pytest", JUNIT, "--dest"]);
    if let Err(why) = output(pip.arg(&sources)) {
        return Ok(Seen::Skipped(why));
    }
    let [archive] = &files(&sources, "pytest-", ".tar.gz")?[..] else {
        return Err("pip downloads no one source of pytest".to_owned());
    };
    let mut tar = Command::new("tar");
    tar.args(["--strip-components=1", "-xzf"]).arg(archive);
    output(tar.arg("-C").arg(&sources))?;
    let ours = release.project.join("xtask/src/release_check/formats");
    let mut seen = Vec::new();
    for folder in FOLDERS {
        let reports = release.scratch.join("reports");
        write(release, &release.project.join(folder), &reports)?;
        let mut asked = Command::new(programs.join("python"));
        asked
            .arg(ours.join("consumers.py"))
            .arg(&reports)
            .arg(&node);
        asked.arg(release.project.join("imgfix-report.schema.json"));
        asked.arg(sources.join("testing/example_scripts/junit-10.xsd"));
        let said = output(&mut asked).map_err(|why| format!("{folder}: {why}"))?;
        let mut asked = Command::new("node");
        asked.arg(ours.join("consumers.mjs")).arg(&reports);
        output(asked.arg(&node)).map_err(|why| format!("{folder}: {why}"))?;
        seen.push(format!("{folder}: {}", said.trim()));
    }
    Ok(Seen::Holds(seen.join(", ")))
}

/// Writes the reports on a folder, each in a file with the name of its form.
fn write(release: &Release, folder: &Path, reports: &Path) -> Result<(), String> {
    empty(reports)?;
    for form in FORMS {
        let done = Command::new(&release.binary)
            .args(["--verbose", "--output-format", form, "."])
            .current_dir(folder)
            .output()
            .map_err(|error| format!("{}: {error}", release.binary.display()))?;
        // Status 2: a case of the tests cannot be read, and the reports say so.
        if !matches!(done.status.code(), Some(0 | 2)) {
            let errors = String::from_utf8_lossy(&done.stderr);
            return Err(format!("{form} ends with {}: {errors}", done.status));
        }
        let path = reports.join(form);
        fs::write(&path, done.stdout).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}
