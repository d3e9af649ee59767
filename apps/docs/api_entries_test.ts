import assert from "node:assert/strict";
import { apiEntries, firstSentence } from "./api_entries.ts";

Deno.test("each name that a module exports is an entry", () => {
  const json = {
    nodes: {
      "file:///w/packages/a/mod.ts": {
        symbols: [
          { name: "f", declarations: [{ kind: "function", jsDoc: { doc: "Returns f. More." } }] },
          { name: "T", declarations: [{ kind: "typeAlias" }] },
          { name: "inner", declarations: [{ kind: "function", declarationKind: "private" }] },
        ],
      },
      "file:///w/packages/other/a/mod.ts": { symbols: [] },
    },
  };
  assert.deepEqual(apiEntries(json, [{ name: "@w/a", file: "a/mod.ts" }]), [
    {
      href: "api/a/mod.ts/~/f.html",
      title: "f",
      place: "@w/a",
      kind: "function",
      summary: "Returns f.",
    },
    { href: "api/a/mod.ts/~/T.html", title: "T", place: "@w/a", kind: "type", summary: "" },
  ]);
  assert.throws(() => apiEntries(json, [{ name: "@w/b", file: "b/mod.ts" }]), RangeError);
});

Deno.test("the summary of a name is its first sentence without markup", () => {
  assert.equal(
    firstSentence("Fits {@linkcode kMeans} to `x`\n(e.g. 1.5 of it). Then more."),
    "Fits kMeans to x (e.g. 1.5 of it).",
  );
  assert.equal(firstSentence("See [the map](a.md): two.\n\nMore."), "See the map: two.");
  assert.equal(firstSentence("No stop"), "No stop");
  assert.equal(firstSentence(""), "");
});
