/**
 * @file The playground's controls: what the input is, and every argument of the layer.
 */

import { formatCount } from "../../shared/numbers.ts";
import {
  type Distribution,
  defaultInput,
  distributions,
  type GeneratedInput,
  type InputDType,
  inputDTypes,
  mostValues,
  type PlaygroundState,
} from "../../shared/playground.ts";
import {
  type NumberScale,
  type PlaygroundArgument,
  readShape,
} from "../../shared/playgroundArguments.ts";
import type { PlaygroundStrings } from "../../shared/playgroundStrings.ts";
import { format } from "../../shared/strings.ts";
import { html } from "../../views/dom.ts";
import { argumentRow, sliderControl } from "./controls.ts";

export interface FormOptions {
  readonly arguments: readonly PlaygroundArgument[];
  readonly strings: PlaygroundStrings;
  /** The shape of an input that is not generated, where it is known. */
  readonly shape: readonly number[] | null;
  readonly changed: (state: PlaygroundState) => void;
  /** Asks the editor for a file or a variable. */
  readonly chooseInput: (kind: "file" | "variable") => void;
}

/** Which arguments stand together; all others are under "More". */
const groups = [
  { title: "layer", names: ["axis", "momentum", "epsilon", "center", "scale"] },
  {
    title: "initializers",
    names: [
      "gamma_initializer",
      "beta_initializer",
      "moving_mean_initializer",
      "moving_variance_initializer",
    ],
  },
  {
    title: "penalties",
    names: ["gamma_regularizer", "beta_regularizer", "gamma_constraint", "beta_constraint"],
  },
  { title: "renorm", names: ["renorm", "renorm_clipping", "renorm_momentum"] },
] as const;

const linear = (low: number, high: number): NumberScale => ({
  toValue: (position) => Number((low + position * (high - low)).toFixed(1)),
  toPosition: (value) => Math.min(1, Math.max(0, (value - low) / (high - low))),
});

const inputScales = {
  mean: linear(-20, 20),
  std: linear(0, 20),
  channelSpread: linear(0, 10),
} as const;

/** The form for a state; changes are told, not applied: show the new state by a new form. */
export function playgroundForm(initial: PlaygroundState, options: FormOptions): HTMLElement {
  let state = initial;
  const { strings } = options;

  /** A layer that is made anew has not been trained. */
  const change = (next: Partial<PlaygroundState>, layerIsNew: boolean) => {
    const steps = layerIsNew ? (state.training ? 1 : 0) : state.steps;
    state = { ...state, ...next, steps };
    options.changed(state);
  };

  const form = html("form", { class: "playground-form", "aria-label": strings.title });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.append(inputGroup());
  const grouped = new Set<string>(groups.flatMap(({ names }) => names));
  for (const { title, names } of groups) {
    const list = names.flatMap((name) => options.arguments.find((one) => one.name === name) ?? []);
    form.append(argumentGroup(strings[title], list, title === "layer"));
  }
  const rest = options.arguments.filter(({ name }) => !grouped.has(name));
  form.append(argumentGroup(strings.more, rest, false));
  return form;

  function argumentGroup(
    title: string,
    list: readonly PlaygroundArgument[],
    alwaysOpen: boolean,
  ): HTMLElement {
    const rows = html("div", { class: "rows" });
    const context = {
      strings,
      shape: state.input.kind === "generated" ? state.input.shape : options.shape,
    };
    for (const argument of list) {
      const row = argumentRow(
        argument,
        state.layer[argument.name] ?? argument.default,
        context,
        (source) => {
          const isDefault = source === argument.default;
          const { [argument.name]: _, ...others } = state.layer;
          change({ layer: isDefault ? others : { ...others, [argument.name]: source } }, true);
          row.classList.toggle("changed", !isDefault);
        },
      );
      rows.append(row);
    }
    if (alwaysOpen) return html("fieldset", {}, html("legend", {}, title), rows);
    const open = list.some(({ name }) => name in state.layer);
    return html("details", open ? { open: "" } : {}, html("summary", {}, title), rows);
  }

  function inputGroup(): HTMLElement {
    const { input } = state;
    const source = html("select", { id: "input-source" });
    for (const kind of ["generated", "file", "variable"] as const) {
      source.append(html("option", { value: kind }, strings[kind]));
    }
    source.value = input.kind;
    source.addEventListener("change", () => {
      if (source.value === "generated") change({ input: defaultInput }, true);
      else options.chooseInput(source.value as "file" | "variable");
    });
    const rows = html("div", { class: "rows" }, row("input-source", strings.source, source));
    if (input.kind === "generated") rows.append(...generatedRows(input));
    else {
      const name = input.kind === "file" ? input.path : input.name;
      rows.append(html("p", { class: "muted" }, format(strings.taken, name)));
    }
    return html("fieldset", {}, html("legend", {}, strings.input), rows);
  }

  function generatedRows(first: GeneratedInput): HTMLElement[] {
    let input = first;
    const set = (next: Partial<GeneratedInput>) => {
      input = { ...input, ...next };
      change({ input }, true);
    };
    const shape = html("input", {
      type: "text",
      id: "input-shape",
      spellcheck: "false",
      value: input.shape.join(", "),
    });
    const problem = html("p", { class: "problem", role: "alert" });
    shape.addEventListener("change", () => {
      const read = readShape(shape.value);
      const fits = read !== null && read.reduce((a, b) => a * b, 1) <= mostValues;
      problem.textContent = fits ? "" : format(strings.shapeProblem, formatCount(mostValues));
      shape.setAttribute("aria-invalid", String(!fits));
      if (fits) set({ shape: read });
    });
    const distribution = list(
      "input-distribution",
      distributions,
      input.distribution,
      (name) => strings[name],
    );
    distribution.addEventListener("change", () =>
      set({ distribution: distribution.value as Distribution }),
    );
    const dtype = list("input-dtype", inputDTypes, input.dtype, (name) => name);
    dtype.addEventListener("change", () => set({ dtype: dtype.value as InputDType }));
    const seed = html("input", {
      type: "number",
      id: "input-seed",
      min: 0,
      step: 1,
      value: input.seed,
    });
    seed.addEventListener("input", () => {
      const value = Number(seed.value);
      if (seed.value !== "" && Number.isSafeInteger(value) && value >= 0) set({ seed: value });
    });
    const sliders = (["mean", "std", "channelSpread"] as const).map((name) => {
      const id = `input-${name}`;
      const least = name === "mean" ? Number.NEGATIVE_INFINITY : 0;
      const control = sliderControl(
        inputScales[name],
        input[name],
        (value) => {
          if (value >= least) set({ [name]: value });
        },
        id,
      );
      return row(id, strings[name], control);
    });
    return [
      row("input-shape", strings.shape, shape),
      problem,
      row("input-distribution", strings.distribution, distribution),
      ...sliders,
      row("input-dtype", strings.dtype, dtype),
      row("input-seed", strings.seed, seed),
    ];
  }
}

function list<Name extends string>(
  id: string,
  names: readonly Name[],
  chosen: Name,
  label: (name: Name) => string,
): HTMLSelectElement {
  const select = html("select", { id });
  for (const name of names) select.append(html("option", { value: name }, label(name)));
  select.value = chosen;
  return select;
}

function row(id: string, label: string, control: HTMLElement): HTMLElement {
  const held = control.classList.contains("control")
    ? control
    : html("span", { class: "control" }, control);
  return html(
    "div",
    { class: "argument" },
    html("label", { for: id, id: `${id}-label` }, label),
    held,
  );
}
