/** @file What can be told beside the code: a call's channels and values, PyTorch's momentum. */
import { layerCallsIn } from "../python/calls.ts";
import { literalOf, numberIn } from "../python/literalValues.ts";
import type { Span } from "../python/nodes.ts";
import type { SourceFile } from "../python/sourceFile.ts";
import { argumentName, CallFacts } from "./callFacts.ts";
import type { Language } from "./languages.ts";
import { complementOf, numberText, sourceText } from "./numberText.ts";
import { shapeText, valueCount, valueMeaning, valueWordsIn } from "./valueMeaning.ts";

export interface InlayHintText {
  readonly kind: "channels" | "torchMomentum";
  readonly offset: number;
  readonly text: string;
  readonly tooltip: string;
}

/** The hints of a part of a file. */
export function inlayHintsIn(
  file: SourceFile,
  part: Span,
  language: Language,
  earlier: readonly SourceFile[] = [],
): InlayHintText[] {
  return layerCallsIn(file, earlier, part)
    .map((call) => new CallFacts(call))
    .flatMap((facts) =>
      (facts.of === "constructor" ? momentumHints : channelHints)(facts, language),
    )
    .filter(({ offset }) => offset >= part.from && offset <= part.to);
}

/** `64 channels × 30,720 values`, behind the call of a layer on data of known shape. */
function channelHints(facts: CallFacts, language: Language): InlayHintText[] {
  const words = valueWordsIn[language];
  const channels = facts.channelCount?.channels ?? null;
  const count = valueCount(facts, words);
  if (channels === null || count === null) return [];
  const meaning = valueMeaning("axis", facts.maker?.literal("axis") ?? null, facts, language);
  return [
    {
      kind: "channels",
      offset: facts.call.list.to,
      text: words.channelsByValues(numberText(channels), count),
      tooltip: [words.ofShape(shapeText(facts.shape!, words)), ...meaning].join("\n\n"),
    },
  ];
}

/** `PyTorch 0.01`, behind `momentum=0.99`. */
function momentumHints(facts: CallFacts, language: Language): InlayHintText[] {
  const words = valueWordsIn[language];
  const given = facts.call.given.find((each) => argumentName(facts.of, each) === "momentum");
  const momentum = given?.value ? numberIn(literalOf(given.value, facts.call.meanings)) : null;
  if (momentum === null || !(momentum >= 0 && momentum <= 1)) return [];
  const other = sourceText(complementOf(momentum));
  return [
    {
      kind: "torchMomentum",
      offset: given!.value!.to,
      text: `PyTorch ${other}`,
      tooltip: words.torchTooltip(other),
    },
  ];
}
