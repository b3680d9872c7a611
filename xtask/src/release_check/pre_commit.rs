//! The hooks, run by pre-commit itself in a repository of their own: from the wheel as `docs/ci.md` shows it, and from
//! this repository with Python and with cargo. What is built from it is the last commit.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::programs::{empty, exists, output, python, target_folder};
use super::{Release, Seen, Verdict, wheel};

/// What the hooks are tried on.
const BEFORE: &str = "FROM debian:12\nRUN apt-get update\nRUN apt-get install -y curl\n";

/// A repository whose commits go through the hooks.
struct Repository<'a> {
    release: &'a Release,
    pre_commit: PathBuf,
    folder: PathBuf,
    /// Where pre-commit keeps what it installed.
    home: PathBuf,
}

pub(super) fn check(release: &Release) -> Verdict {
    if !exists("git") || !exists("cargo") {
        return Ok(Seen::Skipped("there is no git, or no cargo".to_owned()));
    }
    let packages = ["pre-commit>=4,<5", "maturin>=1.8,<2"];
    let tools = match python(&release.scratch.join("tools"), &packages) {
        Ok(tools) => tools,
        Err(why) => return Ok(Seen::Skipped(why)),
    };
    let pre_commit = tools.join("pre-commit");
    let mut manifest = Command::new(&pre_commit);
    manifest.args(["validate-manifest", ".pre-commit-hooks.yaml"]);
    output(manifest.current_dir(&release.project))?;
    wheel::build(release, &tools)?;

    let mut git = Command::new("git");
    git.args(["rev-parse", "HEAD"]);
    let commit = output(git.current_dir(&release.project))?;
    let from_here = |suffix: &str| {
        let project = release.project.display();
        let commit = commit.trim();
        format!(
            "repos:\n  - repo: {project}\n    rev: {commit}\n    hooks:\n      - id: imgfix-check{suffix}\n        \
             stages: [manual]\n      - id: imgfix{suffix}\n"
        )
    };
    let ways = [
        ("wheel", page_of_the_wheel(release)?),
        ("python", from_here("")),
        ("rust", from_here("-rust")),
    ];
    for (way, configuration) in &ways {
        Repository::new(release, &pre_commit, way, configuration)
            .and_then(|repository| repository.commit())
            .map_err(|why| format!("{way}: {why}"))?;
    }
    let mut version = Command::new(&pre_commit);
    let version = output(version.arg("--version"))?;
    let ways = ways.map(|(way, _)| way).join(", ");
    Ok(Seen::Holds(format!("{}: {ways}", version.trim())))
}

/// The configuration on the page that installs the wheel, with this version.
fn page_of_the_wheel(release: &Release) -> Result<String, String> {
    let page = release.project.join("docs/ci.md");
    let text = fs::read_to_string(&page).map_err(|error| format!("{}: {error}", page.display()))?;
    let blocks = text.split("```yaml\n").skip(1);
    let mut blocks = blocks.filter_map(|block| block.split("```").next());
    let block = blocks.find(|block| block.contains("repo: local"));
    let block = block.ok_or("docs/ci.md shows no local hook")?;
    let wanted = concat!("imgfix==", env!("CARGO_PKG_VERSION"));
    if !block.contains(wanted) {
        return Err(format!(
            "the local hook of docs/ci.md does not install {wanted}"
        ));
    }
    Ok(block.to_owned())
}

impl<'a> Repository<'a> {
    fn new(
        release: &'a Release,
        pre_commit: &Path,
        way: &str,
        configuration: &str,
    ) -> Result<Self, String> {
        let it = Repository {
            release,
            pre_commit: pre_commit.to_owned(),
            folder: release.scratch.join(format!("repository-{way}")),
            home: release.scratch.join(format!("home-{way}")),
        };
        empty(&it.folder)?;
        it.write(".pre-commit-config.yaml", configuration)?;
        it.write("Dockerfile", BEFORE)?;
        it.done("git", &["init", "--quiet"])?;
        it.done("git", &["config", "user.name", "imgfix"])?;
        it.done("git", &["config", "user.email", "imgfix@example.org"])?;
        it.done("git", &["add", "--all"])?;
        it.done(it.pre_commit.clone(), &["install", "--install-hooks"])?;
        Ok(it)
    }

