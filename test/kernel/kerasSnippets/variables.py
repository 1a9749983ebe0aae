# %% printing a variable
import numpy as np
import keras
v = keras.Variable(np.zeros((2, 3)), name="v")
print(v)
print(repr(v))
print(v.name, v.path, v.shape, v.dtype, v.ndim, v.trainable)

# %% automatic variable names
import keras
a = keras.Variable(1.0)
b = keras.Variable(2.0)
print(a.name, b.name)
print(a)

# %% scalar variables
import keras
v = keras.Variable(3)
print(v.dtype, v.shape, v.numpy(), float(v), int(v))
print(v.value)

# %% assign
import numpy as np
import keras
v = keras.Variable(np.ones(3, "float32"))
v.assign([1.0, 2.0, 3.0])
print(v.numpy())
v.assign_add([1.0, 1.0, 1.0])
print(v.numpy())
v.assign_sub(np.array([0.5, 0.5, 0.5]))
print(v.numpy())
print(v.assign(np.zeros(3)))

# %% assign the wrong shape
import numpy as np
import keras
v = keras.Variable(np.ones(3))
v.assign(np.ones(4))

# %% assign the wrong shape, caught
import numpy as np
import keras
v = keras.Variable(np.ones((2, 3)), name="kernel")
try:
    v.assign(np.ones((3, 2)))
except ValueError as error:
    print(error)

# %% arithmetic gives arrays
import numpy as np
import keras
v = keras.Variable([1.0, 2.0, 3.0])
print(v + 1, v * 2, v / 2, v - 1, v ** 2, -v)
print(1 + v, 2 * v, 2 / v, 1 - v)
print(v @ np.ones(3, "float32"))
print(v == v, v > 1.5, v <= 2)
print(abs(-v))
print(type(v + 1).__name__)

# %% indexing
import numpy as np
import keras
v = keras.Variable(np.arange(6.0).reshape(2, 3))
print(v[0], v[1, 2], v[:, 1])
for row in v:
    print(row)

# %% length of a variable
import numpy as np
import keras
v = keras.Variable(np.arange(6.0).reshape(2, 3))
print(v.shape[0], np.shape(v))
print(len(v))

# %% truth of a variable
import keras
if keras.Variable(1.0):
    print("true")

# %% float of a vector
import keras
print(float(keras.Variable([1.0, 2.0])))

# %% numpy functions of variables
import numpy as np
import keras
v = keras.Variable([1.0, 4.0, 9.0])
print(np.sqrt(v), np.mean(v), np.sum(v), np.array(v).dtype)
print(np.asarray(v), np.max(v))
print(np.allclose(v, [1, 4, 9]))

# %% numpy of a variable is a copy
import numpy as np
import keras
v = keras.Variable([1.0, 2.0])
a = v.numpy()
a[0] = 100
print(v.numpy(), a)

# %% dtype of variables
import numpy as np
import keras
print(keras.Variable([1, 2]).dtype, keras.Variable([1.5]).dtype, keras.Variable([True]).dtype)
print(keras.Variable(np.zeros(2)).dtype, keras.Variable(np.zeros(2, "float64"), dtype="float64").dtype)
print(keras.Variable([1, 2], dtype="float16"))

# %% from an initializer
import keras
v = keras.Variable(keras.initializers.Constant(2.0), shape=(2,), dtype="float32")
print(v.numpy())
print(keras.Variable("ones", shape=(3,)).numpy())
print(keras.Variable(initializer="zeros", shape=(2, 2), name="z"))

# %% from an initializer without a shape
import keras
try:
    keras.Variable("ones")
except ValueError as error:
    print(str(error).split(" Received")[0])

# %% from a function
import numpy as np
import keras
v = keras.Variable(lambda shape, dtype: np.full(shape, 7, dtype=dtype), shape=(2,))
print(v.numpy())

# %% trainable flag
import keras
v = keras.Variable(1.0, trainable=False)
print(v.trainable)
v.trainable = True
print(v.trainable)

# %% names with slashes
import keras
keras.Variable(1.0, name="a/b")

# %% summary of a layer's variables
import keras
bn = keras.layers.BatchNormalization(name="bn")
bn.build((None, 3))
for v in bn.variables:
    print(f"{v.path:<22} {str(v.shape):<6} {v.dtype:<8} trainable={v.trainable}")

# %% in place operators rebind
import keras
v = keras.Variable([1.0, 2.0])
w = v
v += 1
print(type(v).__name__, w.numpy(), v)

# %% setting an item
import keras
v = keras.Variable([1.0, 2.0])
v[0] = 5.0

# %% assigning the name
import keras
v = keras.Variable([1.0, 2.0])
v.name = "other"

# %% the value is the memory
import keras
v = keras.Variable([1.0, 2.0])
print(type(v.value).__name__, v.value)
v.assign([3.0, 4.0])
print(v.value)

# %% attributes of variables
import keras
v = keras.Variable([1.0, 2.0], name="v")
print(v.aggregation, v.synchronization, v.regularizer, v.constraint, v.overwrite_with_gradient)

# %% round and format
import keras
v = keras.Variable(3.14159)
print(f"{float(v):.2f}", round(float(v), 3))
print(f"{v.numpy():.3f}")

# %% isinstance
import keras
v = keras.Variable(1.0)
print(isinstance(v, keras.Variable), type(v))

# %% variables of a layer are Variables
import keras
bn = keras.layers.BatchNormalization()
bn.build((1, 2))
print(all(isinstance(w, keras.Variable) for w in bn.weights))
print(type(bn.gamma).__name__)

# %% exponential moving average by hand
import numpy as np
import keras
avg = keras.Variable(np.zeros(2, "float32"), trainable=False, name="avg")
for batch in ([1.0, 2.0], [3.0, 4.0], [5.0, 6.0]):
    avg.assign(avg * 0.9 + np.array(batch, "float32") * 0.1)
    print(avg.numpy())

# %% summing parameters
import math
import numpy as np
import keras
bn = keras.layers.BatchNormalization()
bn.build((None, 64))
print(sum(np.prod(v.shape) for v in bn.trainable_variables))
print(sum(math.prod(v.shape) for v in bn.variables))
print(sum(int(np.prod(w.shape)) for w in bn.non_trainable_weights))

# %% reshape a variable through numpy
import keras
from keras import ops
v = keras.Variable([1.0, 2.0, 3.0, 4.0])
print(ops.reshape(v, (2, 2)))
print(ops.convert_to_numpy(v), ops.shape(v), ops.mean(v))

# %% casting a variable
import keras
from keras import ops
v = keras.Variable([1.5, 2.5])
print(ops.cast(v, "int32"), keras.ops.cast(v, "float16").dtype)

# %% logical operators
import keras
v = keras.Variable([True, False])
print(v & True, v | True, ~v)

# %% comparison of two variables
import keras
a, b = keras.Variable([1.0, 5.0]), keras.Variable([2.0, 4.0])
print(a < b, a == b, a != b, a >= b)
print(a + b, a * b, a // b, a % b)
