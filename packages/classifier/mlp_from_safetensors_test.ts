import assert from "node:assert/strict";
import { type HostMatrix, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import {
  mlpClassifier,
  mlpFromJSON,
  mlpFromSafetensors,
  readSafetensors,
  type Safetensors,
  type StoredTensor,
  writeSafetensors,
} from "./mod.ts";

await useBackend("cpu");

const x: HostMatrix = { values: Float32Array.of(1, 2, 3, -4, 5, 6), shape: [2, 3] };

async function bytesOfModel(): Promise<Uint8Array> {
  using model = await mlpClassifier(x, [0, 1], {
    hidden: [{ units: 2, activation: "silu" }],
    epochs: 3,
    seed: 5,
  });
  return model.toSafetensors();
}

/** The file with its contents changed. */
function changed(
  bytes: Uint8Array,
  change: (tensors: Map<string, StoredTensor>, metadata: Map<string, string>) => void,
): Uint8Array {
  const { tensors, metadata }: Safetensors = readSafetensors(bytes);
  const copy = { tensors: new Map(tensors), metadata: new Map(metadata) };
  change(copy.tensors, copy.metadata);
  return writeSafetensors(copy);
}

Deno.test("mlpFromSafetensors() gives a model that computes and says the same", async () => {
  const options = { hidden: [{ units: 2, activation: "silu" as const }], epochs: 3, seed: 5 };
  using model = await mlpClassifier(x, [0, 1], options);
  using loaded = mlpFromSafetensors(model.toSafetensors());
  assert.deepEqual(loaded.options, model.options);
  assert.deepEqual(await loaded.evidence(x), await model.evidence(x));
  assert.deepEqual(loaded.toSafetensors(), model.toSafetensors());
});

Deno.test("mlpFromJSON() reads what toJSON() wrote, and refuses other JSON and other files", async () => {
  using model = mlpFromSafetensors(await bytesOfModel());
  const json = JSON.parse(JSON.stringify(model));
  using again = mlpFromJSON(json);
  assert.deepEqual(again.toSafetensors(), model.toSafetensors());
  const refused: [object, RegExp][] = [
    [{ ...json, format: "mixtape-k-means" }, /^Cannot read a classifier: format "mixtape-k-means"/],
    [{ ...json, version: 2 }, /version 2 was given, format mixtape-mlp, version 1 is needed$/],
    [{ ...json, safetensors: "*" }, /^Cannot read base64/],
    [{ ...json, safetensors: "AAAA" }, /safetensors/],
  ];
  for (const [other, message] of refused) {
    assert.throws(() => mlpFromJSON(other), { name: "SyntaxError", message });
  }
});

Deno.test("mlpFromSafetensors() reads float16 weights, each the nearest to that of the model", async () => {
  using model = mlpFromSafetensors(await bytesOfModel());
  const [full, half] = [
    model.toSafetensors({ dtype: "F32" }),
    model.toSafetensors({ dtype: "F16" }),
  ];
  assert.deepEqual(full, model.toSafetensors());
  assert.equal(full.length - half.length, 2 * model.parameterCount);
  using loaded = mlpFromSafetensors(half);
  assert.deepEqual(loaded.options, model.options);
  const { values } = model.head.weights;
  loaded.head.weights.values.forEach((value, at) => {
    assert.notEqual(value, values[at]);
    assert.ok(Math.abs(value - values[at]) <= 2 ** -11 * Math.abs(values[at]));
  });
  const [logits, expected] = [await loaded.logits(x), await model.logits(x)];
  assertAllClose(logits.values, expected.values, { rtol: 1e-2, atol: 1e-2 });
  assert.deepEqual(loaded.toSafetensors({ dtype: "F16" }), half);
});

Deno.test("mlpFromSafetensors() takes a file without a schedule for one of constant steps", async () => {
  const bytes = changed(await bytesOfModel(), (_, metadata) => {
    const { learningRateSchedule: _left, ...options } = JSON.parse(metadata.get("options")!);
    metadata.set("options", JSON.stringify(options));
  });
  using model = mlpFromSafetensors(bytes);
  assert.equal(model.options.learningRateSchedule, "constant");
});

Deno.test("MlpModel.toSafetensors() stores kernels as PyTorch has them", async () => {
  const bytes = await bytesOfModel();
  using model = mlpFromSafetensors(bytes);
  const { tensors } = readSafetensors(bytes);
  assert.deepEqual([...tensors].map(([name, { shape }]) => `${name} ${shape}`), [
    "layers.0.weight 2,3",
    "layers.0.bias 2",
    "layers.1.weight 2,2",
    "layers.1.bias 2",
  ]);
  const { values } = model.head.weights;
  assert.deepEqual([...tensors.get("layers.1.weight")!.values], [
    values[0],
    values[2],
    values[1],
    values[3],
  ]);
});

Deno.test("mlpFromSafetensors() refuses weights that are not finite, in either type", async () => {
  const bytes = await bytesOfModel();
  for (const bad of [NaN, Infinity, -Infinity]) {
    for (const name of ["layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias"]) {
      for (const dtype of ["F32", "F16"] as const) {
        const { tensors, metadata } = readSafetensors(bytes);
        tensors.get(name)!.values[1] = bad;
        assert.throws(
          () => mlpFromSafetensors(writeSafetensors({ tensors, metadata }, { dtype })),
          {
            name: "SyntaxError",
            message: `Cannot read a model: "${name}" has ${bad} at 1, finite numbers are needed`,
          },
        );
      }
    }
  }
});

Deno.test("mlpFromSafetensors() keeps the scale of the input, to its last bit", async () => {
  for (const inputScale of [1 / 255, -0.1, 5e-324, 1e-300]) {
    using model = await mlpClassifier(x, [0, 1], { hidden: [], epochs: 1, inputScale });
    using loaded = mlpFromSafetensors(model.toSafetensors());
    assert.equal(loaded.options.inputScale, inputScale);
    assert.deepEqual(await loaded.logits(x), await model.logits(x));
  }
});

Deno.test("mlpFromSafetensors() refuses a file that holds no such model", async () => {
  const bytes = await bytesOfModel();
  const refuses = (message: RegExp, change: Parameters<typeof changed>[1]): void => {
    assert.throws(() => mlpFromSafetensors(changed(bytes, change)), (e) => {
      assert.ok(e instanceof SyntaxError, String(e));
      assert.match(e.message, message);
      return true;
    });
  };
  refuses(/format "undefined"/, (_, metadata) => metadata.clear());
  refuses(
    /options are not valid \(they are not JSON/,
    (_, metadata) => metadata.set("options", "{"),
  );
  refuses(/options are not valid/, (_, metadata) => metadata.set("options", "null"));
  refuses(/options are not valid.*inputs/, (_, metadata) => {
    const options = JSON.parse(metadata.get("options")!);
    metadata.set("options", JSON.stringify({ ...options, inputs: 0 }));
  });
  const withOptions =
    (change: (options: Record<string, unknown>) => unknown) =>
    (_: unknown, metadata: Map<string, string>) => {
      const options = JSON.parse(metadata.get("options")!);
      metadata.set("options", JSON.stringify(change(options) ?? options));
    };
  for (const other of [[], 5, "text", null]) {
    refuses(/options are not valid \(they are not an object/, (_, metadata) => {
      metadata.set("options", JSON.stringify(other));
    });
  }
  for (const name of ["inputs", "hidden", "classes", "seed", "inputScale", "weightDecay"]) {
    refuses(
      new RegExp(`\\(${name} is missing`),
      withOptions((options) => void delete options[name]),
    );
    refuses(new RegExp(`\\(${name} is missing`), withOptions((o) => ({ ...o, [name]: null })));
    refuses(new RegExp(`${name}`), withOptions((o) => ({ ...o, [name]: "1" })));
  }
  refuses(
    /learningRateSchedule is missing/,
    withOptions((o) => ({ ...o, learningRateSchedule: null })),
  );
  refuses(/there is none named "momentum"/, withOptions((o) => ({ ...o, momentum: 0.9 })));
  refuses(/the name "seed" comes twice/, (_, metadata) => {
    metadata.set("options", metadata.get("options")!.replace("{", '{"seed":1,'));
  });
  refuses(/"layers.0.weight" has shape \[2,3\], shape \[2,4\]/, (_, metadata) => {
    const options = JSON.parse(metadata.get("options")!);
    metadata.set("options", JSON.stringify({ ...options, inputs: 4 }));
  });
  refuses(/holds 3 arrays, its 2 layers need 4/, (tensors) => tensors.delete("layers.1.bias"));
  refuses(/"layers.1.bias" is missing/, (tensors) => {
    tensors.set("other", tensors.get("layers.1.bias")!);
    tensors.delete("layers.1.bias");
  });
  assert.throws(() => mlpFromSafetensors(bytes.subarray(0, 100)), SyntaxError);
});
