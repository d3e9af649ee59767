import { join } from "node:path";
import { applyMutant, type Mutant } from "./mutant.ts";

/** Number of changed files that are checked at once. */
const batchSize = 400;

/**
 * Tells which mutants type-check. Each becomes a file of its own beside the original, so that one
 * run of `deno check` checks many.
 *
 * @param mutants The mutants.
 * @param texts Texts of their files.
 * @param root Path of a copy of the workspace, in which files are written for a while.
 * @param signal Stops the check.
 * @returns Those that the compiler does not reject, in their order.
 */
export async function keepTyped<One extends Mutant>(
  mutants: readonly One[],
  texts: ReadonlyMap<string, string>,
  root: string,
  signal?: AbortSignal,
): Promise<One[]> {
  const kept: One[] = [];
  for (let first = 0; first < mutants.length; first += batchSize) {
    const batch = mutants.slice(first, first + batchSize);
    const rejected = await rejectedOf(batch, texts, root, signal);
    kept.push(...batch.filter((_, index) => !rejected.has(index)));
  }
  return kept;
}

async function rejectedOf(
  mutants: readonly Mutant[],
  texts: ReadonlyMap<string, string>,
  root: string,
  signal?: AbortSignal,
): Promise<Set<number>> {
  const variants = mutants.map((mutant, index) => ({
    path: join(root, variantPath(mutant.file, String(index))),
    text: applyMutant(texts.get(mutant.file)!, mutant),
  }));
  // A file that does not even check under another name, unchanged, says nothing about its mutants.
  const files = [...new Set(mutants.map(({ file }) => file))];
  const unchanged = files.map((file) => ({
    path: join(root, variantPath(file, "same")),
    text: texts.get(file)!,
  }));
  const all = [...variants, ...unchanged];
  for (const { path, text } of all) await Deno.writeTextFile(path, text);
  const { stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["check", ...all.map(({ path }) => path)],
    cwd: root,
    env: { NO_COLOR: "1" },
    detached: true,
    stdout: "null",
    signal,
  }).output();
  for (const { path } of all) await Deno.remove(path);
  const said = new TextDecoder().decode(stderr);
  const suspects = new Set(
    [...said.matchAll(/at file:\/\/(\S+):\d+:\d+$/gm)].map((match) => decodeURI(match[1])),
  );
  const untold = new Set(files.filter((_, index) => suspects.has(unchanged[index].path)));
  return new Set(
    mutants.flatMap(({ file }, index) =>
      suspects.has(variants[index].path) && !untold.has(file) ? index : []
    ),
  );
}

function variantPath(file: string, name: string): string {
  return file.replace(/(\.tsx?)$/, `_variant_${name}$1`);
}
