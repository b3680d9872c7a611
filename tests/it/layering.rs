//! The one-way rule between modules: each may use what its row names, and nothing else of the crate.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::root;

/// A module, and the modules of the crate that it may use beside itself.
const TABLE: &[(&str, &[&str])] = &[
    ("context", &[]),
    ("edit", &[]),
    ("model", &["context", "settings"]),
    // A level and a transform's name are values of the contract.
    ("settings", &["transform"]),
    ("transform", &["context", "edit", "model", "settings"]),
    (
        "transforms",
        &["context", "edit", "model", "settings", "transform"],
    ),
    (
        "engine",
        &["context", "edit", "model", "settings", "transform"],
    ),
    // The outcome, and the values of the contract in it.
    ("report", &["engine", "transform"]),
    ("verify", &["report", "transform"]),
    // It measures the images that `verify` reads, and says which rewrite of an outcome would save bytes.
    ("size", &["engine", "report", "transform", "verify"]),
    // The program stands outside the library: these are modules of the façade.
    (
        "cli",
        &[
            "context",
            "engine",
            "report",
            "settings",
            "size",
            "transform",
            "verify",
        ],
    ),
];

/// What of the reader a module may use; no row means all of it.
const SYNTAX: &[(&str, &[&str])] = &[
    ("edit", &["NewlineStyle", "TextRange"]),
    ("context", &["NewlineStyle", "TextRange"]),
    ("settings", &[]),
    ("report", &["NewlineStyle", "TextRange", "LineIndex"]),
];

/// What the library's root itself offers to the program.
const FACADE: &[&str] = &[
    "transforms",
    "templates",
    "template_verdicts",
    "rewrite",
    "Outcome",
    "EngineError",
];

/// Parts of the standard library with which a program reaches out, for `cli`, `verify` and `size` alone.
const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::io",
    "std::env",
    "std::process",
    "std::net",
    "std::time",
];

/// A path that a source file names, with its line.
struct Mention {
    line: usize,
    path: String,
}

/// A source file, its module and what it names.
struct Source {
    file: PathBuf,
    /// `engine::invariants::tokens`, in parts.
    module: Vec<String>,
    mentions: Vec<Mention>,
}

