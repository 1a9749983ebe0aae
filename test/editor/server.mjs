/**
 * @file A VS Code server on this machine, for where no desktop editor can be had: the VS Code that
 * the npm package `code-server` carries, prepared once in `.cache`.
 */
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cache, runQuietly, say, start, toolNode } from "./processes.mjs";

const version = "4.139.1";
const name = `vscode-server-${version}`;

/**
 * Settings that keep welcome pages, chat and updates out of the way, and save only when told to:
 * in a browser the editor would write on its own what a run changes.
 */
export const quietSettings = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "files.autoSave": "off",
  "git.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "window.commandCenter": false,
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

/** Deletes what set-ups that were interrupted hours ago have left. */
async function removeAbandoned() {
  for (const entry of await readdir(cache)) {
    if (!entry.startsWith(`${name}.partial-`)) continue;
    const path = join(cache, entry);
    if (Date.now() - (await stat(path)).mtimeMs > 3_600_000) {
      await rm(path, { recursive: true, force: true });
    }
  }
}

/**
 * Fetches and prepares the server where the cache has none.
 * @returns {Promise<string>} The folder of the built VS Code.
 */
export async function ensureServer() {
  const prepared = join(cache, name);
  if (existsSync(prepared)) return prepared;
  await mkdir(cache, { recursive: true });
  await removeAbandoned();
  const since = Date.now();
  // Renamed when complete: an interrupted set-up is never taken for a finished one.
  const partial = await mkdtemp(join(cache, `${name}.partial-`));
  try {
    say(`Fetching VS Code server (code-server ${version}) from the npm registry`);
    await runQuietly("npm", ["pack", `code-server@${version}`], { cwd: partial });
    const [tarball] = await readdir(partial);
    // Not the package itself: its post-install builds far more than the server needs.
    await runQuietly("tar", ["-xzf", tarball, "package/lib/vscode"], { cwd: partial });
    const server = join(partial, "package", "lib", "vscode");
    const install = ["install", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"];
    say("Installing the server's modules");
    await runQuietly("npm", install, { cwd: server });
    await runQuietly("npm", install, { cwd: join(server, "extensions") });
    say("Building the server's log module");
    await runQuietly("npm", ["rebuild", "@vscode/spdlog"], { cwd: server });
    // Another set-up may have finished first; its result is as good.
    if (!existsSync(prepared)) await rename(server, prepared);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  say(`VS Code server is ready (${Math.round((Date.now() - since) / 1000)} s, kept for next time)`);
  return prepared;
}

/**
 * Installs a packaged extension, and `notebookOpener`, where a server with this folder will find
 * them. The folder is to be new: what lies in it at first counts as installed.
 * @param {string} vsix
 * @param {string} extensions
 * @param {readonly string[]} [further] Folders of other extensions, each of version 1.0.0.
 */
export async function installExtension(vsix, extensions, further = []) {
  const server = await ensureServer();
  const opener = fileURLToPath(new URL("notebookOpener", import.meta.url));
  for (const folder of [opener, ...further])
    await cp(folder, join(extensions, `${basename(folder)}-1.0.0`), { recursive: true });
  const arguments_ = ["--extensions-dir", extensions, "--install-extension", vsix, "--force"];
  await runQuietly(toolNode, [join(server, "out", "server-main.js"), ...arguments_]);
}

/**
 * Starts a server on a free port of this machine.
 * @param {object} options
 * @param {string} options.data Folder of the server's own data: settings, logs, state.
 * @param {string} options.extensions Folder of the installed extensions.
 * @param {Readonly<Record<string, unknown>>} [options.settings] Written unless the person's exist.
 * @param {boolean} [options.forTests] Lets the page ask for an extension under test.
 * @param {number} [options.port] The port to take; a free one by default.
 * @returns {Promise<{ port: number, stop(): void, ended: Promise<void> }>}
 */
export async function startServer({ data, extensions, settings = {}, forTests = false, port = 0 }) {
  const server = await ensureServer();
  const file = join(data, "data", "User", "settings.json");
  if (!existsSync(file)) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify({ ...quietSettings, ...settings }, null, 2));
  }
  const { child, stop } = start(
    toolNode,
    [
      join(server, "out", "server-main.js"),
      ...["--host", "127.0.0.1", "--port", String(port), "--without-connection-token"],
      ...["--accept-server-license-terms", "--telemetry-level", "off"],
      ...["--server-data-dir", data, "--extensions-dir", extensions, "--disable-workspace-trust"],
      ...(forTests ? ["--enable-smoke-test-driver"] : []),
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const ended = new Promise((resolve) => child.on("exit", () => resolve(undefined)));
  let output = "";
  const bound = await new Promise((resolve, reject) => {
    const read = (/** @type {Buffer} */ chunk) => {
      output += chunk;
      const match = /Extension host agent listening on (\d+)/.exec(output);
      if (match) resolve(Number(match[1]));
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.on("error", reject);
    child.on("exit", () => reject(new Error(`VS Code server did not start:\n${output}`)));
  });
  return { port: bound, stop, ended };
}

/** A path on this machine as the workbench in the browser names it. */
export function remoteUri(/** @type {number} */ port, /** @type {string} */ path) {
  const forward = path.replaceAll("\\", "/");
  return `vscode-remote://127.0.0.1:${port}${forward.startsWith("/") ? "" : "/"}${forward}`;
}

/**
 * The address of the workbench.
 * @param {number} port
 * @param {string} folder The workspace.
 * @param {readonly (readonly [string, string])[]} payload Pairs that the workbench acts on.
 */
export function workbenchAddress(port, folder, payload = []) {
  const query = new URLSearchParams({ folder, payload: JSON.stringify(payload) });
  return `http://127.0.0.1:${port}/?${query}`;
}
