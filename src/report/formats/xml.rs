//! Text in XML 1.0: what would be markup is escaped, and so are the control characters that it cannot hold.

use std::borrow::Cow;

use crate::report::printable;

/// A text as it stands in an attribute or between tags.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    let text = printable(text);
    let is_markup =
        |char: char| matches!(char, '&' | '<' | '>' | '"' | '\'' | '\u{fffe}' | '\u{ffff}');
    if !text.contains(is_markup) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 8);
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            // No characters of XML.
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(char),
        }
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_control_characters_are_escaped() {
        assert_eq!(
            escaped("a<b> & \"c\" 'd'"),
            "a&lt;b&gt; &amp; &quot;c&quot; &apos;d&apos;"
        );
        assert_eq!(escaped("a\u{1b}b\n"), "a\\u{1b}b\\n");
        assert_eq!(escaped("é\u{ffff}"), "é\u{fffd}");
    }
}
