/**
 * `bnlab.replicate` on real threads, `bnlab.frameworks`, and when Keras accepts `synchronized`.
 */
import assert from "node:assert/strict";
import { Kernel } from "../../src/kernel/kernel.ts";
import type { KernelHost } from "../../src/kernel/session.ts";
import { channelsMime, type MimeBundle } from "../../src/shared/outputs.ts";
import { kernelStringsFor } from "../../src/shared/strings.ts";
import { startReplica } from "../engine/replicaThreads.ts";

/** Five values of each of two channels: split in two, three and two. */
const batch = `import numpy as np, keras, bnlab
x = np.array([[1, 2], [3, 6], [5, 4], [7, 0], [9, 8]], dtype="float32")
`;

function run(code: string, host: Partial<KernelHost> = { startReplica }) {
  let printed = "";
  const shown: MimeBundle[] = [];
  const kernel = new Kernel(
    {
      write(_, text) {
        printed += text;
      },
      display: (bundle) => shown.push(bundle),
      interrupted: () => false,
      ...host,
    },
    kernelStringsFor("en"),
  );
  const result = kernel.execute(code, "Cell 1");
  const error = result.status === "ok" ? null : `${result.error.name}: ${result.error.message}`;
  return { printed, shown, error, kernel, status: result.status };
}

function assertPrints(code: string, ...expected: readonly string[]): void {
  const { printed, error } = run(code);
  assert.equal(error, null, code);
  assert.equal(printed, `${expected.join("\n")}\n`, code);
}

function assertRaises(code: string, expected: string, host?: Partial<KernelHost>): void {
  assert.equal(run(code, host).error, expected, code);
}

describe("bnlab.replicate", () => {
  it("shows each replica's moments beside the global ones", () => {
    assertPrints(
      `import tensorflow as tf
${batch}
bn = tf.keras.layers.BatchNormalization(synchronized=True, momentum=0.5)
r = bnlab.replicate(bn, x, replicas=2)
print(r)
print(r.outputs.round(3), r.outputs.dtype)
print(bn.moving_mean.numpy(), bn.moving_variance.numpy())`,
      "float32 (5, 2) · axis 1 · 2 replicas · synchronized: normalized by the global moments",
      "replica_mean     [[3. 4.]",
      "                  [8. 4.]]",
      "replica_variance [[ 2.66666667  2.66666667]",
      "                  [ 1.         16.        ]]",
      "global_mean      [5. 4.]",
      "global_variance  [8. 8.]",
      "counts           [3 2]",
      "[[-1.414 -0.707]",
      " [-0.707  0.707]",
      " [ 0.     0.   ]",
      " [ 0.707 -1.414]",
      " [ 1.414  1.414]] float32",
      "[2.5 2. ] [4.5 4.5]",
    );
  });

  it("has all of them as arrays", () => {
    assertPrints(
      `${batch}
r = bnlab.replicate(keras.layers.BatchNormalization(axis=1), x.reshape(5, 2, 1), replicas=2)
print(r.replica_mean.tolist(), r.replica_variance.shape, r.global_mean, r.global_variance)
print(r.counts, r.counts.dtype, r.outputs.shape, r.outputs is r.outputs)`,
      "[[3.0, 4.0], [8.0, 4.0]] (2, 2) [5. 4.] [8. 8.]",
      "[3 2] int64 (5, 2, 1) True",
    );
  });

  it("lets replicas that are not synchronized go their own ways", () => {
    assertPrints(
      `${batch}
bn = keras.layers.BatchNormalization(momentum=0.5)
r = bnlab.replicate(bn, x, replicas=2)
print(str(r).split("\\n")[0])
print(bn.moving_mean.numpy(), bn.moving_variance.numpy().round(4))
r = bnlab.replicate(bn, x, replicas=1, training=False)
print(str(r).split("\\n")[0])
print(np.allclose(r.outputs, bn(x), rtol=1e-6))`,
      "float32 (5, 2) · axis 1 · 2 replicas · not synchronized: each normalized by its own moments",
      "[2.75 2.  ] [1.4167 5.1667]",
      "float32 (5, 2) · axis 1 · 1 replica · inference: normalized by the moving statistics",
      "True",
    );
  });

  it("is shown as a table of channels too", () => {
    const { shown } = run(`${batch}bnlab.replicate(keras.layers.BatchNormalization(), x, 2)`);
    const [{ [channelsMime]: channels, "text/html": html, "text/plain": text }] = shown as [
      MimeBundle,
    ];
    assert.equal(channels, undefined);
    assert.match(String(text), /^float32 \(5, 2\)/);
    assert.match(String(html), /<th [^>]*>global mean<\/th>.*<th [^>]*>variance 1<\/th>/);
    assert.match(String(html), /<tr><th scope="row">1<\/th><td align="right">4<\/td>/);
    assert.equal(String(html).match(/<tr>/g)?.length, 3);
  });

  it("says which channels its table leaves out", () => {
    const { shown } = run(`import numpy as np, keras, bnlab
bnlab.replicate(keras.layers.BatchNormalization(), np.ones((2, 100)), 2)`);
    const html = String(shown[0]!["text/html"]);
    assert.equal(html.match(/<tr>/g)?.length, 65);
    assert.match(html, /64 .*100/);
  });

  it("needs threads, and a layer and replicas that it can split", () => {
    const call = (args: string) =>
      `${batch}bn = keras.layers.BatchNormalization()\nbnlab.replicate(${args})`;
    assertRaises(
      call("bn, x, replicas=2"),
      "RuntimeError: bnlab.replicate runs each replica in a thread, and the program that runs " +
        "this kernel gives it none",
      {},
    );
    assertRaises(
      call("x, bn, replicas=2"),
      "TypeError: `layer` should be a BatchNormalization layer. Received: ndarray",
    );
    assertRaises(
      call("bn, x"),
      "TypeError: replicate() missing 1 required positional argument: 'replicas'",
    );
    assertRaises(call("bn, x, replicas=0"), "ValueError: number sections must be larger than 0.");
    assertRaises(
      call("bn, x, replicas=2.5"),
      "TypeError: 'float' object cannot be interpreted as an integer",
    );
  });

  it("leaves the layer as it was when a replica fails", () => {
    const failing: Partial<KernelHost> = {
      startReplica: (task) =>
        startReplica(task.replica === 0 ? { ...task, input: null as never } : task),
    };
    const { printed } = run(
      `import tensorflow as tf
${batch}
bn = keras.layers.BatchNormalization(synchronized=True)
try:
    bnlab.replicate(bn, x, replicas=2)
except RuntimeError as error:
    print(str(error).split(":")[0], bn.built, bn.losses)`,
      failing,
    );
    assert.equal(printed, "replica 0 False []\n");
  });

  it("stops when it is interrupted", () => {
    let started = 0;
    let ended = 0;
    const { status } = run(`${batch}bnlab.replicate(keras.layers.BatchNormalization(), x, 2)`, {
      // Threads that never begin, so that the kernel waits until it is asked to stop.
      startReplica: () => {
        started++;
        return { terminate: () => ended++ };
      },
      interrupted: () => started === 2 && ended === 0,
    });
    assert.equal(status, "interrupted");
    assert.equal(ended, 2);
  });
});

