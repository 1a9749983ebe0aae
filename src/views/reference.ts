/**
 * @file The argument reference: a page of documentation with contents, a search over all of it, and
 * a place of its own for every argument.
 */
import type {
  ReferenceArgument,
  ReferenceBlock,
  ReferencePayload,
  ReferenceSection,
} from "../shared/reference.ts";
import { type Disposable, html } from "./dom.ts";
import { formulaLines } from "./formula.ts";

/** What the page asks of its host. */
export interface ReferenceActions {
  switchLanguage(): void;
  tryArgument(anchor: string): void;
  insertArgument(anchor: string): void;
}

export interface ReferenceView extends Disposable {
  /** Scrolls to an anchor and marks it; shows everything again if the search hides it. */
  reveal(anchor: string): void;
  /** The words searched for, for the page's memory. */
  readonly query: string;
}

export function mountReference(
  container: HTMLElement,
  payload: ReferencePayload,
  actions: ReferenceActions,
  query = "",
): ReferenceView {
  return new Page(container, payload, actions, query);
}

/** A part that the search shows or hides as one. */
interface Entry {
  readonly element: HTMLElement;
  readonly link: HTMLElement;
  readonly text: string;
}

/** A section: shown while its own words or an entry of it are found. */
interface Group {
  readonly element: HTMLElement;
  readonly link: HTMLElement;
  /** Its own words, which hide where only an entry is found. */
  readonly blocks: readonly HTMLElement[];
  readonly text: string;
  readonly entries: readonly Entry[];
}

class Page implements ReferenceView {
  readonly #container: HTMLElement;
  readonly #payload: ReferencePayload;
  readonly #search: HTMLInputElement;
  readonly #nothing: HTMLElement;
  readonly #entries: Entry[] = [];
  /** What is wider than its place can be reached, and then scrolled, by keyboard. */
  readonly #sizes =
    globalThis.ResizeObserver &&
    new ResizeObserver((changes) => {
      for (const { target } of changes)
        if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
        else target.removeAttribute("tabindex");
    });
  readonly #narrow = globalThis.matchMedia?.("(max-width: 760px)");
  readonly #groups: Group[] = [];

  constructor(
    container: HTMLElement,
    payload: ReferencePayload,
    actions: ReferenceActions,
    query: string,
  ) {
    const { strings, sections } = payload;
    this.#container = container;
    this.#payload = payload;
    this.#search = html("input", {
      type: "search",
      placeholder: strings.search,
      "aria-label": strings.search,
      spellcheck: "false",
    });
    this.#search.value = query;
    this.#search.addEventListener("input", () => {
      this.#filter();
      window.scrollTo(0, 0);
    });
    this.#search.addEventListener("keydown", (event) => this.#searchKey(event));
    this.#nothing = html("p", { class: "nothing", role: "status", hidden: "" });
    const language = html(
      "button",
      { type: "button", class: "language", lang: payload.language === "en" ? "zh-cn" : "en" },
      strings.otherLanguage,
    );
    language.addEventListener("click", () => actions.switchLanguage());
    // Where there is no room beside the page, the contents fold away above it.
    const contents = html("nav", { "aria-label": strings.contents });
    const folded = html("details", {}, html("summary", {}, strings.contents), contents);
    this.#narrow?.addEventListener("change", () => this.#fold(folded));
    this.#fold(folded);
    const main = html("main", {}, html("h1", {}, strings.title));
    for (const section of sections) this.#addSection(section, contents, main, actions);
    main.append(this.#nothing);
    const official = html("a", { href: payload.officialPage }, strings.officialPage);
    const header = html("header", {}, this.#search, official, language);
    container.replaceChildren(
      html("div", { class: "reference", lang: payload.language }, header, folded, main),
    );
    document.addEventListener("keydown", this.#pageKey);
    for (const wide of main.querySelectorAll(".formula, pre")) this.#sizes?.observe(wide);
    if (query) this.#filter();
  }

  #fold(contents: HTMLDetailsElement): void {
    contents.open = !this.#narrow?.matches;
  }

  get query(): string {
    return this.#search.value;
  }

  reveal(anchor: string): void {
    const target = document.getElementById(anchor);
    if (!target) return;
    if (target.closest("[hidden]")) {
      this.#search.value = "";
      this.#filter();
    }
    for (const marked of this.#container.querySelectorAll(".revealed"))
      marked.classList.remove("revealed");
    target.classList.add("revealed");
    target.scrollIntoView({ block: "start" });
    target.focus({ preventScroll: true });
  }

  dispose(): void {
    this.#sizes?.disconnect();
    document.removeEventListener("keydown", this.#pageKey);
    highlight([], "");
    this.#container.replaceChildren();
  }

  #addSection(
    section: ReferenceSection,
    contents: HTMLElement,
    main: HTMLElement,
    actions: ReferenceActions,
  ): void {
    const { anchor, title, blocks, arguments: found } = section;
    const own = blocks.map(blockOf);
    const element = html("section", { id: anchor, tabindex: -1 }, html("h2", {}, title), ...own);
    const text = searchable(element);
    const link = this.#link(anchor, title, "section-link");
    contents.append(link);
    const entries = found.map((argument) => {
      const article = argumentOf(argument, this.#payload, actions);
      const to = this.#link(argument.anchor, argument.name, "argument-link");
      element.append(article);
      contents.append(to);
      return { element: article, link: to, text: searchable(article) };
    });
    this.#entries.push(...entries);
    this.#groups.push({ element, link, blocks: own, text, entries });
    main.append(element);
  }

  #link(anchor: string, text: string, kind: string): HTMLElement {
    const link = html("a", { href: `#${anchor}`, class: kind }, text);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      this.reveal(anchor);
    });
    return link;
  }

  /** Shows what has every word of the search in it. */
  #filter(): void {
    const words = this.query.toLowerCase().split(/\s+/).filter(Boolean);
    const matches = ({ text }: { readonly text: string }) =>
      words.every((word) => text.includes(word));
    for (const entry of this.#entries) show(matches(entry), entry.element, entry.link);
    let any = false;
    for (const group of this.#groups) {
      const { element, link, blocks, entries } = group;
      const own = matches(group);
      const shown = own || entries.some(matches);
      any ||= shown;
      show(shown, element, link);
      show(own, ...blocks);
    }
    this.#nothing.hidden = any;
    this.#nothing.textContent = this.#payload.strings.nothingFound.replace(
      "{0}",
      this.query.trim(),
    );
    highlight(words, this.#container.querySelector("main"));
  }

  #searchKey(event: KeyboardEvent): void {
    if (event.key === "Escape" && this.query !== "") {
      this.#search.value = "";
      this.#filter();
      event.preventDefault();
    } else if (event.key === "Enter") {
      const found = this.#entries.filter(({ element }) => !element.closest("[hidden]"));
      const named = found.find(({ link }) => this.query.toLowerCase().includes(link.textContent!));
      const best = named ?? found[0];
      if (best) this.reveal(best.element.id);
    }
  }

  /** `/` goes to the search, as on documentation pages everywhere. */
  readonly #pageKey = (event: KeyboardEvent): void => {
    if (event.key !== "/" || document.activeElement === this.#search) return;
    event.preventDefault();
    this.#search.focus();
    this.#search.select();
  };
}

