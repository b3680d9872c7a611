//! What a program needs where it runs: the C library, other programs, a user.

use super::programs::Built;

use crate::model::placed::joined;
use crate::transforms::split_stages::reasons::{
    FILES_NOT_KNOWN, NATIVE_LIBRARY_NOT_KNOWN, NEEDS_THE_TOOLCHAIN,
};
use crate::transforms::split_stages::site::{Refusal, Site, base_name};
use crate::transforms::split_stages::survey::Survey;

/// Modules with parts in C that bring all of it along, but for the C library.
#[rustfmt::skip]
const OF_C: &[&str] = &[
    "crawshaw.io/sqlite", "github.com/DataDog/zstd", "github.com/PowerDNS/lmdb-go",
    "github.com/asg017/sqlite-vec-go-bindings/cgo", "github.com/bmatsuo/lmdb-go", "github.com/buke/quickjs-go",
    "github.com/bvinc/go-sqlite-lite", "github.com/bytecodealliance/wasmtime-go", "github.com/chai2010/webp",
    "github.com/confluentinc/confluent-kafka-go", "github.com/eatonphil/gosqlite", "github.com/erigontech/mdbx-go",
    "github.com/gen2brain/go-fitz", "github.com/gen2brain/x264-go", "github.com/herumi/bls-eth-go-binary",
    "github.com/jdeng/goheif", "github.com/karmdip-mi/go-fitz", "github.com/kothar/brotli-go",
    "github.com/lithdew/quickjs", "github.com/mattn/go-sqlite3", "github.com/mutecomm/go-sqlcipher",
    "github.com/smacker/go-tree-sitter", "github.com/supranational/blst", "github.com/tailscale/sqlite",
    "github.com/torquem-ch/mdbx-go", "github.com/tree-sitter/", "github.com/uber/h3-go",
    "github.com/valyala/gozstd", "github.com/xeodou/go-sqlcipher", "github.com/yanyiwu/gojieba",
    "github.com/yanyiwu/gosimhash", "gopkg.in/confluentinc/confluent-kafka-go", "gopkg.in/kothar/brotli-go",
    "layeh.com/gopus",
];

