/**
 * @file What a view needs from the place it is shown in, and what it remembers there.
 */
import type { ColumnKey } from "../shared/channelColumns.ts";
import type { Answer, Question } from "../shared/questions.ts";
import type { SavedFile } from "../shared/savedFile.ts";

/** Everything is optional: without any of it the view works from its payload alone. */
export interface ViewHost {
  /** Puts a question to the running kernel. */
  ask?(question: Question): Promise<Answer>;
  /** Saves a file where the person chooses; without it the browser downloads it. */
  save?(file: SavedFile): void;
  /** What the view was like before, in this place. */
  readonly state?: Partial<ViewState>;
  /** Hears of every change, to keep it. */
  remember?(state: ViewState): void;
}

/** How a person has arranged a view. Plain data. */
export interface ViewState {
  readonly sort: { readonly key: SortKey; readonly descending: boolean } | null;
  readonly filter: string;
  /** Null: the usual ones. */
  readonly columns: readonly ColumnKey[] | null;
  /** Channels in the order in which they were pinned. */
  readonly pinned: readonly number[];
  /** The channel whose histogram is open. */
  readonly selected: number | null;
  /** Whether the small histograms have one scale for all. */
  readonly sharedScale: boolean;
  readonly detail: DetailState;
}

/** What the large histogram shows. */
export interface DetailState {
  readonly logarithmic: boolean;
  /** Whether the values are shown before and after normalizing. */
  readonly stages: boolean;
  /** A number, a rule's name, or empty for the saved bins. */
  readonly bins: string;
  /** Whether far outliers are part of the range. */
  readonly wholeRange: boolean;
  /** Whether the moving statistics normalize, else the batch's own. */
  readonly inference: boolean;
}

export type SortKey = "channel" | "note" | ColumnKey;

export const initialState: ViewState = {
  sort: null,
  filter: "",
  columns: null,
  pinned: [],
  selected: null,
  sharedScale: false,
  detail: { logarithmic: false, stages: false, bins: "", wholeRange: false, inference: false },
};

/** Pinned channels at most: as many as can be told apart by colour and dash. */
export const mostPinned = 4;
