//! Two other readers: where they accept a file of the corpus, the instructions start where ours do.

mod support;

use imgfix_syntax::{File, parse};
use parse_dockerfile::Instruction;
use support::{Dockerfile, corpus, records, say, step};

/// Where the instructions start, in bytes; `None` where the reader refuses the file.
type Starts = Option<Vec<usize>>;

#[test]
fn instructions_start_where_other_readers_say() {
    let Some(folder) = corpus() else { return };
    let files: Vec<Dockerfile> = records(&folder, "dockerfiles.jsonl");
    // One of the two is three bytes off behind a byte order mark.
    let strip = |text: String| text.trim_start_matches('\u{feff}').to_owned();
    let texts: Vec<String> = files
        .into_iter()
        .step_by(step())
        .filter_map(|f| f.text.map(strip))
        .collect();
    check("parse-dockerfile", &texts, parse_dockerfile_starts);
    check("dockerfile-parser", &texts, dockerfile_parser_starts);
}

fn check(name: &str, texts: &[String], starts: fn(&str) -> Starts) {
    let mut accepted = 0;
    let mut different = Vec::new();
    for text in texts {
        let Some(theirs) = starts(text) else { continue };
        accepted += 1;
        let file = parse(text);
        if theirs != ours(&file) && !is_known(text, &file) {
            different.push(text);
        }
    }
    say(&format!(
        "{name}: accepts {accepted} of {}, {} start elsewhere",
        texts.len(),
        different.len()
    ));
    assert!(different.is_empty(), "{name}: {}", different[0]);
}

/// Whether `dockerfile-parser` is known to read a file in another way than `BuildKit`: it knows no
/// `escape` directive, and takes a `#` behind the keyword for a comment.
fn is_known(text: &str, file: &File) -> bool {
    file.escape != '\\' || text.contains("RUN #")
}

fn ours(file: &File) -> Vec<usize> {
    let instructions = file.instructions();
    instructions
        .map(|(_, instruction)| instruction.keyword_range.start())
        .collect()
}

fn dockerfile_parser_starts(text: &str) -> Starts {
    let file = dockerfile_parser::Dockerfile::parse(text).ok()?;
    let instructions = file.instructions.iter();
    Some(
        instructions
            .map(|instruction| instruction.span().start)
            .collect(),
    )
}

fn parse_dockerfile_starts(text: &str) -> Starts {
    let file = parse_dockerfile::parse(text).ok()?;
    let instructions = file.instructions.iter();
    Some(instructions.map(keyword_start).collect())
}

fn keyword_start(instruction: &Instruction<'_>) -> usize {
    let keyword = match instruction {
        Instruction::Add(one) => &one.add,
        Instruction::Arg(one) => &one.arg,
        Instruction::Cmd(one) => &one.cmd,
        Instruction::Copy(one) => &one.copy,
        Instruction::Entrypoint(one) => &one.entrypoint,
        Instruction::Env(one) => &one.env,
        Instruction::Expose(one) => &one.expose,
        Instruction::From(one) => &one.from,
        Instruction::Healthcheck(one) => &one.healthcheck,
        Instruction::Label(one) => &one.label,
        Instruction::Maintainer(one) => &one.maintainer,
        Instruction::Onbuild(one) => &one.onbuild,
        Instruction::Run(one) => &one.run,
        Instruction::Shell(one) => &one.shell,
        Instruction::Stopsignal(one) => &one.stopsignal,
        Instruction::User(one) => &one.user,
        Instruction::Volume(one) => &one.volume,
        Instruction::Workdir(one) => &one.workdir,
        other => panic!("a new instruction: {other:?}"),
    };
    keyword.span.start
}
