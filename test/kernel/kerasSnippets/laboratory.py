# %% stats of a matrix
import numpy as np, bnlab
x = np.array([[1, 2], [3, 6], [5, 4], [7, 0], [9, 8]], dtype="float32")
s = bnlab.stats(x)
print(s)
print(repr(s.shape), repr(s.dtype), repr(s.axis), repr(s.count))
print(s.mean, s.variance, s.std, s.min, s.max, s.nan_count, s.inf_count)
print(s.histogram.shape, s.histogram.sum(axis=1), s.bin_edges[:, [0, -1]], s.histogram.dtype, s.bin_edges.dtype)

# %% stats along other axes
import numpy as np, bnlab
x = np.random.default_rng(0).normal(2, 3, size=(4, 3, 5, 6)).astype("float32")
print(bnlab.stats(x, axis=1))
print(bnlab.stats(x, axis=-1))
print(bnlab.stats(x, axis=None))
print(bnlab.stats(x, 0))

# %% stats of a vector, a list and integers
import numpy as np, bnlab
print(bnlab.stats(np.array([1.5, 2.5, 4.0])))
print(bnlab.stats([1, 2, 4]))
print(bnlab.stats([[1, 2], [3, 4]], axis=0))
print(bnlab.stats(np.array([True, False, True])))
print(bnlab.stats(5.0))

# %% stats of many channels
import numpy as np, bnlab
x = np.random.default_rng(1).normal(size=(50, 40)) * np.arange(1, 41)
print(bnlab.stats(x))

# %% stats of NaN and infinity
import numpy as np, bnlab
x = np.array([[1.0, np.nan, np.inf, np.nan], [2.0, 3.0, 5.0, np.nan]])
s = bnlab.stats(x)
print(s)
print(s.nan_count, s.inf_count)
print(s.histogram.sum(axis=1), s.bin_edges[:, 0], s.bin_edges[:, -1])

# %% stats of constants and of nothing
import numpy as np, bnlab
print(bnlab.stats(np.full((4, 2), 0.1)))
print(bnlab.stats(np.zeros((0, 3))))
print(bnlab.stats(np.zeros((3, 0))))
print(bnlab.stats(np.array([[7.0, -7.0]])))

# %% stats of half precision
import numpy as np, bnlab
x = np.array([[0.1, 1000.0], [0.2, 2000.0], [0.4, 4000.0]], dtype="float16")
s = bnlab.stats(x)
print(s)
print(s.bin_edges[0, :4])

# %% a large mean beside a small deviation
import numpy as np, bnlab
x = (1e6 + np.random.default_rng(2).normal(size=(100, 2))).astype("float64")
print(bnlab.stats(x))

# %% stats in bins that are given
import numpy as np, bnlab
x = np.random.default_rng(3).normal(5, 2, size=(60, 3)).astype("float32")
x[0, 1] = np.nan
x[:, 2] *= np.abs(x[:, 2])
s = bnlab.stats(x, bins=5)
print(s.histogram, s.bin_edges, sep="\n")
print(bnlab.stats(x, bins=np.int64(2)).histogram.tolist(), bnlab.stats(x, bins=True).histogram.shape)
for rule in ("auto", "doane", "fd", "rice", "scott", "sqrt", "stone", "sturges"):
    s = bnlab.stats(x, bins=rule)
    print(rule, type(s.histogram).__name__, [counts.tolist() for counts in s.histogram])
    print([edges.dtype.name for edges in s.bin_edges], s.bin_edges[2][:3])
print(bnlab.stats(np.zeros((0, 2)), bins="auto").histogram)
print(bnlab.stats([1, 2, 3, 4, 10], bins="fd").bin_edges)

# %% stats in no bins
import numpy as np, bnlab
bnlab.stats(np.zeros((2, 3)), bins=0)

# %% stats in bins by a rule that there is not
import numpy as np, bnlab
bnlab.stats(np.zeros((2, 3)), bins="Auto")

# %% stats in bins that are no number
import numpy as np, bnlab
bnlab.stats(np.zeros((2, 3)), bins=[0.0, 1.0])

# %% stats of more channels than the text has rows
import numpy as np, bnlab
x = np.arange(2132.0).reshape(2, 1066)
x[1, 3] = np.inf
print(bnlab.stats(x))

# %% stats with a layer
import numpy as np, keras, bnlab
bn = keras.layers.BatchNormalization(axis=1)
x = np.random.default_rng(0).normal(size=(4, 3, 5)).astype("float32")
y = bn(x, training=True)
print(bnlab.stats(x, layer=bn))
print(bnlab.stats(y, layer=bn).axis, bnlab.stats(x, axis=2, layer=bn).axis)
print(bnlab.stats(bn) is bn)

