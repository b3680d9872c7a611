//! Unified diffs that `git apply` and `patch -p1` take, whatever the line ends are.
//!
//! Lines are split at `\n` only: a carriage return belongs to its line, as it does for both programs.

use std::fmt::Write as _;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::style::{Role, Style};

/// Unchanged lines around a change.
const CONTEXT: usize = 3;

/// The diff of a file; `path` is relative to the repository's root, with `/` between its parts.
///
/// Empty where the texts are equal.
pub fn unified(path: &str, before: &str, after: &str, style: Style) -> String {
    let (old, new) = (lines(before), lines(after));
    let operations = capture_diff_slices(Algorithm::Myers, &old, &new);
    let groups = similar::group_diff_ops(operations, CONTEXT);
    let mut text = String::new();
    if groups.is_empty() {
        return text;
    }
    let _ = writeln!(
        text,
        "{}",
        style.paint(Role::Place, format!("--- {}", quoted("a/", path)))
    );
    let _ = writeln!(
        text,
        "{}",
        style.paint(Role::Place, format!("+++ {}", quoted("b/", path)))
    );
    for group in groups {
        hunk(&mut text, &group, &old, &new, style);
    }
    text
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn hunk(text: &mut String, group: &[DiffOp], old: &[&str], new: &[&str], style: Style) {
    let (Some(first), Some(last)) = (group.first(), group.last()) else {
        return;
    };
    let range = |start: usize, end: usize| {
        let length = end - start;
        // An empty side is numbered by the line before it.
        let from = if length == 0 { start } else { start + 1 };
        if length == 1 {
            from.to_string()
        } else {
            format!("{from},{length}")
        }
    };
    let head = format!(
        "@@ -{} +{} @@",
        range(first.old_range().start, last.old_range().end),
        range(first.new_range().start, last.new_range().end)
    );
    let _ = writeln!(text, "{}", style.paint(Role::Hunk, head));
    for operation in group {
        let (removed, added) = (&old[operation.old_range()], &new[operation.new_range()]);
        if matches!(operation, DiffOp::Equal { .. }) {
            removed
                .iter()
                .for_each(|line| push(text, ' ', line, None, style));
        } else {
            removed
                .iter()
                .for_each(|line| push(text, '-', line, Some(Role::Removed), style));
            added
                .iter()
                .for_each(|line| push(text, '+', line, Some(Role::Added), style));
        }
    }
}

fn push(text: &mut String, sign: char, line: &str, role: Option<Role>, style: Style) {
    let body = line.strip_suffix('\n');
    let shown = format!("{sign}{}", body.unwrap_or(line));
    match role {
        Some(role) => text.push_str(&style.paint(role, shown)),
        None => text.push_str(&shown),
    }
    text.push('\n');
    if body.is_none() {
        text.push_str("\\ No newline at end of file\n");
    }
}

/// A path as git writes it: in quotes, with escapes, where it holds a quote, a backslash or a control
/// character; a tab behind it where it holds a blank, so that `patch` sees its end.
fn quoted(prefix: &str, path: &str) -> String {
    if !path.contains(|char: char| char.is_control() || matches!(char, '"' | '\\')) {
        let end = if path.contains(' ') { "\t" } else { "" };
        return format!("{prefix}{path}{end}");
    }
    let mut text = format!("\"{prefix}");
    for byte in path.bytes() {
        match byte {
            b'"' => text.push_str("\\\""),
            b'\\' => text.push_str("\\\\"),
            b'\n' => text.push_str("\\n"),
            b'\t' => text.push_str("\\t"),
            b'\r' => text.push_str("\\r"),
            0x20..=0x7e => text.push(char::from(byte)),
            other => {
                let _ = write!(text, "\\{other:03o}");
            }
        }
    }
    text.push('"');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_last_newline_is_said() {
        let diff = unified("Dockerfile", "a\nb", "a\nc\n", Style::Plain);
        assert_eq!(
            diff,
            "--- a/Dockerfile\n+++ b/Dockerfile\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n"
        );
    }

    #[test]
    fn equal_texts_have_no_diff() {
        assert_eq!(unified("Dockerfile", "a\r\n", "a\r\n", Style::Plain), "");
    }

    #[test]
    fn unusual_paths_are_quoted() {
        assert_eq!(quoted("a/", "x y"), "a/x y\t");
        assert_eq!(quoted("a/", "x\"\u{e9}"), "\"a/x\\\"\\303\\251\"");
    }
}
