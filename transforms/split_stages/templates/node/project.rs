//! A project of npm, yarn or pnpm: what its scripts start and its packages need.

use super::Done;
use super::bun;
use super::known::{NEED_MORE, RUN_OTHERS, SELF_CONTAINED, WITHOUT_SCRIPTS};
use super::lock::{Lock, Locked};
use super::omit;
use super::tools::{OF_INSTALLS, is_program_of};

use crate::context::Usage;
use crate::context::manifests::package_json::PackageJson;
use crate::model::placed::{Placed, joined, resolved};
use crate::model::start;
use crate::transforms::split_stages::programs::Programs;
use crate::transforms::split_stages::reasons::{
    DEVELOPMENT_IMAGE, FILES_NOT_KNOWN, NATIVE_LIBRARY_NOT_KNOWN, NEEDS_THE_TOOLCHAIN,
    START_NOT_KNOWN,
};
use crate::transforms::split_stages::site::{Refusal, Site, base_name};

/// Programs that start others anew when sources change, compile while they run, or serve for development.
#[rustfmt::skip]
const OF_DEVELOPMENT: &[&str] = &[
    "babel-node", "concurrently", "esno", "gatsby", "gulp", "grunt", "jest", "nodemon", "ng", "node-dev", "npm-run-all",
    "parcel", "react-scripts", "run-p", "supervisor", "ts-node", "ts-node-dev", "tsc-watch", "tsx", "turbo", "vite",
    "vue-cli-service", "webpack", "webpack-dev-server",
];

/// The lock files of npm.
pub(super) const OF_NPM: &[&str] = &["npm-shrinkwrap.json", "package-lock.json"];

/// A project of npm, and the folder that it is in.
pub(super) struct Project {
    pub(super) folder: String,
    pub(super) manifest: PackageJson,
}

impl Project {
    /// What the container starts is node, or a script of the project that starts it or a package of production.
    pub(super) fn check_programs(
        &self,
        site: &Site<'_>,
        programs: &Programs,
        done: &Done<'_>,
    ) -> Result<(), Refusal> {
        let range = site.start_range();
        for program in &programs.names {
            match base_name(program) {
                "node" | "nodejs" => {}
                name if !matches!(name, "bun" | "pnpm")
                    && done.started.iter().any(|it| is_program_of(it, name)) => {}
                "npm" => self.check_script(site)?,
                // A version of its own, which only the larger image has fetched.
                "pnpm" if done.started.iter().any(|it| it == "pnpm") => self.check_script(site)?,
                "bun" => bun::check_start(self, site)?,
                "yarn"
                    if !done.has_tools
                        && site.origin(&joined(&self.folder, ".yarnrc.yml")).is_none() =>
                {
                    self.check_script(site)?;
                }
                "npx" => return Err((range, &START_NOT_KNOWN, "`npx`".to_owned())),
                "tini" | "dumb-init" if site.installs(base_name(program)) => {
                    // It starts the rest.
                    let rest = site
                        .words
                        .iter()
                        .skip(1)
                        .find(|word| !word.starts_with('-'));
                    match rest.map(|word| base_name(word)) {
                        Some("node") => {}
                        Some("bun") => bun::check_start(self, site)?,
                        Some("npm") => self.check_script(site)?,
                        _ => return Err((range, &START_NOT_KNOWN, format!("`{program}`"))),
                    }
                }
                _ => self.check_binary(program, range)?,
            }
        }
        let is_watched = site
            .words
            .iter()
            .any(|word| matches!(word.as_str(), "--watch" | "--inspect" | "--inspect-brk"));
        if is_watched
            || site
                .words
                .iter()
                .any(|word| OF_DEVELOPMENT.contains(&word.as_str()))
        {
            return Err((
                range,
                &DEVELOPMENT_IMAGE,
                format!("`{}`", site.words.join(" ")),
            ));
        }
        Ok(())
    }

