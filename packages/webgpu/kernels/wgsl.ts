/**
 * Turns of all loops of a thread together, beyond which some devices leave loops without a word; they
 * count the end of a loop as one.
 */
export const MOST_TURNS = 60_000;

/** Repeats WGSL for the numbers from 0 to below `length`, each on lines of its own. */
export function unrolled(length: number, code: (i: number) => string): string {
  return Array.from({ length }, (_, i) => code(i)).join("\n");
}

/** WGSL of the head of `main`: workgroup `group` of `groups`, thread `t` of its `threads`. */
export function mainOf(threads: number): string {
  return `@compute @workgroup_size(${threads}) fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) t: u32,
)`;
}
