import assert from "node:assert/strict";
import { checkChoice, checkInteger, checkNumber, labelArray } from "./checks.ts";

Deno.test("checkNumber() returns what is in range and says the range otherwise", () => {
  assert.equal(checkNumber(0.5, "rate", { min: 0, max: 1 }), 0.5);
  assert.throws(() => checkNumber(2, "rate", { min: 0, max: 1 }), /between 0 and 1/);
  assert.throws(() => checkNumber(0, "rate", { above: 0 }), /above 0/);
  assert.throws(() => checkNumber(NaN, "rate"), RangeError);
  assert.throws(() => checkNumber("1", "rate"), { name: "TypeError", message: /"1" was given/ });
});

Deno.test("checkNumber() and checkInteger() take their bounds and nothing beyond", () => {
  const cases = [
    [{ min: 2, max: 4 }, [2, 4], [1, 5], " between 2 and 4"],
    [{ above: 2, max: 4 }, [3, 4], [2, 5], " above 2 and at most 4"],
    [{ min: 2 }, [2, 9], [1], " of at least 2"],
    [{ above: 2 }, [3, 9], [2], " above 2"],
    [{ max: 4 }, [-9, 4], [5], " of at most 4"],
    [{}, [-9, 9], [Infinity], ""],
  ] as const;
  for (const check of [checkNumber, checkInteger]) {
    for (const [rules, taken, refused, range] of cases) {
      for (const value of taken) assert.equal(check(value, "size", rules), value);
      for (const value of refused) {
        assert.throws(() => check(value, "size", rules), {
          name: "RangeError",
          message: new RegExp(`^Cannot use size: ${value} was given, .* number${range} is needed$`),
        });
      }
    }
  }
});

Deno.test("checkInteger() refuses fractions", () => {
  assert.equal(checkInteger(3, "clusters", { min: 1 }), 3);
  assert.throws(() => checkInteger(2.5, "clusters"), /2.5 was given, a whole number is needed/);
  assert.throws(() => checkInteger(0, "clusters", { min: 1 }), /of at least 1/);
  assert.throws(() => checkInteger(undefined, "clusters"), {
    name: "TypeError",
    message: "Cannot use clusters: undefined was given, a whole number is needed",
  });
});

Deno.test("checkChoice() lists the choices", () => {
  assert.equal(checkChoice("full", "covariance", ["full", "tied"]), "full");
  assert.throws(() => checkChoice("ful", "covariance", ["full", "tied"]), {
    name: "RangeError",
    message: 'Cannot use covariance: "ful" was given, one of "full", "tied" is needed',
  });
});

Deno.test("labelArray() takes any array of whole numbers", () => {
  assert.deepEqual(labelArray([0, 2, 1], 3), new Int32Array([0, 2, 1]));
  const labels = new Int32Array([1, 2]);
  assert.equal(labelArray(labels, 2), labels);
  assert.deepEqual(labelArray([2 ** 31 - 1], 1), new Int32Array([2 ** 31 - 1]));
});

Deno.test("labelArray() refuses a wrong count, negatives and fractions", () => {
  assert.throws(() => labelArray([0], 2), /1 were given for 2 rows/);
  assert.throws(() => labelArray([0, -1], 2), /row 1 has -1/);
  assert.throws(() => labelArray([0.5], 1), RangeError);
  assert.throws(() => labelArray([2 ** 31], 1), RangeError);
  assert.throws(() => labelArray("01" as unknown as number[], 2), TypeError);
  assert.throws(() => labelArray({} as number[], 2), TypeError);
  for (const labels of [undefined, null, 7]) {
    assert.throws(() => labelArray(labels as unknown as number[], 1, "classes"), {
      name: "TypeError",
      message: `Cannot use classes: ${labels} was given, an array of whole numbers is needed`,
    });
  }
});
