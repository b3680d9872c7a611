//! Lines and words of scripts, roughly: enough to find a command and its flags.

/// Lines with those that a backslash continues, and the number of the first; without comments.
pub(super) fn logical_lines(text: &str) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (at, line) in text.lines().enumerate() {
        if line.trim_start().starts_with('#') {
            continue;
        }
        let line = line.trim_end();
        let (body, continued) = match line.strip_suffix('\\') {
            Some(body) => (body, true),
            None => (line, false),
        };
        match found.last_mut() {
            Some((_, last)) if open => {
                last.push(' ');
                last.push_str(body.trim_start());
            }
            _ => found.push((at + 1, body.to_owned())),
        }
        open = continued;
    }
    found
}

/// The words of a line without their quotes; a separator of commands is a word of its own.
pub(super) fn words(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    for word in line.split_whitespace() {
        let word = word.trim_matches(['"', '\'', '`', ',', '[', ']']);
        let ended = word.ends_with(';') && !word.ends_with("\\;");
        let word = word.trim_end_matches(';').trim_matches(['"', '\'']);
        if !word.is_empty() {
            found.push(word.to_owned());
        }
        if ended {
            found.push(";".to_owned());
        }
    }
    found
}

/// Whether a word ends a command.
pub(super) fn is_separator(word: &str) -> bool {
    matches!(word, "&&" | "||" | "|" | ";" | "&" | ")" | "}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn continued_lines_are_one_and_comments_are_none() {
        assert_eq!(
            logical_lines("# a\nb \\\n# c\n  d\ne"),
            [(2, "b  d".to_owned()), (5, "e".to_owned())]
        );
    }

    #[test]
    fn words_lose_their_quotes_and_separators_stand_alone() {
        assert_eq!(words("a \"b c\"; d"), ["a", "b", "c", ";", "d"]);
    }
}
