//! The tree of a Dockerfile: items that tile the text, as ranges only.

use crate::logical::LogicalText;
use crate::text::TextRange;

/// A Dockerfile, read. Made by [`crate::parse`]; holds ranges into the text, not the text.
///
/// Invariant: the items' ranges tile `0..text.len()` in order, without gap or overlap.
#[derive(Clone, Debug)]
pub struct File {
    /// The items, in order.
    pub items: Vec<Item>,
    /// What `BuildKit` would refuse or warn of; the items are there all the same.
    pub diagnostics: Vec<Diagnostic>,
    /// The escape character: a backslash unless the `escape` directive says a backtick.
    pub escape: char,
}

impl File {
    /// The instructions with the index of their item, in order.
    pub fn instructions(&self) -> impl DoubleEndedIterator<Item = (usize, &Instruction)> {
        self.items
            .iter()
            .enumerate()
            .filter_map(|(at, item)| match &item.kind {
                ItemKind::Instruction(instruction) => Some((at, &**instruction)),
                _ => None,
            })
    }
}

/// One item: whole lines of the file, line ends included.
#[derive(Clone, Debug)]
pub struct Item {
    /// The lines it covers.
    pub range: TextRange,
    /// What it is.
    pub kind: ItemKind,
}

/// The kinds of item.
#[derive(Clone, Debug)]
pub enum ItemKind {
    /// U+FEFF at the start of the file.
    ByteOrderMark,
    /// A parser directive (`# syntax=…`), at the top only.
    Directive(Directive),
    /// A comment line of its own.
    Comment,
    /// An empty line, or one of white space only.
    Blank,
    /// An instruction with its continuation lines, the comments and blanks between them, and its heredocs.
    Instruction(Box<Instruction>),
}

/// A parser directive.
#[derive(Clone, Debug)]
pub struct Directive {
    /// The name as written, without the white space around it.
    pub name: TextRange,
    /// The value, without the white space around it.
    pub value: TextRange,
}

/// An instruction.
#[derive(Clone, Debug)]
pub struct Instruction {
    /// From the first byte of the keyword to the last byte before the line end of its last joined line
    /// (before heredoc bodies).
    pub range: TextRange,
    /// Which one.
    pub keyword: Keyword,
    /// The keyword as written.
    pub keyword_range: TextRange,
    /// The flags between keyword and arguments.
    pub flags: Vec<Flag>,
    /// What follows the flags, as Docker joins it, trimmed of white space at both ends.
    pub body: LogicalText,
    /// The arguments, read.
    pub arguments: Arguments,
    /// Its heredocs, in the order of their openers. ONBUILD and the instruction in it have the same.
    pub heredocs: Vec<Heredoc>,
    /// The comment lines between its continuation lines: from `#` to before the line end.
    pub comments: Vec<TextRange>,
}

impl Instruction {
    /// Finds a flag by name, without the dashes.
    pub fn flag(&self, name: &str) -> Option<&Flag> {
        self.flags.iter().find(|flag| flag.name == name)
    }

    /// Whether the arguments are a JSON array (in HEALTHCHECK: those of its CMD).
    pub fn is_json(&self) -> bool {
        match &self.arguments {
            Arguments::Command(form)
            | Arguments::Healthcheck(Healthcheck::Command { form, .. }) => {
                matches!(form, CommandForm::Exec(_))
            }
            Arguments::Copy(copy) => copy.exec_form,
            // Words start where the body starts; strings start behind the bracket.
            Arguments::Words(words) => words
                .first()
                .is_none_or(|word| word.range.start() > self.body_range().start()),
            Arguments::Onbuild(instruction) => instruction.is_json(),
            _ => false,
        }
    }

    /// Where the body stands in the file: from its first byte to its last.
    pub fn body_range(&self) -> TextRange {
        self.body
            .range_to_source(TextRange::new(0, self.body.as_str().len()))
    }
}

/// The instructions of the reference. Names are matched without regard to case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is the instruction of its name")]
pub enum Keyword {
    Add,
    Arg,
    Cmd,
    Copy,
    Entrypoint,
    Env,
    Expose,
    From,
    Healthcheck,
    Label,
    Maintainer,
    Onbuild,
    Run,
    Shell,
    Stopsignal,
    User,
    Volume,
    Workdir,
    /// Not an instruction that Docker knows.
    Unknown,
}

/// `--name=value` or `--name` before the arguments.
#[derive(Clone, Debug)]
pub struct Flag {
    /// The flag as written.
    pub range: TextRange,
    /// Its name, without the dashes.
    pub name: String,
    /// Its value as Docker reads it: quotes and escapes removed, variables not expanded.
    pub value: Option<String>,
    /// The value as written (of the first line it stands on up to its last byte).
    pub value_range: Option<TextRange>,
    /// The variable references in the value. Docker expands them in some flags only (`--chown`,
    /// `--chmod`, `--checksum`, `--platform`, the values in `--mount`); which is not decided here.
    pub variables: Vec<VariableReference>,
}

/// The arguments of an instruction.
#[derive(Clone, Debug)]
pub enum Arguments {
    /// RUN, CMD, ENTRYPOINT.
    Command(CommandForm),
    /// HEALTHCHECK.
    Healthcheck(Healthcheck),
    /// FROM.
    From(FromArguments),
    /// ADD, COPY: what is copied, and where to.
    Copy(CopyArguments),
    /// ENV, LABEL.
    Pairs(Pairs),
    /// ARG: a name, with or without default, each.
    Arg(Vec<Pair>),
    /// EXPOSE, VOLUME, SHELL: words or JSON strings.
    Words(Vec<Word>),
    /// USER, WORKDIR, STOPSIGNAL, MAINTAINER: one text.
    Text(Word),
    /// ONBUILD: the instruction that runs in the child's build.
    Onbuild(Box<Instruction>),
    /// Unknown instruction, or arguments that Docker refuses; a diagnostic says why.
    Opaque,
}

