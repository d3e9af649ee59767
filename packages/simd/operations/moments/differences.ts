import type { HostMatrix } from "@mixtape/operations";
import type { Regions } from "../../memory/regions.ts";
import { moments } from "../../module/moments.ts";
import type { SimdRuntime } from "../../runtime.ts";
import { rowsInMemory } from "../rows_in_memory.ts";
import { rowsOfBlock } from "../rows_of_block.ts";

/** Bytes of a difference, by the kernel that writes it: as float64, or as a whole number. */
const BYTES = { centre: 8, toWhole: 2, toBytes: 1 } as const;

/** Returns the number of bytes of a difference. */
export function bytesOf(kernel: keyof typeof BYTES): number {
  return BYTES[kernel];
}

/** Rows less a number per column, some at a time. */
export interface Differences {
  /** Address of the differences. */
  readonly address: number;
  /** Subtracts from `count` rows from `start` on. */
  readonly write: (start: number, count: number) => void;
}

/**
 * Opens rows that a number per column is subtracted from.
 *
 * @param x The rows, which do not change.
 * @param less The numbers that are subtracted.
 * @param most Largest number of rows at a time.
 * @param kernel The kernel that subtracts.
 */
export function openDifferences(
  runtime: SimdRuntime,
  regions: Regions,
  x: HostMatrix,
  { less, most, kernel }: {
    readonly less: Float64Array;
    readonly most: number;
    readonly kernel: keyof typeof BYTES;
  },
): Differences {
  const [, d] = x.shape;
  const { kind, at } = rowsInMemory(regions, x, most);
  const given = regions.place(less);
  const address = regions.allocate(BYTES[kernel] * most * d);
  const blockRows = rowsOfBlock(d);
  const write = (start: number, count: number) => {
    const args = [at(start, start + count), kind, count, d, given, blockRows, address];
    const blocks = Math.ceil(count / blockRows);
    runtime.run(moments, kernel, args, blocks, { multiplyAdds: count * d });
  };
  return { address, write };
}
