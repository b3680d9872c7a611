//! Rust: one program, and the libraries of the system that its crates link.

mod crates;
mod run;
mod steps;

use super::Template;
use crate::model::folders::parent;
use crate::model::images::Family;
use crate::model::placed::{joined, resolved};
use crate::settings::RuntimeKind;
use crate::transform::{Applicability, TemplateMeta};
use crate::transforms::split_stages::files;
use crate::transforms::split_stages::given;
use crate::transforms::split_stages::plan::{Brought, Plan, Role, ToldPlan};
use crate::transforms::split_stages::programs::Programs;
use crate::transforms::split_stages::reasons::{
    ARTIFACT_NOT_FOUND, BASE_NOT_KNOWN, DEVELOPMENT_IMAGE,
};
use crate::transforms::split_stages::site::{Refusal, Site, base_name};
use crate::transforms::split_stages::survey::{ByMake, Survey, Words, survey};
use crates::{check_sources, is_source, libraries};
use run::run_by_cargo;
use steps::{Done, is_program, step};

pub(super) struct Rust;

static META: TemplateMeta = TemplateMeta {
    name: "rust",
    summary: "the program with the libraries that its crates link",
    images: &["rust"],
    files: "`Cargo.toml`, `Cargo.lock`, the sources",
    kinds: &[
        RuntimeKind::Distroless,
        RuntimeKind::Slim,
        RuntimeKind::Alpine,
    ],
    page: include_str!("rust.md"),
};

/// The image with the C library and that of the compiler, and no more.
const CC: &str = "gcr.io/distroless/cc-debian12";

impl Template for Rust {
    fn meta(&self) -> Option<&'static TemplateMeta> {
        Some(&META)
    }

    fn plan(&self, site: &Site<'_>) -> Result<Option<Plan>, Refusal> {
        let range = site.start_range();
        let program = site.words[0].as_str();
        let run = run_by_cargo(site);
        let is_tool = matches!(
            base_name(program),
            "cargo" | "rustc" | "cargo-watch" | "bacon" | "make"
        );
        if is_tool && run.is_none() {
            let said = format!("`{}`", site.words.join(" "));
            return Err((range, &DEVELOPMENT_IMAGE, said));
        }
        let is_alpine = site.is_alpine();
        let mut programs = Programs::of(site, is_alpine)?;
        if let Some(run) = &run {
            programs.names = vec![run.words[0].clone()];
        }
        let mut done = Done::default();
        let survey = {
            let mut step = |run, at, folder: &str, _: Option<&ByMake<'_>>| {
                step(site, run, at, folder, &mut done)
            };
            let mut words = Words {
                step: &mut step,
                follows_make: false,
                is_of_build: &|name| {
                    name.starts_with("CARGO_")
                        || name.starts_with("RUST")
                            && name != "RUST_LOG"
                            && name != "RUST_BACKTRACE"
                },
                sets_up: false,
                builds_last: false,
                copy: &|item, is_before| {
                    if !is_before && files::is_data(site, item, &is_source) {
                        Role::Moves
                    } else {
                        Role::Build
                    }
                },
            };
            survey(site, &mut words)?
        };
        let folder = site.folder();
        let mut artifacts = Vec::new();
        for program in &programs.names {
            let path = if program.contains('/') {
                folder
                    .as_deref()
                    .and_then(|folder| resolved(folder, program))
            } else {
                let mut folders = done.folders.iter().chain(done.copied.iter());
                folders
                    .find(|folder| folder.ends_with("/bin") || base_name(folder) == program)
                    .map(|folder| {
                        if base_name(folder) == program {
                            folder.clone()
                        } else {
                            joined(folder, program)
                        }
                    })
            };
            let is_made = |path: &String| {
                if !done.copied.contains(path) && !is_program(site, base_name(path)) {
                    return false;
                }
                done.copied.contains(path)
                    || !done.is_mounted && done.folders.iter().any(|it| it == parent(path))
            };
            match path.clone().filter(is_made) {
                // It may be started in several ways.
                Some(path) if artifacts.contains(&path) => {}
                Some(path) => artifacts.push(path),
                None if path.is_some_and(|path| site.is_told(&path)) => {}
                None => return Err((range, &ARTIFACT_NOT_FOUND, format!("`{program}`"))),
            }
        }
        if artifacts.is_empty() && !site.is_told_artifacts() {
            return Err((range, &ARTIFACT_NOT_FOUND, format!("`{program}`")));
        }
        let plan = plan(site, survey, &programs, &artifacts)?;
        Ok(Some(match run {
            Some(run) => run.applied_to(plan),
            None => plan,
        }))
    }
}

