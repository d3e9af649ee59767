import assert from "node:assert/strict";
import { runJob } from "./operations/lloyd/run_job.ts";
import { precision, workspace } from "./operations/lloyd/structures.ts";
import { pack } from "./structure.ts";

Deno.test("pack() puts values in the order of the fields", () => {
  const fields = { rows: "i32", address: "usize", scale: "f64" } as const;
  assert.deepEqual(pack(fields, { scale: 0.5, rows: 3, address: 64 }), [3, 64, 0.5]);
});

/** Never called: what must not compile. */
export function refused(runtime: Parameters<typeof runJob>[0]): void {
  // @ts-expect-error a field is missing
  pack(workspace, { scratch: 1 });
  // @ts-expect-error a field is misspelt
  pack(workspace, { scratch: 1, scratchByte: 2 });
  const scratch = pack(workspace, { scratch: 1, scratchBytes: 2 });
  const errors = pack(precision, { sharpness: 1, offset: 2, quantisation: 3 });
  // @ts-expect-error structures are in another order
  runJob(runtime, "lowerClosest", [scratch, errors, scratch], 1);
}
