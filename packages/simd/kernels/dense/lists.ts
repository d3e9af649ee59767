// @ts-nocheck AssemblyScript
// deno-fmt-ignore-file: the formatter drops the decorators
import { BYTES_SLOT, FLOATS_SLOT } from "../generated/dense_tiles.ts";
import {
  BATCH_ENTRIES, BATCH_ENTRIES_BYTES, BATCH_SPLITS, BATCH_SPLITS_BYTES, COLUMN_BLOCK_COUNT, ENTRIES, ENTRY_BYTES, field, ROWS, SPLITS, STARTS,
} from "./plan.ts";


/** Copies the entries of row `i` of the batch, and the starts of its blocks of columns. */
export function fetchRow(plan: usize, i: i32): void {
  const entryBytes = field(plan, ENTRY_BYTES);
  const blocks = field(plan, COLUMN_BLOCK_COUNT);
  const row = <usize> load<u32>(field(plan, ROWS) + (<usize> i << 2));
  const starts = field(plan, STARTS) + (row << 2);
  const start = <usize> load<u32>(starts);
  const bytes = (<usize> load<u32>(starts, 4) - start) * entryBytes;
  memory.copy(field(plan, BATCH_ENTRIES) + <usize> i * field(plan, BATCH_ENTRIES_BYTES), field(plan, ENTRIES) + start * entryBytes, bytes);
  const apart = field(plan, BATCH_SPLITS_BYTES);
  let to = field(plan, BATCH_SPLITS) + (<usize> i << 2);
  let from = field(plan, SPLITS) + row * (blocks - 1) * 4;
  store<u32>(to, 0);
  for (let block: usize = 1; block < blocks; block++) {
    to += apart;
    store<u32>(to, <u32> (load<u32>(from) * entryBytes));
    from += 4;
  }
  store<u32>(to + apart, <u32> bytes);
}

/**
 * Sorts a block's entries by pair of columns: each pair's list has the rows with an entry there,
 * and its values.
 */
export function listColumns(plan: usize, block: i32, rows: i32, ends: usize): void {
  const apart = field(plan, BATCH_ENTRIES_BYTES);
  const pitch = field(plan, BATCH_SPLITS_BYTES);
  const bytes = field(plan, ENTRY_BYTES) == 4;
  let entries = field(plan, BATCH_ENTRIES);
  let split = field(plan, BATCH_SPLITS) + <usize> block * pitch;
  for (let i = 0; i < rows; i++) {
    const from = entries + load<u32>(split);
    const to = entries + load<u32>(split + pitch);
    if (bytes) listBytes(from, to, i, ends);
    else listFloats(from, to, i, ends);
    entries += apart;
    split += 4;
  }
}

/**
 * Adds a row to the lists, without a branch: the second entry of a pair takes the slot of the first
 * one.
 */
export function listBytes(entry: usize, end: usize, row: u32, ends: usize): void {
  let before: u32 = u32.MAX_VALUE;
  let slot: u64 = 0;
  for (; entry < end; entry += 4) {
    const e = load<u32>(entry);
    const pair = e >>> 9;
    const same = pair == before;
    const at = ends + (pair << 2);
    const list = load<u32>(at) - (same ? <u32> BYTES_SLOT : 0);
    slot = (same ? slot : <u64> row) | <u64> (e & 255) << (32 + (e >>> 5 & 8));
    store<u64>(list, slot);
    store<u32>(at, list + <u32> BYTES_SLOT);
    before = pair;
  }
}

export function listFloats(entry: usize, end: usize, row: u32, ends: usize): void {
  let before: u32 = u32.MAX_VALUE;
  let values: u64 = 0;
  for (; entry < end; entry += 8) {
    const column = load<u32>(entry);
    const pair = column >>> 1;
    const same = pair == before;
    const at = ends + (pair << 2);
    const list = load<u32>(at) - (same ? <u32> FLOATS_SLOT : 0);
    values = (same ? values : 0) | <u64> load<u32>(entry, 4) << ((column & 1) << 5);
    store<u32>(list, row);
    store<u64>(list, values, 8);
    store<u32>(at, list + <u32> FLOATS_SLOT);
    before = pair;
  }
}
