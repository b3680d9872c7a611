//! A jar of Spring Boot that is taken apart: all of it comes along, to where it stood.
//! <https://docs.spring.io/spring-boot/reference/packaging/container-images/dockerfiles.html>

use super::{Checked, ensure};
use crate::model::folders::parent;
use crate::transform::{Split, StageLine};

/// The layers that the jar's own tools write, what changes least often first. The loader of the whole jar is not
/// among what they write.
const LAYERS: &[&str] = &["dependencies", "snapshot-dependencies", "application"];

/// The COPYs that stand for the jar, without their keyword.
fn copies(split: &Split, jar: &str) -> Vec<String> {
    let folder = parent(jar).trim_end_matches('/');
    let layers = LAYERS.iter();
    let copies = layers.map(|layer| format!("--from={} /layers/{layer}/ {folder}/", split.build));
    copies.collect()
}

fn arguments(text: &str) -> &str {
    text.split_once(' ').map_or("", |(_, rest)| rest)
}

/// Whether an instruction of the stage that runs is one of them.
pub(super) fn is_one(split: &Split, text: &str) -> bool {
    let jar = split.told.layered_jar.as_deref();
    jar.is_some_and(|jar| copies(split, jar).iter().any(|it| it == arguments(text)))
}

/// Where a jar is taken apart, the last RUN of the build does it, and each layer is brought once.
pub(super) fn check(split: &Split) -> Checked {
    let Some(jar) = split.told.layered_jar.as_deref() else {
        return Ok(());
    };
    // Libraries beside a jar at the top would lie in the system's own `/lib`.
    let libraries = match (parent(jar), jar.rsplit('/').next()) {
        ("/" | "", Some(name)) => format!(" --libraries {}-lib", name.trim_end_matches(".jar")),
        _ => String::new(),
    };
    let run = format!(
        "java -Djarmode=tools -jar {jar} extract --layers --destination /layers{libraries}"
    );
    let last = split.build_end.last();
    ensure(last.is_some_and(|it| arguments(it) == run), || {
        format!("`{jar}` is not taken apart at the end of the build")
    })?;
    let lines = split.runtime.iter().filter_map(|line| match line {
        StageLine::Added(text) => Some(arguments(text)),
        StageLine::Repeated(_) | StageLine::Moved(_) => None,
    });
    let brought: Vec<&str> = lines.filter(|it| it.contains(" /layers/")).collect();
    ensure(brought == copies(split, jar), || {
        format!("not all layers of `{jar}` are brought, in their order")
    })
}
