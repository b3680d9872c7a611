//! The tree of small files: where words, flags, heredocs and variables stand.

mod support;

use imgfix_syntax::{
    Arguments, CommandForm, DiagnosticKind, File, Healthcheck, Instruction, ItemKind, Keyword,
    TextRange, Value, Word, parse,
};
use support::{check_ranges, words};

fn read(text: &str) -> File {
    let file = parse(text);
    check_ranges(text, &file).unwrap_or_else(|error| panic!("{text:?}: {error}"));
    file
}

/// The only instruction of a file.
fn only(text: &str) -> Instruction {
    let file = read(text);
    let mut instructions = file.instructions();
    let (_, instruction) = instructions.next().expect("an instruction");
    assert!(instructions.next().is_none(), "one instruction");
    instruction.clone()
}

fn kinds(text: &str) -> Vec<DiagnosticKind> {
    let diagnostics = read(text).diagnostics.into_iter();
    diagnostics.map(|diagnostic| diagnostic.kind).collect()
}

fn slices(text: &str, ranges: impl IntoIterator<Item = TextRange>) -> Vec<&str> {
    ranges.into_iter().map(|range| range.slice(text)).collect()
}

fn written<'a>(text: &'a str, instruction: &Instruction) -> Vec<&'a str> {
    slices(text, words(instruction).into_iter().map(|word| word.range))
}

#[test]
fn items_are_told_apart() {
    let text = "\u{feff}# escape=`\n# c\n\n  \nFROM a\n# end";
    let file = read(text);
    let kinds: Vec<_> = file
        .items
        .iter()
        .map(|item| match item.kind {
            ItemKind::ByteOrderMark => "mark",
            ItemKind::Directive(_) => "directive",
            ItemKind::Comment => "comment",
            ItemKind::Blank => "blank",
            ItemKind::Instruction(_) => "instruction",
        })
        .collect();
    let expected = [
        "mark",
        "directive",
        "comment",
        "blank",
        "blank",
        "instruction",
        "comment",
    ];
    assert_eq!(kinds, expected);
    assert_eq!(file.escape, '`');
    assert!(file.diagnostics.is_empty());
}

#[test]
fn an_unknown_directive_ends_the_directives() {
    assert_eq!(read("# foo=bar\n# escape=`\nFROM a").escape, '\\');
    assert_eq!(read("\n# escape=`\nFROM a").escape, '\\');
    assert_eq!(
        kinds("# escape=x\nFROM a"),
        [DiagnosticKind::InvalidDirective]
    );
    assert_eq!(
        kinds("# syntax=a\n# SYNTAX=b\nFROM a"),
        [DiagnosticKind::InvalidDirective]
    );
}

#[test]
fn words_stand_where_they_are_written() {
    let text = "COPY --chown=\"$U:g\" a\\\n  # c\n\tb\\\n/c $D/ # x\n";
    let instruction = only(text);
    assert_eq!(
        written(text, &instruction),
        ["a", "b\\\n/c", "$D/", "#", "x"]
    );
    assert_eq!(words(&instruction)[1].text, "b/c");
    assert_eq!(slices(text, instruction.comments.iter().copied()), ["# c"]);
    let flag = instruction.flag("chown").expect("a flag");
    assert_eq!(flag.value.as_deref(), Some("$U:g"));
    assert_eq!(
        flag.value_range.map(|range| range.slice(text)),
        Some("\"$U:g\"")
    );
    assert_eq!(slices(text, flag.variables.iter().map(|v| v.range)), ["$U"]);
    let variables = words(&instruction)[2].variables.iter();
    assert_eq!(slices(text, variables.map(|v| v.range)), ["$D"]);
}

#[test]
fn strings_of_json_stand_with_their_quotes() {
    let text = "COPY [\"a\\u0020$B\", \\\n \"/c\"]\n";
    let instruction = only(text);
    assert_eq!(written(text, &instruction), ["\"a\\u0020$B\"", "\"/c\""]);
    let first = words(&instruction)[0];
    assert_eq!(first.text, "a $B");
    assert_eq!(first.variables[0].range.slice(text), "$B");
    assert!(instruction.is_json());
    assert!(only("VOLUME [\"/a\"]").is_json());
    assert!(!only("VOLUME ['/a']").is_json());
    assert!(!only("CMD [\"a\"] # x").is_json());
}

#[test]
fn heredocs_stand_with_opener_body_and_end() {
    let text = "RUN <<-'A' cat 3<<B\r\n\tx $y\r\n\tA\r\nz\nB\nRUN b\n";
    let file = read(text);
    let instructions: Vec<_> = file.instructions().collect();
    assert_eq!(instructions.len(), 2);
    let heredocs = &instructions[0].1.heredocs;
    assert_eq!(
        slices(text, heredocs.iter().map(|h| h.opener)),
        ["<<-'A'", "3<<B"]
    );
    assert_eq!(
        slices(text, heredocs.iter().map(|h| h.body)),
        ["\tx $y\r\n", "z\n"]
    );
    assert_eq!(
        slices(text, heredocs.iter().map(|h| h.terminator)),
        ["\tA\r\n", "B\n"]
    );
    let flags: Vec<_> = heredocs.iter().map(|h| (h.expand, h.strip_tabs)).collect();
    assert_eq!(flags, [(false, true), (true, false)]);
    assert_eq!(instructions[0].1.range.slice(text), "RUN <<-'A' cat 3<<B");
}

