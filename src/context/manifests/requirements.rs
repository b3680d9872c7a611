//! Requirements files of pip: <https://pip.pypa.io/en/stable/reference/requirements-file-format/>.

/// A line of a requirements file that means more than a package of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// `-r` or `-c`: another file, relative to this one, or an address.
    Includes(String),
    /// A path of the project.
    Local(String),
    /// `-e git+…`: a checkout below `src` of the folder in which pip runs.
    Checkout,
}

/// The lines of a requirements file that mean more than a package of the index.
pub fn lines(text: &str) -> Vec<Line> {
    let text = text
        .strip_prefix('\u{feff}')
        .unwrap_or(text)
        .replace("\\\r\n", "")
        .replace("\\\n", "");
    text.lines().filter_map(line).collect()
}

fn line(line: &str) -> Option<Line> {
    let line = line.trim();
    // A comment begins a line or follows a blank.
    let end = line
        .find(" #")
        .or_else(|| line.starts_with('#').then_some(0));
    let line = line[..end.unwrap_or(line.len())].trim();
    let option = |names: &[&str]| {
        names.iter().find_map(|name| {
            let rest = line.strip_prefix(name)?;
            let is_value = rest.starts_with([' ', '=', '\t']) || name.len() == 2;
            is_value.then(|| rest.trim_start_matches(['=', ' ', '\t']).trim().to_owned())
        })
    };
    if let Some(file) = option(&["--requirement", "-r", "--constraint", "-c"]) {
        return Some(Line::Includes(file));
    }
    if let Some(target) = option(&["--editable", "-e"]) {
        let is_remote = target.contains("://") && !target.starts_with("file:");
        return Some(if is_remote {
            Line::Checkout
        } else {
            Line::Local(target)
        });
    }
    if let Some(links) = option(&["--find-links", "-f"]) {
        return (!links.contains("://")).then_some(Line::Local(links));
    }
    if line.starts_with('-') {
        return None;
    }
    let name = line.split([';', ' ']).next().unwrap_or_default();
    let behind_at = line.split_once('@').map_or("", |(_, rest)| rest.trim());
    let is_path =
        name.starts_with(['.', '/']) || name.contains("file:") || behind_at.starts_with("file:");
    let is_archive = [".whl", ".tar.gz", ".zip"]
        .iter()
        .any(|end| name.ends_with(end));
    let is_remote = name.contains("://") || behind_at.contains("://");
    let has_folder = name.contains('/') && !is_remote;
    (is_path || ((is_archive || has_folder) && !is_remote)).then(|| Line::Local(name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Option<Line> {
        lines(text).pop()
    }

    #[test]
    fn other_files_are_found() {
        for text in [
            "-r base.txt",
            "-rbase.txt",
            "--requirement=base.txt",
            "-c base.txt  # why",
        ] {
            assert_eq!(
                one(text),
                Some(Line::Includes("base.txt".to_owned())),
                "{text}"
            );
        }
    }

    #[test]
    fn paths_of_the_project_are_found() {
        for text in [
            "-e .",
            ".",
            "./lib",
            "wheels/a-1.whl",
            "a @ file:///x",
            "-f wheels",
            "lib/a",
        ] {
            assert!(matches!(one(text), Some(Line::Local(_))), "{text}");
        }
    }

    #[test]
    fn packages_of_the_index_and_of_repositories_are_none() {
        for text in [
            "django==4.2 # a/b",
            "# -e .",
            "a @ https://example.org/a.whl",
            "https://example.org/a.tar.gz",
            "--index-url https://example.org/simple",
            "flask[async]>=2; python_version < '3.9'",
            "git+https://example.org/a/b.git@main",
        ] {
            assert_eq!(one(text), None, "{text}");
        }
        assert_eq!(
            one("-e git+https://example.org/a#egg=a"),
            Some(Line::Checkout)
        );
    }
}
