/**
 * @file Arrays of random numbers, bit for bit those that NumPy draws one by one: PCG64 (M. E.
 * O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random
 * Number Generation", 2014) and what its words are made into. All addresses are of bytes.
 *
 * `stream` is the generator: what it holds is listed below. A kernel that rejects draws gives how
 * many it made before one that it leaves to its caller, with the stream where that draw begins:
 * tails of distributions, what a second's approximation cannot decide, and draws that would have to
 * read across the end of a block of words.
 */

// Of a stream: 128 bits of state and of increment, lower half first; which word of the block is
// next; whether half a word is held back, and which; and the block of words made ahead.
const increment: usize = 16;
const position: usize = 32;
const isHalfHeld: usize = 36;
const heldHalf: usize = 40;
const block: usize = 48;
const blockBytes: usize = 1024;

// The multiplier and its square modulo 2^128, by which two steps are one: 64 bits each.
const upperFactor: u64 = 0x2360ed051fc65da4;
const lowerFactor: u64 = 0x4385df649fccf645;
const upperSquare: u64 = 0x17bce35bdf69743c;
const lowerSquare: u64 = 0x529ed9eb20e0ae99;
const lowerHalf: u64 = 0xffffffff;

// Of a ziggurat's 256 layers: pairs of a width and of an integer, the acceptance bound, both as wide
// as what is drawn; then the densities.
const densities64: usize = 4096;
const densities32: usize = 2048;

/** The upper 64 bits of a product. */
function multiplyHigh(x: u64, y: u64): u64 {
  const x0 = x & lowerHalf;
  const x1 = x >> 32;
  const y0 = y & lowerHalf;
  const y1 = y >> 32;
  const middle = x1 * y0 + ((x0 * y0) >> 32);
  const other = x0 * y1 + (middle & lowerHalf);
  return x1 * y1 + (middle >> 32) + (other >> 32);
}

/** Both halves of the state folded, rotated right by its six uppermost bits. */
function output(low: u64, high: u64): u64 {
  return rotr(high ^ low, high >> 58);
}

/**
 * Steps `state = state * multiplier + increment` modulo 2^128, `count` times (an even number), and
 * writes the words, or the doubles that they make. Two states in turn, each two steps ahead of where
 * it was, do not wait for each other.
 */
function advance(stream: usize, to: usize, count: usize, asDoubles: bool): void {
  const low = load<u64>(stream);
  const high = load<u64>(stream, 8);
  const lowIncrement = load<u64>(stream + increment);
  const highIncrement = load<u64>(stream + increment, 8);
  // Of two steps: the increment, stepped once.
  const lowDouble = lowIncrement * lowerFactor + lowIncrement;
  const highDouble =
    highIncrement * lowerFactor +
    lowIncrement * upperFactor +
    highIncrement +
    multiplyHigh(lowIncrement, lowerFactor) +
    u64(lowDouble < lowIncrement);
  let low0 = low * lowerFactor + lowIncrement;
  let high0 =
    high * lowerFactor +
    low * upperFactor +
    highIncrement +
    multiplyHigh(low, lowerFactor) +
    u64(low0 < lowIncrement);
  let low1 = low0 * lowerFactor + lowIncrement;
  let high1 =
    high0 * lowerFactor +
    low0 * upperFactor +
    highIncrement +
    multiplyHigh(low0, lowerFactor) +
    u64(low1 < lowIncrement);
  const last = to + (count << 3) - 16;
  for (; ; to += 16) {
    if (asDoubles) {
      store<f64>(to, toDouble(output(low0, high0)));
      store<f64>(to, toDouble(output(low1, high1)), 8);
    } else {
      store<u64>(to, output(low0, high0));
      store<u64>(to, output(low1, high1), 8);
    }
    if (to >= last) break;
    // What does not wait for the upper half comes first: the chain of dependent steps is short.
    const rest0 = multiplyHigh(low0, lowerSquare) + low0 * upperSquare + highDouble;
    low0 = low0 * lowerSquare + lowDouble;
    high0 = high0 * lowerSquare + (rest0 + u64(low0 < lowDouble));
    const rest1 = multiplyHigh(low1, lowerSquare) + low1 * upperSquare + highDouble;
    low1 = low1 * lowerSquare + lowDouble;
    high1 = high1 * lowerSquare + (rest1 + u64(low1 < lowDouble));
  }
  store<u64>(stream, low1);
  store<u64>(stream, high1, 8);
}

