//! Whether what is started still finds its loader, its libraries and its interpreter.

use std::collections::{BTreeMap, BTreeSet};

use super::announced::Announced;
use super::packages;
use crate::verify::image::{Config, Image, Kind, Linkage, Node, Tree};

/// Folders in which the loaders of glibc and musl look by themselves.
const LIBRARY_FOLDERS: &[&str] = &["/lib", "/usr/lib", "/lib64", "/usr/lib64", "/usr/local/lib"];

/// What `after` cannot load though `before` could, in words; each with its path.
pub(super) fn losses(before: &Image, after: &Image) -> BTreeMap<String, String> {
    let could = missing(before);
    let mut found = missing(after);
    found.retain(|path, why| could.get(path) != Some(why) && before.tree.nodes.contains_key(path));
    if let (Ok(_), Err(why)) = (start_program(before), start_program(after)) {
        found.insert("the start command".to_owned(), why);
    }
    found
}

/// Whether a script that lost its interpreter is one that its package calls a helper: the package is still
/// there and so needs no interpreter, the interpreter's own went as a rewrite announced, and no folder of
/// `PATH` holds the script.
pub(super) fn is_helper_of_dropped(
    before: &Image,
    after: &Image,
    announced: &Announced,
    path: &str,
) -> bool {
    let Some((_, content)) = before.tree.file(path) else {
        return false;
    };
    let interpreter = content.interpreter.as_deref();
    let program = interpreter.and_then(|path| before.tree.resolve(path));
    let Some(program) = program else {
        return false;
    };
    let (old, new) = (
        packages::installed(&before.tree),
        packages::installed(&after.tree),
    );
    let owner = |path: &str| {
        let mut all = old.iter();
        all.find(|(_, package)| package.files.iter().any(|file| file == path))
            .map(|(name, _)| name)
    };
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    owner(&program).is_some_and(|name| announced.drops(name) && !new.contains_key(name))
        && owner(path).is_some_and(|name| new.contains_key(name))
        && !search_path(&after.config).any(|it| it == folder)
}

/// Whether a file of an image is run by another program.
pub(super) fn is_script(image: &Image, path: &str) -> bool {
    let file = image.tree.nodes.get(path);
    matches!(file.map(|node| &node.kind), Some(Kind::File(content)) if content.interpreter.is_some())
}

