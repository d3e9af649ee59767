// @ts-nocheck AssemblyScript
// Sums of marked clusters, added up again from their rows, in the order of a first step.
import { blockStart, leavesBlock, nextBlock } from "../shared/job.ts";
import * as f from "../generated/lloyd_structures.ts";
import { count } from "./labels.ts";
import { moveRow } from "./row_sums.ts";

/** Number of values that are added after which a thread looks whether it is to leave. */
const VALUES_AT_ONCE: i32 = 1 << 20;

/** Adds the rows of marked clusters to the sums of their partitions. A block is one partition. */
export function sumAgain(thread: i32, args: usize): void {
  f.loadSumAgain(args);
  const stretch = max(1, VALUES_AT_ONCE / f.d);
  for (let p = nextBlock(thread); p < f.partitions; p = nextBlock(thread)) {
    const first = p * f.partitionRows;
    const end = min(first + f.partitionRows, f.n);
    const begin = blockStart(thread, p, first);
    for (let start = begin; start < end; start += stretch) {
      // Not at its beginning: a thread that comes back is to do something.
      if (start > begin && leavesBlock(thread, p, start)) return;
      sumRowsAgain(p, start, min(start + stretch, end));
    }
  }
}

export function sumRowsAgain(partition: i32, start: i32, end: i32): void {
  const first = partition * f.places;
  const sums = f.partialSums + <usize> first * (<usize> f.d << 3);
  for (let i = start; i < end; i++) {
    const label = load<i32>(f.labels + (<usize> i << 2));
    if (!load<i32>(f.again + (<usize> label << 2))) continue;
    const weight: f64 = f.weights ? load<f64>(f.weights + (<usize> i << 3)) : 1;
    moveRow(i, -1, label, weight, sums);
    count(first + label, 0, weight);
  }
}
