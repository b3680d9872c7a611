//! Compose files: which Dockerfile, context, stage and image each service names.
//! <https://docs.docker.com/reference/compose-file/build/>

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::build::{Build, Context, Said, Whose};
use super::parent;
use crate::context::Usage;

#[derive(Deserialize)]
struct Compose {
    #[serde(default)]
    services: BTreeMap<String, Value>,
}

/// Keys of `build` that only `BuildKit` understands.
const BUILDKIT_KEYS: [&str; 6] = [
    "additional_contexts",
    "cache_to",
    "dockerfile_inline",
    "platforms",
    "secrets",
    "ssh",
];

/// Reads a compose file.
pub(super) fn read(path: &str, text: &str) -> Said {
    // What says none of these only runs images as they are.
    #[rustfmt::skip]
    const KEYS: &[&str] = &["build", "command", "develop", "entrypoint", "healthcheck", "volumes"];
    if !KEYS.iter().any(|key| text.contains(key)) {
        return Said::default();
    }
    let Ok(compose) = serde_saphyr::from_str::<Compose>(text) else {
        return Said::default();
    };
    let services = compose.services.iter();
    Said {
        builds: services
            .filter_map(|(name, service)| build(path, text, name, service))
            .collect(),
        others: compose
            .services
            .iter()
            .filter_map(|(name, service)| other(path, text, name, service))
            .collect(),
        ..Said::default()
    }
}

/// What a service is told that this file does not build: another file does, or it takes the image of another service.
fn other(path: &str, text: &str, name: &str, service: &Value) -> Option<(Whose, Vec<Usage>)> {
    let whose = match service.get("image").and_then(Value::as_str) {
        _ if service.get("build").is_some() => return None,
        Some(image) => Whose::Image(image.to_owned()),
        None => Whose::Service(parent(path).to_owned(), name.to_owned()),
    };
    let usages = usages(path, text, name, service);
    (!usages.is_empty()).then_some((whose, usages))
}

fn build(path: &str, text: &str, name: &str, service: &Value) -> Option<Build> {
    let build = service.get("build")?;
    let string = |key| build.get(key).and_then(Value::as_str);
    let written = build.as_str().or_else(|| string("context"));
    let context = Context::named(parent(path), written.unwrap_or("."));
    let context_line = written.and_then(|written| {
        line_of(text, "context:", written).or_else(|| line_of(text, "build:", written))
    });
    let target = string("target").map(str::to_owned);
    let buildkit_key = BUILDKIT_KEYS
        .iter()
        .find(|key| build.get(**key).is_some_and(|value| !value.is_null()));
    let line = target
        .as_deref()
        .and_then(|target| line_of(text, "target:", target))
        .or_else(|| buildkit_key.and_then(|key| line_of(text, key, "")))
        .or_else(|| line_of(text, name, ":"));
    let dockerfile = string("dockerfile").unwrap_or("Dockerfile");
    Some(Build {
        origin: line.map_or_else(|| path.to_owned(), |line| format!("{path}:{line}")),
        file: context.file(dockerfile),
        context,
        context_origin: context_line
            .or(line)
            .map_or_else(|| path.to_owned(), |line| format!("{path}:{line}")),
        args: build.get("args").map(args).unwrap_or_default(),
        target,
        images: service
            .get("image")
            .and_then(Value::as_str)
            .map(str::to_owned)
            .into_iter()
            .collect(),
        buildkit: buildkit_key.is_some(),
        usages: usages(path, text, name, service),
        service: Some((parent(path).to_owned(), name.to_owned())),
    })
}

