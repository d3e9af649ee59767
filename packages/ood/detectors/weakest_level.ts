import { checkNumber, type HostMatrix } from "@mixtape/tensor-utils";
import { defineDetector, type DetectorKind } from "../detector.ts";
import type { Evidence } from "../evidence.ts";
import { groupByLabel } from "../features/groups.ts";
import { heldOutRows } from "../features/held_out_rows.ts";
import { inputCovariance } from "../features/input_covariance.ts";
import { keepLowest, type LowerTail, lowerTailOf, lowerTailState } from "../features/lower_tail.ts";
import {
  fitTiedGaussians,
  nearestSquaredMahalanobis,
  type TiedGaussians,
  tiedGaussiansState,
} from "../features/tied_gaussians.ts";
import { selectUnits } from "../features/unit_selection.ts";
import { maximumSoftmaxProbability } from "../scores/maximum_softmax_probability.ts";
import * as state from "../state/mod.ts";

/** Options of {@link weakestLevel}. */
export interface WeakestLevelOptions {
  /** Ridge of the covariance of a hidden layer, relative to its mean variance; 1e-6 by default. */
  readonly regularization: number;
  /**
   * Ridge of the covariance of the inputs, relative to its mean variance; 0.01 by default:
   * otherwise border pixels that are black in all but a few training rows would decide every
   * distance.
   */
  readonly inputRegularization: number;
}

interface FittedLevels {
  readonly inputs: TiedGaussians;
  readonly layers: readonly TiedGaussians[];
  readonly tails: readonly LowerTail[];
}

/**
 * The lowest score over the levels of the network: Mahalanobis++ of the inputs and of each hidden
 * layer, and the maximum softmax probability of the logits, each measured from the median of
 * held-out rows in units of their lower tail. A row is in-distribution only if it is so at every
 * level: far outliers (other images, noise) show at the inputs, blends of classes only at the
 * logits, and a sum would let the confidence of one level hide the doubt of another.
 */
export const weakestLevel: DetectorKind<WeakestLevelOptions> = defineDetector({
  name: "weakest-level",
  title: "Weakest of all levels: inputs, hidden layers, logits",
  cite: {
    authors: "Roy",
    title: "On a Heuristic Method of Test Construction and its use in Multivariate Analysis",
    year: 1953,
    url: "https://doi.org/10.1214/aoms/1177729029",
  },
  needs: ["logits", "layers", "inputs", "labels"],
  defaults: { regularization: 1e-6, inputRegularization: 0.01 },
  state: state.such(
    state.record<FittedLevels>({
      inputs: state.apart(tiedGaussiansState(true)),
      layers: state.list("layers", tiedGaussiansState(true)),
      tails: state.list("levels", lowerTailState),
    }),
    ({ layers, tails }) =>
      tails.length === layers.length + 2
        ? undefined
        : `tails has ${tails.length} entries, ${layers.length + 2} are needed, one a level`,
  ),
  async fit(training, { regularization, inputRegularization }, context) {
    const { signal } = context;
    checkNumber(inputRegularization, "inputRegularization", { min: 0 });
    const { fitted, heldOut } = await heldOutRows(training, context);
    const groups = groupByLabel(fitted.labels);
    const pixels = fitted.inputs as HostMatrix;
    const inputs = await fitTiedGaussians(
      pixels,
      await selectUnits(pixels, true, context, "the inputs"),
      groups,
      { regularization: inputRegularization, signal, covarianceOf: inputCovariance },
    );
    const layers: TiedGaussians[] = [];
    for (const [i, x] of fitted.activations.entries()) {
      const units = await selectUnits(x, true, context, `hidden layer ${i + 1}`);
      layers.push(await fitTiedGaussians(x, units, groups, { regularization, signal }));
    }
    const tails = (await levelScores({ inputs, layers }, heldOut, signal)).map(lowerTailOf);
    return { inputs, layers, tails };
  },
  async score(state: FittedLevels, evidence, { signal }) {
    if (evidence.activations.length !== state.layers.length) {
      throw new RangeError(
        `Cannot score activations of ${evidence.activations.length} layers: the detector was ` +
          `fitted on ${state.layers.length}`,
      );
    }
    const lowest = new Float64Array(evidence.logits.shape[0]).fill(Infinity);
    const levels = await levelScores(state, evidence, signal);
    levels.forEach((scores, level) => keepLowest(lowest, scores, state.tails[level]));
    return lowest;
  },
});

/** Scores rows at the inputs, at each hidden layer, and at the logits. */
async function levelScores(
  { inputs, layers }: Pick<FittedLevels, "inputs" | "layers">,
  evidence: Evidence,
  signal?: AbortSignal,
): Promise<Float64Array[]> {
  const scores: Float64Array[] = [];
  const matrices = [evidence.inputs as HostMatrix, ...evidence.activations];
  for (const [i, gaussians] of [inputs, ...layers].entries()) {
    const squared = await nearestSquaredMahalanobis(matrices[i], gaussians, signal);
    scores.push(squared.map((distance) => -distance));
  }
  return [...scores, await maximumSoftmaxProbability(evidence.logits, { signal })];
}
