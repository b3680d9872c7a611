//! `Gemfile.lock`: whether it was made for a Gemfile, so that bundler installs it as it is, frozen or not (measured
//! with bundler 2.3 and 2.6).

use std::collections::{BTreeMap, BTreeSet};

use super::gem_version::{GemVersion, canonical, satisfies};
use super::gemfile::Gemfile;

/// Why a lock file does not answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Differs {
    /// It was made for something else.
    Stale(String),
    /// Something decides about it that is not followed.
    NotFollowed(String),
}

/// A lock file, as far as it is of gems of one server.
#[derive(Clone, Debug, Default)]
struct Lock<'t> {
    remotes: Vec<&'t str>,
    /// The gems: names, versions with their platforms, and what they need.
    specs: Vec<Spec<'t>>,
    platforms: BTreeSet<&'t str>,
    dependencies: BTreeMap<&'t str, Vec<String>>,
    ruby: Option<&'t str>,
    has_checksums: bool,
    checksums: BTreeSet<String>,
}

#[derive(Clone, Debug)]
struct Spec<'t> {
    name: &'t str,
    version: &'t str,
    platform: Option<&'t str>,
    needs: Vec<(&'t str, Vec<String>)>,
}

/// Whether a Gemfile.lock was made for a Gemfile.
///
/// # Errors
/// What differs, or is not followed.
pub fn is_made_for(text: &str, gemfile: &Gemfile) -> Result<(), Differs> {
    let lock = read(text)?;
    let stale = |what: &str| Err(Differs::Stale(format!("`{what}`")));
    let refused = |what: String| Err(Differs::NotFollowed(what));
    if lock.remotes.len() != 1 {
        return refused("its sources".to_owned());
    }
    if lock.remotes[0].trim_end_matches('/') != gemfile.source {
        return stale(&gemfile.source);
    }
    // Another machine is added to what has no `ruby`, and frozen it fails.
    if !lock.platforms.contains("ruby") {
        return refused("`PLATFORMS` without `ruby`".to_owned());
    }
    for (name, requirements) in &gemfile.gems {
        if lock.dependencies.get(name.as_str()) != Some(requirements) {
            return stale(name);
        }
    }
    let mut locked = lock.dependencies.keys();
    if let Some(name) = locked.find(|name| !gemfile.gems.contains_key(**name)) {
        return stale(name);
    }
    ruby(&lock, gemfile)?;
    for (name, requirements) in &lock.dependencies {
        lock.answer(name, requirements)?;
    }
    for spec in &lock.specs {
        if let Some(platform) = spec.platform
            && !lock.platforms.contains(platform)
        {
            return stale(&format!("{}-{platform}", spec.name));
        }
        for (name, requirements) in &spec.needs {
            // It is its own.
            if *name != "bundler" {
                lock.answer(name, requirements)?;
            }
        }
        let full = full_name(spec);
        if lock.has_checksums && !lock.checksums.contains(&full) {
            return refused(format!("no checksum of `{full}`"));
        }
    }
    Ok(())
}

fn ruby(lock: &Lock<'_>, gemfile: &Gemfile) -> Result<(), Differs> {
    let stale = || Err(Differs::Stale("`ruby`".to_owned()));
    match (lock.ruby, &gemfile.ruby) {
        (None, None) => Ok(()),
        (Some(locked), Some(wanted)) => {
            // `ruby 3.2.2p53`: the level of its patches is no part of the version.
            let number = locked.split_once(' ').and_then(|(engine, version)| {
                let version = version.split('p').next()?;
                GemVersion::parse(version).filter(|_| engine == "ruby")
            });
            let Some(number) = number else {
                return Err(Differs::NotFollowed(format!("`{locked}`")));
            };
            let fits = wanted.iter().all(|it| satisfies(&number, it) == Some(true));
            if fits { Ok(()) } else { stale() }
        }
        _ => stale(),
    }
}

impl Lock<'_> {
    /// There is one version of a gem, for any platform, and it is what is asked for.
    fn answer(&self, name: &str, requirements: &[String]) -> Result<(), Differs> {
        let of_name: Vec<&Spec<'_>> = self.specs.iter().filter(|it| it.name == name).collect();
        let stale = || Err(Differs::Stale(format!("`{name}`")));
        let Some(first) = of_name.first() else {
            return stale();
        };
        let is_one = of_name.iter().all(|it| it.version == first.version)
            && of_name.iter().any(|it| it.platform.is_none());
        if !is_one {
            return Err(Differs::NotFollowed(format!("the versions of `{name}`")));
        }
        let version = GemVersion::parse(first.version);
        let fits = version.is_some_and(|version| {
            let mut wanted = requirements.iter();
            wanted.all(|it| satisfies(&version, it) == Some(true))
        });
        if fits { Ok(()) } else { stale() }
    }
}

fn full_name(spec: &Spec<'_>) -> String {
    let platform = spec.platform.map_or(String::new(), |it| format!("-{it}"));
    format!("{} ({}{platform})", spec.name, spec.version)
}

