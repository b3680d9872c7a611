//! Distroless: Node without a shell and without npm. It is taken where the configuration asks for it.
//!
//! Its entry point is node itself, so that it is reset; its node is found by a name of the author's once its folder is
//! on the PATH. Nothing can be installed or run there when the image is built.

use super::lock::Lock;
use super::project::Project;
use crate::model::images::{Family, names_release, version_of};
use crate::settings::RuntimeKind;
use crate::transforms::split_stages::plan::Role;
use crate::transforms::split_stages::programs::Programs;
use crate::transforms::split_stages::reasons::{NEEDS_THE_TOOLCHAIN, TEMPLATE_DOES_NOT_FIT};
use crate::transforms::split_stages::site::{Refusal, Site};
use crate::transforms::split_stages::survey::Survey;

/// Where the image has its node.
pub(super) const PATH: &str = "ENV PATH=$PATH:/nodejs/bin";

/// The majors of Node that there are on each release of Debian. Those on Debian 12, and 20 on Debian 13, are to be had
/// and are not built anew any more.
/// <https://github.com/GoogleContainerTools/distroless/blob/main/README.md>
const IMAGES: &[(&str, &str, &[u32])] = &[
    ("bookworm", "debian12", &[18, 20, 22, 24]),
    ("trixie", "debian13", &[20, 22, 24, 26]),
];

/// Packages that run programs of the system, which the slim image has.
#[rustfmt::skip]
const RUN_A_SHELL: &[&str] = &[
    "child-process-promise", "cross-spawn", "default-shell", "execa", "macaddress", "node-machine-id", "os-locale",
    "shelljs", "spawn-command", "systeminformation", "term-size", "username", "which-pm-runs",
];

/// The image with the same major version of Node on the same release of Debian.
pub(super) fn image(site: &Site<'_>) -> Result<String, Refusal> {
    site.refuse_kind(RuntimeKind::Distroless)?;
    let tag = site.image.tag.as_deref().unwrap_or("latest");
    let major = match version_of(tag).as_deref() {
        _ if site.image_text().contains('$') => {
            return site.refuse(
                &TEMPLATE_DOES_NOT_FIT,
                "a variable of FROM names the version",
            );
        }
        Some([major]) => *major,
        Some(_) => {
            let what = format!("`{tag}`: distroless has the last release of a major version alone");
            return site.refuse(&TEMPLATE_DOES_NOT_FIT, what);
        }
        None => {
            return site.refuse(
                &TEMPLATE_DOES_NOT_FIT,
                format!("`{tag}` names no major version"),
            );
        }
    };
    let facts = site.facts.filter(|it| it.family == Family::Debian);
    let release = facts.and_then(|facts| facts.release);
    let mut images = IMAGES.iter();
    let row = images.find(|row| Some(row.0) == release && row.2.contains(&major));
    let Some((_, debian, _)) = row else {
        let what = format!("distroless has no Node {major} on the release of `{tag}`");
        return site.refuse(&TEMPLATE_DOES_NOT_FIT, what);
    };
    let image = format!("gcr.io/distroless/nodejs{major}-{debian}");
    if site.reaches(&image) {
        return Ok(image);
    }
    site.refuse(
        &TEMPLATE_DOES_NOT_FIT,
        format!("`{image}` may not be within reach"),
    )
}

/// What the container starts and was prepared by is there.
pub(super) fn check(
    site: &Site<'_>,
    survey: &Survey,
    programs: &Programs,
    install: Option<&str>,
) -> Result<(), Refusal> {
    let range = site.start_range();
    let lacks = |what: &str| {
        let what = format!("`{what}`, which distroless does not have");
        Err((range, &TEMPLATE_DOES_NOT_FIT, what))
    };
    if let Some(program) = programs.names.iter().find(|name| *name != "node") {
        return lacks(program);
    }
    if let Some(tool) = programs.tools.first() {
        return lacks(tool);
    }
    if programs.need_shell {
        return lacks("sh");
    }
    if let Some(install) = install {
        return site.refuse(
            &TEMPLATE_DOES_NOT_FIT,
            format!("nothing can be installed there: `{install}`"),
        );
    }
    let mut runs = survey
        .roles
        .iter()
        .filter(|(_, role)| **role != Role::Build);
    if let Some((&item, _)) = runs.find(|(item, _)| site.input.model.run_at(**item).is_some()) {
        let what = "a RUN of what runs wants a shell".to_owned();
        return Err((site.range(item), &TEMPLATE_DOES_NOT_FIT, what));
    }
    if site
        .end()
        .env
        .get("PATH")
        .is_some_and(|it| it.item.is_some())
    {
        return site.refuse(
            &TEMPLATE_DOES_NOT_FIT,
            "`PATH` is set, and distroless has node in another folder",
        );
    }
    for name in ["NODE_VERSION", "YARN_VERSION"] {
        if site.texts().any(|(_, text)| text.contains(name)) {
            return site.refuse(
                &TEMPLATE_DOES_NOT_FIT,
                format!("a source reads `{name}`, which distroless does not set"),
            );
        }
    }
    Ok(())
}

/// No package of production runs a program of the system, and those with parts in C were built on the release that the
/// image has tomorrow, too.
pub(super) fn check_packages(site: &Site<'_>, project: &Project) -> Result<(), Refusal> {
    let Some(lock) = Lock::of(site, &project.folder) else {
        return Ok(());
    };
    if let Some(name) = RUN_A_SHELL.iter().find(|name| lock.has(name)) {
        site.need(
            site.range(site.stage.item),
            &NEEDS_THE_TOOLCHAIN,
            format!("`{name}`"),
        )?;
    }
    let may_have_parts_in_c = match &lock {
        Lock::Packages(packages) => packages
            .iter()
            .any(|it| it.has_script && !it.is_of_development),
        Lock::WithoutScripts(_) | Lock::Names(_) => true,
    };
    let tag = site.image.tag.as_deref().unwrap_or("latest");
    if may_have_parts_in_c && !names_release(&site.image.name, tag) {
        let what = format!(
            "packages may have parts in C, and `{tag}` may mean another release of Debian tomorrow"
        );
        return site.refuse(&TEMPLATE_DOES_NOT_FIT, what);
    }
    Ok(())
}
