//! The text of a configuration file, and errors that name a place in it.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use crate::cli::error::{Failure, name_hint};

/// A configuration file and its text.
#[derive(Debug)]
pub(crate) struct Source {
    /// What the user knows it as.
    pub(crate) label: Arc<str>,
    /// Its folder.
    pub(crate) folder: PathBuf,
    /// Its text.
    pub(crate) text: String,
}

impl Source {
    /// The line of a byte offset, counted from 1.
    pub(crate) fn line(&self, offset: usize) -> usize {
        let before = self.text.as_bytes().iter().take(offset);
        1 + before.filter(|&&byte| byte == b'\n').count()
    }

    /// A failure at a place.
    pub(crate) fn failure(&self, span: &Range<usize>, message: &str) -> Failure {
        Failure::new(format!(
            "{}:{}: {message}",
            self.label,
            self.line(span.start)
        ))
    }

    /// The version that the file requires, and where it says so, even if the rest of it is for a version
    /// with other keys.
    pub(crate) fn required_version(&self) -> Option<(String, Range<usize>)> {
        let table = DeTable::parse(&self.text).ok()?;
        let value = table.get_ref().get("required-version")?;
        Some((value.get_ref().as_str()?.to_owned(), value.span()))
    }

    /// What the reader of the file found wrong, in our words.
    pub(crate) fn explain(&self, error: &toml::de::Error) -> Failure {
        let span = error.span().unwrap_or(0..0);
        let message = error.message();
        let names = backticked(message);
        if message.starts_with("unknown field") {
            let wrong = names.first().copied().unwrap_or_default();
            return self
                .failure(
                    &span,
                    &format!("unknown key `{wrong}`{}", self.in_table(&span)),
                )
                .hint(name_hint(wrong, names.get(1..).unwrap_or_default(), "keys"));
        }
        let key = self.key_of(&span);
        let at = |what: &str| match &key {
            Some(key) => format!("{what} for `{key}`"),
            None => what.to_owned(),
        };
        if message.starts_with("unknown variant") {
            let wrong = names.first().copied().unwrap_or_default();
            return self
                .failure(&span, &at(&format!("unknown value `{wrong}`")))
                .hint(name_hint(
                    wrong,
                    names.get(1..).unwrap_or_default(),
                    "values",
                ));
        }
        // An enumeration says what it wanted, not what it got.
        let message = message.replace("wanted string or table", "invalid type: expected a string");
        match message.strip_prefix("invalid type: ") {
            Some(types) => self.failure(&span, &format!("{}: {types}", at("wrong type"))),
            None => self.failure(&span, &message.trim().replace('\n', ", ")),
        }
    }

    /// ` in [table]`, where the key at `span` stands in one.
    fn in_table(&self, span: &Range<usize>) -> String {
        match self.path_of(span).as_slice() {
            [] | [_] => String::new(),
            [tables @ .., _] => format!(" in [{}]", tables.join(".")),
        }
    }

    /// The name of the key whose value holds `span`.
    fn key_of(&self, span: &Range<usize>) -> Option<String> {
        self.path_of(span).pop()
    }

    /// The names of tables and key around `span`.
    fn path_of(&self, span: &Range<usize>) -> Vec<String> {
        let mut path = Vec::new();
        if let Ok(table) = DeTable::parse(&self.text) {
            walk(table.get_ref(), span, &mut path);
        }
        path
    }
}

fn walk(table: &DeTable<'_>, span: &Range<usize>, path: &mut Vec<String>) {
    let holds = |other: Range<usize>| other.start <= span.start && span.end <= other.end;
    for (key, value) in table {
        if holds(key.span()) {
            path.push(key.get_ref().to_string());
            return;
        }
        path.push(key.get_ref().to_string());
        if reaches(value.get_ref(), span, path) || holds(value.span()) {
            return;
        }
        path.pop();
    }
}

/// Whether a table below `value` holds `span`; `path` then leads there.
fn reaches(value: &DeValue<'_>, span: &Range<usize>, path: &mut Vec<String>) -> bool {
    let depth = path.len();
    match value {
        DeValue::Table(table) => walk(table, span, path),
        DeValue::Array(values) => {
            return values
                .iter()
                .any(|value| reaches(value.get_ref(), span, path));
        }
        _ => {}
    }
    path.len() > depth
}

/// What stands between backticks.
fn backticked(message: &str) -> Vec<&str> {
    message.split('`').skip(1).step_by(2).collect()
}