fn read(text: &str) -> Result<Lock<'_>, Differs> {
    let mut lock = Lock::default();
    let mut section = "";
    for line in text.lines() {
        let line = line.trim_end();
        let body = line.trim_start();
        let depth = line.len() - body.len();
        let refused = || Differs::NotFollowed(format!("`{body}`"));
        if body.is_empty() {
            continue;
        }
        if depth == 0 {
            section = body;
            lock.has_checksums |= body == "CHECKSUMS";
            continue;
        }
        match (section, depth) {
            ("GEM", 2) => match body.strip_prefix("remote: ") {
                Some(remote) => lock.remotes.push(remote),
                None if body == "specs:" => {}
                None => return Err(refused()),
            },
            ("GEM", 4) => {
                let (name, version) = named(body).ok_or_else(refused)?;
                let version = version.ok_or_else(refused)?;
                let (version, platform) = match version.split_once('-') {
                    Some((version, platform)) => (version, Some(platform)),
                    None => (version, None),
                };
                lock.specs.push(Spec {
                    name,
                    version,
                    platform,
                    needs: Vec::new(),
                });
            }
            ("GEM", 6) => {
                let (name, wanted) = named(body).ok_or_else(refused)?;
                let spec = lock.specs.last_mut().ok_or_else(refused)?;
                spec.needs.push((name, requirements(wanted)));
            }
            ("PLATFORMS", 2) => {
                lock.platforms.insert(body);
            }
            ("DEPENDENCIES", 2) => {
                // `name!` has a source of its own.
                let (name, wanted) = named(body)
                    .filter(|(name, _)| !name.ends_with('!'))
                    .ok_or_else(refused)?;
                lock.dependencies.insert(name, requirements(wanted));
            }
            ("RUBY VERSION", _) => lock.ruby = Some(body),
            ("CHECKSUMS", 2) => {
                if let Some((name, _)) = body.split_once(" sha256=") {
                    lock.checksums.insert(name.to_owned());
                }
            }
            ("BUNDLED WITH", _) => {}
            _ => {
                return Err(Differs::NotFollowed(format!(
                    "`{section}` in `Gemfile.lock`"
                )));
            }
        }
    }
    Ok(lock)
}

/// `name` or `name (what)`.
fn named(body: &str) -> Option<(&str, Option<&str>)> {
    match body.split_once(" (") {
        None => (!body.contains(' ')).then_some((body, None)),
        Some((name, rest)) => Some((name, Some(rest.strip_suffix(')')?))),
    }
}

fn requirements(text: Option<&str>) -> Vec<String> {
    let mut found: Vec<String> = text
        .into_iter()
        .flat_map(|it| it.split(','))
        .map(canonical)
        .collect();
    found.retain(|it| it != ">= 0");
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const GEMFILE: &str = "source \"https://rubygems.org\"\nruby \"~> 3.2\"\ngem \"nokogiri\"\ngem \"sinatra\", \"~> 3.0\"\n";
    const LOCK: &str = "GEM\n  remote: https://rubygems.org/\n  specs:\n    mini_portile2 (2.8.5)\n    nokogiri (1.15.4)\n      mini_portile2 (~> 2.8.2)\n    nokogiri (1.15.4-x86_64-linux)\n    rack (2.2.8)\n    sinatra (3.1.0)\n      rack (>= 2.2.4, ~> 2.2)\n\nPLATFORMS\n  ruby\n  x86_64-linux\n\nDEPENDENCIES\n  nokogiri\n  sinatra (~> 3.0)\n\nRUBY VERSION\n   ruby 3.2.2p53\n\nBUNDLED WITH\n   2.4.10\n";

    fn check(lock: &str) -> Result<(), Differs> {
        is_made_for(lock, &Gemfile::parse(GEMFILE).expect("it is plain"))
    }

    #[test]
    fn a_lock_of_the_gemfile_answers() {
        assert_eq!(check(LOCK), Ok(()));
        let with_sums = format!(
            "{LOCK}\nCHECKSUMS\n  mini_portile2 (2.8.5) sha256=0\n  nokogiri (1.15.4) sha256=0\n  nokogiri (1.15.4-x86_64-linux) sha256=0\n  rack (2.2.8) sha256=0\n  sinatra (3.1.0) sha256=0\n"
        );
        assert_eq!(check(&with_sums), Ok(()));
    }

    #[test]
    fn what_was_made_for_something_else_is_stale() {
        for (from, to) in [
            ("sinatra (~> 3.0)", "sinatra (~> 2.0)"),
            ("DEPENDENCIES\n", "DEPENDENCIES\n  puma\n"),
            ("    rack (2.2.8)\n", ""),
            ("rack (2.2.8)", "rack (3.0.0)"),
            ("ruby 3.2.2p53", "ruby 3.1.0p0"),
            ("RUBY VERSION\n   ruby 3.2.2p53\n\n", ""),
            ("https://rubygems.org/", "https://gems.example.com/"),
            ("PLATFORMS\n  ruby\n  x86_64-linux", "PLATFORMS\n  ruby"),
        ] {
            let changed = LOCK.replacen(from, to, 1);
            assert_ne!(changed, LOCK);
            assert!(matches!(check(&changed), Err(Differs::Stale(_))), "{to}");
        }
    }

    #[test]
    fn what_is_not_followed_is_said() {
        for (from, to) in [
            ("PLATFORMS\n  ruby\n", "PLATFORMS\n"),
            (
                "    nokogiri (1.15.4)\n      mini_portile2 (~> 2.8.2)\n",
                "",
            ),
            ("GEM\n", "GIT\n  remote: https://x/a.git\n\nGEM\n"),
            ("  nokogiri\n  sinatra", "  nokogiri!\n  sinatra"),
            (
                "BUNDLED WITH",
                "CHECKSUMS\n  rack (2.2.8) sha256=0\n\nBUNDLED WITH",
            ),
            ("  specs:", "  remote: https://other/\n  specs:"),
        ] {
            let changed = LOCK.replacen(from, to, 1);
            assert_ne!(changed, LOCK);
            assert!(
                matches!(check(&changed), Err(Differs::NotFollowed(_))),
                "{to}"
            );
        }
    }
}
