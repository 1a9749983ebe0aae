/**
 * @file The `keras` module: what code around batch normalization uses, and a clear word about the
 * rest.
 */
import { DTypePolicy } from "../../../engine/index.ts";
import { PySet } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import { builtin, type PythonModule } from "../../functions.ts";
import type { Value } from "../../objects.ts";
import { repr, str } from "../../operations.ts";
import type { Session } from "../../session.ts";
import { activationNames } from "./activations.ts";
import { adopt, NumpyBackend } from "./backend.ts";
import { toConfigValue } from "./configs.ts";
import { layerClass } from "./layer.ts";
import { kerasNames, layerNames, operationNames } from "./names.ts";
import { families, policyClass } from "./objects.ts";
import { opsMembers } from "./ops.ts";
import { randomMembers, setRandomSeed } from "./random.ts";
import { PartialModule } from "./refusal.ts";
import { layerSerializationMembers, serializationMembers, treeMembers } from "./serialization.ts";
import { KerasState } from "./state.ts";
import { backendUtilityMembers, switchMembers, utilityMembers } from "./utilities.ts";
import { variableClass } from "./variable.ts";

/** The version whose behaviour this is. */
const version = "3.16.0";

/** `import keras`. */
export function kerasModule(session: Session): PythonModule {
  const state = new KerasState(session);
  const backend = new NumpyBackend(state);
  const everything = (name: string) => !name.startsWith("_");
  const part = (
    name: string,
    members: Record<string, Value>,
    refuses: (name: string) => boolean = everything,
  ) => new PartialModule(session, `keras.${name}`, members, refuses);

  const layers = layerClass(backend);
  const policy = policyClass(state);
  const operations = opsMembers(backend);
  const variable = variableClass(backend);
  const configuration = configurationMembers(state);
  const clearSession = builtin("clear_session(free_memory=True)", () => {
    state.clear();
    return null;
  });
  const policies = policyMembers(state);
  const objects = families(backend);
  const configurables = Object.fromEntries(
    Object.entries(objects).map(([name, members]) => [name, part(name, members)]),
  );
  const serialization = serializationMembers(backend);
  const isOperation = (name: string) => operationNames.has(name);
  const root = new PartialModule(
    session,
    "keras",
    {
      __version__: version,
      version: builtin("version()", () => version),
      Variable: variable,
      ...backend.library.rootMembers(),
      DTypePolicy: policy,
      Initializer: objects["initializers"]!["Initializer"]!,
      Regularizer: objects["regularizers"]!["Regularizer"]!,
      ...configurables,
      layers: part(
        "layers",
        {
          BatchNormalization: layers,
          ...backend.library.layerMembers(),
          ...layerSerializationMembers(backend),
        },
        (name) => layerNames.has(name),
      ),
      models: part("models", backend.library.modelMembers()),
      ops: part(
        "ops",
        {
          ...operations,
          // The same functions, by the files that they come from.
          nn: part("ops.nn", operations, isOperation),
          numpy: part("ops.numpy", operations, isOperation),
          linalg: part("ops.linalg", operations, isOperation),
        },
        isOperation,
      ),
      activations: part("activations", activationMembers(operations)),
      saving: part("saving", serialization),
      tree: part("tree", treeMembers()),
      random: part("random", randomMembers(backend)),
      utils: part("utils", {
        ...serialization,
        ...utilityMembers(backend),
        clear_session: clearSession,
        set_random_seed: builtin("set_random_seed(seed)", ({ seed }) =>
          setRandomSeed(backend, seed!),
        ),
      }),
      config: part("config", { ...configuration, ...policies, ...switchMembers() }),
      backend: part("backend", {
        ...configuration,
        ...backendUtilityMembers(backend),
        clear_session: clearSession,
        result_type: builtin("result_type(*dtypes)", ({ dtypes }) =>
          backend.resultOf(dtypes as Value[]),
        ),
        standardize_dtype: builtin("standardize_dtype(dtype)", ({ dtype }) =>
          backend.dtype(dtype!),
        ),
      }),
      dtype_policies: part("dtype_policies", { DTypePolicy: policy }),
      mixed_precision: part("mixed_precision", {
        DTypePolicy: policy,
        Policy: policy,
        dtype_policy: policies["dtype_policy"]!,
        global_policy: policies["dtype_policy"]!,
        set_dtype_policy: policies["set_dtype_policy"]!,
        set_global_policy: policies["set_dtype_policy"]!,
      }),
    },
    (name) => kerasNames.has(name),
  );
  // `tensorflow` finds the session's state by it.
  return adopt(root, backend);
}

/** What `floatx` may be. */
const floatTypes = ["bfloat16", "float16", "float32", "float64"] as const;

function configurationMembers(state: KerasState): Record<string, Value> {
  return {
    backend: builtin("backend()", () => state.backend),
    floatx: builtin("floatx()", () => state.floatx),
    epsilon: builtin("epsilon()", () => state.epsilon),
    image_data_format: builtin("image_data_format()", () => state.imageDataFormat),
    set_floatx: builtin("set_floatx(value)", ({ value }) => {
      const floatx = floatTypes.find((name) => name === value);
      if (floatx === undefined) {
        const accepted = new PySet(floatTypes);
        throw pythonError(
          "ValueError",
          `Unknown \`floatx\` value: ${str(value!)}. Expected one of ${repr(accepted)}`,
        );
      }
      state.floatx = floatx;
      return null;
    }),
    set_epsilon: builtin("set_epsilon(value)", ({ value }) => {
      state.epsilon = value!;
      return null;
    }),
    set_image_data_format: builtin("set_image_data_format(data_format)", ({ data_format }) => {
      const name = str(data_format!).toLowerCase();
      if (name !== "channels_first" && name !== "channels_last") {
        throw pythonError(
          "ValueError",
          "The `data_format` argument must be one of {'channels_first', 'channels_last'}. " +
            `Received: data_format=${name}`,
        );
      }
      state.imageDataFormat = name;
      return null;
    }),
  };
}

/** `keras.activations`, of operations; `linear` changes nothing. */
function activationMembers(operations: Readonly<Record<string, Value>>): Record<string, Value> {
  const shared = [...activationNames, "tanh"].map((name) => [name, operations[name]!] as const);
  return {
    ...Object.fromEntries(shared),
    linear: builtin("linear(x)", ({ x }) => x!),
  };
}

function policyMembers(state: KerasState): Record<string, Value> {
  return {
    dtype_policy: builtin("dtype_policy()", () => state.policy),
    set_dtype_policy: builtin("set_dtype_policy(policy)", ({ policy }) => {
      state.policy =
        policy instanceof DTypePolicy ? policy : new DTypePolicy(toConfigValue(policy!));
      return null;
    }),
  };
}
