/** @file Values of the wrong type or outside their range, and momentum as PyTorch counts it. */
import type { CallArgument } from "../../../python/calls.ts";
import { type Literal, numberIn } from "../../../python/literalValues.ts";
import { constructorArguments } from "../../signature.ts";
import { dtypes } from "../../values.ts";
import { pythonFloat, removeArgument, replace } from "../edits.ts";
import type { Constructor, Inspection } from "../inspection.ts";
import { convolutionRank, sizeOf } from "../layers.ts";
import { layerBefore } from "../neighbours.ts";
import { keras2Names, objectNames } from "../objectNames.ts";
import { type Fix, type Problem, possible, preferred, type Sentence } from "../problem.ts";
import { closest } from "../spelling.ts";
import { around, mentions, scopeAround, targetOf } from "../statements.ts";
import { isRenormOff } from "./features.ts";
import { largestPytorchMomentum, momentumByDefault } from "./momentumDefaults.ts";

export function* argumentValues(inspection: Inspection): Generator<Problem> {
  const defaults = new Set<number>();
  for (const maker of inspection.constructors)
    for (const [name, argument] of maker.given) {
      const known = constructorArguments.find((each) => each.name === name);
      // Before Keras 2, the first argument was the input's shape or epsilon.
      if (argument.index !== null && inspection.version.isFirst) continue;
      const literal = inspection.literal(argument);
      if (!known || !argument.value) continue;
      if (literal)
        yield* checkers[known.kind]?.({ name, argument, literal, maker, inspection }) ?? [];
      else if (isChannelCount(name, argument, inspection))
        yield axisRange({ argument, maker, inspection });
      else if (name === "axis") yield* channelsGiven(argument, maker, inspection);
      else if (name === "momentum") yield* momentumByDefault(argument, defaults, inspection);
    }
}

interface Given {
  readonly name: string;
  readonly argument: CallArgument;
  readonly literal: Literal;
  readonly maker: Constructor;
  readonly inspection: Inspection;
}

type Check = (given: Given) => Generator<Problem>;

const checkers: Partial<Record<(typeof constructorArguments)[number]["kind"], Check>> = {
  integer: axis,
  float: float,
  boolean: boolean,
  string: string,
  dict: dict,
  dtype: dtype,
  initializer: object("unknownInitializer"),
  regularizer: object("unknownRegularizer"),
  constraint: object("unknownConstraint"),
};

/** The value's span: of the whole argument's value, wherever the value itself was found. */
function at({ argument }: Given): { readonly from: number; readonly to: number } {
  const { from, to } = argument.value!;
  return { from, to };
}

function wrongType(given: Given, sentence: Sentence, fixes: readonly Fix[] = []): Problem {
  return {
    code: "argument-type",
    ...at(given),
    ...(isTaken(given) && { severity: "warning" as const }),
    sentence,
    facts: [given.name, shown(given)],
    fixes,
  };
}

/** Whether Keras takes the value without an error, by `int(axis)` or `float(momentum)` or as true. */
function isTaken({ name, literal, maker, inspection }: Given): boolean {
  const { kind } = literal;
  switch (name) {
    case "axis":
      if (kind === "string") return integerText.test(literal.value.trim());
      return kind === "float" || kind === "boolean";
    case "momentum":
    case "epsilon":
      if (kind === "string") return floatText.test(literal.value.trim());
      return kind === "boolean";
    case "renorm_momentum":
      return kind === "boolean" || isRenormOff(maker, inspection);
    case "renorm_clipping":
      return isRenormOff(maker, inspection);
    default:
      return /^(?:center|scale|renorm|synchronized)$/.test(name);
  }
}

const integerText = /^[-+]?\d+$/;
const floatText = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;

function shown(given: Given): string {
  return given.inspection.textOf(given.argument.value!).replace(/\s+/g, " ");
}

/** Whether the value stands in the call itself rather than behind a name. */
function isWritten({ argument }: Given): boolean {
  return argument.value!.name !== "VariableName" && argument.value!.name !== "MemberExpression";
}

