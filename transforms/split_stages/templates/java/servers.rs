//! A war that is built in the own image of Tomcat or of Jetty. They compile pages by themselves, with the compiler of
//! Eclipse: the runtime environment is enough.

use super::step_names;
use crate::model::folders::parent;
use crate::model::images::{BaseFacts, base_contract, base_facts, version_of};
use crate::model::placed::resolved;
use crate::model::run::is_within;
use crate::model::stage::Stage;
use crate::transform::Input;
use crate::transforms::split_stages::reasons::{
    ARTIFACT_NOT_FOUND, BASE_NOT_KNOWN, STEP_NOT_CLASSIFIED,
};
use crate::transforms::split_stages::site::{Refusal, Site};

/// An image whose server runs what lies in a folder of its own.
pub(super) struct Server {
    pub(super) image: &'static str,
    /// Where it is, and where its settings and applications are.
    homes: &'static [&'static str],
    /// Variables that name these folders.
    variables: &'static [(&'static str, &'static str)],
    /// What it serves.
    served: &'static str,
    /// Its start script.
    starts: &'static [&'static str],
    /// Arguments of its start command that change its settings.
    sets: &'static [&'static str],
}

const SERVERS: &[Server] = &[
    // Nothing is in the folder by itself. <https://github.com/docker-library/tomcat/pull/181>
    Server {
        image: "tomcat",
        homes: &["/usr/local/tomcat"],
        variables: &[("CATALINA_HOME", "/usr/local/tomcat")],
        served: "/usr/local/tomcat/webapps",
        starts: &[
            "catalina.sh",
            "bin/catalina.sh",
            "/usr/local/tomcat/bin/catalina.sh",
        ],
        sets: &[],
    },
    // <https://github.com/jetty/jetty.docker>
    Server {
        image: "jetty",
        homes: &["/usr/local/jetty", "/var/lib/jetty"],
        variables: &[
            ("JETTY_HOME", "/usr/local/jetty"),
            ("JETTY_BASE", "/var/lib/jetty"),
        ],
        served: "/var/lib/jetty/webapps",
        starts: &["/docker-entrypoint.sh"],
        sets: &["--add-module", "--add-to-start", "--create-start"],
    },
];

