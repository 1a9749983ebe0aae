/**
 * @file A control for each of the layer's arguments: the one that fits its kind. Each reads and
 * gives Python source; an expression that no control can stand for is edited as text.
 */
import {
  type Choice,
  choiceSource,
  choices,
  clippingKeys,
  clippingSource,
  type NumberScale,
  type PlaygroundArgument,
  pythonNumber,
  readBoolean,
  readChoice,
  readClipping,
  readNumber,
  scales,
} from "../../shared/playgroundArguments.ts";
import type { PlaygroundStrings } from "../../shared/playgroundStrings.ts";
import { format } from "../../shared/strings.ts";
import { html } from "../../views/dom.ts";

/** Told the new source whenever the person changes it. */
export type Changed = (source: string) => void;

export interface ControlContext {
  readonly strings: PlaygroundStrings;
  /** The input's shape where it is known: which axes there are. */
  readonly shape: readonly number[] | null;
}

/** The argument's name, its control, and its documentation, which opens on demand. */
export function argumentRow(
  argument: PlaygroundArgument,
  source: string,
  context: ControlContext,
  changed: Changed,
): HTMLElement {
  const { strings } = context;
  const id = `argument-${argument.name}`;
  const words = documentation(argument, strings);
  words.id = `${id}-words`;
  words.hidden = true;
  const question = format(strings.documentation, argument.name);
  const help = html(
    "button",
    {
      type: "button",
      class: "help",
      title: question,
      "aria-label": question,
      "aria-expanded": "false",
      "aria-controls": words.id,
    },
    "?",
  );
  help.addEventListener("click", () => {
    words.hidden = !words.hidden;
    help.setAttribute("aria-expanded", String(!words.hidden));
  });
  const control = argumentControl(argument, source, context, changed, id);
  const row = html(
    "div",
    { class: source === argument.default ? "argument" : "argument changed" },
    html("label", { for: id, id: `${id}-label` }, html("code", {}, argument.name)),
    help,
    control,
    words,
  );
  return row;
}

function argumentControl(
  argument: PlaygroundArgument,
  source: string,
  context: ControlContext,
  changed: Changed,
  id: string,
): HTMLElement {
  const { kind, name } = argument;
  const made = () => {
    switch (kind) {
      case "boolean":
        return booleanControl(source, changed, id);
      case "integer":
        return axisControl(source, context, changed, id);
      case "float":
        return numberControl(source, name === "epsilon" ? "epsilon" : "momentum", changed, id);
      case "initializer":
      case "regularizer":
      case "constraint":
      case "dtype":
        return choiceControl(choices[kind], source, context.strings, changed, id);
      case "dict":
        return clippingControl(source, changed, id);
      case "string":
        return null;
    }
  };
  return made() ?? textControl(source, context.strings, changed, id);
}

function booleanControl(source: string, changed: Changed, id: string): HTMLElement | null {
  const value = readBoolean(source);
  if (value === null) return null;
  const box = html("input", { type: "checkbox", id });
  box.checked = value;
  box.addEventListener("change", () => changed(box.checked ? "True" : "False"));
  return html("span", { class: "control" }, box);
}

function axisControl(
  source: string,
  { shape, strings }: ControlContext,
  changed: Changed,
  id: string,
): HTMLElement | null {
  const value = readNumber(source);
  if (value === null || !shape) return null;
  const list = html("select", { id });
  // From the end first, as the default counts.
  for (const axis of [-1, ...shape.keys()]) {
    const size = shape.at(axis)!;
    const label = format(strings.axisOption, axis, size);
    list.append(html("option", { value: axis }, label));
  }
  if (![...list.options].some((option) => Number(option.value) === value)) {
    list.append(html("option", { value }, String(value)));
  }
  list.value = String(value);
  list.addEventListener("change", () => changed(list.value));
  return html("span", { class: "control" }, list);
}

function numberControl(
  source: string,
  scale: keyof typeof scales,
  changed: Changed,
  id: string,
): HTMLElement | null {
  const value = readNumber(source);
  if (value === null) return null;
  return sliderControl(scales[scale], value, (number) => changed(pythonNumber(number)), id);
}

