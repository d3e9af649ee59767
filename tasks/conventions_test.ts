/**
 * Holds every model of every package to CONVENTIONS.md, by running it.
 */
import assert from "node:assert/strict";
import * as classifier from "@mixtape/classifier";
import * as clustering from "@mixtape/clustering";
import * as mixture from "@mixtape/mixture";
import * as ood from "@mixtape/ood";
import { useBackend } from "@mixtape/tensor-utils";
import { normalMatrix } from "@mixtape/tensor-utils/testing";
import {
  axes,
  type IterationCall,
  iterativeFits,
  type ModelCase,
  modelCases,
  preparationCases,
} from "./testing/every_model.ts";

await useBackend("cpu");

/** Converts a value to one that is equal only for the same types and bits. */
function exact(value: unknown): unknown {
  if (typeof value === "number" && Object.is(value, -0)) return "−0";
  if (ArrayBuffer.isView(value)) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return [value.constructor.name, [...bytes]];
  }
  if (Array.isArray(value)) return value.map(exact);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, exact(part)]));
}

/** Lists the names of methods and properties, with getters and inherited ones. */
function membersOf(model: object): { methods: Set<string>; properties: Set<string> } {
  const [methods, properties] = [new Set<string>(), new Set<string>()];
  for (let part = model; part !== Object.prototype; part = Object.getPrototypeOf(part)) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(part))) {
      if (name === "constructor") continue;
      if (!lifetime.includes(name)) (typeof value === "function" ? methods : properties).add(name);
    }
  }
  return { methods, properties };
}

/** Members of every model that end its use, or look after it. */
const lifetime = ["dispose", "checkUsable"];

const writers = ["toJSON", "toSafetensors"];

/** Checks that what a model learned stays readable once it is disposed of, and that all else is refused. */
async function assertDisposable(
  model: Record<string, unknown>,
  { questions, released = [] }: ModelCase,
): Promise<void> {
  const { dispose } = model as { dispose?: () => void };
  assert.ok(dispose, "it has no method dispose()");
  assert.ok(Symbol.dispose in model, "it cannot be declared with using");
  const { methods, properties } = membersOf(model);
  const plain = [...properties].filter((name) => !released.includes(name));
  const before = plain.map((name) => exact(model[name]));
  for (let time = 0; time < 2; time++) dispose.call(model);
  assert.deepEqual(plain.map((name) => exact(model[name])), before);
  for (const method of methods) {
    const call = model[method] as (...values: readonly unknown[]) => unknown;
    await assert.rejects(
      async () => await Reflect.apply(call, model, questions[method] ?? []),
      { name: "TypeError", message: /^Cannot use the .*: it was disposed of, / },
      method,
    );
  }
}

/** Checks that every method of a model gives the same answer as that of the model read back. */
async function assertSameAnswers(
  models: readonly Record<string, unknown>[],
  { questions }: ModelCase,
): Promise<void> {
  for (const method of membersOf(models[0]).methods) {
    const given = writers.includes(method) ? [] : questions[method];
    assert.ok(given, `it has a method ${method} that nothing asks`);
    const answers = [];
    for (const asked of models) {
      const call = asked[method] as (...values: readonly unknown[]) => unknown;
      answers.push(exact(await Reflect.apply(call, asked, given)));
    }
    assert.deepEqual(answers[1], answers[0], method);
  }
}

/** Checks that options of any name but those of a method are refused, by those that take any. */
async function assertOptionsChecked(
  model: Record<string, unknown>,
  { questions }: ModelCase,
): Promise<void> {
  for (const [method, given] of Object.entries(questions)) {
    if (!endsWithOptions(given)) continue;
    const call = model[method] as (...values: readonly unknown[]) => unknown;
    await assert.rejects(
      async () => await Reflect.apply(call, model, withOption(given, { slip: 1 })),
      { name: "TypeError", message: /^Cannot use the option slip: / },
      method,
    );
  }
}

