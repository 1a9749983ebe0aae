/**
 * @file Keras's dtype policies: the element types a layer computes in and stores weights in.
 */
import { type DType, isDType } from "./dtype.ts";
import { EngineError } from "./errors.ts";
import {
  type Config,
  type ConfigValue,
  isDict,
  pythonStr,
  toConfig,
  typeRepr,
} from "./pythonValues.ts";

/** A dtype policy, named by an element type or `mixed_float16`, `mixed_bfloat16`. */
export class DTypePolicy {
  readonly className = "DTypePolicy";
  readonly pythonModule = "keras.src.dtype_policies.dtype_policy";
  readonly name: string;
  /** Inputs are cast to it and outputs are of it. */
  readonly computeDType: DType;
  /** Weights are of it. */
  readonly variableDType: DType;

  /**
   * @throws TypeError where the name is no string, ValueError where it names no policy.
   */
  constructor(name: ConfigValue) {
    if (typeof name !== "string") {
      throw new EngineError(
        "TypeError",
        "'name' must be a string, such as 'mixed_float16'. " +
          `Received: name=${pythonStr(name)} (of type ${typeRepr(name)})`,
      );
    }
    this.name = name;
    const mixed = /^mixed_(b?float16)$/.exec(name);
    // Keras reads "int" as the backend's default integer.
    const dtype = mixed ? mixed[1] : name === "int" ? "int32" : name;
    if (!isDType(dtype)) {
      throw new EngineError(
        "ValueError",
        `Cannot convert '${name}' to a mixed precision DTypePolicy. Valid policies include ` +
          "'mixed_float16', 'mixed_bfloat16', and the name of any float dtype such as 'float32'.",
      );
    }
    this.computeDType = dtype;
    this.variableDType = mixed ? "float32" : dtype;
  }

  getConfig(): Config {
    return { name: this.name };
  }

  /** The dict that `get_config()` of a layer holds. */
  serialize(): Config {
    return {
      module: "keras",
      class_name: "DTypePolicy",
      config: this.getConfig(),
      registered_name: null,
    };
  }
}

/**
 * The policy that a layer's `dtype` argument means: a name, a config dict, or the policy itself.
 * @param fallback What None means: the global policy.
 * @throws ValueError or TypeError with Keras's words; NotImplementedError for a quantized policy.
 */
export function getPolicy(identifier: ConfigValue, fallback: DTypePolicy): DTypePolicy {
  if (identifier === null) return fallback;
  if (identifier instanceof DTypePolicy) return identifier;
  if (typeof identifier === "string") {
    if (quantizationModes.some((mode) => identifier.startsWith(mode))) throw quantized(identifier);
    return new DTypePolicy(identifier);
  }
  if (isDict(identifier)) {
    const { class_name: className, config } = toConfig(identifier);
    if (className === "DTypePolicy" || className === "FloatDTypePolicy") {
      return config && isDict(config) && "name" in toConfig(config)
        ? new DTypePolicy(toConfig(config)["name"])
        : fallback;
    }
  }
  throw new EngineError(
    "ValueError",
    "Cannot interpret `dtype` argument. Expected a string or an instance of DTypePolicy. " +
      `Received: dtype=${pythonStr(identifier)}`,
  );
}

/** What a policy's name begins with where Keras quantizes, for which it needs two types. */
const quantizationModes = ["int8", "float8", "int4", "gptq", "awq"] as const;

function quantized(name: string): EngineError {
  if (name.split("_from_").length === 2) {
    return new EngineError(
      "NotImplementedError",
      `Quantized dtype policies are not supported here. Received: dtype=${name}`,
    );
  }
  return new EngineError(
    "ValueError",
    "Cannot convert `policy` into a valid pair (`mode`, `source_name`) to instantiate " +
      `\`QuantizedDTypePolicy\`. Received: policy=${name}`,
  );
}

/** The name in the dict that `serialize` writes; undefined where there is none. */
export function serializedPolicyName(
  dtype: Config | ReadonlyMap<string, ConfigValue>,
): ConfigValue | undefined {
  const { config } = toConfig(dtype);
  return config !== undefined && isDict(config) ? toConfig(config)["name"] : undefined;
}
