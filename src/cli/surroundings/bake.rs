//! The targets of a bake file: `docker-bake.hcl` or `docker-bake.json`.

use std::path::Path;

use super::Build;
use super::compose::joined;

/// The builds that a bake file asks for. What a variable or function decides is left out.
pub(super) fn builds(file: &Path, text: &str) -> Vec<Build> {
    let folder = file.parent().unwrap_or(Path::new(""));
    let targets = if text.trim_start().starts_with('{') {
        json(text)
    } else {
        hcl(text)
    };
    targets
        .into_iter()
        .map(|fields| {
            let context = joined(folder, fields.context.as_deref().unwrap_or("."));
            let dockerfile = Some(joined(
                &context,
                fields.dockerfile.as_deref().unwrap_or("Dockerfile"),
            ));
            let image = fields.tag;
            Build {
                dockerfile,
                context: Some(context),
                target: fields.target,
                image,
                origin: String::new(),
            }
        })
        .collect()
}

#[derive(Default)]
struct Fields {
    context: Option<String>,
    dockerfile: Option<String>,
    target: Option<String>,
    tag: Option<String>,
}

impl Fields {
    fn set(&mut self, key: &str, value: &str) {
        let place = match key {
            "context" => &mut self.context,
            "dockerfile" => &mut self.dockerfile,
            "target" => &mut self.target,
            "tags" => &mut self.tag,
            _ => return,
        };
        if !value.contains("${") && place.is_none() {
            *place = Some(value.to_owned());
        }
    }
}

fn json(text: &str) -> Vec<Fields> {
    let Ok(value) = serde_json::from_str::<serde_json::Value>(text) else {
        return Vec::new();
    };
    let Some(targets) = value.get("target").and_then(|targets| targets.as_object()) else {
        return Vec::new();
    };
    let read = |target: &serde_json::Value| {
        let mut fields = Fields::default();
        for key in ["context", "dockerfile", "target", "tags"] {
            let value = target.get(key).map(|value| value.get(0).unwrap_or(value));
            if let Some(text) = value.and_then(serde_json::Value::as_str) {
                fields.set(key, text);
            }
        }
        fields
    };
    targets.values().map(read).collect()
}

/// A token of HCL, as far as target blocks need it.
#[derive(PartialEq)]
enum Token {
    Name(String),
    Text(String),
    Sign(char),
}

fn hcl(text: &str) -> Vec<Fields> {
    let tokens = tokens(text);
    let mut targets = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let opens = matches!(&tokens[at..], [Token::Name(name), Token::Text(_), Token::Sign('{'), ..] if name == "target");
        if !opens {
            at += 1;
            continue;
        }
        let mut fields = Fields::default();
        let mut depth = 1;
        at += 3;
        while at < tokens.len() && depth > 0 {
            match &tokens[at..] {
                [Token::Sign('{'), ..] => depth += 1,
                [Token::Sign('}'), ..] => depth -= 1,
                [Token::Name(key), Token::Sign('='), Token::Text(value), ..] if depth == 1 => {
                    fields.set(key, value);
                }
                [
                    Token::Name(key),
                    Token::Sign('='),
                    Token::Sign('['),
                    Token::Text(value),
                    ..,
                ] if depth == 1 => {
                    fields.set(key, value);
                }
                _ => {}
            }
            at += 1;
        }
        targets.push(fields);
    }
    targets
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '#' => while chars.next_if(|next| *next != '\n').is_some() {},
            '/' if chars.peek() == Some(&'/') => {
                while chars.next_if(|next| *next != '\n').is_some() {}
            }
            '"' => {
                let mut value = String::new();
                while let Some(next) = chars.next() {
                    match next {
                        '"' => break,
                        '\\' => value.extend(chars.next()),
                        next => value.push(next),
                    }
                }
                tokens.push(Token::Text(value));
            }
            char if char.is_alphanumeric() || char == '_' => {
                let mut name = char.to_string();
                while let Some(next) =
                    chars.next_if(|next| next.is_alphanumeric() || matches!(next, '_' | '-'))
                {
                    name.push(next);
                }
                tokens.push(Token::Name(name));
            }
            char if char.is_whitespace() => {}
            sign => tokens.push(Token::Sign(sign)),
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_of_hcl_and_json_are_read() {
        let text = "# comment\ntarget \"api\" {\n  dockerfile = \"api/Dockerfile\" // here\n  target = \"runtime\"\n  args = { target = \"no\" }\n  tags = [\"acme/api:1\"]\n}\n";
        let build = &builds(Path::new("/r/docker-bake.hcl"), text)[0];
        assert_eq!(
            build.dockerfile.as_deref(),
            Some(Path::new("/r/api/Dockerfile"))
        );
        assert_eq!(
            (build.target.as_deref(), build.image.as_deref()),
            (Some("runtime"), Some("acme/api:1"))
        );
        let json = r#"{"target": {"api": {"context": "api", "target": "runtime"}}}"#;
        assert_eq!(
            builds(Path::new("/r/docker-bake.json"), json)[0]
                .dockerfile
                .as_deref(),
            Some(Path::new("/r/api/Dockerfile"))
        );
    }
}
