//! Variables by which a command reads what it does not name.

use super::{Obstacle, Unread, View};
use crate::model::command::CommandFact;
use crate::model::placed::resolved;
use crate::model::state::State;

/// Beginnings of variables that tell package managers, interpreters and the linker where to look.
#[rustfmt::skip]
const SETTINGS: &[&str] = &[
    "NODE_OPTIONS", "NODE_EXTRA_CA_CERTS", "NODE_PATH", "NPM_CONFIG_", "npm_config_", "YARN_", "PNPM_", "BUN_",
    "PIP_", "UV_", "POETRY_", "PIPENV_", "PDM_", "BUNDLE_", "GEM_", "RUBYOPT", "RUBYLIB", "COMPOSER", "MAVEN_",
    "MVNW_", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "GOFLAGS", "GOENV", "GOPROXY", "GONOSUMDB", "GOPRIVATE",
    "APT_CONFIG", "BASH_ENV", "LD_PRELOAD", "LD_LIBRARY_PATH", "SSL_CERT_", "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE", "GIT_DIR", "GIT_WORK_TREE", "GIT_SSH", "GIT_ASKPASS", "GIT_CONFIG", "GIT_SSL_", "GIT_TEMPLATE_DIR", "GIT_EXEC_PATH",
    "PYTHONSTARTUP", "PYTHONHOME", "PERL5LIB", "CARGO_", "RUSTC_WRAPPER",
];

/// Whether package managers, interpreters or the linker may read a variable.
pub fn is_setting(name: &str) -> bool {
    name == "ENV" || SETTINGS.iter().any(|start| name.starts_with(start))
}

/// Programs that the folders of PATH may hold.
const PROGRAMS: &[&str] = &[
    "node", "npm", "npx", "yarn", "pnpm", "bun", "corepack", "python", "python3", "pip", "pip3",
    "poetry", "pipenv", "uv", "pdm", "ruby", "bundle", "gem", "php", "composer", "go", "mvn",
    "apt-get", "apt", "apk", "git", "gcc", "cc", "make", "sh", "bash",
];

/// Fails where a variable, of the image or of the command, may lead into what was copied.
pub(super) fn points_into_sources(
    view: &View<'_>,
    state: Option<&State>,
    command: &CommandFact,
) -> Result<(), Unread> {
    let own = command
        .assignments
        .iter()
        .map(|it| (it.name.as_str(), it.value.as_deref()));
    // `export NAME=value` and `env NAME=value` too.
    let named = command.words.iter().filter_map(|word| {
        let (name, value) = word.raw.split_once('=')?;
        Some((name, word.literal.as_ref().map(|_| value)))
    });
    let set = state.into_iter().flat_map(|state| {
        let settings = state
            .env
            .iter()
            .filter(|(_, setting)| setting.item.is_some());
        settings.map(|(name, setting)| (name.as_str(), setting.value.known()))
    });
    for (name, value) in own.chain(named).chain(set) {
        let is_hit = if name == "PATH" {
            value.is_some_and(|value| {
                value.split(':').any(|folder| {
                    let program = |program: &str| view.has(&format!("{folder}/{program}"));
                    PROGRAMS.iter().any(|it| program(it))
                })
            })
        } else {
            is_setting(name) && may_be_path(view, value)
        };
        if is_hit {
            return Err((Obstacle::NotFollowed, format!("`{name}`")));
        }
    }
    Ok(())
}

/// Whether a value may be, or hold, a path of what was copied; one that is not known may.
fn may_be_path(view: &View<'_>, value: Option<&str>) -> bool {
    let Some(value) = value else {
        return true;
    };
    let parts = value.split([' ', '=', ':', ',', ';', '"', '\'']);
    parts.filter(|part| !part.is_empty()).any(|part| {
        part.starts_with('.') || resolved(&view.folder, part).is_some_and(|path| view.has(&path))
    })
}
