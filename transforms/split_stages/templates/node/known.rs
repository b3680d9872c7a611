//! Packages of npm, and what they need of the system.

/// Packages that load or run what the full image has and the slim one lacks, or fetch programs of their own.
#[rustfmt::skip]
pub(super) const NEED_MORE: &[&str] = &[
    "@prisma/client", "canvas", "couchbase", "electron", "fluent-ffmpeg", "gm", "imagemagick", "kerberos", "libpq",
    "node-oracledb", "nodegit", "odbc", "opencv4nodejs", "oracledb", "pg-native", "pidusage", "playwright",
    "playwright-chromium", "prisma", "ps-tree", "puppeteer", "puppeteer-core", "rdkafka", "node-rdkafka", "shelljs",
    "simple-git", "tfjs-node", "zx", "@napi-rs/canvas", "@tensorflow/tfjs-node", "usb", "serialport",
];

/// Packages that run programs of the system for the project; other packages depend on some of them, too.
#[rustfmt::skip]
pub(super) const RUN_OTHERS: &[&str] = &[
    "child-process-promise", "cross-spawn", "execa", "forever", "ghostscript4js", "gitlog", "graphviz", "node-cmd",
    "node-powershell", "node-pty", "node-tesseract-ocr", "pdf-poppler", "pdf2image", "python-shell", "sudo-prompt",
    "wkhtmltopdf", "youtube-dl-exec", "yt-dlp-exec", "yt-dlp-wrap",
];

/// Packages with install scripts that need nothing of the system when they run.
#[rustfmt::skip]
pub(super) const SELF_CONTAINED: &[&str] = &[
    "@apollo/protobufjs", "@nestjs/core", "@parcel/watcher", "@scarf/scarf", "@swc/core", "argon2", "bcrypt",
    "better-sqlite3", "bufferutil", "core-js", "core-js-pure", "cpu-features", "es5-ext", "esbuild", "fsevents", "husky",
    "leveldown", "lmdb", "msgpackr-extract", "node-sass", "nodemon", "nx", "protobufjs", "re2", "sharp", "snappy", "sqlite3",
    "ssh2", "styled-components", "unrs-resolver", "utf-8-validate", "vue-demi",
];