/// The files that crates read in the working folder without being told.
fn by_convention(site: &Site<'_>) -> Vec<String> {
    const CONVENTIONS: &[(&str, &[&str])] = &[
        ("FileBasedMigrations", &["migrations"]),
        ("loco_rs", &["assets", "config"]),
    ];
    let says = |word: &str| {
        let mut texts = site.texts().filter(|(path, _)| path.ends_with(".rs"));
        texts.any(|(_, text)| text.contains(word))
    };
    let rows = CONVENTIONS.iter().filter(|(word, _)| says(word));
    files::copied_at(site, rows.flat_map(|(_, places)| places.iter().copied()))
}

/// The system that the build is on.
struct System {
    family: Family,
    release: &'static str,
    /// Where the tables have Debian's release; none for Alpine, on which programs are static.
    column: Option<usize>,
}

impl System {
    fn of(site: &Site<'_>) -> Result<Self, Refusal> {
        let unknown = || {
            let what = "its release is not known".to_owned();
            (site.range(site.stage.item), &BASE_NOT_KNOWN, what)
        };
        let facts = site.facts.ok_or_else(unknown)?;
        let release = facts.release.ok_or_else(unknown)?;
        let column = ["bullseye", "bookworm", "trixie"]
            .iter()
            .position(|it| *it == release);
        let is_known = match facts.family {
            Family::Debian => column.is_some() && !facts.gone,
            Family::Alpine => true,
            _ => false,
        };
        is_known
            .then_some(Self {
                family: facts.family,
                release,
                column,
            })
            .ok_or_else(unknown)
    }

    fn image(&self, site: &Site<'_>) -> String {
        let (prefix, release) = (&site.image.prefix, self.release);
        match self.column {
            Some(_) => format!("{prefix}debian:{release}-slim"),
            None => format!("{prefix}alpine:{release}"),
        }
    }
}

fn plan(
    site: &Site<'_>,
    mut survey: Survey,
    programs: &Programs,
    artifacts: &[String],
) -> Result<Plan, Refusal> {
    let system = System::of(site)?;
    check_sources(site, &survey)?;
    if system.column.is_some() {
        site.refuse_moving_release()?;
    }
    let mut paths: Vec<String> = artifacts
        .iter()
        .cloned()
        .chain(site.told_artifacts())
        .collect();
    paths.dedup();
    let mut brought: Vec<Brought> = paths.into_iter().map(Brought::in_place).collect();
    let mut always = programs.scripts.clone();
    always.extend(by_convention(site));
    let data = files::data(site, &survey, &is_source, &always, true)?;
    brought.extend(data.ok_or_else(|| site.unread())?);
    let mut brought = files::without_inner(brought);
    let folders = survey.made_folders(site, &brought);
    brought.extend(folders);
    let locks = site.texts_named(&["Cargo.lock"]);
    let mut crates = locks.flat_map(str::lines);
    let has_tls = crates
        .any(|line| line.contains("tls") || line.contains("openssl") || line.contains("curl"));
    let mut more = Vec::new();
    more.extend(programs.tools.iter().copied());
    more.extend(libraries(site, system.column)?);
    let split = &site.input.options.split;
    let is_bare = more.is_empty()
        && site.told_packages().next().is_none()
        && split.allows(RuntimeKind::Distroless)
        && system.release == "bookworm"
        && !programs.need_shell
        && !survey.runs_commands
        && !survey.packages.are_needed(&[])
        && site.has_known_user()
        && site.reaches(CC);
    let gives = given::give(site, &survey, &mut brought, !is_bare)?;
    survey.check_volumes(site, &brought)?;
    // Distroless and Alpine have certificates.
    if has_tls && !is_bare && system.column.is_some() {
        more.insert(0, "ca-certificates");
    }
    let runtime = if is_bare {
        CC.to_owned()
    } else {
        site.refuse_kind(site.small_kind())?;
        system.image(site)
    };
    let install = survey
        .packages
        .settle(site, system.family, &mut survey.roles, &[], &more);
    survey.keep_frontend(site);
    let is_of_cargo = artifacts
        .iter()
        .any(|it| parent(it) == "/usr/local/cargo/bin");
    let is_named_alone = programs.names.iter().any(|name| !name.contains('/'));
    let path = "ENV PATH=/usr/local/cargo/bin:$PATH".to_owned();
    Ok(Plan {
        because: "the image is the program, what it reads and the libraries that it links, without compiler and sources"
            .to_owned(),
        runtime,
        roles: survey.roles,
        edits: Vec::new(),
        effects: Vec::new(),
        build_end: Vec::new(),
        install,
        variables: if is_of_cargo && is_named_alone { vec![path] } else { Vec::new() },
        is_without_shell: is_bare,
        resets_entry_point: false,
        brought,
        left_behind: survey.left_behind,
        told: ToldPlan {
            gives,
            ..ToldPlan::default()
        },
        applicability: Applicability::Suggested,
        stays: false,
    })
}
