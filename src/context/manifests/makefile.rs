//! Makefiles of GNU make: <https://www.gnu.org/software/make/manual/make.html>. What a goal runs, as commands for
//! the shell, where that can be told without make. A value that only make could compute stays in the commands as an
//! expansion of the shell's, so that no reader takes it for a literal.

use std::collections::{BTreeMap, BTreeSet};

/// A Makefile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Makefile {
    variables: BTreeMap<String, Value>,
    exported: BTreeSet<String>,
    exports_all: bool,
    rules: Vec<Rule>,
    goal: Option<String>,
}

/// What a variable is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    Text {
        text: String,
        is_default: bool,
    },
    /// It depends on something that is not followed.
    Unknown,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Rule {
    targets: Vec<String>,
    prerequisites: String,
    recipe: Vec<String>,
    /// Whether it stands in a conditional, or sets variables of its own.
    is_unknown: bool,
}

/// What a goal runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recipe {
    /// The commands, each for a shell of its own.
    pub commands: Vec<String>,
    /// The variables that their environment gets from the Makefile, where the values are known.
    pub exports: BTreeMap<String, Option<String>>,
}

/// What make is started with.
pub struct Call<'c> {
    /// The goals; none for the first of the file.
    pub goals: &'c [String],
    /// The variables of the command line.
    pub given: &'c [(String, String)],
    /// The value of a variable of the environment.
    pub environment: &'c dyn Fn(&str) -> Option<String>,
    /// Whether a path is there before make is started.
    pub is_there: &'c dyn Fn(&str) -> bool,
}

/// So deep may variables and goals name others.
const MAX_DEPTH: usize = 32;