function* axis(given: Given): Generator<Problem> {
  const { literal, inspection } = given;
  switch (literal.kind) {
    case "tuple":
    case "list":
      yield* axisList(given, literal.items);
      return;
    case "float":
      if (!Number.isInteger(literal.value)) {
        yield wrongType(given, "integerExpected", meantMomentum(given, literal.value));
        return;
      }
      if (Math.abs(literal.value) > largestAxis) yield axisRange(given);
      return;
    case "integer":
      if (Math.abs(literal.value) > largestAxis) yield axisRange(given);
      else if (literal.value === 0) yield batchAxis(given);
      return;
    case "string":
      yield wrongType(given, "integerExpected", unquoted(given, literal.value, integerText));
      return;
    case "boolean":
    case "none":
    case "dict":
      if (inspection.version.major !== 2 || literal.kind !== "none")
        yield wrongType(given, "integerExpected");
  }
}

/** More axes than any tensor of a model has; from here on it is a number of channels. */
const largestAxis = 7;

/** Names of how many channels there are, not of the axis that holds them. */
const channelCount =
  /(?:^|[._])(?:filters?_?num|(?:n|nb|num|number_of|in|input|out|output)_?(?:channels?|filters?|features?|units?|planes?)|filters|units|planes|inplanes|fmaps)$/i;

/** `BatchNormalization(out_channels)`, as PyTorch has it: what comes first here is the axis. */
function isChannelCount(
  name: string,
  { index, value }: CallArgument,
  inspection: Inspection,
): boolean {
  if (name !== "axis" || index !== 0 || !value) return false;
  const text = inspection.textOf(value);
  if (!channelCount.test(text)) return false;
  // What a call returns can be a tensor.
  const bindings = inspection.file.bindings.candidates(text, value);
  return !bindings.some((binding) => binding.value?.name === "CallExpression");
}

function axisRange({
  argument,
  maker,
  inspection,
}: Pick<Given, "argument" | "maker" | "inspection">): Problem {
  const { from, to } = argument.value!;
  const text = inspection.textOf(argument.value!).replace(/\s+/g, " ");
  return {
    code: "argument-range",
    from,
    to,
    sentence: "axisRange",
    facts: [text],
    fixes: [
      preferred("remove", [text], removeArgument(argument, maker.call.list, inspection.file)),
    ],
  };
}

/** `Conv2D(width, 3)`, then `BatchNormalization(width)`: whatever it is, it is no axis. */
function* channelsGiven(
  argument: CallArgument,
  maker: Constructor,
  inspection: Inspection,
): Generator<Problem> {
  const layer = layerBefore(maker, inspection)?.layer;
  if (!layer || (layer.className !== "Dense" && convolutionRank(layer.className) === null)) return;
  const [given, channels] = [argument.value, sizeOf(layer)?.value].map(
    (value) => value && inspection.textOf(value).replace(/\s+/g, ""),
  );
  if (given && given === channels) yield axisRange({ argument, maker, inspection });
}

function batchAxis(given: Given): Problem {
  return {
    code: "argument-range",
    ...at(given),
    sentence: "axisBatch",
    facts: [],
    fixes: isWritten(given) ? [possible("replace", ["-1"], replace(at(given), "-1"))] : [],
  };
}

/** `BatchNormalization(0.8)`: the first argument is the axis. */
function meantMomentum(given: Given, value: number): Fix[] {
  const { argument, maker } = given;
  const alone = maker.call.given.filter(({ index }) => index !== null).length === 1;
  if (argument.index !== 0 || !alone || maker.given.has("momentum") || value < 0.5 || value >= 1)
    return [];
  const text = `momentum=${shown(given)}`;
  return [preferred("replace", [text], replace(at(given), text))];
}

function* axisList(given: Given, items: readonly (Literal | null)[]): Generator<Problem> {
  const { major } = given.inspection.version;
  if (major === 2) return;
  const only = items.length === 1 ? numberIn(items[0]) : null;
  const fixes =
    only !== null && isWritten(given)
      ? [preferred("replace", [String(only)], replace(at(given), String(only)))]
      : [];
  yield {
    code: "axis-list",
    ...at(given),
    ...(major === 3 && { severity: "error" as const }),
    sentence: "axisList",
    facts: [shown(given)],
    fixes,
  };
}

function* float(given: Given): Generator<Problem> {
  const { name, literal } = given;
  if (literal.kind === "string")
    yield wrongType(given, "numberExpected", unquoted(given, literal.value, floatText));
  else if (/^(?:boolean|none|tuple|list|dict)$/.test(literal.kind))
    yield wrongType(given, "numberExpected");
  const value = numberIn(literal);
  if (value === null) return;
  if (name === "epsilon") yield* epsilon(given, value);
  else yield* momentum(given, value);
}

