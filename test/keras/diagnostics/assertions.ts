/** @file What the tests of diagnostics say: text in, problems and repaired text out. */
import { deepEqual, equal, ok } from "node:assert/strict";
import type { Code } from "../../../src/keras/diagnostics/codes.ts";
import { diagnose } from "../../../src/keras/diagnostics/diagnose.ts";
import type { Fix, Problem } from "../../../src/keras/diagnostics/problem.ts";
import { SourceFile } from "../../../src/python/sourceFile.ts";

/** So that examples begin with what they are about. */
export const keras = `import keras
from keras import layers
from keras.layers import *
from keras.layers import BatchNormalization
`;

export const tensorflow = `import tensorflow as tf
from tensorflow.keras import layers
from tensorflow.keras.layers import Activation, BatchNormalization, Conv2D, Dense, Input
`;

/** Code that is surely for Keras 3, and for Keras 2. */
export const keras3 =
  "import os\nos.environ['KERAS_BACKEND'] = 'jax'\nfrom keras.layers import *\n";
export const keras2 = "from tf_keras.layers import *\n";

export function problemsIn(text: string, ...earlier: string[]): Problem[] {
  return diagnose(
    new SourceFile(text),
    earlier.map((cell) => new SourceFile(cell)),
  );
}

/** The problems of one code in an example, as the texts that they are about. */
export function spans(code: Code, text: string, before = keras): string[] {
  const whole = before + text;
  return problemsIn(whole)
    .filter((problem) => problem.code === code)
    .map(({ from, to }) => whole.slice(from, to));
}

/** The example has a problem of the code about each of these texts, and no other. */
export function assertProblem(
  code: Code,
  text: string,
  about: string | readonly string[],
  before = keras,
): void {
  deepEqual(spans(code, text, before), typeof about === "string" ? [about] : about, text);
}

export function assertNone(code: Code, text: string, before = keras): void {
  deepEqual(spans(code, text, before), [], text);
}

/** The first fix of the example's only problem of the code makes this of the example, which ends it. */
export function assertFixed(code: Code, text: string, expected: string, before = keras): void {
  const whole = before + text;
  const problems = problemsIn(whole).filter((problem) => problem.code === code);
  equal(problems.length, 1, text);
  ok(problems[0].fixes.length > 0, `no fix of ${text}`);
  equal(apply(whole, problems[0].fixes[0]).slice(before.length), expected);
  assertNone(code, expected, before);
}

export function apply(text: string, { edits }: Fix): string {
  return [...edits]
    .sort((a, b) => b.from - a.from)
    .reduce((edited, { from, to, text }) => edited.slice(0, from) + text + edited.slice(to), text);
}