impl Makefile {
    /// Reads the text of a Makefile.
    ///
    /// # Errors
    /// Where a line is not followed; it is named.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut read = Self::default();
        let mut conditionals = 0_usize;
        let mut in_rule = false;
        for line in joined(text) {
            if let Some(command) = line.strip_prefix('\t').filter(|_| in_rule) {
                if let Some(rule) = read.rules.last_mut() {
                    rule.recipe.push(command.to_owned());
                }
                continue;
            }
            let plain = without_comment(&line).trim();
            let first = plain.split_whitespace().next().unwrap_or_default();
            match first {
                "ifeq" | "ifneq" | "ifdef" | "ifndef" => conditionals += 1,
                "" | "else" => {}
                "endif" => conditionals = conditionals.saturating_sub(1),
                "export" | "unexport" | "override" | "private" => {
                    let rest = plain[first.len()..].trim();
                    read.directive(first, rest, conditionals > 0)?;
                    in_rule = false;
                }
                "include" | "-include" | "sinclude" | "define" | "undefine" | "vpath" | "load" => {
                    return Err(plain.to_owned());
                }
                _ if assignment(plain).is_some() => {
                    read.assign(plain, conditionals > 0)?;
                    in_rule = false;
                }
                _ => {
                    read.rule(&line, conditionals > 0)?;
                    in_rule = true;
                }
            }
        }
        Ok(read)
    }

    /// Whether a variable is set.
    pub fn sets(&self, name: &str) -> bool {
        self.variables.contains_key(name)
    }

    fn directive(&mut self, word: &str, rest: &str, is_unknown: bool) -> Result<(), String> {
        if word == "unexport" {
            return Err(format!("{word} {rest}"));
        }
        if assignment(rest).is_some() {
            let name = self.assign(rest, is_unknown || word == "private")?;
            if word == "export" {
                self.exported.insert(name);
            }
        } else if rest.is_empty() {
            self.exports_all |= word == "export";
        } else {
            let names = rest.split_whitespace().map(str::to_owned);
            self.exported.extend(names);
        }
        Ok(())
    }

    /// Sets a variable, and says its name.
    fn assign(&mut self, line: &str, is_unknown: bool) -> Result<String, String> {
        let (name, operator, text) = assignment(line).ok_or_else(|| line.to_owned())?;
        let is_named = !name.is_empty() && !name.contains(['$', ' ', '(']);
        if operator == "!=" || !is_named {
            return Err(line.to_owned());
        }
        let text = text.trim().to_owned();
        let old = self.variables.remove(name);
        let new = match (operator, old) {
            _ if is_unknown => Value::Unknown,
            ("?=", Some(old)) => old,
            ("?=", None) => Value::Text {
                text,
                is_default: true,
            },
            ("+=", Some(Value::Text { text: old, .. })) => Value::Text {
                text: format!("{old} {text}"),
                is_default: false,
            },
            // To a variable of the environment.
            ("+=", _) => Value::Unknown,
            // What is expanded at once may be set to something else behind it.
            _ => Value::Text {
                text,
                is_default: false,
            },
        };
        if let (".DEFAULT_GOAL", Value::Text { text, .. }) = (name, &new) {
            self.goal = Some(text.clone());
        }
        self.variables.insert(name.to_owned(), new);
        Ok(name.to_owned())
    }

    fn rule(&mut self, line: &str, is_unknown: bool) -> Result<(), String> {
        let bad = || Err(without_comment(line).trim().to_owned());
        let Some((targets, rest)) = line.split_once(':') else {
            return bad();
        };
        let rest = rest.strip_prefix(':').unwrap_or(rest);
        let (rest, inline) = match rest.split_once(';') {
            Some((rest, inline)) => (rest, Some(inline.trim().to_owned())),
            None => (without_comment(rest), None),
        };
        let targets: Vec<String> = targets.split_whitespace().map(str::to_owned).collect();
        if targets.iter().any(|it| it.contains('$')) {
            return bad();
        }
        match targets[..].first().map(String::as_str) {
            None | Some(".ONESHELL" | ".SECONDEXPANSION" | ".EXPORT_ALL_VARIABLES" | ".POSIX") => {
                return bad();
            }
            Some(_) => {}
        }
        let first = targets.iter().find(|it| !it.starts_with('.'));
        let names_goal = self.goal.is_none() && !first.is_some_and(|it| it.contains('%'));
        if names_goal {
            self.goal = first.cloned();
        }
        let sets = assignment(rest.trim()).is_some();
        self.rules.push(Rule {
            targets,
            prerequisites: rest.trim().to_owned(),
            recipe: inline.into_iter().collect(),
            is_unknown: is_unknown || sets,
        });
        Ok(())
    }

    /// What make runs.
    ///
    /// # Errors
    /// Where that cannot be told; what stands in the way is named.
    pub fn recipe(&self, call: &Call<'_>) -> Result<Recipe, String> {
        let mut run = Runner {
            makefile: self,
            call,
            done: BTreeSet::new(),
            commands: Vec::new(),
        };
        let first: Vec<String> = self.goal.clone().into_iter().collect();
        let goals = if call.goals.is_empty() {
            &first
        } else {
            call.goals
        };
        if goals.is_empty() {
            return Err("no goal".to_owned());
        }
        for goal in goals {
            run.goal(goal, 0)?;
        }
        let mut exports = BTreeMap::new();
        for name in self.variables.keys() {
            let is_of_command = call.given.iter().any(|(given, _)| given == name);
            let is_of_environment = (call.environment)(name).is_some();
            if self.exports_all
                || self.exported.contains(name)
                || is_of_command
                || is_of_environment
            {
                let value = run.value(name, &Names::default(), 0);
                let is_literal = |value: &String| !value.contains(['$', '`', '"', '\'', '\\']);
                exports.insert(name.clone(), value.ok().filter(is_literal));
            }
        }
        Ok(Recipe {
            commands: run.commands,
            exports,
        })
    }
}

/// The automatic variables of a recipe.
#[derive(Clone, Copy, Default)]
struct Names<'n> {
    target: Option<&'n str>,
    prerequisites: Option<&'n str>,
}

