// @ts-nocheck AssemblyScript
// Reads a word of each cache line that is needed soon. Undecided rows are scattered, so they are not in
// the cache; requested together, with nothing waiting for the answers, their lines arrive many at a
// time instead of one by one.
import * as f from "../generated/lloyd_structures.ts";
import { recordOf } from "./records.ts";

/** Longer rows, in bytes, are prefetched well enough by the processor itself. */
const LONG: i32 = 2048;

/**
 * Address that the last value read is written to: engines leave out reads that nothing depends on.
 */
let sink: usize = 0;

/** Sets the address, 4 bytes of scratch. */
export function setSink(address: usize): void {
  sink = address;
}

export function touchRecords(list: usize, count: i32): void {
  let any: i32 = 0;
  for (let q = 0; q < count; q++) {
    const record = recordOf(load<i32>(list + (<usize> q << 2)));
    for (let at: usize = 0; at < <usize> f.recordBytes; at += 64) any |= load<i32>(record + at);
  }
  store<i32>(sink, any);
}

export function touchData(list: usize, count: i32): void {
  if (!f.dense) return touchSparse(list, count);
  const bytes = f.d << 2;
  if (bytes > LONG) return;
  let any: i32 = 0;
  for (let q = 0; q < count; q++) {
    const row = f.dense + <usize> load<i32>(list + (<usize> q << 2)) * <usize> bytes;
    for (let at: usize = 0; at < <usize> bytes; at += 64) any |= load<i32>(row + at);
    any |= load<i32>(row + <usize> bytes - 4);
  }
  store<i32>(sink, any);
}

/** Touches what is known of the lengths of dense rows. */
export function touchLengths(list: usize, count: i32): void {
  let any: i32 = 0;
  for (let q = 0; q < count; q++) {
    const at = <usize> load<i32>(list + (<usize> q << 2)) << 2;
    any |= load<i32>(f.squares + at) | load<i32>(f.radii + at);
  }
  store<i32>(sink, any);
}

export function touchSparse(list: usize, count: i32): void {
  let any: i32 = 0;
  for (let q = 0; q < count; q++) {
    const i = <usize> load<i32>(list + (<usize> q << 2)) << 2;
    const row = <usize> load<u32>(f.rowAddresses + i);
    const bytes = load<i32>(f.rowLengths + i) * (2 + (1 << f.valueShift));
    for (let at = 0; at < bytes; at += 64) any |= load<u8>(row + <usize> at);
  }
  store<i32>(sink, any);
}
