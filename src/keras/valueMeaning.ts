/**
 * @file What the value of an argument does in the very call it is given in, calculated from the value,
 * from the other arguments and from the input's shape, as far as the text tells them.
 */
import { type Literal, numberIn } from "../python/literalValues.ts";
import type { CallFacts, ChannelCount } from "./callFacts.ts";
import type { Prose } from "./documentation.ts";
import type { Language } from "./languages.ts";
import {
  complementOf,
  numberText,
  percentText,
  roughText,
  sourceText,
  stepsFor,
} from "./numberText.ts";
import { objectMeaning } from "./objectMeaning.ts";
import { valueWords as english, type ValueWords } from "./valueWords.en.ts";
import { valueWords as chinese } from "./valueWords.zh-cn.ts";

export const valueWordsIn: Readonly<Record<Language, ValueWords>> = {
  en: english,
  "zh-cn": chinese,
};

/** The sentences about a value, the most useful first; none where there is nothing to add. */
export function valueMeaning(
  name: string,
  literal: Literal | null,
  facts: CallFacts,
  language: Language,
): readonly Prose[] {
  const words = valueWordsIn[language];
  if (name === "inputs" || name === "x") return sizeMeaning(facts, words);
  if (!literal) return [];
  return explainers[name]?.(literal, facts, words, name) ?? [];
}

type Explainer = (
  literal: Literal,
  facts: CallFacts,
  words: ValueWords,
  name: string,
) => readonly Prose[];

const explainers: Readonly<Record<string, Explainer>> = {
  axis: axisMeaning,
  momentum: momentumMeaning,
  renorm_momentum: (literal, facts, words) => {
    const unneeded = needsRenorm(facts, words);
    return unneeded.length > 0 ? unneeded : renormMomentumMeaning(literal, words);
  },
  epsilon: epsilonMeaning,
  center: (literal, facts, words) => {
    if (facts.of !== "constructor") return [];
    if (truth(literal)) return [words.betaYes(words.offsets(channelsText(facts)))];
    return truth(literal) === false
      ? [
          words.betaNo,
          ...idle(["beta_initializer", "beta_regularizer", "beta_constraint"], facts, words),
        ]
      : [];
  },
  scale: (literal, facts, words) => {
    if (facts.of === "function") return literal.kind === "none" ? [words.nothingScaled] : [];
    if (truth(literal)) return [words.gammaYes(words.scales(channelsText(facts)))];
    return truth(literal) === false
      ? [
          words.gammaNo,
          ...idle(["gamma_initializer", "gamma_regularizer", "gamma_constraint"], facts, words),
        ]
      : [];
  },
  offset: (literal, _, words) => (literal.kind === "none" ? [words.nothingAdded] : []),
  synchronized: (literal, _, words) =>
    yesOrNo(literal, words.synchronizedYes, words.synchronizedNo),
  renorm: (literal, facts, words) =>
    truth(literal) === false
      ? [words.renormNo, ...idle(["renorm_clipping", "renorm_momentum"], facts, words)]
      : yesOrNo(literal, words.renormYes, words.renormNo),
  renorm_clipping: (literal, facts, words) => {
    const unneeded = needsRenorm(facts, words);
    return unneeded.length > 0 ? unneeded : clippingMeaning(literal, words);
  },
  name: nameMeaning,
  dtype: dtypeMeaning,
  trainable: (literal, _, words) =>
    literal.kind === "boolean"
      ? yesOrNo(literal, words.trainableYes, words.trainableNo)
      : [words.notBoolean],
  training: (literal, facts, words) => {
    const trainable = facts.maker?.boolean("trainable");
    if (truth(literal) && trainable === false) return [words.trainingFrozen];
    if (literal.kind === "none") return [words.trainingNone];
    return yesOrNo(literal, words.trainingYes, words.trainingNo);
  },
  mask: (literal, _, words) => (literal.kind === "none" ? [words.maskNone] : []),
  ...Object.fromEntries(
    ["beta", "gamma", "moving_mean", "moving_variance"].flatMap((weight) =>
      ["initializer", "regularizer", "constraint"].map((kind) => [
        `${weight}_${kind}`,
        objectMeaning,
      ]),
    ),
  ),
};

/** Whether a value counts as true in Python; null where that is not known. */
export function truth(literal: Literal | null): boolean | null {
  switch (literal?.kind) {
    case "boolean":
      return literal.value;
    case "none":
      return false;
    case "integer":
    case "float":
      return literal.value !== 0;
    case "string":
      return literal.value !== "";
    default:
      return null;
  }
}

function yesOrNo(literal: Literal, yes: Prose, no: Prose): readonly Prose[] {
  const value = truth(literal);
  return value === null ? [] : [value ? yes : no];
}

function channelsText(facts: CallFacts): string | null {
  const channels = facts.channelCount?.channels ?? null;
  return channels === null ? null : numberText(channels);
}

