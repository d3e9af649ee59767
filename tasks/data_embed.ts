/**
 * `deno task data:embed`: writes the manifest and the sample into the package of data sets, so that
 * it has both wherever it is installed.
 *
 * @module
 */
import { type DatasetEntry, parseManifest } from "@mixtape/datasets";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { print, readFlags, run } from "./command_line.ts";
import { writeWhole } from "./write_whole.ts";

const help = `Writes data/manifest.json and data/sample into packages/datasets/embedded.

Usage: deno task data:embed`;

const data = new URL("../data/", import.meta.url);
const embedded = new URL("../packages/datasets/embedded/", import.meta.url);

/** Writes the modules that hold the manifest and the data sets of the sample. */
export async function main(args: string[]): Promise<void> {
  const { values } = readFlags({ args, options: { help: { type: "boolean", default: false } } });
  if (values.help) return print(help);
  const text = await Deno.readTextFile(new URL("manifest.json", data));
  const manifest = parseManifest(JSON.parse(text));
  await keep(
    "manifest.ts",
    'import type { Manifest } from "../manifest.ts";\n\n' +
      "/** The manifest of the data sets that Mixtape knows. */\n" +
      `export const manifest: Manifest = {\n  datasets: {\n${
        Object.entries(manifest.datasets).map(([name, entry]) =>
          `    ${JSON.stringify(name)}: ${JSON.stringify(entry)},\n`
        ).join("")
      }  },\n  pairs: ${JSON.stringify(manifest.pairs)},\n};\n`,
  );
  for (const name of Object.values(manifest.pairs.sample)) {
    await keep(`${name.replaceAll("-", "_")}.ts`, dataModule(name, manifest.datasets[name]));
  }
}

function dataModule(name: string, entry: DatasetEntry): string {
  const { attribution, homepage, licence, splits } = entry;
  const files = Object.values(splits).flatMap(({ images, labels }) => [images.file, labels.file]);
  const lines = files.map((file) => {
    const bytes = Deno.readFileSync(new URL(`sample/${name}/${file}`, data));
    const compressed = gzipSync(bytes, { level: 9 }).toString("base64");
    return `  ${JSON.stringify(file)}: ${JSON.stringify(compressed)},\n`;
  });
  return `// ${attribution}\n// ${homepage}\n// Licence: ${licence.name}, ${licence.url}\n\n` +
    `/** Files of ${entry.title}, compressed with gzip, as base64. */\n` +
    `export const files: Readonly<Record<string, string>> = {\n${lines.join("")}};\n`;
}

async function keep(name: string, text: string): Promise<void> {
  const header = "// Written by deno task data:embed from data/; change it there.\n";
  await writeWhole(fileURLToPath(new URL(name, embedded)), header + text);
}

if (import.meta.main) await run(main);
