//! What a program needs where it runs: the C library, other programs, a user.

use super::programs::Built;

use crate::model::placed::joined;
use crate::transforms::split_stages::reasons::{
    FILES_NOT_KNOWN, NATIVE_LIBRARY_NOT_KNOWN, NEEDS_THE_TOOLCHAIN,
};
use crate::transforms::split_stages::site::{Refusal, Site, base_name};
use crate::transforms::split_stages::survey::Survey;

/// Modules with parts in C, and whether these need nothing but the C library.
#[rustfmt::skip]
const OF_C: &[(&str, bool)] = &[
    ("github.com/DataDog/zstd", true), ("github.com/confluentinc/confluent-kafka-go", true),
    ("github.com/coreos/go-systemd", false), ("github.com/davidbyttow/govips", false), ("github.com/ebitengine", false),
    ("github.com/go-gl/", false), ("github.com/godror/godror", false), ("github.com/google/gopacket", false),
    ("github.com/gotk3/gotk3", false), ("github.com/h2non/bimg", false), ("github.com/hajimehoshi/ebiten", false),
    ("github.com/ibmdb/go_ibm_db", false), ("github.com/lestrrat-go/libxml2", false), ("github.com/linxGnu/grocksdb", false),
    ("github.com/marcboeker/go-duckdb", false), ("github.com/mattn/go-oci8", false), ("github.com/mattn/go-sqlite3", true),
    ("github.com/miekg/pkcs11", false), ("github.com/otiai10/gosseract", false), ("github.com/pebbe/zmq4", false),
    ("github.com/tecbot/gorocksdb", false), ("github.com/tensorflow/tensorflow", false), ("github.com/uber/h3-go", true),
    ("github.com/veandco/go-sdl2", false), ("github.com/webview/webview", false), ("gocv.io/x/gocv", false),
    ("gopkg.in/gographics/imagick", false), ("rogchap.com/v8go", false),
];

pub(super) fn is_source(path: &str) -> bool {
    const ENDS: &[&str] = &[".go", ".c", ".h", ".s", ".S", ".cc", ".cpp"];
    const NAMES: &[&str] = &["go.mod", "go.sum", "go.work", "go.work.sum"];
    NAMES.contains(&base_name(path)) || ENDS.iter().any(|end| path.ends_with(end))
}

