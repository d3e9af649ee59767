import { dense } from "../../module/dense.ts";
import type { SimdRuntime } from "../../runtime.ts";
import type { Work } from "../../turns.ts";
import type { Link } from "./network.ts";
import type { DensePlan } from "./plan.ts";

/** Rows of a block. */
const ROWS = 64;

/**
 * Packs the weights of a link into the panels that rows are multiplied by, in pieces between which the event loop can
 * turn.
 *
 * @param runtime The runtime whose memory the plan is in.
 * @param plan A plan with panels for the link.
 * @param links All links.
 * @param index The link.
 * @param wide True for the panels of a network with wide layers.
 */
export function packLink(
  runtime: SimdRuntime,
  plan: DensePlan,
  links: readonly Link[],
  index: number,
  wide: boolean,
): Work<void> {
  const { inputs, units } = links[index];
  const blocks = Math.ceil(inputs / ROWS);
  const args = [plan.address, index, ROWS, blocks, Number(wide)];
  return runtime.runInPieces(dense, "packLink", args, blocks, inputs * units);
}
