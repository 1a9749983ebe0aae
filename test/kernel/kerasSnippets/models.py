# %% a sequential model with its summary
import numpy as np, keras
from keras import layers
model = keras.Sequential([keras.Input(shape=(4,)), layers.Dense(8, use_bias=False), layers.BatchNormalization(), layers.Activation("relu"), layers.Dense(1)])
model.summary()
x = np.ones((2,4), "float32")
print(model(x).shape)
print(model.predict(x, verbose=0).shape)
print(len(model.layers), model.layers[1].name, [w.path for w in model.weights], model.count_params())
# %% a functional model of a convolution block
import keras
from keras import layers
inputs = keras.Input(shape=(32,32,3))
x = layers.Conv2D(16, 3, padding="same", use_bias=False)(inputs)
x = layers.BatchNormalization()(x)
x = layers.ReLU()(x)
x = layers.GlobalAveragePooling2D()(x)
outputs = layers.Dense(10, activation="softmax")(x)
model = keras.Model(inputs, outputs)
print(inputs, x, outputs)
model.summary()
# %% a dense layer of a seed
import numpy as np, keras
keras.utils.set_random_seed(0)
d = keras.layers.Dense(3)
x = np.arange(8.).reshape(2,4)
print(d(x), d.kernel, d.get_weights(), d)
# %% layer, group and unit normalization
import numpy as np, keras
ln = keras.layers.LayerNormalization()
x = np.array([[1.,2,3],[4,5,9]])
print(ln(x), ln.gamma, ln)
print(keras.layers.GroupNormalization(groups=1)(np.ones((1,2,4))))
print(keras.layers.UnitNormalization()(x))
# %% activations and flatten
import numpy as np, keras
x = np.array([[-1.,2,3],[4,-5,9]])
print(keras.layers.ReLU()(x), keras.layers.Activation("relu")(x), keras.layers.Flatten()(np.ones((2,3,4))).shape, keras.layers.Softmax()(x), keras.layers.LeakyReLU()(x))
# %% batch normalization as a layer of one's own
import numpy as np, keras
class MyBN(keras.layers.Layer):
    def __init__(self, epsilon=1e-3, momentum=0.99, **kwargs):
        super().__init__(**kwargs)
        self.epsilon = epsilon; self.momentum = momentum
    def build(self, input_shape):
        d = input_shape[-1]
        self.gamma = self.add_weight(shape=(d,), initializer="ones", name="gamma")
        self.beta = self.add_weight(shape=(d,), initializer="zeros", name="beta")
        self.moving_mean = self.add_weight(shape=(d,), initializer="zeros", trainable=False, name="moving_mean")
        self.moving_var = self.add_weight(shape=(d,), initializer="ones", trainable=False, name="moving_var")
    def call(self, x, training=False):
        if training:
            m = keras.ops.mean(x, axis=0); v = keras.ops.var(x, axis=0)
            self.moving_mean.assign(self.moving_mean*self.momentum + m*(1-self.momentum))
            self.moving_var.assign(self.moving_var*self.momentum + v*(1-self.momentum))
        else: m, v = self.moving_mean, self.moving_var
        return self.gamma * (x-m)/keras.ops.sqrt(v+self.epsilon) + self.beta
l = MyBN()
x = np.random.default_rng(0).normal(5,2,(8,3)).astype("float32")
print(l(x, training=True)); print(l(x)[0], l.moving_mean.numpy(), len(l.weights), l.count_params(), l)
# %% a subclass of BatchNormalization
import keras, numpy as np
class BN2(keras.layers.BatchNormalization):
    def __init__(self, **kw):
        super().__init__(momentum=0.9, **kw)
    def call(self, x, training=None, mask=None):
        print("calling", training)
        return super().call(x, training=training, mask=mask)
b = BN2()
print(b(np.ones((2,3)), training=True), b)
# %% symbolic tensors through BatchNormalization
import keras
i = keras.Input((4,))
bn = keras.layers.BatchNormalization()
y = bn(i)
print(y, i, y.shape, y.dtype, bn.built, bn.gamma)
m = keras.Model(i, y); print(m)
# %% dropout, merging, pooling, convolution
import keras, numpy as np
print(keras.layers.Dropout(0.5)(np.ones((2,3))))
print(keras.layers.Dropout(0.5, seed=1)(np.ones((2,3)), training=True))
print(keras.layers.Add()([np.ones(3), np.ones(3)]), keras.layers.Concatenate()([np.ones((1,2)),np.ones((1,3))]))
print(keras.layers.MaxPooling2D()(np.arange(16.).reshape(1,4,4,1)).shape, keras.layers.Reshape((2,2))(np.ones((1,4))).shape)
print(keras.layers.Conv2D(2,3,kernel_initializer="ones")(np.ones((1,4,4,3))))
# %% a subclass of Model
import keras, numpy as np
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.d = keras.layers.Dense(4); self.bn = keras.layers.BatchNormalization()
    def call(self, x, training=False):
        return self.bn(self.d(x), training=training)
