//! Whether two images say the same of their containers.

use std::collections::{BTreeMap, BTreeSet};

use super::announced::Announced;
use crate::verify::image::Config;

/// The parts that differ, in words. Values of variables and labels are left out: they may be secrets.
/// Of the variables those that a split keeps are compared, all where there is none.
pub(super) fn differences(before: &Config, after: &Config, announced: &Announced) -> Vec<String> {
    let compared = announced.variables();
    let mut found = Vec::new();
    let mut part = |name: &str, before: String, after: String| {
        if before != after {
            found.push(format!("{name} was {before} and is {after}"));
        }
    };
    let is_reset = announced.resets_entry_point && list(after.entrypoint.as_ref()).is_empty();
    // What is started in its place is what the rewrite says, word for word.
    let is_said = |is_entry_point: bool, values: Option<&Vec<String>>| {
        let start = announced.start.as_ref();
        start.is_some_and(|it| it.is_entry_point == is_entry_point && it.words == list(values))
    };
    if !is_reset && !is_said(true, after.entrypoint.as_ref()) {
        part(
            "ENTRYPOINT",
            words(before.entrypoint.as_ref()),
            words(after.entrypoint.as_ref()),
        );
    }
    if !is_said(false, after.cmd.as_ref()) {
        part("CMD", words(before.cmd.as_ref()), words(after.cmd.as_ref()));
    }
    part("USER", user(before), user(after));
    part("WORKDIR", folder(before), folder(after));
    part(
        "SHELL",
        words(before.shell.as_ref()),
        words(after.shell.as_ref()),
    );
    part(
        "STOPSIGNAL",
        text(before.stop_signal.as_ref()),
        text(after.stop_signal.as_ref()),
    );
    part(
        "EXPOSE",
        keys(before.exposed_ports.as_ref()),
        keys(after.exposed_ports.as_ref()),
    );
    part(
        "VOLUME",
        keys(before.volumes.as_ref()),
        keys(after.volumes.as_ref()),
    );
    if before.healthcheck != after.healthcheck {
        found.push("HEALTHCHECK differs".to_owned());
    }
    if list(before.on_build.as_ref()) != list(after.on_build.as_ref()) {
        found.push("ONBUILD differs".to_owned());
    }
    let none = BTreeMap::new();
    let (old, new) = (
        before.labels.as_ref().unwrap_or(&none),
        after.labels.as_ref().unwrap_or(&none),
    );
    // Labels of another base image are its own.
    let labels = named("LABEL", old, new);
    found.extend(labels.filter(|_| compared.is_none()));
    let variables = |config: &Config| {
        let mut all = variables(config);
        all.retain(|name, _| compared.is_none_or(|compared| compared.contains(name)));
        all
    };
    found.extend(named("ENV", &variables(before), &variables(after)));
    found
}

fn list(values: Option<&Vec<String>>) -> &[String] {
    values.map_or(&[], Vec::as_slice)
}

fn words(values: Option<&Vec<String>>) -> String {
    match list(values) {
        [] => "none".to_owned(),
        values => format!("{values:?}"),
    }
}

fn text(value: Option<&String>) -> String {
    match value.map_or("", String::as_str) {
        "" => "none".to_owned(),
        value => format!("`{value}`"),
    }
}

/// No user, `0`, `root` and their group are one.
fn user(config: &Config) -> String {
    match config.user.as_deref().unwrap_or_default() {
        "" | "0" | "root" | "0:0" | "root:root" => "root".to_owned(),
        user => format!("`{user}`"),
    }
}

fn folder(config: &Config) -> String {
    match config.working_dir.as_deref().unwrap_or_default() {
        "" => "`/`".to_owned(),
        folder => format!("`{folder}`"),
    }
}

fn keys<T>(map: Option<&BTreeMap<String, T>>) -> String {
    let keys: BTreeSet<&str> = map
        .into_iter()
        .flatten()
        .map(|(key, _)| key.as_str())
        .collect();
    if keys.is_empty() {
        return "none".to_owned();
    }
    keys.into_iter().collect::<Vec<_>>().join(" ")
}

