/**
 * @file For each code, Python that has the problem, the same without it, and, where a mistake can be
 * shown, a cell that shows what it does.
 */
import type { Code } from "./codes.ts";

export interface Example {
  readonly wrong: string;
  readonly right: string;
  /** Runs in the kernel; null where it takes more than one layer to see it. */
  readonly cell: string | null;
}

const data = `import numpy as np
from keras import layers

x = np.random.default_rng(0).normal(5, 2, size=(32, 8, 8, 4)).astype("float32")
`;

export const examples: Readonly<Record<Code, Example>> = {
  "unknown-argument": {
    wrong: "bn = layers.BatchNormalization(momentun=0.9)",
    right: "bn = layers.BatchNormalization(momentum=0.9)",
    cell: "from keras import layers\n\nlayers.BatchNormalization(momentun=0.9)",
  },
  "repeated-argument": {
    wrong: "bn = layers.BatchNormalization(-1, axis=1)",
    right: "bn = layers.BatchNormalization(axis=1)",
    cell: "from keras import layers\n\nlayers.BatchNormalization(-1, axis=1)",
  },
  "removed-argument": {
    wrong: "bn = layers.BatchNormalization(axis=3, fused=True)",
    right: "bn = layers.BatchNormalization(axis=3)",
    cell: "from keras import layers\n\nlayers.BatchNormalization(axis=3, fused=True)",
  },
  "argument-type": {
    wrong: "bn = layers.BatchNormalization(epsilon=None)",
    right: "bn = layers.BatchNormalization(epsilon=1e-3)",
    cell: "from keras import layers\n\nlayers.BatchNormalization(epsilon=None)",
  },
  "argument-range": {
    wrong: "bn = layers.BatchNormalization(momentum=1.5)",
    right: "bn = layers.BatchNormalization(momentum=0.99)",
    cell: `${data}
# The moving mean should come closer to 5 with every step; it runs away.
bn = layers.BatchNormalization(momentum=1.5)
for step in range(5):
    bn(x, training=True)
    print(step, np.array(bn.moving_mean).round(2))`,
  },
  "unknown-object": {
    wrong: "bn = layers.BatchNormalization(gamma_initializer='zeors')",
    right: "bn = layers.BatchNormalization(gamma_initializer='zeros')",
    cell: "from keras import layers\n\nlayers.BatchNormalization(gamma_initializer='zeors')",
  },
  "pytorch-momentum": {
    wrong: "bn = layers.BatchNormalization(momentum=0.1)",
    right: "bn = layers.BatchNormalization(momentum=0.9)",
    cell: `${data}
# A last batch that is unlike all others: with 0.1, inference uses little else.
odd = x + 100
for momentum in [0.1, 0.9, 0.99]:
    bn = layers.BatchNormalization(momentum=momentum)
    for step in range(300):
        bn(x, training=True)
    bn(odd, training=True)
    print(momentum, np.array(bn.moving_mean).round(2))`,
  },
  "axis-list": {
    wrong: "bn = layers.BatchNormalization(axis=[-1])",
    right: "bn = layers.BatchNormalization(axis=-1)",
    cell: "from keras import layers\n\nlayers.BatchNormalization(axis=[-1])",
  },
  "axis-data-format": {
    wrong: `x = layers.Conv2D(8, 3, use_bias=False, data_format="channels_first")(x)
x = layers.BatchNormalization()(x)`,
    right: `x = layers.Conv2D(8, 3, use_bias=False, data_format="channels_first")(x)
x = layers.BatchNormalization(axis=1)(x)`,
    cell: `import numpy as np
from keras import layers

# 32 images of 3 channels, the channels first
x = np.random.default_rng(0).normal(5, 2, size=(32, 3, 16, 16)).astype("float32")
wrong = layers.BatchNormalization()
right = layers.BatchNormalization(axis=1)
wrong(x, training=True)
right(x, training=True)
print("axis=-1:", wrong.gamma.shape, "one gamma for each column of the image")
print("axis=1: ", right.gamma.shape, "one gamma for each channel")`,
  },
  "bias-before-batch-norm": {
    wrong: "x = layers.Dense(64)(x)\nx = layers.BatchNormalization()(x)",
    right: "x = layers.Dense(64, use_bias=False)(x)\nx = layers.BatchNormalization()(x)",
    cell: `${data}
# Adding a bias to each channel changes nothing that comes out.
bias = np.array([10.0, -3.0, 0.5, 7.0], dtype="float32")
bn = layers.BatchNormalization()
without = np.array(bn(x, training=True))
with_bias = np.array(bn(x + bias, training=True))
print("largest difference:", abs(with_bias - without).max().round(3))`,
  },
  "scale-before-linear": {
    wrong: "x = layers.BatchNormalization()(x)\nx = layers.Dense(64)(x)",
    right: "x = layers.BatchNormalization(scale=False)(x)\nx = layers.Dense(64)(x)",
    cell: `${data}
# What gamma multiplies, the next layer's weights can multiply as well.
gamma = np.array([0.5, 2.0, 1.5, 3.0], dtype="float32")
weights = np.random.default_rng(1).normal(size=(4, 2)).astype("float32")
y = np.array(layers.BatchNormalization(scale=False)(x, training=True))
by_gamma = (y * gamma) @ weights
by_weights = y @ (gamma[:, np.newaxis] * weights)
print("largest difference:", abs(by_gamma - by_weights).max().round(4))`,
  },
  "missing-training": {
    wrong: `model = keras.Sequential([layers.Dense(8, use_bias=False), layers.BatchNormalization()])
with tf.GradientTape() as tape:
    loss = loss_fn(y, model(x))
gradients = tape.gradient(loss, model.trainable_variables)
optimizer.apply_gradients(zip(gradients, model.trainable_variables))`,
    right: `model = keras.Sequential([layers.Dense(8, use_bias=False), layers.BatchNormalization()])
with tf.GradientTape() as tape:
    loss = loss_fn(y, model(x, training=True))
gradients = tape.gradient(loss, model.trainable_variables)
optimizer.apply_gradients(zip(gradients, model.trainable_variables))`,
    cell: `${data}
bn = layers.BatchNormalization()
y = np.array(bn(x))
print("without training: mean", abs(y.mean()).round(2), "moving mean", np.array(bn.moving_mean).round(2))
y = np.array(bn(x, training=True))
print("training=True:    mean", abs(y.mean()).round(2), "moving mean", np.array(bn.moving_mean).round(2))`,
  },
  "trainable-after-compile": {
    wrong: `model.compile(optimizer="adam", loss="mse")
model.trainable = False
model.fit(x, y)`,
    right: `model.trainable = False
model.compile(optimizer="adam", loss="mse")
model.fit(x, y)`,
    cell: null,
  },
  "unused-layer": {
    wrong: `x = layers.Dense(64, use_bias=False)(x)
layers.BatchNormalization()(x)
x = layers.ReLU()(x)`,
    right: `x = layers.Dense(64, use_bias=False)(x)
x = layers.BatchNormalization()(x)
x = layers.ReLU()(x)`,
    cell: null,
  },
  "missing-parentheses": {
    wrong: "model.add(layers.BatchNormalization)",
    right: "model.add(layers.BatchNormalization())",
    cell: `${data}
layer = layers.BatchNormalization
print(layer)
layer(x)`,
  },
  "tensor-as-argument": {
    wrong: "x = layers.Dense(64, use_bias=False)(x)\nx = layers.BatchNormalization(x)",
    right: "x = layers.Dense(64, use_bias=False)(x)\nx = layers.BatchNormalization()(x)",
    cell: `${data}
layers.BatchNormalization(x)`,
  },
  "batch-size-one": {
    wrong: `model = keras.Sequential([layers.Dense(8, use_bias=False), layers.BatchNormalization()])
model.fit(x, y, batch_size=1)`,
    right: `model = keras.Sequential([layers.Dense(8, use_bias=False), layers.BatchNormalization()])
model.fit(x, y, batch_size=32)`,
    cell: `import numpy as np
from keras import layers

# One sample is its own mean: whatever it is, beta comes out, which is 0.
bn = layers.BatchNormalization()
for value in [1.0, 20.0, -300.0]:
    x = np.full((1, 4), value, dtype="float32")
    print(value, np.array(bn(x, training=True)))`,
  },
  "mask-rank": {
    wrong: `bn = layers.BatchNormalization()
y = bn(np.ones((2, 3, 4)), mask=np.ones((2, 3, 4)))`,
    right: `bn = layers.BatchNormalization()
y = bn(np.ones((2, 3, 4)), mask=np.ones((2, 3)))`,
    cell: `import numpy as np
from keras import layers

bn = layers.BatchNormalization()
bn(np.ones((2, 3, 4)), training=True, mask=np.ones((2, 3, 4)))`,
  },
  "synchronized-backend": {
    wrong: `os.environ["KERAS_BACKEND"] = "jax"
bn = layers.BatchNormalization(synchronized=True)`,
    right: `os.environ["KERAS_BACKEND"] = "tensorflow"
bn = layers.BatchNormalization(synchronized=True)`,
    cell: "from keras import layers\n\nlayers.BatchNormalization(synchronized=True)",
  },
  "renorm-clipping": {
    wrong: 'bn = layers.BatchNormalization(renorm=True, renorm_clipping={"rmax": 0.3, "rmin": 3})',
    right: 'bn = layers.BatchNormalization(renorm=True, renorm_clipping={"rmin": 0.3, "rmax": 3})',
    cell: `from keras import layers

layers.BatchNormalization(renorm=True, renorm_clipping={"rmax": 0.3, "rmin": 3})`,
  },
  "set-weights-order": {
    wrong: "bn = layers.BatchNormalization()\nbn.set_weights([gamma, beta, variance, mean])",
    right: "bn = layers.BatchNormalization()\nbn.set_weights([gamma, beta, mean, variance])",
    cell: `${data}
bn = layers.BatchNormalization()
bn.build(x.shape)
gamma, beta = np.ones(4), np.zeros(4)
mean, variance = x.mean(axis=(0, 1, 2)), x.var(axis=(0, 1, 2))
for order, weights in [
    ("right", [gamma, beta, mean, variance]),
    ("wrong", [gamma, beta, variance, mean]),
]:
    bn.set_weights(weights)
    y = np.array(bn(x))
    print(order, "mean", y.mean().round(2), "standard deviation", y.std().round(2))`,
  },
};
