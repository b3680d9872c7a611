//! The shell reader against shfmt: the words of 14,901 RUN bodies.

mod support;

use imgfix_syntax::shell::{Dialect, Enclosure, Opaque, parse, visit_commands};
use imgfix_syntax::{LogicalText, TextRange};

#[derive(serde::Deserialize)]
#[expect(clippy::struct_field_names, reason = "the record has it so")]
struct Body {
    id: String,
    instruction: usize,
    body: String,
    valid_bash: bool,
    words: Option<Vec<Vec<(usize, usize)>>>,
}

/// The words of each simple command outside substitutions, declarations left out as shfmt has them apart.
fn read(body: &str, dialect: Dialect) -> Result<Vec<Vec<(usize, usize)>>, Opaque> {
    let mut text = LogicalText::new(0);
    text.push(body, TextRange::new(0, body.len()));
    let script = parse(text, dialect)?;
    let mut commands = Vec::new();
    visit_commands(&script.list, &mut |command, position| {
        let name = command.words.first().map(|word| word.raw(body));
        let declares = matches!(
            name,
            Some("export" | "declare" | "local" | "readonly" | "typeset" | "nameref" | "let")
        );
        if !command.words.is_empty()
            && !declares
            && !position.enclosures.contains(&Enclosure::Substitution)
        {
            commands.push(
                command
                    .words
                    .iter()
                    .map(|word| (word.range.start(), word.range.end()))
                    .collect::<Vec<_>>(),
            );
        }
    });
    commands.sort();
    Ok(commands)
}

#[test]
fn words_are_those_of_shfmt_or_the_body_is_opaque() {
    let Some(folder) = support::corpus() else {
        return;
    };
    let bodies: Vec<Body> = support::records(&folder, "shell-words.jsonl");
    let (mut valid, mut opaque, mut differing) = (0, Vec::new(), Vec::new());
    for body in bodies {
        let Some(mut words) = body.words else {
            continue;
        };
        words.sort();
        valid += usize::from(body.valid_bash);
        match read(&body.body, Dialect::Bash) {
            Err(_) if body.valid_bash => {
                opaque.push(format!("{}/{}: {}", body.id, body.instruction, body.body));
            }
            Err(_) => {}
            Ok(read) if read == words => {}
            Ok(read) => differing.push(format!(
                "{}/{}: {}\n  {read:?}\n  {words:?}",
                body.id, body.instruction, body.body
            )),
        }
    }
    println!("{valid} valid bodies, {} opaque", opaque.len());
    assert!(
        differing.is_empty(),
        "{} differ:\n{}",
        differing.len(),
        differing[..differing.len().min(10)].join("\n")
    );
    assert!(
        opaque.len() * 1000 <= valid,
        "{} opaque:\n{}",
        opaque.len(),
        opaque.join("\n")
    );
}
