import type { CheckedWebGpuBackend } from "./backend.ts";

/** A kernel, compiled. */
export interface Kernel {
  /** The compiled code. */
  readonly pipeline: GPUComputePipeline;
  /** Kinds of its bindings. */
  readonly layout: GPUBindGroupLayout;
}

/** Kind of a binding, in the order of a kernel's bindings. */
export type BindingKind = "read" | "write" | "uniform";

const kinds: Readonly<Record<BindingKind, GPUBufferBindingType>> = {
  read: "read-only-storage",
  write: "storage",
  uniform: "uniform",
};

/** Kernels of each device by their code. */
const compiled = new WeakMap<GPUDevice, Map<string, Kernel>>();

/** The device of a backend, for kernels. */
export class Gpu {
  /** The device. */
  readonly device: GPUDevice;
  readonly #backend: CheckedWebGpuBackend;

  /**
   * Uses the device that a backend runs on.
   *
   * @throws {DeviceLostError} If the device was lost.
   */
  constructor(backend: CheckedWebGpuBackend) {
    this.#backend = backend;
    this.device = backend.device;
    this.#checkLoss();
  }

  /** Largest number of bytes of a buffer that a kernel reads or writes. */
  get mostBytes(): number {
    const { maxStorageBufferBindingSize, maxBufferSize } = this.device.limits;
    return Math.min(maxStorageBufferBindingSize, maxBufferSize);
  }

  /** Makes a buffer of zeros for kernels, from and to which can be copied. */
  storage(bytes: number): GPUBuffer {
    return this.#storage(bytes, false);
  }

  /** Makes a buffer of uniforms. */
  uniform(bytes: number): GPUBuffer {
    return this.#buffer(bytes, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST);
  }

  /** Makes a buffer that the host reads. */
  staging(bytes: number): GPUBuffer {
    return this.#buffer(bytes, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
  }

  /**
   * Makes a buffer for kernels that the host fills first.
   *
   * @throws {DeviceLostError} If the device was lost.
   */
  filled(bytes: number, fill: (words: Uint32Array) => void): GPUBuffer {
    this.#checkLoss();
    const buffer = this.#storage(bytes, true);
    fill(new Uint32Array(buffer.getMappedRange()));
    buffer.unmap();
    return buffer;
  }

  /** Writes to a buffer, before whatever is submitted later. */
  write(
    buffer: GPUBuffer,
    values: Float32Array | Float64Array | Int32Array | Uint32Array,
    at = 0,
  ): void {
    this.device.queue.writeBuffer(buffer, at, values.buffer, values.byteOffset, values.byteLength);
  }

  /** Compiles a kernel, once per device. */
  kernel(code: string, bindings: readonly BindingKind[]): Kernel {
    const { device } = this;
    const known = compiled.get(device) ?? new Map<string, Kernel>();
    compiled.set(device, known);
    const before = known.get(code);
    if (before) return before;
    const layout = device.createBindGroupLayout({
      entries: bindings.map((kind, binding) => ({
        binding,
        visibility: GPUShaderStage.COMPUTE,
        buffer: { type: kinds[kind] },
      })),
    });
    const pipeline = device.createComputePipeline({
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module: device.createShaderModule({ code }), entryPoint: "main" },
    });
    const kernel = { pipeline, layout };
    known.set(code, kernel);
    return kernel;
  }

  /** Binds buffers, or parts of buffers, to a kernel. */
  bind({ layout }: Kernel, resources: readonly (GPUBuffer | GPUBufferBinding)[]): GPUBindGroup {
    return this.device.createBindGroup({
      layout,
      entries: resources.map((resource, binding) => ({
        binding,
        resource: resource instanceof GPUBuffer ? { buffer: resource } : resource,
      })),
    });
  }

  /**
   * Submits commands that nothing is awaited of.
   *
   * @param encoder The commands.
   * @throws {DeviceError} If the device refused something before, or was lost.
   */
  submit(encoder: GPUCommandEncoder): void {
    this.#backend.faults.check();
    this.device.queue.submit([encoder.finish()]);
  }

  /**
   * Submits commands, waits for them, and reads a buffer of the host's that they wrote.
   *
   * @param encoder The commands.
   * @param staging The buffer.
   * @param size Number of bytes to read, from the first on, a multiple of 4; all by default.
   * @returns The bytes.
   * @throws {DeviceError} If the device refused something, or was lost.
   */
  async read(
    encoder: GPUCommandEncoder,
    staging: GPUBuffer,
    size: number = staging.size,
  ): Promise<ArrayBuffer> {
    const { faults } = this.#backend;
    faults.check();
    this.device.queue.submit([encoder.finish()]);
    await faults.during(staging.mapAsync(GPUMapMode.READ, 0, size));
    const bytes = staging.getMappedRange(0, size).slice(0);
    staging.unmap();
    return bytes;
  }

  #checkLoss(): void {
    const { faults } = this.#backend;
    if (faults.isLost) faults.check();
  }

  #storage(bytes: number, mappedAtCreation: boolean): GPUBuffer {
    const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
    return this.#buffer(bytes, STORAGE | COPY_SRC | COPY_DST, mappedAtCreation);
  }

  #buffer(bytes: number, usage: number, mappedAtCreation = false): GPUBuffer {
    const size = Math.max(16, Math.ceil(bytes / 16) * 16);
    return this.device.createBuffer({ size, usage, mappedAtCreation });
  }
}

/**
 * Divides workgroups among two dimensions, as one holds 65,535.
 *
 * @returns Numbers of workgroups; more than asked for where they do not divide evenly.
 */
export function grid(groups: number): [x: number, y: number] {
  const rows = Math.ceil(groups / 65535);
  return [Math.ceil(groups / rows), rows];
}

/** Rounds a size up to a power of two, so that few kernels are compiled for many sizes. */
export function powerOfTwoFrom(size: number): number {
  return 2 ** Math.ceil(Math.log2(size));
}
