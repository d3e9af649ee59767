import { useBackend } from "@mixtape/tensor-utils";
import assert from "node:assert/strict";
import { createContext, runInContext } from "node:vm";
import { bundleIslands } from "../../bundle_islands.ts";
import type { Island } from "../island.ts";
import { tryItIsland } from "./island.ts";
import { everyActivation } from "./testing/every_activation.ts";

Deno.test("registerCpuBackend() registers the kernels that a network of each activation runs, beside the library of the page", async () => {
  const { external, libraries } = tryItIsland;
  const entry = import.meta.resolve("./testing/run_every_activation.ts");
  const island: Island = { name: "activations", entry, external, libraries };
  const { files, byIsland } = await bundleIslands({
    files: new Map(),
    ready: [{ island, scripts: [] }],
    problems: [],
  });
  const page = createContext({
    window: { document: {} },
    Float32Array,
    TextDecoder,
    TextEncoder,
    performance,
    setTimeout,
  });
  for (const path of byIsland.get(island)!.scripts) runInContext(files.get(path)!, page);
  await useBackend("cpu");
  assert.deepEqual(
    structuredClone(await runInContext("everyActivation", page)),
    await everyActivation(),
  );
});
