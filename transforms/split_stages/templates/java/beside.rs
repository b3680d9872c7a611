//! What lies beside a jar that is started: the libraries that its manifest names.

use crate::model::folders::parent;
use crate::transforms::split_stages::reasons::{FILES_NOT_KNOWN, NOTHING_IS_BUILT};
use crate::transforms::split_stages::site::{Refusal, Site, base_name};

/// A jar with all that it needs: itself, or the folder with the libraries that it names.
pub(super) fn of_jar(
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
            let has_dependencies =
                has_libraries(text) || text.contains("implementation") || text.contains("compile ");
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
    // Ant's jars name the others by their paths.
    let mut others = site.texts_named(&["build.xml"]);
    let other = others.find(|text| text.contains("Class-Path"));
    if other.is_some_and(|text| text.contains("../")) {
        return Err((
            range,
            &FILES_NOT_KNOWN,
            "the class path of `build.xml`".to_owned(),
        ));
    }
    let is_folder = !is_whole || other.is_some() || base_name(jar) == "quarkus-run.jar";
    if is_folder && matches!(holder.as_str(), "/" | "") {
        return Err((range, &FILES_NOT_KNOWN, format!("what lies beside `{jar}`")));
    }
    Ok(vec![if is_folder { holder } else { jar.to_owned() }])
}

/// Whether a `pom.xml` has dependencies that a manifest can name: Maven puts those of tests, and those that are
/// provided, into no class path of a jar.
/// <https://maven.apache.org/shared/maven-archiver/examples/classpath.html>
fn has_libraries(pom: &str) -> bool {
    let own = without(pom, "<!--", "-->");
    let own = without(&own, "<dependencyManagement>", "</dependencyManagement>");
    let own = without(&own, "<plugins>", "</plugins>");
    let elements = own.split("<dependency>").skip(1);
    let mut elements = elements.map(|rest| rest.split("</dependency>").next().unwrap_or(rest));
    elements.any(|element| {
        let scope = element.split("<scope>").nth(1);
        let scope = scope.and_then(|rest| rest.split('<').next());
        !matches!(scope.map(str::trim), Some("test" | "provided" | "import"))
    })
}

/// A text without all that stands between two marks.
fn without(text: &str, start: &str, end: &str) -> String {
    let mut parts = text.split(start);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |whole, part| {
        let rest = part.split_once(end).map_or("", |(_, rest)| rest);
        whole + rest
    })
}
