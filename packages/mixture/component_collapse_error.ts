/**
 * The error for a component that has lost its points or its spread, so that its density is no longer
 * defined. A search over numbers of components may catch it and skip that number.
 */
export class ComponentCollapseError extends RangeError {
  /** The name of the class, to recognise the error without `instanceof`. */
  override readonly name = "ComponentCollapseError";
  /** The component, counted from 0. */
  readonly component: number;

  /**
   * Makes an error that names the component, what happened to it, and a remedy.
   *
   * @param component The component, counted from 0.
   * @param what A phrase for what happened to it, to follow its number in the message.
   * @param regularization The least regularization that prevents the collapse, in units of the data squared; 0 if
   * it is not known.
   */
  constructor(component: number, what: string, regularization: number) {
    const enough = regularization > 1e-300 ? ` to ${regularization.toPrecision(1)} or more` : "";
    super(
      `Cannot fit the mixture: component ${component} ${what}, raise regularization${enough}, ` +
        `fit fewer components, or choose a covariance with fewer parameters`,
    );
    this.component = component;
  }
}
