#!/usr/bin/env node
// Runs the binary of this platform, which npm has installed as an optional dependency.
"use strict";

const { spawnSync } = require("node:child_process");

const name = `@imgfix/cli-${process.platform}-${process.arch}`;
const file = process.platform === "win32" ? "imgfix.exe" : "imgfix";

let program;
try {
  program = require.resolve(`${name}/${file}`);
} catch {
  console.error(
    `imgfix: ${name} is not installed: either there is no binary for this platform, or npm was told to omit ` +
      "optional dependencies\nhint: `cargo install imgfix` builds it from source",
  );
  process.exit(2);
}

const done = spawnSync(program, process.argv.slice(2), { stdio: "inherit" });
if (done.error) {
  console.error(`imgfix: ${program}: ${done.error.message}`);
  process.exit(2);
}
if (done.signal) {
  // Ends as the program did, so that a shell sees an interrupt.
  process.kill(process.pid, done.signal);
} else {
  process.exit(done.status);
}
