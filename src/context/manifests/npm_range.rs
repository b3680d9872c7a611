//! Ranges of npm: <https://github.com/npm/node-semver#ranges>. They are read into the comparators of Cargo's
//! versions, which mean the same one by one; what is not understood is no range here.

use semver::{Comparator, Op, Prerelease, Version, VersionReq};

/// A range: one of several lists of comparators, of which all have to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NpmRange(Vec<VersionReq>);

impl NpmRange {
    /// Reads a range; `None` where it is none, or is written in a way that is not followed.
    pub fn parse(text: &str) -> Option<Self> {
        let lists = text.split("||").map(list);
        let lists = lists.map(|list| list.map(|comparators| VersionReq { comparators }));
        lists.collect::<Option<_>>().map(Self)
    }

    /// Whether a version is in it.
    pub fn matches(&self, version: &Version) -> bool {
        self.0.iter().any(|list| list.matches(version))
    }
}

/// A version as lock files write it.
pub fn version(text: &str) -> Option<Version> {
    Version::parse(text.trim().trim_start_matches(['v', '='])).ok()
}

/// The comparators between two `||`.
fn list(text: &str) -> Option<Vec<Comparator>> {
    let text = text.trim();
    if let Some((from, to)) = text.split_once(" - ") {
        let bound = |op, text: &str| partial(text.trim()).map(|it| it.map(|it| it.with(op)));
        let from = bound(Op::GreaterEq, from)?;
        let to = bound(Op::LessEq, to)?;
        return Some(from.into_iter().chain(to).collect());
    }
    let mut comparators = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (op, behind) = operator(rest);
        let behind = behind.trim_start();
        let end = behind.find(char::is_whitespace).unwrap_or(behind.len());
        let (word, next) = behind.split_at(end);
        match partial(word)? {
            Some(it) => comparators.push(it.with(op)),
            // Nothing is greater than anything.
            None if matches!(op, Op::Greater | Op::Less) => return None,
            None => {}
        }
        rest = next.trim_start();
    }
    Some(comparators)
}

fn operator(text: &str) -> (Op, &str) {
    const OPERATORS: &[(&str, Op)] = &[
        (">=", Op::GreaterEq),
        ("<=", Op::LessEq),
        ("~>", Op::Tilde),
        (">", Op::Greater),
        ("<", Op::Less),
        ("=", Op::Exact),
        ("~", Op::Tilde),
        ("^", Op::Caret),
    ];
    let found = OPERATORS.iter().find(|(sign, _)| text.starts_with(sign));
    found.map_or((Op::Exact, text), |(sign, op)| (*op, &text[sign.len()..]))
}

/// A version of which the end may be missing.
struct Partial {
    major: u64,
    minor: Option<u64>,
    patch: Option<u64>,
    pre: Prerelease,
}

impl Partial {
    fn with(self, op: Op) -> Comparator {
        Comparator {
            op,
            major: self.major,
            minor: self.minor,
            patch: self.patch,
            pre: self.pre,
        }
    }
}

/// Reads `1`, `1.x`, `1.2.3-beta.1+build`; `Some(None)` is any version, `None` what is not understood.
#[allow(
    clippy::option_option,
    reason = "any version is something else than none"
)]
fn partial(text: &str) -> Option<Option<Partial>> {
    let text = text.strip_prefix(['v', '=']).unwrap_or(text);
    let text = text.split('+').next().unwrap_or(text);
    let (numbers, pre) = match text.split_once('-') {
        Some((numbers, pre)) => (numbers, Prerelease::new(pre).ok()?),
        None => (text, Prerelease::EMPTY),
    };
    let mut parts = Vec::new();
    for part in numbers.split('.') {
        let is_any = matches!(part, "x" | "X" | "*");
        parts.push(if is_any {
            None
        } else {
            Some(part.parse().ok()?)
        });
    }
    if parts.len() > 3 {
        return None;
    }
    let at = |index: usize| parts.get(index).copied().flatten();
    let Some(major) = at(0) else {
        return Some(None);
    };
    let minor = at(1);
    let patch = minor.and_then(|_| at(2));
    if !pre.is_empty() && patch.is_none() {
        return None;
    }
    Some(Some(Partial {
        major,
        minor,
        patch,
        pre,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(range: &str, inside: &[&str], outside: &[&str]) {
        let parsed = NpmRange::parse(range).unwrap_or_else(|| panic!("`{range}` is a range"));
        for text in inside {
            let version = version(text).expect("a version");
            assert!(parsed.matches(&version), "{text} is in `{range}`");
        }
        for text in outside {
            let version = version(text).expect("a version");
            assert!(!parsed.matches(&version), "{text} is not in `{range}`");
        }
    }

    // Each line was asked of npm's own semver 7.
    #[test]
    fn ranges_mean_what_npm_says() {
        check(
            "^1.2.3",
            &["1.2.3", "1.9.0"],
            &["1.2.2", "2.0.0", "1.5.0-a"],
        );
        check("^0.2.3", &["0.2.9"], &["0.3.0", "0.2.2"]);
        check("^0.0.3", &["0.0.3"], &["0.0.4"]);
        check("^0.0", &["0.0.9"], &["0.1.0"]);
        check("^0", &["0.9.0"], &["1.0.0"]);
        check(
            "^1.2.3-beta.2",
            &["1.2.3-beta.4", "1.2.3"],
            &["1.2.4-beta.2", "1.2.3-alpha"],
        );
        check("~1.2", &["1.2.9"], &["1.3.0"]);
        check("~> 1.2.3", &["1.2.4"], &["1.3.0"]);
        check("1.2.x", &["1.2.0"], &["1.3.0"]);
        check("1", &["1.9.9"], &["2.0.0"]);
        check("", &["0.1.0"], &["1.0.0-a"]);
        check(">=1.2.0 <2", &["1.2.0", "1.9.9"], &["2.0.0", "2.0.0-rc.1"]);
        check(">= 1.2.0 < 2.0.0", &["1.5.0"], &["2.0.0"]);
        check(">1", &["2.0.0"], &["1.9.0"]);
        check("<=1.2", &["1.2.9"], &["1.3.0"]);
        check("1.2 - 2.3", &["1.2.0", "2.3.9"], &["2.4.0"]);
        check(
            "1.x || >=2.5.0 || 5.0.0 - 7.2.3",
            &["1.2.3", "2.5.0", "6.0.0"],
            &["2.4.9"],
        );
        check("v1.2.3", &["1.2.3"], &["1.2.4"]);
        check("=1.2.3", &["1.2.3", "1.2.3+b"], &["1.2.4"]);
        check(
            ">=1.2.3-rc.1 <2.0.0-0",
            &["1.2.3-rc.2", "1.3.0"],
            &["2.0.0-alpha", "1.3.0-a"],
        );
    }

    #[test]
    fn what_is_no_range_is_refused() {
        for text in [
            "latest",
            "github:a/b",
            "1.2.3.4",
            "^1.2-beta",
            ">*",
            "file:a",
        ] {
            assert_eq!(NpmRange::parse(text), None, "{text}");
        }
    }
}
