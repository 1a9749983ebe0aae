/**
 * @file `BatchNormalization` as a base class: a layer of Python around the engine's own.
 */
export const subclassSource = `
class SubclassableBatchNormalization(NativeBatchNormalization):
    """What cells make subclasses of: a layer around the engine's own."""

    def __init__(self, axis=-1, momentum=0.99, epsilon=1e-3, **kwargs):
        base = {
            key: kwargs.pop(key)
            for key in ("name", "trainable", "dtype", "autocast", "activity_regularizer")
            if key in kwargs
        }
        Layer.__init__(self, **base)
        own = NativeBatchNormalization(
            axis=axis, momentum=momentum, epsilon=epsilon, name=self.name, dtype=self.dtype_policy, **kwargs
        )
        self._native = own
        self.supports_masking = True

    def __getattr__(self, name):
        own = self.__dict__.get("_native")
        if own is None or name.startswith("__"):
            raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")
        if name in native_names:
            return getattr(own, name)
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def _flatten_layers(self):
        return [layer for layer in held(self, core.is_layer) if layer is not self._native]

    @property
    def momentum(self):
        return self._native.momentum

    @momentum.setter
    def momentum(self, value):
        self._native.momentum = value

    @property
    def epsilon(self):
        return self._native.epsilon

    @epsilon.setter
    def epsilon(self, value):
        self._native.epsilon = value

    def build(self, input_shape):
        self._native.build(input_shape)
        self._added_weights += self._native.weights
        self.input_spec = self._native.input_spec

    def call(self, inputs, training=None, mask=None):
        core.follow(self._native, self.trainable)
        return self._native.call(inputs, training=training, mask=mask)

    def compute_output_shape(self, input_shape):
        return self._native.compute_output_shape(input_shape)

    def get_config(self):
        return {**self._native.get_config(), "trainable": self.trainable, "name": self.name}


native_names = {
    "axis", "center", "scale", "renorm", "renorm_clipping", "renorm_momentum", "synchronized",
    "gamma", "beta", "moving_mean", "moving_variance", "beta_initializer", "gamma_initializer",
    "moving_mean_initializer", "moving_variance_initializer", "beta_regularizer", "gamma_regularizer",
    "beta_constraint", "gamma_constraint", "moving_stddev", "renorm_mean", "renorm_stddev",
}
`;
