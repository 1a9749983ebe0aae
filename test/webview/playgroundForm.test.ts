import assert from "node:assert/strict";
import { defaultPlayground, type PlaygroundState } from "../../src/shared/playground.ts";
import type { PlaygroundArgument } from "../../src/shared/playgroundArguments.ts";
import { playgroundStrings } from "../../src/shared/playgroundStrings.ts";
import { playgroundForm } from "../../src/webview/playground/form.ts";
import { texts, useDocument } from "../views/dom.ts";

const words = {
  summary: "Keeps `momentum` of the old value.",
  type: "A float",
  range: "0 to 1",
  whenToChange: "Rarely",
  formula: ["a ← m · a"],
};

const argument = (
  name: string,
  kind: PlaygroundArgument["kind"],
  fallback: string,
): PlaygroundArgument => ({ name, kind, default: fallback, words });

const all = [
  argument("axis", "integer", "-1"),
  argument("momentum", "float", "0.99"),
  argument("center", "boolean", "True"),
  argument("gamma_initializer", "initializer", "'ones'"),
  argument("renorm_clipping", "dict", "None"),
  argument("name", "string", "None"),
];

describe("the playground's form", () => {
  useDocument();

  function made(state: Partial<PlaygroundState> = {}) {
    const changes: PlaygroundState[] = [];
    const asked: string[] = [];
    const form = playgroundForm(
      { ...defaultPlayground, ...state },
      {
        arguments: all,
        strings: playgroundStrings,
        shape: null,
        changed: (next) => changes.push(next),
        chooseInput: (kind) => asked.push(kind),
      },
    );
    document.body.replaceChildren(form);
    const control = <Kind extends HTMLElement>(id: string) =>
      form.querySelector<Kind>(`#${id}`) as Kind & HTMLInputElement;
    const enter = (id: string, value: string, event: "input" | "change") => {
      control(id).value = value;
      control(id).dispatchEvent(new window.Event(event, { bubbles: true }));
      return changes.at(-1)!;
    };
    return { form, changes, asked, control, enter };
  }

  it("has the right control for each argument", () => {
    const { control } = made();
    const kinds = all.map(({ name }) => {
      const found = control(`argument-${name}`);
      return [found.tagName.toLowerCase(), found.getAttribute("type")];
    });
    assert.deepEqual(kinds, [
      ["select", null],
      ["input", "number"],
      ["input", "checkbox"],
      ["select", null],
      ["input", "number"],
      ["input", "text"],
    ]);
  });

  it("offers the axes that the input has, with their lengths", () => {
    const { form } = made();
    assert.deepEqual(texts(form, "#argument-axis option"), [
      "-1: 64 channels",
      "0: 30 channels",
      "1: 32 channels",
      "2: 32 channels",
      "3: 64 channels",
    ]);
  });

  it("tells an argument as source, and forgets it at its default", () => {
    const { enter } = made();
    assert.deepEqual(enter("argument-momentum", "0.9", "input").layer, { momentum: "0.9" });
    assert.deepEqual(enter("argument-momentum", "0.99", "input").layer, {});
    assert.deepEqual(enter("argument-renorm_clipping", "3", "input").layer, {
      renorm_clipping: "{'rmax': 3}",
    });
  });

  it("makes a layer anew: it has been trained once, or not at all in inference", () => {
    assert.equal(made({ steps: 9 }).enter("argument-momentum", "0.9", "input").steps, 1);
    const inference = made({ steps: 9, training: false });
    assert.equal(inference.enter("argument-momentum", "0.9", "input").steps, 0);
  });

  it("keeps an expression that no control can stand for", () => {
    const { control } = made({ layer: { momentum: "1 - m" } });
    assert.equal(control("argument-momentum").getAttribute("value"), "1 - m");
    assert.equal(control("argument-momentum").getAttribute("type"), "text");
  });

  it("refuses a shape that is too large or none, and says so", () => {
    const { form, enter, changes } = made();
    enter("input-shape", "100000, 100000", "change");
    assert.equal(changes.length, 0);
    assert.match(texts(form, ".problem")[0]!, /at most 16,777,216 values/);
    const { input } = enter("input-shape", "8, 4", "change");
    assert.deepEqual(input.kind === "generated" && input.shape, [8, 4]);
    assert.equal(texts(form, ".problem")[0], "");
  });

  it("asks the editor for a file or a variable", () => {
    const { enter, asked } = made();
    enter("input-source", "file", "change");
    enter("input-source", "variable", "change");
    assert.deepEqual(asked, ["file", "variable"]);
  });

  it("explains each argument in place, on demand", () => {
    const { form } = made();
    const help = form.querySelector<HTMLElement>('button[title="What is momentum?"]')!;
    const note = form.querySelector<HTMLElement>("#argument-momentum-words")!;
    assert.ok(note.hasAttribute("hidden") || note.hidden);
    help.click();
    assert.equal(help.getAttribute("aria-expanded"), "true");
    assert.equal(texts(note, "p code")[0], "momentum");
    assert.equal(texts(note, "pre")[0], "a ← m · a");
  });
});
