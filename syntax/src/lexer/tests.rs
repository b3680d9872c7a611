//! Tests of Docker's lexer.

use super::*;

fn expanded(text: &str) -> Result<String, ExpandError> {
    let lookup = |name: &str| match name {
        "A" => Value::Known("a.b".into()),
        "EMPTY" => Value::Known(String::new()),
        "U" => Value::Unknown,
        _ => Value::Unset,
    };
    expand(text, '\\', Variables::Expand(&lookup))
}

fn names(text: &str) -> Vec<(String, String)> {
    let found = references(text, '\\').unwrap_or_default();
    let pairs = found.into_iter();
    pairs
        .map(|found| (found.name, found.range.slice(text).to_owned()))
        .collect()
}

fn words(text: &str) -> Option<Vec<String>> {
    let words = split(text, '\\', Quotes::Keep, Escapes::Keep).ok()?;
    Some(words.into_iter().map(|word| word.text).collect())
}

#[test]
fn variables_expand_with_their_modifiers() {
    let cases = [
        ("$A/x", "a.b/x"),
        ("${A}x", "a.bx"),
        ("$NONE.", "."),
        ("${NONE:-d}${NONE-e}", "de"),
        ("${EMPTY:-d}${EMPTY-e}", "d"),
        ("${A:+d}${NONE:+e}${EMPTY:+f}${EMPTY+g}", "dg"),
        ("${A:-$U}", "a.b"),
        ("${NONE:-${A%.*}}", "a"),
        ("${A#*.}${A/./-}", "ba-b"),
        ("${A:?no}", "a.b"),
        (r#""$A" '$A' \$A"#, "a.b $A $A"),
        ("$ $(x)", "$ $(x)"),
    ];
    for (text, value) in cases {
        assert_eq!(expanded(text), Ok(value.to_owned()), "{text}");
    }
}

#[test]
fn what_docker_refuses_is_refused() {
    for text in [
        "'a",
        "\"a",
        "${A",
        "${A^^}",
        "${A:0:1}",
        "${}",
        "${:A}",
        "${NONE:?x}",
    ] {
        assert_eq!(expanded(text), Err(ExpandError::Refused), "{text}");
    }
}

#[test]
fn an_unknown_value_matters_only_where_it_is_used() {
    let unknown = Err(ExpandError::Unknown { name: "U".into() });
    for text in ["$U", "${U:-x}", "${NONE:-$U}", "${U:?x}", "${A#$U}"] {
        assert_eq!(expanded(text), unknown, "{text}");
    }
    assert_eq!(expanded("${NONE:+$U}"), Ok(String::new()));
}

#[test]
fn escapes_in_double_quotes_work_before_three_characters_only() {
    assert_eq!(expanded(r#""\a\"\\\$x""#), Ok(r#"\a"\$x"#.to_owned()));
}

#[test]
fn references_are_found_nested_too() {
    let pair = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    assert_eq!(
        names("a${A:-$B}\"$C\"'$D'\\$E"),
        [pair("A", "${A:-$B}"), pair("B", "$B"), pair("C", "$C")]
    );
    let found = references("${A##x/}", '\\').unwrap_or_default();
    let operation = found[0].operation.as_ref().expect("an operation");
    assert_eq!((operation.operator, &*operation.operand), ("##", "x/"));
}

#[test]
fn splitting_keeps_what_it_is_told_to_keep() {
    let expected = ["RUN", r#""a b""#, r"c\ d", "<< EOF", "$X"];
    let expected = Some(expected.map(String::from).to_vec());
    assert_eq!(words(r#"RUN "a b" c\ d << EOF $X"#), expected);
    assert_eq!(words("it's"), None);
}

#[test]
fn a_nested_text_clears_the_word_before_it() {
    assert_eq!(words("<<A${b:-c}"), Some(vec!["${b:-c}".to_owned()]));
}

#[test]
fn nesting_costs_no_stack() {
    let deep = "${a:-".repeat(1_000_000);
    assert_eq!(expanded(&deep), Err(ExpandError::Refused));
}
