//! What the crates link, and what the sources run and read.

use crate::transforms::split_stages::reasons::{
    FILES_NOT_KNOWN, NATIVE_LIBRARY_NOT_KNOWN, NEEDS_THE_TOOLCHAIN,
};
use crate::transforms::split_stages::site::{Refusal, Site, base_name};
use crate::transforms::split_stages::survey::Survey;

/// Crates that link libraries, and those that the image of Rust has for them: bullseye, bookworm, trixie; none
/// where they build their own, or where every system has it.
#[rustfmt::skip]
const LINK: &[(&str, Option<[&str; 3]>)] = &[
    ("aws-lc-sys", None), ("bzip2-sys", None), ("core-foundation-sys", None), ("js-sys", None), ("libmimalloc-sys", None),
    ("linux-raw-sys", None), ("pkg-config", None), ("ring", None), ("vcpkg", None),
    ("fuchsia-zircon-sys", None), ("system-configuration-sys", None), ("windows-core", None), ("wasm-bindgen", None),
    ("io-kit-sys", None), ("mach2", None), ("objc-sys", None), ("fsevent-sys", None), ("inotify-sys", None),
    ("kqueue-sys", None), ("ntapi", None), ("hermit-abi", None), ("redox_syscall", None), ("wasi", None),
    ("libz-sys", Some(["zlib1g", "zlib1g", "zlib1g"])),
    ("lzma-sys", Some(["liblzma5", "liblzma5", "liblzma5"])), ("schannel", None), ("security-framework-sys", None),
    ("tikv-jemalloc-sys", None), ("web-sys", None), ("windows-sys", None), ("winapi-util", None), ("zstd-sys", None),
    ("libpq-sys", Some(["libpq5", "libpq5", "libpq5"])),
    ("openssl-sys", Some(["libssl1.1", "libssl3", "libssl3t64"])),
    ("pq-sys", Some(["libpq5", "libpq5", "libpq5"])),
    ("mysqlclient-sys", Some(["libmariadb3", "libmariadb3", "libmariadb3"])),
    ("libsqlite3-sys", Some(["libsqlite3-0", "libsqlite3-0", "libsqlite3-0"])),
];

/// Crates that run other programs.
#[rustfmt::skip]
const RUN_OTHERS: &[&str] = &[
    "cargo_metadata", "cmd_lib", "duct", "exec", "openssh", "rexpect", "run_script", "subprocess", "xshell",
];

/// Crates that link or load libraries, and whose names do not say so.
const LINK_UNSAID: &[&str] = &[
    "dlopen",
    "dlopen2",
    "magick_rust",
    "ncurses",
    "opencv",
    "pancurses",
    "pyo3-ffi",
    "tch",
    "v8",
];

/// Ways to say what is linked: in a source, or in a script of the build.
const LINKS: &[&str] = &[
    "#[link(",
    "libloading",
    "rustc-link-lib",
    "pkg_config",
    "system_deps",
];

/// What the build wrote, where it is compiled in.
const BUILT_IN: &[&str] = &[
    "include!(concat!(env!(\"OUT_DIR\")",
    "include_str!(concat!(env!(\"OUT_DIR\")",
    "include_bytes!(concat!(env!(\"OUT_DIR\")",
];

pub(super) fn is_source(path: &str) -> bool {
    matches!(
        base_name(path),
        "Cargo.toml" | "Cargo.lock" | "rust-toolchain" | "rust-toolchain.toml" | "build.rs"
    ) || path.ends_with(".rs")
        || path.contains("/.cargo/")
}

