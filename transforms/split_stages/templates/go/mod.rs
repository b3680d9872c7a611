//! Go: one program, and the files that it reads.

mod needs;
mod programs;
mod steps;
mod system;

use super::Template;
use crate::edit::Edit;
use std::collections::BTreeSet;

use crate::model::folders::parent;
use crate::model::images::{Family, version_of};
use crate::model::placed::resolved;
use crate::model::run::is_within;
use crate::settings::RuntimeKind;
use crate::transform::words::WordEdits;
use crate::transform::{Applicability, Effect, TemplateMeta};
use crate::transforms::split_stages::files;
use crate::transforms::split_stages::given;
use crate::transforms::split_stages::plan::{Brought, Plan, Role, ToldPlan};
use crate::transforms::split_stages::programs::Programs;
use crate::transforms::split_stages::reasons::{
    ARTIFACT_NOT_FOUND, BASE_NOT_KNOWN, DEVELOPMENT_IMAGE, FILES_NOT_KNOWN, TEMPLATE_DOES_NOT_FIT,
};
use crate::transforms::split_stages::site::{Refusal, Site, base_name};
use crate::transforms::split_stages::survey::{ByMake, Survey, Words, survey};
use needs::{Parts, is_source, parts_in_c, run_by};
use programs::{Built, besides, is_on_path};
use steps::{CGO, made_step, step};
use system::{by_convention, knows_no_tls, knows_time, of_system, tables};

pub(super) struct Go;

static META: TemplateMeta = TemplateMeta {
    name: "go",
    summary: "the program and what it reads, without compiler and sources",
    images: &["golang"],
    files: "`go.mod`, `go.sum`, the sources",
    kinds: &[
        RuntimeKind::Distroless,
        RuntimeKind::Slim,
        RuntimeKind::Alpine,
        RuntimeKind::Scratch,
    ],
    page: include_str!("go.md"),
};

impl Template for Go {
    fn meta(&self) -> Option<&'static TemplateMeta> {
        Some(&META)
    }

    fn plan(&self, site: &Site<'_>) -> Result<Option<Plan>, Refusal> {
        let program = site.words[0].as_str();
        let run = programs::run(site).filter(|_| knows_trimpath(site));
        let is_run = run.is_some();
        let is_development = matches!(
            base_name(program),
            "go" | "air"
                | "reflex"
                | "dlv"
                | "CompileDaemon"
                | "fresh"
                | "gin"
                | "realize"
                | "make"
        );
        if is_development {
            let said = format!("`{}`", site.words.join(" "));
            if !is_run {
                return Err((site.start_range(), &DEVELOPMENT_IMAGE, said));
            }
        }
        let (mut built, mut moved) = (Vec::new(), Vec::new());
        let survey = {
            let mut step = |run, at, folder: &str, by_make: Option<&ByMake<'_>>| match by_make {
                Some(it) => made_step(site, run, at, it, &mut built),
                None => step(site, run, at, folder, &mut built, &mut moved),
            };
            let mut words = Words {
                step: &mut step,
                follows_make: true,
                is_of_build: &is_of_build,
                sets_up: false,
                builds_last: is_run,
                copy: &|item, is_before| copy(site, item, is_before),
            };
            survey(site, &mut words)?
        };
        let is_alpine = site.is_alpine();
        if let Some(run) = &run {
            let programs = Programs::default();
            return plan(site, survey, &programs, &[&run.built], moved)
                .map(|plan| Some(run.applied_to(plan)));
        }
        let programs = Programs::of(site, is_alpine)?;
        let folder = site.folder();
        let mut artifacts: Vec<&Built<'_>> = Vec::new();
        for program in &programs.names {
            let path = folder
                .as_deref()
                .and_then(|folder| resolved(folder, program));
            let is_started = |it: &&Built<'_>| {
                if program.contains('/') {
                    path.as_ref() == Some(&it.path)
                } else {
                    base_name(&it.path) == program && is_on_path(site, &it.path)
                }
            };
            let mut found = built.iter().filter(is_started);
            match (found.next(), found.next()) {
                // It may be started in several ways.
                (Some(artifact), None) if artifacts.iter().any(|it| it.path == artifact.path) => {}
                (Some(artifact), None) => artifacts.push(artifact),
                _ if path.is_some_and(|path| site.is_told(&path)) => {}
                _ => {
                    return Err((
                        site.start_range(),
                        &ARTIFACT_NOT_FOUND,
                        format!("`{program}`"),
                    ));
                }
            }
        }
        if artifacts.is_empty() && !site.is_told_artifacts() {
            let said = format!("`{}`", site.words.join(" "));
            return Err((site.start_range(), &ARTIFACT_NOT_FOUND, said));
        }
        if !site.is_told_artifacts() {
            artifacts.extend(besides(site, &built, &artifacts));
        }
        plan(site, survey, &programs, &artifacts, moved).map(Some)
    }
}

