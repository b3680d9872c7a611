//! What a shell text consists of. Ranges are byte offsets into the joined text.

use crate::text::TextRange;

/// Commands separated by `;`, `&` or newlines.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// The and/or lists, in order.
    pub items: Vec<ListItem>,
    /// Whether a comment stands in the list: what follows it on its line is no command.
    pub has_comment: bool,
}

/// One and/or list with what ends it.
#[derive(Clone, Debug)]
pub struct ListItem {
    /// The and/or list.
    pub and_or: AndOr,
    /// What ends it.
    pub terminator: Terminator,
}

/// What ends an and/or list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Terminator {
    /// A newline, or the end of the list.
    Newline,
    /// `;`, at this place.
    Semicolon(TextRange),
    /// `&`, at this place.
    Background(TextRange),
}

/// Pipelines joined by `&&` and `||`.
#[derive(Clone, Debug)]
pub struct AndOr {
    /// The first pipeline.
    pub first: Pipeline,
    /// The others, each with the operator before it.
    pub rest: Vec<AndOrLink>,
    /// From the first byte to the last.
    pub range: TextRange,
}

impl AndOr {
    /// The pipelines in order.
    pub fn pipelines(&self) -> impl DoubleEndedIterator<Item = &Pipeline> {
        std::iter::once(&self.first).chain(self.rest.iter().map(|link| &link.pipeline))
    }

    /// Whether all operators are `&&`.
    pub fn is_and_list(&self) -> bool {
        self.rest.iter().all(|link| link.operator == Operator::And)
    }
}

/// A pipeline and the operator that joins it to what stands before.
#[derive(Clone, Debug)]
pub struct AndOrLink {
    /// The operator.
    pub operator: Operator,
    /// Where the operator stands.
    pub operator_range: TextRange,
    /// The pipeline.
    pub pipeline: Pipeline,
}

/// The operators of an and/or list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `&&`
    And,
    /// `||`
    Or,
}

/// Commands joined by `|`.
#[derive(Clone, Debug)]
pub struct Pipeline {
    /// Whether `!` stands before it.
    pub negated: bool,
    /// The commands.
    pub commands: Vec<Command>,
    /// From the first byte (of the `!`) to the last.
    pub range: TextRange,
}

/// A command with its redirections.
#[derive(Clone, Debug)]
pub struct Command {
    /// What it is.
    pub kind: CommandKind,
    /// Its redirections, in order.
    pub redirections: Vec<Redirection>,
    /// From the first byte to the last, redirections included, heredoc bodies not.
    pub range: TextRange,
}

/// The kinds of command.
#[derive(Clone, Debug)]
pub enum CommandKind {
    /// Words, with assignments before them.
    Simple(SimpleCommand),
    /// A compound command.
    Compound(Compound),
    /// The definition of a function; its body is run later, or never.
    Function {
        /// The body.
        body: Box<Command>,
    },
}

/// A simple command.
#[derive(Clone, Debug)]
pub struct SimpleCommand {
    /// The assignments before the first word.
    pub assignments: Vec<Assignment>,
    /// Its words: name and arguments. Empty where there are only assignments.
    pub words: Vec<Word>,
    /// From the first assignment or word to the last word.
    pub range: TextRange,
}

/// `name=value` before a command.
#[derive(Clone, Debug)]
pub struct Assignment {
    /// The variable.
    pub name: String,
    /// From the first byte of the name to the last of the value.
    pub range: TextRange,
    /// The value; empty where nothing follows the `=`. An array has no value here.
    pub value: Option<Word>,
}

/// A compound command: the lists in it, in the order of the text.
#[derive(Clone, Debug)]
pub struct Compound {
    /// Which one.
    pub kind: CompoundKind,
    /// Its lists: conditions and bodies.
    pub lists: Vec<List>,
    /// The words it reads: those of `for … in`, the subject of `case`.
    pub words: Vec<Word>,
}

/// The kinds of compound command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompoundKind {
    /// `( … )`
    Subshell,
    /// `{ …; }`
    Group,
    /// `if …; then …; fi`: conditions and branches alternate, the `else` branch stands last.
    If,
    /// `for …; do …; done`
    For,
    /// `while` or `until …; do …; done`: condition, body.
    While,
    /// `case … in …; esac`
    Case,
    /// `[[ … ]]` or `(( … ))`
    Test,
    /// `time …`, `coproc …`
    Prefixed,
}

/// A word: its bytes, and what the shell expands in it.
#[derive(Clone, Debug)]
pub struct Word {
    /// Where it stands.
    pub range: TextRange,
    /// Whether quotes and backslashes are all that the shell works on in it.
    pub(super) is_static: bool,
    /// The command and process substitutions in it.
    pub substitutions: Vec<List>,
}

/// A redirection.
#[derive(Clone, Debug)]
pub struct Redirection {
    /// Which one.
    pub kind: RedirectionKind,
    /// Where it stands, with its file descriptor and target; a here-document's body not included.
    pub range: TextRange,
    /// The file, the descriptor, or the text; `None` for a here-document.
    pub target: Option<Word>,
}

/// The kinds of redirection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RedirectionKind {
    /// `<`
    Input,
    /// `>`, `>|`, `>>`, `<>`, `&>`
    Output,
    /// `<&`, `>&`
    Duplicate,
    /// `<<`, `<<-`
    Heredoc,
    /// `<<<`
    HereString,
}
