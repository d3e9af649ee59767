import { random } from "@mixtape/tensor-utils";
import type { Row } from "../core/row.ts";
import type { Inputs } from "../inputs.ts";
import { gaussianBlobs } from "../inputs/gaussian_blobs.ts";
import { python } from "../peers.ts";
import { readArray } from "../peers/read_array.ts";
import { fileURLToPath } from "node:url";

const rows = 1000;

/** Time to a first result, with one fresh process per run: start, imports, reading the rows, the result. */
export const firstResultRows: readonly Row[] = [
  firstResultRow("clustering", "k-means", "scikit-learn", imageRows),
  firstResultRow("mixture", "Gaussian mixture", "scikit-learn", blobRows),
  firstResultRow("classifier", "MLP, 1 epoch", "pytorch", imageRows),
];

function firstResultRow(
  name: string,
  title: string,
  peer: string,
  files: (inputs: Inputs) => Promise<string[]>,
): Row {
  return {
    id: `first-result-${name}`,
    title: `Start to first result, ${title}`,
    plan: async (inputs) => {
      const paths = await files(inputs);
      const deno = ["deno", "run", "--quiet", "--allow-read", "--allow-env", "--allow-sys"];
      const process = (command: readonly string[], script: string) => ({
        peer: "process",
        work: "run",
        title: script,
        variants: [{
          label: "",
          args: { command: [...command, scriptFile(script), ...paths] },
        }],
      });
      return {
        size: `${readArray(paths[0]).shape.join(" × ")}, fresh process`,
        entries: [
          { id: "ours", ...process(deno, `${name}.ts`) },
          { id: peer, ...process([python], `${name}.py`), needs: [peer] },
        ],
        bars: [{ against: [], atMostSeconds: 0.4 }],
      };
    },
  };
}

function scriptFile(name: string): string {
  return fileURLToPath(new URL(`../first_result/${name}`, import.meta.url));
}

function blobRows(inputs: Inputs): Promise<string[]> {
  return inputs.once("first-blobs", async () => {
    const blobs = gaussianBlobs({ rows, columns: 25, centres: 3 }, random(0));
    return [await inputs.write("first-blobs.npy", { ...blobs })];
  });
}

function imageRows(inputs: Inputs): Promise<string[]> {
  return inputs.once("first-images", async () => {
    const files = await inputs.images("mnist");
    const labels = readArray(files.labels).values.slice(0, rows);
    const { values, shape: [, d] } = readArray(files.x);
    return [
      await inputs.write("first-images.npy", {
        values: values.slice(0, rows * d),
        shape: [rows, d],
      }),
      await inputs.write("first-labels.npy", { values: labels, shape: [rows] }),
    ];
  });
}
