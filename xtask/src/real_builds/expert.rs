//! What an expert wrote by hand, built beside the original.

use std::path::Path;

use imgfix::verify::{Builder, Request, Silent, Subject, copy_folder, verify};

use super::Outcome;
use super::case::{self, Case, Expert};
use super::engine::Engine;

/// Builds what the expert wrote and compares its answers and rebuilds with the original's.
pub(super) fn by_hand(
    engine: &Engine,
    case: &Case,
    expert: &Expert,
    context: &Path,
    outcome: &mut Outcome,
) -> Result<(), String> {
    let own = tempfile::tempdir().map_err(|error| error.to_string())?;
    copy_folder(context, own.path()).map_err(|error| error.to_string())?;
    let smoke = case.expected.smoke.as_ref();
    let subject = Subject {
        label: case.name.clone(),
        path: own.path().join("Dockerfile"),
        before: case.text("Dockerfile")?.text,
        after: case.text("expert.Dockerfile")?.text,
        rewrites: Vec::new(),
        steps: Vec::new(),
        context_files: Vec::new(),
        smoke: smoke
            .and_then(case::SmokeTest::question)
            .into_iter()
            .collect(),
    };
    let mut request = Request {
        network: Some("host".to_owned()),
        cache_check: expert.source.clone(),
        ..Request::default()
    };
    own.path().clone_into(&mut request.build.context);
    request.build.network = Some("host".to_owned());
    request.build.uses_cache = true;
    let builder = engine.builder()?;
    let report = verify(&builder, &request, &subject, &mut Silent)
        .map_err(|error| format!("the expert's: {error}"))?;
    let Some(after) = &report.after else {
        return Err(format!("the expert's: {}", report.findings.join("; ")));
    };
    outcome.before = report.before.bytes;
    outcome.expert = Some(after.bytes);
    outcome.pending.clone_from(&expert.pending);
    outcome.smoke = !report.smoke.is_empty();
    for result in &report.smoke {
        if let Some(difference) = &result.difference {
            outcome.faults.push(format!("the expert's: {difference}"));
        }
        let expected = smoke.map_or("", case::SmokeTest::expected);
        if !result.said.contains(expected) {
            outcome.faults.push(format!(
                "`{expected}` is not in the answer: {}",
                result.said
            ));
        }
    }
    if let Some(rebuild) = report.rebuild {
        let hits = expert.rebuild_hits.as_deref().unwrap_or_default();
        let ran = &rebuild.after.ran;
        if !hits.is_empty()
            && ran
                .iter()
                .any(|step| step.contains(hits.trim_start_matches("RUN ")))
        {
            outcome
                .faults
                .push(format!("the expert's rebuild runs `{hits}` again: {ran:?}"));
        }
        outcome.rebuild = Some((rebuild.before, rebuild.after));
    }
    Ok(())
}

impl Engine {
    /// The builder of the library, which takes its environment from this process.
    fn builder(&self) -> Result<Builder, String> {
        Builder::with_environment("docker", self.variables())
            .map_err(|error| format!("docker: {error}"))
    }
}
