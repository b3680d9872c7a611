//! Which builder reads the file: whether it may be given what only `BuildKit` understands.

use imgfix_syntax::{ItemKind, Keyword};

use super::Model;
use crate::context::Surroundings;
use crate::settings::{Builder, Options};

/// What shows that `BuildKit` builds the file, with a frontend that reads the stable flags of version 1.2
/// (`RUN --mount`, `COPY --chmod`); `None` where nothing does, or something speaks against it.
pub fn buildkit_evidence(
    model: &Model,
    surroundings: &Surroundings,
    options: &Options,
) -> Option<String> {
    match options.builder {
        Builder::BuildKit => return Some("the configuration says so".to_owned()),
        Builder::Classic => return None,
        Builder::Auto => {}
    }
    if let Some(frontend) = frontend(model) {
        return reads_stable_flags(frontend).then(|| format!("`# syntax={frontend}`"));
    }
    in_file(model).or_else(|| surroundings.buildkit_evidence.clone())
}

/// The image that the `syntax` directive names.
fn frontend(model: &Model) -> Option<&str> {
    model.file.items.iter().find_map(|item| match &item.kind {
        ItemKind::Directive(directive)
            if directive
                .name
                .slice(&model.text)
                .eq_ignore_ascii_case("syntax") =>
        {
            Some(directive.value.slice(&model.text).trim())
        }
        _ => None,
    })
}

/// Whether Docker's frontend of that tag is of version 1.2 or newer: a floating tag is.
fn reads_stable_flags(frontend: &str) -> bool {
    let name = frontend.rsplit('/').next().unwrap_or(frontend);
    let name = name.split('@').next().unwrap_or(name);
    let Some((_, tag)) = name.split_once(':') else {
        return !frontend.contains('@');
    };
    let version = tag.split('-').next().unwrap_or(tag);
    match version.split_once('.') {
        None => matches!(version, "1" | "latest" | "labs" | "master"),
        Some(("1", rest)) => {
            let minor = rest.split('.').next().unwrap_or(rest);
            minor.parse::<u32>().is_ok_and(|minor| minor >= 2)
        }
        Some(_) => false,
    }
}

/// An instruction that the classic builder refuses.
fn in_file(model: &Model) -> Option<String> {
    model.file.instructions().find_map(|(_, instruction)| {
        let flags = match instruction.keyword {
            Keyword::Run => &["mount", "network", "security"][..],
            Keyword::Copy | Keyword::Add => &["chmod", "link", "parents", "exclude"],
            _ => &[],
        };
        let flag = flags.iter().find(|flag| instruction.flag(flag).is_some());
        let line = model.lines.line(instruction.range.start());
        match flag {
            Some(flag) => Some(format!("`--{flag}` in line {line}")),
            None if !instruction.heredocs.is_empty() && instruction.keyword != Keyword::Run => {
                Some(format!("the heredoc in line {line}"))
            }
            None => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frontends_since_1_2_read_the_flags() {
        for frontend in [
            "docker/dockerfile",
            "docker/dockerfile:1",
            "docker/dockerfile:1-labs",
            "docker/dockerfile:1.2",
            "docker.io/docker/dockerfile:1.14.1",
            "docker/dockerfile:1.4@sha256:0",
            "docker/dockerfile:latest",
        ] {
            assert!(reads_stable_flags(frontend), "{frontend}");
        }
        for frontend in [
            "docker/dockerfile:1.0-experimental",
            "docker/dockerfile:1.1",
            "docker/dockerfile:experimental",
            "docker/dockerfile@sha256:0",
        ] {
            assert!(!reads_stable_flags(frontend), "{frontend}");
        }
    }
}
