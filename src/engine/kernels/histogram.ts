/**
 * @file Counts of float32 values in equal bins, per column, exactly as `numpy.histogram` counts
 * them. All addresses are of bytes.
 *
 * A value's bin is guessed by one multiplication. Where the guess lies within `margin` of an edge,
 * rounding could have put the value on the wrong side, and NumPy's own steps decide: a division,
 * and a look at the edges.
 */

/** Bytes of one channel's scale: first edge, factor, margin, least, greatest, width; float32. */
const scaleSize: usize = 24;

/**
 * Rows of columns; column `j` counts for channel `channelOf[j]`.
 *
 * @param guess Three float32 vectors of `width` elements over the columns: first edge, factor,
 *   margin.
 * @param channelOf One int32 for each column.
 * @param scales One scale for each channel.
 * @param edges `bins + 1` float32 edges for each channel.
 * @param counts `bins` uint32 counts for each channel, added to.
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
  scales: usize,
  edges: usize,
  counts: usize,
): void {
  const step = stride << 2;
  const length = columns << 2;
  const whole = length & ~15;
  const count = i32x4.splat(bins);
  const end = f32x4.splat(bins as f32);
  const one = f32x4.splat(1);
  const factors = guess + (width << 2);
  const margins = factors + (width << 2);
  for (let r: usize = 0; r < rows; r++) {
    for (let c: usize = 0; c < whole; c += 16) {
      const margin = v128.load(margins + c);
      const offset = f32x4.sub(v128.load(x + c), v128.load(guess + c));
      const position = f32x4.mul(offset, v128.load(factors + c));
      const bin = i32x4.trunc_sat_f32x4_s(position);
      const rest = f32x4.sub(position, f32x4.convert_i32x4_s(bin));
      const certain = v128.and(
        v128.and(f32x4.ge(rest, margin), f32x4.le(rest, f32x4.sub(one, margin))),
        f32x4.lt(position, end),
      );
      const channels = v128.load(channelOf + c);
      if (i32x4.all_true(certain)) {
        const places = i32x4.shl(i32x4.add(i32x4.mul(channels, count), bin), 2);
        countAt(counts + (i32x4.extract_lane(places, 0) as usize));
        countAt(counts + (i32x4.extract_lane(places, 1) as usize));
        countAt(counts + (i32x4.extract_lane(places, 2) as usize));
        countAt(counts + (i32x4.extract_lane(places, 3) as usize));
      } else {
        for (let i = c; i < c + 16; i += 4) {
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
): void {
  const width = inner << 2;
  const whole = width & ~15;
  const end = f32x4.splat(bins as f32);
  const one = f32x4.splat(1);
  for (let channel = from; channel < from + channels; channel++) {
    const scale = scales + channel * scaleSize;
    const first = v128.load32_splat(scale);
    const factor = v128.load32_splat(scale, 4);
    const margin = v128.load32_splat(scale, 8);
    const limit = f32x4.sub(one, margin);
    const own = counts + ((channel * (bins as usize)) << 2);
    let i: usize = 0;
    for (; i < whole; i += 16) {
      const position = f32x4.mul(f32x4.sub(v128.load(x + i), first), factor);
      const bin = i32x4.trunc_sat_f32x4_s(position);
      const rest = f32x4.sub(position, f32x4.convert_i32x4_s(bin));
      const certain = v128.and(
        v128.and(f32x4.ge(rest, margin), f32x4.le(rest, limit)),
        f32x4.lt(position, end),
      );
      if (i32x4.all_true(certain)) {
        countAt(own + ((i32x4.extract_lane(bin, 0) as usize) << 2));
        countAt(own + ((i32x4.extract_lane(bin, 1) as usize) << 2));
        countAt(own + ((i32x4.extract_lane(bin, 2) as usize) << 2));
        countAt(own + ((i32x4.extract_lane(bin, 3) as usize) << 2));
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
  if (!(value >= load<f32>(scale, 12) && value <= load<f32>(scale, 16))) return;
  const share = (value - load<f32>(scale)) / load<f32>(scale, 20);
  const position = share * (bins as f32);
  // Past the end on the last edge, or by overflow of the width.
  let bin = position < (bins as f32) ? (position as i32) : bins - 1;
  const edge = edges + ((channel * ((bins as usize) + 1) + (bin as usize)) << 2);
  if (value < load<f32>(edge)) bin--;
  else if (value >= load<f32>(edge, 4) && bin !== bins - 1) bin++;
  countAt(counts + ((channel * (bins as usize) + (bin as usize)) << 2));
}
