import type { Plan, Variant } from "../core/plan.ts";
import type { Row } from "../core/row.ts";
import type { Inputs } from "../inputs.ts";
import { readArray } from "../peers/read_array.ts";
import { firstRows } from "./first_rows.ts";
import { inertiaOf } from "./inertia_of.ts";
import { ourEntries } from "./our_entries.ts";

/** A number of iterations that suffices for every start here. */
const enough = 1000;

const denseVariants = [
  { label: "lloyd", args: { layout: "dense", algorithm: "lloyd" } },
  { label: "elkan", args: { layout: "dense", algorithm: "elkan" } },
];
const sparseVariants = [
  { label: "CSR, lloyd", args: { layout: "sparse", algorithm: "lloyd" } },
  { label: "CSR, elkan", args: { layout: "sparse", algorithm: "elkan" } },
];

/** k-means from the same start to convergence. */
export const kMeansRows: readonly Row[] = [
  {
    id: "kmeans-mnist",
    title: "k-means, MNIST",
    plan: async (inputs) => {
      const { x } = await inputs.images("mnist");
      const start = await firstRows(inputs, x, 10);
      return await plan(inputs, { x, start }, "K = 10", [...denseVariants, ...sparseVariants], [
        { against: ["scikit-learn"], atLeast: 10 },
        { against: ["scikit-learn", "scikit-learn-fastest"], atLeast: 3 },
        { against: ["faiss"], atLeast: 4 },
      ]);
    },
  },
  {
    id: "people-kmeans-mnist",
    title: "k-means, MNIST in float32",
    bound:
      "On two threads, 14% of the caller's time is the copy before the promise is returned: it alone can read the " +
      "188 MB. The other thread takes bytes from what is copied, but that comes out of the cache of the caller, " +
      "which spends as much on smaller stages without it, 40 ms of processor time for 38. For another 6%, most of " +
      "it 0.1 ms per iteration, it computes alone between jobs. On one thread, 54% assign rows, a fifth of that in " +
      "the first two iterations, when no bound holds, 16% is the copy, 7% lists of what is not 0 and their " +
      "lengths, 5% rows in the basis of the bounds, 5% centroids and sums. Bounds in 12 to 32 dimensions for 20: " +
      "fewer products or less memory, for no less time.",
    plan: async (inputs) => {
      const { x: bytes } = await inputs.images("mnist");
      const { values, shape } = readArray(bytes);
      const x = await inputs.write("mnist-float32.npy", {
        values: Float32Array.from(values),
        shape,
      });
      const start = await firstRows(inputs, x, 10);
      return await plan(inputs, { x, start }, "K = 10", [...denseVariants, ...sparseVariants], [
        { against: ["scikit-learn"], atLeast: 12 },
        { against: ["scikit-learn", "scikit-learn-fastest"], atLeast: 6 },
      ]);
    },
  },
  {
    id: "people-kmeans-mnist-bytes",
    title: "k-means, MNIST in bytes",
    bound:
      "On one thread, 62% assign rows, a fifth of that in the first two iterations, when no bound holds, 8% are " +
      "lists of what is not 0 and their lengths, 6% rows in the basis of the bounds, 5% centroids and sums, 7% " +
      "the copy of 47 MB before the promise is returned. On two, the caller alone copies for 4% of its time, and " +
      "computes alone between jobs for 6%, most of it 0.1 ms per iteration.",
    plan: async (inputs) => {
      const { x } = await inputs.images("mnist");
      const start = await firstRows(inputs, x, 10);
      const variants = [...denseVariants, ...sparseVariants];
      return await plan(inputs, { x, start, dtype: "uint8" }, "K = 10", variants, [
        { against: ["scikit-learn"], atLeast: 12 },
        { against: ["scikit-learn", "scikit-learn-fastest"], atLeast: 6 },
      ]);
    },
  },
  {
    id: "kmeans-pca",
    title: "k-means, PCA-50 of MNIST",
    plan: async (inputs) => {
      const x = await principalComponents(inputs);
      const start = await firstRows(inputs, x, 10);
      return await plan(inputs, { x, start }, "K = 10", denseVariants, [
        { against: ["scikit-learn", "scikit-learn-fastest"], atLeast: 3 },
      ]);
    },
  },
  {
    id: "kmeans-blobs",
    title: "k-means, Gaussian blobs",
    bound:
      "On one thread, 28% of the time waits for bounds of pairs and for rows that these leave, scattered over " +
      "53 MB, 21% are products with the centroids that are left, 12% bounds of pairs, 14% products of 8-bit " +
      "integers and bounds from them. The caller alone checks and copies 26 MB before the promise is returned, 8%.",
    plan: async (inputs) => {
      const data = await inputs.blobs(inputs.size(100000, 10000), 64, 64);
      return await plan(inputs, data, "K = 64", denseVariants, [
        { against: ["scikit-learn", "scikit-learn-fastest"], atLeast: 3 },
      ]);
    },
  },
];

/** Paths of the data and the start of a run of k-means. */
interface KMeansInput {
  readonly x: string;
  readonly start: string;
  /** Type of the data that scikit-learn is given: float32, which it is fastest with, by default. */
  readonly dtype?: "float32" | "uint8";
}

async function plan(
  inputs: Inputs,
  { x, start, dtype = "float32" }: KMeansInput,
  clusters: string,
  variants: readonly Variant[],
  bars: Plan["bars"],
): Promise<Plan> {
  const args = { x, start, iterations: enough };
  const with_ = (variant: Variant) => ({ ...variant, args: { ...args, dtype, ...variant.args } });
  // faiss goes on for as many iterations as it is told: those after which nothing changes.
  const { iterations = enough } = await inputs.prepare("k-means", args);
  const faiss = {
    id: "faiss",
    work: "k-means",
    peer: "faiss",
    variants: [{ label: "", args: { x, start, iterations } }],
  };
  return {
    size: `${readArray(x).shape.join(" × ")}, ${clusters}, ${iterations} iterations`,
    entries: [
      ...ourEntries("k-means", args),
      {
        id: "scikit-learn",
        work: "k-means",
        peer: "scikit-learn",
        variants: [with_({ label: "default (dense, lloyd)", args: {} })],
      },
      {
        id: "scikit-learn-fastest",
        work: "k-means",
        peer: "scikit-learn",
        variants: variants.map(with_),
        remark: "the fastest of its configurations",
      },
      ...(dtype === "float32" ? [faiss] : []),
    ],
    bars,
    qualities: [inertiaOf(x, 1e-6)],
  };
}

/** Writes the first 50 principal components of the MNIST images. */
function principalComponents(inputs: Inputs): Promise<string> {
  return inputs.once("mnist-pca50", async () => {
    const { x } = await inputs.images("mnist");
    const out = inputs.path("mnist-pca50.npy");
    await inputs.prepare("prepare-components", { x, out, components: 50 });
    return out;
  });
}
