/**
 * @file Arrays of random numbers from the Mersenne Twister MT19937 (Matsumoto & Nishimura 1998), bit
 * for bit those that NumPy's `RandomState` draws one by one. `stream` is the generator: 624 words of
 * state, then the index of the next one. All addresses are of bytes.
 */

const stateBytes: usize = 2496;
/** The distance of the word that each is combined with. */
const shift: usize = 1588;

/** Renews the four words at an address from the four at another. */
function twistFour(to: usize, far: usize): void {
  const upper = v128.and(v128.load(to), i32x4.splat(0x80000000));
  const y = v128.or(upper, v128.and(v128.load(to, 4), i32x4.splat(0x7fffffff)));
  const odd = i32x4.neg(v128.and(y, i32x4.splat(1)));
  const twisted = v128.xor(i32x4.shr_u(y, 1), v128.and(odd, i32x4.splat(0x9908b0df)));
  v128.store(to, v128.xor(v128.load(far), twisted));
}

function twist(to: usize, next: usize, far: usize): void {
  const y = (load<u32>(to) & 0x80000000) | (load<u32>(next) & 0x7fffffff);
  store<u32>(to, load<u32>(far) ^ (y >> 1) ^ (y & 1 ? 0x9908b0df : 0));
}

/** Makes the next 624 words of state. */
function renew(stream: usize): void {
  let p = stream;
  const wrap = stateBytes - shift;
  const wrapped = stream + wrap;
  for (; p + 16 <= wrapped; p += 16) twistFour(p, p + shift);
  for (; p < wrapped; p += 4) twist(p, p + 4, p + shift);
  const last = stream + stateBytes - 4;
  for (; p < last; p += 16) twistFour(p, p - wrap);
  twist(p, stream, p - wrap);
}

function temper(word: u32): u32 {
  let y = word;
  y ^= y >> 11;
  y ^= (y << 7) & 0x9d2c5680;
  y ^= (y << 15) & 0xefc60000;
  return y ^ (y >> 18);
}

function temperFour(words: v128): v128 {
  let y = words;
  y = v128.xor(y, i32x4.shr_u(y, 11));
  y = v128.xor(y, v128.and(i32x4.shl(y, 7), i32x4.splat(0x9d2c5680)));
  y = v128.xor(y, v128.and(i32x4.shl(y, 15), i32x4.splat(0xefc60000)));
  return v128.xor(y, i32x4.shr_u(y, 18));
}

function nextWord(stream: usize): usize {
  return stream + ((load<u32>(stream + stateBytes) as usize) << 2);
}

function leaveAt(stream: usize, word: usize): void {
  store<u32>(stream + stateBytes, ((word - stream) >> 2) as u32);
}

/** Of 27 upper bits of one word and 26 of the next, in units of 2^-53. */
const unit: f64 = 1.0 / 9007199254740992.0;
const upperUnit: f64 = 1.0 / 134217728.0;

/** `count` float64s from [0, 1). */
export function twisterUniforms(stream: usize, to: usize, count: usize): usize {
  const stateEnd = stream + stateBytes;
  const end = to + (count << 3);
  let at = nextWord(stream);
  while (to < end) {
    for (; to + 16 <= end && at + 16 <= stateEnd; to += 16, at += 16) {
      const y = temperFour(v128.load(at));
      const upper = i32x4.shr_u(i32x4.shuffle(y, y, 0, 2, 0, 2), 5);
      const lower = i32x4.shr_u(i32x4.shuffle(y, y, 1, 3, 1, 3), 6);
      const high = f64x2.mul(f64x2.convert_low_i32x4_s(upper), f64x2.splat(upperUnit));
      const low = f64x2.mul(f64x2.convert_low_i32x4_s(lower), f64x2.splat(unit));
      v128.store(to, f64x2.add(high, low));
    }
    if (to >= end) break;
    // One whose two words may belong to two states.
    if (at === stateEnd) {
      renew(stream);
      at = stream;
    }
    const upper = temper(load<u32>(at)) >> 5;
    at += 4;
    if (at === stateEnd) {
      renew(stream);
      at = stream;
    }
    const lower = temper(load<u32>(at)) >> 6;
    at += 4;
    store<f64>(to, (upper as i32 as f64) * upperUnit + (lower as i32 as f64) * unit);
    to += 8;
  }
  leaveAt(stream, at);
  return count;
}

/**
 * `count` points from within the unit circle, less its centre: of each its second coordinate, then
 * its first, as Marsaglia's polar method uses them.
 */
export function pointsInCircle(stream: usize, to: usize, count: usize): void {
  const end = to + (count << 4);
  // As many points of the square as are wanted still are drawn to their places; those within the
  // circle move up.
  while (to < end) {
    twisterUniforms(stream, to, (end - to) >> 3);
    for (let from = to; from < end; from += 16) {
      const x = 2 * load<f64>(from) - 1;
      const y = 2 * load<f64>(from, 8) - 1;
      const square = x * x + y * y;
      store<f64>(to, y);
      store<f64>(to, x, 8);
      to += (((square < 1) as usize) & ((square !== 0) as usize)) << 4;
    }
  }
}

/**
 * `count` integers of `bytes` (4 or 8) from `low` to `low + maximum`, both included: words masked by
 * the least 2^n - 1 that is not below the maximum, those above it rejected.
 */
export function maskedIntegers(
  stream: usize,
  low: i64,
  maximum: u32,
  to: usize,
  count: usize,
  bytes: usize,
): usize {
  const stateEnd = stream + stateBytes;
  const end = to + count * bytes;
  const mask = u32.MAX_VALUE >> clz<u32>(maximum);
  let at = nextWord(stream);
  while (to < end) {
    if (at === stateEnd) {
      renew(stream);
      at = stream;
    }
    const drawn = temper(load<u32>(at)) & mask;
    at += 4;
    const value = low + (drawn as i64);
    if (bytes === 8) store<i64>(to, value);
    else store<u32>(to, value as u32);
    // Overwritten where it is rejected: cheaper than a branch that cannot be foreseen.
    to += drawn <= maximum ? bytes : 0;
  }
  leaveAt(stream, at);
  return count;
}
