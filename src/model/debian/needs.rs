//! Which recommended packages a stage uses, or could use.
//!
//! For each recommended package that may matter: the words that prove a use, and the requested packages
//! with which unread code could have that use. A package outside the table stays only where one of its
//! commands is run. Sources: the purposes in `may_matter`, and builds in which each package was missing.

mod table;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};

use table::TABLE;

/// What a stage, what is made from it, and its scripts say.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    said: Text,
    /// What is installed or removed by name: a package's name there is no use of it.
    operands: Text,
    commands: HashSet<String>,
    /// What was asked before: the text may be long, and each install asks again.
    known: RefCell<BTreeMap<&'static str, bool>>,
    /// Whether code runs that is not read here.
    pub unread: bool,
    /// Whether the container starts an init, which starts what is installed.
    starts_init: bool,
}

/// A text in lower case, and its words.
#[derive(Clone, Debug, Default)]
struct Text {
    text: String,
    words: HashSet<String>,
}

impl Text {
    fn read(&mut self, text: &str) {
        let lower = text.to_lowercase();
        self.words.extend(
            lower
                .split(|char: char| {
                    !(char.is_alphanumeric() || matches!(char, '-' | '_' | '+' | '.'))
                })
                .filter(|word| !word.is_empty())
                .map(str::to_owned),
        );
        self.text.push_str(&lower);
        self.text.push('\n');
    }

    fn holds(&self, word: &str) -> bool {
        if word
            .chars()
            .all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '+'))
        {
            self.words.contains(word)
        } else {
            self.text.contains(word)
        }
    }
}

/// Programs that start the services of a system.
const INITS: &[&str] = &[
    "init",
    "systemd",
    "my_init",
    "runsvdir",
    "runsvdir-start",
    "openrc-init",
];

/// Recommended services that nothing but an init starts: the name stands nowhere.
const SERVICES: &[&str] = &["cron", "logrotate", "dbus"];

impl Evidence {
    /// Takes in the text of an instruction or of a script.
    pub fn read_text(&mut self, text: &str) {
        self.said.read(text);
    }

    /// Takes in a package that a command of the system's package manager names.
    pub fn read_operand(&mut self, word: &str) {
        self.operands.read(word);
    }

    /// Takes in a command that runs: its program, and the words that may name another one.
    pub fn read_command<'w>(&mut self, name: Option<&str>, words: impl Iterator<Item = &'w str>) {
        let Some(name) = name else {
            self.unread = true;
            return;
        };
        self.commands.insert(name.to_owned());
        if RUNS_OTHERS.contains(&name) {
            for word in words {
                let parts = word.split(|char: char| {
                    !(char.is_alphanumeric() || matches!(char, '-' | '_' | '+' | '.' | '/'))
                });
                self.commands
                    .extend(parts.map(|part| part.rsplit('/').next().unwrap_or(part).to_owned()));
            }
        }
        self.unread |= !KNOWN_PROGRAMS.contains(&name);
    }

    /// Takes in what starts in the container.
    pub fn read_start(&mut self, text: &str) {
        let border = |char: char| char.is_whitespace() || "\"[],'".contains(char);
        self.starts_init |= text
            .split(border)
            .any(|word| INITS.contains(&word.rsplit('/').next().unwrap_or(word)));
        self.read_command(Some("sh"), text.split_ascii_whitespace());
    }

    /// Whether a command of that name is run.
    pub fn runs(&self, command: &str) -> bool {
        self.commands.contains(command)
    }

    fn mentions(&self, word: &'static str, package: &str) -> bool {
        let is_said = || self.said.holds(word) || (word != package && self.operands.holds(word));
        let mut known = self.known.borrow_mut();
        if word == package {
            return is_said();
        }
        *known.entry(word).or_insert_with(is_said)
    }
}

/// Programs that run what their arguments name.
#[rustfmt::skip]
const RUNS_OTHERS: &[&str] = &["sh", "bash", "dash", "ash", "xargs", "find", "which", "command", "type", "exec", "eval", "time", "nohup", "su", "watch", "parallel", "env", "sudo", "update-alternatives", "ln", "test", "["];

/// Programs that run nothing but themselves.
#[rustfmt::skip]
const KNOWN_PROGRAMS: &[&str] = &["apt-get", "apt", "aptitude", "apk", "apt-key", "apt-mark", "apt-cache", "dpkg", "dpkg-reconfigure", "echo", "printf", "mkdir", "rm", "rmdir", "cp", "mv", "ln", "ls", "cat", "touch", "chmod", "chown", "chgrp", "install", "sed", "grep", "awk", "cut", "tr", "sort", "head", "tail", "tee", "wc", "test", "[", "true", "false", ":", "cd", "export", "set", "umask", "tar", "gzip", "gunzip", "unzip", "curl", "wget", "git", "gpg", "useradd", "groupadd", "adduser", "addgroup", "usermod", "passwd", "chpasswd", "locale-gen", "update-locale", "ldconfig", "update-ca-certificates", "find", "which", "command", "sha256sum", "sha1sum", "md5sum", "sync", "sleep", "date", "uname", "id", "whoami", "hostname", "a2enmod", "a2ensite", "a2dismod", "a2dissite", "ssh-keyscan", "ssh-keygen", "update-alternatives", "update-rc.d", "unset", "pwd"];

