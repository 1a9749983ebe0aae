/**
 * @file Convolutions and pooling, as sums and maxima over shifted views
 * (keras/src/layers/convolutional, keras/src/layers/pooling).
 */
export const imageLayersSource = `
def standard_tuple(value, rank, name):
    if isinstance(value, int):
        return (value,) * rank
    value = tuple(value)
    if len(value) != rank:
        raise ValueError(
            f"The \`{name}\` argument must be a tuple of {rank} integers. Received {name}={value}"
        )
    return value


def standard_padding(padding, causal=False):
    word = padding.lower()
    allowed = {"valid", "same", "causal"} if causal else {"valid", "same"}
    if word not in allowed:
        raise ValueError(
            "The \`padding\` argument must be a list/tuple or one of "
            f"{allowed}. Received: {padding}"
        )
    return word


def window_length(size, window, stride, padding, dilation=1):
    if size is None:
        return None
    reach = (window - 1) * dilation + 1
    if padding == "valid":
        return (size - reach) // stride + 1
    return -(-size // stride)


def channels_last(x, data_format):
    rank = len(x.shape)
    return np.transpose(x, (0, *range(2, rank), 1)) if data_format == "channels_first" else x


def channels_back(x, data_format):
    rank = len(x.shape)
    return np.transpose(x, (0, rank - 1, *range(1, rank - 1))) if data_format == "channels_first" else x


def windows(x, size, strides, padding, dilation, fill):
    """Each offset within the window, with the view of the padded input that lies there."""
    spatial = x.shape[1:-1]
    lengths = [
        window_length(n, window, stride, padding, step)
        for n, window, stride, step in zip(spatial, size, strides, dilation)
    ]
    edges = [(0, 0)]
    for n, length, window, stride, step in zip(spatial, lengths, size, strides, dilation):
        reach = (window - 1) * step + 1
        total = max((length - 1) * stride + reach - n, 0) if padding != "valid" else 0
        low = total if padding == "causal" else total // 2
        edges.append((low, total - low))
    padded = np.pad(x, edges + [(0, 0)], constant_values=fill)
    for offset in np.ndindex(*size):
        cut = [slice(None)]
        for start, length, stride, step in zip(offset, lengths, strides, dilation):
            first = start * step
            cut.append(slice(first, first + (length - 1) * stride + 1, stride))
        yield offset, padded[tuple(cut)]


def convolve(x, kernel, strides, padding, dilation, groups=1):
    size = kernel.shape[:-2]
    inner = kernel.shape[-2]
    filters = kernel.shape[-1]
    output = None
    for offset, view in windows(x, size, strides, padding, dilation, 0.0):
        weights = kernel[offset]
        if groups == 1:
            part = np.matmul(view, weights)
        else:
            width = filters // groups
            part = np.concatenate(
                [
                    np.matmul(
                        view[..., group * inner : (group + 1) * inner],
                        weights[:, group * width : (group + 1) * width],
                    )
                    for group in range(groups)
                ],
                axis=-1,
            )
        output = part if output is None else output + part
    return output


class BaseConvolution(Layer):
    rank = 2

    def __init__(
        self,
        filters,
        kernel_size,
        strides=1,
        padding="valid",
        data_format=None,
        dilation_rate=1,
        groups=1,
        activation=None,
        use_bias=True,
        kernel_initializer="glorot_uniform",
        bias_initializer="zeros",
        kernel_regularizer=None,
        bias_regularizer=None,
        activity_regularizer=None,
        kernel_constraint=None,
        bias_constraint=None,
        **kwargs,
    ):
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        rank = self.rank
        self.filters = filters
        self.groups = groups
        self.kernel_size = standard_tuple(kernel_size, rank, "kernel_size")
        self.strides = standard_tuple(strides, rank, "strides")
        self.dilation_rate = standard_tuple(dilation_rate, rank, "dilation_rate")
        self.padding = standard_padding(padding, rank == 1)
        self.data_format = data_format or config.image_data_format()
        self.activation = get_activation(activation)
        self.use_bias = use_bias
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.bias_initializer = initializers.get(bias_initializer)
        self.kernel_regularizer = regularizers.get(kernel_regularizer)
        self.bias_regularizer = regularizers.get(bias_regularizer)
        self.kernel_constraint = constraints.get(kernel_constraint)
        self.bias_constraint = constraints.get(bias_constraint)
        self.input_spec = InputSpec(min_ndim=rank + 2)
        if filters is not None and filters <= 0:
            raise ValueError(
                "Invalid value for argument \`filters\`. Expected a strictly "
                f"positive value. Received filters={filters}."
            )
        if groups <= 0:
            raise ValueError(
                "The number of groups must be a positive integer. "
                f"Received: groups={groups}."
            )
        if filters is not None and filters % groups != 0:
            raise ValueError(
                "The number of filters must be evenly divisible by the "
                f"number of groups. Received: groups={groups}, filters={filters}."
            )

    def kernel_shape(self, channels):
        return self.kernel_size + (channels // self.groups, self.filters)

    def build(self, input_shape):
        axis = -1 if self.data_format == "channels_last" else 1
        channels = input_shape[axis]
        self.input_spec = InputSpec(min_ndim=self.rank + 2, axes={axis: channels})
        if channels % self.groups != 0:
            raise ValueError(
                "The number of input channels must be evenly divisible by "
                f"the number of groups. Received groups={self.groups}, but the "
                f"input has {channels} channels (full input shape is "
                f"{input_shape})."
            )
        self.compute_output_shape(input_shape)
        self._kernel = self.add_weight(
            name="kernel",
            shape=self.kernel_shape(channels),
            initializer=self.kernel_initializer,
            regularizer=self.kernel_regularizer,
            constraint=self.kernel_constraint,
        )
        self.bias = None
        if self.use_bias:
            self.bias = self.add_weight(
                name="bias",
                shape=(self.output_channels(channels),),
                initializer=self.bias_initializer,
                regularizer=self.bias_regularizer,
                constraint=self.bias_constraint,
            )
        self.built = True

    def output_channels(self, channels):
        return self.filters

    @property
    def kernel(self):
        if not self.built:
            raise AttributeError("You must build the layer before accessing \`kernel\`.")
        return self._kernel

    def convolved(self, x):
        return convolve(
            x, core.tensor(self._kernel, x.dtype), self.strides, self.padding, self.dilation_rate, self.groups
        )

    def call(self, inputs):
        x = self.convolved(channels_last(inputs, self.data_format))
        if self.bias is not None:
            x = ops.add(x, self.bias)
        x = channels_back(x, self.data_format)
        return x if self.activation is None else self.activation(x)

    def compute_output_shape(self, input_shape):
        first = self.data_format == "channels_first"
        spatial = input_shape[2:] if first else input_shape[1:-1]
        channels = self.output_channels(input_shape[1] if first else input_shape[-1])
        lengths = tuple(
            [
                window_length(n, window, stride, self.padding, step)
                for n, window, stride, step in zip(
                    spatial, self.kernel_size, self.strides, self.dilation_rate
                )
            ]
        )
        for length in lengths:
            if length is not None and length <= 0:
                kernel = self.kernel_size + (input_shape[1] if first else input_shape[-1], self.filters)
                dilation = " ".join(str(step) for step in self.dilation_rate)
                raise ValueError(
                    "Computed output size would be zero or negative. Received "
                    f"\`inputs shape={input_shape}\`, "
                    f"\`kernel shape={kernel}\`, "
                    f"\`dilation_rate=[{dilation}]\`, "
                    f"\`strides={self.strides}\`, "
                    f"\`padding={self.padding}\`."
                )
        return (input_shape[0], channels) + lengths if first else (input_shape[0],) + lengths + (channels,)

    def get_config(self):
        return {
            **super().get_config(),
            "filters": self.filters,
            "kernel_size": self.kernel_size,
            "strides": self.strides,
            "padding": self.padding,
            "data_format": self.data_format,
            "dilation_rate": self.dilation_rate,
            "groups": self.groups,
            "activation": core.serialize(self.activation),
            "use_bias": self.use_bias,
            "kernel_initializer": core.serialize(self.kernel_initializer),
            "bias_initializer": core.serialize(self.bias_initializer),
            "kernel_regularizer": core.serialize(self.kernel_regularizer),
            "bias_regularizer": core.serialize(self.bias_regularizer),
            "activity_regularizer": core.serialize(self.activity_regularizer),
            "kernel_constraint": core.serialize(self.kernel_constraint),
            "bias_constraint": core.serialize(self.bias_constraint),
        }


class Conv1D(BaseConvolution):
    rank = 1


class Conv2D(BaseConvolution):
    def __init__(self, filters, kernel_size, strides=(1, 1), padding="valid", data_format=None, dilation_rate=(1, 1), **kwargs):
        super().__init__(
            filters, kernel_size, strides=strides, padding=padding, data_format=data_format, dilation_rate=dilation_rate, **kwargs
        )


class DepthwiseConv2D(BaseConvolution):
    def __init__(self, kernel_size, strides=(1, 1), padding="valid", depth_multiplier=1, depthwise_initializer="glorot_uniform", **kwargs):
        super().__init__(
            None, kernel_size, strides=strides, padding=padding, kernel_initializer=depthwise_initializer, **kwargs
        )
        self.depth_multiplier = depth_multiplier

    def kernel_shape(self, channels):
        return self.kernel_size + (channels, self.depth_multiplier)

    def output_channels(self, channels):
        return channels * self.depth_multiplier

    def convolved(self, x):
        kernel = core.tensor(self._kernel, x.dtype)
        output = None
        for offset, view in windows(x, self.kernel_size, self.strides, self.padding, self.dilation_rate, 0.0):
            part = view[..., None] * kernel[offset]
            output = part if output is None else output + part
        return np.reshape(output, output.shape[:-2] + (-1,))


class BasePooling(Layer):
    def __init__(self, pool_size=2, strides=None, padding="valid", data_format=None, name=None, **kwargs):
        super().__init__(name=name, **kwargs)
        self.pool_size = standard_tuple(pool_size, self.rank, "pool_size")
        self.strides = standard_tuple(pool_size if strides is None else strides, self.rank, "strides")
        self.padding = standard_padding(padding)
        self.data_format = data_format or config.image_data_format()
        self.input_spec = InputSpec(ndim=self.rank + 2)
        self.built = True

    def views(self, x, fill):
        ones = (1,) * self.rank
        return [
            view for _, view in windows(x, self.pool_size, self.strides, self.padding, ones, fill)
        ]

    def call(self, inputs):
        return channels_back(self.pooled(channels_last(inputs, self.data_format)), self.data_format)

    def compute_output_shape(self, input_shape):
        first = self.data_format == "channels_first"
        spatial = input_shape[2:] if first else input_shape[1:-1]
        lengths = tuple(
            [
                window_length(n, window, stride, self.padding)
                for n, window, stride in zip(spatial, self.pool_size, self.strides)
            ]
        )
        for length in lengths:
            if length is not None and length <= 0:
                raise ValueError(
                    "Computed output size would be negative. Received: "
                    f"\`inputs.shape={input_shape}\` and \`pool_size={self.pool_size}\`."
                )
        return input_shape[:2] + lengths if first else (input_shape[0],) + lengths + (input_shape[-1],)

    def get_config(self):
        return {
            **super().get_config(),
            "pool_size": self.pool_size,
            "padding": self.padding,
            "strides": self.strides,
            "data_format": self.data_format,
        }


class BaseMaxPooling(BasePooling):
    def pooled(self, x):
        output = None
        for view in self.views(x, -np.inf):
            output = view if output is None else np.maximum(output, view)
        return np.array(output)


class BaseAveragePooling(BasePooling):
    def pooled(self, x):
        total = sum_of(self.views(x, 0.0))
        if self.padding == "valid":
            return total / product(self.pool_size)
        return total / sum_of(self.views(np.ones_like(x), 0.0))


def sum_of(views):
    total = views[0]
    for view in views[1:]:
        total = total + view
    return total


class MaxPooling1D(BaseMaxPooling):
    rank = 1


class MaxPooling2D(BaseMaxPooling):
    rank = 2


class AveragePooling1D(BaseAveragePooling):
    rank = 1


class AveragePooling2D(BaseAveragePooling):
    rank = 2


class BaseGlobalPooling(Layer):
    def __init__(self, data_format=None, keepdims=False, **kwargs):
        super().__init__(**kwargs)
        self.data_format = data_format or config.image_data_format()
        self.keepdims = keepdims
        self.input_spec = InputSpec(ndim=self.rank + 2)
        self.built = True

    @property
    def axes(self):
        start = 1 if self.data_format == "channels_last" else 2
        return tuple(range(start, start + self.rank))

    def call(self, inputs):
        return self.pooled(inputs, axis=self.axes, keepdims=self.keepdims)

    def compute_output_shape(self, input_shape):
        axes = self.axes
        if self.keepdims:
            return tuple([1 if axis in axes else n for axis, n in enumerate(input_shape)])
        return tuple([n for axis, n in enumerate(input_shape) if axis not in axes])

    def get_config(self):
        return {**super().get_config(), "data_format": self.data_format, "keepdims": self.keepdims}


class GlobalAveragePooling1D(BaseGlobalPooling):
    rank = 1

    def pooled(self, inputs, axis, keepdims):
        return ops.mean(inputs, axis=axis, keepdims=keepdims)


class GlobalAveragePooling2D(GlobalAveragePooling1D):
    rank = 2


class GlobalMaxPooling1D(BaseGlobalPooling):
    rank = 1

    def pooled(self, inputs, axis, keepdims):
        return ops.max(inputs, axis=axis, keepdims=keepdims)


class GlobalMaxPooling2D(GlobalMaxPooling1D):
    rank = 2


class ZeroPadding2D(Layer):
    def __init__(self, padding=(1, 1), data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.data_format = data_format or config.image_data_format()
        if isinstance(padding, int):
            padding = (padding, padding)
        self.padding = tuple([(one, one) if isinstance(one, int) else tuple(one) for one in padding])
        self.input_spec = InputSpec(ndim=4)

    def compute_output_shape(self, input_shape):
        shape = list(input_shape)
        start = 1 if self.data_format == "channels_last" else 2
        for axis, (low, high) in enumerate(self.padding):
            if shape[start + axis] is not None:
                shape[start + axis] += low + high
        return tuple(shape)

    def call(self, inputs):
        edges = [(0, 0)] * (1 if self.data_format == "channels_last" else 2) + list(self.padding)
        return np.pad(inputs, edges + [(0, 0)] * (4 - len(edges)))


class UpSampling2D(Layer):
    def __init__(self, size=(2, 2), data_format=None, interpolation="nearest", **kwargs):
        super().__init__(**kwargs)
        if interpolation != "nearest":
            core.refuse(f"UpSampling2D(interpolation={interpolation!r})")
        self.data_format = data_format or config.image_data_format()
        self.size = standard_tuple(size, 2, "size")
        self.interpolation = interpolation
        self.input_spec = InputSpec(ndim=4)

    def compute_output_shape(self, input_shape):
        shape = list(input_shape)
        start = 1 if self.data_format == "channels_last" else 2
        for axis, factor in enumerate(self.size):
            if shape[start + axis] is not None:
                shape[start + axis] *= factor
        return tuple(shape)

    def call(self, inputs):
        start = 1 if self.data_format == "channels_last" else 2
        for axis, factor in enumerate(self.size):
            inputs = np.repeat(inputs, factor, axis=start + axis)
        return inputs
`;
