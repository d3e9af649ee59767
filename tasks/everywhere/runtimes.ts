import { runProgram } from "../run_program.ts";
import { misprint } from "./lone_programs.ts";
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
 * Runs the programs of a project: most of them one after the other in one process, and each of those
 * that run alone in one of its own.
 *
 * @param runtime The runtime to run them in.
 * @param project The project.
 * @param signal Stops it.
 * @returns The outcome of each.
 */
export async function runPrograms(
  { command: [program, ...args] }: Runtime,
  { folder, programs, alone }: Project,
  signal: AbortSignal,
): Promise<Outcomes> {
  const printed = (module: string) => runProgram(program, [...args, module], folder, signal);
  const outcomes: Record<string, string | null> = await printed("all.mjs").then(
    (text) => JSON.parse(/^outcomes: (.*)$/m.exec(text)![1]),
    (error) => Object.fromEntries(programs.map((name) => [name, String(error)])),
  );
  for (const one of alone) {
    outcomes[one.name] = await printed(`${one.name}.mjs`)
      .then((text) => misprint(one, text), String);
  }
  signal.throwIfAborted();
  return outcomes;
}
