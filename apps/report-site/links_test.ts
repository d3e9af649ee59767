import assert from "node:assert/strict";
import { relativeLink } from "./links.ts";

const cases: [from: string, to: string, link: string][] = [
  ["index.html", "data.html", "data.html"],
  ["index.html", "pt/index.html", "pt/index.html"],
  ["pt/data.html", "data.html", "../data.html"],
  ["pt/data.html", "pt/index.html", "index.html"],
  ["pt/derivations/mixtures.html", "assets/style.css", "../../assets/style.css"],
  ["pt/derivations/mixtures.html", "derivations/mixtures.html", "../../derivations/mixtures.html"],
  ["derivations/mixtures.html", "derivations/missing-entries.html", "missing-entries.html"],
];

Deno.test("relativeLink() leads from each folder to each other", () => {
  for (const [from, to, link] of cases) assert.equal(relativeLink(from, to), link);
});

Deno.test("relativeLink() resolves to its target", () => {
  for (const [from, to] of cases) {
    const base = new URL(from, "https://host/sub/path/");
    assert.equal(new URL(relativeLink(from, to), base).pathname, `/sub/path/${to}`);
  }
});
