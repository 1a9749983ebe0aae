import { deepEqual, equal, ok } from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import {
  channelsPanel,
  channelsRenderer,
  commands,
  defaultMemory,
  extensionId,
  kernelId,
  leastMemory,
  problemPages,
  settings,
} from "../../src/extension/identity.ts";
import { codes, severities } from "../../src/keras/diagnostics/codes.ts";
import { channelsMime } from "../../src/shared/outputs.ts";

const root = new URL("../../", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));
const { contributes } = manifest;

describe("the manifest", () => {
  it("offers the commands that exist, and no other", () => {
    const offered = contributes.commands.map((each: { command: string }) => each.command);
    deepEqual(offered.sort(), Object.values(commands).sort());
  });

  it("names the commands' category as people see it", () => {
    for (const each of contributes.commands) equal(each.category, "BatchNorm");
  });

  it("renders the MIME type that the kernel writes", () => {
    const [renderer] = contributes.notebookRenderer;
    deepEqual(renderer.mimeTypes, [channelsMime]);
    equal(renderer.id, channelsRenderer);
    // Saved data is enough; a running kernel is asked for more.
    equal(renderer.requiresMessaging, "optional");
    ok(manifest.activationEvents.includes(`onRenderer:${renderer.id}`));
  });

  it("wakes up for the panel after a reload", () => {
    ok(manifest.activationEvents.includes(`onWebviewPanel:${channelsPanel}`));
  });

  it("makes the extension's id", () => {
    equal(`${manifest.publisher}.${manifest.name}`, extensionId);
  });

  it("shows the kernel's buttons with this kernel only", () => {
    const when = `notebookKernel == '${extensionId}/${kernelId}'`;
    for (const entry of contributes.menus["notebook/toolbar"]) equal(entry.when, when);
  });

  it("injects a grammar that exists and has the declared scope", () => {
    const [grammar] = contributes.grammars;
    const { scopeName } = JSON.parse(readFileSync(new URL(grammar.path, root), "utf8"));
    equal(scopeName, grammar.scopeName);
  });

  it("has the settings that the extension reads, with its defaults", () => {
    const { properties } = contributes.configuration;
    deepEqual(Object.keys(properties), Object.values(settings));
    const { default: otherwise, minimum } = properties[settings.memoryLimit];
    deepEqual([otherwise, minimum], [defaultMemory, leastMemory]);
  });

  it("lets the severity of every code be set, from the one that it has", () => {
    const { properties } = contributes.configuration.properties[settings.diagnosticsSeverity];
    deepEqual(Object.keys(properties), Object.keys(codes));
    for (const [code, { enum: choices, default: severity }] of Object.entries<{
      enum: string[];
      default: string;
    }>(properties)) {
      deepEqual(choices, [...severities]);
      equal(severity, codes[code as keyof typeof codes]);
    }
  });

  it("has the pages about problems rendered", () => {
    const { "workbench.editorAssociations": editors } = contributes.configurationDefaults;
    deepEqual(Object.keys(editors), [`${problemPages}:/*`]);
  });

  it("has its icon", () => {
    ok(existsSync(new URL(manifest.icon, root)));
  });
});
