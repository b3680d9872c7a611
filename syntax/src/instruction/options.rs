//! Which flags each instruction takes, and of what type.
//!
//! <https://github.com/moby/buildkit/blob/master/frontend/dockerfile/instructions/parse.go>

use crate::file::{Arguments, Flag, Healthcheck, Instruction, Keyword};
use crate::text::TextRange;

/// What a flag takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    /// Nothing, `true` or `false`; once.
    Bool,
    /// A value; once.
    Text,
    /// A value, any number of times.
    Texts,
    /// One of these; once.
    OneOf(&'static [&'static str]),
    /// A duration as Go writes it; once.
    Duration,
    /// A count; once.
    Count,
}

const ADD: &[(&str, Takes)] = &[
    ("checksum", Takes::Text),
    ("chmod", Takes::Text),
    ("chown", Takes::Text),
    ("exclude", Takes::Texts),
    ("keep-git-dir", Takes::Bool),
    ("link", Takes::Bool),
    ("unpack", Takes::Bool),
];

const COPY: &[(&str, Takes)] = &[
    ("chmod", Takes::Text),
    ("chown", Takes::Text),
    ("exclude", Takes::Texts),
    ("from", Takes::Text),
    ("link", Takes::Bool),
    ("parents", Takes::Bool),
];

const FROM: &[(&str, Takes)] = &[("platform", Takes::Text)];

const HEALTHCHECK: &[(&str, Takes)] = &[
    ("interval", Takes::Duration),
    ("retries", Takes::Count),
    ("start-interval", Takes::Duration),
    ("start-period", Takes::Duration),
    ("timeout", Takes::Duration),
];

const RUN: &[(&str, Takes)] = &[
    ("device", Takes::Texts),
    ("mount", Takes::Texts),
    ("network", Takes::OneOf(&["default", "none", "host"])),
    ("security", Takes::OneOf(&["insecure", "sandbox"])),
];

/// The flags of an instruction that Docker refuses.
pub(super) fn refused(instruction: &Instruction) -> Vec<TextRange> {
    let Some(known) = known(instruction) else {
        return Vec::new();
    };
    let mut refused = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for flag in &instruction.flags {
        let takes = known.iter().find(|(name, _)| *name == flag.name);
        let fits = takes.is_some_and(|&(name, takes)| {
            let again = seen.contains(&name) && takes != Takes::Texts;
            if !seen.contains(&name) {
                seen.push(name);
            }
            !again && fits(flag, takes)
        });
        if !fits {
            refused.push(flag.range);
        }
    }
    refused
}

/// The flags that an instruction takes; `None` where Docker does not look at them.
fn known(instruction: &Instruction) -> Option<&'static [(&'static str, Takes)]> {
    match instruction.keyword {
        Keyword::Add => Some(ADD),
        Keyword::Copy => Some(COPY),
        Keyword::From => Some(FROM),
        Keyword::Run => Some(RUN),
        Keyword::Healthcheck => match instruction.arguments {
            Arguments::Healthcheck(Healthcheck::None) => None,
            _ => Some(HEALTHCHECK),
        },
        Keyword::Stopsignal | Keyword::Unknown => None,
        _ => Some(&[]),
    }
}

fn fits(flag: &Flag, takes: Takes) -> bool {
    let value = flag.value.as_deref();
    match takes {
        Takes::Bool => value.is_none_or(|value| {
            value.eq_ignore_ascii_case("true") || value.eq_ignore_ascii_case("false")
        }),
        Takes::Text | Takes::Texts => value.is_some(),
        Takes::OneOf(values) => value.is_some_and(|value| values.contains(&value)),
        Takes::Duration => value.is_some_and(is_interval),
        Takes::Count => value.is_some_and(|value| {
            let digits = value.strip_prefix('+').unwrap_or(value);
            value.is_empty()
                || digits
                    .parse::<u32>()
                    .is_ok_and(|n| i32::try_from(n).is_ok())
        }),
    }
}

/// Whether Docker takes `text` for an interval: empty, zero, or a Go duration of at least a
/// millisecond, such as `1m30s`.
fn is_interval(text: &str) -> bool {
    text.is_empty() || seconds(text).is_some_and(|seconds| seconds == 0.0 || seconds >= 0.001)
}

/// Reads a duration as Go's `time.ParseDuration` does.
fn seconds(text: &str) -> Option<f64> {
    let (sign, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Some(0.0);
    }
    let mut total = 0.0;
    while !rest.is_empty() || total == 0.0 {
        let number_len = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, after) = rest.split_at(number_len);
        let unit_len = after
            .find(|c: char| c.is_ascii_digit() || c == '.')
            .unwrap_or(after.len());
        total += number.parse::<f64>().ok()? * unit(&after[..unit_len])?;
        rest = &after[unit_len..];
        if rest.is_empty() {
            break;
        }
    }
    Some(sign * total)
}

/// A unit of Go's durations in seconds.
fn unit(name: &str) -> Option<f64> {
    Some(match name {
        "ns" => 1e-9,
        "us" | "\u{b5}s" | "\u{3bc}s" => 1e-6,
        "ms" => 1e-3,
        "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_durations_of_go() {
        for text in ["", "0", "0s", "5s", "1m30s", "1.5h", "1ms", "+3s"] {
            assert!(is_interval(text), "{text}");
        }
        for text in ["5", "s", "5x", "1us", "-5s", "5s3", "."] {
            assert!(!is_interval(text), "{text}");
        }
    }
}
