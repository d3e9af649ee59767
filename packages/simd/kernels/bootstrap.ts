// @ts-nocheck AssemblyScript
// Resamples of rows of two kinds, in-distribution and OOD, that are ranked by their scores: each is drawn from
// streams of its own, xoroshiro128+, and measured by one walk along its curve. Vectors hold the numbers of both
// kinds.
import { argument, nextBlock } from "./shared/job.ts";

/** Share of the rows of one kind that the threshold for those of the other is found by. */
const RATE: f64 = 0.95;

/**
 * Draws and measures one resample per block. Arguments: idAccepted, oodAccepted (32-bit integers), number of
 * thresholds, number of rows of each kind, streams (8 words per resample), out (6 × resamples float64), resamples,
 * scratch (a 32-bit integer per row and two more), its bytes per thread.
 */
export function resample(thread: i32, args: usize): void {
  const idCount = argument<u32>(args, 3);
  const oodCount = argument<u32>(args, 4);
  const resamples = argument<i32>(args, 7);
  const id = argument<usize>(args, 8) + <usize> thread * argument<usize>(args, 9);
  const ood = id + (<usize> idCount + 1 << 2);
  for (let block = nextBlock(thread); block < resamples; block = nextBlock(thread)) {
    const streams = argument<usize>(args, 5) + (<usize> block << 5);
    memory.fill(id, 0, <usize> idCount + <usize> oodCount + 2 << 2);
    draw(streams, id, idCount, ood, oodCount);
    addUp(id, idCount);
    addUp(ood, oodCount);
    const out = argument<usize>(args, 6) + (<usize> block << 3);
    measure(args, id, ood, out, <usize> resamples << 3);
    measureRates(args, id, ood, out, <usize> resamples << 3);
  }
}

/** Counts how often each row is drawn, behind the number at the beginning of its kind. */
export function draw(streams: usize, id: usize, idCount: u32, ood: usize, oodCount: u32): void {
  let a0 = word(streams), a1 = word(streams + 8);
  let b0 = word(streams + 16), b1 = word(streams + 24);
  const idLast = lastOf(idCount), oodLast = lastOf(oodCount);
  let idLeft = idCount, oodLeft = oodCount;
  // Both kinds at once, since a number of a stream waits for the one before.
  while (idLeft > 0 && oodLeft > 0) {
    const a = next(a0, a1), b = next(b0, b1);
    const aMixed = a0 ^ a1, bMixed = b0 ^ b1;
    a0 = first(a0, aMixed), a1 = second(aMixed);
    b0 = first(b0, bMixed), b1 = second(bMixed);
    idLeft -= count(a, idLast, idCount, id);
    oodLeft -= count(b, oodLast, oodCount, ood);
  }
  while (idLeft > 0) {
    const a = next(a0, a1), aMixed = a0 ^ a1;
    a0 = first(a0, aMixed), a1 = second(aMixed);
    idLeft -= count(a, idLast, idCount, id);
  }
  while (oodLeft > 0) {
    const b = next(b0, b1), bMixed = b0 ^ b1;
    b0 = first(b0, bMixed), b1 = second(bMixed);
    oodLeft -= count(b, oodLast, oodCount, ood);
  }
}

/** A 64-bit number whose upper half comes first. */
function word(at: usize): u64 {
  return <u64> load<u32>(at) << 32 | <u64> load<u32>(at + 4);
}

/** The last word that all rows are equally often the remainder of, up to it. */
function lastOf(count: u32): u32 {
  return <u32> (0xffffffff - (<u64> 1 << 32) % <u64> count);
}

// @ts-ignore: decorator
@inline
function next(s0: u64, s1: u64): u32 {
  return <u32> (s0 + s1) ^ 0x80000000;
}

// @ts-ignore: decorator
@inline
function first(s0: u64, mixed: u64): u64 {
  return rotl<u64>(s0, 24) ^ mixed ^ mixed << 16;
}

// @ts-ignore: decorator
@inline
function second(mixed: u64): u64 {
  return rotl<u64>(mixed, 37);
}

/** Counts the row of a word; returns 0 if that was none, otherwise 1. */
// @ts-ignore: decorator
@inline
function count(value: u32, last: u32, rows: u32, counts: usize): u32 {
  if (value > last) return 0;
  const at = counts + (<usize> (value % rows) << 2) + 4;
  store<u32>(at, load<u32>(at) + 1);
  return 1;
}