/// How a command is written.
#[derive(Clone, Debug)]
pub enum CommandForm {
    /// For the shell: [`Instruction::body`] is its text. With a heredoc opened in it, the bodies belong to it.
    Shell,
    /// A JSON array of strings.
    Exec(Vec<Word>),
}

/// HEALTHCHECK's two forms.
#[derive(Clone, Debug)]
pub enum Healthcheck {
    /// `HEALTHCHECK NONE`.
    None,
    /// `HEALTHCHECK CMD …`; `body` is the text after `CMD` for the shell form.
    Command {
        /// Shell or exec form.
        form: CommandForm,
        /// The text after `CMD`.
        body: LogicalText,
    },
}

/// `FROM image [AS name]`.
#[derive(Clone, Debug)]
pub struct FromArguments {
    /// The image reference, a stage's name, or `scratch`.
    pub image: Word,
    /// The stage's name.
    pub name: Option<Word>,
}

/// `COPY source… destination`, as words or as JSON.
#[derive(Clone, Debug)]
pub struct CopyArguments {
    /// The sources, heredoc openers (`<<EOF`) among them as written.
    pub sources: Vec<Word>,
    /// The destination.
    pub destination: Word,
    /// Whether they were written as a JSON array.
    pub exec_form: bool,
}

/// The pairs of ENV and LABEL.
#[derive(Clone, Debug)]
pub struct Pairs {
    /// The pairs, in order.
    pub pairs: Vec<Pair>,
    /// Whether it is the old form, `ENV key value with spaces`.
    pub legacy: bool,
}

/// `key=value`, or a name alone (ARG).
#[derive(Clone, Debug)]
pub struct Pair {
    /// The key.
    pub key: Word,
    /// The value; in the old form the rest of the line.
    pub value: Option<Word>,
}

/// One word of an instruction.
#[derive(Clone, Debug)]
pub struct Word {
    /// Where it stands: from its first byte to its last.
    pub range: TextRange,
    /// Its text as written, joined (quotes kept); for a JSON string its value.
    pub text: String,
    /// The variables that Docker expands in it (not for JSON strings of the command instructions).
    pub variables: Vec<VariableReference>,
    /// What Docker does with it.
    pub kind: WordKind,
}

/// What Docker does with a word when it builds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordKind {
    /// Its own lexer removes quotes and escapes and expands variables.
    Lexed,
    /// It is taken as it is: the strings of exec forms, stage names, MAINTAINER, heredoc openers.
    Verbatim,
}

/// A variable reference as Docker expands it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariableReference {
    /// Where it stands, from `$`.
    pub range: TextRange,
    /// The variable's name.
    pub name: String,
    /// The operation in `${name…}`.
    pub operation: Option<VariableOperation>,
}

/// `${name:-word}` and its kin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariableOperation {
    /// The operator as written: `:-`, `-`, `:+`, `+`, `:?`, `?`, `#`, `##`, `%`, `%%`, `/`, `//`.
    pub operator: &'static str,
    /// What follows it, as written.
    pub operand: String,
}

/// A heredoc of an instruction.
#[derive(Clone, Debug)]
pub struct Heredoc {
    /// `<<EOF` as written, the file descriptor included.
    pub opener: TextRange,
    /// The delimiter, unquoted.
    pub delimiter: String,
    /// Whether variables are expanded in the body: the delimiter was not quoted.
    pub expand: bool,
    /// `<<-`: leading tabs are stripped.
    pub strip_tabs: bool,
    /// The body's lines, line ends included.
    pub body: TextRange,
    /// The line that ends it, its line end included; empty where the file ends first.
    pub terminator: TextRange,
    /// The variables that Docker expands in the body: in ADD and COPY, where `expand` is true. In RUN
    /// the shell does that.
    pub variables: Vec<VariableReference>,
}

/// Something that Docker refuses, or warns of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Where.
    pub range: TextRange,
    /// What.
    pub kind: DiagnosticKind,
}

/// What a diagnostic is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiagnosticKind {
    /// An instruction of an unknown name.
    UnknownInstruction,
    /// An instruction before the first FROM that only a stage can have, or no FROM at all.
    MissingFrom,
    /// A heredoc that the file ends before its delimiter does.
    UnterminatedHeredoc,
    /// Arguments that Docker refuses.
    InvalidArguments,
    /// A flag that Docker refuses in this place.
    InvalidFlag,
    /// An `escape` directive with another value than a backslash or a backtick, or a directive twice.
    InvalidDirective,
    /// A blank line in a continued instruction, which Docker warns of.
    EmptyContinuation,
    /// An instruction's last line ends in a continuation that the end of the file cuts off.
    DanglingContinuation,
    /// A control character that Docker refuses (NUL).
    NulByte,
    /// A line of more than 65,536 bytes, its line end included: `BuildKit`'s scanner gives up.
    LineTooLong,
    /// A word whose quotes or substitutions Docker refuses when it builds.
    InvalidWord,
}

impl DiagnosticKind {
    /// Whether Docker refuses the file before it builds anything. The others are warnings, or show
    /// when the instruction is built.
    pub const fn is_refusal(self) -> bool {
        !matches!(
            self,
            Self::EmptyContinuation
                | Self::DanglingContinuation
                | Self::NulByte
                | Self::InvalidWord
        )
    }
}
