//! Files that are not for a rewriter: what they are written for, or by, is not this program.

use imgfix_syntax::{DiagnosticKind, File, ItemKind, TextRange};

use super::images::ImageReference;

/// Why a file as a whole is left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandsOff {
    /// `# syntax=` names a frontend other than Docker's.
    ForeignFrontend,
    /// A base image is Windows.
    WindowsBase,
    /// Template markers stand in it: it is not a Dockerfile yet.
    TemplateMarkers,
    /// A comment says that it is generated.
    Generated,
    /// Docker would refuse it.
    Invalid,
    /// A pragma says so.
    Pragma,
}

/// Finds the first reason to leave `file` alone, and where it stands.
pub(super) fn find(text: &str, file: &File) -> Option<(HandsOff, TextRange)> {
    for item in &file.items {
        let line = item.range.slice(text);
        match &item.kind {
            ItemKind::Comment if is_ignore_file(line) => {
                return Some((HandsOff::Pragma, item.range));
            }
            ItemKind::Comment if says_generated(line) => {
                return Some((HandsOff::Generated, item.range));
            }
            ItemKind::Directive(directive)
                if directive.name.slice(text).eq_ignore_ascii_case("syntax")
                    && !is_docker_frontend(directive.value.slice(text)) =>
            {
                return Some((HandsOff::ForeignFrontend, item.range));
            }
            ItemKind::Instruction(_) if has_template_marker(line) => {
                return Some((HandsOff::TemplateMarkers, item.range));
            }
            _ => {}
        }
    }
    let invalid = file
        .diagnostics
        .iter()
        .find(|diagnostic| refuses(diagnostic.kind))?;
    Some((HandsOff::Invalid, invalid.range))
}

/// A word that Docker's lexer fails on is refused when it is built; here the file is left alone for it too.
fn refuses(kind: DiagnosticKind) -> bool {
    kind.is_refusal() || matches!(kind, DiagnosticKind::NulByte | DiagnosticKind::InvalidWord)
}

fn is_ignore_file(line: &str) -> bool {
    super::pragma::body(line)
        .is_some_and(|body| body.split_ascii_whitespace().next() == Some("ignore-file"))
}

fn says_generated(line: &str) -> bool {
    let line = line.to_ascii_lowercase();
    line.contains("do not edit")
        || line.contains("do not modify")
        || line.contains("@generated")
        || (line.contains("automatically generated") && line.contains("dockerfile"))
}

/// Docker's own frontends, from Docker Hub or a mirror of it.
fn is_docker_frontend(reference: &str) -> bool {
    let Some(image) = ImageReference::parse(reference.trim(), &[]) else {
        return false;
    };
    let mut parts = image.name.rsplit('/');
    matches!(parts.next(), Some("dockerfile" | "dockerfile-upstream"))
        && parts.next() == Some("docker")
}

/// Whether `{{` or `<%` stands outside single quotes; a Go template in quotes is an argument.
fn has_template_marker(text: &str) -> bool {
    let mut quoted = false;
    let mut previous = ' ';
    for char in text.chars() {
        if char == '\'' {
            quoted = !quoted;
        }
        if !quoted && ((previous == '{' && char == '{') || (previous == '<' && char == '%')) {
            return true;
        }
        previous = char;
    }
    false
}

/// Whether an image runs on Windows.
pub(super) fn is_windows(image: &ImageReference) -> bool {
    let tag = image
        .tag
        .as_deref()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let name = image.name.to_ascii_lowercase();
    name.contains("/windows/")
        || name.starts_with("microsoft/windowsservercore")
        || name.starts_with("microsoft/nanoserver")
        || name.contains("windowsservercore")
        || tag.contains("nanoserver")
        || tag.contains("windowsservercore")
}
