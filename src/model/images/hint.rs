//! What the name and tag of an image say of the system in it, where the image is not an official one.

use super::known::{BaseFacts, base_facts};
use super::reference::ImageReference;
use super::system::System;

/// Ubuntu's releases by number, as tags write them: `ubuntu22.04`.
const UBUNTU: &[(&str, &str)] = &[
    ("12.04", "precise"),
    ("14.04", "trusty"),
    ("16.04", "xenial"),
    ("18.04", "bionic"),
    ("20.04", "focal"),
    ("22.04", "jammy"),
    ("24.04", "noble"),
];

/// The release below the images of other houses: their name or what it begins with, what the tag begins with,
/// and the release. `dockerfile/` was Docker's own house for trusted builds until 2015.
const HOUSES: &[(&str, &str, &str)] = &[
    ("dockerfile/", "", "trusty"),
    ("ubuntu-debootstrap", "14.04", "trusty"),
    ("ubuntu-upstart", "14.04", "trusty"),
    ("microsoft/dotnet", "1.", "jessie"),
    ("microsoft/dotnet", "2.", "stretch"),
    ("microsoft/aspnetcore", "1.", "jessie"),
    ("microsoft/aspnetcore", "2.", "stretch"),
];

/// The release of Ubuntu for each one of ROS: <https://www.ros.org/reps/rep-0003.html>.
const ROS: &[(&str, &str)] = &[
    ("indigo", "trusty"),
    ("jade", "trusty"),
    ("kinetic", "xenial"),
    ("lunar", "xenial"),
    ("melodic", "bionic"),
    ("noetic", "focal"),
    ("foxy", "focal"),
    ("galactic", "focal"),
    ("humble", "jammy"),
    ("iron", "jammy"),
    ("jazzy", "noble"),
];

/// Distributions whose images others give away under the same name.
#[rustfmt::skip]
const DISTRIBUTIONS: &[&str] = &["alpine", "debian", "ubuntu", "rockylinux", "almalinux", "oraclelinux"];

/// The facts that a reference shows: `nvidia/cuda:12.2-runtime-ubuntu22.04`, `gliderlabs/alpine:3.1`.
pub fn hinted(image: &ImageReference) -> Option<BaseFacts> {
    let tag = image.tag.as_deref();
    let own_name = image.name.rsplit('/').next().unwrap_or(&image.name);
    if own_name == "ros" {
        return ros(tag?);
    }
    if let Some(system) = tag
        .into_iter()
        .flat_map(|tag| tag.split(['-', '_']))
        .find_map(word)
    {
        return Some(facts(&system));
    }
    // `registry.access.redhat.com/ubi9/ubi-minimal`
    let mut folders = image.name.split('/').filter(|part| part.starts_with("ubi"));
    if let Some(system) = folders.find_map(System::named) {
        return Some(facts(&system));
    }
    let tag_or_none = tag.unwrap_or_default();
    let house = HOUSES.iter().find(|(name, version, _)| {
        image.name.starts_with(name) && tag_or_none.starts_with(version)
    });
    if let Some((_, _, codename)) = house {
        return System::named(codename).as_ref().map(facts);
    }
    if DISTRIBUTIONS.contains(&own_name) {
        return base_facts(own_name, tag);
    }
    phusion(&image.name, tag?)
}

fn word(word: &str) -> Option<System> {
    let number = word.strip_prefix("ubuntu").unwrap_or(word);
    let codename = UBUNTU
        .iter()
        .find(|(version, _)| *version == number)
        .map(|(_, codename)| *codename);
    // A bare number is a release of Ubuntu only where the word says so.
    match codename {
        Some(codename) if word.starts_with("ubuntu") => System::named(codename),
        _ if word.starts_with(|char: char| char.is_ascii_alphabetic())
            && word != "debian"
            && word != "ubuntu" =>
        {
            System::named(word)
        }
        _ => None,
    }
}

/// ROS has releases of the same names as Ubuntu: `kinetic-ros-base`, `kinetic-perception-xenial`.
fn ros(tag: &str) -> Option<BaseFacts> {
    let mut words = tag.split('-');
    let first = words.next()?;
    let (_, usual) = ROS.iter().find(|(name, _)| *name == first)?;
    let system = words.find_map(System::named);
    system.or_else(|| System::named(usual)).as_ref().map(facts)
}

/// phusion's images by their version: <https://github.com/phusion/baseimage-docker/blob/master/Changelog.md>.
fn phusion(name: &str, tag: &str) -> Option<BaseFacts> {
    if !name.starts_with("phusion/") {
        return None;
    }
    let patch: u32 = tag.strip_prefix("0.9.")?.parse().ok()?;
    let codename = if patch <= 18 { "trusty" } else { "xenial" };
    System::named(codename).as_ref().map(facts)
}

fn facts(system: &System) -> BaseFacts {
    BaseFacts {
        family: system.family,
        release: system.release,
        slim: false,
        gone: system.gone,
        has_onbuild: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn release(reference: &str) -> Option<&'static str> {
        hinted(&ImageReference::parse(reference, &[])?)?.release
    }

    #[test]
    fn releases_are_read_from_tags_and_names() {
        assert_eq!(
            release("nvidia/cuda:12.2.0-runtime-ubuntu22.04"),
            Some("jammy")
        );
        assert_eq!(
            release("mcr.microsoft.com/dotnet/sdk:8.0-bookworm-slim"),
            Some("bookworm")
        );
        assert_eq!(release("gliderlabs/alpine:3.1"), Some("3.1"));
        assert_eq!(release("phusion/baseimage:0.9.15"), Some("trusty"));
        assert_eq!(release("ros:kinetic"), Some("xenial"));
        assert_eq!(release("osrf/ros:indigo-desktop"), Some("trusty"));
        assert_eq!(release("ros:lunar-robot-stretch"), Some("stretch"));
        assert_eq!(release("dockerfile/ubuntu"), Some("trusty"));
        assert_eq!(release("microsoft/dotnet:2.1-sdk"), Some("stretch"));
        assert_eq!(release("microsoft/dotnet:2.1-sdk-bionic"), Some("bionic"));
        assert_eq!(
            release("registry.access.redhat.com/ubi9/ubi-minimal:9.4"),
            Some("ubi9")
        );
        assert_eq!(release("rockylinux/rockylinux:8"), Some("rockylinux8"));
        assert_eq!(release("acme/app:20.04"), None);
    }
}
