import { relative } from "node:path";

/**
 * Runs a program to its end.
 *
 * @param command Name or path of the program.
 * @param args Its arguments.
 * @param cwd Folder that it runs in.
 * @param signal Ends it.
 * @returns Its output on stdout.
 * @throws {RangeError} If it fails, with what it said.
 */
export async function runProgram(
  command: string,
  args: readonly string[],
  cwd: string,
  signal?: AbortSignal,
): Promise<string> {
  const program = new Deno.Command(command, { args: [...args], cwd, signal });
  const { success, stdout, stderr } = await program.output();
  const [said, error] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  signal?.throwIfAborted();
  if (success) return said;
  const name = relative(cwd, command).startsWith("..") ? command : relative(cwd, command);
  throw new RangeError(`Cannot go on: ${name} ${args.join(" ")} said ${(said + error).trim()}`);
}
