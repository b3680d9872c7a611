//! Java: what the start command names, on the runtime environment of the same version.

mod images;

use super::Template;
use crate::model::folders::parent;
use crate::model::images::Family;
use crate::model::placed::resolved;
use crate::model::run::{Run, is_within};
use crate::settings::RuntimeKind;
use crate::transform::{Applicability, TemplateMeta};
use crate::transforms::split_stages::files;
use crate::transforms::split_stages::plan::{Brought, Plan, Role, ToldPlan};
use crate::transforms::split_stages::programs::Programs;
use crate::transforms::split_stages::reasons::{
    ARTIFACT_NOT_FOUND, DEVELOPMENT_IMAGE, FILES_NOT_KNOWN, NEEDS_THE_TOOLCHAIN, NOTHING_IS_BUILT,
    START_NOT_KNOWN,
};
use crate::transforms::split_stages::site::{Copied, Refusal, Site, base_name};
use crate::transforms::split_stages::survey::{ByMake, Step, Survey, Words, survey};
use images::runtime_image;

pub(super) struct Java;

static META: TemplateMeta = TemplateMeta {
    name: "java",
    summary: "the jar or the classes on the runtime environment of the same version",
    images: &["eclipse-temurin", "gradle", "maven", "openjdk"],
    files: "`pom.xml` or `build.gradle`, the sources",
    kinds: &[RuntimeKind::Slim, RuntimeKind::Alpine],
    page: include_str!("java.md"),
};

impl Template for Java {
    fn meta(&self) -> Option<&'static TemplateMeta> {
        Some(&META)
    }

    fn plan(&self, site: &Site<'_>) -> Result<Option<Plan>, Refusal> {
        let range = site.start_range();
        let said = || format!("`{}`", site.words.join(" "));
        let is_tool = |word: &str| {
            matches!(
                base_name(word),
                "mvn" | "mvnw" | "gradle" | "gradlew" | "ant" | "sbt"
            )
        };
        if is_tool(&site.words[0]) {
            return Err((range, &DEVELOPMENT_IMAGE, said()));
        }
        site.refuse_kind(site.small_kind())?;
        let runtime = runtime_image(site)?;
        let is_alpine = site.is_alpine();
        let programs = Programs::of(site, is_alpine)?;
        let is_java = |name: &&String| {
            matches!(base_name(name), "java" | "keytool") || installed(site, name).is_some()
        };
        if let Some(other) = programs.names.iter().find(|name| !is_java(name)) {
            return Err((range, &START_NOT_KNOWN, format!("`{other}`")));
        }
        let mut builds = false;
        let mut moved = Vec::new();
        let survey = {
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
            survey(site, &mut words)?
        };
        if !builds && !site.is_told_artifacts() {
            return Err((range, &NOTHING_IS_BUILT, said()));
        }
        refuse_tools(site)?;
        let started = match started(site, &programs) {
            Ok(mut started) => {
                started.extend(site.told_artifacts());
                started.dedup();
                started
            }
            // Who names what is built names what is started.
            Err((_, reason, _))
                if site.is_told_artifacts() && reason.id == ARTIFACT_NOT_FOUND.id =>
            {
                site.told_artifacts().collect()
            }
            Err(refusal) => return Err(refusal),
        };
        plan(site, survey, &programs, runtime, started).map(Some)
    }
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
    match command.name() {
        Some("mvn" | "mvnw" | "gradle" | "gradlew" | "ant") => {
            let runs = words[1..].iter().any(|word| {
                word.ends_with(":run")
                    || word.ends_with("bootRun")
                    || word.ends_with("exec:java")
                    || *word == "run"
            });
            *builds = true;
            if runs { Step::Unknown } else { Step::Build }
        }
        Some("javac" | "jar" | "kotlinc") => {
            *builds = true;
            Step::Build
        }
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
            match target.and_then(|target| resolved(folder, &target)) {
                Some(target) => {
                    moved.push(target);
                    Step::Build
                }
                None => Step::Unknown,
            }
        }
        _ => Step::Unknown,
    }
}