/** Checks that methods that return promises take a signal, and fail with the reason of one that was aborted. */
async function assertAbortable(
  model: Record<string, unknown>,
  { questions }: ModelCase,
): Promise<void> {
  const reason = new TypeError("Cannot go on: enough");
  for (const [method, given] of Object.entries(questions)) {
    const call = model[method] as (...values: readonly unknown[]) => unknown;
    const answer = Reflect.apply(call, model, given);
    if (!(answer instanceof Promise)) continue;
    await answer;
    await assert.rejects(
      async () =>
        await Reflect.apply(call, model, withOption(given, { signal: AbortSignal.abort(reason) })),
      (error) => error === reason,
      method,
    );
  }
}

/** Returns true if the last argument is an object of options, not of data. */
function endsWithOptions(given: readonly unknown[]): boolean {
  const last: object = Object(given.at(-1));
  return Object.getPrototypeOf(last) === Object.prototype && !("values" in last) &&
    !("logits" in last);
}

/** Returns arguments with one more option. */
function withOption(given: readonly unknown[], option: object): readonly unknown[] {
  return endsWithOptions(given)
    ? [...given.slice(0, -1), { ...given.at(-1) as object, ...option }]
    : [...given, option];
}

/** Checks that a history is an array of numbers, one per iteration where the model counts them. */
function assertHistories(model: Record<string, unknown>): void {
  for (const name of Object.keys(model).filter((name) => /history/i.test(name))) {
    const history = model[name];
    assert.ok(history instanceof Float64Array, `${name} is no Float64Array`);
    if ("iterations" in model) assert.equal(history.length, model.iterations, name);
  }
}

/** Checks that arrays have one axis: an entry per row, column or component; or a shape beside their numbers. */
function assertShapes(model: Record<string, unknown>): void {
  for (const name of Object.keys(model).filter((name) => !/history/i.test(name))) {
    const value: unknown = model[name];
    if (ArrayBuffer.isView(value)) {
      const { length } = value as unknown as Float64Array;
      assert.ok(axes.includes(length), `${name} has ${length} numbers and no shape`);
    } else if ("shape" in Object(value)) {
      const { values, shape } = value as { values: Float64Array; shape: readonly number[] };
      assert.equal(values.length, shape.reduce((product, axis) => product * axis, 1), name);
      assert.ok(shape.every((axis) => axes.includes(axis)), `${name} has the shape ${shape}`);
    }
  }
}

/** Checks that whatever is wrong with the JSON of a model is a SyntaxError, as it is with text for JSON.parse. */
function assertDamageRefused(
  json: Record<string, unknown>,
  fromJSON: ModelCase["fromJSON"],
): void {
  assert.match(json.format as string, /^mixtape-/);
  const version = json.version as number;
  assert.ok(Number.isInteger(version) && version >= 1, `version ${version}`);
  const others = [version - 1, version + 1].map((other) => ({ ...json, version: other }));
  const damaged: unknown[] = [undefined, null, 7, [], {}, JSON.stringify(json), ...others];
  for (const name of Object.keys(json)) {
    for (const value of [{ toString: null }, null, "damaged"]) {
      damaged.push({ ...json, [name]: value });
    }
    if (!optional.includes(name)) damaged.push({ ...json, [name]: undefined });
  }
  for (const one of damaged) {
    const refused = { name: "SyntaxError", message: /^Cannot read .*[^.]$/s };
    assert.throws(() => fromJSON(one), refused, JSON.stringify(one)?.slice(0, 300));
  }
}

/** Entries of JSON that not every model has. */
const optional = ["classes"];

/** Returns the value that a reader of a model's JSON gets. */
const throughJson = (model: object): unknown => JSON.parse(JSON.stringify(model));

/** Each case fitted once, however many tests look at it. */
const fitted = new Map<string, Promise<object>>();
const fittedOnce = ({ name, fit }: ModelCase): Promise<object> => {
  const model = fitted.get(name) ?? fit();
  fitted.set(name, model);
  return model;
};

