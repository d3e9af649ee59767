// The kernels on a page of Chromium, whose compiler of shaders is another than Deno's.
import assert from "node:assert/strict";
import { chromiumPath, startBrowser } from "../../apps/report-site/testing/browser.ts";
import { servePage } from "../simd/testing/programs.ts";
import type { PageOutcome } from "./testing/browser_program.ts";

Deno.test({
  name: "kernels of webgpu are right on a page, on the adapter of software that Chromium brings",
  ignore: chromiumPath === undefined,
  fn: async () => {
    await using served = await servePage(`${import.meta.dirname}/testing/browser_program.ts`, {});
    await using browser = await startBrowser([
      "--enable-unsafe-webgpu",
      "--use-webgpu-adapter=swiftshader",
    ]);
    await using context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(served.url);
    const options = { timeout: 300_000 };
    const handle = await page.waitForFunction("globalThis.outcome", null, options);
    const outcome = await handle.jsonValue() as PageOutcome | string;
    assert.ok(typeof outcome === "object", String(outcome));
    assert.match(outcome.adapter, /swiftshader/i);
    assert.ok(outcome.missing.includes("MixtapeMixture"), "no browser has float64 on the device");
    const right = new Array(10).fill(true);
    const kinds = ["bytes", "floats", "doubles", "weighted bytes", "weighted floats"];
    assert.deepEqual(outcome.right, Object.fromEntries(kinds.map((kind) => [kind, right])));
    const { distanceError, searchError, outputError, lossError } = outcome;
    assert.deepEqual({ distanceError, searchError }, { distanceError: 0, searchError: 0 });
    assert.ok(outputError <= 2 && lossError < 1e-5, `${outputError}, ${lossError}`);
  },
});
