"""`bnlab` for Python: the module of the BatchNorm Lab kernel, for notebooks that move to Python.

The functions, their arguments and the text they print are those of the kernel. NumPy is all that
is needed; layers are Keras 3's `BatchNormalization`, looked at by their attributes alone. Put this
file beside the notebook.
"""

import math
import operator
import sys
import time
from typing import NamedTuple

import numpy as np

__all__ = ["frameworks", "gradients", "modes", "progress", "replicate", "stats"]

_BIN_RULES = ("auto", "doane", "fd", "rice", "scott", "sqrt", "stone", "sturges")
_MOST_CHANNELS = 64
_MASK_EPSILON = 1e-7
_MOST_REPLICAS = 64


# Arrays and layers


def _array(value):
    """A tensor, variable, or whatever NumPy makes an array of, as an array."""
    if not isinstance(value, (np.ndarray, np.generic)) and callable(getattr(value, "numpy", None)):
        value = value.numpy()
    return np.asarray(value)


def _layer(value, argument):
    parts = ("moving_mean", "moving_variance", "epsilon", "momentum", "axis")
    if not all(hasattr(type(value), part) or hasattr(value, part) for part in parts):
        raise TypeError(
            f"`{argument}` should be a BatchNormalization layer. Received: {type(value).__name__}"
        )
    return value


def _normalize_axis(axis, rank):
    np.empty((1,) * rank).sum(axis=axis)  # raises NumPy's AxisError
    return axis % rank


def _resolve_axis(shape, axis):
    if not -len(shape) <= axis < len(shape):
        raise IndexError("tuple index out of range")
    return axis % len(shape)


def _by_channel(x, axis):
    """Float64 rows, one per channel; the whole array in one row where `axis` is None."""
    values = np.asarray(x, dtype="float64")
    if axis is None:
        return values.reshape(1, -1)
    rows = np.moveaxis(values, axis, 0)
    return rows.reshape(rows.shape[0], math.prod(rows.shape[1:]))


def _spread(vector, rank, axis):
    """A value per channel, shaped to meet an array of that rank."""
    return vector.reshape([-1 if position == axis else 1 for position in range(rank)])


def _moments(rows):
    """Mean and population variance of each row, from deviations off the row's own level."""
    if rows.shape[1] == 0:
        nothing = np.full(rows.shape[0], np.nan)
        return nothing, nothing.copy()
    with np.errstate(invalid="ignore", over="ignore"):
        level = np.where(np.isfinite(rows[:, :1]), rows[:, :1], 0.0)
        deviations = rows - level
        shift = deviations.mean(axis=1)
        variance = np.square(deviations - shift[:, None]).mean(axis=1)
    return level[:, 0] + shift, variance


def _weight(variable):
    return None if variable is None else _array(variable).astype("float64")


class _State:
    """What a layer has learned and gathered; of a layer that is not built, what it begins with."""

    def __init__(self, layer, shape):
        axis = _resolve_axis(shape, layer.axis)
        if layer.built:
            _check_input(layer, shape)
            self.gamma = _weight(layer.gamma)
            self.beta = _weight(layer.beta)
            self.mean = _weight(layer.moving_mean)
            self.variance = _weight(layer.moving_variance)
            return
        channels = (shape[axis],)

        def first(initializer):
            return _weight(initializer(channels, dtype=layer.variable_dtype))

        self.gamma = first(layer.gamma_initializer) if layer.scale else None
        self.beta = first(layer.beta_initializer) if layer.center else None
        self.mean = first(layer.moving_mean_initializer)
        self.variance = first(layer.moving_variance_initializer)


def _check_input(layer, shape):
    spec = layer.input_spec
    wrong = f"Input 0 with name 'None' of layer '{layer.name}' is incompatible with the layer: "
    if len(shape) != spec.ndim:
        raise ValueError(
            f"{wrong}expected ndim={spec.ndim}, found ndim={len(shape)}. "
            f"Full shape received: {tuple(shape)}"
        )
    for axis, size in spec.axes.items():
        if size is not None and shape[axis] != size:
            raise ValueError(
                f"{wrong}expected axis {axis} of input shape to have value {size}, "
                f"but received input with shape {tuple(shape)}"
            )


