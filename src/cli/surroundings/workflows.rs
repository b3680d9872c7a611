//! Workflows: the commands in them, and the steps that use `docker/build-push-action`.
//! <https://github.com/docker/build-push-action#inputs>

use super::build::{Build, Named, Said};
use super::scripts;

/// The action that builds images.
const ACTION: &str = "docker/build-push-action";

/// Reads a workflow.
pub(super) fn read(path: &str, text: &str) -> Said {
    let mut said = scripts::read(path, text);
    if super::base_name(path).starts_with("action.") {
        said.usages
            .extend(super::elsewhere::action(path, text).usages);
    }
    let lines: Vec<&str> = text.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        let trimmed = line.trim_start();
        if trimmed.contains(ACTION) && !trimmed.starts_with('#') {
            said.builds.push(step(path, &lines, at));
        }
    }
    said
}

/// Reads the step that uses the action in line `at`.
fn step(path: &str, lines: &[&str], at: usize) -> Build {
    let key = lines[at].trim_start();
    let indent = indent(lines[at]) + if key.starts_with("- ") { 2 } else { 0 };
    let mut build = Build {
        origin: format!("{path}:{}", at + 1),
        buildkit: true,
        ..Build::default()
    };
    let mut file = None;
    let mut context = None;
    let mut in_tags = None;
    for (offset, line) in lines[at + 1..].iter().enumerate() {
        let text = line.trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let depth = self::indent(line);
        if depth < indent {
            break;
        }
        if in_tags.is_some_and(|tags| depth > tags) {
            build.images.push(unquoted(text.trim_start_matches("- ")));
            continue;
        }
        in_tags = None;
        let Some((key, value)) = text.split_once(':') else {
            continue;
        };
        let value = unquoted(value.split(" #").next().unwrap_or(value).trim());
        match key {
            "file" => file = Some(value),
            "context" => context = Some(value),
            "target" if scripts::is_stage(&value) => {
                build.target = Some(value);
                build.origin = format!("{path}:{}", at + offset + 2);
            }
            "tags" if value.is_empty() || value.starts_with(['|', '>']) => in_tags = Some(depth),
            "tags" => build
                .images
                .extend(value.split(',').map(|tag| tag.trim().to_owned())),
            _ => {}
        }
    }
    // Both are relative to the root of the repository; by default that is the context.
    let file = file.unwrap_or_else(|| {
        let context = context.as_deref().unwrap_or(".");
        format!("{}/Dockerfile", context.trim_end_matches('/'))
    });
    if !file.contains('$') {
        build.file = Named::Near {
            folder: String::new(),
            path: file.trim_start_matches("./").to_owned(),
        };
    }
    build
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn unquoted(text: &str) -> String {
    text.trim_matches(['"', '\'']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORKFLOW: &str = "jobs:
  a:
    steps:
      - run: |
          docker build --target test -f api/Dockerfile .
      - name: image
        uses: docker/build-push-action@v6
        with:
          context: .
          file: ./services/api/Dockerfile
          target: production # the last one
          tags: |
            acme/api:latest
            acme/api:${{ github.sha }}
          push: true
      - name: other
        with:
          target: nothing
";

    #[test]
    fn steps_name_file_target_and_tags() {
        let said = read(".github/workflows/ci.yml", WORKFLOW);
        assert_eq!(said.builds.len(), 2);
        assert_eq!(said.builds[0].target.as_deref(), Some("test"));
        assert_eq!(said.builds[0].origin, ".github/workflows/ci.yml:5");
        let step = &said.builds[1];
        assert_eq!(step.target.as_deref(), Some("production"));
        assert_eq!(step.origin, ".github/workflows/ci.yml:11");
        assert_eq!(
            step.images,
            ["acme/api:latest", "acme/api:${{ github.sha }}"]
        );
        assert_eq!(
            step.file,
            Named::Near {
                folder: String::new(),
                path: "services/api/Dockerfile".into()
            }
        );
        assert_eq!(
            said.buildkit_evidence.as_deref(),
            Some(".github/workflows/ci.yml:7")
        );
    }
}
