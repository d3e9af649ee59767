import assert from "node:assert/strict";
import fc from "fast-check";
import { bootstrapMeasures } from "../mod.ts";
import { random } from "../random.ts";
import { conform, conformThreads } from "../testing/backends.ts";
import { assertAllClose } from "../testing/mod.ts";
import { bootstrapReference } from "./bootstrap_reference.ts";
import { backendKernel } from "./kernel.ts";

/** Rows of two kinds whose scores are whole numbers, and how many of each are accepted at each score. */
function rankedRows(idCount: number, oodCount: number, distinct: number, seed: number) {
  const source = random(seed);
  const draw = (rows: number, away: number) =>
    Int32Array.from({ length: rows }, () => away + source.integer(distinct)).sort().reverse();
  const [id, ood] = [draw(idCount, Math.floor(distinct / 3)), draw(oodCount, 0)];
  const thresholds = [...new Set([...id, ...ood])].sort((a, b) => b - a);
  const accepted = (scores: Int32Array) =>
    Uint32Array.from(
      thresholds,
      (threshold) => scores.filter((score) => score >= threshold).length,
    );
  return { id, ood, idAccepted: accepted(id), oodAccepted: accepted(ood) };
}

/** Measures of two sets of scores by their definitions, pair by pair and threshold by threshold. */
function plainMeasures(id: number[], ood: number[]): number[] {
  const share = (scores: number[], holds: (score: number) => boolean) =>
    scores.filter(holds).length / scores.length;
  const thresholds = [...new Set([...id, ...ood])].sort((a, b) => b - a);
  const won = id.map((a) => share(ood, (b) => b < a) + share(ood, (b) => b === a) / 2);
  const precision = (
    these: number[],
    others: number[],
    beyond: (score: number, at: number) => boolean,
  ) =>
    these.map((at) => {
      const [own, wrong] = [these, others].map((scores) =>
        scores.filter((s) => beyond(s, at)).length
      );
      return own / (own + wrong) / these.length;
    }).reduce((a, b) => a + b);
  const accepting = thresholds.find((at) => share(id, (score) => score >= at) >= 0.95)!;
  const rejecting = thresholds.findLast((at) => share(ood, (score) => score < at) >= 0.95) ??
    Infinity;
  const errors = [Infinity, ...thresholds].map((at) =>
    (share(id, (score) => score < at) + share(ood, (score) => score >= at)) / 2
  );
  return [
    won.reduce((a, b) => a + b) / id.length,
    precision(id, ood, (score, at) => score >= at),
    precision(ood, id, (score, at) => score <= at),
    share(ood, (score) => score >= accepting),
    share(id, (score) => score < rejecting),
    Math.min(...errors),
  ];
}

const problems = fc.record({
  idCount: fc.integer({ min: 1, max: 60 }),
  oodCount: fc.integer({ min: 1, max: 60 }),
  distinct: fc.constantFrom(1, 2, 7, 1000),
  resamples: fc.integer({ min: 1, max: 5 }),
  seed: fc.integer({ min: -99, max: 999 }),
});

conform(
  "MixtapeBootstrap",
  "draws rows of each kind by a stream of their own and measures them, as the reference to the bit",
  async ({ cases }) => {
    const property = fc.asyncProperty(problems, async (problem) => {
      const { idCount, oodCount, distinct, resamples, seed } = problem;
      const { id, ood, ...ranked } = rankedRows(idCount, oodCount, distinct, seed);
      const found = await bootstrapMeasures({ ...ranked, resamples, seed });
      for (let resample = 0; resample < resamples; resample++) {
        const [a, b] = [id, ood].map((scores, kind) => {
          const source = random(seed).split(2 * resample + kind);
          return Array.from(scores, () => scores[source.integer(scores.length)]);
        });
        const own = found.filter((_, at) => at % resamples === resample);
        assertAllClose(own, plainMeasures(a, b), { rtol: 1e-12, atol: 1e-15 });
      }
    });
    await fc.assert(property, { numRuns: cases, seed: 3 });
    // A kernel rounds as the reference does.
    const { idAccepted, oodAccepted } = rankedRows(530, 270, 400, 1);
    const streams = new Int32Array(8 * 20).map((_, at) => 1 + Math.imul(at, 0x9e3779b9));
    const expected = await bootstrapReference({ idAccepted, oodAccepted, streams });
    const kernel = backendKernel("MixtapeBootstrap") ?? bootstrapReference;
    assert.deepEqual(await kernel({ idAccepted, oodAccepted, streams }), expected);
  },
);

conform("MixtapeBootstrap", "ends when it is told", async () => {
  const { idAccepted, oodAccepted } = rankedRows(2000, 2000, 4000, 5);
  const aborting = new AbortController();
  const drawing = bootstrapMeasures({
    ...{ idAccepted, oodAccepted, resamples: 1e5, seed: 1, signal: aborting.signal },
  });
  setTimeout(() => aborting.abort(), 5);
  await assert.rejects(drawing, { name: "AbortError" });
});

conformThreads("MixtapeBootstrap", async () => {
  const { idAccepted, oodAccepted } = rankedRows(1500, 900, 2000, 2);
  return await bootstrapMeasures({ idAccepted, oodAccepted, resamples: 200, seed: 4 });
});
