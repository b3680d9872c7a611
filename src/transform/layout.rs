//! How the author lays a RUN out: where `&&` stands, how deep continuation lines are indented.

use imgfix_syntax::TextRange;
use imgfix_syntax::shell::Operator;

use crate::model::Model;
use crate::model::run::{Run, RunForm};

/// The layout of a RUN's commands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Whether `&&` begins a line; otherwise it ends one.
    pub operator_first: bool,
    /// Whether the continuation follows an `&&` that ends a line without a blank: `&&\`.
    pub is_tight: bool,
    /// The white space before a continuation line's first word or operator.
    pub indent: String,
    /// The white space before the next command of a sequence (`a; \`).
    pub step: String,
}

/// The longest line that an addition to a RUN of one line makes, in characters.
pub const LINE_WIDTH: usize = 100;

/// How many RUNs before and behind one are looked at.
const NEAR: usize = 20;

impl Layout {
    /// The layout of `run`; where it does not show one, that of the RUN nearest to it that does.
    pub fn of(model: &Model, run: &Run) -> Self {
        let at = model.runs.partition_point(|other| other.item < run.item);
        let near = &model.runs[at.saturating_sub(NEAR)..model.runs.len().min(at + NEAR)];
        let mut others: Vec<&Run> = near.iter().collect();
        others.sort_by_key(|other| other.item.abs_diff(run.item));
        let own_indent = continuation_indent(&model.text, run);
        let shown = others
            .iter()
            .find_map(|other| Self::shown(&model.text, other));
        let file_indent = || {
            others
                .iter()
                .find_map(|other| continuation_indent(&model.text, other))
        };
        let step = own_indent.clone();
        let own = Self::shown(&model.text, run).or(shown);
        // No `&&` stands at a line's border anywhere: what goes on behind a list of arguments must not be
        // taken for one of them.
        let mut layout = own.unwrap_or_else(|| match own_indent.or_else(file_indent) {
            Some(indent) if indent.len() < 6 => Self::new(true, " "),
            _ => Self::new(
                false,
                &column(model, run).unwrap_or_else(|| "    ".to_owned()),
            ),
        });
        layout.step = step.unwrap_or_else(|| layout.indent.clone());
        layout
    }

    fn new(operator_first: bool, indent: &str) -> Self {
        Self {
            operator_first,
            is_tight: false,
            indent: indent.to_owned(),
            step: indent.to_owned(),
        }
    }

    /// What a RUN shows: the place of its first `&&` that stands at a line's border.
    fn shown(text: &str, run: &Run) -> Option<Self> {
        let operators = run
            .commands
            .iter()
            .filter_map(|command| match command.operator {
                Some((Operator::And, range)) if command.is_top_level => Some(range),
                _ => None,
            });
        let operators: Vec<TextRange> = operators.collect();
        // `&& \` on a line of its own says nothing of where operators stand beside commands.
        let is_alone = |operator: &TextRange| {
            let end = &text[operator.end()..];
            let end = end.split('\n').next().unwrap_or_default().trim();
            let line = &text[..operator.start()];
            let start = line.rsplit('\n').next().unwrap_or_default();
            matches!(end, "\\" | "`") && start.trim().is_empty()
        };
        let (alone, beside): (Vec<TextRange>, Vec<TextRange>) =
            operators.into_iter().partition(is_alone);
        beside
            .into_iter()
            .chain(alone)
            .find_map(|operator| {
                let before = &text[..operator.start()];
                let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
                let begins_line = before[line_start..].trim().is_empty();
                if begins_line && line_start > run.range.start() && !is_alone(&operator) {
                    return Some(Self::new(true, &before[line_start..]));
                }
                let after = &text[operator.end()..];
                let (rest, below) = after.split_once('\n')?;
                let ends_line = matches!(rest.trim_end(), "" | "\\" | "`" | " \\" | " `")
                    || rest.trim() == "\\"
                    || rest.trim() == "`";
                let is_tight = rest.starts_with(['\\', '`']);
                ends_line.then(|| Self {
                    is_tight,
                    ..Self::new(false, leading_blanks(first_code_line(below)))
                })
            })
            .or_else(|| Self::shown_by_semicolon(text, run))
    }