def _inputs(layer, x):
    """The array as the layer reads it: floats, of its compute dtype unless `autocast` is off."""
    if not np.issubdtype(x.dtype, np.floating) and x.dtype.name != "bfloat16":
        return x.astype("float32")
    return x.astype(layer.compute_dtype) if layer.autocast else x


def _moving_average(moving, batch, momentum):
    return moving * momentum + batch * (1 - momentum)


# Text


def _shape(shape):
    return str(tuple(int(size) for size in shape))


def _heading(x, *facts):
    return " · ".join([f"{x.dtype.name} {_shape(x.shape)}", *facts])


def _labelled(heading, arrays):
    """A heading, and each array as NumPy prints it beside its name."""
    width = max(len(name) for name, _ in arrays) + 1
    rows = [
        name.ljust(width) + str(array).replace("\n", "\n" + " " * width) for name, array in arrays
    ]
    return "\n".join([heading, *rows])


def _aligned(heads, rows, total, words=0):
    """A table as lines of text, its numbers to the right; the last columns may be of words. The
    rows are the first of `total`."""
    table = [heads, *rows]
    numbers = len(heads) - words
    widths = [max(len(row[column]) for row in table) for column in range(numbers)] + [0] * words
    lines = ["  ".join(text.rjust(w) for text, w in zip(row, widths)) for row in table]
    more = total - len(rows)
    return [*lines, *([f"… and {more:,} more"] if more > 0 else [])]


def _plural(count, word):
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


# Statistics


class ChannelStatistics:
    """What `stats` gives: each channel's moments, extremes and histogram."""

    def __init__(self, x, axis, layer, bins):
        self.shape = x.shape
        self.dtype = x.dtype.name
        self.axis = axis
        self.layer = layer
        self._x = x
        self._rows = rows = _by_channel(x, axis)
        self.count = rows.shape[1] if rows.shape[0] else 0
        self.mean, self.variance = _moments(rows)
        self.std = np.sqrt(self.variance)
        finite = np.isfinite(rows)
        low = np.where(finite, rows, np.inf).min(axis=1, initial=np.inf)
        high = np.where(finite, rows, -np.inf).max(axis=1, initial=-np.inf)
        # Zero has no sign: which of two zeros is the least depends on the order.
        self.min = np.where(low <= high, low + 0.0, np.nan)
        self.max = np.where(low <= high, high + 0.0, np.nan)
        self.nan_count = np.isnan(rows).sum(axis=1)
        self.inf_count = np.isinf(rows).sum(axis=1)
        self._bins = bins
        self._histogram = None

    def _histograms(self):
        if self._histogram is None:
            x, axis, bins = self._x, self.axis, self._bins
            rows = x.reshape(1, -1) if axis is None else np.moveaxis(x, axis, 0)
            found = [
                np.histogram(row[np.isfinite(row)].astype(_bin_dtype(row.dtype)), bins=bins)
                for row in rows
            ]
            counts = tuple(counts.astype("int64") for counts, _ in found)
            edges = tuple(edges.astype("float64") for _, edges in found)
            if not isinstance(bins, str):
                counts = np.array(counts, dtype="int64").reshape(-1, bins)
                edges = np.array(edges, dtype="float64").reshape(-1, bins + 1)
            self._histogram = counts, edges
        return self._histogram

    @property
    def histogram(self):
        """Counts, of shape (channels, bins); by a rule, a tuple of each channel's counts."""
        return self._histograms()[0]

    @property
    def bin_edges(self):
        """Edges, of shape (channels, bins + 1); by a rule, a tuple of each channel's edges."""
        return self._histograms()[1]

    def __repr__(self):
        facts = [] if self.axis is None else [f"axis {self.axis}"]
        channels = len(self.mean)
        facts.append(f"{_plural(channels, 'channel')} × {_plural(self.count, 'value')}")
        columns = {name: getattr(self, name) for name in ("mean", "variance", "std", "min", "max")}
        counts = {"nan": self.nan_count, "inf": self.inf_count}
        found = {name: values for name, values in counts.items() if values.any()}
        rows = [
            (
                str(c),
                *(f"{values[c]:.6g}" for values in columns.values()),
                *(str(values[c]) for values in found.values()),
            )
            for c in range(min(channels, _MOST_CHANNELS))
        ]
        heads = ("channel", *columns, *found)
        return "\n".join([_heading(self._x, *facts), *_aligned(heads, rows, channels)])


