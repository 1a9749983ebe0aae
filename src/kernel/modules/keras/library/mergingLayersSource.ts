/**
 * @file Layers that combine several tensors (keras/src/layers/merging).
 */
export const mergingLayersSource = `
class Merge(Layer):
    """What takes a list of tensors and combines them element by element."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True

    def build(self, input_shape):
        if not isinstance(input_shape[0], (tuple, list)):
            raise ValueError(
                "A merge layer should be called on a list of inputs. "
                f"Received: input_shape={input_shape} (not a list of shapes)"
            )
        if len(input_shape) < 1:
            raise ValueError(
                "A merge layer should be called "
                "on a list of at least 1 input. "
                f"Received {len(input_shape)} inputs. "
                f"Full input_shape received: {input_shape}"
            )
        sizes = {shape[0] for shape in input_shape if shape} - {None}
        if len(sizes) > 1:
            raise ValueError(
                "Cannot merge tensors with different batch sizes. "
                f"Received tensors with shapes {input_shape}"
            )
        shape = tuple(input_shape[0][1:])
        for other in input_shape[1:]:
            shape = broadcast_shapes(shape, tuple(other[1:]))
        self.built = True

    def compute_output_shape(self, input_shape):
        shape = tuple(input_shape[0])
        for other in input_shape[1:]:
            shape = broadcast_shapes(shape, tuple(other))
        return shape

    def compute_mask(self, inputs, mask=None):
        return None

    def call(self, inputs):
        if not isinstance(inputs, (list, tuple)):
            raise ValueError(
                "A merge layer should be called on a list of inputs. "
                f"Received: inputs={inputs} (not a list of tensors)"
            )
        output = inputs[0]
        for x in inputs[1:]:
            output = self.combine(output, x)
        return output


def broadcast_shapes(left, right):
    rank = max(len(left), len(right))
    left = (1,) * (rank - len(left)) + left
    right = (1,) * (rank - len(right)) + right
    sizes = []
    for one, other in zip(left, right):
        if one == other or other == 1:
            sizes.append(one)
        elif one == 1:
            sizes.append(other)
        elif one is None or other is None:
            sizes.append(None)
        else:
            raise ValueError(
                "Inputs have incompatible shapes. "
                f"Received shapes {left} and {right}"
            )
    return tuple(sizes)


class Add(Merge):
    def combine(self, left, right):
        return ops.add(left, right)


class Subtract(Merge):
    def combine(self, left, right):
        return ops.subtract(left, right)


class Multiply(Merge):
    def combine(self, left, right):
        return ops.multiply(left, right)


class Average(Merge):
    def call(self, inputs):
        return ops.divide(Add.call(self, inputs), len(inputs))

    def combine(self, left, right):
        return ops.add(left, right)


class Maximum(Merge):
    def combine(self, left, right):
        return ops.maximum(left, right)


class Minimum(Merge):
    def combine(self, left, right):
        return ops.minimum(left, right)


class Concatenate(Merge):
    def __init__(self, axis=-1, **kwargs):
        super().__init__(**kwargs)
        self.axis = axis

    def build(self, input_shape):
        rests = set()
        for shape in input_shape:
            rest = list(shape)
            del rest[self.axis]
            rests.add(tuple(rest))
        if len({rest for rest in rests if None not in rest}) > 1:
            raise ValueError(
                "A \`Concatenate\` layer requires inputs with matching shapes "
                "except for the concatenation axis. "
                f"Received: input_shape={input_shape}"
            )
        self.built = True

    def call(self, inputs):
        return ops.concatenate(inputs, axis=self.axis)

    def compute_output_shape(self, input_shape):
        sizes = [shape[self.axis] for shape in input_shape]
        shape = list(input_shape[0])
        shape[self.axis] = None if None in sizes else sum(sizes)
        return tuple(shape)

    def get_config(self):
        return {**super().get_config(), "axis": self.axis}


def add(inputs, **kwargs):
    return Add(**kwargs)(inputs)


def subtract(inputs, **kwargs):
    return Subtract(**kwargs)(inputs)


def multiply(inputs, **kwargs):
    return Multiply(**kwargs)(inputs)


def average(inputs, **kwargs):
    return Average(**kwargs)(inputs)


def maximum(inputs, **kwargs):
    return Maximum(**kwargs)(inputs)


def minimum(inputs, **kwargs):
    return Minimum(**kwargs)(inputs)


def concatenate(inputs, axis=-1, **kwargs):
    return Concatenate(axis=axis, **kwargs)(inputs)
`;
