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

    def build(self, input_shape):
        if type(self).build is not Model.build or self._unbuilt():
            shape = tuple(input_shape)
            with core.stateless(self):
                infer_output_spec(self.call, (KerasTensor(shape, dtype=self.compute_dtype),), {})
        self.built = True

    def _maybe_build(self, tensors, arguments, first):
        if self.built:
            return
        if type(self).build is not Model.build:
            Layer._maybe_build(self, tensors, arguments, first)
            return
        if self._unbuilt():
            with core.stateless(self):
                infer_output_spec(self.call, (), arguments_for_call(self.call, arguments))
        with core.scope(self):
            self._path = core.current_path()
        shapes = [map_structure(lambda x: tuple(x.shape), value) for value in tensors.values()]
        self._build_shapes_dict = {"input_shape": shapes[0]} if shapes else None
        self.built = True

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

    @property
    def input_shape(self):
        raise AttributeError(f"The layer {self.name} has never been called and thus has no defined input shape.")


def build_map(inputs, outputs):
    """The nodes behind the outputs, what comes first before what follows, and the operations' order."""
    finished = set()
    order = []
    indices = {}

    def visit(tensor):
        if not hasattr(tensor, "_node"):
            return
        node = tensor._node
        if id(node) in finished:
            return
        if id(node.operation) not in indices:
            indices[id(node.operation)] = len(indices)
        if not node.is_input and id(tensor) not in inputs:
            for parent in node.input_tensors:
                visit(parent)
        finished.add(id(node))
        order.append(node)

    for output in outputs:
        visit(output)
    return order, indices


def map_graph(inputs, outputs):
    given = {id(tensor) for tensor in inputs}
    order, indices = build_map(given, outputs)
    depths = {id(node): 0 for node in order}
    operation_depths = {}
    for node in reversed(order):
        depth = max(depths[id(node)], operation_depths.get(id(node.operation), 0))
        operation_depths[id(node.operation)] = depth
        depths[id(node)] = depth
        if not any(id(tensor) in given for tensor in node.output_tensors):
            for parent in node.parent_nodes:
                if id(parent) in depths:
                    depths[id(parent)] = max(depth + 1, depths[id(parent)])
    for tensor in inputs:
        node = tensor._node
        if id(node.operation) not in operation_depths and node.is_input:
            operation_depths[id(node.operation)] = 0
            indices[id(node.operation)] = -1
            depths[id(node)] = 0
            order.append(node)
    by_depth = {}
    for node in sorted(order, key=lambda node: -depths[id(node)]):
        by_depth.setdefault(depths[id(node)], []).append(node)
    operations = without_repeats([node.operation for node in order])
    operations.sort(key=lambda one: (-operation_depths[id(one)], indices[id(one)]))
    computable = set(given)
    passed = []
    for nodes in by_depth.values():
        for node in nodes:
            if not any(id(tensor) in given for tensor in node.output_tensors):
                for x in node.input_tensors:
                    if id(x) not in computable:
                        raise ValueError(
                            "Graph disconnected: cannot find parent for "
                            f"tensor {x} at operation '{node.operation}'. "
                            "The following previous operations were accessed "
                            f"without issue: {passed}"
                        )
                    passed.append(node.operation.name)
            for x in node.output_tensors:
                computable.add(id(x))
    names = [one.name for one in operations]
    for name in names:
        if names.count(name) != 1:
            raise ValueError(
                f'The name "{name}" is used {names.count(name)} '
                "times in the model. All operation names should be unique."
            )
    return by_depth, operations


