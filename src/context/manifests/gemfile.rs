//! `Gemfile`: <https://bundler.io/man/gemfile.5.html>. It is a program; read are only those whose lines are
//! declarations of the usual kinds.

use std::collections::BTreeMap;

use super::gem_version::canonical;

/// A Gemfile of plain declarations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gemfile {
    /// Where its gems come from.
    pub source: String,
    /// The requirements on Ruby, where it has some.
    pub ruby: Option<Vec<String>>,
    /// Its gems, each with its requirements as lock files write and sort them.
    pub gems: BTreeMap<String, Vec<String>>,
}

/// Options of a gem that decide nothing about its version.
const HARMLESS: &[&str] = &["require", "group", "groups", "platform", "platforms"];

impl Gemfile {
    /// Reads the text.
    ///
    /// # Errors
    /// The line that is no plain declaration.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut gemfile = Self::default();
        for statement in statements(text) {
            let read = gemfile.read(&statement);
            read.ok_or_else(|| statement.split(',').next().unwrap_or_default().to_owned())?;
        }
        Ok(gemfile)
    }

    fn read(&mut self, statement: &str) -> Option<()> {
        // Where `github:` leads to: a gem that has it is refused.
        let is_usual_source =
            statement.starts_with("git_source(:github) {") && statement.ends_with('}');
        if statement == "end" || is_usual_source {
            return Some(());
        }
        let (word, rest) = statement.split_once([' ', '('])?;
        let rest = if statement[word.len()..].starts_with('(') {
            rest.trim().strip_suffix(')')?
        } else {
            rest
        };
        let values = values(rest.strip_suffix(" do").unwrap_or(rest))?;
        let is_block = rest.ends_with(" do");
        match (word, is_block) {
            ("group", true) => values
                .iter()
                .all(|value| matches!(value, Argument::Symbol | Argument::Option("optional")))
                .then_some(()),
            ("source", false) if self.source.is_empty() => {
                let [Argument::Text(url)] = values[..] else {
                    return None;
                };
                url.trim_end_matches('/').clone_into(&mut self.source);
                Some(())
            }
            ("ruby", false) if self.ruby.is_none() => {
                let texts = values.iter().map(Argument::text);
                let texts = texts.collect::<Option<Vec<&str>>>()?;
                self.ruby = Some(texts.into_iter().map(canonical).collect());
                Some(())
            }
            ("gem", false) => {
                let [Argument::Text(name), values @ ..] = &values[..] else {
                    return None;
                };
                let count = values.iter().take_while(|it| it.text().is_some()).count();
                let (requirements, options) = values.split_at(count);
                let is_plain = |it: &Argument<'_>| match it {
                    Argument::Option(name) => HARMLESS.contains(name),
                    _ => false,
                };
                if !options.iter().all(is_plain) {
                    return None;
                }
                let requirements = requirements.iter().filter_map(Argument::text);
                let mut requirements: Vec<String> = requirements.map(canonical).collect();
                requirements.retain(|it| it != ">= 0");
                requirements.sort();
                let other = self.gems.insert((*name).to_owned(), requirements);
                other.is_none().then_some(())
            }
            _ => None,
        }
    }
}

/// An argument of a declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Argument<'t> {
    Text(&'t str),
    Symbol,
    Option(&'t str),
}

impl<'t> Argument<'t> {
    fn text(&self) -> Option<&'t str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// The statements: lines without their comments, those that end in a comma with the next one.
fn statements(text: &str) -> Vec<String> {
    let mut statements: Vec<String> = Vec::new();
    let mut goes_on = false;
    for line in text.trim_start_matches('\u{feff}').lines() {
        let line = without_comment(line).trim();
        if line.is_empty() {
            continue;
        }
        match statements.last_mut().filter(|_| goes_on) {
            Some(last) => {
                last.push(' ');
                last.push_str(line);
            }
            None => statements.push(line.to_owned()),
        }
        goes_on = line.ends_with(',');
    }
    statements
}

fn without_comment(line: &str) -> &str {
    let mut quote = None;
    for (at, char) in line.char_indices() {
        match (quote, char) {
            (None, '#') => return &line[..at],
            (None, '"' | '\'') => quote = Some(char),
            (Some(open), _) if open == char => quote = None,
            _ => {}
        }
    }
    line
}

/// The arguments of a declaration; `None` where one of them is neither a plain text, a symbol nor an option
/// with a plain value.
fn values(text: &str) -> Option<Vec<Argument<'_>>> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    loop {
        let (value, behind) = value(rest)?;
        found.push(value);
        rest = behind.trim_start();
        if rest.is_empty() {
            return Some(found);
        }
        rest = rest.strip_prefix(',')?.trim_start();
    }
}

