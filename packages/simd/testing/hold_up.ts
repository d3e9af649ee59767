import { testRounds } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import type { Loss } from "./lost_workers.ts";
import type { Tally } from "./work_through_losses.ts";

/** Number of rounds of work in a program. */
export const rounds: number = testRounds(2);

/** Number of programs in which a worker must be missed once. */
const attempts = 5;

/** By kind of loss, the runtimes that are sure to notice it: others may end a worker that nobody misses. */
const noticed: Readonly<Record<Loss, readonly string[]>> = {
  "ended between jobs": ["Deno", "Node", "a browser"],
  "ended as a job begins": ["Deno", "Node"],
  "gone in a job": ["Deno", "Node", "a browser"],
  "late for a job": ["Deno", "Node", "a browser"],
  "late to leave a job": ["Deno", "Node", "a browser"],
};

/** All kinds of loss. */
export const losses = Object.keys(noticed) as readonly Loss[];

/** Runs a program until it has lost a worker: on a busy machine, one that is late may not be missed at first. */
export async function assertHeldUp(
  loss: Loss,
  runtime: string,
  work: () => Promise<Tally | string>,
): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const tally = await work();
    if (typeof tally === "string") assert.fail(tally);
    const { right, lost, wrong, raw } = tally;
    assert.deepEqual({ wrong, raw }, { wrong: [], raw: [] });
    assert.ok(right > 0);
    if (lost > 0 || !noticed[loss].includes(runtime)) return;
  }
  assert.fail("no worker was lost");
}
