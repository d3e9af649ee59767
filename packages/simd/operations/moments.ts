import type { MaybePromise, Moments, MomentsAttributes } from "@mixtape/operations";
import type { NamedCall } from "../kernel.ts";
import { type Regions, workWithRegions } from "../memory/regions.ts";
import type { SimdRuntime } from "../runtime.ts";
import type { Work } from "../turns.ts";
import { centredScatter } from "./moments/centred_scatter.ts";
import { describeColumns } from "./moments/describe_columns.ts";
import { wholeScatter } from "./moments/whole_scatter.ts";

/** Rows of products that are corrected between two looks at the clock. */
const ROWS = 64;
/** Larger differences than these leave 32 bits after few rows. */
const LARGEST = 2047;

/** Measures means and products of columns: of whole numbers without rounding, of others in float64. */
export function measureMoments(
  { attrs, backend: { runtime } }: NamedCall<"MixtapeMoments">,
): MaybePromise<Moments> {
  const work = workWithRegions(runtime.memory, (regions) => measure(runtime, regions, attrs));
  return runtime.turns.drive(work, attrs.signal);
}

function* measure(
  runtime: SimdRuntime,
  regions: Regions,
  { x }: MomentsAttributes,
): Work<Moments> {
  const [n, d] = x.shape;
  const { origins, sums, least, most, areWhole } = yield* describeColumns(runtime, x);
  const means = sums.map((sum, j) => least[j] === most[j] ? least[j] : origins[j] + sum / n);
  const offsets = means.map(Math.round);
  const isNear = offsets.every((offset, j) =>
    Math.max(offset - least[j], most[j] - offset) <= LARGEST
  );
  if (!areWhole || !isNear) {
    return { means, scatter: yield* centredScatter(runtime, regions, x, means) };
  }
  const rest = sums.map((sum, j) => sum + n * (origins[j] - offsets[j]));
  const columns = { offsets, sums: rest, least, most };
  const scatter = yield* wholeScatter(runtime, regions, x, columns);
  // The means of differences are below 1, so little is lost here.
  for (let a = 0; a < d; a++) {
    for (let b = 0; b <= a; b++) scatter[a * d + b] -= rest[a] * rest[b] / n;
    if (a % ROWS === ROWS - 1) yield* runtime.turns.offer();
  }
  return { means, scatter };
}
