/**
 * @file The engine's one entry: tensors, batch normalization, moments, histograms.
 */

export { leastCompiled } from "./addresses.ts";
export {
  BatchNormalization,
  type LayerOptions,
  type ReplicatedCall,
} from "./batchNormalization.ts";
export { compareModes, type ModeComparison, type ModeReason } from "./callModes.ts";
export type { ArithmeticCall, CallOptions } from "./callOptions.ts";
export {
  type ChannelDistributions,
  channelDistributions,
  finiteChannel,
} from "./channelDistribution.ts";
export { type ChannelStatistics, channelStatistics } from "./channelStatistics.ts";
export { Constraint, constraintClasses, constraints } from "./constraints.ts";
export {
  convertElements,
  fillElements,
  moveElements,
  rampElements,
} from "./conversions.ts";
export {
  allocateData,
  byteWidth,
  createData,
  type DType,
  dtypes,
  fromBfloat16Bits,
  fromFloat16Bits,
  isDType,
  isFloat,
  isInteger,
  type NumericArray,
  readElement,
  roundToDType,
  type TensorData,
  toBfloat16Bits,
  toFloat16Bits,
  writeElement,
} from "./dtype.ts";
export {
  type BoolOperation,
  chooseElements,
  combineBools,
  type Faults,
  type RowLoop,
  type RowOperand,
  rowLoop,
  runRows,
} from "./elementwise.ts";
export { EngineError, type ErrorType } from "./errors.ts";
export {
  type FrameworkConvention,
  type FrameworkStep,
  frameworkConventions,
  frameworkStep,
  frameworkSteps,
  type StepStart,
} from "./frameworks.ts";
export { type Gradients, gradients } from "./gradients.ts";
export { channelHistograms, type Histogram, type HistogramOptions } from "./histogram.ts";
export { collectGarbage, type MemoryHost, useMemoryHost } from "./host.ts";
export { Initializer, initializerClasses, initializers } from "./initializers.ts";
export { useThreads } from "./jobs/run.ts";
export {
  type KernelThread,
  type KernelThreadSetup,
  runKernelThread,
  type StartKernelThread,
} from "./jobs/threads.ts";
export {
  construct,
  getKerasObject,
  type KerasClass,
  type KerasFamily,
  type KerasObject,
  serializeKerasObject,
} from "./kerasObjects.ts";
export type { LayerArguments } from "./layerArguments.ts";
export { outOfMemory } from "./memoryError.ts";
export {
  type Moments,
  type MomentsOptions,
  maskEpsilon,
  maskedDivisor,
  moments,
  momentsOf,
} from "./moments.ts";
export { NameAllocator } from "./names.ts";
export type { NormalizationStep } from "./normalizationStep.ts";
export { mergeMoments, type PartialMoments, partialMoments } from "./partialMoments.ts";
export { DTypePolicy, getPolicy } from "./policy.ts";
export { inPieces, numbersOf, type Poll, polledElements, pollHost, usePoll } from "./polling.ts";
export { type Config, type ConfigValue, OpaqueValue } from "./pythonValues.ts";
export {
  createRandomStream,
  type RandomStream,
  type RandomStreamFactory,
  withDefaultSeeds,
} from "./random.ts";
export {
  addRows,
  countNonzeroBytes,
  extremesOfRuns,
  foldExtremes,
  hasByte,
  hasNonFiniteElement,
  type SumRows,
  sumOfIntegers,
} from "./reductions.ts";
export { Regularizer, regularizerClasses, regularizers } from "./regularizers.ts";
export {
  mostReplicas,
  type ReplicaThread,
  type ReplicaThreads,
  splitSizes,
} from "./replicas.ts";
export { type ReplicaStatistics, type ReplicaTask, runReplica } from "./replicaThread.ts";
export {
  type ChannelLayout,
  channelCount,
  channelLayout,
  formatShape,
  type PartialShape,
  resolveAxis,
  shapesEqual,
  sizeOfShape,
} from "./shape.ts";
export {
  castTensor,
  copyTensor,
  createTensor,
  numericValues,
  type Tensor,
  tensorFrom,
} from "./tensor.ts";
export {
  type BatchMoments,
  expectedMoving,
  type StatisticsPair,
  stepsUntilWithin,
  type TrainingStep,
  type TrainingSteps,
} from "./trainingSteps.ts";
export { type TensorFormatter, Variable, type VariableOptions } from "./variable.ts";
export { runtime } from "./wasm/runtime.ts";
