// Generated from ../kernels/elementwise.ts by `deno task simd:build`; do not edit.
import type { KernelBuild, KernelModule } from "../kernel_module.ts";

const plain: KernelBuild = { memoryFlagAt: 39, base64: "AGFzbQEAAAABDgJgBX9/f39/AGACf38AAhIBA2VudgZtZW1vcnkCAwGAgAQDAwIAAQcSAgNhZGQAAQhhZGRSYW5nZQAACsYCAnMBAX8gA0ECdCEDIARBAnQhBQNAIANBEGoiBCAFTQRAIAIgA2ogACADav0ABAAgASADav0ABAD95AH9CwQAIAQhAwwBCwsDQCADIAVJBEAgAiADaiAAIANqKgIAIAEgA2oqAgCSOAIAIANBBGohAwwBCwsLzwEBBX8gASsDAPwDIQQgASsDCPwDIQUgASsDEPwDIQAgASsDGPwCIQNBwABBAf4eAgBBDnQhAQNAIAEgA0gEQCABQQJ0IQIgAUGAgAFqIgEgAyABIANIG0ECdCEGA0AgAkEQaiIBIAZNBEAgACACaiACIARq/QAEACACIAVq/QAEAP3kAf0LBAAgASECDAELCwNAIAIgBkkEQCAAIAJqIAIgBGoqAgAgAiAFaioCAJI4AgAgAkEEaiECDAELC0HAAEEB/h4CAEEOdCEBDAELCws=" };
const relaxed: KernelBuild = plain;

export const elementwise: KernelModule<"add" | "addRange"> = {
  name: "elementwise",
  functions: ["add", "addRange"],
  plain,
  relaxed,
};
