import { relative } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Lets Deno say what it would publish on JSR.
 *
 * @param root Path of the workspace.
 * @param signal Stops it.
 * @returns The paths of the files of each package, from its folder, by that folder's path from the root;
 * and what Deno warned of.
 * @throws {RangeError} If Deno would not publish them, with the reason.
 */
export async function publishedFiles(
  root: string,
  signal: AbortSignal,
): Promise<{ files: ReadonlyMap<string, ReadonlySet<string>>; warnings: readonly string[] }> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["publish", "--dry-run", "--allow-dirty"],
    cwd: root,
    env: { NO_COLOR: "1" },
    signal,
  }).output();
  const said = new TextDecoder().decode(stderr);
  signal.throwIfAborted();
  if (!success) throw new RangeError(`Cannot publish the packages: deno publish said ${said}`);
  return { files: filesByPackage(said, root), warnings: warningsIn(said) };
}

/**
 * Reads which files each package has.
 *
 * @param said Text that `deno publish --dry-run` printed.
 * @param root Path of the workspace.
 */
export function filesByPackage(said: string, root: string): Map<string, Set<string>> {
  const [, ...lists] = said.split(/^Simulating publish of .* with files:$/m);
  return new Map(lists.map((list) => {
    const paths = [...list.matchAll(/^ +(file:\/\/.*) \([^()]*\)$/gm)]
      .map(([, address]) => relative(root, fileURLToPath(address)).replaceAll("\\", "/"));
    const folder = paths.find((path) => path.endsWith("/deno.json"))!.replace("/deno.json", "");
    return [folder, new Set(paths.map((path) => path.slice(folder.length + 1)))];
  }));
}

/** Returns the first line of each warning. */
export function warningsIn(said: string): string[] {
  return [...said.matchAll(/^warning.*$/gim)].map(([line]) => line);
}
