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
        "json" if name == "devcontainer.json" => Some(workplace),
        "json"
            if name
                .to_ascii_lowercase()
                .replace(['-', '_'], "")
                .contains("taskdef") =>
        {
            Some(task)
        }
        "yml" | "yaml" | "json" | "tf" | "tpl" | "j2" if is_of_cluster() => Some(manifest),
        "hcl" | "nomad" | "tf" | "j2" | "service" | "container" => Some(infrastructure),
        "yml" | "yaml" if is_of_host(name) => Some(infrastructure),
        _ if matches!(name, "Earthfile" | "Tiltfile" | "tasks.py" | "fabfile.py") => {
            Some(infrastructure)
        }
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

/// Whether a file says by its name how a host runs the image.
fn is_of_host(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "app",
        "heroku",
        "playbook",
        "service",
        "skaffold",
        "values",
        "structure-test",
        "goss",
        "quadlet",
    ];
    NAMES.iter().any(|it| name.contains(it))
}

/// A container of a cluster: how its health is asked for, and what is started in it.
fn manifest(path: &str, text: &str) -> Said {
    let mut said = probes(path, text);
    said.usages.extend(infrastructure(path, text).usages);
    said
}

/// Programs that images bring along besides their own.
#[rustfmt::skip]
const TOOLS: &[&str] = &[
    "ash", "bash", "cargo", "curl", "gcc", "git", "go", "gradle", "make", "mvn", "npm", "npx", "pnpm", "sh", "wget", "yarn",
];

/// The image that stands nearest to a line of settings.
fn image_near<'t>(lines: &[&'t str], at: usize) -> Option<&'t str> {
    let around = (0..=10).flat_map(|far| [at.checked_sub(far), Some(at + far)]);
    let mut around = around.flatten().filter_map(|at| lines.get(at));
    around.find_map(|line| {
        let line = line.trim_start_matches([' ', '-', '"']);
        let (_, value) = line.split_once("image")?;
        let value = value.trim_start_matches('"').trim_start();
        let value = value.strip_prefix([':', '='])?;
        Some(value.trim_matches([' ', '"', '\'', ',']))
    })
}

/// Whether an image is one that others publish.
fn is_of_others(image: &str) -> bool {
    #[rustfmt::skip]
    const NAMES: &[&str] = &[
        "alpine", "busybox", "debian", "elasticsearch", "mariadb", "memcached", "mongo", "mysql", "nginx", "postgres",
        "rabbitmq", "redis", "traefik", "ubuntu", "vault", "zookeeper",
    ];
    const PLACES: &[&str] = &[
        "bitnami/",
        "curlimages/",
        "k8s.gcr.io/",
        "library/",
        "registry.k8s.io/",
    ];
    let name = image.split([':', '@']).next().unwrap_or(image);
    NAMES.contains(&name) || PLACES.iter().any(|it| name.contains(it))
}

/// What a file of settings says that is run in some image: tools, where it names commands.
fn infrastructure(path: &str, text: &str) -> Said {
    #[rustfmt::skip]
    const KEYS: &[&str] = &[
        "cmd", "command", "docker exec", "docker run", "entrypoint", "exec", "poststart", "prestop", "release", "run(",
    ];
    let mut said = commands(path, text);
    let lines: Vec<&str> = text.lines().collect();
    let marks = |char: char| char.is_whitespace() || "[]{}()\"',;&|=:".contains(char);
    for (at, line) in lines.iter().enumerate() {
        let lower = line.trim_start().to_ascii_lowercase();
        let is_comment = lower.starts_with(['#', '/']);
        let names_command = KEYS.iter().any(|key| lower.contains(key));
        if is_comment || !names_command || image_near(&lines, at).is_some_and(is_of_others) {
            continue;
        }
        // A list goes on below.
        let below = lines[at + 1..].iter().take(6);
        let below = below.take_while(|it| it.trim_start().starts_with(['-', '"', '\'', ']']));
        let text: Vec<&str> = std::iter::once(line).chain(below).copied().collect();
        let text = text.join(" ");
        let words: Vec<&str> = text.split(marks).filter(|it| !it.is_empty()).collect();
        let tool = words.iter().position(|word| {
            let is_path = !word.contains('/') || word.contains("bin/");
            is_path && TOOLS.contains(&base_name(word))
        });
        if let Some(tool) = tool {
            said.usages.push(Usage::Elsewhere {
                origin: format!("{path}:{}", at + 1),
                command: words[tool..].join(" "),
            });
        }
    }
    said
}

/// An action that is run in the image of the Dockerfile beside it, with entry points of its own.
pub(super) fn action(path: &str, text: &str) -> Said {
    let mut said = Said::default();
    let value = |line: &str, key: &str| {
        let (name, value) = line.trim().split_once(':')?;
        (name == key).then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    };
    let is_built = text.lines().any(|line| {
        value(line, "image").is_some_and(|it| it.trim_start_matches("./") == "Dockerfile")
    });
    for (at, line) in text.lines().enumerate().filter(|_| is_built) {
        let keys = ["entrypoint", "pre-entrypoint", "post-entrypoint"];
        if let Some(command) = keys.iter().find_map(|key| value(line, key)) {
            said.usages.push(Usage::Command {
                origin: format!("{path}:{}", at + 1),
                command,
                is_entrypoint: true,
            });
        }
    }
    said
}

