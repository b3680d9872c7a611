//! Versions and requirements of gems: <https://guides.rubygems.org/patterns/>, and `Gem::Version` of RubyGems.

use std::cmp::Ordering;

/// A version: numbers, and letters of a pre-release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GemVersion(Vec<Segment>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Segment {
    Letters(String),
    Number(u64),
}

impl GemVersion {
    /// Reads `1.2.3` or `7.1.0.rc1`; `None` where it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let mut segments = Vec::new();
        for part in text.trim().split('.') {
            let is_plain = |char: char| char.is_ascii_alphanumeric();
            if part.is_empty() || !part.chars().all(is_plain) {
                return None;
            }
            let mut rest = part;
            while let Some(first) = rest.chars().next() {
                let is_number = first.is_ascii_digit();
                let end = rest.find(|char: char| char.is_ascii_digit() != is_number);
                let (segment, behind) = rest.split_at(end.unwrap_or(rest.len()));
                segments.push(if is_number {
                    Segment::Number(segment.parse().ok()?)
                } else {
                    Segment::Letters(segment.to_owned())
                });
                rest = behind;
            }
        }
        matches!(segments.first(), Some(Segment::Number(_))).then_some(Self(segments))
    }

    fn is_prerelease(&self) -> bool {
        self.0.iter().any(|it| matches!(it, Segment::Letters(_)))
    }

    /// The numbers up to the first letters.
    fn release(&self) -> Vec<Segment> {
        let numbers = self.0.iter();
        let numbers = numbers.take_while(|it| matches!(it, Segment::Number(_)));
        numbers.cloned().collect()
    }

    /// What `~>` stays below: the last number but one is one more.
    fn bump(&self) -> Self {
        let mut numbers = self.release();
        if numbers.len() > 1 {
            numbers.pop();
        }
        if let Some(Segment::Number(last)) = numbers.last_mut() {
            *last = last.saturating_add(1);
        }
        Self(numbers)
    }
}

impl Ord for GemVersion {
    fn cmp(&self, other: &Self) -> Ordering {
        const ZERO: Segment = Segment::Number(0);
        let length = self.0.len().max(other.0.len());
        let at = |segments: &[Segment], index: usize| segments.get(index).cloned().unwrap_or(ZERO);
        (0..length)
            .map(|index| match (at(&self.0, index), at(&other.0, index)) {
                (Segment::Number(own), Segment::Number(other)) => own.cmp(&other),
                (Segment::Letters(own), Segment::Letters(other)) => own.cmp(&other),
                // Letters are a pre-release: below every number.
                (Segment::Letters(_), Segment::Number(_)) => Ordering::Less,
                (Segment::Number(_), Segment::Letters(_)) => Ordering::Greater,
            })
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    }
}

impl PartialOrd for GemVersion {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Whether a version is what a requirement asks for: `~> 1.2`, `1.0`; `None` where that is not understood.
pub fn satisfies(version: &GemVersion, requirement: &str) -> Option<bool> {
    let requirement = canonical(requirement);
    let (operator, wanted) = requirement.split_once(' ')?;
    let wanted = GemVersion::parse(wanted)?;
    Some(match operator {
        "=" => version.cmp(&wanted).is_eq(),
        "!=" => version.cmp(&wanted).is_ne(),
        ">" => *version > wanted,
        "<" => *version < wanted,
        ">=" => *version >= wanted,
        "<=" => *version <= wanted,
        "~>" => {
            let own = if version.is_prerelease() && !wanted.is_prerelease() {
                GemVersion(version.release())
            } else {
                version.clone()
            };
            *version >= wanted && own < wanted.bump()
        }
        _ => return None,
    })
}

/// A requirement as lock files write it: `= 1.0` for `1.0`, one blank behind the operator.
pub fn canonical(requirement: &str) -> String {
    let text = requirement.trim();
    let end = text.find(|char: char| !"=!<>~".contains(char));
    let (operator, version) = text.split_at(end.unwrap_or(text.len()));
    let operator = if operator.is_empty() { "=" } else { operator };
    format!("{operator} {}", version.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> GemVersion {
        GemVersion::parse(text).expect("it is a version")
    }

    #[test]
    fn versions_have_an_order() {
        let sorted = [
            "0.9",
            "1.0.0.a",
            "1.0.0.rc1",
            "1.0",
            "1.0.1",
            "1.2",
            "1.10",
            "2",
        ];
        for pair in sorted.windows(2) {
            assert!(version(pair[0]) < version(pair[1]), "{pair:?}");
        }
        assert!(version("1.0").cmp(&version("1.0.0")).is_eq());
        assert_eq!(GemVersion::parse("1.0-x86"), None);
        assert_eq!(GemVersion::parse("a"), None);
    }

    #[test]
    fn requirements_are_those_of_rubygems() {
        for (requirement, inside, outside) in [
            ("1.0", "1.0.0", "1.0.1"),
            ("~> 1.2", "1.9", "2.0"),
            ("~> 1.2", "1.2", "1.1.9"),
            ("~> 1.2.3", "1.2.9", "1.3"),
            ("~> 2", "2.5", "3.0"),
            (">=1.0", "3", "0.9"),
            ("!= 1.1", "1.2", "1.1.0"),
            ("< 2", "2.0.0.pre", "2.0"),
        ] {
            assert_eq!(
                satisfies(&version(inside), requirement),
                Some(true),
                "{requirement} {inside}"
            );
            assert_eq!(
                satisfies(&version(outside), requirement),
                Some(false),
                "{requirement} {outside}"
            );
        }
        assert_eq!(satisfies(&version("1"), "=> 1"), None);
        assert_eq!(canonical("~>1.2"), "~> 1.2");
    }
}
