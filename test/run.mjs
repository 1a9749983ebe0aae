/**
 * @file `npm test`, on a fresh clone too: installs, checks types and style, runs the unit tests,
 * packages the extension, runs it in a real editor and in a real browser. Every step runs, whatever
 * became of those before; one that fails counts as a failure. The last line sums up.
 */
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { ensureChromium } from "./editor/chromium.mjs";
import { ensureInstalled } from "./editor/install.mjs";
import { cache, repository, run, toolEnvironment, toolNode } from "./editor/processes.mjs";

const countsFile = join(cache, "test-counts.json");
const tool = (/** @type {string} */ name) => join(repository, "node_modules", ".bin", name);
const reporter = ["--reporter", "./test/editor/countingReporter.mjs"];

/** `counted`: a mocha run, whose tests are counted instead of the step. */
const steps = [
  { title: "Kernels", command: "npm", args: ["run", "--silent", "kernels"] },
  { title: "Types", command: tool("tsc"), args: ["-b"] },
  { title: "Style", command: tool("biome"), args: ["check", "--error-on-warnings", "."] },
  { title: "Unit tests", command: tool("mocha"), args: reporter, counted: true },
  { title: "Package", command: "npm", args: ["run", "--silent", "package"] },
  {
    title: "Integration tests",
    command: toolNode,
    args: ["test/editor/integration.mjs"],
    counted: true,
  },
  {
    title: "Browser tests",
    command: tool("mocha"),
    args: ["--config", "test/browser/mocharc.json", ...reporter],
    counted: true,
  },
];

/** A step that takes longer (milliseconds) hangs. */
const longestStep = 8 * 60_000;

let passed = 0;
let failed = 0;

/** @returns {Promise<{ passes: number, failures: number } | null>} Null where mocha wrote none. */
async function readCounts() {
  return readFile(countsFile, "utf8").then(JSON.parse, () => null);
}

/** @param {{ title: string, command: string, args: string[], counted?: boolean }} step */
async function runStep({ title, command, args, counted = false }) {
  console.log(`\n━━ ${title}`);
  const since = Date.now();
  await rm(countsFile, { force: true });
  const options = { env: toolEnvironment({ TEST_COUNTS: countsFile }) };
  const code = await run(command, args, options, longestStep).catch((error) => {
    console.error(error.message);
    return 1;
  });
  const counts = counted ? await readCounts() : null;
  passed += counts?.passes ?? 0;
  failed += counts?.failures ?? 0;
  // Also a mocha that died before or after its tests.
  const brokenRun = code !== 0 && !counts?.failures;
  const ranNothing = counted && !counts?.passes && !counts?.failures;
  if (brokenRun || ranNothing) {
    failed += 1;
    console.error(`${title}: failed (exit code ${code})`);
  }
  console.log(`${title}: ${((Date.now() - since) / 1000).toFixed(1)} s`);
}

await mkdir(cache, { recursive: true });
try {
  await ensureInstalled();
  await ensureChromium();
  for (const step of steps) await runStep(step);
} catch (error) {
  console.error(error);
  failed += 1;
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
