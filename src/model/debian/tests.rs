use super::{
    Archive, Ground, Release, UnknownPackages, brought, commands, is_base, is_known, loss,
    may_matter, provided, requires,
};
use crate::model::images::{ImageReference, base_facts};

const BOOKWORM: Archive = Archive::Debian(Release::Bookworm);
const TRIXIE: Archive = Archive::Debian(Release::Trixie);

fn lost(archive: Archive, installed: &[&str]) -> Vec<&'static str> {
    loss(archive, installed)
        .expect("every package is known")
        .packages
}

#[test]
fn curl_loses_the_certificates() {
    for release in Release::ALL {
        assert!(lost(Archive::Debian(release), &["curl"]).contains(&"ca-certificates"));
    }
    assert!(lost(Archive::Union, &["curl"]).contains(&"ca-certificates"));
}

#[test]
fn a_listed_package_is_not_lost() {
    let lost = lost(BOOKWORM, &["curl", "ca-certificates"]);
    assert!(!lost.contains(&"ca-certificates"));
    assert!(!lost.contains(&"openssl"));
    assert!(lost.contains(&"publicsuffix"));
}

#[test]
fn git_loses_ssh_and_the_certificates() {
    let lost = lost(BOOKWORM, &["git"]);
    for package in ["ca-certificates", "less", "openssh-client", "patch"] {
        assert!(lost.contains(&package), "{package}");
    }
    assert!(!lost.contains(&"git-man"));
}

#[test]
fn a_compiler_loses_only_what_it_recommends() {
    assert!(lost(BOOKWORM, &["gcc"]).contains(&"libc6-dev"));
    let with_headers = lost(BOOKWORM, &["g++"]);
    assert!(!with_headers.contains(&"libc6-dev"));
    assert!(with_headers.contains(&"libc-devtools"));
}

#[test]
fn what_one_package_requires_another_does_not_lose() {
    assert!(!lost(BOOKWORM, &["gcc", "g++"]).contains(&"libc6-dev"));
}

#[test]
fn pip_loses_the_whole_toolchain() {
    let loss = loss(BOOKWORM, &["python3-pip"]).expect("python3-pip is known");
    assert!(loss.packages.contains(&"build-essential"));
    // Measured: 430 MB.
    let bytes = ground("debian:bookworm").bytes(&loss.packages);
    assert!((400_000_000..450_000_000).contains(&bytes), "{bytes}");
}

fn ground(reference: &str) -> Ground {
    let image = ImageReference::parse(reference, &[]).expect("a reference");
    let facts = base_facts(&image.name, image.tag.as_deref());
    Ground::of(BOOKWORM, Some(&image), facts.as_ref())
}

#[test]
fn a_full_image_has_what_buildpack_deps_has() {
    for (full, slim) in [
        ("python:3.11-bookworm", "python:3.11-slim-bookworm"),
        ("node:20", "node:20-slim"),
        ("buildpack-deps:bookworm", "buildpack-deps:bookworm-curl"),
        ("golang:1.22", "debian:bookworm"),
    ] {
        assert!(
            ground(full).has("git") && !ground(slim).has("git"),
            "{full}"
        );
        assert_eq!(ground(full).bytes(&["openssh-client"]), 0, "{full}");
    }
    assert!(ground("ruby:3.1").has("libyaml-dev") && !ground("golang:1.22").has("libyaml-dev"));
    assert!(!ground("acme/python:3.11").has("git"));
}

#[test]
fn a_slim_image_gets_no_documentation() {
    let weigh = |image: &str| ground(image).bytes(&["libglib2.0-data", "less"]);
    assert!(weigh("debian:bookworm-slim") < weigh("debian:bookworm") / 2);
    assert_eq!(weigh("php:8.2-cli"), weigh("debian:bookworm-slim"));
}

#[test]
fn make_loses_nothing() {
    for archive in [BOOKWORM, TRIXIE, Archive::Union] {
        assert_eq!(loss(archive, &["make"]), Ok(super::Loss::default()));
    }
}

