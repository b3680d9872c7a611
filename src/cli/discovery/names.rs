//! What a Dockerfile is called.

/// Last parts of names that are Dockerfiles in the making, left over, or about Dockerfiles.
const OTHER_KINDS: [&str; 34] = [
    "dockerignore",
    "containerignore",
    "j2",
    "jinja",
    "jinja2",
    "tmpl",
    "tpl",
    "template",
    "in",
    "erb",
    "ejs",
    "mustache",
    "hbs",
    "gotmpl",
    "m4",
    "bak",
    "backup",
    "orig",
    "rej",
    "swp",
    "swo",
    "old",
    "save",
    "tmp",
    "patch",
    "diff",
    "md",
    "txt",
    "rst",
    "html",
    "json",
    "yaml",
    "yml",
    "sh",
];

/// Whether a path ends in the name of a Dockerfile: `Dockerfile`, `Dockerfile.*`, `*.Dockerfile`,
/// `Containerfile` and its kin, in any case; not a template, a backup or an ignore file.
pub(crate) fn is_dockerfile(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    // Most files of a repository are told apart by one look at the length and a letter.
    if name.len() < "dockerfile".len() || name.ends_with('~') {
        return false;
    }
    ["dockerfile", "containerfile"].iter().any(|kind| {
        if let Some(rest) = strip_prefix_ignoring_case(name, kind) {
            return rest.is_empty() || is_variant(rest);
        }
        strip_suffix_ignoring_case(name, kind)
            .is_some_and(|before| before.len() > 1 && before.ends_with('.'))
    })
}

/// Whether what follows `Dockerfile` makes it one of several, such as `.dev`.
fn is_variant(rest: &str) -> bool {
    let Some(variant) = rest.strip_prefix('.') else {
        return false;
    };
    let last = variant.rsplit('.').next().unwrap_or(variant);
    !last.is_empty()
        && !OTHER_KINDS
            .iter()
            .any(|kind| last.eq_ignore_ascii_case(kind))
}

fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix)
        .then(|| &text[prefix.len()..])
}

fn strip_suffix_ignoring_case<'a>(text: &'a str, suffix: &str) -> Option<&'a str> {
    let at = text.len().checked_sub(suffix.len())?;
    let tail = text.get(at..)?;
    tail.eq_ignore_ascii_case(suffix).then(|| &text[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dockerfiles_are_told_by_their_names() {
        for name in [
            "Dockerfile",
            "dockerfile",
            "DOCKERFILE",
            "a/b/Dockerfile",
            "Dockerfile.dev",
            "Dockerfile.in.dev",
            "Dockerfile.alpine3.20",
            "api.Dockerfile",
            "api.dockerfile",
            "Containerfile",
            "Containerfile.arm64",
            "api.containerfile",
        ] {
            assert!(is_dockerfile(name), "{name}");
        }
    }

    #[test]
    fn templates_backups_and_ignore_files_are_none() {
        for name in [
            "Dockerfile.dockerignore",
            "api.Dockerfile.dockerignore",
            "Dockerfile.j2",
            "Dockerfile.jinja",
            "Dockerfile.TMPL",
            "Dockerfile.dev.tpl",
            "Dockerfile.template",
            "Dockerfile.erb",
            "Dockerfile.mustache",
            "Dockerfile.gotmpl",
            "Dockerfile.bak",
            "Dockerfile.orig",
            "Dockerfile.rej",
            ".Dockerfile.swp",
            "Dockerfile~",
            "Dockerfile.old",
            "Dockerfile.save",
            "Dockerfile.md",
            "Dockerfile.",
            "Dockerfile_backup",
            "MyDockerfile",
            ".Dockerfile",
            "docker",
            "Makefile",
        ] {
            assert!(!is_dockerfile(name), "{name}");
        }
    }
}