/// A development container of a Dockerfile that is not its own.
fn workplace(path: &str, text: &str) -> Said {
    let mut said = Said::default();
    let names = |line: &&str| {
        let line = line.to_ascii_lowercase();
        let (_, rest) = line.split_once("\"dockerfile\"").unwrap_or_default();
        rest.split('"').nth(1).is_some_and(|it| it.contains("../"))
    };
    if let Some(at) = text.lines().position(|line| names(&line)) {
        said.usages.push(Usage::Workplace {
            origin: format!("{path}:{}", at + 1),
        });
    }
    said
}

/// A task of Amazon's container service: how the health of its containers is asked for, and what is started in them.
fn task(path: &str, text: &str) -> Said {
    let mut said = Said::default();
    let json: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    let containers = json
        .get("containerDefinitions")
        .and_then(|it| it.as_array());
    for container in containers.into_iter().flatten() {
        let words = |value: Option<&serde_json::Value>| {
            let words = value.and_then(|it| it.as_array()).into_iter().flatten();
            let words: Vec<&str> = words.filter_map(|it| it.as_str()).collect();
            words.into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        let check = words(container.pointer("/healthCheck/command"));
        if let [kind, rest @ ..] = check.as_slice() {
            said.usages.push(Usage::Check {
                origin: path.to_owned(),
                command: rest.join(" "),
                by_shell: kind == "CMD-SHELL",
            });
        }
        for key in ["entryPoint", "command"] {
            let command = words(container.get(key)).join(" ");
            if !command.is_empty() {
                said.usages.push(Usage::Elsewhere {
                    origin: path.to_owned(),
                    command,
                });
            }
        }
    }
    said
}

/// Whether a pipeline works in the image that the repository builds.
pub(super) fn pipeline(path: &str, text: &str) -> Option<Usage> {
    let name = base_name(path);
    let is_of_jenkins = name.starts_with("Jenkinsfile");
    let is_of_gitlab = name.starts_with(".gitlab-ci");
    let at = text.lines().position(|line| {
        let line = line.trim();
        let by_jenkins = line.contains("dockerfile true") || line.contains("dockerfile {");
        let by_gitlab = line.starts_with("image:") && line.contains("CI_REGISTRY_IMAGE");
        (is_of_jenkins && by_jenkins) || (is_of_gitlab && by_gitlab)
    })?;
    let origin = format!("{path}:{}", at + 1);
    Some(Usage::Workplace { origin })
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

    #[test]
    fn tools_that_settings_name_are_found() {
        let tools = |text: &str| -> Vec<String> {
            let usages = infrastructure("deploy/job.yaml", text).usages.into_iter();
            let commands = usages.filter_map(|it| match it {
                Usage::Elsewhere { command, .. } => Some(command),
                _ => None,
            });
            commands.collect()
        };
        assert_eq!(
            tools("kind: CronJob\n  command:\n  - /bin/sh\n  - -c\n  - ./a\nimage: x\n"),
            ["/bin/sh - -c - ./a"]
        );
        assert_eq!(
            tools("health_check { command = [\"curl\", \"-f\"] }"),
            ["curl -f"]
        );
        assert_eq!(tools("command: [\"/app/server\"]\n"), [""; 0]);
        let waits =
            "- name: wait\n  image: busybox:1.36\n  command: [\"sh\", \"-c\", \"sleep 1\"]\n";
        assert_eq!(tools(waits), [""; 0]);
        assert_eq!(tools("# command: sh -c ./a\nimage: bash\n"), [""; 0]);
    }

    #[test]
    fn who_works_in_the_image_is_found() {
        let is_workplace = |usages: &[Usage]| {
            let mut usages = usages.iter();
            usages.any(|it| matches!(it, Usage::Workplace { .. }))
        };
        let json = "{ \"build\": { \"dockerfile\": \"../Dockerfile\" } }";
        assert!(is_workplace(
            &workplace(".devcontainer/devcontainer.json", json).usages
        ));
        let own = "{ \"build\": { \"dockerfile\": \"Dockerfile\" } }";
        assert!(!is_workplace(
            &workplace(".devcontainer/devcontainer.json", own).usages
        ));
        assert!(pipeline("Jenkinsfile", "agent { dockerfile true }").is_some());
        assert!(pipeline(".gitlab-ci.yml", "  image: $CI_REGISTRY_IMAGE:latest").is_some());
        assert!(pipeline(".gitlab-ci.yml", "  image: golang:1.22").is_none());
    }

    #[test]
    fn a_task_says_how_its_health_is_asked_for() {
        let json = "{ \"containerDefinitions\": [ { \"command\": [\"sh\", \"-c\", \"./a\"],
                     \"healthCheck\": { \"command\": [\"CMD-SHELL\", \"curl -f localhost\"] } } ] }";
        let found = task("task-definition.json", json).usages;
        let check = Usage::Check {
            origin: "task-definition.json".to_owned(),
            command: "curl -f localhost".to_owned(),
            by_shell: true,
        };
        assert_eq!(found[0], check);
        assert!(matches!(&found[1], Usage::Elsewhere { command, .. } if command == "sh -c ./a"));
    }

    #[test]
    fn an_action_has_entry_points_of_its_own() {
        let text = "runs:\n  using: docker\n  image: Dockerfile\n  post-entrypoint: /clean.sh\n";
        let found = action("action.yml", text).usages;
        assert!(matches!(&found[..], [Usage::Command { command, .. }] if command == "/clean.sh"));
        assert!(
            action("action.yml", "image: docker://alpine\nentrypoint: a\n")
                .usages
                .is_empty()
        );
    }
}
