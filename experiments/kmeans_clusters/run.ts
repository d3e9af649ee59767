import { adjustedMutualInformation, kMeans, silhouettes } from "@mixtape/clustering";
import { defineRun, type Profile, type RunContext } from "../run/experiment.ts";
import { indicesOf } from "../indices_of.ts";
import type { ClustersRun, KMeansClustersPayload } from "./result.ts";

const shared = { testRows: 0, tolerance: 0, maxIterations: 500, fewest: 2, most: 20 };
const profiles = {
  quick: { ...shared, trainRows: 2000, seeds: 3, silhouetteRows: 500 },
  full: { ...shared, trainRows: null, seeds: 5, silhouetteRows: 3000 },
};

type Context = RunContext<typeof profiles[Profile]>;

/** k-means with more and more clusters, and what chooses their number. */
export const run = defineRun({
  answers: "How many clusters do silhouette and elbow choose, and how many classes are there?",
  seconds: 60,
  profiles,
  sample: { trainRows: null, silhouetteRows: 3000 },
  async run(context): Promise<KMeansClustersPayload> {
    const { inDistribution: { train }, parameters, seed } = context;
    const seeds = indicesOf(parameters.seeds).map((i) => seed + i);
    const runs: ClustersRun[] = [];
    for (const [done, each] of seeds.entries()) {
      const onProgress = (fraction: number, note: string) =>
        context.update((done + fraction) / seeds.length, `seed ${each}, ${note}`);
      runs.push(
        ...await context.stage(`seed ${each}`, () => runSeed(each, onProgress, context)),
      );
    }
    const rows = train.labels.length;
    return { rows, silhouetteRows: Math.min(rows, parameters.silhouetteRows), runs };
  },
});

type Fit = Omit<ClustersRun, "silhouette"> & { readonly labels: Int32Array };

async function runSeed(
  seed: number,
  onProgress: (fraction: number, note: string) => void,
  context: Context,
): Promise<ClustersRun[]> {
  const { inDistribution: { train }, parameters, signal } = context;
  const { fewest, most, silhouetteRows: maxRows } = parameters;
  const grid = indicesOf(most - fewest + 1).map((i) => fewest + i);
  const fits: Fit[] = [];
  for (const clusters of grid) {
    onProgress(0.8 * fits.length / grid.length, `K = ${clusters}`);
    fits.push(await fit(clusters, seed, context));
  }
  onProgress(0.8, "silhouettes");
  const labelings = fits.map(({ labels }) => labels);
  const measured = await silhouettes(train.images, labelings, { maxRows, seed, signal });
  return fits.map(({ labels: _, ...fit }, at) => ({ ...fit, silhouette: measured[at].mean }));
}

async function fit(
  clusters: number,
  seed: number,
  { inDistribution: { train }, parameters, signal }: Context,
): Promise<Fit> {
  const { tolerance, maxIterations } = parameters;
  using model = await kMeans(train.images, { clusters, seed, tolerance, maxIterations, signal });
  const { iterations, converged, inertia, labels } = model;
  const ami = adjustedMutualInformation(train.labels, labels);
  return { seed, clusters, iterations, converged, inertia, ami, labels };
}
