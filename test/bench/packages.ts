/**
 * @file The peers from the npm registry. They are packages of this folder alone, installed when the
 * benchmarks are first run.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

export const folder = fileURLToPath(new URL(".", import.meta.url));
export const require = createRequire(import.meta.url);

/** @throws where npm cannot install them. */
export function installPackages(): void {
  const modified = (path: string) =>
    statSync(`${folder}${path}`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (modified("node_modules/.package-lock.json") >= modified("package-lock.json")) return;
  console.error("Installing the peers of test/bench, once");
  const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  execFileSync("npm", ["ci", ...options], { cwd: folder, stdio: ["ignore", 2, 2] });
}

export function packageVersion(name: string): string {
  return JSON.parse(readFileSync(`${folder}node_modules/${name}/package.json`, "utf8")).version;
}
