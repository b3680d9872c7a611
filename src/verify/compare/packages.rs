//! Which packages an image has, by the databases of dpkg and apk; and which files are theirs.

use std::collections::BTreeMap;

use crate::verify::image::Tree;

/// Installed packages, by name.
pub(super) type Packages = BTreeMap<String, Package>;

/// A package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Package {
    pub(super) version: String,
    /// Absolute paths.
    pub(super) files: Vec<String>,
}

/// The packages of an image.
pub(super) fn installed(tree: &Tree) -> Packages {
    let mut packages = Packages::new();
    if let Some(status) = tree.text("/var/lib/dpkg/status") {
        for (name, version, architecture) in dpkg_status(status) {
            let lists = [
                format!("/var/lib/dpkg/info/{name}.list"),
                format!("/var/lib/dpkg/info/{name}:{architecture}.list"),
            ];
            let list = lists.iter().find_map(|path| tree.text(path));
            let files = list.unwrap_or_default().lines();
            let files = files.filter(|path| *path != "/.").flat_map(merged_names);
            packages.insert(
                name.to_owned(),
                Package {
                    version: version.to_owned(),
                    files: files.collect(),
                },
            );
        }
    }
    for path in ["/lib/apk/db/installed", "/usr/lib/apk/db/installed"] {
        if let Some(database) = tree.text(path) {
            packages.extend(apk_database(database));
        }
    }
    packages
}

/// A path, and where it is where `/bin`, `/lib` and `/sbin` lead below `/usr`.
fn merged_names(path: &str) -> impl Iterator<Item = String> {
    let is_above = ["/bin/", "/lib", "/sbin/"]
        .iter()
        .any(|it| path.starts_with(it));
    let below = is_above.then(|| format!("/usr{path}"));
    std::iter::once(path.to_owned()).chain(below)
}

/// The scripts of a Debian package that set it up and take it away.
pub(super) fn scripts<'t>(tree: &'t Tree, name: &str) -> impl Iterator<Item = &'t str> {
    let prefix = format!("/var/lib/dpkg/info/{name}");
    let below = tree.nodes.range(prefix.clone()..);
    below
        .map_while(move |(path, _)| Some((path, path.strip_prefix(&prefix)?)))
        .filter(|(_, rest)| rest.starts_with(['.', ':']))
        .filter(|(_, rest)| rest.ends_with(".postinst") || rest.ends_with(".postrm"))
        .filter_map(|(path, _)| tree.text(path))
}

/// Name, version and architecture of what is installed.
fn dpkg_status(status: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    status.split("\n\n").filter_map(|paragraph| {
        let field = |name: &str| {
            paragraph
                .lines()
                .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
        };
        let is_installed = field("Status")?.ends_with(" installed");
        is_installed.then_some((
            field("Package")?,
            field("Version")?,
            field("Architecture").unwrap_or_default(),
        ))
    })
}

/// <https://wiki.alpinelinux.org/wiki/Apk_spec>
fn apk_database(database: &str) -> Packages {
    let mut packages = Packages::new();
    for paragraph in database.split("\n\n") {
        let (mut name, mut folder) = (None, String::new());
        let mut package = Package::default();
        for (key, value) in paragraph.lines().filter_map(|line| line.split_once(':')) {
            match key {
                "P" => name = Some(value.to_owned()),
                "V" => value.clone_into(&mut package.version),
                "F" => folder = format!("/{value}"),
                "R" => package.files.push(format!("{folder}/{value}")),
                _ => {}
            }
        }
        if let Some(name) = name {
            packages.insert(name, package);
        }
    }
    packages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dpkg_lists_what_is_installed() {
        let status = "Package: curl\nStatus: install ok installed\nArchitecture: amd64\nVersion: 7.88\n\n\
            Package: gone\nStatus: deinstall ok config-files\nVersion: 1\n";
        let found: Vec<_> = dpkg_status(status).collect();
        assert_eq!(found, [("curl", "7.88", "amd64")]);
    }

    #[test]
    fn apk_lists_files_by_folder() {
        let database =
            "C:Q1\nP:busybox\nV:1.36\nF:bin\nR:busybox\nF:etc\nR:securetty\n\nP:musl\nV:1.2\n";
        let found = apk_database(database);
        assert_eq!(found["busybox"].files, ["/bin/busybox", "/etc/securetty"]);
        assert_eq!(found["musl"].version, "1.2");
    }
}
