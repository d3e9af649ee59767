/**
 * `deno task examples`: makes the reports of the examples, and the gallery of them.
 *
 * @module
 */
import { join } from "node:path";
import { type Example, examples } from "../examples/index.ts";
import { print, readFlags, readName, readPath, run } from "./command_line.ts";
import { main as runExperimentsTask } from "./experiments.ts";
import { buildSite, reportProblems } from "./site.ts";

const help = `Makes the reports of the examples, and the gallery of them.

Usage: deno task examples [names…] [flags]

  names           Examples to run; all by default: ${examples.map(({ name }) => name).join(", ")}
  --profile NAME  quick (the default) or full
  --out DIR       Folder of the report with the gallery (default: report)
  --help          Show this text`;

async function main(args: string[], signal: AbortSignal): Promise<void> {
  const { values, positionals } = readFlags({
    args,
    options: {
      profile: { type: "string", default: "quick" },
      out: { type: "string", default: "report" },
      help: { type: "boolean", default: false },
    },
    allowPositionals: true,
  });
  if (values.help) return print(help);
  const known = examples.map(({ name }) => name);
  const asked = new Set(positionals.map((name) => readName("example", name, known)));
  const out = readPath(values.out, "--out");
  for (const example of examples) {
    if (asked.size > 0 && !asked.has(example.name)) continue;
    const folder = join(out, "examples", example.name);
    print(`\nExample: ${example.name}`);
    await runExample(example, folder, values.profile, signal);
  }
  const site = await buildSite({
    resultsDir: join(out, "results"),
    reportDir: out,
    siteDir: join(out, "site"),
    signal,
  });
  print(`\nGallery: ${join(out, "site", "gallery.html")} (deno task serve shows it)`);
  reportProblems(site);
}

async function runExample(
  { make, flags }: Example,
  folder: string,
  profile: string,
  signal: AbortSignal,
): Promise<void> {
  const data = join(folder, "data");
  await make?.(data, signal);
  const flagged = flags(data).concat("--profile", profile, "--out", folder);
  await runExperimentsTask(flagged, signal);
}

if (import.meta.main) await run(main);
