//! Node: the production dependencies, the sources and what was built of them, on the slim image.

use super::Template;
use crate::context::manifests::package_json::PackageJson;
use crate::model::images::{Family, ImageReference, base_facts};
use crate::model::packages::{Operation, Verb};
use crate::model::placed::{PlacedSource, joined};
use crate::model::run::{Run, is_within};
use crate::model::start;
use crate::transform::Applicability;
use crate::transforms::split_stages::plan::{Brought, Plan, Role};
use crate::transforms::split_stages::programs::Programs;
use crate::transforms::split_stages::reasons::{
    BASE_NOT_KNOWN, DEVELOPMENT_IMAGE, FILES_NOT_KNOWN, NATIVE_LIBRARY_NOT_KNOWN,
    NEEDS_THE_TOOLCHAIN, NOTHING_TO_LEAVE_BEHIND, START_NOT_KNOWN, STEP_NOT_CLASSIFIED, WORKSPACE,
};
use crate::transforms::split_stages::site::{Refusal, Site, base_name};
use crate::transforms::split_stages::survey::{Step, Survey, Words, survey};

pub(super) struct Node;

/// Programs that start others anew when sources change, compile while they run, or serve for development.
#[rustfmt::skip]
const OF_DEVELOPMENT: &[&str] = &[
    "babel-node", "concurrently", "esno", "gatsby", "gulp", "grunt", "jest", "nodemon", "ng", "node-dev", "npm-run-all",
    "parcel", "react-scripts", "run-p", "supervisor", "ts-node", "ts-node-dev", "tsc-watch", "tsx", "turbo", "vite",
    "vue-cli-service", "webpack", "webpack-dev-server",
];

/// Packages that load or run what the full image has and the slim one lacks, or fetch programs of their own.
#[rustfmt::skip]
const NEED_MORE: &[&str] = &[
    "@prisma/client", "canvas", "couchbase", "electron", "fluent-ffmpeg", "gm", "imagemagick", "kerberos", "libpq",
    "node-oracledb", "nodegit", "odbc", "opencv4nodejs", "oracledb", "pg-native", "pidusage", "playwright",
    "playwright-chromium", "prisma", "ps-tree", "puppeteer", "puppeteer-core", "rdkafka", "node-rdkafka", "shelljs",
    "simple-git", "tfjs-node", "@tensorflow/tfjs-node", "usb", "serialport",
];

/// Packages with install scripts that need nothing of the system when they run.
#[rustfmt::skip]
const SELF_CONTAINED: &[&str] = &[
    "@apollo/protobufjs", "@nestjs/core", "@parcel/watcher", "@scarf/scarf", "@swc/core", "argon2", "bcrypt",
    "better-sqlite3", "bufferutil", "core-js", "core-js-pure", "cpu-features", "es5-ext", "esbuild", "fsevents", "husky",
    "leveldown", "lmdb", "msgpackr-extract", "node-sass", "nodemon", "nx", "protobufjs", "re2", "sharp", "snappy", "sqlite3",
    "ssh2", "styled-components", "unrs-resolver", "utf-8-validate", "vue-demi",
];

/// Programs that compile and bundle into the folder of the project.
const OF_BUILDS: &[&str] = &[
    "babel",
    "browserslist",
    "esbuild",
    "eslint",
    "gulp",
    "grunt",
    "nest",
    "next",
    "ng",
    "nuxi",
    "nuxt",
    "parcel",
    "postcss",
    "react-scripts",
    "rollup",
    "sass",
    "swc",
    "tailwindcss",
    "tsc",
    "tsup",
    "vite",
    "vue-cli-service",
    "webpack",
];

/// What the commands of the build did.
#[derive(Default)]
struct Done<'a> {
    installs: Vec<(&'a Run, &'a Operation, String)>,
    /// Whether something is made beside the modules.
    builds: bool,
    has_tools: bool,
    /// What is installed for all projects and started.
    started: Vec<String>,
}

impl Template for Node {
    fn builds_on(&self, image: &ImageReference) -> bool {
        image.name == "node"
    }

