//! Text that others wrote, as it stands in the page. The templates escape what HTML takes for markup; here
//! becomes visible what a browser would not show, or would show at another place than it stands.

use maud::{Markup, Render, html};

use crate::report::printable;

/// A piece of text on one line.
pub(super) struct Shown<'a>(pub(super) &'a str);

impl Render for Shown<'_> {
    fn render_to(&self, buffer: &mut String) {
        visible(self.0).render_to(buffer);
    }
}

/// A sentence in which backticks mean code.
pub(super) struct Prose<'a>(pub(super) &'a str);

impl Render for Prose<'_> {
    fn render_to(&self, buffer: &mut String) {
        // A last backtick without its twin is a character.
        let pairs = self.0.matches('`').count() / 2 * 2;
        let pieces = self.0.splitn(pairs + 1, '`').enumerate();
        for (at, piece) in pieces {
            let piece = Shown(piece);
            let piece = if at % 2 == 1 {
                html! { code translate="no" { (piece) } }
            } else {
                html! { (piece) }
            };
            piece.render_to(buffer);
        }
    }
}

/// A line of a file. A tab is as wide as four spaces.
pub(super) struct Line<'a>(pub(super) &'a str);

impl Render for Line<'_> {
    fn render_to(&self, buffer: &mut String) {
        let line = self.0.trim_end_matches(['\r', '\n']).replace('\t', "    ");
        visible(&line).render_to(buffer);
    }
}

/// Without characters that cannot be seen or that turn the direction of others.
fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in printable(text).chars() {
        if is_hidden(char) {
            out.extend(char.escape_unicode());
        } else {
            out.push(char);
        }
    }
    out
}

/// Format characters without a width, tags, and what is no character at all.
/// <https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing>
fn is_hidden(char: char) -> bool {
    matches!(
        char,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{fdd0}'..='\u{fdef}'
            | '\u{e0000}'..='\u{e0fff}'
    ) || u32::from(char) & 0xfffe == 0xfffe
}

/// `1 rewrite`, `2 rewrites`: the number by itself, for the script that counts.
pub(super) fn counted(number: usize, noun: &str) -> Markup {
    let text = crate::report::count(number, noun);
    html! { (text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_writes_no_markup_into_the_page() {
        let text = Shown("<img src=x>&\"\u{1b}[2J\u{202e}\u{ffff}").render();
        assert_eq!(
            text.into_string(),
            "&lt;img src=x&gt;&amp;&quot;\\u{1b}[2J\\u{202e}\\u{ffff}"
        );
        assert_eq!(Line("\ta\r\n").render().into_string(), "    a");
    }

    #[test]
    fn backticks_in_pairs_are_code() {
        let text = Prose("join `a` and `<b>`, not `").render().into_string();
        assert_eq!(
            text,
            "join <code translate=\"no\">a</code> and <code translate=\"no\">&lt;b&gt;</code>, not `"
        );
    }
}
