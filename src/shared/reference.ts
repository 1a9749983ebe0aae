/**
 * @file What the argument reference shows, and the messages between it and the editor. Prose has its
 * code in backticks and is plain text otherwise.
 */

export interface ReferenceArgument {
  readonly anchor: string;
  readonly name: string;
  /** Python source of the default; null where a value must be given. */
  readonly default: string | null;
  readonly summary: string;
  readonly formula: readonly string[];
  /** Labels and what they label: type, values, when to change it, other frameworks, history. */
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  readonly notes: readonly string[];
  readonly example: string;
}

export type ReferenceBlock =
  | { readonly kind: "text"; readonly prose: string }
  | { readonly kind: "subtitle"; readonly prose: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | { readonly kind: "formula"; readonly lines: readonly string[] }
  | { readonly kind: "code"; readonly source: string };

/** A part of the page with a title of its own: prose, arguments, or both. */
export interface ReferenceSection {
  readonly anchor: string;
  readonly title: string;
  readonly blocks: readonly ReferenceBlock[];
  readonly arguments: readonly ReferenceArgument[];
}

export interface ReferenceStrings {
  readonly title: string;
  readonly search: string;
  readonly contents: string;
  /** With `{0}` for what was searched for. */
  readonly nothingFound: string;
  readonly clear: string;
  readonly default: string;
  readonly required: string;
  readonly example: string;
  readonly tryIt: string;
  readonly insert: string;
  readonly officialPage: string;
  readonly otherLanguage: string;
}

export interface ReferencePayload {
  /** The language's tag, for the page. */
  readonly language: string;
  readonly strings: ReferenceStrings;
  readonly sections: readonly ReferenceSection[];
  readonly officialPage: string;
}

export type ToReference =
  | {
      readonly kind: "show";
      readonly payload: ReferencePayload;
      /** Where to scroll; null to stay. */
      readonly anchor: string | null;
    }
  | { readonly kind: "reveal"; readonly anchor: string };

export type FromReference =
  | { readonly kind: "ready" }
  | { readonly kind: "switchLanguage" }
  | { readonly kind: "try"; readonly anchor: string }
  | { readonly kind: "insert"; readonly anchor: string };
