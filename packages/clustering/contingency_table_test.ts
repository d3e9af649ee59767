import assert from "node:assert/strict";
import fc from "fast-check";
import { testSeed } from "@mixtape/tensor-utils/testing";
import { contingencyTable, majorityCells } from "./contingency_table.ts";

const ascending = (a: number, b: number) => a - b;

Deno.test("contingencyTable() property: counts as a loop over all pairs does, whether they are many or few", () => {
  const division = fc.nat({ max: 12 }).chain((most) =>
    fc.array(fc.tuple(fc.nat({ max: most }), fc.nat({ max: 14 })), { minLength: 1, maxLength: 60 })
  );
  let [many, few] = [0, 0];
  fc.assert(
    fc.property(division, (rows) => {
      const classes = rows.map(([own]) => 3 * own - 5);
      const labels = rows.map(([, label]) => -label);
      const table = contingencyTable(classes, labels);
      const ownClasses = [...new Set(classes)].sort(ascending);
      const ownClusters = [...new Set(labels)].sort(ascending);
      if (ownClasses.length * ownClusters.length > 4 * rows.length) many++;
      else few++;
      const expected = ownClasses.flatMap((own, i) =>
        ownClusters.map((cluster, j) => {
          const count = rows.filter((_, r) => classes[r] === own && labels[r] === cluster).length;
          return [i, j, count];
        })
      ).filter(([, , count]) => count > 0);
      const { cells } = table;
      assert.deepEqual(
        Array.from(cells.counts, (count, at) => [cells.classes[at], cells.clusters[at], count]),
        expected,
      );
      assert.deepEqual([table.classes, table.clusters], [ownClasses, ownClusters]);
      const sizes = (values: number[], parts: number[]) =>
        parts.map((part) => values.filter((value) => value === part).length);
      assert.deepEqual([...table.classSizes], sizes(classes, ownClasses));
      assert.deepEqual([...table.clusterSizes], sizes(labels, ownClusters));
      assert.equal(table.total, rows.length);
      assert.deepEqual(
        [...majorityCells(table)],
        ownClusters.map((_, j) => {
          const own = expected.filter(([, cluster]) => cluster === j);
          const largest = Math.max(...own.map(([, , count]) => count));
          return expected.indexOf(own.find(([, , count]) => count === largest)!);
        }),
      );
    }),
    { seed: testSeed(), numRuns: 300 },
  );
  assert.ok(many > 10 && few > 10, `${many} ${few}`);
});
