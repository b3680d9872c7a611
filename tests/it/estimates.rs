//! What a rewrite is estimated to save: known, nothing, or unknown.

use imgfix::context::Surroundings;
use imgfix::settings::Settings;

/// The estimates of the rewrites of one transform, in their order.
fn estimates(transform: &str, text: &str) -> Vec<Option<u64>> {
    let outcome = imgfix::rewrite(text, &Surroundings::default(), &Settings::default());
    let applied = outcome.expect("the transforms come to rest").applied;
    let of_it = applied.iter().filter(|it| it.transform.0 == transform);
    of_it
        .map(imgfix::engine::Applied::estimated_bytes)
        .collect()
}

fn flags(image: &str, packages: &str) -> Option<u64> {
    let text = format!(
        "FROM {image}\nRUN apt-get update && apt-get install -y {packages} && rm -rf /var/lib/apt/lists/*\n\
         CMD [\"/usr/bin/env\"]\n"
    );
    let found = estimates("tighten-package-flags", &text);
    assert_eq!(found.len(), 1, "{image} {packages}");
    found[0]
}

#[test]
fn what_a_full_image_has_already_is_not_saved() {
    let slim = flags("python:3.11-slim-bookworm", "gettext").expect("known");
    let full = flags("python:3.11-bookworm", "gettext").expect("known");
    // Measured: 0.0 MB; what is left is of packages that only gettext recommends.
    assert!(full < 2_000_000 && slim > 2 * full, "{slim} {full}");
}

#[test]
fn a_slim_image_loses_no_documentation() {
    let full = flags("debian:bookworm", "openssh-server").expect("known");
    let slim = flags("debian:bookworm-slim", "openssh-server").expect("known");
    assert!(slim < full * 9 / 10, "{slim} {full}");
}

#[test]
fn where_the_tables_do_not_know_what_is_kept_the_estimate_is_unknown() {
    let text = "FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y imagemagick\n\
                COPY page.pdf /\nRUN convert page.pdf page.png\n";
    assert_eq!(estimates("tighten-package-flags", text), [None]);
}

#[test]
fn what_frees_nothing_says_so() {
    let text = "FROM debian:bookworm-slim\nRUN apt-get update\nRUN apt-get install -y make\n";
    assert_eq!(estimates("merge-runs", text), [Some(0)]);
    let removed = "FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y make\n\
                   RUN apt-get purge -y make\n";
    assert_eq!(estimates("merge-runs", removed), [None]);
}
