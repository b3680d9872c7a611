//! Where a build context is, and who says so.

use super::Surroundings;

/// Where the build context of a Dockerfile is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ContextPlace {
    /// That is not known: the Dockerfile has no place of its own.
    #[default]
    Unknown,
    /// The folder of the Dockerfile, `""` for the root of the repository: nobody says otherwise.
    Own(String),
    /// A folder that a file of the repository names.
    Said {
        /// The folder.
        folder: String,
        /// Where that is said, `path:line` where the line is known.
        origin: String,
    },
    /// A folder that the configuration names.
    Configured(String),
    /// Outside of the repository, and so not looked at.
    Outside {
        /// Where that is said.
        origin: String,
    },
    /// The user wants none looked at.
    Unwanted,
}

impl ContextPlace {
    /// The folder, from the root of the repository, where it is inside.
    pub fn folder(&self) -> Option<&str> {
        match self {
            Self::Own(folder) | Self::Said { folder, .. } | Self::Configured(folder) => {
                Some(folder)
            }
            Self::Unknown | Self::Outside { .. } | Self::Unwanted => None,
        }
    }
}

impl Surroundings {
    /// What there is to tell of the build context, a sentence a line: where it is, and what of it is not known.
    pub fn context_lines(&self) -> Vec<String> {
        let named = |folder: &str| match folder {
            "" => "the root of the repository".to_owned(),
            folder => format!("`{folder}`"),
        };
        let place = match &self.context_place {
            ContextPlace::Unknown => "unknown".to_owned(),
            ContextPlace::Own(folder) => format!("{} (its own folder)", named(folder)),
            ContextPlace::Said { folder, origin } => format!("{} ({origin})", named(folder)),
            ContextPlace::Configured(folder) => format!("{} (the configuration)", named(folder)),
            ContextPlace::Outside { origin } => {
                format!("not looked at, since it lies outside of the repository ({origin})")
            }
            ContextPlace::Unwanted => "not looked at, as asked".to_owned(),
        };
        let mut lines = vec![format!("build context: {place}")];
        if self.context_place.folder().is_none() {
            return lines;
        }
        if !self.context.known {
            lines.push("not known: no such folder in the repository, or not to be read".to_owned());
        }
        let gaps = self.context.seen.gaps.iter();
        lines.extend(gaps.map(|gap| format!("not all of it is known: {gap}")));
        if let Some(file) = &self.context.dockerignore
            && let Err(why) = &file.rules
        {
            lines.push(format!(
                "what is ignored is not known: `{}`: {why}",
                file.path
            ));
        }
        lines
    }
}