/// Variables of Go's own tools.
fn is_of_build(name: &str) -> bool {
    const OWN: &[&str] = &[
        "CC",
        "CXX",
        "GOOS",
        "GOARCH",
        "GOPATH",
        "GOROOT",
        "GOBIN",
        "GOPROXY",
        "GOSUMDB",
        "GOFLAGS",
        "GOPRIVATE",
        "GONOSUMDB",
        "GONOPROXY",
        "GOCACHE",
        "GOMODCACHE",
        "GOTOOLCHAIN",
        "GOINSECURE",
        "GO111MODULE",
        "GOAMD64",
        "GOARM",
        "GOARM64",
        "GOEXPERIMENT",
        "GOTMPDIR",
        "GOVCS",
    ];
    OWN.contains(&name) || name.starts_with("CGO_")
}

/// A COPY of nothing that is compiled belongs to what runs.
fn copy(site: &Site<'_>, item: usize, is_before: bool) -> Role {
    if !is_before && files::is_data(site, item, &is_source) {
        Role::Moves
    } else {
        Role::Build
    }
}

fn plan(
    site: &Site<'_>,
    mut survey: Survey,
    programs: &Programs,
    artifacts: &[&Built<'_>],
    moved: Vec<String>,
) -> Result<Plan, Refusal> {
    let started = run_by(site, &survey)?;
    // Of a program that is not seen to be built it is not known either.
    let mut c = if artifacts.is_empty() {
        Parts::Some
    } else {
        Parts::None
    };
    for artifact in artifacts {
        if parts_in_c(site, artifact, &survey)? == Parts::Some {
            c = Parts::Some;
        }
    }
    refuse_shared_folder(site)?;
    let is_alpine = site.is_alpine();
    let given = ["ca-certificates", "tzdata"];
    let is_bare = c == Parts::None
        && site.told_packages().next().is_none()
        && !programs.need_shell
        && programs.tools.is_empty()
        && !started
        && !survey.runs_commands
        && !survey.packages.are_needed(&given)
        && site.has_known_user();
    let mut more = programs.tools.clone();
    if c == Parts::Some {
        site.refuse_moving_release()?;
    }
    let (runtime, family) = runtime_image(site, is_bare, is_alpine, &mut more)?;
    let takes_certificates =
        family == Family::Debian && takes_certificates(site, &survey, started, &mut more);
    let is_bare = family == Family::Other;
    let given = if is_bare { &given[..] } else { &[][..] };
    let install = survey
        .packages
        .settle(site, family, &mut survey.roles, given, &more);
    if !is_bare {
        survey.keep_frontend(site);
    }
    let unread = || (site.range(site.stage.item), &FILES_NOT_KNOWN, String::new());
    let mut always = programs.scripts.clone();
    always.extend(by_convention(site));
    let data = files::data(site, &survey, &is_source, &always, false)?;
    let data = data.ok_or_else(unread)?;
    let paths = artifacts.iter().map(|it| it.path.clone());
    let mut paths: Vec<String> = paths.chain(site.told_artifacts()).collect();
    paths.retain(|path| !moved.iter().any(|it| is_within(path, it)));
    paths.extend(moved.into_iter().filter(|path| !survey.gone.contains(path)));
    paths.dedup();
    let mut brought: Vec<Brought> = paths.into_iter().map(Brought::in_place).collect();
    if runtime == SCRATCH {
        brought.extend(of_system(site));
    } else if takes_certificates {
        brought.push(Brought::in_place(CERTIFICATES));
    }
    if family == Family::Debian {
        brought.extend(tables(site));
    }
    brought.extend(data);
    let mut brought = files::without_inner(brought);
    let folders = survey.made_folders(site, &brought);
    brought.extend(folders);
    let gives = given::give(site, &survey, &mut brought, !is_bare)?;
    survey.check_volumes(site, &brought)?;
    let mut variables = path_of_go(programs, artifacts);
    let has_zones = brought.iter().any(|it| it.to.ends_with("zoneinfo.zip"));
    variables
        .extend(has_zones.then(|| "ENV ZONEINFO=/usr/local/go/lib/time/zoneinfo.zip".to_owned()));
    let without_c = artifacts.iter().filter(|_| c == Parts::None);
    let (edits, effects) = flags_of_all(site, without_c);
    Ok(Plan {
        because: because(site, c, &brought),
        runtime,
        roles: survey.roles,
        edits,
        effects,
        build_end: Vec::new(),
        install,
        variables,
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

/// Why the image does without the rest.
fn because(site: &Site<'_>, c: Parts, brought: &[Brought]) -> String {
    let folder = site.folder().unwrap_or_default();
    let reads = if brought.iter().any(|it| it.to == folder) {
        "the program and the folder that it reads, without compiler"
    } else {
        "the program and what it reads, without compiler and sources"
    };
    let assumption = match c {
        Parts::None => {
            "assumes that names of hosts and users need no C library, and that nobody debugs the program in the image"
        }
        Parts::Some => "its parts in C find the C library of the same release",
    };
    format!("the image is {reads}; {assumption}")
}

/// The flags of each build of several programs.
fn flags_of_all<'b, 'a: 'b>(
    site: &Site<'_>,
    artifacts: impl Iterator<Item = &'b &'b Built<'a>>,
) -> (Vec<Edit>, Vec<Effect>) {
    let (mut edits, mut effects) = (Vec::new(), Vec::new());
    let mut done = BTreeSet::new();
    for artifact in artifacts {
        // One that lies in two places is built once.
        let command = artifact.make.or(artifact.command.as_deref());
        if !command.is_some_and(|it| done.insert(it.range.start())) {
            continue;
        }
        let (edit, effect) = flags(site, artifact);
        edits.extend(edit);
        effects.extend(effect);
    }
    (edits, effects)
}

/// Builds without C, and without what only debuggers read, where the author does not say otherwise.
fn flags(site: &Site<'_>, artifact: &Built<'_>) -> (Vec<Edit>, Vec<Effect>) {
    let Some(command) = &artifact.command else {
        return (Vec::new(), Vec::new());
    };
    let written = artifact.make.unwrap_or(command);
    let mut words = WordEdits::new(written);
    let is_set = command.assignments.iter().any(|it| it.name == CGO)
        || site.state_of(written).env.contains(CGO);
    if !is_set {
        words.insert_before(0, "CGO_ENABLED=0", " ");
    }
    let says = |flag: &str| {
        let mut given = command.words.iter();
        given.any(|word| word.raw.trim_start_matches('-').starts_with(flag))
    };
    let sets_flags = site.state_of(written).env.contains("GOFLAGS");
    if artifact.make.is_none()
        && !says("ldflags")
        && !says("trimpath")
        && !says("gcflags")
        && !sets_flags
    {
        // The paths of sources are part of what such a program prints, or looks for.
        #[rustfmt::skip]
        const WITH_PATHS: &[&str] = &[
            "GeertJohan/go.rice\"", "Llongfile", "gobuffalo/packr\"", "runtime.Caller(",
        ];
        let mut texts = site.texts();
        let prints_paths = texts.any(|(_, text)| WITH_PATHS.iter().any(|it| text.contains(it)));
        let flags = if prints_paths || !knows_trimpath(site) {
            "-ldflags=\"-s -w\""
        } else {
            "-trimpath -ldflags=\"-s -w\""
        };
        words.insert_after(artifact.verb, " ", flags);
    }
    if words.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let (edits, effect) = words.finish(site.input.model);
    (edits, vec![effect])
}

/// The image with certificates, time zones and users, and no more.
const STATIC: &str = "gcr.io/distroless/static-debian12";

/// Calls that write into a folder for temporary files.
const OF_TEMPORARY: &[&str] = &[
    "CreateTemp(",
    "FormFile(",
    "MkdirTemp(",
    "ParseMultipartForm(",
    "TempDir(",
    "TempFile(",
];

/// What is no image.
const SCRATCH: &str = "scratch";

/// The certificates of the system in one file, which Go reads first, and which Go's own images have.
const CERTIFICATES: &str = "/etc/ssl/certs/ca-certificates.crt";

/// Whether the file of certificates comes from the build; where others speak TLS, too, their package is installed.
fn takes_certificates(
    site: &Site<'_>,
    survey: &Survey,
    started: bool,
    more: &mut Vec<&'static str>,
) -> bool {
    if survey.packages.needed().any(|it| it == "ca-certificates") {
        return false;
    }
    let is_alone = more.is_empty() && !started && knows_no_tls(site, survey);
    if !is_alone {
        more.insert(0, "ca-certificates");
    }
    is_alone
}

/// A user writes into no folder that everybody may write into in the images of Go, and root alone elsewhere.
fn refuse_shared_folder(site: &Site<'_>) -> Result<(), Refusal> {
    let is_root = site.end().is_root() == Some(true);
    let folder = site.folder().unwrap_or_default();
    if is_root || !matches!(folder.as_str(), "/go" | "/go/bin" | "/go/src") {
        return Ok(());
    }
    let what =
        format!("what a user writes into `{folder}`, which everybody may in the image of Go");
    site.refuse(&FILES_NOT_KNOWN, what)
}

/// The image that the program runs on, and its system.
fn runtime_image(
    site: &Site<'_>,
    is_bare: bool,
    is_alpine: bool,
    packages: &mut Vec<&'static str>,
) -> Result<(String, Family), Refusal> {
    let split = &site.input.options.split;
    let is_scratch = split.kind == Some(RuntimeKind::Scratch);
    if is_bare && is_scratch && split.allows(RuntimeKind::Scratch) {
        let mut texts = site.texts();
        let writes = texts.find(|(_, text)| OF_TEMPORARY.iter().any(|call| text.contains(call)));
        if let Some((path, _)) = writes {
            let what = format!("`{path}` wants a folder for temporary files");
            return site.refuse(&TEMPLATE_DOES_NOT_FIT, what);
        }
        return Ok((SCRATCH.to_owned(), Family::Other));
    }
    if is_bare && split.allows(RuntimeKind::Distroless) && site.reaches(STATIC) {
        return Ok((STATIC.to_owned(), Family::Other));
    }
    let kind = if is_alpine {
        RuntimeKind::Alpine
    } else {
        RuntimeKind::Slim
    };
    site.refuse_kind(kind)?;
    let facts = site.facts.filter(|facts| !facts.gone || is_alpine);
    let release = facts.and_then(|facts| facts.release).ok_or_else(|| {
        let what = "its release is not known, or its packages are gone".to_owned();
        (site.range(site.stage.item), &BASE_NOT_KNOWN, what)
    })?;
    if is_alpine {
        packages.extend(knows_time(site).then_some("tzdata"));
        return Ok((
            format!("{}alpine:{release}", site.image.prefix),
            Family::Alpine,
        ));
    }
    Ok((
        format!("{}debian:{release}-slim", site.image.prefix),
        Family::Debian,
    ))
}

/// The folder of Go's programs is searched for one that is named alone.
fn path_of_go(programs: &Programs, artifacts: &[&Built<'_>]) -> Vec<String> {
    let is_bare_name = programs.names.iter().any(|name| !name.contains('/'));
    let is_in_go = |it: &&Built<'_>| parent(&it.path) == "/go/bin";
    if is_bare_name && artifacts.iter().any(is_in_go) {
        vec!["ENV PATH=/go/bin:$PATH".to_owned()]
    } else {
        Vec::new()
    }
}

/// Whether the image's Go knows `-trimpath`: since 1.13. A tag without a version means one of today, unless it names
/// a release of the system that is older.
fn knows_trimpath(site: &Site<'_>) -> bool {
    let tag = site.image.tag.as_deref().unwrap_or("latest");
    match version_of(tag).as_deref() {
        Some([1]) => true,
        Some(version) => version >= &[1, 13],
        None => matches!(
            tag,
            "latest" | "alpine" | "bullseye" | "bookworm" | "trixie"
        ),
    }
}
