//! Rust: one program, and the libraries of the system that its crates link.

use super::Template;
use crate::model::folders::parent;
use crate::model::images::Family;
use crate::model::placed::{joined, resolved};
use crate::model::run::Run;
use crate::settings::RuntimeKind;
use crate::transform::{Applicability, TemplateMeta};
use crate::transforms::split_stages::files;
use crate::transforms::split_stages::plan::{Brought, Plan, Role, ToldPlan};
use crate::transforms::split_stages::programs::Programs;
use crate::transforms::split_stages::reasons::{
    ARTIFACT_NOT_FOUND, BASE_NOT_KNOWN, DEVELOPMENT_IMAGE, FILES_NOT_KNOWN,
    NATIVE_LIBRARY_NOT_KNOWN, NEEDS_THE_TOOLCHAIN,
};
use crate::transforms::split_stages::site::{Refusal, Site, base_name};
use crate::transforms::split_stages::survey::{Step, Survey, Words, survey};

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

/// Crates that link libraries, and those that the image of Rust has for them: bullseye, bookworm, trixie; none
/// where they build their own, or where every system has it.
#[rustfmt::skip]
const LINK: &[(&str, Option<[&str; 3]>)] = &[
    ("aws-lc-sys", None), ("bzip2-sys", None), ("core-foundation-sys", None), ("js-sys", None), ("libmimalloc-sys", None),
    ("linux-raw-sys", None), ("pkg-config", None), ("ring", None), ("vcpkg", None),
    ("libz-sys", Some(["zlib1g", "zlib1g", "zlib1g"])),
    ("lzma-sys", Some(["liblzma5", "liblzma5", "liblzma5"])), ("schannel", None), ("security-framework-sys", None),
    ("tikv-jemalloc-sys", None), ("web-sys", None), ("windows-sys", None), ("winapi-util", None), ("zstd-sys", None),
    ("libpq-sys", Some(["libpq5", "libpq5", "libpq5"])),
    ("openssl-sys", Some(["libssl1.1", "libssl3", "libssl3t64"])),
    ("pq-sys", Some(["libpq5", "libpq5", "libpq5"])),
    ("mysqlclient-sys", Some(["libmariadb3", "libmariadb3", "libmariadb3"])),
    ("libsqlite3-sys", Some(["libsqlite3-0", "libsqlite3-0", "libsqlite3-0"])),
];

/// Crates that run other programs.
const RUN_OTHERS: &[&str] = &["cmd_lib", "duct", "run_script", "subprocess", "xshell"];

/// The image with the C library and that of the compiler, and no more.
const CC: &str = "gcr.io/distroless/cc-debian12";

/// Where the build puts programs.
#[derive(Default)]
struct Done {
    /// The folders that programs are put into.
    folders: Vec<String>,
    /// Whether these are below a mount, where nothing stays.
    is_mounted: bool,
    /// Programs that are copied elsewhere.
    copied: Vec<String>,
}

impl Template for Rust {
    fn meta(&self) -> Option<&'static TemplateMeta> {
        Some(&META)
    }

    fn plan(&self, site: &Site<'_>) -> Result<Option<Plan>, Refusal> {
        let range = site.start_range();
        let program = site.words[0].as_str();
        if matches!(
            base_name(program),
            "cargo" | "rustc" | "cargo-watch" | "bacon" | "make"
        ) {
            let said = format!("`{}`", site.words.join(" "));
            return Err((range, &DEVELOPMENT_IMAGE, said));
        }
        let is_alpine = site
            .facts
            .is_some_and(|facts| facts.family == Family::Alpine);
        let programs = Programs::of(site, is_alpine)?;
        let mut done = Done::default();
        let survey = {
            let mut step = |run, at, folder: &str| step(site, run, at, folder, &mut done);
            let mut words = Words {
                step: &mut step,
                is_of_build: &|name| {
                    name.starts_with("CARGO_")
                        || name.starts_with("RUST")
                            && name != "RUST_LOG"
                            && name != "RUST_BACKTRACE"
                },
                sets_up: false,
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
                Some(path) => artifacts.push(path),
                None if path.is_some_and(|path| site.is_told(&path)) => {}
                None => return Err((range, &ARTIFACT_NOT_FOUND, format!("`{program}`"))),
            }
        }
        if artifacts.is_empty() && !site.is_told_artifacts() {
            return Err((range, &ARTIFACT_NOT_FOUND, format!("`{program}`")));
        }
        plan(site, survey, &programs, &artifacts).map(Some)
    }
}

/// Whether a manifest of the build context says that a program of a name is built. Where none is there, all may be.
fn is_program(site: &Site<'_>, name: &str) -> bool {
    let mut has_manifest = false;
    for text in site.texts_named(&["Cargo.toml"]) {
        has_manifest = true;
        let table: toml::Table = toml::from_str(text).unwrap_or_default();
        let package = table.get("package").and_then(|it| it.get("name"));
        let programs = table.get("bin").and_then(toml::Value::as_array);
        let programs = programs
            .into_iter()
            .flatten()
            .filter_map(|it| it.get("name"));
        // A program that is named otherwise takes the place of the one of the package's own name.
        let has_own = programs.clone().next().is_none();
        let mut names = package.filter(|_| has_own).into_iter().chain(programs);
        if names.any(|it| it.as_str() == Some(name)) {
            return true;
        }
    }
    let ends = [
        format!("src/bin/{name}.rs"),
        format!("src/bin/{name}/main.rs"),
    ];
    let copied = site.copied().unwrap_or_default();
    let is_there = copied
        .iter()
        .any(|file| ends.iter().any(|end| file.origin.ends_with(end.as_str())));
    is_there || !has_manifest
}

