/**
 * @file What the playground's settings do: the channels before and after, and the layer's travel.
 */
import type { PlaygroundState } from "../../shared/playground.ts";
import type { PlaygroundResult } from "../../shared/playgroundMessages.ts";
import type { PlaygroundStrings } from "../../shared/playgroundStrings.ts";
import type { ViewStrings } from "../../shared/strings.ts";
import { type ChannelsView, mountChannels } from "../../views/channels.ts";
import { html } from "../../views/dom.ts";
import { initialState, type ViewHost, type ViewState } from "../../views/viewHost.ts";

export interface PlaygroundOutput {
  readonly element: HTMLElement;
  show(state: PlaygroundState, result: PlaygroundResult): void;
}

/** The first channel's histogram is open from the beginning, before and after the layer. */
const beforeAndAfter: Partial<ViewState> = {
  selected: 0,
  detail: { ...initialState.detail, stages: true },
};

export function playgroundOutput(
  strings: PlaygroundStrings,
  viewStrings: ViewStrings,
  host: ViewHost,
): PlaygroundOutput {
  const problem = html("div", { class: "problem", role: "alert" });
  problem.hidden = true;
  const channels = html("div");
  const element = html("div", { class: "output" }, problem, channels);
  let view: ChannelsView | null = null;
  return {
    element,
    show(_, result) {
      problem.hidden = result.status === "ok";
      if (result.status === "error") {
        problem.replaceChildren(
          html("p", {}, strings.failed),
          html("pre", {}, `${result.name}: ${result.message}`),
        );
        return;
      }
      if (view) view.update(result.channels);
      else {
        const place = { ...host, state: host.state ?? beforeAndAfter };
        view = mountChannels(channels, result.channels, viewStrings, place);
      }
    },
  };
}
