//! Each reason to decline has a case that declines for it, and a near miss that is changed.

use std::collections::BTreeSet;

use crate::case::{Case, applied, declined, names, names_in};

pub(crate) fn check() -> Result<(), String> {
    let mut missing: BTreeSet<String> = BTreeSet::new();
    let reasons: Vec<String> = reasons().collect();
    for reason in &reasons {
        missing.insert(format!("{reason}: no case declines for it"));
        missing.insert(format!("{reason}: no near miss"));
    }
    for name in names_in("cases") {
        let case = Case::read("cases", &name)?;
        let outcome = case.rewrite(&case.text)?;
        let declined = declined(&outcome);
        let applied = applied(&outcome);
        for reason in &reasons {
            let by_name = |wanted: &String| names(wanted, reason);
            if case.claims.declines.iter().any(by_name) && is_among(&declined, reason) {
                missing.remove(&format!("{reason}: no case declines for it"));
            }
            let transform = reason.split('/').next().unwrap_or_default();
            let changes = match transform {
                "file" => !applied.is_empty(),
                id => applied.contains(&id),
            };
            if case.claims.near_misses.iter().any(by_name) && changes {
                missing.remove(&format!("{reason}: no near miss"));
            }
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    let lines: Vec<String> = missing.into_iter().collect();
    Err(lines.join("\n"))
}

/// All reasons, as `transform/id`; those of the engine as `file/id`.
fn reasons() -> impl Iterator<Item = String> {
    let own = imgfix::transforms().flat_map(|meta| {
        let reasons = meta.reasons.iter();
        reasons.map(|reason| format!("{}/{}", meta.id, reason.id))
    });
    let engine = imgfix::engine::reasons::ALL.iter();
    own.chain(engine.map(|reason| format!("file/{}", reason.id)))
}

/// A pragma is a reason of the engine that names the transform it keeps off.
fn is_among(declined: &BTreeSet<String>, reason: &str) -> bool {
    let id = reason.rsplit('/').next();
    let is_file = reason.starts_with("file/");
    declined
        .iter()
        .any(|it| it == reason || (is_file && it.rsplit('/').next() == id))
}
