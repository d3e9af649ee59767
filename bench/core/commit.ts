/**
 * Reads the commit that is measured.
 *
 * @returns Its hash, followed by "+" if tracked files differ from it; `null` outside a repository or without git.
 */
export async function readCommit(): Promise<string | null> {
  const head = await git("rev-parse", "--short=12", "HEAD");
  const changes = await git("status", "--porcelain", "--untracked-files=no");
  return head && head + (changes ? "+" : "");
}

async function git(...args: string[]): Promise<string | null> {
  const cwd = new URL(".", import.meta.url);
  try {
    const { success, stdout } = await new Deno.Command("git", { args, cwd, stderr: "null" })
      .output();
    return success ? new TextDecoder().decode(stdout).trim() : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
