import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { mutate, type Tried } from "./mutate.ts";

const files: Readonly<Record<string, string>> = {
  "deno.json": `{ "tasks": { "test": "deno test --allow-read" } }`,
  "packages/shop/price.ts": `
export function total(prices: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < prices.length; i++) sum += prices[i];
  return sum;
}

export function isLarge(sum: number): boolean {
  return sum > 100;
}

export function refund(sum: number): number {
  return sum - 5;
}

const fee = 3;

export function withFee(sum: number): number {
  return sum + fee;
}

export function describe(name: string, sum: number): string {
  return pad(name, sum);
}

function pad(name: string, sum: number): string {
  return \`\${name}: \${sum}\`;
}
`,
  "packages/shop/price_test.ts": `
import { describe, isLarge, total, withFee } from "./price.ts";
function same(one: unknown, other: unknown) {
  if (one !== other) throw new RangeError(\`\${one} is not \${other}\`);
}
Deno.test("total", () => same(total([1, 2]), 3));
Deno.test("isLarge", () => same(isLarge(500), true));
Deno.test("withFee", () => same(withFee(1), 4));
Deno.test("describe", () => same(describe("tea", 2), "tea: 2"));
Deno.test("fails unchanged", () => same(total([]), 1));
`,
  "packages/shop/tax.ts": `
export const tax = (sum: number): number => sum * 7;
`,
  "packages/shop/shelf.ts": `
export const place = (row: number): number => row - 9;
`,
  "packages/shop/shelf_test.ts": `
import { place } from "./shelf.ts";
const first = place(10);
Deno.test("a number", () => { if (typeof place(1) !== "number") throw new RangeError("wrong"); });
Deno.test("computed before", () => { if (first !== 1) throw new RangeError("wrong"); });
`,
  "packages/shop/stamp.ts": `
export const stamp = { value: 11 };
`,
  "packages/shop/stamp_test.ts": `
Deno.test("a stamp", async () => {
  const { stamp } = await import("./stamp.ts");
  if (stamp.value !== 11) throw new RangeError("wrong");
});
Deno.test("still a stamp", async () => {
  const { stamp } = await import("./stamp.ts");
  if (stamp.value < 11) throw new RangeError("wrong");
});
`,
  "packages/shop/ticket.ts": `
export const ticket = { value: 13 };
`,
  "packages/shop/hall_test.ts": `
import process from "node:process";
Deno.test("a slow test that looks at nothing", async () => {
  const start = process.cpuUsage();
  while (process.cpuUsage(start).user < 600_000);
  await import("./ticket.ts");
});
Deno.test("a ticket", async () => {
  const { ticket } = await import("./ticket.ts");
  if (ticket.value !== 13) throw new RangeError("wrong");
});
`,
  "packages/shop/mod.ts": `export { tax } from "./tax.ts";`,
  "packages/shop/all_test.ts": `
import { tax } from "./mod.ts";
Deno.test("tax of one", () => { if (tax(1) !== 7) throw new RangeError("wrong"); });
`,
  "packages/shop/rates_test.ts": `
import { tax } from "./tax.ts";
Deno.test("tax of two", () => { if (tax(2) !== 14) throw new RangeError("wrong"); });
`,
  "packages/audit/lamp.ts": `
export const lit = (hours: number): boolean => hours >= 4;
export const wait = (ready: boolean): Promise<void> =>
  new Promise((resolve) => { if (ready && true) resolve(); });
export function hours(days: number): number {
  let sum = 0;
  for (let day = 0; day < days; day++) sum += 24;
  return sum;
}
`,
  "packages/audit/first_test.ts": `
import { lit } from "./lamp.ts";
globalThis.name = "first";
Deno.test("is lit", () => { if (!lit(6)) throw new RangeError("wrong"); });
`,
  "packages/audit/second_test.ts": `
import { hours, lit, wait } from "./lamp.ts";
Deno.test("waits", () => wait(true));
Deno.test("by itself", () => {
  if (globalThis.name === "first") throw new RangeError("not by itself");
  if (!lit(4)) throw new RangeError("wrong");
});
Deno.test("hours", () => { if (hours(2) !== 48) throw new RangeError("wrong"); });
`,
  "packages/audit/third_test.ts": `
import { hours } from "./lamp.ts";
Deno.test("hours of one", () => { if (hours(1) !== 24) throw new RangeError("wrong"); });
`,
};

