import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Line, Plan } from "./trial.ts";

/** The outcome of a process that ran a plan. */
export interface PlanRun {
  /** Lines that the process wrote. */
  readonly lines: readonly Line[];
  /** Reason why the process did not end by itself, if it did not: too long over a mutant, a crash, Ctrl-C. */
  readonly stopped?: "timeout" | "crash" | "interrupted";
}

/** The command that runs tests in a copy of the workspace. */
export interface TestCommand {
  /** Path of the copy. */
  readonly root: string;
  /** Arguments of `deno` up to the test files, as the workspace's own task has them. */
  readonly args: readonly string[];
  /** Variables that the task sets. */
  readonly env: Readonly<Record<string, string>>;
}

const driver = new URL("./drive.ts", import.meta.url).href;

/** Time in which a test file is loaded, in milliseconds. */
const loadingMs = 120_000;

/** Interval between two looks at a process, in milliseconds. */
const lookMs = 100;

let plans = 0;

/**
 * Reads from a workspace's task `test:modules`, or else `test`, how its tests are run.
 *
 * @param root Path of the workspace, whose `deno.json` may have such a task.
 * @returns The command: types are not checked, and the examples in docs are left out.
 */
export async function readTestCommand(root: string): Promise<TestCommand> {
  const { tasks } = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
  const task = tasks?.["test:modules"] ?? tasks?.test;
  const command: string = task?.command ?? task ?? "deno test --allow-read --allow-write";
  const words = command.replace(/\$\(deno eval -p 'Deno\.execPath\(\)'\)/g, Deno.execPath())
    .match(/"[^"]*"|\S+/g)!.map((word) => word.replace(/^"|"$/g, ""));
  const first = words.indexOf("test");
  const flags = words.slice(first + 1).filter((word) => word.startsWith("-"));
  const kept = flags.filter((word) => !/^--(doc|no-check|parallel|ignore=.*)$/.test(word));
  const set = words.slice(0, first).flatMap((word) => {
    const [, name, value] = /^(\w+)=(.*)$/.exec(word) ?? [];
    return name === undefined ? [] : [[name, value]];
  });
  return { root, env: Object.fromEntries(set), args: ["test", "--no-check", "--quiet", ...kept] };
}

/**
 * Runs test files as a plan says, in a process of its own, which is killed when it takes too long.
 *
 * @param plan The plan, with the paths of the test files from the root.
 */
export async function runPlan(
  plan: Omit<Plan, "log">,
  command: TestCommand,
  signal?: AbortSignal,
): Promise<PlanRun> {
  const { root } = command;
  const folder = join(root, ".tmp", `plan-${plans++}`);
  await Deno.mkdir(folder);
  const log = join(folder, "log");
  await Deno.writeTextFile(log, "");
  const files = plan.files.map((file) => ({
    ...file,
    test: pathToFileURL(join(root, file.test)).href,
  }));
  const whole: Plan = { ...plan, log, files };
  const entry = join(folder, "driver_test.ts");
  await Deno.writeTextFile(
    entry,
    `import { drive } from ${JSON.stringify(driver)};\nawait drive(${JSON.stringify(whole)});\n`,
  );
  const mayWriteAll = command.args.includes("--allow-write");
  const child = new Deno.Command(Deno.execPath(), {
    // What it says must be written, whatever else the tests may write.
    args: [...command.args, ...mayWriteAll ? [] : [`--allow-write=${folder}`], entry],
    cwd: root,
    env: { ...command.env, TMPDIR: join(root, ".tmp") },
    // Ctrl-C is for the program that asks, which ends this one itself.
    detached: true,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  let stopped: PlanRun["stopped"];
  let ended = false;
  const end = child.status.then(() => ended = true);
  let size = -1;
  let since = performance.now();
  let limit = loadingMs;
  while (!ended) {
    await Promise.race([end, new Promise((resolve) => setTimeout(resolve, lookMs))]);
    const { size: now } = await Deno.stat(log);
    if (now !== size) {
      [size, since] = [now, performance.now()];
      limit = limitMs(await readLines(log));
    }
    const isLate = performance.now() - since > limit;
    if (!ended && (isLate || signal?.aborted)) {
      stopped = isLate ? "timeout" : "interrupted";
      await stopGroup(child);
      await end;
    }
  }
  const lines = await readLines(log);
  await Deno.remove(folder, { recursive: true });
  const isWhole = ["end", "spoiled"].includes(lines.at(-1)?.kind ?? "");
  if (stopped === undefined && !isWhole) stopped = "crash";
  return { lines, stopped };
}

/** Ends a detached process and those that it started, such as the programs that its tests run. */
async function stopGroup(child: Deno.ChildProcess): Promise<void> {
  if (Deno.build.os !== "windows") {
    // Deno would only send signals to groups with the permission to run anything.
    const args = ["-c", 'kill -s KILL -- "-$0"', String(child.pid)];
    await new Deno.Command("sh", { args, stdin: "null", stdout: "null", stderr: "null" }).output();
  }
  try {
    child.kill("SIGKILL");
  } catch {
    // It has ended.
  }
}

function limitMs(lines: readonly Line[]): number {
  const last = lines.at(-1);
  return last?.kind === "begin" ? last.limitMs : loadingMs;
}

async function readLines(log: string): Promise<Line[]> {
  const text = await Deno.readTextFile(log);
  return text.split("\n").slice(0, -1).map((line) => JSON.parse(line));
}