function unquoted(given: Given, text: string, pattern: RegExp): Fix[] {
  return pattern.test(text) && isWritten(given)
    ? [preferred("replace", [text], replace(at(given), text))]
    : [];
}

/** A larger epsilon outweighs the variance that inputs mostly have. */
const largestEpsilon = 1;

function* epsilon(given: Given, value: number): Generator<Problem> {
  if (value > largestEpsilon) {
    const power = Math.log10(value);
    const meant = Number.isInteger(power) ? `1e-${power}` : "1e-3";
    const fix = meant !== "1e-3" ? preferred : possible;
    yield {
      code: "argument-range",
      ...at(given),
      sentence: "epsilonLarge",
      facts: [shown(given)],
      fixes: isWritten(given) ? [fix("replace", [meant], replace(at(given), meant))] : [],
    };
    return;
  }
  if (value > 0 || (value === 0 && setsVariance(given))) return;
  const fixes = isWritten(given)
    ? [
        ...(value < 0
          ? [preferred("replace", [pythonFloat(-value)], replace(at(given), pythonFloat(-value)))]
          : []),
        possible("replace", ["1e-3"], replace(at(given), "1e-3")),
      ]
    : [];
  yield {
    code: "argument-range",
    ...at(given),
    sentence: "epsilonRange",
    facts: [shown(given)],
    fixes,
  };
}

/** Whether a layer gets its variance by hand: then it is known not to be zero. */
function setsVariance({ maker, inspection }: Given): boolean {
  const { call, given, node } = maker;
  if (given.has("moving_variance_initializer")) return true;
  if (call.given.some(({ keyword }) => keyword === "weights")) return true;
  const made = node.parent;
  const name = made?.name === "AssignStatement" ? targetOf(made, inspection.file) : null;
  if (!name) return false;
  const scope = name.includes(".") ? around(node, "ClassDefinition", "Script") : scopeAround(node);
  return ["set_weights", "moving_variance"].some((attribute) =>
    mentions(inspection.file, `${name}.${attribute}`, scope!.from, scope!.to),
  );
}

function* momentum(given: Given, value: number): Generator<Problem> {
  if (value < 0 || value > 1) {
    const percent = value > 1 && value < 100 ? pythonFloat(value / 100) : null;
    yield {
      code: "argument-range",
      ...at(given),
      sentence: "momentumRange",
      facts: [given.name, shown(given)],
      fixes:
        percent && value >= 50 && isWritten(given)
          ? [preferred("replace", [percent], replace(at(given), percent))]
          : [],
    };
    return;
  }
  if (value === 0 || value > largestPytorchMomentum || given.name !== "momentum") return;
  yield swapped(given) ?? {
    code: "pytorch-momentum",
    ...at(given),
    sentence: "pytorchMomentum",
    facts: [shown(given), pythonFloat(1 - value)],
    fixes: [complement(given, value)],
  };
}

/** `1 - m`, as a number where one is written, else as an expression. */
function complement(given: Given, value: number): Fix {
  const text = isWritten(given) ? pythonFloat(1 - value) : `1 - ${shown(given)}`;
  return preferred("complement", [text], replace(at(given), text));
}

/** The problem where momentum and epsilon have each other's value. */
function swapped(given: Given): Problem | null {
  const other = given.maker.given.get("epsilon");
  const value = numberIn(given.inspection.literal(other));
  if (!other?.value || value === null || value < 0.5) return null;
  const [mine, theirs] = [shown(given), given.inspection.textOf(other.value)];
  const edits = [replace(at(given), theirs), replace(other.value, mine)];
  return {
    code: "argument-range",
    ...at(given),
    sentence: "swappedMomentum",
    facts: [mine, theirs],
    fixes: [preferred("swap", ["momentum", "epsilon"], ...edits)],
  };
}

function* boolean(given: Given): Generator<Problem> {
  const { literal } = given;
  if (literal.kind === "string")
    yield wrongType(given, "booleanExpected", unquoted(given, literal.value, /^(?:True|False)$/));
  else if (literal.kind === "float" || literal.kind === "tuple" || literal.kind === "dict")
    yield wrongType(given, "booleanExpected");
  else if (
    given.name === "trainable" &&
    /^(?:integer|none|list)$/.test(literal.kind) &&
    !takesNumbers(given)
  )
    // Of all switches, this one must be a boolean indeed.
    yield wrongType(given, "booleanExpected", truthOf(given));
  else if (literal.kind === "integer" && literal.value !== 0 && literal.value !== 1)
    yield wrongType(given, "booleanExpected");
}

