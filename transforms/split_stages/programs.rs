//! The programs that the container runs: what it starts, and what a script of the context starts in turn.

use imgfix_syntax::TextRange;

use super::reasons::{OTHER_COMMANDS, SCRIPT_NOT_FOLLOWED, SEVERAL_SERVICES, STEP_NOT_CLASSIFIED};
use super::site::{Refusal, Site, base_name};
use crate::context::Usage;
use crate::model::placed::resolved;
use crate::model::start;

/// What the container runs.
#[derive(Debug, Default)]
pub(super) struct Programs {
    /// What is named as a program, and is no tool of every system.
    pub(super) names: Vec<String>,
    /// The scripts of the context that it runs, as paths of the image.
    pub(super) scripts: Vec<String>,
    /// Whether a shell is needed.
    pub(super) need_shell: bool,
    /// Tools of the health check that a small image lacks.
    pub(super) tools: Vec<&'static str>,
    /// Whether a script gives its arguments to Java, and to nobody else: they name no program.
    gives_arguments_to_java: bool,
}

/// What every system with a shell has.
#[rustfmt::skip]
const EVERYWHERE: &[&str] = &[
    ".", ":", "[", "basename", "break", "cat", "cd", "chmod", "chown", "continue", "cp", "cut", "date", "dirname",
    "echo", "env", "eval", "exec", "exit", "export", "expr", "false", "grep", "head", "hostname", "id", "kill", "ln",
    "local", "ls", "mkdir", "mktemp", "mv", "printf", "pwd", "read", "return", "rm", "sed", "seq", "set", "shift",
    "sleep", "sort", "source", "tail", "tee", "test", "touch", "tr", "trap", "true", "ulimit", "umask", "uname", "uniq",
    "unset", "until", "wait", "wc", "whoami", "xargs",
];

/// Programs that start several others.
const MANAGERS: &[&str] = &[
    "supervisord",
    "s6-svscan",
    "runsvdir",
    "systemd",
    "init",
    "foreman",
    "honcho",
    "pm2",
    "pm2-runtime",
    "monit",
    "cron",
    "crond",
    "nginx",
    "service",
];

/// Whether a process manager of Node is given one script, and no list of programs.
fn is_one_program(words: &[String]) -> bool {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (["pm2-runtime", "start", script, ..] | ["pm2-runtime", script, ..]) = words.as_slice()
    else {
        return false;
    };
    let is_list = script.contains("ecosystem") || script.contains(".config.");
    script.ends_with(".js") && !is_list
}

/// Whether a text is the script that waits for a port and starts what stands behind `--`: it runs with bash and
/// what every Debian has.
fn is_wait_for_it(text: &str) -> bool {
    text.starts_with("#!") && text.contains("WAITFORIT_CLI=(\"$@\")")
}

/// Programs of the larger images that a smaller one may lack.
#[rustfmt::skip]
const OF_LARGER: &[&str] = &[
    "apk", "apt-get", "ash", "bash", "cargo", "curl", "gcc", "git", "go", "gofmt", "gradle", "jcmd", "jmap", "jstack",
    "make", "mvn", "mvnw", "sh", "wget",
];

/// The program of a larger image that a command runs in a container: `[options] CONTAINER PROGRAM …`, or that of a
/// host's setting.
fn tool_of(command: &str) -> Option<&'static str> {
    let marks = |char: char| char.is_whitespace() || "\"'&;|()[],".contains(char);
    let words: Vec<&str> = command.split(marks).filter(|it| !it.is_empty()).collect();
    let (at, tool) = words.iter().enumerate().find_map(|(at, word)| {
        let tool = OF_LARGER.iter().find(|tool| **tool == base_name(word))?;
        Some((at, *tool))
    })?;
    let before = at.checked_sub(1).map(|at| words[at]);
    // The value of an option, or a program of another image.
    let is_other = before.is_some_and(|word| {
        let is_option = word.starts_with('-') && !matches!(word, "--" | "--entrypoint");
        is_option || word.contains([':', '/', '='])
    });
    // A shell that is opened by hand for what stands behind it.
    let behind = || {
        let words = words[at + 1..].iter().filter(|it| !it.starts_with('-'));
        tool_of(&words.copied().collect::<Vec<_>>().join(" "))
    };
    match tool {
        _ if is_other => None,
        "sh" | "bash" | "ash" => behind().or(Some(tool)),
        _ => Some(tool),
    }
}

/// Whether a shell is named as what starts something in the image.
fn is_by_shell(usage: &Usage) -> bool {
    let Usage::Command { command, .. } = usage else {
        return false;
    };
    let program = command.split_whitespace().next().unwrap_or_default();
    matches!(base_name(program), "sh" | "bash" | "ash")
}

