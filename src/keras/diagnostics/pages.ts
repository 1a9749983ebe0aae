/** @file The page about each code, as Markdown in the language asked for. */
import type { Language } from "../languages.ts";
import { type Code, codes } from "./codes.ts";
import { examples } from "./examples.ts";
import { pages as english } from "./pages.en.ts";
import { pages as chinese } from "./pages.zh-cn.ts";

/** Markdown. */
type Text = string;

export interface Pages {
  readonly words: {
    readonly severity: Text;
    readonly severities: Readonly<Record<(typeof codes)[Code], Text>>;
    readonly wrong: Text;
    readonly right: Text;
    readonly fine: Text;
    readonly show: Text;
    /** How to see the example's cell. `{0}` is the code. */
    readonly showText: Text;
    readonly off: Text;
    /** `{0}` is the code. */
    readonly offText: Text;
  };
  readonly pages: Readonly<Record<Code, Page>>;
}

export interface Page {
  readonly title: Text;
  /** What is wrong, and what comes of it. */
  readonly text: Text;
  /** When it is no mistake; null where it always is one. */
  readonly fine: Text | null;
}

const languages: Readonly<Record<Language, Pages>> = { en: english, "zh-cn": chinese };

export function pageMarkdown(code: Code, language: Language): string {
  const { words, pages } = languages[language];
  const { title, text, fine } = pages[code];
  const { wrong, right, cell } = examples[code];
  return [
    `# ${title}`,
    `\`${code}\` · ${words.severity}${words.severities[codes[code]]}`,
    text,
    `## ${words.wrong}`,
    fenced(wrong),
    `## ${words.right}`,
    fenced(right),
    ...(fine ? [`## ${words.fine}`, fine] : []),
    ...(cell ? [`## ${words.show}`, words.showText.replaceAll("{0}", code), fenced(cell)] : []),
    `## ${words.off}`,
    words.offText.replaceAll("{0}", code),
    "",
  ].join("\n\n");
}

function fenced(code: string): string {
  return `\`\`\`python\n${code}\n\`\`\``;
}