/** Whether it is 0 or 1 in Keras 2 without TensorFlow, which does not look at the type. */
function takesNumbers({ literal, inspection }: Given): boolean {
  const { major, ofTensorFlow } = inspection.version;
  const number = numberIn(literal);
  return major === 2 && !ofTensorFlow && (number === 0 || number === 1);
}

/** `True` for 1, `False` for 0. */
function truthOf(given: Given): Fix[] {
  const number = numberIn(given.literal);
  if (!isWritten(given) || (number !== 0 && number !== 1)) return [];
  const text = number === 1 ? "True" : "False";
  return [preferred("replace", [text], replace(at(given), text))];
}

function* string(given: Given): Generator<Problem> {
  if (/^(?:integer|float|boolean|tuple|list|dict)$/.test(given.literal.kind))
    yield wrongType(given, "stringExpected");
  else yield* slash(given);
}

/** `name="block/bn"`, which Keras 2 took. */
function* slash(given: Given): Generator<Problem> {
  const { literal, inspection } = given;
  if (given.name !== "name" || inspection.version.major !== 3) return;
  if (literal.kind !== "string" || !literal.value.includes("/")) return;
  const text = shown(given).replaceAll("/", "_");
  yield {
    code: "argument-range",
    severity: "error",
    ...at(given),
    sentence: "nameSlash",
    facts: [shown(given)],
    fixes: isWritten(given) ? [preferred("replace", [text], replace(at(given), text))] : [],
  };
}

function* dict(given: Given): Generator<Problem> {
  const { literal } = given;
  const isEmpty =
    ((literal.kind === "tuple" || literal.kind === "list") && literal.items.length === 0) ||
    (literal.kind === "boolean" && !literal.value);
  if (!isEmpty && /^(?:integer|float|boolean|tuple|list)$/.test(literal.kind))
    yield wrongType(given, "dictExpected");
}

/** Names of dtypes that Keras 3, or TensorFlow in its place, knows. */
const dtypeName =
  /^(?:b?float16|float(?:32|64)|mixed_b?float16|u?int(?:8|16|32|64)|q?u?int(?:8|16|32)|bool|string|half|double|float|complex(?:64|128)|float8\w*|u?int4|\w+_from_\w+)$/;

function* dtype(given: Given): Generator<Problem> {
  const { literal } = given;
  if (/^(?:integer|float|boolean|tuple|list)$/.test(literal.kind))
    yield wrongType(given, "dtypeExpected");
  else if (literal.kind === "string" && !dtypeName.test(literal.value)) {
    const meant = closest(literal.value, dtypes);
    // A policy can be registered under any name.
    if (!meant || given.inspection.everMentions(registering)) return;
    yield wrongType(given, "dtypeExpected", quoted(given, meant));
  }
}

/** A name in place of another, in its quotes. */
function quoted(given: Given, name: string): Fix[] {
  if (!isWritten(given)) return [];
  const quote = /["']/.exec(shown(given))?.[0] ?? '"';
  const text = `${quote}${name}${quote}`;
  return [preferred("replace", [text], replace(at(given), text))];
}

function unquotedNone(given: Given): Fix[] {
  return isWritten(given) && given.literal.kind === "string" && given.literal.value !== ""
    ? [preferred("replace", ["None"], replace(at(given), "None"))]
    : [];
}

/** What makes names known that are not Keras's own. */
const registering = /custom_object/;

function object(
  sentence: "unknownInitializer" | "unknownRegularizer" | "unknownConstraint",
): Check {
  const all: readonly string[] = objectNames[sentence];
  const now = all.filter((name) => !keras2Names.includes(name));
  return function* (given) {
    const { literal, inspection } = given;
    const names = inspection.version.major === 3 ? now : all;
    if (literal.kind === "string") {
      if (/^(?:none)?$/i.test(literal.value)) {
        yield wrongType(given, "objectExpected", unquotedNone(given));
        return;
      }
      if (names.includes(literal.value) || inspection.everMentions(registering)) return;
      const meant = closest(literal.value, names);
      // A name that resembles none may be registered elsewhere.
      if (!meant) return;
      yield {
        code: "unknown-object",
        ...at(given),
        sentence,
        facts: [literal.value, meant],
        fixes: quoted(given, meant),
      };
    } else if (/^(?:integer|float|boolean|tuple|list)$/.test(literal.kind))
      yield wrongType(given, "objectExpected");
  };
}
