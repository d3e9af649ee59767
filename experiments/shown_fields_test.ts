/**
 * Checks that the pages of each experiment show every field of its result, and none for another: they change when
 * a field changes, and when two numbers of a record are exchanged; a sentence that names a field gets that field.
 */
import { languages } from "@mixtape/report-site";
import type { Result } from "@mixtape/results";
import { testSeed } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import { Typesetter } from "../apps/report-site/math/typesetter.ts";
import { namesOf } from "../apps/report-site/testing/check_sentences.ts";
import { renderPage } from "../apps/report-site/render.tsx";
import type { Experiment } from "./experiment.ts";
import { experiments } from "./index.ts";
import { kindOf, type Path, valueAt, withValue } from "./run/testing/places.ts";

/** Fields that no page shows, each list with the reason. */
const unshown: readonly { readonly because: string; readonly fields: readonly RegExp[] }[] = [
  {
    because: "the site checks files by their lengths and hashes, and pages only link to them",
    fields: [/\.(byteLength|sha256)$/],
  },
  {
    because: "all intervals have the level that the words name",
    fields: [/\.(interval|aurocInterval)\.level$/],
  },
  {
    because: "scripts read it from the files that a page loads on demand",
    fields: [
      /^try-it (classifier\.testAccuracy|detector\.(heldOutScores|otherFound))\./,
      /^try-it detector\.falseAlarms\.successes$/,
      /^try-it (clusters\.majorityClasses|presets\.sprite\.count|frame\.(centre|maxValue))\b/,
    ],
  },
  {
    because: "the table of classes by cluster tells it",
    fields: [/^kmeans-init representatives\.\*\.sharedClusters\.\*\.cluster$/],
  },
  {
    because: "it is for comparisons by programs, which read the file of the result",
    fields: [
      /^(ood-collapse|gmm-ood) byWeightDecay\.\*\.testAccuracy\.(successes|trials|interval)\b/,
      /^kmeans-missing runs\.\*\.fit\.converged$/,
      /^gmm-notebook rows\.(in|outOf)Distribution$/,
      /^gmm-notebook recipes\.\*\.testAccuracy\.(successes|trials)$/,
      /^gmm-ood rows\.heldOut$/,
      /^gmm-ood byWeightDecay\.\*\.softmax\.(aurocInterval|auprIn|auprOut|fprAtIdTpr95)\b/,
      /^ood-collapse .*\.separation\.(aurocInterval\b|auprIn$|auprOut$|fprAtIdTpr95$)/,
      /^ood-collapse byWeightDecay\.\*\.mixtures\.\*\.bic$/,
      /^ood-detectors classifiers\.\*\.(layers|training\.learningRateSchedule)\b/,
      /^ood-detectors sets\.\*\.(rows|inDistributionRows)$/,
      /^ood-detectors rows\.validation$/,
      /^ood-calibration discoveries\.\*\.power\.standardDeviation$/,
    ],
  },
];

/** Intervals of which a sentence says only how they lie to another. */
const compared = /^gmm-ood byWeightDecay\.\*\.byComponents\.\*\.separation\.aurocInterval\./;

interface Leaf {
  readonly path: Path;
  readonly value: unknown;
}

function leavesOf(value: unknown, path: Path = []): Leaf[] {
  if (value === null || typeof value !== "object") return [{ path, value }];
  return Object.entries(value).flatMap(([key, inside]) =>
    leavesOf(inside, [...path, Array.isArray(value) ? Number(key) : key])
  );
}

/** Other values of the same type: of words one that the same field has elsewhere; of numbers one more and about half. */
function changed(value: unknown, others: readonly Leaf[]): unknown[] {
  if (typeof value === "boolean") return [!value];
  if (typeof value === "number") {
    return Number.isInteger(value)
      ? [value + 1, Math.floor(value / 2)]
      : [1.07 * value + 0.013, value / 2];
  }
  const other = others.find((one) => typeof one.value === "string" && one.value !== value);
  return [other?.value ?? `${value}x`];
}

/** Two neighbouring fields of a record that are numbers and differ. */
interface Pair {
  readonly path: Path;
  readonly keys: readonly [string, string];
}

function pairsOf(value: unknown, path: Path = []): Pair[] {
  if (value === null || typeof value !== "object") return [];
  const entries = Object.entries(value);
  const inside = entries.flatMap(([key, one]) =>
    pairsOf(one, [...path, Array.isArray(value) ? Number(key) : key])
  );
  if (Array.isArray(value)) return inside;
  const own = entries.slice(1).flatMap(([key, one], at): Pair[] => {
    const [before, other] = entries[at];
    const areNumbers = typeof one === "number" && typeof other === "number";
    return areNumbers && one !== other ? [{ path, keys: [before, key] }] : [];
  });
  return [...own, ...inside];
}

const typesetter = new Typesetter();

/** Pages as one text, and the arguments of each sentence in the order of its calls, by parameter. */
interface Shown {
  readonly html: string;
  readonly said: ReadonlyMap<string, string>;
}

/** The arguments that sentences were given since the last page began: by sentence and parameter. */
const said = new Map<string, string>();

