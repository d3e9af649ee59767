import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { Slider } from "../slider.tsx";

/** Properties of {@link Steps}. */
export interface StepsProps {
  /** Name of the group of parts to step through. */
  readonly group: string;
  /** Label of the slider: the quantity that changes from step to step. */
  readonly label: string;
  /** Names of the steps. */
  readonly steps: readonly string[];
  /** The step to begin with. */
  readonly start: number;
}

/** A slider, by mouse, finger or arrow keys, that shows one step of its parts and hides the others. */
export function Steps({ group, label, steps, start }: StepsProps): JSX.Element {
  const [at, setAt] = useState(() => linkedStep(group) ?? start);
  useLayoutEffect(() => showStep(group, at), [at]);
  useEffect(() => {
    const follow = () => {
      const step = linkedStep(group);
      if (step === undefined) return;
      setAt(step);
      // A link into a part that was hidden has not led anywhere yet.
      showStep(group, step);
      linked()?.scrollIntoView();
    };
    follow();
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return <Slider id={`steps-${group}`} label={label} steps={steps} at={at} onMove={setAt} />;
}

function partsOf(group: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(`[data-steps="${group}"]`)];
}

function showStep(group: string, step: number): void {
  for (const part of partsOf(group)) part.hidden = part.dataset.step !== String(step);
}

/** The step whose part holds what the address links to. */
function linkedStep(group: string): number | undefined {
  const part = linked()?.closest<HTMLElement>(`[data-steps="${group}"]`);
  return part ? Number(part.dataset.step) : undefined;
}

function linked(): HTMLElement | null {
  return document.getElementById(decodeURIComponent(location.hash.slice(1)));
}
