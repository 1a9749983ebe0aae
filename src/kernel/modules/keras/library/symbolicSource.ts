/**
 * @file Symbolic tensors, the calls that they came from and what layers accept, in the Python that
 * cells are written in (keras/src/backend/common/keras_tensor.py, keras/src/ops/node.py,
 * keras/src/layers/input_spec.py).
 */
export const symbolicSource = `
class KerasTensor:
    def __init__(self, shape, dtype="float32", sparse=False, ragged=False, record_history=True, name=None):
        self._shape = standardize_shape(shape)
        self._dtype = core.standardize_dtype(dtype)
        self.sparse = bool(sparse)
        self.ragged = bool(ragged)
        self.name = name or core.auto_name("KerasTensor")
        self.record_history = record_history

    @property
    def shape(self):
        return self._shape

    @property
    def dtype(self):
        return self._dtype

    @property
    def ndim(self):
        return len(self.shape)

    def __repr__(self):
        return (
            f"<KerasTensor shape={self.shape}, dtype={self.dtype}, "
            f"sparse={self.sparse}, ragged={self.ragged}, name={self.name}>"
        )

    def __iter__(self):
        raise NotImplementedError("Iterating over a symbolic KerasTensor is not supported.")

    def __bool__(self):
        raise TypeError("A symbolic KerasTensor cannot be used as a boolean.")

    def __len__(self):
        if self.shape and self.shape[0] is not None:
            return self.shape[0]
        raise TypeError("A symbolic KerasTensor has no defined length.")

    def __add__(self, other):
        return ops.add(self, other)

    def __radd__(self, other):
        return ops.add(other, self)

    def __sub__(self, other):
        return ops.subtract(self, other)

    def __rsub__(self, other):
        return ops.subtract(other, self)

    def __mul__(self, other):
        return ops.multiply(self, other)

    def __rmul__(self, other):
        return ops.multiply(other, self)

    def __matmul__(self, other):
        return ops.matmul(self, other)

    def __truediv__(self, other):
        return ops.divide(self, other)

    def __rtruediv__(self, other):
        return ops.divide(other, self)

    def __pow__(self, other):
        return ops.power(self, other)

    def __neg__(self):
        return ops.negative(self)

    def __getitem__(self, key):
        return symbolic_operation("GetItem", lambda x: x[key], (self,), {})


def standardize_shape(shape):
    if not isinstance(shape, tuple):
        if shape is None:
            raise ValueError("Undefined shapes are not supported.")
        if not hasattr(shape, "__iter__"):
            raise ValueError(f"Cannot convert '{shape}' to a shape.")
        shape = tuple(shape)
    for size in shape:
        if size is None:
            continue
        if isinstance(size, str) or not hasattr(size, "__index__"):
            raise ValueError(
                f"Cannot convert '{shape}' to a shape. "
                f"Found invalid dimension '{size}' of type '{type(size)}'. "
            )
        if size < 0:
            raise ValueError(
                f"Cannot convert '{shape}' to a shape. "
                "Negative dimensions are not allowed."
            )
    return shape


def flatten(structure):
    if isinstance(structure, dict):
        return [leaf for key in sorted(structure) for leaf in flatten(structure[key])]
    if isinstance(structure, (list, tuple)):
        return [leaf for item in structure for leaf in flatten(item)]
    return [structure]


def map_structure(function, structure):
    if isinstance(structure, dict):
        return {key: map_structure(function, item) for key, item in structure.items()}
    if isinstance(structure, list):
        return [map_structure(function, item) for item in structure]
    if isinstance(structure, tuple):
        return tuple([map_structure(function, item) for item in structure])
    return function(structure)


def is_tensor(value):
    return core.is_tensor(value) or isinstance(value, KerasTensor)


def has_symbolic(args, kwargs):
    return any(isinstance(leaf, KerasTensor) for leaf in flatten([args, kwargs]))


class Node:
    """One call of an operation: what it took and gave."""

    def __init__(self, operation, args=(), kwargs={}, outputs=None):
        self.operation = operation
        self.args = args
        self.kwargs = kwargs
        self.output_tensors = flatten(outputs)
        self.input_tensors = [
            leaf for leaf in flatten([args, kwargs]) if isinstance(leaf, KerasTensor)
        ]
        self.is_input = not self.input_tensors
        nodes = core.inbound_nodes(operation)
        for index, tensor in enumerate(self.output_tensors):
            tensor._keras_history = (operation, len(nodes), index)
            tensor._node = self
        nodes.append(self)

    @property
    def parent_nodes(self):
        return [tensor._node for tensor in self.input_tensors if hasattr(tensor, "_node")]


def infer_output_spec(function, args, kwargs):
    """Runs a function on arrays of two sizes in place of each open one, and compares the outputs."""

    def filled(size):
        def fill(x):
            if not isinstance(x, KerasTensor):
                return x
            return np.empty([size if n is None else n for n in x.shape], dtype=x.dtype)

        return function(*map_structure(fill, args), **map_structure(fill, kwargs))

    first = filled(83)
    leaves = [leaf for leaf in flatten([args, kwargs]) if isinstance(leaf, KerasTensor)]
    second = filled(89) if any(None in leaf.shape for leaf in leaves) else first
    others = flatten(second)

    def spec(x):
        other = others.pop(0)
        if not core.is_tensor(x):
            return x
        shape = tuple([a if a == b else None for a, b in zip(x.shape, other.shape)])
        return KerasTensor(shape, core.standardize_dtype(x.dtype))

    return map_structure(spec, first)


class Operation:
    """A function of \`keras.ops\` that was called with symbolic tensors."""

    def __init__(self, class_name, function):
        self.class_name = class_name
        self.function = function
        self.name = core.auto_name(class_name)
        self.built = True
        self.weights = []
        self._inbound_nodes = []

    def __call__(self, *args, **kwargs):
        if not has_symbolic(args, kwargs):
            return self.function(*args, **kwargs)
        outputs = infer_output_spec(self.function, args, kwargs)
        Node(self, args, kwargs, outputs)
        return outputs

    def compute_output_spec(self, *args, **kwargs):
        return infer_output_spec(self.function, args, kwargs)

    def count_params(self):
        return 0

    def __repr__(self):
        return f"<Operation name={self.name}>"


def takes_training(operation):
    return core.is_native(operation) or getattr(operation, "_call_has_training_arg", False)


def output_spec(operation, args, kwargs):
    if core.is_native(operation):
        inputs = args[0] if args else kwargs["inputs"]
        return KerasTensor(inputs.shape, dtype=operation.compute_dtype)
    return operation.compute_output_spec(*args, **kwargs)


def symbolic_operation(class_name, function, args, kwargs):
    return Operation(class_name, function)(*args, **kwargs)


class InputSpec:
    def __init__(
        self,
        dtype=None,
        shape=None,
        ndim=None,
        max_ndim=None,
        min_ndim=None,
        axes=None,
        allow_last_axis_squeeze=False,
        name=None,
        optional=False,
    ):
        self.dtype = core.standardize_dtype(dtype) if dtype is not None else None
        if shape is not None:
            self.shape = standardize_shape(shape)
            self.ndim = len(shape)
        else:
            self.ndim = ndim
            self.shape = None
        self.max_ndim = max_ndim
        self.min_ndim = min_ndim
        self.name = name
        self.optional = optional
        self.allow_last_axis_squeeze = allow_last_axis_squeeze
        self.axes = {int(axis): axes[axis] for axis in axes} if axes else {}

    def __repr__(self):
        parts = [
            "dtype=" + str(self.dtype) if self.dtype else "",
            "shape=" + str(self.shape) if self.shape else "",
            "ndim=" + str(self.ndim) if self.ndim else "",
            "max_ndim=" + str(self.max_ndim) if self.max_ndim else "",
            "min_ndim=" + str(self.min_ndim) if self.min_ndim else "",
            "axes=" + str(self.axes) if self.axes else "",
        ]
        return f"InputSpec({', '.join(part for part in parts if part)})"


def check_inputs(input_spec, inputs, layer_name):
    if not input_spec:
        return
    specs = flatten(input_spec)
    inputs = flatten(inputs)
    if len(inputs) != len(specs):
        raise ValueError(
            f'Layer "{layer_name}" expects {len(specs)} input(s),'
            f" but it received {len(inputs)} input tensors. Inputs received: {inputs}"
        )
    for index, (x, spec) in enumerate(zip(inputs, specs)):
        if spec is None:
            continue
        if not hasattr(x, "shape"):
            raise ValueError(
                f"Inputs to a layer should be tensors. Got '{x}' "
                f"(of type {type(x)}) as input for layer '{layer_name}'."
            )
        shape = tuple(x.shape)
        ndim = len(shape)
        if not hasattr(spec, "allow_last_axis_squeeze"):
            continue
        start = (
            f"Input {index} with name '{spec.name}' of layer "
            f"'{layer_name}' is incompatible with the layer: "
        )
        if spec.ndim is not None and not spec.allow_last_axis_squeeze and ndim != spec.ndim:
            raise ValueError(
                f"{start}expected ndim={spec.ndim}, found ndim={ndim}. "
                f"Full shape received: {shape}"
            )
        if spec.max_ndim is not None and ndim > spec.max_ndim:
            raise ValueError(f"{start}expected max_ndim={spec.max_ndim}, found ndim={ndim}")
        if spec.min_ndim is not None and ndim < spec.min_ndim:
            raise ValueError(
                f"{start}expected min_ndim={spec.min_ndim}, found ndim={ndim}. "
                f"Full shape received: {shape}"
            )
        for axis, value in spec.axes.items():
            if value is not None and shape[axis] not in (value, None):
                raise ValueError(
                    f"{start}expected axis {axis} of input shape to have value "
                    f"{value}, but received input with shape {shape}"
                )
        if spec.shape is not None:
            expected = spec.shape
            if spec.allow_last_axis_squeeze:
                shape = shape[:-1] if shape and shape[-1] == 1 else shape
                expected = expected[:-1] if expected and expected[-1] == 1 else expected
            for wanted, size in zip(expected, shape):
                if wanted is not None and size is not None and wanted != size:
                    raise ValueError(f"{start}expected shape={spec.shape}, found shape={shape}")
`;
