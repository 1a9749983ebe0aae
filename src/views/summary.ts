/**
 * @file Which channels are odd and why, in one line per kind; a press shows these channels alone.
 */
import { plural } from "../shared/channelTable.ts";
import { formatCount } from "../shared/numbers.ts";
import {
  type Finding,
  groupSentence,
  oddGroups,
  oddityMeaning,
  oddityRules,
  signs,
} from "../shared/oddities.ts";
import { format, type ViewStrings } from "../shared/strings.ts";
import { html } from "./dom.ts";

/**
 * @param filter Sets the table's filter.
 * @param current The filter that is set.
 */
export function summary(
  odd: ReadonlyMap<number, readonly Finding[]>,
  channels: number,
  current: string,
  filter: (text: string) => void,
  strings: ViewStrings,
): HTMLElement {
  if (odd.size === 0) {
    const tick = html("span", { class: "mark fine", "aria-hidden": "true" }, "✓");
    return html("p", { class: "summary muted" }, tick, strings.nothingOdd);
  }
  const count =
    odd.size === channels
      ? strings.oddAllCount
      : format(
          strings.oddCount,
          formatCount(odd.size),
          plural(channels, strings.oneChannel, strings.manyChannels),
        );
  const groups = oddGroups(odd).map((group) => {
    const { gravity, word } = oddityRules[group.oddity];
    const pressed = current.trim() === word;
    const button = html(
      "button",
      {
        type: "button",
        class: "oddity",
        "aria-pressed": String(pressed),
        title: `${oddityMeaning(group.oddity, strings)}\n${strings.showThese}`,
      },
      html("span", { class: `mark ${gravity}`, "aria-hidden": "true" }, signs[gravity]),
      groupSentence(group, channels, strings),
    );
    button.addEventListener("click", () => filter(pressed ? "" : word));
    return html("li", {}, button);
  });
  return html(
    "div",
    { class: "summary" },
    html("span", { class: "count" }, count),
    html("ul", {}, ...groups),
  );
}