    /// The script that npm or yarn runs starts nothing of development.
    pub(super) fn check_script(&self, site: &Site<'_>) -> Result<(), Refusal> {
        let range = site.start_range();
        let said = || format!("`{}`", site.words.join(" "));
        let mut words = site.words.iter().map(String::as_str);
        let manager = words.find(|word| matches!(base_name(word), "npm" | "yarn" | "pnpm" | "bun"));
        let rest: Vec<&str> = words.filter(|word| !word.starts_with('-')).collect();
        let name = match rest.as_slice() {
            ["run" | "run-script", name, ..] => *name,
            ["start", ..] => "start",
            [name, ..] if manager != Some("npm") => *name,
            _ => return Err((range, &START_NOT_KNOWN, said())),
        };
        if matches!(
            name,
            "dev" | "develop" | "watch" | "serve" | "start:dev" | "debug"
        ) {
            return Err((range, &DEVELOPMENT_IMAGE, said()));
        }
        for script in [format!("pre{name}"), name.to_owned(), format!("post{name}")] {
            let Some(text) = self.manifest.script(&script) else {
                if script == name
                    && name == "start"
                    && site.origin(&joined(&self.folder, "server.js")).is_some()
                {
                    continue;
                }
                if script == name {
                    return Err((range, &START_NOT_KNOWN, format!("`{name}`")));
                }
                continue;
            };
            let commands = start::script(text, site.end());
            let commands =
                commands.ok_or_else(|| (range, &START_NOT_KNOWN, format!("`{text}`")))?;
            for words in commands {
                let program = words.iter().find(|word| {
                    !word.contains('=') && !matches!(word.as_str(), "exec" | "cross-env" | "env")
                });
                match program.map(|word| base_name(word)) {
                    Some("node")
                        if !words.iter().any(|it| {
                            it.contains("ts-node") || it == "--watch" || it.contains("tsx")
                        }) => {}
                    Some("bun") if bun::starts_source(site, self, &words) => {}
                    Some("echo" | "true") => {}
                    Some(program) => self.check_binary(program, range)?,
                    None => return Err((range, &START_NOT_KNOWN, format!("`{text}`"))),
                }
                if words.iter().any(|word| word == "cross-env") {
                    self.check_binary("cross-env", range)?;
                }
            }
        }
        Ok(())
    }

    /// A program that a package of production brings.
    fn check_binary(&self, program: &str, range: imgfix_syntax::TextRange) -> Result<(), Refusal> {
        let name = base_name(program);
        if OF_DEVELOPMENT.contains(&name) {
            return Err((range, &DEVELOPMENT_IMAGE, format!("`{program}`")));
        }
        let is_own = |package: &str| {
            package == name
                || (name == "remix-serve" && package == "@remix-run/serve")
                || package.rsplit('/').next() == Some(name)
        };
        if self.of("dependencies").any(|package| is_own(&package)) {
            Ok(())
        } else {
            Err((range, &START_NOT_KNOWN, format!("`{program}`")))
        }
    }

    /// The names of the packages in a part of the manifest.
    fn of(&self, part: &str) -> impl Iterator<Item = String> {
        self.manifest.names(part).into_iter()
    }

    /// No package needs what the slim image lacks.
    pub(super) fn check_libraries(&self, site: &Site<'_>) -> Result<(), Refusal> {
        let range = site.range(site.stage.item);
        if site.input.options.split.packages.is_some() {
            return Ok(());
        }
        let refuse = |name: &str| Err((range, &NATIVE_LIBRARY_NOT_KNOWN, format!("`{name}`")));
        if let Some(name) = self
            .of("dependencies")
            .find(|name| NEED_MORE.contains(&name.as_str()))
        {
            return refuse(&name);
        }
        let mut names = self.of("dependencies");
        if let Some(name) = names.find(|name| RUN_OTHERS.contains(&name.as_str())) {
            return Err((range, &NEEDS_THE_TOOLCHAIN, format!("`{name}`")));
        }
        let Some(lock) = Lock::of(site, &self.folder) else {
            let is_binary = site.origin(&joined(&self.folder, "bun.lockb")).is_some();
            let is_known = |name: &String| {
                WITHOUT_SCRIPTS.contains(&name.as_str()) || SELF_CONTAINED.contains(&name.as_str())
            };
            let has_others = self.manifest.has_key("optionalDependencies");
            if !is_binary && !has_others && self.of("dependencies").all(|name| is_known(&name)) {
                return Ok(());
            }
            let what = if is_binary {
                "`bun.lockb` is binary"
            } else {
                "there is no lock file"
            };
            let what = what.to_owned();
            return Err((range, &NATIVE_LIBRARY_NOT_KNOWN, what));
        };
        if let Some(name) = NEED_MORE.iter().find(|name| lock.has(name)) {
            return refuse(name);
        }
        let Lock::Packages(packages) = lock else {
            return Ok(());
        };
        let is_unknown = |it: &&Locked| {
            it.has_script && !it.is_of_development && !SELF_CONTAINED.contains(&it.name.as_str())
        };
        packages
            .iter()
            .find(is_unknown)
            .map_or(Ok(()), |it| refuse(&it.name))
    }

