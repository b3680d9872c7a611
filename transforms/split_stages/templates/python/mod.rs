//! Python: what pip installs is laid over the smaller image; compilers and headers stay behind.

mod development;
mod known;
mod outside;
mod packages;
mod steps;
mod uv;

use super::Template;
use crate::edit::Edit;
use crate::model::command::CommandFact;
use crate::model::images::{Family, version_of};
use crate::model::packages::Operation;
use crate::model::placed::{joined, resolved};
use crate::model::run::is_within;
use crate::settings::RuntimeKind;
use crate::transform::words::WordEdits;
use crate::transform::{Applicability, Effect, TemplateMeta};
use crate::transforms::split_stages::plan::{Brought, Plan, Role, ToldPlan};
use crate::transforms::split_stages::programs::Programs;
use crate::transforms::split_stages::reasons::{
    BASE_NOT_KNOWN, DEVELOPMENT_IMAGE, FILES_NOT_KNOWN, NATIVE_LIBRARY_NOT_KNOWN,
    NEEDS_THE_TOOLCHAIN, NOTHING_TO_LEAVE_BEHIND, START_NOT_KNOWN, STEP_NOT_CLASSIFIED,
};
use crate::transforms::split_stages::site::{Copied, Refusal, Site, base_name};
use crate::transforms::split_stages::survey::{ByMake, Survey, Words, survey};
use development::Without;
use known::is_of_packages;
use packages::{locked, needed_libraries, of_compilers, packages, packages_or_project};
use steps::{Done, copy, step};

pub(super) struct Python;

static META: TemplateMeta = TemplateMeta {
    name: "python",
    summary: "the installed packages and the sources on the slim image",
    images: &["python"],
    files: "requirements files or lock files, the sources",
    kinds: &[RuntimeKind::Slim],
    page: include_str!("python.md"),
};

impl Template for Python {
    fn meta(&self) -> Option<&'static TemplateMeta> {
        Some(&META)
    }

    fn plan(&self, site: &Site<'_>) -> Result<Option<Plan>, Refusal> {
        refuse_development(site)?;
        site.refuse_kind(site.small_kind())?;
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
                is_of_build: &|name| {
                    let mut starts = ["PIP_", "PIPENV_", "POETRY_", "UV_"].iter();
                    starts.any(|start| name.starts_with(start))
                },
                sets_up: true,
                builds_last: false,
                copy: &|item, is_before| copy(site, item, is_before),
            };
            survey(site, &mut words)?
        };
        if let Some(refusal) = done.refused.take() {
            return Err(refusal);
        }
        let is_smaller = runtime != site.image_text();
        let leaves_manager =
            done.has_manager() && carried(site, &done).is_ok_and(|it| it.len() == 1);
        if !is_smaller && !survey.packages.has_build_tools() && !leaves_manager {
            return Err((
                site.range(site.stage.item),
                &NOTHING_TO_LEAVE_BEHIND,
                String::new(),
            ));
        }
        if done.installs.is_empty() {
            let what = "no install of packages".to_owned();
            return site.refuse(&NOTHING_TO_LEAVE_BEHIND, what);
        }
        check_programs(site, &programs)?;
        let libraries = if is_smaller {
            refuse_other_programs(site)?;
            needed_libraries(site, &done)?
        } else {
            // What the image has, the other stage has too, but for what came with a compiler.
            programs.tools.clear();
            of_compilers(site, &done)
        };
        plan(site, survey, &done, &programs, runtime, libraries).map(Some)
    }
}

fn refuse_development(site: &Site<'_>) -> Result<(), Refusal> {
    let words: Vec<&str> = site.words.iter().map(String::as_str).collect();
    let is_watched = words.iter().any(|word| {
        matches!(
            *word,
            "--reload" | "--debug" | "watchmedo" | "jupyter" | "ptpython" | "ipython"
        )
    });
    let is_debugged = ["FLASK_DEBUG", "FLASK_ENV"].iter().any(|name| {
        let value = site.end().env.get(name).and_then(|it| it.value.known());
        matches!(value, Some("1" | "true" | "development"))
    });
    let is_interpreter = words.len() == 1 && matches!(base_name(words[0]), "python" | "python3");
    if is_watched || is_debugged {
        let said = format!("`{}`", words.join(" "));
        return Err((site.start_range(), &DEVELOPMENT_IMAGE, said));
    }
    if is_interpreter {
        return Err((
            site.start_range(),
            &START_NOT_KNOWN,
            "an interpreter".to_owned(),
        ));
    }
    if matches!(
        base_name(words[0]),
        "uv" | "poetry" | "pipenv" | "pdm" | "tox" | "make"
    ) {
        let said = format!("`{}`", words.join(" "));
        return Err((site.start_range(), &NEEDS_THE_TOOLCHAIN, said));
    }
    Ok(())
}