#[test]
fn docker_expands_heredocs_of_copy_only() {
    let text = "COPY <<A <<'B' /d/\n'$x' ${y:-z}\nA\n$x\nB\n";
    let instruction = only(text);
    let variables = |at: usize| instruction.heredocs[at].variables.iter().map(|v| v.range);
    assert_eq!(slices(text, variables(0)), ["$x", "${y:-z}"]);
    assert_eq!(variables(1).count(), 0);
    assert!(only("RUN <<A\n$x\nA\n").heredocs[0].variables.is_empty());
}

#[test]
fn what_opens_no_heredoc() {
    let texts = [
        "RUN cat <<<EOF",
        "RUN echo '<<EOF'",
        "RUN echo \"<<EOF\"",
        "RUN echo $((1<<2))",
        "RUN [\"a\", \"<<EOF\"]",
        "CMD cat <<EOF",
        "ENV A=b <<EOF=c",
        "RUN it's <<EOF",
        "RUN ${v^^} <<EOF",
        "# escape=`\nRUN \\<<EOF",
    ];
    for text in texts {
        assert!(only(text).heredocs.is_empty(), "{text}");
    }
}

#[test]
fn onbuild_shares_its_heredocs_with_the_instruction_in_it() {
    let text = "onbuild Copy <<A /b\n$c\nA\n";
    let outer = only(text);
    let Arguments::Onbuild(inner) = &outer.arguments else {
        panic!("{outer:?}")
    };
    assert_eq!(inner.keyword, Keyword::Copy);
    assert_eq!(inner.range.slice(text), "Copy <<A /b");
    assert_eq!((outer.heredocs.len(), inner.heredocs.len()), (1, 1));
    assert_eq!(inner.heredocs[0].variables[0].name, "c");
}

#[test]
fn a_healthcheck_has_a_body_behind_its_cmd() {
    let instruction = only("HEALTHCHECK --interval=5s CMD a \\\n b\n");
    let Arguments::Healthcheck(Healthcheck::Command { form, body }) = &instruction.arguments else {
        panic!("{instruction:?}")
    };
    assert!(matches!(form, CommandForm::Shell));
    assert_eq!(body.as_str(), "a  b");
}

#[test]
fn what_docker_refuses_is_diagnosed() {
    use DiagnosticKind::{
        DanglingContinuation, EmptyContinuation, InvalidArguments, InvalidFlag, InvalidWord,
        LineTooLong, MissingFrom, NulByte, UnknownInstruction, UnterminatedHeredoc,
    };
    let cases: &[(&str, &[DiagnosticKind])] = &[
        ("", &[MissingFrom]),
        ("RUN a", &[MissingFrom]),
        ("ARG A\nFROM a", &[]),
        ("FROM a\nNOPE b", &[UnknownInstruction]),
        ("FROM a\nRUN <<EOF", &[UnterminatedHeredoc]),
        ("FROM a b", &[InvalidArguments]),
        ("FROM a AS 1", &[InvalidArguments]),
        ("FROM a\nCOPY b", &[InvalidArguments]),
        ("FROM a\nCMD [1]", &[InvalidArguments]),
        ("FROM a\nENV A", &[InvalidArguments]),
        ("FROM a\nENV A=b c", &[InvalidArguments]),
        ("FROM a\nSHELL sh", &[InvalidArguments]),
        ("FROM a\nHEALTHCHECK foo", &[InvalidArguments]),
        ("FROM a\nONBUILD FROM b", &[InvalidArguments]),
        ("FROM a\nONBUILD ONBUILD RUN b", &[InvalidArguments]),
        ("FROM a\nONBUILD COPY b", &[]),
        ("FROM a\nCOPY --foo=b c d", &[InvalidFlag]),
        ("FROM a\nCOPY --from=b --from=b c d", &[InvalidFlag]),
        (
            "FROM a\nRUN --mount=type=cache,target=/b --mount=type=tmpfs,target=/c d",
            &[],
        ),
        ("FROM a\nLABEL b='c", &[InvalidWord]),
        ("FROM a\nUSER ${b^^}", &[InvalidWord]),
        ("FROM a\nRUN b \\\n\n c", &[EmptyContinuation]),
        ("FROM a\nRUN b \\\n", &[DanglingContinuation]),
        ("FROM a\nRUN b\0", &[NulByte]),
    ];
    for (text, expected) in cases {
        assert_eq!(kinds(text), *expected, "{text:?}");
    }
    let line = |len: usize| format!("FROM a\nRUN {}\n", "b".repeat(len - 5));
    assert_eq!(kinds(&line(65_536)), []);
    assert_eq!(kinds(&line(65_537)), [LineTooLong]);
}

#[test]
fn a_word_has_a_value_where_no_variable_is_in_it() {
    let word = |text: &str| -> Word { words(&only(text))[0].clone() };
    let value = |text: &str| word(text).value('\\');
    assert_eq!(value("USER \"a\"\\ 'b'"), Some("a b".to_owned()));
    assert_eq!(value("USER \\$A"), Some("$A".to_owned()));
    assert_eq!(value("USER $A"), None);
    assert_eq!(value("CMD [\"$A\"]"), Some("$A".to_owned()));
    let known = |_: &str| Value::Known("x".to_owned());
    assert_eq!(word("USER ${A}y").expand('\\', &known), Ok("xy".to_owned()));
}

#[test]
fn a_keyword_may_be_cut_by_a_continuation() {
    let text = "\\\n# c\nFR\\\nOM a";
    let instruction = only(text);
    assert_eq!(instruction.keyword, Keyword::From);
    assert_eq!(instruction.keyword_range.slice(text), "FR\\\nOM");
    assert_eq!(instruction.range.slice(text), "FR\\\nOM a");
}
