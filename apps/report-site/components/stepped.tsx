import type { ComponentChildren, JSX } from "preact";
import { IslandRoot } from "./island.tsx";

/** Properties of {@link Stepped}. */
export interface SteppedProps {
  /** Name of the group, unique on its page. */
  readonly group: string;
  /** Label of the slider: the quantity that changes from step to step. */
  readonly label: string;
  /** Steps, in order. */
  readonly steps: readonly {
    /** Name of the step on the slider. */
    readonly name: string;
    /** Content of the step. */
    readonly content: ComponentChildren;
  }[];
  /** Index of the initial step; the last one by default. */
  readonly start?: number;
}

/** Parts of a page, of which a slider shows one at a time; without scripts, the first and the last are shown. */
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