    fn plan(&self, site: &Site<'_>) -> Result<Option<Plan>, Refusal> {
        let runtime = runtime_image(site)?;
        let is_alpine = site
            .facts
            .is_some_and(|facts| facts.family == Family::Alpine);
        let mut programs = Programs::of(site, is_alpine)?;
        let mut done = Done::default();
        let survey = {
            let mut step = |run, at, folder: &str| step(site, run, at, folder, &mut done);
            let mut words = Words {
                step: &mut step,
                is_of_build: &|_| false,
                sets_up: false,
                copy: &|_, is_before| if is_before { Role::Build } else { Role::Moves },
            };
            survey(site, &mut words)?
        };
        let range = site.range(site.stage.item);
        let folder = site.folder().filter(|folder| folder != "/");
        let Some(folder) = folder else {
            return Err((
                range,
                &FILES_NOT_KNOWN,
                "it works in the root of the image".to_owned(),
            ));
        };
        if done.installs.is_empty() {
            let what = "no install of packages".to_owned();
            return Err((range, &NOTHING_TO_LEAVE_BEHIND, what));
        }
        if let Some((run, operation, other)) = done.installs.iter().find(|it| it.2 != folder) {
            let range = run.command(operation).range;
            return Err((range, &WORKSPACE, format!("`{other}`")));
        }
        let manifest = site.text(&joined(&folder, "package.json"));
        let manifest = manifest.and_then(|text| PackageJson::parse(text).ok());
        let Some(manifest) = manifest else {
            return Err((range, &FILES_NOT_KNOWN, "`package.json`".to_owned()));
        };
        let is_workspace = manifest.has_workspaces()
            || manifest.local_dependencies().next().is_some()
            || site
                .origin(&joined(&folder, "pnpm-workspace.yaml"))
                .is_some()
            || site.origin(&joined(&folder, "lerna.json")).is_some();
        if is_workspace {
            return Err((range, &WORKSPACE, String::new()));
        }
        let project = Project { folder, manifest };
        project.check_programs(site, &programs, &done)?;
        let is_smaller = runtime != site.image_text();
        if is_smaller {
            project.check_libraries(site)?;
            refuse_other_programs(site)?;
        } else {
            programs.tools.clear();
        }
        let prune = project.prune(site, &done);
        if !is_smaller && !survey.packages.has_build_tools() && prune.is_none() {
            return Err((range, &NOTHING_TO_LEAVE_BEHIND, String::new()));
        }
        plan(site, survey, &done, &programs, &project, runtime, prune).map(Some)
    }
}

/// A project of npm, and the folder that it is in.
struct Project {
    folder: String,
    manifest: PackageJson,
}

/// The image of the same version and release without compilers.
fn runtime_image(site: &Site<'_>) -> Result<String, Refusal> {
    let refuse = |what: &str| {
        Err((
            site.range(site.stage.item),
            &BASE_NOT_KNOWN,
            what.to_owned(),
        ))
    };
    let Some(facts) = site.facts else {
        return refuse("its system is not known");
    };
    if facts.gone {
        return refuse("its packages are gone from the mirrors");
    }
    if facts.slim || facts.family == Family::Alpine {
        return Ok(site.image_text());
    }
    let slim = match site.image.tag.as_deref() {
        None | Some("latest") => "slim".to_owned(),
        Some(tag) => format!("{tag}-slim"),
    };
    match base_facts("node", Some(&slim)) {
        Some(other) if other.release == facts.release && other.slim => {
            Ok(format!("{}node:{slim}", site.image.prefix))
        }
        _ => refuse("no slim image of the same release is known"),
    }
}

