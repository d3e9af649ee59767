import { formatFor, languages, textIn } from "@mixtape/report-site";
import { checkResult } from "@mixtape/results";
import assert from "node:assert/strict";
import domains from "./domains.json" with { type: "json" };
import { experiments, schemas } from "./index.ts";

const telling = { language: "en", text: textIn("en"), format: formatFor("en") };

async function headlines() {
  return await Promise.all(experiments.map(async (one) => ({
    ...one,
    ...one.headline(await one.example(), telling),
  })));
}

Deno.test("experiments have names and pages of their own", () => {
  const ids = experiments.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  const paths = experiments.flatMap(({ pages }) => pages.map(({ path }) => path));
  assert.equal(new Set(paths).size, paths.length);
  for (const { name, id } of experiments) {
    for (const { tag } of languages) assert.notEqual(name(tag), "", id);
  }
});

Deno.test("an experiment has one name, in the menu, in tables and where links lead to it", async () => {
  for (const { id, name, pages, headline, example } of experiments) {
    // The two derivations are checked by one experiment, and have names of their own.
    if (id === "derivations") continue;
    for (const { tag } of languages) {
      const text = textIn(tag);
      assert.deepEqual(pages.map(({ title }) => title(text, tag)), [name(tag)], id);
      const answer = headline(await example(), { language: tag, text, format: formatFor(tag) });
      assert.equal(answer?.title ?? name(tag), name(tag), id);
    }
  }
});

for (const { id, example, load, onOwnData } of experiments) {
  Deno.test(`${id} has an example that conforms to its schema`, async () => {
    const result = await example();
    assert.equal(result.experiment, id);
    checkResult(result, { file: id, schemas });
  });

  Deno.test(`${id} says what it answers, and has the same parameters in each profile`, async () => {
    const { answers, seconds, profiles, sample = {}, needs } = await load();
    assert.equal(needs !== undefined, onOwnData === true);
    assert.match(answers, /\?/);
    assert(seconds > 0);
    assert.deepEqual(Object.keys(profiles.quick).sort(), Object.keys(profiles.full).sort());
    assert(Object.keys(sample).every((name) => name in profiles.full));
  });
}

Deno.test("headline() asks a question, and is sure of what is counted only", async () => {
  const all = (await headlines()).filter(({ onOverview }) => onOverview !== false);
  assert(all.every(({ question }) => question?.endsWith("?")));
  const sure = all.filter(({ uncertainty }) => uncertainty === undefined);
  assert.deepEqual(sure.map(({ page }) => page), [
    "table",
    "audit",
    "data",
    "derivations/mixtures",
  ]);
});

Deno.test("headline() gives a number, and how sure it is", async () => {
  const all = await headlines();
  const classifier = all.find(({ id }) => id === "classifier");
  assert.equal(classifier?.number, "94.00%");
  assert.equal(classifier?.uncertainty, "95% interval 89.80–96.50%");
  const kMeans = all.find(({ id }) => id === "kmeans-init");
  assert.equal(kMeans?.uncertainty, "58.0% to 60.0% over 7 runs");
});

/** Numbers that tell kinds of number apart, by those that they take. */
const probes = [-2, -1, -0.5, 0, 0.5, 1, 1.5, 2];

/** Kinds of number, by the probes that they take. */
const numbers: Readonly<Record<string, string>> = {
  "11111111": "number",
  "00011111": "magnitude",
  "00011100": "share",
  "01111100": "index",
  "00010101": "count",
  "00000101": "positive",
};

type Path = readonly (string | number)[];

function* fieldsOf(value: unknown, path: Path = []): Generator<readonly [Path, unknown]> {
  yield [path, value];
  if (value === null || typeof value !== "object") return;
  for (const [key, inside] of Object.entries(value)) {
    yield* fieldsOf(inside, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

function withField(value: unknown, [step, ...rest]: Path, replacement: unknown): unknown {
  if (step === undefined) return replacement;
  const copy = Array.isArray(value) ? [...value] : { ...value as object };
  const fields = copy as Record<string, unknown>;
  fields[step] = withField(fields[step], rest, replacement);
  return copy;
}

/** The kind of a field, by the values that a schema takes for it. */
function kindOf(value: unknown, takes: (other: unknown) => boolean): string | undefined {
  if (Array.isArray(value)) {
    const lengths = [0, 1, 2, 3].filter((length) => takes(value.slice(0, length)));
    return `list of ${lengths.join(", ") || "its length"}`;
  }
  if (typeof value === "string") return takes("nothing of the kind") ? "text" : "word";
  if (typeof value !== "number") return undefined;
  return numbers[probes.map((probe) => takes(probe) ? 1 : 0).join("")] ?? "another number";
}

/** The name of a field: `inertia`; `inertia[]` for an item of such a list. */
function nameOf(path: Path): string {
  const last = path.findLastIndex((step) => typeof step === "string");
  return `${path[last]}${"[]".repeat(path.length - 1 - last)}`;
}

/** Kinds of fields by their names, or by experiment and path where a name has several. */
const kindsOfFields = new Map(
  Object.entries(domains).flatMap(([kind, names]) => names.map((name) => [name, kind])),
);

for (const { id, schema, example } of experiments) {
  Deno.test(`the schema of ${id} takes for each field what its name says`, async () => {
    const { payload } = await example();
    const fields = [...fieldsOf(payload)].filter(([path, value]) =>
      path.length > 0 && value !== null
    );
    const kinds = Map.groupBy(
      fields,
      ([path]) => path.map((step) => typeof step === "number" ? "*" : step).join("."),
    );
    for (const [path, all] of kinds) {
      const [place, value] = all.find(([, one]) => Array.isArray(one) && one.length > 1) ?? all[0];
      const takes = (other: unknown) => schema.safeParse(withField(payload, place, other)).success;
      const kind = kindOf(value, takes);
      if (kind === undefined) continue;
      const known = kindsOfFields.get(`${id} ${path}`) ?? kindsOfFields.get(nameOf(place));
      assert.equal(
        kind,
        known,
        `${id} ${path} takes ${kind}, domains.json says ${known ?? "nothing"}`,
      );
    }
  });
}
