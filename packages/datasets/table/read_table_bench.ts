// Times readTable() on 200,000 × 20 numbers as CSV, short and of full length, with text in quotes,
// and half of them missing.
import { random } from "@mixtape/tensor-utils";
import { readTable } from "./mod.ts";

const ROWS = 200_000;
const COLUMNS = 20;
const source = random(0);

function csv(cell: () => string): Blob {
  const names = Array.from({ length: COLUMNS }, (_, j) => `c${j}`);
  const lines = [names.join(",")];
  for (let i = 0; i < ROWS; i++) lines.push(names.map(cell).join(","));
  return new Blob([lines.join("\n")]);
}

const short = () => (10 * source.normal()).toPrecision(7);
let cells = 0;
const files: Readonly<Record<string, Blob>> = {
  "numbers of 7 digits": csv(short),
  "numbers of 17 digits": csv(() => String(10 * source.normal())),
  "half of them missing": csv(() => source.next() < 0.5 ? "NA" : short()),
  "a text in quotes per row": csv(() => cells++ % COLUMNS === 0 ? `"class, one"` : short()),
};

for (const [name, file] of Object.entries(files)) {
  Deno.bench(`readTable(): ${ROWS} × ${COLUMNS}, ${name}`, { n: 5 }, async () => {
    await readTable(file, { header: true });
  });
}
