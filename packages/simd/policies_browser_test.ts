import assert from "node:assert/strict";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { chromiumPath, startBrowser } from "../../apps/report-site/testing/browser.ts";
import { isolation, servePage } from "./testing/programs.ts";
import type { BrowserOutcome } from "./testing/browser_program.ts";

interface Case {
  readonly headers: Readonly<Record<string, string>>;
  readonly isolated: boolean;
  readonly engine: "wasm" | "cpu";
  readonly threads: number;
  /** The step down that `backendInfo()` reports, with its reason. */
  readonly lost: RegExp;
  /** True if a worker of the page runs the program, rather than the page itself. */
  readonly inWorker?: boolean;
  /** Errors that are allowed on the console. */
  readonly expectedErrors?: RegExp;
}

const cases: Readonly<Record<string, Case>> = {
  "isolated, runs on two threads": {
    headers: isolation,
    isolated: true,
    engine: "wasm",
    threads: 2,
    lost: /^$/,
  },
  "isolated, in a worker of its own, runs on two threads": {
    headers: isolation,
    isolated: true,
    engine: "wasm",
    threads: 2,
    lost: /^$/,
    inWorker: true,
  },
  "not isolated, runs on one thread and says why": {
    headers: {},
    isolated: false,
    engine: "wasm",
    threads: 1,
    lost: /^threads: memory cannot be shared here; a page must be cross-origin isolated/,
  },
  "with a policy that forbids workers, runs on one thread and says why": {
    headers: {
      ...isolation,
      "content-security-policy": "script-src 'self' 'wasm-unsafe-eval'; worker-src 'none'",
    },
    isolated: true,
    engine: "wasm",
    threads: 1,
    lost: /^threads: workers cannot be started here/,
    expectedErrors: /worker.*Content Security Policy|Content Security Policy.*worker/i,
  },
  "with a policy that forbids WebAssembly, runs on the CPU backend and says why": {
    headers: { ...isolation, "content-security-policy": "script-src 'self'" },
    isolated: true,
    engine: "cpu",
    threads: 1,
    lost: /^WebAssembly: /,
    expectedErrors: /WebAssembly.*Content Security Policy|Content Security Policy.*WebAssembly/i,
  },
};

Deno.test({
  name: "simd in a browser",
  ignore: chromiumPath === undefined,
  fn: async (t) => {
    const program = `${import.meta.dirname}/testing/browser_program.ts`;
    await using browser = await startBrowser();
    const simd: BrowserOutcome["simd"][] = [];
    for (const [name, expected] of Object.entries(cases)) {
      await t.step(`on a page ${name}`, async () => {
        await using served = await servePage(program, expected.headers, expected);
        await using context = await browser.newContext();
        const page = await context.newPage();
        const errors: string[] = [];
        page.on("console", (message) => {
          if (["error", "warning"].includes(message.type())) errors.push(message.text());
        });
        page.on("pageerror", (error) => errors.push(String(error)));
        await page.goto(served.url);
        const handle = await page.waitForFunction("globalThis.outcome", null, { timeout: 60_000 });
        const outcome = await handle.jsonValue() as BrowserOutcome | string;
        if (typeof outcome === "string") assert.fail(outcome);
        assertOutcome(outcome, expected);
        if (!expected.inWorker) assert.equal(page.workers().length, expected.threads - 1);
        const surprises = errors.filter((error) => !expected.expectedErrors?.test(error));
        assert.deepEqual(surprises, []);
        if (expected.engine === "wasm") simd.push(outcome.simd);
      });
    }
    await t.step("gives the same bits on every page", () => {
      assert.equal(simd.length, 4);
      for (const other of simd) assert.deepEqual(other, simd[0]);
    });
  },
});

function assertOutcome(
  { isolated, info, worked, cpu, simd }: BrowserOutcome,
  expected: Case,
): void {
  assert.ok(info);
  const { engine, threads, sharedMemory, stepsDown } = info;
  assert.deepEqual({ isolated, engine, threads }, {
    isolated: expected.isolated,
    engine: expected.engine,
    threads: expected.threads,
  });
  assert.match(stepsDown.map(({ lost, reason }) => `${lost}: ${reason}`).join("\n"), expected.lost);
  assert.equal(worked, threads > 1);
  if (threads > 1) assert.ok(sharedMemory);
  assertAllClose(simd.product, cpu.product, { rtol: 0, atol: 200 * 2 ** -23 });
  assert.deepEqual(simd.labels, cpu.labels);
  assertAllClose(simd.sums, cpu.sums, { rtol: 1e-9 });
  assertAllClose(simd.losses, cpu.losses, { rtol: 1e-5 });
}
