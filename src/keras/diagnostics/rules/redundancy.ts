/** @file Weights that a batch normalization makes useless, or that make one of its own useless. */
import { normalizesChannels } from "../channelAxis.ts";
import { addArgument, replace } from "../edits.ts";
import { argumentsIn, type Constructor, type Inspection } from "../inspection.ts";
import { convolutionRank, keyword, type MadeLayer, unpacks } from "../layers.ts";
import { canBeFrozen } from "../models.ts";
import { applicationOfLayer, layerAfter, layerBefore } from "../neighbours.ts";
import { type Problem, preferred } from "../problem.ts";

/** A bias before a batch normalization is taken away again with the mean. */
export function* biasBefore(inspection: Inspection): Generator<Problem> {
  if (inspection.version.isFirst) return;
  for (const maker of inspection.constructors) {
    const before = layerBefore(maker, inspection);
    if (!before?.exclusive || !isLinear(before.layer) || keepsStatistics(maker, inspection))
      continue;
    const { layer } = before;
    if (!normalizesChannels(maker, layer, inspection)) continue;
    if (hasActivation(layer, inspection) || unpacks(layer) || tunesBias(layer)) continue;
    if (renorms(maker, inspection)) continue;
    const bias = keyword(layer, "use_bias");
    if (bias ? inspection.textOf(bias.value ?? bias) !== "True" : inspection.everMentions(loading))
      continue;
    const list = layer.node.getChild("ArgList")!;
    const { from, to } = bias ?? layer.node.firstChild!;
    yield {
      code: "bias-before-batch-norm",
      from,
      to,
      unnecessary: bias !== null,
      sentence: "biasBefore",
      facts: [layer.className],
      fixes: [
        preferred(
          "add",
          ["use_bias=False"],
          bias
            ? replace(bias, "use_bias=False")
            : addArgument("use_bias=False", list, layer.given, inspection.file),
        ),
      ],
    };
  }
}

/** `gamma` before a linear layer does what that layer's weights can do. */
export function* scaleBefore(inspection: Inspection): Generator<Problem> {
  if (inspection.version.isFirst) return;
  for (const maker of inspection.constructors) {
    if (maker.open || maker.partial || keepsStatistics(maker, inspection)) continue;
    if (inspection.everMentions(loading)) continue;
    const { given, call, node } = maker;
    if ([...given.keys()].some((name) => name.startsWith("gamma_"))) continue;
    // Keras takes no activation, but whoever gives one means it to come in between.
    if (given.has("weights") || given.has("activation")) continue;
    const scale = given.get("scale");
    if (scale?.value && inspection.textOf(scale.value) !== "True") continue;
    const after = layerAfter(maker, inspection);
    if (!after || !isLinear(after) || !normalizesChannels(maker, after, inspection)) continue;
    if (isBound(after)) continue;
    const { from, to } = scale ?? node.firstChild!;
    const edit = scale?.value
      ? replace(scale.value, "False")
      : addArgument("scale=False", call.list, call.given, inspection.file);
    yield {
      code: "scale-before-linear",
      from,
      to,
      sentence: "scaleBefore",
      facts: [after.className],
      fixes: [preferred("add", ["scale=False"], edit)],
    };
  }
}

/** Whether a layer is a matrix product or a convolution, with a bias of its own. */
function isLinear({ className }: MadeLayer): boolean {
  return className === "Dense" || convolutionRank(className) !== null;
}

/** Whether a layer's weights cannot be anything: then it cannot do what `gamma` does. */
function isBound(layer: MadeLayer): boolean {
  return (
    unpacks(layer) ||
    layer.given.some(({ keyword: name }) => /_constraint$|^trainable$/.test(name ?? ""))
  );
}

/** Unknown activations count as one: what is not linear keeps the bias useful. */
function hasActivation(layer: MadeLayer, inspection: Inspection): boolean {
  // `Dense(units, activation)`; for convolutions it comes later than anybody writes.
  const most = layer.className === "Dense" ? 1 : 4;
  if (layer.given.some(({ index }) => index !== null && index >= most)) return true;
  const activation = keyword(layer, "activation");
  if (!activation) return false;
  const literal = inspection.literal(activation);
  return !(literal?.kind === "none" || (literal?.kind === "string" && literal.value === "linear"));
}

/** Whether something is said of the bias, or an array for it is in a list of weights. */
function tunesBias({ given }: MadeLayer): boolean {
  return given.some(({ keyword: name }) => /^b(?:ias)?_|^bias$|^weights$/.test(name ?? ""));
}

/**
 * Whether a layer is frozen or called in inference mode, perhaps: then a bias moves its output, and
 * its `gamma` is not learned but given.
 */
function keepsStatistics(maker: Constructor, inspection: Inspection): boolean {
  if (canBeFrozen(maker, inspection)) return true;
  const application = applicationOfLayer(maker, inspection);
  const training =
    application &&
    argumentsIn(application, inspection.file).find(({ keyword }) => keyword === "training");
  return !!training?.value && /^(?:False|0)$/.test(inspection.textOf(training.value));
}

/** Whether a layer takes a moving mean away in training, too, which follows a bias only later. */
function renorms({ given }: Constructor, inspection: Inspection): boolean {
  const renorm = given.get("renorm")?.value;
  return !!renorm && inspection.textOf(renorm) !== "False";
}

/** What brings weights from elsewhere, which have a bias and a `gamma` where the layer has one. */
const loading = /\bload_weights\s*\(|\bset_weights\s*\(|\bby_name\s*=/;
