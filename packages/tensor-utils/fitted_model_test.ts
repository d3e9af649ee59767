import assert from "node:assert/strict";
import { FittedModel } from "./fitted_model.ts";

class Model extends FittedModel {
  constructor() {
    super("model of a test");
  }
  predict(): number {
    this.checkUsable();
    return 7;
  }
}

Deno.test("FittedModel works until dispose() or the end of a using block, and can be disposed of again", () => {
  const model = new Model();
  {
    using inside = model;
    assert.equal(inside.predict(), 7);
  }
  assert.throws(() => model.predict(), TypeError);
  model.dispose();
  assert.throws(() => model.predict(), {
    name: "TypeError",
    message:
      "Cannot use the model of a test: it was disposed of, use it before `dispose()`, within its `using` block",
  });
});

Deno.test("FittedModel has no method for using, of whatever name, where there is no Symbol.dispose", async () => {
  const whole = globalThis.Symbol;
  globalThis.Symbol = { iterator: whole.iterator } as SymbolConstructor;
  try {
    const older = await import("./fitted_model.ts?older");
    const names = Reflect.ownKeys(older.FittedModel.prototype);
    assert.deepEqual(names, ["constructor", "dispose", "checkUsable"]);
  } finally {
    globalThis.Symbol = whole;
  }
  assert.ok(Object.hasOwn(FittedModel.prototype, Symbol.dispose));
});
