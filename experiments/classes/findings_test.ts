import { formatFor, textIn } from "@mixtape/report-site";
import { assertSays } from "@mixtape/report-site/testing";
import assert from "node:assert/strict";
import { example } from "./example.ts";
import { findClasses, headline } from "./findings.ts";
import type { ClassesPayload } from "./result.ts";
import { words } from "./words/en.ts";
import { words as portuguese } from "./words/pt_br.ts";

const format = formatFor("en");

const found = (change: Partial<ClassesPayload>) =>
  findClasses({ ...example, payload: { ...example.payload, ...change } }, words, format);

Deno.test("findClasses() takes each number from where it belongs", () => {
  assert.deepEqual(findClasses(example, words, format), [
    "Trained on other rows, a network predicts the class of a row in 86.7% of the cases (95% interval 81.5–89.2%; 104 of 120).",
    "That is more than giving every row the same class would: 58.3% at most, with class cat.",
    "The class recognised least is class dog: 86.0% of its rows (95% interval 78.8–89.6%; 43 of 50).",
    "No other class is shown to be recognised better: the intervals of all of them reach that one.",
    "Most frequent confusions: cat taken for dog (9) and dog taken for cat (7).",
    "The probabilities, after temperature scaling, have a mean of 87.7% for the predicted class, which is right in 86.7% of the cases (expected calibration error 3.4%); their cross-entropy is 0.321 nats, that of the shares of the classes 0.679.",
    "With one class held out in turn, the detector mahalanobis tells its rows from others that it has not seen with an AUROC from 0.812 (95% interval 0.744–0.861; class cat) to 0.912 (0.844–0.961; class dog).",
    "The detector mahalanobis tells made-up rows (shuffled columns) from rows that it has not seen with an AUROC of 0.651 (95% interval 0.611–0.692).",
    "The detector mahalanobis tells made-up rows (uniform noise) from rows that it has not seen with an AUROC of 0.851 (95% interval 0.811–0.892).",
  ]);
});

Deno.test("findClasses() says the same in Portuguese", () => {
  assert.deepEqual(findClasses(example, portuguese, formatFor("pt-BR")), [
    "Treinada com outras linhas, uma rede prevê a classe de uma linha em 86,7% dos casos (intervalo de 95% 81,5–89,2%; 104 de 120).",
    "Isso é mais do que daria atribuir a mesma classe a todas as linhas: no máximo 58,3%, com a classe cat.",
    "A classe menos reconhecida é a classe dog: 86,0% de suas linhas (intervalo de 95% 78,8–89,6%; 43 de 50).",
    "Não se mostrou que outra classe seja mais reconhecida: os intervalos de todas alcançam o dela.",
    "Confusões mais frequentes: cat tomada por dog (9) e dog tomada por cat (7).",
    "As probabilidades, após o ajuste de temperatura, têm média de 87,7% para a classe prevista, que está certa em 86,7% dos casos (erro de calibração esperado 3,4%); sua entropia cruzada é de 0,321 nats, e a das proporções das classes, de 0,679.",
    "Com uma classe reservada por vez, o detector mahalanobis distingue suas linhas de outras que ele não viu com AUROC de 0,812 (intervalo de 95% 0,744–0,861; classe cat) a 0,912 (0,844–0,961; classe dog).",
    "O detector mahalanobis distingue linhas inventadas (colunas embaralhadas) de linhas que não viu com uma AUROC de 0,651 (intervalo de 95% 0,611–0,692).",
    "O detector mahalanobis distingue linhas inventadas (ruído uniforme) de linhas que não viu com uma AUROC de 0,851 (intervalo de 95% 0,811–0,892).",
  ]);
});

Deno.test("findClasses() compares with the most frequent class only as far as the interval bears", () => {
  const share = (largest: number) => found({ largest: { name: "cat", share: largest } })[1];
  assert.match(share(0.81), /^That is more than/);
  assert.match(share(0.82), /^That is not shown to differ from/);
  assert.match(share(0.9), /^That is less than/);
  const { low, high } = example.payload.accuracy.interval;
  for (const end of [low, high]) assert.match(share(end), /^That is not shown to differ from/);
});

