/** The registry that has Fresh: the one that is configured, as Deno itself reads it. */
export function jsrRegistry(): string {
  return (Deno.env.get("JSR_URL") || "https://jsr.io").replace(/\/*$/, "/");
}

/** What {@link loads} needs to know. */
export interface LoadOptions {
  /** The flags that name the configuration. */
  readonly configuration: readonly string[];
  /** The registry whose silence is no error. */
  readonly registry: string;
}

/**
 * Whether a module that needs JSR can be loaded; one that does not compile is an error, a registry out of reach is not.
 *
 * @throws {TypeError} If it cannot be loaded for another reason.
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
