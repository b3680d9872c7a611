//! What an install installs, and which libraries of the system that loads.

use super::known::{Loads, is_compiled, loads, of_cpp};
use super::steps::Done;
use super::uv;

use crate::context::manifests::requirements;
use crate::model::command::CommandFact;
use crate::model::packages::Operation;
use crate::model::placed::{joined, resolved};
use crate::model::run::Run;
use crate::transforms::split_stages::reasons::{
    FILES_NOT_KNOWN, NATIVE_LIBRARY_NOT_KNOWN, NOTHING_TO_LEAVE_BEHIND, STEP_NOT_CLASSIFIED,
};
use crate::transforms::split_stages::site::{Refusal, Site};

/// The libraries that the packages load, of those that the full image has.
pub(super) fn needed_libraries(
    site: &Site<'_>,
    done: &Done<'_>,
) -> Result<Vec<&'static str>, Refusal> {
    let release = site.facts.and_then(|facts| facts.release);
    let mut libraries = Vec::new();
    for (run, operation, folder) in &done.installs {
        let range = run.command(operation).range;
        let pure = pure_wheels(site, operation, folder);
        for package in packages(site, run, operation, folder)? {
            match loads(&package, release) {
                _ if pure.contains(&package) => {}
                Loads::Nothing => {}
                Loads::These(names) => libraries.extend_from_slice(names),
                Loads::NotKnown => {
                    site.need(range, &NATIVE_LIBRARY_NOT_KNOWN, format!("`{package}`"))?;
                }
            }
        }
    }
    Ok(libraries)
}

/// The packages of a lock file that are installed from wheels without any code of a platform.
fn pure_wheels(site: &Site<'_>, operation: &Operation, folder: &str) -> Vec<String> {
    let lock = match operation.manager.id {
        "poetry" => "poetry.lock",
        "uv" => "uv.lock",
        _ => return Vec::new(),
    };
    let text = site.text(&joined(folder, lock)).unwrap_or_default();
    let blocks = text.split("[[package]]").skip(1);
    let pure = blocks.filter(|block| {
        let of_platform = ["manylinux", "musllinux", "linux_x86_64"];
        block.contains("-none-any.whl") && !of_platform.iter().any(|it| block.contains(it))
    });
    pure.flat_map(locked).collect()
}

/// The libraries that packages load and that came with a compiler, which stays behind.
pub(super) fn of_compilers(site: &Site<'_>, done: &Done<'_>) -> Vec<&'static str> {
    let compilers = [
        "g++",
        "gcc",
        "build-essential",
        "build-base",
        "gfortran",
        "clang",
    ];
    if !compilers.iter().any(|it| site.installs(it)) {
        return Vec::new();
    }
    let release = site.facts.and_then(|facts| facts.release);
    let mut libraries = Vec::new();
    for (run, operation, folder) in &done.installs {
        for package in packages(site, run, operation, folder).unwrap_or_default() {
            let loaded = match loads(&package, release) {
                _ if site.is_alpine() => of_cpp(&package),
                Loads::These(names) => names,
                Loads::Nothing | Loads::NotKnown => &[],
            };
            let of_compiler = ["libgomp1", "libgomp", "libstdc++"];
            let more = loaded.iter().copied().filter(|it| of_compiler.contains(it));
            libraries.extend(more);
        }
    }
    libraries.sort_unstable();
    libraries.dedup();
    libraries
}