    /// No package keeps what it fetches outside of the project, or runs a program of the system.
    pub(super) fn check_fetched(&self, site: &Site<'_>) -> Result<(), Refusal> {
        const OUTSIDE: &[&str] = &["cypress", "mongodb-memory-server", "ngrok", "puppeteer"];
        let is_told = |name: &str| {
            let start = format!("{}_", name.to_uppercase().replace('-', "_"));
            let mut names = site.end().env.iter().filter(|(_, it)| it.item.is_some());
            names.any(|(name, _)| name.starts_with(&start))
                || site.input.options.split.packages.is_some()
        };
        let mut names = self.of("dependencies");
        match names.find(|name| OUTSIDE.contains(&name.as_str()) && !is_told(name)) {
            Some(name) => {
                let what = format!("`{name}` keeps a program in the home of the user");
                site.refuse(&FILES_NOT_KNOWN, what)
            }
            None => Ok(()),
        }
    }

    /// The RUN that removes the packages of development; `None` where there are none, where the sources use one, or
    /// where it is not known how.
    pub(super) fn prune(&self, site: &Site<'_>, done: &Done<'_>) -> Option<String> {
        let development: Vec<String> = self.of("devDependencies").collect();
        if development.is_empty() || Self::drops_development(site, done) {
            return None;
        }
        // What is named for both goes with development.
        if self.of("dependencies").any(|it| development.contains(&it)) {
            return None;
        }
        let said = self.said(site);
        let is_said = |name: &String| {
            let mut words = said.split([' ', '\t', '=', '"', '\'', ',']);
            words.any(|word| {
                let rest = word.strip_prefix(name.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
        };
        let is_used = |name: &String| {
            let quoted = [
                format!("'{name}'"),
                format!("\"{name}\""),
                format!("'{name}/"),
                format!("\"{name}/"),
            ];
            site.texts()
                .any(|(path, text)| is_run(path) && quoted.iter().any(|it| text.contains(it)))
        };
        if self.may_load(site, &said, &development) || is_run_elsewhere(site, &development) {
            return None;
        }
        if development
            .iter()
            .any(|name| is_said(name) || is_used(name))
        {
            return None;
        }
        omit::command(self, site, done)
    }

    /// Whether the lock file is not there where the packages are installed.
    pub(super) fn lock_comes_later(
        &self,
        site: &Site<'_>,
        done: &Done<'_>,
        locks: &[&str],
    ) -> bool {
        let Some((run, ..)) = done.installs.last() else {
            return true;
        };
        locks.iter().any(|lock| {
            let path = joined(&self.folder, lock);
            let brings = |it: &&Placed| {
                it.origin(&path)
                    .is_some_and(|origin| site.context.file(&origin).is_some())
            };
            let first = site.placed.iter().find(brings);
            first.is_some_and(|first| first.item > run.item)
        })
    }

    /// Whether a library may load a package of development that no source names: by the end of a file's name, or by
    /// settings.
    fn may_load(&self, site: &Site<'_>, said: &str, development: &[String]) -> bool {
        let has = |name: &str| development.iter().any(|it| it == name);
        let depends = |name: &str| self.of("dependencies").any(|it| it == name);
        let engines = ["ejs", "handlebars", "hbs", "mustache", "nunjucks", "pug"];
        let is_there = |name: &str| site.origin(&joined(&self.folder, name)).is_some();
        let starts = |name: &str| said.split([' ', '/']).any(|word| word == name);
        engines.iter().any(|it| has(it))
            || (has("js-yaml") && depends("config"))
            || depends("@babel/register")
            || (!starts("bun") && said.split(' ').any(|word| word.ends_with(".ts")))
            || (has("typescript") && starts("next") && is_there("next.config.ts"))
            || starts("nuxt")
            || starts("nuxi")
    }

    /// What the container is started with, the scripts of the project and the options of Node included.
    fn said(&self, site: &Site<'_>) -> String {
        let mut said = site.words.join(" ");
        for word in &site.words {
            for script in [format!("pre{word}"), word.clone(), format!("post{word}")] {
                said.push(' ');
                said.push_str(self.manifest.script(&script).unwrap_or_default());
            }
        }
        let options = site.end().env.get("NODE_OPTIONS");
        let options = options.and_then(|it| it.value.known());
        said.push(' ');
        said.push_str(options.unwrap_or_default());
        said
    }

    /// Whether no install brings packages of development.
    fn drops_development(site: &Site<'_>, done: &Done<'_>) -> bool {
        done.installs.iter().all(|(run, operation, _)| {
            let command = run.command(operation);
            let state = site.input.model.state(run.item);
            let mode = state.and_then(|state| state.env.get("NODE_ENV")?.value.known());
            let has = |words: &[&str]| words.iter().any(|it| command.has_argument(it));
            let is_production = mode == Some("production")
                && !has(&[
                    "--include=dev",
                    "--production=false",
                    "--prod=false",
                    "--dev",
                    "-D",
                ]);
            is_production
                || has(&[
                    "--omit=dev",
                    "--production",
                    "--only=production",
                    "--only=prod",
                    "--prod",
                    "-P",
                ])
                || (operation.manager.id == "bun" && command.has_argument("-p"))
        })
    }

    /// Whether production needs no package.
    pub(super) fn is_without_packages(&self) -> bool {
        self.of("dependencies").next().is_none()
    }

    /// The folder of a server that brings its own modules: what Next.js calls standalone, and what Nuxt makes.
    pub(super) fn bundle(&self, site: &Site<'_>) -> Option<String> {
        let [node, script] = site.words.as_slice() else {
            return None;
        };
        let path = resolved(&self.folder, script).filter(|_| base_name(node) == "node")?;
        let ends = ["/.next/standalone/", "/.output/"];
        let end = ends
            .iter()
            .find_map(|end| Some(path.find(end)? + end.len() - 1))?;
        let is_plain = site.others.is_empty() && site.before.is_empty();
        is_plain.then(|| path[..end].to_owned())
    }

    /// Whether an install runs scripts of the project, which may make files anywhere in it.
    pub(super) fn has_scripts(&self) -> bool {
        let mut names = OF_INSTALLS.iter();
        names.any(|name| self.manifest.script(name).is_some())
    }
}

/// Whether the repository runs scripts or packages in its containers, which may be those of development.
fn is_run_elsewhere(site: &Site<'_>, development: &[String]) -> bool {
    let managers = ["npm", "npx", "yarn", "pnpm", "bun", "bunx"];
    site.input
        .surroundings
        .usages
        .iter()
        .any(|usage| match usage {
            Usage::Elsewhere { command, .. } => {
                let mut words = command.split_whitespace().map(base_name);
                words
                    .any(|word| managers.contains(&word) || development.iter().any(|it| it == word))
            }
            _ => false,
        })
}

/// Whether a step names the folder of the packages.
pub(super) fn changes_packages(site: &Site<'_>) -> bool {
    let runs = site.input.model.runs_of(site.stage.index);
    let mut words = runs.flat_map(|run| &run.commands).flat_map(|it| &it.words);
    words.any(|word| word.raw.contains("node_modules") && !word.raw.contains("node_modules/.bin/"))
}

/// Whether a source is part of what runs: no test, and no settings of tools.
pub(super) fn is_run(path: &str) -> bool {
    let name = base_name(path);
    let is_test = path.split('/').any(|part| {
        matches!(
            part,
            "test" | "tests" | "__tests__" | "spec" | "e2e" | "cypress"
        )
    }) || name.contains(".test.")
        || name.contains(".spec.");
    // What only tools of the build read.
    let of_tools = [
        "babel",
        "cypress",
        "eslint",
        "jest",
        "karma",
        "playwright",
        "postcss",
        "rollup",
        "svelte",
        "tailwind",
        "vite",
        "vitest",
        "webpack",
    ];
    let tool = name.split('.').next().unwrap_or_default();
    let is_config = (name.contains(".config.") && of_tools.contains(&tool))
        || name.starts_with('.')
        || matches!(name, "gulpfile.js" | "Gruntfile.js");
    !is_test && !is_config
}
