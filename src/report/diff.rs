//! The unified diff, as `git apply` and `patch -p1` take it.
//!
//! Lines end at `\n` and nowhere else: a lone `\r` is a character of its line, as it is for git. The
//! printer is our own because those of the diff crates split at a lone `\r` too, and git refuses such
//! patches.

use std::fmt::Write;

use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};

use super::{Palette, Role};

/// Lines of context around a change.
const CONTEXT: usize = 3;

/// Prints the difference between two texts of the file at `path`, which is relative to the repository
/// and written with `/`. Empty where they are equal.
///
/// ```
/// use imgfix::report::{Palette, diff};
///
/// let diff = diff::unified(b"Dockerfile", "FROM a\n", "FROM b\n", Palette::Plain);
/// assert!(diff.ends_with("-FROM a\n+FROM b\n"));
/// ```
pub fn unified(path: &[u8], old: &str, new: &str, palette: Palette) -> String {
    if old == new {
        return String::new();
    }
    let old: Vec<&str> = old.split_inclusive('\n').collect();
    let new: Vec<&str> = new.split_inclusive('\n').collect();
    let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
    let mut out = String::new();
    header(&mut out, path, false, palette);
    for group in group_diff_ops(ops, CONTEXT) {
        hunk(&mut out, &group, &old, &new, palette);
    }
    out
}

/// Prints a new file at `path`.
pub fn created(path: &[u8], text: &str, palette: Palette) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut out = String::new();
    header(&mut out, path, true, palette);
    if !lines.is_empty() {
        let ops = [DiffOp::Insert {
            old_index: 0,
            new_index: 0,
            new_len: lines.len(),
        }];
        hunk(&mut out, &ops, &[], &lines, palette);
    }
    out
}

fn header(out: &mut String, path: &[u8], is_new: bool, palette: Palette) {
    let (a, b) = (quoted(b"a/", path), quoted(b"b/", path));
    // Without the tab, git and patch would take what follows a space for a time stamp.
    let tab = if path.contains(&b' ') && !a.starts_with('"') {
        "\t"
    } else {
        ""
    };
    let mut lines = vec![format!("diff --git {a} {b}")];
    if is_new {
        lines.push("new file mode 100644".to_owned());
        lines.push("--- /dev/null".to_owned());
    } else {
        lines.push(format!("--- {a}{tab}"));
    }
    lines.push(format!("+++ {b}{tab}"));
    for line in lines {
        out.push_str(&palette.paint(Role::Heading, &line));
        out.push('\n');
    }
}

/// A path as git writes it: in quotes, with octal escapes, where a byte is unusual.
/// <https://git-scm.com/docs/git-config#Documentation/git-config.txt-corequotePath>
fn quoted(prefix: &[u8], path: &[u8]) -> String {
    let bytes = || prefix.iter().chain(path);
    let usual = |byte: u8| (b' '..0x7f).contains(&byte) && byte != b'"' && byte != b'\\';
    // Spaces around a part of the path survive in quotes only.
    let padded = path
        .split(|&byte| byte == b'/')
        .any(|part| part.trim_ascii() != part);
    if !padded && bytes().all(|&byte| usual(byte)) {
        return bytes().map(|&byte| char::from(byte)).collect();
    }
    let mut out = String::from("\"");
    for &byte in bytes() {
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\t' => out.push_str("\\t"),
            b'\r' => out.push_str("\\r"),
            _ if usual(byte) => out.push(char::from(byte)),
            _ => {
                let _ = write!(out, "\\{byte:03o}");
            }
        }
    }
    out.push('"');
    out
}

