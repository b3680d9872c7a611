//! Sets of letters, as Go's regular expressions write them.

/// A set of letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Letters {
    is_negated: bool,
    ranges: Vec<(char, char)>,
}

const DIGITS: &[(char, char)] = &[('0', '9')];
const SPACES: &[(char, char)] = &[('\t', '\n'), ('\x0c', '\r'), (' ', ' ')];
const WORD: &[(char, char)] = &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];

/// The classes that are written with a name: `[[:alpha:]]`.
const NAMED: &[(&str, &[(char, char)])] = &[
    ("alnum", &[('0', '9'), ('A', 'Z'), ('a', 'z')]),
    ("alpha", &[('A', 'Z'), ('a', 'z')]),
    ("ascii", &[('\0', '\x7f')]),
    ("blank", &[('\t', '\t'), (' ', ' ')]),
    ("cntrl", &[('\0', '\x1f'), ('\x7f', '\x7f')]),
    ("digit", DIGITS),
    ("graph", &[('!', '~')]),
    ("lower", &[('a', 'z')]),
    ("print", &[(' ', '~')]),
    ("punct", &[('!', '/'), (':', '@'), ('[', '`'), ('{', '~')]),
    ("space", &[('\t', '\r'), (' ', ' ')]),
    ("upper", &[('A', 'Z')]),
    ("word", WORD),
    ("xdigit", &[('0', '9'), ('A', 'F'), ('a', 'f')]),
];

impl Letters {
    pub(super) fn one(char: char) -> Self {
        Self {
            is_negated: false,
            ranges: vec![(char, char)],
        }
    }

    pub(super) fn but(char: char) -> Self {
        Self {
            is_negated: true,
            ranges: vec![(char, char)],
        }
    }

    pub(super) fn has(&self, char: char) -> bool {
        let is_in = |&(first, last): &(char, char)| (first..=last).contains(&char);
        self.ranges.iter().any(is_in) != self.is_negated
    }

    /// The only letter in it.
    pub(super) fn only(&self) -> Option<char> {
        match self.ranges[..] {
            [(first, last)] if first == last && !self.is_negated => Some(first),
            _ => None,
        }
    }

    /// Reads a class from its bracket on, and gives what follows it.
    pub(super) fn class(text: &str) -> Option<(Self, &str)> {
        let text = text.strip_prefix('[')?;
        let negated = text.strip_prefix('^');
        let mut rest = negated.unwrap_or(text);
        let mut ranges = Vec::new();
        let mut is_empty = true;
        while is_empty || !rest.starts_with(']') {
            is_empty = false;
            if let Some((name, after)) = named(rest) {
                let (_, letters) = NAMED.iter().find(|(known, _)| *known == name)?;
                ranges.extend_from_slice(letters);
                rest = after;
                continue;
            }
            let (first, after) = Self::letter(rest)?;
            rest = after;
            let Some(first) = first.only() else {
                // `\D` in a class would be a set to be turned around: nobody writes it.
                if first.is_negated {
                    return None;
                }
                ranges.extend(first.ranges);
                continue;
            };
            let mut last = first;
            if let Some(after) = rest
                .strip_prefix('-')
                .filter(|after| !after.starts_with(']'))
            {
                let (letters, after) = Self::letter(after)?;
                last = letters.only().filter(|last| first <= *last)?;
                rest = after;
            }
            ranges.push((first, last));
        }
        let letters = Self {
            is_negated: negated.is_some(),
            ranges,
        };
        Some((letters, &rest[1..]))
    }

    /// A letter of a class, escaped or not.
    fn letter(text: &str) -> Option<(Self, &str)> {
        let char = text.chars().next()?;
        if char == '\\' {
            return Self::escape(text);
        }
        Some((Self::one(char), &text[char.len_utf8()..]))
    }

    /// Reads `\d`, `\n`, `\.` and their kin; `None` for what Go refuses, and for letters by their number.
    pub(super) fn escape(text: &str) -> Option<(Self, &str)> {
        let char = text.strip_prefix('\\')?.chars().next()?;
        let set = |ranges: &[(char, char)]| Self {
            is_negated: char.is_ascii_uppercase(),
            ranges: ranges.to_vec(),
        };
        let letters = match char {
            'd' | 'D' => set(DIGITS),
            's' | 'S' => set(SPACES),
            'w' | 'W' => set(WORD),
            'a' => Self::one('\x07'),
            'f' => Self::one('\x0c'),
            'n' => Self::one('\n'),
            'r' => Self::one('\r'),
            't' => Self::one('\t'),
            'v' => Self::one('\x0b'),
            char if char.is_ascii() && !char.is_ascii_alphanumeric() => Self::one(char),
            _ => return None,
        };
        Some((letters, &text[2..]))
    }
}

/// The name in `[:name:]`, and what follows.
fn named(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix("[:")?.split_once(":]")
}
