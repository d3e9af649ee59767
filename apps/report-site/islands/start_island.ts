import { type ComponentType, h, hydrate, render } from "preact";
import { dataVariable } from "./island.ts";

/**
 * Brings an island to life in the page: `hydrate` goes on with the markup that the page came with, which the component
 * must render alike; `replace` puts the component in the place of what stands there for readers without script.
 *
 * @param name Its name in the list of islands.
 * @param Component What it shows; its properties are those that the page gave to `Island`.
 * @param how What to do with the markup that is there.
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
 * What the island's script of data left for it.
 *
 * @param name Its name in the list of islands.
 * @returns The value; nothing if there is none.
 */
export function islandData<Data>(name: string): Data | undefined {
  const all = (globalThis as Record<string, unknown>)[dataVariable];
  return (all as Record<string, Data> | undefined)?.[name];
}
