//! The programs that `go build` and `go install` make.

use std::borrow::Cow;

use crate::model::command::CommandFact;
use crate::model::folders::parent;
use crate::model::placed::{joined, resolved};
use crate::model::start::{StartCommand, StartForm};

use crate::transform::Applicability;
use crate::transforms::split_stages::plan::Plan;
use crate::transforms::split_stages::site::{Site, base_name};

/// A program that a command builds.
pub(super) struct Built<'a> {
    pub(super) path: String,
    /// None where it is to be built.
    pub(super) command: Option<Cow<'a, CommandFact>>,
    /// The command of the Dockerfile, where that is make.
    pub(super) make: Option<&'a CommandFact>,
    /// The word `build` or `install`.
    pub(super) verb: usize,
    /// The folder that holds `go.mod`.
    pub(super) module: String,
}

impl<'a> Built<'a> {
    /// The same program at another path.
    pub(super) fn at(&self, path: String) -> Self {
        Self {
            path,
            command: self.command.clone(),
            make: self.make,
            verb: self.verb,
            module: self.module.clone(),
        }
    }

    /// One that make builds.
    pub(super) fn made_by(self, make: &'a CommandFact) -> Self {
        Self {
            make: Some(make),
            ..self
        }
    }
}

/// Flags of `go build` that take the next word as their value.
const VALUED: &[&str] = &[
    "o",
    "ldflags",
    "tags",
    "mod",
    "p",
    "gcflags",
    "asmflags",
    "installsuffix",
    "modfile",
    "gccgoflags",
];

/// The program that `go build` or `go install` makes; `Ok(None)` where it is none of this project.
pub(super) fn program<'a>(
    site: &Site<'a>,
    command: Cow<'a, CommandFact>,
    folder: &str,
) -> Result<Option<Built<'a>>, ()> {
    let first = command.words.len() - command.arguments().len();
    let is_install = command.words[first].is("install");
    let mut output = None;
    let mut packages = Vec::new();
    let mut at = first + 1;
    while let Some(word) = command.words.get(at) {
        let text = word.literal.as_deref().unwrap_or(&word.raw);
        if let Some(flag) = text.strip_prefix('-') {
            let flag = flag.trim_start_matches('-');
            let (name, value) = match flag.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None if VALUED.contains(&flag) => {
                    at += 1;
                    let value = command.words.get(at).ok_or(())?;
                    (
                        flag,
                        Some(value.literal.clone().unwrap_or(value.raw.clone())),
                    )
                }
                None => (flag, None),
            };
            match name {
                "o" => output = value,
                "C" | "buildmode" | "pkgdir" | "overlay" | "toolexec" => return Err(()),
                _ => {}
            }
        } else {
            packages.push(word.literal.clone().ok_or(())?);
        }
        at += 1;
    }
    // `go install example.org/tool@latest` installs a tool.
    if is_install && packages.iter().any(|package| package.contains('@')) {
        let mut tools = packages
            .iter()
            .filter_map(|it| own_name(it.split('@').next()?));
        let is_of_build = tools.all(|tool| is_tool_of_build(site, &tool));
        return if is_of_build { Ok(None) } else { Err(()) };
    }
    let module = module_of(site, folder).unwrap_or_else(|| folder.to_owned());
    let name = name(site, folder, &module, &packages);
    let path = if is_install {
        let state = site.state_of(&command);
        if state.env.get("GOBIN").is_some()
            || state.env.get("GOPATH").is_some_and(|it| it.item.is_some())
        {
            return Err(());
        }
        // All programs of the module go there; the one that is started has its name.
        let started = base_name(&site.words[0]).to_owned();
        let name = name.or_else(|| has_program(site, &module, &started).then_some(started));
        joined("/go/bin", &name.ok_or(())?)
    } else {
        match output {
            Some(output) if output.contains('$') => return Err(()),
            Some(output) => {
                let path = resolved(folder, &output).ok_or(())?;
                let is_folder = output.ends_with('/')
                    || output == "."
                    || site.folder().as_deref() == Some(path.as_str());
                if is_folder {
                    joined(&path, &name.ok_or(())?)
                } else {
                    path
                }
            }
            // Of several packages nothing is kept.
            None if packages.len() > 1 && !packages[0].ends_with(".go") => return Ok(None),
            None if packages.iter().any(|it| it.contains("...")) => return Ok(None),
            None => joined(folder, &name.ok_or(())?),
        }
    };
    Ok(Some(Built {
        path,
        command: Some(command),
        make: None,
        verb: first,
        module,
    }))
}