/** A slider for the feel of it and a box for the exact number. */
export function sliderControl(
  scale: NumberScale,
  value: number,
  changed: (value: number) => void,
  id: string,
): HTMLElement {
  const slider = html("input", {
    type: "range",
    min: 0,
    max: 1,
    step: 0.005,
    value: scale.toPosition(value),
    "aria-labelledby": `${id}-label`,
  });
  const box = html("input", { type: "number", id, step: "any", value });
  slider.addEventListener("input", () => {
    const next = scale.toValue(Number(slider.value));
    box.value = String(next);
    changed(next);
  });
  box.addEventListener("input", () => {
    const next = readNumber(box.value);
    if (next === null) return;
    slider.value = String(scale.toPosition(next));
    changed(next);
  });
  return html("span", { class: "control slider" }, slider, box);
}

function choiceControl(
  list: readonly Choice[],
  source: string,
  strings: PlaygroundStrings,
  changed: Changed,
  id: string,
): HTMLElement | null {
  const read = readChoice(list, source);
  if (!read) return null;
  const select = html("select", { id });
  for (const [index, { label }] of list.entries()) {
    select.append(html("option", { value: index }, label));
  }
  select.append(html("option", { value: "custom" }, strings.custom));
  select.value = String(read.index);
  const box = html("input", {
    type: "number",
    step: "any",
    value: read.number,
    "aria-label": strings.value,
  });
  const control = html("span", { class: "control" }, select, box);
  const chosen = () => list[Number(select.value)];
  const showBox = () => {
    box.hidden = chosen()?.number === undefined;
  };
  select.addEventListener("change", () => {
    const choice = chosen();
    if (!choice) {
      control.replaceWith(textControl(source, strings, changed, id));
      return;
    }
    if (choice.number !== undefined) box.value = String(choice.number);
    showBox();
    changed(choiceSource(choice, choice.number ?? 0));
  });
  box.addEventListener("input", () => {
    const number = readNumber(box.value);
    if (number !== null) changed(choiceSource(chosen()!, number));
  });
  showBox();
  return control;
}

function clippingControl(source: string, changed: Changed, id: string): HTMLElement | null {
  const clipping = readClipping(source);
  if (!clipping) return null;
  const boxes = clippingKeys.map((key, index) => {
    const box = html("input", {
      type: "number",
      step: "any",
      value: clipping[key] ?? "",
      ...(index === 0 && { id }),
    });
    return { key, box };
  });
  for (const { box } of boxes) {
    box.addEventListener("input", () => {
      const entries = boxes.flatMap(({ key, box: { value } }) => {
        const number = readNumber(value);
        return number === null ? [] : [[key, number] as const];
      });
      changed(clippingSource(Object.fromEntries(entries)));
    });
  }
  return html(
    "span",
    { class: "control clipping" },
    ...boxes.map(({ key, box }) => html("label", {}, html("code", {}, key), box)),
  );
}

function textControl(
  source: string,
  { expression }: PlaygroundStrings,
  changed: Changed,
  id: string,
): HTMLElement {
  const box = html("input", {
    type: "text",
    id,
    spellcheck: "false",
    value: source,
    title: expression,
  });
  box.addEventListener("change", () => {
    if (box.value.trim() !== "") changed(box.value.trim());
  });
  return html("span", { class: "control" }, box);
}

function documentation({ words, name }: PlaygroundArgument, strings: PlaygroundStrings) {
  const line = (label: string, text: string) =>
    html("p", {}, html("strong", {}, label), " ", ...prose(text));
  return html(
    "div",
    { class: "argument-words", role: "note", "aria-label": name },
    html("p", {}, ...prose(words.summary)),
    ...(words.formula.length > 0 ? [html("pre", {}, words.formula.join("\n"))] : []),
    line(strings.type, words.type),
    line(strings.range, words.range),
    line(strings.whenToChange, words.whenToChange),
  );
}

/** Backticks mark code; everything else is plain text. */
function prose(text: string): (Node | string)[] {
  return text
    .split("`")
    .map((part, index) => (index % 2 === 1 ? html("code", {}, part) : part))
    .filter((part) => part !== "");
}
