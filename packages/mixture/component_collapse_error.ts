/**
 * Thrown when a component of a mixture has lost its points or its spread, so that its density is no
 * longer defined. A search over numbers of components may catch it and leave that number out.
 */
export class ComponentCollapseError extends RangeError {
  /** What tells this error from others where its class cannot be compared. */
  override readonly name = "ComponentCollapseError";
  /** The component, counted from 0. */
  readonly component: number;

  /**
   * Says which component collapsed, how, and what to do about it.
   *
   * @param component The component, counted from 0.
   * @param what What happened to it.
   */
  constructor(component: number, what: string) {
    super(
      `Cannot fit the mixture: component ${component} ${what}, ` +
        `fit fewer components, raise regularization, or choose a covariance with fewer parameters`,
    );
    this.component = component;
  }
}