def _bin_dtype(dtype):
    return dtype if np.issubdtype(dtype, np.floating) else "float64"


def _read_bins(bins):
    """A number of bins or a rule's name; errors as `numpy.histogram` has them."""
    if isinstance(bins, str):
        if bins not in _BIN_RULES:
            raise ValueError(f"{bins!r} is not a valid estimator for `bins`")
        return bins
    try:
        count = operator.index(bins)
    except TypeError:
        kind = type(bins).__name__
        raise TypeError(f"`bins` must be an integer or a rule's name. Received: {kind}") from None
    if count < 1:
        raise ValueError("`bins` must be positive, when an integer")
    return count


def stats(x, axis=..., layer=None, bins=32):
    """Statistics of each channel of `x`.

    Args:
        x: An array; a layer is given back as it is.
        axis: The axis of the channels; None for one channel of everything. Without it the
            layer's, else the last one; a vector is one channel.
        layer: A `BatchNormalization` layer that the array belongs to.
        bins: How many bins each channel's histogram has, or the name of a rule of
            `numpy.histogram_bin_edges` (`"auto"`, `"fd"`, …) by which each channel has its own.
    """
    if hasattr(x, "moving_variance"):
        return x
    x = _array(x)
    if layer is not None:
        _layer(layer, "layer")
    bins = _read_bins(bins)
    if axis is ...:
        if layer is not None:
            axis = layer.axis
        else:
            axis = None if x.ndim < 2 else x.ndim - 1
    kept = None if axis is None else _normalize_axis(axis, x.ndim)
    return ChannelStatistics(x, kept, layer, bins)


# Gradients


def gradients(layer, x, upstream, training=True, mask=None):
    """The gradients of `sum(layer(x) * upstream)`: a dict of `input` and, where the layer has
    them, `gamma` and `beta`. The layer's statistics stay as they are; it is built if need be.
    """
    layer, x, upstream = _layer(layer, "layer"), _array(x), _array(upstream)
    if upstream.shape != x.shape:
        raise ValueError(
            "`upstream` should have the shape of the inputs. Received: "
            f"upstream.shape={_shape(upstream.shape)}, inputs.shape={_shape(x.shape)}"
        )
    if not layer.built:
        layer.build(x.shape)
    state = _State(layer, x.shape)
    axis = _resolve_axis(x.shape, layer.axis)
    values = _inputs(layer, x)
    rows = _by_channel(values, axis)
    trains = bool(training) and layer.trainable
    kept, divisor = None, rows.shape[1]
    mean, variance = state.mean, state.variance
    if mask is not None:
        kept = _element_mask(_array(mask), x.shape)
    if trains and kept is not None:
        mean, variance, divisor = _masked_moments(rows, _by_channel(kept, axis))
    elif trains:
        kept = None
        mean, variance = _moments(rows)
    correction = _renorm_correction(layer, mean, variance) if trains else None
    scale, _ = _transform(layer, state, variance, correction)
    working = "float64" if values.dtype == "float64" else "float32"
    flow = _by_channel(upstream.astype(working), axis)
    flow_sum = flow.sum(axis=1)
    flow_dot = (flow * (rows - mean[:, None])).sum(axis=1)
    inverse = 1 / np.sqrt(variance + layer.epsilon)
    normalized = flow_dot * inverse
    gamma = normalized
    if correction is not None:
        r, d = correction
        gamma = normalized * r + flow_sum * d
    via_mean = via_variance = np.zeros(len(mean))
    if trains:
        to_variance = -0.5 * scale * normalized * inverse
        by_mean = 0.0 if kept is None else -2 * mean * _MASK_EPSILON / divisor
        via_mean = (to_variance * by_mean - scale * flow_sum) / divisor
        via_variance = 2 * to_variance / divisor
    rank = x.ndim

    def vector(of):
        return _spread(of.astype(working), rank, axis)

    level = via_mean - via_variance * _remainder(mean, working)
    flow = upstream.astype(working)
    slopes = flow * vector(scale) + (
        (values.astype(working) - vector(mean)) * vector(via_variance) + vector(level)
    )
    if trains and kept is not None:
        slopes = np.where(kept, slopes, flow * vector(scale))
    floating = np.issubdtype(x.dtype, np.floating)
    found = {"input": slopes.astype(x.dtype if floating else "float32")}
    if state.gamma is not None:
        found["gamma"] = gamma.astype(_array(layer.gamma).dtype)
    if state.beta is not None:
        found["beta"] = flow_sum.astype(_array(layer.beta).dtype)
    return found


