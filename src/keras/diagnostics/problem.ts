/**
 * @file A problem as data: its code, where it is, the facts of the sentence about it, and the edits
 * that would end it. The host makes words of it.
 */
import type { Span } from "../../python/nodes.ts";
import type { Code, Severity } from "./codes.ts";

/** Which sentence says it. `{0}`, `{1}`, … are the problem's facts. */
export type Sentence =
  | "unknownArgument"
  | "misspeltArgument"
  | "unknownCallArgument"
  | "repeatedArgument"
  | "tooManyArguments"
  | "removedArgument"
  | "renamedArgument"
  | "keras2Argument"
  | "numberExpected"
  | "integerExpected"
  | "booleanExpected"
  | "stringExpected"
  | "objectExpected"
  | "dictExpected"
  | "dtypeExpected"
  | "nameSlash"
  | "axisRange"
  | "axisBatch"
  | "momentumRange"
  | "epsilonRange"
  | "epsilonLarge"
  | "unknownInitializer"
  | "unknownRegularizer"
  | "unknownConstraint"
  | "pytorchMomentum"
  | "swappedMomentum"
  | "axisList"
  | "axisAfterChannelsFirst"
  | "axisAfterChannelsLast"
  | "biasBefore"
  | "scaleBefore"
  | "trainingMissing"
  | "trainableAfterCompile"
  | "layerUnused"
  | "outputUnused"
  | "madeInCall"
  | "parenthesesMissing"
  | "tensorGiven"
  | "batchSizeOne"
  | "inputBatchSizeOne"
  | "maskRank"
  | "synchronizedBackend"
  | "clippingKey"
  | "clippingRange"
  | "clippingNegative"
  | "clippingWithoutRenorm"
  | "weightsOrder";

/** What a fix does, for its title. `{0}`, `{1}`, … are the fix's facts. */
export type FixTitle =
  | "replace"
  | "rename"
  | "remove"
  | "add"
  | "complement"
  | "swap"
  | "moveAboveCompile"
  | "compileAgain"
  | "callIt"
  | "callOnInput";

export interface Edit extends Span {
  readonly text: string;
}

export interface Fix {
  readonly title: FixTitle;
  readonly facts: readonly string[];
  readonly edits: readonly Edit[];
  /** Whether it is what was meant, almost surely. */
  readonly preferred: boolean;
}

export interface Problem extends Span {
  readonly code: Code;
  readonly sentence: Sentence;
  readonly facts: readonly string[];
  readonly fixes: readonly Fix[];
  /** In place of the code's own severity, where less or more is certain than usual. */
  readonly severity?: Severity;
  /** Whether the text could as well not be there. */
  readonly unnecessary?: boolean;
}

/** A fix that is the only sensible one. */
export function preferred(title: FixTitle, facts: readonly string[], ...edits: Edit[]): Fix {
  return { title, facts, edits, preferred: true };
}

/** A fix that the person has to choose. */
export function possible(title: FixTitle, facts: readonly string[], ...edits: Edit[]): Fix {
  return { title, facts, edits, preferred: false };
}
