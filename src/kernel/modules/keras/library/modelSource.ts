/**
 * @file `keras.Input`, `keras.Model` and `keras.Sequential`: layers put together, called and
 * predicted with, not trained, which Keras's NumPy backend does not do either
 * (keras/src/models, keras/src/ops/function.py).
 */
export const modelSource = `
class InputLayer(Layer):
    def __init__(
        self,
        shape=None,
        batch_size=None,
        dtype=None,
        sparse=None,
        ragged=None,
        batch_shape=None,
        input_tensor=None,
        optional=False,
        name=None,
        **kwargs,
    ):
        super().__init__(name=name)
        if input_tensor is not None:
            batch_shape = input_tensor.shape
            dtype = input_tensor.dtype
        else:
            if shape is not None and batch_shape is not None:
                raise ValueError("You cannot pass both \`shape\` and \`batch_shape\` at the same time.")
            if batch_size is not None and batch_shape is not None:
                raise ValueError("You cannot pass both \`batch_size\` and \`batch_shape\` at the same time.")
            if shape is None and batch_shape is None:
                raise ValueError("You must pass a \`shape\` argument.")
            if shape is not None:
                batch_shape = (batch_size,) + standardize_shape(shape)
        self.batch_shape = standardize_shape(batch_shape)
        self._input_dtype = core.standardize_dtype(dtype)
        self.sparse = bool(sparse)
        self.ragged = bool(ragged)
        self.optional = optional
        if input_tensor is None:
            input_tensor = KerasTensor(self.batch_shape, dtype=self._input_dtype, name=name)
        Node(self, (), {}, input_tensor)
        self.built = True

    def call(self):
        return

    @property
    def dtype(self):
        return self._input_dtype

    def get_config(self):
        return {
            "batch_shape": self.batch_shape,
            "dtype": self.dtype,
            "sparse": self.sparse,
            "ragged": self.ragged,
            "name": self.name,
        }


def Input(
    shape=None,
    batch_size=None,
    dtype=None,
    sparse=None,
    ragged=None,
    batch_shape=None,
    name=None,
    tensor=None,
    optional=False,
):
    layer = InputLayer(
        shape=shape,
        batch_size=batch_size,
        dtype=dtype,
        sparse=sparse,
        ragged=ragged,
        batch_shape=batch_shape,
        name=name,
        input_tensor=tensor,
        optional=optional,
    )
    return layer.output


def is_functional(args, kwargs):
    return (
        len(args) == 2
        or (len(args) == 1 and "outputs" in kwargs)
        or ("inputs" in kwargs and "outputs" in kwargs)
    )


class Model(Layer):
    def __new__(cls, *args, **kwargs):
        if cls is Model and is_functional(args, kwargs):
            return Layer.__new__(Functional, *args, **kwargs)
        return Layer.__new__(cls, *args, **kwargs)

    def __init__(self, *args, **kwargs):
        self.compiled = False
        if isinstance(self, Functional):
            make_functional(self, *args, **kwargs)
        elif is_functional(args, kwargs):
            core.refuse("a subclass of keras.Model that is given inputs and outputs")
        else:
            Layer.__init__(self, *args, **kwargs)

    def call(self, *args, **kwargs):
        raise NotImplementedError(
            f"Model {type(self).__name__} does not have a \`call()\` method implemented."
        )

    @property
    def layers(self):
        return self._flatten_layers()

    def get_layer(self, name=None, index=None):
        if index is not None and name is not None:
            raise ValueError(
                "Provide only a layer name or a layer index. Received: "
                f"index={index}, name={name}."
            )
        if index is not None:
            if len(self.layers) <= index:
                raise ValueError(
                    f"Was asked to retrieve layer at index {index}"
                    f" but model only has {len(self.layers)} layers."
                )
            return self.layers[index]
        if name is not None:
            for layer in self.layers:
                if layer.name == name:
                    return layer
            raise ValueError(
                f"No such layer: {name}. Existing layers are: "
                f"{list(layer.name for layer in self.layers)}."
            )
        raise ValueError("Provide either a layer name or layer index at \`get_layer\`.")

    def summary(
        self,
        line_length=None,
        positions=None,
        print_fn=None,
        expand_nested=False,
        show_trainable=False,
        layer_range=None,
    ):
        if layer_range is not None:
            core.refuse("summary(layer_range=…)")
        print_summary(self, line_length, positions, print_fn, expand_nested, show_trainable)

    def compile(self, optimizer="rmsprop", loss=None, metrics=None, **kwargs):
        self.optimizer = optimizer
        self.loss = loss
        self.compiled = True

    def fit(self, *args, **kwargs):
        raise NotImplementedError("fit not implemented for NumPy backend.")

    def train_on_batch(self, *args, **kwargs):
        raise NotImplementedError("train_on_batch not implemented for NumPy backend.")

    def evaluate(self, *args, **kwargs):
        core.refuse("keras.Model.evaluate")

    def save(self, *args, **kwargs):
        core.refuse("keras.Model.save")

    def save_weights(self, *args, **kwargs):
        core.refuse("keras.Model.save_weights")

    def load_weights(self, *args, **kwargs):
        core.refuse("keras.Model.load_weights")

    def predict(self, x, batch_size=None, verbose="auto", steps=None, callbacks=None):
        flat = flatten(x)
        size = len(flat[0])
        batch_size = batch_size or 32
        batches = []
        for start in range(0, size, batch_size):
            batch = map_structure(
                lambda array: core.convert_input(array[start : start + batch_size]), x
            )
            batches.append(self.predict_on_batch(batch))
        if verbose != 0:
            core.show_progress(len(batches))
        if isinstance(batches[0], (list, tuple)):
            return type(batches[0])([np.concatenate(parts) for parts in zip(*batches)])
        if isinstance(batches[0], dict):
            return {key: np.concatenate([batch[key] for batch in batches]) for key in batches[0]}
        return np.concatenate(batches)

    def predict_on_batch(self, x):
        if self._call_has_training_arg:
            return self(x, training=False)
        return self(x)

    def get_config(self):
        if type(self).get_config is not Model.get_config:
            return Layer.get_config(self)
        core.refuse("keras.Model.get_config")

    def to_json(self, **kwargs):
        core.refuse("keras.Model.to_json")


class Sequential(Model):
    def __init__(self, layers=None, trainable=True, name=None):
        super().__init__(trainable=trainable, name=name)
        self._functional = None
        self._layers = []
        if layers:
            for layer in layers:
                self.add(layer, rebuild=False)
            self._maybe_rebuild()

    def add(self, layer, rebuild=True):
        if not self._layers and getattr(layer, "_input_shape_arg", None) is not None:
            self.add(InputLayer(shape=layer._input_shape_arg))
        if hasattr(layer, "_keras_history") and isinstance(layer._keras_history[0], InputLayer):
            layer = layer._keras_history[0]
        if not core.is_layer(layer):
            raise ValueError(
                "Only instances of \`keras.Layer\` can be "
                f"added to a Sequential model. Received: {layer} "
                f"(of type {type(layer)})"
            )
        if any(one.name == layer.name and one is not layer for one in self._layers):
            raise ValueError(
                "All layers added to a Sequential model "
                f"should have unique names. Name '{layer.name}' is already "
                "the name of a layer in this model. Update the \`name\` argument "
                "to pass a unique name."
            )
        if isinstance(layer, InputLayer) and self._layers and isinstance(self._layers[0], InputLayer):
            raise ValueError(
                f"Sequential model '{self.name}' has already been configured "
                f"to use input shape {self._layers[0].batch_shape}. You cannot "
                "add a different Input layer to it."
            )
        self._layers.append(layer)
        if rebuild:
            self._maybe_rebuild()
        else:
            self.built = False
            self._functional = None

    def pop(self, rebuild=True):
        layer = self._layers.pop()
        self.built = False
        self._functional = None
        if rebuild:
            self._maybe_rebuild()
        return layer

    def _maybe_rebuild(self):
        self.built = False
        self._functional = None
        first = self._layers[0]
        if len(self._layers) > 1:
            if isinstance(first, InputLayer):
                self.build(first.batch_shape)
            elif isinstance(first, Functional) or (isinstance(first, Sequential) and first._functional):
                self.build(first.input_shape)

    def build(self, input_shape=None):
        try:
            input_shape = standardize_shape(input_shape)
        except Exception:
            return
        if not self._layers:
            raise ValueError(
                f"Sequential model {self.name} cannot be built because it has "
                "no layers. Call \`model.add(layer)\`."
            )
        if isinstance(self._layers[0], InputLayer):
            if self._layers[0].batch_shape != input_shape:
                raise ValueError(
                    f"Sequential model '{self.name}' has already been "
                    "configured to use input shape "
                    f"{self._layers[0].batch_shape}. You cannot build it "
                    f"with input_shape {input_shape}"
                )
        else:
            dtype = self._layers[0].compute_dtype
            self._layers = [InputLayer(batch_shape=input_shape, dtype=dtype)] + self._layers
        inputs = self._layers[0].output
        x = inputs
        for layer in self._layers[1:]:
            x = layer(x)
        self._functional = Functional(inputs=inputs, outputs=x)

    def _maybe_build(self, tensors, arguments, first):
        if not self.built:
            self.build(standardize_shape(first.shape) if is_tensor(first) else None)

    def _flatten_layers(self):
        return list(self._layers)

    @property
    def layers(self):
        layers = self._layers
        return layers[1:] if layers and isinstance(layers[0], InputLayer) else layers[:]

    def call(self, inputs, training=None, mask=None, **kwargs):
        if self._functional:
            return self._functional.call(inputs, training=training, mask=mask)
        for layer in self.layers:
            if takes_training(layer) and training is not None:
                inputs = layer(inputs, training=training)
            else:
                inputs = layer(inputs)
        return inputs

    def compute_output_spec(self, inputs, training=None, mask=None):
        if self._functional:
            return self._functional.compute_output_spec(inputs)
        for layer in self.layers:
            inputs = output_spec(layer, (inputs,), {})
        return inputs

    def compute_output_shape(self, input_shape):
        if self._functional:
            return self._functional.compute_output_shape(input_shape)
        for layer in self.layers:
            input_shape = layer.compute_output_shape(input_shape)
        return input_shape

    def _defined(self, what, name):
        if self._functional:
            return getattr(self._functional, name)
        raise AttributeError(f"Sequential model '{self.name}' has no defined {what} yet.")

    @property
    def input_shape(self):
        return self._defined("input shape", "input_shape")

    @property
    def output_shape(self):
        return self._defined("output shape", "output_shape")

    @property
    def inputs(self):
        return self._defined("inputs", "inputs")

    @property
    def outputs(self):
        return self._defined("outputs", "outputs")
`;