/// What a service starts instead, and what it mounts of the repository.
fn usages(path: &str, text: &str, name: &str, service: &Value) -> Vec<Usage> {
    let line = line_of(text, name, ":");
    let origin = line.map_or_else(|| path.to_owned(), |line| format!("{path}:{line}"));
    let mut found = Vec::new();
    for key in ["command", "entrypoint"] {
        let words = match service.get(key) {
            Some(Value::String(words)) => words.clone(),
            Some(Value::Array(words)) => {
                let words = words.iter().filter_map(Value::as_str);
                words.collect::<Vec<_>>().join(" ")
            }
            _ => continue,
        };
        found.push(Usage::Command {
            origin: origin.clone(),
            command: words,
            is_entrypoint: key == "entrypoint",
        });
    }
    if let Some((command, by_shell)) = service.get("healthcheck").and_then(check) {
        found.push(Usage::Check {
            origin: origin.clone(),
            command,
            by_shell,
        });
    }
    let volumes = service.get("volumes").and_then(Value::as_array);
    for volume in volumes.into_iter().flatten() {
        let (source, target) = match volume {
            Value::String(volume) => {
                let mut parts = volume.split(':');
                (parts.next(), parts.next())
            }
            volume => {
                let part = |key| volume.get(key).and_then(Value::as_str);
                (part("source"), part("target"))
            }
        };
        // A name is a volume of the engine's.
        let is_of_repository = source.is_some_and(|source| source.starts_with(['.', '$', '~']));
        if let Some(target) = target.filter(|_| is_of_repository) {
            found.push(Usage::Mount {
                origin: origin.clone(),
                target: target.to_owned(),
            });
        }
    }
    let watch = service.get("develop").and_then(|it| it.get("watch"));
    for rule in watch.and_then(Value::as_array).into_iter().flatten() {
        if let Some(target) = rule.get("target").and_then(Value::as_str) {
            found.push(Usage::Mount {
                origin: origin.clone(),
                target: target.to_owned(),
            });
        }
    }
    found
}

/// The command of a health check.
fn check(check: &Value) -> Option<(String, bool)> {
    match check.get("test")? {
        Value::String(command) => Some((command.clone(), true)),
        Value::Array(words) => {
            let mut words = words.iter().filter_map(Value::as_str);
            let by_shell = match words.next()? {
                "CMD" => false,
                "CMD-SHELL" => true,
                _ => return None,
            };
            Some((words.collect::<Vec<_>>().join(" "), by_shell))
        }
        _ => None,
    }
}