fn step<'a>(site: &Site<'a>, run: &'a Run, at: usize, folder: &str, done: &mut Done<'a>) -> Step {
    let command = &run.commands[at];
    let words: Vec<&str> = command.words.iter().map(|word| word.raw.as_str()).collect();
    let operation = run.operations.iter().find(|it| it.command == at);
    let is_global = words
        .iter()
        .any(|word| matches!(*word, "-g" | "--global" | "global"));
    let has_flag = |name: &str| {
        words
            .iter()
            .any(|word| word.split('=').next() == Some(name))
    };
    match (command.name(), operation.map(|it| it.verb)) {
        (Some("npm" | "yarn" | "pnpm"), Some(Verb::Install)) if is_global => {
            let names = words[1..].iter().map(|word| {
                let version = word.rfind('@').filter(|at| *at > 0);
                word[..version.unwrap_or(word.len())].to_owned()
            });
            let names: Vec<String> = names.collect();
            let is_started = |name: &String| {
                let mut words = site.words.iter();
                words.any(|started| base_name(started) == name)
            };
            if !names.iter().any(is_started) {
                done.has_tools = true;
                return Step::Build;
            }
            // What the container starts is installed where it runs.
            let is_plain =
                command.name() == Some("npm") && matches!(words.get(1), Some(&"install" | &"i"));
            if !is_plain {
                return Step::Unknown;
            }
            done.started.extend(names);
            Step::Runs
        }
        (Some("npm" | "yarn" | "pnpm"), Some(Verb::Install | Verb::Fetch)) => {
            let operation = operation.filter(|it| it.operands.is_empty());
            let elsewhere = ["--prefix", "-C", "--dir", "--cwd", "--modules-folder"];
            let Some(operation) = operation.filter(|_| !elsewhere.iter().any(|it| has_flag(it)))
            else {
                return Step::Unknown;
            };
            done.installs.push((run, operation, folder.to_owned()));
            Step::Build
        }
        (Some("pnpm"), _)
            if words
                .get(1)
                .is_some_and(|it| matches!(*it, "build" | "lint" | "compile" | "typecheck")) =>
        {
            done.builds = true;
            Step::Build
        }
        (Some("npm" | "pnpm"), _) => match words.get(1).copied() {
            Some("run" | "run-script" | "test" | "t") => {
                done.builds = true;
                Step::Build
            }
            Some(
                "cache" | "config" | "prune" | "audit" | "rebuild" | "set" | "--version" | "-v"
                | "dedupe",
            ) => Step::Build,
            _ => Step::Unknown,
        },
        (Some("yarn"), _) => match words.get(1).copied() {
            Some("cache" | "config" | "autoclean" | "check" | "--version" | "set") => Step::Build,
            Some(script) if !script.starts_with('-') => {
                done.builds = true;
                Step::Build
            }
            _ => Step::Unknown,
        },
        (Some("npx"), _) => match words[1..].iter().find(|word| !word.starts_with('-')) {
            Some(tool) if OF_BUILDS.contains(tool) => {
                done.builds = true;
                Step::Build
            }
            _ => Step::Unknown,
        },
        (Some("corepack"), _) => {
            done.has_tools = true;
            Step::Build
        }
        (Some(program), _) if OF_BUILDS.contains(&program) => {
            done.builds = true;
            Step::Build
        }
        (Some(program), _) if program.starts_with("node_modules/.bin/") => {
            done.builds = true;
            Step::Build
        }
        _ => Step::Unknown,
    }
}

