# %% version
import keras
print(type(keras.__version__).__name__, keras.version() == keras.__version__, keras.__version__.split(".")[0])

# %% backend
import keras
print(keras.backend.backend(), keras.config.backend())

# %% environment variable
import os
os.environ["KERAS_BACKEND"] = "numpy"
import keras
print(keras.backend.backend())

# %% epsilon and floatx
import keras
print(keras.backend.epsilon(), keras.config.epsilon(), keras.backend.floatx(), keras.config.floatx())
keras.backend.set_floatx("float16")
print(keras.backend.floatx(), keras.ops.ones(2).dtype)
keras.config.set_floatx("float32")
keras.config.set_epsilon(1e-5)
print(keras.config.epsilon())
keras.backend.set_epsilon(1e-7)

# %% set_floatx refused
import keras
try:
    keras.backend.set_floatx("float8")
except ValueError as error:
    print(str(error).split(".")[0])

# %% image_data_format
import keras
print(keras.config.image_data_format(), keras.backend.image_data_format())
keras.config.set_image_data_format("channels_first")
axis = 1 if keras.backend.image_data_format() == "channels_first" else -1
print(axis)
keras.config.set_image_data_format("channels_last")

# %% floatx decides a layer's dtype
import numpy as np
import keras
keras.config.set_floatx("float16")
bn = keras.layers.BatchNormalization()
print(bn.dtype, bn.dtype_policy)
keras.config.set_floatx("float32")

# %% dtype policies
import keras
print(keras.config.dtype_policy())
keras.config.set_dtype_policy("mixed_float16")
bn = keras.layers.BatchNormalization()
print(bn.dtype_policy, bn.compute_dtype, bn.variable_dtype)
keras.config.set_dtype_policy("float32")
print(keras.layers.BatchNormalization().dtype_policy.name)

# %% mixed precision
import keras
keras.mixed_precision.set_global_policy("mixed_bfloat16")
print(keras.mixed_precision.global_policy(), keras.mixed_precision.dtype_policy().compute_dtype)
keras.mixed_precision.set_global_policy("float32")

# %% policy objects
import keras
policy = keras.DTypePolicy("mixed_float16")
print(policy, policy.name, policy.compute_dtype, policy.variable_dtype)
print(policy == keras.dtype_policies.DTypePolicy("mixed_float16"), policy.get_config())

# %% unknown policy
import keras
keras.DTypePolicy("mixed_float8")

# %% set_random_seed
import random
import numpy as np
import keras
keras.utils.set_random_seed(812)
print(np.random.rand(3).round(4), random.random())
print(np.round(keras.random.normal((2, 2)), 4))
keras.utils.set_random_seed(812)
print(np.random.rand(3).round(4), random.random())
print(np.round(keras.random.normal((2, 2)), 4))

# %% set_random_seed refused
import keras
keras.utils.set_random_seed("abc")

# %% keras.random with a seed
import numpy as np
import keras
print(np.round(keras.random.normal((3,), seed=1), 4), keras.random.normal((3,), seed=1).dtype)
print(np.round(keras.random.normal((2,), mean=5.0, stddev=0.1, seed=2), 4))
print(np.round(keras.random.uniform((3,), seed=3), 4), np.round(keras.random.uniform((2,), 5, 6, seed=3), 4))
print(keras.random.randint((4,), 0, 10, seed=5), keras.random.randint((4,), 0, 10, seed=5).dtype)
print(np.round(keras.random.truncated_normal((3,), seed=1), 4))
print(keras.random.shuffle(np.arange(5), seed=1))

# %% more of keras.random
import numpy as np
import keras
print(np.round(keras.random.gamma((2,), 2.0, seed=1), 4), np.round(keras.random.beta((2,), 2.0, 3.0, seed=1), 4))
print(keras.random.categorical(np.log(np.array([[0.5, 0.5]], "float32")), 5, seed=1))
print(keras.random.binomial((3,), 10.0, 0.5, seed=1))
print(keras.random.dropout(np.ones(6, "float32"), 0.5, seed=1))

