//! What an official image sets for the images built on it: user, directory, command, environment.
//!
//! Written from the images' own Dockerfiles as they were in August 2026, for the tags still listed
//! then and for older ones only where nothing changed in between. Everything else is unknown:
//! absence of a contract says nothing about the image.

mod variant;

use std::sync::LazyLock;

use super::bun;
use super::known::{BaseFacts, base_facts};
use super::sections::Sections;
use super::system::Family;
use variant::section;

const CONTRACTS: &str = include_str!("../contracts.txt");

static SECTIONS: LazyLock<Sections> = LazyLock::new(|| Sections::of(CONTRACTS));

/// What a base image sets. Instructions of the stage on top of it override it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BaseContract {
    /// The user, where it is not root.
    pub user: Option<&'static str>,
    /// The working directory, where it is not `/`.
    pub workdir: Option<&'static str>,
    /// The entrypoint, if there is one.
    pub entrypoint: Option<BaseCommand>,
    /// The default command, if there is one.
    pub cmd: Option<BaseCommand>,
    /// Environment variables that programs or later instructions may rely on; a value of `None`
    /// is set, but depends on the version. Checksums and keys of the image's own build are left out.
    pub env: Vec<(&'static str, Option<&'static str>)>,
    /// Exposed ports, as written in `EXPOSE`.
    pub exposes: Vec<&'static str>,
    /// Paths of volumes: what later instructions write below them is lost.
    pub volumes: Vec<&'static str>,
    /// The signal that stops the container, where it is not `SIGTERM`.
    pub stop_signal: Option<&'static str>,
}

/// An entrypoint or command, in the form in which the image has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BaseCommand {
    /// Words passed to the kernel as they are.
    Exec(Vec<&'static str>),
    /// A line for `/bin/sh -c`.
    Shell(&'static str),
}

/// The contract of `name:tag`, `latest` when there is no tag; `None` when it is not known.
///
/// Images with `ONBUILD` triggers are never known here, since the triggers may set anything;
/// [`BaseFacts::has_onbuild`] tells them apart.
pub fn base_contract(name: &str, tag: Option<&str>) -> Option<BaseContract> {
    if let Some(image) = name.strip_prefix("gcr.io/distroless/") {
        return distroless(image, tag);
    }
    if name == bun::NAME {
        return bun::contract(tag.unwrap_or("latest"));
    }
    let facts = base_facts(name, tag)?;
    if facts.has_onbuild {
        return None;
    }
    let title = section(name, tag.unwrap_or("latest"), &facts)?;
    let lines = SECTIONS.lines(title)?;
    let mut contract = BaseContract::default();
    for (instruction, argument) in lines.filter_map(|line| line.split_once(' ')) {
        contract.set(instruction, argument, &facts);
    }
    Some(contract)
}

/// The contract of a distroless image without a language in it, or with Node or Java.
/// <https://github.com/GoogleContainerTools/distroless/blob/main/base/base.bzl>,
/// <https://github.com/GoogleContainerTools/distroless/blob/main/nodejs/nodejs.bzl>,
/// <https://github.com/GoogleContainerTools/distroless/blob/main/java/java.bzl>
fn distroless(image: &str, tag: Option<&str>) -> Option<BaseContract> {
    let (name, release) = image.split_once('-').unwrap_or((image, "debian"));
    let version = name.strip_prefix("nodejs");
    let is_node =
        version.is_some_and(|it| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit()));
    let is_known = matches!(name, "static" | "base" | "cc") || is_node;
    let is_plain = is_known && release.starts_with("debian");
    let user = match tag {
        None | Some("latest" | "debug") => None,
        Some("nonroot" | "debug-nonroot") => Some("65532"),
        Some(_) => return None,
    };
    let is_java = ["17", "21", "25"]
        .iter()
        .any(|version| image == format!("java{version}-debian13"));
    let mut env = vec![
        (
            "PATH",
            Some("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
        ),
        ("SSL_CERT_FILE", Some("/etc/ssl/certs/ca-certificates.crt")),
    ];
    if is_java {
        env.extend([("LANG", Some("C.UTF-8")), ("JAVA_VERSION", None)]);
    }
    (is_plain || is_java).then(|| BaseContract {
        user,
        workdir: user.map(|_| "/home/nonroot"),
        entrypoint: if is_java {
            Some(BaseCommand::Exec(vec!["/usr/bin/java", "-jar"]))
        } else {
            is_node.then(|| BaseCommand::Exec(vec!["/nodejs/bin/node"]))
        },
        env,
        ..BaseContract::default()
    })
}

impl BaseContract {
    /// Applies one line of the table.
    fn set(&mut self, instruction: &str, argument: &'static str, facts: &BaseFacts) {
        match instruction {
            "USER" => self.user = Some(argument),
            "WORKDIR" => self.workdir = Some(argument),
            "ENTRYPOINT" => self.entrypoint = Some(BaseCommand::read(argument)),
            "CMD" if argument == "inherited" => self.cmd = Some(distribution_command(facts)),
            "CMD" => self.cmd = Some(BaseCommand::read(argument)),
            "ENV" => self.env.push(match argument.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (argument, None),
            }),
            "EXPOSE" => self.exposes.extend(argument.split(' ')),
            "VOLUME" => self.volumes.extend(argument.split(' ')),
            "STOPSIGNAL" => self.stop_signal = Some(argument),
            _ => {}
        }
    }
}

impl BaseCommand {
    /// Reads the table's spelling: a JSON array of strings without escapes, or a line.
    fn read(argument: &'static str) -> Self {
        let words = argument
            .strip_prefix("[\"")
            .and_then(|rest| rest.strip_suffix("\"]"));
        words.map_or(Self::Shell(argument), |words| {
            Self::Exec(words.split("\",\"").collect())
        })
    }
}

/// The command that the image of a distribution starts.
fn distribution_command(facts: &BaseFacts) -> BaseCommand {
    BaseCommand::Exec(vec![match facts.family {
        Family::Debian => "bash",
        Family::Alpine => "/bin/sh",
        Family::Ubuntu | Family::Rpm | Family::Other => "/bin/bash",
    }])
}

#[cfg(test)]
mod tests;
