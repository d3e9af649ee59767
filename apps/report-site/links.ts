/**
 * The relative link from one file of the site to another, so that the site works from any folder,
 * any sub-path of a host and without a host.
 *
 * @param from Path of the file that links, from the top of the site: `pt/data.html`.
 * @param to Path of the file that is linked to, with an anchor if need be: `index.html#found`.
 */
export function relativeLink(from: string, to: string): string {
  const depth = from.split("/").slice(0, -1);
  const target = to.split("/");
  let shared = 0;
  while (shared < depth.length && shared < target.length - 1 && depth[shared] === target[shared]) {
    shared += 1;
  }
  return [...depth.slice(shared).map(() => ".."), ...target.slice(shared)].join("/");
}
