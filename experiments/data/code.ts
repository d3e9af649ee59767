// deno-lint-ignore-file no-console -- it prints what it found
import { loadDataset } from "@mixtape/datasets";

const { train, test, classNames, imageShape } = await loadDataset("digits-8x8");

const { values, shape: [rows, pixels] } = train.images;
console.log({ rows, tests: test.labels.length, imageShape });
classNames.forEach((name, label) => {
  const own = [...train.labels.keys()].filter((row) => train.labels[row] === label);
  const ink = own.map((row) => {
    const image = values.subarray(row * pixels, (row + 1) * pixels);
    return Array.from(image).reduce((sum, value) => sum + value, 0) / pixels;
  });
  const mean = ink.reduce((sum, value) => sum + value, 0) / own.length;
  console.log({ name, images: own.length, mean: mean.toFixed(2) });
});
