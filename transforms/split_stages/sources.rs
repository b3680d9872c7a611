//! What the sources, the manifests and the COPYs of a build say.

use super::reasons::{FILES_NOT_KNOWN, STEP_NOT_CLASSIFIED};
use super::site::{Copied, Refusal, Site, base_name};
use crate::model::command::CommandFact;
use crate::model::copy;
use crate::model::placed::{Placed, PlacedSource, joined, resolved};
use crate::model::stage::Stage;
use crate::transform::Input;

/// Whether a source is compiled, and searched for the files that it names.
pub(super) fn is_compiled(path: &str) -> bool {
    let mut ends = [".go", ".java", ".kt", ".rs"].iter();
    ends.any(|end| path.ends_with(end))
}

/// What the COPYs of a stage bring; all of them are of the context.
pub(super) fn placed(input: &Input<'_>, stage: &Stage) -> Result<Vec<Placed>, Refusal> {
    let model = input.model;
    let mut placed = Vec::new();
    for item in stage.item + 1..stage.end {
        let copy = model.instruction(item);
        let arguments = copy.and_then(|copy| Some((copy, copy::arguments(copy)?)));
        let Some((copy, arguments)) = arguments else {
            continue;
        };
        let mut sources = arguments.sources.iter();
        let is_tool = copy.flag("from").is_some()
            && sources.all(|it| matches!(base_name(&it.text), "uv" | "uvx"));
        if is_tool {
            continue;
        }
        let known = Placed::of(model, item, &input.surroundings.context);
        let known = known.filter(|it| !it.sources.contains(&PlacedSource::Other));
        let unknown = || {
            let body = format!("`{}`", copy.body.as_str());
            (copy.range, &STEP_NOT_CLASSIFIED, body)
        };
        placed.push(known.ok_or_else(unknown)?);
    }
    Ok(placed)
}

