import type { Gpu, Kernel } from "../../gpu.ts";
import { LAYER_BYTES } from "../../kernels/dense_frame.ts";
import type { NetworkLayer, Panel } from "./network.ts";

/** A kernel with its buffers. */
export interface Dispatch {
  /** The compiled code. */
  readonly pipeline: GPUComputePipeline;
  /** The buffers. */
  readonly bindings: GPUBindGroup;
  /** Returns the numbers of workgroups for a number of rows. */
  readonly groups: (rows: number) => [x: number, y: number];
}

/** Binds buffers to a kernel. */
export function dispatchOf(
  gpu: Gpu,
  kernel: Kernel,
  buffers: readonly GPUBuffer[],
  groups: Dispatch["groups"],
): Dispatch {
  return { pipeline: kernel.pipeline, bindings: gpu.bind(kernel, buffers), groups };
}

/** Encodes kernels, one after the other, on some rows. */
export function encode(
  encoder: GPUCommandEncoder,
  dispatches: readonly Dispatch[],
  rows: number,
): void {
  const pass = encoder.beginComputePass();
  for (const { pipeline, bindings, groups } of dispatches) {
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindings);
    pass.dispatchWorkgroups(...groups(rows));
  }
  pass.end();
}

/** Part of a layer's sums. */
export interface Share {
  /** First quad of the input. */
  readonly begin: number;
  /** The quad after the last. */
  readonly end: number;
  /** True if nothing was added up before. */
  readonly isFirst: boolean;
  /** True if nothing is added up after. */
  readonly isLast: boolean;
}

/** Makes the frame of a layer; see kernels/dense_frame.ts. */
export function layerFrame(
  gpu: Gpu,
  { inputs, inputQuads, outputQuads, units }: NetworkLayer,
  { first, quads }: Panel,
  { begin, end, isFirst, isLast }: Share,
  scale = 1,
): GPUBuffer {
  const frame = gpu.uniform(LAYER_BYTES);
  const flags = [Number(isFirst), Number(isLast), units];
  gpu.write(
    frame,
    Uint32Array.of(inputs, inputQuads, outputQuads, first, quads, begin, end, ...flags),
  );
  gpu.write(frame, Float32Array.of(scale), 40);
  return frame;
}
