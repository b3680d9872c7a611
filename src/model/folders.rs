//! What stands where in the image, as far as the file shows: which folders are there before an
//! instruction, and which are certainly not.

use imgfix_syntax::{Arguments, Keyword};

use super::Model;
use super::command::{CommandFact, Failure};
use super::copy::{self, Source};
use super::images::{self, Family};
use super::run::is_within;
use super::stage::{Base, Stage};
use super::state::State;

/// Whether a folder is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It is.
    There,
    /// Every system of the kind has it; the base image is not known well enough to be sure.
    Likely,
    /// Not known.
    Unknown,
}

/// A path as the image has it: absolute, without `.`, doubled slashes and the last slash. One that is
/// relative to a folder which is not known begins with `./`. `None` where `..` or `~` stands in it.
pub fn absolute(path: &str, state: &State) -> Option<String> {
    if path.is_empty() || path.starts_with('~') {
        return None;
    }
    let workdir = state.workdir.value.known();
    let (root, whole) = match workdir {
        _ if path.starts_with('/') => ("/", path.to_owned()),
        Some(workdir) => ("/", format!("{workdir}/{path}")),
        None => ("./", path.to_owned()),
    };
    let parts: Vec<&str> = whole
        .split('/')
        .filter(|part| !matches!(*part, "" | "."))
        .collect();
    (!parts.contains(&"..")).then(|| format!("{root}{}", parts.join("/")))
}

/// The folder that holds a path.
pub fn parent(path: &str) -> &str {
    let at = path.rfind('/').unwrap_or_default();
    let is_root = at == 0 || (at == 1 && path.starts_with("./"));
    &path[..if is_root { at + 1 } else { at }]
}

/// Whether a folder is there before an item.
pub fn presence(model: &Model, item: usize, folder: &str) -> Presence {
    // The folder in which a RUN runs is there for it.
    if matches!(folder, "/" | "./") || made_before(model, item, folder) {
        return Presence::There;
    }
    let Some(stage) = model.stage_of(item) else {
        return Presence::Unknown;
    };
    let family = stage.facts.as_ref().map(|facts| facts.family);
    let own = |families: &[Family]| family.is_some_and(|family| families.contains(&family));
    let is_in = if EVERYWHERE.contains(&folder) {
        own(&[Family::Debian, Family::Ubuntu, Family::Alpine, Family::Rpm])
    } else if OF_GNU.contains(&folder) {
        own(&[Family::Debian, Family::Ubuntu, Family::Rpm])
    } else if OF_APT.contains(&folder) {
        own(&[Family::Debian, Family::Ubuntu])
    } else {
        return if of_image(stage, folder) {
            Presence::There
        } else {
            Presence::Unknown
        };
    };
    let image = stage.image.as_ref();
    let is_official = image.is_some_and(super::images::ImageReference::is_well_known);
    match (is_in, is_official, &root(model, stage).base) {
        (true, true, _) => Presence::There,
        (true, false, _) => Presence::Likely,
        (false, _, Base::Image(_) | Base::Ambiguous) if family.is_none() => Presence::Likely,
        _ => Presence::Unknown,
    }
}

/// Folders that the base of every distribution has.
#[rustfmt::skip]
const EVERYWHERE: &[&str] = &[
    "/bin", "/sbin", "/lib", "/etc", "/home", "/root", "/tmp", "/usr", "/usr/bin", "/usr/sbin", "/usr/lib",
    "/usr/share", "/usr/local", "/usr/local/bin", "/usr/local/lib", "/usr/local/share", "/var", "/var/cache",
    "/var/lib", "/var/log", "/var/tmp", "/srv", "/mnt", "/media", "/etc/profile.d",
];
const OF_GNU: &[&str] = &["/opt", "/usr/local/sbin", "/usr/local/etc", "/usr/src"];
const OF_APT: &[&str] = &[
    "/etc/apt",
    "/etc/apt/sources.list.d",
    "/etc/apt/preferences.d",
    "/etc/apt/apt.conf.d",
];

