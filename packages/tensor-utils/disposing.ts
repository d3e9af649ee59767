/** A resource whose use ends with `dispose()`, as that of a model and of a tensor does. */
export interface WithDispose {
  /** Ends the use of the resource. */
  dispose(): void;
}

/**
 * Works with a resource, and disposes of it when that is done or has failed: what `using` does, which not every
 * runtime and bundler can read.
 *
 * @param resource The resource.
 * @param work The work with it.
 * @returns The outcome of the work.
 */
export async function disposing<Resource extends Disposable | WithDispose, Outcome>(
  resource: Resource,
  work: (resource: Resource) => Outcome | Promise<Outcome>,
): Promise<Outcome> {
  try {
    return await work(resource);
  } finally {
    if ("dispose" in resource) resource.dispose();
    else resource[Symbol.dispose]();
  }
}