n = Net(); y = n(np.ones((2,3)), training=True); print(y, len(n.trainable_weights), len(n.non_trainable_weights), [v.path for v in n.variables])
n.summary()
# %% a digit classifier
import numpy as np
import keras
from keras import layers
def get_model():
    inputs = keras.Input(shape=(28 * 28,))
    features = layers.Dense(512, activation="relu")(inputs)
    features = layers.Dropout(0.5)(features)
    outputs = layers.Dense(10, activation="softmax")(features)
    return keras.Model(inputs, outputs)
model = get_model()
model.summary()
print(model.input_shape, model.output_shape, model.name, len(model.layers), model.layers)
# %% residual blocks
import keras
from keras import layers
def residual_block(x, filters, pooling=False):
    residual = x
    x = layers.Conv2D(filters, 3, activation="relu", padding="same")(x)
    x = layers.Conv2D(filters, 3, activation="relu", padding="same")(x)
    if pooling:
        x = layers.MaxPooling2D(2, padding="same")(x)
        residual = layers.Conv2D(filters, 1, strides=2)(residual)
    elif filters != residual.shape[-1]:
        residual = layers.Conv2D(filters, 1)(residual)
    x = layers.add([x, residual])
    return x
inputs = keras.Input(shape=(32, 32, 3))
x = layers.Rescaling(1./255)(inputs)
x = residual_block(x, filters=32, pooling=True)
x = residual_block(x, filters=64, pooling=True)
x = residual_block(x, filters=128, pooling=False)
x = layers.GlobalAveragePooling2D()(x)
outputs = layers.Dense(1, activation="sigmoid")(x)
model = keras.Model(inputs=inputs, outputs=outputs)
model.summary()
# %% batch normalization before activations
import keras
from keras import layers
model = keras.Sequential(name="my_seq")
model.add(keras.Input(shape=(32,32,3)))
model.add(layers.Conv2D(32, (3,3), use_bias=False, name="c1"))
model.add(layers.BatchNormalization(name="bn1"))
model.add(layers.Activation("relu"))
model.add(layers.MaxPooling2D((2,2)))
model.add(layers.Flatten())
model.add(layers.Dense(64))
model.add(layers.BatchNormalization())
model.add(layers.LeakyReLU(0.1))
model.add(layers.Dropout(0.3))
model.add(layers.Dense(10, activation="softmax"))
model.summary()
for l in model.layers: print(l.name, l.output.shape if hasattr(l, "output") else None, l.count_params(), [tuple(w.shape) for w in l.weights])
print([v.name for v in model.get_layer("bn1").variables], [v.trainable for v in model.get_layer("bn1").weights])
print(len(model.trainable_variables), len(model.non_trainable_variables), len(model.weights))
bn = model.get_layer("bn1")
bn.trainable = False
print(len(model.trainable_variables), len(model.non_trainable_variables))
model.trainable = False
print(len(model.trainable_weights))
model.summary(show_trainable=True)
# %% a sequential model that is built later
import keras, numpy as np
from keras import layers
m = keras.Sequential([layers.Dense(3), layers.BatchNormalization()])
m.summary()
print(m.built, m.weights)
try: m.count_params()
except Exception as e: print(type(e).__name__, e)
m.build((None, 5)); m.summary(); print(m.built, m.layers[0].kernel.path)
y = m(np.ones((2,5))); print(y.shape, type(y), y.dtype)
try: m(np.ones((2,6)))
except Exception as e: print(type(e).__name__, e)
try: m.get_layer("x")
except Exception as e: print(type(e).__name__, e)
try: m.add(3)
except Exception as e: print(type(e).__name__, e)
m.pop(); print(len(m.layers))
print(m, m.layers[0], m.name)
# %% features of an inner layer
import keras, numpy as np
from keras import layers
keras.utils.set_random_seed(42)
m = keras.Sequential([keras.Input((4,)), layers.Dense(3, name="d"), layers.BatchNormalization(name="bn"), layers.ReLU()])
f = keras.Model(m.inputs, m.get_layer("bn").output)
x = np.random.rand(5,4).astype("float32")
print(f(x)); print(f.predict(x, verbose=0)); print(m.predict(x, verbose=0)); print(np.allclose(np.maximum(f(x),0), m(x)))
f2 = keras.Model(inputs=m.input, outputs=[l.output for l in m.layers])
outs = f2(x); print(type(outs), [o.shape for o in outs], f2.output_shape)
out = m(x, training=True); print(out, m.get_layer("bn").moving_mean)
# %% moving averages over steps of float32
import keras, numpy as np
bn = keras.layers.BatchNormalization(momentum=0.9)
rng = np.random.default_rng(0)
for step in range(5):
    x = rng.normal(loc=3.0, scale=2.0, size=(64, 3)).astype("float32")
    y = bn(x, training=True)
    print(step, bn.moving_mean.numpy(), bn.moving_variance.numpy())