/// Tools for those who develop, which nobody starts in an image that runs something else.
#[rustfmt::skip]
const OF_DEVELOPERS: &[&str] = &[
    "CompileDaemon", "air", "dlv", "fresh", "goimports", "golangci-lint", "golint", "gopls", "gotestsum", "modd", "reflex",
    "richgo", "staticcheck",
];

/// Whether a tool is there for the build: a step runs it, by itself or by `go generate` and make.
fn is_tool_of_build(site: &Site<'_>, tool: &str) -> bool {
    let commands = || {
        let runs = site.input.model.runs_of(site.stage.index);
        runs.flat_map(|run| &run.commands)
    };
    let is_run = commands().any(|it| it.name().is_some_and(|name| base_name(name) == tool));
    let runs_make = commands().any(|it| it.name() == Some("make"));
    let mut lines = site.context.texts().flat_map(|(path, text)| {
        let is_make = runs_make && base_name(path).eq_ignore_ascii_case("makefile");
        text.lines().map(move |line| (is_make, line))
    });
    let is_told = |(is_make, line): (bool, &str)| {
        let says = is_make || line.contains("go:generate");
        says && !line.contains("docker") && line.split_whitespace().any(|it| base_name(it) == tool)
    };
    is_run || OF_DEVELOPERS.contains(&tool) || tool.starts_with("protoc-gen-") || lines.any(is_told)
}

/// The programs that are built and that nobody starts or runs in the build: they are there for somebody else.
pub(super) fn besides<'b, 'a>(
    site: &Site<'_>,
    built: &'b [Built<'a>],
    started: &[&Built<'a>],
) -> Vec<&'b Built<'a>> {
    let place = |it: &Built<'_>| it.command.as_ref().map(|it| it.range.start());
    let is_started = |it: &Built<'_>| started.iter().any(|other| place(other) == place(it));
    let runs = site.input.model.runs_of(site.stage.index);
    let commands: Vec<&CommandFact> = runs.flat_map(|run| &run.commands).collect();
    let is_run = |it: &Built<'_>| {
        let mut names = commands.iter().filter_map(|command| command.name());
        names.any(|name| base_name(name) == base_name(&it.path))
    };
    let last = |at: usize| {
        // Where it lies in the end, if it is moved.
        let mut later = built[at + 1..].iter();
        !later.any(|other| place(other) == place(&built[at]))
    };
    let others = built.iter().enumerate();
    let others = others.filter(|(at, it)| !is_started(it) && !is_run(it) && last(*at));
    others.map(|(_, it)| it).collect()
}

/// The name that a program gets from its package; `None` where there are several.
fn name(site: &Site<'_>, folder: &str, module: &str, packages: &[String]) -> Option<String> {
    let package = match packages {
        [] => ".",
        [first, ..] if first.ends_with(".go") => {
            let name = base_name(first).strip_suffix(".go")?;
            return (!name.contains('*')).then(|| name.to_owned());
        }
        [one] => one.as_str(),
        _ => return None,
    };
    if package.contains("...") {
        return None;
    }
    let path = match package {
        "." | "./" => folder.to_owned(),
        local if local.starts_with("./") || local.starts_with("../") => resolved(folder, local)?,
        import => {
            let name = module_path(site, module)?;
            joined(module, import.strip_prefix(&name)?.trim_start_matches('/'))
        }
    };
    if path.trim_end_matches('/') == module.trim_end_matches('/') {
        return own_name(&module_path(site, module)?);
    }
    Some(base_name(&path).to_owned())
}

/// The last part of a module's path that is no version.
fn own_name(module: &str) -> Option<String> {
    let is_version = |part: &str| {
        part.strip_prefix('v')
            .is_some_and(|rest| !rest.is_empty() && rest.chars().all(|it| it.is_ascii_digit()))
    };
    let name = module.rsplit('/').find(|part| !is_version(part))?;
    Some(name.to_owned())
}

/// The folder at or above another one that holds `go.mod`.
fn module_of(site: &Site<'_>, folder: &str) -> Option<String> {
    let mut at = folder.trim_end_matches('/').to_owned();
    loop {
        if site.origin(&joined(&at, "go.mod")).is_some() {
            return Some(at);
        }
        let up = at.rfind('/')?;
        at.truncate(up);
    }
}

