import assert from "node:assert/strict";
import { drawing } from "./drawings.ts";
import { Ink, type Place } from "./ink.ts";
import { Sketch } from "./sketch.ts";
import { drawnDigit } from "./testing/drawn_digits.ts";

const places: Place[] = [{ x: 0.2, y: 0.2 }, { x: 0.6, y: 0.3 }, { x: 0.5, y: 0.8 }];

function inkOf(...strokes: readonly (readonly Place[])[]): Float32Array {
  const ink = new Ink();
  strokes.forEach((stroke) => ink.addStroke(stroke));
  return ink.values;
}

Deno.test("Sketch undoes one stroke after the other, and the last that is left", () => {
  const sketch = new Sketch();
  assert.equal(sketch.canUndo, false);
  sketch.begin(places[0]);
  sketch.extend(places[1]);
  sketch.begin(places[2]);
  assert.deepEqual(sketch.ink.values, inkOf(places.slice(0, 2), [places[2]]));
  sketch.undo();
  assert.deepEqual(sketch.ink.values, inkOf(places.slice(0, 2)));
  assert.equal(sketch.canUndo, true);
  sketch.undo();
  assert.deepEqual(sketch.ink.values, inkOf());
  assert.equal(sketch.canUndo, false);
  sketch.undo();
  assert.deepEqual(sketch.ink.values, inkOf());
});

Deno.test("Sketch brings back what was cleared or replaced", () => {
  const sketch = new Sketch();
  sketch.show([]);
  assert.equal(sketch.canUndo, false, "an empty pad was emptied");
  const [letter, digit] = [drawing("letterA"), drawnDigit("seven")];
  for (const strokes of [letter, digit, []]) sketch.show(strokes);
  for (const strokes of [digit, letter, []]) {
    sketch.undo();
    assert.deepEqual(sketch.ink.values, inkOf(...strokes));
  }
  assert.equal(sketch.canUndo, false);
});

Deno.test("Sketch lifts the pen of a stroke that is undone while it is drawn", () => {
  const sketch = new Sketch();
  sketch.begin(places[0]);
  sketch.begin(places[1]);
  sketch.undo();
  sketch.extend(places[2]);
  assert.deepEqual(sketch.ink.values, inkOf([places[0]], [places[2]]));
});