/** Makes the sentences of an experiment tell their arguments, under the names of the English parameters. */
function listen(english: object, words: object, path = ""): void {
  const [own, theirs] = [english, words].map((texts) => texts as Record<string, unknown>);
  for (const [key, value] of Object.entries(theirs)) {
    if (typeof value === "object" && value !== null) {
      listen(own[key] as object, value, `${path}${key}.`);
    }
    if (typeof value !== "function") continue;
    const names = namesOf(own[key] as (...given: readonly unknown[]) => unknown);
    theirs[key] = (...given: readonly unknown[]) => {
      for (const [at, name] of names.entries()) {
        const place = `${path}${key} ${name}`;
        said.set(place, `${said.get(place) ?? ""}\n${JSON.stringify(given[at])}`);
      }
      return value(...given);
    };
  }
}

for (const { wordsIn } of experiments) {
  const english = wordsIn("en");
  for (const { tag } of languages.toSorted((one) => one.tag === "en" ? 1 : -1)) {
    listen(english, wordsIn(tag));
  }
}

/** Renders the pages of an experiment with a payload, in one of the languages. */
function shownOf({ pages }: Experiment, result: Result, payload: unknown, at: number): Shown {
  said.clear();
  const language = languages[at % languages.length];
  const results = { byExperiment: { [result.experiment]: { ...result, payload } } };
  const html = pages.map((page) =>
    renderPage({ page, pages: [page], language, results, typesetter }).html
  ).join("");
  return { html, said: new Map(said) };
}

/** The parameter of a sentence that has the name of a field, or the beginning of it. */
function parameterOf(field: string, parameters: readonly string[]): string | undefined {
  const name = field.split(/[.*]+/).filter(Boolean).at(-1)!;
  return parameters.find((one) => one === name) ??
    parameters.find((one) => one.length > 3 && name.startsWith(one));
}

/** Asserts that a field which has changed a single argument of a sentence has changed the one that is named after it. */
function assertSaidOfIts(field: string, before: Shown["said"], after: Shown["said"]): void {
  const parameters = Map.groupBy(before.keys(), (place) => place.split(" ")[0]);
  for (const [sentence, places] of parameters) {
    const changed = places.filter((place) => before.get(place) !== after.get(place));
    const named = parameterOf(field, places.map((place) => place.split(" ")[1]));
    if (changed.length !== 1 || !after.has(changed[0]) || named === undefined) continue;
    assert(changed[0].startsWith(`${sentence} ${named}`), `${field} changes ${changed[0]}`);
  }
}

const reasonOf = (field: string) =>
  unshown.flatMap(({ fields }) => fields).find((pattern) => pattern.test(field));

const used = new Set<RegExp>();

for (const experiment of experiments) {
  const { id } = experiment;

  Deno.test(`the pages of ${id} change with every field of its result`, async () => {
    const result = await experiment.example();
    const plain = languages.map((_, at) => shownOf(experiment, result, result.payload, at));
    const leaves = leavesOf(result.payload).filter(({ value }) => value !== null);
    const kinds = Map.groupBy(leaves, ({ path }) => kindOf(path));
    const hidden = new Set<string>();
    // Languages take turns, so that each field is looked at in all of them as the seeds go by.
    let at = testSeed();
    for (const [kind, leaves] of kinds) {
      at++;
      const changes = leaves.map(({ value }) => changed(value, leaves));
      const isShown = changes[0].some((_, way) => {
        const payload = leaves.reduce<unknown>(
          (whole, { path }, leaf) => withValue(whole, path, changes[leaf][way] ?? changes[leaf][0]),
          result.payload,
        );
        const { html, said } = shownOf(experiment, result, payload, at);
        const before = plain[at % languages.length];
        if (way === 0 && typeof leaves[0].value === "number") {
          assertSaidOfIts(kind, before.said, said);
        }
        return html !== before.html;
      });
      if (!isShown) hidden.add(kind);
    }
    const unexplained = [...hidden].filter((kind) => {
      const reason = reasonOf(`${id} ${kind}`);
      if (reason) used.add(reason);
      return !reason;
    });
    assert.deepEqual(unexplained, []);
  });

  Deno.test(`the pages of ${id} change when two numbers of a record are exchanged`, async () => {
    const result = await experiment.example();
    const plain = languages.map((_, at) => shownOf(experiment, result, result.payload, at));
    const kinds = Map.groupBy(
      pairsOf(result.payload),
      ({ path, keys }) => `${kindOf(path)}: ${keys.join(", ")}`,
    );
    let at = testSeed();
    for (const [kind, pairs] of kinds) {
      at++;
      const [{ path, keys }] = pairs;
      const fields = keys.map((key) => `${id} ${kindOf([...path, key])}`);
      if (fields.every((field) => reasonOf(field) ?? compared.test(field))) continue;
      const payload = pairs.reduce<unknown>((whole, { path, keys: [one, other] }) => {
        const record = valueAt(whole, path) as Record<string, number>;
        return withValue(whole, path, { ...record, [one]: record[other], [other]: record[one] });
      }, result.payload);
      const isSeen = shownOf(experiment, result, payload, at).html !==
        plain[at % languages.length].html;
      assert(isSeen, kind);
    }
  });
}

Deno.test("every reason for a field that is not shown is of use", () => {
  const all = unshown.flatMap(({ fields }) => fields);
  assert.deepEqual(all.filter((pattern) => !used.has(pattern)), []);
});