/// The path that `go.mod` gives its module.
fn module_path(site: &Site<'_>, module: &str) -> Option<String> {
    let Some(text) = site.text(&joined(module, "go.mod")) else {
        // One that the build makes, or the folder below `GOPATH`.
        let runs = site.input.model.runs_of(site.stage.index);
        let made = runs.flat_map(|run| &run.commands).find_map(|command| {
            let words: Vec<&str> = command.words.iter().map(|word| word.raw.as_str()).collect();
            match words.as_slice() {
                ["go", "mod", "init", name] => Some((*name).to_owned()),
                _ => None,
            }
        });
        return made.or_else(|| Some(base_name(module).to_owned()));
    };

    let line = text
        .lines()
        .find_map(|line| line.trim().strip_prefix("module "))?;
    Some(line.trim().trim_matches('"').to_owned())
}

/// Whether a module has a program of a name: its own, or that of a folder in it.
fn has_program(site: &Site<'_>, module: &str, name: &str) -> bool {
    let is_own = module_path(site, module)
        .and_then(|path| own_name(&path))
        .as_deref()
        == Some(name);
    let Some(copied) = site.copied() else {
        return false;
    };
    copied.iter().any(|file| {
        let holder = parent(&file.path);
        let fits = if is_own && holder == module {
            true
        } else {
            base_name(holder) == name && holder != module
        };
        fits && file.path.ends_with(".go")
            && site
                .context
                .text(&file.origin)
                .is_ok_and(|text| text.lines().any(|line| line.trim() == "package main"))
    })
}

/// Whether a program is found by its name alone.
pub(super) fn is_on_path(site: &Site<'_>, path: &str) -> bool {
    let folders = site.end().env.get("PATH");
    let folders = folders.and_then(|it| it.value.known());
    folders.is_some_and(|folders| folders.split(':').any(|folder| folder == parent(path)))
}

/// A program that `go run` builds each time the container starts, and how it is built once.
pub(super) struct RunByGo<'a> {
    pub(super) built: Built<'a>,
    package: String,
    keyword: &'static str,
    words: Vec<String>,
}

/// What the container starts with `go run`, where its words say it all.
pub(super) fn run<'a>(site: &Site<'a>) -> Option<RunByGo<'a>> {
    let [go, verb, package, rest @ ..] = site.words.as_slice() else {
        return None;
    };

    let is_run = base_name(go) == "go" && verb == "run" && !package.starts_with('-');

    if !is_run || !site.has_plain_words() || rest.iter().any(|it| it.ends_with(".go")) {
        return None;
    }
    // Variables in front of it are of both, the build and the program.
    let main = site.start.main().next()?;
    let body = &site.input.model.instruction(main.item)?.body;
    let is_exec = matches!(main.form, StartForm::Exec(_));
    if !is_exec && !body.as_str().trim_start().starts_with(go.as_str()) {
        return None;
    }
    let folder = site.folder()?;
    let module = module_of(site, &folder)?;
    let name = name(site, &folder, &module, std::slice::from_ref(package))?;
    let path = joined("/usr/local/bin", &name);
    // What CMD adds to an entry point stays there.
    let (keyword, rest) = match &site.start.entrypoint {
        None => ("CMD", rest),
        Some(StartCommand {
            form: StartForm::Exec(own),
            ..
        }) => ("ENTRYPOINT", own.get(3..)?),
        Some(_) => return None,
    };
    Some(RunByGo {
        words: std::iter::once(path.clone())
            .chain(rest.iter().cloned())
            .collect(),
        keyword,
        package: package.clone(),
        built: Built {
            path,
            command: None,
            make: None,
            verb: 0,
            module,
        },
    })
}

impl RunByGo<'_> {
    /// The plan of one that builds it and starts it: it stops for other signals, and with other exit codes.
    pub(super) fn applied_to(&self, mut plan: Plan) -> Plan {
        let cgo = if plan.runtime.starts_with("gcr.io/") || plan.runtime == "scratch" {
            "CGO_ENABLED=0 "
        } else {
            ""
        };
        let (path, package) = (&self.built.path, &self.package);
        plan.build_end.push(format!(
            "RUN {cgo}go build -trimpath -ldflags=\"-s -w\" -o {path} {package}"
        ));
        plan.told.start = Some((self.keyword, self.words.clone()));
        plan.told.keeps_command = self.keyword == "ENTRYPOINT";
        plan.applicability = Applicability::Unsafe;
        let because = "the program is built once, and not with every start; what `go run` makes of signals and exit \
                        codes is not the same";
        because.clone_into(&mut plan.because);
        plan
    }
}