fn step(site: &Site<'_>, run: &Run, at: usize, folder: &str, done: &mut Done) -> Step {
    let command = &run.commands[at];
    let words: Vec<&str> = command.words.iter().map(|word| word.raw.as_str()).collect();
    let state = site.input.model.state(run.item);
    let sets = |name: &str| state.is_some_and(|state| state.sets(name));
    let has = |names: &[&str]| {
        words
            .iter()
            .any(|word| names.contains(&word.split('=').next().unwrap_or(word)))
    };
    // Below a mount nothing stays; another folder may be named in the settings of cargo.
    let is_mounted = run.mounts.iter().any(|mount| {
        mount
            .target
            .as_deref()
            .is_none_or(|it| it.contains("target"))
    });
    let has_settings = site
        .texts_named(&["config.toml", "config"])
        .any(|text| text.contains("target-dir"));
    done.is_mounted |= is_mounted;
    if has_settings {
        return Step::Unknown;
    }
    if sets("CARGO_TARGET_DIR")
        || sets("CARGO_INSTALL_ROOT")
        || has(&["--target", "--target-dir", "--root", "--manifest-path"])
    {
        return Step::Unknown;
    }
    match (command.name(), words.get(1).copied()) {
        (Some("cargo"), Some("build" | "b")) => {
            let profile = if has(&["--release", "-r"]) {
                "release"
            } else {
                "debug"
            };
            done.folders
                .push(joined(folder, &format!("target/{profile}")));
            Step::Build
        }
        // A tool of another project: it is found on the path, and not started.
        (Some("cargo"), Some("install")) if !has(&["--path"]) => {
            let mut started = site.words.iter();
            let names = words[2..].iter().filter(|word| !word.starts_with('-'));
            let names: Vec<&&str> = names.collect();
            let is_started = started.any(|it| names.iter().any(|name| base_name(it) == **name));
            if is_started {
                Step::Unknown
            } else {
                Step::Build
            }
        }
        // A program that stands for the own one until its crates are built.
        (Some("echo" | "printf"), _) if command.writes.iter().all(|it| it.ends_with(".rs")) => {
            Step::Build
        }
        (Some("touch"), _) if words[1..].iter().all(|it| it.ends_with(".rs")) => Step::Build,
        // The program is there before and behind it.
        (Some("strip"), _) => {
            let mut paths = command
                .arguments()
                .iter()
                .filter(|word| !word.raw.starts_with('-'));
            let is_of_build = paths.all(|word| {
                let path = site.value(run.item, word);
                let path = path.and_then(|path| resolved(folder, &path));
                path.is_some_and(|path| {
                    done.copied.contains(&path) || done.folders.iter().any(|it| it == parent(&path))
                })
            });
            if is_of_build {
                Step::Build
            } else {
                Step::Unknown
            }
        }
        (Some("cargo"), Some("install")) if has(&["--path"]) => {
            done.folders.push("/usr/local/cargo/bin".to_owned());
            Step::Build
        }
        (Some("rustup"), _)
        | (
            Some("cargo"),
            Some(
                "fetch" | "test" | "check" | "clippy" | "fmt" | "clean" | "update" | "vendor"
                | "--version",
            ),
        ) => Step::Build,
        (Some("cp" | "mv"), _) => {
            let mut paths = command
                .arguments()
                .iter()
                .filter(|word| !word.raw.starts_with('-'));
            let path = |word| resolved(folder, &site.value(run.item, word)?);
            let (from, to) = (paths.next().and_then(path), paths.next().and_then(path));
            match (from, to, paths.next()) {
                (Some(from), Some(to), None)
                    if done.folders.iter().any(|it| it == parent(&from)) =>
                {
                    let is_folder = matches!(to.as_str(), "/usr/local/bin" | "/usr/bin" | "/bin");
                    done.copied.push(if is_folder {
                        joined(&to, base_name(&from))
                    } else {
                        to
                    });
                    Step::Build
                }
                _ => Step::Unknown,
            }
        }
        _ => Step::Unknown,
    }
}

