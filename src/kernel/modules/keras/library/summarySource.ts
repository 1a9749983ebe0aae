/**
 * @file `model.summary()`: the table that Keras has `rich` draw, where the output is no terminal
 * (keras/src/utils/summary_utils.py).
 */
export const summarySource = `
def readable_size(size):
    for unit in ("B", "KB", "MB", "GB", "TB"):
        if size / 1024 < 1:
            return f"{size:.2f} {unit}"
        size /= 1024
    return f"{size:.2f} PB"


def memory_of(weights):
    total = 0
    for variable in without_repeats(weights):
        total += count_values([variable]) * core.bits(variable.dtype)
    return total / 8


def shape_text(shape):
    return f"({', '.join(str(size) for size in shape)})"


def output_shape_text(layer):
    nodes = core.inbound_nodes(layer)
    shapes = core.build_shapes(layer)
    if nodes:
        outputs = nodes[-1].output_tensors
        texts = [shape_text(x.shape) for x in outputs]
    elif not shapes:
        return "?"
    else:
        try:
            shape = layer.compute_output_shape(**shapes)
        except NotImplementedError:
            return "?"
        nested = isinstance(shape, list) and shape and isinstance(shape[0], (list, tuple))
        texts = [shape_text(one) for one in (shape if nested else [shape])]
    return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"


def wrapped(text, width):
    """The text in lines of a width, broken between words; a longer word is cut off."""
    lines = []
    line = ""
    words = text.lstrip().split(" ")
    words[0] = " " * (len(text) - len(text.lstrip())) + words[0]
    for word in words:
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = line + " " + word if line else word
    lines.append(line)
    return [one if len(one) <= width else one[: width - 1] + "…" for one in lines]


def table_text(header, rows, alignment, widths):
    def edge(left, line, middle, right):
        return left + middle.join(line * (width + 2) for width in widths) + right

    def drawn(cells, bar):
        parts = [wrapped(cell, width) for cell, width in zip(cells, widths)]
        lines = []
        for index in range(max(len(part) for part in parts)):
            texts = []
            for part, width, align in zip(parts, widths, alignment):
                text = part[index] if index < len(part) else ""
                texts.append(" " + format(text, f"{align}{width}") + " ")
            lines.append(bar + bar.join(texts) + bar)
        return lines

    lines = [edge("┏", "━", "┳", "┓")] + drawn(header, "┃") + [edge("┡", "━", "╇", "┩")]
    for index, row in enumerate(rows):
        if index > 0:
            lines.append(edge("├", "─", "┼", "┤"))
        lines += drawn(row, "│")
    return lines + [edge("└", "─", "┴", "┘")]


def is_chain(model):
    """Whether every layer has one input and one output, and none is used twice."""
    nodes = []
    for level in model._nodes_by_depth.values():
        if len(level) > 1 or (len(level) == 1 and len(level[0].input_tensors) > 1):
            return False
        nodes += level
    for layer in model.layers:
        own = [node for node in core.inbound_nodes(layer) if any(node is one for one in nodes)]
        if len(own) > 1:
            return False
    return True


def column_widths(line_length, positions):
    widths = []
    reached = 0
    for position in positions:
        width = int(position * line_length) - reached
        if width < 4:
            raise ValueError("Insufficient console width to print summary.")
        widths.append(width)
        reached += width
    # What padding and borders take beyond the table's width is taken from all columns alike.
    inner = [width + 2 for width in widths]
    excess = sum(inner) - (line_length - len(widths) - 1)
    left = len(inner)
    for index in range(len(inner)):
        taken = round(excess / left) if excess > 0 else 0
        inner[index] -= taken
        excess -= taken
        left -= 1
    return [max(width - 2, 1) for width in inner]


def print_summary(model, line_length, positions, print_fn, expand_nested, show_trainable):
    functional = isinstance(model, Functional)
    chain = not functional or is_chain(model)
    layers = model._operations if functional else model.layers
    header = ["Layer (type)", "Output Shape", "Param #"]
    alignment = ["<", "<", ">"]
    length = 88
    if chain:
        positions = positions or [0.45, 0.80, 1.0]
    else:
        length = 108
        positions = positions or [0.3, 0.56, 0.74, 1.0]
        header.append("Connected to")
        alignment.append("<")
    if show_trainable:
        length += 12
        positions = [position * 0.90 for position in positions] + [1.0]
        header.append("Trainable")
        alignment.append("^")
    line_length = line_length or min(length, 76)
    relevant = [node for level in model._nodes_by_depth.values() for node in level] if functional else []

    def connections(layer):
        found = []
        for node in core.inbound_nodes(layer):
            if relevant and not any(node is one for one in relevant):
                continue
            for x in node.input_tensors:
                operation, node_index, tensor_index = x._keras_history
                found.append(f"{operation.name}[{node_index}][{tensor_index}]")
        return ", ".join(found) or "-"

    def fields(layer, prefix):
        params = f"{layer.count_params():,}" if layer.built else "0 (unbuilt)"
        row = [
            f"{prefix}{layer.name} ({getattr(layer, "class_name", type(layer).__name__)})",
            output_shape_text(layer),
            params,
        ]
        if not chain:
            row.append(connections(layer))
        if show_trainable:
            row.append(("Y" if layer.trainable else "N") if len(layer.weights) > 0 else "-")
        return row

    def rows_of(layer, level):
        rows = [fields(layer, "   " * level + "└ " if level else "")]
        if expand_nested and isinstance(layer, Model):
            for inner in layer.layers:
                rows += rows_of(inner, level + 1)
        return rows

    rows = [row for layer in layers for row in rows_of(layer, 0)]
    trainable, fixed = model.trainable_weights, model.non_trainable_weights
    lines = [f'Model: "{model.name}"']
    lines += table_text(header, rows, alignment, column_widths(line_length, positions))
    for word, weights in (("Total", trainable + fixed), ("Trainable", trainable), ("Non-trainable", fixed)):
        lines.append(f" {word} params: {count_values(weights):,} ({readable_size(memory_of(weights))})")
    # The console is 80 columns wide.
    text = "\\n".join([line[:80] for line in lines]) + "\\n"
    if print_fn is None:
        print(text, end="")
    else:
        print_fn(text)
`;
