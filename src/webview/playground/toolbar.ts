/**
 * @file What one does with the playground's layer: train it, look at either mode, take it along.
 */

import { formatCount } from "../../shared/numbers.ts";
import type { PlaygroundState } from "../../shared/playground.ts";
import type { PlaygroundStrings } from "../../shared/playgroundStrings.ts";
import { format } from "../../shared/strings.ts";
import { html } from "../../views/dom.ts";

export interface ToolbarActions {
  readonly mode: (training: boolean) => void;
  readonly step: () => void;
  readonly play: () => void;
  readonly restart: () => void;
  readonly copyCode: () => void;
  readonly openNotebook: () => void;
}

export interface Toolbar {
  readonly element: HTMLElement;
  show(state: PlaygroundState, playing: boolean): void;
}

export function playgroundToolbar(strings: PlaygroundStrings, actions: ToolbarActions): Toolbar {
  const button = (text: string, act: () => void, kind = "") => {
    const made = html("button", { type: "button", class: kind }, text);
    made.addEventListener("click", act);
    return made;
  };
  const modes = ([true, false] as const).map((training) => {
    const radio = html("input", { type: "radio", name: "mode" });
    radio.addEventListener("change", () => {
      if (radio.checked) actions.mode(training);
    });
    const text = training ? strings.training : strings.inference;
    return { training, radio, label: html("label", {}, radio, html("span", {}, text)) };
  });
  const play = button(strings.play, actions.play);
  const steps = html("output", { class: "muted" });
  const element = html(
    "div",
    { class: "toolbar", role: "toolbar", "aria-label": strings.title },
    html(
      "span",
      { class: "modes", role: "radiogroup", "aria-label": strings.mode },
      ...modes.map(({ label }) => label),
    ),
    button(strings.step, actions.step, "primary"),
    play,
    button(strings.restart, actions.restart),
    steps,
    html(
      "span",
      { class: "taking" },
      button(strings.copyCode, actions.copyCode),
      button(strings.openNotebook, actions.openNotebook),
    ),
  );
  return {
    element,
    show(state, playing) {
      for (const { training, radio } of modes) radio.checked = training === state.training;
      play.textContent = playing ? strings.pause : strings.play;
      steps.textContent =
        state.steps === 0
          ? strings.noStep
          : state.steps === 1
            ? strings.oneStep
            : format(strings.steps, formatCount(state.steps));
    },
  };
}
