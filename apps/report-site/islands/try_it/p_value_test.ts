import assert from "node:assert/strict";
import { formatFor } from "../../language/format.ts";
import { pValueText } from "./p_value.ts";

Deno.test("pValueText() never writes a p-value as 0, however many images it was computed from", () => {
  const english = formatFor("en");
  const written = [1, 0.1, 0.0999, 0.05, 1 / 2001, 1 / 60_001, 1 / 900_001];
  assert.deepEqual(written.map((p) => pValueText(p, english)), [
    "1.00",
    "0.10",
    "0.0999",
    "0.0500",
    "0.0005",
    "0.00002",
    "0.000001",
  ]);
  assert.equal(pValueText(1 / 2001, formatFor("pt-BR")), "0,0005");
});
