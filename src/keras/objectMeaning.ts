/** @file What an initializer, a regularizer or a constraint does to a layer's weight in one call. */
import { type Literal, numberIn } from "../python/literalValues.ts";
import type { CallFacts } from "./callFacts.ts";
import type { Prose } from "./documentation.ts";
import { numberText, roughText } from "./numberText.ts";
import { classNamed, type Family, type KerasClass } from "./values.ts";
import type { ValueWords } from "./valueWords.en.ts";

/** The class that a value names or makes, with the arguments it is given. */
interface Made {
  readonly family: Family;
  readonly of: KerasClass;
  /** A parameter's value: as given, or its default; null where the text does not tell. */
  readonly number: (parameter: string) => number | null;
  /** Whether only the name stands there. */
  readonly byName: boolean;
}

/** The sentences about `gamma_initializer='zeros'` and the like. */
export function objectMeaning(
  literal: Literal,
  facts: CallFacts,
  words: ValueWords,
  name: string,
): readonly Prose[] {
  const [, weight, family] = /^(.*)_(initializer|regularizer|constraint)$/.exec(name) ?? [];
  if (!weight) return [];
  const unused = unusedWeight(weight, facts, words);
  if (literal.kind === "none" && family === "regularizer") return [words.noPenalty, ...unused];
  if (literal.kind === "none" && family === "constraint") return [words.noConstraint, ...unused];
  const made = madeBy(literal, family as Family);
  if (made === "unknown") return [words.unknownName(family)];
  if (!made) return unused;
  if (!made.of.vector) return [words.needsMatrix];
  return [...meaningOf(made, weight, facts, words), ...unused];
}

function unusedWeight(weight: string, facts: CallFacts, words: ValueWords): readonly Prose[] {
  const cause = { beta: "center", gamma: "scale" }[weight];
  if (!cause || facts.boolean(cause) !== false) return [];
  return [words.noWeight(`${cause}=False`)];
}

function madeBy(literal: Literal, family: Family): Made | "unknown" | null {
  if (literal.kind === "string") {
    // An alias of the module that `get` does not know.
    const of = literal.value === "l1_l2" ? null : classNamed(family, literal.value);
    const isConstant = family === "initializer" && /^[cC]onstant$/.test(literal.value);
    if (isConstant) return withDefaults(family, classNamed(family, "Constant")!, true);
    return of ? withDefaults(family, of, true) : "unknown";
  }
  if (literal.kind !== "path" && literal.kind !== "object") return null;
  const [, className] =
    /\.(?:initializers|regularizers|constraints)\.(\w+)$/.exec(literal.path) ?? [];
  const of = className ? classNamed(family, className) : null;
  if (!of) return null;
  if (literal.kind === "path") return withDefaults(family, of, false);
  return {
    family,
    of,
    byName: false,
    number: (parameter) => {
      const index = of.parameters.findIndex(([each]) => each === parameter);
      if (Object.hasOwn(literal.keywords, parameter)) return numberIn(literal.keywords[parameter]);
      if (index < literal.positional.length) return numberIn(literal.positional[index]);
      return of.parameters[index]?.[1] ?? null;
    },
  };
}

function withDefaults(family: Family, of: KerasClass, byName: boolean): Made {
  const number = (parameter: string) =>
    of.parameters.find(([each]) => each === parameter)?.[1] ?? null;
  return { family, of, byName, number };
}

function meaningOf(
  made: Made,
  weight: string,
  facts: CallFacts,
  words: ValueWords,
): readonly Prose[] {
  if (made.family === "initializer") return startMeaning(made, weight, facts, words);
  return made.family === "regularizer"
    ? penaltyMeaning(made, weight, facts, words)
    : boundMeaning(made, weight, facts, words);
}

