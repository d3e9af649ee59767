import type { ComponentChildren, JSX } from "preact";
import { PageProvider, usePage } from "./page_context.ts";

/** Properties of {@link IslandRoot}. */
export interface IslandRootProps {
  /** Name in the list of islands. */
  readonly name: string;
  /** Properties of the island's component, as JSON values. */
  readonly properties?: Readonly<Record<string, unknown>>;
  /** Content until the script runs, and for readers without scripts. */
  readonly children?: ComponentChildren;
}

/** The element that an island is rendered into; what its script replaces is not among the contents of the page. */
export function IslandRoot({ name, properties = {}, children }: IslandRootProps): JSX.Element {
  return (
    <div data-island={name} data-properties={JSON.stringify(properties)}>
      <PageProvider value={{ ...usePage(), addHeading: () => {} }}>{children}</PageProvider>
    </div>
  );
}
