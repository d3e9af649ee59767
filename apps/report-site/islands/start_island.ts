import { type ComponentType, h, hydrate, render } from "preact";
import { dataVariable, partName, wordsName } from "./island.ts";

/**
 * Brings an island to life in the page: `hydrate` goes on with the markup that the page came with, which the component
 * must render alike; `replace` puts the component in the place of what stands there for readers without script.
 *
 * @param name Its name in the list of islands.
 * @param Component The component to render; its properties are those that the page gave to `IslandRoot`.
 * @param how The treatment of the existing markup.
 */
export function startIsland<Props extends object>(
  name: string,
  Component: ComponentType<Props>,
  how: "hydrate" | "replace",
): void {
  for (const root of document.querySelectorAll<HTMLElement>(`[data-island="${name}"]`)) {
    const element = h(Component, JSON.parse(root.dataset.properties ?? "{}") as Props);
    if (how === "hydrate") {
      hydrate(element, root);
    } else {
      root.replaceChildren();
      render(element, root);
    }
  }
}

/**
 * Returns the data that the island's data script provided.
 *
 * @param name Its name in the list of islands.
 * @returns The value; nothing if there is none.
 */
export function islandData<Data>(name: string): Data | undefined {
  const all = (globalThis as Record<string, unknown>)[dataVariable];
  return (all as Record<string, Data> | undefined)?.[name];
}

/**
 * The texts of an island, in the language of the page.
 *
 * @param island Its name in the list of islands.
 * @returns The exports of the modules that it names as its words.
 * @throws {TypeError} If the page did not load them.
 */
export function islandWords<Words>(island: string): Words {
  const words = islandData<Words>(wordsName(island));
  if (words === undefined) {
    throw new TypeError(`Cannot read the words of ${island}: the page did not load them`);
  }
  return words;
}

/**
 * Reads a part of an island's data, which the page did not come with.
 *
 * @param island Its name in the list of islands.
 * @param part Name of the part.
 * @param source Path of its script, relative to the page.
 * @returns The value.
 * @throws {TypeError} If it could not be read.
 */
export function readPart<Part>(island: string, part: string, source: string): Promise<Part> {
  const name = partName(island, part);
  const known = islandData<Part>(name);
  if (known !== undefined) return Promise.resolve(known);
  const { promise, resolve, reject } = Promise.withResolvers<Part>();
  const script = document.createElement("script");
  const settle = () => {
    const value = islandData<Part>(name);
    if (value === undefined) reject(new TypeError(`Cannot read ${name}: ${source} did not load`));
    else resolve(value);
    script.remove();
  };
  script.addEventListener("load", settle);
  script.addEventListener("error", settle);
  script.src = source;
  document.head.append(script);
  return promise;
}
