/**
 * @file What the calls of layers do with their arguments and shapes (keras/src/layers/layer.py).
 */
export const layerCallsSource = `
def all_layers(layer):
    found = []
    for one in layer._flatten_layers():
        found.append(one)
        if not core.is_native(one):
            found += all_layers(one)
    return without_repeats(found)


def tensor_arguments(arguments):
    found = {}
    for name, value in arguments.items():
        if is_tensor(value):
            found[name] = value
        elif isinstance(value, (list, tuple, dict)) and len(value) > 0:
            leaves = flatten(value)
            if all(leaf is None or is_tensor(leaf) for leaf in leaves):
                found[name] = value
            elif any(is_tensor(leaf) for leaf in leaves):
                raise ValueError(
                    "In a nested call() argument, "
                    "you cannot mix tensors and non-tensors. "
                    f"Received invalid mixed argument: {name}={value}"
                )
    return found


def arguments_for_call(call, arguments):
    names = core.parameters(call)
    return {name: value for name, value in arguments.items() if name in names}


def shapes_for(method, names, shapes, arguments, class_name):
    """The shapes of a call's tensors, under the names that a method has for them."""
    if len(names) == 1:
        return {names[0]: next(iter(shapes.values()), None)}
    start = (
        f"For a \`{method}()\` method with more than one argument, all "
        "arguments should have a \`_shape\` suffix and match an argument "
        f"from \`call()\`. E.g. \`{method}(self, foo_shape, bar_shape)\` "
        f" For layer '{class_name}', "
    )
    for name in names:
        if not name.endswith("_shape"):
            raise ValueError(
                f"{start}Received \`{method}()\` argument "
                f"\`{name}\`, which does not end in \`_shape\`."
            )
        argument = name[: -len("_shape")]
        if argument not in arguments:
            raise ValueError(
                f"{start}received \`{method}()\` argument "
                f"\`{name}\`, but \`call()\` does not have argument "
                f"\`{argument}\`."
            )
    return {name: shapes[name] for name in names if name in shapes}


def spec_of_shape(shape, dtype):
    if isinstance(shape, list) and shape and isinstance(shape[0], (list, tuple)):
        return [KerasTensor(tuple(one), dtype) for one in shape]
    return KerasTensor(tuple(shape), dtype)


def one_or_all(values):
    return values[0] if len(values) == 1 else values


def count_values(weights):
    total = 0
    for variable in weights:
        size = 1
        for length in variable.shape:
            size *= length
        total += size
    return total


def call_native(layer, args, kwargs):
    """Calls the engine's layer with symbolic tensors: its output has the shape of its input."""
    arguments = dict(zip(["inputs", "training", "mask"], args))
    arguments.update(kwargs)
    inputs = arguments["inputs"]
    if not layer.built:
        layer.build(inputs.shape)
    check_inputs(InputSpec(ndim=layer.input_spec.ndim, axes=layer.input_spec.axes), inputs, layer.name)
    outputs = KerasTensor(layer.compute_output_shape(inputs.shape), dtype=layer.compute_dtype)
    Node(layer, args, kwargs, outputs)
    return outputs
`;