describe("synchronized=True", () => {
  const make = "layer = keras.layers.BatchNormalization(synchronized=True)";
  const refused =
    "ValueError: Argument synchronized=True is only supported with the TensorFlow backend.";
  const show = "print(keras.backend.backend(), keras.config.backend(), layer.synchronized)";

  it("is refused on the NumPy backend, in Keras's words", () => {
    assertRaises(`import keras\n${make}`, refused);
    assertRaises(
      `import os\nos.environ["KERAS_BACKEND"] = "numpy"\nimport tensorflow, keras\n${make}`,
      refused,
    );
  });

  it("is accepted once TensorFlow is imported or the environment names it", () => {
    const accepted = "tensorflow tensorflow True";
    assertPrints(`import tensorflow as tf, keras\n${make}\n${show}`, accepted);
    assertPrints(`import keras\nfrom tensorflow.keras import layers\n${make}\n${show}`, accepted);
    assertPrints(
      `import os\nos.environ["KERAS_BACKEND"] = "tensorflow"\nimport keras\n${make}\n${show}`,
      accepted,
    );
  });

  it("survives the configuration's round trip", () => {
    assertPrints(
      `import tensorflow, keras
layer = keras.layers.BatchNormalization(synchronized=True)
print(keras.layers.BatchNormalization.from_config(layer.get_config()).synchronized)`,
      "True",
    );
  });

  it("counts for nothing outside of replicas", () => {
    assertPrints(
      `import tensorflow
${batch}
on, off = [keras.layers.BatchNormalization(synchronized=flag) for flag in (True, False)]
print(bool((on(x, training=True) == off(x, training=True)).all()))`,
      "True",
    );
  });
});

describe("KERAS_BACKEND", () => {
  it("is read when Keras is first imported", () => {
    assertPrints(
      `import os, keras
os.environ["KERAS_BACKEND"] = "tensorflow"
import keras
print(keras.backend.backend())`,
      "numpy",
    );
    assertPrints(
      'import os\nos.environ["KERAS_BACKEND"] = ""\nimport keras\nprint(keras.backend.backend())',
      "numpy",
    );
  });

  it("may name a backend that only a Python kernel has, or none", () => {
    const named = (name: string) =>
      `import os\nos.environ["KERAS_BACKEND"] = "${name}"\nimport keras`;
    assertRaises(
      named("jax"),
      "ModuleNotFoundError: jax is not supported by the BatchNorm Lab kernel; " +
        "a Python kernel runs this notebook unchanged",
    );
    assertRaises(named("abc"), "ValueError: Unable to import backend : abc");
  });
});