# %% stats of a variable
import keras, bnlab
v = keras.Variable([[1.0, 2.0], [3.0, 5.0]])
print(bnlab.stats(v))

# %% stats of an axis that is not there
import numpy as np, bnlab
bnlab.stats(np.zeros((2, 3)), axis=2)

# %% stats with what is no layer
import numpy as np, bnlab
bnlab.stats(np.zeros((2, 3)), layer=3)

# %% stats with an unknown argument
import numpy as np, bnlab
bnlab.stats(np.zeros((2, 3)), bins=3)

# %% frameworks
import numpy as np, keras, bnlab
x = np.array([[1, 2], [3, 6], [5, 4], [7, 0], [9, 8]], dtype="float32")
bn = keras.layers.BatchNormalization()
f = bnlab.frameworks(x, bn)
print(f)
print(bn.built, f.frameworks, f.arguments, f.defaults)
print(f.moving_mean, f.moving_variance, f.inference_scale)
print(f.mean_difference, f.variance_difference)

# %% frameworks of a trained layer
import numpy as np, keras, bnlab
x = np.random.default_rng(5).normal(3, 2, size=(6, 4, 3)).astype("float32")
bn = keras.layers.BatchNormalization(momentum=0.9, epsilon=1e-6)
bn.build((None, None, 3))
bn.moving_mean.assign([1.0, 2.0, 0.5])
bn.moving_variance.assign([3.0, 1.0, 0.25])
before = bn.moving_mean.numpy()
print(bnlab.frameworks(x, bn))
print(np.array_equal(before, bn.moving_mean.numpy()))

# %% frameworks of a single value
import numpy as np, keras, bnlab
print(bnlab.frameworks(np.array([[2.0, 4.0]], "float32"), keras.layers.BatchNormalization()))

# %% frameworks and renorm
import numpy as np, keras, bnlab
bnlab.frameworks(np.ones((2, 2), "float32"), keras.layers.BatchNormalization(renorm=True))

# %% frameworks of another shape
import numpy as np, keras, bnlab
bn = keras.layers.BatchNormalization(name="bn")
bn.build((None, 3))
bnlab.frameworks(np.ones((2, 2), "float32"), bn)

# %% frameworks of another rank
import numpy as np, keras, bnlab
bn = keras.layers.BatchNormalization(name="bn")
bn.build((None, 3))
bnlab.frameworks(np.ones((2, 2, 3), "float32"), bn)

# %% frameworks without a layer
import numpy as np, bnlab
bnlab.frameworks(np.ones((2, 2), "float32"), "bn")

# %% replicate
import numpy as np, keras, bnlab
x = np.array([[1, 2], [3, 6], [5, 4], [7, 0], [9, 8]], dtype="float32")
bn = keras.layers.BatchNormalization(momentum=0.5)
r = bnlab.replicate(bn, x, replicas=2)
print(r)
print(r.outputs.round(3), r.outputs.dtype)
print(bn.moving_mean.numpy(), bn.moving_variance.numpy())
print(r.replica_mean, r.replica_variance, r.global_mean, r.global_variance, r.counts)

# %% replicate in inference
import numpy as np, keras, bnlab
x = np.arange(24, dtype="float32").reshape(6, 4)
bn = keras.layers.BatchNormalization()
bn.build((None, 4))
r = bnlab.replicate(bn, x, 3, training=False)
print(r)
print(r.outputs.round(3))
print(bn.moving_mean.numpy())

# %% replicate with renorm
import numpy as np, keras, bnlab
x = np.arange(24, dtype="float32").reshape(6, 4) ** 1.5
bn = keras.layers.BatchNormalization(renorm=True, momentum=0.8)
r = bnlab.replicate(bn, x, 2)
print(r.outputs.round(3))
print(np.round(bn.moving_mean.numpy(), 4), np.round(bn.moving_variance.numpy(), 4))

# %% replicate over no replicas
import numpy as np, keras, bnlab
bnlab.replicate(keras.layers.BatchNormalization(), np.ones((4, 2), "float32"), 0)

# %% replicate over too many
import numpy as np, keras, bnlab
bnlab.replicate(keras.layers.BatchNormalization(), np.ones((4, 2), "float32"), replicas=100)

# %% replicate along the channels
import numpy as np, keras, bnlab
bnlab.replicate(keras.layers.BatchNormalization(axis=0), np.ones((4, 2), "float32"), replicas=2)

# %% modes of a fresh layer
import numpy as np, keras, bnlab
x = np.random.default_rng(0).normal([0, 5, 10], [1, 2, 3], size=(200, 3)).astype("float32")
bn = keras.layers.BatchNormalization()
m = bnlab.modes(bn, x)
print(m)
print(m.remaining, m.reasons, m.ranking)
print(m.difference.round(4), m.mean_gap.round(4), m.std_ratio.round(4), bn.built)

