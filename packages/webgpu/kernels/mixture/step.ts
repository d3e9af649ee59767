import { mainOf, unrolled } from "../wgsl.ts";
import { exponential } from "./exponential.ts";
import { expectation } from "./expectation.ts";
import {
  BLOCK_ROWS,
  MASK_WORDS,
  mixtureFrame,
  type MixtureKernel,
  ROWS_PER_THREAD,
  THREADS,
} from "./frame.ts";
import { moments, taskVectors } from "./moments.ts";

const rows = (code: (r: number) => string) => unrolled(ROWS_PER_THREAD, code);

/** WGSL that marks the row of a thread in the mask of component `c` if it has a share of it. */
function mark(r: number): string {
  const row = `(t + ${r * THREADS}u)`;
  return `if (part > 0.0lf) {
        atomicOr(&masks[marked + c * ${MASK_WORDS}u + ${row} / 32u], 1u << (${row} % 32u));
      }`;
}

/** WGSL that takes the shares of a block's rows as they are given. */
const asGiven = `
  for (var c = 0u; c < frame.components; c++) {
    ${
  rows((r) =>
    `{
      let row = (block - frame.first) * ${BLOCK_ROWS}u + t + ${r * THREADS}u;
      let part = select(0.0lf, given[row * frame.components + c], isIn${r});
      shares[held + c * ${BLOCK_ROWS}u + ${r * THREADS}u] = part;
      ${mark(r)}
    }`
  )
}
  }`;

/** WGSL that divides the shares of a block's rows by their sums. */
const normalized = `
  for (var c = 0u; c < frame.components; c++) {
    ${
  rows((r) =>
    `{
      let at = held + c * ${BLOCK_ROWS}u + ${r * THREADS}u;
      let part = select(0.0lf, shares[at] / total${r}, isIn${r});
      shares[at] = part;
      ${mark(r)}
    }`
  )
}
  }
  ${rows((r) => `if (isIn${r}) { likelihood += density${r}; }`)}`;

/**
 * WGSL of a step: shares of rows and the moments under them, block after block, without keeping more
 * shares than those of a block. Each workgroup leaves the sums of its blocks.
 *
 * @param kernel Kinds of covariances and of numbers.
 * @param isGiven True if shares are given, false if they follow from the mixture.
 */
export function mixtureStep(kernel: MixtureKernel, isGiven: boolean): string {
  const vectors = taskVectors[kernel.factors];
  return `${mixtureFrame(kernel)}
var<workgroup> likelihoods: array<f64, ${THREADS}>;
${exponential}

${mainOf(THREADS)} {
  let worker = group.x;
  let begin = frame.first + worker * frame.share;
  let end = min(frame.first + frame.blocks, begin + frame.share);
  let holding = worker * frame.components * ${BLOCK_ROWS}u;
  let held = holding + t;
  let marked = worker * frame.components * ${MASK_WORDS}u;
  let kept = (frame.before + worker) * (frame.tasks * ${vectors}u + 1u);
  var likelihood = 0.0lf;
  for (var block = begin; block < end; block++) {
    for (var at = t; at < frame.components * ${MASK_WORDS}u; at += ${THREADS}u) {
      atomicStore(&masks[marked + at], 0u);
    }
    ${
    rows((r) =>
      `let isIn${r} = x[(block * frame.quads + frame.columns / 4u) * ${BLOCK_ROWS}u + t + ${
        r * THREADS
      }u][frame.columns % 4u] != 0.0;`.replace("0.0;", kernel.numbers === "f64" ? "0.0lf;" : "0.0;")
    )
  }
    storageBarrier();
    {
      ${isGiven ? asGiven : expectation(kernel.factors) + normalized}
    }
    storageBarrier();
    ${moments(kernel.factors)}
    storageBarrier();
  }
  likelihoods[t] = likelihood;
  workgroupBarrier();
  if (t == 0u) {
    var total = 0.0lf;
    for (var other = 0u; other < ${THREADS}u; other++) { total += likelihoods[other]; }
    found[kept + frame.tasks * ${vectors}u] = vec4<f64>(total, 0.0lf, 0.0lf, 0.0lf);
  }
}`;
}