/// The folders in which a command is looked for.
fn search_path(config: &Config) -> impl Iterator<Item = &str> {
    let mut pairs = config.env.iter().flatten();
    let path = pairs.find_map(|pair| pair.strip_prefix("PATH="));
    path.unwrap_or("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
        .split(':')
}

/// The programs and libraries of an image that lack something, and what the first thing is.
fn missing(image: &Image) -> BTreeMap<String, String> {
    let tree = &image.tree;
    let folders = library_folders(tree, &image.config);
    let mut found = BTreeMap::new();
    for (path, node) in &tree.nodes {
        let Kind::File(content) = &node.kind else {
            continue;
        };
        let why = match (&content.linkage, &content.interpreter) {
            (Some(linkage), _) => lacks(tree, path, linkage, &folders),
            (None, Some(interpreter)) if interpreter.starts_with('/') => tree
                .file(interpreter)
                .is_none()
                .then(|| format!("`{interpreter}` is not there to run it")),
            _ => None,
        };
        if let Some(why) = why {
            found.insert(path.clone(), why);
        }
    }
    found
}

fn lacks(tree: &Tree, path: &str, linkage: &Linkage, folders: &BTreeSet<String>) -> Option<String> {
    if let Some(interpreter) = &linkage.interpreter
        && tree.file(interpreter).is_none()
    {
        return Some(format!("its loader `{interpreter}` is not there"));
    }
    let holder = path.rsplit_once('/').map_or("", |(holder, _)| holder);
    let own = linkage.search.iter().map(|folder| {
        folder
            .replace("${ORIGIN}", holder)
            .replace("$ORIGIN", holder)
    });
    let searched: Vec<String> = own.chain(folders.iter().cloned()).collect();
    let is_there = |name: &str| {
        let fits = |path: &str| {
            tree.file(path)
                .and_then(|(_, content)| content.linkage.as_ref())
                .is_some_and(|found| found.machine == linkage.machine)
        };
        if name.contains('/') {
            return fits(name);
        }
        let mut folders = searched.iter();
        folders.any(|folder| fits(&format!("{folder}/{name}")))
    };
    let name = linkage.needed.iter().find(|name| !is_there(name))?;
    Some(format!("its library `{name}` is not found"))
}

/// Where the loader looks: by itself, by `/etc/ld.so.conf`, by the image's `LD_LIBRARY_PATH`.
fn library_folders(tree: &Tree, config: &Config) -> BTreeSet<String> {
    let mut folders: BTreeSet<String> = LIBRARY_FOLDERS.iter().map(|&it| it.to_owned()).collect();
    for base in ["/lib", "/usr/lib"] {
        let prefix = format!("{base}/");
        let below = tree.nodes.range(prefix.clone()..);
        let below = below.take_while(|(path, _)| path.starts_with(&prefix));
        for (path, node) in below {
            let name = &path[prefix.len()..];
            // Debian's folders per architecture.
            if node.kind == Kind::Folder && !name.contains('/') && name.contains("-linux-") {
                folders.insert(path.clone());
            }
        }
    }
    let settings = tree
        .nodes
        .keys()
        .filter(|path| *path == "/etc/ld.so.conf" || path.starts_with("/etc/ld.so.conf.d/"));
    for text in settings.filter_map(|path| tree.text(path)) {
        let lines = text.lines().map(str::trim);
        folders.extend(
            lines
                .filter(|line| line.starts_with('/'))
                .map(str::to_owned),
        );
    }
    for pair in config.env.iter().flatten() {
        if let Some(paths) = pair.strip_prefix("LD_LIBRARY_PATH=") {
            folders.extend(paths.split(':').map(str::to_owned));
        }
    }
    folders
}

/// The program that a container starts.
fn start_program(image: &Image) -> Result<String, String> {
    let config = &image.config;
    let words = [&config.entrypoint, &config.cmd]
        .into_iter()
        .flatten()
        .flatten();
    let Some(name) = words.into_iter().next() else {
        return Err("there is no start command".to_owned());
    };
    let folder = config.working_dir.as_deref().unwrap_or("/");
    let candidates: Vec<String> = if name.starts_with('/') {
        vec![name.clone()]
    } else if name.contains('/') {
        vec![format!("{folder}/{name}")]
    } else {
        search_path(config)
            .map(|folder| format!("{folder}/{name}"))
            .collect()
    };
    let runs = |node: &Node| node.mode & 0o111 != 0;
    candidates
        .into_iter()
        .find(|path| image.tree.file(path).is_some_and(|(node, _)| runs(node)))
        .ok_or_else(|| format!("`{name}` is not found, or is not executable"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transform::Effect;
    use crate::verify::image::{Content, Layer};

    fn file(mode: u32, content: Content) -> Node {
        Node {
            kind: Kind::File(content),
            mode,
            owner: (0, 0),
            attributes: Vec::new(),
        }
    }

    fn library(needed: &[&str]) -> Node {
        let linkage = Linkage {
            needed: needed.iter().map(|&name| name.to_owned()).collect(),
            ..Linkage::default()
        };
        file(
            0o755,
            Content {
                linkage: Some(linkage),
                ..Content::default()
            },
        )
    }

    fn image(nodes: &[(&str, Node)]) -> Image {
        let nodes = nodes
            .iter()
            .map(|(path, node)| ((*path).to_owned(), node.clone()));
        let layer = Layer {
            nodes: nodes.collect(),
            ..Layer::default()
        };
        let mut image = Image::default();
        image.tree.nodes.clone_from(&layer.nodes);
        image.config.cmd = Some(vec!["app".to_owned()]);
        image
    }

    #[test]
    fn a_library_that_went_is_a_loss_and_one_that_never_was_is_none() {
        let script = file(
            0o755,
            Content {
                interpreter: Some("/usr/bin/perl".to_owned()),
                ..Content::default()
            },
        );
        let perl = file(0o755, Content::default());
        let before = image(&[
            ("/usr/bin/app", library(&["libz.so.1", "libnever.so"])),
            ("/usr/bin/tool", library(&["libz.so.1"])),
            ("/usr/lib/libz.so.1", library(&[])),
            ("/usr/bin/script", script.clone()),
            ("/usr/bin/perl", perl),
        ]);
        let after = image(&[
            ("/usr/bin/app", library(&["libz.so.1", "libnever.so"])),
            ("/usr/bin/tool", library(&["libz.so.1"])),
            ("/usr/bin/script", script),
        ]);
        assert!(is_script(&before, "/usr/bin/script") && !is_script(&before, "/usr/bin/tool"));
        let found = losses(&before, &after);
        assert_eq!(
            found["/usr/bin/tool"],
            "its library `libz.so.1` is not found"
        );
        assert_eq!(
            found["/usr/bin/script"],
            "`/usr/bin/perl` is not there to run it"
        );
        assert!(losses(&before, &before).is_empty());
    }

    #[test]
    fn a_helper_goes_with_the_interpreter_that_its_package_only_recommends() {
        let script = file(
            0o755,
            Content {
                interpreter: Some("/usr/bin/python3".to_owned()),
                ..Content::default()
            },
        );
        let text = |text: &str| {
            file(
                0o644,
                Content {
                    text: Some(text.to_owned()),
                    ..Content::default()
                },
            )
        };
        let is_there = |name: &str| {
            format!(
                "Package: {name}\nStatus: install ok installed\nVersion: 1\nArchitecture: all\n"
            )
        };
        let both = format!("{}\n{}", is_there("cargo"), is_there("python3-minimal"));
        let scripts = [
            "/usr/bin/cargo-ask",
            "/usr/share/cargo/help",
            "/srv/app/start",
        ];
        let mut nodes = vec![
            ("/var/lib/dpkg/status", text(&both)),
            (
                "/var/lib/dpkg/info/cargo.list",
                text("/usr/bin/cargo-ask\n/usr/share/cargo/help\n"),
            ),
            (
                "/var/lib/dpkg/info/python3-minimal.list",
                text("/usr/bin/python3\n"),
            ),
            ("/usr/bin/python3", file(0o755, Content::default())),
        ];
        nodes.extend(scripts.map(|path| (path, script.clone())));
        let before = image(&nodes);
        nodes.retain(|(path, _)| *path != "/usr/bin/python3");
        nodes[0].1 = text(&is_there("cargo"));
        let after = image(&nodes);
        let dropped = Effect::PackagesDropped(vec!["python3-minimal".to_owned()]);
        let announced = Announced::of([&dropped]);
        let helpers = |announced: &Announced| {
            let is_helper = |path: &&str| is_helper_of_dropped(&before, &after, announced, path);
            scripts.into_iter().filter(is_helper).collect::<Vec<_>>()
        };
        assert_eq!(losses(&before, &after).len(), 3);
        assert_eq!(helpers(&announced), ["/usr/share/cargo/help"]);
        assert!(helpers(&Announced::default()).is_empty());
    }

    #[test]
    fn the_start_command_must_be_there() {
        let before = image(&[("/usr/local/bin/app", file(0o755, Content::default()))]);
        let after = image(&[("/usr/local/bin/app", file(0o644, Content::default()))]);
        let found = losses(&before, &after);
        assert_eq!(
            found["the start command"],
            "`app` is not found, or is not executable"
        );
    }
}
