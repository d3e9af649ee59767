import assert from "node:assert/strict";
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