def _element_mask(mask, shape):
    if mask.ndim != len(shape) - 1:
        raise ValueError(
            "The mask provided should be one dimension less than the inputs. Received: "
            f"mask.shape={_shape(mask.shape)}, inputs.shape={_shape(shape)}"
        )
    return np.broadcast_to((mask != 0)[..., None], shape)


def _masked_moments(rows, kept):
    divisor = kept.sum(axis=1) + _MASK_EPSILON
    mean = (rows * kept).sum(axis=1) / divisor
    variance = (np.square(rows - mean[:, None]) * kept).sum(axis=1) / divisor
    return mean, variance, divisor


def _remainder(mean, working):
    """What rounding to the working type has left of a mean; of an infinite one, nothing."""
    with np.errstate(invalid="ignore"):
        rest = mean - mean.astype(working).astype("float64")
    return np.where(np.isfinite(rest), rest, 0.0)


def _renorm_correction(layer, mean, variance):
    if not getattr(layer, "renorm", False):
        return None
    clipping = layer.renorm_clipping or {}
    running = np.maximum(_weight(layer.renorm_stddev), np.sqrt(layer.epsilon))
    r = np.sqrt(variance + layer.epsilon) / running
    d = (mean - _weight(layer.renorm_mean)) / running
    if clipping.get("rmin") is not None:
        r = np.maximum(r, clipping["rmin"])
    if clipping.get("rmax") is not None:
        r = np.minimum(r, clipping["rmax"])
    if clipping.get("dmax") is not None:
        d = np.clip(d, -clipping["dmax"], clipping["dmax"])
    return r, d


def _transform(layer, state, variance, correction):
    """Scale and offset of `(x - mean) * scale + offset`."""
    gain = np.ones(len(variance)) if state.gamma is None else state.gamma
    shift = np.zeros(len(variance)) if state.beta is None else state.beta
    if correction is None:
        return gain / np.sqrt(variance + layer.epsilon), shift
    r, d = correction
    return r * gain / np.sqrt(variance + layer.epsilon), d * gain + shift


# Replicas


class ReplicatedOutput:
    """What `replicate` gives: the outputs, and each replica's moments beside the global ones."""

    def __init__(self, outputs, axis, statistics, replicas, whole):
        self.outputs = outputs
        self.replica_mean = np.array([mean for _, mean, _ in replicas])
        self.replica_variance = np.array([variance for _, _, variance in replicas])
        self.global_mean, self.global_variance = whole
        self.counts = np.array([count for count, _, _ in replicas], dtype="int64")
        self._facts = (f"axis {axis}", _plural(len(replicas), "replica"), statistics)

    def __repr__(self):
        names = ("replica_mean", "replica_variance", "global_mean", "global_variance", "counts")
        heading = _heading(self.outputs, *self._facts)
        return _labelled(heading, [(name, getattr(self, name)) for name in names])


