import { random } from "@mixtape/tensor-utils";
import { assertAllClose, testSeed } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import fc from "fast-check";
import { failingGroups } from "./mod.ts";

/** Number of ways to choose b of a, in whole numbers. */
function choose(a: number, b: number): bigint {
  if (b < 0 || b > a) return 0n;
  let ways = 1n;
  for (let i = 1; i <= b; i++) ways = ways * BigInt(a - b + i) / BigInt(i);
  return ways;
}

Deno.test("failingGroups() agrees with counting the ways in whole numbers", () => {
  const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.boolean()), {
    minLength: 1,
    maxLength: 80,
  });
  fc.assert(
    fc.property(rows, (rows) => {
      const found = failingGroups(rows.map(([group]) => group), rows.map(([, fails]) => fails));
      const all = rows.filter(([, fails]) => fails).length;
      for (const { group, rows: size, failures, pValue, elsewhere } of found) {
        const own = rows.filter(([one]) => one === group);
        assert.deepEqual([size, failures], [own.length, own.filter(([, fails]) => fails).length]);
        let ways = 0n;
        for (let count = failures; count <= size; count++) {
          ways += choose(all, count) * choose(rows.length - all, size - count);
        }
        const share = Number(ways * 10n ** 15n / choose(rows.length, size)) / 1e15;
        assertAllClose([pValue], [share], { rtol: 1e-9, atol: 1e-14 });
        assert.deepEqual(elsewhere, (all - failures) / (rows.length - size));
      }
      assert.deepEqual(found.map(({ group }) => group), [...new Set(rows.map(([g]) => g))].sort());
    }),
    { seed: testSeed() },
  );
});

Deno.test('failingGroups() agrees with SciPy\'s fisher_exact(alternative="greater")', () => {
  // fisher_exact([[9, 11], [4, 36]], "greater") and fisher_exact([[4, 36], [9, 11]], "greater")
  const groups = Array.from({ length: 60 }, (_, i) => i < 20 ? "a" : "b");
  const failures = groups.map((_, i) => i < 9 || i >= 56);
  const [a, b] = failingGroups(groups, failures);
  assertAllClose([a.pValue, b.pValue], [0.0033504618503224317, 0.9996203665091045], {
    rtol: 1e-10,
  });
  assertAllClose([a.adjusted, b.adjusted], [2 * a.pValue, b.pValue], { rtol: 1e-12 });
  assert.deepEqual([a.fails, b.fails, a.elsewhere], [true, false, 0.1]);
  assert.equal(failingGroups(groups, failures, { alpha: 0.001 })[0].fails, false);
  assert.equal(failingGroups(groups, failures, { alpha: a.adjusted })[0].fails, true);
});

Deno.test("failingGroups() names a group in at most 5% of samples where all fail alike", () => {
  const source = random(testSeed());
  let alarms = 0;
  for (let run = 0; run < 200; run++) {
    const groups = Array.from({ length: 200 }, () => source.integer(6));
    const failures = groups.map(() => source.next() < 0.3);
    if (failingGroups(groups, failures).some(({ fails }) => fails)) alarms++;
  }
  // 10 are expected at most; more than 24 have a probability of 2e-5.
  assert(alarms <= 24, `${alarms} of 200`);
});

Deno.test("failingGroups() compares one group with nothing, and needs one outcome per row", () => {
  assert.deepEqual(failingGroups(["x", "x"], [true, false]), [{
    group: "x",
    rows: 2,
    failures: 1,
    elsewhere: NaN,
    pValue: 1,
    adjusted: 1,
    fails: false,
  }]);
  assert.throws(() => failingGroups([1, 2], [true]), /^RangeError/);
  assert.throws(() => failingGroups([1], [true], { alpha: 0 }), /Cannot use alpha: 0 was given/);
});

Deno.test("failingGroups() says what failures are needed where there are none", () => {
  for (const [given, shown] of [[undefined, "undefined"], [{}, "an object"], ["yes", '"yes"']]) {
    assert.throws(() => failingGroups(["a", "b"], given as never), {
      name: "TypeError",
      message: `Cannot use failures: ${shown} was given, ` +
        `an array with true or false for each row is needed`,
    });
  }
});
