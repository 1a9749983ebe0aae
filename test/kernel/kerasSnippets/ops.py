# %% moments
import numpy as np
from keras import ops
x = np.arange(12, dtype="float32").reshape(4, 3)
mean, var = ops.moments(x, axes=[0])
print(mean, var)
mean, var = ops.moments(x, axes=(0, 1), keepdims=True)
print(mean, var, mean.shape)
mean, var = ops.moments(x, 0)
print(mean, var)

# %% moments over all but the last
import numpy as np
from keras import ops
x = np.random.default_rng(0).normal(1, 2, size=(8, 4, 4, 3)).astype("float32")
mean, variance = ops.moments(x, axes=list(range(x.ndim - 1)))
print(mean.shape, variance.shape, mean.dtype)
print(np.allclose(mean, x.mean((0, 1, 2)), atol=1e-5), np.allclose(variance, x.var((0, 1, 2)), atol=1e-4))

# %% batch_normalization
import numpy as np
from keras import ops
x = np.array([[1.0, 2.0], [3.0, 6.0]], dtype="float32")
mean, variance = ops.moments(x, axes=[0])
y = ops.batch_normalization(x, mean, variance, axis=-1)
print(np.round(y, 3))
y = ops.batch_normalization(x, mean, variance, axis=-1, offset=np.array([1.0, 2.0], "float32"), scale=np.array([2.0, 0.5], "float32"), epsilon=1e-5)
print(np.round(y, 3))

# %% keras.ops.nn spelled in full
import numpy as np
import keras
x = np.array([[1.0, 2.0], [3.0, 6.0]], dtype="float32")
print(np.round(keras.ops.nn.batch_normalization(x, np.zeros(2, "float32"), np.ones(2, "float32"), axis=1), 3))
print(keras.ops.numpy.mean(x, axis=0))

# %% convert_to_tensor
from keras import ops
print(ops.convert_to_tensor([1, 2, 3]), ops.convert_to_tensor([1, 2, 3]).dtype)
print(ops.convert_to_tensor([1.0, 2.5]).dtype, ops.convert_to_tensor(3.0), ops.convert_to_tensor([True]).dtype)
print(ops.convert_to_tensor([[1, 2], [3, 4]], dtype="float32"))

# %% convert_to_numpy
import numpy as np
from keras import ops
x = ops.convert_to_tensor([[1.0, 2.0]])
n = ops.convert_to_numpy(x)
print(type(n), n.dtype, n)

# %% is_tensor, shape and dtype
import numpy as np
from keras import ops
x = ops.ones((2, 3))
print(ops.is_tensor(x), ops.is_tensor([1]), ops.is_tensor(1.0))
print(ops.shape(x), ops.dtype(x), ops.ndim(x), ops.size(x))

# %% cast
import numpy as np
from keras import ops
x = np.array([1.7, -2.3, 0.0])
print(ops.cast(x, "int32"), ops.cast(x, "float16"), ops.cast(x, "bool"))
print(ops.cast([1, 2], "float32"))

# %% cast to what does not exist
from keras import ops
ops.cast([1, 2], "float31")

# %% reductions
import numpy as np
from keras import ops
x = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], dtype="float32")
print(ops.mean(x), ops.mean(x, axis=0), ops.mean(x, axis=1, keepdims=True))
print(ops.var(x), ops.var(x, axis=0), ops.std(x, axis=1))
print(ops.sum(x), ops.sum(x, axis=-1), ops.prod(x), ops.max(x), ops.min(x, axis=0))
print(ops.any(x > 5), ops.all(x > 0, axis=0), ops.argmax(x, axis=1), ops.argmin(x))
print(ops.median(x), ops.amax(x), ops.amin(x), ops.count_nonzero(x))

# %% reductions of integers
from keras import ops
print(ops.mean([1, 2, 4]), ops.var([1, 2, 4]), ops.std([1, 2, 4]))
print(ops.sum(ops.convert_to_tensor([1, 2, 4])), ops.mean(ops.convert_to_tensor([1, 2, 4])).dtype)

# %% sum of a list
from keras import ops
print(ops.sum([1, 2, 4]))

# %% max of a list
from keras import ops
print(ops.max([1, 5, 4]), ops.min([3.0, 2.0]))

# %% arithmetic
import numpy as np
from keras import ops
a = ops.convert_to_tensor([1.0, 2.0, 3.0])
b = ops.convert_to_tensor([4.0, 5.0, 6.0])
print(ops.add(a, b), ops.subtract(a, b), ops.multiply(a, b), ops.divide(a, b))
print(ops.power(a, 2), ops.maximum(a, 2.0), ops.minimum(a, 2.0), ops.mod(b, 4), ops.floor_divide(b, 4))
print(ops.negative(a), ops.abs(-a), ops.absolute(-a), ops.sign(-a))
print(ops.dot(a, b), ops.matmul(a, b), ops.true_divide(a, 2))

