import { Regions } from "../memory/regions.ts";
import { mixture } from "../module/mixture.ts";
import type { SimdRuntime } from "../runtime.ts";
import { mirrored, type MoveAlgebra } from "./mixture_moves.ts";
import { product64 } from "./product64.ts";

/** Returns the algebra of moves by kernels. */
export function moveAlgebra(runtime: SimdRuntime): MoveAlgebra {
  return {
    changesOfBasis: (before, after, d) => changesOfBasis(runtime, before, after, d),
    timesTransposed(m, d) {
      const sizes = { m: d, n: d, k: d };
      return mirrored(
        product64(runtime, { a: m, b: m, ...sizes, transposeB: true, lower: true }),
        d,
      );
    },
  };
}

function changesOfBasis(
  runtime: SimdRuntime,
  before: Float64Array,
  after: Float64Array,
  d: number,
): Float64Array {
  const { memory } = runtime;
  const { length } = before;
  const regions = new Regions(memory);
  try {
    const output = regions.allocate(8 * length);
    const count = length / d ** 2;
    const args = [regions.place(before), regions.place(after), output, d, count];
    const multiplyAdds = length * d / 6;
    runtime.run(mixture, "changeOfBasis", args, count * d, { multiplyAdds });
    return memory.float64(output, length).slice();
  } finally {
    regions[Symbol.dispose]();
  }
}
