import assert from "node:assert/strict";
import { agree } from "./agree.ts";

Deno.test("agree() sees through rounding, in both languages", () => {
  assert(agree("93.8%", "93.75%", "en"));
  assert(agree("−19,617", "−19,6", "pt-BR"));
  assert(agree("60,000", "60,000", "en"));
  assert(agree("three", "three", "en"));
});

Deno.test("agree() tells other numbers, units and words apart", () => {
  assert(!agree("93.8%", "93.7%", "en"));
  assert(!agree("0.938", "93.8%", "en"));
  assert(!agree("5", "15", "en"));
  assert(!agree("three", "four", "en"));
  assert(!agree("", "0", "en"));
});

Deno.test("agree() allows half a step of the coarser number, and no more", () => {
  assert(agree("0.25", "0.3", "en"));
  assert(!agree("0.249", "0.3", "en"));
  assert(agree("0.3", "0.35", "en"));
  assert(!agree("0.3", "0.351", "en"));
  assert(agree("12", "12.5", "en"));
  assert(!agree("12", "12.51", "en"));
  assert(agree("−0.5 s", "−0.52 s", "en"));
  assert(!agree("−0.5 s", "0.5 s", "en"));
  assert(!agree("0", "", "en"));
});
