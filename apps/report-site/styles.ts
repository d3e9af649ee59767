/** Path of the stylesheet in the site. */
export const stylesPath = "assets/style.css";

const siteFolder = new URL("./", import.meta.url);

/**
 * Joins the stylesheet of the site: the files in `styles/`, which are about elements, then those
 * beside components, then those of the experiments; each group in the order of its paths.
 *
 * @param ofExperiments Addresses of the stylesheets of the experiments.
 * @returns The text of the stylesheet.
 */
export async function joinStyles(ofExperiments: readonly string[]): Promise<string> {
  const ofSite = await findStyles(siteFolder);
  const isFirst = (address: string) => address.startsWith(`${siteFolder}styles/`);
  const ordered = [
    ...ofSite.filter(isFirst),
    ...ofSite.filter((address) => !isFirst(address)),
    ...ofExperiments.toSorted(),
  ];
  const texts = await Promise.all(ordered.map((address) => Deno.readTextFile(new URL(address))));
  return texts.join("\n");
}

/** Addresses of the stylesheets below a folder, in the order of their paths; `static/` is served as it is. */
async function findStyles(folder: URL): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const address = new URL(isDirectory ? `${name}/` : name, folder);
    if (isDirectory && name !== "static") found.push(...await findStyles(address));
    else if (name.endsWith(".css")) found.push(address.href);
  }
  return found.sort();
}