/// The names of the packages that an install names, in its words and its files.
pub(super) fn packages(
    site: &Site<'_>,
    run: &Run,
    operation: &Operation,
    folder: &str,
) -> Result<Vec<String>, Refusal> {
    let command = run.command(operation);
    let unread = |what: &str| (command.range, &FILES_NOT_KNOWN, format!("`{what}`"));
    if operation.manager.id != "pip" && !uv::is_pip(operation, command) {
        let lock = match operation.manager.id {
            "poetry" => "poetry.lock",
            "uv" => "uv.lock",
            _ => "Pipfile.lock",
        };
        let text = site
            .text(&joined(folder, lock))
            .ok_or_else(|| unread(lock))?;
        return Ok(locked(text));
    }
    let moves = [
        "PIP_PREFIX",
        "PIP_TARGET",
        "PIP_USER",
        "PIP_ROOT",
        "PYTHONUSERBASE",
    ];
    let state = site.input.model.state(run.item);
    if let Some(name) = moves
        .iter()
        .find(|name| state.is_some_and(|state| state.sets(name)))
    {
        return Err((command.range, &STEP_NOT_CLASSIFIED, format!("`{name}`")));
    }
    let is_compiled = command
        .words
        .iter()
        .any(|word| word.raw.starts_with("--no-binary"))
        || state.is_some_and(|state| state.sets("PIP_NO_BINARY"));
    if is_compiled {
        let what = "packages that are compiled against the larger image";
        site.need(command.range, &NATIVE_LIBRARY_NOT_KNOWN, what)?;
    }
    let mut found = Vec::new();
    let mut files = Vec::new();
    for (at, word) in command
        .words
        .iter()
        .enumerate()
        .skip(operation.subcommand + 1)
    {
        let text = word.literal.as_deref().unwrap_or(&word.raw);
        let value = text
            .strip_prefix("--requirement=")
            .map(str::to_owned)
            .or_else(|| (text.starts_with("-r") && text.len() > 2).then(|| text[2..].to_owned()))
            .or_else(|| {
                let next = command.words.get(at + 1)?;
                matches!(text, "-r" | "--requirement").then(|| next.literal.clone())?
            });
        files.extend(value.and_then(|file| resolved(folder, &file)));
        let before = command.words[at - 1].raw.as_str();
        let is_editable = matches!(before, "-e" | "--editable");
        if operation.operands.contains(&at) || is_editable {
            if matches!(text, "." | "./") {
                found.extend(project_dependencies(site, folder).ok_or_else(|| {
                    (
                        command.range,
                        &NATIVE_LIBRARY_NOT_KNOWN,
                        "what the project depends on".to_owned(),
                    )
                })?);
                continue;
            }
            // Of another project it is not looked up what it depends on.
            if text.starts_with(['.', '/']) || text.contains("://") {
                return Err((
                    command.range,
                    &NATIVE_LIBRARY_NOT_KNOWN,
                    format!("what `{text}` depends on"),
                ));
            }
            found.extend(package_name(text));
        }
    }
    found.extend(named_in_files(site, command, files)?);
    if found.is_empty() && !command.has_argument(".") && !command.has_argument("./") {
        return Err((
            command.range,
            &NOTHING_TO_LEAVE_BEHIND,
            "no package is named".to_owned(),
        ));
    }
    Ok(found)
}

/// The names in requirements files, and in those that they include.
fn named_in_files(
    site: &Site<'_>,
    command: &CommandFact,
    mut files: Vec<String>,
) -> Result<Vec<String>, Refusal> {
    let unread = |what: &str| (command.range, &FILES_NOT_KNOWN, format!("`{what}`"));
    let mut found = Vec::new();
    let mut depth = 0;
    while let Some(file) = files.pop() {
        depth += 1;
        let text = site
            .text(&file)
            .filter(|_| depth < 20)
            .ok_or_else(|| unread(&file))?;
        for line in requirements::lines(text) {
            match line {
                requirements::Line::Includes(other) => {
                    let holder = crate::model::folders::parent(&file).to_owned();
                    files.extend(resolved(&holder, &other));
                }
                requirements::Line::Local(what) => {
                    return Err((command.range, &FILES_NOT_KNOWN, format!("`{what}`")));
                }
                requirements::Line::Checkout => {
                    return Err((
                        command.range,
                        &FILES_NOT_KNOWN,
                        format!("a checkout in `{file}`"),
                    ));
                }
            }
        }
        if let Some(line) = text.lines().find(|line| line.contains("--no-binary")) {
            let what = format!("`{}`", line.trim());
            site.need(command.range, &NATIVE_LIBRARY_NOT_KNOWN, what)?;
        }
        let tag = site.image.tag.as_deref();
        let python = tag.and_then(crate::model::images::version_of);
        if let Some(line) = text
            .lines()
            .find(|line| is_compiled(line, python.as_deref()))
        {
            let what = format!("`{}` has no wheel for this Python", line.trim());
            site.need(command.range, &NATIVE_LIBRARY_NOT_KNOWN, what)?;
        }
        let names: Vec<String> = text.lines().filter_map(package_name).collect();
        // What the smaller image has of its own would be laid under it: since 3.12, pip alone.
        let has_setuptools = python.as_ref().is_none_or(|it| it.as_slice() < &[3, 12]);
        let is_of_image = |it: &&String| match it.as_str() {
            "pip" => true,
            "setuptools" => has_setuptools,
            _ => false,
        };
        if let Some(name) = names.iter().find(is_of_image) {
            let what = format!("`{name}` of the list beside that of the image");
            return Err((command.range, &STEP_NOT_CLASSIFIED, what));
        }
        found.extend(names);
    }
    Ok(found)
}