impl Project {
    /// What the container starts is node, or a script of the project that starts it or a package of production.
    fn check_programs(
        &self,
        site: &Site<'_>,
        programs: &Programs,
        done: &Done<'_>,
    ) -> Result<(), Refusal> {
        let range = site.start_range();
        for program in &programs.names {
            match base_name(program) {
                "node" | "nodejs" => {}
                name if done.started.iter().any(|it| it == name) => {}
                "npm" => self.check_script(site)?,
                // A version of its own, which only the larger image has fetched.
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
    fn check_script(&self, site: &Site<'_>) -> Result<(), Refusal> {
        let range = site.start_range();
        let said = || format!("`{}`", site.words.join(" "));
        let mut words = site.words.iter().map(String::as_str);
        let manager = words.find(|word| matches!(base_name(word), "npm" | "yarn" | "pnpm"));
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
            let state = site.input.model.state(site.stage.end - 1);
            let commands = state.and_then(|state| start::script(text, state));
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
    fn check_libraries(&self, site: &Site<'_>) -> Result<(), Refusal> {
        let range = site.range(site.stage.item);
        let refuse = |name: &str| Err((range, &NATIVE_LIBRARY_NOT_KNOWN, format!("`{name}`")));
        if let Some(name) = self
            .of("dependencies")
            .find(|name| NEED_MORE.contains(&name.as_str()))
        {
            return refuse(&name);
        }
        for lock in ["package-lock.json", "npm-shrinkwrap.json"] {
            let Some(text) = site.text(&joined(&self.folder, lock)) else {
                continue;
            };
            let json: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
            let packages = json.get("packages").and_then(serde_json::Value::as_object);
            for (path, package) in packages.into_iter().flatten() {
                let has =
                    |key: &str| package.get(key).and_then(serde_json::Value::as_bool) == Some(true);
                let name = path.rsplit("node_modules/").next().unwrap_or(path);
                let is_unknown = has("hasInstallScript")
                    && !has("dev")
                    && !path.is_empty()
                    && !SELF_CONTAINED.contains(&name);
                if is_unknown || (NEED_MORE.contains(&name) && !has("dev")) {
                    return refuse(name);
                }
            }
            return Ok(());
        }
        for lock in ["yarn.lock", "pnpm-lock.yaml"] {
            let Some(text) = site.text(&joined(&self.folder, lock)) else {
                continue;
            };
            let names = |name: &&&str| {
                text.lines().any(|line| {
                    let line = line.trim_start_matches([' ', '"', '\'', '/']);
                    line.strip_prefix(**name)
                        .is_some_and(|rest| rest.starts_with('@'))
                })
            };
            return match NEED_MORE.iter().find(names) {
                Some(name) => refuse(name),
                None => Ok(()),
            };
        }
        let what = "there is no lock file".to_owned();
        Err((range, &NATIVE_LIBRARY_NOT_KNOWN, what))
    }

    /// The RUN that removes the packages of development; `None` where there are none, where the sources use one, or
    /// where it is not known how.
    fn prune(&self, site: &Site<'_>, done: &Done<'_>) -> Option<String> {
        let development: Vec<String> = self.of("devDependencies").collect();
        if development.is_empty() || self.drops_development(site, done) {
            return None;
        }
        let production: Vec<String> = self.of("dependencies").collect();
        let is_used = |name: &String| {
            let quoted = [
                format!("'{name}'"),
                format!("\"{name}\""),
                format!("'{name}/"),
                format!("\"{name}/"),
            ];
            !production.contains(name)
                && site
                    .texts()
                    .any(|(path, text)| is_run(path) && quoted.iter().any(|it| text.contains(it)))
        };
        if development.iter().any(is_used) {
            return None;
        }
        let family = done
            .installs
            .last()
            .map(|(_, operation, _)| operation.manager.family)?;
        match family {
            "npm" => Some("RUN npm prune --omit=dev".to_owned()),
            "yarn" if site.origin(&joined(&self.folder, ".yarnrc.yml")).is_none() => Some(
                "RUN yarn install --production --ignore-scripts --prefer-offline --frozen-lockfile"
                    .to_owned(),
            )
            .filter(|_| site.origin(&joined(&self.folder, "yarn.lock")).is_some()),
            _ => None,
        }
    }

    /// Whether no install brings packages of development.
    fn drops_development(&self, site: &Site<'_>, done: &Done<'_>) -> bool {
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
        })
    }

    /// Whether an install runs scripts of the project, which may make files anywhere in it.
    fn has_scripts(&self) -> bool {
        [
            "preinstall",
            "install",
            "postinstall",
            "prepare",
            "prepublish",
        ]
        .iter()
        .any(|name| self.manifest.script(name).is_some())
    }
}

/// Whether a source is part of what runs: no test, and no settings of tools.
fn is_run(path: &str) -> bool {
    let name = base_name(path);
    let is_test = path.split('/').any(|part| {
        matches!(
            part,
            "test" | "tests" | "__tests__" | "spec" | "e2e" | "cypress"
        )
    }) || name.contains(".test.")
        || name.contains(".spec.");
    let is_config = name.contains(".config.") || name.starts_with('.') || name.ends_with("file.js");
    !is_test && !is_config
}

/// The sources run no program that the slim image lacks.
fn refuse_other_programs(site: &Site<'_>) -> Result<(), Refusal> {
    let range = site.range(site.stage.item);
    let unread = || {
        (
            range,
            &FILES_NOT_KNOWN,
            "the sources cannot all be read".to_owned(),
        )
    };
    const ENDS: &[&str] = &[".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".jsx", ".tsx"];
    for file in site.copied().ok_or_else(unread)? {
        if !ENDS.iter().any(|end| file.origin.ends_with(end)) || !is_run(&file.origin) {
            continue;
        }
        let text = site.context.text(&file.origin).map_err(|_| unread())?;
        if text.contains("child_process") || text.contains("execa") {
            return Err((range, &NEEDS_THE_TOOLCHAIN, format!("`{}`", file.origin)));
        }
    }
    Ok(())
}

fn plan(
    site: &Site<'_>,
    mut survey: Survey,
    done: &Done<'_>,
    programs: &Programs,
    project: &Project,
    runtime: String,
    prune: Option<String>,
) -> Result<Plan, Refusal> {
    let family = site.facts.map_or(Family::Debian, |facts| facts.family);
    let changes_sources = done.builds
        || project.has_scripts()
        || !survey.modes.is_empty()
        || !survey.owners.is_empty()
        || survey.removes_copied;
    let mut brought = Vec::new();
    if changes_sources {
        for placed in &site.placed {
            let moves = survey.roles.get(&placed.item) == Some(&Role::Moves);
            if !moves && !is_within(&placed.to, &project.folder) {
                let what = format!("`{}`", placed.to);
                return Err((site.range(placed.item), &STEP_NOT_CLASSIFIED, what));
            }
        }
        brought.push(Brought::in_place(project.folder.as_str()));
    } else {
        let modules = joined(&project.folder, "node_modules");
        brought.push(Brought::in_place(modules));
        for (at, placed) in site.placed.iter().enumerate() {
            let is_covered = placed.sources.iter().all(|source| {
                let (path, origin) = match source {
                    PlacedSource::File(file) => (joined(&placed.to, base_name(file)), file),
                    PlacedSource::Folder(folder) => (placed.to.clone(), folder),
                    PlacedSource::Other => return false,
                };
                let mut later = site.placed[at + 1..].iter();
                later.any(|other| other.origin(&path).as_ref() == Some(origin))
            });
            let role = survey.roles.entry(placed.item).or_insert(Role::Build);
            if *role == Role::Build && !is_covered {
                *role = Role::Repeats;
            }
        }
    }
    let folders = survey.made_folders(site, &brought);
    brought.extend(folders);
    for it in &mut brought {
        it.owner = survey.owner_of(site, &it.to);
    }
    survey.check_volumes(site, &brought)?;
    let kept: Vec<&str> = survey.packages.kept().collect();
    let tools = programs.tools.iter().copied();
    let more: Vec<&str> = tools.filter(|tool| !kept.contains(tool)).collect();
    let install = survey
        .packages
        .settle(family, &mut survey.roles, &[], &more);
    survey.keep_frontend(site);
    Ok(Plan {
        because: "the image has the packages of production, the sources and what was built of them, without compilers; \
                  assumes that the packages run no other program of the larger image"
            .to_owned(),
        runtime,
        roles: survey.roles,
        edits: Vec::new(),
        effects: Vec::new(),
        build_end: prune.into_iter().collect(),
        install,
        variables: Vec::new(),
        brought,
        left_behind: survey.left_behind,
        applicability: Applicability::Suggested,
        saved: None,
    })
}
