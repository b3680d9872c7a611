//! The jar of a Spring Boot application as layers, where the configuration asks for it: its own tools take it apart at
//! the end of the build, and what starts it stays as it is.
//! <https://docs.spring.io/spring-boot/reference/packaging/container-images/dockerfiles.html>

use super::beside::without;
use super::sources::BUILD_FILES;
use crate::model::folders::parent;
use crate::model::placed::{joined, resolved};
use crate::model::run::is_within;
use crate::transforms::split_stages::plan::{Brought, Plan, Role};
use crate::transforms::split_stages::programs::Programs;
use crate::transforms::split_stages::reasons::TEMPLATE_DOES_NOT_FIT;
use crate::transforms::split_stages::site::{Refusal, Site, base_name};
use imgfix_syntax::Keyword;

/// Where the jar is taken apart.
const FOLDER: &str = "/layers";

/// What the tools write, what changes least often first. The loader of the whole jar has a layer too, in which nothing
/// is written: the jar is started without it.
const LAYERS: &[&str] = &["dependencies", "snapshot-dependencies", "application"];

/// The first release whose tools can take any jar of theirs apart.
/// <https://github.com/spring-projects/spring-boot/issues/40903>
const FIRST: [u32; 3] = [3, 3, 1];

/// Puts the layers in the place of the jar, where they are wanted and the application is one of Spring Boot.
pub(super) fn take_apart(
    site: &Site<'_>,
    programs: &Programs,
    plan: &mut Plan,
) -> Result<(), Refusal> {
    let mut files = site.texts_named(BUILD_FILES);
    if !site.input.options.split.spring_layers || !files.any(names_boot) {
        return Ok(());
    }
    let refuse = |what: &str| {
        let what = format!("`spring-layers`: {what}");
        site.refuse(&TEMPLATE_DOES_NOT_FIT, what)
    };
    let files: Vec<&str> = site.texts_named(BUILD_FILES).collect();
    let [file] = files.as_slice() else {
        return refuse("which of several projects makes the jar is not known");
    };
    let found = if file.trim_start().starts_with('<') {
        of_maven(&without(file, "<!--", "-->"))
    } else {
        let text = without(file, "/*", "*/");
        let lines = text.lines().map(|line| match line.split_once("//") {
            Some((before, _)) if !before.ends_with(':') => before,
            _ => line,
        });
        of_gradle(&lines.collect::<Vec<_>>().join("\n"))
    };
    let version = match found {
        Ok(version) => version,
        Err(what) => return refuse(&what),
    };
    if !is_late_enough(&version) {
        return refuse(&format!(
            "Spring Boot {version} does not take its jars apart so that they start as before, 3.3.1 does"
        ));
    }
    let mut jars = plan.brought.iter().filter(|it| it.to.ends_with(".jar"));
    let jar = match (jars.next(), jars.next()) {
        (Some(jar), None) => jar.clone(),
        _ => return refuse("the start command does not name one jar"),
    };
    if let Err(what) = check(site, programs, plan, &jar) {
        return refuse(&what);
    }
    let folder = parent(&jar.to).trim_end_matches('/').to_owned();
    let mut run = format!(
        "RUN java -Djarmode=tools -jar {} extract --layers --destination {FOLDER}",
        jar.to
    );
    if folder.is_empty() {
        run.push_str(" --libraries ");
        run.push_str(&libraries(&jar.to));
    }
    plan.build_end.push(run);
    let at = plan.brought.iter().position(|it| *it == jar);
    let at = at.map_or(0..0, |at| at..at + 1);
    let layers = LAYERS.iter().map(|layer| Brought {
        from: format!("{FOLDER}/{layer}/"),
        to: format!("{folder}/"),
        owner: None,
    });
    plan.brought.splice(at, layers);
    plan.told.layered_jar = Some(jar.to);
    plan.because.push_str(
        ", and that the application does not look into its own jar, whose libraries lie beside it now",
    );
    Ok(())
}

fn names_boot(text: &str) -> bool {
    text.contains("spring-boot-maven-plugin") || text.contains("org.springframework.boot")
}

