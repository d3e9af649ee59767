import type { ComponentChildren, JSX } from "preact";
import { IslandRoot } from "./island.tsx";

/** What {@link Stepped} shows. */
export interface SteppedProps {
  /** Name of the group, unique on its page. */
  readonly group: string;
  /** What changes from step to step, for the slider. */
  readonly label: string;
  /** The steps, in their order. */
  readonly steps: readonly {
    /** How the slider calls it. */
    readonly name: string;
    /** What there is to see. */
    readonly content: ComponentChildren;
  }[];
  /** The step that the slider begins with; the last one by default. */
  readonly start?: number;
}

/** Parts of a page, of which a slider shows one at a time where scripts run, and else the first and the last. */
export function Stepped({ group, label, steps, start }: SteppedProps): JSX.Element {
  const names = steps.map(({ name }) => name);
  return (
    <>
      {steps.length > 1 && (
        <IslandRoot
          name="steps"
          properties={{ group, label, steps: names, start: start ?? steps.length - 1 }}
        />
      )}
      {steps.map(({ content }, step) => {
        const between = step > 0 && step < steps.length - 1;
        return (
          <div
            key={step}
            data-steps={group}
            data-step={step}
            data-between={between ? "" : undefined}
            hidden={between}
          >
            {content}
          </div>
        );
      })}
    </>
  );
}
