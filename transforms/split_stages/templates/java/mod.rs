//! Java: what the start command names, on the runtime environment of the same version.

mod beside;
mod class_path;
mod corretto;
mod distroless;
mod images;
mod jlink;
mod kit;
mod laid_out;
mod layers;
mod lost;
mod modules;
mod servers;
mod sources;
mod started;

use super::Template;
use crate::model::folders::parent;
use crate::model::images::Family;
use crate::model::placed::resolved;
use crate::model::run::{Run, is_within};
use crate::model::stage::{Base, Stage};
use crate::settings::RuntimeKind;
use crate::transform::{Applicability, Input, TemplateMeta};
use crate::transforms::split_stages::files;
use crate::transforms::split_stages::given;
use crate::transforms::split_stages::plan::{Brought, Plan, Role, ToldPlan};
use crate::transforms::split_stages::programs::Programs;
use crate::transforms::split_stages::reasons::{
    ARTIFACT_NOT_FOUND, DEVELOPMENT_IMAGE, FILES_NOT_KNOWN, NOTHING_IS_BUILT, START_NOT_KNOWN,
};
use crate::transforms::split_stages::site::{Refusal, Site, base_name};
use crate::transforms::split_stages::survey::{ByMake, Step, Survey, Words, survey_with};
use images::{runtime_image, version_of_kit};
use kit::Kit;
use servers::Server;
use sources::{is_source, refuse_tools};
use started::{installed, started};

pub(super) struct Java;

static META: TemplateMeta = TemplateMeta {
    name: "java",
    summary: "the jar or the classes on the runtime environment of the same version",
    images: &[
        "amazoncorretto",
        "debian",
        "eclipse-temurin",
        "gradle",
        "jetty",
        "maven",
        "openjdk",
        "tomcat",
        "ubuntu",
    ],
    files: "`pom.xml` or `build.gradle`, the sources; on Debian and Ubuntu, an `openjdk-…-jdk` of apt's",
    kinds: &[
        RuntimeKind::Slim,
        RuntimeKind::Alpine,
        RuntimeKind::Distroless,
    ],
    page: include_str!("java.md"),
};

impl Template for Java {
    fn meta(&self) -> Option<&'static TemplateMeta> {
        Some(&META)
    }

    fn is_not_for(&self, input: &Input<'_>, stage: &Stage) -> Option<String> {
        let Base::Image(image) = &stage.base else {
            return None;
        };
        if servers::is_image(&image.name) && !servers::is_built(input, stage) {
            return Some("nothing of Java's is built in it".to_owned());
        }
        let is_plain = kit::IMAGES.contains(&image.name.as_str());
        (is_plain && !kit::is_installed(input, stage))
            .then(|| "no development kit of Java's is installed".to_owned())
    }

    fn plan(&self, site: &Site<'_>) -> Result<Option<Plan>, Refusal> {
        let range = site.start_range();
        let said = || format!("`{}`", site.words.join(" "));
        if is_tool(&site.words[0]) || base_name(&site.words[0]) == "sbt" {
            return Err((range, &DEVELOPMENT_IMAGE, said()));
        }
        let is_distroless = site.wants_distroless();
        let server = Server::of(site);
        let is_plain = kit::IMAGES.contains(&site.image.name.as_str());
        let kit = is_plain.then(|| Kit::of(site)).transpose()?;
        let runtime = if is_distroless {
            let version = kit.as_ref().map(|kit| kit.version);
            distroless::image(site, version.or_else(|| version_of_kit(site)))?
        } else {
            site.refuse_kind(site.small_kind())?;
            match &kit {
                Some(_) => kit::image(site),
                None if server.is_some() => servers::image(site)?,
                None if corretto::is_it(site) => corretto::image(site)?,
                None => runtime_image(site)?,
            }
        };
        let is_alpine = site.is_alpine();
        laid_out::find(site);
        let programs = Programs::of(site, is_alpine)?;
        let is_java = |name: &&String| {
            let is_launcher =
                matches!(base_name(name), "tini" | "dumb-init") && site.installs(base_name(name));
            matches!(base_name(name), "java" | "keytool")
                || is_launcher
                || server.is_some_and(|it| it.is_start(name))
                || installed(site, name).is_some()
        };
        if let Some(other) = programs.names.iter().find(|name| !is_java(name)) {
            return Err((range, &START_NOT_KNOWN, format!("`{other}`")));
        }
        let mut builds = false;
        let mut moved = Vec::new();
        let mut survey = {
            let mut step = |run, at, folder: &str, _: Option<&ByMake<'_>>| {
                step(site, run, at, folder, &mut builds, &mut moved)
            };
            let mut words = Words {
                step: &mut step,
                follows_make: false,
                is_of_build: &is_of_build,
                sets_up: false,
                builds_last: false,
                copy: &|item, is_before| copy(site, item, is_before),
            };
            let mut is_built = false;
            let survey = survey_with(site, &mut words, &mut |said| exec(said, &mut is_built))?;
            builds |= is_built;
            survey
        };
        if !builds && !site.is_told_artifacts() {
            return Err((range, &NOTHING_IS_BUILT, said()));
        }
        refuse_tools(site)?;
        if runtime != site.image_text() {
            modules::refuse_those_of_the_kit(site, &programs)?;
        }
        let makes_manuals = match &kit {
            Some(kit) => kit.settle(&mut survey, is_distroless),
            None => false,
        };
        if is_distroless {
            distroless::check(site, &survey, &programs)?;
        }
        if corretto::is_it(site) && !is_distroless {
            corretto::check(site, &survey, &programs, &runtime)?;
        }
        let linked = jlink::wanted(site, &survey, &programs, &runtime)?;
        if let Some(server) = server {
            let deployed = servers::deployed(site, server, &moved)?;
            return plan(site, survey, &programs, runtime, deployed).map(Some);
        }
        let started = started_or_told(site, &programs)?;
        let wants_manuals = makes_manuals || (kit.is_some() && runtime != site.image_text());
        let mut plan = plan(site, survey, &programs, runtime, started)?;
        if let Some((install, _)) = plan.install.as_mut().filter(|_| wants_manuals) {
            *install = kit::with_manuals(install);
        }
        if let Some(version) = linked {
            jlink::put_on(site, &mut plan, version)?;
        }
        layers::take_apart(site, &programs, &mut plan)?;
        Ok(Some(plan))
    }
}