/// The sources link no library that is not known, run no other program, and read nothing of the build.
pub(super) fn check_sources(site: &Site<'_>, survey: &Survey) -> Result<(), Refusal> {
    let range = site.range(site.stage.item);
    for source in site.sources(|file| file.origin.ends_with(".rs"))? {
        let (file, text) = source?;
        // Those of the full image come with what it compiles with.
        if text.contains("load_system_fonts") {
            let what = format!("`{}` looks for fonts", file.origin);
            site.need(range, &NATIVE_LIBRARY_NOT_KNOWN, what)?;
        }
        let is_linked = LINKS.iter().any(|it| text.contains(it));
        if is_linked && !survey.packages.has_libraries() {
            let what = format!("`{}`", file.origin);
            site.need(range, &NATIVE_LIBRARY_NOT_KNOWN, what)?;
        }
        let is_built = base_name(&file.origin) == "build.rs" || file.origin.contains("tests/");
        if runs_others(text) && !is_built {
            site.need(range, &NEEDS_THE_TOOLCHAIN, format!("`{}`", file.origin))?;
        }
        if names_the_build(text) && !is_built && !site.is_told_artifacts() {
            let what = format!("`{}` reads where it was built", file.origin);
            return Err((range, &FILES_NOT_KNOWN, what));
        }
    }
    Ok(())
}

fn links_by_name(name: &str) -> bool {
    let is_system = name.replace('_', "-").split('-').any(|part| part == "sys");
    is_system || LINK_UNSAID.contains(&name)
}

fn runs_others(text: &str) -> bool {
    if ["libc::system(", "execv(", "execve(", "execvp("]
        .iter()
        .any(|it| text.contains(it))
    {
        return true;
    }
    let mut modules = ["std", "tokio"].iter().map(|it| format!("{it}::process"));
    let has_process = modules.any(|it| text.contains(&it)) || text.contains("async_process");
    has_process && text.contains("Command")
}

/// Whether a source names a folder of the build otherwise than to compile something in.
fn names_the_build(text: &str) -> bool {
    let plain: String = text.split_whitespace().collect();
    let count = |what: &str| plain.matches(what).count();
    let built_in: usize = BUILT_IN.iter().map(|it| count(it)).sum();
    count("env!(\"OUT_DIR\")") > built_in || count("env!(\"CARGO_MANIFEST_DIR\")") > 0
}

/// The libraries that the crates of the lock file link.
pub(super) fn libraries(
    site: &Site<'_>,
    column: Option<usize>,
) -> Result<Vec<&'static str>, Refusal> {
    let range = site.range(site.stage.item);
    let mut locks = site.texts_named(&["Cargo.lock"]);
    let Some(lock) = locks.next() else {
        return Err((range, &FILES_NOT_KNOWN, "`Cargo.lock`".to_owned()));
    };
    let mut found = Vec::new();
    let table: toml::Table = toml::from_str(lock).unwrap_or_default();
    let crates = table.get("package").and_then(toml::Value::as_array);
    for package in crates.into_iter().flatten() {
        let name = package.get("name").and_then(toml::Value::as_str);
        let name = name.unwrap_or_default();
        if RUN_OTHERS.contains(&name) {
            site.need(range, &NEEDS_THE_TOOLCHAIN, format!("`{name}`"))?;
        }
        // Who asks for libraries when it is built may link one.
        let needs = package.get("dependencies").and_then(toml::Value::as_array);
        let needs = |wanted: &str| {
            let mut names = needs.into_iter().flatten().filter_map(toml::Value::as_str);
            names.any(|it| it.split(' ').next() == Some(wanted))
        };
        let asks = needs("pkg-config") || needs("system-deps");
        // The lock file has what compiles the library with the program only where that is wanted.
        let is_built = (name == "libsqlite3-sys" && needs("cc"))
            || (name == "openssl-sys" && needs("openssl-src"));
        if is_built {
            continue;
        }
        match LINK.iter().find(|(known, _)| *known == name) {
            Some((_, Some(libraries))) => match column {
                Some(column) => found.push(libraries[column]),
                None => site.need(range, &NATIVE_LIBRARY_NOT_KNOWN, format!("`{name}`"))?,
            },
            None if links_by_name(name) || asks => {
                site.need(range, &NATIVE_LIBRARY_NOT_KNOWN, format!("`{name}`"))?;
            }
            Some((_, None)) | None => {}
        }
    }
    Ok(found)
}