/// What a project says that it depends on.
fn project_dependencies(site: &Site<'_>, folder: &str) -> Option<Vec<String>> {
    let text = site.text(&joined(folder, "pyproject.toml"));
    let table: Option<toml::Table> = text.and_then(|text| toml::from_str(text).ok());
    let Some(project) = table.as_ref().and_then(|table| table.get("project")) else {
        // What else pyproject.toml says, another tool reads.
        let is_plain = table.is_none_or(|table| !table.contains_key("tool"));
        let text = site.text(&joined(folder, "setup.py"))?;
        return setup_requires(text).filter(|_| is_plain);
    };
    let is_dynamic = project.get("dynamic").and_then(toml::Value::as_array);
    if is_dynamic.is_some_and(|names| names.iter().any(|it| it.as_str() == Some("dependencies"))) {
        return None;
    }
    let names = project.get("dependencies").and_then(toml::Value::as_array);
    let names = names
        .into_iter()
        .flatten()
        .filter_map(|it| package_name(it.as_str()?));
    Some(names.collect())
}

/// What a `setup.py` asks for in a list of literals; `None` where it computes it, or compiles something.
fn setup_requires(text: &str) -> Option<Vec<String>> {
    let compiles = ["ext_modules", "cffi_modules", "Extension(", "cythonize"];
    if compiles.iter().any(|it| text.contains(it)) {
        return None;
    }
    let mut places = text.split("install_requires");
    places.next()?;
    let Some(rest) = places.next() else {
        return Some(Vec::new());
    };
    // Said once.
    if places.next().is_some() {
        return None;
    }
    let mut rest = rest
        .trim_start()
        .strip_prefix('=')?
        .trim_start()
        .strip_prefix('[')?;
    let mut names = Vec::new();
    loop {
        rest = rest.trim_start_matches([',', ' ', '\t', '\r', '\n']);
        let quote = match rest.chars().next()? {
            ']' => return Some(names),
            '#' => {
                rest = rest.split_once('\n')?.1;
                continue;
            }
            quote @ ('"' | '\'') => quote,
            _ => return None,
        };
        let (literal, behind) = rest[1..].split_once(quote)?;
        names.extend(package_name(literal));
        rest = behind;
    }
}

/// The name of the package that a line of a requirements file asks for.
fn package_name(line: &str) -> Option<String> {
    let line = line.split('#').next().unwrap_or_default().trim();
    let end = line.find(|char: char| !(char.is_ascii_alphanumeric() || "-_.".contains(char)));
    let name = &line[..end.unwrap_or(line.len())];
    (!name.is_empty() && !name.starts_with(['-', '.'])).then(|| name.to_owned())
}

/// The names in a lock file of TOML or JSON.
pub(super) fn locked(text: &str) -> Vec<String> {
    if text.trim_start().starts_with('{') {
        let json: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
        let packages = json.get("default").and_then(serde_json::Value::as_object);
        return packages
            .map(|it| it.keys().cloned().collect())
            .unwrap_or_default();
    }
    let packages = text.split("[[package]]").filter(|package| {
        // The project itself.
        let mut lines = package.lines();
        !lines.any(|it| {
            matches!(
                it,
                r#"source = { virtual = "." }"# | r#"source = { editable = "." }"#
            )
        })
    });
    let names = packages.filter_map(|it| it.lines().find_map(|line| line.strip_prefix("name = ")));
    names
        .map(|name| name.trim_matches('"').to_owned())
        .collect()
}

/// That an install installs something.
pub(super) fn packages_or_project(
    site: &Site<'_>,
    run: &Run,
    operation: &Operation,
    folder: &str,
) -> Result<(), Refusal> {
    match packages(site, run, operation, folder) {
        Err((_, reason, _)) if reason.id == NATIVE_LIBRARY_NOT_KNOWN.id => Ok(()),
        Err(refusal) => Err(refusal),
        Ok(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::setup_requires;

    #[test]
    fn literals_of_setup_py_are_read() {
        let text =
            "setup(install_requires=[\n  'Flask>=2.0,<3',  # web\n  \"requests[socks]\",\n])";
        let names = vec!["Flask".to_owned(), "requests".to_owned()];
        assert_eq!(setup_requires(text), Some(names));
        assert_eq!(setup_requires("setup(name='a')"), Some(Vec::new()));
        for computed in [
            "setup(install_requires=read('requirements.txt'))",
            "setup(install_requires=['a', b])",
            "setup(ext_modules=[Extension('a', ['a.c'])])",
            "install_requires = ['a']\nsetup(install_requires=install_requires)",
        ] {
            assert_eq!(setup_requires(computed), None, "{computed}");
        }
    }
}
