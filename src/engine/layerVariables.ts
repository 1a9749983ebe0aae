/**
 * @file The variables of a batch-normalization layer, created when it is built.
 */
import { type DType, isFloat } from "./dtype.ts";
import { EngineError } from "./errors.ts";
import { type Initializer, initializers } from "./initializers.ts";
import { getKerasObject } from "./kerasObjects.ts";
import type { LayerArguments } from "./layerArguments.ts";
import { truth } from "./pythonValues.ts";
import type { RandomStreamFactory } from "./random.ts";
import { formatShape, type PartialShape, resolveAxis } from "./shape.ts";
import { numericValues, type Tensor, tensorFrom } from "./tensor.ts";
import { type TensorFormatter, Variable, type VariableOptions } from "./variable.ts";

/** The variables of a built layer, one value per channel each. */
export interface LayerVariables {
  readonly inputShape: PartialShape;
  readonly gamma: Variable | null;
  readonly beta: Variable | null;
  readonly movingMean: Variable;
  readonly movingVariance: Variable;
  readonly renorm: {
    readonly movingStddev: Variable;
    readonly renormMean: Variable;
    readonly renormStddev: Variable;
  } | null;
  /** In Keras's order: what can be trained first. */
  readonly all: readonly Variable[];
}

/** What the variables take over from their layer. */
export interface VariableOwner {
  readonly path: string;
  readonly trainable: boolean;
  readonly dtype: DType;
  readonly streams: RandomStreamFactory | undefined;
  readonly format: TensorFormatter | undefined;
}

/**
 * Creates the variables that a layer's arguments ask for.
 * @throws IndexError where the axis does not exist; ValueError where the number of channels is not
 *   known or an initializer cannot make the shape; TypeError where renorm lacks an initializer.
 */
export function createLayerVariables(
  inputShape: PartialShape,
  args: LayerArguments,
  owner: VariableOwner,
): LayerVariables {
  const channels = inputShape[resolveAxis(inputShape, args.axis)];
  const all: Variable[] = [];
  const gamma = truth(args.scale)
    ? add("gamma", args.gammaInitializer, {
        trainable: owner.trainable,
        regularizer: args.gammaRegularizer,
        constraint: args.gammaConstraint,
      })
    : null;
  const beta = truth(args.center)
    ? add("beta", args.betaInitializer, {
        trainable: owner.trainable,
        regularizer: args.betaRegularizer,
        constraint: args.betaConstraint,
      })
    : null;
  const movingMean = add("moving_mean", args.movingMeanInitializer);
  const movingVariance = add("moving_variance", args.movingVarianceInitializer);
  const renorm = truth(args.renorm)
    ? {
        movingStddev: addDeviation("moving_stddev"),
        renormMean: add("renorm_mean", args.movingMeanInitializer?.clone() ?? null),
        renormStddev: addDeviation("renorm_stddev"),
      }
    : null;
  return { inputShape: [...inputShape], gamma, beta, movingMean, movingVariance, renorm, all };

  function add(
    name: string,
    initializer: Initializer | null,
    more: Partial<VariableOptions> = {},
  ): Variable {
    const path = `${owner.path}/${name}`;
    if (channels === null) {
      throw new EngineError(
        "ValueError",
        "Shapes used to initialize variables must be fully-defined (no `None` dimensions). " +
          `Received: shape=${formatShape([channels])} for variable path='${path}'`,
      );
    }
    const value = initialValue(initializer, [channels], owner);
    const format = owner.format && { format: owner.format };
    const variable = new Variable({ name, path, value, trainable: false, ...format, ...more });
    all.push(variable);
    return variable;
  }

  /** A deviation starts at the root of what the variance's initializer gives. */
  function addDeviation(name: string): Variable {
    const initializer = args.movingVarianceInitializer;
    if (!initializer) throw new EngineError("TypeError", "'NoneType' object is not callable");
    const variable = add(name, initializer.clone());
    const roots = Float64Array.from(numericValues(variable.value), Math.sqrt);
    variable.assign(tensorFrom(roots, variable.shape, variable.dtype));
    return variable;
  }
}

/** Without an initializer Keras draws floats from Glorot's uniform distribution. */
function initialValue(
  initializer: Initializer | null,
  shape: readonly number[],
  { dtype, streams }: VariableOwner,
): Tensor {
  const fallback = isFloat(dtype) ? "glorot_uniform" : "zeros";
  const chosen = initializer ?? getKerasObject(initializers, fallback)!;
  return chosen.generate(shape, dtype, streams);
}

/**
 * Replaces the values of a layer's weights, in their order; all of them or, on an error, none.
 * @throws ValueError with Keras's words where their number or a shape differs.
 */
export function assignWeights(
  name: string,
  weights: readonly Variable[],
  values: readonly Tensor[],
): void {
  if (values.length !== weights.length) {
    throw new EngineError(
      "ValueError",
      `You called \`set_weights(weights)\` on layer '${name}' with a weight list of length ` +
        `${values.length}, but the layer was expecting ${weights.length} weights.`,
    );
  }
  weights.forEach(({ shape }, i) => {
    const given = formatShape(values[i].shape);
    if (formatShape(shape) === given) return;
    throw new EngineError(
      "ValueError",
      `Layer ${name} weight shape ${formatShape(shape)} is not compatible with provided ` +
        `weight shape ${given}.`,
    );
  });
  weights.forEach((variable, i) => {
    variable.assign(values[i]);
  });
}
