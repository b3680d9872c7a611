//! What the sources of a Java program say: whether they use the development kit, and which files are sources.

use crate::transforms::split_stages::reasons::NEEDS_THE_TOOLCHAIN;
use crate::transforms::split_stages::site::{Copied, Refusal, Site, base_name};

/// Files that say what Maven and Gradle build.
pub(super) const BUILD_FILES: &[&str] = &["pom.xml", "build.gradle", "build.gradle.kts"];

/// The same, and Ant's.
pub(super) const WITH_ANT: &[&str] = &["build.xml", "pom.xml", "build.gradle", "build.gradle.kts"];

/// Files that name libraries.
#[rustfmt::skip]
pub(super) const MANIFESTS: &[&str] = &["pom.xml", "build.gradle", "build.gradle.kts", "libs.versions.toml"];

/// The sources use no part of the development kit and run no other program.
pub(super) fn refuse_tools(site: &Site<'_>) -> Result<(), Refusal> {
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

/// Whether a file is a source of the program, and not of its tests.
pub(super) fn is_own(file: &Copied) -> bool {
    let is_source = file.origin.ends_with(".java") || file.origin.ends_with(".kt");
    is_source && !file.origin.contains("src/test/")
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
    let mut found = site.texts_named(MANIFESTS).flat_map(|text| {
        LIBRARIES.iter().copied().filter(move |library| {
            let mut places = text.match_indices(library);
            places.any(|(at, _)| !of_tests(text, at))
        })
    });
    found.next()
}

pub(super) fn is_source(path: &str) -> bool {
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
