//! A runtime that `jlink` makes of Temurin's kit, where the configuration asks for it.
//! <https://hub.docker.com/_/eclipse-temurin>

use super::corretto::refuse_text;
use super::images::version_of_kit;
use super::layers::is_built_by_root;
use crate::transform::Applicability;
use crate::transforms::split_stages::plan::{Brought, Plan};
use crate::transforms::split_stages::programs::Programs;
use crate::transforms::split_stages::reasons::TEMPLATE_DOES_NOT_FIT;
use crate::transforms::split_stages::site::{Refusal, Site};
use crate::transforms::split_stages::survey::Survey;

/// Where the runtime is, in both stages: the folder of the kit is there already where it is made.
const HOME: &str = "/opt/java/runtime";

/// All of Java SE, and what is only found by name: ciphers, character sets, languages, file systems, agents. What the
/// classes themselves name would be less, but libraries in a jar of jars are not seen, nor what is loaded by name.
#[rustfmt::skip]
pub(super) const MODULES: &[&str] = &[
    "java.se", "jdk.charsets", "jdk.crypto.cryptoki", "jdk.crypto.ec", "jdk.httpserver", "jdk.jdwp.agent", "jdk.jfr",
    "jdk.localedata", "jdk.management.agent", "jdk.management.jfr", "jdk.naming.dns", "jdk.net", "jdk.security.auth",
    "jdk.security.jgss", "jdk.unsupported", "jdk.xml.dom", "jdk.zipfs",
];

fn refuse<T>(site: &Site<'_>, what: &str) -> Result<T, Refusal> {
    let what = format!("`jlink`: {what}");
    site.refuse(&TEMPLATE_DOES_NOT_FIT, what)
}

/// The version of the kit, where a runtime is wanted of it, and what runs is content with it.
pub(super) fn wanted(
    site: &Site<'_>,
    survey: &Survey,
    programs: &Programs,
    runtime: &str,
) -> Result<Option<u32>, Refusal> {
    let version = version(site, runtime)?;
    if version.is_some() {
        check(site, survey, programs)?;
    }
    Ok(version)
}

/// The version of the kit, where a runtime is made of it. Since Java 24 Temurin's kit has no modules to make one of,
/// and that of before 17 cannot leave out what only debuggers read.
fn version(site: &Site<'_>, runtime: &str) -> Result<Option<u32>, Refusal> {
    if !site.input.options.split.jlink {
        return Ok(None);
    }
    let is_temurin = runtime.starts_with(&format!("{}eclipse-temurin:", site.image.prefix));
    if !is_temurin || site.is_alpine() {
        return refuse(site, "is known for Temurin's kit on Ubuntu");
    }
    match version_of_kit(site) {
        Some(version @ (17 | 21)) => Ok(Some(version)),
        _ => refuse(site, "is known for Java 17 and 21"),
    }
}

/// What runs wants nothing that Debian's slim image lacks.
fn check(site: &Site<'_>, survey: &Survey, programs: &Programs) -> Result<(), Refusal> {
    let wants_packages = survey.packages.are_there()
        || site.told_packages().next().is_some()
        || !programs.tools.is_empty();
    if wants_packages {
        return refuse(site, "packages of Ubuntu's may have other names on Debian");
    }
    let scripts = programs.scripts.iter().filter_map(|it| site.text(it));
    let text = site.input.model.text.as_str();
    let mut said = scripts.chain([text]);
    if said.any(|text| text.contains("/opt/java/") || text.contains("USE_SYSTEM_CA_CERTS")) {
        return refuse(site, "what is in `/opt/java` of the old image is named");
    }
    let own = ["JAVA_HOME", "LANG", "LC_ALL", "PATH"].into_iter();
    let mut own = own.filter(|&name| {
        let setting = site.end().env.get(name);
        setting.is_some_and(|it| it.item.is_some())
    });
    if let Some(name) = own.next() {
        return refuse(site, &format!("`{name}` is set"));
    }
    refuse_text(site)
}

/// Puts a plan on a runtime that the build ends with.
pub(super) fn put_on(site: &Site<'_>, plan: &mut Plan, version: u32) -> Result<(), Refusal> {
    if !is_built_by_root(site, plan) {
        return refuse(site, &format!("who builds may not write to `{HOME}`"));
    }
    plan.runtime = format!("{}debian:bookworm-slim", site.image.prefix);
    let compress = if version < 21 { "2" } else { "zip-6" };
    plan.build_end.push(format!(
        "RUN jlink --strip-java-debug-attributes --no-man-pages --no-header-files --compress={compress} \
         --output {HOME} \\\n    --add-modules {}",
        MODULES.join(",")
    ));
    plan.variables.push(format!(
        "ENV JAVA_HOME={HOME} LANG=C.UTF-8 PATH={HOME}/bin:$PATH"
    ));
    plan.brought.insert(0, Brought::in_place(HOME));
    plan.applicability = Applicability::Unsafe;
    plan.because.push_str(
        ", that nothing but Java SE and its usual providers is loaded by name, and that neither the language of the \
         system nor the lines of Java's own classes in stack traces are missed",
    );
    Ok(())
}
