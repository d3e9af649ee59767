/**
 * `deno task mutate`: changes the code in small ways and tells which changes no test notices.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import {
  print,
  printError,
  readFlags,
  readInteger,
  readName,
  readPath,
  run,
} from "./command_line.ts";
import { mutate } from "./mutate/mutate.ts";
import { operators } from "./mutate/instrument.ts";
import { mutantLine, rangeText, scoreTable } from "./mutate/report.ts";
import { writeWhole } from "./write_whole.ts";

const help =
  `Changes the code in small ways, one at a time, and tells which changes no test notices.

Usage: deno task mutate [paths…] [flags]

  paths           Files or folders whose code is changed: packages and experiments unless given;
                  packages/simd/kernels and what lies inside only if it is given
  --sample N      Number of changes to try, drawn evenly over the files; all unless given
  --seed S        Seed of the draw, 0 unless given
  --operators …   Kinds of change, with commas; all unless given
                  (${operators.join(", ")})
  --wide          Run tests of other packages as well, not only those of the package that is changed
  --jobs N        Number of processes at once, as many as the machine has cores unless given
  --minutes M     Time after which no more is tried, so that some stay undecided; none unless given
  --least P       Percentage that must be noticed, if all undecided ones are; 100 unless given
  --json FILE     Where to write every change and what became of it
  --help          Show this text

Ends with 1 when fewer are noticed. Changes that nobody can notice are listed in
tasks/mutate/equivalents, each with the reason, and do not count.`;

async function main(args: string[], signal: AbortSignal): Promise<void> {
  const { values, positionals } = readFlags({
    args,
    options: {
      sample: { type: "string" },
      seed: { type: "string", default: "0" },
      operators: { type: "string" },
      jobs: { type: "string", default: String(navigator.hardwareConcurrency) },
      wide: { type: "boolean", default: false },
      minutes: { type: "string" },
      least: { type: "string", default: "100" },
      json: { type: "string" },
      help: { type: "boolean", default: false },
    },
    allowPositionals: true,
  });
  if (values.help) return print(help);
  const json = values.json === undefined ? undefined : readPath(values.json, "--json");
  const least = readInteger(values.least, "--least", { max: 100 });
  const minutes = atLeastOne(values.minutes, "--minutes");
  // A process that is told to end still tells what it knows, and ends those that it started.
  const terminated = new AbortController();
  Deno.addSignalListener("SIGTERM", () => terminated.abort(new RangeError("Ended from outside")));
  const ended = AbortSignal.any([signal, terminated.signal]);
  const tried = await mutate(fileURLToPath(new URL("..", import.meta.url)), {
    paths: positionals.length > 0 ? positionals : ["packages", "experiments"],
    sample: atLeastOne(values.sample, "--sample"),
    seed: readInteger(values.seed, "--seed"),
    operators: values.operators?.split(",").map((name) => readName("--operators", name, operators)),
    wide: values.wide,
    jobs: readInteger(values.jobs, "--jobs", { min: 1 }),
    signal: minutes ? AbortSignal.any([ended, AbortSignal.timeout(minutes * 60_000)]) : ended,
    onProgress: printError,
  });
  for (const one of tried) {
    if (!["noticed", "undecided"].includes(one.verdict.kind)) print(mutantLine(one));
  }
  const { table, share } = scoreTable(tried);
  print(table);
  if (json !== undefined) await writeWhole(json, JSON.stringify(tried, null, 2));
  if (ended.aborted) throw ended.reason;
  if (share.high * 100 < least) {
    throw new RangeError(
      `Cannot accept that ${
        rangeText(share)
      } are noticed, ${least}% are needed: add tests that fail with the changes above`,
    );
  }
}

function atLeastOne(text: string | undefined, flag: string): number | undefined {
  return text === undefined ? undefined : readInteger(text, flag, { min: 1 });
}

if (import.meta.main) await run(main);
