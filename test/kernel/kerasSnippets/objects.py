# %% initializers by name
import keras
for name in ("zeros", "ones", "constant", "random_normal", "glorot_uniform", "he_normal"):
    init = keras.initializers.get(name)
    print(name, init.__class__.__name__)

# %% initializers by object, dict and class
import keras
a = keras.initializers.get(keras.initializers.Ones())
b = keras.initializers.get({"class_name": "Constant", "config": {"value": 2.0}})
c = keras.initializers.get(keras.initializers.Zeros)
print(a.__class__.__name__, b.value, c.__class__.__name__, keras.initializers.get(None))

# %% unknown initializer
import keras
keras.initializers.get("onez")

# %% unknown initializer of a layer
import keras
keras.layers.BatchNormalization(gamma_initializer="onez")

# %% initializer config
import keras
init = keras.initializers.Constant(0.5)
print(init.get_config(), init(shape=(2, 2)))
print(keras.initializers.serialize(init))
again = keras.initializers.deserialize(keras.initializers.serialize(init))
print(again.value)
print(keras.initializers.Constant.from_config({"value": 3.0})(shape=(1,)))

# %% initializer dtypes
import keras
print(keras.initializers.Ones()(shape=(2,), dtype="int32"), keras.initializers.Zeros()((2,)).dtype)

# %% initializer with an unknown argument
import keras
keras.initializers.Constant(val=1)

# %% identity initializers
import keras
print(keras.initializers.Identity()((2, 2)))
print(keras.initializers.Identity(gain=2.0)(shape=(2, 3)))

# %% initializer as class argument
import keras
bn = keras.layers.BatchNormalization(gamma_initializer=keras.initializers.Zeros)
bn.build((None, 2))
print(bn.gamma.numpy())

# %% initializers in a layer
import keras
bn = keras.layers.BatchNormalization(
    beta_initializer=keras.initializers.Constant(0.1),
    gamma_initializer={"class_name": "Constant", "config": {"value": 0.9}},
    moving_mean_initializer="ones",
    moving_variance_initializer=keras.initializers.Constant(4),
)
bn.build((None, 2))
for w in bn.weights:
    print(w.name, w.numpy())

# %% regularizers
import numpy as np
import keras
w = np.array([1.0, -2.0, 3.0], dtype="float32")
print(keras.regularizers.L1(0.1)(w), keras.regularizers.L2(0.1)(w), keras.regularizers.L1L2(0.1, 0.1)(w))
print(keras.regularizers.l1(0.01).get_config(), keras.regularizers.l2().get_config(), keras.regularizers.l1_l2().get_config())
print(keras.regularizers.get("l2").l2, keras.regularizers.get("l1_l2") if False else "")

# %% regularizers by dict
import keras
r = keras.regularizers.get({"class_name": "L1", "config": {"l1": 0.3}})
print(r.__class__.__name__, r.l1, keras.regularizers.serialize(r))
print(keras.regularizers.deserialize(keras.regularizers.serialize(r)).l1)

# %% regularizers refuse
import keras
keras.regularizers.L2("big")

# %% unknown regularizer
import keras
keras.regularizers.get("l3")

# %% regularizer of a negative
import keras
print(keras.regularizers.L2(-1.0).l2)

# %% orthogonal regularizer
import numpy as np
import keras
r = keras.regularizers.OrthogonalRegularizer(factor=0.1, mode="rows")
print(r.get_config(), np.round(float(r(np.array([[1.0, 1.0], [1.0, 0.0]], "float32"))), 4))

# %% constraints
import numpy as np
import keras
w = np.array([[3.0, -4.0], [0.0, 1.0]], dtype="float32")
print(keras.constraints.NonNeg()(w))
print(keras.constraints.MaxNorm(2.0)(w).round(4))
print(keras.constraints.UnitNorm(axis=0)(w).round(4))
print(keras.constraints.MinMaxNorm(0.5, 1.0)(w).round(4))
print(keras.constraints.MaxNorm(max_value=2, axis=0).get_config())

# %% constraints by name
import keras
for name in ("max_norm", "non_neg", "unit_norm", "min_max_norm", "MaxNorm", "NonNeg"):
    print(name, keras.constraints.get(name).__class__.__name__)
print(keras.constraints.get(None))

# %% unknown constraint
import keras
keras.constraints.get("positive")

# %% constraint serialization
import keras
c = keras.constraints.MaxNorm(3)
print(keras.constraints.serialize(c))
print(keras.constraints.deserialize(keras.constraints.serialize(c)).max_value)

# %% isinstance of families
import keras
print(isinstance(keras.initializers.Zeros(), keras.initializers.Initializer), isinstance(keras.regularizers.L2(), keras.regularizers.Regularizer), isinstance(keras.constraints.NonNeg(), keras.constraints.Constraint))
print(keras.Initializer if hasattr(keras, "Initializer") else "", keras.Regularizer)

# %% types
import keras
print(type(keras.initializers.Zeros()), type(keras.regularizers.L2()), type(keras.constraints.NonNeg()))
print(keras.initializers.Zeros, keras.regularizers.l2)

# %% attributes
import keras
n = keras.initializers.RandomNormal(mean=0.5, stddev=2.0, seed=3)
print(n.mean, n.stddev, n.seed, n.get_config())
u = keras.initializers.RandomUniform(minval=-1.0, maxval=1.0, seed=4)
print(u.minval, u.maxval, u.get_config())
v = keras.initializers.VarianceScaling(scale=2.0, mode="fan_out", distribution="uniform", seed=1)
print(v.scale, v.mode, v.distribution, v.get_config())

# %% variance scaling refuses
import keras
keras.initializers.VarianceScaling(scale=-1.0)

# %% clone
import keras
a = keras.initializers.RandomNormal(seed=1)
b = a.clone()
print(b.get_config() == a.get_config(), b is a)

# %% regularizer and constraint of a layer by name
import keras
bn = keras.layers.BatchNormalization(beta_regularizer="l1", gamma_constraint="max_norm")
print(bn.beta_regularizer.__class__.__name__, bn.beta_regularizer.l1, bn.gamma_constraint.max_value)
print(bn.gamma_regularizer, bn.beta_constraint)

# %% wrong kind of object
import keras
keras.layers.BatchNormalization(gamma_regularizer=0.01)

# %% wrong kind of constraint
import keras
keras.layers.BatchNormalization(gamma_constraint="nonneg")

# %% serialize a name
import keras
print(keras.regularizers.serialize(keras.regularizers.L1L2(l1=0.1)))
print(keras.initializers.serialize(keras.initializers.GlorotUniform()))

# %% l1 and l2 of lists
import keras
print(keras.regularizers.L2(0.5)(keras.Variable([1.0, 2.0])), float(keras.regularizers.L1(1.0)([1.0, -1.0])))
