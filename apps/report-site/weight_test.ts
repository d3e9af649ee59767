import assert from "node:assert/strict";
import { join } from "node:path";
import { languages } from "./language/languages.ts";
import { pageWeight } from "./testing/page_weight.ts";
import { withReport } from "./testing/report_folder.ts";
import { plan } from "./testing/examples.ts";

Deno.test("every page weighs less than 150 kB compressed, and with models to try less than 600 kB", async () => {
  await withReport((folder) => {
    for (const language of languages) {
      for (const { path } of plan.pages) {
        const weight = pageWeight(join(folder, "site"), `${language.folder}${path}.html`);
        const limit = path === "try-it" ? 600_000 : 150_000;
        assert(weight < limit, `${language.folder}${path} weighs ${weight} bytes compressed`);
      }
    }
    return Promise.resolve();
  });
});