/** Which of some arguments are given here for nothing. */
function idle(names: readonly string[], facts: CallFacts, words: ValueWords): readonly Prose[] {
  const given = names.filter((name) => facts.given(name)).map((name) => `\`${name}\``);
  return given.length > 0 ? [words.withoutEffect(given)] : [];
}

function needsRenorm(facts: CallFacts, words: ValueWords): readonly Prose[] {
  return truth(facts.literal("renorm")) === false ? [words.noRenorm] : [];
}

/** `30 · 32 · 32 = 30,720`, or `batch · 32 · 32` where the batch is open. */
export function valueCount(facts: CallFacts, words: ValueWords): string | null {
  const averaged = facts.channelCount?.averaged;
  if (!averaged || averaged.some(({ axis, length }) => length === null && axis !== 0)) return null;
  const known = averaged.reduce((product, { length }) => product * (length ?? 1), 1);
  if (averaged.some(({ length }) => length === null))
    return averaged.length === 1 ? words.batch : `${words.batch} · ${numberText(known)}`;
  return numberText(known);
}

function sizeMeaning(facts: CallFacts, words: ValueWords): readonly Prose[] {
  const channels = channelsText(facts);
  const count = valueCount(facts, words);
  return channels !== null && count !== null
    ? [`${words.channelsByValues(channels, count)}${words.stop}`]
    : [];
}

function axisMeaning(literal: Literal, facts: CallFacts, words: ValueWords): readonly Prose[] {
  if (literal.kind === "tuple" || literal.kind === "list") return [words.axisList];
  const given = numberIn(literal);
  if (given === null) return [];
  const axis = Math.trunc(given);
  const { shape, channelCount } = facts;
  const outside =
    shape && !channelCount ? words.axisOutside(String(axis), shapeText(shape, words)) : null;
  if (facts.of === "function") {
    // The function is given its statistics, and cuts no float.
    if (axis !== given) return [];
    return [outside ?? words.functionAxis(channelCount?.axis ?? axis, channelsText(facts))];
  }
  const cut = axis === given ? [] : [words.axisCut(String(axis))];
  const kept = channelCount ? axisSeen(channelCount, words) : axisUnseen(axis, words);
  return [outside ?? kept, ...cut];
}

function axisSeen({ axis, channels, averaged }: ChannelCount, words: ValueWords): Prose {
  if (averaged.length === 0) return words.axisAlone(String(axis));
  const axes = averaged.map((each) => String(each.axis));
  const lengths = averaged.map((each) =>
    each.length === null ? (each.axis === 0 ? words.batch : "?") : numberText(each.length),
  );
  const known = averaged.every(({ length }) => length !== null);
  const total = averaged.reduce((size, { length }) => size * (length ?? 1), 1);
  const result = known && lengths.length > 1 ? ` = ${numberText(total)}` : "";
  const count = `${lengths.join(" · ")}${result}`;
  return channels === null
    ? words.axisKeepsUnknown(String(axis), axes, count)
    : words.axisKeeps(String(axis), numberText(channels), axes, count);
}

function axisUnseen(axis: number, words: ValueWords): Prose {
  if (axis === -1) return words.axisLast;
  if (axis === 0) return words.axisZero;
  if (axis === 1) return words.axisFirst;
  if (axis === 3) return words.axisThird;
  return words.axisOther(String(axis), String(axis < 0 ? -axis : axis + 1));
}

/** `(30, 32, 32, 64)`, with the batch's word where it is open. */
export function shapeText(shape: readonly (number | null)[], words: ValueWords): string {
  const lengths = shape.map((length, axis) => length ?? (axis === 0 ? words.batch : "?"));
  return lengths.length === 1 ? `(${lengths[0]},)` : `(${lengths.join(", ")})`;
}

function momentumMeaning(literal: Literal, _: CallFacts, words: ValueWords): readonly Prose[] {
  const momentum = numberIn(literal);
  if (momentum === null) return [];
  if (momentum === 0) return [words.momentumZero];
  if (momentum === 1) return [words.momentumOne];
  if (!isShare(momentum)) return [words.momentumOutside];
  const sentence = words.momentum(...sharesOf(momentum), wayOf(momentum, words));
  return looksLikeTorch(momentum)
    ? [sentence, words.momentumFromTorch(sourceText(momentum), sourceText(complementOf(momentum)))]
    : [sentence];
}

function renormMomentumMeaning(literal: Literal, words: ValueWords): readonly Prose[] {
  const momentum = numberIn(literal);
  if (momentum === null) return [];
  if (momentum === 0) return [words.renormMomentumZero];
  if (momentum === 1) return [words.renormMomentumOne];
  if (!isShare(momentum)) return [words.renormMomentumOutside];
  return [words.renormMomentum(...sharesOf(momentum), wayOf(momentum, words))];
}

