//! What of a build context does not belong there.

use super::users::User;
use super::{MAY_BE_NEEDED, MAY_BE_READ_AT_RUN_TIME, REPOSITORY_MAY_BE_READ, is_sent};
use crate::context::BuildContext;
use crate::transform::Reason;

/// A line to add.
#[derive(Debug)]
pub(super) struct Entry {
    /// The line.
    pub(super) pattern: String,
    /// What it stands for, from the root of the context.
    pub(super) path: String,
    /// Whether it is worth a file, or a change of one, by itself.
    pub(super) is_reason_enough: bool,
    /// Why that does no harm, where there is more to say.
    pub(super) why: Option<&'static str>,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Entries {
    pub(super) entries: Vec<Entry>,
    pub(super) declined: Vec<(&'static Reason, String)>,
}

/// Texts by which a build reads the repository: commands, and plugins that take a version from it.
#[rustfmt::skip]
const READS_REPOSITORY: &[&str] = &[
    "git describe", "git rev-parse", "git log", "git show", "git status", "git submodule", "git ls-files", "git tag",
    "git diff", "git branch", "git archive", "git lfs", "git rev-list", "git checkout", "git pull", "git fetch",
    "git -C", "git --git-dir", ".git/", ".git ", "setuptools_scm", "setuptools-scm", "versioneer", "hatch-vcs", "pbr", "flit_scm",
    "dynamic-versioning", "dunamai", "git-commit-id", "buildnumber", "gitversion", "GitVersion", "nbgv", "vergen",
    "shadow-rs", "git_version", "jgit", "axion-release", "gradle-git", "semantic-release", "lerna", "changeset",
    "git-revision", "git-rev", "nebula.release", "goreleaser",
];

/// Programs that run what a file of the project says, or plugins that it names, perhaps through a parent that is
/// not in the context.
#[rustfmt::skip]
const RUNS_FILES: &[&str] = &[
    "make", "cmake", "bazel", "just", "task", "rake", "gulp", "grunt", "ninja", "meson", "mvn", "mvnw", "gradle",
    "gradlew", "sbt", "lein", "ant", "cargo",
];

/// Folders of the project that a step makes anew, and the commands that do.
#[rustfmt::skip]
const MADE_ANEW: &[(&str, &[&str])] = &[
    ("node_modules", &["npm ci", "npm install", "npm i", "yarn", "pnpm i", "bun install", "bun i"]),
    ("bower_components", &["bower install"]),
    ("target", &["mvn", "cargo build", "cargo install"]),
    (".gradle", &["gradle"]),
    (".next", &["run build", "next build", "yarn build", "pnpm build"]),
    (".nuxt", &["run build", "nuxt build", "yarn build", "pnpm build"]),
    (".output", &["run build", "nuxt build", "yarn build", "pnpm build"]),
    ("dist", &["run build", "yarn build", "pnpm build", "bun run build"]),
    ("build", &["run build", "yarn build", "pnpm build", "gradle"]),
    ("bin", &["dotnet build", "dotnet publish"]),
    ("obj", &["dotnet build", "dotnet publish"]),
];

/// Folders of tools, which no image needs.
const OF_TOOLS: &[&str] = &[
    "__pycache__",
    ".pytest_cache",
    ".mypy_cache",
    ".ruff_cache",
    ".tox",
    ".nox",
    ".terraform",
    ".ipynb_checkpoints",
];

/// Virtual environments: their programs name the folder of the machine on which they were made.
const ENVIRONMENTS: &[&str] = &[".venv", "venv"];

/// Files that only the builder reads.
const OF_BUILDER: &[&str] = &[
    "Dockerfile",
    ".dockerignore",
    "compose.yaml",
    "compose.yml",
    "docker-compose.yml",
    "docker-compose.yaml",
];

/// What does not belong into a context from which `users` are built.
pub(super) fn entries(context: &BuildContext, users: &[User]) -> Entries {
    let mut found = Entries::default();
    let named = |path: &str| users.iter().any(|user| user.names(path));
    repository(context, users, &mut found);
    for (name, makers) in MADE_ANEW {
        let is_there = is_sent(context, name);
        // What is made in the working tree of one developer is not in that of another one.
        let may_come = *name == "node_modules" && context.would_send(name);
        if !(is_there || may_come) || !context.git_ignored(name) || named(name) {
            continue;
        }
        let takers = || users.iter().filter(|user| user.takes_all);
        if takers().all(|user| user.runs_any(makers)) {
            found.add(name, name, true, Some("the build makes its own"));
        } else if is_there {
            found.declined.push((&MAY_BE_NEEDED, format!("`{name}`")));
        }
    }
    for name in ENVIRONMENTS {
        let is_mentioned = users.iter().any(|user| user.runs_any(&[name]));
        if is_sent(context, name) && context.git_ignored(name) && !named(name) && !is_mentioned {
            found.add(
                name,
                name,
                true,
                Some("it is made for the machine on which it was made"),
            );
        }
    }
    for name in OF_TOOLS {
        if let Some(folder) = context.sent_folder_named(name)
            && context.git_ignored(folder)
            && !named(folder)
        {
            let pattern = if folder == *name {
                (*name).to_owned()
            } else {
                format!("**/{name}")
            };
            found.add(&pattern, folder, true, None);
        }
    }
    for name in [".env", ".env.local"] {
        if is_sent(context, name) && context.git_ignored(name) && !named(name) {
            found
                .declined
                .push((&MAY_BE_READ_AT_RUN_TIME, format!("`{name}`")));
        }
    }
    for name in OF_BUILDER {
        if is_sent(context, name) && context.file(name).is_some() && !named(name) {
            found.add(name, name, false, None);
        }
    }
    found
}

impl Entries {
    fn add(
        &mut self,
        pattern: &str,
        path: &str,
        is_reason_enough: bool,
        why: Option<&'static str>,
    ) {
        self.entries.push(Entry {
            pattern: pattern.to_owned(),
            path: path.to_owned(),
            is_reason_enough,
            why,
        });
    }
}

/// `.git`, where nothing reads it.
fn repository(context: &BuildContext, users: &[User], found: &mut Entries) {
    if !is_sent(context, ".git") {
        return;
    }
    let by_command = users.iter().find_map(|user| {
        let named = user.names(".git").then_some(".git");
        named.or_else(|| {
            let mut texts = READS_REPOSITORY.iter();
            texts.find(|text| user.runs_any(&[text])).copied()
        })
    });
    let by_program = || {
        users
            .iter()
            .flat_map(|user| &user.runs)
            .flat_map(|run| {
                run.split(|char: char| !(char.is_alphanumeric() || "-_./".contains(char)))
            })
            .find(|word| RUNS_FILES.contains(&word.rsplit('/').next().unwrap_or(word)))
    };
    let by_file = || {
        let searched = context
            .files
            .iter()
            .filter_map(|(path, text)| Some((path, text.as_deref()?)));
        let read = context
            .seen
            .texts
            .iter()
            .map(|(path, text)| (path, text.as_str()));
        searched
            .chain(read)
            .filter(|(path, _)| !is_lock(path))
            .find(|(_, text)| READS_REPOSITORY.iter().any(|sign| text.contains(sign)))
            .map(|(path, _)| path.as_str())
    };
    let reader = by_command.or_else(by_program).or_else(by_file);
    match reader {
        Some(reader) => found
            .declined
            .push((&REPOSITORY_MAY_BE_READ, format!("`{reader}`"))),
        None => found.add(".git", ".git", true, None),
    }
}

/// Lock files name packages with such names, and run nothing.
fn is_lock(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.contains("lock") || name == "go.sum"
}