#[test]
fn a_package_of_the_base_image_loses_nothing() {
    assert!(is_base(BOOKWORM, "coreutils"));
    assert_eq!(lost(BOOKWORM, &["coreutils"]), Vec::<&str>::new());
    assert!(is_base(BOOKWORM, "adduser"));
    assert!(!is_base(TRIXIE, "adduser"));
    assert!(!is_base(Archive::Union, "adduser"));
}

#[test]
fn unknown_names_are_listed_in_order() {
    let unknown = loss(BOOKWORM, &["zzz", "curl", "docker-ce"]);
    assert_eq!(
        unknown,
        Err(UnknownPackages(vec![
            "zzz".to_owned(),
            "docker-ce".to_owned()
        ]))
    );
    assert!(!is_known(Archive::Union, "docker-ce"));
    assert_eq!(
        unknown.map_err(|error| error.to_string()).err().as_deref(),
        Some("no apt data for zzz, docker-ce")
    );
}

#[test]
fn the_union_loses_what_any_release_loses() {
    let union = lost(Archive::Union, &["build-essential", "git"]);
    for release in Release::ALL {
        for package in lost(Archive::Debian(release), &["build-essential", "git"]) {
            assert!(union.contains(&package), "{package}");
        }
    }
    assert!(union.is_sorted());
}

#[test]
fn commands_are_those_of_the_release() {
    let git: Vec<&str> = commands(TRIXIE, "openssh-client").collect();
    assert!(git.contains(&"ssh") && git.contains(&"scp") && !git.contains(&"slogin"));
    assert!(commands(BOOKWORM, "openssh-client").any(|command| command == "slogin"));
    assert!(commands(BOOKWORM, "gcc").any(|command| command == "cc"));
    assert_eq!(commands(BOOKWORM, "no-such-package").count(), 0);
}

#[test]
fn what_may_matter_has_a_purpose() {
    let needs = may_matter(BOOKWORM, "git");
    assert!(
        needs
            .iter()
            .any(|(package, _)| *package == "openssh-client")
    );
    assert!(needs.iter().all(|(_, purpose)| !purpose.is_empty()));
    assert_eq!(may_matter(BOOKWORM, "make"), []);
}

#[test]
fn a_requirement_is_transitive_and_not_a_recommendation() {
    assert!(requires(BOOKWORM, "build-essential", "libc6-dev"));
    assert!(!requires(BOOKWORM, "gcc", "libc6-dev"));
    assert!(requires(Archive::Union, "git", "git-man"));
    assert!(!requires(BOOKWORM, "no-such-package", "libc6"));
    assert!(!requires(BOOKWORM, "git", "git"));
}

#[test]
fn what_is_recommended_comes_along_where_no_flag_keeps_it_out() {
    assert!(brought(BOOKWORM, "git", true).contains(&"openssh-client"));
    let lean = brought(BOOKWORM, "git", false);
    assert!(lean.contains(&"git-man") && !lean.contains(&"openssh-client"));
    assert!(brought(BOOKWORM, "no-such-package", true).is_empty());
}

#[test]
fn a_name_that_only_another_package_provides_is_that_package() {
    let (trixie, bookworm) = (TRIXIE, BOOKWORM);
    let found = |archive, name| provided(archive, name);
    assert_eq!(
        found(trixie, "libglib2.0-0").as_deref(),
        Some("libglib2.0-0t64")
    );
    assert_eq!(found(bookworm, "libglib2.0-0"), None);
    let headers = found(trixie, "libfreetype6-dev");
    assert_eq!(headers.as_deref(), Some("libfreetype-dev"));
    // One that is there by its own name, one that nobody has, and another archive.
    assert_eq!(found(trixie, "curl"), None);
    assert_eq!(found(trixie, "no-such-package"), None);
    assert_eq!(found(Archive::Union, "libglib2.0-0"), None);
}
