import assert from "node:assert/strict";
import vm from "node:vm";
import { givenOptions } from "./options.ts";

interface Options {
  seed?: number;
  temperature?: number;
  signal?: AbortSignal;
  onEpoch?: () => void;
}

const names = { seed: true, temperature: true, signal: true, onEpoch: true } as const;

const door = (options: unknown) => givenOptions<Options>(options as Options, names, "fit");

Deno.test("givenOptions() copies options and leaves out those that are undefined", () => {
  const options = { seed: 0, temperature: undefined };
  const given = door(options);
  options.seed = 3;
  assert.deepEqual(given, { seed: 0 });
  assert.deepEqual(door(undefined), {});
  assert.deepEqual(door(Object.create({ seed: 5 })), { seed: 5 });
});

Deno.test("givenOptions() refuses names it does not know, with the nearest one", () => {
  for (const name of ["temprature", "temperatur", "Temperature"]) {
    assert.throws(() => door({ [name]: 2 }), {
      name: "TypeError",
      message:
        `Cannot use the option ${name}: fit has none of that name, the nearest is temperature`,
    });
  }
  for (const name of ["toString", "constructor", "hasOwnProperty"]) {
    assert.throws(() => door({ [name]: 2 }), TypeError);
  }
  assert.throws(() => door(JSON.parse('{ "__proto__": { "seed": 1 } }')), TypeError);
  assert.throws(() => givenOptions({ seed: 1 }, {} as { seed: true }, "fit"), /it has none$/);
});

Deno.test("givenOptions() refuses what is no object, and says what was given", () => {
  const cases: [unknown, RegExp][] = [
    [null, /: null was given, an object of options is needed, such as \{ seed: … \}$/],
    [3, /: 3 was given/],
    ["seed", /: "seed" was given/],
    [[1], /: an array of 1 was given/],
    [new Float32Array(2), /: a Float32Array of 2 was given/],
    [() => 0, /: a function was given/],
    [true, /: true was given/],
  ];
  for (const [options, message] of cases) {
    assert.throws(() => door(options), (error: unknown) => {
      assert.ok(error instanceof TypeError);
      assert.match(error.message, message);
      return true;
    });
  }
});

Deno.test("givenOptions() takes the signal of another realm and refuses what is none", () => {
  const { signal } = new AbortController();
  assert.equal(door({ signal }).signal, signal);
  const foreign = vm.runInNewContext("({ aborted: false, throwIfAborted() {} })");
  assert.equal(door({ signal: foreign }).signal, foreign);
  assert.throws(() => door({ signal: {} }), /an object was given, an AbortSignal is needed, such/);
  assert.throws(() => door({ signal: { aborted: false } }), /an AbortSignal is needed/);
  assert.throws(() => door({ signal: { throwIfAborted() {} } }), /an AbortSignal is needed/);
  assert.throws(() => door({ signal: null }), /null was given/);
  assert.throws(() => door({ signal: 5 }), /5 was given/);
  assert.throws(
    () => door({ signal: new AbortController() }),
    /an AbortController was given, an AbortSignal is needed, pass its property signal$/,
  );
});

Deno.test("givenOptions() refuses a callback that cannot be called", () => {
  assert.throws(
    () => door({ onEpoch: 5 }),
    /Cannot use onEpoch: 5 was given, a function is needed/,
  );
  const onEpoch = () => {};
  assert.equal(door({ onEpoch }).onEpoch, onEpoch);
});
