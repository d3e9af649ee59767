import assert from "node:assert/strict";
import { ComponentCollapseError } from "./component_collapse_error.ts";

Deno.test("ComponentCollapseError names the component, and the regularization that helps where it is known", () => {
  const error = new ComponentCollapseError(4, "has no rows", 0.0123);
  assert.deepEqual([error.component, error.name], [4, "ComponentCollapseError"]);
  assert.match(error.message, /component 4 has no rows, raise regularization to 0.01 or more, fit/);
  for (const unknown of [0, Number.MIN_VALUE, 1e-300]) {
    const { message } = new ComponentCollapseError(0, "is empty", unknown);
    assert.match(message, /raise regularization, fit fewer/);
  }
  const { message } = new ComponentCollapseError(0, "is empty", 1.1e-300);
  assert.match(message, /raise regularization to 1e-300 or more, fit/);
});
