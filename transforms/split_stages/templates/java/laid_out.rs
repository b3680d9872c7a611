//! A start script of the project that the build lays out beside what it makes: `dist/run.sh` of `bin/run.sh`.

use super::sources::WITH_ANT;
use crate::model::folders::parent;
use crate::model::placed::resolved;
use crate::model::run::is_within;
use crate::model::start;
use crate::transforms::split_stages::reasons::{ARTIFACT_NOT_FOUND, SCRIPT_NOT_FOLLOWED};
use crate::transforms::split_stages::site::{Copied, Refusal, Site, base_name};

/// Notes the script of the context that is started elsewhere: the only one of its name, which the build file names.
pub(super) fn find(site: &Site<'_>) {
    let word = site.words[0].as_str();
    let path = site.folder().and_then(|folder| resolved(&folder, word));
    let path = path.filter(|path| word.contains('/') && site.origin(path).is_none());
    let Some(path) = path else {
        return;
    };
    let name = base_name(&path);
    let named = site.copied().unwrap_or_default().iter();
    let named: Vec<&Copied> = named.filter(|it| base_name(&it.origin) == name).collect();
    let [script] = named.as_slice() else {
        return;
    };
    // What the build fills in is not known.
    let is_whole = |text: &str| text.starts_with("#!") && !text.contains("@@") && !has_token(text);
    let is_named = site.texts_named(WITH_ANT).any(|text| text.contains(name));
    if is_named && site.context.text(&script.origin).is_ok_and(is_whole) {
        let origin = script.origin.clone();
        site.laid_out.get_or_init(|| Copied { path, origin });
    }
}

/// Whether a text has a `@TOKEN@`.
fn has_token(text: &str) -> bool {
    let mut words = text.split('@').skip(1);
    words.any(|word| {
        let is_part = |char: char| char.is_ascii_alphanumeric() || "._-".contains(char);
        !word.is_empty() && word.chars().all(is_part)
    })
}

/// The folder of the script, where it reads nothing outside of it.
pub(super) fn folder(site: &Site<'_>, script: &Copied) -> Result<String, Refusal> {
    let range = site.start_range();
    let folder = parent(&script.path).to_owned();
    let holds_sources = site
        .copied()
        .unwrap_or_default()
        .iter()
        .any(|file| is_within(&file.path, &folder));
    if folder.is_empty() || folder == "/" || holds_sources {
        let what = format!("what the build makes beside `{}`", script.path);
        return Err((range, &ARTIFACT_NOT_FOUND, what));
    }
    let unknown = || (range, &SCRIPT_NOT_FOLLOWED, format!("`{}`", script.path));
    let text = site.context.text(&script.origin).map_err(|_| unknown())?;
    let commands = start::script(text, site.end());
    let own = own_folder(text);
    let works_in = site.folder().filter(|it| is_within(it, &folder));
    let stays = |word: &String| {
        let word = word.replace('"', "");
        let is_program = matches!(word.as_str(), "/usr/bin/java" | "/usr/bin/env");
        is_program
            || word.split([':', '=']).all(|part| {
                let inner = own.as_deref().and_then(|own| part.strip_prefix(own));
                match (inner, part.starts_with('/')) {
                    (Some(inner), _) => {
                        inner.starts_with('/')
                            && !inner.contains(['$', '`'])
                            && !inner.contains("..")
                    }
                    (None, true) => is_within(part, &folder),
                    (None, false) => {
                        let is_plain =
                            !part.contains('/') && !part.ends_with(".jar") && part != "*";
                        let path = works_in.as_deref().and_then(|it| resolved(it, part));
                        is_plain
                            || path.is_some_and(|path| {
                                is_within(&path, &folder) && !part.contains('$')
                            })
                    }
                }
            })
    };
    let commands = commands.ok_or_else(unknown)?;
    if commands.iter().flatten().all(stays) {
        Ok(folder)
    } else {
        Err(unknown())
    }
}

/// How the script names its own folder: `$here` behind `here=$(dirname "$0")`.
fn own_folder(text: &str) -> Option<String> {
    let ways = [
        "$(dirname \"$0\")",
        "$(dirname $0)",
        "\"$(dirname \"$0\")\"",
        "`dirname $0`",
    ];
    let set = text.lines().find_map(|line| {
        let (name, value) = line.trim().split_once('=')?;
        ways.contains(&value).then_some(name)
    });
    let name = set?;
    // Set once.
    let assignments = text
        .lines()
        .filter(|line| line.trim().starts_with(&format!("{name}=")));
    (assignments.count() == 1).then(|| format!("${name}"))
}
