//! Compose files: which Dockerfile, context, stage and image each service names.
//! <https://docs.docker.com/reference/compose-file/build/>

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::build::{Build, Said, in_context};
use super::{join, parent};

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
    // Most compose files only run images.
    if !text.contains("build") {
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
        buildkit_evidence: None,
    }
}

fn build(path: &str, text: &str, name: &str, service: &Value) -> Option<Build> {
    let build = service.get("build")?;
    let string = |key| build.get(key).and_then(Value::as_str);
    let context = build.as_str().or_else(|| string("context")).unwrap_or(".");
    let context = join(parent(path), context);
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
        file: context
            .as_deref()
            .map(|context| in_context(context, dockerfile))
            .unwrap_or_default(),
        context,
        target,
        images: service
            .get("image")
            .and_then(Value::as_str)
            .map(str::to_owned)
            .into_iter()
            .collect(),
        buildkit: buildkit_key.is_some(),
    })
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
        assert_eq!(api.context.as_deref(), Some("api"));
        assert_eq!(api.target.as_deref(), Some("dev"));
        assert_eq!(api.origin, "deploy/compose.yaml:7");
        assert_eq!(api.images, ["acme/api:1"]);
        let web = &said.builds[1];
        assert_eq!(web.file, Named::Exactly("deploy/web/Dockerfile".into()));
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
    fn what_is_no_compose_file_says_nothing() {
        assert!(read("compose.yaml", "build: [").builds.is_empty());
        assert!(read("compose.yaml", "- build").builds.is_empty());
    }
}