/// The folder of the libraries, as the jar names it: at the top, the system has a `lib` of its own.
fn libraries(jar: &str) -> String {
    if matches!(parent(jar), "/" | "") {
        format!("{}-lib", base_name(jar).trim_end_matches(".jar"))
    } else {
        "lib".to_owned()
    }
}

/// The jar is that of the plug-in, and what is taken apart runs as it does.
fn check(site: &Site<'_>, programs: &Programs, plan: &Plan, jar: &Brought) -> Result<(), String> {
    let model = site.input.model;
    let path = jar.to.as_str();
    let is_plain = |char: char| char.is_ascii_alphanumeric() || "/._+-".contains(char);
    if jar.from != jar.to || !path.chars().all(is_plain) {
        return Err(format!("`{path}` is no path of one jar"));
    }
    if jar.owner.is_some() {
        return Err(format!("`{path}` is given away"));
    }
    if !is_of_plugin(site, path) {
        return Err(format!(
            "`{path}` may be another jar than that of Spring Boot's plug-in"
        ));
    }
    let scripts = programs.scripts.iter().filter_map(|it| site.text(it));
    let said = scripts.chain([model.text.as_str()]);
    if !said.clone().any(|text| text.contains("-jar")) {
        return Err(format!("`{path}` is not started with `-jar`"));
    }
    let of_loader = ["-Dloader.", "LOADER_", "repackage.skip", FOLDER];
    if let Some(word) = of_loader
        .iter()
        .find(|word| said.clone().any(|text| text.contains(**word)))
    {
        return Err(format!("`{word}` is set or in use"));
    }
    let looks_inside = ["BOOT-INF", "jar:nested", "getProtectionDomain"];
    let mut texts = site.texts();
    if let Some((file, _)) =
        texts.find(|(_, text)| looks_inside.iter().any(|word| text.contains(word)))
    {
        return Err(format!("`{file}` looks into its own jar"));
    }
    let beside = joined(parent(path), &libraries(path));
    let copied = site.copied().unwrap_or_default();
    let is_taken = copied.iter().any(|it| is_within(&it.path, &beside))
        || plan.brought.iter().any(|it| is_within(&it.to, &beside))
        || is_volume(site, &beside);
    if is_taken {
        return Err(format!("`{beside}` is there already"));
    }
    // The tools write one of their own.
    if let Some(own) = copied
        .iter()
        .find(|it| it.path.ends_with("META-INF/MANIFEST.MF"))
    {
        return Err(format!("`{}` would be there twice", own.origin));
    }
    if !is_built_by_root(site, plan) {
        return Err(format!("who builds may not write to `{FOLDER}`"));
    }
    Ok(())
}

/// Whether what is added at the end of the build is run by root.
pub(super) fn is_built_by_root(site: &Site<'_>, plan: &Plan) -> bool {
    let model = site.input.model;
    let users = plan.roles.iter().filter(|(_, role)| **role != Role::Moves);
    let mut users = users.filter_map(|(&item, _)| model.instruction(item));
    let is_other = users
        .any(|it| it.keyword == Keyword::User && !matches!(it.body.as_str().trim(), "root" | "0"));
    let first = model.state(site.stage.item + 1);
    let user = first.and_then(|state| state.user.value.known());
    !is_other && matches!(user, Some("root" | "0" | ""))
}

/// Whether a VOLUME names a path.
fn is_volume(site: &Site<'_>, path: &str) -> bool {
    let items = site.stage.item + 1..site.stage.end;
    let mut lines = items.filter_map(|item| site.input.model.instruction(item));
    lines.any(|it| it.keyword == Keyword::Volume && it.body.as_str().contains(path))
}

