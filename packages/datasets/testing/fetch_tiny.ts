/**
 * Fetches the tiny data set, for tests that need more than one process: `fetch_tiny.ts CACHE MIRROR`.
 *
 * @module
 */
import { fetchDataset } from "../fetch_dataset.ts";
import { tinyManifest } from "./tiny_dataset.ts";

const [cacheDir, mirror] = Deno.args;
try {
  await fetchDataset("tiny", { manifest: tinyManifest({ tiny: { mirrors: [mirror] } }), cacheDir });
} catch (error) {
  Deno.stderr.writeSync(new TextEncoder().encode(`${error}\n`));
  Deno.exitCode = 1;
}
