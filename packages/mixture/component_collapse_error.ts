/**
 * Thrown when a component of a mixture has lost its points or its spread, so that its density is no
 * longer defined. A search over numbers of components may catch it and leave that number out.
 */
export class ComponentCollapseError extends RangeError {
  /** The name of the class, for where the class itself cannot be compared. */
  override readonly name = "ComponentCollapseError";
  /** The component, counted from 0. */
  readonly component: number;

  /**
   * Says which component collapsed, how, and what to do about it.
   *
   * @param component The component, counted from 0.
   * @param what What happened to it.
   * @param regularization From where on regularization keeps this from happening, in units of the data squared.
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
