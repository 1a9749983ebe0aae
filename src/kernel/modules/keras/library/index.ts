/**
 * @file Keras's other layers and models. They are written in the Python that cells are written in,
 * and read when a cell first names one of them: a kernel that does not use them starts as fast.
 */
import { BatchNormalization } from "../../../../engine/index.ts";
import { objectClass, type PyClass } from "../../../classes.ts";
import { PyDict, PyList, PyTuple } from "../../../containers.ts";
import { Globals } from "../../../evaluator/globals.ts";
import type { Builtin } from "../../../functions.ts";
import type { CallArguments, Value } from "../../../objects.ts";
import { classOf, getAttribute, invoke } from "../../../operations.ts";
import { Instance } from "../../../types/instances.ts";
import { makeClass, UserClass } from "../../../types/userClasses.ts";
import { leaves, type NumpyBackend } from "../backend.ts";
import { LazyMember } from "../refusal.ts";
import { LayerCalls } from "./calls.ts";
import { commonLayersSource } from "./commonLayersSource.ts";
import { coreModule } from "./core.ts";
import { functionalSource } from "./functionalSource.ts";
import { imageLayersSource } from "./imageLayersSource.ts";
import { layerCallsSource } from "./layerCallsSource.ts";
import { layerSource } from "./layerSource.ts";
import { mergingLayersSource } from "./mergingLayersSource.ts";
import { modelSource } from "./modelSource.ts";
import { normalizationLayersSource } from "./normalizationLayersSource.ts";
import { subclassSource } from "./subclassSource.ts";
import { summarySource } from "./summarySource.ts";
import { symbolicSource } from "./symbolicSource.ts";

/** Parts that are read together, and the parts that they build on. */
const parts = {
  layer: { needs: [], sources: [symbolicSource, layerSource, layerCallsSource] },
  subclass: { needs: ["layer"], sources: [subclassSource] },
  layers: { needs: ["layer"], sources: [commonLayersSource, mergingLayersSource] },
  image: { needs: ["layers"], sources: [imageLayersSource] },
  normalization: { needs: ["layer"], sources: [normalizationLayersSource] },
  models: { needs: ["layer"], sources: [modelSource, functionalSource, summarySource] },
} as const;

type Part = keyof typeof parts;

/** Where Keras keeps a class, and the part that has it. */
const classes: Readonly<Record<string, readonly [Part, string]>> = {
  KerasTensor: ["layer", "backend.common.keras_tensor"],
  InputSpec: ["layer", "layers.input_spec"],
  InputLayer: ["models", "layers.core.input_layer"],
  Model: ["models", "models.model"],
  Functional: ["models", "models.functional"],
  Sequential: ["models", "models.sequential"],
  Dense: ["layers", "layers.core.dense"],
  Activation: ["layers", "layers.activations.activation"],
  ReLU: ["layers", "layers.activations.relu"],
  LeakyReLU: ["layers", "layers.activations.leaky_relu"],
  ELU: ["layers", "layers.activations.elu"],
  Softmax: ["layers", "layers.activations.softmax"],
  Identity: ["layers", "layers.core.identity"],
  Lambda: ["layers", "layers.core.lambda_layer"],
  Rescaling: ["layers", "layers.preprocessing.rescaling"],
  Dropout: ["layers", "layers.regularization.dropout"],
  Flatten: ["layers", "layers.reshaping.flatten"],
  Reshape: ["layers", "layers.reshaping.reshape"],
  Permute: ["layers", "layers.reshaping.permute"],
  Add: ["layers", "layers.merging.add"],
  Subtract: ["layers", "layers.merging.subtract"],
  Multiply: ["layers", "layers.merging.multiply"],
  Average: ["layers", "layers.merging.average"],
  Maximum: ["layers", "layers.merging.maximum"],
  Minimum: ["layers", "layers.merging.minimum"],
  Concatenate: ["layers", "layers.merging.concatenate"],
  Conv1D: ["image", "layers.convolutional.conv1d"],
  Conv2D: ["image", "layers.convolutional.conv2d"],
  DepthwiseConv2D: ["image", "layers.convolutional.depthwise_conv2d"],
  MaxPooling1D: ["image", "layers.pooling.max_pooling1d"],
  MaxPooling2D: ["image", "layers.pooling.max_pooling2d"],
  AveragePooling1D: ["image", "layers.pooling.average_pooling1d"],
  AveragePooling2D: ["image", "layers.pooling.average_pooling2d"],
  GlobalAveragePooling1D: ["image", "layers.pooling.global_average_pooling1d"],
  GlobalAveragePooling2D: ["image", "layers.pooling.global_average_pooling2d"],
  GlobalMaxPooling1D: ["image", "layers.pooling.global_max_pooling1d"],
  GlobalMaxPooling2D: ["image", "layers.pooling.global_max_pooling2d"],
  ZeroPadding2D: ["image", "layers.reshaping.zero_padding2d"],
  UpSampling2D: ["image", "layers.reshaping.up_sampling2d"],
  LayerNormalization: ["normalization", "layers.normalization.layer_normalization"],
  GroupNormalization: ["normalization", "layers.normalization.group_normalization"],
  UnitNormalization: ["normalization", "layers.normalization.unit_normalization"],
  RMSNormalization: ["normalization", "layers.normalization.rms_normalization"],
};

/** What cells see in `keras` itself, not in `keras.layers`. */
const rootNames = ["Input", "InputSpec", "KerasTensor", "Model", "Sequential"];
const modelNames = ["Model", "Sequential"];

const functions: Readonly<Record<string, Part>> = {
  Input: "models",
  add: "layers",
  subtract: "layers",
  multiply: "layers",
  average: "layers",
  maximum: "layers",
  minimum: "layers",
  concatenate: "layers",
};

