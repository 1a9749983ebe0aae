/** @file Which Keras a file is written for, and on which backend, as far as its text tells. */
import type { Meanings } from "../../python/meanings.ts";

export interface KerasVersion {
  /** Null where it can be either. */
  readonly major: 2 | 3 | null;
  /** Whether it is Keras 1 or before, whose arguments have another order and other names. */
  readonly isFirst: boolean;
  /** Null where the text does not set it. */
  readonly backend: string | null;
  /** Whether the layers are TensorFlow's own: `tf.keras`, `tf_keras`. */
  readonly ofTensorFlow: boolean;
}

/** What exists in Keras 3 alone. */
const keras3 = [
  /\bkeras(?:_core\b|\.(?:ops|random|Variable|StatelessScope|distribution)\b|\.version\(\)| import [\w, ]*\b(?:ops|random)\b)/,
  /\bKERAS_BACKEND["']?\s*\]?\s*(?:=|,)\s*["'](?:jax|torch|numpy|openvino)["']/,
];

/** What Keras 1 and 2 with several backends have, too: Keras 3 unless something else says that it is they. */
const severalBackends = /\bKERAS_BACKEND\b/;

/** What installs it, in a notebook or a comment: Keras 3 comes with TensorFlow from 2.16 on. */
const keras2Install =
  /(?<!\w)(?:keras\s*[=~]=\s*[012]\.|tensorflow(?:[-_](?:gpu|cpu|macos))?\s*[=~]=\s*(?:[01]\.|2\.(?:\d|1[0-5])(?!\d)))|%tensorflow_version/;

/**
 * What exists in Keras 2 and before alone: modules, functions, arguments, and libraries built on it.
 * One by one they are found in half the time that all of them take as one pattern.
 */
const keras2 = [
  /\b(?:tf_keras|tensorflow\.python\.keras|compat\.v1|keras_applications|keras_contrib|tensorflow_addons)\b/,
  /\btf\.(?:Session|placeholder|get_default_graph|global_variables_initializer|ConfigProto|contrib|layers|logging|app|flags|variable_scope|set_random_seed|estimator)\b/,
  /\b(?:fit|predict|evaluate)_generator\b|\b_keras_shape\b|\bmulti_gpu_model\b|\b_obtain_input_shape\b/,
  /\bkeras\.(?:engine|legacy|layers\.(?:normalization|convolutional|core|pooling|merge|recurrent|advanced_activations|noise|embeddings|local|wrappers|experimental)|utils\.(?:np|vis|data|generic|io|layer|training)_utils|backend\.tensorflow_backend|wrappers\.scikit_learn)\b/,
  /\bkeras\.utils\s+import\s+(?:np|vis|data|generic|io|layer)_utils\b|\blayers\.experimental\b/,
  // Optimizers took `lr` until Keras 3, where it is an error; PyTorch's take it always.
  /(?<!optim\.)\b(?:SGD|Adam|Adamax|Nadam|RMSprop|Adagrad|Adadelta|sgd|adam|rmsprop)\([^()]*\blr\s*=/,
  /\b(?:nb_epoch|nb_filter|border_mode|dim_ordering|samples_per_epoch|W_regularizer)\s*=|\binit\s*=\s*["']|\bsubsample\s*=\s*\(/,
];

/** What Keras 1 and before have alone: arguments, classes, and sizes of the input given with those of the output. */
const keras1 = [
  /\b(?:nb_epoch|nb_filter|border_mode|subsample|[Wb]_(?:regularizer|constraint)|samples_per_epoch|nb_val_samples|show_accuracy|dim_ordering|inner_(?:init|activation)|filter_length|pool_length|poolsize|atrous_rate)\s*=(?!=)|\bBatchNormalization\([^()]*\b(?:mode|beta_init|gamma_init)\s*=/,
  /\b(?:TimeDistributedDense|MaxoutDense|activity_l1l2)\b|\.add_node\s*\(|\bkeras\.models\s+import\s[^\n]*\bGraph\b/,
  /\b(?:Dense|Convolution[123]D|LSTM|GRU|Embedding)\([^()]*,\s*init\s*=|\bDense\(\s*[\w.[\]]+\s*,\s*\d+\s*[,)]|\bPReLU\(\s*\(/,
];

const backend = /KERAS_BACKEND["']?\s*\]?\s*(?:=|,)\s*["'](\w+)["']/;

/** The texts of the file and of the cells before it decide together. */
export function kerasVersion(meanings: Meanings): KerasVersion {
  const texts: string[] = [];
  for (let at: Meanings | null = meanings; at; at = at.before) texts.push(at.file.text);
  const has = (...patterns: readonly RegExp[]) =>
    patterns.some((pattern) => texts.some((text) => pattern.test(text)));
  const is2 = has(...keras2, keras2Install);
  const is3 = has(...keras3) || (!is2 && has(severalBackends));
  const set = texts.map((text) => backend.exec(text)?.[1]).find((name) => name !== undefined);
  return {
    major: is2 === is3 ? null : is2 ? 2 : 3,
    isFirst: is2 && has(...keras1),
    backend: set ?? null,
    ofTensorFlow: has(/\b(?:tf|tensorflow)\.keras\b|\btf_keras\b/),
  };
}