_OWN = "not synchronized: each normalized by its own moments"
_GLOBAL = "synchronized: normalized by the global moments"
_MOVING = "inference: normalized by the moving statistics"


def replicate(layer, x, replicas, training=True):
    """Calls a layer with its batch, axis 0, split over replicas, as a mirrored strategy does.

    Training, a synchronized layer normalizes every part by the moments of the whole batch;
    otherwise each part is normalized by its own, and the moving statistics become the mean of
    what each replica's update makes of them.
    """
    layer, x = _layer(layer, "layer"), _array(x)
    if layer.built:
        _check_input(layer, x.shape)
    axis = _resolve_axis(x.shape, layer.axis)
    if replicas <= 0:
        raise ValueError("number sections must be larger than 0.")
    if replicas > _MOST_REPLICAS:
        raise ValueError(
            f"`replicas` should be at most {_MOST_REPLICAS}: each is a thread. "
            f"Received: replicas={replicas}"
        )
    if axis == 0:
        raise ValueError(
            "Replicas split the batch, axis 0, which holds the channels of this layer. "
            f"Received: axis={layer.axis}"
        )
    if not layer.built:
        layer.build(x.shape)
    state = _State(layer, x.shape)
    values = _inputs(layer, x)
    trains = bool(training) and layer.trainable
    whole = _moments(_by_channel(values, axis))
    parts = np.array_split(values, replicas)
    found = []
    for part in parts:
        rows = _by_channel(part, axis)
        found.append((rows.shape[1], *_moments(rows)))
    if not trains:
        used, statistics = [(state.mean, state.variance)] * replicas, _MOVING
    elif layer.synchronized:
        used, statistics = [whole] * replicas, _GLOBAL
    else:
        used, statistics = [(mean, variance) for _, mean, variance in found], _OWN
    outputs = np.concatenate(
        [
            _normalized(layer, state, part, axis, mean, variance, trains)
            for part, (mean, variance) in zip(parts, used)
        ]
    ).astype(layer.compute_dtype)
    if trains:
        _update(layer, [whole] if layer.synchronized else used)
    return ReplicatedOutput(outputs, axis, statistics, found, whole)


def _normalized(layer, state, part, axis, mean, variance, trains):
    correction = _renorm_correction(layer, mean, variance) if trains else None
    scale, offset = _transform(layer, state, variance, correction)
    working = "float64" if part.dtype == "float64" else "float32"
    offset = offset - _remainder(mean, working) * scale

    def vector(of):
        return _spread(of.astype(working), part.ndim, axis)

    return (part.astype(working) - vector(mean)) * vector(scale) + vector(offset)


def _update(layer, batches):
    """Moves the statistics: to the mean of what each of these batches makes of them."""
    momentum, epsilon = layer.momentum, layer.epsilon

    def move(variable, updates):
        variable.assign(np.mean(updates, axis=0).astype(_array(variable).dtype))

    means = [mean for mean, _ in batches]
    moving = _weight(layer.moving_mean)
    after_mean = [_moving_average(moving, mean, momentum) for mean in means]
    if not getattr(layer, "renorm", False):
        spread = _weight(layer.moving_variance)
        move(layer.moving_mean, after_mean)
        after = [_moving_average(spread, variance, momentum) for _, variance in batches]
        move(layer.moving_variance, after)
        return
    slow = layer.renorm_momentum
    deviations = [np.sqrt(variance + epsilon) for _, variance in batches]
    renorm_mean, renorm_stddev = _weight(layer.renorm_mean), _weight(layer.renorm_stddev)
    stddev = _weight(layer.moving_stddev)
    after_stddev = [_moving_average(stddev, each, momentum) for each in deviations]
    move(layer.renorm_mean, [_moving_average(renorm_mean, mean, slow) for mean in means])
    move(layer.renorm_stddev, [_moving_average(renorm_stddev, each, slow) for each in deviations])
    move(layer.moving_mean, after_mean)
    move(layer.moving_stddev, after_stddev)
    move(layer.moving_variance, [np.maximum(s * s - epsilon, 0) for s in after_stddev])


# Training beside inference

