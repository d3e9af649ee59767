import { mainOf, unrolled } from "../wgsl.ts";
import { exponential } from "./exponential.ts";
import { expectation } from "./expectation.ts";
import { BLOCK_ROWS, mixtureFrame, type MixtureKernel, ROWS_PER_THREAD, THREADS } from "./frame.ts";

/** Scores of rows. */
export type Score = "densities" | "responsibilities";

const rows = (code: (r: number) => string) => unrolled(ROWS_PER_THREAD, code);

const writing: Readonly<Record<Score, string>> = {
  densities: `let first = own * ${BLOCK_ROWS}u + t;
  ${
    rows((r) =>
      `found[(first + ${r * THREADS}u) / 4u][(first + ${r * THREADS}u) % 4u] = density${r};`
    )
  }`,
  responsibilities: `for (var c = 0u; c < frame.components; c++) {
    ${rows((r) => `shares[held + c * ${BLOCK_ROWS}u + ${r * THREADS}u] /= total${r};`)}
  }`,
};

/**
 * WGSL that scores the rows of a block per workgroup: `found` has log-densities, or `shares` has
 * probabilities, for each block those of the first component, then those of the next.
 */
export function mixtureScores(kernel: MixtureKernel, score: Score): string {
  return `${mixtureFrame(kernel)}
${exponential}

${mainOf(THREADS)} {
  let own = group.y * groups.x + group.x;
  if (own >= frame.blocks) { return; }
  let block = frame.first + own;
  let held = own * frame.components * ${BLOCK_ROWS}u + t;
  ${expectation(kernel.factors)}
  ${writing[score]}
}`;
}
