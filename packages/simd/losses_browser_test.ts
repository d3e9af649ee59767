// Workers are lost at every moment of a job, again and again, on a page: no number may be wrong.
import { chromiumPath, startBrowser } from "../../apps/report-site/testing/browser.ts";
import { assertHeldUp, losses, rounds } from "./testing/hold_up.ts";
import { isolation, servePage } from "./testing/programs.ts";
import type { Tally } from "./testing/work_through_losses.ts";

const program = `${import.meta.dirname}/testing/losses_program.ts`;

Deno.test({
  name: "simd is right or says that a worker is lost, in a browser",
  ignore: chromiumPath === undefined,
  fn: async (t) => {
    await using served = await servePage(program, isolation);
    await using browser = await startBrowser();
    for (const loss of losses) {
      await t.step(`where workers are ${loss}`, async () => {
        await using context = await browser.newContext();
        const page = await context.newPage();
        await assertHeldUp(loss, "a browser", async () => {
          await page.goto(`${served.url}?loss=${loss}&rounds=${rounds}`);
          const options = { timeout: 120_000 };
          const handle = await page.waitForFunction("globalThis.outcome", null, options);
          return await handle.jsonValue() as Tally | string;
        });
      });
    }
  },
});
