import { gaussianMixture } from "@mixtape/mixture";
import type { HostMatrix } from "@mixtape/tensor-utils";
import { effectiveRank, eigenvaluesOf, spectrumOf } from "../run/effective_rank.ts";
import { defineRun, type Profile } from "../run/experiment.ts";
import { measureAccuracy, measureSeparation } from "../run/measure_separation.ts";
import type { PartContext } from "../run/parts.ts";
import { Shares } from "../run/shares.ts";
import { spearman } from "../run/statistics.ts";
import { trainClassifier } from "../run/train_classifier.ts";
import { training } from "../run/training_settings.ts";
import { unlessCollapsed } from "../run/unless_collapsed.ts";
import type {
  CollapseMixture,
  CollapseOutcome,
  Normalization,
  OodCollapsePayload,
} from "./result.ts";
import { neuralCollapse } from "./run/neural_collapse.ts";

const shared = { learningRate: 0.002, weightDecays: [0, 1e-4, 1e-3, 1e-2] };
const profiles = {
  quick: {
    ...shared,
    ...training.quick,
    trainRows: 10000,
    testRows: 3000,
    components: [1, 5],
  },
  full: {
    ...shared,
    ...training.full,
    components: [1, 2, 5, 10, 20],
  },
};

type Parameters = typeof profiles[Profile];
type Context = PartContext<Parameters>;

/** Runs the experiment: measures the effect of weight decay on activations, the reason why the notebook failed. */
export const run = defineRun({
  answers:
    "Why did the notebook fail: what does weight decay do to the activations a mixture looks at?",
  seconds: 60,
  profiles,
  parts: { decay: runWeightDecay },
  sample: training.sample,
  async run(context): Promise<OodCollapsePayload> {
    const { parameters: { weightDecays } } = context;
    const done = new Shares(
      weightDecays.map(() => 1 / weightDecays.length),
      (fraction, note) => context.update(fraction, note),
    );
    const byWeightDecay = await context.each(weightDecays, (weightDecay, i) => {
      const onProgress = (fraction: number, note: string) => done.update(i, fraction, note);
      return context.stage(
        `weight decay ${weightDecay}`,
        () => context.part(runWeightDecay, { weightDecay }, onProgress),
      );
    });
    return {
      units: byWeightDecay[0].spectrum.length,
      byWeightDecay,
      correlations: correlate(byWeightDecay),
    };
  },
});

async function runWeightDecay(
  { weightDecay }: { readonly weightDecay: number },
  context: Context,
): Promise<CollapseOutcome> {
  const { inDistribution: dataset, outOfDistribution, parameters, seed, signal } = context;
  const onProgress = context.update;
  using model = await trainClassifier({
    train: dataset.train,
    dataset,
    parameters,
    weightDecay,
    seed,
    signal,
    onProgress: (fraction, note) => onProgress(0.3 * fraction, `decay ${weightDecay}, ${note}`),
  });
  const penultimate = (x: HostMatrix) => model.activations(x, "penultimate");
  const rows = {
    fitted: await penultimate(dataset.train.images),
    inside: await penultimate(dataset.test.images),
    outside: await penultimate(outOfDistribution.test.images),
  };
  const mixtures: CollapseMixture[] = [];
  for (const normalization of ["none", "l2"] as const) {
    const scaled = normalization === "none" ? rows : {
      fitted: toUnitLength(rows.fitted),
      inside: toUnitLength(rows.inside),
      outside: toUnitLength(rows.outside),
    };
    for (const components of parameters.components) {
      const done = mixtures.length / (2 * parameters.components.length);
      onProgress(0.3 + 0.7 * done, `decay ${weightDecay}, ${components} components`);
      mixtures.push(await fitAndScore(normalization, components, scaled, context));
    }
  }
  const eigenvalues = eigenvaluesOf(rows.fitted);
  return {
    weightDecay,
    testAccuracy: await measureAccuracy(model, dataset.test),
    effectiveRank: effectiveRank(eigenvalues),
    spectrum: spectrumOf(eigenvalues),
    ...neuralCollapse(rows.fitted, dataset.train.labels, dataset.classNames.length),
    meanNorm: { inDistribution: meanNorm(rows.inside), outOfDistribution: meanNorm(rows.outside) },
    mixtures,
  };
}

async function fitAndScore(
  normalization: Normalization,
  components: number,
  { fitted, inside, outside }: Record<"fitted" | "inside" | "outside", HostMatrix>,
  { seed, signal }: Context,
): Promise<CollapseMixture> {
  const scored = await unlessCollapsed(async () => {
    using mixture = await gaussianMixture(fitted, { components, seed, signal });
    const scores = [await mixture.logDensity(inside), await mixture.logDensity(outside)] as const;
    return {
      separation: measureSeparation(...scores),
      bic: await mixture.bic(fitted),
    };
  });
  return {
    normalization,
    components,
    separation: scored?.separation ?? null,
    bic: scored?.bic ?? null,
  };
}

/** Rows scaled to length 1; a row of zeros stays as it is. */
function toUnitLength({ values, shape }: HostMatrix): HostMatrix {
  const scaled = Float32Array.from(values);
  const d = shape[1];
  for (let i = 0; i < shape[0]; i++) {
    const row = scaled.subarray(i * d, (i + 1) * d);
    const length = Math.hypot(...row) || 1;
    row.forEach((value, j) => row[j] = value / length);
  }
  return { values: scaled, shape };
}

function meanNorm({ values, shape: [n, d] }: HostMatrix): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += Math.hypot(...values.subarray(i * d, (i + 1) * d));
  return sum / n;
}

/** Correlates measures of the activations with AUROC, over all mixtures that could be fitted. */
function correlate(outcomes: readonly CollapseOutcome[]): OodCollapsePayload["correlations"] {
  const points = outcomes.flatMap((outcome) =>
    outcome.mixtures.flatMap(({ separation }) =>
      separation ? [{ outcome, auroc: separation.auroc }] : []
    )
  );
  const aurocs = points.map(({ auroc }) => auroc);
  const along = (value: (outcome: CollapseOutcome) => number) =>
    spearman(points.map(({ outcome }) => value(outcome)), aurocs);
  return [
    { measure: "effective-rank", spearman: along(({ effectiveRank }) => effectiveRank) },
    {
      measure: "within-over-between",
      spearman: along(({ withinOverBetween }) => withinOverBetween),
    },
  ];
}