/// What the start command names, and what the user does: who names what is built names what is started.
fn started_or_told(site: &Site<'_>, programs: &Programs) -> Result<Vec<String>, Refusal> {
    match started(site, programs) {
        Ok(mut started) => {
            started.extend(site.told_artifacts());
            started.dedup();
            Ok(started)
        }
        Err((_, reason, _)) if site.is_told_artifacts() && reason.id == ARTIFACT_NOT_FOUND.id => {
            Ok(site.told_artifacts().collect())
        }
        Err(refusal) => Err(refusal),
    }
}

/// Programs that build.
fn step_names(name: &str) -> bool {
    matches!(
        name,
        "mvn" | "mvnw" | "gradle" | "gradlew" | "ant" | "javac" | "jar" | "kotlinc"
    )
}

fn is_of_build(name: &str) -> bool {
    matches!(
        name,
        "MAVEN_OPTS" | "MAVEN_CONFIG" | "MAVEN_ARGS" | "GRADLE_OPTS" | "GRADLE_USER_HOME"
    )
}

/// A COPY of what nothing compiles, behind the build, belongs to what runs.
fn copy(site: &Site<'_>, item: usize, is_before: bool) -> Role {
    if !is_before && files::is_data(site, item, &is_source) {
        Role::Moves
    } else {
        Role::Build
    }
}

/// What a build tool is told to do.
fn by_tool(goals: &[&str]) -> Step {
    let runs = goals.iter().any(|word| {
        word.ends_with(":run")
            || word.ends_with("bootRun")
            || word.ends_with("exec:java")
            || *word == "run"
    });
    if runs { Step::Unknown } else { Step::Build }
}

/// The same as in the shell form, but that no shell reads the words.
fn exec(words: &[String], builds: &mut bool) -> Step {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [tool, goals @ ..] if is_tool(tool) => {
            *builds = true;
            by_tool(goals)
        }
        _ => Step::Unknown,
    }
}

/// Whether a word names a build tool, by its path or not.
fn is_tool(word: &str) -> bool {
    matches!(
        base_name(word),
        "mvn" | "mvnw" | "gradle" | "gradlew" | "ant"
    )
}

