import {
  aurocInterval,
  benjaminiHochberg,
  outlierModelFromJSON,
  outlierScores,
} from "@mixtape/ood";
import { random, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import { tinyTable } from "../run/testing/tiny_table.ts";
import { recordOwnRun } from "../run/testing/record_own_run.ts";
import { run } from "./run.ts";

await useBackend("cpu");

const fast = { draws: 400, components: [1], regularizations: [0.01], listed: 5 };

/** Lines of a CSV of a height in cm and a weight in kg that goes with it, some of them replaced. */
function people(n: number, seed: number, odd: Readonly<Record<number, string>> = {}): string {
  const source = random(seed);
  const lines = Array.from({ length: n }, (_, i) => {
    const height = 170 + 10 * source.normal();
    const weight = height - 100 + 4 * source.normal();
    return odd[i] ?? `p${i},${height.toFixed(2)},${weight.toFixed(2)}`;
  });
  return ["id,height,weight", ...lines].join("\n");
}

const odd = { 7: "p7,190.00,60.00", 20: "p20,,75.00", 33: "p33,170.00,400.00" };
const text = people(80, 1, odd);

Deno.test("outliers finds planted rows, and the column that makes each odd", async () => {
  const table = await tinyTable(text, { id: "id" });
  const { payload, columns } = await recordOwnRun(run, table, 3, fast);
  const { listed, discoveries, rows, fitted, pictures, foreign } = payload;
  assert.deepEqual([rows, fitted, pictures, foreign], [80, 80, null, null]);
  assert.deepEqual(listed.slice(0, 2).map(({ id, row }) => [id, row]), [["p33", 33], ["p7", 7]]);
  assert.equal(listed.length, 5);
  assert(discoveries >= 2 && discoveries <= 4, `${discoveries}`);
  assert.deepEqual(
    listed.map(({ isDiscovery }) => isDiscovery),
    [0, 1, 2, 3, 4].map((at) => at < discoveries),
  );
  const [{ reasons: [reason] }] = listed;
  assert.deepEqual([reason.column, reason.value], ["weight", 400]);
  const weights = [...table.raw.values].filter((_, at) => at % 2 === 1).sort((a, b) => a - b);
  const at = (share: number) => {
    const place = share * 79;
    const low = Math.floor(place);
    return weights[low] + (place - low) * (weights[low + 1] - weights[low]);
  };
  assertAllClose([reason.low, reason.median, reason.high], [at(0.05), at(0.5), at(0.95)], {
    rtol: 1e-9,
  });
  // A weight that goes with 170 cm, within its spread among people; the planted row tilts the line a little.
  assert(reason.expected! > 40 && reason.expected! < 110, `${reason.expected}`);
  const scores = columns.get("outlier_score") as Float64Array;
  const p = columns.get("p_value") as Float64Array;
  assert.deepEqual(
    listed.map(({ row }) => scores[row]),
    [...scores].toSorted((a, b) => a - b).toReversed().slice(0, 5),
  );
  for (const { row, score, pValue, byChance } of listed) {
    assert.deepEqual([score, pValue], [scores[row], p[row]]);
    assertAllClose([byChance], [80 * pValue], { rtol: 1e-12 });
  }
  // Step by step: the k smallest p-values are discoveries if the k-th is at most 0.1·k/80.
  const ascending = p.toSorted();
  const count = ascending.reduce((most, value, i) => value <= 0.1 * (i + 1) / 80 ? i + 1 : most, 0);
  assert.equal(discoveries, count);
  assert.deepEqual(
    columns.get("discovery"),
    Array.from(p, (value) => count > 0 && value <= ascending[count - 1]),
  );
  assertAllClose([payload.cut], [0.1 * count / 80], { rtol: 1e-12 });
  assert.equal(scores.filter((score) => score >= payload.threshold).length, count);
});

Deno.test("outliers scores rows out of fold, and new rows by the stored model alike", async () => {
  const table = await tinyTable(text, { id: "id", foreign: people(60, 2) });
  const { payload, columns, models } = await recordOwnRun(run, table, 3, fast);
  const { logDensity, model } = await outlierScores(table.prepared, {
    seed: 3,
    components: [1],
    regularizations: [0.01],
  });
  assert.deepEqual(columns.get("outlier_score"), logDensity.map((score) => -score));
  const restored = await run.restore!(models, []);
  assert.deepEqual(restored.columns, [...columns.keys()]);
  const rows = table.foreign!;
  const [scores, pValues, discovered] = await restored.apply(rows);
  assert.deepEqual(scores, (await model.heldOutScore(rows.prepared)).map((score) => -score));
  const own = columns.get("outlier_score") as Float64Array;
  const ownP = columns.get("p_value") as Float64Array;
  // A score between those of two rows has a p-value between theirs.
  const order = own.map((_, i) => i).sort((a, b) => own[a] - own[b]);
  Array.from(scores as Float64Array, (score, i) => {
    const below = order.filter((row) => own[row] <= score).at(-1);
    const above = order.find((row) => own[row] > score);
    const p = (pValues as Float64Array)[i];
    if (below !== undefined) assert(p <= ownP[below] * (1 + 1e-12));
    if (above !== undefined) assert(p >= ownP[above] * (1 - 1e-12));
    assert.equal((discovered as boolean[])[i], p <= payload.cut);
  });
  restored.dispose();
  await assert.rejects(async () => await run.restore!(new Map([["outliers", {}]]), []), {
    name: "TypeError",
    message: /Cannot read the outlier scores: format/,
  });
});

Deno.test("outliers tests foreign rows against the table, by conformal p-values", async () => {
  const strange = Object.fromEntries(
    [4, 9, 13, 21, 28].map((i) => [i, `p${i},140.00,${300 + i}.00`]),
  );
  const strangers = people(30, 5, strange);
  const table = await tinyTable(people(80, 1), { id: "id", foreign: strangers });
  const { payload: { foreign, ...own }, models, columns } = await recordOwnRun(run, table, 3, fast);
  const model = outlierModelFromJSON((models.get("outliers") as { model: unknown }).model);
  const pValues = await model.pValues(table.foreign!.prepared);
  const scores = (await model.heldOutScore(table.foreign!.prepared)).map((score) => -score);
  const { count, rejected } = benjaminiHochberg(pValues);
  assert(count >= 5 && count < 10, `${count}`);
  const { name, rows, comparedWith, discoveries, separation, listed } = foreign!;
  assert.deepEqual([name, rows, comparedWith, discoveries], ["foreign.csv", 30, 80, count]);
  assert.deepEqual(
    listed.map(({ row, id, pValue, isDiscovery }) => [row, id, pValue, isDiscovery]),
    scores.map((_, i) => i).sort((a, b) => scores[b] - scores[a]).subarray(0, 5)
      .reduce<unknown[]>((all, i) => [...all, [i, null, pValues[i], rejected[i] === 1]], []),
  );
  assert.deepEqual(listed.map(({ row }) => row).sort((a, b) => a - b), [4, 9, 13, 21, 28]);
  const ownScores = columns.get("outlier_score") as Float64Array;
  let wins = 0;
  for (const stranger of scores) {
    for (const score of ownScores) wins += score < stranger ? 1 : score === stranger ? 0.5 : 0;
  }
  assertAllClose([separation!.auroc], [wins / 30 / 80], { rtol: 1e-9 });
  const interval = aurocInterval(ownScores.map((score) => -score), scores.map((score) => -score));
  assert.deepEqual(separation!.aurocInterval, {
    low: interval.low,
    high: interval.high,
    level: 0.95,
  });
  assert.equal(own.rows, 80);
  const one = await tinyTable(people(80, 1), { id: "id", foreign: people(1, 5) });
  const { payload } = await recordOwnRun(run, one, 3, fast);
  assert.equal(payload.foreign!.separation, null);
});

Deno.test("outliers takes principal components of many columns, and charges the column of a planted cell", async () => {
  const source = random(3);
  const names = Array.from({ length: 60 }, (_, j) => `c${j}`);
  const lines = (n: number, shift: (i: number, j: number) => number) =>
    [
      names.join(),
      ...Array.from({ length: n }, (_, i) => {
        const factor = source.normal();
        return names.map((_, j) => (factor + source.normal() + shift(i, j)).toFixed(4)).join();
      }),
    ].join("\n");
  const text = lines(90, (i, j) => i === 11 && j === 17 ? 25 : 0);
  const table = await tinyTable(text, { foreign: lines(40, () => 0) });
  const { payload, models, columns } = await recordOwnRun(run, table, 5, fast);
  const { space, fitted, rows, listed: [{ row, reasons: [reason] }], foreign } = payload;
  assert.deepEqual([rows, fitted, space!.components], [90, 45, 4]);
  assert(space!.share > 0.4 && space!.share < 0.8, `${space!.share}`);
  assert.deepEqual([row, reason.column, reason.expected], [11, "c17", null]);
  assert.equal(foreign!.comparedWith, 45);
  // Rows of the same kind: neither discoveries nor a difference.
  const { aurocInterval: { low, high } } = foreign!.separation!;
  assert(low < 0.5 && high > 0.5, `${low} to ${high}`);
  assert.equal(foreign!.discoveries, 0);
  const restored = await run.restore!(models, []);
  const [scores] = await restored.apply({ raw: table.raw, prepared: table.prepared });
  const own = columns.get("outlier_score") as Float64Array;
  // Rows that chose the components have no part in the density: they score as new rows do.
  const same =
    own.filter((score, i) => Math.abs((scores as Float64Array)[i] - score) < 1e-9).length;
  assert.equal(same, 45);
});

Deno.test("outliers makes few discoveries in tables without any, and in most of them none", async () => {
  let discoveries = 0;
  let small = 0;
  for (let seed = 0; seed < 12; seed++) {
    const table = await tinyTable(people(60, 100 + seed), { id: "id" });
    const { payload, columns } = await recordOwnRun(run, table, seed, { ...fast, draws: 2000 });
    discoveries += payload.discoveries;
    small += (columns.get("p_value") as Float64Array).filter((p) => p <= 0.05).length;
  }
  assert(discoveries <= 6, `${discoveries}`);
  assert(small > 12 * 60 * 0.03 && small < 12 * 60 * 0.08, `${small}`);
});

Deno.test("outliers names columns that go together, of a row far out along them", async () => {
  const source = random(6);
  const lines = Array.from({ length: 60 }, (_, i) => {
    const size = i === 42 ? 40 : source.normal();
    return [size, 3 * size, size + 1e-6 * source.normal(), source.normal()].join();
  });
  const table = await tinyTable(["a,b,c,other", ...lines].join("\n"));
  const { payload: { listed: [{ row, reasons }] } } = await recordOwnRun(run, table, 1, fast);
  assert.equal(row, 42);
  assert.deepEqual(reasons.map(({ column }) => column).sort(), ["a", "b", "c"]);
  const alone = await tinyTable(["a", ...lines.map((line) => line.split(",")[0])].join("\n"));
  const { payload } = await recordOwnRun(run, alone, 1, fast);
  const [{ column, value, expected }] = payload.listed[0].reasons;
  assert.deepEqual([column, value, expected], ["a", 40, null]);
});

Deno.test("outliers shows the oddest images in their colours, and no columns of pixels", async () => {
  const source = random(2);
  const lines = Array.from(
    { length: 30 },
    (_, i) => Array.from({ length: 6 }, () => i === 8 ? 255 : 100 + source.integer(9)).join(),
  );
  const text = ["a,b,c,d,e,f", ...lines].join("\n");
  const imageShape = { height: 1, width: 2, channels: 3 } as const;
  const table = { ...await tinyTable(text, { scale: "none", foreign: text }), imageShape };
  const { payload, images } = await recordOwnRun(run, table, 1, fast);
  assert.deepEqual([...images.keys()], ["oddest", "foreign"]);
  const { values, shape, channels, maxValue } = images.get("oddest")!;
  assert.deepEqual([shape, channels, maxValue, payload.pictures!.count], [imageShape, 3, 255, 5]);
  assert.equal(payload.listed[0].row, 8);
  assert(payload.listed.every(({ reasons }) => reasons.length === 0));
  const colours = payload.listed.flatMap(({ row }) => [
    ...table.raw.values.subarray(6 * row, 6 * row + 6),
  ]);
  assert.deepEqual(Array.from(values), colours);
});
