// Works on while workers are lost, again and again, and counts how it ended; runs in Deno, Node and browsers.
import { registerSimdBackend } from "@mixtape/simd";
import * as tf from "@tensorflow/tfjs-core";
import { SimdBackend } from "../backend.ts";
import { READY } from "../pool/control_block.ts";
import { WorkerLostError } from "../pool/worker_lost_error.ts";
import { SimdRuntime } from "../runtime.ts";
import { endWorker, type Loss, recordWorkers } from "./lost_workers.ts";
import { training, type Use, uses } from "./uses.ts";

/** Counts of the ways in which work ended. */
export interface Tally {
  /** Bit for bit as without a loss. */
  right: number;
  /** By a WorkerLostError. */
  lost: number;
  /** With other numbers. */
  wrong: string[];
  /** By another error. */
  raw: string[];
  /** Workers started. */
  workers: number;
}

/** Threads of the pool that loses workers. */
const THREADS = 2;
/** 200 ms: less than a late worker is late. */
const PATIENCE = 2;

/** Works for some rounds, in each of which workers are lost, at another step each time. */
export async function workThroughLosses(loss: Loss, rounds: number): Promise<Tally> {
  const workers = recordWorkers(loss);
  const tally: Tally = { right: 0, lost: 0, wrong: [], raw: [], workers: 0 };
  const backend = await useImpatientBackend();
  const injure = async () => {
    await whenReady(backend);
    const worker = workers[workers.length - 1];
    if (loss === "ended between jobs") await endWorker(worker);
    if (loss === "ended as a job begins") worker.terminate();
  };
  const attempt = async (name: string, step: () => unknown, expected: unknown) => {
    try {
      const result = await step();
      if (same(result, expected)) tally.right++;
      else tally.wrong.push(name);
    } catch (error) {
      if (error instanceof WorkerLostError) tally.lost++;
      else tally.raw.push(`${name}: ${error}`);
    }
  };
  const all = [...uses, training()];
  const expected = all.map(resultsOnOneThread);
  const tensors = untilNoneIsLost(keptTensors);
  for (let round = 0; round < rounds; round++) {
    for (const [at, use] of all.entries()) {
      await attempt(`${use.operation}, opened`, () => {
        use.open(backend.runtime)[Symbol.dispose]();
      }, undefined);
      const session = untilNoneIsLost(() => use.open(backend.runtime));
      for (const [i, step] of use.steps.entries()) {
        if (i === round % use.steps.length) await injure();
        await attempt(`${use.operation}, step ${i}`, () => step(session), expected[at][i]);
      }
      await attempt(`${use.operation}, disposed of`, () => session[Symbol.dispose](), undefined);
      // What the runtime has to say of workers.
      await new Promise((go) => setTimeout(go));
    }
    await injure();
    for (const { name, compute, values } of tensors) await attempt(name, compute, values);
  }
  tally.workers = workers.length;
  return tally;
}

/** A `simd` backend that gives up late workers soon. */
async function useImpatientBackend(): Promise<SimdBackend> {
  registerSimdBackend({ threads: THREADS });
  tf.removeBackend("simd");
  const waiting = { patience: PATIENCE };
  const options = { threads: THREADS, shared: true, relaxed: false, waiting, worthWaking: 0 };
  tf.registerBackend("simd", () => new SimdBackend(new SimdRuntime(options)));
  await tf.setBackend("simd");
  return tf.backend() as SimdBackend;
}

/** All workers have started, if any was asked to; else their end means that they cannot be. */
async function whenReady(backend: SimdBackend): Promise<void> {
  untilNoneIsLost(() => tf.tidy(() => void tf.matMul(tf.ones([300, 200]), tf.ones([200, 100]))));
  const { memory } = backend.runtime;
  const end = performance.now() + 10_000;
  const ready = () => memory.int32(0, READY + THREADS).subarray(READY + 1).every(Boolean);
  while (!ready() && performance.now() < end) await new Promise((go) => setTimeout(go, 1));
}

function untilNoneIsLost<T>(work: () => T): T {
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof WorkerLostError)) throw error;
    }
  }
}

function resultsOnOneThread(use: Use): unknown[] {
  const session = use.open(new SimdRuntime({ threads: 1, shared: true, relaxed: false }));
  const results = use.steps.map((step) => step(session));
  session[Symbol.dispose]();
  return results;
}

/** Tensors that outlive losses, and what is computed from them. */
function keptTensors() {
  const wave = (phase: number) =>
    tf.tensor2d(Float32Array.from({ length: 90_000 }, (_, i) => Math.sin(i + phase)), [300, 300]);
  const [a, b] = [wave(0), wave(1)];
  const product = tf.matMul(a, b);
  const computations: Readonly<Record<string, () => tf.Tensor>> = {
    "a product": () => tf.matMul(a, b),
    "a tensor that was given": () => a.clone(),
    "a tensor that was computed": () => product.clone(),
    "a sum of tensors": () => tf.sum(tf.add(product, a), 0),
    "a kernel of the CPU backend": () => tf.reverse(product, 0),
  };
  return Object.entries(computations).map(([name, compute]) => {
    const read = () => tf.tidy(() => compute().dataSync());
    return { name, compute: read, values: read() };
  });
}

function same(actual: unknown, expected: unknown): boolean {
  if (typeof expected !== "object" || expected === null) return Object.is(actual, expected);
  return Object.entries(expected).every(([key, value]) =>
    same((actual as Record<string, unknown>)?.[key], value)
  );
}
