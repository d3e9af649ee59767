import { inspectModule } from "./inspect_module.ts";

/** Returns the generated TypeScript source that holds a kernel module in both builds. */
export function writeModule(name: string, plain: Uint8Array, relaxed: Uint8Array): string {
  const { functions } = inspectModule(name, plain);
  const union = functions.map((entry) => JSON.stringify(entry)).join(" | ");
  const list = functions.map((entry) => JSON.stringify(entry)).join(", ");
  const same = plain.length === relaxed.length && plain.every((byte, i) => byte === relaxed[i]);
  return `// Generated from ../kernels/${name}.ts by \`deno task simd:build\`; do not edit.
import type { KernelBuild, KernelModule } from "../kernel_module.ts";

const plain: KernelBuild = ${writeBuild(name, plain)};
const relaxed: KernelBuild = ${same ? "plain" : writeBuild(name, relaxed)};

export const ${camelCase(name)}: KernelModule<${union}> = {
  name: "${name}",
  functions: [${list}],
  plain,
  relaxed,
};
`;
}

function writeBuild(name: string, bytes: Uint8Array): string {
  const { memoryFlagAt } = inspectModule(name, bytes);
  return `{ memoryFlagAt: ${memoryFlagAt}, base64: "${bytes.toBase64()}" }`;
}

function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}
