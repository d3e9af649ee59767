/**
 * Returns the programs among the examples of a README: blocks of TypeScript that import something.
 *
 * @param text Text of the README, in Markdown.
 * @returns Source of each program, in order.
 */
export function readmeExamples(text: string): string[] {
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code)
    .filter((code) => /^import /m.test(code));
}
