//! What an image weighs in one stage and in two, by the tables: what it is made from, and what apt installs on it.

use std::collections::BTreeSet;

use super::plan::{Plan, Role};
use super::site::Site;
use crate::model::debian::{self, Archive, Ground};
use crate::model::images::{ImageReference, about_bytes, base_facts};
use crate::model::packages::Verb;

/// What apt installs at one place.
struct Installed {
    packages: Vec<String>,
    with_recommended: bool,
}

/// The bytes before and after; `None` where the size of an image is not known.
pub(super) fn bytes(site: &Site<'_>, plan: &Plan) -> Option<(u64, u64)> {
    let model = site.input.model;
    let installed = |is_wanted: &dyn Fn(usize) -> bool| {
        let runs = model.runs_of(site.stage.index);
        let operations = runs
            .filter(|run| is_wanted(run.item))
            .flat_map(|run| run.operations.iter().map(move |it| (run, it)));
        let installs =
            operations.filter(|(_, it)| it.manager.id == "apt" && it.verb == Verb::Install);
        let lists = installs.filter_map(|(run, operation)| {
            let command = run.command(operation);
            let packages = operation.packages(command)?;
            Some(Installed {
                packages: packages.into_iter().map(str::to_owned).collect(),
                with_recommended: !operation.has_option(command, &["--no-install-recommends"]),
            })
        });
        lists.collect::<Vec<_>>()
    };
    let before = about_bytes(site.image)? + weight(site.image, &installed(&|_| true));
    let after = match plan.runtime.as_str() {
        "scratch" => 0,
        text => {
            let image = ImageReference::parse(&spelled_out(site, text), &[])?;
            let is_kept = |item| plan.roles.get(&item).is_some_and(|it| *it != Role::Build);
            let mut kept = installed(&is_kept);
            kept.extend(
                plan.install
                    .as_ref()
                    .map(|(command, _)| of_our_own(command)),
            );
            about_bytes(&image)? + weight(&image, &kept)
        }
    };
    // A package that the tables do not have may weigh anything.
    Some((before.max(after), after))
}

/// An image with the value that a variable of FROM has where nobody says otherwise.
fn spelled_out(site: &Site<'_>, image: &str) -> String {
    let written = site.image_text();
    let value = written.split_once("${").and_then(|(before, rest)| {
        let (name, behind) = rest.split_once('}')?;
        let tag = site.image.tag.as_deref()?;
        let full = format!("{}{}:{tag}", site.image.prefix, site.image.name);
        let value = full.strip_prefix(before)?.strip_suffix(behind)?;
        Some((format!("${{{name}}}"), value.to_owned()))
    });
    match value {
        Some((variable, value)) => image.replace(&variable, &value),
        None => image.to_owned(),
    }
}

/// The packages of an install that is written here.
fn of_our_own(command: &str) -> Installed {
    let words = command.split_once(" install ").map_or("", |(_, rest)| rest);
    let words = words.split_whitespace().take_while(|it| *it != "\\");
    let packages = words.filter(|it| !it.starts_with('-'));
    Installed {
        packages: packages.map(str::to_owned).collect(),
        with_recommended: !command.contains("--no-install-recommends"),
    }
}

/// What packages write to an image, with all that they bring along.
fn weight(image: &ImageReference, installed: &[Installed]) -> u64 {
    let facts = base_facts(&image.name, image.tag.as_deref());
    let archive = Archive::of(facts.as_ref());
    let brought = installed.iter().flat_map(|it| {
        let names = it.packages.iter();
        names.flat_map(|name| {
            let name = name.split(['=', ':', '/']).next().unwrap_or(name);
            let name = debian::provided(archive, name).unwrap_or_else(|| name.to_owned());
            debian::brought(archive, &name, it.with_recommended)
        })
    });
    let brought: BTreeSet<&str> = brought.collect();
    let brought: Vec<&str> = brought.into_iter().collect();
    Ground::of(archive, Some(image), facts.as_ref()).bytes(&brought)
}
