//! Maven and Gradle: <https://maven.apache.org/guides/introduction/introduction-to-repositories.html>,
//! <https://docs.gradle.org/current/userguide/directory_layout.html>.

use super::{CacheMount, Leftover, Manager, NOTHING, Needed, SHARED, UNKNOWN, Verb, Where};

pub(super) const MAVEN: Manager = Manager {
    id: "maven",
    family: "maven",
    programs: &["mvn", "mvnw", "mvnd"],
    value_options: &[
        "-f",
        "--file",
        "-s",
        "--settings",
        "-gs",
        "--global-settings",
        "-pl",
        "--projects",
        "-P",
        "--activate-profiles",
        "-T",
        "--threads",
        "-rf",
        "-l",
        "--log-file",
        "-t",
    ],
    verbs: &[
        ("dependency:go-offline", Verb::Fetch),
        ("dependency:resolve", Verb::Fetch),
        ("dependency:resolve-plugins", Verb::Fetch),
    ],
    // Every phase and every goal of a plugin is one.
    other: Verb::Install,
    configuration: &["maven.repo.local", "localRepository"],
    leftovers: &[Leftover {
        what: "local maven repository",
        folder: "~/.m2/repository",
        parents: &["~/.m2"],
        moved_by: &["MAVEN_REPO_LOCAL"],
        options: &["-Dmaven.repo.local", "-o", "--offline"],
        filled_by: &[Verb::Install, Verb::Fetch],
        cleanup: &["rm", "-rf", "{folder}"],
        needed: Needed::ByLaterUse,
        ..NOTHING
    }],
    publishes: &[
        ("install", "maven"),
        ("install-file", "maven"),
        ("maven-install-plugin", "maven"),
        // It comes after `install` in the life cycle.
        ("deploy", "maven"),
    ],
    used_by: &[
        "make", "ant", "gradle", "gradlew", "sbt", "lein", "grails", "jbang",
    ],
    mounts: &[CacheMount {
        folder: "~/.m2/repository",
        ..SHARED
    }],
    ..UNKNOWN
};

pub(super) const GRADLE: Manager = Manager {
    id: "gradle",
    family: "gradle",
    programs: &["gradle", "gradlew"],
    value_options: &[
        "-p",
        "--project-dir",
        "-b",
        "--build-file",
        "-c",
        "--settings-file",
        "-g",
        "--gradle-user-home",
        "-I",
        "--init-script",
        "-x",
        "--exclude-task",
        "--project-cache-dir",
        "--console",
        "--warning-mode",
    ],
    verbs: &[
        ("dependencies", Verb::Fetch),
        ("resolveDependencies", Verb::Fetch),
        ("downloadDependencies", Verb::Fetch),
        ("getDeps", Verb::Fetch),
        ("wrapper", Verb::Other),
    ],
    // Every task is one.
    other: Verb::Install,
    leftovers: &[Leftover {
        what: "gradle caches",
        folder: "~/.gradle/caches",
        places: &[(Where::Below("GRADLE_USER_HOME"), "caches")],
        parents: &[
            "~/.gradle",
            "/home/gradle/.gradle",
            "/home/gradle/.gradle/caches",
        ],
        options: &[
            "-g",
            "--gradle-user-home",
            "--offline",
            "--project-cache-dir",
        ],
        filled_by: &[Verb::Install, Verb::Fetch],
        cleanup: &["rm", "-rf", "{folder}"],
        needed: Needed::ByLaterUse,
        ..NOTHING
    }],
    publishes: &[("publishToMavenLocal", "maven"), ("install", "maven")],
    used_by: &[
        "make",
        "ant",
        "mvn",
        "mvnw",
        "sbt",
        "cordova",
        "ionic",
        "react-native",
        "expo",
        "fastlane",
    ],
    mounts: &[CacheMount {
        folder: "~/.gradle/caches",
        places: &[(Where::Below("GRADLE_USER_HOME"), "caches")],
        is_locked: true,
        ..SHARED
    }],
    ..UNKNOWN
};