function startMeaning(
  made: Made,
  weight: string,
  facts: CallFacts,
  words: ValueWords,
): readonly Prose[] {
  const what = words.affected(weight);
  const { className } = made.of;
  const text = (parameter: string) => {
    const value = made.number(parameter);
    return value === null ? `\`${parameter}\`` : numberText(value);
  };
  switch (className) {
    case "Zeros":
      return [words.startsAt(what, "0"), ...startAt(0, weight, facts, words)];
    case "Ones":
      return [words.startsAt(what, "1"), ...startAt(1, weight, facts, words)];
    case "Constant": {
      if (made.byName) return [words.needsArguments];
      const value = made.number("value");
      if (value === null) return [];
      return [words.startsAt(what, numberText(value)), ...startAt(value, weight, facts, words)];
    }
    case "RandomNormal":
      return [words.startsNormal(what, text("mean"), text("stddev"))];
    case "TruncatedNormal":
      return [words.startsTruncated(what, text("mean"), text("stddev"))];
    case "RandomUniform":
      return [words.startsUniform(what, text("minval"), text("maxval"))];
    default:
      return [scaledStart(className, what, facts, words)];
  }
}

/** Variances times fan, which for a vector is its length: 2 for He, 1 for the others. */
function scaledStart(className: string, what: string, facts: CallFacts, words: ValueWords): Prose {
  const channels = facts.channelCount?.channels;
  if (!channels) return words.startsScaled(what);
  const gain = className.startsWith("He") ? 2 : 1;
  return words.startsDrawn(what, roughText(Math.sqrt(gain / channels)));
}

/** What follows from a weight that starts with the same value in every channel. */
function startAt(
  value: number,
  weight: string,
  facts: CallFacts,
  words: ValueWords,
): readonly Prose[] {
  if (weight === "gamma") return value === 0 ? [words.gammaZeros] : [];
  if (weight === "beta") return value > 0 ? [words.betaOnesRelu] : [];
  if (weight === "moving_mean") return value === 0 ? [] : [words.meanNotZero];
  const epsilon = facts.number("epsilon");
  if (epsilon === null) return [];
  if (value + epsilon < 0) return [words.varianceNegative];
  if (value === 1) return [words.varianceOnes(String(Number(Math.sqrt(1 + epsilon).toFixed(4))))];
  return value === 0 && epsilon > 0 ? [words.varianceZeros(roughText(1 / Math.sqrt(epsilon)))] : [];
}

function penaltyMeaning(
  made: Made,
  weight: string,
  facts: CallFacts,
  words: ValueWords,
): readonly Prose[] {
  const [l1, l2] = [made.number("l1"), made.number("l2")];
  const channels = facts.channelCount?.channels ?? null;
  const rates = { L1: [l1, 0], L2: [0, l2], L1L2: [l1, l2] }[made.of.className];
  if (!rates || rates[0] === null || rates[1] === null) return [];
  const [first, second] = rates;
  const start =
    weight === "gamma" && channels !== null && startsWithOnes(facts)
      ? [words.penaltyAtStart(numberText(channels), numberText(channels * (first! + second!)))]
      : [];
  if (first === 0 && second === 0) return [words.penaltyNothing];
  if (second === 0) return [words.penaltyL1(numberText(first!), weight), ...start];
  if (first === 0) return [words.penaltyL2(numberText(second!), weight), ...start];
  return [words.penaltyBoth(numberText(first!), numberText(second!), weight), ...start];
}

function startsWithOnes(facts: CallFacts): boolean {
  const literal = facts.literal("gamma_initializer");
  return (
    facts.boolean("scale") === true && literal?.kind === "string" && /^ones?$/i.test(literal.value)
  );
}

function boundMeaning(
  made: Made,
  weight: string,
  facts: CallFacts,
  words: ValueWords,
): readonly Prose[] {
  const channels = facts.channelCount?.channels ?? null;
  const text = (parameter: string) => {
    const value = made.number(parameter);
    return value === null ? `\`${parameter}\`` : numberText(value);
  };
  const norm =
    weight === "gamma" && channels !== null && startsWithOnes(facts) ? Math.sqrt(channels) : null;
  const shrunk = (to: number | null) =>
    norm !== null && to !== null && to < norm
      ? [words.normAtStart(numberText(channels!), roughText(norm), roughText(to / norm))]
      : [];
  switch (made.of.className) {
    case "NonNeg":
      return [words.nonNegative(weight)];
    case "MaxNorm":
      return [words.maximumNorm(weight, text("max_value")), ...shrunk(made.number("max_value"))];
    case "MinMaxNorm":
      return [
        words.normRange(weight, text("min_value"), text("max_value")),
        ...shrunk(made.number("rate") === 1 ? made.number("max_value") : null),
      ];
    default:
      return [words.unitNorm(weight), ...shrunk(1)];
  }
}
