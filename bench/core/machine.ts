import { cpus, totalmem } from "node:os";

/** Where times were measured. */
export interface Machine {
  /** What the processor calls itself. */
  readonly processor: string;
  /** How many there are. */
  readonly processors: number;
  /** Bytes of memory. */
  readonly memory: number;
  /** The operating system. */
  readonly os: string;
  /** Deno and its engine. */
  readonly runtime: string;
}

/** Tells what machine this is. */
export function readMachine(): Machine {
  const processors = cpus();
  return {
    processor: processors[0]?.model.trim() || "unknown",
    processors: processors.length || 1,
    memory: totalmem(),
    os: `${Deno.build.os} ${Deno.build.arch} ${Deno.osRelease()}`,
    runtime: `Deno ${Deno.version.deno}, V8 ${Deno.version.v8}`,
  };
}
