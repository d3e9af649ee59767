import type { JSX } from "preact";

/** Properties of {@link Slider}. */
export interface SliderProps {
  /** Id of the input, unique on the page. */
  readonly id: string;
  /** Label: the quantity that the slider changes. */
  readonly label: string;
  /** Names of the steps. */
  readonly steps: readonly string[];
  /** Index of the current step. */
  readonly at: number;
  /** Called with the step that the reader moved it to, by mouse, finger or keys. */
  readonly onMove: (step: number) => void;
}

/** A slider over steps that have names, and the name of the step that it stands at. */
export function Slider({ id, label, steps, at, onMove }: SliderProps): JSX.Element {
  return (
    <p class="steps">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={steps.length - 1}
        value={at}
        aria-valuetext={steps[at]}
        onInput={(event) => onMove(Number(event.currentTarget.value))}
      />
      <output for={id}>{steps[at]}</output>
    </p>
  );
}