impl Site<'_> {
    /// Why it is not known what the sources say.
    pub(super) fn unread(&self) -> Refusal {
        let cause = self.why_unread();
        let what = cause.unwrap_or_else(|| "the sources cannot all be read".to_owned());
        (self.range(self.stage.item), &FILES_NOT_KNOWN, what)
    }

    /// What of the build context stands in the way of reading all that the program may read.
    pub(super) fn why_unread(&self) -> Option<String> {
        if let Some(folder) = self.context.sent_folder_named("node_modules") {
            return Some(format!("`{folder}` is copied, with whatever lies in it"));
        }
        if self.context.hides_paths() {
            return Some("the build context is not known as a whole".to_owned());
        }
        let sources = self.placed.iter().flat_map(|it| &it.sources);
        let mut folders = sources.filter_map(|source| match source {
            PlacedSource::Folder(folder) => Some(folder.as_str()),
            PlacedSource::File(_) | PlacedSource::Other => None,
        });
        if let Some(folder) = folders.find_map(|folder| self.closed_below(folder)) {
            return Some(format!("`{folder}` is copied, and was not looked into"));
        }
        let is_unread =
            |file: &&Copied| is_compiled(&file.origin) && self.context.text(&file.origin).is_err();
        let file = self.copied()?.iter().find(is_unread)?;
        Some(format!("`{}` cannot be read", file.origin))
    }

    /// The files of the context in the image that are wanted, each with its text.
    ///
    /// # Errors
    /// Where they are not all known, or one cannot be read.
    pub(super) fn sources<'s>(
        &'s self,
        is_wanted: impl Fn(&Copied) -> bool + 's,
    ) -> Result<impl Iterator<Item = Result<(&'s Copied, &'s str), Refusal>>, Refusal> {
        let copied = self.copied().ok_or_else(|| self.unread())?;
        let wanted = copied.iter().filter(move |file| is_wanted(file));
        Ok(wanted.map(|file| {
            let text = self.context.text(&file.origin);
            text.map(|text| (file, text)).map_err(|_| self.unread())
        }))
    }

    /// The path of the context that a script comes from, by a COPY or by the build.
    pub(super) fn origin_of_script(&self, path: &str) -> Option<String> {
        let laid_out = self.laid_out.get().filter(|file| file.path == path);
        self.origin(path)
            .or_else(|| laid_out.map(|file| file.origin.clone()))
    }

    /// The texts of manifests with these names, and of all requirements files.
    fn lists<'n>(&'n self, names: &'n [&str]) -> impl Iterator<Item = &'n str> {
        let paths = self.context.files.keys();
        let requirements =
            paths.filter(|path| path.contains("requirements") && path.ends_with(".txt"));
        self.texts_named(names)
            .chain(requirements.filter_map(|path| self.context.text(path).ok()))
    }

    /// Whether a list of packages names a checkout of git.
    pub(super) fn fetches_with_git(&self) -> bool {
        const LISTS: &[&str] = &[
            "package.json",
            "pyproject.toml",
            "Pipfile",
            "poetry.lock",
            "uv.lock",
        ];
        const CHECKOUTS: &[&str] = &["git+", "git://", "git = ", "\"github:"];
        let says = |text: &str| CHECKOUTS.iter().any(|it| text.contains(it));
        self.lists(LISTS).any(says)
    }

    /// Whether the project may run git in the container: by a package that does, or because it runs programs.
    pub(super) fn may_run_git(&self) -> bool {
        const LISTS: &[&str] = &[
            "package.json",
            "pyproject.toml",
            "Pipfile",
            "setup.py",
            "setup.cfg",
        ];
        #[rustfmt::skip]
        const PACKAGES: &[&str] = &[
            "dvc", "gitlog", "gitpython", "mlflow", "nodegit", "pre-commit", "setuptools-scm", "setuptools_scm",
            "simple-git", "versioneer", "wandb",
        ];
        const CALLS: &[&str] = &[
            "child_process",
            "execa",
            "os.system(",
            "popen(",
            "subprocess",
        ];
        let names = |text: &str| {
            let text = text.to_ascii_lowercase();
            PACKAGES.iter().any(|it| text.contains(it))
        };
        let calls = |text: &str| CALLS.iter().any(|it| text.contains(it));
        self.lists(LISTS).any(names) || self.texts().any(|(_, text)| calls(text))
    }

    /// Whether a later COPY brings the same once more as the one at `at`.
    pub(super) fn is_covered(&self, at: usize) -> bool {
        let placed = &self.placed[at];
        placed.sources.iter().all(|source| {
            let (path, origin) = match source {
                PlacedSource::File(file) => (joined(&placed.to, base_name(file)), file),
                PlacedSource::Folder(folder) => (placed.to.clone(), folder),
                PlacedSource::Other => return false,
            };
            let mut later = self.placed[at + 1..].iter();
            later.any(|other| other.origin(&path).as_ref() == Some(origin))
        })
    }

    /// The paths that a command of an item makes, changes or removes: its operands, without the owner or the mode.
    pub(super) fn paths_of(&self, item: usize, command: &CommandFact) -> Vec<String> {
        let state = self.input.model.state(item);
        let folder = state.and_then(|state| state.workdir.value.known());
        let operands = command
            .arguments()
            .iter()
            .filter(|it| !it.raw.starts_with('-'));
        let is_of_owner = matches!(command.name(), Some("chown" | "chmod" | "chgrp"));
        let paths = operands.skip(usize::from(is_of_owner)).filter_map(|word| {
            let value = self.value(item, word)?;
            resolved(folder.unwrap_or("/"), &value)
        });
        paths.collect()
    }

    /// Whether CMD alone says what is started, in words of which none is computed, and nobody starts anything else.
    pub(super) fn has_plain_command(&self) -> bool {
        self.start.entrypoint.is_none() && self.has_plain_words()
    }

    /// Whether no word of what is started is computed, and nobody starts anything else.
    pub(super) fn has_plain_words(&self) -> bool {
        let is_plain = |word: &String| !word.contains(['$', '`', '*', '"', '\'']);
        self.before.is_empty() && self.others.is_empty() && self.words.iter().all(is_plain)
    }

    /// What the Dockerfile says that a program may take for a path: its own variables, and the start.
    pub(super) fn said(&self) -> impl Iterator<Item = &str> {
        let own = self
            .end()
            .env
            .iter()
            .filter(|(_, setting)| setting.item.is_some());
        let values = own.filter_map(|(_, setting)| setting.value.known());
        values.chain(self.words.iter().map(String::as_str))
    }
}
