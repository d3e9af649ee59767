import { runProgram } from "../run_program.ts";
import type { Outcomes } from "./matrix.ts";
import type { Project } from "./project.ts";

/** A runtime, and the command that runs a module in it. */
export interface Runtime {
  /** Name and version. */
  readonly name: string;
  /** Program and its first arguments. */
  readonly command: readonly string[];
}

/** Node.js and Bun as npm has them, which keeps them for the next time, and this Deno. */
export const runtimes: readonly Runtime[] = [
  ...[20, 22, 24].map((version) => ({
    name: `Node ${version}`,
    command: ["npm", "exec", "--yes", `--package=node@${version}`, "--", "node"],
  })),
  { name: "Bun", command: ["npm", "exec", "--yes", "--package=bun@1", "--", "bun"] },
  { name: "Deno", command: [Deno.execPath(), "run", "--allow-all", "--node-modules-dir=manual"] },
];

/**
 * Runs the programs of a project, one after the other in one process.
 *
 * @param runtime The runtime to run them in.
 * @param project The project.
 * @param signal Stops it.
 * @returns The outcome of each.
 */
export async function runPrograms(
  { command: [program, ...args] }: Runtime,
  { folder, programs }: Project,
  signal: AbortSignal,
): Promise<Outcomes> {
  try {
    const said = await runProgram(program, [...args, "all.mjs"], folder, signal);
    return JSON.parse(/^outcomes: (.*)$/m.exec(said)![1]);
  } catch (error) {
    signal.throwIfAborted();
    return Object.fromEntries(programs.map((name) => [name, String(error)]));
  }
}
