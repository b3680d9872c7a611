//! `docker build` in scripts, makefiles and workflows.

use std::path::Path;

use super::Build;
use super::compose::joined;

/// The builds with a `--target`, or with a name for the image, that a script runs.
///
/// Lines are joined at a trailing backslash and split into words at blanks; that is no shell, and need not
/// be: a target that is found too often only makes the program more careful.
pub(super) fn builds(file: &Path, text: &str) -> Vec<Build> {
    let folder = file.parent().unwrap_or(Path::new(""));
    let mut builds = Vec::new();
    let mut joined_line = String::new();
    for (number, line) in text.lines().enumerate() {
        let continued = line.trim_end().strip_suffix('\\');
        joined_line.push_str(continued.unwrap_or(line));
        joined_line.push(' ');
        if continued.is_some() {
            continue;
        }
        builds.extend(build(folder, &joined_line, number + 1));
        joined_line.clear();
    }
    builds.extend(workflow_target(text));
    builds
}

fn build(folder: &Path, line: &str, number: usize) -> Option<Build> {
    let words: Vec<&str> = line
        .split_ascii_whitespace()
        .map(|word| word.trim_matches(['"', '\'', ',']))
        .collect();
    let runs = words.iter().any(|word| {
        matches!(
            *word,
            "docker" | "podman" | "buildah" | "nerdctl" | "$(DOCKER)" | "kaniko" | "buildx"
        )
    }) && words.iter().any(|word| matches!(*word, "build" | "bud"));
    if !runs {
        return None;
    }
    let value = |names: &[&str]| {
        words.iter().enumerate().find_map(|(at, word)| {
            names
                .iter()
                .find_map(|name| match word.strip_prefix(name)? {
                    "" => words.get(at + 1).copied(),
                    rest => rest.strip_prefix('='),
                })
        })
    };
    let is_known = |text: &&str| !text.contains('$');
    let target = value(&["--target"]).filter(is_known).map(str::to_owned);
    let image = value(&["--tag", "-t"]).filter(is_known).map(str::to_owned);
    if target.is_none() && image.is_none() {
        return None;
    }
    let dockerfile = value(&["--file", "-f"])
        .filter(is_known)
        .map(|path| joined(folder, path));
    let context = words
        .last()
        .filter(|word| is_known(word) && !word.starts_with('-'))
        .map(|path| joined(folder, path));
    let context = context.filter(|path| dockerfile.is_none() && path.is_dir());
    Some(Build {
        dockerfile,
        context,
        target,
        image,
        origin: number.to_string(),
    })
}

/// `target: x` beside docker/build-push-action: whatever its file is.
fn workflow_target(text: &str) -> Vec<Build> {
    if !text.contains("build-push-action") {
        return Vec::new();
    }
    let lines = text.lines().enumerate();
    lines
        .filter_map(|(at, line)| {
            let value = line
                .trim()
                .strip_prefix("target:")?
                .trim()
                .trim_matches(['"', '\'']);
            let is_known = !value.is_empty() && !value.contains('$');
            is_known.then(|| Build {
                target: Some(value.to_owned()),
                origin: (at + 1).to_string(),
                ..Build::default()
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_of_commands_and_workflows_are_found() {
        let text = "build:\n\tdocker build --target test \\\n\t  -f api/Dockerfile -t acme/api .\n";
        let build = &builds(Path::new("/r/Makefile"), text)[0];
        assert_eq!(build.target.as_deref(), Some("test"));
        assert_eq!(
            build.dockerfile.as_deref(),
            Some(Path::new("/r/api/Dockerfile"))
        );
        assert_eq!(build.origin, "3");
        let workflow =
            "      - uses: docker/build-push-action@v6\n        with:\n          target: release\n";
        assert_eq!(
            builds(Path::new("/r/.github/workflows/ci.yml"), workflow)[0]
                .target
                .as_deref(),
            Some("release")
        );
    }
}
