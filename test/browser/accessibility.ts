/**
 * @file The accessibility checker, axe-core, in a frame of the workbench or in a page.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Frame, Locator } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Checker {
  run(
    node: Element,
    options: object,
  ): Promise<{
    violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
  }>;
}

/**
 * What axe finds wrong with an element, in its words. The page around it is the editor's: so are
 * title, landmarks and zoom.
 */
export async function violations(frame: Frame, element: Locator): Promise<string[]> {
  await frame.evaluate(axe);
  return element.evaluate(async (node) => {
    const { axe: checker } = globalThis as unknown as { axe: Checker };
    const found = await checker.run(node, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
    });
    return found.violations.flatMap(({ id, nodes }) =>
      nodes
        .slice(0, 4)
        .map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
    );
  });
}