fn is_source(path: &str) -> bool {
    matches!(
        base_name(path),
        "Cargo.toml" | "Cargo.lock" | "rust-toolchain" | "rust-toolchain.toml" | "build.rs"
    ) || path.ends_with(".rs")
        || path.contains("/.cargo/")
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

/// The libraries that the crates of the lock file link.
fn libraries(site: &Site<'_>, column: Option<usize>) -> Result<Vec<&'static str>, Refusal> {
    let range = site.range(site.stage.item);
    let mut locks = site.texts_named(&["Cargo.lock"]);
    let Some(lock) = locks.next() else {
        return Err((range, &FILES_NOT_KNOWN, "`Cargo.lock`".to_owned()));
    };
    let mut found = Vec::new();
    let table: toml::Table = toml::from_str(lock).unwrap_or_default();
    let crates = table.get("package").and_then(toml::Value::as_array);
    for package in crates.into_iter().flatten() {
        let name = package.get("name").and_then(toml::Value::as_str);
        let name = name.unwrap_or_default();
        if RUN_OTHERS.contains(&name) {
            site.need(range, &NEEDS_THE_TOOLCHAIN, format!("`{name}`"))?;
        }
        // Who asks for libraries when it is built may link one.
        let needs = package.get("dependencies").and_then(toml::Value::as_array);
        let asks = needs.into_iter().flatten().any(|it| {
            let name = it.as_str().unwrap_or_default();
            ["pkg-config", "system-deps"].contains(&name.split(' ').next().unwrap_or_default())
        });
        match LINK.iter().find(|(known, _)| *known == name) {
            Some((_, Some(libraries))) => match column {
                Some(column) => found.push(libraries[column]),
                None => site.need(range, &NATIVE_LIBRARY_NOT_KNOWN, format!("`{name}`"))?,
            },
            None if name.ends_with("-sys") || asks => {
                site.need(range, &NATIVE_LIBRARY_NOT_KNOWN, format!("`{name}`"))?;
            }
            Some((_, None)) | None => {}
        }
    }
    Ok(found)
}

fn plan(
    site: &Site<'_>,
    mut survey: Survey,
    programs: &Programs,
    artifacts: &[String],
) -> Result<Plan, Refusal> {
    let range = site.range(site.stage.item);
    let system = System::of(site)?;
    let unread = || {
        (
            range,
            &FILES_NOT_KNOWN,
            "the sources cannot all be read".to_owned(),
        )
    };
    for file in site.copied().ok_or_else(unread)? {
        if !file.origin.ends_with(".rs") {
            continue;
        }
        let text = site.context.text(&file.origin).map_err(|_| unread())?;
        // A script of the build says what is linked.
        let links = [
            "#[link(",
            "libloading",
            "rustc-link-lib",
            "pkg_config",
            "system_deps",
        ];
        let is_linked = links.iter().any(|it| text.contains(it));
        if is_linked && !survey.packages.has_libraries() {
            let what = format!("`{}`", file.origin);
            site.need(range, &NATIVE_LIBRARY_NOT_KNOWN, what)?;
        }
        let is_built = base_name(&file.origin) == "build.rs" || file.origin.contains("tests/");
        let has_process = ["std", "tokio"]
            .iter()
            .any(|it| text.contains(&format!("{it}::process")))
            || text.contains("async_process");
        if has_process && text.contains("Command") && !is_built {
            site.need(range, &NEEDS_THE_TOOLCHAIN, format!("`{}`", file.origin))?;
        }
        // What the build wrote, or where it was, is compiled in; a path of it is read when it runs.
        let built_in = [
            "include!(concat!(env!(\"OUT_DIR\")",
            "include_str!(concat!(env!(\"OUT_DIR\")",
            "include_bytes!(concat!(env!(\"OUT_DIR\")",
        ];
        let plain: String = text.split_whitespace().collect();
        let count = |what: &str| plain.matches(what).count();
        let is_read = count("env!(\"OUT_DIR\")") > built_in.iter().map(|it| count(it)).sum();
        let is_path = is_read || count("env!(\"CARGO_MANIFEST_DIR\")") > 0;
        if is_path && !is_built && !site.is_told_artifacts() {
            let what = format!("`{}` reads where it was built", file.origin);
            return Err((range, &FILES_NOT_KNOWN, what));
        }
    }
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
    let data = files::read_at_run_time(site, &is_source, &programs.scripts, true);
    let data = data.or_else(|| site.is_told_artifacts().then(Vec::new));
    let data = data.ok_or_else(unread)?;
    let data = survey.still_there(site, data)?;
    let roles = &survey.roles;
    let is_moved = |path: &str| {
        let mut placed = site.placed.iter();
        placed.any(|it| roles.get(&it.item) == Some(&Role::Moves) && it.origin(path).is_some())
    };
    brought.extend(data.into_iter().filter(|it| !is_moved(&it.to)));
    let mut brought = files::without_inner(brought);
    let folders = survey.made_folders(site, &brought);
    brought.extend(folders);
    survey.give(site, &mut brought)?;
    survey.check_volumes(site, &brought)?;
    let locks = site.texts_named(&["Cargo.lock"]);
    let mut crates = locks.flat_map(str::lines);
    let has_tls = crates
        .any(|line| line.contains("tls") || line.contains("openssl") || line.contains("curl"));
    let mut more = Vec::new();
    // Alpine's image has certificates.
    more.extend(
        has_tls
            .then_some("ca-certificates")
            .filter(|_| system.column.is_some()),
    );
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
        brought,
        left_behind: survey.left_behind,
        told: ToldPlan::default(),
        applicability: Applicability::Suggested,
    })
}