/** Makes the next block of words. */
function refill(stream: usize): void {
  advance(stream, stream + block, blockBytes >> 3, false);
}

/** Where the next word of a stream lies, or the end of its block. */
function nextWord(stream: usize): usize {
  return stream + block + ((load<u32>(stream + position) as usize) << 3);
}

/** Takes note that all words before one are used. */
function leaveAtWord(stream: usize, word: usize): void {
  store<u32>(stream + position, ((word - stream - block) >> 3) as u32);
}

/** Takes note that all half words before one are used: of a word begun, the rest is held back. */
function leaveAtHalf(stream: usize, half: usize): void {
  if (half & 4) {
    store<u32>(stream + heldHalf, load<u32>(half));
    store<u32>(stream + isHalfHeld, 1);
  }
  leaveAtWord(stream, (half + 7) & ~7);
}

/** Of a word's 53 upper bits, from [0, 1). */
function toDouble(word: u64): f64 {
  return ((word >> 11) as i64 as f64) * (1.0 / 9007199254740992.0);
}

/** Of half a word's 24 upper bits, from [0, 1). */
function toFloat(half: u32): f32 {
  return ((half >> 8) as i32 as f32) * (1.0 / 16777216.0);
}

/** e to the power of an x from [-700, 0], within a relative error of 1e-11. */
function approximateExponential(x: f64): f64 {
  const whole = nearest<f64>(x * Math.LOG2E);
  const r = x - whole * Math.LN2;
  let sum: f64 = 1.0 / 362880.0;
  sum = sum * r + 1.0 / 40320.0;
  sum = sum * r + 1.0 / 5040.0;
  sum = sum * r + 1.0 / 720.0;
  sum = sum * r + 1.0 / 120.0;
  sum = sum * r + 1.0 / 24.0;
  sum = sum * r + 1.0 / 6.0;
  sum = sum * r + 0.5;
  sum = sum * r + 1.0;
  sum = sum * r + 1.0;
  return sum * reinterpret<f64>(((whole as i64) + 1023) << 52);
}

/** What the approximation may be off by, and roundings to float32, relative to the value. */
const slack64: f64 = 1e-9;
const slack32: f64 = 1e-6;

/** `count` float64s from [0, 1). */
export function uniforms(stream: usize, to: usize, count: usize): usize {
  const blockEnd = stream + block + blockBytes;
  const end = to + (count << 3);
  let word = nextWord(stream);
  for (; to < end && word < blockEnd; to += 8, word += 8) store<f64>(to, toDouble(load<u64>(word)));
  const pairs = (end - to) & ~15;
  if (pairs) {
    advance(stream, to, pairs >> 3, true);
    to += pairs;
  }
  if (to < end) {
    refill(stream);
    word = stream + block;
    store<f64>(to, toDouble(load<u64>(word)));
    word += 8;
  }
  leaveAtWord(stream, word);
  return count;
}

/** `count` float32s from [0, 1), of half a word each. */
export function uniforms32(stream: usize, to: usize, count: usize): usize {
  if (load<u32>(stream + isHalfHeld)) return 0;
  const blockEnd = stream + block + blockBytes;
  const end = to + (count << 2);
  const unit = f32x4.splat(1.0 / 16777216.0);
  let half = nextWord(stream);
  while (to < end) {
    if (half === blockEnd) {
      refill(stream);
      half = stream + block;
    }
    const stop = min(end, to + (blockEnd - half));
    for (; to + 16 <= stop; to += 16, half += 16) {
      const values = f32x4.convert_i32x4_s(i32x4.shr_u(v128.load(half), 8));
      v128.store(to, f32x4.mul(values, unit));
    }
    for (; to < stop; to += 4, half += 4) store<f32>(to, toFloat(load<u32>(half)));
  }
  leaveAtHalf(stream, half);
  return count;
}

