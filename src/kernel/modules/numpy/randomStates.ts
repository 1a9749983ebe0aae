/**
 * @file The states of bit generators as Python's dictionaries, to be kept and set again.
 */
import {
  MersenneTwister,
  NDArray,
  type Pcg64,
  type RandomState,
  wrapData,
} from "../../../numpy/index.ts";
import { PyDict, PyTuple } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import type { Value } from "../../objects.ts";
import { collect, getItem, toCount, toFloat, toIndex } from "../../operations.ts";
import { toArray } from "./conversions.ts";

function dictionary(entries: Readonly<Record<string, Value>>): PyDict {
  const dict = new PyDict();
  for (const [name, value] of Object.entries(entries)) dict.set(name, value);
  return dict;
}

const words = 624;

function twisterState({ memory }: MersenneTwister): PyDict {
  return dictionary({
    key: wrapData(memory.slice(0, words), "uint32", [words]),
    pos: BigInt(memory[words]!),
  });
}

function setTwister(bits: MersenneTwister, key: Value, position: Value): void {
  const array = toArray(key, "uint32");
  if (array.size !== words) throw pythonError("ValueError", `state must be ${words} longs`);
  bits.memory.set(array.data as Uint32Array);
  bits.memory[words] = toCount(position);
}

/** `bit_generator.state`. */
export function bitGeneratorState(bits: Pcg64 | MersenneTwister): PyDict {
  if (bits instanceof MersenneTwister) {
    return dictionary({ bit_generator: bits.name, state: twisterState(bits) });
  }
  const { state, increment, isHalfHeld, heldHalf } = bits.state;
  return dictionary({
    bit_generator: bits.name,
    state: dictionary({ state, inc: increment }),
    has_uint32: isHalfHeld ? 1n : 0n,
    uinteger: BigInt(heldHalf),
  });
}

/** `bit_generator.state = state`. */
export function setBitGeneratorState(bits: Pcg64 | MersenneTwister, value: Value): void {
  if (!(value instanceof PyDict)) throw pythonError("TypeError", "state must be a dict");
  if (getItem(value, "bit_generator") !== bits.name) {
    throw pythonError("ValueError", `state must be for a ${bits.name} RNG`);
  }
  const state = getItem(value, "state");
  if (bits instanceof MersenneTwister) {
    setTwister(bits, getItem(state, "key"), getItem(state, "pos"));
    return;
  }
  bits.state = {
    state: toIndex(getItem(state, "state")),
    increment: toIndex(getItem(state, "inc")),
    isHalfHeld: toCount(getItem(value, "has_uint32")) !== 0,
    heldHalf: toCount(getItem(value, "uinteger")),
  };
}

/** `np.random.get_state()`: a tuple, or a dictionary where `legacy=False`. */
export function randomState(self: RandomState, legacy: boolean): Value {
  const state = twisterState(self.bits);
  const [held, gauss] = [self.spare === null ? 0n : 1n, self.spare ?? 0];
  if (!legacy) return dictionary({ bit_generator: "MT19937", state, has_gauss: held, gauss });
  const [key, position] = ["key", "pos"].map((name) => getItem(state, name));
  return new PyTuple(["MT19937", key!, position!, held, gauss]);
}

/** `np.random.set_state(state)`. */
export function setRandomState(self: RandomState, value: Value): void {
  if (value instanceof PyDict) {
    const state = getItem(value, "state");
    setTwister(self.bits, getItem(state, "key"), getItem(state, "pos"));
    self.spare = toCount(getItem(value, "has_gauss")) ? toFloat(getItem(value, "gauss")) : null;
    return;
  }
  if (value instanceof NDArray || value === null) {
    throw pythonError("TypeError", "state must be a dict or a tuple.");
  }
  const [name, key, position, held = 0n, gauss = 0] = collect(value);
  if (name !== "MT19937") {
    throw pythonError(
      "ValueError",
      "set_state can only be used with legacy MT19937 state instances.",
    );
  }
  setTwister(self.bits, key!, position!);
  self.spare = toCount(held) ? toFloat(gauss) : null;
}