/// What `collectstatic` fills lies where the container works.
fn static_root(site: &Site<'_>, path: &str, text: &str) -> Result<(), Refusal> {
    let folder = site.folder().unwrap_or_default();
    let root = text
        .lines()
        .find(|line| line.trim_start().starts_with("STATIC_ROOT"));
    let Some(root) = root.filter(|_| runs_words(site, &["collectstatic"])) else {
        return Ok(());
    };
    let literal = root.split(['"', '\'']).nth(1).unwrap_or_default();
    // How far up the folder of the project is taken to be.
    let depth = path[folder.len().min(path.len())..].matches('/').count();
    let base = text
        .lines()
        .find(|line| line.trim_start().starts_with("BASE_DIR"));
    let steps = |line: &str| line.matches("parent").count() + line.matches("dirname(").count();
    let up = base.map_or(0, steps).max(steps(root));
    let is_outside = literal.starts_with('/') && !is_within(literal, &folder);
    if is_outside || up > depth {
        let what = format!("`{}`, where `{path}` puts static files", root.trim());
        return site.refuse(&FILES_NOT_KNOWN, what);
    }
    Ok(())
}

/// The image of the same version and release without compilers.
fn runtime_image(site: &Site<'_>) -> Result<String, Refusal> {
    let refuse = |what: &str| site.refuse(&BASE_NOT_KNOWN, what);
    let Some(facts) = site.facts else {
        return refuse("its system is not known");
    };
    if facts.slim || facts.family == Family::Alpine {
        return Ok(site.image_text());
    }
    match site.slim_image() {
        Some(slim) => Ok(slim),
        None => refuse("no slim image of the same release is known"),
    }
}

/// The program that the container starts comes along.
fn check_programs(site: &Site<'_>, programs: &Programs) -> Result<(), Refusal> {
    for program in &programs.names {
        let name = base_name(program);
        let folder = site.folder();
        let path = folder.and_then(|folder| resolved(&folder, program));
        let is_copied =
            program.contains('/') && path.is_some_and(|path| site.origin(&path).is_some());
        let is_python = matches!(name, "python" | "python3") || name.starts_with("python3.");
        let kept = site.installs(name)
            || site.told_packages().any(|it| it == name)
            || provided_by(name).is_some_and(|it| it.iter().any(|package| site.installs(package)));
        let is_script = site
            .texts_named(&["pyproject.toml", "setup.py", "setup.cfg"])
            .any(|text| text.contains(name));
        if !is_copied && !is_python && !is_of_packages(name) && !kept && !is_script {
            return Err((site.start_range(), &START_NOT_KNOWN, format!("`{program}`")));
        }
    }
    Ok(())
}

/// The packages of the system that bring a program of another name.
fn provided_by(program: &str) -> Option<&'static [&'static str]> {
    Some(match program {
        "nc" => &["netcat", "netcat-openbsd", "netcat-traditional"],
        "pg_isready" | "psql" | "pg_dump" => &["postgresql-client"],
        "mysql" | "mysqladmin" => &["default-mysql-client", "mariadb-client"],
        "redis-cli" => &["redis-tools"],
        "msgfmt" | "envsubst" => &["gettext", "gettext-base"],
        _ => return None,
    })
}

/// The sources run no program that the smaller image lacks, and use no part of Python that it lacks.
fn refuse_other_programs(site: &Site<'_>) -> Result<(), Refusal> {
    let range = site.range(site.stage.item);
    let is_own = |file: &Copied| {
        let is_test = file.origin.split('/').any(|part| part.starts_with("test"));
        file.origin.ends_with(".py") && !is_test
    };
    for source in site.sources(is_own)? {
        let (file, text) = source?;
        let imports = |module: &str| {
            text.lines().any(|line| {
                let line = line.trim_start();
                [format!("import {module}"), format!("from {module}")]
                    .iter()
                    .any(|it| line.starts_with(it.as_str()))
            })
        };
        if imports("tkinter") || imports("turtle") {
            let what = format!("`{}`: tkinter", file.origin);
            site.need(range, &NATIVE_LIBRARY_NOT_KNOWN, what)?;
        }
        // The slim image of Python has certificates.
        if let Some(what) = site.of_system(text).filter(|it| !it.contains("ssl")) {
            let what = format!("`{}`: `{what}`", file.origin);
            site.need(range, &NEEDS_THE_TOOLCHAIN, what)?;
        }
        static_root(site, &file.path, text)?;
        let calls = [
            "subprocess",
            "os.system(",
            "os.popen(",
            "os.exec",
            "pexpect",
            "ctypes",
            "import pty",
            "from invoke",
            "import invoke",
            "from fabric",
            "import fabric",
            "import os as",
            "__import__(",
        ];
        let imports_call = text.lines().any(|line| {
            let names = line
                .trim()
                .strip_prefix("from os import ")
                .unwrap_or_default();
            let mut names = names.split([',', ' ', '(', ')']);
            names.any(|name| matches!(name, "popen" | "system") || name.starts_with("exec"))
        });
        if imports_call {
            let what = format!("`{}`: os", file.origin);
            site.need(range, &NEEDS_THE_TOOLCHAIN, what)?;
        }
        if let Some(call) = calls.iter().find(|call| text.contains(**call)) {
            let what = format!("`{}`: {call}", file.origin);
            site.need(range, &NEEDS_THE_TOOLCHAIN, what)?;
        }
    }
    Ok(())
}