const root = await Deno.makeTempDir({ prefix: "mutate-test-" });

async function writeFiles(
  folder: string,
  texts: Readonly<Record<string, string>>,
  change = (text: string) => text,
): Promise<void> {
  for (const [path, text] of Object.entries(texts)) {
    const to = join(folder, path);
    await Deno.mkdir(join(to, ".."), { recursive: true });
    await Deno.writeTextFile(to, change(text));
  }
  await new Deno.Command("git", { args: ["init", "--quiet"], cwd: folder }).output();
}

async function tried(): Promise<readonly Tried[]> {
  await writeFiles(root, files);
  return await mutate(root, { paths: ["packages"], seed: 0, jobs: 2 });
}

let once: Promise<readonly Tried[]> | undefined;

/** Returns the verdicts on the mutants that turn one text into another. */
async function verdictsOf(original: string, replacement: string): Promise<string[]> {
  const all = await (once ??= tried());
  return all.filter(({ mutant }) =>
    mutant.original === original && mutant.replacement === replacement
  ).map(({ verdict }) => verdict.kind === "noticed" ? `noticed by ${verdict.by}` : verdict.kind);
}

const test = "packages/shop/price_test.ts";

Deno.test("mutate() tells which test notices a change", async () => {
  assert.deepEqual(await verdictsOf("sum += prices[i]", "sum -= prices[i]"), [
    `noticed by ${test}: total`,
  ]);
});

Deno.test("mutate() takes a test that no longer ends for one that fails", async () => {
  assert.deepEqual(await verdictsOf("i++", "i--"), [`noticed by ${test}: timeout`]);
});

Deno.test("mutate() tells what survives, and what no test reaches", async () => {
  assert.deepEqual(await verdictsOf("sum > 100", "sum >= 100"), ["survived"]);
  assert.deepEqual(await verdictsOf("sum - 5", "sum + 5"), ["not reached"]);
});

Deno.test("mutate() makes a change that works while modules are loaded", async () => {
  assert.deepEqual(await verdictsOf("3", "4"), [`noticed by ${test}: withFee`]);
});

Deno.test("mutate() makes a change while a test file is loaded, too, if tests reach it later", async () => {
  assert.deepEqual(await verdictsOf("row - 9", "row + 9"), [
    "noticed by packages/shop/shelf_test.ts: computed before",
  ]);
});

Deno.test("mutate() makes a change before a test loads the module itself", async () => {
  assert.deepEqual(await verdictsOf("11", "12"), [
    "noticed by packages/shop/stamp_test.ts: a stamp",
  ]);
});

Deno.test("mutate() makes a change before a slow test loads the module, for the tests after it", async () => {
  assert.deepEqual(await verdictsOf("13", "14"), [
    "noticed by packages/shop/hall_test.ts: a ticket",
  ]);
});

Deno.test("mutate() tries the tests first that import the changed file themselves", async () => {
  assert.deepEqual(await verdictsOf("sum * 7", "sum / 7"), [
    "noticed by packages/shop/rates_test.ts: tax of two",
  ]);
});

Deno.test("mutate() runs test files by one process that may share it, and by its own what fails there", async () => {
  assert.deepEqual(await verdictsOf("hours >= 4", "hours > 4"), [
    "noticed by packages/audit/second_test.ts: by itself",
  ]);
  assert.deepEqual(await verdictsOf("day++", "day--"), [
    "noticed by packages/audit/second_test.ts: timeout",
  ]);
  assert.deepEqual(await verdictsOf("sum += 24", "sum -= 24"), [
    "noticed by packages/audit/second_test.ts: hours",
  ]);
});

