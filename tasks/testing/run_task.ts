import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ending, printError } from "../command_line.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { tasks } = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));

/** A task that has ended; for tests only. */
export interface EndedTask {
  /** Its exit code. */
  readonly code: number;
  /** Its output on stdout. */
  readonly said: string;
  /** Its output on stderr. */
  readonly error: string;
}

/** Runs a task with its permissions in deno.json; for tests only. */
export async function runTask(task: string, args: readonly string[]): Promise<EndedTask> {
  const [, ...command] = tasks[task].command.split(" ");
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [command[0], "--no-prompt", ...command.slice(1), ...args],
    cwd: root,
    env: { MIXTAPE_DATA_DIR: "" },
  }).output();
  const [said, error] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, said, error };
}

/** The modules of the tasks, by name: their paths are literal, so that tools see which tests load them. */
const modules = {
  apply: () => import("../apply.ts"),
  bench: () => import("../bench.ts"),
  data: () => import("../data.ts"),
  experiments: () => import("../experiments.ts"),
  fit: () => import("../fit.ts"),
  serve: () => import("../serve.ts"),
  "simd:build": () => import("../simd_build.ts"),
  site: () => import("../site.ts"),
};

/** Calls a task as {@linkcode runTask} runs it, in this process and with its permissions; for tests only. */
export async function callTask(
  task: keyof typeof modules,
  args: readonly string[],
  signal: AbortSignal = new AbortController().signal,
): Promise<EndedTask> {
  const { main } = await modules[task]();
  const { log, error } = console;
  const said: string[] = [];
  const failed: string[] = [];
  Object.assign(console, {
    log: (line: string) => said.push(line, "\n"),
    error: (line: string) => failed.push(line, "\n"),
  });
  let code = 0;
  const before = Deno.exitCode;
  try {
    await main([...args], signal);
    code = Deno.exitCode;
  } catch (thrown) {
    const end = ending(thrown, signal.aborted);
    code = end.code;
    printError(end.message);
  } finally {
    Object.assign(console, { log, error });
    Deno.exitCode = before;
  }
  return { code, said: said.join(""), error: failed.join("") };
}