/// Folders of official images.
const OF_IMAGES: &[(&str, &[&str])] = &[
    (
        "nginx",
        &["/etc/nginx", "/etc/nginx/conf.d", "/usr/share/nginx/html"],
    ),
    (
        "httpd",
        &["/usr/local/apache2/conf", "/usr/local/apache2/htdocs"],
    ),
    ("node", &["/home/node"]),
    (
        "php",
        &[
            "/usr/local/etc/php/conf.d",
            "/usr/local/etc/php",
            "/var/www/html",
        ],
    ),
    ("postgres", &["/docker-entrypoint-initdb.d"]),
    (
        "mysql",
        &["/docker-entrypoint-initdb.d", "/etc/mysql/conf.d"],
    ),
    (
        "mariadb",
        &["/docker-entrypoint-initdb.d", "/etc/mysql/conf.d"],
    ),
    ("mongo", &["/docker-entrypoint-initdb.d"]),
    (
        "tomcat",
        &[
            "/usr/local/tomcat/webapps",
            "/usr/local/tomcat/conf",
            "/usr/local/tomcat/lib",
        ],
    ),
    ("jetty", &["/usr/local/jetty", "/var/lib/jetty"]),
];

fn of_image(stage: &Stage, folder: &str) -> bool {
    let image = stage.image.as_ref().filter(|image| image.is_official());
    image.is_some_and(|image| {
        let folders = OF_IMAGES.iter().filter(|(name, _)| *name == image.name);
        folders
            .flat_map(|(_, folders)| *folders)
            .any(|it| *it == folder)
    })
}

/// The stage at the start of the row that a stage is made from.
fn root<'m>(model: &'m Model, stage: &'m Stage) -> &'m Stage {
    match stage.base {
        Base::Stage(parent) => root(model, &model.stages[parent]),
        _ => stage,
    }
}

/// Whether an instruction before `item` makes a folder, or something in it.
fn made_before(model: &Model, item: usize, folder: &str) -> bool {
    let own = model
        .state(item)
        .and_then(|state| state.workdir.value.known());
    own.is_some_and(|workdir| is_within(workdir, folder))
        || before(model, item).any(|at| {
            let Some(state) = model.state(at) else {
                return false;
            };
            let workdir = state.workdir.value.known();
            workdir.is_some_and(|workdir| is_within(workdir, folder))
                || copied_to(model, at, state).is_some_and(|made| is_within(&made, folder))
                || model.run_at(at).is_some_and(|run| {
                    let mut commands = run.commands.iter();
                    !run.deferred
                        && commands.any(|command| {
                            made_folders(command, state).any(|made| is_within(&made, folder))
                        })
                })
        })
}

/// The items before `item` in its stage and in those that it is made from.
fn before(model: &Model, item: usize) -> impl Iterator<Item = usize> {
    let chain = model.chain(item).into_iter();
    chain.flat_map(|(stage, until)| model.stages[stage].item..until)
}

/// The folder that a COPY or ADD makes: its destination where that ends in a slash, or what holds it.
fn copied_to(model: &Model, item: usize, state: &State) -> Option<String> {
    let copy = copy::arguments(model.instruction(item)?)?;
    let written = copy::value(model, &copy.destination, state)?;
    let path = absolute(&written, state)?;
    // A pattern that matches nothing makes nothing.
    if copy::sources(copy)
        .iter()
        .any(|source| matches!(source, Source::Pattern(_)))
    {
        return None;
    }
    Some(if written.ends_with('/') || copy.sources.len() > 1 {
        path
    } else {
        parent(&path).to_owned()
    })
}

/// The folders that a `mkdir` makes, whose failure fails its RUN.
fn made_folders<'c>(
    command: &'c CommandFact,
    state: &'c State,
) -> impl Iterator<Item = String> + use<'c> {
    let is_sure = command.failure == Failure::Fatal && command.is_top_level;
    let makes = is_sure && command.name() == Some("mkdir");
    let words = command.arguments().iter().filter(move |_| makes);
    let home = is_sure.then(|| made_home(command)).flatten();
    words
        .filter_map(|word| word.literal.as_deref())
        // A `cd` before it would change what a relative one means.
        .filter(|word| word.starts_with('/'))
        .filter_map(|word| absolute(word, state))
        .chain(home)
}