/// Words of commands that are for development.
const WATCHERS: &[&str] = &[
    "--reload",
    "--debug",
    "--watch",
    "nodemon",
    "dev",
    "watchmedo",
    "air",
];

impl Programs {
    /// What a container runs.
    pub(super) fn of(site: &Site<'_>, is_alpine: bool) -> Result<Self, Refusal> {
        let mut programs = Self {
            need_shell: site.has_shell_form,
            ..Self::default()
        };
        let range = site.start_range();
        let mut words = site.words.as_slice();
        if let Some(script) = Self::script(site, &words[0]) {
            programs.follow(site, &script, range, is_alpine)?;
            words = &words[1..];
            // A script that ends with `exec "$@"` starts the rest.
            let text = site.text(&script).unwrap_or_default();
            let starts_rest =
                (text.contains("$@") || text.contains("$*")) && !programs.gives_arguments_to_java;
            if !starts_rest && !is_wait_for_it(text) {
                words = &[];
            }
            // What stands in front of it is for the script.
            if let Some(at) = words.iter().position(|word| word == "--") {
                words = &words[at + 1..];
            }
        }
        if let Some(word) = words.first().filter(|word| !word.starts_with('-')) {
            if is_one_program(words) {
                programs.names.push(word.clone());
            } else {
                programs.name(word, range)?;
            }
        }
        for words in &site.before {
            if let Some(word) = words.first().filter(|word| *word != "exec") {
                programs.name(word, range)?;
            }
        }
        for (origin, words) in &site.others {
            let name = base_name(&words[0]);
            let is_other = EVERYWHERE.contains(&name)
                || MANAGERS.contains(&name)
                || WATCHERS
                    .iter()
                    .any(|it| words.iter().any(|word| word == it))
                || matches!(name, "sh" | "bash" | "ash");
            if is_other {
                let said = format!("`{}`, {origin}", words.join(" "));
                return site.refuse(&OTHER_COMMANDS, said);
            }
            programs.names.push(words[0].clone());
        }
        let mut usages = site.input.surroundings.usages.iter();
        programs.need_shell |= usages.any(is_by_shell);
        programs.check(site, is_alpine)?;
        programs.checks_elsewhere(site, is_alpine)?;
        programs.run_elsewhere(site, is_alpine)?;
        Ok(programs)
    }

    fn name(&mut self, word: &str, range: TextRange) -> Result<(), Refusal> {
        // A program of the project may have the name of one of the system.
        let is_of_system = !word.contains('/')
            || ["/bin/", "/sbin/", "/usr/bin/", "/usr/sbin/"]
                .iter()
                .any(|folder| word.starts_with(folder));
        let name = if is_of_system { base_name(word) } else { word };
        if MANAGERS.contains(&name) {
            return Err((range, &SEVERAL_SERVICES, format!("`{word}`")));
        }
        if EVERYWHERE.contains(&name) {
            self.need_shell = true;
        } else {
            self.names.push(word.to_owned());
        }
        Ok(())
    }

    /// The path of a script of the context.
    fn script(site: &Site<'_>, word: &str) -> Option<String> {
        let path = if word.contains('/') {
            resolved(&site.folder()?, word)?
        } else {
            // A bare name is looked up.
            let folders = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/local/sbin"];
            let mut paths = folders.iter().map(|folder| format!("{folder}/{word}"));
            paths.find(|path| site.origin(path).is_some())?
        };
        let origin = site.origin_of_script(&path)?;
        let text = site.context.text(&origin);
        let is_named = origin.ends_with(".sh") || origin.ends_with(".bash");
        let is_script = is_named || text.is_ok_and(|text| text.starts_with("#!"));
        is_script.then_some(path)
    }