describe("os", () => {
  it("has an environment of its own, text to text", () => {
    assertPrints(
      `import os
print(os.environ, os.getenv("HOME"), os.getenv("HOME", "none"), type(os.environ))
os.environ["A"] = "1"
os.environ.update({"B": "2"})
print(os.environ, "A" in os.environ, os.environ.get("C"), len(os.environ))
print(os.environ.pop("A"), isinstance(os.environ, dict), sorted(os.environ.items()))`,
      "environ({}) None none <class 'os._Environ'>",
      "environ({'A': '1', 'B': '2'}) True None 2",
      "1 False [('B', '2')]",
    );
  });

  it("takes and gives text only, as Python does", () => {
    assertRaises('import os\nos.environ["A"] = 1', "TypeError: str expected, not int");
    assertRaises("import os\nos.environ[1]", "TypeError: str expected, not int");
    assertRaises("import os\nos.environ.get(1)", "TypeError: str expected, not int");
    assertRaises("import os\ndel os.environ[1]", "TypeError: str expected, not int");
    assertRaises('import os\nos.environ["A"]', "KeyError: 'A'");
  });

  it("refuses by name what needs the machine", () => {
    assert.match(run("import os\nos.listdir()").error!, /^AttributeError: .*os\.listdir/);
  });
});

describe("bnlab.frameworks", () => {
  it("shows where frameworks part, and their own words for the layer's arguments", () => {
    assertPrints(
      `${batch}
bn = keras.layers.BatchNormalization(momentum=0.9)
print(bnlab.frameworks(x, bn))
print(bn.built)`,
      "float32 (5, 2) · axis 1 · n = 5 · after one training step",
      "moving_mean",
      "  Keras 3            [0.5 0.4]",
      "  PyTorch            [0.5 0.4]",
      "  tf.keras 2 (fused) [0.5 0.4]",
      "  ONNX               [0.5 0.4]",
      "moving_variance",
      "  Keras 3            [1.7 1.7]",
      "  PyTorch            [1.9 1.9]",
      "  tf.keras 2 (fused) [1.9 1.9]",
      "  ONNX               [1.7 1.7]",
      "inference_scale",
      "  Keras 3            [0.76673951 0.76673951]",
      "  PyTorch            [0.72528541 0.72528541]",
      "  tf.keras 2 (fused) [0.72528541 0.72528541]",
      "  ONNX               [0.76673951 0.76673951]",
      "mean_difference",
      "  PyTorch            [0. 0.]",
      "  tf.keras 2 (fused) [0. 0.]",
      "  ONNX               [0. 0.]",
      "variance_difference",
      "  PyTorch            [0.2 0.2]",
      "  tf.keras 2 (fused) [0.2 0.2]",
      "  ONNX               [0. 0.]",
      "Keras 3: keras.layers.BatchNormalization(momentum=0.9, epsilon=0.001); " +
        "defaults: momentum=0.99, epsilon=0.001",
      "PyTorch: torch.nn.BatchNorm1d(momentum=0.1, eps=0.001); " +
        "defaults: momentum=0.1, eps=1e-05",
      "tf.keras 2 (fused): tf.keras.layers.BatchNormalization(momentum=0.9, epsilon=0.001); " +
        "defaults: momentum=0.99, epsilon=0.001",
      "ONNX: BatchNormalization(momentum=0.9, epsilon=0.001); " +
        "defaults: momentum=0.9, epsilon=1e-05",
      "False",
    );
  });

  it("has all of it by attribute", () => {
    assertPrints(
      `${batch}
f = bnlab.frameworks(x, keras.layers.BatchNormalization(epsilon=1e-7))
print(f.frameworks)
print(f.moving_mean.shape, f.moving_variance[:, 0], f.inference_scale.shape)
print(f.mean_difference.any(), f.variance_difference[:, 0].round(6))
print(f.arguments["PyTorch"], f.arguments["tf.keras 2 (fused)"])
print(f.defaults["PyTorch"], f.defaults["ONNX"])`,
      "('Keras 3', 'PyTorch', 'tf.keras 2 (fused)', 'ONNX')",
      "(4, 2) [1.07 1.09 1.09 1.07] (4, 2)",
      "False [0.   0.02 0.02 0.  ]",
      "{'momentum': 0.01, 'eps': 1e-07} {'momentum': 0.99, 'epsilon': 1.001e-05}",
      "{'momentum': 0.1, 'eps': 1e-05} {'momentum': 0.9, 'epsilon': 1e-05}",
    );
  });

  it("is shown as a table of the differences too", () => {
    const { shown } = run(`${batch}bnlab.frameworks(x, keras.layers.BatchNormalization())`);
    const html = String(shown[0]!["text/html"]);
    assert.match(html, /<th [^>]*>Δ moving_variance, PyTorch<\/th>/);
    assert.match(html, /PyTorch: torch\.nn\.BatchNorm1d\(momentum=0\.01, eps=0\.001\)/);
    assert.match(String(shown[0]!["text/plain"]), /^float32 \(5, 2\)/);
  });

  it("needs a layer without renorm", () => {
    assertRaises(
      `${batch}bnlab.frameworks(x, keras.layers.BatchNormalization(renorm=True))`,
      "ValueError: Frameworks are compared for layers without renorm, which other frameworks do " +
        "not have. Received: renorm=True",
    );
    assertRaises(
      `${batch}bnlab.frameworks(x, x)`,
      "TypeError: `layer` should be a BatchNormalization layer. Received: ndarray",
    );
  });
});
