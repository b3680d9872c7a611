//! The programs that build, save and run images, and how each is asked.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Serialize;

use super::Watch;
use super::process::{self, Finished, Job};

/// How long a question to the program may take.
const QUESTION: Duration = Duration::from_secs(20);

/// A program that builds images.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Docker, with `BuildKit`.
    Docker,
    /// Podman.
    Podman,
    /// Buildah.
    Buildah,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Docker, Self::Podman, Self::Buildah];

    fn program(self) -> &'static str {
        match self {
            Self::Docker => "docker",
            Self::Podman => "podman",
            Self::Buildah => "buildah",
        }
    }

    /// The builder of that name; a path counts by its last part.
    pub fn named(name: &str) -> Option<Self> {
        let base = Path::new(name).file_name()?.to_str()?;
        Self::ALL.into_iter().find(|kind| kind.program() == base)
    }
}

/// A builder that answers.
#[derive(Clone, Debug)]
pub struct Builder {
    kind: Kind,
    program: OsString,
    version: String,
    /// Variables that its process gets besides ours.
    environment: Vec<(String, String)>,
}

/// What is built.
#[derive(Clone, Debug, Default)]
pub struct Build {
    /// The Dockerfile.
    pub dockerfile: PathBuf,
    /// The folder of the build context.
    pub context: PathBuf,
    /// `NAME=VALUE`, for `ARG`.
    pub arguments: Vec<String>,
    /// The stage.
    pub target: Option<String>,
    /// The network of RUN.
    pub network: Option<String>,
    /// More arguments of the builder.
    pub options: Vec<String>,
    /// Whether layers of earlier builds are taken.
    pub uses_cache: bool,
}

impl Builder {
    /// The builder of that name, or the first one that answers.
    ///
    /// # Errors
    /// Where none answers; the message says how to get one.
    pub fn find(wanted: Option<&str>) -> io::Result<Self> {
        let candidates: Vec<(Kind, OsString)> = match wanted {
            Some(name) => {
                let kind = Kind::named(name).ok_or_else(|| {
                    let message =
                        format!("unknown builder `{name}`; known are docker, podman and buildah");
                    io::Error::new(io::ErrorKind::InvalidInput, message)
                })?;
                vec![(kind, name.into())]
            }
            None => Kind::ALL
                .iter()
                .map(|kind| (*kind, kind.program().into()))
                .collect(),
        };
        let mut reasons = Vec::new();
        for (kind, program) in candidates {
            match version(kind, &program, &[]) {
                Ok(version) => {
                    return Ok(Self {
                        kind,
                        program,
                        version,
                        environment: Vec::new(),
                    });
                }
                Err(reason) => reasons.push(format!("{}: {reason}", program.display())),
            }
        }
        Err(io::Error::new(
            io::ErrorKind::NotFound,
            format!(
                "no builder answers ({}); install Docker Engine (https://docs.docker.com/engine/install/), \
                 Podman or Buildah, or name one with `--builder`",
                reasons.join("; ")
            ),
        ))
    }

    /// The builder of that name, run with these variables.
    ///
    /// # Errors
    /// Where it does not answer.
    pub fn with_environment(name: &str, environment: &[(String, String)]) -> io::Result<Self> {
        let kind = Kind::named(name).ok_or(io::ErrorKind::InvalidInput)?;
        let program = OsString::from(name);
        let version = version(kind, &program, environment).map_err(io::Error::other)?;
        Ok(Self {
            kind,
            program,
            version,
            environment: environment.to_vec(),
        })
    }

    /// Name and version, for people.
    pub fn name(&self) -> String {
        format!("{} {}", self.kind.program(), self.version)
    }

