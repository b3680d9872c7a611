//! What a repository runs in its containers besides what they start: `docker exec`, `compose run`, commands of a
//! release, probes.

use super::build::Said;
use super::{base_name, build};
use crate::context::Usage;

/// Settings of hosts that run a command in the image before it is released.
const RELEASES: &[&str] = &[
    "dockerCommand",
    "release_command",
    "startCommand",
    "preDeployCommand",
    "initialDeployHook",
    "postdeploy",
];

/// Who reads a file that says so and builds nothing.
pub(super) fn reader(path: &str) -> Option<build::Reader> {
    let name = base_name(path);
    let is_of_cluster = || {
        let parts = [
            "chart",
            "deploy",
            "helm",
            "k8s",
            "kube",
            "manifests",
            "statefulset",
        ];
        let lower = path.to_ascii_lowercase();
        parts.iter().any(|part| lower.contains(part))
    };
    match name.rsplit_once('.').map_or("", |(_, end)| end) {
        "md" if name.to_ascii_lowercase().starts_with("readme") => Some(commands),
        _ if matches!(
            name,
            "package.json" | "fly.toml" | "render.yaml" | "railway.json" | "app.json"
        ) =>
        {
            Some(commands)
        }
        "yml" | "yaml" if is_of_cluster() => Some(probes),
        _ => None,
    }
}

/// The commands that lines of a text run in a container.
pub(super) fn commands(path: &str, text: &str) -> Said {
    let mut said = Said::default();
    for (at, line) in text.lines().enumerate() {
        if let Some(command) = in_container(line) {
            said.usages.push(Usage::Elsewhere {
                origin: format!("{path}:{}", at + 1),
                command: command.to_owned(),
            });
        }
    }
    said
}

/// What a line runs in a container: the words behind `exec` or `run`, or the value of a setting.
fn in_container(line: &str) -> Option<&str> {
    if let Some(name) = RELEASES.iter().find(|name| line.contains(**name)) {
        let (_, value) = line.split_once(name)?;
        return Some(value.trim_matches(|char: char| " =:\"',".contains(char)));
    }
    let tools = ["docker", "podman", "kubectl", "nerdctl"];
    let at = tools.iter().filter_map(|tool| line.find(tool)).min()?;
    let rest = &line[at..];
    let verbs = [" exec ", " run "];
    let end = verbs
        .iter()
        .filter_map(|verb| Some(rest.find(verb)? + verb.len()))
        .min()?;
    // The verb stands near the tool, behind its options.
    (rest[..end].split_whitespace().count() <= 6).then(|| rest[end..].trim())
}

/// The commands with which a cluster asks for the health of a container.
fn probes(path: &str, text: &str) -> Said {
    let mut said = Said::default();
    if !text.contains("Probe:") {
        return said;
    }
    let lines: Vec<&str> = text.lines().collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    for (at, line) in lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.trim() == "exec:")
    {
        let below = lines[at + 1..].iter().take(12);
        let below = below.take_while(|it| indent(it) > indent(line));
        let words = below.flat_map(|it| {
            let value = it.trim().strip_prefix("command:").unwrap_or(it.trim());
            let marks = |char: char| char.is_whitespace() || "[]\"',".contains(char);
            value
                .split(marks)
                .filter(|word| !matches!(*word, "" | "-" | "|" | ">"))
        });
        said.usages.push(Usage::Check {
            origin: format!("{path}:{}", at + 1),
            command: words.collect::<Vec<_>>().join(" "),
            by_shell: false,
        });
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let usages = commands("README.md", text).usages.into_iter();
        let commands = usages.filter_map(|it| match it {
            Usage::Elsewhere { command, .. } => Some(command),
            _ => None,
        });
        commands.collect()
    }

    #[test]
    fn what_is_run_in_a_container_is_found() {
        assert_eq!(
            found("$ docker exec -it web sequelize db:migrate"),
            ["-it web sequelize db:migrate"]
        );
        assert_eq!(
            found("docker-compose -f dev.yml run --rm api npm test"),
            ["--rm api npm test"]
        );
        assert_eq!(
            found("kubectl -n x exec pod -- node seed.js"),
            ["pod -- node seed.js"]
        );
        assert_eq!(
            found("release_command = \"npx prisma migrate deploy\""),
            ["npx prisma migrate deploy"]
        );
        assert_eq!(
            found("We run tests with docker, and then many other words run"),
            [""; 0]
        );
        assert_eq!(found("docker build -t a ."), [""; 0]);
    }

    #[test]
    fn a_probe_is_a_check() {
        let text = "spec:\n  livenessProbe:\n    exec:\n      command:\n        - curl\n        - -f\n        - \
                    http://localhost/\n    periodSeconds: 5\n";
        let usages = probes("k8s/api.yaml", text).usages;
        let command = "curl -f http://localhost/".to_owned();
        let origin = "k8s/api.yaml:3".to_owned();
        let by_shell = false;
        let check = Usage::Check {
            origin,
            command,
            by_shell,
        };
        assert_eq!(usages, [check]);
    }
}
