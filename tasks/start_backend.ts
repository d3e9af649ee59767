import { type BackendInfo, type BackendName, useBackend } from "@mixtape/tensor-utils";
import { readName } from "./command_line.ts";

/** What `--backend` can be. */
const names: readonly ("auto" | BackendName)[] = ["auto", "webgpu", "simd", "cpu"];

/**
 * Starts the backend that a flag names.
 *
 * @param name What was typed.
 * @returns What was chosen.
 */
export async function startBackend(name: string): Promise<BackendInfo> {
  const chosen = readName("--backend", name, names);
  // Where there is no display, Linux's graphics drivers complain on stderr unless this is set.
  if (Deno.build.os === "linux" && !Deno.env.get("XDG_RUNTIME_DIR")) {
    Deno.env.set("XDG_RUNTIME_DIR", "/tmp");
  }
  return await useBackend(chosen);
}

/**
 * Says in a line what computes.
 *
 * @param backend What was chosen.
 * @returns For instance `simd on WebAssembly, 2 threads, shared-memory, relaxed-simd`.
 */
export function describeBackend({ name, adapter, threads, features }: BackendInfo): string {
  const count = threads === 1 ? "1 thread" : `${threads} threads`;
  return [`${name} on ${adapter}`, count, ...features].join(", ");
}
