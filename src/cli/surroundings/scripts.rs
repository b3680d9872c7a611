//! Scripts, makefiles and pipelines: `docker build` and its kin, by their words. No shell is read here;
//! what is not plain is taken as unclear.

use super::build::{Build, Named, Said};
use super::lines::{is_separator, logical_lines, words};
use super::{elsewhere, parent};

/// What shows that the repository is built with `BuildKit`.
const BUILDKIT_SIGNS: [&str; 6] = [
    "DOCKER_BUILDKIT=1",
    "DOCKER_BUILDKIT: 1",
    "DOCKER_BUILDKIT: \"1\"",
    "DOCKER_BUILDKIT: '1'",
    "buildx",
    "docker/build-push-action",
];

/// Flags of `docker build` that take a value in the next word.
const WITH_VALUE: [&str; 26] = [
    "--add-host",
    "--allow",
    "--annotation",
    "--attest",
    "--build-arg",
    "--build-context",
    "--builder",
    "--cache-from",
    "--cache-to",
    "--cgroup-parent",
    "--format",
    "--iidfile",
    "--isolation",
    "--label",
    "--memory",
    "--metadata-file",
    "--network",
    "--output",
    "--platform",
    "--progress",
    "--secret",
    "--shm-size",
    "--ssh",
    "--ulimit",
    "-m",
    "-o",
];

/// Reads a script.
pub(super) fn read(path: &str, text: &str) -> Said {
    if ![
        "docker",
        "podman",
        "buildah",
        "nerdctl",
        "kubectl",
        "DOCKER",
        "CONTAINER",
    ]
    .iter()
    .any(|tool| text.contains(tool))
    {
        return Said::default();
    }
    let mut said = Said {
        builds: Vec::new(),
        buildkit_evidence: evidence(path, text),
        usages: elsewhere::commands(path, text).usages,
        ..Said::default()
    };
    said.usages.extend(elsewhere::pipeline(path, text));
    let moves = ["cd ", "pushd ", "working-directory", "dir("]
        .iter()
        .any(|sign| text.contains(sign));
    let lines = logical_lines(text);
    let mut builds_at_all = false;
    let mut other_targets = Vec::new();
    for (number, line) in &lines {
        let words = words(line);
        let origin = format!("{path}:{number}");
        let starts: Vec<usize> = (0..words.len())
            .filter_map(|at| build_arguments(&words, at))
            .collect();
        builds_at_all |= !starts.is_empty();
        if starts.is_empty() && line.contains("--target") {
            other_targets.extend(target_flag(line).map(|target| (origin.clone(), target)));
        }
        for start in starts {
            let command = Command::read(&words[start..]);
            said.builds
                .push(command.build(&origin, parent(path), moves));
        }
    }
    if builds_at_all {
        let unclear = other_targets.into_iter().map(|(origin, target)| Build {
            origin,
            target: Some(target),
            ..Build::default()
        });
        said.builds.extend(unclear);
    }
    said
}

/// The first line that shows `BuildKit`.
fn evidence(path: &str, text: &str) -> Option<String> {
    let line = text.lines().position(|line| {
        !line.trim_start().starts_with('#') && BUILDKIT_SIGNS.iter().any(|sign| line.contains(sign))
    })?;
    Some(format!("{path}:{}", line + 1))
}

/// Where the arguments of a build start, if the word at `at` is a builder and it builds.
fn build_arguments(words: &[String], at: usize) -> Option<usize> {
    let word = words[at].trim_start_matches(['@', '-', '+', '(']);
    let name = word.rsplit('/').next().unwrap_or(word);
    let tool = matches!(name, "docker" | "podman" | "nerdctl" | "buildah")
        || (word.starts_with('$') && {
            let name = word.to_ascii_lowercase();
            name.contains("docker") || name.contains("podman") || name.contains("container")
        });
    if !tool {
        return None;
    }
    for (offset, word) in words[at + 1..].iter().enumerate().take(6) {
        match word.as_str() {
            "build" | "bud" => return Some(at + offset + 2),
            "buildx" | "image" | "builder" => {}
            flag if flag.starts_with('-') => {}
            _ => return None,
        }
    }
    None
}

/// The arguments of one build.
#[derive(Debug, Default)]
struct Command {
    file: Option<String>,
    context: Option<String>,
    target: Option<String>,
    images: Vec<String>,
}