struct Runner<'m> {
    makefile: &'m Makefile,
    call: &'m Call<'m>,
    done: BTreeSet<String>,
    commands: Vec<String>,
}

impl Runner<'_> {
    fn goal(&mut self, goal: &str, depth: usize) -> Result<(), String> {
        if depth > MAX_DEPTH {
            return Err(goal.to_owned());
        }
        if !self.done.insert(goal.to_owned()) {
            return Ok(());
        }
        let makefile = self.makefile;
        let rules: Vec<&Rule> = makefile
            .rules
            .iter()
            .filter(|rule| rule.targets.iter().any(|target| target == goal))
            .collect();
        if rules.is_empty() {
            // A source, which needs nothing to be done.
            let may_be_made = makefile
                .rules
                .iter()
                .any(|rule| rule.targets.iter().any(|target| fits(target, goal)));
            return if (self.call.is_there)(goal) && !may_be_made {
                Ok(())
            } else {
                Err(format!("no rule for {goal}"))
            };
        }
        let is_phony = makefile.rules.iter().any(|rule| {
            let mut names = rule.prerequisites.split_whitespace();
            rule.targets.iter().any(|it| it == ".PHONY") && names.any(|name| name == goal)
        });
        if rules.iter().any(|rule| rule.is_unknown) {
            return Err(format!("the rule for {goal}"));
        }
        // Whether it is up to date, nobody can tell.
        if !is_phony && (self.call.is_there)(goal) {
            return Err(format!("{goal}, which is there already"));
        }
        let mut all = Vec::new();
        for rule in &rules {
            let before = self.expanded(&rule.prerequisites, &Names::default(), 0)?;
            let names = before.split_whitespace().filter(|it| *it != "|");
            for name in names {
                let is_list = name.contains(['$', '*', '(', ')', '`']);
                if is_list {
                    return Err(format!("what {goal} needs: {name}"));
                }
                all.push(name.to_owned());
            }
        }
        for name in &all {
            self.goal(name, depth + 1)?;
        }
        let all = all.join(" ");
        for line in rules.iter().flat_map(|rule| &rule.recipe) {
            let names = Names {
                target: Some(goal),
                prerequisites: Some(&all),
            };
            let line = self.expanded(line, &names, 0)?;
            let command = line.trim_start_matches(['@', '-', '+', ' ', '\t']);
            let is_plain = |char: char| char.is_ascii_alphanumeric() || "-_. ".contains(char);
            match command.strip_prefix("make ") {
                // A goal of the same file, by a make of its own.
                Some(goals) if goals.chars().all(is_plain) && !goals.contains(" -") => {
                    for goal in goals.split_whitespace() {
                        self.goal(goal, depth + 1)?;
                    }
                }
                _ if command.trim().is_empty() => {}
                _ => self.commands.push(command.to_owned()),
            }
        }
        Ok(())
    }

    /// The value of a variable: that of the command line before that of the file, and that before the environment's.
    fn value(&self, name: &str, names: &Names<'_>, depth: usize) -> Result<String, String> {
        let unknown = || Ok(format!("${{{name}}}"));
        if let Some((_, given)) = self.call.given.iter().find(|(it, _)| it == name) {
            return Ok(given.clone());
        }
        let outer = (self.call.environment)(name);
        match (self.makefile.variables.get(name), outer) {
            (Some(Value::Unknown), _) => unknown(),
            (Some(Value::Text { is_default, .. }), Some(outer)) if *is_default => Ok(outer),
            (Some(Value::Text { text, .. }), _) => self.expanded(text, names, depth + 1),
            (None, Some(outer)) => Ok(outer),
            (None, None) => match name {
                "MAKE" => Ok("make".to_owned()),
                _ => unknown(),
            },
        }
    }

    /// A text in which all that make knows stands for itself.
    fn expanded(&self, text: &str, names: &Names<'_>, depth: usize) -> Result<String, String> {
        if depth > MAX_DEPTH {
            return Err(text.to_owned());
        }
        let mut found = String::new();
        let mut rest = text;
        while let Some(at) = rest.find('$') {
            found.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            let Some(next) = rest.chars().next() else {
                break;
            };
            let name;
            (name, rest) = match next {
                '$' => {
                    found.push('$');
                    rest = &rest[1..];
                    continue;
                }
                '(' | '{' => {
                    let end = closing(rest, next).ok_or_else(|| text.to_owned())?;
                    (&rest[1..end], &rest[end + 1..])
                }
                _ => rest.split_at(next.len_utf8()),
            };
            found.push_str(&self.reference(name, names, depth)?);
        }
        found.push_str(rest);
        Ok(found)
    }

    /// What stands between the brackets of an expansion.
    fn reference(&self, name: &str, names: &Names<'_>, depth: usize) -> Result<String, String> {
        let unknown = || "${of_make}".to_owned();
        match (name, names.target, names.prerequisites) {
            ("@", Some(target), _) => return Ok(target.to_owned()),
            ("<", _, Some(all)) => {
                let first = all.split_whitespace().next();
                return Ok(first.unwrap_or_default().to_owned());
            }
            ("^" | "+", _, Some(all)) => return Ok(all.to_owned()),
            _ => {}
        }
        if let Some(command) = name.strip_prefix("shell ") {
            let command = self.expanded(command.trim(), names, depth + 1)?;
            return Ok(format!("$({command})"));
        }
        let is_name = name
            .chars()
            .all(|char| char.is_ascii_alphanumeric() || matches!(char, '_' | '.' | '-'));
        if !is_name || name.is_empty() {
            return Ok(unknown());
        }
        self.value(name, names, depth)
    }
}

