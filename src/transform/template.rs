//! What there is to know about a template of a split, and what it says of a Dockerfile.

use crate::settings::RuntimeKind;

/// A template that is built in.
#[derive(Debug)]
pub struct TemplateMeta {
    /// Its name: the language.
    pub name: &'static str,
    /// One line: what runs, and on what.
    pub summary: &'static str,
    /// The images that it builds on, without tags.
    pub images: &'static [&'static str],
    /// What it looks for in the build context.
    pub files: &'static str,
    /// The kinds of images that what runs is put on, the first one that will do by default.
    pub kinds: &'static [RuntimeKind],
    /// Its page: the `.md` file beside it.
    pub page: &'static str,
}

/// What a template says of a Dockerfile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateVerdict {
    /// Its name.
    pub name: String,
    /// What it says.
    pub answer: Answer,
}

/// Whether a template fits, and what it makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is not for this Dockerfile, because of this.
    OtherBuild(String),
    /// It is for such builds, and another one was asked first.
    AfterAnother(String),
    /// It is for it, and declines.
    Declined {
        /// The name of the reason.
        reason: &'static str,
        /// What the reason says.
        message: &'static str,
        /// What exactly; may be empty.
        detail: String,
    },
    /// There is nothing that it would make smaller.
    Nothing,
    /// It makes a stage of its own for what runs, on this image.
    Splits(String),
}
