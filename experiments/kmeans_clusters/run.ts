import { adjustedMutualInformation, kMeans, silhouettes } from "@mixtape/clustering";
import { defineRun, type Profile } from "../run/experiment.ts";
import { indicesOf } from "../indices_of.ts";
import type { PartContext } from "../run/parts.ts";
import { Shares } from "../run/shares.ts";
import type { ClustersRun, KMeansClustersPayload } from "./result.ts";

const shared = { testRows: 0, tolerance: 0, maxIterations: 500, fewest: 2, most: 20 };
const profiles = {
  quick: { ...shared, trainRows: 2000, seeds: 3, silhouetteRows: 500 },
  full: { ...shared, trainRows: null, seeds: 5, silhouetteRows: 3000 },
};

type Parameters = typeof profiles[Profile];

/** k-means with more and more clusters, and what chooses their number. */
export const run = defineRun({
  answers: "How many clusters do silhouette and elbow choose, and how many classes are there?",
  seconds: 60,
  profiles,
  parts: { seed: runSeed },
  sample: { trainRows: null, silhouetteRows: 3000 },
  async run(context): Promise<KMeansClustersPayload> {
    const { inDistribution: { train }, parameters, seed } = context;
    const seeds = indicesOf(parameters.seeds).map((i) => seed + i);
    const done = new Shares(
      seeds.map(() => 1 / seeds.length),
      (fraction, note) => context.update(fraction, note),
    );
    const bySeed = await context.each(
      seeds,
      (seed, i) =>
        context.stage(`seed ${seed}`, () =>
          context.part(
            runSeed,
            { seed },
            (fraction, note) => done.update(i, fraction, `seed ${seed}, ${note}`),
          )),
    );
    const runs = bySeed.flat();
    const rows = train.labels.length;
    return { rows, silhouetteRows: Math.min(rows, parameters.silhouetteRows), runs };
  },
});

type Fit = Omit<ClustersRun, "silhouette"> & { readonly labels: Int32Array };

async function runSeed(
  { seed }: { readonly seed: number },
  context: PartContext<Parameters>,
): Promise<ClustersRun[]> {
  const { inDistribution: { train }, parameters, signal, update } = context;
  const { fewest, most, silhouetteRows: maxRows } = parameters;
  const grid = indicesOf(most - fewest + 1).map((i) => fewest + i);
  const fits: Fit[] = [];
  for (const clusters of grid) {
    update(0.8 * fits.length / grid.length, `K = ${clusters}`);
    fits.push(await fit(clusters, seed, context));
  }
  update(0.8, "silhouettes");
  const labelings = fits.map(({ labels }) => labels);
  const measured = await silhouettes(train.images, labelings, { maxRows, seed, signal });
  return fits.map(({ labels: _, ...fit }, at) => ({ ...fit, silhouette: measured[at].mean }));
}

async function fit(
  clusters: number,
  seed: number,
  { inDistribution: { train }, parameters, signal }: PartContext<Parameters>,
): Promise<Fit> {
  const { tolerance, maxIterations } = parameters;
  using model = await kMeans(train.images, { clusters, seed, tolerance, maxIterations, signal });
  const { iterations, converged, inertia, labels } = model;
  const ami = adjustedMutualInformation(train.labels, labels);
  return { seed, clusters, iterations, converged, inertia, ami, labels };
}
