/**
 * @file The other normalization layers (keras/src/layers/normalization), to put beside batch
 * normalization.
 */
export const normalizationLayersSource = `
class LayerNormalization(Layer):
    def __init__(
        self,
        axis=-1,
        epsilon=1e-3,
        center=True,
        scale=True,
        beta_initializer="zeros",
        gamma_initializer="ones",
        beta_regularizer=None,
        gamma_regularizer=None,
        beta_constraint=None,
        gamma_constraint=None,
        **kwargs,
    ):
        self.rms_scaling = kwargs.pop("rms_scaling", False)
        super().__init__(**kwargs)
        if isinstance(axis, (list, tuple)):
            axis = list(axis)
        elif not isinstance(axis, int):
            raise TypeError(
                "Expected an int or a list/tuple of ints for the "
                f"argument 'axis', but received: {axis!r}"
            )
        self.axis = axis
        self.epsilon = epsilon
        self.center = center
        self.scale = scale
        take_weight_arguments(
            self,
            beta_initializer,
            gamma_initializer,
            beta_regularizer,
            gamma_regularizer,
            beta_constraint,
            gamma_constraint,
        )
        self.supports_masking = True
        self.autocast = False

    def build(self, input_shape):
        if isinstance(self.axis, list):
            self.axis = sorted(self.axis)
        else:
            self.axis = [self.axis]
        shape = tuple([input_shape[axis] for axis in self.axis])
        add_scale_and_offset(
            self, shape, self.scale or self.rms_scaling, self.center and not self.rms_scaling
        )

    def call(self, inputs):
        outputs = normalized(
            inputs, self.gamma, self.beta, self.axis, self.epsilon, self.rms_scaling
        )
        return ops.cast(outputs, self.compute_dtype)

    def compute_output_shape(self, input_shape):
        check_axes(self.axis, input_shape)
        return input_shape

    def get_config(self):
        return {
            **super().get_config(),
            "axis": self.axis,
            "epsilon": self.epsilon,
            "center": self.center,
            "scale": self.scale,
            "rms_scaling": self.rms_scaling,
            **scale_and_offset_config(self),
        }


def take_weight_arguments(
    layer,
    beta_initializer,
    gamma_initializer,
    beta_regularizer,
    gamma_regularizer,
    beta_constraint,
    gamma_constraint,
):
    layer.beta_initializer = initializers.get(beta_initializer)
    layer.gamma_initializer = initializers.get(gamma_initializer)
    layer.beta_regularizer = regularizers.get(beta_regularizer)
    layer.gamma_regularizer = regularizers.get(gamma_regularizer)
    layer.beta_constraint = constraints.get(beta_constraint)
    layer.gamma_constraint = constraints.get(gamma_constraint)


def add_scale_and_offset(layer, shape, scale, center):
    layer.gamma = None
    layer.beta = None
    if scale:
        layer.gamma = layer.add_weight(
            name="gamma",
            shape=shape,
            initializer=layer.gamma_initializer,
            regularizer=layer.gamma_regularizer,
            constraint=layer.gamma_constraint,
        )
    if center:
        layer.beta = layer.add_weight(
            name="beta",
            shape=shape,
            initializer=layer.beta_initializer,
            regularizer=layer.beta_regularizer,
            constraint=layer.beta_constraint,
        )


def scale_and_offset_config(layer):
    return {
        f"{name}_{kind}": core.serialize(getattr(layer, f"{name}_{kind}"))
        for kind in ("initializer", "regularizer", "constraint")
        for name in ("beta", "gamma")
    }


def check_axes(axes, input_shape):
    for axis in [axes] if isinstance(axes, int) else axes:
        if axis >= len(input_shape) or axis < -len(input_shape):
            raise ValueError(
                f"Axis {axis} is out of bounds for "
                f"input shape {input_shape}. "
                f"Received: axis={axes}"
            )


def normalized(x, gamma, beta, axis, epsilon, rms_scaling):
    """\`(x - mean) / sqrt(variance + epsilon) * gamma + beta\`, in float32 at least."""
    dtype = backend.result_type(x.dtype, "float32")
    x = core.tensor(x, dtype)
    rank = len(x.shape)
    axes = sorted([axis] if isinstance(axis, int) else axis)
    shape = [1] * rank
    for one in axes:
        shape[one] = x.shape[one]

    def spread(weight):
        weight = core.tensor(weight, dtype)
        if len(weight.shape) != rank and axes != [rank - 1]:
            return np.reshape(weight, shape)
        return weight

    if rms_scaling:
        variance = np.var(x, axis=tuple(axes), keepdims=True)
        outputs = x * ops.rsqrt(variance + epsilon)
        return outputs if gamma is None else outputs * spread(gamma)
    mean, variance = ops.moments(x, axes=axes, keepdims=True)
    inverse = ops.rsqrt(variance + epsilon)
    if gamma is not None:
        inverse = inverse * spread(gamma)
    shift = -mean * inverse
    if beta is not None:
        shift = shift + spread(beta)
    return x * inverse + shift


class GroupNormalization(Layer):
    def __init__(
        self,
        groups=32,
        axis=-1,
        epsilon=1e-3,
        center=True,
        scale=True,
        beta_initializer="zeros",
        gamma_initializer="ones",
        beta_regularizer=None,
        gamma_regularizer=None,
        beta_constraint=None,
        gamma_constraint=None,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.groups = groups
        self.axis = axis
        self.epsilon = epsilon
        self.center = center
        self.scale = scale
        take_weight_arguments(
            self,
            beta_initializer,
            gamma_initializer,
            beta_regularizer,
            gamma_regularizer,
            beta_constraint,
            gamma_constraint,
        )

    def build(self, input_shape):
        dim = input_shape[self.axis]
        if dim is None:
            raise ValueError(
                f"Axis {self.axis} of input tensor should have a defined "
                "dimension but the layer received an input with shape "
                f"{input_shape}."
            )
        if self.groups == -1:
            self.groups = dim
        if dim < self.groups:
            raise ValueError(
                f"Number of groups ({self.groups}) cannot be more than the "
                f"number of channels ({dim})."
            )
        if dim % self.groups != 0:
            raise ValueError(
                f"Number of groups ({self.groups}) must be a multiple "
                f"of the number of channels ({dim})."
            )
        self.input_spec = InputSpec(ndim=len(input_shape), axes={self.axis: dim})
        add_scale_and_offset(self, (dim,), self.scale, self.center)
        super().build(input_shape)

    def call(self, inputs):
        shape = list(inputs.shape)
        shape[self.axis] = shape[self.axis] // self.groups
        spread = [1] * len(inputs.shape)
        spread[self.axis] = shape[self.axis]
        at = len(shape) - 1 if self.axis == -1 else self.axis
        shape.insert(at, self.groups)
        spread.insert(at, self.groups)
        dtype = backend.result_type(inputs.dtype, "float32")
        x = ops.cast(ops.reshape(inputs, shape), dtype)
        axes = [axis for axis in range(1, len(shape)) if axis != at]
        mean, variance = ops.moments(x, axes=axes, keepdims=True)
        inverse = ops.rsqrt(variance + self.epsilon)
        if self.scale:
            inverse = inverse * ops.cast(ops.reshape(self.gamma, spread), dtype)
        shift = -mean * inverse
        if self.center:
            shift = shift + ops.cast(ops.reshape(self.beta, spread), dtype)
        outputs = ops.reshape(ops.cast(x * inverse + shift, inputs.dtype), inputs.shape)
        return ops.cast(outputs, self.compute_dtype)

    def compute_output_shape(self, input_shape):
        check_axes(self.axis, input_shape)
        return input_shape

    def get_config(self):
        return {
            **super().get_config(),
            "groups": self.groups,
            "axis": self.axis,
            "epsilon": self.epsilon,
            "center": self.center,
            "scale": self.scale,
            **scale_and_offset_config(self),
        }


class UnitNormalization(Layer):
    def __init__(self, axis=-1, **kwargs):
        super().__init__(**kwargs)
        if isinstance(axis, (list, tuple)):
            axis = list(axis)
        elif not isinstance(axis, int):
            raise TypeError(
                "Invalid value for \`axis\` argument: "
                "expected an int or a list/tuple of ints. "
                f"Received: axis={axis}"
            )
        self.axis = axis
        self.supports_masking = True
        self.built = True

    def call(self, inputs):
        return ops.normalize(inputs, axis=self.axis, order=2, epsilon=1e-12)

    def compute_output_shape(self, input_shape):
        check_axes(self.axis, input_shape)
        return input_shape

    def get_config(self):
        return {**super().get_config(), "axis": self.axis}


class RMSNormalization(Layer):
    def __init__(self, axis=-1, epsilon=1e-6, **kwargs):
        super().__init__(**kwargs)
        self.axis = axis
        self.epsilon = epsilon

    def build(self, input_shape):
        if isinstance(self.axis, (list, tuple)):
            shape = tuple([input_shape[axis] for axis in self.axis])
        else:
            shape = (input_shape[self.axis],)
        self.scale = self.add_weight(name="scale", shape=shape, initializer="ones")
        self.built = True

    def call(self, x):
        return ops.rms_normalization(x, scale=self.scale, axis=self.axis, epsilon=self.epsilon)

    def compute_output_shape(self, input_shape):
        check_axes(self.axis, input_shape)
        return input_shape

    def get_config(self):
        return {**super().get_config(), "axis": self.axis, "epsilon": self.epsilon}
`;
