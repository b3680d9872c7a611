//! A manager that installs into the Python that it is installed in: it gets an environment of its own, and stays
//! behind.

use super::development::is_since;
use super::steps::Done;
use super::{locked, poetry_into_system};
use crate::edit::Edit;
use crate::model::command::CommandFact;
use crate::model::images::Family;
use crate::model::placed::joined;
use crate::transform::words::WordEdits;
use crate::transform::{Effect, Joiner};
use crate::transforms::split_stages::plan::Brought;
use crate::transforms::split_stages::site::{Copied, Site};

/// What the managers bring along that a program may import without saying so: the module, and its package.
#[rustfmt::skip]
const BROUGHT_ALONG: &[(&str, &str)] = &[
    ("attr", "attrs"), ("cachecontrol", "cachecontrol"), ("certifi", "certifi"), ("cffi", "cffi"),
    ("charset_normalizer", "charset-normalizer"), ("cleo", "cleo"), ("cryptography", "cryptography"),
    ("distlib", "distlib"), ("dulwich", "dulwich"), ("fastjsonschema", "fastjsonschema"), ("filelock", "filelock"),
    ("html5lib", "html5lib"), ("httpx", "httpx"), ("idna", "idna"), ("importlib_metadata", "importlib-metadata"),
    ("jsonschema", "jsonschema"), ("keyring", "keyring"), ("more_itertools", "more-itertools"), ("msgpack", "msgpack"),
    ("packaging", "packaging"), ("pexpect", "pexpect"), ("pkginfo", "pkginfo"), ("platformdirs", "platformdirs"),
    ("psutil", "psutil"), ("rapidfuzz", "rapidfuzz"), ("requests", "requests"),
    ("requests_toolbelt", "requests-toolbelt"), ("shellingham", "shellingham"), ("six", "six"), ("tomli", "tomli"),
    ("tomlkit", "tomlkit"), ("typing_extensions", "typing-extensions"), ("urllib3", "urllib3"),
    ("virtualenv", "virtualenv"), ("zipp", "zipp"),
];

/// What changes, and what that means.
pub(super) type Changes = (Vec<Edit>, Vec<Effect>);

/// What changes so that poetry lives in an environment of its own. `None` where it does not install into the system,
/// is not installed by one plain command, or may bring what a source imports.
pub(super) fn poetry(site: &Site<'_>, done: &Done<'_>) -> Option<Changes> {
    let is_poetry = |id: &str| id == "poetry";
    let is_all = done
        .installs
        .iter()
        .all(|(_, it, _)| is_poetry(it.manager.id));

    let [(run, operation)] = done.managers.as_slice() else {
        return None;
    };
    let command = run.command(operation);
    let says_poetry = operation.operands.iter().all(|&at| {
        let word = command.words[at].raw.trim_matches(['"', '\'']);
        is_poetry(word.split_once("==").map_or(word, |(name, _)| name))
    });
    let is_plain = command.assignments.is_empty()
        && command.enclosures.is_empty()
        && command.program == Some(0)
        && matches!(command.words[0].raw.as_str(), "pip" | "pip3");
    if !is_all
        || !poetry_into_system(site)
        || !says_poetry
        // Older ones install into the environment that they run in (1.1), or nobody has looked.
        || !is_since(site, done, (1, 8))
        || !is_plain
        || imports_another(site, done)?
    {
        return None;
    }
    Some(moved(site, command))
}

/// Whether a source imports what only the manager brings; `None` where that cannot be told.
fn imports_another(site: &Site<'_>, done: &Done<'_>) -> Option<bool> {
    let (_, _, folder) = done.installs.first()?;
    let own = locked(site.text(&joined(folder, "poetry.lock"))?);
    let is_own = |file: &Copied| file.origin.ends_with(".py");
    for source in site.sources(is_own).ok()? {
        let (_, text) = source.ok()?;
        let imports = |module: &str| {
            text.lines().any(|line| {
                let mut words = line.split_whitespace();
                let is_import = matches!(words.next(), Some("import" | "from"));
                is_import
                    && words
                        .any(|word| word.trim_end_matches(',').split('.').next() == Some(module))
            })
        };
        let is_foreign = |(module, package): &&(&str, &str)| {
            let is_locked = own.iter().any(|name| name.eq_ignore_ascii_case(package));
            !is_locked && imports(module)
        };
        if BROUGHT_ALONG.iter().any(|it| is_foreign(&it)) {
            return Some(true);
        }
    }
    Some(false)
}

/// The edits of the command that installs it.
fn moved(site: &Site<'_>, command: &CommandFact) -> Changes {
    const MAKE: &str = "python -m venv /opt/poetry";
    const LINK: &str = "ln -s /opt/poetry/bin/poetry /usr/bin/";
    let words = |text: &str| text.split(' ').map(str::to_owned).collect();
    let mut changes = WordEdits::new(command);
    changes.replace(0, "/opt/poetry/bin/pip");
    let (mut edits, effect) = changes.finish(site.input.model);
    edits.push(Edit::insert(command.range.start(), format!("{MAKE} && ")));
    edits.push(Edit::insert(command.range.end(), format!(" && {LINK}")));
    let effects = vec![
        effect,
        Effect::CommandAddedBefore {
            before: command.range,
            words: words(MAKE),
        },
        Effect::CommandAdded {
            after: command.range,
            joiner: Joiner::And,
            words: words(LINK),
        },
    ];
    (edits, effects)
}

/// The table of types of files that Python reads where it is, which came into the full images with Mercurial.
pub(super) fn types_of_files(site: &Site<'_>) -> Option<Brought> {
    #[rustfmt::skip]
    const ASK: &[&str] = &[
        "FileResponse", "StaticFiles", "WhiteNoise", "add_static", "guess_type", "mimetypes", "send_file", "send_from_directory",
        "static_folder", "staticfiles", "whitenoise",
    ];
    let facts = site.facts?;
    let is_full = facts.family == Family::Debian && !facts.slim && site.image.name == "python";
    let mut texts = site.texts().filter(|(path, _)| path.ends_with(".py"));
    let asks = is_full && texts.any(|(_, text)| ASK.iter().any(|it| text.contains(it)));
    asks.then(|| Brought::in_place("/etc/mime.types"))
}