_AGREEMENT = 0.05
_CONVERGED = 0.05
_SAMPLING = 4
_MOST_ROWS = 20


class ModesComparison:
    """What `modes` gives: channels ranked by how much the two modes differ, and why."""

    def __init__(self, layer, x):
        state = _State(layer, x.shape)
        axis = _resolve_axis(x.shape, layer.axis)
        rows = _by_channel(_inputs(layer, x), axis)
        mean, variance = _moments(rows)
        self._momentum = layer.momentum
        self._text = _heading(x, f"axis {axis}", "training beside inference")
        epsilon, count = layer.epsilon, rows.shape[1]
        first = _initial_statistics(layer)
        with np.errstate(all="ignore"):
            self.remaining = first and _initial_share(mean, variance, state, first, count)
            std = np.sqrt(state.variance + epsilon)
            self.mean_gap = (mean - state.mean) / std
            self.std_ratio = np.sqrt(variance + epsilon) / std
            apart = _apart(mean, variance, state.mean, state.variance, epsilon)
            gain = 1.0 if state.gamma is None else np.abs(state.gamma)
            self.difference = apart * gain
            rest = self._rest(mean, variance, state, first, epsilon)
        small = _SAMPLING * math.sqrt(1.5 / count) if count else math.inf
        self.reasons = tuple(
            self._reason(value, left, small) for value, left in zip(apart, rest)
        )
        weight = np.where(np.isnan(self.difference), np.inf, self.difference)
        self.ranking = np.argsort(-weight, kind="stable")

    def _rest(self, mean, variance, state, first, epsilon):
        """What would be left between the modes at the end of the averages' way."""
        share = self.remaining
        if share is None or share <= _CONVERGED:
            return np.full(len(mean), np.inf)
        if share == 1:
            return np.full(len(mean), -np.inf)
        end_mean = (state.mean - share * first[0]) / (1 - share)
        end_variance = np.maximum(0, (state.variance - share * first[1]) / (1 - share))
        return _apart(mean, variance, end_mean, end_variance, epsilon)

    @staticmethod
    def _reason(apart, rest, small):
        if not math.isfinite(apart):
            return "NaN or infinity"
        if apart <= _AGREEMENT:
            return "agrees"
        if rest <= max(_AGREEMENT, apart / 2):
            return "moving statistics not converged"
        return "batch too small to tell" if apart <= small else "other data than in training"

    def _lines(self):
        if self.remaining is None:
            return [self._text]
        left = (
            f"the moving statistics hold {self.remaining * 100:.3g} % of their initial values"
        )
        steps = 0
        if self.remaining > 0.01:
            steps = _steps_until_within(0.01 / self.remaining, self._momentum)
        if steps in (0, math.inf):
            return [self._text, left]
        calls = f"{steps} more training calls leave"
        if steps == 1:
            calls = "1 more training call leaves"
        return [self._text, f"{left}: {calls} 1 %"]

    def __repr__(self):
        heads = ("channel", "difference", "mean_gap", "std_ratio", "reason")
        rows = []
        for c in self.ranking[:_MOST_ROWS]:
            numbers = (self.difference[c], self.mean_gap[c], self.std_ratio[c])
            rows.append((str(c), *(f"{number:.4g}" for number in numbers), self.reasons[c]))
        return "\n".join([*self._lines(), *_aligned(heads, rows, len(self.ranking), words=1)])


def modes(layer, x):
    """How far a layer's training and inference outputs for `x` are apart, and what that comes
    from. The layer stays as it is."""
    return ModesComparison(_layer(layer, "layer"), _array(x))


def _apart(mean, variance, other_mean, other_variance, epsilon):
    """Root mean square difference between normalizing by a batch's own statistics and others."""
    own, other = np.sqrt(variance + epsilon), np.sqrt(other_variance + epsilon)
    scale, offset = 1 / own - 1 / other, (mean - other_mean) / other
    return np.sqrt(variance * scale**2 + offset**2)