    /// Which program it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    fn ask(&self, arguments: &[&str]) -> io::Result<Finished> {
        self.question(arguments, false)
    }

    /// Removes something, also after an interrupt.
    fn tidy_up(&self, arguments: &[&str]) {
        // What cannot be removed is left.
        let _ = self.question(arguments, true);
    }

    fn question(&self, arguments: &[&str], tidies_up: bool) -> io::Result<Finished> {
        let job = Job {
            program: &self.program,
            environment: &self.environment,
            arguments: arguments.iter().map(|&it| it.to_owned()).collect(),
            title: "",
            limit: Some(QUESTION * 6),
            tidies_up,
        };
        process::run(&job, &mut super::Silent)
    }

    /// Builds an image.
    pub(super) fn build(
        &self,
        build: &Build,
        tag: &str,
        title: &str,
        watch: &mut dyn Watch,
    ) -> io::Result<Finished> {
        let mut arguments = vec!["build".to_owned()];
        let mut add = |words: &[&str]| arguments.extend(words.iter().map(|&it| it.to_owned()));
        match self.kind {
            Kind::Docker => add(&["--progress=plain"]),
            // Without it these give all instructions one layer.
            Kind::Podman | Kind::Buildah => add(&["--layers", "--format=docker"]),
        }
        add(&["--file", &build.dockerfile.to_string_lossy(), "--tag", tag]);
        for argument in &build.arguments {
            add(&["--build-arg", argument]);
        }
        if let Some(target) = &build.target {
            add(&["--target", target]);
        }
        if let Some(network) = &build.network {
            add(&["--network", network]);
        }
        if !build.uses_cache {
            add(&["--no-cache"]);
        }
        for option in &build.options {
            add(&[option]);
        }
        add(&[&build.context.to_string_lossy()]);
        let job = Job {
            program: &self.program,
            environment: &self.environment,
            arguments,
            title,
            limit: None,
            tidies_up: false,
        };
        process::run(&job, watch)
    }

    /// Lets `read` have the images as one archive in the format of `docker save`.
    pub(crate) fn save<T: Send>(
        &self,
        tags: &[String],
        title: &str,
        watch: &mut dyn Watch,
        read: impl FnMut(&mut dyn io::Read) -> io::Result<T> + Send,
    ) -> io::Result<Vec<T>> {
        let mut read = read;
        let archives: Vec<Vec<String>> = match self.kind {
            Kind::Docker => {
                let words = ["image", "save"].into_iter().map(str::to_owned);
                vec![words.chain(tags.iter().cloned()).collect()]
            }
            Kind::Podman => tags
                .iter()
                .map(|tag| {
                    let words = ["image", "save", "--quiet", "--format=docker-archive", tag];
                    words.into_iter().map(str::to_owned).collect()
                })
                .collect(),
            Kind::Buildah => tags
                .iter()
                .map(|tag| {
                    let to = format!("docker-archive:/dev/stdout:{tag}");
                    let words = ["push", "--quiet", "--disable-compression", tag, &to];
                    words.into_iter().map(str::to_owned).collect()
                })
                .collect(),
        };
        let mut results = Vec::new();
        for arguments in archives {
            let job = Job {
                program: &self.program,
                environment: &self.environment,
                arguments,
                title,
                limit: None,
                tidies_up: false,
            };
            results.push(process::stream(&job, watch, |from| read(from))?);
        }
        Ok(results)
    }

    /// Runs a container to its end.
    pub(super) fn run(
        &self,
        name: &str,
        tag: &str,
        network: Option<&str>,
        words: &[String],
        limit: Duration,
        watch: &mut dyn Watch,
    ) -> io::Result<Finished> {
        let arguments = self.container(&["run", "--rm"], name, tag, network, words)?;
        let job = Job {
            program: &self.program,
            environment: &self.environment,
            arguments,
            title: "",
            limit: Some(limit),
            tidies_up: false,
        };
        process::run(&job, watch)
    }

    /// Starts a container, with a port of it on the loopback address, or the network that is named.
    pub(super) fn start(
        &self,
        name: &str,
        tag: &str,
        network: Option<&str>,
        port: u16,
    ) -> io::Result<Finished> {
        let publish = format!("127.0.0.1::{port}");
        let begin: &[&str] = match network {
            Some("host") => &["run", "--detach"],
            _ => &["run", "--detach", "--publish", &publish],
        };
        let arguments = self.container(begin, name, tag, network, &[])?;
        let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
        self.ask(&words)
    }

    fn container(
        &self,
        begin: &[&str],
        name: &str,
        tag: &str,
        network: Option<&str>,
        words: &[String],
    ) -> io::Result<Vec<String>> {
        if self.kind == Kind::Buildah {
            let message = "buildah runs no images; smoke tests need docker or podman";
            return Err(io::Error::new(io::ErrorKind::Unsupported, message));
        }
        let mut arguments: Vec<String> = begin.iter().map(|&it| it.to_owned()).collect();
        arguments.extend(["--name".to_owned(), name.to_owned()]);
        if let Some(network) = network {
            arguments.extend(["--network".to_owned(), network.to_owned()]);
        }
        arguments.push(tag.to_owned());
        arguments.extend(words.iter().cloned());
        Ok(arguments)
    }

    /// The address at which a port of a started container answers.
    pub(super) fn address(
        &self,
        name: &str,
        network: Option<&str>,
        port: u16,
    ) -> io::Result<String> {
        if network == Some("host") {
            return Ok(format!("127.0.0.1:{port}"));
        }
        let found = self.ask(&["port", name, &format!("{port}/tcp")])?;
        let address = found.output.lines().next().unwrap_or_default().trim();
        if address.is_empty() {
            return Err(io::Error::other(format!(
                "port {port} of the container is not published: {}",
                found.last_words()
            )));
        }
        Ok(address.to_owned())
    }

    /// Whether a container still runs; and its exit status where it does not.
    pub(super) fn exit_status(&self, name: &str) -> Option<String> {
        let format = "{{.State.Running}} {{.State.ExitCode}}";
        let found = self
            .ask(&["container", "inspect", "--format", format, name])
            .ok()?;
        let status = found.output.trim().strip_prefix("false ")?;
        Some(status.to_owned())
    }

    /// Removes a container, running or not.
    pub(super) fn remove_container(&self, name: &str) {
        self.tidy_up(&["rm", "--force", "--volumes", name]);
    }

    /// Removes a tag, and its image where nothing else names it.
    pub(super) fn remove_image(&self, tag: &str) {
        let words: &[&str] = match self.kind {
            Kind::Docker | Kind::Podman => &["image", "rm", tag],
            Kind::Buildah => &["rmi", tag],
        };
        self.tidy_up(words);
    }
}