/// Whether a target with a pattern stands for a name.
fn fits(target: &str, name: &str) -> bool {
    let Some((start, end)) = target.split_once('%') else {
        return false;
    };
    name.len() > start.len() + end.len() && name.starts_with(start) && name.ends_with(end)
}

/// Where the bracket that opens a text is closed.
fn closing(text: &str, open: char) -> Option<usize> {
    let close = if open == '(' { ')' } else { '}' };
    let mut depth = 0_usize;
    for (at, char) in text.char_indices() {
        if char == open {
            depth += 1;
        } else if char == close {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

/// The lines, with those that a backslash continues; in recipes the shell reads the backslash.
fn joined(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut continues = false;
    for line in text.lines() {
        let last = lines.last_mut().filter(|_| continues);
        continues = line.ends_with('\\');
        match last {
            Some(last) if last.starts_with('\t') => {
                last.push('\n');
                last.push_str(line.strip_prefix('\t').unwrap_or(line));
            }
            Some(last) => {
                last.push(' ');
                last.push_str(line.trim_start());
            }
            None => lines.push(line.to_owned()),
        }
        let last = lines.last_mut().filter(|it| !it.starts_with('\t'));
        if let Some(last) = last.filter(|_| continues) {
            last.pop();
        }
    }
    lines
}

fn without_comment(line: &str) -> &str {
    let starts = line.match_indices('#').map(|(at, _)| at);
    let mut starts = starts.filter(|&at| !line[..at].ends_with('\\'));
    starts.next().map_or(line, |at| &line[..at])
}

/// The name, the operator and the text of a line that sets a variable.
fn assignment(line: &str) -> Option<(&str, &str, &str)> {
    let mut depth = 0_usize;
    for (at, char) in line.char_indices() {
        match char {
            '(' | '{' => depth += 1,
            ')' | '}' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            '=' => return Some((line[..at].trim(), "=", &line[at + 1..])),
            ':' | '?' | '+' | '!' => {
                let rest = &line[at..];
                let operators = [":::=", "::=", ":=", "?=", "+=", "!="];
                if let Some(operator) = operators.into_iter().find(|it| rest.starts_with(it)) {
                    return Some((line[..at].trim(), operator, &rest[operator.len()..]));
                }
                // A rule.
                if char == ':' {
                    return None;
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests;