impl Server {
    /// The one of the image, if it is one's.
    pub(super) fn of(site: &Site<'_>) -> Option<&'static Self> {
        SERVERS.iter().find(|it| it.image == site.image.name)
    }

    /// Whether a program is its start script.
    pub(super) fn is_start(&self, word: &str) -> bool {
        self.starts.contains(&word)
    }

    /// Whether a command changes its settings: Jetty's own start command does, where it is told to.
    pub(super) fn sets(&self, words: &[&str]) -> bool {
        let is_start = words.iter().any(|word| word.contains("start.jar"));
        let mut arguments = words.iter().skip(2);
        let is_setting = |word: &&str| self.sets.iter().any(|it| word.starts_with(it));
        words.first() == Some(&"java") && is_start && arguments.any(is_setting)
    }

    fn holds(&self, path: &str) -> bool {
        let mut homes = self.homes.iter();
        homes.any(|home| is_within(path, home) && path != *home)
    }
}

/// Whether an image is one of a server's.
pub(super) fn is_image(name: &str) -> bool {
    SERVERS.iter().any(|it| it.image == name)
}

/// Whether something is built in the image.
pub(super) fn is_built(input: &Input<'_>, stage: &Stage) -> bool {
    let runs = input.model.runs_of(stage.index);
    let mut commands = runs.flat_map(|run| &run.commands);
    commands.any(|command| command.name().is_some_and(step_names))
}

/// The server on the runtime environment of the same Java and system; the same image where the tag names no kit.
pub(super) fn image(site: &Site<'_>) -> Result<String, Refusal> {
    let name = site.image.name.as_str();
    let tag = site.image.tag.as_deref().unwrap_or("latest");
    let version = version_of(tag);
    let is_current = match (name, version.as_deref()) {
        (_, Some([major])) => *major >= 9,
        // Images of single releases of Tomcat from before 2019 have something to serve.
        ("tomcat", Some([major, minor])) => (*major, *minor) >= (8, 5),
        (_, Some([major, minor])) => (*major, *minor) >= (9, 4),
        _ => false,
    };
    if !is_current || base_contract(name, Some(tag)).is_none() {
        let what = "its tag names no release of the server, or a single patch of it";
        return site.refuse(&BASE_NOT_KNOWN, what);
    }
    let jre = tag.replacen("-jdk", "-jre", 1);
    let is_release = |word| site.facts.and_then(|facts| facts.release) == Some(word);
    let of_temurin = ["temurin", "eclipse", "alpine"];
    let mut words = tag.split('-').skip(2);
    let is_temurin = words.all(|word| of_temurin.contains(&word) || is_release(word));
    let other = base_facts(name, Some(&jre)).filter(|facts| !facts.gone && jre != tag);
    // Jetty's tags name no release: both are of the one that Temurin's follow.
    let is_same = |other: &BaseFacts| {
        site.facts.is_some_and(|own| {
            let follows = name == "jetty" && own.release.is_none() && other.release.is_none();
            own.family == other.family && (follows || own.release == other.release)
        })
    };
    Ok(match other {
        Some(other) if is_temurin && is_same(&other) => {
            format!("{}{name}:{jre}", site.image.prefix)
        }
        _ => site.image_text(),
    })
}

/// What the steps put below the server's folders, of the paths that they copy to.
pub(super) fn deployed(
    site: &Site<'_>,
    server: &Server,
    moved: &[String],
) -> Result<Vec<String>, Refusal> {
    keep_what_is_there(site, server)?;
    let mut found: Vec<String> = Vec::new();
    for path in moved {
        let is_inside = found.iter().any(|it| is_within(path, it));
        if server.holds(path) && !is_inside {
            found.retain(|it| !is_within(it, path));
            found.push(path.clone());
        }
    }
    if found.iter().any(|path| is_within(path, server.served)) {
        return Ok(found);
    }
    let what = format!("nothing is put into `{}`", server.served);
    Err((site.start_range(), &ARTIFACT_NOT_FOUND, what))
}

/// What the image has of its own is not removed, but for what it serves, which is nothing; and nothing is unpacked
/// there.
fn keep_what_is_there(site: &Site<'_>, server: &Server) -> Result<(), Refusal> {
    for run in site.input.model.runs_of(site.stage.index) {
        let state = site.input.model.state(run.item);
        let folder = state.and_then(|state| state.workdir.value.known());
        let mut folder = folder.unwrap_or("/").to_owned();
        for command in &run.commands {
            // What they unpack, and where, is not seen.
            if matches!(command.name(), Some("jar" | "tar" | "unzip")) {
                let what = format!("`{}`", command.raw_words().join(" "));
                return Err((command.range, &STEP_NOT_CLASSIFIED, what));
            }
            let operands = command.arguments().iter();
            let operands = operands.filter(|word| !word.raw.starts_with('-'));
            for word in operands {
                let written = word.raw.trim_matches('"').to_owned();
                let written = server.variables.iter().fold(written, |all, (name, home)| {
                    let all = all.replace(&format!("${{{name}}}"), home);
                    all.replace(&format!("${name}"), home)
                });
                let path = resolved(&folder, written.trim_end_matches(['*', '/']));
                match (command.name(), path) {
                    (Some("cd"), Some(path)) => folder = path,
                    (Some("rm" | "mv"), path) => {
                        let is_known = path.is_some_and(|path| {
                            let is_home = |path: &str| server.homes.contains(&path);
                            let mut placed = site.placed.iter();
                            (!server.holds(&path) && !is_home(&path))
                                || is_within(&path, server.served)
                                || placed.any(|it| is_within(&path, &it.to) && !is_home(&it.to))
                        });
                        if !is_known {
                            let what = format!("`{}`", command.raw_words().join(" "));
                            return Err((command.range, &STEP_NOT_CLASSIFIED, what));
                        }
                    }
                    _ => {}
                }
            }
        }
    }
    Ok(())
}

/// Where a file goes that is copied or moved: into a folder under its own name.
pub(super) fn into_folder(
    server: Option<&Server>,
    target: &str,
    sources: &[&str],
    is_written_as_folder: bool,
) -> String {
    let [source] = sources else {
        return target.to_owned();
    };
    let name = source.rsplit('/').next().unwrap_or(source);
    let is_plain = !name.is_empty() && !name.contains(['$', '"', '?', '[', '{']);
    let is_folder = is_written_as_folder || server.is_some_and(|it| it.served == target);
    // A pattern that names no kind of file may fit anything.
    let is_known = is_plain && (!name.contains('*') || name.ends_with(".war"));
    if is_folder && is_known && parent(target) != target {
        format!("{}/{name}", target.trim_end_matches('/'))
    } else {
        target.to_owned()
    }
}
