/**
 * Positions near the wanted ones that keep at least `gap` between each other, within `low` and `high`
 * as long as there is room.
 *
 * Labels that would overlap become a block that is centred on the mean of what its labels want, which
 * is the least squares solution.
 *
 * @param wanted Preferred position of each label.
 * @param gap Least distance between two labels.
 * @param bounds Range in which labels may be.
 * @returns A position a label, in the order of `wanted`.
 */
export function placeLabels(
  wanted: readonly number[],
  gap: number,
  { low, high }: { readonly low: number; readonly high: number },
): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a] - wanted[b] || a - b);
  const blocks: { total: number; size: number }[] = [];
  for (const index of order) {
    blocks.push({ total: wanted[index], size: 1 });
    while (blocks.length > 1 && overlap(blocks[blocks.length - 2], blocks[blocks.length - 1])) {
      const last = blocks.pop()!;
      const before = blocks.pop()!;
      blocks.push({ total: before.total + last.total, size: before.size + last.size });
    }
  }
  const placed = new Array<number>(wanted.length);
  let next = 0;
  for (const block of blocks) {
    const first = start(block);
    for (let place = 0; place < block.size; place += 1) {
      placed[order[next]] = first + place * gap;
      next += 1;
    }
  }
  return placed;

  function start({ total, size }: { total: number; size: number }): number {
    const extent = (size - 1) * gap;
    return Math.max(low, Math.min(high - extent, total / size - extent / 2));
  }

  function overlap(
    a: { total: number; size: number },
    b: { total: number; size: number },
  ): boolean {
    return start(a) + a.size * gap > start(b) + 1e-9;
  }
}
