//! bundler: what an install reads of a project. <https://bundler.io/man/gemfile.5.html>

use super::{Obstacle, Reads, Site, Unread, uses_sources};
use crate::model::packages::Verb;
use crate::model::placed::joined;

/// What a Gemfile says that reads other files: it is a program.
const READS_MORE: &[&str] = &[
    "gemspec",
    "path:",
    ":path",
    "path ",
    "eval_gemfile",
    "instance_eval",
    "File.",
    "require_relative",
    "Dir",
    "IO.",
    "load ",
    "load(",
    "`",
    "%x",
    "system(",
    "eval(",
    "YAML",
    "plugin ",
    "git_source",
];

pub(super) fn reads(site: &Site<'_>) -> Result<Reads, Unread> {
    let mut reads = Reads::default();
    let subcommand = site.subcommand();
    if matches!(subcommand, "config" | "-v" | "--version") {
        // `--local` writes below `.bundle` of the project.
        return Ok(reads);
    }
    let is_bare = site.operation.subcommand < site.operation.program_end;
    if site.operation.verb != Verb::Install || !(is_bare || subcommand == "install") {
        return Err(uses_sources(site.command));
    }
    if site.has(&["--gemfile", "--local", "--standalone"]) {
        return Err((Obstacle::NotFollowed, "an option of the install".to_owned()));
    }
    reads.installs = Some("bundler");
    let at = |name: &str| joined(&site.view.folder, name);
    let gemfile = at("Gemfile");
    let text = site.view.text(&gemfile)?;
    let code = text
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default());
    for line in code {
        // `git_source(:github) { … }` of the usual kind reads nothing.
        let is_usual_source = line.trim_start().starts_with("git_source(:github)");
        if let Some(sign) = READS_MORE.iter().find(|sign| line.contains(**sign))
            && !is_usual_source
        {
            let version = line.trim().strip_prefix("ruby file:");
            match version.map(|file| file.trim().trim_matches(['"', '\''])) {
                Some(file) => {
                    let path = at(file);
                    if !reads.file_if_there(site.view, &path)? {
                        return Err((Obstacle::ManifestNotFound, format!("`{file}`")));
                    }
                }
                None => {
                    return Err((
                        Obstacle::NotFollowed,
                        format!("`{}` in the Gemfile", sign.trim()),
                    ));
                }
            }
        } else if line.trim().starts_with("ruby file:") {
            let file = line.trim()["ruby file:".len()..]
                .trim()
                .trim_matches(['"', '\'']);
            if !reads.file_if_there(site.view, &at(file))? {
                return Err((Obstacle::ManifestNotFound, format!("`{file}`")));
            }
        }
    }
    reads.files.insert(0, gemfile);
    reads.file_if_there(site.view, &at("Gemfile.lock"))?;
    let lock = at("Gemfile.lock");
    if let Some(text) = site.view.text_if_there(&lock)
        && text.lines().any(|line| line == "PATH")
    {
        return Err((
            Obstacle::LocalDependency,
            "`PATH` in `Gemfile.lock`".to_owned(),
        ));
    }
    for name in [".ruby-version", ".tool-versions", ".bundle/config"] {
        reads.file_if_there(site.view, &at(name))?;
    }
    if site.view.has(&at("vendor/cache")) {
        return Err((Obstacle::NotFollowed, "`vendor/cache`".to_owned()));
    }
    for name in ["vendor/bundle", ".bundle", "bin"] {
        if name != "bin" || site.has(&["--binstubs"]) {
            reads.makes.insert(at(name));
        }
    }
    reads.makes.remove(&at(".bundle"));
    Ok(reads)
}