fn variables(config: &Config) -> BTreeMap<String, String> {
    list(config.env.as_ref())
        .iter()
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// The names whose values differ.
fn named<'m>(
    what: &'m str,
    before: &'m BTreeMap<String, String>,
    after: &'m BTreeMap<String, String>,
) -> impl Iterator<Item = String> + 'm {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    names.into_iter().filter_map(move |name| {
        let how = match (before.get(name), after.get(name)) {
            (Some(old), Some(new)) if old == new => return None,
            (Some(_), Some(_)) => "has another value",
            (Some(_), None) => "is gone",
            _ => "is new",
        };
        Some(format!("{what} `{name}` {how}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::compare::announced::Started;

    fn config(json: &str) -> Config {
        serde_json::from_str(json).expect("a configuration")
    }

    #[test]
    fn spellings_of_the_same_are_no_difference() {
        let before = config(r#"{"User":"","WorkingDir":"","Env":["A=1","B=2"],"Cmd":null}"#);
        let after = config(r#"{"User":"0","WorkingDir":"/","Env":["B=2","A=1"],"Cmd":[]}"#);
        let found = differences(&before, &after, &Announced::default());
        assert_eq!(found, ["WORKDIR was `/` and is `/`"; 0]);
    }

    #[test]
    fn every_part_is_compared_and_no_value_shown() {
        let before = config(
            r#"{"User":"app","Env":["SECRET=hunter2","PATH=/bin"],"Cmd":["a"],"ExposedPorts":{"80/tcp":{}},
                "Labels":{"x":"1"},"Healthcheck":{"Test":["CMD","true"]},"OnBuild":["RUN x"]}"#,
        );
        let after = config(r#"{"Env":["SECRET=other"],"Cmd":["a","b"],"Volumes":{"/data":{}}}"#);
        let found = differences(&before, &after, &Announced::default()).join("\n");
        for part in [
            "CMD was [\"a\"] and is [\"a\", \"b\"]",
            "USER was `app` and is root",
            "EXPOSE was 80/tcp and is none",
            "VOLUME was none and is /data",
            "HEALTHCHECK differs",
            "ONBUILD differs",
            "LABEL `x` is gone",
            "ENV `PATH` is gone",
            "ENV `SECRET` has another value",
        ] {
            assert!(found.contains(part), "{part} in {found}");
        }
        assert!(!found.contains("hunter2") && !found.contains("other\n"));
    }

    #[test]
    fn an_entry_point_is_reset_where_that_was_said() {
        let config = |entrypoint: Option<Vec<String>>| Config {
            entrypoint,
            ..Config::default()
        };
        let before = config(Some(vec!["docker-entrypoint.sh".to_owned()]));
        let announced = Announced {
            resets_entry_point: true,
            ..Announced::default()
        };
        let said = |after: &Config, announced: &Announced| differences(&before, after, announced);
        assert_eq!(said(&config(None), &announced), [""; 0]);
        assert_eq!(said(&config(None), &Announced::default()).len(), 1);
        let other = config(Some(vec!["/nodejs/bin/node".to_owned()]));
        assert_eq!(said(&other, &announced).len(), 1);
    }

    #[test]
    fn another_start_is_the_one_that_was_said() {
        let config = |entrypoint: &[&str], cmd: &[&str]| {
            let words = |words: &[&str]| Some(words.iter().map(ToString::to_string).collect());
            Config {
                entrypoint: words(entrypoint),
                cmd: words(cmd),
                ..Config::default()
            }
        };
        let before = config(&["go", "run", "."], &["-help"]);
        let announced = |is_entry_point| Announced {
            start: Some(Started {
                is_entry_point,
                words: vec!["/usr/local/bin/morse".to_owned()],
            }),
            ..Announced::default()
        };
        let found = |after: &Config, is_entry_point| {
            differences(&before, after, &announced(is_entry_point)).len()
        };
        assert_eq!(
            found(&config(&["/usr/local/bin/morse"], &["-help"]), true),
            0
        );
        assert_eq!(found(&config(&["/usr/local/bin/morse"], &[]), true), 1);
        assert_eq!(
            found(&config(&["/usr/local/bin/other"], &["-help"]), true),
            1
        );
        assert_eq!(
            found(&config(&["/usr/local/bin/morse"], &["-help"]), false),
            1
        );
    }
}
