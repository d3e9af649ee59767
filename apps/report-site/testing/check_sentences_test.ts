import assert from "node:assert/strict";
import { checkGlossary } from "./check_glossary.ts";
import { checkPairing, portuguese } from "./check_pairing.ts";
import { checkOrders, checkSentences } from "./check_sentences.ts";

const english = {
  rank: (low: string, lowRank: string, high: string, highRank: string) =>
    `${lowRank} at ${low}, ${highRank} at ${high}`,
  best: (name: string, better: boolean) => better ? `${name} is better` : `${name} is worse`,
};

Deno.test("checkSentences() accepts another order that keeps alike arguments together", () => {
  const other: typeof english = {
    ...english,
    rank: (low, lowRank, high, highRank) => `bei ${low} ${lowRank}, bei ${high} ${highRank}`,
  };
  checkSentences(english, other, "test");
  assert.throws(() => checkOrders(english, other, "test"), /test, rank of all/);
  checkOrders(english, english, "test");
});

Deno.test("checkSentences() notices what is left out, said twice or mixed up", () => {
  const wrong: Partial<typeof english>[] = [
    { rank: (low, lowRank, high, highRank) => `${lowRank} at ${high}, ${highRank} at ${low}` },
    { rank: (low, lowRank, high) => `${lowRank} at ${low}, ${lowRank} at ${high}` },
    { best: (name, better) => better ? `${name} is better` : "it is worse" },
  ];
  for (const change of wrong) {
    assert.throws(() => checkSentences(english, { ...english, ...change }, "test"));
  }
  const twice = { one: (name: string) => `${name} and ${name}` };
  assert.throws(() => checkSentences(twice, twice, "test"));
});

Deno.test("checkPairing() notices texts that are exchanged in one language, and asks for words that it does not know", () => {
  const own = {
    axes: { rate: "rate asked for", found: "false-discovery rate" },
    size: (rows: string) => `Size: ${rows}`,
    share: (share: string) => `${share} of a cluster`,
  };
  const other: typeof own = {
    axes: { rate: "taxa pedida", found: "taxa de falsas descobertas" },
    size: (rows) => `Tamanho: ${rows}`,
    share: (share) => `${share} de um grupo`,
  };
  checkPairing(own, other, portuguese, "test");
  const { axes: { rate, found }, size, share } = other;
  for (
    const wrong of [
      { ...other, axes: { rate: found, found: rate } },
      { ...other, size: share, share: size },
    ]
  ) assert.throws(() => checkPairing(own, wrong, portuguese, "test"), /the other way round/);
  const [blue, pink] = [["blue", "azul"], ["pink", "rosa"]];
  const unlike = [{ one: blue[0], two: pink[0] }, { one: blue[1], two: pink[1] }] as const;
  assert.throws(() => checkPairing(...unlike, portuguese, "test"), /missing in the dictionary/);
  checkPairing(...unlike, [[/blue/, /azul/]], "test");
});

Deno.test("checkGlossary() notices another word for a term, what a language avoids, and foreign numbers, in any branch", () => {
  const own = {
    share: (one: unknown): string => one ? "one seed" : "of 0.5, $1.5$ (section 9.2.1)",
    lines: "A p-value.\n\nTwo clusters of 20,000 `seeds`.",
  };
  const other = {
    share: (one: unknown): string => one ? "uma semente" : "de 0,5, $1.5$ (seção 9.2.1)",
    lines: "Um valor-p.\n\nDois grupos de 20.000 `seeds`, a partir de um.",
  };
  checkGlossary(own, other, "pt-BR", "test");
  const wrong: [Partial<typeof own>, RegExp][] = [
    [{ share: (one) => one ? "uma semeadura" : "de 0,5, $1.5$" }, /share: “seed” is “semente”/],
    [{ share: (one) => one ? "uma semente" : "de 0.5, $1.5$" }, /“0.5” is to be avoided/],
    [
      { lines: "Um valor-p.\n\nDois clusters, ou grupos" },
      /lines: “clusters” is to be avoided in pt-BR/,
    ],
    [{ lines: "Um valor-p. Dois grupos de 20.000" }, /lines: “cluster” is “grupo”/],
    [{ lines: "Um valor-p que partilham.\n\nDois grupos" }, /“partilham”/],
    [{ lines: "Um valor-p que está a cair.\n\nDois grupos" }, /“está a cair”/],
    [{ lines: "Um valor-p por ecrã.\n\nDois grupos" }, /“ecrã”/],
    [{ lines: "Um valor-p de uma priori.\n\nDois grupos" }, /“priori”/],
  ];
  for (const [change, message] of wrong) {
    assert.throws(() => checkGlossary(own, { ...other, ...change }, "pt-BR", "test"), message);
  }
  assert.throws(
    () => checkGlossary({ one: "0,5 rightly" }, { one: "" }, "pt-BR", "test"),
    /rightly/,
  );
  assert.throws(() => checkGlossary({ one: "0,5" }, { one: "" }, "pt-BR", "test"), /in en: 0,5/);
});
