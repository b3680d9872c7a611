//! What the text of a source says of paths.

use crate::model::run::is_within;

/// Calls with which a program looks at a folder that it names, and those with which it asks where it works.
#[rustfmt::skip]
const LOOK_AT: &[&str] = &[
    "ReadDir(", "WalkDir(", "Walk(", "ParseGlob(", "Glob(", "http.Dir(", "os.DirFS(", "DirFS(", "ServeFile(", "Static(",
    "StaticFS(", "ServeDir::new(", "read_dir(", "WalkDir::new(", "FileServer::from(", "Files::new(", "glob(", "listFiles(",
    "newDirectoryStream(", "Files.walk(", "Files.list(",
];
const ASK_WHERE: &[&str] = &[
    "Getwd(",
    "os.Executable(",
    "current_dir(",
    "current_exe(",
    "user.dir",
];

/// What a program looks at whose files it does not name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Looks {
    Nowhere,
    /// At folders that it computes.
    AtFolders,
    /// At names below the one that it works in.
    Here,
    /// At all of the one that it works in.
    AllHere,
}

/// What a program looks at that works in a folder.
pub(super) fn looks(text: &str, folder: &str) -> Looks {
    let calls = LOOK_AT.iter().flat_map(|call| {
        let places = text.match_indices(call);
        places.map(move |(at, _)| at_call(text, call, at, folder))
    });
    let looks = calls.max().unwrap_or(Looks::Nowhere);
    let asks = ASK_WHERE.iter().any(|call| text.contains(call));
    if looks == Looks::AtFolders && names_here(text) {
        Looks::AllHere
    } else if asks || computes_below(text, folder) {
        looks.max(Looks::Here)
    } else {
        looks
    }
}

/// Whether a text sets a name, an option or a default to the folder in which the program works.
fn names_here(text: &str) -> bool {
    const SETS: &[&str] = &[
        "=",
        "default",
        "dir",
        "env",
        "flag",
        "folder",
        "path",
        "return",
        "root",
        "unwrap_or",
    ];
    let mut lines = text.lines().filter_map(|line| {
        let at = line.find("\".\"").or_else(|| line.find("\"./\""))?;
        Some(line[..at].to_ascii_lowercase())
    });
    lines.any(|before| SETS.iter().any(|it| before.contains(it)))
}

/// Whether a text computes paths below a folder: `"/app/" + name`, `Join("/app", name)`, `"/app/%s"`.
fn computes_below(text: &str, folder: &str) -> bool {
    let folder = folder.trim_end_matches('/');
    let start = format!("\"{folder}");
    !folder.is_empty()
        && text.match_indices(&start).any(|(at, _)| {
            let rest = &text[at + start.len()..];
            let rest = rest.strip_prefix('/').unwrap_or(rest);
            rest.starts_with(['"', '%', '{', '*'])
        })
}

/// What the program looks at with one call.
fn at_call(text: &str, call: &str, at: usize, works_in: &str) -> Looks {
    let is_part = |char: char| char.is_ascii_alphanumeric() || char == '_';
    // A function of that name is declared, or the name is the end of another.
    let before = text[..at].trim_end();
    let is_declared = ["func", "fn", ")"].iter().any(|it| before.ends_with(it));
    let is_end = text[..at].chars().next_back().is_some_and(is_part);
    if is_declared || is_end {
        return Looks::Nowhere;
    }
    let arguments = arguments(&text[at + call.len()..]);
    // The folder is the last argument of those that serve, and the first of the others.
    let serves = ["Static(", "StaticFS(", "ServeFile(", "Files::new("].contains(&call);
    let folder = if serves {
        arguments.last()
    } else {
        arguments.first()
    };
    let Some(folder) = folder.map(|it| it.trim().trim_start_matches('&')) else {
        return Looks::AllHere;
    };
    let Some(literal) = folder
        .strip_prefix('"')
        .and_then(|rest| rest.split('"').next())
    else {
        // Another call is looked at by itself.
        let is_call = ["http.Dir(", "os.DirFS(", "http.FS(", "gin.Dir("];
        return if folder.contains("URL.Path") || folder.is_empty() {
            Looks::AllHere
        } else if is_call.iter().any(|it| folder.starts_with(it)) {
            Looks::Nowhere
        } else {
            Looks::AtFolders
        };
    };
    let plain = literal.trim_start_matches("./").trim_end_matches('/');
    let is_here = plain.is_empty() || plain == "." || plain.starts_with(['*', '.']);
    // By its full path.
    let is_named = literal.starts_with('/') && is_within(works_in, plain);
    if is_here || is_named {
        Looks::AllHere
    } else {
        Looks::Nowhere
    }
}

/// The arguments of a call, from behind its bracket.
fn arguments(text: &str) -> Vec<&str> {
    let (mut depth, mut start, mut quoted) = (0usize, 0, false);
    let mut found = Vec::new();
    for (at, char) in text.char_indices().take(400) {
        match char {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth > 0 => depth -= 1,
            ')' => {
                found.push(&text[start..at]);
                return found;
            }
            ',' if depth == 0 => {
                found.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found
}

/// Whether a text has a name as a part of a path: between quotes, slashes and dots, or, in what the Dockerfile says,
/// between other words.
pub(super) fn has_part(text: &str, name: &str, is_said: bool) -> bool {
    let is_border = |char: char| {
        matches!(char, '"' | '\'' | '`' | '/' | '\\' | '*' | '%' | '{' | '}')
            || (is_said && (char.is_whitespace() || "=:,;".contains(char)))
    };
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        // An end of a file's name stands behind a dot.
        before.map_or(is_said, |char| is_border(char) || char == '.')
            && after.map_or(is_said, |char| is_border(char) || char == '.')
    })
}

/// Whether a text computes names of files with an end: `"%s.json"`, `"{}.json"`, `name + ".json"`.
pub(super) fn has_computed_name(text: &str, end: &str) -> bool {
    let tail = format!(".{end}\"");
    text.match_indices(&tail).any(|(at, _)| {
        let literal = text[..at].rsplit('"').next().unwrap_or_default();
        literal.is_empty() || (literal.contains(['%', '{', '*']) && !literal.contains('\n'))
    })
}

/// A source without the lines that are comments; those for the compiler stay.
pub(super) fn without_comments(text: &str) -> String {
    let is_comment = |line: &&str| {
        let rest = line.trim_start().strip_prefix("//");
        rest.is_some_and(|rest| !rest.starts_with("go:"))
    };
    let lines: Vec<&str> = text.lines().filter(|line| !is_comment(line)).collect();
    lines.join("\n")
}

/// A source without the lines that say what is built into the program, and without what it imports.
pub(super) fn without_embeds(text: &str) -> String {
    let mut is_import = false;
    let lines = text.lines().filter(|line| {
        let line = line.trim_start();
        is_import |= line.starts_with("import (");
        let is_dropped = is_import || line.starts_with("//go:embed") || line.starts_with("import ");
        // A list of imports ends with its bracket, on a line of its own or not.
        is_import &= !line.contains(')');
        !is_dropped
    });
    lines.collect::<Vec<_>>().join("\n")
}