/// Packages that are only recommended and without which the other one does nothing, with the reason.
#[rustfmt::skip]
const ALWAYS: &[(&str, &str, &str)] = &[
    ("openssh-client", "sshpass", "`sshpass` only answers the prompt of ssh"),
    ("execline", "s6", "s6's own scripts are written in it"),
    ("libnewlib-arm-none-eabi", "gcc-arm-none-eabi", "it is the C library of that compiler"),
    ("linux-musl-dev", "musl-dev", "its headers include those of the kernel"),
    ("lua-sec", "luarocks", "luarocks fetches by https with it"),
    ("modsecurity-crs", "libapache2-mod-security2", "it is the rules of that module"),
    ("debian-archive-keyring", "debootstrap", "the packages are signed with its keys"),
    ("texlive-bibtex-extra", "biber", "biber is run by its biblatex"),
    ("libfl-dev", "flex", "what flex writes may be linked with it"),
    ("keyutils", "cifs-utils", "mounts ask for keys with it"),
    ("curl", "cabal-install", "cabal fetches with it"),
];

/// Parts of packages, by the start of their names, without which some of what the others do fails.
#[rustfmt::skip]
const PARTS: &[(&str, &[&str], &str)] = &[
    ("libheif-plugin-", &["libvips*", "libheif*", "imagemagick*", "libmagick*", "php*-imagick", "gimp", "ffmpeg"], "pictures are read and written with it"),
    ("libc6-dev-", &["gcc-*", "g++-*", "crossbuild-*"], "it is the C library of that compiler"),
    ("fonts-noto-", &["fonts-noto"], "it is a part of the fonts"),
    ("libavcodec", &["firefox*", "chromium*"], "videos are played with it"),
];

/// Whether a recommended package stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keep {
    /// It stays, for this reason.
    Yes(String),
    /// It goes.
    No,
    /// The table does not speak of it.
    Unlisted,
}

/// Whether `package`, which is only recommended, stays where `requested` are installed.
pub fn decide(package: &str, requested: &[&str], evidence: &Evidence) -> Keep {
    if package == "ca-certificates" {
        return Keep::Yes("without it no TLS client trusts any server".to_owned());
    }
    let always = ALWAYS
        .iter()
        .find(|(name, with, _)| *name == package && requested.contains(with));
    if let Some((_, _, why)) = always {
        return Keep::Yes((*why).to_owned());
    }
    let part = PARTS.iter().find(|(start, with, _)| {
        let is_with = |name: &&str| with.iter().any(|pattern| matches(pattern, name));
        package.starts_with(start) && requested.iter().any(is_with)
    });
    if let Some((_, _, why)) = part {
        return Keep::Yes((*why).to_owned());
    }
    if evidence.starts_init && SERVICES.contains(&package) {
        return Keep::Yes("the container starts an init, which runs it".to_owned());
    }
    let Some(need) = TABLE.iter().find(|need| need.package == package) else {
        // A service that is started, a folder of data: the name says it.
        let is_named = package.len() > 3 && evidence.said.words.contains(package);
        return if is_named {
            Keep::Yes(format!("`{package}` is mentioned"))
        } else {
            Keep::Unlisted
        };
    };
    if let Some(word) = need
        .words
        .iter()
        .find(|word| evidence.mentions(word, package))
    {
        return Keep::Yes(format!("`{}` is used", word.trim()));
    }
    if evidence.unread
        && let Some(name) = requested
            .iter()
            .find(|name| need.with.iter().any(|pattern| matches(pattern, name)))
    {
        return Keep::Yes(format!(
            "code that is not read here may use it with `{name}`"
        ));
    }
    Keep::No
}

fn matches(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((start, end)) => {
            name.len() >= start.len() + end.len()
                && name.starts_with(start)
                && name.ends_with(end.trim_end_matches('*'))
        }
    }
}

/// The package to name for one that stays: gnupg brings the parts that it was split into later.
pub fn stands_for(package: &'static str) -> &'static str {
    match package {
        "gpg" | "gpg-agent" => "gnupg",
        other => other,
    }
}

/// Packages that older releases than those of the tables only recommend, and that are dependencies since:
/// Ubuntu's python3-pip before 20.04 installs nothing from source without them.
pub fn recommended_before(requested: &[&str]) -> &'static [&'static str] {
    if requested.contains(&"python3-pip") {
        &["python3-setuptools", "python3-wheel"]
    } else {
        &[]
    }
}

/// Whether a package is known by that name in every Debian and Ubuntu release that can still be built.
pub fn has_stable_name(package: &str) -> bool {
    #[rustfmt::skip]
    const STABLE: &[&str] = &["ca-certificates", "libsasl2-modules", "netbase", "dbus", "shared-mime-info", "fonts-dejavu-core", "psmisc", "poppler-data", "xz-utils", "bzip2", "libc6-dev", "gcc", "g++", "make", "build-essential", "python3-dev", "python3-pip", "python3-setuptools", "python3-wheel", "dpkg-dev", "fakeroot", "gnupg", "dirmngr", "procps", "ghostscript", "unzip", "zip", "patch", "cron", "less", "logrotate", "openssh-client", "fonts-liberation", "libltdl-dev", "xdg-utils", "git", "ssl-cert", "libxml2-utils", "e2fsprogs", "iptables", "xauth", "systemd-sysv", "openssl", "libgl1-mesa-dri", "libjson-perl", "python3-apt", "pkg-config", "cargo", "automake", "apache2", "krb5-config", "easy-rsa"];
    STABLE.contains(&package)
}
