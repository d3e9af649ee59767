/**
 * WGSL of the uniforms that the kernels of dense networks share. Matrices lie row by row, each row
 * padded with zeros to quads, groups of four numbers. Parameters of a layer are a matrix of inputs +
 * 1 rows, the last of which are the biases; wide ones are divided into panels of units.
 */
export const denseFrames = `
struct Layer {
  inputs: u32,      // numbers of a row of the input
  inputQuads: u32,
  outputQuads: u32, // quads of a row of the output
  first: u32,       // first quad of the output that this panel computes
  quads: u32,       // quads of the panel
  begin: u32,       // quads of the input that are added up at the same time
  end: u32,
  isFirst: u32,     // 1 if nothing was added up before
  isLast: u32,      // 1 if nothing is added up after
  units: u32,       // numbers of a row of the output
  scale: f32,       // factor of the input: 1 but for bytes
  spare: u32,
}
struct Step {
  rows: u32,        // rows of this chunk of the batch
  offset: u32,      // its first row in the batch
  batch: u32,       // rows of the batch
  losses: u32,      // where the losses of the chunk are kept
  isFirst: u32,     // 1 for the first chunk
  isLast: u32,      // 1 for the last chunk
  share: f32,       // 1 / rows of the batch
  smoothing: f32,   // share of the target that all classes have evenly
  rate: f32,        // step size of Adam, the bias of its means corrected
  correction: f32,  // of the bias of roots of mean squares
  epsilon: f32,
  decay: f32,       // of weights
  beta1: f32,
  beta2: f32,
  rest1: f32,       // 1 − beta1
  rest2: f32,       // 1 − beta2
}`;

/** Bytes of the frame of a layer. */
export const LAYER_BYTES = 48;

/** Bytes of the frame of a step. */
export const STEP_BYTES = 64;

/** Distance of frames in a buffer: what devices guarantee for offsets of uniforms. */
export const FRAME_STRIDE = 256;

/** Storage of a matrix on the device: in quads of four bytes a word, or of four float32 numbers. */
export type QuadStorage = "bytes" | "floats";

/** Bytes of a quad. */
export const QUAD_BYTES: Readonly<Record<QuadStorage, number>> = { bytes: 4, floats: 16 };

/** WGSL of the type of a quad. */
export const quadType: Readonly<Record<QuadStorage, string>> = {
  bytes: "u32",
  floats: "vec4<f32>",
};

/** Returns WGSL of the numbers in a quad. */
export function numbersOf(storage: QuadStorage, quad: string): string {
  return storage === "bytes" ? `vec4<f32>(unpack4xU8(${quad}))` : quad;
}

/** Threads of a workgroup. */
export const THREADS = 64;

/** Most turns of a loop: some devices cut a kernel short after 65,535 turns of all its loops. */
export const MOST_TURNS = 2 ** 15;
