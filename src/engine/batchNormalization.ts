/**
 * @file `keras.layers.BatchNormalization` (Keras 3.16): its variables, training and inference.
 */

import { type CallOptions, callOptions } from "./callOptions.ts";
import { isFloat } from "./dtype.ts";
import { EngineError } from "./errors.ts";
import { checkInput } from "./inputSpec.ts";
import { workingType } from "./jobs/tiles.ts";
import { type LayerArguments, parseLayerArguments } from "./layerArguments.ts";
import { layerConfig } from "./layerConfig.ts";
import { assignWeights, createLayerVariables, type LayerVariables } from "./layerVariables.ts";
import { checkMaskRank } from "./mask.ts";
import { type Moments, moments } from "./moments.ts";
import { NameAllocator } from "./names.ts";
import { applyTransform } from "./normalization.ts";
import {
  type LayerState,
  layerState,
  meanUpdates,
  type NormalizationStep,
  normalizationStep,
  type StatisticsUpdates,
  statisticsUpdates,
} from "./normalizationStep.ts";
import { DTypePolicy, serializedPolicyName } from "./policy.ts";
import { type Config, type ConfigValue, isDict, pythonRepr, truth } from "./pythonValues.ts";
import type { RandomStreamFactory } from "./random.ts";
import { checkReplicas, type ReplicaThreads, runReplicas } from "./replicas.ts";
import type { ReplicaStatistics } from "./replicaThread.ts";
import { formatShape, type PartialShape } from "./shape.ts";
import {
  allocateTensor,
  castTensor,
  checkOut,
  copyTensor,
  numericValues,
  type Tensor,
  tensorFrom,
} from "./tensor.ts";
import { type BatchMoments, type StatisticsPair, TrainingSteps } from "./trainingSteps.ts";
import type { TensorFormatter, Variable } from "./variable.ts";

export interface LayerOptions {
  /** Whose rules apply where Keras's backends differ; `synchronized=True` needs TensorFlow's. */
  readonly backend?: "numpy" | "tensorflow";
  /** Names layers that are given no name; by default each is the first of its kind. */
  readonly names?: NameAllocator;
  /** What `dtype=None` means; float32 by default. */
  readonly defaultPolicy?: DTypePolicy;
  /** Where random initializers draw from. */
  readonly streams?: RandomStreamFactory;
  /** Prints the values of variables in error messages. */
  readonly format?: TensorFormatter;
}

/** What came of a call whose batch was split over replicas. */
export interface ReplicatedCall {
  /** What the replicas normalized by. */
  readonly statistics: ReplicaStatistics;
  /** Of the whole batch, the replicas' parts in order. */
  readonly output: Tensor;
  /** Moments of each replica's part; NaN where it is empty. */
  readonly replicas: readonly Moments[];
  /** Moments of the whole batch, merged from the parts. */
  readonly global: Moments;
}

/**
 * Normalizes each channel to mean 0 and variance 1, then scales by gamma and offsets by beta:
 * `gamma * (x - mean) / sqrt(variance + epsilon) + beta` (Ioffe & Szegedy, 2015). A training call
 * takes the statistics of the batch and moves the moving statistics towards them; inference, and
 * every call of a frozen layer, takes the moving statistics.
 *
 * Statistics and results are computed in double precision and rounded once.
 */
export class BatchNormalization {
  readonly className = "BatchNormalization";
  readonly pythonModule = "keras.src.layers.normalization.batch_normalization";
  readonly name: string;
  /** What the paths of its variables begin with: its name, and those of the layers around it. */
  path: string;
  readonly policy: DTypePolicy;
  readonly axis: number;
  momentum: number;
  epsilon: number;
  /** Of the training calls that were not frozen. */
  readonly trainingSteps = new TrainingSteps();
  readonly #arguments: LayerArguments;
  readonly #options: LayerOptions;
  #activityLoss: Tensor | null = null;
  #trainable: boolean;
  #variables: LayerVariables | null = null;

