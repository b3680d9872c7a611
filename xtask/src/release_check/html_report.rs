//! The page of `imgfix report --html`: a strict HTML parser reads it, and a real browser shows it: filters are
//! clicked, axe looks for what keeps people out, and both themes are photographed.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::programs::{exists, output};
use super::{Release, Seen, Verdict};

/// A Dockerfile that tries to be more than text, with something held back beside what is applied.
const HOSTILE: &str = "FROM fedora:41\nCOPY --from=i/<script>window.forged=1</script> /<img> /\n\
    RUN dnf -y install nginx && echo '</code></td></table><img src=x onerror=window.forged=1>'\n\
    # \u{202e}\u{7}\u{b}\u{85}\u{fdd0}\u{fffe} </style></script><svg onload=window.forged=1>&amp;&#0;\n\
    CMD [\"nginx\"]\n";

/// With a part of every kind: measured and estimated sizes, an ignore file, several stages.
const SHOP: &str =
    "FROM node:20-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD [\"node\", \"server.js\"]\n";

pub(super) fn check(release: &Release) -> Verdict {
    for program in ["python3", "npm", "node"] {
        if !exists(program) {
            return Ok(Seen::Skipped(format!("there is no {program}")));
        }
    }
    if !exists("chromium") {
        let mut apt = Command::new("apt-get");
        let wanted = ["install", "--yes", "--no-install-recommends", "chromium"];
        if let Err(why) = output(apt.args(wanted)) {
            return Ok(Seen::Skipped(format!("there is no chromium: {why}")));
        }
    }
    let scratch = &release.scratch;
    let page = scratch.join("report.html");
    write_page(release, &page)?;
    if let Some(why) = install(scratch) {
        return Ok(Seen::Skipped(why));
    }
    let here = release.project.join("xtask/src/release_check/html_report");
    let mut parser = Command::new(scratch.join("tools/bin/python"));
    let parsed = output(parser.arg(here.join("parse.py")).arg(&page))?;
    // A script finds its packages beside itself.
    let script = scratch.join("browse.mjs");
    fs::copy(here.join("browse.mjs"), &script).map_err(|error| error.to_string())?;
    let mut node = Command::new("node");
    let seen = output(node.arg(&script).arg(&page).current_dir(scratch))?;
    Ok(Seen::Holds(format!("{}; {}", parsed.trim(), seen.trim())))
}

/// The page of the examples and of what is hostile.
fn write_page(release: &Release, page: &Path) -> Result<(), String> {
    let repository = release.scratch.join("repository");
    let write = |path: &str, text: &str| {
        let path = repository.join(path);
        fs::create_dir_all(path.parent().unwrap_or(&path)).map_err(|error| error.to_string())?;
        fs::write(path, text).map_err(|error| error.to_string())
    };
    write(".git/HEAD", "")?;
    write("a<img src=x>&'\"/Dockerfile", HOSTILE)?;
    write("shop/Dockerfile", SHOP)?;
    write("shop/package.json", "{ \"name\": \"shop\" }\n")?;
    write("shop/.gitignore", "node_modules\n")?;
    write("shop/node_modules/express/index.js", "\n")?;
    write("fine/Dockerfile", "FROM scratch\nCOPY a /a\n")?;
    let examples = release.project.join("examples");
    let mut copy = Command::new("cp");
    output(copy.arg("-R").arg(examples).arg(&repository))?;
    let mut imgfix = Command::new(&release.binary);
    imgfix.args(["report", "--html"]).arg(page);
    output(imgfix.current_dir(&repository)).map(drop)
}

/// Parser, browser driver and axe; the reason where they cannot be had.
fn install(scratch: &Path) -> Option<String> {
    let tools = scratch.join("tools");
    let mut venv = Command::new("python3");
    let made = output(venv.args(["-m", "venv"]).arg(&tools));
    let mut pip = Command::new(tools.join("bin/pip"));
    pip.args(["install", "--quiet", "--disable-pip-version-check"]);
    let parser = made.and_then(|_| output(pip.arg("html5lib>=1.1,<2")));
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-audit", "--no-fund", "--prefix", "."]);
    npm.args(["playwright-core@^1.65", "axe-core@^4.14"]);
    let driver = parser.and_then(|_| output(npm.current_dir(scratch)));
    driver
        .err()
        .map(|why| format!("a tool cannot be installed: {why}"))
}