Deno.test("findClasses() speaks of one set, of a second file, of chance and of no sets", () => {
  const [cat] = example.payload.sets;
  assertSays(found({ sets: [cat] }), "With the class cat held out, the detector mahalanobis tells");
  assertSays(found({ sets: [], madeUpSets: [] }), "No rows could stand in for those that do not");
  const madeUp = found({ sets: [] });
  assert.equal(madeUp.length, found({}).length - 1);
  assert(!madeUp.some((sentence) => sentence.startsWith("No rows")));
  assert.deepEqual(madeUp.slice(-2), [
    "The detector mahalanobis tells made-up rows (shuffled columns) from rows that it has not seen with an AUROC of 0.651 (95% interval 0.611–0.692).",
    "The detector mahalanobis tells made-up rows (uniform noise) from rows that it has not seen with an AUROC of 0.851 (95% interval 0.811–0.892).",
  ]);
  const chance = {
    ...cat,
    heldOut: null,
    detectors: [{
      ...cat.detectors[0],
      auroc: 0.52,
      interval: { low: 0.44, high: 0.6, level: 0.95 },
    }],
  };
  const data = [...example.data, { ...example.data[0], title: "later.csv" }];
  const result = {
    ...example,
    data,
    payload: { ...example.payload, sets: [chance], madeUpSets: [] },
  };
  assert.deepEqual(findClasses(result, words, format).slice(-2), [
    "The detector mahalanobis tells rows of later.csv from rows that it has not seen with an AUROC of 0.520 (95% interval 0.440–0.600).",
    "An AUROC whose interval contains 0.5 is not shown to differ from chance.",
  ]);
});

Deno.test("findClasses() speaks of chance where an interval contains 0.5 or ends there", () => {
  const [cat] = example.payload.sets;
  const says = (low: number, high: number) => {
    const interval = { low, high, level: 0.95 };
    const sets = [{ ...cat, detectors: [{ ...cat.detectors[0], interval }] }];
    return found({ sets }).some((sentence) => sentence.startsWith("An AUROC whose interval"));
  };
  assert.deepEqual([says(0.5, 0.9), says(0.1, 0.5)], [true, true]);
  assert.deepEqual([says(0.51, 0.9), says(0.1, 0.49)], [false, false]);
});

Deno.test("findClasses() names three confusions, and none that ties with one left out", () => {
  const confusions = ["a", "b", "c", "d"].map((given, at) => ({
    given,
    predicted: "x",
    rows: 9 - at,
  }));
  const said = found({ confusions });
  assertSays(said, "a taken for x (9), b taken for x (8), and c taken for x (7).");
  const level = confusions.map((one) => ({ ...one, rows: Math.max(one.rows, 8) }));
  assertSays(found({ confusions: level }), "Most frequent confusion: a taken for x (9).");
});

Deno.test("findClasses() calls no class the hardest alone that ties, and none harder than its interval shows", () => {
  const [cat, dog] = example.payload.classes;
  const owl = { ...cat, name: "owl", recall: dog.recall };
  const tied = found({ classes: [cat, dog, owl] });
  assertSays(tied, "The classes recognised least are class dog and class owl: 86.0% of the rows");
  assert(!tied.some((sentence) => /class recognised least|No other class/.test(sentence)));
  assert(!found({ classes: [dog, owl] }).some((sentence) => sentence.includes("recognised")));
  const easy = { ...cat, recall: { ...cat.recall, interval: { low: 0.9, high: 1, level: 0.95 } } };
  const shown = found({ classes: [easy, dog, { ...cat, name: "owl" }] });
  assertSays(shown, "The class recognised least is class dog");
  assert(!shown.some((sentence) => sentence.startsWith("No other class")));
});

Deno.test("findClasses() says what an AUROC means whose interval lies below 0.5", () => {
  const [cat, dog] = example.payload.sets;
  const at = (set: typeof cat, low: number, high: number) => ({
    ...set,
    detectors: set.detectors.map((one) => ({
      ...one,
      auroc: (low + high) / 2,
      interval: { low, high, level: 0.95 },
    })),
  });
  const said = (...sets: (typeof cat)[]) => found({ sets, madeUpSets: [] }).slice(-2);
  assert.deepEqual(said(at(cat, 0.2, 0.4), at(dog, 0.4, 0.6)), [
    words.findingChance,
    words.findingBelowChance,
  ]);
  assert.equal(said(at(cat, 0.2, 0.5))[1], words.findingChance);
  assert.match(said(at(cat, 0.51, 0.6))[1], /^With the class cat held out/);
});

Deno.test("findClasses() names no hardest class and no confusions where every row is right", () => {
  const accuracy = { ...example.payload.accuracy, value: 1, successes: 120 };
  assert.equal(found({ accuracy, confusions: [] }).length, 6);
});

Deno.test("headline() of the classes is the accuracy with its interval", () => {
  assert.deepEqual(headline(example, words, format, textIn("en")), {
    number: "86.7%",
    sentence: "of the rows are given their class by a network that has not seen them",
    uncertainty: "95% interval 81.5–89.2%",
  });
});
