//! What the start command of a Java program names: jars, class paths, agents.

use super::beside::of_jar;
use super::laid_out;
use crate::model::folders::parent;
use crate::model::placed::resolved;
use crate::model::run::is_within;
use crate::transforms::split_stages::programs::Programs;
use crate::transforms::split_stages::reasons::{ARTIFACT_NOT_FOUND, NEEDS_THE_TOOLCHAIN};
use crate::transforms::split_stages::site::{Refusal, Site, base_name};

/// What the start command names, as paths of the image.
pub(super) fn started(site: &Site<'_>, programs: &Programs) -> Result<Vec<String>, Refusal> {
    let range = site.start_range();
    let unknown = |what: &str| (range, &ARTIFACT_NOT_FOUND, format!("`{what}`"));
    let folder = site.folder().ok_or_else(|| unknown("its folder"))?;
    let path = |written: &str| {
        let is_plain = !written.contains(['$', '?', '[', '{', '`']);
        resolved(&folder, written)
            .filter(|_| is_plain)
            .ok_or_else(|| unknown(written))
    };
    if let Some(script) = site.laid_out.get() {
        let mut found = vec![laid_out::folder(site, script)?];
        found.extend(of_arguments(
            site,
            site.words[1..].iter().map(String::as_str),
        ));
        found.dedup_by(|inner, outer| is_within(inner, outer));
        return Ok(found);
    }
    let words = command(site, programs).map_err(unknown)?;
    if let Some(folder) = words.first().and_then(|word| installed(site, word)) {
        return Ok(vec![folder]);
    }
    let start = words.iter().position(|word| base_name(word) == "java");
    let arguments = &words[start.ok_or_else(|| unknown("java"))? + 1..];
    let mut found = Vec::new();
    let mut at = 0;
    let mut main = None;
    let mut class_path = None;
    while let Some(word) = arguments.get(at) {
        match word.as_str() {
            "-jar" => {
                let mut rest = arguments[at + 1..].iter();
                let jar = rest
                    .find(|word| !word.starts_with(['$', '-', '"']))
                    .ok_or_else(|| unknown("-jar"))?;
                found.extend(of_jar(site, &path(jar)?, range)?);
                found.extend(of_arguments(site, rest.map(String::as_str)));
                return Ok(found);
            }
            "-cp" | "-classpath" | "--class-path" => {
                class_path = Some(arguments.get(at + 1).ok_or_else(|| unknown(word))?.as_str());
                at += 1;
            }
            word if word.starts_with("--class-path=") => {
                class_path = word.split_once('=').map(|(_, entries)| entries);
            }
            "-p" | "--module-path" | "-m" | "--module" => return Err(unknown(word)),
            agent if agent.starts_with("-javaagent:") => {
                let agent = agent["-javaagent:".len()..]
                    .split('=')
                    .next()
                    .unwrap_or_default();
                found.push(path(agent)?);
            }
            "--add-opens" | "--add-exports" | "--add-modules" | "--enable-native-access" => at += 1,
            option
                if option.starts_with('-')
                    || option.starts_with('$')
                    || option.starts_with("\"$") => {}
            class => {
                main = Some(class.to_owned());
                break;
            }
        }
        at += 1;
    }
    let main = main.ok_or_else(|| unknown("java"))?;
    // Sources that are compiled when they are started.
    if main.ends_with(".java") {
        return Err((range, &NEEDS_THE_TOOLCHAIN, format!("`{main}`")));
    }
    let class_path = match class_path {
        Some(entries) => Some(entries),
        None => class_path_of_environment(site, programs).map_err(|()| unknown("CLASSPATH"))?,
    };
    for entry in class_path.into_iter().flat_map(|it| it.split(':')) {
        found.push(path(entry.strip_suffix("/*").unwrap_or(entry))?);
    }
    if class_path.is_none() {
        found.push(folder.clone());
    }
    found.dedup();
    // An entry of a class path need not be there: the folder that holds them all is.
    if let [first, rest @ ..] = found.as_slice()
        && !rest.is_empty()
    {
        let holds_all = |holder: &&str| rest.iter().all(|it| is_within(it, holder));
        let mut holders = std::iter::successors(Some(parent(first)), |holder| Some(parent(holder)));
        let holder = holders.by_ref().take(32).find(holds_all).unwrap_or("/");
        found = vec![holder.to_owned()];
    }
    if found.iter().any(|path| path == "/") {
        return Err(unknown("/"));
    }
    Ok(found)
}

/// The command that starts Java; the script that has none, where there is none.
fn command<'p>(site: &Site<'_>, programs: &'p Programs) -> Result<Vec<String>, &'p str> {
    // A script names it in a command of its own.
    let mut words: Vec<String> = site.words.clone();
    for script in &programs.scripts {
        let text = site.text(script);
        let commands = text.and_then(|text| crate::model::start::script(text, site.end()));
        let java = commands
            .into_iter()
            .flatten()
            .find(|it| it.iter().any(|word| base_name(word) == "java"));
        // Or it is passed on.
        let is_passed = words.iter().any(|word| base_name(word) == "java");
        match java {
            Some(java) => words = java,
            None if is_passed => {}
            None => return Err(script),
        }
    }
    Ok(words)
}

/// The class path of a command that names none; an error where the start may set another one.
fn class_path_of_environment<'s>(
    site: &'s Site<'_>,
    programs: &Programs,
) -> Result<Option<&'s str>, ()> {
    let scripts = programs.scripts.iter();
    let scripts = scripts.filter_map(|script| site.text(script));
    let own = site.before.iter().flatten().chain(&site.words);
    let mut texts = scripts.chain(own.map(String::as_str));
    if texts.any(|text| text.contains("CLASSPATH")) {
        return Err(());
    }
    let setting = site.end().env.get("CLASSPATH");
    setting.map(|it| it.value.known().ok_or(())).transpose()
}

/// What the arguments behind the jar name of what is built: another archive, a file of settings.
fn of_arguments<'w>(site: &Site<'_>, words: impl Iterator<Item = &'w str>) -> Vec<String> {
    let folder = site.folder().unwrap_or_default();
    let paths = words.filter_map(|word| {
        let word = word.trim_matches('"');
        let word = word.rsplit(['=', ':']).next().unwrap_or(word);
        let path = resolved(&folder, word).filter(|_| word.contains('/') && !word.contains('$'))?;
        let is_built = path
            .split('/')
            .any(|part| matches!(part, "target" | "build" | "dist"));
        (is_built && is_within(&path, &folder) && site.origin(&path).is_none()).then_some(path)
    });
    paths.collect()
}

/// The folder of a program that `installDist` of Gradle makes, by its start script: `build/install/NAME/bin/NAME`.
pub(super) fn installed(site: &Site<'_>, program: &str) -> Option<String> {
    let path = resolved(&site.folder()?, program)?;
    let (folder, name) = path.rsplit_once("/bin/")?;
    let (holder, _) = folder.rsplit_once('/')?;
    let runs = site.input.model.runs_of(site.stage.index);
    let mut words = runs.flat_map(|run| &run.commands).flat_map(|it| &it.words);
    let is_made = words.any(|word| word.raw.ends_with("installDist"));
    (is_made && holder.ends_with("/build/install") && !name.contains('/'))
        .then(|| folder.to_owned())
}
