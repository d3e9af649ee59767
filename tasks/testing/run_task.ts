import { join } from "node:path";
import { fileURLToPath } from "node:url";

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
