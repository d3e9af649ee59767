import { type BackendInfo, type BackendName, useBackend } from "@mixtape/tensor-utils";
import { readName } from "./command_line.ts";

/** Valid values of `--backend`. */
const names: readonly ("auto" | BackendName)[] = ["auto", "webgpu", "simd", "cpu"];

/**
 * Starts the backend that `--backend` names.
 *
 * @param name The value of `--backend`.
 * @returns The backend that was started.
 */
export async function startBackend(name: string): Promise<BackendInfo> {
  const chosen = readName("--backend", name, names);
  // Where there is no display, Linux's graphics drivers complain on stderr unless this is set.
  if (Deno.build.os === "linux" && !Deno.env.get("XDG_RUNTIME_DIR")) {
    Deno.env.set("XDG_RUNTIME_DIR", "/tmp");
  }
  if (chosen === "auto" || chosen === "webgpu") {
    const { registerWebGpuBackend } = await import("@mixtape/webgpu");
    registerWebGpuBackend();
  }
  return await useBackend(chosen);
}

/**
 * Describes a backend in one line.
 *
 * @param backend The backend.
 * @returns The line, such as `simd on WebAssembly, 2 threads, shared-memory, relaxed-simd`.
 */
export function describeBackend({ name, adapter, threads, features }: BackendInfo): string {
  const count = threads === 1 ? "1 thread" : `${threads} threads`;
  return [`${name} on ${adapter}`, count, ...features].join(", ");
}
