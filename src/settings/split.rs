//! What `split-stages` is told, and templates that users write.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The settings of `split-stages`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SplitOptions {
    /// The only template that is tried, by its name (`language`).
    pub language: Option<String>,
    /// The only kind of image that what runs is put on (`template`).
    pub kind: Option<RuntimeKind>,
    /// Kinds of images that what runs is not put on (`forbid`).
    pub forbid: BTreeSet<RuntimeKind>,
    /// Images that stand for others: the public one, and the one that is written in its place (`images`).
    pub images: BTreeMap<String, String>,
    /// Packages of the system that what runs needs besides those that are found (`runtime-packages`). Who names
    /// them, or says that there are none, knows what the program runs and loads.
    pub packages: Option<Vec<String>>,
    /// Paths that are brought besides what is found (`artifacts`). Who names them knows what the build makes.
    pub artifacts: Vec<String>,
    /// Whether a layered jar of Spring Boot is taken apart, so that its libraries lie in a layer of their own
    /// (`spring-layers`).
    pub spring_layers: bool,
    /// Whether Java runs on a runtime that `jlink` makes (`jlink`).
    pub jlink: bool,
    /// Templates of the user's, in the order of their files' names (`templates`).
    pub templates: Arc<[OwnTemplate]>,
}

impl SplitOptions {
    /// Whether what runs may be put on an image of a kind.
    pub fn allows(&self, kind: RuntimeKind) -> bool {
        !self.forbid.contains(&kind) && self.kind.is_none_or(|only| only == kind)
    }

    /// The public image for which one is written that the user has put in its place.
    pub fn public_image(&self, written: &str) -> Option<&str> {
        let mut images = self.images.iter();
        images.find_map(|(public, own)| (own == written).then_some(public.as_str()))
    }
}

/// The kinds of images that something runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuntimeKind {
    /// An image without shell and package manager.
    Distroless,
    /// No image at all.
    Scratch,
    /// The small variant of the image that builds, or Debian's.
    Slim,
    /// Alpine's, where the build is on Alpine.
    Alpine,
}

impl RuntimeKind {
    /// As users write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Distroless => "distroless",
            Self::Scratch => "scratch",
            Self::Slim => "slim",
            Self::Alpine => "alpine",
        }
    }
}

/// A template of the user's: how a build is recognised, and what is made of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnTemplate {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub summary: String,
    /// The file that it was read from, as the user knows it.
    pub file: String,
    /// The images that it builds on, without tags.
    pub base_images: Vec<String>,
    /// Files of the build context that have to be there.
    pub files: Vec<String>,
    /// Commands of which each has to be run by the build: their first words.
    pub commands: Vec<String>,
    /// Commands that the build alone needs: their first words.
    pub build_commands: Vec<String>,
    /// Variables that the build alone reads.
    pub build_environment: Vec<String>,
    /// The image of the stage that runs, with `{tag}`, `{version}` and `{release}` of the one that builds.
    pub image: String,
    /// Packages of the system that what runs needs.
    pub packages: Vec<String>,
    /// What is brought from the stage that builds: paths, absolute or below the working directory.
    pub artifacts: Vec<String>,
    /// Variables of the stage that runs.
    pub environment: Vec<(String, String)>,
    /// The user of the stage that runs, where the author names none.
    pub user: Option<String>,
    /// What the container starts, in place of what the author says.
    pub entry_point: Option<Vec<String>>,
}
