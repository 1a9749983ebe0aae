/**
 * @file Counts of float32 values in equal bins, per column, exactly as `numpy.histogram` counts
 * them. All addresses are of bytes.
 *
 * A value's bin is guessed by one multiplication. Where the guess is not well inside a bin,
 * rounding could have put the value on the wrong side of an edge, and NumPy's own steps decide: a
 * division, and a look at the edges.
 */

/** Bytes of one channel's scale: origin, factor, limit, first edge, least, greatest, width. */
const scaleSize: usize = 28;

/** Adding this to a small number rounds it to a whole one, which the sum's last bits are. */
const magic: f32 = 12582912;
const magicBits: i32 = 0x4b400000;

/**
 * Rows of columns; column `j` counts for channel `channelOf[j]`.
 *
 * @param guess Three float32 vectors of `width` elements over the columns: origin (the middle of the
 *   first bin), factor, and how far from a bin's middle a guess is certain, in bins.
 * @param channelOf One int32 for each column.
 * @param bases One uint32 for each column: room for this call.
 * @param scales One scale for each channel.
 * @param edges `bins + 1` float32 edges for each channel.
 * @param counts `bins` uint32 counts for each channel, added to.
 * @param bounded Whether values may lie beyond the edges.
 */
export function countRows(
  x: usize,
  rows: usize,
  stride: usize,
  columns: usize,
  width: usize,
  bins: i32,
  guess: usize,
  channelOf: usize,
  bases: usize,
  scales: usize,
  edges: usize,
  counts: usize,
  bounded: bool,
): void {
  const step = stride << 2;
  const length = columns << 2;
  const whole = length & ~31;
  const factors = guess + (width << 2);
  const limits = factors + (width << 2);
  for (let c: usize = 0; c < length; c += 4) {
    const first = load<i32>(channelOf + c) * bins - magicBits;
    store<i32>(bases + c, (counts as i32) + (first << 2));
  }
  for (let r: usize = 0; r < rows; r++) {
    for (let c: usize = 0; c < whole; c += 32) {
      const offset0 = f32x4.sub(v128.load(x + c), v128.load(guess + c));
      const offset1 = f32x4.sub(v128.load(x + c, 16), v128.load(guess + c, 16));
      const position0 = f32x4.mul(offset0, v128.load(factors + c));
      const position1 = f32x4.mul(offset1, v128.load(factors + c, 16));
      const bin0 = f32x4.add(position0, f32x4.splat(magic));
      const bin1 = f32x4.add(position1, f32x4.splat(magic));
      const certain0 = f32x4.le(distance(position0, bin0), v128.load(limits + c));
      const certain1 = f32x4.le(distance(position1, bin1), v128.load(limits + c, 16));
      let certain = v128.and(certain0, certain1);
      if (bounded) {
        certain = v128.and(certain, v128.and(isBin(bin0, bins), isBin(bin1, bins)));
      }
      if (i32x4.all_true(certain)) {
        countFour(i32x4.add(v128.load(bases + c), i32x4.shl(bin0, 2)));
        countFour(i32x4.add(v128.load(bases + c, 16), i32x4.shl(bin1, 2)));
      } else {
        for (let i = c; i < c + 32; i += 4) {
          const channel = load<i32>(channelOf + i) as usize;
          countExactly(load<f32>(x + i), bins, channel, scales, edges, counts);
        }
      }
    }
    for (let c = whole; c < length; c += 4) {
      const channel = load<i32>(channelOf + c) as usize;
      countExactly(load<f32>(x + c), bins, channel, scales, edges, counts);
    }
    x += step;
  }
}

/** Planes of `inner` elements, of the channels from `from` on. */
export function countPlanes(
  x: usize,
  channels: usize,
  inner: usize,
  from: usize,
  bins: i32,
  scales: usize,
  edges: usize,
  counts: usize,
  bounded: bool,
): void {
  const width = inner << 2;
  const whole = width & ~15;
  for (let channel = from; channel < from + channels; channel++) {
    const scale = scales + channel * scaleSize;
    const origin = v128.load32_splat(scale);
    const factor = v128.load32_splat(scale, 4);
    const limit = v128.load32_splat(scale, 8);
    const firstCount = (channel as i32) * bins - magicBits;
    const base = i32x4.splat((counts as i32) + (firstCount << 2));
    let i: usize = 0;
    for (; i < whole; i += 16) {
      const position = f32x4.mul(f32x4.sub(v128.load(x + i), origin), factor);
      const bin = f32x4.add(position, f32x4.splat(magic));
      let certain = f32x4.le(distance(position, bin), limit);
      if (bounded) certain = v128.and(certain, isBin(bin, bins));
      if (i32x4.all_true(certain)) {
        countFour(i32x4.add(base, i32x4.shl(bin, 2)));
      } else {
        for (let j = i; j < i + 16; j += 4) {
          countExactly(load<f32>(x + j), bins, channel, scales, edges, counts);
        }
      }
    }
    for (; i < width; i += 4) countExactly(load<f32>(x + i), bins, channel, scales, edges, counts);
    x += width;
  }
}

/** How far a guess is from the middle of its bin. */
function distance(position: v128, bin: v128): v128 {
  return f32x4.abs(f32x4.sub(position, f32x4.sub(bin, f32x4.splat(magic))));
}

/** Whether sums with the magic number are bins that there are. */
function isBin(sums: v128, bins: i32): v128 {
  return i32x4.lt_u(i32x4.sub(sums, i32x4.splat(magicBits)), i32x4.splat(bins));
}

function countFour(places: v128): void {
  const low = i64x2.extract_lane(places, 0);
  const high = i64x2.extract_lane(places, 1);
  countAt((low & 0xffffffff) as usize);
  countAt((low >>> 32) as usize);
  countAt((high & 0xffffffff) as usize);
  countAt((high >>> 32) as usize);
}

function countAt(place: usize): void {
  store<u32>(place, load<u32>(place) + 1);
}

/** NumPy's own steps, each rounded to float32 (numpy/lib/_histograms_impl.py). */
function countExactly(
  value: f32,
  bins: i32,
  channel: usize,
  scales: usize,
  edges: usize,
  counts: usize,
): void {
  const scale = scales + channel * scaleSize;
  if (!(value >= load<f32>(scale, 16) && value <= load<f32>(scale, 20))) return;
  const share = (value - load<f32>(scale, 12)) / load<f32>(scale, 24);
  const position = share * (bins as f32);
  // Past the end on the last edge, or by overflow of the width.
  let bin = position < (bins as f32) ? (position as i32) : bins - 1;
  const edge = edges + ((channel * ((bins as usize) + 1) + (bin as usize)) << 2);
  if (value < load<f32>(edge)) bin--;
  else if (value >= load<f32>(edge, 4) && bin !== bins - 1) bin++;
  countAt(counts + ((channel * (bins as usize) + (bin as usize)) << 2));
}
