import type { BootstrapMeasures, MaybePromise } from "@mixtape/operations";
import type { NamedCall } from "../kernel.ts";
import { workWithRegions } from "../memory/regions.ts";
import { bootstrap as module } from "../module/bootstrap.ts";

/** Multiply-adds that take as long as what is done with a row. */
const ROW_WORK = 64;

/** Draws resamples and measures how well each is separated. */
export function bootstrap(
  { attrs, backend: { runtime } }: NamedCall<"MixtapeBootstrap">,
): MaybePromise<BootstrapMeasures> {
  const { idAccepted, oodAccepted, streams, signal } = attrs;
  const thresholds = idAccepted.length;
  const counts = [idAccepted[thresholds - 1], oodAccepted[thresholds - 1]];
  const rows = counts[0] + counts[1];
  const resamples = streams.length / 8;
  const work = workWithRegions(runtime.memory, function* (regions) {
    const out = regions.allocate(8 * 6 * resamples);
    // Whole cache lines, as each thread writes to its own.
    const scratchBytes = Math.ceil((rows + 2) / 32) * 128;
    const args = [
      ...[regions.place(idAccepted), regions.place(oodAccepted), thresholds, ...counts],
      ...[regions.place(streams), out, resamples],
      ...[regions.allocate(scratchBytes * runtime.threads), scratchBytes],
    ];
    const multiplyAdds = ROW_WORK * rows * resamples;
    yield* runtime.runInPieces(module, "resample", args, resamples, multiplyAdds);
    return runtime.memory.float64(out, 6 * resamples).slice();
  });
  return runtime.turns.drive(work, signal);
}