fn hunk(out: &mut String, ops: &[DiffOp], old: &[&str], new: &[&str], palette: Palette) {
    let (Some(first), Some(last)) = (ops.first(), ops.last()) else {
        return;
    };
    let old_range = first.old_range().start..last.old_range().end;
    let new_range = first.new_range().start..last.new_range().end;
    let title = format!("@@ -{} +{} @@", span(&old_range), span(&new_range));
    out.push_str(&palette.paint(Role::HunkHeader, &title));
    out.push('\n');
    for op in ops {
        if let DiffOp::Equal { .. } = op {
            for text in &old[op.old_range()] {
                line(out, ' ', text, None, palette);
            }
            continue;
        }
        for text in &old[op.old_range()] {
            line(out, '-', text, Some(Role::Removed), palette);
        }
        for text in &new[op.new_range()] {
            line(out, '+', text, Some(Role::Added), palette);
        }
    }
}

/// `start,length`; the length is left out where it is 1, and an empty range starts a line earlier.
fn span(range: &std::ops::Range<usize>) -> String {
    match range.len() {
        0 => format!("{},0", range.start),
        1 => format!("{}", range.start + 1),
        length => format!("{},{length}", range.start + 1),
    }
}

fn line(out: &mut String, sign: char, text: &str, role: Option<Role>, palette: Palette) {
    let (body, ended) = match text.strip_suffix('\n') {
        Some(body) => (body, true),
        None => (text, false),
    };
    if let Some(role) = role {
        out.push_str(palette.start(role));
    }
    out.push(sign);
    out.push_str(body);
    if role.is_some() {
        out.push_str(palette.end());
    }
    out.push('\n');
    if !ended {
        out.push_str("\\ No newline at end of file\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(old: &str, new: &str) -> String {
        unified(b"x/Dockerfile", old, new, Palette::Plain)
    }

    #[test]
    fn equal_texts_have_no_diff() {
        assert_eq!(plain("FROM a\n", "FROM a\n"), "");
    }

    #[test]
    fn a_change_is_shown_with_three_lines_of_context() {
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        let new = "1\n2\n3\n4\nfive\n6\n7\n8\n9\n";
        assert_eq!(
            plain(old, new),
            "diff --git a/x/Dockerfile b/x/Dockerfile\n--- a/x/Dockerfile\n+++ b/x/Dockerfile\n\
             @@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"
        );
    }

    #[test]
    fn distant_changes_get_hunks_of_their_own() {
        let old = (0..40).fold(String::new(), |text, line| format!("{text}{line}\n"));
        let new = old.replace("3\n", "three\n");
        assert!(plain(&old, &new).matches("@@ -").count() >= 3);
    }

    #[test]
    fn a_missing_final_newline_is_said() {
        let diff = plain("a\nb", "a\nc\n");
        assert!(
            diff.ends_with("-b\n\\ No newline at end of file\n+c\n"),
            "{diff}"
        );
    }

    #[test]
    fn a_lone_carriage_return_does_not_end_a_line() {
        let diff = plain("a\rb\r\nc\r\n", "a\rb\r\nd\r\n");
        assert!(diff.ends_with(" a\rb\r\n-c\r\n+d\r\n"), "{diff:?}");
    }

    #[test]
    fn empty_sides_count_from_zero() {
        assert!(plain("", "a\n").contains("@@ -0,0 +1 @@"));
        assert!(plain("a\nb\n", "").contains("@@ -1,2 +0,0 @@"));
    }

    #[test]
    fn unusual_paths_are_quoted_as_git_does() {
        assert_eq!(quoted(b"a/", b"x y"), "a/x y");
        assert_eq!(quoted(b"a/", b"x\"y\\z\t"), r#""a/x\"y\\z\t""#);
        assert_eq!(quoted(b"a/", "é".as_bytes()), r#""a/\303\251""#);
    }

    #[test]
    fn colour_changes_nothing_but_the_colour() {
        let coloured = unified(b"D", "a\r\nb\n", "a\r\nc", Palette::Ansi);
        assert!(coloured.contains("\x1b[31m-b\x1b[0m\n"));
        let mut stripped = coloured;
        for code in ["\x1b[0m", "\x1b[1m", "\x1b[31m", "\x1b[32m", "\x1b[36m"] {
            stripped = stripped.replace(code, "");
        }
        assert_eq!(
            stripped,
            unified(b"D", "a\r\nb\n", "a\r\nc", Palette::Plain)
        );
    }
}