# %% element-wise functions
import numpy as np
from keras import ops
x = np.array([0.25, 1.0, 4.0], dtype="float32")
print(ops.sqrt(x), ops.rsqrt(x), ops.square(x), ops.reciprocal(x))
print(np.round(ops.exp(x), 4), np.round(ops.log(x), 4), np.round(ops.tanh(x), 4))
print(ops.floor(x), ops.ceil(x), ops.round(x), ops.clip(x, 0.5, 2.0))
print(ops.isnan(x), ops.isinf(x), ops.isfinite(x))
print(np.round(ops.sin(x), 4), np.round(ops.cos(x), 4), np.round(ops.expm1(x), 4), np.round(ops.log1p(x), 4))

# %% sqrt of integers
from keras import ops
print(ops.sqrt([1, 4, 9]), ops.sqrt(4), ops.exp(0), ops.square([1, 2]), ops.square(3))

# %% the normalization by hand
import numpy as np
from keras import ops
x = ops.convert_to_tensor(np.random.default_rng(0).normal(3.0, 2.0, (16, 4)).astype("float32"))
mean = ops.mean(x, axis=0, keepdims=True)
variance = ops.mean(ops.square(x - mean), axis=0, keepdims=True)
x_hat = (x - mean) * ops.rsqrt(variance + 1e-3)
gamma, beta = ops.ones((4,)), ops.zeros((4,))
y = gamma * x_hat + beta
print(ops.shape(y), y.dtype)
print(np.round(ops.std(y, axis=0), 3), bool(ops.all(ops.abs(ops.mean(y, axis=0)) < 1e-5)))

# %% creation
from keras import ops
print(ops.zeros((2, 2)), ops.ones(3), ops.full((2,), 7), ops.eye(2), ops.arange(4), ops.arange(1, 2, 0.25))
print(ops.zeros((1,)).dtype, ops.arange(3).dtype, ops.full((2,), 7).dtype, ops.ones(3, dtype="int32"))
print(ops.linspace(0, 1, 5), ops.zeros_like(ops.ones(2)), ops.ones_like([1, 2]), ops.full_like(ops.ones(2), 3.0))
print(ops.identity(2), ops.empty((0, 2)).shape)

# %% shapes
import numpy as np
from keras import ops
x = ops.arange(6)
print(ops.reshape(x, (2, 3)), ops.reshape(x, (-1, 2)).shape, ops.reshape(x, [3, 2]))
m = ops.reshape(x, (2, 3))
print(ops.transpose(m), ops.transpose(m, axes=(1, 0)).shape, ops.transpose(m, [1, 0]).shape)
print(ops.expand_dims(x, 0).shape, ops.expand_dims(x, axis=-1).shape, ops.squeeze(ops.ones((1, 3, 1))).shape)
print(ops.squeeze(ops.ones((1, 3)), axis=0).shape, ops.swapaxes(m, 0, 1).shape, ops.moveaxis(ops.ones((2, 3, 4)), 0, -1).shape)
print(ops.ravel(m), ops.flip(x), ops.repeat(ops.arange(2), 2), ops.tile(ops.arange(2), 2), ops.broadcast_to(ops.arange(3), (2, 3)))

# %% joining
from keras import ops
a, b = ops.ones((1, 2)), ops.zeros((1, 2))
print(ops.concatenate([a, b], axis=0), ops.concatenate([a, b], axis=-1), ops.stack([a, b]).shape)
print(ops.split(ops.arange(6), 3), ops.split(ops.arange(6), [2, 4]))
print(ops.vstack([a, b]), ops.hstack([a, b]), ops.append(a, b))
print(ops.unstack(ops.reshape(ops.arange(4), (2, 2))))

# %% choosing
import numpy as np
from keras import ops
x = ops.convert_to_tensor([-1.0, 0.0, 2.0])
print(ops.where(x > 0, x, 0.0), ops.where(x > 0), ops.where(x > 0, 1, 0))
print(ops.take(x, [0, 2]), ops.sort(x), ops.argsort(-x), ops.cumsum(x), ops.nonzero(x))
print(ops.logical_and(x > -2, x < 1), ops.logical_not(x > 0), ops.logical_or(x > 1, x < 0))
print(ops.equal(x, 0.0), ops.not_equal(x, 0), ops.greater(x, 0), ops.less_equal(x, 0))
print(ops.isclose(x, x), ops.nan_to_num(ops.convert_to_tensor([float("nan"), 1.0])))