/** Second names of layers. */
const aliases: Readonly<Record<string, string>> = {
  Convolution1D: "Conv1D",
  Convolution2D: "Conv2D",
  MaxPool1D: "MaxPooling1D",
  MaxPool2D: "MaxPooling2D",
  AvgPool1D: "AveragePooling1D",
  AvgPool2D: "AveragePooling2D",
  GlobalAvgPool1D: "GlobalAveragePooling1D",
  GlobalAvgPool2D: "GlobalAveragePooling2D",
  GlobalMaxPool1D: "GlobalMaxPooling1D",
  GlobalMaxPool2D: "GlobalMaxPooling2D",
};

export class KerasLibrary {
  readonly backend: NumpyBackend;
  readonly calls = new LayerCalls();
  /** `keras.layers.Layer`; its members come with the first part that is read. */
  readonly layerClass: PyClass = makeClass("Layer", "Layer", [objectClass], []);
  readonly #names = new Globals();
  readonly #read = new Set<Part>();
  readonly #nodes = new WeakMap<BatchNormalization, PyList>();

  constructor(backend: NumpyBackend) {
    this.backend = backend;
    this.layerClass.module = "keras.src.layers.layer";
  }

  /** The calls of the engine's layer with symbolic tensors. */
  nodesOf(layer: BatchNormalization): PyList {
    const nodes = this.#nodes.get(layer) ?? new PyList();
    this.#nodes.set(layer, nodes);
    return nodes;
  }

  /** What the layers' Python calls a name. */
  get(name: string): Value {
    this.#load(name in classes ? classes[name]![0] : (functions[name] ?? "subclass"));
    return this.#names.get(name)!;
  }

  /** Members of `keras` itself. */
  rootMembers(): Record<string, Value> {
    return { ...this.#lazily(rootNames), Layer: this.#layer() };
  }

  /** Members of `keras.models`. */
  modelMembers(): Record<string, Value> {
    return this.#lazily(modelNames);
  }

  /** Members of `keras.layers` beside `BatchNormalization`. */
  layerMembers(): Record<string, Value> {
    const models = new Set([...modelNames, "KerasTensor", "Functional"]);
    const own = [...Object.keys(classes), ...Object.keys(functions)].filter(
      (name) => !models.has(name),
    );
    const renamed = Object.entries(aliases).map(([alias, name]) => [
      alias,
      new LazyMember(() => this.get(name)),
    ]);
    return { ...this.#lazily(own), ...Object.fromEntries(renamed), Layer: this.#layer() };
  }

  #lazily(names: readonly string[]): Record<string, Value> {
    return Object.fromEntries(names.map((name) => [name, new LazyMember(() => this.get(name))]));
  }

  #layer(): LazyMember {
    return new LazyMember(() => {
      this.#load("layer");
      return this.layerClass;
    });
  }

  /** True of the engine's layer and of layers that are written in Python. */
  isLayer(value: Value): boolean {
    if (value instanceof BatchNormalization) return true;
    return value instanceof Instance && classOf(value).isSubclassOf(this.layerClass);
  }

  /** True where a tensor without values, as `keras.Input` gives it, is among the arguments. */
  isSymbolic({ positional, keywords }: CallArguments): boolean {
    if (!this.#read.has("layer")) return false;
    const type = this.#names.get("KerasTensor") as PyClass;
    for (const value of [...positional, ...keywords.values()]) {
      for (const leaf of leaves(value)) {
        if (leaf instanceof Instance && classOf(leaf).isSubclassOf(type)) return true;
      }
    }
    return false;
  }

  /** What the engine's layer makes of a symbolic tensor. */
  callSymbolically(layer: BatchNormalization, args: CallArguments): Value {
    return invoke(this.#names.get("call_native")!, layer, ...given(args));
  }

  /** What a function of `keras.ops` makes of symbolic tensors. */
  operateSymbolically(operation: Builtin, args: CallArguments): Value {
    const words = operation.name.split("_");
    const className = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("");
    return invoke(this.#names.get("symbolic_operation")!, className, operation, ...given(args));
  }

  #load(part: Part): void {
    if (this.#read.has(part)) return;
    for (const needed of parts[part].needs) this.#load(needed);
    this.#read.add(part);
    if (part === "layer") this.#prepare();
    for (const source of parts[part].sources) {
      this.backend.state.session.define("keras", source, this.#names);
    }
    if (part === "layer") this.#fillLayer();
    for (const [name, [home, module]] of Object.entries(classes)) {
      if (home !== part) continue;
      const type = this.#names.get(name) as UserClass;
      type.module = `keras.src.${module}`;
      type.refresh();
    }
  }

  /** The global names of the layers' Python. */
  #prepare(): void {
    const { session } = this.backend.state;
    const keras = session.importModule("keras");
    const members = ["ops", "initializers", "regularizers", "constraints", "activations"];
    for (const name of [...members, "random", "config", "backend"]) {
      this.#names.set(name, getAttribute(keras, name));
    }
    this.#names.set("np", session.importModule("numpy"));
    this.#names.set("warnings", session.importModule("warnings"));
    this.#names.set("core", coreModule(this));
    this.#names.set("Layer", this.layerClass);
    this.#names.set("NativeBatchNormalization", this.backend.classes.get("BatchNormalization")!);
  }

  #fillLayer(): void {
    const { members } = this.#names.get("LayerMembers") as UserClass;
    for (const [name, member] of members) this.layerClass.members.set(name, member);
    if (this.layerClass instanceof UserClass) this.layerClass.refresh();
  }
}

function given({ positional, keywords }: CallArguments): Value[] {
  return [new PyTuple([...positional]), new PyDict([...keywords])];
}
