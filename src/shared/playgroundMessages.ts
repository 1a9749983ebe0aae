/**
 * @file Messages between the editor and the playground's page. One union per direction.
 */
import type { ChannelsPayload } from "./outputs.ts";
import type { PlaygroundState } from "./playground.ts";
import type { PlaygroundArgument } from "./playgroundArguments.ts";
import type { PlaygroundStrings } from "./playgroundStrings.ts";
import type { ViewAnswer, ViewQuestion } from "./protocol.ts";
import type { SavedFile } from "./savedFile.ts";
import type { ViewStrings } from "./strings.ts";

/** What the playground shows of a state. */
export type PlaygroundResult =
  | {
      readonly status: "ok";
      /** The input's channels through the layer, and the layer's training calls. */
      readonly channels: ChannelsPayload;
      /** Shape of the input. */
      readonly shape: readonly number[];
    }
  | { readonly status: "error"; readonly name: string; readonly message: string };

export type ToPlayground =
  /** The page begins, or its settings are replaced. */
  | {
      readonly kind: "open";
      readonly state: PlaygroundState;
      readonly arguments: readonly PlaygroundArgument[];
      readonly strings: PlaygroundStrings;
      readonly viewStrings: ViewStrings;
    }
  /** What a state of the page looks like; `state` says which. */
  | {
      readonly kind: "result";
      readonly state: PlaygroundState;
      readonly result: PlaygroundResult;
      /** The input's statistics and histograms are those of the message before, and left out. */
      readonly sameInput?: boolean;
    }
  | ViewAnswer;

/** What the page keeps over hiding and reloading, as far as the editor reads it. */
export interface KeptPlayground {
  /** A `PlaygroundState`, which anyone may have written. */
  readonly settings: unknown;
}

export type FromPlayground =
  /** `saved`: the settings that the page kept. */
  | { readonly kind: "ready"; readonly saved: unknown }
  | { readonly kind: "changed"; readonly state: PlaygroundState }
  | { readonly kind: "chooseInput"; readonly input: "file" | "variable" }
  | ViewQuestion
  /** The person chooses where. */
  | { readonly kind: "save"; readonly file: SavedFile }
  | { readonly kind: "copyCode" }
  | { readonly kind: "openNotebook" };
