//! What a word is once the shell has removed its quotes.

use std::borrow::Cow;

use super::Word;

impl Word {
    /// The word as written.
    pub fn raw<'t>(&self, text: &'t str) -> &'t str {
        self.range.slice(text)
    }

    /// The word after quote removal, where the shell expands nothing in it: no variable, substitution,
    /// pattern, brace or leading tilde.
    pub fn literal<'t>(&self, text: &'t str) -> Option<Cow<'t, str>> {
        if !self.is_static {
            return None;
        }
        unquote(self.raw(text))
    }
}

/// Removes the quotes of a word without expansions; `None` where an unquoted pattern, brace or tilde
/// stands in it.
fn unquote(raw: &str) -> Option<Cow<'_, str>> {
    if raw.starts_with('~') {
        return None;
    }
    if !raw.contains(['\'', '"', '\\', '*', '?', '[', '{', '$', '`']) {
        return Some(Cow::Borrowed(raw));
    }
    let mut value = String::with_capacity(raw.len());
    let mut chars = raw.chars();
    while let Some(char) = chars.next() {
        match char {
            '\\' => match chars.next()? {
                '\n' => {}
                escaped => value.push(escaped),
            },
            '\'' => loop {
                match chars.next()? {
                    '\'' => break,
                    quoted => value.push(quoted),
                }
            },
            '"' => push_double_quoted(&mut chars, &mut value)?,
            '*' | '?' | '[' | '{' | '$' | '`' => return None,
            plain => value.push(plain),
        }
    }
    Some(Cow::Owned(value))
}

fn push_double_quoted(chars: &mut std::str::Chars<'_>, value: &mut String) -> Option<()> {
    loop {
        match chars.next()? {
            '"' => return Some(()),
            '\\' => match chars.next()? {
                '\n' => {}
                escaped @ ('$' | '`' | '"' | '\\') => value.push(escaped),
                other => value.extend(['\\', other]),
            },
            '$' | '`' => return None,
            quoted => value.push(quoted),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::unquote;

    #[test]
    fn quotes_are_removed_as_the_shell_does() {
        for (raw, value) in [
            ("abc", Some("abc")),
            ("'a b'c", Some("a bc")),
            (r#""a\"b\c""#, Some(r#"a"b\c"#)),
            (r"a\ b", Some("a b")),
            ("a*", None),
            ("'a*'", Some("a*")),
            ("~/x", None),
            ("$x", None),
            ("\"$x\"", None),
            ("{a,b}", None),
        ] {
            assert_eq!(unquote(raw).as_deref(), value, "{raw}");
        }
    }
}