#[test]
fn modules_use_only_what_their_row_names() {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for source in sources() {
        let Some(row) = TABLE.iter().find(|(name, _)| *name == source.module[0]) else {
            if !matches!(source.module[0].as_str(), "lib" | "main") {
                faults.push(format!("{}: no row for its module", source.file.display()));
            }
            continue;
        };
        seen.insert(row.0);
        for mention in &source.mentions {
            let Some(used) = crate_module(&source.module, &mention.path) else {
                continue;
            };
            if used != row.0 && !row.1.contains(&used.as_str()) {
                faults.push(fault(&source, mention, &format!("{} uses {used}", row.0)));
            }
        }
    }
    assert!(seen.len() >= 7, "only {seen:?} were read");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn transforms_do_not_know_each_other() {
    let mut faults = Vec::new();
    for source in sources()
        .iter()
        .filter(|source| source.module[0] == "transforms" && source.module.len() > 1)
    {
        for mention in &source.mentions {
            let path = resolve(&source.module, &mention.path);
            let stays = path.first().is_none_or(|first| first != "transforms")
                || path.get(1) == source.module.get(1);
            if !stays {
                faults.push(fault(source, mention, "reaches out of its transform"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn only_lib_names_the_pipeline_and_the_engine() {
    let mut faults = Vec::new();
    for source in sources() {
        let names_pipeline = source.mentions.iter().find(|mention| {
            let path = resolve(&source.module, &mention.path);
            path.first().is_some_and(|first| first == "transforms")
                && source.module[0] != "transforms"
        });
        if let Some(mention) = names_pipeline
            && source.module[0] != "lib"
        {
            faults.push(fault(&source, mention, "names the pipeline"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn values_know_only_the_words_of_the_reader() {
    let mut faults = Vec::new();
    for source in sources() {
        let Some((_, allowed)) = SYNTAX.iter().find(|(name, _)| *name == source.module[0]) else {
            continue;
        };
        for mention in &source.mentions {
            let Some(word) = mention.path.strip_prefix("imgfix_syntax::") else {
                continue;
            };
            if !allowed.contains(&word) {
                faults.push(fault(&source, mention, "more than the text types"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn only_the_program_reaches_out() {
    let mut faults = Vec::new();
    let sources = sources();
    let inside = sources.iter().filter(|source| {
        !matches!(
            source.module[0].as_str(),
            "cli" | "verify" | "size" | "main"
        )
    });
    for source in inside {
        for mention in &source.mentions {
            if OUTSIDE.iter().any(|part| mention.path.starts_with(part)) {
                faults.push(fault(source, mention, "only cli, verify and size do I/O"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_path_is_resolved_from_its_module() {
    let module: Vec<String> = ["engine", "invariants", "tokens"].map(str::to_owned).into();
    let resolved = |path: &str| resolve(&module, path).join("::");
    assert_eq!(resolved("crate::model::run"), "model::run");
    assert_eq!(resolved("super::Checked"), "engine::invariants::Checked");
    assert_eq!(resolved("super::super::super::report"), "report");
    assert_eq!(resolved("std::fs"), "");
}

fn fault(source: &Source, mention: &Mention, what: &str) -> String {
    format!(
        "{}:{}: {what}: `{}`",
        source.file.display(),
        mention.line,
        mention.path
    )
}

/// The module of the crate that a path leads to.
fn crate_module(module: &[String], path: &str) -> Option<String> {
    let first = resolve(module, path).into_iter().next()?;
    // The library's root names these two again.
    let is_outcome = matches!(first.as_str(), "Outcome" | "EngineError");
    Some(if is_outcome {
        "engine".to_owned()
    } else {
        first
    })
}

/// The path from the crate's root; empty where it leads out of the crate.
fn resolve(module: &[String], path: &str) -> Vec<String> {
    let mut at = module.to_vec();
    let mut parts = path.split("::").peekable();
    match parts.next() {
        // The program calls the library by its name; what the library's root offers is for it.
        Some("crate") if module.first().is_some_and(|first| first == "cli") => {
            return vec!["cli".to_owned()];
        }
        Some("imgfix") if parts.peek().is_none_or(|part| FACADE.contains(part)) => {
            return Vec::new();
        }
        Some("crate" | "imgfix") => at.clear(),
        Some("super") => {
            at.pop();
            while parts.peek() == Some(&"super") {
                parts.next();
                at.pop();
            }
        }
        _ => return Vec::new(),
    }
    at.extend(parts.map(str::to_owned));
    at
}

fn sources() -> Vec<Source> {
    let mut sources = Vec::new();
    for (folder, first) in [("src", None), ("transforms", Some("transforms"))] {
        let mut files = Vec::new();
        collect(&root().join(folder), &mut files);
        for file in files {
            sources.push(read(&file, folder, first));
        }
    }
    sources
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn read(file: &Path, folder: &str, first: Option<&str>) -> Source {
    let below = file
        .strip_prefix(root().join(folder))
        .expect("below its folder");
    let parts = below.with_extension("");
    let parts = parts.iter().map(|part| part.to_string_lossy().into_owned());
    let mut module: Vec<String> = first.map(str::to_owned).into_iter().chain(parts).collect();
    if module.last().is_some_and(|last| last == "mod") {
        module.pop();
    }
    let text = fs::read_to_string(file).expect("a source");
    Source {
        file: file.to_owned(),
        module,
        mentions: mentions(&text),
    }
}

/// The paths in a source that begin with a crate or with `super`. Those of a `use` with braces are named one
/// by one; comments are left out, and so is what stands in a module of its own below (`mod tests { … }`),
/// whose `super` is the file itself.
fn mentions(text: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut line = 1;
    while !rest.is_empty() {
        let end = rest.find('\n').map_or(rest.len(), |at| at + 1);
        let code = rest[..end].split("//").next().unwrap_or_default();
        let is_inner = code.starts_with(char::is_whitespace);
        let statement = if code.trim_start().starts_with("use ") {
            &rest[..rest.find(';').unwrap_or(end)]
        } else {
            code
        };
        for head in ["crate::", "super::", "imgfix::", "imgfix_syntax::", "std::"] {
            for (at, _) in statement.match_indices(head) {
                let before = statement[..at].chars().next_back();
                if before.is_some_and(|char| char.is_alphanumeric() || matches!(char, '_' | ':')) {
                    continue;
                }
                if is_inner && head == "super::" {
                    continue;
                }
                for path in expand(&statement[at..]) {
                    found.push(Mention { line, path });
                }
            }
        }
        rest = &rest[end..];
        line += 1;
    }
    found
}

/// `a::{b, c::d}` names `a::b` and `a::c::d`; nested braces are cut at the first level.
fn expand(text: &str) -> Vec<String> {
    let is_part = |char: char| char.is_alphanumeric() || matches!(char, '_' | ':');
    let end = text.find(|char| !is_part(char)).unwrap_or(text.len());
    let head = text[..end].trim_end_matches(':');
    let Some(list) = text[end..].strip_prefix('{') else {
        return vec![head.to_owned()];
    };
    let mut depth = 0;
    let inner: String = list
        .chars()
        .take_while(|char| {
            depth += match char {
                '{' => 1,
                '}' => -1,
                _ => 0,
            };
            depth >= 0
        })
        .collect();
    inner
        .split(',')
        .map(|part| part.trim().trim_matches(['{', '}']))
        .filter(|part| !part.is_empty())
        .map(|part| {
            let part = part.split([' ', '{']).next().unwrap_or_default();
            match part {
                "self" => head.to_owned(),
                part => format!("{head}::{}", part.trim_end_matches(':')),
            }
        })
        .collect()
}
