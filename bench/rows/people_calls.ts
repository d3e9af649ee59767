import { random } from "@mixtape/tensor-utils";
import type { Row } from "../core/row.ts";
import type { Inputs } from "../inputs.ts";
import { readArray } from "../peers/read_array.ts";
import { firstRows } from "./first_rows.ts";
import { ourEntries } from "./our_entries.ts";
import { startOf } from "./network.ts";

/** A call that scikit-learn has, too, on the same files. */
interface Call {
  readonly id: string;
  readonly title: string;
  readonly work: string;
  readonly atLeast: number;
  readonly inputs: (
    inputs: Inputs,
  ) => Promise<{ readonly size: string; readonly [name: string]: unknown }>;
  /** Number that both sides report, and its tolerance. */
  readonly quality: { readonly name: string; readonly tolerance: number };
  readonly remark?: string;
  /** The profile, and the bound in the way. */
  readonly bound?: string;
}

const calls: readonly Call[] = [
  {
    ...{ id: "people-missing", title: "k-means with missing entries, filled with means" },
    ...{ work: "k-means-missing", atLeast: 2, inputs: withHoles },
    quality: { name: "inertia", tolerance: 1e-6 },
    bound:
      "On two threads, a tenth of the caller's time is JavaScript that fills missing entries, another copies data and " +
      "marks of missing entries, on the caller alone. Most of the rest are kernels of short iterations, and waits " +
      "between them.",
  },
  {
    ...{ id: "people-components", title: "PCA, 50 components" },
    ...{ work: "components", atLeast: 2, inputs: pixels },
    quality: { name: "variance of the components", tolerance: 1e-3 },
    remark: "randomized, as its default is",
    bound:
      "A third of the kernels' time are products of bytes, exact, 16 multiply-adds per instruction, of which a core " +
      "does two per cycle; a third those of the rows with the directions in float64, at the bound of 128-bit vectors, " +
      "where the other side multiplies 512 bits in float32. The copy, a twentieth, is work of one thread, as is a " +
      "fifth of the decomposition, which takes another twentieth.",
  },
  {
    ...{ id: "people-mlp-predict", title: "MLP prediction, 64-100-100-10" },
    ...{ work: "mlp-predict", atLeast: 2, inputs: network },
    quality: { name: "sum of the classes", tolerance: 1e-5 },
    bound:
      "80% of the kernels' time are products in tiles of five packed rows and eight columns, at the bound of 128-bit " +
      "vectors where no other machine uses the core, 5% pack rows; 100 units are 13 panels, of which the last is half " +
      "empty. Kernels on one thread then take 0.93 s, of which their multiply-adds need 0.85; fewer looks for zeros gained " +
      "nothing. The caller alone copies the rows, 60 ms. " +
      "Products of the other side are of 512 bits where the processor has them.",
  },
  {
    ...{ id: "people-bootstraps", title: "Bootstrap of all measures of separation" },
    ...{ work: "bootstraps", atLeast: 2, inputs: scores },
    quality: { name: "standard error of the AUROC", tolerance: 0.2 },
    remark: "of the AUROC alone",
    bound:
      "95% of the processor time is the kernel, of which threads share the resamples: half are draws, each a step of " +
      "a stream that waits for the one before, and a remainder, a third the walk along the curve, of two quotients " +
      "per score. JavaScript sorts the scores and the measures, on one thread.",
  },
];

/** Rows on single calls: missing entries, PCA, predictions, bootstraps. */
export const peopleCallRows: readonly Row[] = calls.map((call) => ({
  id: call.id,
  title: call.title,
  bound: call.bound,
  plan: async (inputs) => {
    const { work, atLeast, quality, remark } = call;
    const { size, ...args } = await call.inputs(inputs);
    const variants = [{ label: "", args }];
    return {
      size,
      entries: [
        ...ourEntries(work, args),
        { id: "scikit-learn", peer: "scikit-learn", work, variants, remark },
      ],
      bars: [{ against: ["scikit-learn"], atLeast }],
      qualities: [{ ...quality, value: ({ details }) => details?.value }],
    };
  },
}));

/** Blobs in which a fifth of the entries is missing. */
async function withHoles(inputs: Inputs) {
  const [n, d, k] = [inputs.size(60_000, 1000), 50, 10];
  const { x, start } = await inputs.blobs(n, d, k);
  const source = random(0);
  const values = Float32Array.from(
    readArray(x).values,
    (value) => source.next() < 0.2 ? NaN : value,
  );
  const holed = await inputs.write("people-holes.npy", { values, shape: [n, d] });
  const size = `${n} × ${d}, K = ${k}, a fifth missing, at most 30 iterations`;
  return { size, x: holed, start, iterations: 30 };
}

/** The images of MNIST in float32. */
async function pixels(inputs: Inputs) {
  const { x } = await inputs.images("mnist");
  const [n, d] = readArray(x).shape;
  return { size: `${n} × ${d}, float32`, x: await firstRows(inputs, x, n), components: 50 };
}

/** Blobs, and the initial weights of a network. */
async function network(inputs: Inputs) {
  const [n, d] = [inputs.size(1_000_000, 10_000), 64];
  const layers = [
    { units: 100, activation: "relu" },
    { units: 100, activation: "relu" },
    { units: 10, activation: "linear" },
  ] as const;
  const { x } = await inputs.blobs(n, d, 10);
  const { weights } = await startOf(inputs, { rows: n, columns: d, epochs: 1, layers });
  return { size: `${n} × ${d}, float32`, x, weights, layers };
}

async function scores(inputs: Inputs) {
  const n = inputs.size(10_000, 1000);
  const source = random(0);
  const write = async (name: string, mean: number) => {
    const values = Float64Array.from({ length: n }, () => mean + source.normal());
    return await inputs.write(`people-bootstraps-${name}.npy`, { values, shape: [n] });
  };
  return {
    size: `1000 resamples of ${n} + ${n} scores`,
    inside: await write("inside", 1),
    outside: await write("outside", 0),
    resamples: 1000,
  };
}
