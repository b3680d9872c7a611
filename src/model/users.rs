//! Users and groups that an image is known to have, in its own `/etc/passwd` and `/etc/group`.
//!
//! COPY looks names up there; `BuildKit` takes one that is not there for root, without a word
//! (<https://github.com/moby/buildkit/pull/2249>).

use super::Model;
use super::command::CommandFact;
use super::images::Family;
use super::stage::Base;

/// Programs that add a user or a group, whose name is one of their words.
const ADD_USER: &[&str] = &["useradd", "adduser"];
const ADD_GROUP: &[&str] = &["groupadd", "addgroup"];

/// What a name is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A user.
    User,
    /// A group.
    Group,
}

/// Where a name is known from, in words; `None` where it is not. Numbers need no looking up.
pub fn known(model: &Model, item: usize, name: &str, kind: Kind) -> Option<String> {
    if !name.is_empty() && name.chars().all(|char| char.is_ascii_digit()) {
        return Some("a number".to_owned());
    }
    if name == "root" {
        return Some("root".to_owned());
    }
    added(model, item, name, kind)
        .map(|line| format!("`{name}` is added in line {line}"))
        .or_else(|| {
            in_image(model, item, name, kind).then(|| format!("the base image has `{name}`"))
        })
}

/// The line of the RUN that adds a name, in the stage of `item` or one that it is made from.
fn added(model: &Model, item: usize, name: &str, kind: Kind) -> Option<usize> {
    model.runs_before(item).find_map(|run| {
        let adds = run.commands.iter().any(|command| adds(command, name, kind));
        adds.then(|| model.lines.line(run.range.start()))
    })
}

/// Whether a command adds a name. A user gets a group of the same name, as a rule; that the RUN's own `chown` found it
/// shows it.
pub fn adds(command: &CommandFact, name: &str, kind: Kind) -> bool {
    let program = command.name().unwrap_or_default();
    let fits = ADD_USER.contains(&program) || (kind == Kind::Group && ADD_GROUP.contains(&program));
    fits && command.has_argument(name)
}

/// Users, with a group of the same name, that the files of a system's base package have.
const DEBIAN: &[&str] = &[
    "daemon", "bin", "sys", "games", "man", "lp", "mail", "news", "uucp", "proxy", "www-data",
    "backup", "list", "irc",
];
const DEBIAN_GROUPS: &[&str] = &[
    "nogroup", "adm", "tty", "disk", "staff", "users", "audio", "video",
];
const ALPINE: &[&str] = &[
    "bin", "daemon", "adm", "lp", "mail", "ftp", "sshd", "games", "ntp", "guest", "nobody",
];
const ALPINE_GROUPS: &[&str] = &[
    "nogroup", "users", "wheel", "audio", "video", "www-data", "tty", "disk",
];
const RPM: &[&str] = &[
    "bin", "daemon", "adm", "lp", "mail", "games", "ftp", "nobody",
];

/// Users, with a group of the same name, that official images add.
const OF_IMAGES: &[(&str, &str)] = &[
    ("jetty", "jetty"),
    ("node", "node"),
    ("nginx", "nginx"),
    ("php", "www-data"),
    ("httpd", "www-data"),
    ("wordpress", "www-data"),
    ("drupal", "www-data"),
    ("joomla", "www-data"),
    ("nextcloud", "www-data"),
    ("ghost", "node"),
    ("postgres", "postgres"),
    ("mysql", "mysql"),
    ("mariadb", "mysql"),
    ("mongo", "mongodb"),
    ("redis", "redis"),
    ("memcached", "memcache"),
    ("rabbitmq", "rabbitmq"),
    ("elasticsearch", "elasticsearch"),
    ("haproxy", "haproxy"),
    ("gradle", "gradle"),
    ("odoo", "odoo"),
    ("oven/bun", "bun"),
];

fn in_image(model: &Model, item: usize, name: &str, kind: Kind) -> bool {
    let Some(stage) = model.stage_of(item) else {
        return false;
    };
    let Some(image) = stage.image.as_ref().filter(|image| image.is_well_known()) else {
        return false;
    };
    if OF_IMAGES.contains(&(image.name.as_str(), name)) {
        return true;
    }
    in_system(stage.facts.as_ref().map(|facts| facts.family), name, kind)
}

/// Whether an official image of a name adds a user, with a group of the same name.
pub fn in_official(image: &str, name: &str) -> bool {
    OF_IMAGES.contains(&(image, name))
}

/// Whether the base package of a system has a name.
pub fn in_system(family: Option<Family>, name: &str, kind: Kind) -> bool {
    let group = |groups: &[&str]| kind == Kind::Group && groups.contains(&name);
    let user = |users: &[&str]| users.contains(&name);
    match family {
        Some(Family::Debian | Family::Ubuntu) => {
            user(DEBIAN) || group(DEBIAN_GROUPS) || (kind == Kind::User && name == "nobody")
        }
        Some(Family::Alpine) => user(ALPINE) || group(ALPINE_GROUPS),
        Some(Family::Rpm) => user(RPM),
        Some(Family::Other) | None => false,
    }
}

impl Model {
    /// The RUNs that have run before an item, in its stage and in those that it is made from.
    pub fn runs_before(&self, item: usize) -> impl Iterator<Item = &super::run::Run> {
        self.chain(item)
            .into_iter()
            .flat_map(move |(stage, until)| self.runs_of(stage).filter(move |run| run.item < until))
    }

    /// The stage of an item and those that it is made from, first one first; with the item up to which each
    /// counts.
    pub fn chain(&self, item: usize) -> Vec<(usize, usize)> {
        let mut chain = Vec::new();
        let mut next = self.stage_of(item).map(|stage| (stage.index, item));
        while let Some((stage, until)) = next {
            chain.push((stage, until));
            next = match self.stages[stage].base {
                Base::Stage(parent) => Some((parent, self.stages[parent].end)),
                _ => None,
            };
        }
        chain.reverse();
        chain
    }
}
