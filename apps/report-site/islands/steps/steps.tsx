import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { keepInAddress, stepInAddress } from "../address.ts";
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
  const [kept] = useState(() => stepInAddress(group, steps.length));
  const [at, setAt] = useState(() => kept ?? linkedStep(group) ?? start);
  useLayoutEffect(() => showStep(group, at), [at]);
  useEffect(() => {
    const follow = () => {
      const step = linkedStep(group);
      if (step === undefined) return;
      moveTo(step);
      lead(group, step);
    };
    const step = linkedStep(group);
    // A step that was chosen after a link had been followed is what the address is about.
    if (kept === undefined && step !== undefined) lead(group, step);
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return <Slider id={`steps-${group}`} label={label} steps={steps} at={at} onMove={moveTo} />;

  function moveTo(step: number): void {
    setAt(step);
    keepInAddress(group, String(step));
  }
}

function partsOf(group: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(`[data-steps="${group}"]`)];
}

/** Shows what the address links to: a link into a part that was hidden has not led anywhere yet. */
function lead(group: string, step: number): void {
  showStep(group, step);
  linked()?.scrollIntoView();
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