def _initial_statistics(layer):
    """What the moving statistics began with, the same in every channel; None where drawn."""
    found = []
    for initializer in (layer.moving_mean_initializer, layer.moving_variance_initializer):
        if type(initializer).__name__ not in ("Zeros", "Ones", "Constant"):
            return None
        found.append(float(_array(initializer((1,), dtype="float64"))[0]))
    return tuple(found)


def _initial_share(mean, variance, state, first, count):
    """The share of their initial values that the moving statistics still hold; None where mean
    and variance tell different shares, or the share explains too few channels."""

    def ways(end, at, start, least):
        whole, gone = end - start, at - start
        counted = (np.abs(whole) > least) & np.isfinite(whole) & np.isfinite(gone)
        return whole[counted], gone[counted]

    def median(whole, gone):
        return np.median(gone / whole) if len(whole) else math.nan

    means = ways(mean, state.mean, first[0], _AGREEMENT * np.sqrt(variance))
    variances = ways(variance, state.variance, first[1], 2 * _AGREEMENT * variance)
    whole, gone = np.concatenate([means[0], variances[0]]), np.concatenate([means[1], variances[1]])
    if len(whole) == 0:
        return None
    tolerance = _AGREEMENT + 2 * math.sqrt(2 / count)
    if abs(median(*means) - median(*variances)) > tolerance:
        return None
    share = float(median(whole, gone))
    explained = np.abs(gone - share * whole) <= np.abs(gone) / 2
    if explained.sum() < len(whole) / 2:
        return None
    return min(1.0, max(0.0, 1 - share))


def _steps_until_within(share, momentum):
    """Training calls until the initial values weigh no more than the share."""
    if momentum == 0:
        return 1
    weight = abs(momentum)
    if not weight < 1:
        return math.inf
    # Rounded first: 0.1**2 is to be within 0.01, whatever the logarithms' last bits say.
    return max(1, math.ceil(float(f"{math.log(share) / math.log(weight):.11e}")))


# Other frameworks

class _Convention(NamedTuple):
    framework: str
    layer: str  # with {} for the number of dimensions after batch and channels
    momentum: tuple  # the argument's name and default
    epsilon: tuple
    weighs_batch: bool = False  # momentum weighs the new batch, not the statistics so far
    least_epsilon: float = 0.0
    # The squared deviations of n values are divided by max(n - subtracted, least).
    subtracted: int = 0
    least: int = 0


_CONVENTIONS = (
    _Convention(
        "Keras 3", "keras.layers.BatchNormalization", ("momentum", 0.99), ("epsilon", 1e-3)
    ),
    _Convention(
        "PyTorch",
        "torch.nn.BatchNorm{}d",
        ("momentum", 0.1),
        ("eps", 1e-5),
        weighs_batch=True,
        subtracted=1,
    ),
    _Convention(
        "tf.keras 2 (fused)",
        "tf.keras.layers.BatchNormalization",
        ("momentum", 0.99),
        ("epsilon", 1e-3),
        least_epsilon=1.001e-5,
        subtracted=1,
        least=1,
    ),
    _Convention("ONNX", "BatchNormalization", ("momentum", 0.9), ("epsilon", 1e-5)),
)


