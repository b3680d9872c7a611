#![doc = include_str!("../add_to_copy.md")]

use imgfix_syntax::{Arguments, Instruction, Keyword, TextRange};

use crate::context::BuildContext;
use crate::edit::{Edit, Edits};
use crate::model::copy::{self, Source};
use crate::model::file_names::{NameSays, name_says};
use crate::transform::{
    Applicability, Effect, Input, Meta, Proposals, Reason, Rewrite, Transform, TransformId,
};

/// Makes a COPY of an ADD that only copies.
pub(super) struct AddToCopy;

static META: Meta = Meta {
    id: TransformId("add-to-copy"),
    summary: "makes a COPY of an ADD that neither fetches nor unpacks",
    page: include_str!("../add_to_copy.md"),
    reasons: &[
        &MAY_BE_ARCHIVE,
        &SOURCE_NOT_LITERAL,
        &ONLY_ADD_CAN,
        &IN_CHILD_BUILD,
    ],
};

const MAY_BE_ARCHIVE: Reason = Reason {
    id: "may-be-archive",
    message: "a source may be an archive, which ADD unpacks",
};
const SOURCE_NOT_LITERAL: Reason = Reason {
    id: "source-not-literal",
    message: "a source is not named literally: what it is, is not known",
};
const ONLY_ADD_CAN: Reason = Reason {
    id: "only-add-can",
    message: "a flag of it is one that COPY does not have",
};
const IN_CHILD_BUILD: Reason = Reason {
    id: "runs-in-child-build",
    message: "an ONBUILD instruction copies from the context of another image's build, which is not known",
};

/// Flags that COPY refuses.
const FLAGS_OF_ADD: &[&str] = &["checksum", "keep-git-dir", "unpack"];

impl Transform for AddToCopy {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn propose(&self, input: &Input<'_>, proposals: &mut Proposals) {
        for (_, instruction) in input.model.file.instructions() {
            match &instruction.arguments {
                Arguments::Onbuild(inner)
                    if inner.keyword == Keyword::Add
                        && !matches!(found(input, inner), Found::AddIsRight) =>
                {
                    proposals.decline(instruction.range, &IN_CHILD_BUILD, "");
                }
                _ if instruction.keyword == Keyword::Add => {
                    propose_one(input, instruction, proposals);
                }
                _ => {}
            }
        }
    }
}

/// What an ADD turns out to be.
enum Found {
    /// It only copies, for these reasons.
    Copies(Vec<String>),
    /// It fetches or unpacks: that is what ADD is for.
    AddIsRight,
    /// It may do so.
    Unsure(&'static Reason, String),
}

fn propose_one(input: &Input<'_>, add: &Instruction, proposals: &mut Proposals) {
    match found(input, add) {
        Found::AddIsRight => {}
        Found::Unsure(reason, detail) => proposals.decline(add.range, reason, detail),
        Found::Copies(evidence) => {
            let written = add.keyword_range.slice(&input.model.text);
            let edit = Edit::replace(with_blank(input, add), in_case_of(written));
            proposals.rewrite(rewrite(add.range, edit, &evidence));
        }
    }
}

fn rewrite(add: TextRange, edit: Edit, evidence: &[String]) -> Rewrite {
    Rewrite {
        anchor: add,
        edits: Edits::new(vec![edit]).expect("one edit does not overlap"),
        applicability: Applicability::Safe,
        title: "say COPY where ADD only copies".to_owned(),
        because: format!(
            "ADD fetches addresses and unpacks archives, and COPY never does; {}",
            evidence.join(", ")
        ),
        effects: vec![
            Effect::KeywordChanged {
                instruction: add,
                keyword: Keyword::Copy,
            },
            Effect::BytesSaved(0),
        ],
    }
}

/// The keyword, with one of the blanks behind it where there are more: what follows keeps its column.
fn with_blank(input: &Input<'_>, add: &Instruction) -> TextRange {
    let keyword = add.keyword_range;
    let is_wide = input.model.text[keyword.end()..].starts_with("  ");
    TextRange::new(keyword.start(), keyword.end() + usize::from(is_wide))
}

/// `copy` in the case in which `add` is written.
fn in_case_of(add: &str) -> &'static str {
    let mut letters = add.chars();
    let first_is_upper = letters.next().is_some_and(char::is_uppercase);
    let rest_is_upper = letters.any(char::is_uppercase);
    match (first_is_upper, rest_is_upper) {
        (false, _) => "copy",
        (true, false) => "Copy",
        (true, true) => "COPY",
    }
}

