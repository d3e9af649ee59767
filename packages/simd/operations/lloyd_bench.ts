// k-means on two threads: a first step, the steps after it (whose bounds skip distances), candidates of k-means++,
// and labels of all rows, on dense numbers and on bytes that are mostly zeros.
import {
  type HostMatrix,
  type LloydSession,
  nearest,
  openLloyd,
  openPlusPlus,
} from "@mixtape/tensor-utils";
import { meansOf, source } from "@mixtape/tensor-utils/testing";
import * as tf from "@tensorflow/tfjs-core";
import { registerSimdBackend } from "../register.ts";

const [n, d, groups] = [10_000, 196, 40];
/** Steps after the first. */
const MORE = 10;

/** Rows about centres; a fifth of the coordinates of a centre are not zero if they are bytes. */
function dataOf(kind: "dense" | "sparse bytes"): HostMatrix {
  const next = source(1);
  const bytes = kind === "sparse bytes";
  const centres = Float64Array.from(
    { length: groups * d },
    () => bytes && next() > 0.2 ? 0 : 255 * next(),
  );
  const values = Float32Array.from({ length: n * d }, (_, at) => {
    const centre = centres[Math.floor(at / d) * 31 % groups * d + at % d];
    const noise = 100 * (next() + next() + next() - 1.5);
    return bytes && centre === 0 ? 0 : centre + noise;
  });
  return { values: bytes ? new Uint8Array(Uint8ClampedArray.from(values)) : values, shape: [n, d] };
}

async function centroidsFrom(session: LloydSession, start: Float64Array): Promise<Float64Array[]> {
  const path = [start];
  session.reset();
  for (let i = 0; i < MORE; i++) {
    const { sums, counts } = await session.step(path[i]);
    path.push(meansOf(sums, counts, path[i]));
  }
  return path;
}

registerSimdBackend({ threads: 2 });
await tf.setBackend("simd");

for (const kind of ["dense", "sparse bytes"] as const) {
  const x = dataOf(kind);
  const session = openLloyd(x);
  const candidates = openPlusPlus(x);
  const closest = new Float64Array(n).fill(Infinity);
  await candidates.accept(0, closest);

  for (const k of [10, 64]) {
    const size = `${n} × ${d} ${kind}, k = ${k}`;
    const first = Float64Array.from(x.values.subarray(0, k * d));
    const [start, ...path] = await centroidsFrom(session, first);

    Deno.bench(`first step, ${size}`, { group: "first step" }, async (b) => {
      session.reset();
      b.start();
      await session.step(start);
      b.end();
    });

    Deno.bench(`${MORE} steps after it, ${size}`, { group: "steps after it" }, async (b) => {
      session.reset();
      await session.step(start);
      b.start();
      for (const centroids of path) await session.step(centroids);
      b.end();
    });

    // As many as greedy k-means++ tries at once.
    const rows = Uint32Array.from({ length: 2 + Math.floor(Math.log(k)) }, (_, i) => 997 * (i + 1));
    Deno.bench(`${rows.length} candidates, ${size}`, { group: "candidates" }, async () => {
      await candidates.candidates(rows, closest);
    });

    Deno.bench(`nearest, ${size}`, { group: "nearest" }, async () => {
      await nearest(x, start, k);
    });
  }
}
