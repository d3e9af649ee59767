import type { HostMatrix } from "@mixtape/tensor-utils";
import { defineDetector, type DetectorKind } from "../detector.ts";
import { penultimate } from "../evidence.ts";
import { energies } from "../features/energies.ts";
import { headOrigin } from "../features/head_origin.ts";
import { oneGroup } from "../features/groups.ts";
import { pooledCovariance } from "../features/moments.ts";
import { maximumLogits } from "../features/predicted.ts";
import { principalAxes, squaredProjections } from "../features/principal_axes.ts";
import { subspaceDimensions } from "../features/subspace_dimensions.ts";
import {
  pacedUnitBlocks,
  selectUnits,
  type UnitSelection,
  unitSelectionState,
} from "../features/unit_selection.ts";
import * as state from "../state/mod.ts";

/** Options of {@link virtualLogit}. */
export interface VirtualLogitOptions {
  /**
   * Dimensions of the principal subspace. By default, the paper's rule: 1000 for 2048 units or
   * more, 512 from 768 units on, and half of the units for smaller layers.
   */
  readonly dimensions?: number;
}

const defaults: VirtualLogitOptions = { dimensions: undefined };

/** Residuals below this times the number of units and the length of rows are their rounding. */
const ROUNDING = 64 * Number.EPSILON;

interface FittedResidual {
  readonly units: UnitSelection;
  readonly origin: Float64Array;
  /** Axes of the residual space, one per row. */
  readonly axes: Float64Array;
}

/**
 * ViM: energy minus a virtual logit, the length of a row's residual outside the principal subspace,
 * scaled so that its mean over the training rows equals that of the largest logit.
 */
export const virtualLogit: DetectorKind<VirtualLogitOptions> = defineDetector({
  name: "vim",
  title: "Virtual-logit matching (ViM)",
  cite: {
    authors: "Wang et al.",
    title: "ViM: Out-Of-Distribution with Virtual-logit Matching",
    year: 2022,
    url: "https://arxiv.org/abs/2203.10807",
  },
  needs: ["logits", "penultimate", "head"],
  defaults,
  derived: { dimensions: 512 },
  state: state.record({
    residual: state.record<FittedResidual>({
      units: unitSelectionState(false),
      origin: state.float64s(["d"]),
      axes: state.float64s(["axes", "d"]),
    }),
    alpha: state.number(),
  }),
  async fit(training, options, { note, signal }) {
    const x = penultimate(training);
    const units = await selectUnits(x, false, { note, signal });
    const origin = headOrigin(training, units);
    const d = origin.length;
    const covariance = await pooledCovariance(x, units, oneGroup(x.shape[0]), origin, signal);
    const { axes, variances } = await principalAxes(covariance, d, signal);
    const dimensions = subspaceDimensions(options.dimensions, d, note);
    const residual: FittedResidual = { units, origin, axes: axes.slice(dimensions * d) };
    const mean = (values: Float64Array) => values.reduce((sum, v) => sum + v, 0) / values.length;
    const length = mean(await residualLengths(x, residual, signal));
    const reach = Math.sqrt(variances.reduce((sum, variance) => sum + variance, 0));
    if (length > ROUNDING * d * reach) {
      return { residual, alpha: mean(maximumLogits(training.logits)) / length };
    }
    note("the training rows leave no residual, the virtual logit is off");
    return { residual, alpha: 0 };
  },
  async score({ residual, alpha }, evidence, { signal }) {
    const lengths = await residualLengths(penultimate(evidence), residual, signal);
    return energies(evidence.logits).map((energy, i) => energy - alpha * lengths[i]);
  },
});

/**
 * Returns the length of each row's residual outside the principal subspace, measured from the
 * origin.
 */
async function residualLengths(
  x: HostMatrix,
  { units, origin, axes }: FittedResidual,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const d = origin.length;
  const lengths = new Float64Array(x.shape[0]);
  for await (const { start, rows, values } of pacedUnitBlocks(x, units, signal)) {
    for (let at = 0; at < rows * d; at += d) {
      for (let j = 0; j < d; j++) values[at + j] -= origin[j];
    }
    const squared = await squaredProjections(values, rows, axes, d, signal);
    for (let i = 0; i < rows; i++) lengths[start + i] = Math.sqrt(squared[i]);
  }
  return lengths;
}