/** `count` float64s of the standard normal distribution, by the ziggurat method. */
export function normals(stream: usize, layers: usize, to: usize, count: usize): usize {
  const blockEnd = stream + block + blockBytes;
  const start = to;
  const end = to + (count << 3);
  let word = nextWord(stream);
  while (to < end) {
    if (word === blockEnd) {
      refill(stream);
      word = stream + block;
    }
    let layer: usize = 0;
    let value: f64 = 0;
    const stop = min(end, to + (blockEnd - word));
    for (; to < stop; to += 8, word += 8) {
      const drawn = load<u64>(word);
      const place = (drawn >> 9) & 0xfffffffffffff;
      layer = ((drawn & 0xff) as usize) << 4;
      const distance = reinterpret<u64>((place as i64 as f64) * load<f64>(layers + layer));
      value = reinterpret<f64>(distance ^ ((drawn & 0x100) << 55));
      store<f64>(to, value);
      if (place >= load<u64>(layers + layer, 8)) break;
    }
    if (to === stop) continue;
    if (layer === 0 || word + 8 === blockEnd) break;
    const densities = layers + densities64 + (layer >> 1);
    const density = load<f64>(densities);
    const step = (load<f64>(densities - 8) - density) * toDouble(load<u64>(word, 8));
    const height = approximateExponential(-0.5 * value * value);
    const excess = step + density - height;
    if (abs(excess) <= height * slack64) break;
    word += 16;
    if (excess < 0) to += 8;
  }
  leaveAtWord(stream, word);
  return (to - start) >> 3;
}

/** `count` float32s of the standard normal distribution, by the ziggurat method. */
export function normals32(stream: usize, layers: usize, to: usize, count: usize): usize {
  if (load<u32>(stream + isHalfHeld)) return 0;
  const blockEnd = stream + block + blockBytes;
  const start = to;
  const end = to + (count << 2);
  let half = nextWord(stream);
  while (to < end) {
    if (half === blockEnd) {
      refill(stream);
      half = stream + block;
    }
    let layer: usize = 0;
    let value: f32 = 0;
    const stop = min(end, to + (blockEnd - half));
    for (; to < stop; to += 4, half += 4) {
      const drawn = load<u32>(half);
      const place = drawn >> 9;
      layer = ((drawn & 0xff) as usize) << 3;
      const distance = reinterpret<u32>((place as i32 as f32) * load<f32>(layers + layer));
      value = reinterpret<f32>(distance ^ ((drawn & 0x100) << 23));
      store<f32>(to, value);
      if (place >= load<u32>(layers + layer, 4)) break;
    }
    if (to === stop) continue;
    if (layer === 0 || half + 4 === blockEnd) break;
    const densities = layers + densities32 + (layer >> 1);
    const density = load<f32>(densities);
    const step = (load<f32>(densities - 4) - density) * toFloat(load<u32>(half, 4));
    const height = approximateExponential(-0.5 * (value as f64) * (value as f64));
    const excess = ((step + density) as f64) - height;
    if (abs(excess) <= height * slack32) break;
    half += 8;
    if (excess < 0) to += 4;
  }
  leaveAtHalf(stream, half);
  return (to - start) >> 2;
}