/// The names of build arguments, each with whether it has a value: a mapping, or a list of `NAME=VALUE`.
fn args(value: &Value) -> Vec<(String, bool)> {
    match value {
        Value::Object(args) => args
            .iter()
            .map(|(name, value)| (name.clone(), !value.is_null()))
            .collect(),
        Value::Array(args) => args
            .iter()
            .filter_map(Value::as_str)
            .map(|arg| match arg.split_once('=') {
                Some((name, _)) => (name.to_owned(), true),
                None => (arg.to_owned(), false),
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// The first line that starts with `key` and goes on with `value` somewhere.
fn line_of(text: &str, key: &str, value: &str) -> Option<usize> {
    let found = text.lines().position(|line| {
        line.trim_start()
            .strip_prefix(key)
            .is_some_and(|rest| rest.contains(value))
    });
    Some(found? + 1)
}

#[cfg(test)]
mod tests {
    use super::super::build::Named;
    use super::*;

    #[test]
    fn services_name_dockerfile_context_target_and_image() {
        let said = read(
            "deploy/compose.yaml",
            "services:\n  api:\n    image: acme/api:1\n    build:\n      context: ../api\n      \
             dockerfile: docker/Dockerfile\n      target: dev\n  web:\n    build: ./web\n  db:\n    \
             image: postgres\n",
        );
        assert_eq!(said.builds.len(), 2);
        let api = &said.builds[0];
        assert_eq!(api.file, Named::Exactly("api/docker/Dockerfile".into()));
        assert_eq!(api.context, Context::Inside("api".into()));
        assert_eq!(api.context_origin, "deploy/compose.yaml:5");
        assert_eq!(api.target.as_deref(), Some("dev"));
        assert_eq!(api.origin, "deploy/compose.yaml:7");
        assert_eq!(api.images, ["acme/api:1"]);
        let web = &said.builds[1];
        assert_eq!(web.file, Named::Exactly("deploy/web/Dockerfile".into()));
    }

    #[test]
    fn what_a_service_starts_or_mounts_otherwise_is_a_usage() {
        let said = read(
            "compose.yaml",
            "services:\n  api:\n    build: .\n    command: [npm, run, dev]\n    volumes:\n      \
             - ./src:/app/src\n      - data:/data\n      - {type: bind, source: ./x, target: /x}\n",
        );
        let mount = |target: &str| Usage::Mount {
            origin: "compose.yaml:2".into(),
            target: target.into(),
        };
        let command = Usage::Command {
            origin: "compose.yaml:2".into(),
            command: "npm run dev".into(),
            is_entrypoint: false,
        };
        assert_eq!(
            said.builds[0].usages,
            [command, mount("/app/src"), mount("/x")]
        );
    }

    #[test]
    fn a_health_check_is_a_usage() {
        let said = |check: &str| {
            let text =
                format!("services:\n  api:\n    build: .\n    healthcheck:\n      {check}\n");
            read("compose.yaml", &text).builds[0].usages.clone()
        };
        let usage = |command: &str, by_shell: bool| {
            vec![Usage::Check {
                origin: "compose.yaml:2".into(),
                command: command.into(),
                by_shell,
            }]
        };
        assert_eq!(
            said("test: [CMD, curl, -f, 'http://api/']"),
            usage("curl -f http://api/", false)
        );
        assert_eq!(
            said("test: [CMD-SHELL, 'wget -q api || exit 1']"),
            usage("wget -q api || exit 1", true)
        );
        assert_eq!(said("test: pg_isready"), usage("pg_isready", true));
        assert_eq!(said("test: [NONE]"), []);
        assert_eq!(said("disable: true"), []);
    }

    #[test]
    fn what_only_buildkit_understands_is_evidence() {
        let said = read(
            "compose.yaml",
            "services:\n  api:\n    build:\n      context: .\n      ssh: [default]\n",
        );
        assert!(said.builds[0].buildkit);
        assert_eq!(said.builds[0].origin, "compose.yaml:5");
    }

    #[test]
    fn build_arguments_are_named_without_their_values() {
        for args in ["{A: secret, B: null}", "[A=secret, B]"] {
            let text = format!("services:\n  api:\n    build:\n      args: {args}\n");
            let said = read("compose.yaml", &text);
            let args = [("A".to_owned(), true), ("B".to_owned(), false)];
            assert_eq!(said.builds[0].args, args);
        }
    }

    #[test]
    fn a_context_above_the_root_is_outside_and_may_name_a_file_inside() {
        let of = |build: &str| {
            let text = format!("services:\n  api:\n    build: {{{build}}}\n");
            read("deploy/compose.yaml", &text).builds.remove(0)
        };
        let build = of("context: ../.., dockerfile: repo/api/Dockerfile");
        assert_eq!(build.context, Context::Outside(1));
        assert_eq!(build.file, Named::Exactly("api/Dockerfile".into()));
        assert_eq!(of("context: ../..").file, Named::Unclear);
        assert_eq!(of("context: ../../other").context, Context::Unclear);
        assert_eq!(
            of("context: https://example.org/x.git").context,
            Context::Unclear
        );
    }

    #[test]
    fn what_is_no_compose_file_says_nothing() {
        assert!(read("compose.yaml", "build: [").builds.is_empty());
        assert!(read("compose.yaml", "- build").builds.is_empty());
    }

    #[test]
    fn a_service_that_another_file_builds_is_told_what_it_runs() {
        let over = "services:\n  web:\n    command: go run .\n";
        let found = read("docker-compose.override.yml", over).others;
        let whose = Whose::Service(String::new(), "web".to_owned());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, whose);
        let other = "services:\n  worker:\n    image: web:test\n    command: bash -c ./web\n";
        let found = read("compose.yaml", other).others;
        assert_eq!(found[0].0, Whose::Image("web:test".to_owned()));
        assert!(
            read("compose.yaml", "services:\n  db:\n    image: postgres\n")
                .others
                .is_empty()
        );
    }
}
