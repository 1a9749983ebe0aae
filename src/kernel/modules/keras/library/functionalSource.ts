/**
 * @file Models of the functional API: the calls between inputs and outputs, in order of their depth
 * (keras/src/models/functional.py, keras/src/ops/function.py).
 */
export const functionalSource = `
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
            if rank == expected:
                pass
            elif rank == expected + 1 and x.shape[-1] == 1:
                x = ops.squeeze(x, axis=-1)
            elif rank == expected - 1 and wanted.shape[-1] == 1:
                x = ops.expand_dims(x, axis=-1)
            else:
                raise ValueError(
                    f"Invalid input shape for input {x} with name "
                    f"'{wanted.name}' and path ''. Expected shape "
                    f"{wanted.shape}, but input has incompatible shape {x.shape}"
                )
            found.append(x)
        return found

    def call(self, inputs, training=None, mask=None, **kwargs):
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
`;
