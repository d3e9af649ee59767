import assert from "node:assert/strict";
import { missingFacts, mixtureFacts, overlap, recallFacts, startFacts } from "./facts.ts";
import type { Values } from "./run_cells.ts";

Deno.test("startFacts() gives the ranges of the runs of each start", () => {
  const run = { seed: 0, nmi: 0, ari: 0 };
  const runs = [
    { ...run, init: "random", iterations: 9, inertia: 5, purity: 0.5 },
    { ...run, init: "class-means", iterations: 3, inertia: 4, purity: 0.9 },
    { ...run, init: "random", iterations: 4, inertia: 7, purity: 0.6 },
  ] as const;
  assert.deepEqual(startFacts({ runs: [...runs] }), [
    {
      init: "random",
      runs: 2,
      iterations: { low: 4, high: 9 },
      inertia: { low: 5, high: 7 },
      purity: { low: 0.5, high: 0.6 },
    },
    {
      init: "class-means",
      runs: 1,
      iterations: { low: 3, high: 3 },
      inertia: { low: 4, high: 4 },
      purity: { low: 0.9, high: 0.9 },
    },
  ]);
});

Deno.test("overlap() holds for ranges that share a value, if only an end", () => {
  assert(overlap({ low: 1, high: 2 }, { low: 2, high: 3 }));
  assert(overlap({ low: 1, high: 9 }, { low: 2, high: 3 }));
  assert(!overlap({ low: 1, high: 2 }, { low: 2.1, high: 3 }));
  assert(!overlap({ low: 2.1, high: 3 }, { low: 1, high: 2 }));
});

Deno.test("recallFacts() says which classes all, no and some runs find", () => {
  const recalls = [[0.5, 0.49, 0.9], [1, 0, 0.1]].map((recall) => Float64Array.from(recall));
  const digits = { classNames: ["a", "b", "c"] } as unknown as Values["digits"];
  assert.deepEqual(recallFacts({ recalls, digits }), { found: ["a"], missed: ["b"], mixed: ["c"] });
});

Deno.test("mixtureFacts() chooses by BIC, and says where that is the edge, or as good as the best", () => {
  const mixture = (components: number, bic: number, auroc: number) => ({
    components,
    bic,
    auroc,
    standardError: 0,
    low: auroc - 0.05,
    high: auroc + 0.05,
  });
  const inside = mixtureFacts({
    mixtures: [mixture(1, 9, 0.5), mixture(2, 3, 0.7), mixture(3, 5, 0.9)],
  });
  assert.deepEqual(
    [inside.chosen.components, inside.best.components, inside.isAtEdge, inside.isAlike],
    [2, 3, false, false],
  );
  assert.deepEqual(inside.auroc, { low: 0.5, high: 0.9 });
  const atEdge = mixtureFacts({ mixtures: [mixture(1, 2, 0.72), mixture(2, 3, 0.7)] });
  assert.deepEqual([atEdge.chosen, atEdge.isAtEdge, atEdge.isAlike], [atEdge.best, true, true]);
});

Deno.test("missingFacts() names a winner only where all of its runs are above all others", () => {
  const at = (rate: number, method: string, nmi: number) =>
    ({ rate, seed: 0, method, nmi }) as Values["missing"][number];
  const [apart, mixed] = missingFacts({
    missing: [
      at(0.3, "k-pod", 0.5),
      at(0.3, "gaussian-prior", 0.1),
      at(0.3, "k-pod", 0.4),
      at(0.3, "gaussian-prior", 0.39),
      at(0.6, "k-pod", 0.5),
      at(0.6, "gaussian-prior", 0.5),
    ],
  });
  assert.deepEqual(apart, {
    rate: 0.3,
    methods: [
      { method: "k-pod", nmi: { low: 0.4, high: 0.5 } },
      { method: "gaussian-prior", nmi: { low: 0.1, high: 0.39 } },
    ],
    winner: "k-pod",
  });
  assert.equal(mixed.winner, null);
});