/// Whether a jar is the one that the plug-in writes: in the folder of the build, or copied from there.
fn is_of_plugin(site: &Site<'_>, jar: &str) -> bool {
    let is_built = |path: &str| path.contains("target/") || path.contains("build/libs/");
    let is_other = |name: &str| {
        let ends = ["-plain.jar", "-sources.jar", "-tests.jar", "-javadoc.jar"];
        ends.iter().any(|end| name.ends_with(end))
            || name.contains(".original")
            || base_name(name).starts_with("original-")
    };
    if is_other(jar) {
        return false;
    }
    if is_built(jar) {
        return true;
    }
    let runs = site.input.model.runs_of(site.stage.index);
    let mut brings = Vec::new();
    for run in runs {
        let state = site.input.model.state(run.item);
        let folder = state.and_then(|state| state.workdir.value.known());
        for command in &run.commands {
            if !matches!(command.name(), Some("cp" | "mv")) {
                continue;
            }
            let words = command.arguments().iter();
            let words: Vec<&str> = words
                .map(|word| word.raw.as_str())
                .filter(|word| !word.starts_with('-'))
                .collect();
            let [source, target] = words.as_slice() else {
                continue;
            };
            let target = resolved(folder.unwrap_or("/"), target);
            let is_it = target
                .is_some_and(|target| target == jar || joined(&target, base_name(source)) == jar);
            if is_it {
                brings.push(is_built(source) && !is_other(source));
            }
        }
    }
    brings == [true]
}

/// What stands in the first element of a name.
fn element<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(&format!("<{name}>"))?;
    let (inner, _) = rest.split_once(&format!("</{name}>"))?;
    Some(inner.trim())
}

/// The version of Spring Boot's plug-in in a `pom.xml`, where its jar is the one that it makes by default.
fn of_maven(text: &str) -> Result<String, String> {
    /// What the plug-in may be told: the jar is the same but for what lies in it.
    const KNOWN: &[&str] = &[
        "groupId",
        "artifactId",
        "version",
        "executions",
        "execution",
        "id",
        "goals",
        "goal",
        "configuration",
        "mainClass",
        "excludes",
        "exclude",
        "additionalProperties",
    ];
    let mut blocks = text.match_indices("<plugin>").filter_map(|(at, start)| {
        let (block, _) = text[at + start.len()..].split_once("</plugin>")?;
        block
            .contains("<artifactId>spring-boot-maven-plugin</artifactId>")
            .then_some((at, block))
    });
    let (Some((at, block)), None) = (blocks.next(), blocks.next()) else {
        return Err("`pom.xml` has not one `spring-boot-maven-plugin`".to_owned());
    };
    let before = &text[..at];
    let is_inside = |name: &str| {
        before.matches(&format!("<{name}>")).count() > before.matches(&format!("</{name}>")).count()
    };
    if is_inside("profiles") || is_inside("pluginManagement") {
        return Err("`spring-boot-maven-plugin` is not always in use".to_owned());
    }
    let tags = block.split('<').skip(1);
    let mut tags = tags.filter_map(|tag| tag.split(['>', ' ', '/']).next());
    let is_inner = |tag: &&str| !tag.is_empty() && !KNOWN.contains(tag);
    if let Some(tag) = tags.find(is_inner) {
        return Err(format!("what `<{tag}>` makes of the jar is not known"));
    }
    let others = [
        "maven-shade-plugin",
        "maven-assembly-plugin",
        "repackage.skip",
    ];
    if let Some(other) = others.iter().find(|it| text.contains(**it)) {
        return Err(format!("what `{other}` makes of the jar is not known"));
    }
    let holder = element(text, "parent").filter(|it| it.contains("spring-boot-starter-parent"));
    if holder.is_none() && !block.contains("<goal>repackage</goal>") {
        return Err("`spring-boot-maven-plugin` makes no jar".to_owned());
    }
    let version = element(block, "version").or(holder.and_then(|it| element(it, "version")));
    let version = match version.and_then(|it| it.strip_prefix("${")?.strip_suffix('}')) {
        Some(name) => element(text, name),
        None => version,
    };
    let version = version.ok_or("`pom.xml` does not say the version of Spring Boot")?;
    Ok(version.to_owned())
}

