import { Ink, type Place } from "./ink.ts";

/** The places of a line that is drawn without lifting the pen. */
type Stroke = readonly Place[];

/** A drawing that remembers its strokes, so that each can be undone. */
export class Sketch {
  /** The drawing as pixels. */
  readonly ink: Ink = new Ink();
  #strokes: readonly Stroke[] = [];
  readonly #past: (readonly Stroke[])[] = [];
  #open: Place[] | undefined;

  /** True if there is a step to undo. */
  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  /** Draws other strokes in the place of all that is drawn, as one step. */
  show(strokes: readonly Stroke[]): void {
    if (strokes.length + this.#strokes.length > 0) this.#past.push(this.#strokes);
    this.#draw(strokes);
  }

  /** Puts the pen down. */
  begin(place: Place): void {
    this.#past.push(this.#strokes);
    this.#open = [place];
    this.#strokes = [...this.#strokes, this.#open];
    this.ink.addLine(place, place);
  }

  /** Moves the pen, which a step that was undone has lifted. */
  extend(place: Place): void {
    if (this.#open === undefined) return this.begin(place);
    this.ink.addLine(this.#open[this.#open.length - 1], place);
    this.#open.push(place);
  }

  /** Takes the last step back: a stroke, or what was drawn in the place of another drawing; without one, nothing. */
  undo(): void {
    this.#draw(this.#past.pop() ?? this.#strokes);
  }

  #draw(strokes: readonly Stroke[]): void {
    this.#open = undefined;
    this.#strokes = strokes;
    this.ink.clear();
    strokes.forEach((stroke) => this.ink.addStroke(stroke));
  }
}