fn value(text: &str) -> Option<(Argument<'_>, &str)> {
    if let Some((quoted, behind)) = quoted(text) {
        return Some((Argument::Text(quoted), behind));
    }
    let is_name = |char: char| char.is_ascii_alphanumeric() || char == '_';
    if let Some(symbol) = text.strip_prefix(':') {
        let end = symbol.find(|char| !is_name(char)).unwrap_or(symbol.len());
        let (name, behind) = symbol.split_at(end);
        return match behind.trim_start().strip_prefix("=>") {
            Some(behind) => Some((Argument::Option(name), plain(behind)?)),
            None => (!name.is_empty()).then_some((Argument::Symbol, behind)),
        };
    }
    let end = text.find(|char| !is_name(char))?;
    let behind = text[end..].strip_prefix(':')?;
    Some((Argument::Option(&text[..end]), plain(behind)?))
}

/// What follows behind a plain value: a text, a symbol, a word or a list of them.
fn plain(text: &str) -> Option<&str> {
    let text = text.trim_start();
    if let Some((_, behind)) = quoted(text) {
        return Some(behind);
    }
    let list = text.strip_prefix("%i").or_else(|| text.strip_prefix("%w"));
    if let Some(inner) = list.unwrap_or(text).strip_prefix('[') {
        let (inner, behind) = inner.split_once(']')?;
        let is_plain = |char: char| char.is_ascii_alphanumeric() || "_: ,\"'-/".contains(char);
        return inner.chars().all(is_plain).then_some(behind);
    }
    let end = text.find([',', ' ']).unwrap_or(text.len());
    let (word, behind) = text.split_at(end);
    let is_word = matches!(word, "true" | "false" | "nil")
        || word.strip_prefix(':').is_some_and(|name| {
            !name.is_empty()
                && name
                    .chars()
                    .all(|char| char.is_ascii_alphanumeric() || char == '_')
        });
    is_word.then_some(behind)
}

/// A text in quotes, without anything that Ruby would put in its place.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let quote = text
        .chars()
        .next()
        .filter(|char| matches!(char, '"' | '\''))?;
    let (inner, behind) = text[1..].split_once(quote)?;
    (!inner.contains(['\\', '#'])).then_some((inner, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_declarations_are_read() {
        let text = "# frozen_string_literal: true\nsource 'https://rubygems.org/'\ngit_source(:github) { |repo| \"https://x/#{repo}.git\" }\n\
                    ruby \"~> 3.2\"\ngem \"rails\", \"~> 7.1\", \">=7.1.2\" # the frame\ngem('puma')\n\
                    gem \"tzinfo-data\", platforms: %i[ windows jruby ]\ngem 'pg', '1.5', :require => false\n\
                    gem \"bootsnap\", \">= 0\",\n  require: false\n\
                    group :development, :test do\n  gem \"debug\", platforms: [:mri, :windows], group: :x\nend\n";
        let gemfile = Gemfile::parse(text).expect("it is plain");
        assert_eq!(gemfile.source, "https://rubygems.org");
        assert_eq!(gemfile.ruby, Some(vec!["~> 3.2".to_owned()]));
        let gems: Vec<(&str, String)> = gemfile
            .gems
            .iter()
            .map(|(name, it)| (name.as_str(), it.join(", ")))
            .collect();
        assert_eq!(
            gems,
            [
                ("bootsnap", String::new()),
                ("debug", String::new()),
                ("pg", "= 1.5".to_owned()),
                ("puma", String::new()),
                ("rails", ">= 7.1.2, ~> 7.1".to_owned()),
                ("tzinfo-data", String::new()),
            ]
        );
    }

    #[test]
    fn what_is_a_program_is_refused() {
        for line in [
            "gem \"a\", git: \"https://x/a.git\"",
            "gem \"a\", path: \"a\"",
            "gem \"a\" if ENV[\"A\"]",
            "gem \"a\", ENV.fetch(\"A\")",
            "gem \"a#{1}\"",
            "gem \"a\"\ngem \"a\", \"1\"",
            "gemspec",
            "if RUBY_VERSION > \"3\"",
            "eval_gemfile \"x\"",
            "ruby file: \".ruby-version\"",
            "source \"https://a\"\nsource \"https://b\"",
            "source \"https://a\" do",
            "platforms :jruby do",
        ] {
            assert!(Gemfile::parse(line).is_err(), "{line}");
        }
    }
}
