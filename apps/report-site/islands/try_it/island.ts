import { assetsOf, type TryItResult } from "@mixtape/results";
import { Buffer } from "node:buffer";
import { deflateSync } from "node:zlib";
import type { ReadResults } from "../../read_results.ts";
import type { Island } from "../island.ts";
import { siteWords } from "../site_words.ts";
import type { TryItData } from "./try_it_data.ts";

/**
 * The models that the reader tries. They run on the `cpu` backend, so that no other is bundled, and of it the kernels in
 * `cpu_backend.ts`: the pattern is that of the module of all kernels, not of those in its package.
 */
export const tryItIsland: Island = {
  name: "try-it",
  entry: new URL("./main.ts", import.meta.url).href,
  words: (language) => siteWords(language, "try_it"),
  external: ["@mixtape/simd", "@tensorflow/*-cpu"],
  libraries: [{
    module: "@tensorflow/tfjs-core",
    script: () =>
      import("@tensorflow/tfjs-core/dist/tf-core.es2017.min.js", { with: { type: "text" } }),
    variable: "tf",
  }],
  data: tryItData,
};

function tryItData({ results, files }: ReadResults): TryItData | undefined {
  const result = results.byExperiment["try-it"] as TryItResult | undefined;
  if (result === undefined) return undefined;
  const [inside, outside] = (["in-distribution", "out-of-distribution"] as const).map((role) =>
    result.data.find((one) => one.role === role) ?? result.data[0]
  );
  const encoded = assetsOf(result).map(({ file }): [string, string] => {
    const bytes = Buffer.from(files.get(file) ?? new Uint8Array());
    if (file.endsWith(".json")) return [file, bytes.toString("utf8")];
    // Compressed before it becomes text: what comes after finds less to compress in base64.
    return [file, deflateSync(bytes, { level: 9 }).toString("base64")];
  });
  return {
    payload: result.payload,
    inside: { title: inside.title, classNames: inside.classNames },
    outside: { title: outside.title, classNames: outside.classNames },
    files: Object.fromEntries(encoded),
  };
}