function show(shown: boolean, ...elements: readonly HTMLElement[]): void {
  for (const element of elements) element.hidden = !shown;
}

function searchable(element: HTMLElement): string {
  return (element.textContent ?? "").toLowerCase();
}

function argumentOf(
  argument: ReferenceArgument,
  { strings }: ReferencePayload,
  actions: ReferenceActions,
): HTMLElement {
  const { anchor, name, summary, formula, facts, notes, example } = argument;
  const fallback = html("span", { class: "default" });
  if (argument.default === null) fallback.append(strings.required);
  else fallback.append(`${strings.default} `, html("code", {}, argument.default));
  const button = (label: string, act: (anchor: string) => void) => {
    const made = html("button", { type: "button" }, label);
    made.addEventListener("click", () => act(anchor));
    return made;
  };
  return html(
    "article",
    { id: anchor, tabindex: -1, "aria-label": name },
    html("h3", {}, html("code", {}, name), fallback),
    html("p", { class: "summary" }, ...proseNodes(summary)),
    ...(formula.length > 0 ? [formulaLines(formula)] : []),
    html(
      "dl",
      {},
      ...facts.flatMap(({ label, text }) => [
        html("dt", {}, label),
        html("dd", {}, ...proseNodes(text)),
      ]),
    ),
    ...notes.map((note) => html("p", { class: "note" }, ...proseNodes(note))),
    html(
      "div",
      { class: "example" },
      html("code", { "aria-label": strings.example }, example),
      html(
        "span",
        { class: "actions" },
        button(strings.tryIt, actions.tryArgument),
        button(strings.insert, actions.insertArgument),
      ),
    ),
  );
}

function blockOf(block: ReferenceBlock): HTMLElement {
  if (block.kind === "text") return html("p", {}, ...proseNodes(block.prose));
  if (block.kind === "subtitle")
    return html("p", { class: "subtitle" }, ...proseNodes(block.prose));
  if (block.kind === "formula") return formulaLines(block.lines);
  if (block.kind === "code") return html("pre", {}, html("code", {}, block.source));
  return html("ul", {}, ...block.items.map((item) => html("li", {}, ...proseNodes(item))));
}

/** Prose with what stands in backticks as code. */
function proseNodes(prose: string): (Node | string)[] {
  return prose
    .split("`")
    .map((part, index) => (index % 2 === 1 ? html("code", {}, part) : part))
    .filter((part) => part !== "");
}

/** Marks the words where they stand, without touching the text itself. */
function highlight(words: readonly string[], within: Element | "" | null): void {
  const { highlights } = globalThis.CSS ?? {};
  if (!highlights) return;
  const ranges: Range[] = [];
  if (within && words.length > 0) {
    const texts = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode())
      for (const word of words) ranges.push(...rangesOf(word, node as Text));
  }
  highlights.set("search", new Highlight(...ranges));
}

function rangesOf(word: string, text: Text): Range[] {
  const lower = text.data.toLowerCase();
  const ranges: Range[] = [];
  for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + word.length)) {
    const range = new Range();
    range.setStart(text, at);
    range.setEnd(text, at + word.length);
    ranges.push(range);
  }
  return ranges;
}
