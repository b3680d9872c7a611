//! What holds for every case, whatever it is about.

use imgfix::Outcome;
use imgfix_syntax::{ItemKind, parse};

use crate::case::{Case, declined};

pub(crate) fn check(case: &Case, outcome: &Outcome) -> Result<(), String> {
    if let Some(rejected) = outcome.rejected.first() {
        return Err(format!("a rewrite broke an invariant: {rejected:?}"));
    }
    changes_lead_to_the_text(&case.text, outcome)?;
    fixes_lead_to_the_text(case, outcome)?;
    comments_survive(&case.text, &outcome.text)?;
    reads_cleanly(&case.text, &outcome.text)?;
    let again = case.rewrite(&outcome.text)?;
    if again.text != outcome.text {
        let titles: Vec<&str> = again.applied.iter().map(|it| it.title.as_str()).collect();
        return Err(format!("a second run changes: {titles:?}"));
    }
    twin(case, outcome, "CRLF", crlf(&case.text), crlf)?;
    if has_backtick_twin(case) {
        let twin_text = Some(backtick(&case.text));
        twin(case, outcome, "backtick", twin_text, |text| {
            Some(backtick(text))
        })?;
    }
    Ok(())
}

/// The changes, put into the original, give the text.
fn changes_lead_to_the_text(before: &str, outcome: &Outcome) -> Result<(), String> {
    let (mut text, mut at) = (String::new(), 0);
    for change in &outcome.changes {
        text.push_str(&before[at..change.original.start()]);
        text.push_str(&change.text);
        at = change.original.end();
    }
    text.push_str(&before[at..]);
    if text != outcome.text {
        return Err(format!("the changes lead elsewhere: {:?}", outcome.changes));
    }
    Ok(())
}

/// All fixes, put into the original as one piece each, give the text; and each stands by itself.
fn fixes_lead_to_the_text(case: &Case, outcome: &Outcome) -> Result<(), String> {
    let fixes = case.fixes(outcome);
    let (mut text, mut at) = (String::new(), 0);
    for fix in &fixes {
        if let Some(whole) = fix.whole(&case.text) {
            text.push_str(&case.text[at..whole.original.start()]);
            text.push_str(&whole.text);
            at = whole.original.end();
            let alone = [
                &case.text[..whole.original.start()],
                &whole.text,
                &case.text[at..],
            ];
            if fixes.len() > 1 {
                reads_cleanly(&case.text, &alone.concat())?;
            }
        }
    }
    text.push_str(&case.text[at..]);
    if text != outcome.text {
        return Err(format!("the fixes lead elsewhere: {fixes:?}"));
    }
    Ok(())
}

/// The twin of the Dockerfile gives the twin of the result, and declines for the same reasons.
fn twin(
    case: &Case,
    outcome: &Outcome,
    kind: &str,
    text: Option<String>,
    of: impl Fn(&str) -> Option<String>,
) -> Result<(), String> {
    let Some(text) = text else { return Ok(()) };
    let found = case.rewrite(&text)?;
    if let Some(rejected) = found.rejected.first() {
        return Err(format!(
            "{kind} twin: a rewrite broke an invariant: {rejected:?}"
        ));
    }
    if of(&outcome.text).as_ref() != Some(&found.text) {
        return Err(format!(
            "the {kind} twin gives something else:\n{:?}",
            found.text
        ));
    }
    if declined(outcome) != declined(&found) {
        return Err(format!(
            "the {kind} twin declines something else: {:?}",
            declined(&found)
        ));
    }
    Ok(())
}

/// All newlines as CRLF; `None` for a text that has carriage returns already.
fn crlf(text: &str) -> Option<String> {
    (!text.contains('\r')).then(|| text.replace('\n', "\r\n"))
}

/// Whether backticks can take the place of backslashes without a change of meaning.
fn has_backtick_twin(case: &Case) -> bool {
    let file = parse(&case.text);
    let is_plain = file
        .items
        .iter()
        .all(|item| !matches!(item.kind, ItemKind::Directive(_) | ItemKind::ByteOrderMark));
    let escapes_only_lines = case
        .text
        .lines()
        .all(|line| !line.trim_end().trim_end_matches('\\').contains('\\'));
    is_plain
        && escapes_only_lines
        && !case.text.contains(['`', '\r'])
        && !case.text.contains("<<")
        && file.items.iter().all(|item| match &item.kind {
            // In a comment of its own, or at the end of the file, a backslash joins nothing.
            ItemKind::Comment => !item.range.slice(&case.text).trim_end().ends_with('\\'),
            _ => true,
        })
}

/// The text with a backtick as its escape character.
fn backtick(text: &str) -> String {
    let mut twin = String::from("# escape=`\n");
    for line in text.split_inclusive('\n') {
        let body = line.trim_end();
        match body.strip_suffix('\\') {
            Some(before) => {
                twin.push_str(before);
                twin.push('`');
                twin.push_str(&line[body.len()..]);
            }
            None => twin.push_str(line),
        }
    }
    twin
}

/// Each comment line of the input is in the result as often as it was.
fn comments_survive(before: &str, after: &str) -> Result<(), String> {
    let count = |text: &str, comment: &str| text.lines().filter(|it| it.trim() == comment).count();
    let comments = before
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with('#'));
    for comment in comments {
        if count(after, comment) < count(before, comment) {
            return Err(format!("a comment was lost: {comment}"));
        }
    }
    Ok(())
}

/// The result reads with no diagnostic that was not there before.
fn reads_cleanly(before: &str, after: &str) -> Result<(), String> {
    let kinds = |text: &str| {
        let diagnostics = parse(text).diagnostics.into_iter();
        diagnostics
            .map(|it| format!("{:?}", it.kind))
            .collect::<Vec<_>>()
    };
    let mut known = kinds(before);
    for kind in kinds(after) {
        let Some(at) = known.iter().position(|it| *it == kind) else {
            return Err(format!("the result does not read cleanly: {kind}"));
        };
        known.swap_remove(at);
    }
    Ok(())
}
