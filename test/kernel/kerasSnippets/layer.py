# %% default constructor
import keras
from keras import layers
bn = layers.BatchNormalization()
print(bn)
print(bn.name, bn.axis, bn.momentum, bn.epsilon, bn.center, bn.scale)
print(bn.built, bn.trainable, bn.dtype)

# %% every argument spelled out
import keras
bn = keras.layers.BatchNormalization(
    axis=-1,
    momentum=0.99,
    epsilon=0.001,
    center=True,
    scale=True,
    beta_initializer="zeros",
    gamma_initializer="ones",
    moving_mean_initializer="zeros",
    moving_variance_initializer="ones",
    beta_regularizer=None,
    gamma_regularizer=None,
    beta_constraint=None,
    gamma_constraint=None,
    synchronized=False,
)
for key, value in bn.get_config().items():
    print(key, "=", value)

# %% training and inference side by side
import numpy as np
from keras.layers import BatchNormalization
x = np.array([[1.0, 10.0], [2.0, 20.0], [3.0, 30.0], [4.0, 40.0]], dtype="float32")
bn = BatchNormalization()
train = bn(x, training=True)
infer = bn(x, training=False)
print(np.round(train, 3))
print(np.round(infer, 3))
print(np.array(bn.moving_mean).round(4))
print(np.array(bn.moving_variance).round(4))

# %% what the default mode is
import numpy as np
import keras
x = np.ones((2, 3), "float32") * 5
bn = keras.layers.BatchNormalization()
print(np.round(bn(x), 4))
print(np.round(bn(x, training=None), 4))

# %% weights and their names
import keras
bn = keras.layers.BatchNormalization(name="bn1")
bn.build((None, 3))
for w in bn.weights:
    print(w.name, w.path, w.shape, w.dtype, w.trainable)
print(len(bn.weights), len(bn.trainable_weights), len(bn.non_trainable_weights))
print([v.name for v in bn.trainable_variables])
print([v.name for v in bn.non_trainable_variables])
print([v.name for v in bn.variables])

# %% the variables themselves
import keras
bn = keras.layers.BatchNormalization()
bn.build((None, 2))
print(bn.gamma)
print(bn.beta)
print(bn.moving_mean)
print(bn.moving_variance)
print(bn.weights)

# %% get_weights in order
import numpy as np
import keras
bn = keras.layers.BatchNormalization()
bn.build((None, 4))
gamma, beta, mean, var = bn.get_weights()
print(gamma, beta, mean, var)
print([w.shape for w in bn.get_weights()])
print(type(bn.get_weights()), type(gamma))

# %% set_weights then infer
import numpy as np
import keras
bn = keras.layers.BatchNormalization(epsilon=0.0)
bn.build((None, 2))
bn.set_weights([np.array([2.0, 3.0]), np.array([1.0, -1.0]), np.array([0.5, 1.5]), np.array([4.0, 9.0])])
x = np.array([[0.5, 1.5], [2.5, 4.5]], dtype="float32")
print(bn(x))
print(bn.get_weights())

# %% set_weights with too few
import numpy as np
import keras
bn = keras.layers.BatchNormalization()
bn.build((None, 2))
bn.set_weights([np.ones(2), np.zeros(2)])

# %% set_weights before building
import numpy as np
import keras
bn = keras.layers.BatchNormalization()
bn.set_weights([np.ones(2), np.zeros(2), np.zeros(2), np.ones(2)])

# %% set_weights of another shape
import numpy as np
import keras
bn = keras.layers.BatchNormalization()
bn.build((None, 2))
bn.set_weights([np.ones(3), np.zeros(3), np.zeros(3), np.ones(3)])

# %% set_weights of lists
import keras
bn = keras.layers.BatchNormalization()
bn.build((None, 2))
bn.set_weights([[1.0, 1.0], [0.0, 0.0], [0.0, 0.0], [1.0, 1.0]])

# %% set_weights caught
import numpy as np
import keras
bn = keras.layers.BatchNormalization(name="norm")
bn.build((None, 2))
try:
    bn.set_weights([np.ones(2)])
except ValueError as e:
    print("ValueError:", e)

# %% center and scale off
import keras
for center in (True, False):
    for scale in (True, False):
        bn = keras.layers.BatchNormalization(center=center, scale=scale)
        bn.build((None, 5))
        print(center, scale, [w.name for w in bn.weights], bn.count_params(), bn.gamma is None, bn.beta is None)

# %% count_params
import keras
bn = keras.layers.BatchNormalization()
bn.build((30, 32, 32, 64))
print(bn.count_params())
trainable = sum(w.shape[0] for w in bn.trainable_weights)
print(trainable, bn.count_params() - trainable)