/// Whether the sources run programs of the system: only those that are installed by name, or that every system
/// has.
pub(super) fn run_by(site: &Site<'_>, survey: &Survey) -> Result<bool, Refusal> {
    let unread = || {
        let what = "the sources of the module cannot all be read".to_owned();
        (site.range(site.stage.item), &FILES_NOT_KNOWN, what)
    };
    let kept: Vec<&str> = survey.packages.kept().collect();
    let mut runs = false;
    for file in site.copied().ok_or_else(unread)? {
        if !is_own_source(&file.path) {
            continue;
        }
        let text = site.context.text(&file.origin).map_err(|_| unread())?;
        let asks = text.contains("runtime.Caller(");
        if asks && (text.contains("filepath.Dir(") || text.contains("path.Dir(")) {
            let what = format!("`{}` asks where its source lies", file.origin);
            return site.refuse(&FILES_NOT_KNOWN, what);
        }
        let needs = |what: &str| {
            let what = format!("`{}`: {what}", file.origin);
            site.need(site.range(site.stage.item), &NEEDS_THE_TOOLCHAIN, what)
        };
        let is_renamed = text.lines().any(|line| {
            let line = line.trim().trim_start_matches("import ");
            line.ends_with("\"os/exec\"") && !line.starts_with('"')
        });
        let starts = ["\"plugin\"", "syscall.Exec(", "os.StartProcess("];
        if is_renamed || starts.iter().any(|it| text.contains(it)) {
            needs("plugin, or exec")?;
            continue;
        }
        // Users of a system are those of one that has them.
        runs |= text.contains("user.Lookup(") || text.contains("user.LookupGroup(");
        if !text.contains("\"os/exec\"") {
            continue;
        }
        runs = true;
        for call in ["exec.Command(", "exec.CommandContext(", "exec.LookPath("] {
            for (at, _) in text.match_indices(call) {
                let rest = &text[at + call.len()..];
                let rest = if call.contains("Context") {
                    rest.split_once(',').map_or("", |it| it.1)
                } else {
                    rest
                };
                let name = rest
                    .trim_start()
                    .strip_prefix('"')
                    .and_then(|rest| rest.split('"').next());
                // The program itself, once more.
                let is_itself = ["os.Args[0]", "os.Executable()"]
                    .iter()
                    .any(|it| rest.trim_start().starts_with(it));
                if is_itself {
                    continue;
                }
                match name {
                    None => needs("a program that is computed")?,
                    Some(name) if !kept.contains(&name) => needs(name)?,
                    Some(_) => {}
                }
            }
        }
    }
    Ok(runs)
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Parts {
    None,
    Some,
}

/// Whether a program has parts in C.
pub(super) fn parts_in_c(
    site: &Site<'_>,
    artifact: &Built<'_>,
    survey: &Survey,
) -> Result<Parts, Refusal> {
    let command = artifact.command.as_deref();
    let state = artifact.make.or(command).map(|it| site.state_of(it));
    let assignments = command.map_or(&[][..], |it| &it.assignments);
    let mut own = assignments.iter().rev();
    let own = own.find(|it| it.name == "CGO_ENABLED");
    let own = own.and_then(|it| it.value.as_deref());
    let set = state.and_then(|state| state.env.get("CGO_ENABLED")?.value.known());
    match own.or(set) {
        Some("0") => return Ok(Parts::None),
        Some(_) => return Ok(Parts::Some),
        None => {}
    }
    let debug = site.end().env.get("GODEBUG");
    let debug = debug.and_then(|it| it.value.known());
    if debug.is_some_and(|it| it.contains("netdns=cgo")) {
        return Ok(Parts::Some);
    }
    // Without a compiler there is nothing of C.
    let is_alpine = site.is_alpine();
    let compilers = ["build-base", "clang", "g++", "gcc", "alpine-sdk", "zig"];
    if is_alpine && !compilers.iter().any(|name| site.installs(name)) {
        return Ok(Parts::None);
    }
    let told = artifact.make.or(command);
    let range = told.map_or_else(|| site.start_range(), |it| it.range);
    let unread = || {
        (
            range,
            &FILES_NOT_KNOWN,
            "the sources of the module cannot all be read".to_owned(),
        )
    };
    // Without a module, what is imported says it.
    let mut modules = site
        .text(&joined(&artifact.module, "go.mod"))
        .unwrap_or_default()
        .to_owned();
    let has_module = !modules.is_empty();
    if let Some(sums) = site.text(&joined(&artifact.module, "go.sum")) {
        // Of a module of which only `go.mod` is named, nothing is built.
        let built = sums.lines().filter(|line| !line.contains("/go.mod "));
        modules.extend(built.flat_map(|line| [line, "\n"]));
    }
    for file in site
        .copied()
        .ok_or_else(unread)?
        .iter()
        .filter(|_| !has_module)
    {
        if is_own_source(&file.path) {
            modules.push_str(site.context.text(&file.origin).map_err(|_| unread())?);
        }
    }
    let mut has_c = survey.packages.has_libraries();
    // Of what is vendored, only what is built is there.
    let vendored = joined(&artifact.module, "vendor");
    let is_vendored = site.origin(&joined(&vendored, "modules.txt")).is_some();
    let copied = site.copied().unwrap_or_default();
    let is_there = |module: &str| {
        let folder = joined(&vendored, module);
        !is_vendored || copied.iter().any(|file| file.path.starts_with(&folder))
    };
    for (module, is_plain) in OF_C {
        if modules.contains(module) && is_there(module) {
            if !is_plain && !survey.packages.has_libraries() {
                site.need(range, &NATIVE_LIBRARY_NOT_KNOWN, format!("`{module}`"))?;
            }
            has_c = true;
        }
    }
    for file in site.copied().ok_or_else(unread)? {
        if !is_own_source(&file.path) {
            continue;
        }
        let text = site.context.text(&file.origin).map_err(|_| unread())?;
        has_c |= text.lines().any(|line| line.trim() == "import \"C\"");
    }
    Ok(if has_c { Parts::Some } else { Parts::None })
}

/// Whether a file is a source of the program, and no test and no other's.
fn is_own_source(path: &str) -> bool {
    let is_others = path
        .split('/')
        .any(|part| matches!(part, "vendor" | "testdata" | "third_party"));
    path.ends_with(".go") && !path.ends_with("_test.go") && !is_others
}