# %% activations
import numpy as np
from keras import ops
x = np.array([-2.0, -0.5, 0.0, 0.5, 2.0], dtype="float32")
print(ops.relu(x), np.round(ops.sigmoid(x), 4), np.round(ops.softmax(x), 4), np.round(ops.tanh(x), 4))
print(np.round(ops.leaky_relu(x), 4), np.round(ops.elu(x), 4), np.round(ops.gelu(x), 4), np.round(ops.silu(x), 4))
print(ops.relu6(x), np.round(ops.softplus(x), 4), np.round(ops.swish(x), 4), np.round(ops.log_softmax(x), 4))

# %% promotion
import numpy as np
from keras import ops
print(ops.add(np.ones(2, "float32"), np.ones(2, "float64")).dtype)
print(ops.add(np.ones(2, "float16"), 1.0).dtype, ops.add(np.ones(2, "int32"), 1.0).dtype)
print(ops.multiply(np.ones(2, "int8"), np.ones(2, "int32")).dtype, ops.divide(np.ones(2, "int32"), 2).dtype)
print(ops.add(1, 2), ops.add(1.0, 2).dtype, ops.subtract([1, 2], [3, 4]))

# %% matrices
import numpy as np
from keras import ops
a = ops.convert_to_tensor([[1.0, 2.0], [3.0, 4.0]])
print(ops.matmul(a, a), ops.dot(a, a), ops.einsum("ij,jk->ik", a, a))
print(ops.tensordot(a, a, axes=1), ops.outer(ops.arange(2), ops.arange(2)), ops.trace(a), ops.diag(a))
print(ops.norm(a), ops.cov(a) if hasattr(ops, "cov") else "no cov")
print(ops.tril(a), ops.triu(a), ops.det(a).round(3), ops.diagonal(a))

# %% shapes that do not fit
import numpy as np
from keras import ops
ops.add(np.ones((2, 3)), np.ones((2, 2)))

# %% matmul that does not fit
import numpy as np
from keras import ops
ops.matmul(np.ones((2, 3), "float32"), np.ones((2, 3), "float32"))

# %% layer normalization by ops
import numpy as np
from keras import ops
x = np.array([[1.0, 2.0, 3.0], [4.0, 6.0, 8.0]], dtype="float32")
mean = ops.mean(x, axis=-1, keepdims=True)
std = ops.std(x, axis=-1, keepdims=True)
print(np.round((x - mean) / (std + 1e-6), 3))
print(np.round(ops.normalize(x), 3))

# %% a function of batch normalization
import numpy as np
from keras import ops

def batch_norm(x, gamma, beta, eps=1e-5):
    """Normalizes over the batch."""
    mean, var = ops.moments(x, axes=[0])
    x_hat = (x - mean) / ops.sqrt(var + eps)
    return gamma * x_hat + beta

x = ops.convert_to_tensor(np.arange(8).reshape(4, 2), dtype="float32")
print(np.round(batch_norm(x, ops.ones(2), ops.zeros(2)), 4))
print(np.round(batch_norm(x, 2.0, beta=0.5), 4))

# %% stop_gradient and friends
import numpy as np
from keras import ops
x = np.ones((2,), "float32")
print(ops.stop_gradient(x), ops.copy(x), ops.array([1, 2]), ops.allclose(x, x) if hasattr(ops, "allclose") else "")

# %% moments synchronized
import numpy as np
from keras import ops
ops.moments(np.ones((2, 2), "float32"), axes=[0], synchronized=True)

# %% axis out of range
import numpy as np
from keras import ops
ops.mean(np.ones((2, 2), "float32"), axis=3)

# %% unknown operation
from keras import ops
ops.batchnorm

# %% average and quantile
import numpy as np
from keras import ops
x = np.array([1.0, 2.0, 3.0, 4.0], dtype="float32")
print(ops.average(x), ops.average(x, weights=np.array([1.0, 0, 0, 1.0], "float32")), ops.quantile(x, 0.5))
print(ops.histogram(x, bins=2) if hasattr(ops, "histogram") else "")
print(ops.diff(x), ops.cumprod(x), ops.roll(x, 1), ops.logsumexp(x).round(4))

# %% meshgrid and pad
import numpy as np
from keras import ops
print(ops.meshgrid(ops.arange(2), ops.arange(3)))
print(ops.pad(ops.ones((1, 2)), [[1, 0], [0, 1]]), ops.pad(ops.ones(2), 1))
print(ops.one_hot(ops.convert_to_tensor([0, 2]), 3))
print(ops.bincount(ops.convert_to_tensor([0, 1, 1])), ops.hypot(3.0, 4.0), ops.arctan2(1.0, 1.0).round(4))

# %% top_k and unique
import numpy as np
from keras import ops
values, indices = ops.top_k(np.array([1.0, 5.0, 3.0], "float32"), 2)
print(values, indices)
print(ops.slice(ops.arange(6), [1], [3]), ops.scatter_update(ops.zeros(3), [[1]], ops.ones(1)))