# %% count_params before building
import keras
bn = keras.layers.BatchNormalization()
print(bn.count_params())

# %% attributes of a layer that is not built
import keras
bn = keras.layers.BatchNormalization()
print(bn.weights, bn.trainable_weights, bn.get_weights(), bn.built, bn.input_spec)
print(bn.gamma, bn.beta, bn.moving_mean)

# %% built input_spec
import keras
bn = keras.layers.BatchNormalization(axis=1)
bn.build((None, 3, 8, 8))
print(bn.built)
print(bn.input_spec)
print(bn.input_spec.ndim, bn.input_spec.axes, bn.input_spec.shape)

# %% wrong rank after building
import numpy as np
import keras
bn = keras.layers.BatchNormalization()
bn(np.zeros((4, 3), "float32"))
bn(np.zeros((4, 2, 3), "float32"))

# %% wrong channels after building
import numpy as np
import keras
bn = keras.layers.BatchNormalization()
bn(np.zeros((4, 3), "float32"))
try:
    bn(np.zeros((4, 5), "float32"))
except ValueError as e:
    print(e)

# %% compute_output_shape
import keras
bn = keras.layers.BatchNormalization()
print(bn.compute_output_shape((None, 32, 32, 64)))
print(bn.compute_output_shape((4, 3)))

# %% axis out of range
import numpy as np
import keras
bn = keras.layers.BatchNormalization(axis=4)
bn(np.zeros((2, 3), "float32"))

# %% build with unknown channels
import keras
bn = keras.layers.BatchNormalization()
bn.build((None, None))

# %% axis must be an integer
import keras
keras.layers.BatchNormalization(axis=[1])

# %% axis as text
import keras
keras.layers.BatchNormalization(axis="last")

# %% unknown argument
import keras
keras.layers.BatchNormalization(momentun=0.9)

# %% two unknown arguments
import keras
try:
    keras.layers.BatchNormalization(units=4, activation="relu")
except Exception as e:
    print(type(e).__name__, e)

# %% too many positional arguments
import keras
keras.layers.BatchNormalization(-1, 0.9, 1e-3, True, True, "zeros", "ones", "zeros", "ones", None, None, None, None, False, False, None, 0.9, 1, 2)

# %% positional arguments
import keras
bn = keras.layers.BatchNormalization(1, 0.9, 1e-5)
print(bn.axis, bn.momentum, bn.epsilon)

# %% trainable toggles
import numpy as np
import keras
bn = keras.layers.BatchNormalization()
x = np.arange(12, dtype="float32").reshape(4, 3)
bn(x, training=True)
before = np.array(bn.moving_mean)
bn.trainable = False
y = bn(x, training=True)
print(np.allclose(before, np.array(bn.moving_mean)))
print(np.round(y, 3))
print(len(bn.trainable_weights), len(bn.non_trainable_weights))
print([w.trainable for w in bn.weights])
bn.trainable = True
print(len(bn.trainable_weights), len(bn.non_trainable_weights))
print([w.trainable for w in bn.weights])

# %% trainable argument
import keras
bn = keras.layers.BatchNormalization(trainable=False)
bn.build((None, 2))
print(bn.trainable, [w.name for w in bn.non_trainable_weights], bn.trainable_weights)

# %% channels first
import numpy as np
import keras
rng = np.random.default_rng(0)
x = rng.normal(3, 2, size=(8, 3, 4, 4)).astype("float32")
bn = keras.layers.BatchNormalization(axis=1)
y = bn(x, training=True)
print(y.shape, bn.gamma.shape)
print(np.round(np.abs(y.mean(axis=(0, 2, 3))), 4), y.std(axis=(0, 2, 3)).round(3))

# %% the worked example
import numpy as np
from keras import layers
rng = np.random.default_rng(42)
x = rng.normal(5, 2, size=(30, 32, 32, 64)).astype("float32")
bn = layers.BatchNormalization()
y = bn(x, training=True)
print(x.shape, "->", y.shape)
print(f"mean {abs(y.mean()):.4f}, std {y.std():.4f}")
print(bn.moving_mean.shape, bn.moving_variance.shape)

# %% moving averages over several steps
import numpy as np
import keras
bn = keras.layers.BatchNormalization(momentum=0.5)
x = np.array([[0.0], [2.0]], dtype="float32")
for step in range(5):
    bn(x, training=True)
    print(step, float(bn.moving_mean[0]), float(bn.moving_variance[0]))

