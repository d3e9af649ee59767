import assert from "node:assert/strict";
import { centre, isMoveKey, markAfter, marksBelow, nearestMark, type Placed } from "./nearest.ts";

function point(series: string, x: number, y: number): Placed {
  return { series, box: { left: x, right: x, top: y, bottom: y } };
}

const lines = [point("a", 0, 0), point("a", 10, 0), point("b", 0, 50), point("b", 9, 40)];

Deno.test("nearestMark() takes the nearest within reach", () => {
  assert.equal(nearestMark(lines, 8, 3, 20), 1);
  assert.equal(nearestMark(lines, 8, 36, 20), 3);
  assert.equal(nearestMark(lines, 100, 100, 20), undefined);
});

Deno.test("nearestMark() takes the smaller of two bars that lie on each other", () => {
  const tall = { series: "a", box: { left: 0, right: 10, top: 0, bottom: 100 } };
  const low = { series: "b", box: { left: 0, right: 10, top: 60, bottom: 100 } };
  for (const bars of [[tall, low], [low, tall]]) {
    assert.equal(bars[nearestMark(bars, 5, 80, 20)!].series, "b");
    assert.equal(bars[nearestMark(bars, 5, 30, 20)!].series, "a");
  }
});

Deno.test("marksBelow() are those of other series at the same place", () => {
  const below = [...lines, point("c", 0.4, 0.3), point("a", 0, 0.1)];
  assert.deepEqual(marksBelow(below, 0).map(({ series }) => series), ["c"]);
  assert.deepEqual(marksBelow(below, 2), []);
});

Deno.test("markAfter() moves along a series and across to the others, and stays at the ends", () => {
  assert.equal(markAfter(lines, 0, "ArrowRight"), 1);
  assert.equal(markAfter(lines, 1, "ArrowRight"), 1);
  assert.equal(markAfter(lines, 1, "ArrowLeft"), 0);
  assert.equal(markAfter(lines, 1, "ArrowDown"), 3);
  assert.equal(markAfter(lines, 3, "ArrowDown"), 3);
  assert.equal(markAfter(lines, 3, "ArrowUp"), 1);
  assert.equal(markAfter(lines, 2, "End"), 3);
  assert.equal(markAfter(lines, 3, "Home"), 2);
});

Deno.test("nearestMark() measures to the edge of a mark, on every side, and includes the reach", () => {
  const bar = [{ series: "a", box: { left: 10, right: 30, top: 40, bottom: 80 } }];
  const edges = [[5, 60], [35, 60], [20, 35], [20, 85], [7, 36], [34, 83]];
  for (const [x, y] of edges) {
    assert.equal(nearestMark(bar, x, y, 5), 0, `${x}, ${y}`);
    assert.equal(nearestMark(bar, x, y, 4.9), undefined, `${x}, ${y}`);
  }
  assert.equal(nearestMark(bar, 11, 41, 0), 0);
  assert.equal(nearestMark([bar[0], bar[0]], 20, 60, 5), 0);
});

Deno.test("markAfter() goes to the nearest mark along x of the next series, and to the nearer of two above each other", () => {
  const marks = [
    point("a", 5, 0),
    point("b", 0, 0),
    point("b", 6, 90),
    point("b", 6, 20),
    point("c", 5, 0),
  ];
  assert.equal(markAfter(marks, 0, "ArrowDown"), 3);
  assert.equal(markAfter(marks, 4, "ArrowUp"), 3);
  assert.equal(markAfter(marks, 0, "ArrowUp"), 0);
  assert.equal(markAfter(marks, 4, "ArrowDown"), 4);
  const wide = { series: "d", box: { left: 0, right: 12, top: 0, bottom: 40 } };
  assert.deepEqual(centre(wide.box), { x: 6, y: 20 });
  assert.deepEqual(marksBelow([...marks, wide], 3), [wide]);
  assert.equal(markAfter([...marks, wide], 5, "ArrowUp"), 4);
});

Deno.test("isMoveKey() knows the keys that move", () => {
  const keys = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];
  assert.deepEqual([...keys, "Escape", "a", ""].filter(isMoveKey), keys);
});
