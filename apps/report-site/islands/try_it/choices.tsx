import type { TryItImage } from "@mixtape/results";
import type { JSX } from "preact";
import { type DrawingName, drawingNames } from "./drawings.ts";
import type { Judge } from "./judge.ts";
import { Pixels } from "./pixels.tsx";
import type { TryItData } from "./try_it_data.ts";
import { rowOf } from "./verdict_view.tsx";
import type { Words } from "./words.ts";

/** Properties of {@link Drawings}. */
export interface DrawingsProps {
  /** Texts. */
  readonly words: Words;
  /** Told which one was chosen. */
  readonly onChoose: (name: DrawingName) => void;
}

/** Buttons that put a drawing on the pad, for the keyboard. */
export function Drawings({ words, onChoose }: DrawingsProps): JSX.Element {
  return (
    <fieldset>
      <legend>{words.drawings}</legend>
      <div class="choices">
        {drawingNames.map((name) => (
          <button
            key={name}
            type="button"
            data-drawing={name}
            onClick={() => onChoose(name)}
          >
            {words.drawingNames[name]}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

/** Properties of {@link Images}. */
export interface ImagesProps {
  /** The data of the island. */
  readonly data: TryItData;
  /** The models. */
  readonly judge: Judge;
  /** Texts. */
  readonly words: Words;
  /** Told which one was chosen. */
  readonly onChoose: (row: number) => void;
}

/** Buttons with images to pick. */
export function Images({ data, judge, words, onChoose }: ImagesProps): JSX.Element {
  const { frame, presets: { verdicts } } = data.payload;
  return (
    <fieldset>
      <legend>{words.images}</legend>
      <div class="choices">
        {verdicts.map((image, row) => (
          <button
            key={row}
            type="button"
            class="image-choice"
            aria-label={nameOf(image, data, words)}
            title={nameOf(image, data, words)}
            onClick={() => onChoose(row)}
          >
            <Pixels
              values={rowOf(judge.presets.values, row, frame.side)}
              maxValue={frame.maxValue}
            />
          </button>
        ))}
      </div>
    </fieldset>
  );
}

function nameOf({ kind, trueClass }: TryItImage, { inside, outside }: TryItData, words: Words) {
  if (trueClass === null) return words.kinds[kind];
  const { title, classNames } = kind === "other-data-set" ? outside : inside;
  return words.imageName(title, classNames[trueClass]);
}