# %% zero momentum means inference equals training
import numpy as np
import keras
bn = keras.layers.BatchNormalization(momentum=0.0)
x = np.random.default_rng(1).normal(size=(16, 4)).astype("float32")
a = bn(x, training=True)
b = bn(x, training=False)
print(np.allclose(a, b, atol=1e-5))

# %% by hand
import numpy as np
import keras
x = np.random.default_rng(7).normal(10, 3, size=(100, 4)).astype("float32")
bn = keras.layers.BatchNormalization(epsilon=1e-5)
y = bn(x, training=True)
mean = x.mean(axis=0)
var = x.var(axis=0)
manual = (x - mean) / np.sqrt(var + 1e-5)
print(np.max(np.abs(manual - y)) < 1e-5)
print(np.allclose(manual, y, atol=1e-5))

# %% mask
import numpy as np
import keras
x = np.array([[[1.0, 2.0], [3.0, 4.0], [100.0, 100.0]]], dtype="float32")
mask = np.array([[True, True, False]])
bn = keras.layers.BatchNormalization(momentum=0.0)
y = bn(x, training=True, mask=mask)
print(np.round(y, 2))
print(np.round(bn.moving_mean.numpy(), 3), np.round(bn.moving_variance.numpy(), 3))

# %% mask of the wrong rank
import numpy as np
import keras
x = np.zeros((2, 3, 4), "float32")
bn = keras.layers.BatchNormalization()
bn(x, training=True, mask=np.ones((2,), bool))

# %% supports_masking and compute_mask
import numpy as np
import keras
bn = keras.layers.BatchNormalization()
print(bn.supports_masking)
print(bn.compute_mask(np.zeros((2, 2)), None))

# %% losses of regularizers
import numpy as np
import keras
bn = keras.layers.BatchNormalization(gamma_regularizer="l2", beta_regularizer=keras.regularizers.L1(0.1))
bn.build((None, 3))
print(bn.losses)
bn.beta.assign([1.0, -2.0, 3.0])
print([round(float(l), 4) for l in bn.losses])
print(sum(float(l) for l in bn.losses))

# %% losses of L1L2
import keras
bn = keras.layers.BatchNormalization(gamma_regularizer=keras.regularizers.L1L2(l1=0.01, l2=0.01))
print(bn.losses)
bn.build((None, 4))
print(bn.losses)
print(len(bn.losses))

# %% activity regularizer
import numpy as np
import keras
bn = keras.layers.BatchNormalization(activity_regularizer=keras.regularizers.L2(0.5))
y = bn(np.array([[1.0, 2.0], [3.0, 4.0]], "float32"), training=True)
print([round(float(l), 4) for l in bn.losses])

# %% frozen layers have no losses
import keras
bn = keras.layers.BatchNormalization(gamma_regularizer="l2")
bn.build((None, 3))
bn.trainable = False
print(bn.losses)

# %% automatic names
import keras
from keras.layers import BatchNormalization
a = BatchNormalization()
b = BatchNormalization()
c = BatchNormalization(name="stem_bn")
d = BatchNormalization()
print(a.name, b.name, c.name, d.name)
keras.backend.clear_session()
print(BatchNormalization().name)
keras.utils.clear_session()
print(BatchNormalization().name)

# %% names must be strings
import keras
keras.layers.BatchNormalization(name=3)

# %% names without slashes
import keras
keras.layers.BatchNormalization(name="a/b")

# %% config round trip
import keras
bn = keras.layers.BatchNormalization(axis=1, momentum=0.9, epsilon=1e-5, gamma_initializer="zeros", name="last_bn")
config = bn.get_config()
print(config["axis"], config["momentum"], config["epsilon"], config["name"])
print(config["gamma_initializer"])
clone = keras.layers.BatchNormalization.from_config(config)
print(clone, clone.get_config() == config)

# %% config of regularizers and constraints
import keras
bn = keras.layers.BatchNormalization(
    gamma_regularizer=keras.regularizers.L2(1e-4),
    beta_constraint=keras.constraints.MaxNorm(2),
    beta_initializer=keras.initializers.Constant(0.5),
)
config = bn.get_config()
print(config["gamma_regularizer"])
print(config["beta_constraint"])
print(config["beta_initializer"])
print(config["dtype"])

# %% config keys
import keras
print(list(keras.layers.BatchNormalization().get_config()))

# %% json of the config
import json
import keras
bn = keras.layers.BatchNormalization(name="bn")
print(json.dumps(bn.get_config(), indent=2))

