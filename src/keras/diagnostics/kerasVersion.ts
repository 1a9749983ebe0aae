/** @file Which Keras a file is written for, and on which backend, as far as its text tells. */
import type { Meanings } from "../../python/meanings.ts";

export interface KerasVersion {
  /** Null where it can be either. */
  readonly major: 2 | 3 | null;
  /** Null where the text does not set it. */
  readonly backend: string | null;
  /** Whether the layers are TensorFlow's own: `tf.keras`, `tf_keras`. */
  readonly ofTensorFlow: boolean;
}

/** What exists in Keras 3 alone. */
const keras3 =
  /(?<!\w)keras(?:_core\b|\.(?:ops|random|src|saving\.register_keras_serializable|Variable|StatelessScope|distribution)\b|\.version\(\)| import [\w, ]*\b(?:ops|random)\b)|\bKERAS_BACKEND\b/;

/** What installs it, in a notebook or a comment: Keras 3 comes with TensorFlow from 2.16 on. */
const keras2Install =
  /(?<!\w)(?:keras\s*[=~]=\s*[012]\.|tensorflow(?:[-_](?:gpu|cpu|macos))?\s*[=~]=\s*(?:[01]\.|2\.(?:\d|1[0-5])(?!\d)))|%tensorflow_version/;

/** What exists in Keras 2 and before alone. */
const keras2 =
  /\btf_keras\b|\btensorflow\.python\.keras\b|\bcompat\.v1\b|\btf\.(?:Session|placeholder|get_default_graph|global_variables_initializer|ConfigProto|contrib|layers|logging|app|flags)\b|\bfit_generator\b|\bkeras\.engine\b|\bkeras\.(?:layers\.(?:normalization|convolutional|core|pooling|merge|recurrent|advanced_activations|noise)|utils\.np_utils|backend\.tensorflow_backend)\b|\b(?:nb_epoch|border_mode|dim_ordering|init|subsample)\s*=/;

const backend = /KERAS_BACKEND["']?\s*\]?\s*(?:=|,)\s*["'](\w+)["']/;

/** The texts of the file and of the cells before it decide together. */
export function kerasVersion(meanings: Meanings): KerasVersion {
  const texts: string[] = [];
  for (let at: Meanings | null = meanings; at; at = at.before) texts.push(at.file.text);
  const has = (pattern: RegExp) => texts.some((text) => pattern.test(text));
  const [is2, is3] = [has(keras2) || has(keras2Install), has(keras3)];
  const set = texts.map((text) => backend.exec(text)?.[1]).find((name) => name !== undefined);
  return {
    major: is2 === is3 ? null : is2 ? 2 : 3,
    backend: set ?? null,
    ofTensorFlow: has(/\b(?:tf|tensorflow)\.keras\b|\btf_keras\b/),
  };
}
