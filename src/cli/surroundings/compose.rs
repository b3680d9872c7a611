//! The builds of a compose file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::Build;

#[derive(Deserialize)]
struct Compose {
    #[serde(default)]
    services: BTreeMap<String, Option<Service>>,
}

#[derive(Deserialize)]
struct Service {
    build: Option<BuildSection>,
    image: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum BuildSection {
    Context(String),
    Full {
        context: Option<String>,
        dockerfile: Option<String>,
        target: Option<String>,
    },
}

/// The builds that a compose file asks for; none where it is not understood.
pub(super) fn builds(file: &Path, text: &str) -> Vec<Build> {
    let Ok(compose) = serde_saphyr::from_str::<Compose>(text) else {
        return Vec::new();
    };
    let folder = file.parent().unwrap_or(Path::new(""));
    let services = compose.services.into_values().flatten();
    services
        .filter_map(|service| {
            let (context, dockerfile, target) = match service.build? {
                BuildSection::Context(context) => (Some(context), None, None),
                BuildSection::Full {
                    context,
                    dockerfile,
                    target,
                } => (context, dockerfile, target),
            };
            let context = context.unwrap_or_else(|| ".".to_owned());
            if context.contains("://") || context.contains('$') {
                return None;
            }
            let context = joined(folder, &context);
            let dockerfile = dockerfile.map(|path| joined(&context, &path));
            Some(Build {
                dockerfile,
                context: Some(context),
                target,
                image: service.image,
                origin: String::new(),
            })
        })
        .collect()
}

/// `folder/path` without `.` and `..`.
pub(super) fn joined(folder: &Path, path: &str) -> PathBuf {
    let mut result = folder.to_path_buf();
    for part in Path::new(path).components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir => {
                result.pop();
            }
            other => result.push(other),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn context_dockerfile_target_and_image_are_read() {
        let text = "services:\n  api:\n    image: acme/api:1\n    build:\n      context: ./api\n      dockerfile: Dockerfile.prod\n      target: runtime\n  db:\n    image: postgres\n  web:\n    build: ../web\n";
        let builds = builds(Path::new("/r/deploy/compose.yaml"), text);
        assert_eq!(builds.len(), 2);
        assert_eq!(
            builds[0].dockerfile.as_deref(),
            Some(Path::new("/r/deploy/api/Dockerfile.prod"))
        );
        assert_eq!(
            (builds[0].target.as_deref(), builds[0].image.as_deref()),
            (Some("runtime"), Some("acme/api:1"))
        );
        assert_eq!(builds[1].context.as_deref(), Some(Path::new("/r/web")));
    }
}