/// What the start command names, as paths of the image.
fn started(site: &Site<'_>, programs: &Programs) -> Result<Vec<String>, Refusal> {
    let range = site.start_range();
    let unknown = |what: &str| (range, &ARTIFACT_NOT_FOUND, format!("`{what}`"));
    let folder = site.folder().ok_or_else(|| unknown("its folder"))?;
    let path = |written: &str| {
        let is_plain = !written.contains(['$', '?', '[', '{', '`']);
        resolved(&folder, written)
            .filter(|_| is_plain)
            .ok_or_else(|| unknown(written))
    };
    // A script names it in a command of its own.
    let mut words: Vec<String> = site.words.clone();
    for script in &programs.scripts {
        let state = site.input.model.state(site.stage.end - 1);
        let commands =
            state.and_then(|state| crate::model::start::script(site.text(script)?, state));
        let java = commands
            .into_iter()
            .flatten()
            .find(|it| it.iter().any(|word| base_name(word) == "java"));
        // Or it is passed on.
        let is_passed = words.iter().any(|word| base_name(word) == "java");
        match java {
            Some(java) => words = java,
            None if is_passed => {}
            None => return Err(unknown(script)),
        }
    }
    if let Some(folder) = words.first().and_then(|word| installed(site, word)) {
        return Ok(vec![folder]);
    }
    let start = words.iter().position(|word| base_name(word) == "java");
    let arguments = &words[start.ok_or_else(|| unknown("java"))? + 1..];
    let mut found = Vec::new();
    let mut at = 0;
    let mut main = None;
    while let Some(word) = arguments.get(at) {
        match word.as_str() {
            "-jar" => {
                let mut rest = arguments[at + 1..].iter();
                let jar = rest
                    .find(|word| !word.starts_with(['$', '-', '"']))
                    .ok_or_else(|| unknown("-jar"))?;
                found.extend(of_jar(site, &path(jar)?, range)?);
                found.extend(of_arguments(site, rest.map(String::as_str)));
                return Ok(found);
            }
            "-cp" | "-classpath" | "--class-path" => {
                let entries = arguments.get(at + 1).ok_or_else(|| unknown(word))?;
                for entry in entries.split(':').filter(|entry| !entry.is_empty()) {
                    let entry = path(entry.strip_suffix("/*").unwrap_or(entry))?;
                    found.push(entry);
                }
                at += 1;
            }
            "-p" | "--module-path" | "-m" | "--module" => return Err(unknown(word)),
            agent if agent.starts_with("-javaagent:") => {
                let agent = agent["-javaagent:".len()..]
                    .split('=')
                    .next()
                    .unwrap_or_default();
                found.push(path(agent)?);
            }
            "--add-opens" | "--add-exports" | "--add-modules" | "--enable-native-access" => at += 1,
            option
                if option.starts_with('-')
                    || option.starts_with('$')
                    || option.starts_with("\"$") => {}
            class => {
                main = Some(class.to_owned());
                break;
            }
        }
        at += 1;
    }
    let main = main.ok_or_else(|| unknown("java"))?;
    // Sources that are compiled when they are started.
    if main.ends_with(".java") {
        return Err((range, &NEEDS_THE_TOOLCHAIN, format!("`{main}`")));
    }
    if found.is_empty() {
        found.push(folder);
    }
    // An entry of a class path need not be there: the folder that holds them all is.
    if let [first, rest @ ..] = found.as_slice()
        && !rest.is_empty()
    {
        let holds_all = |holder: &&str| rest.iter().all(|it| is_within(it, holder));
        let mut holders = std::iter::successors(Some(parent(first)), |holder| Some(parent(holder)));
        let holder = holders.by_ref().take(32).find(holds_all).unwrap_or("/");
        found = vec![holder.to_owned()];
    }
    if found.iter().any(|path| path == "/") {
        return Err(unknown("/"));
    }
    Ok(found)
}

