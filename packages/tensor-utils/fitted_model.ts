/**
 * A fitted model, whose use ends at `dispose()`, or at the end of the block of a `using` declaration in runtimes that
 * have `Symbol.dispose`. What it learned stays readable; what it computes does not work any more.
 */
export abstract class FittedModel implements Disposable {
  /** Ends the use of the model at the end of a `using` block; only in runtimes that have `Symbol.dispose`. */
  declare readonly [Symbol.dispose]: () => void;
  readonly #title: string;
  #isDisposed = false;

  static {
    // Without this condition, older browsers would get a method with the name "undefined".
    if (Symbol.dispose !== undefined) {
      Object.defineProperty(this.prototype, Symbol.dispose, {
        value(this: FittedModel) {
          this.dispose();
        },
      });
    }
  }

  /**
   * Begins the use of the model.
   *
   * @param title Name of the model in error messages: `k-means model`.
   */
  constructor(title: string) {
    this.#title = title;
  }

  /** Releases what the model holds; a second call does nothing. */
  dispose(): void {
    this.#isDisposed = true;
  }

  /**
   * Checks that the model may be used.
   *
   * @throws {TypeError} If it was disposed of.
   */
  protected checkUsable(): void {
    if (!this.#isDisposed) return;
    throw new TypeError(
      `Cannot use the ${this.#title}: it was disposed of, use it before \`dispose()\`, within its \`using\` block`,
    );
  }
}
