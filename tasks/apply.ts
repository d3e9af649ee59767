/**
 * `deno task apply`: says of new rows what the models of a run make of them.
 *
 * @module
 */
import { experiments } from "@mixtape/experiments";
import { basename, extname, join } from "node:path";
import { applyModels } from "../experiments/run/own/apply_models.ts";
import { print, readFlags, readPath, run, UsageError } from "./command_line.ts";
import { existing, inFlags, readDelimiter } from "./own_data.ts";
import { formatDuration, startProgress } from "./progress.ts";
import { startBackend } from "./start_backend.ts";

const help = `Applies the models of a run to new rows, and writes a table of what they say of each.

Usage: deno task apply --data FILE [flags]

  --data FILE           The new rows: a file or a folder of images, with the columns of the run
  --run DIR             The report of the run (default: report)
  --out FILE            File to write, CSV or, by its name, Parquet (default: DIR/NAME.rows.csv)
  --id COLUMN           Column of the ids (default: that of the run)
  --delimiter MARK      Mark between the cells of a CSV (default: told by its first rows)
  --backend NAME        auto (the default), webgpu, simd or cpu
  --help                Show this text`;

const flags = {
  data: { type: "string" },
  run: { type: "string", default: "report" },
  out: { type: "string" },
  id: { type: "string" },
  delimiter: { type: "string" },
  backend: { type: "string", default: "auto" },
  help: { type: "boolean", default: false },
} as const;

/** Applies the models that a command line asks for. */
export async function main(args: string[], signal: AbortSignal): Promise<void> {
  const { values } = readFlags({ args, options: flags });
  if (values.help) return print(help);
  if (values.data === undefined) {
    throw new UsageError("Cannot apply models: --data must name a file or folder of new rows");
  }
  const path = await existing(values.data, "--data");
  const from = readPath(values.run, "--run");
  const out = values.out === undefined
    ? join(from, `${basename(path, extname(path))}.rows.csv`)
    : readPath(values.out, "--out");
  const { id } = values;
  const delimiter = values.delimiter === undefined ? undefined : readDelimiter(values.delimiter);
  await startBackend(values.backend);

  const start = performance.now();
  using progress = startProgress({ stages: [{ name: "apply models", weight: 1 }] });
  progress.stage("apply models");
  const { rows, columns, unused } = await inFlags(applyModels(from, { path, id, delimiter }, {
    out,
    experiments,
    signal,
    onProgress: (fraction, note) => progress.update(fraction, note),
  }));
  if (unused.length > 0) progress.log(`Not used: ${unused.join(", ")}, which the run did not have`);
  progress.done();
  print(
    `Done in ${formatDuration(performance.now() - start)}: ${rows} rows, ${columns.join(", ")}`,
  );
  print(`Rows: ${out}`);
}

if (import.meta.main) await run(main);