/// What the arguments behind the jar name of what is built: another archive, a file of settings.
fn of_arguments<'w>(site: &Site<'_>, words: impl Iterator<Item = &'w str>) -> Vec<String> {
    let folder = site.folder().unwrap_or_default();
    let paths = words.filter_map(|word| {
        let word = word.trim_matches('"');
        let word = word.rsplit(['=', ':']).next().unwrap_or(word);
        let path = resolved(&folder, word).filter(|_| word.contains('/') && !word.contains('$'))?;
        let is_built = path
            .split('/')
            .any(|part| matches!(part, "target" | "build" | "dist"));
        (is_built && is_within(&path, &folder) && site.origin(&path).is_none()).then_some(path)
    });
    paths.collect()
}

/// The folder of a program that `installDist` of Gradle makes, by its start script: `build/install/NAME/bin/NAME`.
fn installed(site: &Site<'_>, program: &str) -> Option<String> {
    let path = resolved(&site.folder()?, program)?;
    let (folder, name) = path.rsplit_once("/bin/")?;
    let (holder, _) = folder.rsplit_once('/')?;
    let runs = site.input.model.runs_of(site.stage.index);
    let mut words = runs.flat_map(|run| &run.commands).flat_map(|it| &it.words);
    let is_made = words.any(|word| word.raw.ends_with("installDist"));
    (is_made && holder.ends_with("/build/install") && !name.contains('/'))
        .then(|| folder.to_owned())
}

/// A jar with all that it needs: itself, or the folder with the libraries that it names.
fn of_jar(
    site: &Site<'_>,
    jar: &str,
    range: imgfix_syntax::TextRange,
) -> Result<Vec<String>, Refusal> {
    if site.origin(jar).is_some() {
        return Err((range, &NOTHING_IS_BUILT, format!("`{jar}`")));
    }
    let holder = parent(jar).to_owned();
    let is_whole = site
        .texts_named(&["pom.xml", "build.gradle", "build.gradle.kts"])
        .all(|text| {
            let has_dependencies = text.contains("<dependency>")
                || text.contains("implementation")
                || text.contains("compile ");
            let is_fat = [
                "spring-boot",
                "maven-shade-plugin",
                "jar-with-dependencies",
                "shadow",
                "micronaut",
                "ktor",
                "fatJar",
                "uber",
            ]
            .iter()
            .any(|it| text.contains(it));
            is_fat || !has_dependencies
        });
    let is_folder = !is_whole || base_name(jar) == "quarkus-run.jar";
    if is_folder && matches!(holder.as_str(), "/" | "") {
        return Err((range, &FILES_NOT_KNOWN, format!("what lies beside `{jar}`")));
    }
    Ok(vec![if is_folder { holder } else { jar.to_owned() }])
}