class Functional(Model):
    @property
    def layers(self):
        return [one for one in self._operations if core.is_layer(one)]

    def _flatten_layers(self):
        return without_repeats(self.layers + held(self, core.is_layer))

    @property
    def operations(self):
        return list(self._operations)

    @property
    def inputs(self):
        return flatten(self._inputs_struct)

    @property
    def outputs(self):
        return flatten(self._outputs_struct)

    @property
    def input(self):
        return self._inputs_struct

    @property
    def output(self):
        return self._outputs_struct

    @property
    def input_names(self):
        return [x.name for x in self.inputs]

    @property
    def input_shape(self):
        shapes = map_structure(lambda x: x.shape, self._inputs_struct)
        return shapes[0] if isinstance(shapes, list) and len(shapes) == 1 else shapes

    @property
    def output_shape(self):
        shapes = map_structure(lambda x: x.shape, self._outputs_struct)
        return shapes[0] if isinstance(shapes, list) and len(shapes) == 1 else shapes

    def _assert_input_compatibility(self, inputs):
        specs = [
            InputSpec(
                shape=(None,) + x.shape[1:],
                allow_last_axis_squeeze=True,
                name=x._keras_history[0].name,
            )
            for x in self.inputs
        ]
        check_inputs(specs, inputs, self.name)

    def _standardize(self, inputs):
        if isinstance(inputs, dict) and not isinstance(self._inputs_struct, dict):
            inputs = [inputs[x.name] for x in self.inputs]
        found = []
        for x, wanted in zip(flatten(inputs), self.inputs):
            if not isinstance(x, KerasTensor):
                x = core.tensor(x, wanted.dtype)
            rank, expected = len(x.shape), len(wanted.shape)
            if rank == expected + 1 and x.shape[-1] == 1:
                x = ops.squeeze(x, axis=-1)
            elif rank == expected - 1 and wanted.shape[-1] == 1:
                x = ops.expand_dims(x, axis=-1)
            elif rank != expected:
                raise ValueError(
                    f"Invalid input shape for input {x} with name "
                    f"'{wanted.name}' and path ''. Expected shape "
                    f"{wanted.shape}, but input has incompatible shape {x.shape}"
                )
            found.append(x)
        return found

    def call(self, inputs, training=None, mask=None):
        def run(operation, args, kwargs):
            if training is not None and takes_training(operation):
                kwargs = {**kwargs, "training": training}
            return operation(*args, **kwargs)

        return self._run(self._standardize(inputs), run)

    def compute_output_spec(self, inputs, training=None, mask=None):
        flat = flatten(inputs)
        if all(x.shape == wanted.shape for x, wanted in zip(flat, self.inputs)):
            return map_structure(lambda x: KerasTensor(x.shape, dtype=x.dtype), self._outputs_struct)
        return self._run(flat, lambda operation, args, kwargs: output_spec(operation, args, kwargs))

    def compute_output_shape(self, input_shape):
        flat = [input_shape] if len(self.inputs) == 1 else list(input_shape)
        spec = self.compute_output_spec([KerasTensor(tuple(shape)) for shape in flat])
        return map_structure(lambda x: x.shape, spec)

    def _run(self, inputs, run):
        values = {id(x): value for x, value in zip(self.inputs, inputs)}

        def fill(x):
            return values[id(x)] if isinstance(x, KerasTensor) else x

        for nodes in self._nodes_by_depth.values():
            for node in nodes:
                if node.is_input or all(id(x) in values for x in node.output_tensors):
                    continue
                if any(id(x) not in values for x in node.input_tensors):
                    continue
                outputs = run(
                    node.operation, map_structure(fill, node.args), map_structure(fill, node.kwargs)
                )
                for x, value in zip(node.output_tensors, flatten(outputs)):
                    values[id(x)] = value
        return map_structure(lambda x: values[id(x)], self._outputs_struct)


def make_functional(model, inputs, outputs, name=None, trainable=None, **kwargs):
    for word, values in (("inputs", inputs), ("outputs", outputs)):
        for x in flatten(values):
            if not isinstance(x, KerasTensor):
                raise ValueError(
                    f"All \`{word}\` values must be KerasTensors. Received: "
                    f"{word}={values} including invalid value {x} of "
                    f"type {type(x)}"
                )
    Layer.__init__(model, name=name, **kwargs)
    model._inputs_struct = inputs
    model._outputs_struct = outputs
    model._nodes_by_depth, model._operations = map_graph(flatten(inputs), flatten(outputs))
    if trainable is not None:
        model.trainable = trainable
    model.build(None)
    model._convert_input_args = False
    model._allow_non_tensor_positional_args = True
    model.output_names = [x._keras_history[0].name for x in flatten(outputs)]


Functional.build = lambda self, input_shape: None


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

    def call(self, inputs, training=None, mask=None):
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

    @property
    def input(self):
        return self._defined("inputs", "input")

    @property
    def output(self):
        return self._defined("outputs", "output")

    def _assert_input_compatibility(self, inputs):
        if self._functional:
            self._functional._assert_input_compatibility(inputs)
`;
