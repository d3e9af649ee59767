import { random } from "@mixtape/tensor-utils";
import type { Row } from "../core/row.ts";
import type { Inputs } from "../inputs.ts";
import { ourEntries } from "./our_entries.ts";

/** A product of square matrices in float32, beside the peak rate of the processor. */
export const matrixProductRow: Row = {
  id: "matmul",
  title: "Matrix product, float32",
  bound:
    "On one thread 95% of the time are tiles of 5 × 8 sums in registers, 3% packing, 1% the call. Tiles reach over nine " +
    "tenths of the multiply-adds that four lanes allow where no other machine uses the core, about half where one does: " +
    "40 of them take 105 instructions, the engine's checks of bounds included: without these, they take as long. Longer " +
    "loops, of a tenth fewer, gained less than 4%, shorter panels nothing, and loads in place of shuffles took 15% longer. " +
    "A tenth of the time of TensorFlow.js wasm is less than the peak's. Products of PyTorch are of 512 bits.",
  plan: async (inputs) => {
    const n = inputs.size(1024, 256);
    const args = { a: await square(inputs, n, 0), b: await square(inputs, n, 1) };
    const variants = [{ label: "", args }];
    return {
      size: `${n} × ${n} × ${n}`,
      entries: [
        ...ourEntries("product", args),
        {
          id: "peak",
          peer: "peak",
          work: "product-at-peak",
          title: "2 cores × 4 lanes × 2 operations × 2 per cycle",
          variants: [{ label: "", args: { n } }],
          remark: "computed from the measured clock",
        },
        {
          id: "registers",
          peer: "peak",
          work: "product-in-registers",
          title: "multiply-adds in registers on 2 threads",
          variants: [{ label: "", args: { n } }],
          remark: "as many operations, measured without memory",
        },
        { id: "tfjs-wasm", peer: "tfjs-wasm", work: "product", variants },
        { id: "tfjs-cpu", peer: "tfjs-cpu", work: "product", variants },
        { id: "pytorch", peer: "pytorch", work: "product", variants },
      ],
      bars: [
        { against: ["peak"], atLeast: 0.85 },
        { against: ["tfjs-wasm"], atLeast: 10 },
      ],
    };
  },
};

async function square(inputs: Inputs, n: number, stream: number): Promise<string> {
  const source = random(0).split(stream);
  const values = Float32Array.from({ length: n * n }, () => source.next() - 0.5);
  return await inputs.write(`square-${n}-${stream}.npy`, { values, shape: [n, n] });
}
