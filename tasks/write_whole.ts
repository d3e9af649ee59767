import { join } from "node:path";
import { WorkFolder } from "../apps/report-site/work_folder.ts";

/**
 * Writes a file atomically: after an error, such as a full disk, the previous file is still there.
 *
 * @param path Path of the file; its folder need not exist.
 * @param content The content to write.
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await using work = await WorkFolder.open(path);
  const next = join(work.path, "next");
  await Deno.writeFile(next, typeof content === "string" ? encoder.encode(content) : content);
  await Deno.rename(next, path);
}

const encoder = new TextEncoder();
