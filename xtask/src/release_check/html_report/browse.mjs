// Opens the page in Chromium: without a script, with it, in both themes, with the keyboard, and on paper.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const file = resolve(process.argv[2]);
const address = pathToFileURL(file).href;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const profile = mkdtempSync(join(tmpdir(), "imgfix-browser-"));
const launch = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
  ],
};
const open = async (name, options) => {
  const context = await chromium.launchPersistentContext(join(profile, name), { ...launch, ...options });
  const page = context.pages()[0] ?? (await context.newPage());
  const trouble = [];
  page.on("console", (message) => trouble.push(message.text()));
  page.on("pageerror", (error) => trouble.push(String(error)));
  page.on("request", (request) => {
    if (request.url() !== address) trouble.push(`a request for ${request.url()}`);
  });
  await page.goto(address);
  return { context, page, trouble };
};
const desk = { viewport: { width: 1280, height: 900 } };

// Without a script all is there, and no filter.
{
  const { context, page, trouble } = await open("plain", { ...desk, javaScriptEnabled: false });
  const text = await page.innerText("body");
  for (const part of ["Overview", "examples/api/Dockerfile", "merge-runs", "Held back", "Declined", "Stages"]) {
    assert(text.includes(part), `${part} cannot be read without a script`);
  }
  assert(!text.includes("Filters"), "filters that do nothing are shown");
  assert(await page.isVisible(".diff >> nth=0"));
  assert.deepEqual(trouble, []);
  await context.close();
}

const contexts = [];
for (const colorScheme of ["light", "dark"]) {
  const { context, page, trouble } = await open(colorScheme, { ...desk, colorScheme });
  contexts.push({ colorScheme, context, page, trouble });
  await page.screenshot({ path: join(file, "..", `report-${colorScheme}.png`), fullPage: true });
  assert.equal(await page.evaluate(() => window.forged), undefined, "a Dockerfile runs a script");
}
const backs = [];
for (const { colorScheme, page, trouble } of contexts) {
  backs.push(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
  assert.deepEqual(trouble, []);
  // The page's policy lets no other script in; the debugger's evaluation is not one of the page's.
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  const said = found.violations.map((it) => `${it.id}: ${it.help}: ${it.nodes.slice(0, 3).map((node) => node.html)}`);
  assert.deepEqual(said, [], `axe, ${colorScheme}`);
  assert(found.passes.length > 20, "axe looked at next to nothing");
}
assert.notEqual(backs[0], backs[1], "both themes look alike");

// Filters: entries and rows go, counts follow.
const { page } = contexts[0];
const entries = ".entry[data-keys]";
const shown = async (selector) => page.locator(`${selector}:visible`).count();
const all = await shown(entries);
const rows = await shown("[data-row]");
const boxes = await page.locator("#filters input").count();
assert(all > 10 && rows > 5 && boxes > 4, `${all} entries, ${rows} rows, ${boxes} boxes`);
assert.equal(await page.innerText("#shown"), `${all} of ${all} entries, ${rows} of ${rows} files shown.`);
const applied = async () => (await page.locator("[data-row]:visible [data-count=applied]").allInnerTexts())
  .reduce((sum, text) => sum + Number(text), 0);
const before = await applied();
const merges = await shown(`${entries}[data-keys^="merge-runs:"]`);
assert(merges > 0);
await page.getByLabel("merge-runs").uncheck();
assert.equal(await shown(`${entries}[data-keys^="merge-runs:"]`), 0);
assert.equal(await shown(entries), all - merges);
assert((await applied()) < before, "the counts of the overview stay");
assert((await page.innerText("#shown")).startsWith(`${all - merges} of ${all} entries`));
// Only unsafe rewrites: most files have none.
await page.getByRole("button", { name: "Show all" }).click();
assert.equal(await shown(entries), all);
for (const box of await page.locator("#filters input:not([value=tighten-package-flags], [value=unsafe])").all()) {
  await box.uncheck();
}
assert(await shown('.entry[data-kind="held-back"]') > 0, "what is held back as unsafe is hidden");
assert.equal(await shown('.entry[data-keys$=":safe"]') + await shown('.entry[data-keys$=":suggested"]'), 0);
assert(await shown("[data-row]") < rows, "files without a match stay");
assert.equal(await shown("[data-row]"), await shown("[data-file]"));
// By the keyboard alone: the first stop is the link over the header; a box is a stop and takes the space bar.
await page.getByRole("button", { name: "Show all" }).press("Enter");
assert.equal(await shown(entries), all);
await page.evaluate(() => document.activeElement.blur());
await page.reload();
await page.keyboard.press("Tab");
assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
assert(await page.evaluate(() => document.activeElement.getBoundingClientRect().left >= 0), "the link is not seen");
const box = page.getByLabel("merge-runs");
for (let stops = 0; stops < 200 && !(await box.evaluate((it) => it === document.activeElement)); stops++) {
  await page.keyboard.press("Tab");
}
assert.notEqual(await box.evaluate((it) => getComputedStyle(it).outlineStyle), "none", "the focus is not seen");
await page.keyboard.press("Space");
assert.equal(await shown(entries), all - merges);
// Narrow: nothing sticks out. On paper: no filters.
await page.setViewportSize({ width: 360, height: 800 });
assert(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), "the page is too wide");
await page.screenshot({ path: join(file, "..", "report-narrow.png"), fullPage: true });
await page.emulateMedia({ media: "print" });
assert(!(await page.isVisible("#filters")), "filters are printed");

for (const { context, trouble } of contexts) {
  assert.deepEqual(trouble, []);
  await context.close();
}
rmSync(profile, { recursive: true, force: true });
console.log(`axe: no violation in either theme; ${all} entries filtered in ${rows} files; screenshots in ${join(file, "..")}`);