/// The version of a program; where it does not answer, why.
fn version(
    kind: Kind,
    program: &OsStr,
    environment: &[(String, String)],
) -> Result<String, String> {
    let arguments: &[&str] = match kind {
        // The client alone builds nothing.
        Kind::Docker => &["version", "--format", "{{.Server.Version}}"],
        Kind::Podman => &["version", "--format", "{{.Client.Version}}"],
        Kind::Buildah => &["--version"],
    };
    let job = Job {
        program,
        environment,
        arguments: arguments.iter().map(|&it| it.to_owned()).collect(),
        title: "",
        limit: Some(QUESTION),
        tidies_up: false,
    };
    let done = process::run(&job, &mut super::Silent).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => "not installed".to_owned(),
        _ => error.to_string(),
    })?;
    if !done.succeeded() {
        return Err(done.last_words());
    }
    let first = done.output.lines().next().unwrap_or_default().trim();
    let version = match kind {
        Kind::Buildah => first.split(' ').nth(2).unwrap_or_default(),
        _ => first,
    };
    Ok(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builders_are_known_by_name_and_path() {
        assert_eq!(Kind::named("docker"), Some(Kind::Docker));
        assert_eq!(Kind::named("/opt/bin/podman"), Some(Kind::Podman));
        assert_eq!(Kind::named("kaniko"), None);
    }

    #[test]
    fn an_unknown_or_absent_builder_is_told() {
        let unknown = Builder::find(Some("kaniko")).expect_err("unknown");
        assert!(unknown.to_string().contains("unknown builder `kaniko`"));
        let absent = Builder::find(Some("/nowhere/docker")).expect_err("absent");
        assert!(
            absent
                .to_string()
                .contains("/nowhere/docker: not installed"),
            "{absent}"
        );
    }
}
