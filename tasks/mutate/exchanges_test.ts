import assert from "node:assert/strict";
import { instrument } from "./instrument.ts";

async function changes(text: string, path = "one.tsx"): Promise<string[]> {
  const { mutants } = await instrument([{ path, text }]);
  return mutants.filter(({ operator }) => /Exchange|Step/.test(operator))
    .map(({ original, replacement }) => `${original} → ${replacement.replace(/\s+/g, " ")}`);
}

Deno.test("findExchanges() exchanges neighbours and makes whole numbers one larger", async () => {
  assert.deepEqual(await changes("f(a, b, c);"), [
    "f(a, b, c) → f(b, a, c)",
    "f(a, b, c) → f(a, c, b)",
  ]);
  assert.deepEqual(await changes("const x = [a, b];"), ["[a, b] → [b, a]"]);
  assert.deepEqual(await changes("const x = { a, b: c };"), ["{ a, b: c } → { a: c, b: a }"]);
  assert.deepEqual(await changes("const x = `${a} of ${b}`;"), ["`${a} of ${b}` → `${b} of ${a}`"]);
  assert.deepEqual(await changes("a.sort((x, y) => x - y);"), ["x - y → y - x"]);
  assert.deepEqual(await changes("const x = <tr><td>{a}</td><td>{b}</td></tr>;"), [
    "<tr><td>{a}</td><td>{b}</td></tr> → <tr><td>{b}</td><td>{a}</td></tr>",
  ]);
  assert.deepEqual(await changes("const x = 7;"), ["7 → 8"]);
  assert.deepEqual(await changes("(a - b) ** 2;"), ["2 → 3"]);
  assert.deepEqual(await changes("(a - b) ** 3;"), ["a - b → b - a", "3 → 4"]);
});

Deno.test("findExchanges() leaves alone what is the same, symmetric, spread or a type", async () => {
  for (
    const text of [
      "f(a, a);",
      "Math.max(a, b);",
      "Object.is(a, b);",
      "tf.add(a, tf.mul(b, c));",
      "f32x4.min(a, b);",
      "i16x8.max_s(a, b);",
      "min(a, b);",
      "Math.abs(a - b);",
      "Math.hypot(a - b, c);",
      "f(...a, b);",
      "const x: 3 | Pair<1, 2> = y;",
      "const { a, b } = c; const [d, e] = f;",
      'import { a, b } from "c";',
      "const x = 0.5;",
      "const large = 1e300;",
      'const names = ["a", "b"] as const;',
    ]
  ) assert.deepEqual(await changes(text), [], text);
});

Deno.test("findExchanges() leaves factors alone, but not what is added to their product", async () => {
  assert.deepEqual(await changes("multiplyAdd64(a, b, c);"), [
    "multiplyAdd64(a, b, c) → multiplyAdd64(a, c, b)",
  ]);
  assert.deepEqual(await changes("f32x4.pmin(a, b);"), ["f32x4.pmin(a, b) → f32x4.pmin(b, a)"]);
});

Deno.test("instrument() places exchanges around Stryker's mutants, each switched on alone", async () => {
  const path = "one.ts";
  const text = "export const f = (a: number, b: number) => Math.pow(a - b, a + 2);\n";
  const { files, mutants } = await instrument([{ path, text }]);
  const code = files[0].text.replace(/: number/g, "");
  const { f } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const global = globalThis as { __mutants?: { active?: string } };
  // Those that this very test may be run with.
  const around = global.__mutants;
  const state: { active?: string } = global.__mutants = {};
  assert.equal(f(5, 3), 2 ** 7);
  const expected: Record<string, number> = {
    "Math.pow(a + 2, a - b)": 7 ** 2,
    "b - a": (-2) ** 7,
    "a + b": 8 ** 7,
    "a - 2": 2 ** 3,
    "3": 2 ** 8,
  };
  for (const { id, replacement } of mutants) {
    state.active = id;
    assert.equal(f(5, 3), expected[replacement], replacement);
  }
  global.__mutants = around;
});
