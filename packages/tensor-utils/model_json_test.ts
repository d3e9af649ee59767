import assert from "node:assert/strict";
import { readModelJSON } from "./model_json.ts";

const mean = { named: "a mean", formats: ["mean", "median"] };

Deno.test("readModelJSON() gives the entries of every format in version 1 to the reader, and its outcome back", () => {
  for (const format of mean.formats) {
    const json = { format, version: 1, value: 3 };
    const read = (entries: object) => [entries, 7];
    assert.deepEqual(readModelJSON(json, mean, read), [json, 7]);
  }
});

Deno.test("readModelJSON() refuses other formats and versions before anything is read", () => {
  const needed = "format mean or median, version 1 is needed";
  const cases: [json: unknown, given: string][] = [
    [{ format: "mode", version: 1 }, `format "mode", version 1 was given, ${needed}`],
    [{ format: "mean", version: 2 }, `format "mean", version 2 was given, ${needed}`],
    [{ version: 1 }, `format undefined, version 1 was given, ${needed}`],
    [null, `format undefined, version undefined was given, ${needed}`],
    [
      '{"format":"mean","version":1}',
      `format undefined, version undefined was given, ${needed}, text is to be parsed by JSON.parse before`,
    ],
  ];
  for (const [json, given] of cases) {
    const read = () => assert.fail("it was read");
    assert.throws(() => readModelJSON(json, mean, read), {
      name: "SyntaxError",
      message: `Cannot read a mean: ${given}`,
    });
  }
});

Deno.test("readModelJSON() reports what is wrong with an entry as damage, and leaves other errors as they are", () => {
  const readWith = (error: Error) => () =>
    readModelJSON({ format: "mean", version: 1 }, mean, () => {
      throw error;
    });
  for (const Kind of [TypeError, RangeError]) {
    const cause = new Kind("Cannot use mean: cannot be");
    assert.throws(readWith(cause), {
      name: "SyntaxError",
      message: "Cannot read a mean: cannot use mean: cannot be",
      cause,
    });
  }
  for (const error of [new SyntaxError("damaged"), new DOMException("enough", "AbortError")]) {
    assert.throws(readWith(error), (thrown) => thrown === error);
  }
});
