//! What holds for the tree of every text. Also included by the fuzz target and the fuzz example.

use imgfix_syntax::{
    Arguments, CommandForm, File, Healthcheck, Instruction, Item, ItemKind, Pair, TextRange, Word,
};

/// Checks what holds for every text: items tile it, ranges lie in their item and cut no character.
pub fn check_ranges(text: &str, file: &File) -> Result<(), String> {
    let mut at = 0;
    let mut rebuilt = String::new();
    for item in &file.items {
        if item.range.start() != at || item.range.is_empty() {
            return Err(format!("no tiling at {at}: {:?}", item.range));
        }
        at = item.range.end();
        rebuilt.push_str(item.range.slice(text));
        check_item(text, item)?;
    }
    if rebuilt != text {
        return Err("items do not give the text back".to_owned());
    }
    for diagnostic in &file.diagnostics {
        if text.get(std::ops::Range::from(diagnostic.range)).is_none() {
            return Err(format!("{diagnostic:?} leaves the text"));
        }
    }
    Ok(())
}

fn check_item(text: &str, item: &Item) -> Result<(), String> {
    let mut ranges = Vec::new();
    match &item.kind {
        ItemKind::Directive(directive) => {
            ranges.extend([directive.name, directive.value]);
        }
        ItemKind::Instruction(instruction) => {
            instruction_ranges(text, instruction, &mut ranges)?;
        }
        _ => {}
    }
    for range in ranges {
        let inside = item.range.contains_range(range);
        if !inside || text.get(std::ops::Range::from(range)).is_none() {
            return Err(format!(
                "{range:?} leaves {:?} or cuts a character",
                item.range
            ));
        }
    }
    Ok(())
}

fn instruction_ranges(
    text: &str,
    instruction: &Instruction,
    ranges: &mut Vec<TextRange>,
) -> Result<(), String> {
    ranges.extend([
        instruction.range,
        instruction.keyword_range,
        instruction.body_range(),
    ]);
    ranges.extend(&instruction.comments);
    for flag in &instruction.flags {
        ranges.push(flag.range);
        ranges.extend(flag.value_range);
        ranges.extend(flag.variables.iter().map(|variable| variable.range));
    }
    for heredoc in &instruction.heredocs {
        ranges.extend([heredoc.opener, heredoc.body, heredoc.terminator]);
        ranges.extend(heredoc.variables.iter().map(|variable| variable.range));
    }
    for word in words(instruction) {
        ranges.push(word.range);
        for variable in &word.variables {
            ranges.push(variable.range);
            let written = variable.range.slice(text);
            if !written.starts_with(['$', '\\']) || !word.range.contains_range(variable.range) {
                return Err(format!("{variable:?} is written {written:?}"));
            }
        }
    }
    let body = &instruction.body;
    for (offset, c) in body.as_str().char_indices() {
        if !text[body.to_source(offset)..].starts_with(c) {
            return Err(format!("offset {offset} of the body maps elsewhere"));
        }
    }
    if let Arguments::Onbuild(inner) = &instruction.arguments {
        instruction_ranges(text, inner, ranges)?;
    }
    Ok(())
}

/// All words of an instruction.
pub fn words(instruction: &Instruction) -> Vec<&Word> {
    match &instruction.arguments {
        Arguments::Command(form) | Arguments::Healthcheck(Healthcheck::Command { form, .. }) => {
            match form {
                CommandForm::Shell => Vec::new(),
                CommandForm::Exec(words) => words.iter().collect(),
            }
        }
        Arguments::From(from) => std::iter::once(&from.image).chain(&from.name).collect(),
        Arguments::Copy(copy) => {
            let sources = copy.sources.iter();
            sources.chain([&copy.destination]).collect()
        }
        Arguments::Pairs(pairs) => pairs.pairs.iter().flat_map(pair_words).collect(),
        Arguments::Arg(pairs) => pairs.iter().flat_map(pair_words).collect(),
        Arguments::Words(words) => words.iter().collect(),
        Arguments::Text(word) => vec![word],
        Arguments::Healthcheck(Healthcheck::None) | Arguments::Onbuild(_) | Arguments::Opaque => {
            Vec::new()
        }
    }
}

fn pair_words(pair: &Pair) -> impl Iterator<Item = &Word> {
    std::iter::once(&pair.key).chain(&pair.value)
}