# %% seed generators
import numpy as np
import keras
g = keras.random.SeedGenerator(seed=7)
print(np.round(keras.random.normal((2,), seed=g), 4))
print(np.round(keras.random.normal((2,), seed=g), 4))
print(g.state)

# %% seed generators refuse
import keras
keras.random.SeedGenerator(seed="x")

# %% seeded initializers
import numpy as np
import keras
print(np.round(keras.initializers.RandomNormal(mean=1.0, stddev=0.1, seed=0)(shape=(3,)), 4))
print(np.round(keras.initializers.RandomUniform(seed=1)(shape=(3,)), 4))
print(np.round(keras.initializers.GlorotUniform(seed=2)(shape=(2, 2)), 4))
print(np.round(keras.initializers.HeNormal(seed=3)(shape=(2, 2)), 4))
print(np.round(keras.initializers.TruncatedNormal(seed=3)(shape=(3,)), 4))

# %% initializers and seeds of layers
import numpy as np
import keras
keras.utils.set_random_seed(1)
bn = keras.layers.BatchNormalization(gamma_initializer="random_normal", beta_initializer="random_uniform")
bn.build((None, 3))
print(np.round(bn.gamma.numpy(), 4), np.round(bn.beta.numpy(), 4))

# %% tensorflow as keras
import numpy as np
import keras
from keras.layers import BatchNormalization
import keras.layers as L
import keras.ops as K
print(L.BatchNormalization is BatchNormalization, K.mean(np.ones(2, "float32")))

# %% from imports of all kinds
from keras import ops as ops, layers as L, initializers, regularizers, constraints
from keras.initializers import Constant, Zeros
from keras.regularizers import l2, L1
from keras.constraints import NonNeg
from keras import Variable, backend as K
print(Constant(2.0)(shape=(2,)), l2(0.1).get_config(), K.epsilon())

# %% standardize dtype
import numpy as np
import keras
print(keras.backend.standardize_dtype("float32"), keras.backend.standardize_dtype(np.float16), keras.backend.standardize_dtype(None))
print(keras.backend.result_type("float32", "int32"), keras.backend.result_type("float16", "float32"))
print(keras.backend.is_float_dtype("float16"), keras.backend.is_int_dtype("int8"))

# %% tree
import keras
print(keras.tree.flatten([1, (2, 3), {"a": 4}]))
print(keras.tree.map_structure(lambda v: v * 2, {"a": [1, 2], "b": 3}))

# %% is_keras_tensor
import numpy as np
import keras
print(keras.backend.is_keras_tensor(np.ones(2)) if hasattr(keras.backend, "is_keras_tensor") else False)

# %% to_categorical and normalize
import numpy as np
import keras
print(keras.utils.to_categorical([0, 2, 1], num_classes=3))
print(np.round(keras.utils.normalize(np.array([[3.0, 4.0]])), 3))

# %% unknown names
import keras
keras.layers.BatchNormalisation()

# %% unknown module member
import keras
keras.nothing_of_the_kind

# %% importing what is not there
try:
    from keras.layers import BatchNormalizationV2
except ImportError as error:
    print(str(error).split(" (")[0])

# %% interactive logging
import keras
print(keras.config.is_interactive_logging_enabled(), keras.config.is_traceback_filtering_enabled())
keras.config.disable_traceback_filtering()
keras.config.enable_traceback_filtering()

# %% max over unknown seeds
import keras
keras.random.normal((2,), seed=1.5)

# %% json
import json
print(json.dumps({"a": [1, 2.5, None, True], "b": {"c": "é\n"}}), json.dumps([]), json.dumps({}))
print(json.dumps({"b": 1, "a": [1, {"x": []}]}, indent=4, sort_keys=True))
print(json.dumps([1, 2], separators=(",", ":")), json.dumps("é", ensure_ascii=False), json.dumps({1: 2, None: 3}))
print(json.loads('{"a": [1, 2.5, null, true, "\\u00e9"], "b": -3}'), json.loads(" 1e3 "))
try:
    json.loads("{'a': 1}")
except json.JSONDecodeError as error:
    print(error)
except ValueError as error:
    print("plain", error)

# %% json of an array
import json
import numpy as np
json.dumps({"mean": np.zeros(2)})