fn plan(
    site: &Site<'_>,
    mut survey: Survey,
    done: &Done<'_>,
    programs: &Programs,
    runtime: String,
    libraries: Vec<&'static str>,
) -> Result<Plan, Refusal> {
    let family = site.facts.map_or(Family::Debian, |facts| facts.family);
    let changes_sources = done.uses_sources
        || !survey.modes.is_empty()
        || !survey.owners.is_empty()
        || survey.removes_copied;
    let outside = outside::poetry(site, done);
    let is_outside = outside.is_some();
    let (mut brought, mut edits, mut effects) = installed(site, done, outside)?;
    let mut build_end = Vec::new();
    match development::without(site, done, is_outside) {
        Some(Without::Edit(more, effect)) => {
            edits.extend(more);
            effects.push(*effect);
        }
        Some(Without::Run(run)) => build_end.push(run),
        None => {}
    }
    if carries_pip(site, &survey, done, &brought) {
        build_end.push(format!("RUN pip uninstall -y {}", of_image(site).join(" ")));
    }
    if changes_sources {
        let folder = site.folder().filter(|folder| folder != "/");
        let folder = folder.ok_or((
            site.start_range(),
            &FILES_NOT_KNOWN,
            "no working directory".to_owned(),
        ))?;
        for placed in &site.placed {
            if survey.roles.get(&placed.item) != Some(&Role::Moves) {
                survey.roles.insert(placed.item, Role::Build);
                let is_below = crate::model::run::is_within(&placed.to, &folder);
                if !is_below {
                    let what = format!("`{}`", placed.to);
                    return Err((site.range(placed.item), &STEP_NOT_CLASSIFIED, what));
                }
            }
        }
        brought.push(Brought::in_place(folder));
    }
    brought.extend(site.told_artifacts().map(Brought::in_place));
    brought.extend(outside::types_of_files(site));
    let folders = survey.made_folders(site, &brought);
    brought.extend(folders);
    survey.give(site, &mut brought)?;
    survey.check_volumes(site, &brought)?;
    let mut more = survey.packages.besides(programs.tools.iter().copied());
    more.extend(libraries);
    let install = survey
        .packages
        .settle(site, family, &mut survey.roles, &[], &more);
    survey.keep_frontend(site);
    site.refuse_gone(&survey, install.is_some())?;
    Ok(Plan {
        because: "the image has the installed packages and the sources, without compilers and headers; assumes that \
                  the program runs no other program of the larger image"
            .to_owned(),
        runtime,
        roles: survey.roles,
        edits,
        effects,
        build_end,
        install,
        variables: Vec::new(),
        is_without_shell: false,
        resets_entry_point: false,
        brought,
        left_behind: survey.left_behind,
        told: ToldPlan::default(),
        applicability: Applicability::Suggested,
        stays: false,
    })
}

/// What is brought, the edits, and what they mean.
type Installed = (Vec<Brought>, Vec<Edit>, Vec<Effect>);

/// What is brought of the packages, and how the installs change for it.
fn installed(
    site: &Site<'_>,
    done: &Done<'_>,
    outside: Option<outside::Changes>,
) -> Result<Installed, Refusal> {
    let found = if let Some(environment) = &done.environment {
        (
            vec![Brought::in_place(environment.as_str())],
            Vec::new(),
            Vec::new(),
        )
    } else if let [(run, operation, folder)] = done.installs.as_slice()
        && !done.has_manager()
        && operation.manager.id == "pip"
        && !done.has_tools
        && !done.uses_sources
        && done.homes.is_empty()
        && !done.checks
    {
        // What there is to be laid over must be there.
        packages_or_project(site, run, operation, folder)?;
        let (edits, effect) = prefixed(site, run.command(operation), operation);
        let brought = Brought {
            from: "/install".to_owned(),
            to: "/usr/local".to_owned(),
            owner: None,
        };
        (vec![brought], edits, vec![effect])
    } else {
        let (edits, effects) = outside.unwrap_or_default();
        (carried(site, done)?, edits, effects)
    };
    Ok(found)
}

