//! What a RUN says, cut into commands as plainly as can be: no shell reader, so that it does not err
//! where the shell reader does.

use imgfix_syntax::{Arguments, CommandForm, Instruction};

/// A piece of a script between two operators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Command {
    /// Its text, without what stands in quotes with white space.
    pub(super) text: String,
    /// Whether its output goes into a pipe.
    pub(super) is_piped: bool,
}

/// The script of a RUN: continuation lines joined, comments left out, and what a shell reads from a heredoc.
pub(super) fn script(text: &str, instruction: &Instruction) -> String {
    if let Arguments::Command(CommandForm::Exec(words)) = &instruction.arguments {
        let words: Vec<String> = words.iter().map(|word| quoted(&word.text)).collect();
        return words.join(" ");
    }
    let mut script = instruction.body.as_str().to_owned();
    if instruction.heredocs.is_empty() || !feeds_a_shell(&script) {
        return script;
    }
    script.clear();
    for heredoc in &instruction.heredocs {
        script.push_str(heredoc.body.slice(text));
    }
    script.replace("\\\r\n", " ").replace("\\\n", " ")
}

/// A word of an exec form, so that white space in it stays its own.
fn quoted(word: &str) -> String {
    if word.contains(char::is_whitespace) && !word.contains('\'') {
        format!("'{word}'")
    } else {
        word.to_owned()
    }
}

/// Whether the heredocs of a body are scripts: they are all there is, or a shell reads them.
fn feeds_a_shell(body: &str) -> bool {
    let before = body.split("<<").next().unwrap_or_default();
    let program = before.split_ascii_whitespace().next();
    program.is_none_or(|program| {
        matches!(
            program.rsplit('/').next(),
            Some("sh" | "bash" | "dash" | "ash")
        ) && !before.contains('>')
    })
}

/// Cuts a script at its operators; what is only printed is left out.
pub(super) fn commands(script: &str) -> Vec<Command> {
    let mut commands = Vec::new();
    cut(script, &mut commands);
    commands.retain(|command| !prints(&command.text));
    commands
}

fn prints(command: &str) -> bool {
    let words = command.split_ascii_whitespace();
    let first = words.into_iter().find(|word| !is_lead(word));
    matches!(
        first,
        None | Some("echo" | "printf" | "/bin/echo" | "alias" | "#")
    )
}

/// Words that stand before a command.
fn is_lead(word: &str) -> bool {
    matches!(word, "then" | "do" | "else" | "{" | "}" | "!" | "if")
}

fn cut(script: &str, commands: &mut Vec<Command>) {
    let mut text = String::new();
    let mut rest = script;
    while let Some(char) = rest.chars().next() {
        let after = &rest[char.len_utf8()..];
        match char {
            '\\' => {
                text.push(char);
                let next = after.chars().next();
                text.extend(next);
                rest = &after[next.map_or(0, char::len_utf8)..];
                continue;
            }
            '\'' | '"' => {
                if let Some(inside) = inside_quotes(after, char) {
                    take_quoted(&mut text, inside, commands);
                    rest = &after[inside.len() + 1..];
                    continue;
                }
                text.push(char);
            }
            '#' if text.is_empty() || text.ends_with(char::is_whitespace) => {
                rest = &after[after.find('\n').unwrap_or(after.len())..];
                continue;
            }
            '&' if text.ends_with('>') || after.starts_with('>') => text.push(char),
            '|' => finish(&mut text, !after.starts_with('|'), commands),
            '`' if after.contains('`') => {
                let (inside, behind) = after.split_once('`').unwrap_or((after, ""));
                cut(inside, commands);
                text.push_str("\"\"");
                rest = behind;
                continue;
            }
            '\n' | '\r' | '&' | ';' | '(' | ')' | '`' => finish(&mut text, false, commands),
            _ => text.push(char),
        }
        rest = after;
    }
    finish(&mut text, false, commands);
}

fn finish(text: &mut String, is_piped: bool, commands: &mut Vec<Command>) {
    let text = std::mem::take(text);
    if !text.trim().is_empty() {
        commands.push(Command { text, is_piped });
    }
}

/// The text up to the closing quote.
fn inside_quotes(after: &str, quote: char) -> Option<&str> {
    let mut escaped = false;
    for (at, char) in after.char_indices() {
        if char == quote && !escaped {
            return Some(&after[..at]);
        }
        escaped = char == '\\' && !escaped && quote == '"';
    }
    None
}

/// A script behind `-c` is cut as well; other text with white space is nobody's command.
fn take_quoted(text: &mut String, inside: &str, commands: &mut Vec<Command>) {
    let last = text.split_ascii_whitespace().last().unwrap_or_default();
    let is_flag = last.starts_with('-') && !last.starts_with("--") && last.ends_with('c');
    if (is_flag || last == "eval") && text.ends_with(char::is_whitespace) {
        finish(text, false, commands);
        cut(inside, commands);
    } else if inside.contains(char::is_whitespace) {
        text.push('"');
        text.push('"');
    } else {
        text.push_str(inside);
    }
}

#[cfg(test)]
mod tests {
    use super::{Command, commands};

    fn texts(script: &str) -> Vec<String> {
        let texts = commands(script).into_iter().map(|it| it.text);
        texts.map(|text| text.trim().to_owned()).collect()
    }

    #[test]
    fn operators_cut_and_quotes_do_not() {
        let script = "apt-get update && echo apt-get install x; sed 's/a b;c/d/' f 2>&1 | (bash)";
        assert_eq!(texts(script), ["apt-get update", "sed \"\" f 2>&1", "bash"]);
    }

    #[test]
    fn scripts_behind_c_are_cut_too() {
        let script = "bash -lc 'pip install x && rm y' # pip install z";
        assert_eq!(texts(script), ["bash -lc", "pip install x", "rm y"]);
    }

    #[test]
    fn an_apostrophe_without_its_twin_is_a_letter() {
        assert_eq!(texts("touch don't && pip install x").len(), 2);
    }

    #[test]
    fn a_comment_in_backticks_ends_there() {
        assert_eq!(texts("apt-get install `# audio` a && rm b")[1], "rm b");
    }

    #[test]
    fn a_pipe_is_remembered() {
        let piped: Vec<bool> = commands("a | b || c").iter().map(is_piped).collect();
        assert_eq!(piped, [true, false, false]);
    }

    fn is_piped(command: &Command) -> bool {
        command.is_piped
    }
}