/// Modules with parts in C that want libraries of the system.
#[rustfmt::skip]
const OF_LIBRARIES: &[&str] = &[
    "fyne.io/fyne", "gioui.org", "github.com/3d0c/gmf", "github.com/CosmWasm/wasmvm",
    "github.com/DataIntelligenceCrew/go-faiss", "github.com/GoKillers/libsodium-go", "github.com/Kagami/go-avif",
    "github.com/Kagami/go-face", "github.com/MaestroError/go-libheif", "github.com/NVIDIA/go-nvml",
    "github.com/aarzilli/golua", "github.com/airbusgeo/godal", "github.com/alexbrainman/odbc",
    "github.com/alphacep/vosk-api", "github.com/apple/foundationdb", "github.com/aquasecurity/libbpfgo",
    "github.com/asticode/go-astiav", "github.com/augustoroman/v8", "github.com/blevesearch/go-faiss",
    "github.com/canonical/go-dqlite", "github.com/cheggaaa/go-poppler", "github.com/coreos/go-systemd",
    "github.com/cshum/vipsgen", "github.com/daulet/tokenizers", "github.com/davidbyttow/govips",
    "github.com/diamondburned/gotk4", "github.com/discord/lilliput", "github.com/duckdb/duckdb-go",
    "github.com/ebitengine", "github.com/filecoin-project/filecoin-ffi", "github.com/galeone/tensorflow",
    "github.com/gen2brain/malgo", "github.com/gen2brain/raylib-go", "github.com/getlantern/systray",
    "github.com/ggerganov/whisper.cpp", "github.com/giorgisio/goav", "github.com/go-gl/",
    "github.com/go-gst/go-gst", "github.com/go-python/cpy3", "github.com/go-skynet/go-llama.cpp",
    "github.com/go-vgo/robotgo", "github.com/godror/godror", "github.com/gographics/imagick",
    "github.com/google/brotli/go/cbrotli", "github.com/google/gopacket", "github.com/google/gousb",
    "github.com/gordonklaus/portaudio", "github.com/gotk3/gotk3", "github.com/h2non/bimg",
    "github.com/hajimehoshi/ebiten", "github.com/hajimehoshi/oto", "github.com/hraban/opus",
    "github.com/ibm-messaging/mq-golang", "github.com/ibmdb/go_ibm_db", "github.com/iovisor/gobpf",
    "github.com/jamesruan/sodium", "github.com/jmhodges/levigo", "github.com/lestrrat-go/libxml2",
    "github.com/libgit2/git2go", "github.com/linxGnu/grocksdb", "github.com/livekit/gst-go",
    "github.com/lukeroth/gdal", "github.com/marcboeker/go-duckdb", "github.com/mattn/go-gtk",
    "github.com/mattn/go-oci8", "github.com/mattn/go-tflite", "github.com/miekg/pkcs11", "github.com/msteinert/pam",
    "github.com/notedit/gst", "github.com/open-quantum-safe/liboqs-go", "github.com/otiai10/gosseract",
    "github.com/paulsmith/gogeos", "github.com/pebbe/proj", "github.com/pebbe/zmq4", "github.com/pion/mediadevices",
    "github.com/proglottis/gpgme", "github.com/robotn/gohook", "github.com/seccomp/libseccomp-golang",
    "github.com/shogo82148/go-mecab", "github.com/spacemonkeygo/openssl", "github.com/strukturag/libheif",
    "github.com/sugarme/gotch", "github.com/tecbot/gorocksdb", "github.com/tensorflow/tensorflow",
    "github.com/tinyzimmer/go-gst", "github.com/tommie/v8go", "github.com/twpayne/go-geos",
    "github.com/veandco/go-sdl2", "github.com/wailsapp/wails", "github.com/wasmerio/wasmer-go",
    "github.com/webview/webview", "github.com/xthexder/go-jack", "github.com/yalue/onnxruntime_go",
    "github.com/zeromq/goczmq", "gocv.io/x/gocv", "golang.design/x/clipboard", "golang.design/x/hotkey",
    "gopkg.in/gographics/imagick", "gopkg.in/hraban/opus", "gopkg.in/libgit2/git2go", "gopkg.in/rana/ora",
    "rogchap.com/v8go",
];

