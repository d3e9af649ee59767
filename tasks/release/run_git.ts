/**
 * Runs git and returns what it prints.
 *
 * @param folder The folder to run it in.
 * @param args Its arguments.
 * @throws {Deno.errors.NotFound} If git is not installed.
 * @throws {TypeError} If git fails; the message has what it printed.
 */
export async function runGit(folder: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command("git", { args: [...args], cwd: folder })
    .output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (code !== 0) {
    throw new TypeError(`Cannot run git ${args.join(" ")}: ${text(stderr).trim()}`);
  }
  return text(stdout);
}
