//! Bake files: `docker-bake.hcl` and `docker-bake.json`.
//! <https://docs.docker.com/build/bake/reference/>

use std::collections::BTreeMap;

use serde_json::Value;

use super::build::{Build, Context, Named, Said};
use super::parent;

/// One `target` block: its attributes as strings or lists of strings, and the line it starts on.
#[derive(Debug, Default)]
struct Block {
    line: Option<usize>,
    attributes: BTreeMap<String, Vec<String>>,
    /// The build arguments, each with whether it has a value.
    args: BTreeMap<String, bool>,
}

/// Reads `docker-bake.json`.
pub(super) fn read_json(path: &str, text: &str) -> Said {
    let Ok(file) = serde_json::from_str::<Value>(text) else {
        return Said::default();
    };
    let targets = file.get("target").and_then(Value::as_object);
    let blocks = targets.into_iter().flatten().map(|(name, target)| {
        let strings = |value: &Value| match value {
            Value::Array(values) => values
                .iter()
                .filter_map(|value| value.as_str().map(str::to_owned))
                .collect(),
            value => value.as_str().map(str::to_owned).into_iter().collect(),
        };
        let attributes = target.as_object().into_iter().flatten();
        let args = target.get("args").and_then(Value::as_object);
        let args = args.into_iter().flatten();
        let block = Block {
            line: None,
            args: args
                .map(|(name, value)| (name.clone(), !value.is_null()))
                .collect(),
            attributes: attributes
                .map(|(key, value)| (key.clone(), strings(value)))
                .collect(),
        };
        (name.clone(), block)
    });
    said(path, &blocks.collect())
}

/// Reads `docker-bake.hcl`.
pub(super) fn read_hcl(path: &str, text: &str) -> Said {
    said(path, &blocks(&tokens(text)))
}

fn said(path: &str, blocks: &BTreeMap<String, Block>) -> Said {
    Said {
        builds: blocks
            .values()
            .map(|block| build(path, block, blocks))
            .collect(),
        buildkit_evidence: Some(path.to_owned()),
        ..Said::default()
    }
}

fn build(path: &str, block: &Block, blocks: &BTreeMap<String, Block>) -> Build {
    let one = |key| attribute(block, key, blocks, 8).first().cloned();
    let written = one("context").unwrap_or_else(|| ".".into());
    let context = Context::named(parent(path), &written);
    let dockerfile = one("dockerfile").unwrap_or_else(|| "Dockerfile".into());
    let origin = match block.line {
        Some(line) => format!("{path}:{line}"),
        None => path.to_owned(),
    };
    Build {
        context_origin: origin.clone(),
        origin,
        file: match &context {
            Context::Unclear if !dockerfile.contains('$') => Named::Near {
                folder: parent(path).to_owned(),
                path: dockerfile,
            },
            context => context.file(&dockerfile),
        },
        context,
        args: args(block, blocks, 8).into_iter().collect(),
        target: one("target").filter(|target| !target.contains('$')),
        images: attribute(block, "tags", blocks, 8).to_vec(),
        buildkit: true,
        ..Build::default()
    }
}

/// The build arguments of a block and of those that it inherits from; its own win.
fn args(block: &Block, blocks: &BTreeMap<String, Block>, depth: usize) -> BTreeMap<String, bool> {
    let mut found = BTreeMap::new();
    if depth > 0 {
        let parents = block.attributes.get("inherits").into_iter().flatten();
        for parent in parents.filter_map(|name| blocks.get(name)) {
            found.extend(args(parent, blocks, depth - 1));
        }
    }
    found.extend(block.args.clone());
    found
}

/// An attribute of a block, or of one that it inherits from.
fn attribute<'a>(
    block: &'a Block,
    key: &str,
    blocks: &'a BTreeMap<String, Block>,
    depth: usize,
) -> &'a [String] {
    if let Some(value) = block.attributes.get(key) {
        return value;
    }
    if depth == 0 {
        return &[];
    }
    let parents = block.attributes.get("inherits").into_iter().flatten().rev();
    parents
        .filter_map(|name| blocks.get(name))
        .map(|parent| attribute(parent, key, blocks, depth - 1))
        .find(|value| !value.is_empty())
        .unwrap_or_default()
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    Text(String),
    Sign(char),
}

/// The tokens of an HCL file with their lines; white space and comments are left out.
fn tokens(text: &str) -> Vec<(Token, usize)> {
    let mut found = Vec::new();
    let mut line = 1;
    let mut rest = text;
    while let Some(char) = rest.chars().next() {
        let length = match char {
            '"' => {
                let length = quoted(rest);
                let inner = rest.get(1..length.saturating_sub(1)).unwrap_or_default();
                found.push((Token::Text(inner.to_owned()), line));
                length
            }
            '#' => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            _ if is_word(char) => {
                let length = rest.find(|char| !is_word(char)).unwrap_or(rest.len());
                found.push((Token::Word(rest[..length].to_owned()), line));
                length
            }
            _ => {
                if !char.is_whitespace() {
                    found.push((Token::Sign(char), line));
                }
                char.len_utf8()
            }
        };
        let (passed, left) = rest.split_at(length);
        line += passed.bytes().filter(|&byte| byte == b'\n').count();
        rest = left;
    }
    found
}

fn is_word(char: char) -> bool {
    char.is_alphanumeric() || matches!(char, '_' | '-' | '.')
}

