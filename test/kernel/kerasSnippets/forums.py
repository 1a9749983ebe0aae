# %% output has no numpy method
import numpy as np, keras
y = keras.layers.BatchNormalization()(np.ones((2, 2), "float32"))
print(type(y), isinstance(y, np.ndarray))
y.numpy()

# %% stateless call
import numpy as np, keras
bn = keras.layers.BatchNormalization()
bn.build((None, 2))
x = np.array([[1.0, 2.0], [3.0, 4.0]], "float32")
out, state = bn.stateless_call(bn.trainable_variables, bn.non_trainable_variables, x, training=True)
print(np.round(out, 3), [np.round(s, 4) for s in state])
print(bn.moving_mean.numpy())

# %% summary of the layer
import keras
bn = keras.layers.BatchNormalization()
bn.summary()

# %% table of weights
import keras
bn = keras.layers.BatchNormalization(name="bn")
bn.build((None, 10))
print(f"{'name':<20}{'shape':<10}{'params':>8}{'trainable':>12}")
for w in bn.weights:
    n = 1
    for d in w.shape: n *= d
    print(f"{w.name:<20}{str(w.shape):<10}{n:>8}{str(w.trainable):>12}")

# %% building twice
import keras
bn = keras.layers.BatchNormalization()
bn.build((None, 3))
bn.build((None, 3))
print(len(bn.weights))

# %% build with a list
import keras
bn = keras.layers.BatchNormalization()
bn.build([None, 3])
print(bn.gamma.shape, bn.input_spec)

# %% build with an int
import keras
keras.layers.BatchNormalization().build(3)

# %% build without channels axis
import keras
keras.layers.BatchNormalization(axis=3).build((None, 3))

# %% scalar input
import numpy as np, keras
keras.layers.BatchNormalization()(np.float32(3.0))

# %% vector input
import numpy as np, keras
print(keras.layers.BatchNormalization()(np.array([1.0, 2.0, 3.0], "float32"), training=True))

# %% None input
import keras
keras.layers.BatchNormalization()(None)

# %% a string input
import keras
keras.layers.BatchNormalization()("x")

# %% empty batch
import numpy as np, keras
bn = keras.layers.BatchNormalization()
y = bn(np.zeros((0, 3), "float32"))
print(y.shape, y)

# %% momentum as text
import keras
bn = keras.layers.BatchNormalization(momentum="0.9")
print(bn.momentum)

# %% epsilon negative
import numpy as np, keras
bn = keras.layers.BatchNormalization(epsilon=-1.0)
print(bn.epsilon)

# %% momentum None
import keras
keras.layers.BatchNormalization(momentum=None)

# %% axis float
import keras
bn = keras.layers.BatchNormalization(axis=1.0)
print(bn.axis)

# %% axis tuple
import keras
keras.layers.BatchNormalization(axis=(1, 2))

# %% axis None
import keras
keras.layers.BatchNormalization(axis=None)

# %% renorm clipping errors
import keras
keras.layers.BatchNormalization(renorm=True, renorm_clipping={"rmax": 3, "foo": 1})

# %% unused renorm arguments
import keras
bn = keras.layers.BatchNormalization(renorm_clipping={"rmax": 3.0})
print(bn.get_config()["renorm_clipping"])

# %% virtual batch size and fused of old keras
import keras
try:
    keras.layers.BatchNormalization(fused=True)
except ValueError as e:
    print(e)

# %% virtual batch size
import keras
keras.layers.BatchNormalization(virtual_batch_size=8)

# %% gamma regularizer text unknown
import keras
keras.layers.BatchNormalization(gamma_regularizer="l5")

# %% path before and after building
import keras
bn = keras.layers.BatchNormalization(name="a")
print(bn.path, bn.name)
bn.build((None, 1))
print(bn.path, bn.gamma.path)

# %% dtype attribute set through policy object
import keras
bn = keras.layers.BatchNormalization(dtype=keras.DTypePolicy("mixed_float16"))
print(bn.dtype_policy, bn.get_config()["dtype"])

