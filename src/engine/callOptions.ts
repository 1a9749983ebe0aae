/**
 * @file The options of a call, and calls whose numbers somebody else computes, while the engine
 * checks them and keeps what they leave behind.
 */
import type { LayerVariables } from "./layerVariables.ts";
import type { NormalizationStep, StatisticsUpdates } from "./normalizationStep.ts";
import type { Tensor } from "./tensor.ts";

export interface CallOptions {
  /** True normalizes by the batch and updates the moving statistics; null is inference. */
  readonly training?: boolean | null;
  /** Which positions, of all axes but the last, enter the statistics: any nonzero does. */
  readonly mask?: Tensor | null;
  /**
   * Where the result goes instead of a new tensor: of the input's shape and the result's type. May
   * be the input.
   */
  readonly out?: Tensor;
  /** Computes in the steps of somebody else; null leaves the call to the engine. */
  readonly arithmetic?: CallArithmetic;
}

/** Their names. */
export const callOptions: ReadonlySet<string> = new Set(["training", "mask", "out", "arithmetic"]);

/** What a call that is computed elsewhere starts from. */
export interface ArithmeticCall {
  /** As floats of the compute dtype. */
  readonly inputs: Tensor;
  readonly mask: Tensor | null;
  /** The engine's own statistics. */
  readonly step: NormalizationStep;
  readonly variables: LayerVariables;
}

/** Gives the output and, of a training call, the new values of the statistics. */
export type CallArithmetic = (
  call: ArithmeticCall,
) => { readonly output: Tensor; readonly updates: StatisticsUpdates } | null;
