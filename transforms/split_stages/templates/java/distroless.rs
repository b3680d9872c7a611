//! Java on an image without a shell, where the configuration asks for it.

use crate::settings::RuntimeKind;
use crate::transforms::split_stages::programs::Programs;
use crate::transforms::split_stages::reasons::TEMPLATE_DOES_NOT_FIT;
use crate::transforms::split_stages::site::{Refusal, Site};
use crate::transforms::split_stages::survey::Survey;

/// The versions that there is an image of: Temurin's runtime environment, which is `/usr/bin/java` there, with
/// certificates and the fonts of `fonts-dejavu-core`.
/// <https://github.com/GoogleContainerTools/distroless/blob/main/java/config.bzl>
const VERSIONS: &[u32] = &[17, 21, 25];

/// Packages that the image has anyway.
pub(super) const GIVEN: &[&str] = &[
    "ca-certificates",
    "fontconfig-config",
    "fonts-dejavu-core",
    "tzdata",
];

/// What is assumed besides.
pub(super) const ASSUMPTION: &str =
    ", that no library starts another program, and that nobody wants a shell in the container";

/// The image of the version of the development kit.
pub(super) fn image(site: &Site<'_>, version: Option<u32>) -> Result<String, Refusal> {
    site.refuse_kind(RuntimeKind::Distroless)?;
    if site.is_alpine() {
        return site.refuse(
            &TEMPLATE_DOES_NOT_FIT,
            "it is built on Alpine, and `distroless` has another C library",
        );
    }
    let Some(version) = version.filter(|it| VERSIONS.contains(it)) else {
        return site.refuse(
            &TEMPLATE_DOES_NOT_FIT,
            "`distroless` has Java 17, 21 and 25",
        );
    };
    let image = format!("gcr.io/distroless/java{version}-debian13");
    if !site.reaches(&image) {
        return site.refuse(
            &TEMPLATE_DOES_NOT_FIT,
            format!("`{image}` may not be on the mirror of FROM"),
        );
    }
    Ok(image)
}

/// Nothing that runs wants what the image does not have.
pub(super) fn check(site: &Site<'_>, survey: &Survey, programs: &Programs) -> Result<(), Refusal> {
    let mut named = programs.names.iter();
    let elsewhere = named.find(|name| name.contains('/') && *name != "/usr/bin/java");
    if let Some(path) = elsewhere {
        return site.refuse(
            &TEMPLATE_DOES_NOT_FIT,
            format!("`{path}` is not on `distroless`"),
        );
    }
    if programs.names.iter().any(|name| name == "keytool") {
        return site.refuse(
            &TEMPLATE_DOES_NOT_FIT,
            "`keytool` is not found on `distroless`",
        );
    }
    let wants_packages = survey.packages.are_needed(GIVEN)
        || site.told_packages().next().is_some()
        || !programs.tools.is_empty();
    if wants_packages {
        return site.refuse(
            &TEMPLATE_DOES_NOT_FIT,
            "nothing can be installed on `distroless`",
        );
    }
    if programs.need_shell || survey.runs_commands {
        return site.refuse(&TEMPLATE_DOES_NOT_FIT, "`distroless` has no shell");
    }
    if !site.has_known_user() {
        return site.refuse(
            &TEMPLATE_DOES_NOT_FIT,
            "`distroless` does not know the user",
        );
    }
    if let Some(text) = site.said().find(|text| text.contains("/usr/lib/jvm/")) {
        return site.refuse(
            &TEMPLATE_DOES_NOT_FIT,
            format!("`{text}` is not on `distroless`"),
        );
    }
    let mut texts = site.texts();
    match texts.find(|(_, text)| text.contains("\"JAVA_HOME\"")) {
        Some((path, _)) => site.refuse(
            &TEMPLATE_DOES_NOT_FIT,
            format!("`{path}` reads `JAVA_HOME`, which `distroless` does not set"),
        ),
        None => Ok(()),
    }
}
