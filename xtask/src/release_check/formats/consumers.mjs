// Asks the readers of the forms, those that Node can ask, what they think of imgfix's reports.
//
// usage: consumers.mjs REPORTS NODE_MODULES

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [reports, modules] = process.argv.slice(2);
const require = createRequire(join(modules, "x.js"));
const read = (form) => readFileSync(join(reports, form), "utf8");
const fail = (why) => {
  console.error(why);
  process.exit(1);
};
const same = (what, found, wanted) => {
  if (JSON.stringify(found) !== JSON.stringify(wanted)) {
    fail(`${what}: ${JSON.stringify(found)} where ${JSON.stringify(wanted)} is right`);
  }
};

const { files, failures } = JSON.parse(read("json"));
const severity = { applied: "warning", "held-back": "info" };
const findings = files.flatMap((file) => {
  // The other forms have them in the order of the file.
  const inOrder = file.findings.toSorted((a, b) => a.region.start.offset - b.region.start.offset);
  return inOrder.map((finding) => ({ file, finding }));
});

// Checkstyle: the reader of a bot that writes comments from it. It takes a root off the names, so there is one.
const { xml2js } = require("xml-js");
const { parseCheckstyle } = require(join(modules, "danger-plugin-lint-report/dist/parse/checkstyle_parser.js"));
const tree = xml2js(read("checkstyle"));
for (const file of tree.elements[0].elements) {
  file.attributes.name = `/root/${file.attributes.name}`;
}
const violations = parseCheckstyle(tree, "/root/");
same("checkstyle", violations.length, findings.length + failures.length);
findings.forEach(({ file, finding }, at) => {
  const it = violations[at];
  same("checkstyle", [it.file, it.line, it.column, it.severity, it.message.slice(0, finding.title.length)], [
    file.path,
    finding.region.start.line,
    finding.region.start.column,
    severity[finding.state],
    finding.title,
  ]);
});

// GitLab: the types of Code Climate's issues, of which the report is a part.
const issues = read("gitlab");
const parsed = JSON.parse(issues);
same("gitlab", parsed.length, findings.length + failures.length);
same("gitlab: fingerprints", new Set(parsed.map((it) => it.fingerprint)).size, parsed.length);
const broken = parsed.find((it) => /\n/.test(it.description) || it.location.path.startsWith("./"));
if (broken) {
  fail(`gitlab: a description of two lines, or a path that begins with ./: ${JSON.stringify(broken)}`);
}
const source = join(reports, "issues.ts");
writeFileSync(
  source,
  `import type { Issue } from "codeclimate-types";
type Part = Required<Pick<Issue, "description" | "check_name" | "fingerprint" | "severity" | "location">>;
export const issues: Part[] = ${issues};
`,
);
writeFileSync(
  join(reports, "tsconfig.json"),
  JSON.stringify({
    compilerOptions: {
      strict: true,
      noEmit: true,
      module: "nodenext",
      types: [],
      paths: { "codeclimate-types": [join(modules, "codeclimate-types/index.d.ts")] },
    },
    files: ["issues.ts"],
  }),
);
const tsc = spawnSync("node", [join(modules, "typescript/bin/tsc"), "-p", reports], { encoding: "utf8" });
if (tsc.status !== 0) {
  fail(`gitlab: ${tsc.stdout.slice(0, 1000)}${tsc.stderr}`);
}

// GitHub: the toolkit's own writer says of the same values the same.
const core = await import(join(modules, "@actions/core/lib/core.js"));
const said = (kind, text, properties) => {
  const write = process.stdout.write;
  let out = "";
  process.stdout.write = (chunk) => (out += chunk);
  try {
    core[kind](text, properties);
  } finally {
    process.stdout.write = write;
  }
  return out.trimEnd();
};
const parts = (command) => {
  const [, kind, properties, text] = /^::(\w+) (.*?)::(.*)$/.exec(command) ?? fail(`github: ${command}`);
  return [kind, properties.split(",").sort(), text];
};
const commands = read("github").trimEnd().split("\n");
same("github", commands.length, findings.length + failures.length);
findings.forEach(({ file, finding }, at) => {
  const { start, end } = finding.region;
  const oneLine = start.line === end.line;
  const [kind, properties, text] = parts(commands[at]);
  const plain = text.replaceAll("%0A", "\n").replaceAll("%0D", "\r").replaceAll("%25", "%");
  const wanted = said(finding.state === "applied" ? "warning" : "notice", plain, {
    title: `imgfix: ${finding.transform}`,
    file: file.repository_path,
    startLine: start.line,
    endLine: end.line,
    startColumn: oneLine ? start.utf16_column : undefined,
    endColumn: oneLine ? end.utf16_column : undefined,
  });
  same("github", [kind, properties, text], parts(wanted));
});