# %% iterating over weights with values
import keras
bn = keras.layers.BatchNormalization()
bn.build((None, 2))
for name, value in zip(["gamma", "beta", "mean", "var"], bn.get_weights()):
    print(name, value, value.dtype)
print({w.name: w.numpy().tolist() for w in bn.weights})

# %% get_weights are copies
import keras
bn = keras.layers.BatchNormalization()
bn.build((None, 2))
w = bn.get_weights()
w[0][:] = 5
print(bn.gamma.numpy())
bn.set_weights(w)
print(bn.gamma.numpy())

# %% set_weights with extra weight
import numpy as np, keras
bn = keras.layers.BatchNormalization(name="x")
bn.build((None, 2))
bn.set_weights([np.ones(2)] * 5)

# %% set_weights casts
import numpy as np, keras
bn = keras.layers.BatchNormalization()
bn.build((None, 2))
bn.set_weights([np.array([1, 2]), np.zeros(2, "int64"), np.zeros(2, "float64"), np.ones(2, "float16")])
print([w.dtype for w in bn.weights], bn.gamma.numpy())

# %% layer equality of outputs across axis forms
import numpy as np, keras
x = np.random.default_rng(0).normal(size=(2, 3, 4)).astype("float32")
a = keras.layers.BatchNormalization(axis=-1)(x, training=True)
b = keras.layers.BatchNormalization(axis=2)(x, training=True)
print(np.array_equal(a, b), keras.layers.BatchNormalization(axis=-2)(x).shape)

# %% a class attribute of Layer
import keras
print(keras.Layer, keras.layers.Layer is keras.Layer)
print(keras.layers.Layer.__name__)

# %% variables as numpy arguments
import numpy as np, keras
bn = keras.layers.BatchNormalization()
bn.build((None, 3))
print(np.zeros(3) + bn.gamma, np.sum(bn.moving_variance), np.stack([bn.gamma, bn.beta]))
print(np.concatenate([bn.gamma, bn.beta]), np.round(bn.gamma, 2), bn.gamma.numpy().mean())
print(bn.gamma + np.ones(3), bn.gamma.value * 2, bn.gamma.dtype == "float32")

# %% variable methods
import numpy as np, keras
v = keras.Variable(np.arange(4.0))
print(v.shape, v.ndim, v.value.sum(), v.numpy().max())
v.assign(v * 2)
print(v.numpy(), v.value.tolist())
print(keras.ops.sum(v), keras.ops.mean(v), v.numpy().reshape(2, 2))
print(v.trainable, keras.Variable(0).dtype, keras.Variable(0.0, dtype="float64").dtype)

# %% variable missing attribute
import keras
keras.Variable(1.0).nope

# %% variable bad dtype
import keras
keras.Variable(1.0, dtype="floaty")

# %% variable no value
import keras
keras.Variable()

# %% assign add a scalar
import keras
v = keras.Variable(0, dtype="int32", name="step")
for _ in range(3):
    v.assign_add(1)
print(v, v.numpy(), int(v), v.value)
print(f"step {int(v)}")

