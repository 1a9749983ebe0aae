/**
 * @file Builds ONNX models: graphs of nodes written as the bytes of their protocol buffers, by the
 * field numbers of onnx.proto.
 */

type Bytes = readonly number[] | Uint8Array;
type Attribute = number | string | { readonly float: number };

const elementTypes = { float32: 1, int64: 7 };
export type ElementType = keyof typeof elementTypes;

/** Nodes are added by calls that answer the names of their outputs. */
export class OnnxGraph {
  readonly #nodes: Bytes[] = [];
  readonly #constants: Bytes[] = [];
  readonly #inputs: Bytes[] = [];
  #names = 0;

  input(name: string, shape: readonly number[]): string {
    this.#inputs.push(valueInfo(name, "float32", shape));
    return name;
  }

  floats(values: ArrayLike<number>, shape: readonly number[]): string {
    return this.#constant("float32", shape, new Uint8Array(Float32Array.from(values).buffer));
  }

  integers(values: readonly number[], shape: readonly number[] = [values.length]): string {
    const data = BigInt64Array.from(values, BigInt);
    return this.#constant("int64", shape, new Uint8Array(data.buffer));
  }

  node(
    operator: string,
    inputs: readonly string[],
    attributes: Record<string, Attribute> = {},
  ): string {
    const output = `v${this.#names++}`;
    this.#nodes.push([
      ...inputs.flatMap((input) => text(1, input)),
      ...text(2, output),
      ...text(4, operator),
      ...Object.entries(attributes).flatMap(([name, value]) => field(5, attribute(name, value))),
    ]);
    return output;
  }

  /** The model with these of its values as outputs. */
  model(
    outputs: readonly { name: string; type?: ElementType; shape: readonly number[] }[],
  ): Uint8Array {
    const graph = [
      ...this.#nodes.map((node) => field(1, node)),
      text(2, "graph"),
      ...this.#constants.map((constant) => field(5, constant)),
      ...this.#inputs.map((input) => field(11, input)),
      ...outputs.map(({ name, type = "float32", shape }) =>
        field(12, valueInfo(name, type, shape)),
      ),
    ];
    const operatorSet = integer(2, 18);
    return Uint8Array.from([...integer(1, 8), ...field(7, graph.flat()), ...field(8, operatorSet)]);
  }

  #constant(type: ElementType, shape: readonly number[], data: Uint8Array): string {
    const name = `c${this.#names++}`;
    this.#constants.push([
      ...shape.flatMap((length) => integer(1, length)),
      ...integer(2, elementTypes[type]),
      ...text(8, name),
      ...field(9, data),
    ]);
    return name;
  }
}

function attribute(name: string, value: Attribute): Bytes {
  if (typeof value === "number") return [...text(1, name), ...integer(3, value), ...integer(20, 2)];
  if (typeof value === "string") return [...text(1, name), ...text(4, value), ...integer(20, 3)];
  const bytes = new Uint8Array(Float32Array.of(value.float).buffer);
  return [...text(1, name), ...key(2, 5), ...bytes, ...integer(20, 1)];
}

function valueInfo(name: string, type: ElementType, shape: readonly number[]): Bytes {
  const dimensions = shape.flatMap((length) => field(1, integer(1, length)));
  const tensor = [...integer(1, elementTypes[type]), ...field(2, dimensions)];
  return [...text(1, name), ...field(2, field(1, tensor))];
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 128);
  }
}

function key(number: number, wireType: number): number[] {
  return varint(number * 8 + wireType);
}

function integer(number: number, value: number): number[] {
  return [...key(number, 0), ...varint(value)];
}

function field(number: number, value: Bytes): number[] {
  return [...key(number, 2), ...varint(value.length), ...value];
}

function text(number: number, value: string): number[] {
  return field(number, new TextEncoder().encode(value));
}
