import { checkInteger, checkNumber, type HostMatrix } from "@mixtape/tensor-utils";
import { defineDetector, type DetectorKind } from "../detector.ts";
import * as state from "../state/mod.ts";

/** Options of {@link generalizedEntropy}. */
export interface GeneralizedEntropyOptions {
  /** Exponent γ in (0, 1); 0.1 by default, as in the paper. */
  readonly gamma: number;
  /**
   * Number of largest probabilities to count; 100 by default, as in the paper. All are counted if
   * there are fewer classes.
   */
  readonly topClasses: number;
}

/** GEN: minus the generalised entropy Σ p^γ (1 − p)^γ over the largest probabilities. */
export const generalizedEntropy: DetectorKind<GeneralizedEntropyOptions> = defineDetector({
  name: "gen",
  title: "Generalised entropy (GEN)",
  cite: {
    authors: "Liu et al.",
    title: "GEN: Pushing the Limits of Softmax-Based Out-of-Distribution Detection",
    year: 2023,
    url:
      "https://openaccess.thecvf.com/content/CVPR2023/html/Liu_GEN_Pushing_the_Limits_of_Softmax-Based_Out-of-Distribution_Detection_CVPR_2023_paper.html",
  },
  needs: ["logits"],
  defaults: { gamma: 0.1, topClasses: 100 },
  state: state.record({
    gamma: state.number({ above: 0, max: 1 }),
    classes: state.size("classes"),
    topClasses: state.integer({ min: 1, upTo: "classes" }),
  }),
  fit({ logits }, { gamma, topClasses }, { note }) {
    checkNumber(gamma, "gamma", { above: 0, max: 1 });
    checkInteger(topClasses, "topClasses", { min: 1 });
    const classes = logits.shape[1];
    if (topClasses > classes) {
      note(`all ${classes} classes count, there are fewer than ${topClasses}`);
    }
    return { gamma, classes, topClasses: Math.min(topClasses, classes) };
  },
  byRow: true,
  score({ gamma, classes, topClasses }, { logits }) {
    if (logits.shape[1] !== classes) {
      throw new RangeError(
        `Cannot use logits of ${logits.shape[1]} classes: the detector was fitted on ${classes}`,
      );
    }
    return scores(logits, gamma, topClasses);
  },
});

function scores(logits: HostMatrix, gamma: number, topClasses: number): Float64Array {
  const { values, shape: [n, classes] } = logits;
  const row = new Float64Array(classes);
  const result = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < classes; c++) row[c] = values[i * classes + c];
    row.sort();
    result[i] = -entropy(row, gamma, topClasses);
  }
  return result;
}

/** Returns Σ (p (1 − p))^γ over the largest probabilities; `row` holds the logits, ascending. */
function entropy(row: Float64Array, gamma: number, topClasses: number): number {
  const top = row.length - 1;
  let others = 0;
  for (let c = 0; c < top; c++) others += Math.exp(row[c] - row[top]);
  const logTotal = Math.log1p(others);
  // log(1 − p) of the largest p is computed from the other probabilities: 1 − p itself is 0 for
  // every confident row.
  let sum = others > 0 ? Math.exp(gamma * (Math.log(others) - 2 * logTotal)) : 0;
  for (let c = top - 1; c > top - topClasses; c--) {
    const logP = row[c] - row[top] - logTotal;
    sum += Math.exp(gamma * (logP + Math.log1p(-Math.exp(logP))));
  }
  return sum;
}
