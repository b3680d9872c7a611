//! Node: the production dependencies, the sources and what was built of them, on the slim image.

mod bun;
mod distroless;
mod known;
mod lock;
mod omit;
mod project;
mod tools;

use super::Template;
use crate::context::manifests::package_json::PackageJson;
use crate::model::images::{Family, base_facts};
use crate::model::packages::{Operation, Verb};
use crate::model::placed::{joined, resolved};
use crate::model::run::{Run, is_within};
use crate::settings::RuntimeKind;
use crate::transform::{Applicability, TemplateMeta};
use crate::transforms::split_stages::plan::{Brought, Plan, Role, ToldPlan};
use crate::transforms::split_stages::programs::Programs;
use crate::transforms::split_stages::reasons::{
    BASE_NOT_KNOWN, FILES_NOT_KNOWN, NEEDS_THE_TOOLCHAIN, NOTHING_TO_LEAVE_BEHIND,
    STEP_NOT_CLASSIFIED, WORKSPACE,
};
use crate::transforms::split_stages::site::{Copied, Refusal, Site};
use crate::transforms::split_stages::survey::{ByMake, Step, Survey, Words, survey};
use project::{Project, is_run};

pub(super) struct Node;

static META: TemplateMeta = TemplateMeta {
    name: "node",
    summary: "packages of production, sources and what was built, on the slim image",
    images: &["node", "oven/bun"],
    files: "`package.json`, a lock file, the sources",
    kinds: &[
        RuntimeKind::Slim,
        RuntimeKind::Alpine,
        RuntimeKind::Distroless,
    ],
    page: include_str!("node.md"),
};

/// Why the image does without the rest.
fn because(prunes: bool) -> String {
    let (packages, assumed) = if prunes {
        ("packages of production", " and need none of development")
    } else {
        ("packages that were installed", "")
    };
    format!(
        "the image has the {packages}, the sources and what was built of them, without compilers; assumes that the \
         packages run no other program of the larger image{assumed}"
    )
}

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
    fn meta(&self) -> Option<&'static TemplateMeta> {
        Some(&META)
    }

    fn plan(&self, site: &Site<'_>) -> Result<Option<Plan>, Refusal> {
        let runtime = runtime_image(site)?;
        let is_alpine = site.is_alpine();
        let mut programs = Programs::of(site, is_alpine)?;
        let mut done = Done::default();
        let survey = {
            let mut step = |run, at, folder: &str, _: Option<&ByMake<'_>>| {
                step(site, run, at, folder, &mut done)
            };
            let mut words = Words {
                step: &mut step,
                follows_make: false,
                is_of_build: &|_| false,
                sets_up: false,
                builds_last: false,
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
        if is_smaller && !bun::is_base(site) {
            project.check_libraries(site)?;
            refuse_other_programs(site)?;
        } else {
            programs.tools.clear();
        }
        project.check_fetched(site)?;
        let bundle = project.bundle(site);
        let prune = project
            .prune(site, &done)
            .filter(|_| bundle.is_none() && ends_in(site, &survey, &project.folder));
        let leaves = bundle.is_some() || prune.is_some();
        let has_tools = is_smaller || survey.packages.has_build_tools();
        if !has_tools && !leaves {
            return Err((range, &NOTHING_TO_LEAVE_BEHIND, String::new()));
        }
        let omits = prune
            .as_ref()
            .and_then(|_| omit::edit(&project, site, &done));
        let prune = prune.filter(|_| omits.is_none());
        let build = (prune, bundle);
        let mut plan = plan(site, survey, &done, &programs, &project, runtime, build)?;
        if let Some((edits, effect)) = omits {
            (plan.edits, plan.effects) = (edits, vec![effect]);
            plan.stays = !has_tools;
        }
        Ok(Some(plan))
    }
}

/// Whether the stage that builds ends in a folder.
fn ends_in(site: &Site<'_>, survey: &Survey, folder: &str) -> bool {
    let state = site.input.model.state(survey.last_build);
    let last = state.and_then(|state| resolved("/", state.workdir.value.known()?));
    last.as_deref() == Some(folder)
}

/// The image of the same version and release without compilers.
fn runtime_image(site: &Site<'_>) -> Result<String, Refusal> {
    if bun::is_base(site) {
        return bun::runtime_image(site);
    }
    if site.wants_distroless() {
        return distroless::image(site);
    }
    site.refuse_kind(site.small_kind())?;
    let refuse = |what: &str| site.refuse(&BASE_NOT_KNOWN, what);
    let Some(facts) = site.facts else {
        return refuse("its system is not known");
    };
    if facts.slim || facts.family == Family::Alpine {
        return Ok(site.image_text());
    }
    let tag = site.image.tag.as_deref().unwrap_or("latest");
    // Node's tags have the variant behind the release.
    let slim = format!("{tag}-slim");
    let other = base_facts("node", Some(&slim)).filter(|_| tag.contains('-'));
    if other.is_some_and(|it| it.slim && it.release == facts.release) {
        return Ok(format!("{}-slim", site.image_text()));
    }
    match site.slim_image() {
        Some(slim) => Ok(slim),
        None => refuse("no slim image of the same release is known"),
    }
}

