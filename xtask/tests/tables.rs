//! The checked-in tables are those that the knowledge folder gives, and say what it says.

use std::collections::BTreeMap;

use imgfix::model::debian::{self, Archive, Release};
use imgfix::model::images::{System, base_facts};
use serde::Deserialize;
use xtask::tables::{self, Error};

#[test]
fn the_embedded_tables_are_up_to_date() {
    match tables::check() {
        Ok(_) => {}
        Err(Error::Absent(_)) => eprintln!("skipped: knowledge folder absent"),
        Err(error) => panic!("{error}"),
    }
}

#[derive(Deserialize)]
struct Closures {
    recommended: BTreeMap<String, Vec<String>>,
    required: BTreeMap<String, Vec<String>>,
    sizes_kb: BTreeMap<String, [u64; 2]>,
}

#[test]
fn the_debian_table_expands_to_the_closures_it_came_from() {
    let Ok(folder) = tables::knowledge_folder() else {
        eprintln!("skipped: knowledge folder absent");
        return;
    };
    let all: BTreeMap<String, Closures> =
        tables::read(&folder, "apt-closures.json").expect("the closures are readable");
    for (codename, closures) in &all {
        let release = Release::from_codename(codename).expect("the table has every release");
        let archive = Archive::Debian(release);
        for (package, recommended) in &closures.recommended {
            let loss = debian::loss(archive, &[package]).expect("every package is known");
            if debian::is_base(archive, package) {
                continue;
            }
            assert_eq!(&loss.packages, recommended, "{codename} {package}");
            for name in recommended {
                let kib = closures.sizes_kb[name][0];
                assert_eq!(
                    debian::installed_kib(release, name),
                    kib,
                    "{codename} {name}"
                );
            }
        }
        for (package, required) in &closures.required {
            for dependency in required.iter().filter(|name| *name != package) {
                assert!(
                    debian::requires(archive, package, dependency),
                    "{codename} {package} {dependency}"
                );
            }
        }
    }
}

#[test]
fn the_image_table_gives_the_systems_it_came_from() {
    let Ok(folder) = tables::knowledge_folder() else {
        eprintln!("skipped: knowledge folder absent");
        return;
    };
    let listed = tables::images::listed(&folder).expect("the listings are readable");
    assert!(listed.len() > 10_000);
    for (image, tag, word) in listed {
        let facts = base_facts(&image, Some(&tag)).map(|facts| (facts.family, facts.release));
        let system = System::named(&word).map(|system| (system.family, system.release));
        assert_eq!(facts, system, "{image}:{tag}");
    }
}
