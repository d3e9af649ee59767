import type { ComponentChildren, JSX } from "preact";

/** What {@link IslandRoot} shows. */
export interface IslandRootProps {
  /** Its name in the list of islands. */
  readonly name: string;
  /** Properties of its component, as JSON values. */
  readonly properties?: Readonly<Record<string, unknown>>;
  /** What stands there until the script runs, and for readers without script. */
  readonly children?: ComponentChildren;
}

/** The place of an island on a page. */
export function IslandRoot({ name, properties = {}, children }: IslandRootProps): JSX.Element {
  return (
    <div data-island={name} data-properties={JSON.stringify(properties)}>
      {children}
    </div>
  );
}
