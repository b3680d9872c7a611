//! Operating systems as the tags of official images spell them.

/// Which package manager family a system belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// Debian itself.
    Debian,
    /// Ubuntu, whose packages and recommendations differ from Debian's.
    Ubuntu,
    /// Alpine.
    Alpine,
    /// Fedora, Red Hat and what derives from them: dnf, microdnf, yum or tdnf.
    Rpm,
    /// Busybox, Windows, nothing at all.
    Other,
}

/// A family and, as far as it is known, a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct System {
    /// The family.
    pub family: Family,
    /// A code name for Debian and Ubuntu (`bookworm`, `jammy`), a version for Alpine (`3.19`,
    /// `edge`), distribution and major version for others (`oraclelinux8`, `al2023`).
    pub release: Option<&'static str>,
    /// Whether the packages have left the mirrors that the image has configured, so that an
    /// installation without other mirrors fails.
    pub gone: bool,
}

/// Debian releases, oldest first; the archive of those before bullseye has left the mirrors.
const DEBIAN: &[&str] = &[
    "squeeze", "wheezy", "jessie", "stretch", "buster", "bullseye", "bookworm", "trixie", "forky",
    "sid",
];

const OLDEST_ON_DEBIAN_MIRRORS: &str = "bullseye";

/// Ubuntu releases that are on the mirrors: those with long-term support since 14.04, and the
/// newest ones. Without extended support they still install, unpatched.
const UBUNTU: &[&str] = &[
    "trusty", "xenial", "bionic", "focal", "jammy", "noble", "questing", "resolute", "stonking",
];

/// Ubuntu releases that moved to the archive of old releases, to 25.04.
const UBUNTU_GONE: &[&str] = &[
    "lucid", "precise", "quantal", "raring", "saucy", "utopic", "vivid", "wily", "yakkety",
    "zesty", "artful", "cosmic", "disco", "eoan", "groovy", "hirsute", "impish", "kinetic",
    "lunar", "mantic", "oracular", "plucky",
];

/// Alpine keeps every release on its mirrors. Oldest first.
pub(super) const ALPINE: &[&str] = &[
    "2.6", "2.7", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7", "3.8", "3.9", "3.10", "3.11",
    "3.12", "3.13", "3.14", "3.15", "3.16", "3.17", "3.18", "3.19", "3.20", "3.21", "3.22", "3.23",
    "3.24", "edge",
];

const RPM: &[&str] = &[
    "al1",
    "al2",
    "al2022",
    "al2023",
    "almalinux10",
    "almalinux8",
    "almalinux9",
    "fedora35",
    "fedora36",
    "fedora37",
    "fedora38",
    "fedora39",
    "fedora40",
    "fedora41",
    "fedora42",
    "fedora43",
    "fedora44",
    "fedora45",
    "oraclelinux10",
    "oraclelinux5",
    "oraclelinux6",
    "oraclelinux7",
    "oraclelinux8",
    "oraclelinux9",
    "rockylinux8",
    "rockylinux9",
    "ubi10",
    "ubi8",
    "ubi9",
];

/// `CentOS` Linux: every release has left the mirrors.
const CENTOS: &[&str] = &["centos5", "centos6", "centos7", "centos8"];

/// Releases from the time of yum 3.
const BEFORE_DNF: &[&str] = &[
    "al1",
    "al2",
    "centos5",
    "centos6",
    "centos7",
    "oraclelinux5",
    "oraclelinux6",
    "oraclelinux7",
];

/// The first Fedora with dnf 5.
const FIRST_WITH_DNF_5: u32 = 41;

/// The version of the dnf that a release has, also where it calls it yum; `None` where it has none.
pub fn dnf_of(release: &str) -> Option<u32> {
    let is_rpm = RPM.contains(&release) || CENTOS.contains(&release);
    let fedora = release
        .strip_prefix("fedora")
        .and_then(|version| version.parse::<u32>().ok());
    (is_rpm && !BEFORE_DNF.contains(&release)).then_some(match fedora {
        Some(version) if version >= FIRST_WITH_DNF_5 => 5,
        _ => 4,
    })
}

impl System {
    /// Nothing that a package manager could be asked of.
    pub(super) const OTHER: Self = Self::of(Family::Other, None);

    /// A system on the mirrors.
    pub(super) const fn of(family: Family, release: Option<&'static str>) -> Self {
        Self {
            family,
            release,
            gone: false,
        }
    }

    /// Reads one word of a tag: a release (`bookworm`, `alpine3.19`, `oraclelinux8`) or, failing
    /// that, a family (`alpine`, `debian`, `ubi`).
    ///
    /// `debian-old` is the embedded table's word for a Debian before bullseye.
    pub fn named(word: &str) -> Option<Self> {
        let in_list = |list: &[&'static str]| list.iter().copied().find(|name| *name == word);
        if let Some(codename) = in_list(DEBIAN) {
            return Some(Self::debian(codename));
        }
        if let Some(codename) = in_list(UBUNTU) {
            return Some(Self::of(Family::Ubuntu, Some(codename)));
        }
        if let Some(codename) = in_list(UBUNTU_GONE) {
            return Some(Self {
                gone: true,
                ..Self::of(Family::Ubuntu, Some(codename))
            });
        }
        if let Some(version) = word.strip_prefix("alpine") {
            let release = ALPINE.iter().copied().find(|name| *name == version);
            let spelled = version.is_empty() || version.starts_with(|c: char| c.is_ascii_digit());
            return spelled.then_some(Self::of(Family::Alpine, release));
        }
        if let Some(release) = in_list(RPM) {
            return Some(Self::of(Family::Rpm, Some(release)));
        }
        if let Some(release) = in_list(CENTOS) {
            return Some(Self {
                gone: true,
                ..Self::of(Family::Rpm, Some(release))
            });
        }
        match word {
            "debian" => Some(Self::of(Family::Debian, None)),
            "debian-old" => Some(Self {
                gone: true,
                ..Self::of(Family::Debian, None)
            }),
            "ubuntu" => Some(Self::of(Family::Ubuntu, None)),
            "amazonlinux2" => Some(Self::of(Family::Rpm, Some("al2"))),
            "amazonlinux2023" => Some(Self::of(Family::Rpm, Some("al2023"))),
            "oracle" | "oraclelinux" | "rpm" | "ubi" => Some(Self::of(Family::Rpm, None)),
            _ if word.starts_with("windowsservercore") || word.starts_with("nanoserver") => {
                Some(Self::OTHER)
            }
            _ => None,
        }
    }

    fn debian(codename: &'static str) -> Self {
        let place = |name: &str| DEBIAN.iter().position(|other| *other == name);
        Self {
            gone: place(codename) < place(OLDEST_ON_DEBIAN_MIRRORS),
            ..Self::of(Family::Debian, Some(codename))
        }
    }
}
