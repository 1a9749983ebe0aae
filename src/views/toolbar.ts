/**
 * @file What is done to the whole table: filter, columns, scale of the histograms, copies and files.
 */
import type { Column, ColumnKey } from "../shared/channelColumns.ts";
import type { FilterError } from "../shared/channelFilter.ts";
import { formatCount } from "../shared/numbers.ts";
import { format, type ViewStrings } from "../shared/strings.ts";
import { html } from "./dom.ts";
import { type MenuItem, menuButton } from "./menu.ts";

export interface ToolbarContent {
  readonly channels: number;
  /** Channels that pass the filter. */
  readonly shown: number;
  readonly filter: string;
  readonly error: FilterError | null;
  readonly sharedScale: boolean;
  readonly hasHistograms: boolean;
  readonly all: readonly Column[];
  readonly columns: readonly Column[];
  /** The columns are not the usual ones. */
  readonly chosen: boolean;
}

export interface ToolbarActions {
  filter(text: string): void;
  showColumns(keys: readonly ColumnKey[] | null): void;
  shareScale(shared: boolean): void;
  /** Copies and files, as menu items. */
  exports(): readonly MenuItem[];
}

export interface Toolbar {
  readonly element: HTMLElement;
  show(content: ToolbarContent): void;
  /** Says shortly what has been done, to eyes and to screen readers. */
  say(words: string): void;
}

let lastId = 0;

/** Milliseconds that the words of `say` stay. */
const saying = 6000;

export function toolbar(
  first: ToolbarContent,
  actions: ToolbarActions,
  strings: ViewStrings,
): Toolbar {
  let content = first;
  lastId += 1;
  const [errorId, hintId] = [`filter-error-${lastId}`, `filter-hint-${lastId}`];
  const input = html("input", {
    type: "search",
    class: "filter",
    placeholder: strings.filterPlaceholder,
    "aria-label": strings.filter,
    "aria-describedby": `${errorId} ${hintId}`,
    title: strings.filterHint,
    spellcheck: "false",
    autocomplete: "off",
  });
  const hint = html("span", { id: hintId, class: "unseen" }, strings.filterHint);
  const error = html("p", { id: errorId, class: "filter-error", role: "alert" });
  const count = html("span", { class: "muted shown", "aria-live": "polite" });
  const done = html("span", { class: "muted done", role: "status" });
  const scale = html(
    "button",
    { type: "button", class: "tool toggle", title: strings.sharedScaleHint },
    strings.sharedScale,
  );
  input.addEventListener("input", () => actions.filter(input.value));
  input.addEventListener("keydown", (event) => {
    // The notebook's own shortcuts are not meant here; the editor's function keys are.
    if (!/^F\d+$/.test(event.key)) event.stopPropagation();
    if (event.key !== "Escape" || input.value === "") return;
    event.preventDefault();
    input.value = "";
    actions.filter("");
  });
  scale.addEventListener("click", () => actions.shareScale(!content.sharedScale));

  const columnItems = (): MenuItem[] => {
    const shown = new Set(content.columns.map(({ key }) => key));
    return [
      ...content.all.map(({ key }) => ({
        label: strings[key],
        checked: shown.has(key),
        choose() {
          const wanted = content.all
            .map((column) => column.key)
            .filter((other) => shown.has(other) !== (other === key));
          actions.showColumns(wanted);
        },
      })),
      {
        label: strings.usualColumns,
        separated: true,
        choose: () => actions.showColumns(null),
      },
    ];
  };
  const element = html(
    "div",
    { class: "toolbar", role: "toolbar", "aria-label": strings.toolbar },
    ...(first.channels > 1 ? [input, hint] : []),
    menuButton(strings.columns, strings.columnsHint, columnItems),
    ...(first.hasHistograms && first.channels > 1 ? [scale] : []),
    menuButton(strings.export, strings.exportHint, () => actions.exports()),
    count,
    done,
    error,
  );

  const show = (shown: ToolbarContent) => {
    content = shown;
    const { channels, filter, sharedScale } = shown;
    if (input.value !== filter) input.value = filter;
    const problem = shown.error ? problemText(shown.error, strings) : "";
    if (error.textContent !== problem) error.textContent = problem;
    error.hidden = problem === "";
    if (problem) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    scale.setAttribute("aria-pressed", String(sharedScale));
    const words =
      filter.trim() === "" || problem
        ? ""
        : format(strings.shownChannels, formatCount(shown.shown), formatCount(channels));
    if (count.textContent !== words) count.textContent = words;
  };
  show(first);
  let silence: ReturnType<typeof setTimeout> | undefined;
  const say = (words: string) => {
    done.textContent = words;
    clearTimeout(silence);
    silence = setTimeout(() => done.replaceChildren(), saying);
  };
  return { element, show, say };
}

function problemText({ problem, facts }: FilterError, strings: ViewStrings): string {
  return format(strings[problem], ...facts);
}