/// The length of a string with its quotes.
fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (at, char) in text.char_indices().skip(1) {
        match char {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            '\n' => return at,
            _ => {}
        }
    }
    text.len()
}

/// The `target` blocks.
fn blocks(tokens: &[(Token, usize)]) -> BTreeMap<String, Block> {
    let mut found = BTreeMap::new();
    let mut depth = 0_usize;
    for (at, (token, line)) in tokens.iter().enumerate() {
        match token {
            Token::Sign('{') => depth += 1,
            Token::Sign('}') => depth = depth.saturating_sub(1),
            Token::Word(word) if depth == 0 && word == "target" => {
                if let Some([(Token::Text(name), _), (Token::Sign('{'), _)]) =
                    tokens.get(at + 1..at + 3)
                {
                    let block = Block {
                        line: Some(*line),
                        attributes: attributes(&tokens[at + 3..]),
                        args: written_args(&tokens[at + 3..]),
                    };
                    found.insert(name.clone(), block);
                }
            }
            _ => {}
        }
    }
    found
}

/// The attributes up to the end of the block: strings, and lists of strings. Others are left out.
fn attributes(tokens: &[(Token, usize)]) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    let mut depth = 0_usize;
    for (at, (token, _)) in tokens.iter().enumerate() {
        match token {
            Token::Sign('{') => depth += 1,
            Token::Sign('}') if depth == 0 => break,
            Token::Sign('}') => depth -= 1,
            Token::Word(key) if depth == 0 => {
                if let Some(value) = value(tokens.get(at + 1..).unwrap_or_default()) {
                    found.insert(key.clone(), value);
                }
            }
            _ => {}
        }
    }
    found
}

/// The names in `args = { NAME = … }`, up to the end of the block.
fn written_args(tokens: &[(Token, usize)]) -> BTreeMap<String, bool> {
    let mut found = BTreeMap::new();
    let mut depth = 0_usize;
    let mut in_args = false;
    for (at, (token, _)) in tokens.iter().enumerate() {
        let next = |by: usize| tokens.get(at + by).map(|(token, _)| token);
        let is_key = matches!(next(1), Some(Token::Sign('=' | ':')));
        match token {
            Token::Sign('{') => depth += 1,
            Token::Sign('}') if depth == 0 => break,
            Token::Sign('}') => depth -= 1,
            Token::Word(key) if depth == 0 && is_key => in_args = key == "args",
            Token::Word(name) | Token::Text(name) if depth == 1 && in_args && is_key => {
                let has_value = next(2) != Some(&Token::Word("null".to_owned()));
                found.insert(name.clone(), has_value);
            }
            _ => {}
        }
    }
    found
}

/// What follows a key: `= "text"` or `= ["text", …]`.
fn value(tokens: &[(Token, usize)]) -> Option<Vec<String>> {
    match tokens {
        [(Token::Sign('='), _), (Token::Text(text), _), ..] => Some(vec![text.clone()]),
        [(Token::Sign('='), _), (Token::Sign('['), _), rest @ ..] => Some(
            rest.iter()
                .take_while(|(token, _)| *token != Token::Sign(']'))
                .filter_map(|(token, _)| match token {
                    Token::Text(text) => Some(text.clone()),
                    _ => None,
                })
                .collect(),
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HCL: &str = r#"
variable "TAG" { default = "x" }
# target "commented" {}
target "base" {
  context = "services/api"
  args = { dockerfile = "no", TOKEN = null }
}
target "dev" {
  inherits   = ["base"]
  dockerfile = "Dockerfile.dev" // beside the context
  target     = "dev"
  tags       = ["acme/api:${TAG}", "acme/api:dev"]
}
"#;

    #[test]
    fn targets_of_hcl_are_read_with_what_they_inherit() {
        let said = read_hcl("docker-bake.hcl", HCL);
        assert_eq!(said.buildkit_evidence.as_deref(), Some("docker-bake.hcl"));
        assert_eq!(said.builds.len(), 2);
        let dev = &said.builds[1];
        assert_eq!(dev.origin, "docker-bake.hcl:8");
        assert_eq!(
            dev.file,
            Named::Exactly("services/api/Dockerfile.dev".into())
        );
        assert_eq!(dev.target.as_deref(), Some("dev"));
        assert_eq!(dev.images, ["acme/api:${TAG}", "acme/api:dev"]);
        let args = [("TOKEN".to_owned(), false), ("dockerfile".to_owned(), true)];
        assert_eq!(dev.args, args);
        let base = &said.builds[0];
        assert_eq!(base.file, Named::Exactly("services/api/Dockerfile".into()));
    }

    #[test]
    fn targets_of_json_are_read() {
        let text = r#"{"target": {"a": {"context": "x", "target": "t", "tags": ["i"]}}}"#;
        let said = read_json("ci/docker-bake.json", text);
        assert_eq!(
            said.builds[0].file,
            Named::Exactly("ci/x/Dockerfile".into())
        );
        assert_eq!(said.builds[0].target.as_deref(), Some("t"));
        assert_eq!(said.builds[0].images, ["i"]);
    }

    #[test]
    fn broken_files_do_no_harm() {
        for text in [
            "target \"a",
            "target \"a\" {",
            "}}}",
            "\"",
            "target \"é\" { x = [ }",
            "/*",
        ] {
            let _ = read_hcl("docker-bake.hcl", text);
        }
        assert!(read_json("docker-bake.json", "{").builds.is_empty());
    }
}
