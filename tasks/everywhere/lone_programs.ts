import { join } from "node:path";

/** A program that runs in a process or page of its own, and says what it prints in a comment at the end of its last line. */
export interface LoneProgram {
  /** Name of its module, a path below the folder of the project. */
  readonly name: string;
  /** The line that it prints. */
  readonly prints: string;
}

/**
 * Writes the programs into a project: those of the folder `alone`, and a stranger's first program, the
 * block of JavaScript in README.md.
 *
 * @param root Path of the workspace.
 * @param project Path of the project.
 * @returns The programs, in the order of their names.
 */
export async function writeLonePrograms(root: string, project: string): Promise<LoneProgram[]> {
  const from = join(root, "tasks/everywhere/alone");
  const texts = new Map([
    ["first_program.mjs", firstProgram(await Deno.readTextFile(join(root, "README.md")))],
  ]);
  for (const { name } of Deno.readDirSync(from)) {
    texts.set(name, await Deno.readTextFile(join(from, name)));
  }
  await Deno.mkdir(join(project, "alone"));
  const programs: LoneProgram[] = [];
  for (const [name, text] of [...texts].sort()) {
    await Deno.writeTextFile(join(project, "alone", name), text);
    programs.push({ name: `alone/${name.replace(/\.mjs$/, "")}`, prints: printedLine(text) });
  }
  return programs;
}

/**
 * Returns the program that README.md tells a stranger to begin with.
 *
 * @param text Text of README.md.
 * @throws {SyntaxError} If it does not have exactly one block of JavaScript.
 */
export function firstProgram(text: string): string {
  const blocks = [...text.matchAll(/^```js\n([\s\S]*?)^```$/gm)];
  if (blocks.length === 1) return blocks[0][1];
  throw new SyntaxError(
    `Cannot find the first program in README.md: ${blocks.length} blocks of js, one is needed`,
  );
}

/**
 * Returns the line that a program says it prints.
 *
 * @param text Its text.
 * @throws {SyntaxError} If it does not say that at its end.
 */
export function printedLine(text: string): string {
  const [, line] = /console\.log\(.*\); \/\/ (.+)\n$/.exec(text) ?? [];
  if (line !== undefined) return line;
  throw new SyntaxError(
    "Cannot tell what a program prints: it must end in console.log(…); // and the line",
  );
}

/**
 * Compares what a program printed.
 *
 * @param printed All that it printed.
 * @returns A sentence, or null if it is as the program says.
 */
export function misprint({ prints }: LoneProgram, printed: string): string | null {
  return printed.trim() === prints ? null : `printed ${JSON.stringify(printed)}, not ${prints}`;
}
