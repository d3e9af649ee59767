import assert from "node:assert/strict";

/** Asserts that one of the sentences includes some words; for tests only. */
export function assertSays(sentences: readonly string[], words: string): void {
  assert(
    sentences.some((sentence) => sentence.includes(words)),
    `${words} in ${sentences.join(" ")}`,
  );
}