/// The version of Spring Boot's plug-in in a file of Gradle, where its jar is the one that it makes by default.
fn of_gradle(text: &str) -> Result<String, String> {
    const OTHERS: &[&str] = &[
        "layered",
        "requiresUnpack",
        "launchScript",
        "includeTools",
        "loaderImplementation",
        "PropertiesLauncher",
        "lassifier",
        "shadow",
        "apply false",
        "apply(false)",
    ];
    if let Some(other) = OTHERS.iter().find(|it| text.contains(**it)) {
        return Err(format!("what `{other}` makes of the jar is not known"));
    }
    let mut tasks = text.split("bootJar").skip(1);
    if tasks.any(|rest| {
        rest.split('}')
            .next()
            .unwrap_or_default()
            .contains("enabled")
    }) {
        return Err("`bootJar` may make no jar".to_owned());
    }
    let mut lines = text.lines().map(str::trim);
    let line = lines.find(|line| {
        line.starts_with("id")
            && ["'org.springframework.boot'", "\"org.springframework.boot\""]
                .iter()
                .any(|it| line.contains(it))
    });
    let said = line.and_then(|line| line.split_once("version"));
    let version = said.and_then(|(_, rest)| rest.split(['\'', '"']).nth(1));
    let version = version.ok_or("the build file does not say the version of Spring Boot")?;
    Ok(version.to_owned())
}

/// Whether a version is a known release that has the tools.
fn is_late_enough(version: &str) -> bool {
    let parts: Option<Vec<u32>> = version.split('.').map(|it| it.parse().ok()).collect();
    let known = [3, 4];
    parts.is_some_and(|parts| {
        parts.len() == 3 && known.contains(&parts[0]) && parts.as_slice() >= FIRST.as_slice()
    })
}

/// Whether a command takes a jar of Spring Boot apart, as the author would have it: it writes its layers, or the jar
/// and its libraries, into the folder that it is told, and nothing else.
/// <https://docs.spring.io/spring-boot/reference/packaging/container-images/dockerfiles.html>
pub(super) fn is_extraction(words: &[&str]) -> bool {
    let has = |word: &str| words.contains(&word);
    let is_mode = has("-Djarmode=tools") || has("-Djarmode=layertools");
    let is_java = words.first().is_some_and(|word| base_name(word) == "java");
    is_java && is_mode && has("-jar") && has("extract")
}

#[cfg(test)]
mod tests {
    use super::{is_late_enough, of_gradle, of_maven};

    #[test]
    fn the_version_is_that_of_the_plug_in() {
        let kotlin = "plugins {\n  id(\"org.springframework.boot\") version \"3.4.2\"\n}\n";
        assert_eq!(of_gradle(kotlin), Ok("3.4.2".to_owned()));
        let groovy = "plugins {\n  id 'org.springframework.boot' version '3.2.0'\n}\njar { enabled = false }\n";
        assert_eq!(of_gradle(groovy), Ok("3.2.0".to_owned()));
        assert!(of_gradle(&groovy.replace("jar {", "bootJar {")).is_err());
        assert!(of_gradle("plugins { alias(libs.plugins.boot) }").is_err());
        let plugin = "<properties><boot>3.5.0</boot></properties><plugin>\
                      <artifactId>spring-boot-maven-plugin</artifactId><version>${boot}</version>\
                      <goals><goal>repackage</goal></goals></plugin>";
        assert_eq!(of_maven(plugin), Ok("3.5.0".to_owned()));
        assert!(of_maven(&format!("<profiles>{plugin}</profiles>")).is_err());
        assert!(of_maven(&plugin.replace("repackage", "build-info")).is_err());
        assert!(of_maven(&plugin.replace("<goals>", "<layout>ZIP</layout><goals>")).is_err());
    }

    #[test]
    fn releases_are_compared_as_numbers() {
        for version in ["3.3.1", "3.10.0", "4.0.1"] {
            assert!(is_late_enough(version), "{version}");
        }
        for version in [
            "2.7.18",
            "3.3.0",
            "3.2.12",
            "3.5.0-SNAPSHOT",
            "${boot}",
            "3.4",
            "5.0.0",
        ] {
            assert!(!is_late_enough(version), "{version}");
        }
    }
}