print(bn.get_weights())
# %% layers of the guide to layers
import keras, numpy as np
class Linear(keras.layers.Layer):
    def __init__(self, units=32, input_dim=32):
        super().__init__()
        self.w = self.add_weight(shape=(input_dim, units), initializer="random_normal", trainable=True)
        self.b = self.add_weight(shape=(units,), initializer="zeros", trainable=True)
    def call(self, inputs):
        return keras.ops.matmul(inputs, self.w) + self.b
x = keras.ops.ones((2, 2))
linear_layer = Linear(4, 2)
y = linear_layer(x)
print(y.shape, linear_layer.weights == [linear_layer.w, linear_layer.b], [w.path for w in linear_layer.weights])
class ComputeSum(keras.layers.Layer):
    def __init__(self, input_dim):
        super().__init__()
        self.total = self.add_weight(initializer="zeros", shape=(input_dim,), trainable=False)
    def call(self, inputs):
        self.total.assign_add(keras.ops.sum(inputs, axis=0))
        return self.total
my_sum = ComputeSum(2)
print(my_sum(x)); print(my_sum(x))
print("weights:", len(my_sum.weights)); print("non-trainable weights:", len(my_sum.non_trainable_weights)); print("trainable_weights:", my_sum.trainable_weights)
class L2(keras.layers.Layer):
    def __init__(self, units=32, **kwargs):
        super().__init__(**kwargs)
        self.units = units
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), initializer="ones")
        self.b = self.add_weight(shape=(self.units,))
    def call(self, inputs):
        return keras.ops.matmul(inputs, self.w) + self.b
    def get_config(self):
        config = super().get_config()
        config.update({"units": self.units})
        return config
