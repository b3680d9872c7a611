// Makes the npm packages of a release: one for each binary that is given, and `imgfix`, which depends on the
// packages of all platforms and runs the one that npm could install.
//
// usage: node pack.mjs VERSION FOLDER TARGET=BINARY...

import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

// The targets of a release. Binaries for Linux are static, so they run with any libc.
const TARGETS = {
  "x86_64-unknown-linux-musl": { os: "linux", cpu: "x64" },
  "aarch64-unknown-linux-musl": { os: "linux", cpu: "arm64" },
  "x86_64-apple-darwin": { os: "darwin", cpu: "x64" },
  "aarch64-apple-darwin": { os: "darwin", cpu: "arm64" },
  "x86_64-pc-windows-msvc": { os: "win32", cpu: "x64" },
};

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const [version, folder, ...binaries] = process.argv.slice(2);
if (!version || !folder || binaries.length === 0) {
  console.error("usage: node pack.mjs VERSION FOLDER TARGET=BINARY...");
  process.exit(2);
}

const common = {
  version,
  license: "MIT OR Apache-2.0",
  repository: { type: "git", url: "git+https://github.com/imgfix/imgfix.git" },
};

const nameOf = ({ os, cpu }) => `@imgfix/cli-${os}-${cpu}`;

function pack(name, manifest, fill) {
  const work = join(folder, "work", name);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  fill(work);
  for (const file of ["LICENSE-MIT", "LICENSE-APACHE"]) {
    copyFileSync(join(root, file), join(work, file));
  }
  const text = JSON.stringify({ name, ...common, ...manifest }, null, 2) + "\n";
  writeFileSync(join(work, "package.json"), text);
  execFileSync("npm", ["pack", "--silent", "--pack-destination", resolve(folder)], { cwd: work });
}

for (const binary of binaries) {
  const [target, path] = binary.split("=");
  const platform = TARGETS[target];
  if (!platform || !path) {
    console.error(`pack.mjs: ${binary}: known targets are ${Object.keys(TARGETS).join(", ")}`);
    process.exit(2);
  }
  const file = platform.os === "win32" ? "imgfix.exe" : "imgfix";
  const manifest = {
    description: `The imgfix program for ${platform.os} on ${platform.cpu}`,
    os: [platform.os],
    cpu: [platform.cpu],
    files: [file],
  };
  pack(nameOf(platform), manifest, (work) => {
    copyFileSync(path, join(work, file));
    chmodSync(join(work, file), 0o755);
  });
}

const platforms = Object.values(TARGETS).map((platform) => [nameOf(platform), version]);
const manifest = {
  description: "Rewrites Dockerfiles as an expert would have written them, and never breaks a build",
  keywords: ["docker", "dockerfile", "container", "linter", "formatter"],
  bin: { imgfix: "bin/imgfix.js" },
  files: ["bin"],
  engines: { node: ">=18" },
  optionalDependencies: Object.fromEntries(platforms),
};
pack("imgfix", manifest, (work) => {
  cpSync(join(here, "imgfix"), work, { recursive: true });
  copyFileSync(join(root, "README.md"), join(work, "README.md"));
});
rmSync(join(folder, "work"), { recursive: true, force: true });
