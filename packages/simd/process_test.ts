import assert from "node:assert/strict";

const program = `${import.meta.dirname}/fixtures/short_program.ts`;
const losing = `${import.meta.dirname}/fixtures/lost_worker_program.ts`;

interface Outcome {
  readonly code: number;
  readonly text: string;
}

async function run(command: string, args: string[]): Promise<Outcome> {
  const signal = AbortSignal.timeout(60_000);
  const { code, stdout, stderr } = await new Deno.Command(command, { args, signal }).output();
  const decoder = new TextDecoder();
  return { code, text: decoder.decode(stdout) + decoder.decode(stderr) };
}

/** Runs a program in Node, which prints what goes wrong among what the program prints. */
async function runBundled(folder: string, source: string): Promise<Outcome> {
  const bundle = `${folder}/program.mjs`;
  const { code, text } = await run(Deno.execPath(), ["bundle", "-o", bundle, source]);
  assert.equal(code, 0, text);
  return await run("node", [bundle]);
}

async function hasNode(): Promise<boolean> {
  try {
    return (await run("node", ["--version"])).code === 0;
  } catch {
    return false;
  }
}

function assertMultiplied({ code, text }: Outcome): void {
  assert.equal(code, 0, text);
  const { value, threads, engine } = JSON.parse(text);
  assert.deepEqual({ value, threads, engine }, { value: 200, threads: 2, engine: "wasm" });
}

Deno.test("simd needs no permission in Deno and lets the process exit", async () => {
  assertMultiplied(await run(Deno.execPath(), ["run", "--no-prompt", program]));
});

Deno.test("simd tells the operation that its worker died, goes on with another, and lets the process exit", async () => {
  const { code, text } = await run(Deno.execPath(), ["run", "--no-prompt", losing]);
  assert.equal(code, 0, text);
  const { error, left, value, workers, threads, stepsDown } = JSON.parse(text);
  assert.deepEqual({ error, left, value, workers, threads, stepsDown }, {
    error: "WorkerLostError",
    left: 0,
    value: 200,
    workers: 2,
    threads: 2,
    stepsDown: [],
  });
});

Deno.test({
  name: "simd runs on threads in Node and lets the process exit, without printing",
  ignore: !(await hasNode()),
  fn: async () => {
    const folder = await Deno.makeTempDir();
    try {
      assertMultiplied(await runBundled(folder, program));
      const { code, text } = await runBundled(folder, losing);
      assert.equal(code, 0, text);
      assert.equal(JSON.parse(text).error, "WorkerLostError");
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
