//! A failure with its cause and the next step, as every message of the program shows it.

use std::fmt;

use crate::report::findings::FailureReport;

/// What went wrong, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// What went wrong: the thing, the place, the cause.
    pub(crate) message: String,
    /// The next step.
    pub(crate) hint: Option<String>,
}

impl Failure {
    /// A failure without a hint.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: None,
        }
    }

    /// The failure with a hint.
    #[must_use]
    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        Self {
            hint: Some(hint.into()),
            ..self
        }
    }

    /// The failure as it stands in a report; `path` where it is one file's.
    pub(crate) fn report(&self, path: Option<&str>) -> FailureReport {
        FailureReport::new(path, &self.message, self.hint.as_deref())
    }

    /// The failure of an operation on what the user knows as `label`.
    pub(crate) fn io(label: &str, error: &std::io::Error) -> Self {
        Self::new(format!("{label}: {}", cause(error)))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.hint {
            Some(hint) => write!(f, "\nhint: {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Failure {}

/// The cause in lower case and without the number that the standard library adds.
pub(crate) fn cause(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if !text.starts_with("I/O") => first.to_lowercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}

/// The name among `names` that is written most like `wrong`, where one is near enough to be meant.
pub(crate) fn nearest<'a>(
    wrong: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    names
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&wrong.to_lowercase(), name), name))
        .filter(|&(likeness, _)| likeness > 0.7)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

/// The hint for a name that is not known: the nearest one, and all of them.
pub(crate) fn name_hint(wrong: &str, names: &[&str], plural: &str) -> String {
    let all = match names {
        [] => format!("there are no {plural}"),
        _ => format!("valid {plural}: {}", names.join(", ")),
    };
    match nearest(wrong, names.iter().copied()) {
        Some(name) => format!("did you mean `{name}`? {all}"),
        None => all,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found_and_a_far_one_is_not() {
        let names = ["level", "select", "ignore"];
        assert_eq!(nearest("levle", names), Some("level"));
        assert_eq!(nearest("Level", names), Some("level"));
        assert_eq!(nearest("zzz", names), None);
    }

    #[test]
    fn causes_are_lower_case_without_number() {
        let error = std::io::Error::from_raw_os_error(2);
        assert_eq!(cause(&error), "no such file or directory");
    }
}