for (const one of [...modelCases, ...preparationCases]) {
  const { name, fromJSON, leftOut = [] } = one;
  const isModel = modelCases.includes(one);
  Deno.test(`${name} is the same after it is written and read back${isModel ? ", until it is disposed of" : ""}`, async () => {
    const model = await fittedOnce(one) as Record<string, unknown>;
    const again = fromJSON(throughJson(model)) as Record<string, unknown>;
    assert.equal(again.constructor, model.constructor);
    const { methods, properties } = membersOf(model);
    for (const property of leftOut) if (!isModel) properties.delete(property);
    assert.deepEqual(membersOf(again), { methods, properties });
    for (const property of properties) {
      if (leftOut.includes(property)) continue;
      assert.deepEqual(exact(again[property]), exact(model[property]), property);
    }
    assertHistories(model);
    if (isModel) assertShapes(model);
    await assertOptionsChecked(model, one);
    await assertSameAnswers([model, again], one);
    assertDamageRefused(throughJson(model) as Record<string, unknown>, fromJSON);
    if (!isModel) return;
    await assertAbortable(model, one);
    assert.ok(Object.isFrozen(model) && Object.isFrozen(again), "its properties can be changed");
    for (const either of [model, again]) await assertDisposable(either, one);
  });
}

for (const { name, fit, start, history } of iterativeFits) {
  Deno.test(`${name} counts from 0, and refuses restarts from a start that is not random`, async () => {
    const calls: IterationCall[] = [];
    const onIteration = (call: IterationCall) => calls.push(call);
    const model = await fit({ restarts: 1, onIteration }) as unknown as Record<string, unknown>;
    assert.deepEqual(calls.map(({ iteration }) => iteration), [...calls.keys()]);
    assert.deepEqual(calls.map(({ restart }) => restart), calls.map(() => 0));
    assert.equal(calls.length, (model[history] as Float64Array).length);
    for (const { centroids } of calls) if (centroids) assert.deepEqual(centroids.shape.length, 2);
    await fit({ ...start, restarts: 1 });
    await assert.rejects(fit({ ...start, restarts: 2 }), {
      name: "RangeError",
      message: /^Cannot restart 2 times from a start that is not random: /,
    });
  });
}

Deno.test("mlpClassifier() counts epochs and batches from 0", async () => {
  const calls: string[] = [];
  using model = await classifier.mlpClassifier([[0], [1], [2], [3]], [0, 1, 0, 1], {
    epochs: 2,
    batchSize: 2,
    onBatch: ({ epoch, batch }) => calls.push(`${epoch}, ${batch}`),
    onEpoch: ({ epoch }) => calls.push(`${epoch}`),
  });
  assert.deepEqual(calls, ["0, 0", "0, 1", "0", "1, 0", "1, 1", "1"]);
  assert.deepEqual(model.epochs.map(({ epoch }) => epoch), [0, 1]);
});

Deno.test("every exported class that can be written is among the models read back", async () => {
  const covered = new Set<unknown>();
  for (const one of modelCases) covered.add((await fittedOnce(one)).constructor);
  for (
    const exported of [clustering, mixture, classifier, ood].flatMap((all) => Object.values(all))
  ) {
    const prototype = typeof exported === "function" ? exported.prototype : undefined;
    if (!writers.some((writer) => writer in Object(prototype))) continue;
    assert.ok(covered.has(exported), `${(exported as { name: string }).name} is not read back`);
  }
});

Deno.test("models are made by functions, and null is no default of theirs", () => {
  const exported = [clustering, mixture, classifier, ood].flatMap((all) => Object.values(all));
  assert.ok(
    exported.every((one) => !("fit" in Object(one))),
    "something exported has a method fit",
  );
  for (const kind of ood.detectors) {
    assert.ok(typeof kind === "function" && Object.isFrozen(kind), kind.name);
    for (const [option, usual] of Object.entries(kind.defaults)) {
      assert.notEqual(usual, null, `${option} of ${kind.name}`);
    }
  }
});

Deno.test("fitted objects that are plain data are the same after JSON", async () => {
  const [rows, k] = [60, 3];
  const logits = normalMatrix(3, rows, k);
  const scores = [...normalMatrix(4, rows, 1).values];
  const labels = Int32Array.from({ length: rows }, (_, i) => i % k);
  const x = normalMatrix(1, rows, 4);
  const plain = {
    temperature: await classifier.temperatureScaling(logits, labels),
    calibration: await classifier.calibrationError(await classifier.softmax(logits), labels),
    threshold: ood.calibrateThreshold(scores),
    heldOut: scores,
    mixture: (await mixture.selectMixture(x, { components: [1, 2] })).candidates,
  };
  assert.deepEqual(exact(throughJson(plain)), exact(plain));
});
