/**
 * Exchanges 2% of the labels of 10,000 MNIST images at random, and prints the average precision of
 * the ranking by suspicion beside that of ranking by the loss of a network trained on all rows:
 * `deno run --allow-read --allow-env --allow-sys packages/audit/suspect_labels_bench.ts DIR`.
 */
import { mlpClassifier } from "@mixtape/classifier";
import { loadDataset } from "@mixtape/datasets";
import { type HostMatrix, random, takeRows, useBackend } from "@mixtape/tensor-utils";
import { outOfFoldProbabilities } from "./out_of_fold_probabilities.ts";
import { suspectLabels } from "./suspect_labels.ts";

const ROWS = 10000;
const WRONG = 200;
const [dataDir = "data/cache"] = Deno.args;

await useBackend("auto");
const { train } = await loadDataset("mnist", { dataDir });
const print = (line: string) => Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
for (let seed = 0; seed < 3; seed++) {
  const started = performance.now();
  const { x, labels, wrong } = exchanged(seed);
  const { probabilities } = await outOfFoldProbabilities(x, labels, { seed });
  const { scores, rows } = await suspectLabels(probabilities, labels);
  const seconds = (performance.now() - started) / 1000;
  using model = await mlpClassifier(x, labels, { seed });
  const loss = (await suspectLabels(await model.probabilities(x), labels)).scores;
  const found = rows.filter((row) => wrong[row] === 1).length;
  print(
    `seed ${seed}: average precision ${averagePrecision(scores, wrong).toFixed(3)}, ` +
      `by the loss alone ${averagePrecision(loss, wrong).toFixed(3)}; ` +
      `${found} of ${WRONG} wrong labels among ${rows.length} suspect ones; ` +
      `${seconds.toFixed(1)} s`,
  );
}

/** Draws images, and exchanges the labels of pairs that are of different classes. */
function exchanged(seed: number): { x: HostMatrix; labels: Int32Array; wrong: Uint8Array } {
  const source = random(seed);
  const drawn = source.sample(train.labels.length, ROWS);
  const labels = Int32Array.from(drawn, (row) => train.labels[row]);
  const wrong = new Uint8Array(ROWS);
  for (let count = 0; count < WRONG;) {
    const [a, b] = source.sample(ROWS, 2);
    if (wrong[a] || wrong[b] || labels[a] === labels[b]) continue;
    [labels[a], labels[b]] = [labels[b], labels[a]];
    wrong[a] = wrong[b] = 1;
    count += 2;
  }
  return { x: takeRows(train.images, drawn), labels, wrong };
}

/** Returns the mean, over the wrong labels, of the precision of the list down to each of them. */
function averagePrecision(scores: Float64Array, wrong: Uint8Array): number {
  let found = 0;
  let sum = 0;
  Uint32Array.from(scores.keys()).sort((a, b) => scores[a] - scores[b]).forEach((row, at) => {
    if (wrong[row]) sum += ++found / (at + 1);
  });
  return sum / found;
}