/// The home that `useradd -m` makes, in its usual place.
fn made_home(command: &CommandFact) -> Option<String> {
    let words = || command.arguments().iter();
    let makes = words().any(|word| word.is("-m") || word.is("--create-home"));
    let moves = |raw: &str| {
        ["--home", "--base", "--prefix", "--root"]
            .iter()
            .any(|option| raw.starts_with(option))
            || (raw.starts_with('-')
                && !raw.starts_with("--")
                && raw.contains(['d', 'b', 'P', 'R']))
    };
    let moved = words().any(|word| moves(&word.raw) || word.literal.is_none());
    let name = command.arguments().last()?.literal.as_deref()?;
    (command.name() == Some("useradd") && makes && !moved && !name.starts_with('-'))
        .then(|| format!("/home/{name}"))
}

/// Names in `/` that images have of their own.
#[rustfmt::skip]
const TAKEN: &[&str] = &[
    "bin", "boot", "conf", "config", "data", "datalog", "dev", "docker-entrypoint-initdb.d",
    "docker-entrypoint.d", "etc", "go", "home", "lib", "lib32", "lib64", "libx32", "logs", "media", "mnt", "opt",
    "proc", "root", "run", "sbin", "srv", "sys", "tmp", "usr", "var",
];

/// Commands that write nothing but what they name, and what the system keeps for them.
#[rustfmt::skip]
const HARMLESS: &[&str] = &[
    "useradd", "adduser", "groupadd", "addgroup", "usermod", "mkdir", "chown", "chmod", "rm", "ln", "touch", "echo",
    "printf", "set", "true", "test", "[", "export", "locale-gen", "ldconfig", "update-ca-certificates", "install",
    "a2enmod", "docker-php-ext-install", "docker-php-ext-enable", "sed",
];

/// Whether nothing can be at `path`, or below it, before an item: an official image whose contract is known
/// has nothing there, and what the file does before neither names it nor can reach it unnamed.
pub fn is_fresh(model: &Model, item: usize, path: &str) -> bool {
    let Some(stage) = model.stage_of(item) else {
        return false;
    };
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_free = match parent(path) {
        "/" => !TAKEN.contains(&name),
        "/opt" | "/srv" => !matches!(name, "java" | "yarn") && !name.starts_with("yarn-"),
        "/usr/src" => name == "app",
        _ => false,
    };
    let contract = stage
        .image
        .as_ref()
        .filter(|image| image.is_well_known())
        .and_then(|image| images::base_contract(&image.name, image.tag.as_deref()));
    let (true, Some(contract)) = (is_free, contract) else {
        return false;
    };
    let touches = |other: &str| is_within(other, path) || (other != "/" && is_within(path, other));
    let in_contract = contract.workdir.iter().chain(&contract.volumes);
    !in_contract.into_iter().any(|other| touches(other))
        && !touches(workdir(model, item))
        && before(model, item).all(|at| leaves_alone(model, at, path, name))
}

/// The folder in which an item runs; a name that touches everything where it is not known.
fn workdir(model: &Model, item: usize) -> &str {
    let state = model.state(item);
    state
        .and_then(|state| state.workdir.value.known())
        .unwrap_or("")
}

/// Whether an instruction neither names what is at `path`, nor can make it unnamed.
fn leaves_alone(model: &Model, item: usize, path: &str, name: &str) -> bool {
    let Some(instruction) = model.instruction(item) else {
        return true;
    };
    let workdir = workdir(model, item);
    if workdir.is_empty()
        || is_within(workdir, path)
        || (workdir != "/" && is_within(path, workdir))
    {
        return false;
    }
    match (&instruction.arguments, instruction.keyword) {
        (Arguments::Copy(copy), _) => {
            let Some(state) = model.state(item) else {
                return false;
            };
            let to = copy::value(model, &copy.destination, state)
                .and_then(|written| absolute(&written, state));
            to.is_some_and(|to| !is_within(path, &to) && !is_within(&to, path))
        }
        (_, Keyword::Run) => {
            let Some(run) = model.run_at(item) else {
                return false;
            };
            let names_it = |text: &str| {
                text.split(|char: char| !(char.is_ascii_alphanumeric() || "._-".contains(char)))
                    .any(|word| word == name)
            };
            run.script().is_some()
                && run.mounts.is_empty()
                && !names_it(instruction.body.as_str())
                && instruction.heredocs.is_empty()
                && run.commands.iter().enumerate().all(|(at, command)| {
                    run.operations
                        .iter()
                        .any(|operation| operation.command == at)
                        || command.name().is_some_and(|name| HARMLESS.contains(&name))
                })
        }
        (_, Keyword::Volume) => false,
        _ => true,
    }
}