fn found(input: &Input<'_>, add: &Instruction) -> Found {
    let Some(copy) = copy::arguments(add) else {
        return Found::AddIsRight;
    };
    let sources = copy::sources(copy);
    if sources.contains(&Source::Remote) {
        return Found::AddIsRight;
    }
    let context = &input.surroundings.context;
    let mut evidence = Vec::new();
    let mut unsure = None;
    for (source, word) in sources.iter().zip(&copy.sources) {
        let doubt = match source {
            Source::Remote => return Found::AddIsRight,
            Source::NotLiteral if name_says(&word.text) == NameSays::Archive => {
                return Found::AddIsRight;
            }
            Source::NotLiteral => (&SOURCE_NOT_LITERAL, format!("`{}`", word.text)),
            Source::Heredoc => (&SOURCE_NOT_LITERAL, "a heredoc".to_owned()),
            Source::Path(path) | Source::Pattern(path) => match content(context, source, path) {
                Content::Archive => return Found::AddIsRight,
                Content::Copied(why) => {
                    evidence.push(format!("`{path}` is {why}"));
                    continue;
                }
                Content::Unknown => (&MAY_BE_ARCHIVE, format!("`{path}`")),
            },
        };
        unsure = unsure.or(Some(doubt));
    }
    let flag = add
        .flags
        .iter()
        .find(|flag| FLAGS_OF_ADD.contains(&flag.name.as_str()));
    if let Some(flag) = flag {
        return Found::Unsure(&ONLY_ADD_CAN, format!("`--{}`", flag.name));
    }
    match unsure {
        Some((reason, detail)) => Found::Unsure(reason, detail),
        None => Found::Copies(evidence),
    }
}

/// What is in a source.
enum Content {
    /// Something that ADD copies as it is: what it is.
    Copied(&'static str),
    /// By its name, something that ADD unpacks.
    Archive,
    /// Not known.
    Unknown,
}

/// Of a folder ADD copies the archives in it as they are; a pattern is as good as the names it matches.
fn content(context: &BuildContext, source: &Source, path: &str) -> Content {
    let is_path = matches!(source, Source::Path(_));
    if is_path && (path.ends_with('/') || matches!(path, "." | "..") || path.ends_with("/.")) {
        return Content::Copied("a folder, whose archives ADD leaves packed");
    }
    match name_says(path) {
        NameSays::Archive => return Content::Archive,
        // A pattern's dot may stand in brackets; one behind them is literal.
        NameSays::Plain if is_path || has_literal_extension(path) => {
            return Content::Copied("no archive by its name");
        }
        NameSays::Plain | NameSays::Nothing => {}
    }
    if is_path && context.known {
        if context.has_folder(path) {
            return Content::Copied("a folder of the context, whose archives ADD leaves packed");
        }
        // A small archive of texts reads as a text, but for its padding.
        let text = context.file(path).flatten();
        if text.is_some_and(|text| !text.contains('\0')) {
            return Content::Copied("a text of the context");
        }
    }
    Content::Unknown
}

/// Whether what stands behind the last dot of a pattern is literal.
fn has_literal_extension(pattern: &str) -> bool {
    pattern
        .rsplit_once('.')
        .is_some_and(|(_, extension)| !extension.contains(['*', '?', '[', ']', '/']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_case_is_kept() {
        for (add, copy) in [
            ("ADD", "COPY"),
            ("add", "copy"),
            ("Add", "Copy"),
            ("aDD", "copy"),
        ] {
            assert_eq!(in_case_of(add), copy);
        }
    }
}
