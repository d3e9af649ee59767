/** The registry that has Fresh: the one that is configured, as Deno itself reads it. */
export function jsrRegistry(): string {
  return (Deno.env.get("JSR_URL") || "https://jsr.io").replace(/\/*$/, "/");
}

/** Options of {@link loads}. */
export interface LoadOptions {
  /** The flags that name the configuration. */
  readonly configuration: readonly string[];
  /** The registry whose silence is no error. */
  readonly registry: string;
}

/**
 * Returns true if a module that needs JSR can be loaded, false if the registry is out of reach.
 *
 * @throws {TypeError} If the module cannot be loaded for another reason, such as an error of types.
 */
export async function loads(
  module: string,
  { configuration, registry }: LoadOptions,
): Promise<boolean> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["cache", ...configuration, module],
    env: { JSR_URL: registry },
    signal: AbortSignal.timeout(120_000),
  }).output();
  const said = new TextDecoder().decode(stderr);
  if (!success && !said.includes(registry)) throw new TypeError(said);
  return success;
}
