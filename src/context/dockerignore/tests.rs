//! The fine points; the decisions of the corpus are in `tests/it`.

use super::*;

/// Checks what stays behind and what is sent.
fn check(text: &str, ignored: &[&str], sent: &[&str]) {
    let ignore = Ignore::parse(text).expect("Docker reads it");
    for path in ignored {
        assert!(ignore.ignores(path), "{text:?} ignores {path:?}");
    }
    for path in sent {
        assert!(!ignore.ignores(path), "{text:?} sends {path:?}");
    }
}

fn check_fault(text: &str, line: usize) {
    let fault = Ignore::parse(text).expect_err(text);
    assert_eq!(fault.line, line, "{text:?}: {fault}");
}

#[test]
fn comments_blank_lines_marks_and_line_ends_say_nothing() {
    check("", &[], &["a", "."]);
    check("\u{feff}#a\r\n\r\n \t\nb\r\n", &["b"], &["#a", "a", "c"]);
    // Only a comment at the very start of a line is one.
    check(" #a\n\\#b", &["#a", "#b"], &["a", "b"]);
}

#[test]
fn paths_are_cleaned_and_begin_at_the_context() {
    check(
        "/a/\n./b//c/\nd/../e\n  f  ",
        &["a", "b/c", "e", "f", "a/x"],
        &["b", "d", "x/a"],
    );
    check("/", &[], &["a"]);
    check(".", &[], &["a", "a/b"]);
    check("../a\n/../b", &["b"], &["a"]);
    check("! /a/\na\n!/a", &[], &["a", "a/b"]);
}

#[test]
fn the_last_rule_that_is_met_decides() {
    check("*\n!a\na/b", &["x", "a/b", "a/b/c"], &["a", "a/c"]);
    // `a/b` was ignored already, so its rule was not asked there, and counts for nothing below.
    check(
        "a\n!a/b/c\na/b",
        &["a", "a/b", "a/b/d"],
        &["a/b/c", "a/b/c/d"],
    );
    check("*.md\n!README.md", &["x.md"], &["README.md", "a/x.md"]);
    check("!a\na", &["a"], &["b"]);
    check("a\n!a\na", &["a"], &[]);
}

#[test]
fn a_folder_takes_what_is_below_with_it_but_for_exceptions() {
    check("a\n!a/b", &["a", "a/c", "a/c/d"], &["a/b", "a/b/c"]);
    check(
        "**\n!src/**/*.rs",
        &["src", "src/a/b.c", "x"],
        &["src/b.rs", "src/a/b.rs"],
    );
    // The exception comes before the folder's own rule was met by anything.
    check("a/b\n!a", &["a/b", "a/b/c"], &["a", "a/c"]);
}

#[test]
fn stars_stay_in_a_folder_and_doubled_stars_do_not() {
    check("*.log", &["x.log", ".log"], &["a/x.log", "x.log2"]);
    check("*/*.log", &["a/x.log"], &["x.log", "a/b/x.log"]);
    check("a?c", &["abc", "aéc"], &["a/c", "ac", "abbc"]);
    check("**/a", &["a", "x/a", "x/y/a", "x/a/z"], &["ab", "xa"]);
    check("a/**", &["a/b", "a/b/c"], &["a", "ab"]);
    check("a/**/b", &["a/b", "a/x/b", "a/x/y/b"], &["a/xb", "b"]);
    check("**/a/*.b", &["a/x.b", "y/a/x.b"], &["a/y/x.b"]);
    check("**", &["a", ".b", "a/b"], &[]);
    check("**/", &["a", "a/b"], &[]);
}

#[test]
fn doubled_stars_without_a_slash_are_what_docker_makes_of_them() {
    check("**a", &["a", "ba", "x/ba"], &["ab"]);
    check("a**", &["a", "ab", "ab/c"], &["ba"]);
    check("a**b", &["ab", "ax/b"], &["axb"]);
    check("***", &["a", "a/b"], &[]);
    check("**.log", &["a.log", "x/a.log"], &["a.logs"]);
    check("**/*.pyc", &["a.pyc", "x/y/a.pyc", ".pyc"], &["apyc"]);
}

#[test]
fn classes_and_escapes_are_those_of_go() {
    check("[a-cx].txt", &["a.txt", "x.txt"], &["d.txt", "aa.txt"]);
    check("[^a]b", &["bb", "/b"], &["ab"]);
    check("[!a]b", &["!b", "ab"], &["bb"]);
    check(r"a\*\[b", &["a*[b"], &["axx[b"]);
    check(r"[\]\-]", &["]", "-"], &[r"\"]);
    check("[a.b]", &["."], &["c", r"\"]);
    check("[[:digit:]_]x", &["1x", "_x"], &["ax", ":x"]);
    // A star in a class ends it, and repeats it.
    check("[a*]", &["aa]", "[^/]"], &["a", "*"]);
    check("[?]", &["[]", "^]"], &["?"]);
    check("x^*", &[], &["x^a", "xa"]);
    check("x^", &["x^"], &[]);
    check("(a|b)+{c}$", &["(a|b)+{c}$"], &["a"]);
    check("(*", &["(x"], &["x"]);
}

#[test]
fn backslashes_of_windows_mean_something_else() {
    check(r"bin\Debug", &["binxebug"], &["bin/Debug", r"bin\Debug"]);
    check(r"a\bin", &[], &["a/bin", "abin", "ain"]);
    check(r"a\.b", &["a.b"], &["axb"]);
}

#[test]
fn what_docker_refuses_is_a_fault_with_its_line() {
    check_fault("a\n\n[", 3);
    for text in [
        "[]", "[a", "[]a]", "[a-]", "[-a]", "[^]", "a\\", "[b-a]", r"\pa", r"a\q", "!", "! \n",
    ] {
        check_fault(text, 1);
    }
    check_fault(&"a".repeat(MAX_LINE), 1);
    check_fault(&"a\n".repeat(MAX_RULES + 1), MAX_RULES + 1);
}
