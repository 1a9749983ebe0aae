/**
 * @file NumPy's `.npy` files as tensors, after the format's published description (NEP 1).
 */
import {
  byteWidth,
  createTensor,
  type DType,
  EngineError,
  formatShape,
  type Tensor,
} from "../engine/index.ts";

const magic = "\u0093NUMPY";

/** NumPy's letters for the element types of tensors, with the width in bytes. */
const elementTypes: Readonly<Record<string, DType>> = {
  b1: "bool",
  i1: "int8",
  i2: "int16",
  i4: "int32",
  i8: "int64",
  u1: "uint8",
  u2: "uint16",
  u4: "uint32",
  u8: "uint64",
  f2: "float16",
  f4: "float32",
  f8: "float64",
};

interface Header {
  readonly dtype: DType;
  readonly bigEndian: boolean;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the data begin. */
  readonly end: number;
}

/**
 * The tensor in a `.npy` file. Bytes after the data are ignored, as `np.load` ignores them.
 * @throws ValueError, in NumPy's words where it has them, for a file that is damaged, of another
 *   kind, or whose elements are no numbers; nothing is reserved before the file is known to hold
 *   as much as its header says. MemoryError where the tensor does not fit.
 */
export function readNpy(bytes: Uint8Array): Tensor {
  const { dtype, bigEndian, fortranOrder, shape, end } = readHeader(bytes);
  const width = byteWidth(dtype);
  const size = shape.reduce((product, length) => product * length, 1);
  const held = bytes.length - end;
  if (size * width > held) {
    throw damaged(
      `EOF: reading array data, expected ${size * width} bytes got ${held}, for shape ` +
        `${formatShape(shape)} of ${dtype}`,
    );
  }
  const tensor = createTensor(shape, dtype);
  const data = new Uint8Array(
    tensor.data.buffer as ArrayBuffer,
    tensor.data.byteOffset,
    size * width,
  );
  const stored = bytes.subarray(end, end + size * width);
  if (fortranOrder && shape.length > 1) copyTransposed(stored, data, shape, width);
  else data.set(stored);
  if (bigEndian) reverseElements(data, width);
  return tensor;
}

function damaged(message: string): EngineError {
  return new EngineError("ValueError", message);
}

function readHeader(bytes: Uint8Array): Header {
  const start = latin1(bytes.subarray(0, magic.length));
  if (start !== magic) {
    throw damaged(
      `the magic string is not correct; expected b'\\x93NUMPY', got ${quotedBytes(start)}`,
    );
  }
  const [major, minor] = [bytes[6], bytes[7]];
  if (major === undefined || minor === undefined) {
    throw damaged(`EOF: reading magic string, expected 8 bytes got ${bytes.length}`);
  }
  if (major < 1 || major > 3 || minor !== 0) {
    throw damaged(
      `we only support format version (1,0), (2,0), and (3,0), not (${major}, ${minor})`,
    );
  }
  const begin = major === 1 ? 10 : 12;
  if (bytes.length < begin) {
    throw damaged(`EOF: reading array header length, expected ${begin - 8} bytes`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const end = begin + length;
  if (end > bytes.length) {
    throw damaged(
      `EOF: reading array header, expected ${length} bytes got ${bytes.length - begin}`,
    );
  }
  // Version 3 is UTF-8; all that matters here is ASCII, and other letters may come as they are.
  return { ...parseHeader(latin1(bytes.subarray(begin, end))), end };
}

/** The header is a Python dict of three literals; nothing in it is ever evaluated. */
function parseHeader(header: string): Omit<Header, "end"> {
  const body = /^\s*\{(.*)\}\s*$/s.exec(header)?.[1];
  const entries = new Map<string, string>();
  const entry = /\s*(['"])(\w+)\1\s*:\s*((['"])[^'"]*\4|True|False|\([^()]*\)|\[.*\])\s*(?:,|$)/sy;
  while (body !== undefined && entry.lastIndex < body.trimEnd().length) {
    const found = entry.exec(body);
    if (!found) break;
    entries.set(found[2]!, found[3]!);
    if (entry.lastIndex >= body.trimEnd().length) break;
  }
  const keys = [...entries.keys()].sort();
  if (keys.join() !== "descr,fortran_order,shape") {
    if (body === undefined || keys.length === 0) {
      throw damaged(`Cannot parse header: ${JSON.stringify(header.trim().slice(0, 80))}`);
    }
    const list = keys.map((key) => `'${key}'`).join(", ");
    throw damaged(`Header does not contain the correct keys: [${list}]`);
  }
  const fortran = entries.get("fortran_order")!;
  if (fortran !== "True" && fortran !== "False") {
    throw damaged(`fortran_order is not a valid bool: ${fortran}`);
  }
  return {
    ...parseType(entries.get("descr")!),
    fortranOrder: fortran === "True",
    shape: parseShape(entries.get("shape")!),
  };
}

function parseType(descr: string): Pick<Header, "dtype" | "bigEndian"> {
  const [, order, code] = /^['"]([<>=|]?)(\w+)['"]$/.exec(descr) ?? [];
  if (code === "O") throw damaged("Object arrays cannot be loaded when allow_pickle=False");
  const dtype = code === undefined ? undefined : elementTypes[code];
  if (!dtype) {
    throw damaged(
      `descr is not a dtype that tensors have: ${descr}. Expected bool, int8 to int64, uint8 to ` +
        "uint64, float16, float32 or float64",
    );
  }
  return { dtype, bigEndian: order === ">" };
}

function parseShape(text: string): number[] {
  const inner = /^\((.*)\)$/s.exec(text)?.[1]?.trim() ?? "?";
  const items = inner === "" ? [] : inner.replace(/,\s*$/, "").split(",");
  return items.map((item) => {
    // Python 2 wrote long integers with an L.
    const digits = /^\s*(\d+)L?\s*$/.exec(item)?.[1];
    if (digits === undefined) throw damaged(`shape is not valid: ${text}`);
    return Number(digits);
  });
}

/** Column-major to row-major. */
function copyTransposed(
  from: Uint8Array,
  to: Uint8Array,
  shape: readonly number[],
  width: number,
): void {
  // Of the file, in elements: the first axis runs fastest.
  const strides = shape.map((_, axis) =>
    shape.slice(0, axis).reduce((product, length) => product * length, 1),
  );
  const index = shape.map(() => 0);
  let source = 0;
  for (let target = 0; target < to.length; target += width) {
    for (let byte = 0; byte < width; byte++) to[target + byte] = from[source * width + byte]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      source += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      source -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
}

function reverseElements(data: Uint8Array, width: number): void {
  for (let at = 0; at < data.length; at += width) data.subarray(at, at + width).reverse();
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}

function quotedBytes(text: string): string {
  const escaped = Array.from(text, (letter) => {
    const code = letter.charCodeAt(0);
    return code >= 32 && code < 127 ? letter : `\\x${code.toString(16).padStart(2, "0")}`;
  });
  return `b'${escaped.join("")}'`;
}
