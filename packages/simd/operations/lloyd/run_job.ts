import { lloyd } from "../../module/lloyd.ts";
import type { SimdRuntime } from "../../runtime.ts";
import type { JobOptions } from "../../runtime_options.ts";
import type { PackedAll } from "../../structure.ts";
import type { Work } from "../../turns.ts";
import type { jobs } from "./structures.ts";

type Jobs = typeof jobs;

/** Runs a job of k-means, see `SimdRuntime.run`. */
export function runJob<J extends keyof Jobs>(
  runtime: SimdRuntime,
  job: J,
  structures: PackedAll<Jobs[J]>,
  blocks: number,
  options?: JobOptions,
): void {
  const args = (structures as readonly (readonly number[])[]).flat();
  runtime.run(lloyd, job, args, blocks, options);
}

/** Runs a job of k-means in pieces, see `SimdRuntime.runInPieces`. */
export function runJobInPieces<J extends keyof Jobs>(
  runtime: SimdRuntime,
  job: J,
  structures: PackedAll<Jobs[J]>,
  blocks: number,
  multiplyAdds: number,
): Work<void> {
  const args = (structures as readonly (readonly number[])[]).flat();
  return runtime.runInPieces(lloyd, job, args, blocks, multiplyAdds);
}
