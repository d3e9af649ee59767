import assert from "node:assert/strict";
import process from "node:process";
import { random } from "@mixtape/tensor-utils";
import { testSeed } from "@mixtape/tensor-utils/testing";

/** Rows without structure. Few of the numbers are drawn, as drawing takes longer than the work until the abort. */
export function matrix(
  n: number,
  d: number,
): { values: Float32Array; shape: readonly [number, number] } {
  const source = random(testSeed());
  const drawn = Float32Array.from({ length: 9973 }, () => source.normal());
  const values = new Float32Array(n * d);
  for (let at = 0; at < values.length; at++) values[at] = drawn[at * 31 % 9973] + at % 127 / 1000;
  return { values, shape: [n, d] };
}

/** Rows of which each seventh entry is missing. */
export function holed(n: number, d: number): ReturnType<typeof matrix> {
  const x = matrix(n, d);
  for (let at = 0; at < x.values.length; at += 7) x.values[at] = NaN;
  return x;
}

/** A class from 0 to 9 for each row. */
export function classes(n: number): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => i % 10);
}

/** Work that takes seconds unless its signal is aborted. */
export type Work = (signal: AbortSignal) => Promise<unknown>;

/** Works to be tried by name, each with what prepares it. */
export type Works = Readonly<Record<string, () => Work | Promise<Work>>>;

/** Milliseconds of the processor that this thread has had: other tests run in other threads of the program. */
function processorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Milliseconds of the processor. */
export interface AbortLimits {
  /** Work after which it is aborted; Infinity to let it finish. */
  readonly before: number;
  /** Most between two turns of the event loop, and until the end once it is aborted. */
  readonly longest: number;
}

/**
 * Aborts work in its midst: it has to let the event loop turn, or the abort would not come to be, and
 * to fail then with the reason of the signal. The copy of its data, which is made before the call
 * returns its promise, does not count.
 */
export async function assertEndsSoon(work: Work, { before, longest }: AbortLimits): Promise<void> {
  let best: Holds = { turn: Infinity, ending: Infinity };
  for (let attempt = 0; attempt < attempts; attempt++) {
    const { turn, ending } = await measure(work, before);
    best = { turn: Math.min(best.turn, turn), ending: Math.min(best.ending, ending) };
    if (best.turn < longest && best.ending < longest) return;
  }
  assert.ok(best.turn < longest, `${best.turn} ms between two turns`);
  assert.fail(`${best.ending} ms until it ended`);
}

/** Garbage of other tests is collected in one attempt or another; what the work itself holds is held in each. */
const attempts = 3;

/** Milliseconds of the processor for which the event loop was held. */
interface Holds {
  /** Most between two turns. */
  readonly turn: number;
  /** From the abort until the end; -Infinity without an abort. */
  readonly ending: number;
}

async function measure(work: Work, before: number): Promise<Holds> {
  const controller = new AbortController();
  const reason = new DOMException("enough", "AbortError");
  const ending = work(controller.signal);
  const start = processorTime();
  let [last, longest, aborted] = [start, 0, Infinity];
  const look = () => {
    const now = processorTime();
    longest = Math.max(longest, now - last);
    last = now;
    if (now - start < before || controller.signal.aborted) return;
    aborted = now;
    controller.abort(reason);
  };
  let turn = setImmediate(function onTurn() {
    look();
    turn = setImmediate(onTurn);
  });
  try {
    if (before === Infinity) await ending;
    else await assert.rejects(ending, (error) => error === reason);
  } finally {
    clearImmediate(turn);
  }
  look();
  assert.equal(controller.signal.aborted, before !== Infinity);
  return { turn: longest, ending: last - aborted };
}