# %% serialize and deserialize
import keras
bn = keras.layers.BatchNormalization(momentum=0.8, name="bn")
written = keras.layers.serialize(bn)
print(written["class_name"], written["module"], written["registered_name"])
again = keras.layers.deserialize(written)
print(again.momentum, again.name)

# %% serialize_keras_object
import keras
bn = keras.layers.BatchNormalization(name="bn")
written = keras.saving.serialize_keras_object(bn)
print(written)
again = keras.saving.deserialize_keras_object(written)
print(again)

# %% serialize in utils
import keras
bn = keras.layers.BatchNormalization(name="bn", epsilon=1e-5)
bn.build((None, 4))
written = keras.utils.serialize_keras_object(bn)
print(written["build_config"])
print(keras.utils.deserialize_keras_object(written).built)

# %% build config
import keras
bn = keras.layers.BatchNormalization()
bn.build((None, 8, 3))
print(bn.get_build_config())

# %% float16 policy
import numpy as np
import keras
bn = keras.layers.BatchNormalization(dtype="float16")
y = bn(np.array([[1.0, 2.0], [3.0, 6.0]], "float32"), training=True)
print(y.dtype, bn.gamma.dtype, bn.dtype, bn.compute_dtype, bn.variable_dtype)

# %% mixed precision policy
import numpy as np
import keras
bn = keras.layers.BatchNormalization(dtype="mixed_float16")
y = bn(np.array([[1.0, 2.0], [3.0, 6.0]], "float32"), training=True)
print(y.dtype, bn.gamma.dtype, bn.dtype_policy, bn.compute_dtype, bn.variable_dtype)

# %% float64 layers
import numpy as np
import keras
bn = keras.layers.BatchNormalization(dtype="float64")
y = bn(np.array([[1.0, 2.0], [3.0, 6.0]]), training=True)
print(y.dtype, [w.dtype for w in bn.weights])

# %% float64 input of a float32 layer
import numpy as np
import keras
bn = keras.layers.BatchNormalization()
y = bn(np.random.default_rng(0).normal(size=(4, 2)))
print(y.dtype)

# %% integer input
import numpy as np
import keras
bn = keras.layers.BatchNormalization()
y = bn(np.arange(6).reshape(3, 2), training=True)
print(y.dtype, y.shape)

# %% lists as input
import keras
bn = keras.layers.BatchNormalization()
bn([[1.0, 2.0], [3.0, 4.0]])

# %% no input
import keras
bn = keras.layers.BatchNormalization()
bn()

# %% training twice
import numpy as np
import keras
bn = keras.layers.BatchNormalization()
bn(np.zeros((2, 2), "float32"), True)
bn(np.zeros((2, 2), "float32"), True, training=False)

# %% unknown call argument
import numpy as np
import keras
bn = keras.layers.BatchNormalization()
bn(np.zeros((2, 2), "float32"), is_training=True)

# %% call as a method
import numpy as np
import keras
bn = keras.layers.BatchNormalization()
bn.build((2, 2))
print(bn.call(np.array([[1.0, 2.0], [3.0, 4.0]], "float32"), training=True).round(3))

# %% isinstance and type
import keras
bn = keras.layers.BatchNormalization()
print(isinstance(bn, keras.layers.Layer), isinstance(bn, keras.layers.BatchNormalization), isinstance(bn, keras.Layer))
print(type(bn).__name__, bn.__class__.__name__)
print(issubclass(keras.layers.BatchNormalization, keras.layers.Layer))
print(callable(bn), hasattr(bn, "gamma"), hasattr(bn, "kernel"))

# %% an attribute that is not there
import keras
bn = keras.layers.BatchNormalization()
print(bn.kernel)

# %% an attribute misspelled
import keras
bn = keras.layers.BatchNormalization()
print(bn.moving_var)

# %% assigning weights by hand
import numpy as np
import keras
bn = keras.layers.BatchNormalization()
bn.build((None, 3))
bn.gamma.assign(np.array([1.0, 2.0, 3.0]))
bn.beta.assign([0.1, 0.2, 0.3])
bn.moving_mean.assign(np.zeros(3))
bn.moving_variance.assign(np.ones(3))
print(np.round(bn(np.ones((1, 3), "float32")), 4))

# %% epsilon matters for small variance
import numpy as np
import keras
x = np.array([[1e-4], [-1e-4]], dtype="float32")
for eps in (1e-3, 1e-5, 1e-8, 1e-12):
    bn = keras.layers.BatchNormalization(epsilon=eps)
    print(eps, bn(x, training=True).ravel().round(5))