    /// A sequence with `;` at a line's end shows where operators stand, too.
    fn shown_by_semicolon(text: &str, run: &Run) -> Option<Self> {
        let source = run.range.slice(text);
        let mut lines = source.lines();
        while let Some(line) = lines.next() {
            let line = line.trim_end().trim_end_matches(['\\', '`']).trim_end();
            if line.ends_with(';') && !line.ends_with(";;") {
                return Some(Self::new(false, leading_blanks(lines.next()?)));
            }
        }
        None
    }

    /// What stands between two commands that `&&` joins, on two lines.
    pub fn and(&self) -> String {
        self.and_with_comments(&[])
    }

    /// What stands between two commands that `&&` joins, with comment lines between them.
    pub fn and_with_comments(&self, comments: &[&str]) -> String {
        let mut text = String::from(match (self.operator_first, self.is_tight) {
            (true, _) => " \\\n",
            (false, false) => " && \\\n",
            (false, true) => " &&\\\n",
        });
        for comment in comments {
            text.push_str(&self.indent);
            text.push_str(comment);
            text.push('\n');
        }
        text.push_str(&self.indent);
        if self.operator_first {
            text.push_str("&& ");
        }
        text
    }

    /// What stands between two commands in a `set -e` list.
    pub fn then(&self) -> String {
        format!("; \\\n{}", self.step)
    }

    /// What joins a command, added at `offset`, to `run`: on the same line where the RUN is one line and the
    /// result is not too long.
    pub fn append_and(&self, model: &Model, run: &Run, offset: usize, added: &str) -> String {
        let source = run.range.slice(&model.text);
        let is_at_end = model.text[offset.min(run.range.end())..run.range.end()]
            .trim()
            .is_empty();
        let is_one_line = run.form == RunForm::Shell && !source.contains('\n');
        let is_short = source.chars().count() + 4 + added.chars().count() <= LINE_WIDTH;
        let is_sequence = run
            .script()
            .is_some_and(|script| script.list.items.len() > 1);
        // Nor is a line torn in the middle, or a sequence that its author wrote on one line.
        if is_one_line && (is_short || !is_at_end || is_sequence) {
            return format!(" && {added}");
        }
        // In the same spirit, a line-border `&&` is used only where lines are.
        format!("{}{added}", self.and())
    }
}

/// The white space up to the column in which the author begins the bodies of instructions, where that is not
/// simply behind the keyword: `RUN        make`.
fn column(model: &Model, run: &Run) -> Option<String> {
    let body = model.instruction(run.item)?.body_range().start();
    let before = &model.text[run.range.start()..body];
    let is_wide = before.ends_with("  ") && !before.contains(['\n', '\t']);
    let is_like = |other: &&Run| {
        model.instruction(other.item).is_some_and(|instruction| {
            instruction.body_range().start() - other.range.start() == before.len()
        })
    };
    // A blank too much is no column.
    let is_usual = || model.runs.iter().filter(is_like).count() * 2 > model.runs.len();
    (is_wide && is_usual()).then(|| " ".repeat(before.chars().count()))
}

/// The end of the blanks behind `offset`, where nothing but they follow on its line; else `offset`.
pub fn end_of_line(text: &str, offset: usize) -> usize {
    let rest = &text[offset..];
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let behind = rest[blanks..].chars().next();
    if matches!(behind, None | Some('\n' | '\r')) {
        offset + blanks
    } else {
        offset
    }
}

/// The indent of the first continuation line of a RUN.
fn continuation_indent(text: &str, run: &Run) -> Option<String> {
    if run.form != RunForm::Shell {
        return None;
    }
    let (_, below) = run.range.slice(text).split_once('\n')?;
    Some(leading_blanks(first_code_line(below)).to_owned())
}

fn first_code_line(text: &str) -> &str {
    text.lines()
        .find(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
        .unwrap_or_default()
}

fn leading_blanks(line: &str) -> &str {
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// The range between two commands of one and/or list or sequence: operator and white space, as it goes
/// when one of them is removed.
pub fn between(left: TextRange, right: TextRange) -> TextRange {
    TextRange::new(left.end(), right.start())
}