# %% modes on the way
import numpy as np, keras, bnlab
x = np.random.default_rng(0).normal([0, 5, 10], [1, 2, 3], size=(200, 3)).astype("float32")
bn = keras.layers.BatchNormalization(momentum=0.9)
for _ in range(5):
    bn(x, training=True)
m = bnlab.modes(bn, x)
print(repr(m).split("\n")[1], m.reasons, m.ranking)
print(m.difference.round(3), m.mean_gap.round(3), m.std_ratio.round(3), round(m.remaining, 4))
for _ in range(60):
    bn(x, training=True)
m = bnlab.modes(bn, x)
print(repr(m).split("\n")[1], m.reasons, m.difference.round(3))

# %% modes of other data
import numpy as np, keras, bnlab
x = np.random.default_rng(0).normal(size=(500, 4)).astype("float32")
bn = keras.layers.BatchNormalization()
bn.build(x.shape)
bn.moving_mean.assign([0.0, 0.125, -0.125, 0.0])
bn.moving_variance.assign([1.0, 1.25, 0.75, 1.0])
other = x * np.array([1, 1, 2, 3], "float32") + np.array([0, 1, 0, 4], "float32")
print(bnlab.modes(bn, other))
print(bnlab.modes(bn, x[:3]))

# %% modes of many channels
import numpy as np, keras, bnlab
x = np.random.default_rng(0).normal(np.arange(30), 1, size=(50, 30)).astype("float32")
bn = keras.layers.BatchNormalization(gamma_initializer=keras.initializers.Constant(2.0))
print(bnlab.modes(bn, x))

# %% modes of NaN
import numpy as np, keras, bnlab
x = np.array([[1.0, np.nan], [2.0, 3.0], [4.0, 5.0]], "float32")
print(bnlab.modes(keras.layers.BatchNormalization(), x))

# %% gradients
import numpy as np, keras, bnlab
x = np.array([[1, 2], [3, 6], [5, 4]], dtype="float32")
up = np.array([[1, 0], [0, 2], [0.5, 1]], dtype="float32")
bn = keras.layers.BatchNormalization()
g = bnlab.gradients(bn, x, up)
print(list(g), bn.built)
print(g["input"].round(4), g["gamma"].round(4), g["beta"], g["input"].dtype)
g = bnlab.gradients(bn, x, up, training=False)
print(g["input"].round(4), g["gamma"].round(4), g["beta"])

# %% gradients without gamma and beta
import numpy as np, keras, bnlab
x = np.arange(12, dtype="float32").reshape(2, 3, 2)
bn = keras.layers.BatchNormalization(center=False, scale=False, axis=1)
g = bnlab.gradients(bn, x, np.cos(x))
print(list(g), g["input"].round(4))

# %% gradients under a mask
import numpy as np, keras, bnlab
x = np.array([[[1.0, 2.0], [3.0, 5.0], [9.0, 9.0]], [[0.0, 1.0], [4.0, 4.0], [7.0, 2.0]]], "float32")
mask = np.array([[1, 1, 0], [1, 0, 1]])
bn = keras.layers.BatchNormalization()
g = bnlab.gradients(bn, x, np.sin(x), mask=mask)
print(g["input"].round(4), g["gamma"].round(4), g["beta"].round(4))

# %% gradients of renorm
import numpy as np, keras, bnlab
x = np.array([[1.0, 2.0], [3.0, 5.0], [9.0, 9.0]], "float32")
bn = keras.layers.BatchNormalization(renorm=True, renorm_clipping={"rmax": 3.0, "rmin": 0.3, "dmax": 2.0})
g = bnlab.gradients(bn, x, np.sin(x))
print(g["input"].round(4), g["gamma"].round(4), g["beta"].round(4))

# %% gradients of integers and doubles
import numpy as np, keras, bnlab
x = np.arange(6).reshape(3, 2)
bn = keras.layers.BatchNormalization()
print(bnlab.gradients(bn, x, np.ones((3, 2)))["input"].dtype)
print(bnlab.gradients(bn, x.astype("float64"), np.ones((3, 2)))["input"].dtype)

# %% gradients of another shape
import numpy as np, keras, bnlab
bnlab.gradients(keras.layers.BatchNormalization(), np.ones((3, 2)), np.ones((2, 2)))

# %% gradients of a frozen layer
import numpy as np, keras, bnlab
x = np.array([[1, 2], [3, 6], [5, 4]], dtype="float32")
bn = keras.layers.BatchNormalization()
bn.build((None, 2))
bn.trainable = False
print({k: v.round(3).tolist() for k, v in bnlab.gradients(bn, x, np.ones_like(x)).items()})
