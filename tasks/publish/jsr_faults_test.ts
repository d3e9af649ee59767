import assert from "node:assert/strict";
import { jsrFaults, type PublishedPackage } from "./jsr_faults.ts";

const comment = { doc: "Something." };
const [documented, bare] = [comment, undefined].map((jsDoc) => ({
  name: "a",
  declarations: [{ kind: "function", declarationKind: "export", jsDoc }],
}));
const main = { module_doc: comment, symbols: [documented] };

const fine: PublishedPackage = {
  description: "A package",
  readme:
    "# a\n\n```ts\na();\n```\n\n[changes](CHANGELOG.md), [site](https://jsr.io), [below](#b)\n",
  files: new Set(["README.md", "CHANGELOG.md", "mod.ts"]),
  docs: { nodes: { "mod.ts": main, "part.ts": main } },
  runtimes: 2,
};

/** Tells whether each of some packages has one fault, and which. */
function assertFaults(cases: readonly [Partial<PublishedPackage>, RegExp][]): void {
  for (const [change, fault] of cases) {
    const faults = jsrFaults({ ...fine, ...change });
    assert.equal(faults.length, 1, String(fault));
    assert.match(faults[0], fault);
  }
}

Deno.test("jsrFaults() finds none in a package of full score", () => {
  assert.deepEqual(jsrFaults(fine), []);
  const tags = [{ kind: "example" }];
  const nodes = { "mod.ts": { ...main, module_doc: { ...comment, tags } } };
  assert.deepEqual(jsrFaults({ ...fine, readme: "# a\n", docs: { nodes } }), []);
});

Deno.test("jsrFaults() names what costs points", () => {
  const nodes = (one: object) => ({ nodes: { "mod.ts": main, "part.ts": one } });
  assertFaults([
    [{ description: undefined }, /description/],
    [{ description: "a".repeat(251) }, /description needs 1 to 250 characters/],
    [{ readme: "# a\n" }, /neither its README nor its module comment has an example/],
    [{ docs: nodes({ symbols: [documented] }) }, /^part\.ts has no comment of the module/],
    [{ docs: nodes({ ...main, symbols: [bare] }) }, /^50% of its symbols are documented, 80% must/],
    [{ runtimes: 1 }, /it works in 1 runtimes/],
  ]);
  const four = [documented, documented, documented, bare];
  assert.deepEqual(jsrFaults({ ...fine, docs: nodes({ ...main, symbols: four }) }), []);
});

Deno.test("jsrFaults() names links of a README that lead out of the package, or to what is left out", () => {
  const readme = (link: string) => ({ readme: fine.readme + link });
  assertFaults([
    [readme("[a](../other/README.md)"), /links \.\.\/other\/README\.md, which is not published/],
    [readme("[a](./mod_test.ts#L1)"), /links \.\/mod_test\.ts#L1/],
    [readme("![a](a.png)"), /links a\.png/],
    [readme('<img src="../a.png">\n'), /links \.\.\/a\.png/],
    [readme("[a]\n\n[a]: /docs"), /links \/docs/],
  ]);
  assert.deepEqual(jsrFaults({ ...fine, ...readme("`[a](../b)` [c](./mod.ts#L1)") }), []);
});