Deno.test("mutate() notices a test that waits for what does not come, and goes on", async () => {
  assert.deepEqual(await verdictsOf("ready && true", "false"), [
    "noticed by packages/audit/second_test.ts: a test that waits for ever",
  ]);
});

Deno.test("mutate() exchanges neighbours, if that type-checks", async () => {
  assert.deepEqual(await verdictsOf("`${name}: ${sum}`", "`${sum}: ${name}`"), [
    `noticed by ${test}: describe`,
  ]);
  assert.deepEqual(await verdictsOf("pad(name, sum)", "pad(sum, name)"), []);
});

Deno.test("mutate() refuses paths that hold no code, and tests", async () => {
  await (once ??= tried());
  for (const path of ["deno.json", "packages/no-such", "packages/shop/price_test.ts", "pack"]) {
    await assert.rejects(mutate(root, { paths: [path], seed: 0, jobs: 1 }), {
      name: "RangeError",
      message: new RegExp(`^Cannot change ${path}: it holds no code`),
    });
  }
});

Deno.test("mutate() leaves the workspace as it is", async () => {
  await (once ??= tried());
  for (const [path, text] of Object.entries(files)) {
    assert.equal(await Deno.readTextFile(join(root, path)), text);
  }
  await Deno.remove(root, { recursive: true });
});

/** A test that reaches a change and then waits for a program, which tells that it lives. */
const waiting: Readonly<Record<string, string>> = {
  "deno.json": `{ "tasks": { "test": "deno test --allow-read --allow-write --allow-run" } }`,
  "packages/shop/price.ts": files["packages/shop/price.ts"],
  "packages/shop/price_test.ts": `
import { total } from "./price.ts";
const alive = \`setInterval(() => Deno.writeTextFileSync("ALIVE", String(Date.now())), 20)\`;
Deno.test("total", async () => {
  total([1, 2]);
  await new Deno.Command(Deno.execPath(), { args: ["eval", alive] }).output();
});
`,
};

Deno.test("mutate() ends its tests, and what they started, with the program that is interrupted", async () => {
  const folder = await Deno.makeTempDir({ prefix: "mutate-test-" });
  const alive = join(folder, "alive");
  try {
    await writeFiles(folder, waiting, (text) => text.replace("ALIVE", alive));
    const program = join(folder, "program.ts");
    const moduleOf = (path: string) => new URL(path, import.meta.url).href;
    await Deno.writeTextFile(
      program,
      `import { mutate } from "${moduleOf("./mutate.ts")}";
import { run } from "${moduleOf("../command_line.ts")}";
const options = { paths: ["packages"], sample: 1, seed: 0, jobs: 1 };
await run(async (_, signal) => {
  const [{ verdict }] = await mutate(${JSON.stringify(folder)}, { ...options, signal });
  console.log(verdict.kind);
});
`,
    );
    const config = fileURLToPath(new URL("../../deno.json", import.meta.url));
    const args = ["run", "--allow-all", "--no-check", "--quiet", "--config", config, program];
    const child = new Deno.Command(Deno.execPath(), { args, stdout: "piped" }).spawn();
    let ended = false;
    child.status.then(() => ended = true);
    while (!ended && await modified(alive) === 0) await delay(50);
    child.kill("SIGINT");
    const { stdout } = await child.output();
    assert.equal(new TextDecoder().decode(stdout), "undecided\n");
    const last = await modified(alive);
    await delay(300);
    assert.equal(await modified(alive), last);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

async function modified(path: string): Promise<number> {
  return (await Deno.stat(path).catch(() => undefined))?.mtime?.getTime() ?? 0;
}

Deno.test("deno task mutate asks for one change and one minute at least", async () => {
  const task = fileURLToPath(new URL("../mutate.ts", import.meta.url));
  await Promise.all(["--sample", "--minutes"].map(async (flag) => {
    const args = ["run", "--allow-read", "--ignore-env", "--allow-sys=cpus", task, flag, "0"];
    const { code, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
    const said = new TextDecoder().decode(stderr);
    assert.equal(said, `error: Cannot use ${flag} 0: it must be a whole number, 1 or more\n`);
    assert.equal(code, 2);
  }));
});
