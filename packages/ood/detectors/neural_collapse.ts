import { checkInteger, inPieces, pieceSize } from "@mixtape/tensor-utils";
import { defineDetector, type DetectorKind } from "../detector.ts";
import type { FitContext } from "../detector_recipe.ts";
import { penultimate } from "../evidence.ts";
import { oneGroup } from "../features/groups.ts";
import { groupMeans, pooledCovariance } from "../features/moments.ts";
import { maximumLogits } from "../features/predicted.ts";
import { axesForShare, principalAxes, squaredProjections } from "../features/principal_axes.ts";
import { squaredLengths } from "../features/squared_lengths.ts";
import { pacedUnitBlocks, selectUnits, unitSelectionState } from "../features/unit_selection.ts";
import * as state from "../state/mod.ts";

/** Options of {@link neuralCollapse}. */
export interface NeuralCollapseOptions {
  /**
   * Number of principal axes of the subspace; by default, as many as hold 90% of the variance, the
   * paper's rule of thumb.
   */
  readonly axes?: number;
  /**
   * True to multiply the ratio by the largest logit, which is the default and the paper's main
   * formula (the paper leaves it out for convolutional networks only).
   */
  readonly maximumLogit: boolean;
}

const defaults: NeuralCollapseOptions = { axes: undefined, maximumLogit: true };

/**
 * NECO: the share of a standardised row's length that lies in the principal subspace of the
 * training activations, times its largest logit.
 */
export const neuralCollapse: DetectorKind<NeuralCollapseOptions> = defineDetector({
  name: "neco",
  title: "Neural collapse subspace (NECO)",
  cite: {
    authors: "Ammar et al.",
    title: "NECO: NEural Collapse Based Out-of-distribution detection",
    year: 2024,
    url: "https://arxiv.org/abs/2310.06823",
  },
  needs: ["logits", "penultimate"],
  defaults,
  derived: { axes: 9 },
  state: state.record({
    units: unitSelectionState(false),
    mean: state.float64s(["d"]),
    scale: state.float64s(["d"], { above: 0 }),
    axes: state.float64s(["axes", "d"]),
    maximumLogit: state.flag(),
  }),
  async fit(training, options, { note, signal }) {
    const x = penultimate(training);
    const units = await selectUnits(x, false, { note, signal });
    const d = units.kept.length;
    const group = oneGroup(x.shape[0]);
    const mean = await groupMeans(x, units, group, signal);
    const covariance = await pooledCovariance(x, units, group, mean, signal);
    const scale = mean.map((_, j) => 1 / Math.sqrt(covariance[j * d + j]));
    const correlation = new Float64Array(d * d);
    await inPieces(d, pieceSize(d), (start, end) => {
      for (let i = start; i < end; i++) {
        for (let j = 0, at = i * d; j < d; j++, at++) {
          correlation[at] = covariance[at] * scale[i] * scale[j];
        }
      }
    }, signal);
    const { variances, axes } = await principalAxes(correlation, d, signal);
    const count = subspaceSize(options.axes, variances, note);
    const { maximumLogit } = options;
    return { units, mean, scale, axes: axes.slice(0, count * d), maximumLogit };
  },
  async score({ units, mean, scale, axes, maximumLogit }, evidence, { signal }) {
    const d = mean.length;
    const scores = maximumLogit
      ? maximumLogits(evidence.logits)
      : new Float64Array(evidence.logits.shape[0]).fill(1);
    const blocks = pacedUnitBlocks(penultimate(evidence), units, signal);
    for await (const { start, rows, values } of blocks) {
      for (let at = 0; at < rows * d; at += d) {
        for (let j = 0; j < d; j++) values[at + j] = (values[at + j] - mean[j]) * scale[j];
      }
      const inside = await squaredProjections(values, rows, axes, d, signal);
      const all = squaredLengths(values, rows, d);
      for (let i = 0; i < rows; i++) {
        scores[start + i] *= all[i] > 0 ? Math.sqrt(inside[i] / all[i]) : 0;
      }
    }
    return scores;
  },
});

function subspaceSize(
  wanted: NeuralCollapseOptions["axes"],
  variances: Float64Array,
  note: FitContext["note"],
): number {
  const d = variances.length;
  if (wanted === undefined) {
    const count = axesForShare(variances, 0.9);
    note(`the subspace has ${count} of ${d} axes, which hold 90% of the variance`);
    return count;
  }
  const count = Math.min(d, checkInteger(wanted, "axes", { min: 1 }));
  if (count < wanted) note(`the subspace has all ${d} axes, ${wanted} were asked for`);
  return count;
}