# %% constant channel
import numpy as np
import keras
bn = keras.layers.BatchNormalization()
y = bn(np.full((4, 2), 7.0, dtype="float32"), training=True)
print(y)
print(bn.moving_mean.numpy().round(5), bn.moving_variance.numpy().round(5))

# %% batch of one
import numpy as np
import keras
bn = keras.layers.BatchNormalization()
print(bn(np.array([[3.0, -3.0]], dtype="float32"), training=True))

# %% gamma of zeros
import numpy as np
import keras
bn = keras.layers.BatchNormalization(gamma_initializer="zeros", beta_initializer="ones")
print(bn(np.array([[1.0, 2.0], [3.0, 4.0]], "float32"), training=True))

# %% renorm
import numpy as np
import keras
bn = keras.layers.BatchNormalization(renorm=True)
y = bn(np.array([[1.0, 2.0], [3.0, 4.0]], "float32"), training=True)
print(y.shape, [w.name for w in bn.weights])

# %% synchronized without tensorflow
import keras
bn = keras.layers.BatchNormalization(synchronized=True)
print(bn.synchronized)

# %% setting hyperparameters later
import keras
bn = keras.layers.BatchNormalization()
bn.momentum = 0.9
bn.epsilon = 1e-5
print(bn.momentum, bn.epsilon, bn.get_config()["momentum"])

# %% a list of layers
import numpy as np
from keras import layers
stack = [layers.BatchNormalization(momentum=m) for m in (0.9, 0.99, 0.999)]
x = np.random.default_rng(3).normal(2.0, 1.0, size=(64, 2)).astype("float32")
for bn in stack:
    for _ in range(10):
        bn(x, training=True)
    print(f"{bn.name:<24} momentum={bn.momentum:<6} mean={bn.moving_mean.numpy().mean():.4f}")

# %% folding
import numpy as np
import keras
bn = keras.layers.BatchNormalization()
x = np.random.default_rng(0).normal(size=(32, 3)).astype("float32")
for _ in range(3):
    bn(x, training=True)
gamma, beta, mean, var = [np.array(w) for w in bn.weights]
scale = gamma / np.sqrt(var + bn.epsilon)
shift = beta - mean * scale
print(np.allclose(x * scale + shift, bn(x), atol=1e-6))
print(scale.shape, shift.dtype)

# %% copying weights
import numpy as np
import keras
a = keras.layers.BatchNormalization()
b = keras.layers.BatchNormalization()
x = np.random.default_rng(0).normal(size=(8, 3)).astype("float32")
a(x, training=True)
b.build(x.shape)
b.set_weights(a.get_weights())
print(np.array_equal(a(x), b(x)))
print(all(np.array_equal(p, q) for p, q in zip(a.get_weights(), b.get_weights())))

# %% help text
import keras
print(keras.layers.BatchNormalization.__name__)
print(keras.layers.BatchNormalization)
print(keras.layers.BatchNormalization.__module__)

# %% dtype as keyword of weights
import keras
bn = keras.layers.BatchNormalization(dtype="bfloat16")
print(bn.dtype_policy, bn.dtype_policy.name)

# %% unknown dtype
import keras
keras.layers.BatchNormalization(dtype="floaty32")

# %% input_shape and input_dim of old code
import keras
bn = keras.layers.BatchNormalization(input_shape=(4,))
print(bn.built, bn.name)

# %% batch_input_shape
import keras
bn = keras.layers.BatchNormalization(input_dim=4)
print(bn)

# %% layer in a dict and a set
import keras
a, b = keras.layers.BatchNormalization(), keras.layers.BatchNormalization()
print(len({a, b, a}), a == b, a == a, a != b)
names = {layer: layer.name for layer in (a, b)}
print(names[b])

# %% get_config does not share
import keras
bn = keras.layers.BatchNormalization()
config = bn.get_config()
config["momentum"] = 0.5
print(bn.momentum, keras.layers.BatchNormalization(**config).momentum)

# %% constructor from config with star star
import keras
options = dict(momentum=0.9, epsilon=1e-5)
bn = keras.layers.BatchNormalization(**options)
print(bn.momentum, bn.epsilon)

# %% constraint objects act on nothing until training
import numpy as np
import keras
bn = keras.layers.BatchNormalization(gamma_constraint="non_neg")
bn.build((None, 2))
print(bn.gamma_constraint.__class__.__name__, bn.gamma.constraint is bn.gamma_constraint)

# %% weights of renorm layers by name
import numpy as np
import keras
bn = keras.layers.BatchNormalization(renorm=True, renorm_momentum=0.9)
bn.build((None, 2))
print({w.name: w.numpy().tolist() for w in bn.weights})
