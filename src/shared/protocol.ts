/**
 * @file Messages across the two boundaries that take messages: editor ⇄ kernel worker, and
 * editor ⇄ statistics panel. One union per direction.
 */
import type {
  InspectionAnswers,
  InspectionRequest,
  KernelState,
  ValueSummary,
} from "./inspection.ts";
import type { ChannelsPayload, MimeBundle } from "./outputs.ts";
import type { Answer, Question } from "./questions.ts";
import type { SavedFile } from "./savedFile.ts";
import type { KernelStrings, ViewStrings } from "./strings.ts";

/** What a kernel worker is started with (`workerData`). */
export interface KernelStart {
  /** One Int32 of `requests`, which the running cell looks at all the time, and takes back. */
  readonly requests: SharedArrayBuffer;
  /** Bytes that tensors may take together. */
  readonly tensorLimit: number;
  readonly strings: KernelStrings;
}

/** What a running cell can be asked for, as bits. */
export const requests = {
  /** To stop. */
  stop: 1,
  /** To say how far it is. */
  progress: 2,
} as const;

/** How far a running cell is. */
export interface CellProgress {
  /** The line of the cell that runs, counted from 1. */
  readonly line: number;
  /** How much of the calculation in that line is done, from 0 to 1; null where nobody knows. */
  readonly share: number | null;
}

/** An error as the editor's error output wants it. */
export interface CellError {
  /** Python's exception type: `ValueError`. */
  readonly name: string;
  readonly message: string;
  /** A Python-style traceback that names cell and line, several lines. */
  readonly traceback: string;
}

export type CellResult =
  | { readonly status: "ok" }
  | { readonly status: "error"; readonly error: CellError }
  | { readonly status: "interrupted"; readonly error: CellError };

/** A variable of the running kernel, for lists and pickers. */
export interface VariableSummary {
  readonly name: string;
  /** Python's type name: `ndarray`, `BatchNormalization`, `int`. */
  readonly type: string;
  readonly dtype: string | null;
  readonly shape: readonly number[] | null;
  /** True where the per-channel view can show it. */
  readonly hasChannels: boolean;
}

/** A tensor's own bytes, row-major, little-endian. */
export interface PackedTensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly bytes: Uint8Array;
}

export type ToKernel =
  | { readonly kind: "execute"; readonly id: number; readonly code: string; readonly cell: string }
  | { readonly kind: "variables"; readonly id: number }
  | {
      readonly kind: "channels";
      readonly id: number;
      readonly name: string;
      /** False leaves out what of a compared batch depends on its values alone: the asker has it. */
      readonly values: boolean;
    }
  | { readonly kind: "tensor"; readonly id: number; readonly name: string }
  | {
      readonly kind: "assign";
      readonly id: number;
      readonly name: string;
      readonly tensor: PackedTensor;
    }
  | { readonly kind: "ask"; readonly id: number; readonly question: Question }
  | { readonly kind: "inspect"; readonly id: number; readonly request: InspectionRequest };

/** What a kernel tells of its variables without being asked, after each cell. */
export type KernelNews =
  | { readonly kind: "state"; readonly state: KernelState }
  /** Statistics of a variable of the last state, when there was time to calculate them. */
  | { readonly kind: "summary"; readonly name: string; readonly summary: ValueSummary };

export type FromKernel =
  | { readonly kind: "ready" }
  | {
      readonly kind: "stream";
      readonly id: number;
      readonly stream: "stdout" | "stderr";
      readonly text: string;
    }
  | {
      readonly kind: "display";
      readonly id: number;
      readonly bundle: MimeBundle;
      /** The value of the cell's last expression, not what `display(…)` showed. */
      readonly isResult: boolean;
      /** It takes the place of an earlier display of the same id. */
      readonly displayId: string | null;
    }
  /** Takes away what the cell has shown: at once, or when it shows more. */
  | { readonly kind: "clear"; readonly id: number; readonly wait: boolean }
  | { readonly kind: "progress"; readonly id: number; readonly progress: CellProgress }
  | { readonly kind: "executed"; readonly id: number; readonly result: CellResult }
  | {
      readonly kind: "variables";
      readonly id: number;
      readonly variables: readonly VariableSummary[];
    }
  /** Null where the variable no longer exists or has no channels. */
  | { readonly kind: "channels"; readonly id: number; readonly payload: ChannelsPayload | null }
  /** Null where the variable no longer exists or is no array. */
  | { readonly kind: "tensor"; readonly id: number; readonly tensor: PackedTensor | null }
  | { readonly kind: "assigned"; readonly id: number }
  | { readonly kind: "answered"; readonly id: number; readonly answer: Answer }
  | {
      readonly kind: "inspected";
      readonly id: number;
      readonly answer: InspectionAnswers[InspectionRequest["ask"]];
    }
  | KernelNews;

/** What panels and notebook outputs ask of the kernel, through the editor. */
export interface ViewQuestion {
  readonly kind: "ask";
  /** The asker's own number, which the answer carries. */
  readonly id: number;
  readonly question: Question;
}

export interface ViewAnswer {
  readonly kind: "answer";
  readonly id: number;
  readonly answer: Answer;
}

export interface PanelContent {
  readonly kind: "show";
  readonly payload: ChannelsPayload;
  readonly strings: ViewStrings;
  /** The notebook whose kernel has the variable, as a URI. */
  readonly notebook: string;
}

export type ToPanel = PanelContent | ViewAnswer;

export type FromPanel =
  | { readonly kind: "ready" }
  /** The person chooses where. */
  | { readonly kind: "save"; readonly file: SavedFile }
  | ViewQuestion;
