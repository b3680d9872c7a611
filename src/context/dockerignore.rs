//! `.dockerignore`, read as Docker reads it: which paths of a build context stay behind.
//!
//! The reader and the order of decisions are those of `moby/patternmatcher`; where its patterns mean
//! something odd, they mean the same here. What Docker refuses is an error, never a guess.
//! <https://docs.docker.com/build/concepts/context/#dockerignore-files>

mod letters;
mod pattern;

use pattern::Pattern;

/// A `.dockerignore`, or the file beside a Dockerfile that stands in for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IgnoreFile {
    /// Its path, from the root of the repository.
    pub path: String,
    /// Its text, where it was read.
    pub text: Option<String>,
    /// What it says, or why that is not known.
    pub rules: Result<Ignore, String>,
}

impl IgnoreFile {
    /// Reads one.
    pub fn read(path: String, text: String) -> Self {
        let rules = Ignore::parse(&text).map_err(|fault| fault.to_string());
        Self {
            path,
            text: Some(text),
            rules,
        }
    }

    /// One whose text could not be had.
    pub fn unread(path: String, why: &str) -> Self {
        Self {
            path,
            text: None,
            rules: Err(why.to_owned()),
        }
    }
}

/// The patterns of a `.dockerignore`, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ignore {
    rules: Vec<Rule>,
    has_exceptions: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    is_exception: bool,
    /// The bytes with which every path that meets it begins and ends, where they are known: nearly all
    /// paths fail here already.
    ends: (Option<u8>, Option<u8>),
    pattern: Pattern,
}

/// A `.dockerignore` that no builder accepts, or one too large to follow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct IgnoreError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub why: &'static str,
}

/// Docker reads no longer line.
const MAX_LINE: usize = 64 * 1024;

/// More patterns than this are nobody's handiwork.
const MAX_RULES: usize = 2_000;

impl Ignore {
    /// Reads the text of a `.dockerignore`.
    ///
    /// # Errors
    /// A pattern that Docker refuses.
    pub fn parse(text: &str) -> Result<Self, IgnoreError> {
        let mut ignore = Self::default();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (at, line) in text.split('\n').enumerate() {
            let fault = |why| IgnoreError { line: at + 1, why };
            if line.len() >= MAX_LINE {
                return Err(fault("longer than Docker reads"));
            }
            let Some(written) = plain(line) else {
                continue;
            };
            if ignore.rules.len() == MAX_RULES {
                return Err(fault("more patterns than are followed"));
            }
            if let Some(rule) = Rule::parse(&written).map_err(fault)? {
                ignore.has_exceptions |= rule.is_exception;
                ignore.rules.push(rule);
            }
        }
        Ok(ignore)
    }

    /// Whether a rule takes back what another one says.
    pub fn has_exceptions(&self) -> bool {
        self.has_exceptions
    }

    /// Whether the path, `/`-separated from the root of the context, stays behind.
    ///
    /// A folder that is ignored takes with it what is below, but for exceptions that say otherwise.
    pub fn ignores(&self, path: &str) -> bool {
        let ends = path.match_indices('/').map(|(at, _)| at);
        let mut matched = vec![false; self.rules.len()];
        let mut is_ignored = false;
        for end in ends.chain([path.len()]) {
            is_ignored = self.step(&path[..end], &mut matched);
            if is_ignored && !self.has_exceptions {
                return true;
            }
        }
        is_ignored
    }

    /// Whether an exception may send something below a folder, going by how its pattern begins.
    pub fn may_except_below(&self, folder: &str) -> bool {
        let below = format!("{folder}/");
        let mut exceptions = self.rules.iter().filter(|rule| rule.is_exception);
        exceptions.any(|rule| {
            let start = rule.pattern.literal_start();
            start.starts_with(&below) || below.starts_with(start)
        })
    }

    /// Decides on one path; `matched` holds the rules that its folder met, and then those that it meets.
    fn step(&self, path: &str, matched: &mut [bool]) -> bool {
        let mut is_ignored = false;
        for (rule, matched) in self.rules.iter().zip(matched) {
            // A rule that would change nothing is not asked, and counts as not met below, too.
            if !*matched && rule.is_exception == is_ignored {
                *matched = rule.matches(path);
            }
            if *matched {
                is_ignored = !rule.is_exception;
            }
        }
        is_ignored
    }
}

impl Rule {
    /// Reads a pattern that [`plain`] has prepared; `None` for one that is empty.
    fn parse(written: &str) -> Result<Option<Self>, &'static str> {
        let written = written.trim();
        if written.is_empty() {
            return Ok(None);
        }
        let cleaned = clean(written);
        let (is_exception, text) = match cleaned.strip_prefix('!') {
            Some("") => return Err("an exception to nothing"),
            Some(rest) => (true, rest),
            None => (false, cleaned.as_str()),
        };
        let pattern = Pattern::parse(text)?;
        Ok(Some(Self {
            is_exception,
            ends: pattern.ends(),
            pattern,
        }))
    }

    fn matches(&self, path: &str) -> bool {
        let (first, last) = self.ends;
        let bytes = path.as_bytes();
        (first.is_none() || first == bytes.first().copied())
            && (last.is_none() || last == bytes.last().copied())
            && self.pattern.matches(path)
    }
}

/// The pattern in a line, cleaned and from the root of the context; `None` for a comment or a blank line.
fn plain(line: &str) -> Option<String> {
    let line = line.strip_suffix('\r').unwrap_or(line);
    if line.starts_with('#') {
        return None;
    }
    let line = line.trim();
    let (sign, path) = match line.strip_prefix('!') {
        Some(rest) => ("!", rest.trim()),
        None => ("", line),
    };
    if path.is_empty() {
        return (!sign.is_empty()).then(|| sign.to_owned());
    }
    let path = clean(path);
    let from_root = path.strip_prefix('/').filter(|rest| !rest.is_empty());
    Some(format!("{sign}{}", from_root.unwrap_or(&path)))
}

/// A path as Go's `path.Clean` makes it: no doubled slashes, no `.`, `..` resolved where something is before it.
pub(super) fn clean(path: &str) -> String {
    let is_rooted = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if is_rooted => {}
            part => parts.push(part),
        }
    }
    match (is_rooted, parts.is_empty()) {
        (true, _) => format!("/{}", parts.join("/")),
        (false, true) => ".".to_owned(),
        (false, false) => parts.join("/"),
    }
}

#[cfg(test)]
mod tests;
