//! What a Dockerfile takes from its build context, and what it runs.

use imgfix_syntax::{Arguments, Instruction, Keyword, parse};

use crate::model::copy::{self, Source};
use crate::model::placed::plain;

/// A Dockerfile that is built from the context.
#[derive(Debug, Default)]
pub(super) struct User {
    /// The sources that COPY and ADD name, made plain; patterns as they are.
    sources: Vec<String>,
    /// Whether it takes the whole context.
    pub(super) takes_all: bool,
    /// Whether it takes something that is not named literally, or mounts it.
    pub(super) is_open: bool,
    /// The bodies of its RUNs.
    pub(super) runs: Vec<String>,
}

impl User {
    /// Reads the text of a Dockerfile.
    pub(super) fn read(text: &str) -> Self {
        let mut user = Self::default();
        let file = parse(text);
        for (_, instruction) in file.instructions() {
            user.take(instruction);
        }
        user
    }

    fn take(&mut self, instruction: &Instruction) {
        match (&instruction.arguments, instruction.keyword) {
            (Arguments::Onbuild(inner), _) => self.take(inner),
            (Arguments::Copy(copy), _) if instruction.flag("from").is_none() => {
                for source in copy::sources(copy) {
                    match source {
                        Source::Path(path) | Source::Pattern(path) => {
                            let path = plain(&path).unwrap_or_default();
                            self.takes_all |= path.is_empty();
                            self.sources.push(path);
                        }
                        Source::NotLiteral => self.is_open = true,
                        Source::Heredoc | Source::Remote => {}
                    }
                }
            }
            (_, Keyword::Run) => {
                self.is_open |= instruction
                    .flags
                    .iter()
                    .any(|flag| flag.name == "mount" && is_bind(flag.value.as_deref()));
                let heredocs = instruction.heredocs.len();
                self.is_open |= heredocs > 0;
                self.runs.push(instruction.body.as_str().to_owned());
            }
            _ => {}
        }
    }

    /// Whether a source names a path, something below it, or may do so.
    pub(super) fn names(&self, path: &str) -> bool {
        let is_named = |source: &String| {
            source == path
                || source.starts_with(&format!("{path}/"))
                || (source.contains(['*', '?', '[']) && may_match(source, path))
        };
        self.is_open || self.sources.iter().any(is_named)
    }

    /// Whether a RUN has one of these texts.
    pub(super) fn runs_any(&self, texts: &[&str]) -> bool {
        self.runs
            .iter()
            .any(|run| texts.iter().any(|text| run.contains(text)))
    }
}

fn is_bind(mount: Option<&str>) -> bool {
    let mount = mount.unwrap_or_default();
    !mount.contains("type=") || mount.contains("type=bind")
}

/// Whether a pattern may mean a path of one part.
fn may_match(pattern: &str, path: &str) -> bool {
    let glob = globset::GlobBuilder::new(pattern)
        .literal_separator(true)
        .build();
    glob.is_ok_and(|glob| glob.compile_matcher().is_match(path))
}
