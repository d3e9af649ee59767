import { cpus, totalmem } from "node:os";

/** The machine on which times were measured. */
export interface Machine {
  /** Model of the processor. */
  readonly processor: string;
  /** Number of logical processors. */
  readonly processors: number;
  /** Memory, in bytes. */
  readonly memory: number;
  /** Operating system, architecture and release. */
  readonly os: string;
  /** Versions of Deno and V8. */
  readonly runtime: string;
}

/** Describes this machine. */
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