/// Packages that run programs, and which.
#[rustfmt::skip]
const RUN_PROGRAMS: &[(&str, &str)] = &[
    ("github.com/SebastiaanKlippert/go-wkhtmltopdf", "wkhtmltopdf"), ("github.com/Masterminds/vcs", "git"),
    ("github.com/atotto/clipboard", "xclip"), ("github.com/barasher/go-exiftool", "exiftool"),
    ("github.com/bitfield/script", "sh"), ("github.com/chromedp/chromedp", "chromium"),
    ("github.com/codeskyblue/go-sh", "sh"), ("github.com/floostack/transcoder", "ffmpeg"),
    ("github.com/go-cmd/cmd", "a program that is computed"), ("github.com/go-rod/rod", "chromium"),
    ("github.com/gogs/git-module", "git"), ("github.com/hashicorp/go-getter", "git"),
    ("github.com/hashicorp/terraform-exec", "terraform"), ("github.com/jonas747/dca", "ffmpeg"),
    ("github.com/ldez/go-git-cmd-wrapper", "git"), ("github.com/lrstanley/go-ytdlp", "yt-dlp"),
    ("github.com/magefile/mage", "go"), ("github.com/playwright-community/playwright-go", "node"),
    ("github.com/tebeka/selenium", "chromedriver"), ("github.com/u2takey/ffmpeg-go", "ffmpeg"),
    ("github.com/wader/goutubedl", "yt-dlp"), ("github.com/xfrr/goffmpeg", "ffmpeg"),
    ("github.com/cli/go-gh", "gh"), ("github.com/tcnksm/go-gitconfig", "git"), ("go/importer", "go"),
    ("golang.org/x/tools/go/packages", "go"), ("mvdan.cc/sh/v3/interp", "sh"),
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
        for (package, program) in RUN_PROGRAMS {
            let imports = [format!("\"{package}\""), format!("\"{package}/")];
            if imports.iter().any(|it| text.contains(it.as_str())) && !kept.contains(program) {
                needs(&format!("{program}, by `{package}`"))?;
                runs = true;
            }
        }
        let starts = [
            "\"plugin\"",
            "syscall.Exec(",
            "os.StartProcess(",
            "exec.Cmd{",
            "unix.Exec(",
        ];
        // It is passed on as a value, to be called by another name.
        let is_passed = text.match_indices("exec.Command").any(|(at, call)| {
            let rest = &text[at + call.len()..];
            !rest.starts_with('(') && !rest.starts_with("Context(")
        });
        if is_renamed || is_passed || starts.iter().any(|it| text.contains(it)) {
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
    if wants_c(site, artifact) {
        return Ok(Parts::Some);
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
    let is_built = |module: &&&str| modules.contains(**module) && is_there(module);
    has_c |= OF_C.iter().any(|module| is_built(&module));
    for module in OF_LIBRARIES.iter().filter(is_built) {
        if !survey.packages.has_libraries() {
            site.need(range, &NATIVE_LIBRARY_NOT_KNOWN, format!("`{module}`"))?;
        }
        has_c = true;
    }
    for file in site.copied().ok_or_else(unread)? {
        if !is_own_source(&file.path) {
            continue;
        }
        let text = site.context.text(&file.origin).map_err(|_| unread())?;
        has_c |= text.lines().any(|line| {
            let line = line.trim();
            // What is built with parts in C may be another source.
            let is_chosen = line
                .strip_prefix("//go:build")
                .or(line.strip_prefix("// +build"));
            let mut words = is_chosen
                .into_iter()
                .flat_map(|rest| rest.split([' ', ',', '(', ')', '!']));
            let by_c = line.starts_with("//go:debug") && line.contains("netdns=cgo");
            by_c || line == "import \"C\"" || words.any(|word| word == "cgo")
        });
    }
    Ok(if has_c { Parts::Some } else { Parts::None })
}

/// Whether the build asks for what is only there with parts in C: a detector of races, another linker.
fn wants_c(site: &Site<'_>, artifact: &Built<'_>) -> bool {
    let is_flag = |word: &str| {
        let name = word.trim_start_matches('-');
        word.starts_with('-') && ["asan", "msan", "race"].contains(&name)
    };
    let command = artifact.command.iter();
    let mut words = command.flat_map(|it| &it.words);
    let by_command = words.any(|word| is_flag(&word.raw) || word.raw.contains("linkmode"));
    // What stands before make holds for all that it runs.
    let by_make = artifact.make.is_some() && {
        let files = site.context.texts();
        let mut files = files.filter(|(path, _)| {
            let name = base_name(path);
            name.ends_with(".mk") || name.eq_ignore_ascii_case("makefile") || name == "GNUmakefile"
        });
        files.any(|(_, text)| text.split_whitespace().any(is_flag) || text.contains("linkmode"))
    };
    // What the settings of Go say holds for each build.
    let settings = |name: &str| {
        let command = artifact.make.or(artifact.command.as_deref());
        let env = command.and_then(|it| site.state_of(it).env.get(name));
        let set = env
            .and_then(|it| it.value.known())
            .unwrap_or_default()
            .to_owned();
        let own = artifact.command.iter().flat_map(|it| &it.assignments);
        let own = own
            .filter(|it| it.name == name)
            .filter_map(|it| it.value.as_deref());
        own.fold(set, |all, value| format!("{all} {value}"))
    };
    let flags = settings("GOFLAGS");
    let by_settings = flags.split_whitespace().any(is_flag)
        || ["buildmode", "linkmode"]
            .iter()
            .any(|it| flags.contains(it))
        || settings("GOEXPERIMENT").contains("boringcrypto");
    by_command || by_make || by_settings
}

/// Whether a file is a source of the program, and no test and no other's.
fn is_own_source(path: &str) -> bool {
    let is_others = path
        .split('/')
        .any(|part| matches!(part, "vendor" | "testdata" | "third_party"));
    path.ends_with(".go") && !path.ends_with("_test.go") && !is_others
}