l = L2(3, name="x"); print(l.get_config()); l2 = L2.from_config(l.get_config()); print(l2, l2.units, l.built, l2.name)
class MLPBlock(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.linear_1 = L2(32); self.linear_2 = L2(32); self.linear_3 = L2(1)
    def call(self, inputs):
        x = self.linear_1(inputs); x = keras.activations.relu(x)
        x = self.linear_2(x); x = keras.activations.relu(x)
        return self.linear_3(x)
mlp = MLPBlock()
y = mlp(keras.ops.ones(shape=(3, 64)))
print("weights:", len(mlp.weights), "trainable weights:", len(mlp.trainable_weights), y.shape, mlp, [w.path for w in mlp.weights])
class AR(keras.layers.Layer):
    def __init__(self, activity_factor):
        super().__init__(); self.activity_factor = activity_factor
    def call(self, inputs):
        self.add_loss(self.activity_factor * keras.ops.mean(inputs))
        return inputs
a = AR(0.5); a(np.ones((2,2))); print(a.losses); a(np.ones((2,2))); print(len(a.losses))
d = keras.layers.Dense(2, kernel_regularizer=keras.regularizers.L2(1e-3), kernel_initializer="ones"); d(np.ones((1,3))); print(d.losses)
# %% what layers refuse
import keras, numpy as np
class A(keras.layers.Layer):
    def __init__(self): pass
try: A()(np.ones(3))
except Exception as e: print(type(e).__name__, e)
class B(keras.layers.Layer): pass
try: B()(np.ones(3))
except Exception as e: print(type(e).__name__, str(e)[:60])
class C(keras.layers.Layer):
    def call(self, x): return x + np.ones(7)
try: C()(np.ones((2,3)))
except Exception as e: print(type(e).__name__, str(e).replace("\x1b[1m","").replace("\x1b[0m",""))
for f in [lambda: keras.layers.Layer(foo=1), lambda: keras.layers.Dense("a"), lambda: keras.layers.Dense(-1), lambda: keras.layers.Dense(3)(np.ones(3)), lambda: keras.layers.Dense(), lambda: keras.layers.Dense(2, activation="foo"), lambda: keras.layers.Dense(2).kernel, lambda: keras.layers.Conv2D(2,3)(np.ones((2,2))), lambda: keras.layers.Conv2D(2,5)(np.ones((1,3,3,1))), lambda: keras.layers.Dropout(2), lambda: keras.layers.Dense(3)("x"), lambda: keras.layers.Dense(2, name="a/b"), lambda: keras.Input(), lambda: keras.layers.Reshape((5,))(np.ones((2,3))), lambda: keras.layers.Concatenate()([np.ones((2,3)), np.ones((3,3))]), lambda: keras.layers.Add()([np.ones((2,3)), np.ones((2,4))]), lambda: keras.Model(1, 2), lambda: keras.layers.LayerNormalization(axis="a"), lambda: keras.layers.GroupNormalization(groups=3)(np.ones((2,4))), lambda: keras.layers.BatchNormalization()(np.ones((2,3)), trainin=True), lambda: keras.layers.Activation("blah"), lambda: keras.layers.Dense(3, foo=2), lambda: keras.layers.Flatten()(3)]:
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, "|", str(e).replace("\x1b[1m","").replace("\x1b[0m",""))
# %% several inputs and outputs
import keras, numpy as np
a = keras.Input((2,), name="a"); b = keras.Input((3,), name="b")
x = keras.layers.Concatenate()([a, b])
x = keras.layers.BatchNormalization()(x)
y1 = keras.layers.Dense(1, name="y1")(x); y2 = keras.layers.Dense(2, name="y2")(x)
m = keras.Model([a, b], [y1, y2]); m.summary()
o = m([np.ones((4,2)), np.ones((4,3))]); print([t.shape for t in o]); print([t.shape for t in m.predict([np.ones((4,2)), np.ones((4,3))], verbose=0)])
o = m({"a": np.ones((1,2)), "b": np.ones((1,3))}); print(len(o))
print(m.inputs, m.outputs, m.input_names, m.output_names)
m2 = keras.Model({"a": a, "b": b}, {"y1": y1}); print(m2({"a": np.ones((1,2)), "b": np.ones((1,3))})["y1"].shape)
# %% operations on symbolic tensors
import keras, numpy as np
from keras import ops
i = keras.Input((4,))
x = ops.relu(i) + 1
x = x * 2 - ops.mean(x, axis=-1, keepdims=True)
m = keras.Model(i, x); m.summary(); print(m(np.array([[1.,-2,3,4]])))
print(x, x.shape, i + i, ops.concatenate([i, i], axis=-1).shape, ops.sum(i).shape, i[:, :2].shape)
# %% mixed precision
import keras, numpy as np
d = keras.layers.Dense(2, dtype="float16", kernel_initializer="ones"); y = d(np.ones((1,3))); print(y, y.dtype, d.kernel.dtype, d.dtype, d.compute_dtype)
d = keras.layers.Dense(2, dtype="mixed_float16", kernel_initializer="ones"); y = d(np.ones((1,3))); print(y.dtype, d.kernel.dtype, d.dtype_policy, d.get_config()["dtype"])
bn = keras.layers.BatchNormalization(dtype="mixed_float16"); print(bn(np.ones((2,3))).dtype, bn.gamma.dtype)
print(keras.layers.Dense(1)(np.ones((1,2), int)).dtype, keras.layers.Flatten()(np.ones((2,3), int)).dtype)
# %% summaries of other widths
import keras
from keras import layers
m = keras.Sequential([keras.Input((8,)), layers.Dense(4), layers.BatchNormalization()])
m.summary(line_length=100)
m.summary(line_length=50)
lines=[]; m.summary(print_fn=lambda s: lines.append(s)); print(len(lines), lines[0][:30])
o = keras.Sequential([m, layers.Dense(2)], name="outer"); o.summary(); o.summary(expand_nested=True)
big = keras.Sequential([keras.Input((500,)), layers.Dense(2000, name="a_very_long_layer_name_that_does_not_fit"), layers.Dense(300)]); big.summary()
# %% weights of a dense layer
import keras, numpy as np
d = keras.layers.Dense(2); d.build((None, 2))
d.set_weights([np.eye(2), np.array([1., 2.])]); print(d(np.array([[3., 4.]])), d.get_weights())
try: d.set_weights([np.eye(3), np.ones(2)])
except Exception as e: print(type(e).__name__, e)
try: d.set_weights([np.eye(2)])
except Exception as e: print(type(e).__name__, e)
d.kernel.assign(np.ones((2,2))); print(d.kernel, d.bias, d.trainable_weights, d.input_spec)
m = keras.Sequential([keras.Input((2,)), d]); w = m.get_weights(); m.set_weights([a*0 for a in w]); print(m.get_weights())
c = keras.models.clone_model(m) if hasattr(keras.models, "clone_model") else None