/** Makes numbers of rows those of the rows up to each. */
export function addUp(counts: usize, rows: u32): void {
  let sum: u32 = 0;
  const end = counts + (<usize> rows << 2);
  while (counts < end) {
    counts += 4;
    sum += load<u32>(counts);
    store<u32>(counts, sum);
  }
}

/** Numbers of rows of both kinds that are drawn of those with at least the score of a threshold. */
// @ts-ignore: decorator
@inline
function acceptedAt(idAccepted: usize, oodAccepted: usize, id: usize, ood: usize): v128 {
  const both = v128.load32_zero(id + (<usize> load<u32>(idAccepted) << 2));
  return f64x2.convert_low_i32x4_u(
    v128.load_lane<u32>(ood + (<usize> load<u32>(oodAccepted) << 2), both, 1),
  );
}

// @ts-ignore: decorator
@inline
function exchanged(both: v128): v128 {
  return v128.shuffle<f64>(both, both, 1, 0);
}

/** Writes what a walk along the curve gives. */
export function measure(args: usize, id: usize, ood: usize, out: usize, stride: usize): void {
  let idAccepted = argument<usize>(args, 0);
  let oodAccepted = argument<usize>(args, 1);
  const idCount = argument<f64>(args, 3), oodCount = argument<f64>(args, 4);
  const counts = f64x2(idCount, oodCount), one = f64x2.splat(1);
  let above = f64x2.splat(0), twiceWon = above, precisions = above;
  let lowest = f64x2.splat(idCount * oodCount);
  for (let left = argument<i32>(args, 2); left > 0; left--, idAccepted += 4, oodAccepted += 4) {
    const accepted = acceptedAt(idAccepted, oodAccepted, id, ood);
    const here = f64x2.sub(accepted, above);
    const rejected = f64x2.sub(counts, above);
    twiceWon = f64x2.add(twiceWon, f64x2.mul(exchanged(here), f64x2.add(above, accepted)));
    const positive = v128.shuffle<f64>(accepted, rejected, 0, 3);
    const others = v128.shuffle<f64>(accepted, rejected, 1, 2);
    const precision = f64x2.div(positive, f64x2.pmax(one, f64x2.add(positive, others)));
    precisions = f64x2.add(precisions, f64x2.mul(here, precision));
    const wrong = v128.shuffle<f64>(f64x2.sub(counts, accepted), accepted, 0, 3);
    const errors = f64x2.mul(wrong, exchanged(counts));
    lowest = f64x2.pmin(lowest, f64x2.add(errors, exchanged(errors)));
    above = accepted;
  }
  const pairs = 2 * idCount * oodCount;
  store<f64>(out, f64x2.extract_lane(twiceWon, 0) / pairs);
  store<f64>(out + stride, f64x2.extract_lane(precisions, 0) / idCount);
  store<f64>(out + 2 * stride, f64x2.extract_lane(precisions, 1) / oodCount);
  store<f64>(out + 5 * stride, f64x2.extract_lane(lowest, 0) / pairs);
}

/** Writes the share of OOD rows accepted where 95% of the others are, and of these rejected where 95% of OOD rows are. */
export function measureRates(args: usize, id: usize, ood: usize, out: usize, stride: usize): void {
  const idAccepted = argument<usize>(args, 0);
  const oodAccepted = argument<usize>(args, 1);
  const last = argument<i32>(args, 2) - 1;
  const idCount = argument<f64>(args, 3), oodCount = argument<f64>(args, 4);
  let low = 0, high = last;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (drawn(id, idAccepted, middle) / idCount >= RATE) high = middle;
    else low = middle + 1;
  }
  store<f64>(out + 3 * stride, drawn(ood, oodAccepted, low) / oodCount);
  low = 0, high = last;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((oodCount - drawn(ood, oodAccepted, middle)) / oodCount < RATE) high = middle;
    else low = middle + 1;
  }
  const above = low > 0 ? drawn(id, idAccepted, low - 1) : 0;
  store<f64>(out + 4 * stride, (idCount - above) / idCount);
}

// @ts-ignore: decorator
@inline
function drawn(counts: usize, accepted: usize, threshold: i32): f64 {
  return <f64> load<u32>(counts + (<usize> load<u32>(accepted + (<usize> threshold << 2)) << 2));
}