    fn follow(
        &mut self,
        site: &Site<'_>,
        script: &str,
        range: TextRange,
        is_alpine: bool,
    ) -> Result<(), Refusal> {
        let refuse = || (range, &SCRIPT_NOT_FOLLOWED, format!("`{script}`"));
        let text = site.text(script).ok_or_else(refuse)?;
        let first = text.lines().next().unwrap_or_default();
        let is_shell =
            !first.starts_with("#!") || first.trim_end().ends_with("sh") || first.contains("sh -");
        // The smaller image has no bash where Alpine is below.
        let has_bash = !is_alpine || site.installs("bash");
        if !is_shell || text.contains("\r\n") || (first.contains("bash") && !has_bash) {
            return Err(refuse());
        }
        self.need_shell = true;
        self.scripts.push(script.to_owned());
        if is_wait_for_it(text) && !is_alpine {
            return Ok(());
        }
        let commands = start::script(text, site.end()).ok_or_else(refuse)?;
        let takes = |words: &&Vec<String>| {
            words
                .iter()
                .any(|it| it.contains("$@") || it.contains("$*"))
        };
        let is_java = |words: &Vec<String>| {
            let first = words.iter().find(|word| *word != "exec");
            first.is_some_and(|word| base_name(word) == "java")
        };
        let mut takers = commands.iter().filter(takes).peekable();
        self.gives_arguments_to_java = takers.peek().is_some() && takers.all(is_java);
        let folder = site.folder();
        for words in commands {
            let goes_elsewhere = words.first().is_some_and(|it| it == "cd")
                && words.get(1).map(String::as_str) != folder.as_deref();
            if goes_elsewhere {
                return Err(refuse());
            }
            let mut words = words.as_slice();
            while let [first, rest @ ..] = words
                && (first == "exec" || first == "env" || first.contains('='))
            {
                words = rest;
            }
            let Some(program) = words.first() else {
                continue;
            };
            if program.trim_matches('"') == "$@" || program == "$*" {
                continue;
            }
            if program.contains(['$', '`', '*', '('])
                || matches!(program.as_str(), "." | "source" | "eval")
            {
                return Err(refuse());
            }
            self.name(program, range)?;
        }
        Ok(())
    }

    fn check(&mut self, site: &Site<'_>, is_alpine: bool) -> Result<(), Refusal> {
        let Some(check) = &site.start.check else {
            return Ok(());
        };
        let range = site.range(check.item);
        let unknown = |what: String| (range, &STEP_NOT_CLASSIFIED, what);
        let commands = check
            .all()
            .ok_or_else(|| unknown("the health check is not followed".to_owned()))?;
        self.need_shell |= matches!(check.form, start::StartForm::Shell(_));
        commands
            .iter()
            .try_for_each(|words| self.asks(words, range, is_alpine))
    }

    /// The health checks that compose files have.
    fn checks_elsewhere(&mut self, site: &Site<'_>, is_alpine: bool) -> Result<(), Refusal> {
        let range = site.range(site.stage.item);
        for usage in &site.input.surroundings.usages {
            let Usage::Check {
                origin,
                command,
                by_shell,
            } = usage
            else {
                continue;
            };
            self.need_shell |= by_shell;
            let commands = start::script(command, site.end());
            let unknown = || (range, &OTHER_COMMANDS, format!("`{command}`, {origin}"));
            for words in commands.ok_or_else(unknown)? {
                self.asks(&words, range, is_alpine)?;
            }
        }
        Ok(())
    }

    /// What scripts, workflows and settings of hosts run in the container.
    fn run_elsewhere(&mut self, site: &Site<'_>, is_alpine: bool) -> Result<(), Refusal> {
        let range = site.range(site.stage.item);
        for usage in &site.input.surroundings.usages {
            let Usage::Elsewhere { origin, command } = usage else {
                continue;
            };
            // Where people are told to look around, a program of the smaller image will do.
            if origin.contains(".md:") {
                continue;
            }
            match tool_of(command) {
                Some("sh" | "bash" | "ash") => self.need_shell = true,
                Some(tool @ ("curl" | "wget")) => {
                    self.asks(&[tool.to_owned()], range, is_alpine)?;
                }
                Some(tool) if !site.installs(tool) => {
                    let what = format!("`{tool}` in `{command}`, {origin}");
                    return Err((range, &OTHER_COMMANDS, what));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A command that asks for the health of the container.
    fn asks(&mut self, words: &[String], range: TextRange, is_alpine: bool) -> Result<(), Refusal> {
        match words.first().map(|word| base_name(word)) {
            Some("curl") => self.tools.push("curl"),
            // The one of busybox.
            Some("wget") if is_alpine => self.need_shell = true,
            Some("wget") => self.tools.push("wget"),
            Some(_) => self.name(&words[0], range)?,
            None => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::tool_of;

    #[test]
    fn the_program_of_a_larger_image_is_found() {
        for (command, tool) in [
            ("--rm myapp go test ./...", Some("go")),
            ("web curl -f http://localhost:8000", Some("curl")),
            ("-it web bash -c 'go vet'", Some("go")),
            ("sh -c './main migrate'", Some("sh")),
            ("pod -- git pull", Some("git")),
            ("--rm -it --entrypoint sh app", Some("sh")),
            ("--rm -v src golang:1.22 go test", None),
            ("--rm --name go myapp serve", None),
            ("web ./go-server", None),
            ("web python manage.py migrate", None),
        ] {
            assert_eq!(tool_of(command), tool, "{command}");
        }
    }
}