/// The install with a prefix of its own.
fn prefixed(site: &Site<'_>, command: &CommandFact, operation: &Operation) -> (Vec<Edit>, Effect) {
    let mut words = WordEdits::new(command);
    words.insert_after(operation.subcommand, " ", "--prefix=/install");
    words.finish(site.input.model)
}

/// The folders in which all installs leave what they install.
fn carried(site: &Site<'_>, done: &Done<'_>) -> Result<Vec<Brought>, Refusal> {
    let range = site.range(site.stage.item);
    let is_in_project = done.installs.iter().any(|(run, operation, _)| {
        operation.manager.id == "uv" && !uv::is_pip(operation, run.command(operation))
    }) || site.is_set("POETRY_VIRTUALENVS_IN_PROJECT", &["1", "true"])
        || site.is_set("PIPENV_VENV_IN_PROJECT", &["1", "true"])
        || runs_words(site, &["virtualenvs.in-project", "true"]);
    if is_in_project {
        let folder = &done.installs[0].2;
        return Ok(vec![Brought::in_place(joined(folder, ".venv"))]);
    }
    if let [home, ..] = done.homes.as_slice() {
        if done.homes.len() == done.installs.len() && !done.has_tools {
            return Ok(vec![Brought::in_place(joined(home, ".local"))]);
        }
        let what = "some packages are for all users, and some are not".to_owned();
        return Err((range, &FILES_NOT_KNOWN, what));
    }
    let is_in_system = done
        .installs
        .iter()
        .all(|(run, operation, _)| match operation.manager.id {
            "pip" => true,
            "uv" => uv::is_for_system(site, run, operation),
            "poetry" => poetry_into_system(site),
            "pipenv" => operation.has_option(run.command(operation), &["--system"]),
            _ => false,
        });
    let version = site.image.tag.as_deref().and_then(version_of);
    match version.as_deref() {
        Some([major, minor, ..]) if is_in_system => Ok(vec![
            Brought::in_place(format!(
                "/usr/local/lib/python{major}.{minor}/site-packages"
            )),
            Brought::in_place("/usr/local/bin"),
        ]),
        _ => Err((
            range,
            &FILES_NOT_KNOWN,
            "where the packages are installed".to_owned(),
        )),
    }
}

/// Whether the packages come with the pip of the larger image, to be laid over that of the smaller one.
fn carries_pip(site: &Site<'_>, survey: &Survey, done: &Done<'_>, brought: &[Brought]) -> bool {
    let state = site.input.model.state(survey.last_build);
    let mut installs = done.installs.iter();
    let is_named = installs.any(|(run, operation, folder)| {
        let names = packages(site, run, operation, folder).unwrap_or_default();
        names.iter().any(|name| name == "pip")
    });
    brought.iter().any(|it| it.from.ends_with("/site-packages"))
        && state.is_some_and(|state| state.is_root() == Some(true))
        && !is_named
}

/// The tools that both images have and that the build has in another version: pip, and before Python 3.12 others that
/// a step has installed anew.
fn of_image(site: &Site<'_>) -> Vec<&'static str> {
    let version = site.image.tag.as_deref().and_then(version_of);
    let has_more = matches!(version.as_deref(), Some([3, minor, ..]) if *minor < 12);
    let installs_anew = |name: &str| {
        let runs = site.input.model.runs_of(site.stage.index);
        let mut commands = runs.flat_map(|run| &run.commands);
        commands.any(|command| {
            let mut words = command
                .arguments()
                .iter()
                .map(|word| word.raw.trim_matches(['"', '\'']));
            matches!(command.name(), Some("pip" | "pip3" | "python" | "python3"))
                && words.any(|word| word.split(['=', '<', '>', '!', '~']).next() == Some(name))
        })
    };
    let more = ["setuptools", "wheel"].into_iter();
    let more = more.filter(|name| has_more && installs_anew(name));
    std::iter::once("pip").chain(more).collect()
}

/// Whether poetry installs into the Python that runs it.
fn poetry_into_system(site: &Site<'_>) -> bool {
    runs_words(site, &["virtualenvs.create", "false"])
        || site.is_set("POETRY_VIRTUALENVS_CREATE", &["0", "false"])
}

/// Whether a command of the build has these words in a row.
fn runs_words(site: &Site<'_>, words: &[&str]) -> bool {
    let runs = site.input.model.runs_of(site.stage.index);
    runs.flat_map(|run| &run.commands).any(|command| {
        let said: Vec<&str> = command.words.iter().map(|it| it.raw.as_str()).collect();
        said.windows(words.len()).any(|it| it == words)
    })
}