fn step<'a>(site: &Site<'a>, run: &'a Run, at: usize, folder: &str, done: &mut Done<'a>) -> Step {
    let command = &run.commands[at];
    let words: Vec<&str> = command.words.iter().map(|word| word.raw.as_str()).collect();
    let operation = run.operations.iter().find(|it| it.command == at);
    let has_flag = |name: &str| {
        words
            .iter()
            .any(|word| word.split('=').next() == Some(name))
    };
    if let Some(step) = tools::step(site, run, at, done) {
        return step;
    }
    match (command.name(), operation.map(|it| it.verb)) {
        (Some("bun" | "bunx"), _) => bun::step(run, command, operation, folder, done),
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
        (Some("pnpm"), _)
            if is_prisma(&words[1..])
                || (words.get(1) == Some(&"exec") && is_prisma(&words[2..])) =>
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
                | "dedupe" | "store",
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
            Some(tool) if OF_BUILDS.contains(tool) || is_prisma(&words[1..]) => {
                done.builds = true;
                Step::Build
            }
            _ => Step::Unknown,
        },
        // Within the project, all of which is brought.
        (Some("cp" | "mv"), _) => {
            let project = site.folder().filter(|folder| folder != "/");
            let mut paths = command
                .arguments()
                .iter()
                .filter(|word| !word.raw.starts_with('-'));
            let is_inside = paths.all(|word| {
                let path = site.value(run.item, word);
                let path = path.and_then(|path| resolved(folder, &path));
                path.zip(project.as_deref())
                    .is_some_and(|(path, project)| is_within(&path, project))
            });
            if !is_inside {
                return Step::Unknown;
            }
            done.builds = true;
            Step::Build
        }
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

/// Whether words make prisma's client, among the packages.
fn is_prisma(words: &[&str]) -> bool {
    let mut words = words.iter().filter(|word| !word.starts_with('-'));
    words.next() == Some(&"prisma") && words.next() == Some(&"generate")
}

/// Ends of the names of sources.
const ENDS: &[&str] = &[".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".jsx", ".tsx"];

/// The sources run no program that the slim image lacks.
fn refuse_other_programs(site: &Site<'_>) -> Result<(), Refusal> {
    let range = site.range(site.stage.item);
    site.refuse_settings_of_system()?;
    let is_own =
        |file: &Copied| ENDS.iter().any(|end| file.origin.ends_with(end)) && is_run(&file.origin);
    for source in site.sources(is_own)? {
        let (file, text) = source?;
        if let Some(what) = site.of_system(text) {
            let what = format!("`{}`: `{what}`", file.origin);
            site.need(range, &NEEDS_THE_TOOLCHAIN, what)?;
        }
        if text.contains("child_process") || text.contains("execa") {
            site.need(range, &NEEDS_THE_TOOLCHAIN, format!("`{}`", file.origin))?;
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
    (prune, bundle): (Option<String>, Option<String>),
) -> Result<Plan, Refusal> {
    let family = site.facts.map_or(Family::Debian, |facts| facts.family);
    let changes_sources = done.builds
        || project.has_scripts()
        // Where there are no packages there is no folder of them.
        || project.is_without_packages()
        || !survey.modes.is_empty()
        || !survey.owners.is_empty()
        || survey.removes_copied;
    let mut brought = Vec::new();
    if let Some(bundle) = bundle {
        brought.push(Brought::in_place(bundle));
    } else if changes_sources {
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
            let role = survey.roles.entry(placed.item).or_insert(Role::Build);
            if *role == Role::Build && !site.is_covered(at) {
                *role = Role::Repeats;
            }
        }
    }
    brought.extend(site.told_artifacts().map(Brought::in_place));
    let folders = survey.made_folders(site, &brought);
    brought.extend(folders);
    survey.give(site, &mut brought)?;
    survey.check_volumes(site, &brought)?;
    let more = survey.packages.besides(programs.tools.iter().copied());
    let install = survey
        .packages
        .settle(site, family, &mut survey.roles, &[], &more);
    let is_distroless = site.wants_distroless();
    if is_distroless {
        let command = install.as_ref().map(|(command, _)| command.as_str());
        distroless::check(site, &survey, programs, command)?;
        distroless::check_packages(site, project)?;
    } else {
        survey.keep_frontend(site);
    }
    site.refuse_gone(&survey, install.is_some())?;
    Ok(Plan {
        because: because(prune.is_some()),
        runtime,
        roles: survey.roles,
        edits: Vec::new(),
        effects: Vec::new(),
        build_end: prune.into_iter().collect(),
        install,
        variables: is_distroless
            .then(|| distroless::PATH.to_owned())
            .into_iter()
            .collect(),
        is_without_shell: is_distroless,
        resets_entry_point: is_distroless && site.start.entrypoint.is_none(),
        brought,
        left_behind: survey.left_behind,
        told: ToldPlan::default(),
        applicability: Applicability::Suggested,
        stays: false,
    })
}
