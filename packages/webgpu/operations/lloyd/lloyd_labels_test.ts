import assert from "node:assert/strict";
import type { LloydBatch } from "./lloyd_batch.ts";
import type { LloydBuffers } from "./lloyd_buffers.ts";
import { LloydLabels } from "./lloyd_labels.ts";

/** A batch of one step, of which the host read all labels, or those that changed. */
function batchOf(
  { moves, all, changed }: { moves: number; all?: number[]; changed?: Map<number, number> },
): LloydBatch {
  const batch: Partial<LloydBatch> = {
    taken: 1,
    moves: () => moves,
    labels: () => all && Int32Array.from(all),
    watched: () => 0,
    change: (_step, labels) => {
      changed?.forEach((label, row) => labels[row] = label);
      return changed !== undefined;
    },
  };
  return batch as LloydBatch;
}

Deno.test("LloydLabels goes on from the labels of the device where the host had corrected them", async () => {
  const labels = new LloydLabels(3, true);
  const buffers = {} as LloydBuffers;
  const open = { row: 1, before: -1, now: 0, label: 1 };
  const first = batchOf({ moves: 3, all: [0, 0, 1] });
  const step = { buffers, step: 0, decided: [open], corrected: [open] };
  assert.equal(await labels.take({ ...step, batch: first }), 3);
  assert.deepEqual([...await labels.get()], [0, 1, 1]);
  // On the device row 1 stays in cluster 0; for the host it comes back.
  const second = batchOf({ moves: 1, changed: new Map([[0, 1]]) });
  assert.equal(await labels.take({ ...step, decided: [], corrected: [], batch: second }), 2);
  assert.deepEqual([...await labels.get()], [1, 0, 1]);
});

Deno.test("LloydLabels compares with labels that the host found where the device goes on from others", async () => {
  const labels = new LloydLabels(3, false);
  assert.equal(labels.set(Int32Array.of(1, 1, 0)), 3);
  const batch = batchOf({ moves: 0, all: [1, 0, 0] });
  const step = { buffers: {} as LloydBuffers, step: 0, decided: [], corrected: [], batch };
  assert.equal(await labels.take(step), 1);
  labels.reset();
  assert.equal(await labels.take(step), 3);
});