impl Command {
    fn read(words: &[String]) -> Self {
        let mut command = Self::default();
        let mut words = words.iter().take_while(|word| !is_separator(word));
        while let Some(word) = words.next() {
            let (flag, inline) = match word.split_once('=') {
                Some((flag, value)) if flag.starts_with('-') => (flag, Some(value.to_owned())),
                _ => (word.as_str(), None),
            };
            let mut value = || inline.clone().or_else(|| words.next().cloned());
            match flag {
                "-f" | "--file" => command.file = value(),
                "-t" | "--tag" => command.images.extend(value()),
                "--target" => command.target = value().filter(|name| is_stage(name)),
                _ if WITH_VALUE.contains(&flag) => drop(value()),
                _ if flag.starts_with('-') || flag.starts_with(['>', '<']) => {}
                _ => command.context = Some(word.clone()),
            }
        }
        command
    }

    fn build(self, origin: &str, folder: &str, moves: bool) -> Build {
        let beside = |context: &str| format!("{}/Dockerfile", context.trim_end_matches('/'));
        let path = self.file.or_else(|| self.context.as_deref().map(beside));
        let plain = path
            .filter(|path| !path.contains('$') && !path.starts_with('-'))
            .map(|path| path.trim_start_matches("./").to_owned())
            .filter(|path| !moves || path.contains('/'));
        Build {
            origin: origin.to_owned(),
            file: plain.map_or(Named::Unclear, |path| Named::Near {
                folder: folder.to_owned(),
                path,
            }),
            target: self.target,
            images: self.images,
            ..Build::default()
        }
    }
}

/// The value of the first `--target`, wherever on the line it stands.
fn target_flag(line: &str) -> Option<String> {
    let (_, rest) = line.split_once("--target")?;
    let rest = rest.strip_prefix(['=', ' '])?;
    let value = rest.split([' ', '"', '\'', '`', ')', ';', ',']).next()?;
    is_stage(value).then(|| value.to_owned())
}

/// Whether a word can be the name of a stage, and no variable is in it.
pub(super) fn is_stage(word: &str) -> bool {
    !word.is_empty()
        && !word.starts_with('-')
        && word
            .chars()
            .all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(folder: &str, path: &str) -> Named {
        Named::Near {
            folder: folder.into(),
            path: path.into(),
        }
    }

    #[test]
    fn builds_are_read_with_file_target_and_tag() {
        let said = read(
            "ci/build.sh",
            "#!/bin/sh\nset -e\nDOCKER_BUILDKIT=1 docker build --no-cache --build-arg A=b \\\n  -f \
             services/api/Dockerfile \\\n  --target=dev -t \"acme/api:$TAG\" . && echo\n",
        );
        assert_eq!(said.buildkit_evidence.as_deref(), Some("ci/build.sh:3"));
        assert_eq!(
            said.builds,
            [Build {
                origin: "ci/build.sh:3".into(),
                file: near("ci", "services/api/Dockerfile"),
                target: Some("dev".into()),
                images: vec!["acme/api:$TAG".into()],
                ..Build::default()
            }]
        );
    }

    #[test]
    fn a_context_leads_to_its_dockerfile() {
        let said = read(
            "Makefile",
            "image:\n\t@$(DOCKER) buildx build -t x services/web/\n",
        );
        assert_eq!(said.builds[0].file, near("", "services/web/Dockerfile"));
        let said = read("x.sh", "podman build --target base .; true");
        assert_eq!(said.builds[0].file, near("", "Dockerfile"));
        assert_eq!(said.builds[0].target.as_deref(), Some("base"));
    }

    #[test]
    fn what_is_relative_to_an_unknown_folder_is_unclear() {
        let said = read("x.sh", "cd services/api\ndocker build --target base .");
        assert_eq!(said.builds[0].file, Named::Unclear);
        let said = read(
            "x.sh",
            "docker build --target base -f \"$DIR/Dockerfile\" .",
        );
        assert_eq!(said.builds[0].file, Named::Unclear);
    }

    #[test]
    fn other_commands_and_comments_build_nothing() {
        let text = "# docker build --target a .\ndocker compose build\ndocker run x build\ncargo build \
                    --target wasm32\n";
        let said = read("x.sh", text);
        assert!(said.builds.is_empty(), "{said:?}");
        assert_eq!(said.buildkit_evidence, None);
    }

    #[test]
    fn a_target_in_a_variable_of_flags_counts_for_all() {
        let said = read("x.sh", "FLAGS=\"--target dev\"\ndocker build $FLAGS .\n");
        let targets: Vec<_> = said
            .builds
            .iter()
            .filter_map(|b| b.target.as_deref())
            .collect();
        assert_eq!(targets, ["dev"]);
    }
}