/** The momentum that does the same in PyTorch; nothing where none does, or where it was said. */
export function torchMeaning(literal: Literal | null, language: Language): readonly Prose[] {
  const momentum = numberIn(literal);
  if (momentum === null || !isShare(momentum) || looksLikeTorch(momentum)) return [];
  return [valueWordsIn[language].inTorch(sourceText(complementOf(momentum)))];
}

function isShare(momentum: number): boolean {
  return momentum >= 0 && momentum <= 1;
}

/** As the weight of the old value so small a one is rare, as that of the new value it is usual. */
function looksLikeTorch(momentum: number): boolean {
  return momentum > 0 && momentum <= 0.2;
}

/** What a step keeps, and what it takes. */
function sharesOf(momentum: number): [kept: string, taken: string] {
  return [percentText(momentum), percentText(complementOf(momentum))];
}

function wayOf(momentum: number, words: ValueWords): string {
  const [half, most] = [0.5, 0.95].map((share) => numberText(stepsFor(momentum, share)));
  return words.way(half, most);
}

function epsilonMeaning(literal: Literal, _: CallFacts, words: ValueWords): readonly Prose[] {
  const epsilon = numberIn(literal);
  if (epsilon === null) return [];
  if (epsilon === 0) return [words.epsilonZero];
  const root = Math.sqrt(Math.abs(epsilon));
  if (epsilon < 0) return [words.epsilonNegative(roughText(root))];
  // √(σ² / (σ² + ε)) is 0.99 where σ² = 0.99² / (1 − 0.99²) · ε.
  const visible = Math.sqrt((0.99 ** 2 / (1 - 0.99 ** 2)) * epsilon);
  const sentence = words.epsilon(roughText(visible), roughText(root));
  return [sentence, ...(epsilon > 0.1 ? [words.epsilonLarge] : [])];
}

function clippingMeaning(literal: Literal, words: ValueWords): readonly Prose[] {
  if (literal.kind === "none") return [words.clipNone];
  if (literal.kind !== "dict") return [];
  const bounds = new Map(literal.entries.map(([key, value]) => [key, numberIn(value)]));
  const wrong = [...bounds.keys()].find((key) => !/^(?:rmin|rmax|dmax)$/.test(key));
  if (wrong !== undefined) return [words.clipKey(wrong)];
  const [rmin, rmax, dmax] = ["rmin", "rmax", "dmax"].map((key) => bounds.get(key) ?? null);
  if (rmin !== null && rmax !== null && rmax < rmin) return [words.clipOrder];
  if (dmax !== null && dmax < 0) return [words.clipNegative];
  if ([...bounds.values()].includes(null)) return [];
  if (rmin === 1 && rmax === 1 && dmax === 0) return [words.clipPlain];
  if (bounds.size === 0) return [words.clipNone];
  const [from, to, far] = [rmin, rmax, dmax].map((bound) =>
    bound === null ? null : numberText(bound),
  );
  return [words.clip(words.clipR(from, to), words.clipD(far))];
}

function nameMeaning(literal: Literal, facts: CallFacts, words: ValueWords): readonly Prose[] {
  if (literal.kind === "none") return [words.nameNone];
  if (literal.kind !== "string") return [];
  if (literal.value.includes("/")) return [words.nameSlash];
  const [scale, center, renorm] = ["scale", "center", "renorm"].map((switched) =>
    truth(facts.literal(switched)),
  );
  // Which weights there are is not known, or they have no name before theirs.
  if (scale === null || center === null || renorm === null || literal.value === "") return [];
  const weights = [
    ...(scale ? ["gamma"] : []),
    ...(center ? ["beta"] : []),
    "moving_mean",
    "moving_variance",
    ...(renorm ? ["moving_stddev", "renorm_mean", "renorm_stddev"] : []),
  ];
  return [words.nameWeights(weights.map((weight) => `\`${literal.value}/${weight}\``))];
}

const integers = /^(?:u?int(?:8|16|32|64)|bool)$/;

function dtypeMeaning(literal: Literal, _: CallFacts, words: ValueWords): readonly Prose[] {
  if (literal.kind === "none") return [words.dtypeNone];
  const path = literal.kind === "path" ? literal.path : "";
  const name = literal.kind === "string" ? literal.value : /\.(\w+)$/.exec(path)?.[1];
  if (name === undefined) return [];
  if (name === "float32") return [words.dtypeFloat32];
  if (name === "float64") return [words.dtypeFloat64];
  if (name === "float16" || name === "bfloat16") return [words.dtypeHalf(name)];
  const mixed = /^mixed_(b?float16)$/.exec(name)?.[1];
  if (mixed) return [words.dtypeMixed(mixed)];
  if (literal.kind === "path") return integers.test(name) ? [words.dtypeInteger(name)] : [];
  // As names of a policy these two are the beginning of a quantized one, and no type.
  if (integers.test(name) && !/^u?int4$|^int8$/.test(name)) return [words.dtypeInteger(name)];
  return /^(?:complex(?:64|128)|string)$|_from_/.test(name) ? [] : [words.dtypeUnknown];
}