    /// Commits: stopped with a changed file the first time, through the second time.
    fn commit(&self) -> Result<(), String> {
        let check = self.hook("imgfix-check")?;
        if let Some(stopped) = &check {
            let said = String::from_utf8_lossy(&stopped.stdout);
            if stopped.status.success() || !said.contains("+RUN apt-get update && \\") {
                return Err(format!("`imgfix-check` shows no change: {said}"));
            }
            if self.read("Dockerfile")? != BEFORE {
                return Err("`imgfix-check` changes the file".to_owned());
            }
        }
        let stopped = self.run("git", &["commit", "--quiet", "-m", "one"])?;
        let said = String::from_utf8_lossy(&stopped.stderr);
        if stopped.status.success() || !said.contains("files were modified by this hook") {
            return Err(format!("the commit is not stopped: {said}"));
        }
        let after = self.read("Dockerfile")?;
        if !after.contains("RUN apt-get update && \\\n    apt-get install -y") {
            return Err(format!("the hook does not rewrite the file: {after}"));
        }
        self.done("git", &["commit", "--quiet", "-a", "-m", "two"])?;
        if self.read("Dockerfile")? != after {
            return Err("the second run changes the file again".to_owned());
        }
        if let Some(passed) = check.and(self.hook("imgfix-check")?)
            && !passed.status.success()
        {
            let said = String::from_utf8_lossy(&passed.stdout);
            return Err(format!("`imgfix-check` is not content: {said}"));
        }
        self.is_ours()
    }

    /// Runs the hook of that name by hand; `None` where the configuration has none.
    fn hook(&self, name: &str) -> Result<Option<Output>, String> {
        let configuration = self.read(".pre-commit-config.yaml")?;
        let mut ids = configuration.lines().filter_map(|line| {
            let (_, id) = line.split_once("- id: ")?;
            id.starts_with(name).then_some(id)
        });
        let Some(id) = ids.next() else {
            return Ok(None);
        };
        let arguments = ["run", id, "--all-files", "--hook-stage", "manual"];
        self.run(self.pre_commit.clone(), &arguments).map(Some)
    }

    /// What was installed is what was built here, and not a release of some registry.
    fn is_ours(&self) -> Result<(), String> {
        let mut find = Command::new("find");
        find.arg(&self.home)
            .args(["-path", "*/bin/imgfix", "-type", "f"]);
        let found = output(&mut find)?;
        let installed: Vec<&str> = found.lines().collect();
        let [installed] = installed[..] else {
            return Err(format!("pre-commit installs not one program: {found}"));
        };
        let ours = output(Command::new(&self.release.binary).arg("--version"))?;
        let its = output(Command::new(installed).arg("--version"))?;
        if ours == its {
            Ok(())
        } else {
            Err(format!(
                "the hook runs `{}`, not `{}`",
                its.trim(),
                ours.trim()
            ))
        }
    }

    fn run(&self, program: impl Into<PathBuf>, arguments: &[&str]) -> Result<Output, String> {
        let program = program.into();
        let target = target_folder(&self.release.project)?;
        Command::new(&program)
            .args(arguments)
            .current_dir(&self.folder)
            .env("PRE_COMMIT_HOME", &self.home)
            .env("PRE_COMMIT_COLOR", "never")
            .env("PIP_FIND_LINKS", self.release.scratch.join("wheels"))
            // Kept for the next run. Not the folder of this clone: to cargo another clone's files are the same.
            .env("CARGO_TARGET_DIR", target.join("release-check-hooks"))
            .output()
            .map_err(|error| format!("{}: {error}", program.display()))
    }

    fn done(&self, program: impl Into<PathBuf>, arguments: &[&str]) -> Result<(), String> {
        let program = program.into();
        let done = self.run(&program, arguments)?;
        if done.status.success() {
            return Ok(());
        }
        let (out, errors) = (
            String::from_utf8_lossy(&done.stdout),
            String::from_utf8_lossy(&done.stderr),
        );
        Err(format!(
            "{} {}: {out}{errors}",
            program.display(),
            arguments.join(" ")
        ))
    }

    fn read(&self, name: &str) -> Result<String, String> {
        let path = self.folder.join(name);
        fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
    }

    fn write(&self, name: &str, text: &str) -> Result<(), String> {
        let path = self.folder.join(name);
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
    }
}
