/**
 * @file Keras's constraints: projections that an optimizer applies to weights after a step.
 */

import { writeElement } from "./dtype.ts";
import { EngineError } from "./errors.ts";
import { classTable, type KerasClass, type KerasFamily, type KerasObject } from "./kerasObjects.ts";
import { type Config, type ConfigValue, toFloat, toInt } from "./pythonValues.ts";
import { sizeOfShape } from "./shape.ts";
import { createTensor, numericValues, type Tensor } from "./tensor.ts";

/** A projection of a weight. */
export abstract class Constraint implements KerasObject {
  abstract readonly className: string;
  abstract readonly pythonModule: string;
  abstract getConfig(): Config;

  /** The nearest weight that the constraint allows, as Keras's `constraint(w)`. */
  abstract apply(weight: Tensor): Tensor;
}

const pythonModule = "keras.src.constraints.constraints";

/** `keras.backend.epsilon()`, which keeps a zero norm from dividing. */
const epsilon = 1e-7;

function mapValues(weight: Tensor, map: (value: number, at: number) => number): Tensor {
  const result = createTensor(weight.shape, weight.dtype);
  const values = numericValues(weight);
  for (let i = 0; i < values.length; i++) {
    writeElement(result.data, weight.dtype, i, map(values[i], i));
  }
  return result;
}

class NonNeg extends Constraint {
  readonly className = "NonNeg";
  readonly pythonModule = pythonModule;

  getConfig(): Config {
    return {};
  }

  apply(weight: Tensor): Tensor {
    return mapValues(weight, (value) => Math.max(value, 0));
  }
}

/** Rescales vectors along some axes to a norm that is a function of their own. */
class NormConstraint extends Constraint {
  readonly className: string;
  readonly pythonModule = pythonModule;
  readonly #config: Config;
  readonly #desired: (norm: number) => number;

  constructor(className: string, config: Config, desired: (norm: number) => number) {
    super();
    this.className = className;
    this.#config = config;
    this.#desired = desired;
  }

  getConfig(): Config {
    return this.#config;
  }

  apply(weight: Tensor): Tensor {
    const groups = vectorOfElement(weight.shape, this.#config["axis"]);
    const values = numericValues(weight);
    const squares = new Float64Array(values.length);
    values.forEach((value: number, i: number) => {
      squares[groups[i]] += value * value;
    });
    const round = weight.dtype === "float32" ? Math.fround : (value: number) => value;
    return mapValues(weight, (value, i) => {
      const norm = round(Math.sqrt(round(squares[groups[i]])));
      return value * round(round(this.#desired(norm)) / round(epsilon + norm));
    });
  }
}

/** For each element, the number of the vector along `axis` (an int, a list, None: all) it is in. */
function vectorOfElement(shape: readonly number[], axis: ConfigValue): Int32Array {
  const listed = axis === null ? shape.map((_, i) => BigInt(i)) : [axis].flat();
  const axes = new Set(listed.map((item) => normalizeAxis(Number(toInt(item)), shape.length)));
  const kept = shape.map((_, i) => !axes.has(i));
  return Int32Array.from({ length: sizeOfShape(shape) }, (_, element) => {
    let rest = element;
    let vector = 0;
    let stride = 1;
    for (let i = shape.length - 1; i >= 0; i--) {
      const index = rest % shape[i];
      rest = (rest - index) / shape[i];
      if (!kept[i]) continue;
      vector += index * stride;
      stride *= shape[i];
    }
    return vector;
  });
}

function normalizeAxis(axis: number, rank: number): number {
  if (axis >= -rank && axis < rank) return axis < 0 ? axis + rank : axis;
  throw new EngineError(
    "ValueError",
    `axis ${axis} is out of bounds for array of dimension ${rank}`,
  );
}

function clip(value: number, lower: number, upper: number): number {
  return Math.min(Math.max(value, lower), upper);
}

/** Every constraint class, by Keras's public name. */
export const constraintClasses: readonly KerasClass<Constraint>[] = [
  {
    className: "MaxNorm",
    pythonModule,
    parameters: { max_value: 2n, axis: 0n },
    create({ max_value, axis }) {
      const desired = (norm: number) => clip(norm, 0, toFloat(max_value));
      return new NormConstraint("MaxNorm", { max_value, axis }, desired);
    },
  },
  {
    className: "MinMaxNorm",
    pythonModule,
    parameters: { min_value: 0, max_value: 1, rate: 1, axis: 0n },
    create({ min_value, max_value, rate, axis }) {
      const desired = (norm: number) =>
        toFloat(rate) * clip(norm, toFloat(min_value), toFloat(max_value)) +
        (1 - toFloat(rate)) * norm;
      return new NormConstraint("MinMaxNorm", { min_value, max_value, rate, axis }, desired);
    },
  },
  { className: "NonNeg", pythonModule, parameters: {}, create: () => new NonNeg() },
  {
    className: "UnitNorm",
    pythonModule,
    parameters: { axis: 0n },
    create: ({ axis }) => new NormConstraint("UnitNorm", { axis }, () => 1),
  },
];

/** `keras.constraints`. */
export const constraints: KerasFamily<Constraint> = {
  word: "constraint",
  module: "keras.constraints",
  classes: classTable(constraintClasses),
  namesAreConfigs: false,
  isMember: (value): value is Constraint => value instanceof Constraint,
};