/// The sources use no part of the development kit and run no other program.
fn refuse_tools(site: &Site<'_>) -> Result<(), Refusal> {
    const OF_KIT: &[&str] = &[
        "ProcessBuilder",
        ".exec(",
        "ToolProvider",
        "com.sun.tools",
        "com.sun.jdi",
        "sun.jvmstat",
        "VirtualMachine.attach",
        "javax.tools",
        "ByteBuddyAgent",
        "ReactorDebugAgent",
        "BlockHound.install",
        "AttachAgent",
        "RuntimeAttach",
        "ApplicationInsights.attach",
        "JavalinJte(",
    ];
    let range = site.range(site.stage.item);
    let is_developed = |text: &str| {
        let text = text.to_ascii_lowercase().replace(['-', ' ', '"'], "");
        ["jte.developmentmode=true", "developmentmode:true"]
            .iter()
            .any(|it| text.contains(it))
    };
    let settings = site.copied().unwrap_or_default().iter().filter(|file| {
        let name = base_name(&file.origin);
        name.starts_with("application") && !name.ends_with(".java")
    });
    let mut settings = settings.filter_map(|file| site.context.text(&file.origin).ok());
    if settings.any(is_developed) {
        let what = "templates that are compiled when they are asked for";
        site.need(range, &NEEDS_THE_TOOLCHAIN, what)?;
    }
    if let Some(library) = attaching(site) {
        let what = format!("`{library}` attaches to the machine that runs it");
        site.need(range, &NEEDS_THE_TOOLCHAIN, what)?;
    }
    let is_own = |file: &Copied| {
        let is_source = file.origin.ends_with(".java") || file.origin.ends_with(".kt");
        is_source && !file.origin.contains("src/test/")
    };
    for source in site.sources(is_own)? {
        let (file, text) = source?;
        // Templates that are compiled when they are first asked for.
        let is_template = text.contains("gg.jte") && text.contains("TemplateEngine.create(");
        let of_kit = OF_KIT.iter().copied().find(|it| text.contains(it));
        if let Some(what) = of_kit.or(is_template.then_some("TemplateEngine.create")) {
            let what = format!("`{}`: {what}", file.origin);
            site.need(range, &NEEDS_THE_TOOLCHAIN, what)?;
        }
    }
    Ok(())
}

/// A library of the project that loads an agent into its own process, which the development kit alone can do.
fn attaching(site: &Site<'_>) -> Option<&'static str> {
    const LIBRARIES: &[&str] = &[
        "act-ebean",
        "applicationinsights-runtime-attach",
        "avaje-agentloader",
        "blockhound",
        "byte-buddy-agent",
        "ea-agent-loader",
        "ebean-agent",
        "opentelemetry-runtime-attach",
        "reactor-tools",
        "spring-instrument",
    ];
    // A dependency of pom.xml in its element, or one of Gradle's on its line.
    let of_tests = |text: &str, at: usize| {
        let element = &text[at..];
        let element = &element[..element.find("</dependency>").unwrap_or(0)];
        let line = text[..at].rsplit('\n').next().unwrap_or_default();
        element.contains("<scope>test</scope>") || line.trim_start().starts_with("test")
    };
    let manifests = [
        "pom.xml",
        "build.gradle",
        "build.gradle.kts",
        "libs.versions.toml",
    ];
    let mut found = site.texts_named(&manifests).flat_map(|text| {
        LIBRARIES.iter().copied().filter(move |library| {
            let mut places = text.match_indices(library);
            places.any(|(at, _)| !of_tests(text, at))
        })
    });
    found.next()
}

fn is_source(path: &str) -> bool {
    const NAMES: &[&str] = &[
        "pom.xml",
        "mvnw",
        "mvnw.cmd",
        "gradlew",
        "gradlew.bat",
        "gradle.properties",
        "build.xml",
        "manifest.txt",
        "MANIFEST.MF",
    ];
    const ENDS: &[&str] = &[".java", ".kt", ".gradle", ".kts", ".class"];
    NAMES.contains(&base_name(path))
        || ENDS.iter().any(|end| path.ends_with(end))
        || path
            .split('/')
            .any(|part| matches!(part, ".mvn" | "gradle" | "src" | "target" | "build"))
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
    let folders = survey.made_folders(site, &brought);
    brought.extend(folders);
    survey.give(site, &mut brought)?;
    survey.check_volumes(site, &brought)?;
    let more = survey.packages.besides(programs.tools.iter().copied());
    let install = survey
        .packages
        .settle(site, family, &mut survey.roles, &[], &more);
    survey.keep_frontend(site);
    Ok(Plan {
        because: "the image has what the start command names and the runtime environment, without compiler and build \
                  tool; assumes that no library needs a part of the development kit"
            .to_owned(),
        runtime,
        roles: survey.roles,
        edits: Vec::new(),
        effects: Vec::new(),
        build_end: Vec::new(),
        install,
        variables: Vec::new(),
        brought,
        left_behind: survey.left_behind,
        told: ToldPlan::default(),
        applicability: Applicability::Suggested,
    })
}
