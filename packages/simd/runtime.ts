import {
  type KernelBuild,
  type KernelFunction,
  type KernelModule,
  moduleBytes,
} from "./kernel_module.ts";
import { WasmMemory } from "./memory/wasm_memory.ts";
import * as control from "./pool/control_block.ts";
import { ThreadPool, type Waiting } from "./pool/thread_pool.ts";

/** Configuration of a runtime, without features that the engine lacks. */
export interface RuntimeOptions {
  readonly threads: number;
  readonly shared: boolean;
  readonly relaxed: boolean;
  readonly maximumPages?: number;
  readonly waiting?: Partial<Waiting>;
}

interface LoadedModule {
  readonly slot: number;
  readonly functions: ReadonlyMap<string, { index: number; call: KernelFunction }>;
}

/**
 * A memory, the kernel modules loaded into it, and the threads that run them. The loss of a worker
 * ends it, and its {@linkcode SimdRuntime.successor} takes over.
 *
 * @example Inside a kernel's host file
 * `runtime.run(mathModule, "exp", [input, output, n, blocks], blocks)`
 */
export class SimdRuntime {
  readonly memory: WasmMemory;
  readonly threads: number;
  readonly relaxed: boolean;
  readonly #options: RuntimeOptions;
  readonly #pool: ThreadPool | undefined;
  #notShared: string | undefined;
  readonly #modules = new Map<KernelBuild, LoadedModule>();
  #control: Int32Array<ArrayBuffer>;
  #arguments: Float64Array<ArrayBuffer>;

  /** Makes a runtime; its workers start with the first job of more than one block. */
  constructor(options: RuntimeOptions) {
    const { threads, relaxed, waiting } = options;
    this.#options = options;
    this.memory = this.#reserve(options);
    this.threads = this.memory.shared ? threads : 1;
    this.relaxed = relaxed;
    this.#control = this.#controlView();
    this.#arguments = this.#argumentView();
    if (this.threads > 1) this.#pool = new ThreadPool(this.memory, this.threads, waiting);
  }

  /** True once a worker is lost and an operation has been told: no further job runs here. */
  get over(): boolean {
    return this.memory.retired;
  }

  /** Returns a runtime of the same kind, with its own memory and workers. */
  successor(): SimdRuntime {
    return new SimdRuntime(this.#options);
  }

  /**
   * Runs the function `name` of a kernel module to completion.
   *
   * @param args The numbers that `argument(args, i)` reads, at most 352.
   * @param blocks Number of blocks that the function takes with `nextBlock()`; one block runs on
   * the caller alone.
   * @throws {WorkerLostError} If a worker ended since the last job or does not come back from this
   * one, and at every later call.
   */
  run<F extends string>(
    module: KernelModule<F>,
    name: F,
    args: readonly number[],
    blocks: number,
  ): void {
    this.#pool?.throwIfLost();
    const build = this.relaxed ? module.relaxed : module.plain;
    const { slot, functions } = this.#modules.get(build) ?? this.#load(module, build);
    const { index, call } = functions.get(name)!;
    this.#refreshViews();
    this.#arguments.set(args);
    this.#control[control.NEXT_BLOCK] = 0;
    if (!this.#pool || blocks <= 1) return call(0, control.ARGUMENTS);
    this.#control[control.JOB] = slot;
    this.#control[control.JOB + 1] = index;
    this.#control[control.JOB + 2] = control.ARGUMENTS;
    this.#pool.run(() => call(0, control.ARGUMENTS));
  }

  /**
   * Reason for which no worker takes part although several threads were asked for; undefined while
   * workers do.
   */
  get threadsLost(): string | undefined {
    return this.#notShared ?? this.#pool?.alone;
  }

  /** Ends the workers; later jobs run on the caller alone. */
  stop(): void {
    this.#pool?.stop();
  }

  /** A memory that is not shared takes addresses only as it grows. */
  #reserve({ shared, maximumPages }: RuntimeOptions): WasmMemory {
    try {
      return new WasmMemory({ shared, maximumPages });
    } catch (error) {
      if (!shared || !(error instanceof RangeError)) throw error;
      this.#notShared = error.message;
      return new WasmMemory({ shared: false, maximumPages });
    }
  }

  #load(module: KernelModule, build: KernelBuild): LoadedModule {
    const slot = this.#modules.size;
    if (slot >= control.MODULE_SLOTS) {
      throw new RangeError(
        `Cannot load kernel ${module.name}: ${slot} are loaded, at most ${control.MODULE_SLOTS} may be`,
      );
    }
    const bytes = moduleBytes(build, this.memory.shared);
    const { memory } = this.memory;
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
      env: { memory },
    });
    const functions = new Map(module.functions.map((name, index) => {
      return [name, { index, call: exports[name] as KernelFunction }];
    }));
    const loaded = { slot, functions };
    this.#modules.set(build, loaded);
    if (this.#pool) this.#shareBytes(slot, bytes);
    return loaded;
  }

  /** Workers compile the module from these bytes. */
  #shareBytes(slot: number, bytes: Uint8Array): void {
    const { address, length } = this.memory.place(bytes);
    this.#control[control.MODULES + 2 * slot] = address;
    this.#control[control.MODULES + 2 * slot + 1] = length;
  }

  /** Growing an unshared memory detaches its views. */
  #refreshViews(): void {
    if (this.#control.length > 0) return;
    this.#control = this.#controlView();
    this.#arguments = this.#argumentView();
  }

  #controlView(): Int32Array<ArrayBuffer> {
    return new Int32Array(this.memory.buffer, 0, 1024);
  }

  #argumentView(): Float64Array<ArrayBuffer> {
    return new Float64Array(this.memory.buffer, control.ARGUMENTS, control.ARGUMENT_SLOTS);
  }
}
