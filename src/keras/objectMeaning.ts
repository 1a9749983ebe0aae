/** @file What an initializer, a regularizer or a constraint does to a layer's weight in one call. */
import { type Literal, numberIn } from "../python/literalValues.ts";
import type { CallFacts } from "./callFacts.ts";
import type { Prose } from "./documentation.ts";
import { numberText, percentText, roughText } from "./numberText.ts";
import { classNamed, type Family, type KerasClass, parameterNamed } from "./values.ts";
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
  const made = madeBy(literal, family as Family);
  if (made === "unknown") return [words.unknownName(family)];
  // A name without its arguments is an error even where nothing is made of it.
  if (made?.byName && made.of.names.length === 0) return [words.needsArguments];
  const unused = unusedWeight(weight, facts, words);
  if (unused.length > 0) return unused;
  if (literal.kind === "none") return noneMeaning(weight, family as Family, facts, words);
  if (!made) return [];
  if (!made.of.vector) return [words.needsMatrix(family)];
  return meaningOf(made, weight, facts, words);
}

function noneMeaning(
  weight: string,
  family: Family,
  facts: CallFacts,
  words: ValueWords,
): readonly Prose[] {
  if (family === "regularizer") return [words.noPenalty];
  if (family === "constraint") return [words.noConstraint];
  // What `Layer.add_weight` takes where no initializer is given.
  const made = withDefaults(family, classNamed(family, "glorot_uniform")!, false);
  return [words.initializerNone, ...startMeaning(made, weight, facts, words)];
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
      for (const [keyword, value] of Object.entries(literal.keywords))
        if (parameterNamed(of.className, keyword) === parameter) return numberIn(value);
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
  const text = (parameter: string) => {
    const value = made.number(parameter);
    return value === null ? `\`${parameter}\`` : numberText(value);
  };
  const negative =
    weight === "moving_variance" && drawsNegative(made) ? [words.varianceDrawnNegative] : [];
  switch (made.of.className) {
    case "Zeros":
      return [words.startsAt(what, "0"), ...startAt(0, weight, facts, words)];
    case "Ones":
      return [words.startsAt(what, "1"), ...startAt(1, weight, facts, words)];
    case "Constant": {
      const value = made.number("value");
      if (value === null) return [];
      return [words.startsAt(what, numberText(value)), ...startAt(value, weight, facts, words)];
    }
    case "RandomNormal":
      return [words.startsNormal(what, text("mean"), text("stddev")), ...negative];
    case "TruncatedNormal":
      return [words.startsTruncated(what, text("mean"), text("stddev")), ...negative];
    case "RandomUniform":
      return [words.startsUniform(what, text("minval"), text("maxval")), ...negative];
    default:
      return [scaledStart(made, what, facts, words), ...negative];
  }
}

/** Whether some of the values that a random initializer draws are below 0. */
function drawsNegative({ of, number }: Made): boolean {
  if (of.className === "RandomUniform") return (number("minval") ?? 0) < 0;
  const [mean, stddev] = [number("mean"), number("stddev")];
  if (/^(?:Random|Truncated)Normal$/.test(of.className))
    return mean !== null && stddev !== null && mean < 2 * stddev;
  return true;
}

/** Variances times fan, which for a vector is its length: 2 for He, 1 for Glorot and LeCun. */
function scaledStart(made: Made, what: string, facts: CallFacts, words: ValueWords): Prose {
  const channels = facts.channelCount?.channels;
  const { className } = made.of;
  const gain =
    className === "VarianceScaling" ? made.number("scale") : className.startsWith("He") ? 2 : 1;
  return channels && gain !== null && gain > 0
    ? words.startsDrawn(what, roughText(Math.sqrt(gain / channels)))
    : words.startsScaled(what);
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
  if (value + epsilon === 0) return [];
  if (value === 0) return [words.varianceZeros(roughText(1 / Math.sqrt(epsilon)))];
  const root = Math.sqrt(value + epsilon);
  return value === 1 && Math.abs(root - 1) < 0.01
    ? [words.varianceOnes(String(Number(root.toFixed(4))))]
    : [words.varianceOther(numberText(value), numberText(root))];
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
    case "MinMaxNorm": {
      const [from, to, rate] = [text("min_value"), text("max_value"), made.number("rate")];
      return rate === 1
        ? [words.normRange(weight, from, to), ...shrunk(made.number("max_value"))]
        : [words.normRangePart(weight, from, to, rate === null ? text("rate") : percentText(rate))];
    }
    default:
      return [words.unitNorm(weight), ...shrunk(1)];
  }
}
