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
