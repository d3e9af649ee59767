import type { SimdRuntime } from "../../runtime.ts";
import type { PackedAll } from "../../structure.ts";
import type { Work } from "../../turns.ts";
import { runJobInPieces } from "./run_job.ts";
import type { jobs } from "./structures.ts";

/** Number of rows in a block of the kernel. */
const BLOCK = 512;

/**
 * Gathers what bounds need of each row in its record.
 *
 * @param n Number of rows.
 * @param recordBytes Size of a record; nothing is done if it is 0.
 */
export function* packRecords(
  runtime: SimdRuntime,
  given: PackedAll<typeof jobs.packRecords>,
  n: number,
  recordBytes: number,
): Work<void> {
  if (recordBytes === 0) return;
  yield* runJobInPieces(runtime, "packRecords", given, Math.ceil(n / BLOCK), n * recordBytes / 4);
}