class FrameworkComparison:
    """What `frameworks` gives: a layer's statistics after one training step, by framework.

    Arrays have one row per framework, Keras first, and one column per channel.
    """

    def __init__(self, x, layer):
        if getattr(layer, "renorm", False):
            raise ValueError(
                "Frameworks are compared for layers without renorm, which other frameworks do "
                "not have. Received: renorm=True"
            )
        state = _State(layer, x.shape)
        axis = _resolve_axis(x.shape, layer.axis)
        rows = _by_channel(_inputs(layer, x), axis)
        count = rows.shape[1]
        mean, variance = _moments(rows)
        self.frameworks = tuple(each.framework for each in _CONVENTIONS)
        self.arguments, self.defaults = {}, {}
        means, variances, scales, self._lines = [], [], [], []
        for each in _CONVENTIONS:
            momentum, epsilon = float(layer.momentum), max(float(layer.epsilon), each.least_epsilon)
            with np.errstate(divide="ignore", invalid="ignore"):
                divisor = float(max(count - each.subtracted, each.least))
                corrected = variance * np.divide(float(count), divisor)
                means.append(_moving_average(state.mean, mean, momentum))
                variances.append(_moving_average(state.variance, corrected, momentum))
                scales.append(1 / np.sqrt(variances[-1] + epsilon))
            if each.weighs_batch:
                # But for the last bits, which no one would type.
                momentum = float(f"{1 - momentum:.13e}")
            words = each.momentum[0], each.epsilon[0]
            used = self.arguments[each.framework] = dict(zip(words, (momentum, epsilon)))
            usual = self.defaults[each.framework] = dict([each.momentum, each.epsilon])
            used, usual = (
                ", ".join(f"{argument}={value!r}" for argument, value in given.items())
                for given in (used, usual)
            )
            if 2 <= x.ndim <= 5:
                name = each.layer.format(max(x.ndim - 2, 1))
            else:
                # PyTorch has a function for the numbers of dimensions that no layer takes.
                name = each.layer.replace("BatchNorm{}d", "functional.batch_norm")
            self._lines.append(f"{each.framework}: {name}({used}); defaults: {usual}")
        self.moving_mean, self.moving_variance = np.array(means), np.array(variances)
        self.inference_scale = np.array(scales)
        self.mean_difference = self.moving_mean - self.moving_mean[0]
        self.variance_difference = self.moving_variance - self.moving_variance[0]
        self._heading = _heading(x, f"axis {axis}", f"n = {count}", "after one training step")

    def __repr__(self):
        def block(name, first=0):
            rows = zip(self.frameworks[first:], getattr(self, name)[first:])
            return _labelled(name, [(f"  {framework}", row) for framework, row in rows])

        blocks = [block(name) for name in ("moving_mean", "moving_variance", "inference_scale")]
        blocks += [block(name, 1) for name in ("mean_difference", "variance_difference")]
        return "\n".join([self._heading, *blocks, *self._lines])


def frameworks(x, layer):
    """Where PyTorch, tf.keras 2 and ONNX part from Keras after one training step on `x`, with the
    layer's own momentum and epsilon in their terms. The layer stays as it is."""
    return FrameworkComparison(_array(x), _layer(layer, "layer"))


# Progress


class _Progress:
    """Goes through what it is given; tells how it went, in one line on standard error."""

    def __init__(self, iterable, total, description):
        if total is None and hasattr(iterable, "__len__"):
            total = len(iterable)
        self.total, self.desc, self.n = total, description or "", 0
        self._iterable, self._postfix, self._closed = iterable, "", False
        self._began = time.perf_counter()

    def __len__(self):
        if self.total is None:
            raise TypeError("object of type 'progress' has no len()")
        return self.total

    def __iter__(self):
        try:
            for item in self._iterable:
                yield item
                self.n += 1
        finally:
            self.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def update(self, n=1):
        self.n += n

    def set_description(self, desc=None, refresh=True):
        self.desc = desc or ""

    def set_postfix(self, ordered_dict=None, refresh=True, **values):
        values = {**(ordered_dict or {}), **values}
        self.set_postfix_str(
            ", ".join(
                f"{key}={value if isinstance(value, str) else format(value, '.3g')}"
                for key, value in values.items()
            )
        )

    def set_postfix_str(self, s="", refresh=True):
        self._postfix = s

    def close(self):
        if not self._closed:
            self._closed = True
            print(self, file=sys.stderr)

    def __repr__(self):
        elapsed = time.perf_counter() - self._began
        name = f"{self.desc}: " if self.desc else ""
        done = str(self.n)
        if self.total:
            done = f"{100 * self.n // self.total}% {self.n}/{self.total}"
        facts = ", ".join([f"{elapsed:.1f} s", *([self._postfix] if self._postfix else [])])
        return f"{name}{done} [{facts}]"


def progress(iterable, total=None, description=None):
    """Iterates over `iterable` and tells how far it came."""
    return _Progress(iterable, total, description)