fn step(
    site: &Site<'_>,
    run: &Run,
    at: usize,
    folder: &str,
    builds: &mut bool,
    moved: &mut Vec<String>,
) -> Step {
    let command = &run.commands[at];
    let words: Vec<&str> = command.words.iter().map(|word| word.raw.as_str()).collect();
    let server = Server::of(site);
    match command.name() {
        _ if server.is_some_and(|it| it.sets(&words)) => Step::Runs,
        Some("mvn" | "mvnw" | "gradle" | "gradlew" | "ant") => {
            *builds = true;
            by_tool(&words[1..])
        }
        Some("javac" | "jar" | "kotlinc") => {
            *builds = true;
            Step::Build
        }
        Some("java") if layers::is_extraction(&words) => Step::Build,
        Some("find") => Step::Build,
        // Into the working directory.
        Some("tar") if folder != "/" && !words.contains(&"-C") && !words.contains(&"-P") => {
            Step::Build
        }
        // A jar gets another name or place; it is brought from there.
        Some("cp" | "mv") => {
            let target = command
                .arguments()
                .last()
                .and_then(|word| site.value(run.item, word));
            let is_option = |word: &&str| word.starts_with('-');
            let sources: Vec<&str> = words[1..]
                .iter()
                .copied()
                .filter(|it| !is_option(it))
                .collect();
            let sources = sources.split_last().map_or(&[][..], |(_, sources)| sources);
            let as_folder = target.as_ref().is_some_and(|target| target.ends_with('/'));
            match target.and_then(|target| resolved(folder, &target)) {
                Some(target) => {
                    moved.push(servers::into_folder(server, &target, sources, as_folder));
                    Step::Build
                }
                None => Step::Unknown,
            }
        }
        _ => Step::Unknown,
    }
}

/// A path that stays where it is; what a pattern fits goes into the same folder.
fn brought_from(path: String) -> Brought {
    let to = if path.contains('*') {
        format!("{}/", parent(&path))
    } else {
        path.clone()
    };
    Brought {
        from: path,
        to,
        owner: None,
    }
}

fn plan(
    site: &Site<'_>,
    mut survey: Survey,
    programs: &Programs,
    runtime: String,
    started: Vec<String>,
) -> Result<Plan, Refusal> {
    let range = site.range(site.stage.item);
    let family = site.facts.map_or(Family::Ubuntu, |facts| facts.family);
    let mut brought: Vec<Brought> = started.into_iter().map(brought_from).collect();
    let unread = || (range, &FILES_NOT_KNOWN, String::new());
    let mut always = programs.scripts.clone();
    // The folder of the project may be called like one of its own.
    let folder = site.folder().unwrap_or_default();
    let is_own = |path: &str| is_source(path.strip_prefix(folder.as_str()).unwrap_or(path));
    let manifests = site.copied().unwrap_or_default().iter();
    let manifests = manifests.filter(|file| base_name(&file.path) == "package.json");
    let fronts: Vec<&str> = manifests
        .map(|file| parent(&file.path))
        .filter(|it| *it != folder)
        .collect();
    // Settings in the jar may name any of them; Spring reads some by itself.
    for file in site.copied().ok_or_else(unread)? {
        let is_of_front_end = fronts.iter().any(|it| is_within(&file.path, it));
        if !is_own(&file.path) && !is_of_front_end {
            always.push(file.path.clone());
        }
    }
    let data = files::data(site, &survey, &is_own, &always, true)?;
    for it in data.ok_or_else(unread)? {
        if !brought.iter().any(|other| is_within(&it.to, &other.to)) {
            brought.push(it);
        }
    }
    lost::refuse(site, &brought)?;
    let folders = survey.made_folders(site, &brought);
    brought.extend(folders);
    let is_distroless = site.wants_distroless();
    let can_run = !is_distroless && Server::of(site).is_none();
    let gives = given::give(site, &survey, &mut brought, can_run)?;
    survey.check_volumes(site, &brought)?;
    let given = if is_distroless {
        distroless::GIVEN
    } else {
        &[]
    };
    let tools = programs.tools.iter().copied();
    let more = survey
        .packages
        .besides(tools.filter(|_| family != Family::Rpm));
    let install = survey
        .packages
        .settle(site, family, &mut survey.roles, given, &more);
    let mut because = "the image has what the start command names and the runtime environment, without compiler and \
                       build tool; assumes that no library needs a part of the development kit"
        .to_owned();
    if is_distroless {
        because.push_str(distroless::ASSUMPTION);
    } else {
        survey.keep_frontend(site);
    }
    Ok(Plan {
        because,
        runtime,
        roles: survey.roles,
        edits: Vec::new(),
        effects: Vec::new(),
        build_end: Vec::new(),
        install,
        variables: Vec::new(),
        is_without_shell: false,
        // The image's own is `java -jar`.
        resets_entry_point: is_distroless && site.start.entrypoint.is_none(),
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
