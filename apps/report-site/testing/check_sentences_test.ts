import assert from "node:assert/strict";
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