  /**
   * @param config Arguments by Keras's names; those left out have Keras's defaults.
   * @throws ValueError, TypeError, KeyError or OverflowError with Keras's or CPython's words.
   */
  constructor(config: Config = {}, options: LayerOptions = {}) {
    this.#options = options;
    const names = options.names ?? new NameAllocator();
    this.#arguments = parseLayerArguments(config, {
      backend: options.backend ?? "numpy",
      defaultPolicy: options.defaultPolicy ?? new DTypePolicy("float32"),
      nextName: () => names.next("BatchNormalization"),
    });
    const { name, policy, axis, momentum, epsilon, trainable } = this.#arguments;
    this.name = name;
    this.path = name;
    this.policy = policy;
    this.axis = axis;
    this.momentum = momentum;
    this.epsilon = epsilon;
    this.#trainable = trainable;
  }

  /**
   * The layer that a `getConfig` describes.
   * @throws TypeError with Keras's words around whatever the constructor raised.
   */
  static fromConfig(config: Config, options: LayerOptions = {}): BatchNormalization {
    const { dtype } = config;
    const named = dtype !== undefined && isDict(dtype) ? serializedPolicyName(dtype) : undefined;
    const args = named === undefined ? config : { ...config, dtype: named };
    try {
      return new BatchNormalization(args, options);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      throw new EngineError(
        "TypeError",
        `Error when deserializing class 'BatchNormalization' using config=${pythonRepr(args)}.` +
          `\n\nException encountered: ${error.message}`,
      );
    }
  }

  get center(): ConfigValue {
    return this.#arguments.center;
  }

  get scale(): ConfigValue {
    return this.#arguments.scale;
  }

  get renorm(): ConfigValue {
    return this.#arguments.renorm;
  }

  get synchronized(): ConfigValue {
    return this.#arguments.synchronized;
  }

  /** The arguments as converted. */
  get arguments(): LayerArguments {
    return this.#arguments;
  }

  get built(): boolean {
    return this.#variables !== null;
  }

  /** The shape that the layer was built with; null before. */
  get inputShape(): PartialShape | null {
    return this.#variables?.inputShape ?? null;
  }

  get gamma(): Variable | null {
    return this.#variables?.gamma ?? null;
  }

  get beta(): Variable | null {
    return this.#variables?.beta ?? null;
  }

  get movingMean(): Variable | null {
    return this.#variables?.movingMean ?? null;
  }

  get movingVariance(): Variable | null {
    return this.#variables?.movingVariance ?? null;
  }

  /** Kept by renorm layers alone. */
  get movingStddev(): Variable | null {
    return this.#variables?.renorm?.movingStddev ?? null;
  }

  /** Kept by renorm layers alone. */
  get renormMean(): Variable | null {
    return this.#variables?.renorm?.renormMean ?? null;
  }

  /** Kept by renorm layers alone. */
  get renormStddev(): Variable | null {
    return this.#variables?.renorm?.renormStddev ?? null;
  }

  /** Gamma and beta first, then the statistics; empty before the layer is built. */
  get weights(): readonly Variable[] {
    return this.#variables?.all ?? [];
  }

  /** Of the last training call that was not frozen; null before the first. */
  get lastMoments(): BatchMoments | null {
    return this.trainingSteps.lastBatch;
  }

  get trainableWeights(): readonly Variable[] {
    return this.#trainable ? this.weights.filter((variable) => variable.trainable) : [];
  }

  get nonTrainableWeights(): readonly Variable[] {
    return this.#trainable ? this.weights.filter((variable) => !variable.trainable) : this.weights;
  }

  /** Whether training calls train: a layer that is not trainable is frozen in inference mode. */
  get trainable(): boolean {
    return this.#trainable;
  }

  set trainable(value: boolean) {
    this.#trainable = value;
    for (const variable of [this.gamma, this.beta]) {
      if (variable) variable.trainable = value;
    }
  }

  /** The activity penalty of the last call, then those of gamma and beta; scalars. */
  get losses(): readonly Tensor[] {
    const regularized = this.trainableWeights.filter((variable) => variable.regularizer);
    return [
      ...(this.#activityLoss ? [this.#activityLoss] : []),
      ...regularized.map(({ regularizer, value }) => regularizer!.penalty(value)),
    ];
  }

  /**
   * Creates the variables, one value per channel.
   * @throws IndexError where the axis does not exist; ValueError where the number of channels is
   *   not known, an initializer cannot make the shape, or the layer is built already.
   */
  build(inputShape: PartialShape): void {
    if (this.#variables) {
      throw new EngineError(
        "ValueError",
        "You cannot add new elements of state (variables or sub-layers) to a layer that is " +
          "already built. All state must be created in the `__init__()` method or in the " +
          "`build()` method.",
      );
    }
    this.#variables = this.#createVariables(inputShape);
  }

  #createVariables(inputShape: PartialShape): LayerVariables {
    const { variableDType } = this.policy;
    const { streams, format } = this.#options;
    const owner = { path: this.path, trainable: this.#trainable, dtype: variableDType };
    return createLayerVariables(inputShape, this.#arguments, { ...owner, streams, format });
  }

  /**
   * Normalizes a tensor; the first call builds the layer. Floats are cast to the layer's compute
   * dtype (unless `autocast` is off), 16-bit floats and integers computed on as float32.
   *
   * An error leaves the layer as it was: unbuilt, or with its statistics untouched.
   *
   * @returns A tensor of the input's shape and the layer's compute dtype.
   * @throws ValueError where the input does not fit what the layer was built with or the mask does
   *   not fit the input; IndexError where the axis does not exist; what `build` throws; TypeError
   *   for an option that is no argument of the call.
   */
  call(inputs: Tensor, options: CallOptions = {}): Tensor {
    return this.forward(inputs, options).output;
  }

  /** As `call`, and what it did to each channel, which `gradients` can use. */
  forward(
    inputs: Tensor,
    options: CallOptions = {},
  ): { readonly output: Tensor; readonly step: NormalizationStep } {
    for (const option of Object.keys(options)) {
      if (callOptions.has(option)) continue;
      throw new EngineError("TypeError", `got an unexpected keyword argument '${option}'`);
    }
    const variables = this.#variables ?? this.#createVariables(inputs.shape);
    const values = this.convertInputs(inputs);
    const step = this.#step(variables, values, options);
    const { mask = null, arithmetic } = options;
    const given = arithmetic?.({ inputs: values, mask, step, variables });
    if (given) {
      return { output: this.#finish(variables, given.output, given.updates, step.batch), step };
    }
    const output = this.#outputFor(values, options.out);
    const { layout, transform } = step;
    applyTransform(values.data, values.dtype, layout, transform, output.data, output.dtype);
    const updates = step.batch ? statisticsUpdates(variables, step.batch, this.#rates) : [];
    return { output: this.#finish(variables, output, updates, step.batch, options.out), step };
  }

  /**
   * As `call`, with the batch (axis 0) split over replicas that run at the same time, each in a
   * thread of its own, as `tf.distribute.MirroredStrategy` does with the layer in Keras on
   * TensorFlow. Training, a synchronized layer normalizes every part by the moments of the whole
   * batch; otherwise each replica takes those of its own part, and the statistics become the mean
   * of what each replica's update makes of them.
   *
   * An error, in a replica too, leaves the layer as it was.
   *
   * @throws What `call` throws; ValueError where the batch cannot be split over so many replicas;
   *   RuntimeError where a replica's thread fails or does not start; what `threads.poll` throws.
   */
  callOnReplicas(
    inputs: Tensor,
    { replicas, training }: { readonly replicas: number; readonly training: boolean },
    threads: ReplicaThreads,
  ): ReplicatedCall {
    const variables = this.#variables ?? this.#createVariables(inputs.shape);
    checkInput(inputs.shape, variables.inputShape, this);
    checkReplicas(inputs.shape, this.axis, replicas);
    const trains = training && this.#trainable;
    const own = truth(this.synchronized) ? "global" : "own";
    const settings = {
      axis: this.axis,
      replicas,
      statistics: trains ? own : "moving",
      state: layerState(variables, this.#settings(trains)),
    } as const;
    const values = this.convertInputs(inputs);
    const found = runReplicas(values, settings, threads);
    const output: Tensor = {
      shape: [...inputs.shape],
      dtype: workingType(values.dtype),
      data: found.output,
    };
    const used = own === "global" ? [found.global] : found.replicas;
    const updates = trains
      ? meanUpdates(used.map((moments) => statisticsUpdates(variables, moments, this.#rates)))
      : [];
    const result = this.#finish(variables, output, updates, trains ? found.global : null);
    const { statistics } = settings;
    return { statistics, output: result, replicas: found.replicas, global: found.global };
  }

  /** What a call leaves behind once nothing can fail any more, and its output as cells see it. */
  #finish(
    variables: LayerVariables,
    output: Tensor,
    updates: StatisticsUpdates,
    batch: Moments | null,
    out?: Tensor,
  ): Tensor {
    const target = out === output ? undefined : out;
    const result = castTensor(output, this.policy.computeDType, target);
    const loss = this.#penalty(result);
    const before = batch && movingStatistics(variables);
    for (const [variable, value] of updates) {
      // Rounded to what is computed in before it is to what is kept, as Keras has it.
      const precision = workingType(output.dtype);
      const exact: Tensor = { shape: variable.shape, dtype: "float64", data: value };
      variable.assign(variable.dtype === precision ? exact : castTensor(exact, precision));
    }
    if (batch && before) {
      const found = { ...batch, shape: output.shape };
      this.trainingSteps.record(found, before, movingStatistics(variables));
    }
    this.#activityLoss = loss;
    this.#variables = variables;
    return result;
  }

  /**
   * What a call with these inputs does to each channel, without doing it. Builds the layer where
   * that is still to be done.
   * @throws As `call` does.
   */
  plan(inputs: Tensor, options: CallOptions = {}): NormalizationStep {
    const variables = this.#variables ?? this.#createVariables(inputs.shape);
    const step = this.#step(variables, this.convertInputs(inputs), options);
    this.#variables = variables;
    return step;
  }

  /**
   * What a training call would start from and what it would find, whether or not the layer is
   * frozen. Leaves the layer as it is, unbuilt too.
   * @throws As `call` does.
   */
  preview(inputs: Tensor): { readonly state: LayerState; readonly batch: Moments } {
    const variables = this.#variables ?? this.#createVariables(inputs.shape);
    checkInput(inputs.shape, variables.inputShape, this);
    const state = layerState(variables, this.#settings(false));
    return { state, batch: moments(this.convertInputs(inputs), this.axis) };
  }

  /** The input as floats, of the layer's compute dtype unless `autocast` is off. */
  convertInputs(inputs: Tensor): Tensor {
    if (!isFloat(inputs.dtype)) return castTensor(inputs, "float32");
    return this.#arguments.autocast ? castTensor(inputs, this.policy.computeDType) : inputs;
  }

  /** Room for a result: of the compute dtype, or of what is rounded to it when it is there. */
  #outputFor({ dtype, shape }: Tensor, out: Tensor | undefined): Tensor {
    const { computeDType } = this.policy;
    if (out) checkOut(out, shape, computeDType);
    const precision = workingType(dtype);
    const fits = workingType(computeDType) === precision;
    if (fits && out) return out;
    const output = fits ? computeDType : precision;
    return allocateTensor(shape, output);
  }

  #step(variables: LayerVariables, inputs: Tensor, options: CallOptions): NormalizationStep {
    checkInput(inputs.shape, variables.inputShape, this);
    const { mask = null, training } = options;
    if (mask) checkMaskRank(mask, inputs.shape);
    const trains = Boolean(training) && this.#trainable;
    return normalizationStep(variables, inputs, { ...this.#settings(trains), mask });
  }

  #settings(training: boolean) {
    const { axis, epsilon } = this;
    return { axis, epsilon, clipping: this.#arguments.renormClipping, training };
  }

  get #rates() {
    const { momentum, epsilon } = this;
    return { momentum, epsilon, renormMomentum: this.#arguments.renormMomentum };
  }

  /** Keras divides the penalty of an output by the batch size, and by nothing where that is 0. */
  #penalty(output: Tensor): Tensor | null {
    const regularizer = this.#arguments.activityRegularizer;
    if (!regularizer) return null;
    const loss = regularizer.penalty(output);
    if (output.shape.length === 0) return loss;
    const [batchSize] = output.shape;
    const mean = batchSize === 0 ? 0 : numericValues(loss)[0] / batchSize;
    return tensorFrom([mean], [], loss.dtype);
  }

  /**
   * The shape of the output: the input's.
   * @throws ValueError with Keras's words where the axis does not exist.
   */
  computeOutputShape(inputShape: PartialShape): PartialShape {
    const { axis } = this;
    if (axis >= inputShape.length || axis < -inputShape.length) {
      throw new EngineError(
        "ValueError",
        `Axis ${axis} is out of bounds for input shape ${formatShape(inputShape)}. ` +
          `Received: axis=${axis}`,
      );
    }
    return inputShape;
  }

  /** Copies of the weights' values, in the order of `weights`. */
  getWeights(): Tensor[] {
    return this.weights.map(({ value }) => copyTensor(value));
  }

  /**
   * Replaces the weights' values, in the order of `weights`; all of them or, on an error, none.
   * @throws ValueError with Keras's words where their number or a shape differs.
   */
  setWeights(values: readonly Tensor[]): void {
    assignWeights(this.name, this.weights, values);
  }

  /**
   * How many numbers the weights hold.
   * @throws ValueError with Keras's words before the layer is built.
   */
  countParams(): number {
    if (!this.built) {
      throw new EngineError(
        "ValueError",
        `You tried to call \`count_params\` on layer '${this.name}', but the layer isn't built. ` +
          "You can build it manually via: `layer.build(input_shape)`.",
      );
    }
    return this.weights.reduce((count, { value }) => count + value.data.length, 0);
  }

  /** The arguments that would make the layer again, as Keras writes them, in its order. */
  getConfig(): Config {
    return layerConfig(this);
  }
}

/** Copies, which no later call changes. */
function movingStatistics({ movingMean, movingVariance }: LayerVariables): StatisticsPair {
  return {
    mean: new Float64Array(numericValues(movingMean.value)),
    variance: new Float64Array(numericValues(movingVariance.value)),
  };
}