# %% variable pow and rsub
import keras
v = keras.Variable([1.0, 2.0])
print(2 ** v, 3 - v, 3 // v, 5 % v, v // 2, v % 2, abs(v), v != 1)
print(v.sum() if hasattr(v, "sum") else "no sum")

# %% shape is a tuple
import keras
v = keras.Variable([[1.0, 2.0]])
a, b = v.shape
print(a, b, len(v.shape), v.shape == (1, 2), type(v.shape))

# %% ops with numpy scalars and python numbers
from keras import ops
print(ops.sqrt(2.0), ops.exp(1.0), ops.maximum(1, 2), ops.abs(-3), ops.mean([1.0, 2.0]))
print(ops.sqrt(2.0).dtype, ops.maximum(1, 2).dtype, type(ops.mean([1.0, 2.0])))
print(ops.square(2.0) + 1, ops.add(1, 2.5), ops.multiply(2, 3), ops.power(2, 3), ops.divide(1, 3))

# %% ops keywords
import numpy as np
from keras import ops
x = np.arange(6, dtype="float32").reshape(2, 3)
print(ops.mean(x=x, axis=0), ops.sum(x, 0, True), ops.reshape(x, newshape=(3, 2)).shape)
print(ops.concatenate(xs=[x, x], axis=1).shape, ops.stack(x=[x, x], axis=-1).shape)

# %% ops wrong keyword
from keras import ops
ops.mean([1.0], dim=0)

# %% ops missing argument
from keras import ops
ops.reshape([1.0])

# %% ops reshape that does not fit
import numpy as np
from keras import ops
ops.reshape(np.ones(6), (4, 2))

# %% ops concatenate that does not fit
import numpy as np
from keras import ops
ops.concatenate([np.ones((1, 2)), np.ones((1, 3))], axis=0)

# %% ops batch normalization in 4d
import numpy as np
from keras import ops
x = np.random.default_rng(0).normal(size=(2, 3, 3, 2)).astype("float32")
mean, var = ops.moments(x, axes=[0, 1, 2], keepdims=True)
print(mean.shape)
m, v = ops.squeeze(mean), ops.squeeze(var)
y = ops.batch_normalization(x, m, v, axis=3, epsilon=1e-5)
print(np.abs(ops.mean(y, axis=(0, 1, 2))).round(4), ops.std(y, axis=(0, 1, 2)).round(3))
ops.batch_normalization(x, m, v, axis=5)

# %% ops of float16
import numpy as np
from keras import ops
x = np.array([60000.0, 60000.0], "float16")
print(ops.mean(x), ops.moments(x, axes=[0]), ops.sum(x))

# %% isinstance checks of tensors
import numpy as np
import keras
x = keras.ops.zeros((2,))
print(isinstance(x, np.ndarray), keras.ops.is_tensor(x), type(x).__name__)

# %% cond and while
import numpy as np
from keras import ops
print(ops.cond(True, lambda: 1, lambda: 2))
print(ops.while_loop(lambda i: i < 5, lambda i: i + 1, [0]))
print(ops.fori_loop(0, 5, lambda i, acc: acc + i, 0))
print(ops.map(lambda v: v * 2, np.arange(3)))
print(ops.vectorized_map(lambda v: v * 2, np.arange(3)))

# %% rms and layer normalization
import numpy as np
from keras import ops
x = np.array([[1.0, 2.0, 3.0]], "float32")
print(np.round(ops.rms_normalization(x), 4))
print(np.round(ops.layer_normalization(x), 4))

# %% erf and friends
import numpy as np
from keras import ops
x = np.array([-1.0, 0.0, 0.5], "float32")
print(np.round(ops.erf(x), 4), np.round(ops.gelu(x, approximate=False), 4))

# %% bit and integer
import numpy as np
from keras import ops
print(ops.bitwise_and(np.array([5]), np.array([3])), ops.left_shift(np.array([1]), 2), ops.gcd(12, 8) if hasattr(ops, "gcd") else "")
print(ops.logspace(0, 2, 3), ops.digitize(np.array([0.5, 1.5]), np.array([0.0, 1.0])), ops.searchsorted(np.array([1, 2, 3]), np.array([2])))

# %% dtype promotion table
from keras import ops
for a in ("int32", "float16", "float32", "bool"):
    print(a, [str(ops.add(ops.ones(1, dtype=a), ops.ones(1, dtype=b)).dtype) for b in ("int32", "float16", "float32", "int8")])

# %% convert with numpy dtypes
import numpy as np
from keras import ops
print(ops.convert_to_tensor([1, 2], dtype=np.float32).dtype, ops.cast(np.ones(2), np.int64).dtype, ops.zeros((1,), dtype="bool"))
print(ops.convert_to_tensor(np.array([1, 2])).dtype, ops.convert_to_tensor(np.array([1.0])).dtype, ops.convert_to_tensor(1).dtype)

# %% nested lists with ragged rows
from keras import ops
ops.convert_to_tensor([[1, 2], [3]])

# %% random in a loop with one generator
import numpy as np, keras
rng = keras.random.SeedGenerator(42)
for _ in range(2):
    print(np.round(keras.random.uniform((2,), seed=rng), 4))
print(np.round(keras.random.normal((2, 2), seed=42), 4))

# %% random with numpy seed
import numpy as np, keras
keras.random.normal((2,), seed=np.int64(3))

# %% activations module
import numpy as np, keras
print(keras.activations.relu(np.array([-1.0, 1.0], "float32")))

# %% time it
import time
import numpy as np, keras
start = time.perf_counter()
bn = keras.layers.BatchNormalization()
for _ in range(3):
    bn(np.ones((8, 4), "float32"), training=True)
elapsed = time.perf_counter() - start
print(elapsed > 0, f"{bn.moving_mean.numpy()[0]:.6f}")

# %% moving average by formula
import numpy as np, keras
rng = np.random.default_rng(0)
bn = keras.layers.BatchNormalization(momentum=0.9)
mm, mv = np.zeros(3), np.ones(3)
for _ in range(20):
    x = rng.normal([1, 2, 3], [1, 2, 3], (64, 3)).astype("float32")
    bn(x, training=True)
    mm = 0.9 * mm + 0.1 * x.mean(0)
    mv = 0.9 * mv + 0.1 * x.var(0)
print(np.allclose(mm, bn.moving_mean, atol=1e-5), np.allclose(mv, bn.moving_variance, atol=1e-4))
np.testing.assert_allclose(bn.moving_mean.numpy(), mm, rtol=1e-4)

# %% numpy batchnorm class by hand
import numpy as np

def batchnorm_forward(x, gamma, beta, eps=1e-5):
    N, D = x.shape
    mu = 1.0 / N * np.sum(x, axis=0)
    xmu = x - mu
    var = 1.0 / N * np.sum(xmu ** 2, axis=0)
    sqrtvar = np.sqrt(var + eps)
    ivar = 1.0 / sqrtvar
    xhat = xmu * ivar
    out = gamma * xhat + beta
    return out, (xhat, gamma, xmu, ivar, sqrtvar, var, eps)

def batchnorm_backward(dout, cache):
    xhat, gamma, xmu, ivar, sqrtvar, var, eps = cache
    N, D = dout.shape
    dbeta = np.sum(dout, axis=0)
    dgamma = np.sum(dout * xhat, axis=0)
    dxhat = dout * gamma
    dx = (1.0 / N) * ivar * (N * dxhat - np.sum(dxhat, axis=0) - xhat * np.sum(dxhat * xhat, axis=0))
    return dx, dgamma, dbeta

rng = np.random.default_rng(231)
x = 5 * rng.standard_normal((4, 5)) + 12
gamma, beta = rng.standard_normal(5), rng.standard_normal(5)
dout = rng.standard_normal((4, 5))
out, cache = batchnorm_forward(x, gamma, beta)
dx, dgamma, dbeta = batchnorm_backward(dout, cache)
print(out.round(4))
print(dx.round(6), dgamma.round(5), dbeta.round(5))

# %% multiple layers in a dict comprehension
import keras
layers_by_size = {n: keras.layers.BatchNormalization(name=f"bn_{n}") for n in (8, 16)}
for n, layer in layers_by_size.items():
    layer.build((None, n))
    print(layer.name, layer.count_params())
print(sum(l.count_params() for l in layers_by_size.values()))

# %% getattr and dir
import keras
bn = keras.layers.BatchNormalization()
bn.build((None, 2))
for name in ("gamma", "beta", "moving_mean", "moving_variance"):
    print(name, getattr(bn, name).numpy())
print("gamma" in dir(bn), "momentum" in dir(bn))

# %% loading weights from another shape
import numpy as np, keras
a = keras.layers.BatchNormalization(); a.build((None, 2))
b = keras.layers.BatchNormalization(); b.build((None, 3))
try:
    b.set_weights(a.get_weights())
except ValueError as e:
    print(e)

# %% f-strings of layers
import keras
bn = keras.layers.BatchNormalization(name="bn")
print(f"{bn}", f"{bn!r:>50}", str(bn), "%s" % bn)