/** `count` float64s of the standard exponential distribution, by the ziggurat method. */
export function exponentials(stream: usize, layers: usize, to: usize, count: usize): usize {
  const blockEnd = stream + block + blockBytes;
  const start = to;
  const end = to + (count << 3);
  let word = nextWord(stream);
  while (to < end) {
    if (word === blockEnd) {
      refill(stream);
      word = stream + block;
    }
    let layer: usize = 0;
    let value: f64 = 0;
    const stop = min(end, to + (blockEnd - word));
    for (; to < stop; to += 8, word += 8) {
      const drawn = load<u64>(word);
      const place = drawn >> 11;
      layer = ((drawn & 0x7f8) as usize) << 1;
      value = (place as i64 as f64) * load<f64>(layers + layer);
      store<f64>(to, value);
      if (place >= load<u64>(layers + layer, 8)) break;
    }
    if (to === stop) continue;
    if (layer === 0 || word + 8 === blockEnd) break;
    const densities = layers + densities64 + (layer >> 1);
    const density = load<f64>(densities);
    const step = (load<f64>(densities - 8) - density) * toDouble(load<u64>(word, 8));
    const height = approximateExponential(-value);
    const excess = step + density - height;
    if (abs(excess) <= height * slack64) break;
    word += 16;
    if (excess < 0) to += 8;
  }
  leaveAtWord(stream, word);
  return (to - start) >> 3;
}

/** `count` float32s of the standard exponential distribution, by the ziggurat method. */
export function exponentials32(stream: usize, layers: usize, to: usize, count: usize): usize {
  if (load<u32>(stream + isHalfHeld)) return 0;
  const blockEnd = stream + block + blockBytes;
  const start = to;
  const end = to + (count << 2);
  let half = nextWord(stream);
  while (to < end) {
    if (half === blockEnd) {
      refill(stream);
      half = stream + block;
    }
    let layer: usize = 0;
    let value: f32 = 0;
    const stop = min(end, to + (blockEnd - half));
    for (; to < stop; to += 4, half += 4) {
      const drawn = load<u32>(half);
      const place = drawn >> 9;
      layer = ((drawn & 0x1fe) as usize) << 2;
      value = (place as i32 as f32) * load<f32>(layers + layer);
      store<f32>(to, value);
      if (place >= load<u32>(layers + layer, 4)) break;
    }
    if (to === stop) continue;
    if (layer === 0 || half + 4 === blockEnd) break;
    const densities = layers + densities32 + (layer >> 1);
    const density = load<f32>(densities);
    const step = (load<f32>(densities - 4) - density) * toFloat(load<u32>(half, 4));
    const height = approximateExponential(-value as f64);
    const excess = ((step + density) as f64) - height;
    if (abs(excess) <= height * slack32) break;
    half += 8;
    if (excess < 0) to += 4;
  }
  leaveAtHalf(stream, half);
  return (to - start) >> 2;
}

/**
 * `count` integers of `bytes` (4 or 8) from `low` to `low + maximum`, both included, by Lemire's
 * method on half words ("Fast Random Integer Generation in an Interval", 2019).
 */
export function lemireIntegers(
  stream: usize,
  low: i64,
  maximum: u32,
  to: usize,
  count: usize,
  bytes: usize,
): usize {
  if (load<u32>(stream + isHalfHeld)) return 0;
  const blockEnd = stream + block + blockBytes;
  const end = to + count * bytes;
  const range = (maximum as u64) + 1;
  const threshold = (u32.MAX_VALUE - maximum) % (maximum + 1);
  let half = nextWord(stream);
  while (to < end) {
    if (half === blockEnd) {
      refill(stream);
      half = stream + block;
    }
    const product = (load<u32>(half) as u64) * range;
    half += 4;
    if ((product as u32) < threshold) continue;
    const value = low + ((product >> 32) as i64);
    if (bytes === 8) store<i64>(to, value);
    else store<u32>(to, value as u32);
    to += bytes;
  }
  leaveAtHalf(stream, half);
  return count;
}

/** `x = offset + factor * x` over `count` float64s. */
export function scaleAndShift(x: usize, count: usize, offset: f64, factor: f64): void {
  const offsets = f64x2.splat(offset);
  const factors = f64x2.splat(factor);
  const whole = x + ((count & ~1) << 3);
  for (; x < whole; x += 16) {
    v128.store(x, f64x2.add(offsets, f64x2.mul(factors, v128.load(x))));
  }
  if (count & 1) store<f64>(x, offset + factor * load<f64>(x));
}
